/* The truth of a rule's conditions on one post. Sets of a term's occurrences are bit masks; what an
 * expression may use of them depends on where it stands:
 *
 * `X within sentence` holds if there is a sentence (line) such that X holds with the occurrences
 * that lie wholly in it.
 *
 * `not A before/N B` (and `not A near/N B`) alone holds if no such pair exists. As a part of a
 * conjunction whose other parts use B, it is a negation's scope: occurrences of B that an A
 * precedes within N words are taken away, and the other parts must hold with the rest. So `$leak
 * and not $deny before/4 $leak` matches if one leak is not denied. Inside `within`, A must lie in
 * the same sentence (line). */
#include "rule/field.h"
#include "rule/match.h"

#define DENIALS_MOST 8u /* scoped negations of one conjunction; further ones are judged alone */

/* A negation's scope that is in force. */
struct denial {
    const struct expr *pair; /* A near/N B or A before/N B */
    uint32_t sentence;
    uint32_t line;
    const struct denial *outer;
};

/* Where an expression stands. */
struct stand {
    struct matcher *matcher;
    const struct rule_code *code;
    uint32_t sentence; /* PART_ANY: no restriction */
    uint32_t line;
    const struct denial *denials;
};

static bool holds(const struct stand *stand, const struct expr *expr);
static bool holds_here(const struct stand *stand, const struct expr *expr);

/* ---- Operands of proximity: a term, or a set of terms of which any counts ---- */

static const struct term *operand_term(const struct expr *operand, uint32_t index) {
    switch (operand->kind) {
    case EXPR_TERM:
        return index == 0 ? operand->term : NULL;
    case EXPR_OF:
        return index < operand->term_count ? operand->terms[index] : NULL;
    case EXPR_OR:
        return index < operand->child_count ? operand_term(operand->children[index], 0) : NULL;
    default:
        return NULL;
    }
}

static bool operand_has(const struct expr *operand, const struct term *term) {
    for (uint32_t i = 0; operand_term(operand, i); i++) {
        if (operand_term(operand, i) == term) {
            return true;
        }
    }
    return false;
}

/* Is any term of the operand used in this expression, other than under `not`? */
static bool uses(const struct expr *expr, const struct expr *operand) {
    switch (expr->kind) {
    case EXPR_NOT:
        return false;
    case EXPR_TERM:
    case EXPR_COUNT:
        return operand_has(operand, expr->term);
    case EXPR_OF:
        for (uint32_t i = 0; i < expr->term_count; i++) {
            if (operand_has(operand, expr->terms[i])) {
                return true;
            }
        }
        return false;
    default:
        for (uint32_t i = 0; i < expr->child_count; i++) {
            if (uses(expr->children[i], operand)) {
                return true;
            }
        }
        return false;
    }
}

/* ---- Occurrences ---- */

static struct occurrences found(const struct stand *stand, const struct term *term,
                                bool with_words) {
    if (term == stand->matcher->absent) {
        return (struct occurrences){NULL, 0};
    }
    uint32_t pattern = pack_pattern(stand->matcher->pack, stand->code, term);
    return matcher_occurrences(stand->matcher, pattern, with_words);
}

static bool lies_in(const struct occurrence *occurrence, uint32_t sentence, uint32_t line) {
    return (sentence == PART_ANY || occurrence->sentence == sentence) &&
           (line == PART_ANY || occurrence->line == line);
}

static uint64_t bit(uint32_t index) {
    return (uint64_t)1 << index;
}

static uint64_t all_of(uint32_t count) {
    return count >= 64 ? UINT64_MAX : bit(count) - 1;
}

static bool shares_part(const struct expr *pair, const struct occurrence *a,
                        const struct occurrence *b) {
    if (!pair->has_within || pair->within == WITHIN_POST) {
        return true;
    }
    if (pair->within == WITHIN_LINE) {
        return a->line == b->line && a->line != PART_NONE;
    }
    return a->sentence == b->sentence && a->sentence != PART_NONE;
}

/* Do these two occurrences stand as the proximity wants them? */
static bool is_pair(const struct expr *pair, const struct occurrence *a,
                    const struct occurrence *b) {
    uint32_t between;
    if (words_between(a, b, &between) && between <= pair->number) {
        return shares_part(pair, a, b);
    }
    return pair->kind == EXPR_NEAR && words_between(b, a, &between) && between <= pair->number &&
           shares_part(pair, a, b);
}

/* Occurrences of `term`, which the denial's B names, that an A stands before (or near). */
static uint64_t denied(const struct stand *stand, const struct denial *denial,
                       const struct term *term) {
    uint64_t mask = 0;
    const struct term *other;
    for (uint32_t i = 0; (other = operand_term(denial->pair->children[0], i)); i++) {
        found(stand, other, true);
        struct occurrences own = found(stand, term, true);
        struct occurrences others = found(stand, other, true);
        for (uint32_t a = 0; a < others.count; a++) {
            if (!lies_in(&others.items[a], denial->sentence, denial->line)) {
                continue;
            }
            for (uint32_t b = 0; b < own.count; b++) {
                mask |= is_pair(denial->pair, &others.items[a], &own.items[b]) ? bit(b) : 0;
            }
        }
    }
    return mask;
}

/* The occurrences of a term that count where the expression stands. */
static uint64_t allowed(const struct stand *stand, const struct term *term) {
    bool has_part = stand->sentence != PART_ANY || stand->line != PART_ANY;
    struct occurrences own = found(stand, term, has_part);
    uint64_t mask = all_of(own.count);
    for (uint32_t i = 0; has_part && i < own.count; i++) {
        if (!lies_in(&own.items[i], stand->sentence, stand->line)) {
            mask &= ~bit(i);
        }
    }
    for (const struct denial *denial = stand->denials; denial && mask; denial = denial->outer) {
        if (operand_has(denial->pair->children[1], term)) {
            mask &= ~denied(stand, denial, term);
        }
    }
    return mask;
}

static uint32_t count_bits(uint64_t mask) {
    uint32_t count = 0;
    for (; mask; mask &= mask - 1) {
        count++;
    }
    return count;
}

/* ---- Leaves ---- */

static bool compares(uint32_t left, enum comparison comparison, uint32_t right) {
    switch (comparison) {
    case COMPARE_EQ:
    case COMPARE_IN:
        return left == right;
    case COMPARE_NE:
        return left != right;
    case COMPARE_LT:
        return left < right;
    case COMPARE_LE:
        return left <= right;
    case COMPARE_GT:
        return left > right;
    case COMPARE_GE:
        return left >= right;
    }
    return false;
}

static bool of_holds(const struct stand *stand, const struct expr *expr) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < expr->term_count && count < expr->of_minimum; i++) {
        count += allowed(stand, expr->terms[i]) != 0;
    }
    return count >= expr->of_minimum;
}

static bool field_holds(const struct stand *stand, const struct expr *expr) {
    struct matcher *matcher = stand->matcher;
    struct str language =
        field_test_reads_language(expr->field) ? matcher_language(matcher) : STR_EMPTY;
    return field_test_holds(expr->field, matcher->post, language);
}

/* ---- Proximity ---- */

static void mark(const struct stand *stand, const struct term *term, uint64_t mask) {
    struct matcher *matcher = stand->matcher;
    uint32_t index = stand->code->first_term + (uint32_t)(term - stand->code->rule->terms);
    struct term_mark *slot = &matcher->marks[index];
    if (slot->epoch != matcher->epoch) {
        *slot = (struct term_mark){matcher->epoch, 0};
    }
    slot->mask |= mask;
}

/* Pairs of occurrences of one term each; with `marks` all pairs are marked, else the first decides.
 */
static bool pairs_of(const struct stand *stand, const struct expr *expr, const struct term *a,
                     const struct term *b, bool marks) {
    uint64_t a_mask = allowed(stand, a);
    uint64_t b_mask = a_mask ? allowed(stand, b) : 0;
    if (!b_mask) {
        return false;
    }
    found(stand, a, true);
    struct occurrences bs = found(stand, b, true);
    struct occurrences as = found(stand, a, true);
    bool any = false;
    for (uint32_t i = 0; i < as.count; i++) {
        for (uint32_t k = 0; k < bs.count; k++) {
            if (!(a_mask & bit(i)) || !(b_mask & bit(k)) ||
                !is_pair(expr, &as.items[i], &bs.items[k])) {
                continue;
            }
            any = true;
            if (!marks) {
                return true;
            }
            mark(stand, a, bit(i));
            mark(stand, b, bit(k));
        }
    }
    return any;
}

static bool proximity(const struct stand *stand, const struct expr *expr, bool marks) {
    const struct term *a;
    const struct term *b;
    bool any = false;
    for (uint32_t i = 0; (a = operand_term(expr->children[0], i)); i++) {
        for (uint32_t k = 0; (b = operand_term(expr->children[1], k)); k++) {
            if (pairs_of(stand, expr, a, b, marks)) {
                any = true;
                if (!marks) {
                    return true;
                }
            }
        }
    }
    return any;
}

/* ---- Conjunctions and their negation scopes ---- */

/* Is child `index` a negated proximity whose B another child uses? */
static bool is_scoped(const struct expr *expr, uint32_t index) {
    const struct expr *child = expr->children[index];
    if (child->kind != EXPR_NOT) {
        return false;
    }
    const struct expr *pair = child->children[0];
    if (pair->kind != EXPR_NEAR && pair->kind != EXPR_BEFORE) {
        return false;
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (i != index && uses(expr->children[i], pair->children[1])) {
            return true;
        }
    }
    return false;
}

/* Scopes of a conjunction, chained before those that are in force already. */
struct scopes {
    struct denial items[DENIALS_MOST];
    uint32_t count;
};

static struct stand enter(const struct stand *stand, const struct expr *expr,
                          struct scopes *scopes) {
    struct stand inner = *stand;
    scopes->count = 0;
    for (uint32_t i = 0; i < expr->child_count && scopes->count < DENIALS_MOST; i++) {
        if (is_scoped(expr, i)) {
            struct denial *denial = &scopes->items[scopes->count++];
            *denial = (struct denial){expr->children[i]->children[0], stand->sentence, stand->line,
                                      inner.denials};
            inner.denials = denial;
        }
    }
    return inner;
}

static bool is_entered(const struct scopes *scopes, const struct expr *child) {
    for (uint32_t i = 0; child->kind == EXPR_NOT && i < scopes->count; i++) {
        if (scopes->items[i].pair == child->children[0]) {
            return true;
        }
    }
    return false;
}

static bool and_holds(const struct stand *stand, const struct expr *expr) {
    struct scopes scopes;
    struct stand inner = enter(stand, expr, &scopes);
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (!is_entered(&scopes, expr->children[i]) && !holds(&inner, expr->children[i])) {
            return false;
        }
    }
    return true;
}

static bool or_holds(const struct stand *stand, const struct expr *expr) {
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (holds(stand, expr->children[i])) {
            return true;
        }
    }
    return false;
}

static bool holds_here(const struct stand *stand, const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_AND:
        return and_holds(stand, expr);
    case EXPR_OR:
        return or_holds(stand, expr);
    case EXPR_NOT:
        return !holds(stand, expr->children[0]);
    case EXPR_TERM:
        return allowed(stand, expr->term) != 0;
    case EXPR_COUNT:
        return compares(count_bits(allowed(stand, expr->term)), expr->comparison, expr->number);
    case EXPR_NEAR:
    case EXPR_BEFORE:
        return proximity(stand, expr, false);
    case EXPR_OF:
        return of_holds(stand, expr);
    case EXPR_FIELD:
        return field_holds(stand, expr);
    case EXPR_RULE:
        return matcher_rule_matches(stand->matcher, expr->rule->index);
    case EXPR_TRUE:
        return true;
    }
    return false;
}

/* ---- Sentences and lines ---- */

#define PARTS_MOST 256u /* sentences (lines) that hold an occurrence; further ones are not tried   \
                         */

struct parts {
    uint32_t items[PARTS_MOST];
    uint32_t count;
    bool is_line;
};

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
    struct occurrences own = found(stand, term, true);
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

static struct stand stand_in(const struct stand *stand, const struct parts *parts, uint32_t index) {
    struct stand inner = *stand;
    if (parts->is_line) {
        inner.line = parts->items[index];
    } else {
        inner.sentence = parts->items[index];
    }
    return inner;
}

static void find_parts(const struct stand *stand, const struct expr *expr, struct parts *parts) {
    parts->count = 0;
    parts->is_line = expr->within == WITHIN_LINE;
    add_parts(stand, parts, expr);
    add_empty_part(stand, parts);
}

static bool is_parted(const struct expr *expr) {
    return expr->has_within && expr->within != WITHIN_POST;
}

static bool holds_in_a_part(const struct stand *stand, const struct expr *expr) {
    struct parts parts;
    find_parts(stand, expr, &parts);
    for (uint32_t i = 0; i < parts.count; i++) {
        struct stand inner = stand_in(stand, &parts, i);
        if (holds_here(&inner, expr)) {
            return true;
        }
    }
    return false;
}

static bool holds(const struct stand *stand, const struct expr *expr) {
    return is_parted(expr) ? holds_in_a_part(stand, expr) : holds_here(stand, expr);
}

/* ---- Rules ---- */

static struct stand stand_of(struct matcher *matcher, uint32_t rule) {
    return (struct stand){matcher, &matcher->pack->rules[rule], PART_ANY, PART_ANY, NULL};
}

/* Detecting a language costs more than most matches: then `where` comes last. */
static bool evaluate(struct matcher *matcher, uint32_t rule) {
    const struct rule_code *code = &matcher->pack->rules[rule];
    const struct expr *where = code->rule->where;
    const struct expr *match = code->rule->match;
    struct stand stand = stand_of(matcher, rule);
    if (code->where_reads_language && !matcher->language.ptr) {
        return (!match || holds(&stand, match)) && (!where || holds(&stand, where));
    }
    return (!where || holds(&stand, where)) && (!match || holds(&stand, match));
}

bool matcher_rule_matches(struct matcher *matcher, uint32_t rule) {
    const struct rule_code *code = &matcher->pack->rules[rule];
    struct rule_state *state = &matcher->rules[rule];
    if (state->epoch != matcher->epoch) {
        bool is_open =
            matcher->is_reference || matcher_saw_all(matcher, code->gates, code->gate_count);
        bool matches = is_open && evaluate(matcher, rule);
        state->epoch = matcher->epoch;
        state->matches = matches;
    }
    return state->matches;
}

bool matcher_expr_holds(struct matcher *matcher, uint32_t rule, const struct expr *expr) {
    struct stand stand = stand_of(matcher, rule);
    return holds(&stand, expr);
}

/* ---- Marking what made it match ---- */

static void mark_holding(const struct stand *stand, const struct expr *expr);

static void mark_here(const struct stand *stand, const struct expr *expr) {
    struct scopes scopes = {.count = 0};
    struct stand inner = *stand;
    switch (expr->kind) {
    case EXPR_AND:
        inner = enter(stand, expr, &scopes);
        break;
    case EXPR_TERM:
    case EXPR_COUNT:
        mark(stand, expr->term, allowed(stand, expr->term));
        return;
    case EXPR_NEAR:
    case EXPR_BEFORE:
        proximity(stand, expr, true);
        return;
    case EXPR_OF:
        for (uint32_t i = 0; i < expr->term_count; i++) {
            mark(stand, expr->terms[i], allowed(stand, expr->terms[i]));
        }
        return;
    case EXPR_RULE:
        matcher_mark(stand->matcher, expr->rule->index);
        return;
    case EXPR_OR:
        break;
    default:
        return; /* what is negated shows nothing */
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        mark_holding(&inner, expr->children[i]);
    }
}

static void mark_holding(const struct stand *stand, const struct expr *expr) {
    if (!is_parted(expr)) {
        if (holds_here(stand, expr)) {
            mark_here(stand, expr);
        }
        return;
    }
    struct parts parts;
    find_parts(stand, expr, &parts);
    for (uint32_t i = 0; i < parts.count; i++) {
        struct stand inner = stand_in(stand, &parts, i);
        if (holds_here(&inner, expr)) {
            mark_here(&inner, expr);
        }
    }
}

void matcher_mark(struct matcher *matcher, uint32_t rule) {
    struct stand stand = stand_of(matcher, rule);
    const struct expr *match = stand.code->rule->match;
    if (matcher->rules[rule].marked == matcher->epoch) {
        return;
    }
    matcher->rules[rule].marked = matcher->epoch;
    matcher->marked[matcher->marked_count++] = rule;
    if (match) {
        mark_holding(&stand, match);
    }
}
