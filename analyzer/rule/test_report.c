#include "rule/test_report.h"

#include "rule/trace.h"

#define QUOTE_MOST 200u /* bytes of a text or clause that a report quotes */
#define SPANS_MOST 4u   /* occurrences of a term that a report quotes */

void test_report_clear(struct test_report *report) {
    buffer_clear(&report->message);
    buffer_clear(&report->detail);
    buffer_clear(&report->whole);
    report->clause = STR_EMPTY;
    report->clause_line = 0;
    report->is_where = false;
    report->holds = false;
    report->has_nearest = false;
}

void test_report_free(struct test_report *report) {
    buffer_free(&report->message);
    buffer_free(&report->detail);
    buffer_free(&report->whole);
}

void append_quoted(struct buffer *out, struct str text, char mark) {
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

/* ---- The clause that decided ---- */

/* The clause that `rules explain` marks; of a rule that is referred to, the reference. */
static const struct trace_node *decisive(const struct trace *trace, const struct rule *rule) {
    const struct trace_node *found = NULL;
    for (size_t i = trace->node_count; i-- > 0;) {
        const struct trace_node *node = &trace->nodes[i];
        bool is_above = found && node->depth < found->depth && found->rule != rule;
        if (node->is_deciding || is_above) {
            found = node;
        }
    }
    return found && found->rule == rule ? found : NULL;
}

static void name_clause(struct test_report *report, const struct ast *ast, struct place place) {
    report->clause = str_slice(ast->files[place.file].text, place.start, place.end);
    report->clause_line = probe_line(ast, place);
}

void test_report_silence(struct test_report *report, struct probe *probe, const struct rule *rule) {
    struct trace trace = {0};
    if (!probe->matcher->is_reference) {
        probe_begin(probe); /* a literal that is missing must not end the search for the clause */
    }
    bool ok = trace_rule(&trace, probe->matcher, rule->index);
    const struct trace_node *node = ok ? decisive(&trace, rule) : NULL;
    if (node) {
        report->is_where = node->is_where;
        report->has_nearest = node->has_nearest;
        report->nearest = node->nearest;
        name_clause(report, &probe->pack->ast, node->expr->place);
    }
    trace_free(&trace);
    report->whole.failed = report->whole.failed || !ok;
}

void test_report_match(struct test_report *report, const struct ast *ast, const struct rule *rule) {
    if (rule->match) {
        report->holds = true;
        name_clause(report, ast, rule->match->place);
    }
}

/* ---- What was found ---- */

void test_report_terms(struct test_report *report, struct probe *probe, const struct rule *rule) {
    struct buffer *out = &report->detail;
    for (uint32_t i = 0; i < rule->term_count; i++) {
        const struct term *term = &rule->terms[i];
        struct occurrences own = probe_occurrences(probe, rule, term);
        buffer_printf(out, "  $%.*s: ", (int)term->name.len, term->name.ptr);
        for (uint32_t k = 0; k < own.count && k < SPANS_MOST; k++) {
            buffer_append_c(out, k > 0 ? ", " : "");
            if (own.items[k].has_place) {
                append_quoted(
                    out, str_slice(probe->post.text, own.items[k].start, own.items[k].end), '"');
            } else {
                buffer_append_c(out, "holds");
            }
        }
        buffer_append_c(out, own.count == 0           ? "nothing\n"
                             : own.count > SPANS_MOST ? ", ...\n"
                                                      : "\n");
    }
}

/* ---- For people ---- */

static void append_title(struct buffer *out, const struct ast *ast, const struct rule *rule,
                         struct place place, const char *verdict) {
    struct str file = ast->files[place.file].name;
    buffer_printf(out, "%s %.*s:%u: ", verdict, (int)file.len, file.ptr, probe_line(ast, place));
    if (rule->meta.id.len > 0) {
        buffer_printf(out, "%.*s ", (int)rule->meta.id.len, rule->meta.id.ptr);
    }
    buffer_printf(out, "%.*s ", (int)rule->name.len, rule->name.ptr);
}

static void append_clause(struct buffer *out, const struct test_report *report) {
    if (report->clause_line > 0) {
        buffer_append_c(out, report->is_where ? "  where: " : "  clause: ");
        append_quoted(out, report->clause, '`');
        buffer_printf(out, " (line %u) %s", report->clause_line,
                      report->holds ? "holds" : "does not hold");
        if (report->has_nearest && !report->holds) {
            buffer_printf(out, ", the nearest pair has %u word%s between", report->nearest,
                          report->nearest == 1 ? "" : "s");
        }
        buffer_append_byte(out, '\n');
    }
}

bool test_report_finish(struct test_report *report, const struct ast *ast, const struct rule *rule,
                        struct place place, struct str kind, struct str text, const char *verdict) {
    struct buffer *out = &report->whole;
    append_title(out, ast, rule, place, verdict);
    if (report->message.len > 0) {
        buffer_append_str(out, buffer_str(&report->message));
        buffer_append_byte(out, '\n');
        append_clause(out, report);
        buffer_append_str(out, buffer_str(&report->detail));
        buffer_append_c(out, "  text: ");
    } else {
        buffer_append_c(out, str_is(kind, "silent") ? "is " : "");
        buffer_append_str(out, kind);
        buffer_append_byte(out, ' ');
    }
    append_quoted(out, text, '"');
    buffer_append_byte(out, '\n');
    return !out->failed && !report->message.failed && !report->detail.failed;
}
