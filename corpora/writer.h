/* Writes the world as files: posts in three formats, and the truth about them. Decides nothing
 * about the world but the defects that real files have (defects.c). */
#ifndef HEARSAY_CORPORA_WRITER_H
#define HEARSAY_CORPORA_WRITER_H

#include <stdio.h>

#include "world.h"

enum post_file { FILE_ARCHIVE, FILE_CRAWL, FILE_STREAM, POST_FILE_COUNT };

/* What a correct reader counts in a file. */
struct file_counts {
    uint64_t records;
    uint64_t posts;
    uint64_t reposts;
    uint64_t duplicates;
    uint64_t other_events;
    uint64_t rejected;
    uint64_t id_conflicts; /* among the posts */
    uint64_t repaired;     /* among the posts */
};

struct file_format {
    const char *name;   /* file name */
    const char *format; /* as `hearsay formats` calls it */
    const char *header; /* first line, or "" */
    /* Appends one event as one record, with its line end. */
    void (*write)(const struct world *world, const struct event *event, struct buffer *out);
};
extern const struct file_format file_formats[POST_FILE_COUNT];

void archive_write(const struct world *world, const struct event *event, struct buffer *out);
void crawl_write(const struct world *world, const struct event *event, struct buffer *out);
void stream_write(const struct world *world, const struct event *event, struct buffer *out);
extern const char archive_header[];

/* A record that is broken in a way that occurs in real files. */
struct defect {
    enum post_file file;
    uint64_t after; /* records of the file that stand before it */
    const char *record;
    bool is_rejected; /* else it is read, mended if need be */
    bool is_repaired;
};
extern const struct defect defects[];
extern const size_t defect_count;

/* 2025-03-03T10:11:12Z, with `digits` digits of the second's fraction; `pattern` is strftime's. */
void append_time(struct buffer *out, int64_t time_us, const char *pattern, int digits);

/* The id of an event's post as a reader of its file sees it. */
void append_post_id(const struct world *world, const struct event *event, struct buffer *out);

/* Writes posts/, labels.csv, claims.csv and counts.json into `folder`, which must exist. */
void write_sample(const struct world *world, const char *folder);

#endif
