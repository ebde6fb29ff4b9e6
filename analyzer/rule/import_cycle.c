/* Circles of files that import each other: a depth-first walk without recursion, each import being
 * followed once, O(files + imports). */
#include <stdlib.h>

#include "rule/import.h"

enum visit { VISIT_NOT, VISIT_OPEN, VISIT_DONE };

struct node {
    enum visit visit;
    uint32_t next;    /* import to follow next; those of one file stand together */
    uint32_t end;     /* behind its last import */
    uint32_t entered; /* import by which the walk came; MAP_NONE: it began here */
};

struct walk {
    struct parser *parser;
    const struct import *imports;
    struct node *nodes;
};

/* From the file to which `closing` leads back, round to `closing` itself. */
static void report_circle(struct walk *walk, uint32_t closing) {
    const struct import *imports = walk->imports;
    struct parser *parser = walk->parser;
    struct diagnostic *diagnostic = parse_error(parser, E_IMPORT_CYCLE, imports[closing].place,
                                                imports[closing].from == imports[closing].to
                                                    ? "this file imports itself"
                                                    : "these files import each other in a circle");
    if (!diagnostic) {
        return;
    }
    uint32_t count = 1;
    for (uint32_t at = imports[closing].from; at != imports[closing].to; count++) {
        at = imports[walk->nodes[at].entered].from;
    }
    struct place *chain = arena_array(&parser->diagnostics->arena, count, sizeof *chain);
    if (!chain) {
        parser->is_out_of_memory = true;
        return;
    }
    uint32_t import = closing;
    for (uint32_t i = count; i-- > 0;) {
        chain[i] = imports[import].place;
        import = walk->nodes[imports[import].from].entered;
    }
    diagnostic->chain = chain;
    diagnostic->chain_count = count;
    diagnostic->chain_title = STR("the imports that lead round");
    diagnostic->help = STR("put what both files need into a third one that imports neither");
}

static void walk_from(struct walk *walk, uint32_t root) {
    struct node *nodes = walk->nodes;
    uint32_t at = root;
    nodes[root].visit = VISIT_OPEN;
    nodes[root].entered = MAP_NONE;
    while (at != MAP_NONE) {
        struct node *node = &nodes[at];
        if (node->next == node->end) {
            node->visit = VISIT_DONE;
            at = node->entered == MAP_NONE ? MAP_NONE : walk->imports[node->entered].from;
            continue;
        }
        uint32_t import = node->next++;
        uint32_t to = walk->imports[import].to;
        if (to == MAP_NONE || nodes[to].visit == VISIT_DONE) {
            continue;
        }
        if (nodes[to].visit == VISIT_OPEN) {
            report_circle(walk, import);
            continue;
        }
        nodes[to].visit = VISIT_OPEN;
        nodes[to].entered = import;
        at = to;
    }
}

void imports_check(struct parser *parser) {
    uint32_t file_count = parser->ast->file_count;
    uint32_t import_count = parser->imports.count;
    struct walk walk = {.parser = parser, .imports = imports_of(parser)};
    if (import_count == 0) {
        return;
    }
    walk.nodes = calloc(file_count, sizeof *walk.nodes);
    if (!walk.nodes) {
        parser->is_out_of_memory = true;
        return;
    }
    for (uint32_t i = import_count; i-- > 0;) {
        struct node *node = &walk.nodes[walk.imports[i].from];
        node->end = node->end == 0 ? i + 1 : node->end;
        node->next = i;
    }
    for (uint32_t i = 0; i < file_count && !parser->is_out_of_memory; i++) {
        if (walk.nodes[i].visit == VISIT_NOT) {
            walk_from(&walk, i);
        }
    }
    free(walk.nodes);
}
