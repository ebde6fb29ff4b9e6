#include <stdio.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"

static void append_pack(struct buffer *out, const struct hearsay_rules *rules) {
    buffer_printf(out, "pack %s version %s: %zu rules", hearsay_rules_name(rules),
                  hearsay_rules_version(rules), hearsay_rules_count(rules));
}

int command_rules_check(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    int code = rule_set_load(arguments->items[0], true, &rules);
    if (code == EXIT_DONE && !arguments_has(arguments, OPTION_QUIET)) {
        struct buffer out = {0};
        append_pack(&out, rules);
        buffer_append_c(&out, ", no errors\n");
        code = terminal_print(&out);
    }
    hearsay_rules_free(rules);
    return code;
}

static void append_report(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

int command_rules_test(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    int code = rule_set_load(arguments->items[0], true, &rules);
    if (code != EXIT_DONE) {
        return code;
    }
    struct hearsay_rules_test_result result = {0};
    struct hearsay_failure failure = {0};
    struct buffer out = {0};
    enum hearsay_status status = hearsay_rules_test(rules, arguments_has(arguments, OPTION_VERBOSE),
                                                    append_report, &out, &result, &failure);
    if (status != HEARSAY_OK) {
        code = terminal_fail(status, &failure);
        buffer_free(&out);
    } else {
        if (!arguments_has(arguments, OPTION_QUIET)) {
            append_pack(&out, rules);
            buffer_printf(&out, "; tests: %zu passed, %zu failed, %zu todo\n", result.passed,
                          result.failed, result.todo);
        }
        code = terminal_print(&out);
        code = code == EXIT_DONE && result.failed > 0 ? EXIT_EXPECTATION : code;
    }
    hearsay_rules_free(rules);
    return code;
}
