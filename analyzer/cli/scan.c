#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/rule_set.h"
#include "cli/run.h"
#include "cli/settings.h"
#include "cli/terminal.h"

int command_scan(const struct arguments *arguments) {
    struct settings settings;
    struct hearsay_failure failure = {0};
    struct hearsay_rules *rules = NULL;
    enum hearsay_status status = settings_read(arguments, &settings, &failure);
    int code = status == HEARSAY_OK ? EXIT_DONE : terminal_fail(status, &failure);
    if (code == EXIT_DONE) {
        code = rule_set_load(arguments->values[OPTION_RULES], false, &rules);
    }
    if (code == EXIT_DONE) {
        code = run_inputs(arguments, &settings, rules);
    }
    hearsay_rules_free(rules);
    settings_free(&settings);
    return code;
}
