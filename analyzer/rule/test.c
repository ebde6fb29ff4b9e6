/* The tests that stand in the rules: each text is judged by its own rule, and a failure says what
 * was expected, on which text, and which part of the rule decided. */
#include "base/failure.h"
#include "rule/match.h"
#include "text/language.h"

#define QUOTE_MOST 200u /* bytes of a text or clause that a report quotes */

struct runner {
    const struct hearsay_rules *pack;
    struct matcher *matcher;
    struct folder folder;
    struct folded folded;
    struct post post;
    const struct rule *rule;
    const struct rule_test *test;
    struct buffer reason; /* why the test failed; empty: it passed */
};

static uint32_t line_of(const struct ast *ast, struct place place) {
    struct str text = ast->files[place.file].text;
    uint32_t line = 1;
    for (size_t i = 0; i < place.start && i < text.len; i++) {
        line += text.ptr[i] == '\n';
    }
    return line;
}

/* On one line: runs of white space and controls become one blank; long texts are cut. */
static void append_quoted(struct buffer *out, struct str text, char mark) {
    struct str shown = text.len > QUOTE_MOST ? str_slice(text, 0, QUOTE_MOST) : text;
    while (shown.len < text.len && shown.len > 0 &&
           ((unsigned char)text.ptr[shown.len] & 0xC0) == 0x80) {
        shown.len--;
    }
    buffer_append_byte(out, mark);
    for (size_t i = 0; i < shown.len; i++) {
        unsigned char byte = (unsigned char)shown.ptr[i];
        bool is_blank = byte <= ' ' || byte == 0x7F;
        if (!is_blank) {
            buffer_append_byte(out, (char)byte);
        } else if (i == 0 || (unsigned char)shown.ptr[i - 1] > ' ') {
            buffer_append_byte(out, ' ');
        }
    }
    buffer_append_c(out, shown.len < text.len ? "..." : "");
    buffer_append_byte(out, mark);
}

static void append_source(struct buffer *out, const struct ast *ast, struct place place) {
    append_quoted(out, str_slice(ast->files[place.file].text, place.start, place.end), '`');
    buffer_printf(out, " (line %u)", line_of(ast, place));
}

/* ---- Judging ---- */

/* A test without a language is judged as "und": what a detector says must not decide a test. */
static void begin(struct runner *runner, bool is_reference) {
    const char *language = language_normal(runner->test->lang);
    matcher_begin(runner->matcher, &runner->post, &runner->folded, is_reference);
    runner->matcher->language = str_from_c(language[0] != '\0' ? language : "und");
}

static bool rule_matches(struct runner *runner) {
    begin(runner, false);
    matcher_scan(runner->matcher);
    return matcher_rule_matches(runner->matcher, runner->rule->index);
}

static bool matches_without(struct runner *runner, const struct term *absent) {
    begin(runner, true);
    runner->matcher->absent = absent;
    return matcher_rule_matches(runner->matcher, runner->rule->index);
}

static struct occurrences occurrences_of(struct runner *runner, const struct term *term) {
    const struct rule_code *code = &runner->pack->rules[runner->rule->index];
    return matcher_occurrences(runner->matcher, pack_pattern(runner->pack, code, term), false);
}

/* ---- Explaining ---- */

/* The smallest part of a failed conjunction that fails alone, or the conjunction itself. */
static const struct expr *decisive(struct runner *runner, const struct expr *expr) {
    uint32_t rule = runner->rule->index;
    while (expr->kind == EXPR_AND && !expr->has_within) {
        const struct expr *failing = NULL;
        for (uint32_t i = 0; i < expr->child_count && !failing; i++) {
            if (!matcher_expr_holds(runner->matcher, rule, expr->children[i])) {
                failing = expr->children[i];
            }
        }
        if (!failing) {
            return expr;
        }
        expr = failing;
    }
    return expr;
}

static void explain_silence(struct runner *runner) {
    const struct rule *rule = runner->rule;
    const struct expr *clause = rule->match;
    bool is_where = rule->where && !matcher_expr_holds(runner->matcher, rule->index, rule->where);
    if (is_where) {
        clause = rule->where;
    }
    if (!clause) {
        return;
    }
    buffer_append_c(&runner->reason, is_where ? "  where: " : "  clause: ");
    append_source(&runner->reason, &runner->pack->ast, decisive(runner, clause)->place);
    buffer_append_c(&runner->reason, " does not hold\n");
}

/* What each term found. */
static void explain_terms(struct runner *runner) {
    for (uint32_t i = 0; i < runner->rule->term_count; i++) {
        const struct term *term = &runner->rule->terms[i];
        struct occurrences own = occurrences_of(runner, term);
        buffer_printf(&runner->reason, "  $%.*s: ", (int)term->name.len, term->name.ptr);
        for (uint32_t k = 0; k < own.count && k < 4; k++) {
            buffer_append_c(&runner->reason, k > 0 ? ", " : "");
            if (own.items[k].has_place) {
                append_quoted(&runner->reason,
                              str_slice(runner->test->text, own.items[k].start, own.items[k].end),
                              '"');
            } else {
                buffer_append_c(&runner->reason, "holds");
            }
        }
        buffer_append_c(&runner->reason, own.count == 0  ? "nothing\n"
                                         : own.count > 4 ? ", ...\n"
                                                         : "\n");
    }
}

/* ---- Expectations ---- */

static bool is_bound(struct runner *runner, const struct test_binding *binding) {
    struct matcher *matcher = runner->matcher;
    const struct rule_code *code = &runner->pack->rules[runner->rule->index];
    uint32_t index = code->first_term + (uint32_t)(binding->term - runner->rule->terms);
    struct occurrences own = occurrences_of(runner, binding->term);
    bool is_marked = matcher->marks[index].epoch == matcher->epoch && matcher->marks[index].mask;
    for (uint32_t i = 0; i < own.count; i++) {
        struct str text = str_slice(runner->test->text, own.items[i].start, own.items[i].end);
        bool counts = !is_marked || (matcher->marks[index].mask >> i & 1);
        if (counts && own.items[i].has_place && str_equal(text, binding->text)) {
            return true;
        }
    }
    return false;
}

static void expect_fires(struct runner *runner) {
    if (!rule_matches(runner)) {
        buffer_append_c(&runner->reason, "should fire and is silent\n");
        explain_silence(runner);
        explain_terms(runner);
        return;
    }
    matcher_mark(runner->matcher, runner->rule->index);
    for (uint32_t i = 0; i < runner->test->binding_count; i++) {
        const struct test_binding *binding = &runner->test->bindings[i];
        if (!is_bound(runner, binding)) {
            buffer_printf(&runner->reason, "fires, but $%.*s should be ",
                          (int)binding->term->name.len, binding->term->name.ptr);
            append_quoted(&runner->reason, binding->text, '"');
            buffer_append_c(&runner->reason, "\n");
            explain_terms(runner);
            return;
        }
    }
}

static void expect_silent(struct runner *runner) {
    const struct term *because = runner->test->because;
    if (rule_matches(runner)) {
        buffer_append_c(&runner->reason, "should be silent and fires\n");
        if (runner->rule->match) {
            buffer_append_c(&runner->reason, "  clause: ");
            append_source(&runner->reason, &runner->pack->ast, runner->rule->match->place);
            buffer_append_c(&runner->reason, " holds\n");
        }
        explain_terms(runner);
    } else if (because && !matches_without(runner, because)) {
        buffer_printf(&runner->reason, "is silent, but not because of $%.*s\n",
                      (int)because->name.len, because->name.ptr);
        explain_silence(runner);
        explain_terms(runner);
    }
}

static bool run_test(struct runner *runner) {
    buffer_clear(&runner->reason);
    runner->post = (struct post){.text = runner->test->text, .lang = runner->test->lang};
    if (!fold_text(&runner->folder, runner->post.text, &runner->folded)) {
        return false;
    }
    if (runner->test->kind == TEST_FIRES) {
        expect_fires(runner);
    } else {
        expect_silent(runner);
    }
    return runner->matcher->status == HEARSAY_OK && !runner->reason.failed;
}

/* ---- Reporting ---- */

static void append_title(struct buffer *out, const struct runner *runner, const char *verdict) {
    const struct ast *ast = &runner->pack->ast;
    const struct rule *rule = runner->rule;
    struct place place = runner->test->place;
    struct str file = ast->files[place.file].name;
    buffer_printf(out, "%s %.*s:%u: ", verdict, (int)file.len, file.ptr, line_of(ast, place));
    if (rule->meta.id.len > 0) {
        buffer_printf(out, "%.*s ", (int)rule->meta.id.len, rule->meta.id.ptr);
    }
    buffer_printf(out, "%.*s ", (int)rule->name.len, rule->name.ptr);
}

static void append_report(struct buffer *out, const struct runner *runner, const char *verdict) {
    append_title(out, runner, verdict);
    if (runner->reason.len > 0) {
        buffer_append_str(out, buffer_str(&runner->reason));
        buffer_append_c(out, "  text: ");
    } else {
        buffer_append_c(out, runner->test->kind == TEST_FIRES ? "fires " : "is silent ");
    }
    append_quoted(out, runner->test->text, '"');
    buffer_append_byte(out, '\n');
}

static const char *count_verdict(const struct runner *runner,
                                 struct hearsay_rules_test_result *result) {
    bool passed = runner->reason.len == 0;
    if (passed) {
        result->passed++;
        return runner->test->is_todo ? "ok (todo done)" : "ok";
    }
    if (runner->test->is_todo) {
        result->todo++;
        return "todo";
    }
    result->failed++;
    return "FAIL";
}

static enum hearsay_status run_all(struct runner *runner, bool verbose, hearsay_diagnostic *report,
                                   void *context, struct hearsay_rules_test_result *result) {
    struct buffer text = {0};
    bool ok = true;
    for (uint32_t i = 0; ok && i < runner->pack->rule_count; i++) {
        runner->rule = runner->pack->rules[i].rule;
        for (uint32_t k = 0; ok && k < runner->rule->test_count; k++) {
            runner->test = &runner->rule->tests[k];
            ok = run_test(runner);
            const char *verdict = count_verdict(runner, result);
            if (ok && report && (verbose || (runner->reason.len > 0 && !runner->test->is_todo))) {
                buffer_clear(&text);
                append_report(&text, runner, verdict);
                ok = !text.failed;
                report(context, text.ptr, text.len);
            }
        }
    }
    buffer_free(&text);
    return ok ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

enum hearsay_status hearsay_rules_test(const struct hearsay_rules *rules, bool verbose,
                                       hearsay_diagnostic *report, void *context,
                                       struct hearsay_rules_test_result *result,
                                       struct hearsay_failure *failure) {
    struct runner runner = {.pack = rules, .matcher = matcher_new(rules)};
    struct hearsay_rules_test_result counts = {0};
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (runner.matcher) {
        status = run_all(&runner, verbose, report, context, &counts);
    }
    matcher_free(runner.matcher);
    folder_free(&runner.folder);
    buffer_free(&runner.reason);
    if (status != HEARSAY_OK) {
        return failure_memory(failure);
    }
    *result = counts;
    return HEARSAY_OK;
}
