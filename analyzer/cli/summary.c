#include "cli/summary.h"

#include <stdlib.h>

#include "base/failure.h"
#include "source/files.h"
#include "source/results.h"

enum { SUMMARY_LIMIT_BYTES = 64 << 20 };

enum hearsay_status summary_load(const char *folder, json_t **summary,
                                 struct hearsay_failure *failure) {
    struct buffer path = {0};
    char *bytes = NULL;
    size_t len = 0;
    if (!buffer_printf(&path, "%s/%s", folder, results_name(HEARSAY_SUMMARY))) {
        return failure_memory(failure);
    }
    enum hearsay_status status = files_load(path.ptr, SUMMARY_LIMIT_BYTES, &bytes, &len, failure);
    if (status == HEARSAY_OK) {
        status = json_parse((struct str){bytes, len}, buffer_str(&path), summary, failure);
    }
    free(bytes);
    buffer_free(&path);
    return status;
}

struct str summary_time_precision(const json_t *summary, struct str platform) {
    static const char *const precisions[] = {"us", "ms", "s", "minute", "day"}; /* finest first */
    const json_t *sources = json_object_get(summary, "sources");
    size_t coarsest = 0;
    struct str found = STR_EMPTY;
    for (size_t i = 0; i < json_array_size(sources); i++) {
        const json_t *source = json_array_get(sources, i);
        struct str precision = json_member(source, "time_precision");
        for (size_t rank = coarsest; rank < sizeof precisions / sizeof precisions[0]; rank++) {
            if (str_is(precision, precisions[rank]) &&
                str_equal(json_member(source, "platform"), platform)) {
                coarsest = rank;
                found = precision;
            }
        }
    }
    return found;
}
