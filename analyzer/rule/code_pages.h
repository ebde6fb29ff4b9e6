/* The page of a diagnostic's code: why it is a mistake, and an example of wrong and right. */
#ifndef HEARSAY_RULE_CODE_PAGES_H
#define HEARSAY_RULE_CODE_PAGES_H

#include <stddef.h>

/* Where an example stands, so that a test can make a pack of it. */
enum code_slot {
    SLOT_NONE,  /* no example: it would be too long */
    SLOT_WHOLE, /* a whole file */
    SLOT_FILE,  /* behind a pack header */
    SLOT_RULE,  /* between meta and outcome */
    SLOT_META,  /* behind the id */
    SLOT_WHERE,
    SLOT_TERM,  /* the value of $a */
    SLOT_MATCH, /* with terms $a and $b */
    SLOT_OUTCOME,
    SLOT_TESTS
};

struct code_page {
    const char *code;
    const char *why;
    enum code_slot slot;
    const char *wrong; /* NULL: no example */
    const char *right;
};

const struct code_page *code_page_at(size_t index);  /* NULL past the last */
const struct code_page *code_page(const char *code); /* NULL: the table of codes says all */

#endif
