/* References between rules: names, circles, depth. The search keeps its own stack, because a pack
 * may chain 100,000 rules; the matcher, which recurses, relies on the depth checked here. */
#include <stdlib.h>

#include "rule/check.h"

#define REFERENCE_DEPTH 64u

/* References of all rules as one array: those of rule i are targets[first[i]..first[i + 1]). */
struct graph {
    struct expr **edges;
    uint32_t count;
    uint32_t capacity;
    uint32_t *first;
    bool is_out_of_memory;
};

static void collect_reference(void *context, struct expr *expr) {
    struct graph *graph = context;
    if (expr->kind != EXPR_RULE || graph->is_out_of_memory) {
        return;
    }
    if (graph->count == graph->capacity) {
        uint32_t capacity = graph->capacity ? graph->capacity * 2 : 64;
        struct expr **edges = realloc(graph->edges, capacity * sizeof(struct expr *));
        if (!edges) {
            graph->is_out_of_memory = true;
            return;
        }
        graph->edges = edges;
        graph->capacity = capacity;
    }
    graph->edges[graph->count++] = expr;
}

static void resolve(struct checker *checker, struct expr *expr) {
    uint32_t index = map_find(&checker->rule_names, expr->rule_name);
    if (index != MAP_NONE) {
        expr->rule = checker->rules_by_name[index];
        checker->is_referenced[expr->rule->index] = true;
        return;
    }
    struct diagnostic *diagnostic =
        check_error(checker, E_UNKNOWN_RULE, expr->place, "unknown rule `%.*s`",
                    (int)expr->rule_name.len, expr->rule_name.ptr);
    if (!diagnostic) {
        return;
    }
    struct str nearest =
        nearest_name(expr->rule_name, checker->rule_names.keys, checker->rule_names.count);
    diagnostic->help =
        nearest.len > 0
            ? diagnostics_text(checker->diagnostics, "did you mean `%.*s`?", (int)nearest.len,
                               nearest.ptr)
            : STR("a bare word in a condition is a rule's name; a term begins with `$`");
}

static bool build_graph(struct checker *checker, struct graph *graph) {
    struct ast *ast = checker->ast;
    graph->first = calloc(ast->rule_count + 1u, sizeof *graph->first);
    if (!graph->first) {
        return false;
    }
    for (uint32_t i = 0; i < ast->rule_count; i++) {
        graph->first[i] = graph->count;
        expr_walk(ast->rules[i].match, collect_reference, graph);
        checker->has_references[i] = graph->count > graph->first[i];
    }
    graph->first[ast->rule_count] = graph->count;
    for (uint32_t i = 0; i < graph->count; i++) {
        resolve(checker, graph->edges[i]);
    }
    return !graph->is_out_of_memory;
}

enum mark { UNSEEN, OPEN, DONE };

struct search {
    const struct graph *graph;
    enum mark *marks;
    uint32_t *depth; /* longest chain of references below the rule */
    uint32_t *stack; /* rules that are open, outermost first */
    uint32_t *next;  /* of each rule: the edge to follow next */
    uint32_t height;
};

static void report_cycle(struct checker *checker, const struct search *search, struct expr *edge) {
    struct diagnostic *diagnostic =
        check_error(checker, E_CYCLE, edge->place, "the rules refer to each other in a circle");
    if (diagnostic) {
        struct buffer text = {0};
        uint32_t at = search->height;
        while (at > 0 && search->stack[at - 1] != edge->rule->index) {
            at--;
        }
        for (at = at > 0 ? at - 1 : 0; at < search->height && text.len < 300; at++) {
            struct str name = checker->ast->rules[search->stack[at]].name;
            buffer_printf(&text, "%.*s -> ", (int)(name.len > 60 ? 60 : name.len), name.ptr);
        }
        diagnostic->help = diagnostics_text(checker->diagnostics, "the circle is %.*s%.*s",
                                            (int)text.len, text.ptr ? text.ptr : "",
                                            (int)edge->rule_name.len, edge->rule_name.ptr);
        buffer_free(&text);
    }
    edge->rule = NULL; /* nothing may follow the circle */
}

static void close_rule(struct checker *checker, struct search *search) {
    uint32_t rule = search->stack[--search->height];
    search->marks[rule] = DONE;
    uint32_t depth = search->depth[rule];
    checker->may_follow_references = checker->may_follow_references && depth <= REFERENCE_DEPTH;
    if (depth == REFERENCE_DEPTH + 1) {
        check_error(checker, E_REFERENCE_DEPTH, checker->ast->rules[rule].name_place,
                    "references between rules go deeper than %u from here", REFERENCE_DEPTH);
    }
    if (search->height > 0) {
        uint32_t *above = &search->depth[search->stack[search->height - 1]];
        *above = *above > depth + 1 ? *above : depth + 1;
    }
}

static void open_rule(struct search *search, uint32_t rule) {
    search->marks[rule] = OPEN;
    search->next[rule] = search->graph->first[rule];
    search->stack[search->height++] = rule;
}

static void search_from(struct checker *checker, struct search *search, uint32_t start) {
    open_rule(search, start);
    while (search->height > 0) {
        uint32_t rule = search->stack[search->height - 1];
        if (search->next[rule] == search->graph->first[rule + 1]) {
            close_rule(checker, search);
            continue;
        }
        struct expr *edge = search->graph->edges[search->next[rule]++];
        if (!edge->rule) {
            continue;
        }
        uint32_t target = edge->rule->index;
        if (search->marks[target] == OPEN) {
            report_cycle(checker, search, edge);
        } else if (search->marks[target] == UNSEEN) {
            open_rule(search, target);
        } else if (search->depth[target] + 1 > search->depth[rule]) {
            search->depth[rule] = search->depth[target] + 1;
        }
    }
}

static void search_all(struct checker *checker, const struct graph *graph) {
    size_t count = checker->ast->rule_count + (size_t)1;
    struct search search = {
        .graph = graph,
        .marks = calloc(count, sizeof *search.marks),
        .depth = calloc(count, sizeof *search.depth),
        .stack = calloc(count, sizeof *search.stack),
        .next = calloc(count, sizeof *search.next),
    };
    if (search.marks && search.depth && search.stack && search.next) {
        for (uint32_t i = 0; i < checker->ast->rule_count; i++) {
            if (search.marks[i] == UNSEEN) {
                search_from(checker, &search, i);
            }
        }
    } else {
        checker->is_out_of_memory = true;
    }
    free(search.marks);
    free(search.depth);
    free(search.stack);
    free(search.next);
}

void check_references(struct checker *checker) {
    struct graph graph = {0};
    checker->may_follow_references = true;
    if (build_graph(checker, &graph)) {
        search_all(checker, &graph);
    } else {
        checker->is_out_of_memory = true;
    }
    free(graph.edges);
    free(graph.first);
}
