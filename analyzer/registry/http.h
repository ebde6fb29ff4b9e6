/* Bridge to libcurl: one conditional GET from a host that is on the allow-list. Follows no
 * redirection, since a redirection could name any host. */
#ifndef HEARSAY_REGISTRY_HTTP_H
#define HEARSAY_REGISTRY_HTTP_H

#include "base/buffer.h"
#include "hearsay.h"

#define HTTP_VALIDATOR_SIZE 256

struct http_request {
    const char *url;
    const char *allowed_host; /* the only host that may be asked */
    const char *etag;         /* "" or the validator of the snapshot at hand */
    const char *last_modified;
    long timeout_s;     /* whole transfer; a stalled one ends earlier, see http.c */
    size_t limit_bytes; /* a larger body is refused */
};

struct http_answer {
    long code; /* HTTP status */
    struct buffer body;
    char etag[HTTP_VALIDATOR_SIZE];
    char last_modified[HTTP_VALIDATOR_SIZE];
    long retry_after_s; /* 0: the server does not say */
};

/* HEARSAY_OK when an answer came, whatever its code. HEARSAY_BAD_ARGUMENT: the URL's host is not
 * allowed or its scheme is not http(s). HEARSAY_IO: no connection, time-out, truncated.
 * HEARSAY_LIMIT: too large. answer is freed by http_answer_free in any case. */
enum hearsay_status http_get(const struct http_request *request, struct http_answer *answer,
                             struct hearsay_failure *failure);
void http_answer_free(struct http_answer *answer);

#endif
