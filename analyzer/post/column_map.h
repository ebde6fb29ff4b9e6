/* The column map of --map: `account=author,text=body,created_at=when,platform:=weibo,
 * time_format=%d/%m/%Y %H:%M`. Left of '=' a canonical field (field.h), right of it the name of a
 * column; names with commas stand in double quotes; line ends
 * separate entries like commas. `platform:=` and `lang:=` set a constant;
 * `time_format=` describes how created_at is written (time_format.h). */
#ifndef HEARSAY_POST_COLUMN_MAP_H
#define HEARSAY_POST_COLUMN_MAP_H

#include "hearsay.h"
#include "post/field.h"

/* Slices of the map's text; empty where the map says nothing. */
struct column_map {
    struct str columns[FIELD_COUNT];
    struct str platform;
    struct str lang;
    struct str time_format;
};

/* HEARSAY_BAD_ARGUMENT with the place and the nearest name when the map cannot be read. */
enum hearsay_status column_map_parse(struct str text, struct column_map *map,
                                     struct hearsay_failure *failure);

#endif
