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
