/* Any text: what dumps to JSON loads to a text with the same dump; any JSON: what loads, dumps to
 * the same JSON (rule_undump checks it itself) and is laid out already. */
#include <stdlib.h>

#include "base/utf8.h"
#include "rule/dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct str text, bool must_load) {
    struct diagnostics diagnostics = {0};
    struct hearsay_failure failure = {0};
    struct buffer json = {0}, loaded = {0}, again = {0};
    if (rule_dump(text, &diagnostics, &json) == HEARSAY_OK) {
        enum hearsay_status status = rule_undump(buffer_str(&json), &loaded, &failure);
        if (status == HEARSAY_OK) {
            if (rule_dump(buffer_str(&loaded), &diagnostics, &again) != HEARSAY_OK ||
                !str_equal(buffer_str(&json), buffer_str(&again))) {
                abort();
            }
        } else if (must_load || status != HEARSAY_BAD_INPUT) {
            abort();
        }
    }
    diagnostics_free(&diagnostics);
    buffer_free(&json);
    buffer_free(&loaded);
    buffer_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    struct hearsay_failure failure = {0};
    struct buffer loaded = {0};
    if (utf8_valid_prefix(text) == size) {
        check_text(text, false); /* a text with mistakes may not come back, but never as another */
    }
    if (rule_undump(text, &loaded, &failure) == HEARSAY_OK) {
        check_text(buffer_str(&loaded), true);
    }
    buffer_free(&loaded);
    return 0;
}
