#include "rule/wording.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"

static bool note(void *context, struct str phrase) {
    struct wording_scratch *scratch = context;
    uint32_t index = map_find(&scratch->weights->phrases, phrase);
    if (index != MAP_NONE && scratch->count < WORDING_PHRASES_MOST) {
        scratch->known[scratch->count++] = index;
    }
    return true;
}

/* Keeps the list in order: what adds or takes most first, then by phrase. */
static void list(struct wording *wording, const struct weights *weights, uint32_t index) {
    int number = abs(weights->phrase_weights[index]);
    uint32_t at = wording->count;
    while (at > 0 && abs(weights->phrase_weights[wording->phrases[at - 1]]) < number) {
        at--;
    }
    if (at >= WORDING_LISTED || number == 0) {
        return;
    }
    wording->count += wording->count < WORDING_LISTED;
    for (uint32_t i = wording->count - 1; i > at; i--) {
        wording->phrases[i] = wording->phrases[i - 1];
    }
    wording->phrases[at] = index;
}

bool wording_weigh(const struct weights *weights, const struct phrase_source *source,
                   struct wording_scratch *scratch, struct wording *wording) {
    *wording = (struct wording){0};
    if (!weights || weights->phrases.count == 0) {
        return true;
    }
    if (!scratch->known &&
        !(scratch->known = malloc(WORDING_PHRASES_MOST * sizeof *scratch->known))) {
        return false;
    }
    scratch->weights = weights;
    scratch->count = 0;
    if (!phrases_of(source, &scratch->phrase, note, scratch)) {
        return false;
    }
    uint32_t count = (uint32_t)sort_distinct(scratch->known, scratch->count);
    int64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += weights->phrase_weights[scratch->known[i]];
        list(wording, weights, scratch->known[i]);
    }
    wording->factor = count > 0 ? weights->unit / sqrt((double)count) : 0;
    wording->weight = wording->factor * (double)sum;
    return true;
}

void wording_scratch_free(struct wording_scratch *scratch) {
    phrase_scratch_free(&scratch->phrase);
    free(scratch->known);
}
