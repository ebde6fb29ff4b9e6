/* Files that a pack imports, for rule/parser.c: each is read once, and none may lead back to
 * itself. */
#ifndef HEARSAY_RULE_IMPORT_H
#define HEARSAY_RULE_IMPORT_H

#include "base/map.h"
#include "rule/parse.h"

struct import {
    struct str path; /* as written */
    struct place place;
    uint32_t from; /* number of the file in which it stands */
    uint32_t to;   /* number of the file that it names; MAP_NONE: not read */
};

static inline struct import *imports_of(const struct parser *parser) {
    return (struct import *)(void *)parser->imports.bytes;
}

/* Reads the statement; its file comes later. */
void parse_import(struct parser *parser);

/* Before the first file is parsed: remembers the paths of those that were given. False: memory is
 * out. */
bool imports_begin(struct parser *parser);

/* Takes up the imports that the parsed files hold, in order, until one brings a new file: its
 * number, to be parsed before the next call; MAP_NONE when all are done. What cannot be read is
 * reported. */
uint32_t import_next(struct parser *parser, list_reader *read_file, void *context);

/* Reports every import that closes a circle, with the imports that lead round (import_cycle.c). */
void imports_check(struct parser *parser);

void imports_free(struct parser *parser);

#endif
