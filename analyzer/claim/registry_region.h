/* Which country codes go with a language, to say how well a registry covers it. Data; internal to
 * the claim module. A table of where languages are spoken, and of nothing else. */
#ifndef HEARSAY_CLAIM_REGISTRY_REGION_H
#define HEARSAY_CLAIM_REGISTRY_REGION_H

#include "base/str.h"

/* Two letters packed, from a country code or the last label of a host ("cn", "example.cn"); 0 for
 * anything else. */
uint32_t region_of(struct str code);

/* Is the region one where the language is commonly written? General domains count for English,
 * which is where catalogues mostly have them from. */
bool region_writes(uint32_t region, struct str lang);

#endif
