/* `hearsay rules mutate`: which change of a rule no test would notice. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/percentage.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"

struct mutation {
    struct buffer out;
    bool is_verbose;
};

static void append_text(struct buffer *out, struct hearsay_text text) {
    buffer_append(out, text.ptr, text.len);
}

static void append_mutant(void *context, const struct hearsay_mutant *mutant) {
    struct mutation *mutation = context;
    struct buffer *out = &mutation->out;
    if (mutant->is_killed && !mutation->is_verbose) {
        return;
    }
    buffer_append_c(out, mutant->is_killed ? "killed   " : "SURVIVES ");
    append_text(out, mutant->file);
    buffer_printf(out, ":%llu: ", (unsigned long long)mutant->line);
    append_text(out, mutant->rule_id);
    buffer_append_c(out, mutant->rule_id.len > 0 ? " " : "");
    append_text(out, mutant->rule);
    buffer_append_c(out, ": ");
    append_text(out, mutant->change);
    buffer_append_c(out, "\n  - ");
    append_text(out, mutant->clause);
    if (mutant->mutated.len > 0) {
        buffer_append_c(out, "\n  + ");
        append_text(out, mutant->mutated);
    }
    buffer_append_byte(out, '\n');
}

static void append_score(struct buffer *out, const struct hearsay_rules *rules,
                         const struct hearsay_rules_mutate_result *result, bool with_literals) {
    buffer_printf(out, "pack %s version %s: ", hearsay_rules_name(rules),
                  hearsay_rules_version(rules));
    if (result->mutants > 0) {
        percentage_append(out, result->killed, result->mutants);
        buffer_append_c(out, " mutants of clauses killed");
    } else {
        buffer_append_c(out, "no clause that could be changed");
    }
    if (with_literals) {
        buffer_append_c(out, "; ");
        percentage_append(out, result->literals_killed, result->literals);
        buffer_append_c(out, " dropped literals noticed");
    }
    buffer_append_byte(out, '\n');
}

static int mutate(const struct arguments *arguments, const struct hearsay_rules *rules,
                  double threshold) {
    struct mutation mutation = {.is_verbose = arguments_has(arguments, OPTION_VERBOSE)};
    struct hearsay_failure failure = {0};
    struct hearsay_rules_mutate_result result = {0};
    struct hearsay_rules_mutate_options options = {.run = arguments->values[OPTION_RUN],
                                                   .with_literals =
                                                       arguments_has(arguments, OPTION_LITERALS),
                                                   .report = append_mutant,
                                                   .context = &mutation};
    enum hearsay_status status = hearsay_rules_mutate(rules, &options, &result, &failure);
    if (status != HEARSAY_OK) {
        buffer_free(&mutation.out);
        return terminal_fail(status, &failure);
    }
    if (options.run && result.rules == 0) {
        buffer_free(&mutation.out);
        terminal_error("no rule is called '%s' by name or id; * stands for any text", options.run);
        return EXIT_USAGE;
    }
    append_score(&mutation.out, rules, &result, options.with_literals);
    int code = terminal_print(&mutation.out);
    bool is_short = !percentage_reaches(result.killed + result.literals_killed,
                                        result.mutants + result.literals, threshold);
    return code == EXIT_DONE && is_short ? EXIT_EXPECTATION : code;
}

int command_rules_mutate(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    double threshold = 0;
    if (!percentage_read(arguments, OPTION_THRESHOLD, &threshold)) {
        return EXIT_USAGE;
    }
    int code = rule_set_load(arguments->items[0], false, &rules);
    if (code == EXIT_DONE) {
        code = mutate(arguments, rules, threshold);
    }
    hearsay_rules_free(rules);
    return code;
}
