/* Bridge to ICU at run time: canonical composition of a character with the marks that follow it,
 * for the few texts that need it (the rest is table work). Internal to the text module. */
#ifndef HEARSAY_TEXT_COMPOSE_H
#define HEARSAY_TEXT_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct composer;

/* NULL: memory is out, or ICU lacks its data. */
struct composer *composer_open(void);
void composer_free(struct composer *composer);

/* Begins a new run of characters, forgetting the last. */
void composer_clear(struct composer *composer);

/* Adds a character (decomposed canonically) to the run; false: memory is out. */
bool composer_add(struct composer *composer, uint32_t cp);

/* Orders and composes the run (Unicode chapter 3, D109 to D117; linear in its length, so that a
 * post of a million marks is no attack). The result is valid until the next call. False: memory is
 * out. */
bool composer_finish(struct composer *composer, const uint32_t **characters, size_t *count);

#endif
