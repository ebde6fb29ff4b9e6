/* Which rules a command is about: a name or an id, in which * stands for any text. */
#ifndef HEARSAY_RULE_CHOICE_H
#define HEARSAY_RULE_CHOICE_H

#include "rule/ast.h"

/* `wanted` NULL chooses every rule. */
bool rule_is_chosen(const struct rule *rule, const char *wanted);

#endif
