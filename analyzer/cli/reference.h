/* "account:1234", "post:x/98765", "edge:A,B": which line of the results is meant. Ids may hold
 * colons, commas and slashes; what a text means is decided by what is in the results, an exact id
 * first. */
#ifndef HEARSAY_CLI_REFERENCE_H
#define HEARSAY_CLI_REFERENCE_H

#include "base/buffer.h"
#include "base/json.h"
#include "base/str.h"
#include "hearsay.h"

enum reference_kind { REFERENCE_POST, REFERENCE_ACCOUNT, REFERENCE_EDGE, REFERENCE_CLAIM };

struct reference {
    enum reference_kind kind;
    struct str text; /* after the kind's colon; borrowed */
};

/* HEARSAY_BAD_ARGUMENT with a message for anything else. */
enum hearsay_status reference_parse(const char *text, struct reference *reference,
                                    struct hearsay_failure *failure);

/* One way to read a text as an id: the whole text, or PLATFORM/ID. */
struct reading {
    struct str platform;  /* empty: any */
    struct str id;        /* borrowed from the text */
    struct buffer quoted; /* the id as a JSON string */
};

#define REFERENCE_READINGS 2
/* The readings of a text, best first; returns how many, 0 when memory is out. */
size_t reference_readings(struct str text, struct reading readings[REFERENCE_READINGS]);
void reference_readings_free(struct reading readings[REFERENCE_READINGS], size_t count);

/* The lines of folder/name whose member `key` is the id: those of the best reading that has any.
 * *found is a JSON array, owned by the caller, of at most `limit` objects. */
enum hearsay_status reference_find(const char *folder, const char *name, const char *key,
                                   struct str text, size_t limit, json_t **found,
                                   struct hearsay_failure *failure);

/* The platforms of the lines differ: a text that names none is ambiguous. */
bool reference_is_ambiguous(const json_t *found);

/* Appends "; similar: A, B" with ids of folder/name near to `text`, or nothing. */
void reference_append_similar(struct buffer *out, const char *folder, const char *name,
                              const char *key, struct str text);

#endif
