/* Labels that people gave to posts, for `hearsay evaluate claims`: NDJSON rows with id, stance,
 * incident and evidence as the code book defines them, and optionally lang, source, sure, text,
 * victim, quantity and flag. Knows no results. */
#ifndef HEARSAY_CLI_LABELS_H
#define HEARSAY_CLI_LABELS_H

#include "base/json.h"
#include "base/map.h"

struct labels {
    json_t *rows;   /* array of the labelled rows that are used, in the file's order */
    struct map ids; /* index of an id = index of its row */
    bool *is_contradictory;
    size_t read;          /* rows in the file */
    size_t repeated;      /* rows that say again what an earlier one says */
    size_t contradictory; /* ids that are labelled in more than one way: left out */
    size_t flag_differs;  /* rows whose own flag is not what the code book derives */
};

/* HEARSAY_BAD_INPUT with the line for a row that is no label: not JSON, no id, a stance,
 * incident or evidence that the code book does not know, or a weight that is none. labels_free also
 * after a failure. */
enum hearsay_status labels_load(const char *path, struct labels *labels,
                                struct hearsay_failure *failure);
/* The same from bytes; `file` only names the place. */
enum hearsay_status labels_read(struct str text, struct str file, struct labels *labels,
                                struct hearsay_failure *failure);
void labels_free(struct labels *labels);

/* The flag "unverifiable breach claim" of a row, derived as the code book says: stance self_claim
 * or relay, an incident, and no link of an independent source as evidence. */
bool labels_flag(const json_t *row);

/* The stances in the code book's order; NULL past the last. */
const char *labels_stance_at(size_t index);

#endif
