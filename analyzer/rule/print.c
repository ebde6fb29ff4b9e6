#include "rule/print.h"

static void print_literal(const struct literal *literal, struct buffer *out) {
    struct buffer text = {0};
    string_print(literal->text, &text);
    buffer_append_c(out, literal->is_suffix ? "\"*" : "\"");
    /* A star that belongs to the text is escaped wherever it stands. */
    for (size_t i = 1; i + 1 < text.len; i++) {
        buffer_append_c(out, text.ptr[i] == '*' ? "\\" : "");
        buffer_append_byte(out, text.ptr[i]);
    }
    buffer_append_c(out, literal->is_prefix ? "*\"" : "\"");
    out->failed = out->failed || text.failed;
    buffer_free(&text);
}

static void print_literals(const struct literal *literals, uint32_t count, struct buffer *out) {
    for (uint32_t i = 0; i < count; i++) {
        buffer_append_c(out, i > 0 ? ", " : "");
        print_literal(&literals[i], out);
    }
}

static void print_header(const struct ast *ast, struct buffer *out) {
    if (ast->name.len > 0) {
        buffer_append_c(out, "pack ");
        buffer_append_str(out, ast->name);
        buffer_append_c(out, " version ");
        buffer_append_str(out, ast->version);
        if (ast->requires.len > 0) {
            buffer_append_c(out, " requires hearsay >= ");
            buffer_append_str(out, ast->requires);
        }
        buffer_append_byte(out, '\n');
    }
    if (ast->has_prior) {
        buffer_append_c(out, "prior ");
        buffer_append_double(out, ast->prior, 17);
        buffer_append_byte(out, '\n');
    }
    if (ast->has_threshold) {
        buffer_append_c(out, "threshold ");
        buffer_append_double(out, ast->threshold, 17);
        buffer_append_byte(out, '\n');
    }
}

static void print_list(const struct list *list, struct buffer *out) {
    buffer_append_c(out, "list @");
    buffer_append_str(out, list->name);
    if (list->path.len > 0) {
        buffer_append_c(out, " from ");
        string_print(list->path, out);
    } else {
        buffer_append_c(out, " = any(");
        print_literals(list->items, list->count, out);
        buffer_append_byte(out, ')');
    }
    buffer_append_c(out, list->as_domain ? " as domain" : "");
    buffer_append_c(out, list->fold ? " fold\n" : "\n");
}

static void print_strings(const char *key, const struct str *texts, uint32_t count,
                          struct buffer *out) {
    if (count == 0) {
        return;
    }
    buffer_printf(out, "    %s = [", key);
    for (uint32_t i = 0; i < count; i++) {
        buffer_append_c(out, i > 0 ? ", " : "");
        string_print(texts[i], out);
    }
    buffer_append_c(out, "]\n");
}

static void print_key(const char *key, struct str value, bool is_string, struct buffer *out) {
    if (value.len == 0) {
        return;
    }
    buffer_printf(out, "    %s = ", key);
    if (is_string) {
        string_print(value, out);
    } else {
        buffer_append_str(out, value);
    }
    buffer_append_byte(out, '\n');
}

static void print_meta(const struct meta *meta, struct buffer *out) {
    static const char *const statuses[] = {[RULE_DRAFT] = "draft",
                                           [RULE_SHADOW] = "shadow",
                                           [RULE_STABLE] = "stable",
                                           [RULE_DEPRECATED] = "deprecated"};
    buffer_append_c(out, "  meta:\n");
    print_key("id", meta->id, true, out);
    print_key("severity", meta->severity, false, out);
    print_key("status", str_from_c(statuses[meta->status]), false, out);
    print_key("incident", meta->incident, false, out);
    print_key("stance", meta->stance, false, out);
    print_key("note", meta->note, true, out);
    print_strings("refs", meta->refs, meta->ref_count, out);
    print_strings("disarm", meta->disarm, meta->disarm_count, out);
}

static void print_any(const struct term *term, struct buffer *out) {
    buffer_append_c(out, "any(");
    print_literals(term->literals, term->own_count, out);
    for (uint32_t i = 0; i < term->use_count; i++) {
        buffer_append_c(out, i > 0 || term->own_count > 0 ? ", @" : "@");
        buffer_append_str(out, term->uses[i].name);
    }
    buffer_append_byte(out, ')');
}

static void print_term(const struct term *term, struct buffer *out) {
    buffer_append_c(out, "    $");
    buffer_append_str(out, term->name);
    buffer_append_c(out, " = ");
    switch (term->kind) {
    case TERM_LITERALS:
        print_any(term, out);
        break;
    case TERM_REGEX:
        buffer_append_byte(out, '/');
        buffer_append_str(out, term->regex);
        buffer_append_byte(out, '/');
        buffer_append_str(out, term->regex_flags);
        break;
    case TERM_URL:
        buffer_append_c(out, "url(@");
        buffer_append_str(out, term->uses[0].name);
        buffer_append_byte(out, ')');
        break;
    case TERM_FIELD:
        field_test_print(term->field, out);
        break;
    }
    buffer_append_c(out, term->fold ? " fold" : "");
    buffer_append_c(out, term->leet ? " leet" : "");
    buffer_append_c(out, term->accepts_cost ? " ungated\n" : "\n");
}

static void print_outcome(const struct outcome *outcome, struct buffer *out) {
    if (!outcome->has_weight && !outcome->has_cap && outcome->group.len == 0 &&
        outcome->extract_count == 0 && outcome->label_count == 0) {
        return;
    }
    buffer_append_c(out, "  outcome:\n");
    if (outcome->has_weight) {
        buffer_append_c(out, "    weight ");
        buffer_append_double(out, outcome->weight, 17);
        buffer_append_byte(out, '\n');
    }
    if (outcome->group.len > 0) {
        buffer_append_c(out, "    group ");
        string_print(outcome->group, out);
        buffer_append_byte(out, '\n');
    }
    if (outcome->has_cap) {
        buffer_append_c(out, "    cap ");
        buffer_append_double(out, outcome->cap, 17);
        buffer_append_byte(out, '\n');
    }
    for (uint32_t i = 0; i < outcome->extract_count; i++) {
        const struct extract *extract = &outcome->extracts[i];
        buffer_append_c(out, i > 0 ? ", " : "    extract ");
        buffer_append_str(out, extract->field);
        buffer_append_c(out, " = $");
        buffer_append_str(out, extract->term->name);
        buffer_append_c(out, extract->group.len > 0 ? "." : "");
        buffer_append_str(out, extract->group);
    }
    buffer_append_c(out, outcome->extract_count > 0 ? "\n" : "");
    for (uint32_t i = 0; i < outcome->label_count; i++) {
        buffer_append_c(out, "    label account ");
        string_print(outcome->labels[i].name, out);
        buffer_append_c(out, " for ");
        duration_print(outcome->labels[i].duration_us, out);
        buffer_append_byte(out, '\n');
    }
}

static void print_test(const struct rule_test *test, struct buffer *out) {
    buffer_append_c(out, test->is_todo ? "    todo " : "    ");
    buffer_append_c(out, test->kind == TEST_FIRES ? "fires " : "silent ");
    if (test->each) {
        buffer_append_c(out, "each $");
        buffer_append_str(out, test->each->name);
        buffer_append_byte(out, ' ');
    }
    string_print(test->text, out);
    if (test->lang.len > 0) {
        buffer_append_c(out, " lang ");
        string_print(test->lang, out);
    }
    for (uint32_t i = 0; i < test->binding_count; i++) {
        buffer_append_c(out, i > 0 ? ", $" : " { $");
        buffer_append_str(out, test->bindings[i].term->name);
        buffer_append_c(out, " = ");
        string_print(test->bindings[i].text, out);
    }
    buffer_append_c(out, test->binding_count > 0 ? " }" : "");
    if (test->because) {
        buffer_append_c(out, " because $");
        buffer_append_str(out, test->because->name);
    }
    buffer_append_byte(out, '\n');
}

static void print_series(const struct rule_series *series, struct buffer *out) {
    buffer_append_c(out, series->is_todo ? "    todo series " : "    series ");
    string_print(series->name, out);
    buffer_append_c(out, " from ");
    string_print(series->path, out);
    buffer_append_c(out, " {");
    for (uint32_t i = 0; i < series->point_count; i++) {
        buffer_append_c(out, i > 0 ? ";" : "");
        buffer_append_c(out, series->points[i].fires ? " fires at " : " silent at ");
        buffer_append_u64(out, series->points[i].at);
    }
    buffer_append_c(out, " }\n");
}

static void print_rule(const struct rule *rule, struct buffer *out) {
    buffer_append_c(out, rule->is_private ? "\nprivate rule " : "\nrule ");
    buffer_append_str(out, rule->name);
    buffer_append_c(out, " {\n");
    print_meta(&rule->meta, out);
    if (rule->where) {
        buffer_append_c(out, "  where:\n    ");
        expr_print(rule->where, out);
        buffer_append_byte(out, '\n');
    }
    if (rule->term_count > 0) {
        buffer_append_c(out, "  terms:\n");
    }
    for (uint32_t i = 0; i < rule->term_count; i++) {
        print_term(&rule->terms[i], out);
    }
    if (rule->match) {
        buffer_append_c(out, "  match:\n    ");
        expr_print(rule->match, out);
        buffer_append_byte(out, '\n');
    }
    if (rule->over) {
        over_print(rule->over, out);
    }
    print_outcome(&rule->outcome, out);
    if (rule->test_count > 0 || rule->series_count > 0 || rule->survival_count > 0) {
        buffer_append_c(out, "  tests:\n");
    }
    for (uint32_t i = 0; i < rule->test_count; i++) {
        print_test(&rule->tests[i], out);
    }
    for (uint32_t i = 0; i < rule->series_count; i++) {
        print_series(&rule->series[i], out);
    }
    for (uint32_t i = 0; i < rule->survival_count; i++) {
        buffer_append_c(out, rule->survivals[i].is_todo ? "    todo survives" : "    survives");
        buffer_append_c(out, " variants ");
        buffer_append_double(out, rule->survivals[i].share, 17);
        buffer_append_c(out, " of fires\n");
    }
    buffer_append_c(out, "}\n");
}

bool ast_print(const struct ast *ast, struct buffer *out) {
    print_header(ast, out);
    for (uint32_t i = 0; i < ast->list_count; i++) {
        print_list(&ast->lists[i], out);
    }
    for (uint32_t i = 0; i < ast->rule_count; i++) {
        print_rule(&ast->rules[i], out);
    }
    return !out->failed;
}
