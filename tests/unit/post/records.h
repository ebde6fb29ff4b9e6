/* Reads bytes as one input and writes every record as a line of text, so that a test states what it
 * expects in full. Used by the unit tests and the fuzz targets of post. */
#ifndef HEARSAY_TESTS_RECORDS_H
#define HEARSAY_TESTS_RECORDS_H

#include "base/buffer.h"
#include "post/decode.h"
#include "post/lane.h"

struct reading_options {
    const char *format;
    const char *map;
    size_t chunk_bytes; /* 0: all at once */
    size_t block_bytes; /* 0: 1 MiB */
    uint64_t limit;     /* 0: 16 MiB */
    bool repair_lane;   /* JSON through the repair lane only */
    bool with_detail;   /* show the detail of rejections */
};

/* What came out; free `text` with buffer_free. */
struct reading {
    struct buffer text;
    enum hearsay_status status;
    struct hearsay_failure failure;
    char description[200];
    struct decoder *decoder;
    bool with_detail;
};

static void show_text(struct buffer *out, const char *name, struct str text) {
    if (!text.ptr) {
        return;
    }
    buffer_printf(out, " %s=", name);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if ((unsigned char)c < 0x20) {
            buffer_printf(out, "\\%d", c);
        } else {
            buffer_append_byte(out, c);
        }
    }
}

static void show_list(struct buffer *out, const char *name, struct str_list list) {
    for (size_t i = 0; i < list.count; i++) {
        show_text(out, name, list.items[i]);
    }
}

static void show_number(struct buffer *out, const char *name, bool has, int64_t value) {
    if (has) {
        buffer_printf(out, " %s=%lld", name, (long long)value);
    }
}

static void show_post(struct buffer *out, const struct post *post) {
    static const char *const precisions[] = {"us", "ms", "s", "minute", "day"};
    buffer_append_c(out, post->is_repost ? " repost" : " post");
    show_text(out, "platform", post->platform);
    if (!post->id_is_derived) {
        show_text(out, "id", post->id);
    } else {
        show_text(out, "derived", str_slice(post->id, 0, 2));
    }
    show_text(out, "account", post->account);
    show_text(out, "handle", post->handle);
    show_text(out, "name", post->display_name);
    show_number(out, "at", post->has_time, post->created_at_us);
    if (post->has_time) {
        buffer_printf(out, "/%s", precisions[post->precision]);
    }
    show_text(out, "lang", post->lang.len ? post->lang : (struct str){NULL, 0});
    show_text(out, "reply_to", post->reply_to);
    show_text(out, "repost_of", post->repost_of);
    show_text(out, "quote_of", post->quote_of);
    show_text(out, "thread", post->thread);
    show_list(out, "url", post->urls);
    show_list(out, "tag", post->hashtags);
    show_list(out, "mention", post->mentions);
    show_list(out, "media", post->media_hashes);
    show_number(out, "since", post->has_account_created_at, post->account_created_at_us);
    show_number(out, "followers", post->has_followers, post->followers);
    show_number(out, "following", post->has_following, post->following);
    show_text(out, "text", post->text);
    show_text(out, "row", post->row);
}

static enum hearsay_status show_record(void *context, const struct record *record) {
    struct reading *reading = context;
    struct buffer *out = &reading->text;
    buffer_printf(out, "%llu", (unsigned long long)record->line);
    if (record->kind == RECORD_POST) {
        show_post(out, record->post);
    } else {
        buffer_printf(out, " %s %s", record->kind == RECORD_REJECTED ? "rejected" : "event",
                      record->name);
        if (record->column) {
            buffer_printf(out, " column=%u", record->column);
        }
        if (reading->with_detail) {
            show_text(out, "detail", record->detail);
        }
    }
    for (int bit = 0; bit < REPAIR_COUNT; bit++) {
        if (record->repairs & (1u << bit)) {
            buffer_printf(out, " +%s", repair_names[bit]);
        }
    }
    buffer_append_byte(out, '\n');
    return HEARSAY_OK;
}

static enum hearsay_status show_block(void *context, struct block *block) {
    struct reading *reading = context;
    enum hearsay_status status = decoder_block(reading->decoder, block, show_record, reading);
    block_free(block);
    return status;
}

static void feed_all(struct reading *reading, struct input *input, struct str bytes, size_t chunk) {
    size_t at = 0;
    while (at < bytes.len && reading->status == HEARSAY_OK) {
        size_t len = chunk == 0 || chunk > bytes.len - at ? bytes.len - at : chunk;
        reading->status = input_feed(input, bytes.ptr + at, len, &reading->failure);
        at += len;
    }
    if (reading->status == HEARSAY_OK) {
        reading->status = input_finish(input, &reading->failure);
    }
}

static struct reading read_records(struct str bytes, struct reading_options options) {
    struct reading reading = {.with_detail = options.with_detail};
    struct input *input = NULL;
    const struct input_options input_options = {
        .name = "test",
        .format = options.format,
        .map = options.map,
        .record_limit_bytes = options.limit ? options.limit : 16u << 20,
        .block_bytes = options.block_bytes ? options.block_bytes : 1u << 20,
        .sink = show_block,
        .context = &reading,
    };
    reading.decoder = decoder_new();
    if (options.repair_lane) {
        decoder_use_repair_lane(reading.decoder);
    }
    reading.status = input_open(&input_options, &input, &reading.failure);
    if (reading.status == HEARSAY_OK) {
        feed_all(&reading, input, bytes, options.chunk_bytes);
        if (input_format(input)) {
            strncpy(reading.description, format_description(input_format(input)),
                    sizeof reading.description - 1);
        }
        input_free(input);
    }
    decoder_free(reading.decoder);
    reading.decoder = NULL;
    buffer_append_byte(&reading.text, '\0');
    return reading;
}

#endif
