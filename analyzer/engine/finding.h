/* Findings between worker and finish: a worker keeps in a few bytes what the rules said of a post;
 * finish weighs it and makes its line, since what windows add is known only when all posts are in
 * order. The payload is in the machine's own byte order: it lives no longer than the run. */
#ifndef HEARSAY_ENGINE_FINDING_H
#define HEARSAY_ENGINE_FINDING_H

#include "base/buffer.h"
#include "claim/extract.h"
#include "engine/claims.h"
#include "report/report.h"
#include "rule/pack.h"
#include "rule/sequence.h"
#include "rule/weigh.h"

/* A post matches few terms; more rules and spans are left out of the line, the score counts all. */
#define FINDING_ROWS_LIMIT 256u

/* What a claim needs to know of the post, beside what its line says. */
struct finding_mark {
    struct claim_mark mark; /* the lengths are filled in when it is packed */
    struct str lang;
    struct str domain;
    struct str format;
};

/* Appends the payload of a post's finding. False: memory is out. */
bool finding_pack(struct buffer *out, const struct post *post, const struct judgement *judgement,
                  const struct claim_parts *parts, const struct finding_mark *mark);

struct span_read;

/* Makes lines from payloads. Zero-initialise, then finding_writer_init. */
struct finding_writer {
    const struct hearsay_rules *rules;
    struct sequence *sequence;
    struct claims *claims; /* to which each finding is given */
    double *group_sums;
    struct rule_hit *hits;
    size_t hit_capacity;
    struct span_read *spans;
    size_t span_capacity;
    struct finding_rule row_rules[FINDING_ROWS_LIMIT];
    struct finding_span row_spans[FINDING_ROWS_LIMIT];
    struct label_value row_labels[FINDING_ROWS_LIMIT];
    struct finding_phrase row_phrases[WORDING_LISTED];
};

/* What became of a payload. */
struct finding_outcome {
    bool is_finding; /* false: rules waited for their windows and no other matched; no line */
    bool flag;
    bool by_windows_alone; /* no rule hit the post by itself */
    struct str platform;   /* borrowed from the payload */
    struct str account;
    struct str post;
    struct str format; /* name of its input's format */
    int64_t created_at_us;
    bool has_time;
    bool is_repost;
    char claim[CLAIM_ID_SIZE]; /* "": of none */
};

bool finding_writer_init(struct finding_writer *writer, const struct hearsay_rules *rules,
                         struct claims *claims);
/* Enters the post into windows, gives its account the labels, and appends its NDJSON line. The
 * payloads come in order of their keys, each post once. */
enum hearsay_status finding_write(struct finding_writer *writer, struct str payload,
                                  struct buffer *out, struct finding_outcome *outcome);
void finding_writer_free(struct finding_writer *writer);

#endif
