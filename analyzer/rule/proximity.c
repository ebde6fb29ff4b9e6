#include "rule/stand.h"

void mark_occurrences(const struct stand *stand, const struct term *term, uint64_t mask) {
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
    uint64_t a_mask = stand_allowed(stand, a);
    uint64_t b_mask = a_mask ? stand_allowed(stand, b) : 0;
    if (!b_mask) {
        return false;
    }
    stand_found(stand, a, true);
    struct occurrences bs = stand_found(stand, b, true);
    struct occurrences as = stand_found(stand, a, true);
    bool any = false;
    for (uint32_t i = 0; i < as.count; i++) {
        for (uint32_t k = 0; k < bs.count; k++) {
            if (!(a_mask & occurrence_bit(i)) || !(b_mask & occurrence_bit(k)) ||
                !is_pair(expr, &as.items[i], &bs.items[k])) {
                continue;
            }
            any = true;
            if (!marks) {
                return true;
            }
            mark_occurrences(stand, a, occurrence_bit(i));
            mark_occurrences(stand, b, occurrence_bit(k));
        }
    }
    return any;
}

bool proximity_holds(const struct stand *stand, const struct expr *expr, bool marks) {
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
