#include "cli/commands.h"
#include "cli/terminal.h"

static void append_report(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

int command_rules_help(const struct arguments *arguments) {
    struct buffer out = {0};
    struct hearsay_failure failure = {0};
    const char *code = arguments->count > 0 ? arguments->items[0] : NULL;
    enum hearsay_status status = hearsay_rules_help(code, append_report, &out, &failure);
    if (status != HEARSAY_OK) {
        buffer_free(&out);
        return terminal_fail(status, &failure);
    }
    return terminal_print(&out);
}
