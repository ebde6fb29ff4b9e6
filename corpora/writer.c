#include "writer.h"

#include <stdlib.h>
#include <time.h>

const struct file_format file_formats[POST_FILE_COUNT] = {
    [FILE_ARCHIVE] = {"archive.csv", "twitter-io-csv", archive_header, archive_write},
    [FILE_CRAWL] = {"crawl.ndjson", "ndjson", "", crawl_write},
    [FILE_STREAM] = {"stream.jsonl", "jetstream-v1", "", stream_write},
};

void append_time(struct buffer *out, int64_t time_us, const char *pattern, int digits) {
    time_t seconds = (time_t)(time_us / SECOND_US);
    struct tm parts;
    char text[64];
    gmtime_r(&seconds, &parts);
    strftime(text, sizeof text, pattern, &parts);
    buffer_append_c(out, text);
    if (digits > 0) {
        snprintf(text, sizeof text, ".%06d", (int)(time_us % SECOND_US));
        buffer_append(out, text, (size_t)digits + 1);
    }
}

void append_post_id(const struct world *world, const struct event *event, struct buffer *out) {
    const struct account *account = &world->accounts[event->account];
    if (account->platform == PLATFORM_BLUESKY) {
        buffer_printf(out, "at://%s/app.bsky.feed.post/", account->id.ptr);
    }
    buffer_append_str(out, event->id);
}

static enum post_file file_of(const struct world *world, const struct event *event) {
    if (world->accounts[event->account].platform == PLATFORM_BLUESKY) {
        return FILE_STREAM;
    }
    int64_t archive_end_us =
        (int64_t)world->settings.start * SECOND_US + (int64_t)world->settings.archive_days * DAY_US;
    return event->time_us < archive_end_us ? FILE_ARCHIVE : FILE_CRAWL;
}

struct place {
    const struct event *event;
};

static int order_by_time(const void *left, const void *right) {
    const struct event *a = ((const struct place *)left)->event;
    const struct event *b = ((const struct place *)right)->event;
    if (a->time_us != b->time_us) {
        return a->time_us < b->time_us ? -1 : 1;
    }
    return a < b ? -1 : a > b; /* both lie in one array: the order in which they were made */
}

/* Opens FOLDER/NAME for writing. */
static FILE *open_file(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file) {
        world_fail("cannot be written", path);
    }
    return file;
}

static void write_file(const char *folder, const char *name, struct buffer *content) {
    if (content->failed) {
        world_fail("memory is out", name);
    }
    FILE *file = open_file(folder, name);
    size_t written = fwrite(content->ptr, 1, content->len, file);
    if (fclose(file) != 0 || written != content->len) {
        world_fail("not wholly written", name);
    }
    buffer_free(content);
}

static void count(struct file_counts *counts, const struct event *event) {
    counts->records++;
    if (event->kind == EVENT_POST) {
        counts->posts++;
    } else if (event->kind == EVENT_REPOST) {
        counts->reposts++;
    } else {
        counts->other_events++;
    }
}

static void append_defects(enum post_file file, struct file_counts *counts, struct buffer *out) {
    for (size_t i = 0; i < defect_count; i++) {
        const struct defect *defect = &defects[i];
        if (defect->file == file && defect->after == counts->records) {
            buffer_append_c(out, defect->record);
            counts->records++;
            counts->rejected += defect->is_rejected;
            counts->posts += !defect->is_rejected;
            counts->repaired += defect->is_repaired;
        }
    }
}

static void append_event(const struct world *world, const struct event *event,
                         struct file_counts *counts, struct buffer *out) {
    enum post_file file = file_of(world, event);
    const struct file_format *format = &file_formats[file];
    append_defects(file, counts, out);
    format->write(world, event, out);
    count(counts, event);
    if (event->is_delivered_twice) {
        format->write(world, event, out);
        counts->records++;
        counts->duplicates++;
    }
    if (event->is_edited_later) {
        struct buffer text = {0};
        buffer_append_str(&text, event->text);
        buffer_append_c(&text, " (edited)");
        struct event edited = *event;
        edited.text = buffer_str(&text);
        format->write(world, &edited, out);
        count(counts, &edited);
        counts->id_conflicts++;
        buffer_free(&text);
    }
}

static void write_posts(const struct world *world, const char *folder,
                        struct file_counts counts[POST_FILE_COUNT]) {
    struct place *sorted = calloc(world->event_count, sizeof *sorted);
    if (!sorted) {
        world_fail("memory is out", "events");
    }
    for (uint32_t i = 0; i < world->event_count; i++) {
        sorted[i].event = &world->events[i];
    }
    qsort(sorted, world->event_count, sizeof *sorted, order_by_time);
    struct buffer out[POST_FILE_COUNT] = {{0}};
    for (int file = 0; file < POST_FILE_COUNT; file++) {
        buffer_append_c(&out[file], file_formats[file].header);
    }
    for (uint32_t i = 0; i < world->event_count; i++) {
        enum post_file file = file_of(world, sorted[i].event);
        append_event(world, sorted[i].event, &counts[file], &out[file]);
    }
    for (int file = 0; file < POST_FILE_COUNT; file++) {
        char name[64];
        snprintf(name, sizeof name, "posts/%s", file_formats[file].name);
        write_file(folder, name, &out[file]);
    }
    free(sorted);
}

static void write_labels(const struct world *world, const char *folder) {
    struct buffer out = {0};
    buffer_append_c(&out, "platform,account,label\n");
    for (uint32_t i = 0; i < world->account_count; i++) {
        const struct account *account = &world->accounts[i];
        buffer_printf(&out, "%s,%s,%s\n", platform_names[account->platform], account->id.ptr,
                      account->label);
    }
    write_file(folder, "labels.csv", &out);
}

/* The flag is derived, as the code book says, not judged. */
static bool is_unverifiable(const struct claim_label *label) {
    bool is_claim = str_is(STR("self_claim"), label->stance) || str_is(STR("relay"), label->stance);
    return is_claim && !str_is(STR("link_source"), label->evidence);
}

static void write_claims(const struct world *world, const char *folder) {
    struct buffer out = {0};
    buffer_append_c(&out, "claim,platform,post,lang,incident,stance,evidence,flag\n");
    for (uint32_t i = 0; i < world->event_count; i++) {
        const struct event *event = &world->events[i];
        const struct claim_label *label = &event->label;
        if (label->claim == 0 || event->kind != EVENT_POST) {
            continue;
        }
        buffer_printf(&out, "%u,%s,", (unsigned)label->claim,
                      platform_names[world->accounts[event->account].platform]);
        append_post_id(world, event, &out);
        buffer_printf(&out, ",%s,%s,%s,%s,%d\n", language_tags[event->language], label->incident,
                      label->stance, label->evidence, is_unverifiable(label));
    }
    write_file(folder, "claims.csv", &out);
}

static void write_counts(const struct file_counts counts[POST_FILE_COUNT], const char *folder) {
    struct buffer out = {0};
    buffer_append_c(&out, "{\n");
    for (int file = 0; file < POST_FILE_COUNT; file++) {
        const struct file_counts *own = &counts[file];
        const struct {
            const char *name;
            uint64_t value;
        } fields[] = {{"records_in", own->records},        {"posts", own->posts},
                      {"reposts", own->reposts},           {"duplicates", own->duplicates},
                      {"other_events", own->other_events}, {"rejected", own->rejected},
                      {"id_conflict", own->id_conflicts},  {"repaired", own->repaired}};
        buffer_printf(&out, "  \"%s\": {\"format\": \"%s\"", file_formats[file].name,
                      file_formats[file].format);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
            buffer_printf(&out, ", \"%s\": %llu", fields[i].name,
                          (unsigned long long)fields[i].value);
        }
        buffer_append_c(&out, file + 1 < POST_FILE_COUNT ? "},\n" : "}\n");
    }
    buffer_append_c(&out, "}\n");
    write_file(folder, "counts.json", &out);
}

void write_sample(const struct world *world, const char *folder) {
    struct file_counts counts[POST_FILE_COUNT] = {{0}};
    write_posts(world, folder, counts);
    write_labels(world, folder);
    write_claims(world, folder);
    write_counts(counts, folder);
}
