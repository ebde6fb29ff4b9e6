/* The text term: what the learned phrases of a pack (rule/weights.h) say of one post, and which of
 * them say most. Its scratch belongs to one matcher. */
#ifndef HEARSAY_RULE_WORDING_H
#define HEARSAY_RULE_WORDING_H

#include "rule/pack.h"
#include "rule/weights.h"
#include "text/phrase.h"

#define WORDING_PHRASES_MOST                                                                       \
    2048u /* distinct known phrases of one post; later ones do not count                           \
           */

struct wording_scratch {
    struct phrase_scratch phrase;
    uint32_t *known; /* WORDING_PHRASES_MOST, made on first use */
    uint32_t count;
    const struct weights *weights;
};

/* `source` with the names of the weights. False: memory is out. Zeroes `wording` when the weights
 * have no phrases. */
bool wording_weigh(const struct weights *weights, const struct phrase_source *source,
                   struct wording_scratch *scratch, struct wording *wording);
void wording_scratch_free(struct wording_scratch *scratch);

#endif
