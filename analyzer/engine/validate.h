/* Validation of the null model on the engine's own data. */
#ifndef HEARSAY_ENGINE_VALIDATE_H
#define HEARSAY_ENGINE_VALIDATE_H

#include "engine/engine.h"

/* Fills engine->validation: coordination of the workers' actions as they are (item 0) and of
 * options.shuffles shuffles of them. `options` needs no callbacks for results. Takes the actions
 * out of the workers' tables. */
enum hearsay_status validate_run(struct hearsay_engine *engine,
                                 const struct coordination_options *options,
                                 struct hearsay_failure *failure);

#endif
