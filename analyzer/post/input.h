/* One input stream: recognises the format from the first bytes, removes encodings (BOM, UTF-16),
 * and cuts the bytes into blocks at record boundaries. Sequential and cheap; decoding the blocks is
 * post/decode.h, which may run on any thread. Opens no file. */
#ifndef HEARSAY_POST_INPUT_H
#define HEARSAY_POST_INPUT_H

#include "base/str.h"
#include "hearsay.h"

/* What was recognised; shared by the blocks of one input, immutable, reference counted. */
struct format;

const char *format_name(const struct format *format); /* as in hearsay_format_at */
/* Human description with dialect: "twitter-io-csv (comma, UTF-8, CRLF)". NUL-terminated, owned by
 * the format. */
const char *format_description(const struct format *format);

/* A run of whole records, or one record that could not even be cut out. */
struct block {
    struct str bytes;            /* at least BLOCK_PADDING readable zero bytes follow */
    uint64_t first_line;         /* line of the first byte, from 1 */
    const struct format *format; /* one reference is held by the block */
    bool is_line_by_line;        /* a table's rows end at every line end, whatever its quotes say */
    const char *reject_reason;   /* not NULL: `bytes` is (the beginning of) one rejected record */
    uint32_t input_index;        /* as given in struct input_options */
    uint64_t sequence;           /* 0, 1, 2, ... within the input */
};
#define BLOCK_PADDING 64
void block_free(struct block *block);

/* Takes over the block. Called from input_feed and input_finish. */
typedef enum hearsay_status block_sink(void *context, struct block *block);

struct input_options {
    const char *name;            /* for messages */
    const char *format;          /* NULL or "auto": sniff */
    const char *map;             /* column map, or NULL; see post/format.c for its grammar */
    uint64_t record_limit_bytes; /* a longer record becomes a rejected block, reason "too_long" */
    size_t block_bytes;          /* target size of a block, e.g. 1 MiB */
    uint32_t input_index;
    block_sink *sink;
    void *context;
};

struct input;

enum hearsay_status input_open(const struct input_options *options, struct input **input,
                               struct hearsay_failure *failure);
/* HEARSAY_BAD_INPUT with a clear message when the bytes are no known format (binary, no header that
 * is known and no map, a map that names a column that is not there). */
enum hearsay_status input_feed(struct input *input, const char *bytes, size_t len,
                               struct hearsay_failure *failure);
/* End of the stream. HEARSAY_OK also for an empty input. */
enum hearsay_status input_finish(struct input *input, struct hearsay_failure *failure);
/* NULL until enough bytes were seen. */
const struct format *input_format(const struct input *input);
void input_free(struct input *input);

#endif
