/* Decodes blocks (post/input.h) into posts. JSON goes through the fast lane (simdjson,
 * json_fast.cpp); a row that it refuses goes through the repair lane (jansson); adapters turn rows
 * into struct post. One decoder per thread. */
#ifndef HEARSAY_POST_DECODE_H
#define HEARSAY_POST_DECODE_H

#include "post/input.h"
#include "post/post.h"

enum record_kind { RECORD_POST, RECORD_OTHER_EVENT, RECORD_REJECTED };

/* What was mended so that the row could be read; bits of record.repairs. */
enum repair {
    REPAIR_INVALID_UTF8 = 1 << 0,   /* replaced by U+FFFD */
    REPAIR_LONE_SURROGATE = 1 << 1, /* replaced by U+FFFD */
    REPAIR_RAW_CONTROL = 1 << 2,    /* escaped */
    REPAIR_BACKSLASH_X = 1 << 3,    /* \xNN read as \u00NN */
    REPAIR_RAGGED_ROW = 1 << 4,     /* CSV row with more or fewer cells than the header */
    REPAIR_LAZY_QUOTES = 1 << 5,    /* CSV cell with a quote where none may stand */
    REPAIR_TRUNCATED_TEXT = 1 << 6  /* reserved */
};
#define REPAIR_COUNT 7
extern const char *const repair_names[REPAIR_COUNT]; /* "invalid_utf8", ... by bit */

struct record {
    enum record_kind kind;
    const struct post *post; /* RECORD_POST */
    const char *name;  /* RECORD_OTHER_EVENT: kind ("like", "delete", "identity"); RECORD_REJECTED:
                          reason ("bad_json", "no_text", "bad_time", "too_long", ...); a constant */
    struct str detail; /* RECORD_REJECTED: one sentence for a person, may be empty */
    struct str raw;    /* the record as it stood in the input */
    uint64_t line;     /* from 1, of the record's first byte */
    uint32_t column;   /* from 1, of the error within the line; 0 unknown */
    unsigned repairs;  /* bits of enum repair */
};

/* Not HEARSAY_OK ends decoder_block and is returned by it. */
typedef enum hearsay_status record_visit(void *context, const struct record *record);

struct decoder;
struct decoder *decoder_new(void); /* NULL: memory is out */
enum hearsay_status decoder_block(struct decoder *decoder, const struct block *block,
                                  record_visit *visit, void *context);
void decoder_free(struct decoder *decoder);

#endif
