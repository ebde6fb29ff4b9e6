/* The tests that stand in the rules: each text is judged by its own rule, and a failure says what
 * was expected, on which text, and which part of the rule decided. */
#include "base/failure.h"
#include "rule/choice.h"
#include "rule/frame.h"
#include "rule/series.h"
#include "rule/survival.h"
#include "rule/test_report.h"

#define LITERALS_NAMED 20u /* of those with which a frame fails */

struct runner {
    const struct hearsay_rules *pack;
    const struct hearsay_rules_test_options *options;
    struct probe probe;
    const struct rule *rule;
    const struct rule_test *test;
    struct buffer text; /* of a frame */
    struct test_report report;
    struct hearsay_rules_test_result result;
};

/* ---- Expectations ---- */

static bool is_marked(const struct runner *runner, uint32_t term, uint32_t occurrence) {
    const struct matcher *matcher = runner->probe.matcher;
    const struct term_mark *mark = &matcher->marks[term];
    bool has_marks = mark->epoch == matcher->epoch && mark->mask;
    return !has_marks || (mark->mask >> occurrence & 1);
}

/* With `actual`, appends what the term found instead. */
static bool is_bound(struct runner *runner, const struct test_binding *binding,
                     struct buffer *actual) {
    const struct rule_code *code = &runner->pack->rules[runner->rule->index];
    uint32_t index = code->first_term + (uint32_t)(binding->term - runner->rule->terms);
    struct occurrences own = probe_occurrences(&runner->probe, runner->rule, binding->term);
    for (uint32_t i = 0; i < own.count; i++) {
        struct str text = str_slice(runner->probe.post.text, own.items[i].start, own.items[i].end);
        if (!own.items[i].has_place || !is_marked(runner, index, i)) {
            continue;
        }
        if (str_equal(text, binding->text)) {
            return true;
        }
        if (actual) {
            buffer_printf(actual, "  + $%.*s = ", (int)binding->term->name.len,
                          binding->term->name.ptr);
            append_quoted(actual, text, '"');
            buffer_printf(actual, " (bytes %u to %u)\n", own.items[i].start, own.items[i].end);
        }
    }
    return false;
}

static void explain_binding(struct runner *runner, const struct test_binding *binding) {
    struct test_report *report = &runner->report;
    struct str name = binding->term->name;
    if (report->message.len == 0) {
        buffer_printf(&report->message, "fires, but $%.*s should be ", (int)name.len, name.ptr);
        append_quoted(&report->message, binding->text, '"');
    }
    buffer_printf(&report->detail, "  - $%.*s = ", (int)name.len, name.ptr);
    append_quoted(&report->detail, binding->text, '"');
    buffer_append_byte(&report->detail, '\n');
    is_bound(runner, binding, &report->detail);
}

static void expect_fires(struct runner *runner) {
    struct test_report *report = &runner->report;
    if (!probe_fires(&runner->probe, runner->rule)) {
        buffer_append_c(&report->message, "should fire and is silent");
        test_report_silence(report, &runner->probe, runner->rule);
        test_report_terms(report, &runner->probe, runner->rule);
        return;
    }
    matcher_mark(runner->probe.matcher, runner->rule->index);
    for (uint32_t i = 0; i < runner->test->binding_count; i++) {
        const struct test_binding *binding = &runner->test->bindings[i];
        if (!is_bound(runner, binding, NULL)) {
            explain_binding(runner, binding);
        }
    }
    if (report->message.len > 0) {
        test_report_terms(report, &runner->probe, runner->rule);
    }
}

static void expect_silent(struct runner *runner) {
    struct test_report *report = &runner->report;
    const struct term *because = runner->test->because;
    if (probe_fires(&runner->probe, runner->rule)) {
        buffer_append_c(&report->message, "should be silent and fires");
        test_report_match(report, &runner->pack->ast, runner->rule);
        test_report_terms(report, &runner->probe, runner->rule);
    } else if (because && !probe_fires_without(&runner->probe, runner->rule, because)) {
        buffer_printf(&report->message, "is silent, but not because of $%.*s",
                      (int)because->name.len, because->name.ptr);
        test_report_silence(report, &runner->probe, runner->rule);
        test_report_terms(report, &runner->probe, runner->rule);
    }
}

static bool judge_text(struct runner *runner, uint32_t index) {
    struct str text;
    test_report_clear(&runner->report);
    if (!frame_text(runner->test, index, &runner->text, &text) ||
        !probe_text(&runner->probe, text, runner->test->lang)) {
        return false;
    }
    if (runner->test->kind == TEST_FIRES) {
        expect_fires(runner);
    } else {
        expect_silent(runner);
    }
    return runner->probe.matcher->status == HEARSAY_OK;
}

/* All texts of the test; the report is of the first that fails and names the literals of all. */
static bool judge(struct runner *runner) {
    uint32_t count = frame_count(runner->test);
    uint32_t first = 0;
    uint32_t failing = 0;
    struct buffer names = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (!judge_text(runner, i)) {
            buffer_free(&names);
            return false;
        }
        if (runner->report.message.len > 0 && failing++ == 0) {
            first = i;
        }
        if (runner->report.message.len > 0 && failing <= LITERALS_NAMED) {
            buffer_append_c(&names, failing > 1 ? ", " : "");
            append_quoted(&names, frame_literal(runner->test, i), '"');
        }
    }
    bool ok = true;
    if (failing > 0 && runner->test->each) {
        ok = judge_text(runner, first);
        buffer_printf(&runner->report.detail, "  with %u of %u literals: ", failing, count);
        buffer_append_str(&runner->report.detail, buffer_str(&names));
        buffer_append_c(&runner->report.detail, failing > LITERALS_NAMED ? ", ...\n" : "\n");
    }
    buffer_free(&names);
    return ok;
}

/* ---- Outcomes ---- */

static enum hearsay_verdict count_verdict(struct runner *runner, bool is_todo) {
    if (runner->report.message.len == 0) {
        runner->result.passed++;
        return is_todo ? HEARSAY_TODO_DONE : HEARSAY_PASSED;
    }
    if (is_todo) {
        runner->result.todo++;
        return HEARSAY_TODO;
    }
    runner->result.failed++;
    return HEARSAY_FAILED;
}

static struct hearsay_text public_text(struct str text) {
    return (struct hearsay_text){text.ptr, text.len};
}

static bool tell(struct runner *runner, bool is_todo, struct str kind, struct str text,
                 struct place place) {
    static const char *const words[] = {
        [HEARSAY_PASSED] = "ok",
        [HEARSAY_FAILED] = "FAIL",
        [HEARSAY_TODO] = "todo",
        [HEARSAY_TODO_DONE] = "ok (todo done)",
    };
    const struct ast *ast = &runner->pack->ast;
    struct test_report *report = &runner->report;
    enum hearsay_verdict verdict = count_verdict(runner, is_todo);
    if (!test_report_finish(report, ast, runner->rule, place, kind, text, words[verdict])) {
        return false;
    }
    if (!runner->options->report) {
        return true;
    }
    struct hearsay_test_outcome outcome = {
        .verdict = verdict,
        .rule = public_text(runner->rule->name),
        .rule_id = public_text(runner->rule->meta.id),
        .kind = public_text(kind),
        .text = public_text(text),
        .file = public_text(ast->files[place.file].name),
        .line = probe_line(ast, place),
        .message = public_text(buffer_str(&report->message)),
        .detail = public_text(buffer_str(&report->detail)),
        .clause = public_text(report->clause),
        .clause_line = report->clause_line,
        .report = public_text(buffer_str(&report->whole)),
    };
    runner->options->report(runner->options->context, &outcome);
    return true;
}

/* What is wrong with one point of a series; nothing: it holds. */
static void judge_point(struct runner *runner, const struct series_outcome *outcome,
                        const struct series_point *point) {
    struct buffer *message = &runner->report.message;
    bool has_fired = outcome->fired_at > 0 && outcome->fired_at <= point->at;
    if (outcome->problem[0] != '\0') {
        buffer_printf(message, "the posts cannot be read: %s", outcome->problem);
    } else if (point->at > outcome->posts) {
        buffer_printf(message, "there are %u posts only", outcome->posts);
    } else if (has_fired != point->fires) {
        buffer_printf(message, "after %u posts it should %s", point->at,
                      point->fires ? "have fired" : "not have fired yet");
        if (outcome->fired_at > 0) {
            buffer_printf(message, "; it fires at post %u", outcome->fired_at);
        } else {
            buffer_append_c(message, "; it fires at none");
        }
    }
}

/* Each point is a test of its own. */
static bool run_series(struct runner *runner, const struct rule_series *series) {
    struct series_outcome outcome;
    if (series_run(&runner->probe, runner->rule, series, &outcome) != HEARSAY_OK) {
        return false;
    }
    for (uint32_t i = 0; i < series->point_count; i++) {
        const struct series_point *point = &series->points[i];
        struct str kind = point->fires ? STR("series fires") : STR("series silent");
        test_report_clear(&runner->report);
        judge_point(runner, &outcome, point);
        if (!tell(runner, series->is_todo, kind, series->name, point->place)) {
            return false;
        }
    }
    return true;
}

static bool run_survival(struct runner *runner, const struct rule_survival *survival) {
    struct buffer text = {0};
    test_report_clear(&runner->report);
    bool ok = survival_judge(&runner->probe, runner->rule, survival->share, &runner->report);
    buffer_append_c(&text, "variants ");
    buffer_append_double(&text, survival->share, 6);
    buffer_append_c(&text, " of fires");
    ok = ok && !text.failed &&
         tell(runner, survival->is_todo, STR("survives"), buffer_str(&text), survival->place);
    buffer_free(&text);
    return ok;
}

static bool run_rule(struct runner *runner) {
    for (uint32_t k = 0; k < runner->rule->test_count; k++) {
        runner->test = &runner->rule->tests[k];
        struct str kind = runner->test->kind == TEST_FIRES ? STR("fires") : STR("silent");
        if (!judge(runner) ||
            !tell(runner, runner->test->is_todo, kind, runner->test->text, runner->test->place)) {
            return false;
        }
    }
    for (uint32_t k = 0; k < runner->rule->series_count; k++) {
        if (!run_series(runner, &runner->rule->series[k])) {
            return false;
        }
    }
    for (uint32_t k = 0; k < runner->rule->survival_count; k++) {
        if (!run_survival(runner, &runner->rule->survivals[k])) {
            return false;
        }
    }
    return true;
}

static bool run_all(struct runner *runner) {
    for (uint32_t i = 0; i < runner->pack->rule_count; i++) {
        runner->rule = runner->pack->rules[i].rule;
        if (rule_is_chosen(runner->rule, runner->options->run)) {
            runner->result.rules++;
            if (!run_rule(runner)) {
                return false;
            }
        }
    }
    return true;
}

enum hearsay_status hearsay_rules_test(const struct hearsay_rules *rules,
                                       const struct hearsay_rules_test_options *options,
                                       struct hearsay_rules_test_result *result,
                                       struct hearsay_failure *failure) {
    static const struct hearsay_rules_test_options none = {0};
    struct runner runner = {.pack = rules, .options = options ? options : &none};
    bool ok = probe_open(&runner.probe, rules) && run_all(&runner);
    probe_close(&runner.probe);
    test_report_free(&runner.report);
    buffer_free(&runner.text);
    if (!ok) {
        return failure_memory(failure);
    }
    *result = runner.result;
    return HEARSAY_OK;
}
