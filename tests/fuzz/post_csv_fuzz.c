/* Any bytes are safe as a table, and the portions in which they arrive change nothing: neither
 * chunks nor blocks nor a record limit that some rows exceed. The first byte chooses how it is
 * read. */
#include <stdint.h>
#include <stdlib.h>

#include "../unit/post/records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct reading_options ways[] = {
        {.format = "auto", .with_detail = true},
        {.map = "text=text,account=a,created_at=t,time_format=%d/%m/%Y %H:%M",
         .format = "mapped-csv"},
        {.format = "qut-csv"},
        {.format = "campaign-authors-csv", .limit = 300},
        {.format = "twitter-io-csv"},
    };
    if (size < 1) {
        return 0;
    }
    struct reading_options options = ways[data[0] % 5];
    options.block_bytes = 1u << 14;
    struct str bytes = {(const char *)data + 1, size - 1};
    struct reading whole = read_records(bytes, options);
    options.chunk_bytes = 1 + data[0] / 5;
    struct reading portions = read_records(bytes, options);
    if (whole.status != portions.status || whole.text.len != portions.text.len ||
        memcmp(whole.text.ptr, portions.text.ptr, whole.text.len) != 0) {
        abort();
    }
    options.block_bytes = 256;
    struct reading blocks = read_records(bytes, options);
    /* A quote that is never closed ends a record at the limit; only there may blocks matter. */
    if (whole.status != blocks.status ||
        (!strstr(whole.text.ptr, "open_quote") &&
         (whole.text.len != blocks.text.len ||
          memcmp(whole.text.ptr, blocks.text.ptr, whole.text.len) != 0))) {
        abort();
    }
    buffer_free(&whole.text);
    buffer_free(&portions.text);
    buffer_free(&blocks.text);
    return 0;
}
