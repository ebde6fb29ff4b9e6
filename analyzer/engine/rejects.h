/* Rejected records: the first few by place for the summary, all of them for --rejects. */
#ifndef HEARSAY_ENGINE_REJECTS_H
#define HEARSAY_ENGINE_REJECTS_H

#include "engine/runs.h"
#include "post/decode.h"

/* The first rejections by (input, line, column) that are named in the summary. */
#define REJECT_EXAMPLES 10

struct reject_example {
    uint32_t input;
    uint64_t line;
    uint32_t column;
    const char *reason;
    char detail[160];
};

/* One worker's share. */
struct rejects {
    struct runs
        rows; /* key: input, line, column big-endian; payload: NDJSON line without the file */
    struct reject_example first[REJECT_EXAMPLES];
    size_t first_count;
    bool keep_rows;
};

void rejects_init(struct rejects *rejects, struct memory_budget *budget, bool keep_rows);
enum hearsay_status rejects_add(struct rejects *rejects, uint32_t input,
                                const struct record *record);
/* Keeps the smallest REJECT_EXAMPLES of both. */
void rejects_merge_first(struct rejects *rejects, const struct rejects *other);
void rejects_free(struct rejects *rejects);

/* Payload of a row without its file name and its line:
 * {"line":..,"column":..,"reason":..,"detail":.., "raw":..}; raw bytes that are not UTF-8 stand as
 * "raw_hex" instead. */
bool reject_row(const struct record *record, struct buffer *out);

#endif
