/* The fields of a post that rules may test, and how a test is judged. A field that a post does not
 * have makes every test on it false (absent is not zero), so `not account.followers > 100` holds
 * for a post without followers. Knows nothing of rules or terms. */
#ifndef HEARSAY_RULE_FIELD_H
#define HEARSAY_RULE_FIELD_H

#include "base/str.h"
#include "post/post.h"
#include "rule/ast.h"

/* Rows of the table, index 0.. ; NULL past the last. */
const struct field *field_at(size_t index);

/* Index of the row called `name`, or FIELD_NONE. */
#define FIELD_NONE UINT32_MAX
uint32_t field_find(struct str name);

/* What a field reads from a post, of the field's kind; `present` is false for an absent field. */
struct field_value {
    bool present;
    struct str text;
    double number;
    bool boolean;
};
/* `language` as for field_test_holds; it matters where field_is_language. */
struct field_value field_value_of(uint32_t index, const struct post *post, struct str language);
bool field_is_language(uint32_t index);
/* account.label: known when posts are in order; until then a test on it is as is_assumed says. */
bool field_is_label(uint32_t index);

/* Does the test need the post's language? Then pass it to field_test_holds; else pass "". */
bool field_test_reads_language(const struct field_test *test);

/* Judges the test. `language` is the source's tag in the form of text/language.h or, where the
 * source gives none, the detected one. Texts compare without ASCII case; a language also equals
 * its longer tags ("zh" holds for "zh-Hans", not the other way round). */
bool field_test_holds(const struct field_test *test, const struct post *post, struct str language);

#endif
