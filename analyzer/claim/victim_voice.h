/* Does a post speak for the victim? Only what the post shows can tell: its account bears the
 * victim's name, or it links the victim's own site. A denial by anybody else is not the victim's.
 */
#ifndef HEARSAY_CLAIM_VICTIM_VOICE_H
#define HEARSAY_CLAIM_VICTIM_VOICE_H

#include "claim/registry_name.h"

/* `account` is the account's name; `domain` the registrable domain of its link, or "". Names are
 * compared as registries are, from four bytes on. *is_voice is set; false: memory is out. */
bool victim_voice(struct name_maker *maker, struct str victim, struct str account,
                  struct str domain, bool *is_voice);

#endif
