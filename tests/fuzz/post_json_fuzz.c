/* Any bytes are safe as JSON; both lanes accept the same rows and give the same records; and the
 * portions in which bytes arrive change nothing. The first byte chooses the format. */
#include <stdint.h>
#include <stdlib.h>

#include "../unit/post/records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_same(struct str bytes, struct reading_options a, struct reading_options b) {
    struct reading first = read_records(bytes, a);
    struct reading second = read_records(bytes, b);
    if (first.status != second.status || first.text.len != second.text.len ||
        memcmp(first.text.ptr, second.text.ptr, first.text.len) != 0) {
        abort();
    }
    buffer_free(&first.text);
    buffer_free(&second.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const formats[] = {"ndjson", "twitter-v1", "twitter-v2", "jetstream-v1",
                                          "auto"};
    if (size < 1) {
        return 0;
    }
    struct reading_options options = {
        .format = formats[data[0] % 5], .block_bytes = 1u << 14, .with_detail = true};
    struct reading_options repair = options;
    struct reading_options portions = options;
    repair.repair_lane = true;
    portions.chunk_bytes = 1 + data[0] / 5;
    portions.block_bytes = 256;
    struct str bytes = {(const char *)data + 1, size - 1};
    expect_same(bytes, options, repair);
    expect_same(bytes, options, portions);
    return 0;
}
