/* `within sentence` and `within line`: the parts of a post in which an expression is tried. */
#include "rule/stand.h"

static void add_part(const struct stand *stand, struct parts *parts, uint32_t part) {
    for (uint32_t i = 0; i < parts->count; i++) {
        if (parts->items[i] == part) {
            return;
        }
    }
    if (parts->count == PARTS_MOST) {
        stand->matcher->limit_acted = true;
        return;
    }
    parts->items[parts->count++] = part;
}

static void add_parts_of_term(const struct stand *stand, struct parts *parts,
                              const struct term *term) {
    struct occurrences own = stand_found(stand, term, true);
    for (uint32_t i = 0; i < own.count; i++) {
        uint32_t part = parts->is_line ? own.items[i].line : own.items[i].sentence;
        if (part != PART_NONE) {
            add_part(stand, parts, part);
        }
    }
}

static void add_parts(const struct stand *stand, struct parts *parts, const struct expr *expr) {
    if (expr->kind == EXPR_TERM || expr->kind == EXPR_COUNT) {
        add_parts_of_term(stand, parts, expr->term);
    }
    for (uint32_t i = 0; expr->kind == EXPR_OF && i < expr->term_count; i++) {
        add_parts_of_term(stand, parts, expr->terms[i]);
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        add_parts(stand, parts, expr->children[i]);
    }
}

/* A sentence without any occurrence can make a wholly negative expression hold. */
static void add_empty_part(const struct stand *stand, struct parts *parts) {
    struct matcher *matcher = stand->matcher;
    struct occurrence end = {.has_place = true, .from = (uint32_t)matcher->folded->text.len};
    end.to = end.from;
    matcher_place(matcher, &end);
    uint32_t last = parts->is_line ? end.line : end.sentence;
    for (uint32_t part = 0; part <= last && part <= PARTS_MOST; part++) {
        bool is_known = false;
        for (uint32_t i = 0; i < parts->count; i++) {
            is_known = is_known || parts->items[i] == part;
        }
        if (!is_known) {
            add_part(stand, parts, part);
            return;
        }
    }
}

struct stand stand_in(const struct stand *stand, const struct parts *parts, uint32_t index) {
    struct stand inner = *stand;
    if (parts->is_line) {
        inner.line = parts->items[index];
    } else {
        inner.sentence = parts->items[index];
    }
    return inner;
}

void parts_find(const struct stand *stand, const struct expr *expr, struct parts *parts) {
    parts->count = 0;
    parts->is_line = expr->within == WITHIN_LINE;
    add_parts(stand, parts, expr);
    add_empty_part(stand, parts);
}
