#include "cli/commands.h"

#include "cli/exit.h"
#include "cli/manual.h"
#include "cli/terminal.h"
#include "hearsay.h"

typedef int command_function(const struct arguments *arguments);

static int command_manual(const struct arguments *arguments) {
    struct buffer out = {0};
    (void)arguments;
    manual_append_page(&out);
    return terminal_print(&out);
}

static int command_bash(const struct arguments *arguments) {
    struct buffer out = {0};
    (void)arguments;
    manual_append_bash(&out);
    return terminal_print(&out);
}

static int command_zsh(const struct arguments *arguments) {
    struct buffer out = {0};
    (void)arguments;
    manual_append_zsh(&out);
    return terminal_print(&out);
}

static command_function *const functions[] = {
    [COMMAND_SCAN] = command_scan,
    [COMMAND_EXPLAIN] = command_explain,
    [COMMAND_RULES_CHECK] = command_rules_check,
    [COMMAND_RULES_TEST] = command_rules_test,
    [COMMAND_RULES_MUTATE] = command_rules_mutate,
    [COMMAND_RULES_EXPLAIN] = command_rules_explain,
    [COMMAND_RULES_BENCH] = command_rules_bench,
    [COMMAND_RULES_DIFF] = command_rules_diff,
    [COMMAND_RULES_OVERLAP] = command_rules_overlap,
    [COMMAND_RULES_FMT] = command_rules_fmt,
    [COMMAND_RULES_HELP] = command_rules_help,
    [COMMAND_RULES_DUMP] = command_rules_dump,
    [COMMAND_RULES_FIT] = command_rules_fit,
    [COMMAND_RULES_LOAD] = command_rules_load,
    [COMMAND_FORMATS] = command_formats,
    [COMMAND_COORDINATE] = command_coordinate,
    [COMMAND_EVALUATE_ACCOUNTS] = command_evaluate_accounts,
    [COMMAND_VALIDATE] = command_validate,
    [COMMAND_SIMULATE] = command_simulate,
    [COMMAND_EVALUATE_CLAIMS] = command_evaluate_claims,
    [COMMAND_EVALUATE_GROUPING] = command_evaluate_grouping,
    [COMMAND_REGISTRY_UPDATE] = command_registry_update,
    [COMMAND_REGISTRY_LIST] = command_registry_list,
    [COMMAND_REGISTRY_SHOW] = command_registry_show,
    [COMMAND_HELP] = command_help,
    [COMMAND_VERSION] = command_version,
    [COMMAND_MANUAL] = command_manual,
    [COMMAND_BASH] = command_bash,
    [COMMAND_ZSH] = command_zsh,
};

int command_version(const struct arguments *arguments) {
    struct buffer out = {0};
    (void)arguments;
    buffer_append_c(&out, "hearsay " HEARSAY_VERSION "\n");
    return terminal_print(&out);
}

static int print_help(const struct command *command) {
    struct buffer out = {0};
    if (command) {
        manual_append_help(&out, command);
    } else {
        manual_append_overview(&out);
    }
    return terminal_print(&out);
}

/* "rules" alone stands for all its commands. */
static int print_group(struct str group) {
    struct buffer out = {0};
    const struct command *command;
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (command_group_member(command, group).len > 0) {
            manual_append_help(&out, command);
            buffer_append_byte(&out, '\n');
        }
    }
    return terminal_print(&out);
}

int command_help(const struct arguments *arguments) {
    if (arguments->count == 0) {
        return print_help(NULL);
    }
    size_t used = 0;
    const struct command *command = arguments_command(arguments->items, arguments->count, &used);
    if (command && used == arguments->count) {
        return print_help(command);
    }
    struct str name = str_from_c(arguments->items[0]);
    if (command_group_exists(name) && arguments->count == 1) {
        return print_group(name);
    }
    const char *nearest = arguments_nearest_command(name);
    terminal_error("no command '%.200s'%s%s%s", arguments->items[0],
                   nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    return EXIT_USAGE;
}

static int run(const struct arguments *arguments) {
    if (arguments_has(arguments, OPTION_HELP)) {
        return print_help(arguments->command);
    }
    if (arguments_has(arguments, OPTION_VERSION)) {
        return command_version(arguments);
    }
    if (!arguments->command) {
        terminal_error("no command; `hearsay help` lists them");
        return EXIT_USAGE;
    }
    return functions[arguments->command->id](arguments);
}

int command_run(int argc, char **argv) {
    struct arguments arguments;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = arguments_parse(argc, argv, &arguments, &failure);
    int code = status == HEARSAY_OK ? run(&arguments) : terminal_fail(status, &failure);
    arguments_free(&arguments);
    return code;
}
