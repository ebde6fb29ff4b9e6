/* Any text: formatting ends, formatting twice is formatting once, and no byte but white space is
 * lost or added. */
#include <stdlib.h>

#include "base/utf8.h"
#include "rule/format.h"

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Inside strings and comments spaces count, but those are the lexer's to keep (checked there); here
 * every other byte is compared. */
static bool same_but_space(struct str a, struct str b) {
    size_t i = str_starts_with(a, STR("\xef\xbb\xbf")) ? 3 : 0;
    size_t k = 0;
    for (;;) {
        while (i < a.len && is_space(a.ptr[i])) {
            i++;
        }
        while (k < b.len && is_space(b.ptr[k])) {
            k++;
        }
        if (i == a.len || k == b.len) {
            return i == a.len && k == b.len;
        }
        if (a.ptr[i++] != b.ptr[k++]) {
            return false;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    struct diagnostics diagnostics = {0};
    struct buffer once = {0};
    struct buffer twice = {0};
    if (utf8_valid_prefix(text) < size) {
        return 0;
    }
    enum hearsay_status status = rule_format(text, &diagnostics, &once);
    if (status != HEARSAY_BAD_RULES) {
        if (status != HEARSAY_OK || !same_but_space(text, buffer_str(&once)) ||
            rule_format(buffer_str(&once), &diagnostics, &twice) != HEARSAY_OK ||
            !str_equal(buffer_str(&once), buffer_str(&twice))) {
            abort();
        }
    }
    diagnostics_free(&diagnostics);
    buffer_free(&once);
    buffer_free(&twice);
    return 0;
}
