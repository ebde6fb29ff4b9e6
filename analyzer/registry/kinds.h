/* The registries that are known: what each can say, where it is, and the names of its fields. A
 * registry is only ever read as a snapshot; nothing of a post is sent to it. */
#ifndef HEARSAY_REGISTRY_KINDS_H
#define HEARSAY_REGISTRY_KINDS_H

#include <stddef.h>

#include "hearsay.h"

enum registry_id { REGISTRY_HIBP, REGISTRY_RANSOMWARE, REGISTRY_NEWS };

struct registry_kind {
    enum registry_id id;
    const char *name;
    const char *meaning;
    const char *url; /* fixed: no part of it comes from a post */
    const char
        *records_key;     /* member that holds the array of records; NULL: the array is the top */
    const char *name_key; /* fields of a record */
    const char *domain_key;
    const char *date_key;
    const char *title_key;      /* NULL where a record has no such field */
    const char *language_key;   /* the same */
    const char *country_key;    /* the same; two letters */
    const char *fabricated_key; /* the same */
    enum hearsay_registry_role role;
    long rest_s;             /* least time between two requests, as the operator asks */
    const char *coverage;    /* what a missing entry does not mean */
    const char *attribution; /* to be shown with anything that is taken from it */
};

/* Index 0 .. ; NULL past the last. */
const struct registry_kind *registry_kind_at(size_t index);
const struct registry_kind *registry_kind_named(const char *name);

#endif
