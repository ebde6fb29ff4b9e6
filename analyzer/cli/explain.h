/* The answers of `hearsay explain`, one file per kind. Each prints and gives the exit code. */
#ifndef HEARSAY_CLI_EXPLAIN_H
#define HEARSAY_CLI_EXPLAIN_H

#include "base/buffer.h"
#include "base/json.h"
#include "base/str.h"

int explain_post(const char *folder, struct str text);
int explain_account(const char *folder, struct str text);
int explain_claim(const char *folder, struct str text);
int explain_edge(const char *folder, struct str text);

/* "account 1234 on x" */
void explain_append_account(struct buffer *out, struct str platform, struct str account);
/* What accounts.ndjson says of an account's habits; nothing if it has too few posts. */
void explain_append_habits(struct buffer *out, const json_t *account);
/* How to read weights and gaps of an edge's layers, with the time precision of the platform's
 * sources, and what a coordination result does not say. `edge` may be NULL: there is none. */
void explain_append_caveat(struct buffer *out, const char *folder, const json_t *edge);
/* Lists the platforms of `found` and gives EXIT_USAGE. */
int explain_ambiguous(const char *kind, struct str text, const json_t *found);

#endif
