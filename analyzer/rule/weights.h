/* Learned weights of a pack: data beside its rules (weights.json), made by `hearsay rules fit`.
 *
 *   log-odds = intercept + scale x sum over hits (stated weight + correction, as capped)
 *            + alone, where only rules of weight 0 match
 *            + unit x (sum over the text's known phrases of their whole numbers) / sqrt(how many)
 *
 * So the pack's own weights, groups and caps stay what they are and are corrected: a rule that the
 * file does not name has correction 0, and with intercept = prior, scale 1 and nothing else the
 * score is that of the pack alone. Phrases are those of text/phrase.h; one that the file does not
 * have counts nothing, not even in the root, so an unknown name cannot move a score. They count
 * only where a rule matches. */
#ifndef HEARSAY_RULE_WEIGHTS_H
#define HEARSAY_RULE_WEIGHTS_H

#include "base/hash.h"
#include "base/map.h"
#include "hearsay.h"
#include "rule/ast.h"

#define WEIGHTS_SCHEMA "hearsay.weights/1"
#define PHRASE_WEIGHT_MOST 32000 /* whole numbers of a phrase */
#define PHRASES_MOST 1000000u

struct weights {
    double intercept;
    double scale;
    double alone;
    double *corrections; /* by rule->index */
    double unit;         /* log-odds of a phrase's 1 */
    struct map phrases;  /* index of a phrase = index of its number; empty: no text term */
    int16_t *phrase_weights;
    struct map names;                /* that a phrase must not hold (text/phrase.h) */
    char pack_hash[DIGEST_HEX_SIZE]; /* of the pack that they were learned for */
    char data_hash[DIGEST_HEX_SIZE]; /* of the labels */
    char file_hash[DIGEST_HEX_SIZE]; /* of the file itself */
};

/* Reads the file's bytes for a pack. HEARSAY_BAD_RULES: no such file, of another pack (by name), or
 * a number out of its range (intercept, scale, corrections and unit within -50..50). weights_free
 * also after a failure. */
enum hearsay_status weights_read(struct str bytes, struct str file, const struct ast *ast,
                                 struct weights *weights, struct hearsay_failure *failure);
void weights_free(struct weights *weights);

#endif
