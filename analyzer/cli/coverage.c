#include "cli/coverage.h"

#include "cli/exit.h"
#include "cli/percentage.h"
#include "cli/terminal.h"

struct listing {
    struct buffer out;
    bool is_verbose;
};

static void append_text(struct buffer *out, struct hearsay_text text) {
    buffer_append(out, text.ptr, text.len);
}

/* A clause on one line. */
static void append_clause(struct buffer *out, struct hearsay_text text) {
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = (unsigned char)text.ptr[i] <= ' ';
        if (!is_blank) {
            buffer_append_byte(out, text.ptr[i]);
        } else if (i > 0 && (unsigned char)text.ptr[i - 1] > ' ') {
            buffer_append_byte(out, ' ');
        }
    }
}

static const char *verdict(const struct hearsay_clause *clause) {
    if (clause->is_covered) {
        return "covered";
    }
    if (clause->made_fire) {
        return "no test is silent because of it";
    }
    return clause->made_silent ? "no test fires because of it" : "no test depends on it";
}

static void list(void *context, const struct hearsay_clause *clause) {
    struct listing *listing = context;
    struct buffer *out = &listing->out;
    if (clause->is_covered && !listing->is_verbose) {
        return;
    }
    append_text(out, clause->file);
    buffer_printf(out, ":%llu: ", (unsigned long long)clause->line);
    append_text(out, clause->rule);
    buffer_printf(out, ": %s: `", verdict(clause));
    append_clause(out, clause->text);
    buffer_append_byte(out, '`');
    if (clause->member.len > 0) {
        buffer_append_c(out, ", its `$");
        append_text(out, clause->member);
        buffer_append_byte(out, '`');
    }
    buffer_append_byte(out, '\n');
}

int coverage_options(const struct arguments *arguments, bool *is_wanted, double *threshold) {
    *is_wanted = arguments_has(arguments, OPTION_COVERAGE) ||
                 arguments_has(arguments, OPTION_COVERAGE_THRESHOLD);
    return percentage_read(arguments, OPTION_COVERAGE_THRESHOLD, threshold) ? EXIT_DONE
                                                                            : EXIT_USAGE;
}

int coverage_tell(const struct arguments *arguments, const struct hearsay_rules *rules,
                  double threshold, bool is_silent) {
    struct listing listing = {.is_verbose = arguments_has(arguments, OPTION_VERBOSE)};
    struct hearsay_failure failure = {0};
    struct hearsay_rules_cover_result result = {0};
    struct hearsay_rules_cover_options options = {.run = arguments->values[OPTION_RUN],
                                                  .report = is_silent ? NULL : list,
                                                  .context = &listing};
    enum hearsay_status status = hearsay_rules_cover(rules, &options, &result, &failure);
    if (status != HEARSAY_OK) {
        buffer_free(&listing.out);
        return terminal_fail(status, &failure);
    }
    if (!is_silent) {
        buffer_append_c(&listing.out, "clause coverage: ");
        percentage_append(&listing.out, result.covered, result.clauses);
        buffer_append_byte(&listing.out, '\n');
    }
    int code = terminal_print(&listing.out);
    bool is_short = !percentage_reaches(result.covered, result.clauses, threshold);
    if (is_short) {
        terminal_error("clause coverage is below %g %%", threshold);
    }
    return code == EXIT_DONE && is_short ? EXIT_EXPECTATION : code;
}
