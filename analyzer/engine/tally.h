/* Counters by name: rejections by reason, other events by kind. Names are constants of the decoder.
 */
#ifndef HEARSAY_ENGINE_TALLY_H
#define HEARSAY_ENGINE_TALLY_H

#include "base/buffer.h"

/* More different names than the decoder has; a further one is counted under "other". */
#define TALLY_LIMIT 64

struct tally {
    const char *names[TALLY_LIMIT];
    uint64_t counts[TALLY_LIMIT];
    size_t used;
};

void tally_add(struct tally *tally, const char *name, uint64_t count);
void tally_merge(struct tally *tally, const struct tally *other);
uint64_t tally_total(const struct tally *tally);
/* {"name":count,...} by name. */
bool tally_write(const struct tally *tally, struct buffer *out);

#endif
