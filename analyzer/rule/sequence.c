#include "rule/sequence.h"

#include <stdlib.h>

struct sequence {
    struct windows *windows;
    struct label_table *labels;
};

struct sequence *sequence_new(const struct hearsay_rules *pack) {
    struct sequence *sequence = calloc(1, sizeof *sequence);
    if (!sequence) {
        return NULL;
    }
    sequence->windows = pack_has_windows(pack) ? windows_new(pack) : NULL;
    sequence->labels = pack_has_labels(pack) ? label_table_new() : NULL;
    if ((pack_has_windows(pack) && !sequence->windows) ||
        (pack_has_labels(pack) && !sequence->labels)) {
        sequence_free(sequence);
        return NULL;
    }
    return sequence;
}

void sequence_free(struct sequence *sequence) {
    if (sequence) {
        windows_free(sequence->windows);
        label_table_free(sequence->labels);
        free(sequence);
    }
}

static bool has_one(const struct sequence *sequence, const struct sequence_post *post,
                    const struct field_test *ask) {
    for (uint32_t i = 0; i < ask->text_count && post->has_account; i++) {
        if (label_table_have(sequence->labels, post->account, ask->labels[i], post->time_us)) {
            return true;
        }
    }
    return false;
}

enum hearsay_status sequence_ask(struct sequence *sequence, const struct sequence_post *post,
                                 const struct window_post *waiting, bool *fires) {
    const struct rule *rule = waiting->rule;
    *fires = false;
    for (uint32_t i = 0; i < rule->ask_count; i++) {
        if (has_one(sequence, post, rule->asks[i]) != rule->asks[i]->is_assumed) {
            return HEARSAY_OK;
        }
    }
    if (rule->over) {
        return windows_enter(sequence->windows, waiting, fires);
    }
    *fires = true;
    return HEARSAY_OK;
}

enum hearsay_status sequence_give(struct sequence *sequence, const struct sequence_post *post,
                                  const struct rule *rule, const struct label *label,
                                  int64_t *until_us, bool *is_given) {
    *is_given = post->has_account && post->has_time && rule->meta.status != RULE_SHADOW;
    if (!*is_given) {
        return HEARSAY_OK;
    }
    bool is_far = post->time_us > INT64_MAX - label->duration_us;
    struct account_label given = {.account = post->account,
                                  .until_us =
                                      is_far ? INT64_MAX : post->time_us + label->duration_us,
                                  .label = label->number};
    return label_table_give(sequence->labels, &given, post->time_us, until_us) ? HEARSAY_OK
                                                                               : HEARSAY_NO_MEMORY;
}

struct windows *sequence_windows(struct sequence *sequence) {
    return sequence->windows;
}

struct label_table *sequence_labels(struct sequence *sequence) {
    return sequence->labels;
}
