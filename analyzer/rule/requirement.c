#include "rule/requirement.h"

/* Shares of bytes in folded posts, rounded from running text in four languages; order decides, not
 * the values. */
static double byte_frequency(unsigned char byte) {
    static const double letters[26] = {.062, .012, .022, .030, .095, .016, .016, .036, .056,
                                       .002, .008, .033, .020, .054, .060, .016, .001, .048,
                                       .051, .072, .022, .008, .015, .002, .015, .002};
    if (byte >= 'a' && byte <= 'z') {
        return letters[byte - 'a'];
    }
    if (byte == ' ') {
        return 0.15;
    }
    if (byte >= '0' && byte <= '9') {
        return 0.006;
    }
    if (byte >= 0xC0) {
        return 0.25; /* lead bytes: few differ within one script */
    }
    return byte >= 0x80 ? 0.06 : 0.004;
}

double literal_frequency(struct str literal) {
    double frequency = 1.0;
    for (size_t i = 0; i < literal.len && i < 16; i++) {
        frequency *= byte_frequency((unsigned char)literal.ptr[i]);
    }
    return frequency;
}

static bool add_choice(struct arena *arena, struct requirement *requirement,
                       struct literal_choice choice) {
    if (!requirement->choices) {
        requirement->choices = arena_array(arena, CHOICES_MOST, sizeof *requirement->choices);
        if (!requirement->choices) {
            return false;
        }
    }
    if (requirement->count < CHOICES_MOST) {
        requirement->choices[requirement->count++] = choice;
    }
    return true;
}

bool requirement_add_literal(struct arena *arena, struct requirement *requirement,
                             struct str text) {
    struct str *item = arena_alloc(arena, sizeof *item);
    return item && arena_copy(arena, text, item) &&
           add_choice(arena, requirement,
                      (struct literal_choice){item, 1, literal_frequency(*item)});
}

bool requirement_add_all(struct arena *arena, struct requirement *into,
                         const struct requirement *from) {
    for (uint32_t i = 0; i < from->count; i++) {
        if (!add_choice(arena, into, from->choices[i])) {
            return false;
        }
    }
    return true;
}

static const struct literal_choice *rarest(const struct requirement *requirement) {
    const struct literal_choice *best = NULL;
    for (uint32_t i = 0; i < requirement->count; i++) {
        if (!best || requirement->choices[i].frequency < best->frequency) {
            best = &requirement->choices[i];
        }
    }
    return best;
}

bool requirement_either(struct arena *arena, const struct requirement *branches, size_t count,
                        struct requirement *result) {
    struct literal_choice joined = {0};
    uint32_t total = 0;
    *result = (struct requirement){0};
    for (size_t i = 0; i < count; i++) {
        const struct literal_choice *best = rarest(&branches[i]);
        if (!best || total + best->count > ITEMS_MOST) {
            return true;
        }
        total += best->count;
    }
    struct str *items = arena_array(arena, total, sizeof *items);
    if (!items) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct literal_choice *best = rarest(&branches[i]);
        memcpy(items + joined.count, best->items, best->count * sizeof *items);
        joined.count += best->count;
        joined.frequency += best->frequency;
    }
    joined.items = items;
    return add_choice(arena, result, joined);
}
