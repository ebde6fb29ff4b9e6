/* What rules know of the posts before: windows (rule/window.h) and labels (rule/label_table.h).
 * Posts come in the order of (created_at, platform, id), each once. For each post first every rule
 * that waits is asked about, then every rule that hit it gives its labels: a post does not see its
 * own.
 */
#ifndef HEARSAY_RULE_SEQUENCE_H
#define HEARSAY_RULE_SEQUENCE_H

#include "rule/label_table.h"
#include "rule/window.h"

struct sequence_post {
    struct digest account; /* account_digest */
    bool has_account;
    bool has_time; /* without one it gives no labels; such posts have no waiting rules */
    int64_t time_us;
};

struct sequence;
/* NULL: memory is out. A pack without windows and labels costs next to nothing. */
struct sequence *sequence_new(const struct hearsay_rules *pack);
void sequence_free(struct sequence *sequence);

/* `waiting` holds what the rule needs for its window, if it has one; *fires: the rule hits. */
enum hearsay_status sequence_ask(struct sequence *sequence, const struct sequence_post *post,
                                 const struct window_post *waiting, bool *fires);
/* Gives one label of a rule that hit the post; *until_us: when it ends; *is_given is false for a
 * post without account or time and for a rule in status shadow. */
enum hearsay_status sequence_give(struct sequence *sequence, const struct sequence_post *post,
                                  const struct rule *rule, const struct label *label,
                                  int64_t *until_us, bool *is_given);

/* NULL: the pack has none. */
struct windows *sequence_windows(struct sequence *sequence);
struct label_table *sequence_labels(struct sequence *sequence);

#endif
