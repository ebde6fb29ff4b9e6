/* What the program says: results on standard output, errors on standard error. Standard output may
 * be a closed pipe or a full disk; that is an error like any other and ends in an exit code. */
#ifndef HEARSAY_CLI_TERMINAL_H
#define HEARSAY_CLI_TERMINAL_H

#include "base/buffer.h"
#include "hearsay.h"

/* "hearsay: file:line:column: message" on standard error. */
void terminal_failure(const struct hearsay_failure *failure);
/* "hearsay: message" on standard error. */
__attribute__((format(printf, 1, 2))) void terminal_error(const char *format, ...);

/* Prints the failure and gives the exit code of `status`. */
int terminal_fail(enum hearsay_status status, const struct hearsay_failure *failure);

/* Writes to standard output and frees `text`; EXIT_DONE, or EXIT_IO after a message. */
int terminal_print(struct buffer *text);

/* Standard error is a terminal and nobody asked for silence through NO_COLOR (no-color.org). */
bool terminal_is_lively(void);

/* Appends 1234567 as "1,234,567". */
bool terminal_append_count(struct buffer *out, uint64_t value);
/* Appends bytes as "1.8 MB" (powers of ten). */
bool terminal_append_bytes(struct buffer *out, uint64_t bytes);
/* Appends a duration: "0.4 s", "3 min 20 s", "5 h 2 min", "3 days 4 h". */
bool terminal_append_duration(struct buffer *out, double seconds);
/* Appends text without control characters, which could move the cursor of who reads it. */
bool terminal_append_safe(struct buffer *out, struct str text);
/* Appends an argument as a shell takes it: quoted where needed. */
bool terminal_append_shell(struct buffer *out, struct str text);

#endif
