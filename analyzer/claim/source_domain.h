/* May a link's domain stand for an independent source? Shorteners hide where they lead, platforms
 * and messengers carry anybody's words, and places of files carry what is claimed. Knows nothing of
 * which newsrooms are good. */
#ifndef HEARSAY_CLAIM_SOURCE_DOMAIN_H
#define HEARSAY_CLAIM_SOURCE_DOMAIN_H

#include "base/str.h"

/* `domain` is registrable and in lower case; "" is none. */
bool source_domain_counts(struct str domain);

/* Do files, pastes or hidden sites lie at the host (lower case) or at a domain above it? */
bool host_keeps_files(struct str host);

#endif
