/* Times in a notation that the user describes, like strptime(3) but independent of the locale:
 * %Y %y %m %d %e %H %I %M %S (with a fraction if there is one) %b %B %a %A %p %j %z %Z %s %n %t %%.
 * Numbers may have fewer digits than usual; white space matches any white space. */
#ifndef HEARSAY_POST_TIME_FORMAT_H
#define HEARSAY_POST_TIME_FORMAT_H

#include "post/timestamp.h"

/* The letter after the first '%' that is not understood, '%' for one at the end, or 0 if all is
 * well. */
char time_format_unknown(struct str format);

/* Reads the whole of `text`. A two-digit year is 1970..2069. */
bool time_format_parse(struct str format, struct str text, struct timestamp *time);

#endif
