/* Mends the bytes of a JSON row and checks its grammar on the way, so that an error has its exact
 * place. What is mended: invalid UTF-8, lone surrogates, raw control characters, \\xNN, a byte
 * order mark. Numbers would lose digits in jansson; therefore every string gets the mark 's' as its
 * first character and every number becomes a string with the mark 'n'. */
#ifndef HEARSAY_POST_JSON_MEND_H
#define HEARSAY_POST_JSON_MEND_H

#include "base/buffer.h"
#include "hearsay.h"
#include "post/json_tree.h"

#define JSON_MARK_STRING 's'
#define JSON_MARK_NUMBER 'n'

/* Zero-initialise; reused from row to row; free `bytes` with buffer_free. */
struct json_mend {
    struct buffer bytes; /* the mended row */
    unsigned repairs;    /* bits of enum repair */
    const char *reason;  /* after a refusal: "bad_json" or "too_deep" */
    const char *error;   /* a sentence */
    size_t error_at;     /* offset in the row */
};

/* HEARSAY_BAD_INPUT: the row is no JSON value even so, see reason. */
enum hearsay_status json_mend(struct json_mend *mend, struct str row);

#endif
