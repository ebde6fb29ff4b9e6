#include "rule/trace_print.h"

#include "base/json.h"
#include "base/utf8.h"
#include "rule/print.h"

enum { CLAUSE_SHOWN = 100, SPAN_SHOWN = 80, SPANS_SHOWN = 12 };

static const char *const standings[] = {
    [STANDS] = "counts",
    [STANDS_DENIED] = "denied",
    [STANDS_ELSEWHERE] = "elsewhere",
    [STANDS_FAR] = "no-partner",
};

uint32_t trace_line(const struct ast *ast, struct place place) {
    struct str text = ast->files[place.file].text;
    uint32_t line = 1;
    for (size_t i = 0; i < place.start && i < text.len; i++) {
        line += text.ptr[i] == '\n';
    }
    return line;
}

static void append_clipped(struct buffer *out, struct str text, size_t limit) {
    struct str shown = utf8_clip(text, limit);
    buffer_append_str(out, shown);
    buffer_append_c(out, shown.len < text.len ? "..." : "");
}

static void append_clause(struct buffer *out, const struct expr *expr, size_t limit) {
    struct buffer clause = {0};
    expr_print(expr, &clause);
    append_clipped(out, buffer_str(&clause), limit);
    out->failed = out->failed || clause.failed;
    buffer_free(&clause);
}

static const char *part_name(const struct trace_node *node) {
    return node->expr->within == WITHIN_LINE ? "line" : "sentence";
}

/* ---- Text ---- */

/* Why an occurrence does not count, in words. */
static const char *reason_of(const struct trace_node *node, const struct trace_span *span) {
    switch (span->standing) {
    case STANDS:
        return node->is_scope ? ": takes away" : "";
    case STANDS_DENIED:
        return ": denied";
    case STANDS_ELSEWHERE:
        return ": in another part";
    case STANDS_FAR:
        return ": no partner near enough";
    }
    return "";
}

static void append_span(struct buffer *out, const struct trace_node *node,
                        const struct trace_span *span, struct str text) {
    if (!span->has_place) {
        buffer_append_c(out, "holds");
    } else {
        struct str found = str_slice(text, span->start, span->end);
        struct str shown = utf8_clip(found, SPAN_SHOWN);
        json_append_string(out, shown);
        buffer_append_c(out, shown.len < found.len ? "..." : "");
        buffer_printf(out, " %u-%u", span->start, span->end);
    }
    buffer_append_c(out, reason_of(node, span));
}

static void indent(struct buffer *out, uint32_t depth) {
    for (uint32_t i = 0; i < depth; i++) {
        buffer_append_c(out, "  ");
    }
}

static void append_term_line(struct buffer *out, const struct trace_node *node,
                             const struct trace_span *spans, uint32_t count,
                             const struct term *term, struct str text) {
    uint32_t shown = 0;
    uint32_t left = 0;
    buffer_append_c(out, "                  ");
    indent(out, node->depth);
    buffer_printf(out, "  $%.*s: ", (int)term->name.len, term->name.ptr);
    for (uint32_t i = 0; spans && i < count; i++) {
        if (spans[i].term != term) {
            continue;
        }
        if (shown == SPANS_SHOWN) {
            left++;
            continue;
        }
        buffer_append_c(out, shown++ > 0 ? ", " : "");
        append_span(out, node, &spans[i], text);
    }
    if (left > 0) {
        buffer_printf(out, " and %u more", left);
    }
    buffer_append_c(out, shown == 0 ? "nothing\n" : "\n");
}

static void append_terms(struct buffer *out, const struct trace *trace,
                         const struct trace_node *node, const struct expr *expr, struct str text) {
    const struct trace_span *spans = trace->spans ? trace->spans + node->first_span : NULL;
    switch (expr->kind) {
    case EXPR_TERM:
    case EXPR_COUNT:
        append_term_line(out, node, spans, node->span_count, expr->term, text);
        return;
    case EXPR_OF:
        for (uint32_t i = 0; i < expr->term_count; i++) {
            append_term_line(out, node, spans, node->span_count, expr->terms[i], text);
        }
        return;
    case EXPR_NEAR:
    case EXPR_BEFORE:
        for (uint32_t side = 0; side < 2; side++) {
            const struct term *term;
            for (uint32_t i = 0; (term = operand_term(expr->children[side], i)); i++) {
                append_term_line(out, node, spans, node->span_count, term, text);
            }
        }
        return;
    default:
        return;
    }
}

static void append_node(struct buffer *out, const struct trace *trace,
                        const struct trace_node *node, const struct ast *ast, struct str text) {
    buffer_printf(out, "  %s %s ", node->is_deciding ? "=>" : "  ", node->holds ? "PASS" : "FAIL");
    buffer_append_c(out, node->depth > 0 ? "       " : node->is_where ? "where  " : "match  ");
    indent(out, node->depth);
    append_clause(out, node->expr, CLAUSE_SHOWN);
    if (node->part > 0) {
        buffer_printf(out, "  [%s %u]", part_name(node), node->part);
    }
    if (node->has_nearest) {
        buffer_printf(out, "  [nearest: %u word%s between]", node->nearest,
                      node->nearest == 1 ? "" : "s");
    }
    if (node->is_deciding) {
        buffer_printf(out, "  (decides, line %u)", trace_line(ast, node->expr->place));
    }
    buffer_append_byte(out, '\n');
    append_terms(out, trace, node, node->is_scope ? node->expr->children[0] : node->expr, text);
}

/* Of alternatives, those that fail beside one that holds, and rules none of whose literals are
 * there, say nothing to a person; a long list of them hides what does. */
static bool is_idle_alternative(const struct trace *trace, size_t parent, size_t child) {
    const struct trace_node *node = &trace->nodes[child];
    bool was_tried = node->expr->kind != EXPR_RULE || trace_end(trace, child) > child + 1;
    return trace->nodes[parent].expr->kind == EXPR_OR && !node->holds && !node->is_deciding &&
           (trace->nodes[parent].holds || !was_tried);
}

static void append_tree(struct buffer *out, const struct trace *trace, size_t node,
                        const struct ast *ast, struct str text) {
    size_t end = trace_end(trace, node);
    uint32_t left_out = 0;
    append_node(out, trace, &trace->nodes[node], ast, text);
    for (size_t i = node + 1; i < end; i = trace_end(trace, i)) {
        if (is_idle_alternative(trace, node, i)) {
            left_out++;
        } else {
            append_tree(out, trace, i, ast, text);
        }
    }
    if (left_out > 0) {
        buffer_append_c(out, "     FAIL          ");
        indent(out, trace->nodes[node].depth);
        buffer_printf(out, "%u more alternative%s\n", left_out, left_out == 1 ? "" : "s");
    }
}

void trace_print(const struct trace *trace, const struct ast *ast, struct str text,
                 struct buffer *out) {
    for (size_t i = 0; i < trace->node_count; i = trace_end(trace, i)) {
        append_tree(out, trace, i, ast, text);
    }
    if (trace->is_cut) {
        buffer_printf(out, "     (cut after %u clauses)\n", TRACE_NODES_MOST);
    }
}

/* ---- JSON ---- */

static void append_span_json(struct buffer *out, const struct trace_span *span, struct str text) {
    buffer_append_c(out, "{\"term\":");
    json_append_string(out, span->term->name);
    if (span->has_place) {
        buffer_printf(out, ",\"start\":%u,\"end\":%u,\"text\":", span->start, span->end);
        json_append_string(out, str_slice(text, span->start, span->end));
    }
    buffer_printf(out, ",\"standing\":\"%s\"}", standings[span->standing]);
}

static void append_node_json(struct buffer *out, const struct trace *trace,
                             const struct trace_node *node, const struct ast *ast,
                             struct str text) {
    struct buffer clause = {0};
    expr_print(node->expr, &clause);
    buffer_printf(out, "{\"section\":\"%s\",\"depth\":%u,\"holds\":%s,\"decides\":%s,\"clause\":",
                  node->is_where ? "where" : "match", node->depth, node->holds ? "true" : "false",
                  node->is_deciding ? "true" : "false");
    json_append_string(out, buffer_str(&clause));
    out->failed = out->failed || clause.failed;
    buffer_free(&clause);
    buffer_append_c(out, ",\"file\":");
    json_append_string(out, ast->files[node->expr->place.file].name);
    buffer_printf(out, ",\"line\":%u", trace_line(ast, node->expr->place));
    if (node->part > 0) {
        buffer_printf(out, ",\"part\":\"%s\",\"part_number\":%u", part_name(node), node->part);
    }
    if (node->has_nearest) {
        buffer_printf(out, ",\"nearest_words\":%u", node->nearest);
    }
    buffer_append_c(out, ",\"spans\":[");
    for (uint32_t i = 0; i < node->span_count; i++) {
        buffer_append_c(out, i > 0 ? "," : "");
        append_span_json(out, &trace->spans[node->first_span + i], text);
    }
    buffer_append_c(out, "]}");
}

void trace_print_json(const struct trace *trace, const struct ast *ast, struct str text,
                      struct buffer *out) {
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < trace->node_count; i++) {
        buffer_append_c(out, i > 0 ? "," : "");
        append_node_json(out, trace, &trace->nodes[i], ast, text);
    }
    buffer_append_byte(out, ']');
}
