/* Bridge to libpsl. Internal to the text module. */
#ifndef HEARSAY_TEXT_DOMAIN_H
#define HEARSAY_TEXT_DOMAIN_H

#include "base/str.h"

/* The registrable part of a lower-case host name, a slice of it; empty if it has none (an address,
 * a public suffix, a single label). */
struct str domain_registrable(struct str host);

#endif
