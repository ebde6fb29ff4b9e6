/* The layout of a finding's payload, known to finding.c, which packs it, and finding_write.c, which
 * reads it. In the machine's own byte order: it lives no longer than the run. */
#ifndef HEARSAY_ENGINE_FINDING_PAYLOAD_H
#define HEARSAY_ENGINE_FINDING_PAYLOAD_H

#include <stdint.h>

#include "rule/pack.h"

#define NO_RULE UINT32_MAX

/* Then the texts in the order of their lengths, the indices of the rules, the spans, each with its
 * text, and the rules that wait for their windows. */
struct finding_head {
    int64_t created_at_us;
    uint32_t id_len;
    uint32_t platform_len;
    uint32_t account_len;
    uint32_t victim_len;
    uint32_t quantity_len;
    uint32_t victim_rule; /* that extracted it, or NO_RULE */
    uint32_t quantity_rule;
    uint32_t hit_count;
    uint32_t span_count;
    uint32_t pending_count;
    uint32_t has_time;
    uint32_t is_finding; /* by the rules that no window decides */
    struct wording wording;
};
/* Between the texts and the rules: struct claim_mark of engine/claims.h and its texts. */

struct finding_span_head {
    uint32_t rule; /* whose term it is */
    uint32_t term;
    uint32_t start;
    uint32_t end;
};

/* Then its keys, values, words, texts and spans. */
struct finding_pending_head {
    uint32_t rule;
    uint32_t present;
    uint32_t key_count;
    uint32_t words_len;
    uint32_t victim_len;
    uint32_t quantity_len;
    uint32_t span_count;
};

#endif
