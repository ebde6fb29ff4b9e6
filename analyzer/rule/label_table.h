/* Labels that rules give to accounts for a time, in event time. The caller comes in the order of
 * posts.
 *
 * Bound: LABELS_MOST pairs of account and label, some 10 MB. Where there is no room, a quarter of
 * them is forgotten: those whose time ends first, of several those with the smallest digest of the
 * account, then the smallest number of the label. Event time and key decide, not the order of
 * arrival. Labels whose time is over stay until then, so that they can be shown. */
#ifndef HEARSAY_RULE_LABEL_TABLE_H
#define HEARSAY_RULE_LABEL_TABLE_H

#include "base/hash.h"
#include "base/str.h"

#define LABELS_MOST 262144u

struct account_label {
    struct digest account;
    int64_t until_us; /* it holds before this time */
    uint32_t label;   /* rank in ast.label_names */
};

struct label_table_report {
    uint64_t given;   /* by a rule to the account of a post, renewals included */
    uint64_t evicted; /* forgotten before their time was over */
};

struct label_table;
struct label_table *label_table_new(void); /* NULL: memory is out */
void label_table_free(struct label_table *labels);

/* Accounts of two platforms are two accounts. */
struct digest account_digest(struct str platform, struct str account);

bool label_table_have(const struct label_table *labels, struct digest account, uint32_t label,
                      int64_t now_us);
/* Gives a label, or lengthens it, and sets *until_us to its end. False: memory is out. */
bool label_table_give(struct label_table *labels, const struct account_label *given, int64_t now_us,
                      int64_t *until_us);
struct label_table_report label_table_report(const struct label_table *labels);

/* Puts all labels in order of (account, label) and returns them; nothing else may be asked of
 * `labels` afterwards. */
const struct account_label *label_table_sort(struct label_table *labels, size_t *count);
/* Of sorted labels, those of one account. */
const struct account_label *label_table_of(const struct account_label *sorted, size_t total,
                                           struct digest account, size_t *count);

#endif
