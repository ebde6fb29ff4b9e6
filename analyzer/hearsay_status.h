/* How calls of hearsay end: a status, and where and why. Included by hearsay.h. */
#ifndef HEARSAY_STATUS_H
#define HEARSAY_STATUS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#pragma GCC visibility push(default) /* the library is built with hidden visibility */
#endif

enum hearsay_status {
    HEARSAY_OK = 0,
    HEARSAY_NO_MEMORY,    /* an allocation failed */
    HEARSAY_BAD_ARGUMENT, /* wrong use or configuration */
    HEARSAY_BAD_RULES,    /* errors in rule files; details went to the diagnostics callback */
    HEARSAY_BAD_INPUT, /* the input cannot be read as posts, or a row was rejected under strict */
    HEARSAY_IO,        /* a callback for reading or writing failed */
    HEARSAY_LIMIT,     /* a stated limit was exceeded */
    HEARSAY_STOPPED    /* the caller asked to stop */
};

#define HEARSAY_FAILURE_FILE_SIZE 512
#define HEARSAY_FAILURE_MESSAGE_SIZE 1024

/* Where and why. Line and column count from 1, 0 is unknown. Zero-initialise. */
struct hearsay_failure {
    enum hearsay_status status;
    char file[HEARSAY_FAILURE_FILE_SIZE];
    uint64_t line;
    uint64_t column;
    char message[HEARSAY_FAILURE_MESSAGE_SIZE];
};

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
