/* The temporary file behind struct hearsay_store: what a run cannot hold in memory. It has no name
 * from its first moment on, so that nothing is left behind however the run ends. */
#ifndef HEARSAY_SOURCE_SPILL_H
#define HEARSAY_SOURCE_SPILL_H

#include "hearsay.h"

struct spill;

/* The file comes to be in `folder` when the first byte is appended. *spill is owned by the caller.
 */
enum hearsay_status spill_open(const char *folder, struct spill **spill,
                               struct hearsay_failure *failure);

/* The callbacks for hearsay_options.store, safe for several threads. HEARSAY_IO when the file
 * cannot be made, written (disk full) or read. */
struct hearsay_store spill_store(struct spill *spill);

/* The first error as one sentence, or NULL. */
const char *spill_error(struct spill *spill);

uint64_t spill_bytes(struct spill *spill);

void spill_close(struct spill *spill); /* NULL is allowed */

#endif
