/* The two axes of a claim in its line: verifiability with the signals that made it, and status as
 * of a time with what it rests on, what is missing and what would change it. Computes nothing. */
#ifndef HEARSAY_REPORT_JUDGEMENT_H
#define HEARSAY_REPORT_JUDGEMENT_H

#include "base/buffer.h"

struct signal_row {
    const char *name;
    const char *unit; /* of n */
    double value;
    double low;
    double high;
    double log_odds;
    uint32_t n;
    bool is_known; /* false: value, low and high are null */
};

struct note_row {
    const char *code;
    const char *sentence;
};

struct note_rows {
    const struct note_row *items;
    size_t count;
};

struct registry_row {
    const char *name;
    bool is_loaded; /* false: only the name is written */
    int64_t taken_at_us;
    double age_days; /* at as_of; below 0: the snapshot is younger */
    uint32_t matches;
    struct str first_match;
    int64_t first_match_us; /* 0: undated */
    double coverage;
};

struct judgement_row {
    double verifiability;
    double base;
    const struct signal_row *signals;
    size_t signal_count;
    int64_t as_of_us;
    const char *status;
    char reliability;
    int credibility;
    const char *credibility_words;
    const char *likelihood; /* "": null */
    int likelihood_low;     /* percent */
    int likelihood_high;
    const char *confidence;
    struct note_rows basis;
    struct note_rows missing;
    struct note_rows would_change;
    const struct registry_row *registries;
    size_t registry_count;
};

/* Appends ,"verifiability":{...},"status":{...},"registries":[...],"missing":[...],
 * "would_change":[...] into a line that is open. */
void report_judgement(struct buffer *out, const struct judgement_row *row);

/* A snapshot that claims were compared with. */
struct snapshot_row {
    const char *role;
    struct str name;
    struct str hash;
    int64_t taken_at_us;
    uint64_t records;
    struct str coverage;
    struct str attribution;
};

/* Appends ,"registries":[...] into the summary. */
void report_snapshots(struct buffer *out, const struct snapshot_row *rows, size_t count);

#endif
