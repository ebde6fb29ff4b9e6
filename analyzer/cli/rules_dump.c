/* rules dump and rules load: a pack as JSON and back. */
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/file_replace.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"
#include "source/files.h"

enum { JSON_LIMIT_BYTES = 256 << 20, FILE_LIMIT_BYTES = 16 << 20 };

static void append_report(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

/* All files of a pack as one text; the header may stand in it several times, as in the pack. */
static enum hearsay_status read_pack(const char *pack, struct buffer *text,
                                     struct hearsay_failure *failure) {
    struct paths files = {0};
    enum hearsay_status status = files_of_pack(pack, &files, failure);
    for (size_t i = 0; status == HEARSAY_OK && i < files.count; i++) {
        char *bytes = NULL;
        size_t len = 0;
        status = files_load(files.items[i], FILE_LIMIT_BYTES, &bytes, &len, failure);
        if (status == HEARSAY_OK) {
            struct str file = {bytes, len};
            size_t mark = str_starts_with(file, STR("\xef\xbb\xbf")) ? 3 : 0;
            buffer_append_str(text, str_slice(file, mark, file.len));
            buffer_append_byte(text, '\n');
        }
        free(bytes);
    }
    paths_free(&files);
    return status == HEARSAY_OK && text->failed ? HEARSAY_NO_MEMORY : status;
}

static int finish(enum hearsay_status status, const struct hearsay_failure *failure,
                  struct buffer *out) {
    if (status != HEARSAY_OK) {
        buffer_free(out);
        return terminal_fail(status, failure);
    }
    return terminal_print(out);
}

int command_rules_dump(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    struct buffer text = {0};
    struct buffer out = {0};
    struct hearsay_failure failure = {0};
    int code = rule_set_load(arguments->items[0], false, &rules);
    hearsay_rules_free(rules);
    if (code != EXIT_DONE) {
        return code;
    }
    enum hearsay_status status = read_pack(arguments->items[0], &text, &failure);
    if (status == HEARSAY_OK) {
        status = hearsay_rules_dump(text.ptr, text.len, append_report, &out, &failure);
    }
    buffer_free(&text);
    return finish(status, &failure, &out);
}

int command_rules_load(const struct arguments *arguments) {
    struct buffer out = {0};
    struct hearsay_failure failure = {0};
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status =
        files_load(arguments->items[0], JSON_LIMIT_BYTES, &bytes, &len, &failure);
    if (status == HEARSAY_OK) {
        status = hearsay_rules_undump(bytes, len, append_report, &out, &failure);
    }
    free(bytes);
    const char *path = arguments->values[OPTION_OUTPUT];
    if (status == HEARSAY_OK && path && !out.failed) {
        status = file_replace(path, buffer_str(&out), &failure);
        buffer_clear(&out);
    }
    return finish(status, &failure, &out);
}
