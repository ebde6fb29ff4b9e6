/* hearsay_options.layers and .layer_windows: which layers take part and with what windows. */
#ifndef HEARSAY_ENGINE_LAYER_OPTIONS_H
#define HEARSAY_ENGINE_LAYER_OPTIONS_H

#include "coordination/coordination.h"

/* `list` is "name,name,..." or NULL for the default layers; *layers gets their bits. */
enum hearsay_status layers_parse(const char *list, uint32_t *layers,
                                 struct hearsay_failure *failure);

/* `list` is "name=seconds,..." or NULL; windows_s of the layers named are set. */
enum hearsay_status layer_windows_parse(const char *list, double windows_s[LAYER_COUNT],
                                        struct hearsay_failure *failure);

#endif
