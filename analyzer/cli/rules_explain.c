#include <stdlib.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"
#include "source/stream.h"

enum { TEXT_LIMIT_BYTES = 16 << 20 };

static void append_report(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

/* Standard input to its end, or the argument itself. */
static enum hearsay_status read_text(const char *argument, struct buffer *text,
                                     struct hearsay_failure *failure) {
    if (strcmp(argument, STREAM_STANDARD_INPUT) != 0) {
        return buffer_append_c(text, argument) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    }
    struct stream *stream = NULL;
    struct str block = STR_EMPTY;
    enum hearsay_status status = stream_open(argument, &stream, failure);
    while (status == HEARSAY_OK && text->len < TEXT_LIMIT_BYTES) {
        status = stream_read(stream, &block, failure);
        if (status != HEARSAY_OK || block.len == 0) {
            break;
        }
        status = buffer_append_str(text, block) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    }
    stream_close(stream);
    return status;
}

static int explain(const struct arguments *arguments, const struct hearsay_rules *rules,
                   const struct buffer *text) {
    struct hearsay_explain_options options = {
        .text = text->ptr ? text->ptr : "",
        .text_len = text->len,
        .language = arguments->values[OPTION_LANG],
        .rule = arguments->values[OPTION_RULE],
        .is_json = arguments_has(arguments, OPTION_JSON),
    };
    struct buffer out = {0};
    struct hearsay_failure failure = {0};
    enum hearsay_status status =
        hearsay_rules_explain(rules, &options, append_report, &out, &failure);
    if (status != HEARSAY_OK) {
        buffer_free(&out);
        return terminal_fail(status, &failure);
    }
    return terminal_print(&out);
}

int command_rules_explain(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    struct buffer text = {0};
    struct hearsay_failure failure = {0};
    int code = rule_set_load(arguments->items[0], false, &rules);
    if (code == EXIT_DONE) {
        enum hearsay_status status = read_text(arguments->items[1], &text, &failure);
        code = status == HEARSAY_OK ? explain(arguments, rules, &text)
                                    : terminal_fail(status, &failure);
    }
    buffer_free(&text);
    hearsay_rules_free(rules);
    return code;
}
