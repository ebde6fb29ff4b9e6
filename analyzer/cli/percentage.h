/* Shares in percent: thresholds on the command line, and how much of what was reached. */
#ifndef HEARSAY_CLI_PERCENTAGE_H
#define HEARSAY_CLI_PERCENTAGE_H

#include "base/buffer.h"
#include "cli/arguments.h"

/* The value of an option, 0 to 100; 0 without the option. False after a message: it is none. */
bool percentage_read(const struct arguments *arguments, enum option_id option, double *value);

/* Is part of whole at least so many percent? Of nothing, everything is reached. */
bool percentage_reaches(size_t part, size_t whole, double threshold);

/* Appends "95.2 % (20 of 21)", rounded down so that 100 % is all. */
void percentage_append(struct buffer *out, size_t part, size_t whole);

#endif
