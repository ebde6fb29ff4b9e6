/* Claims as a layer of coordination: a post of a claim is an action of its account on that claim.
 * Claims are known when findings have been merged, in order of their posts, so that the actions are
 * the same whatever the input's order; they join those of a worker that knows the account. */
#ifndef HEARSAY_ENGINE_CLAIM_ACTIONS_H
#define HEARSAY_ENGINE_CLAIM_ACTIONS_H

#include "engine/engine.h"
#include "engine/finding.h"

/* Adds the action of a finding's post, if the layer takes part and the post has a claim, an account
 * and a time. A repost acts on the layer of reposts only. `post` is the digest of the post. */
enum hearsay_status claim_action_add(struct hearsay_engine *engine,
                                     const struct finding_outcome *outcome, struct digest post);

#endif
