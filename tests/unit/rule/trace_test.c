/* The trace of a rule cannot disagree with the match: every clause of every rule over every text
 * that stands in the shipped pack, and what a trace says of single clauses. */
#include "fixture.h"

#include <glob.h>

#include "rule/trace.h"
#include "rule/trace_print.h"

#define HEAD "pack demo version 1.0.0 requires hearsay >= 0.1\n"
#define RULE(name, id) "rule " name " {\n  meta: id = \"" id "\" severity = low\n"

static bool all_hold(const struct trace *trace, size_t from, size_t end) {
    for (size_t i = from; i < end; i = trace_end(trace, i)) {
        if (!trace->nodes[i].holds) {
            return false;
        }
    }
    return true;
}

static bool any_holds(const struct trace *trace, size_t from, size_t end) {
    for (size_t i = from; i < end; i = trace_end(trace, i)) {
        if (trace->nodes[i].holds) {
            return true;
        }
    }
    return false;
}

static bool some_span_stands(const struct trace *trace, const struct trace_node *node) {
    for (uint32_t i = 0; i < node->span_count; i++) {
        if (trace->spans[node->first_span + i].standing == STANDS) {
            return true;
        }
    }
    return false;
}

/* A clause is what its parts make it. */
static void check_node(const struct trace *trace, size_t index) {
    const struct trace_node *node = &trace->nodes[index];
    size_t end = trace_end(trace, index);
    switch (node->expr->kind) {
    case EXPR_AND:
        assert_int_equal(node->holds, all_hold(trace, index + 1, end));
        break;
    case EXPR_OR:
        assert_int_equal(node->holds, any_holds(trace, index + 1, end));
        break;
    case EXPR_NOT:
        assert_true(node->is_scope || node->holds == !trace->nodes[index + 1].holds);
        break;
    case EXPR_RULE:
        if (end > index + 1) {
            assert_int_equal(node->holds, all_hold(trace, index + 1, end));
        } else {
            assert_false(node->holds);
        }
        break;
    case EXPR_TERM:
    case EXPR_NEAR:
    case EXPR_BEFORE:
        assert_int_equal(node->holds, some_span_stands(trace, node));
        break;
    default:
        break;
    }
}

static void check_rule(struct trace *trace, struct matcher *matcher, uint32_t rule) {
    const struct rule_code *code = &matcher->pack->rules[rule];
    assert_true(trace_rule(trace, matcher, rule));
    assert_false(trace->is_cut);
    bool is_open = matcher_saw_all(matcher, code->gates, code->gate_count);
    bool holds = is_open && all_hold(trace, 0, trace->node_count);
    assert_int_equal(holds, matcher_rule_matches(matcher, rule));
    size_t deciding = 0;
    for (size_t i = 0; i < trace->node_count; i++) {
        check_node(trace, i);
        deciding += trace->nodes[i].is_deciding;
        assert_true(!trace->nodes[i].is_deciding || trace->nodes[i].depth > 0 || i == 0 ||
                    !trace->nodes[i].is_where || !trace->nodes[i].holds);
    }
    assert_int_equal(deciding, trace->node_count > 0);
}

static void check_text(struct trace *trace, struct matcher *matcher, struct str text,
                       struct str language) {
    struct folder folder = {0};
    struct folded folded;
    struct judgement judgement;
    struct post post = {.text = text, .lang = language};
    assert_true(fold_text(&folder, text, &folded));
    assert_int_equal(matcher_post(matcher, &post, &folded, &judgement), HEARSAY_OK);
    for (uint32_t i = 0; i < matcher->pack->rule_count; i++) {
        check_rule(trace, matcher, i);
    }
    folder_free(&folder);
}

static enum hearsay_status read_disk(void *context, const char *path, char **bytes, size_t *len) {
    (void)context;
    FILE *file = fopen(path, "rb");
    if (!file) {
        return HEARSAY_IO;
    }
    *bytes = malloc(1 << 20);
    assert_non_null(*bytes);
    *len = fread(*bytes, 1, 1 << 20, file);
    fclose(file);
    return HEARSAY_OK;
}

static void every_clause_of_the_shipped_pack_agrees_with_the_match(void **state) {
    (void)state;
    glob_t found = {0};
    struct hearsay_rules *pack = NULL;
    struct trace trace = {0};
    glob(HEARSAY_SOURCE_DIR "/rules/breach-claims/*.rules", 0, NULL, &found);
    struct hearsay_rules_options options = {.files = (const char *const *)found.gl_pathv,
                                            .file_count = found.gl_pathc,
                                            .read_file = read_disk};
    assert_int_equal(hearsay_rules_load(&options, &pack, NULL), HEARSAY_OK);
    struct matcher *matcher = matcher_new(pack);
    assert_non_null(matcher);
    size_t texts = 0;
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        const struct rule *rule = pack->rules[i].rule;
        for (uint32_t k = 0; k < rule->test_count; k++, texts++) {
            check_text(&trace, matcher, rule->tests[k].text, rule->tests[k].lang);
        }
    }
    assert_true(texts > 100);
    trace_free(&trace);
    matcher_free(matcher);
    hearsay_rules_free(pack);
    globfree(&found);
}

static void check_case(struct fixture *f, const char *text, const char *deciding) {
    struct trace trace = {0};
    struct buffer out = {0};
    fixture_judge(f, text);
    check_rule(&trace, f->matcher, 0);
    trace_print(&trace, &f->pack->ast, f->post.text, &out);
    assert_true(buffer_append_byte(&out, '\0'));
    const char *mark = strstr(out.ptr, "=> ");
    assert_non_null(mark);
    const char *end = strchr(mark, '\n');
    const char *at = strstr(mark, deciding);
    if (!at || at > end) {
        fail_msg("`%s` does not decide:\n%s", deciding, out.ptr);
    }
    buffer_free(&out);
    trace_free(&trace);
}

static void the_clause_that_decides_is_marked(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("r", "T-1") "  where: not post.is_repost\n"
                                       "  terms: $leak = \"leak*\" fold $data = \"data\" fold\n"
                                       "    $deny = \"not\" fold $fun = \"game\" fold\n"
                                       "  match: $leak near/3 $data within sentence\n"
                                       "    and not $deny before/2 $leak and not $fun\n}\n"};
    fixture_load(&f);
    check_case(&f, "data leaked", "PASS match");
    check_case(&f, "data of a bb c dd leaked", "FAIL          $leak near/3 $data");
    check_case(&f, "data here. It leaked", "FAIL          $leak near/3 $data");
    check_case(&f, "data not leaked", "not $deny before/2 $leak");
    check_case(&f, "data leaked in a game", "not $fun");
    fixture_free(&f);
}

static void a_scope_shows_what_it_takes_away(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("r", "T-1") "  terms: $leak = \"leaked\" $deny = \"not\"\n"
                                       "  match: $leak and not $deny before/2 $leak\n}\n"};
    struct trace trace = {0};
    fixture_load(&f);
    fixture_judge(&f, "not leaked, they say; later it leaked");
    check_rule(&trace, f.matcher, 0);
    assert_int_equal(trace.node_count, 3);
    assert_true(trace.nodes[0].holds); /* one of the two is left */
    assert_int_equal(trace.nodes[1].span_count, 2);
    assert_int_equal(trace.spans[trace.nodes[1].first_span].standing, STANDS_DENIED);
    assert_int_equal(trace.spans[trace.nodes[1].first_span + 1].standing, STANDS);
    assert_true(trace.nodes[2].is_scope);
    fixture_judge(&f, "not leaked");
    check_rule(&trace, f.matcher, 0);
    assert_false(trace.nodes[0].holds);
    assert_true(trace.nodes[2].is_deciding);
    trace_free(&trace);
    fixture_free(&f);
}

static void append(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

static void a_named_rule_without_its_literals_names_them(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD RULE("r", "T-1") "  terms: $a = any(\"abc\", \"xyz\")\n"
                                                       "  match: $a\n  outcome: weight 1\n}\n"};
    struct buffer out = {0};
    struct hearsay_failure failure = {0};
    struct hearsay_explain_options options = {.text = "nothing", .text_len = 7, .rule = "T-1"};
    fixture_load(&f);
    assert_int_equal(hearsay_rules_explain(f.pack, &options, append, &out, &failure), HEARSAY_OK);
    buffer_append_byte(&out, '\0');
    assert_non_null(strstr(out.ptr, "none of \"abc\", \"xyz\""));
    options.rule = "nobody";
    assert_int_equal(hearsay_rules_explain(f.pack, &options, append, &out, &failure),
                     HEARSAY_BAD_ARGUMENT);
    buffer_free(&out);
    fixture_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_clause_of_the_shipped_pack_agrees_with_the_match),
        cmocka_unit_test(the_clause_that_decides_is_marked),
        cmocka_unit_test(a_scope_shows_what_it_takes_away),
        cmocka_unit_test(a_named_rule_without_its_literals_names_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
