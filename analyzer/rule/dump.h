/* Rule text as JSON and back. The JSON names statements, sections, terms and keys; what stands
 * behind them is rule text, so that nothing of the language can be lost. Comments are not kept.
 * Schema: report/schemas/rules.schema.json. */
#ifndef HEARSAY_RULE_DUMP_H
#define HEARSAY_RULE_DUMP_H

#include "rule/format.h"

/* Appends the JSON of a text. HEARSAY_BAD_RULES: it does not cut into tokens. */
enum hearsay_status rule_dump(struct str text, struct diagnostics *diagnostics, struct buffer *out);

/* Appends the canonical text. HEARSAY_BAD_INPUT: it is not JSON of this form, or it would dump to
 * something else (a value that ends its rule and begins another). */
enum hearsay_status rule_undump(struct str json, struct buffer *out,
                                struct hearsay_failure *failure);

#endif
