/* Recognises the format of an input from its first bytes (UTF-8 by now). */
#ifndef HEARSAY_POST_SNIFF_H
#define HEARSAY_POST_SNIFF_H

#include "post/format.h"

struct sniff_options {
    const char *name;   /* of the input, for messages */
    const char *format; /* the name that the user gave, or NULL */
    const char *map;    /* column map, or NULL */
    bool is_whole;      /* `head` is all there is */
};

/* *format is owned by the caller (format_release). HEARSAY_BAD_INPUT with what was seen and what to
 * do when it is nothing that is read; HEARSAY_BAD_ARGUMENT for a map that cannot be read. */
enum hearsay_status sniff_format(struct str head, const struct sniff_options *options,
                                 struct format **format, struct hearsay_failure *failure);

/* HEARSAY_BAD_ARGUMENT with the nearest name if `name` is no format; NULL and "auto" are fine. */
enum hearsay_status sniff_check_name(const char *name, struct hearsay_failure *failure);

/* A table (sniff_table.c): dialect, header, column map. */
enum hearsay_status sniff_table(struct str head, const struct sniff_options *options,
                                struct format **format, struct hearsay_failure *failure);

/* JSON (sniff_json.c): shape and cut. */
enum hearsay_status sniff_json(struct str head, const struct sniff_options *options,
                               struct format **format, struct hearsay_failure *failure);

#endif
