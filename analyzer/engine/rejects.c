#include "engine/rejects.h"

#include <stdio.h>

#include "base/json.h"
#include "base/utf8.h"

/* A rejected record of more bytes is cut in --rejects; the file, line and reason stay. */
#define REJECT_RAW_LIMIT (1u << 20)

void rejects_init(struct rejects *rejects, struct memory_budget *budget, bool keep_rows) {
    *rejects = (struct rejects){.keep_rows = keep_rows};
    runs_init(&rejects->rows, budget);
}

static int example_compare(const struct reject_example *a, const struct reject_example *b) {
    if (a->input != b->input) {
        return a->input < b->input ? -1 : 1;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->column == b->column ? 0 : (a->column < b->column ? -1 : 1);
}

static void example_insert(struct rejects *rejects, const struct reject_example *example) {
    size_t at = rejects->first_count;
    while (at > 0 && example_compare(example, &rejects->first[at - 1]) < 0) {
        at--;
    }
    if (at == REJECT_EXAMPLES) {
        return;
    }
    if (rejects->first_count < REJECT_EXAMPLES) {
        rejects->first_count++;
    }
    memmove(&rejects->first[at + 1], &rejects->first[at],
            (rejects->first_count - at - 1) * sizeof rejects->first[0]);
    rejects->first[at] = *example;
}

void rejects_merge_first(struct rejects *rejects, const struct rejects *other) {
    for (size_t i = 0; i < other->first_count; i++) {
        example_insert(rejects, &other->first[i]);
    }
}

static void append_hex(struct buffer *out, struct str bytes) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.len; i++) {
        buffer_append_byte(out, digits[(unsigned char)bytes.ptr[i] >> 4]);
        buffer_append_byte(out, digits[(unsigned char)bytes.ptr[i] & 15]);
    }
}

bool reject_row(const struct record *record, struct buffer *out) {
    struct str raw = str_slice(record->raw, 0, REJECT_RAW_LIMIT);
    buffer_append_c(out, "\"line\":");
    buffer_append_u64(out, record->line);
    buffer_append_c(out, ",\"column\":");
    buffer_append_u64(out, record->column);
    buffer_append_c(out, ",\"reason\":");
    json_append_string(out, str_from_c(record->name));
    buffer_append_c(out, ",\"detail\":");
    json_append_string(out, record->detail);
    if (utf8_valid_prefix(raw) == raw.len) {
        buffer_append_c(out, ",\"raw\":");
        json_append_string(out, raw);
    } else {
        buffer_append_c(out, ",\"raw_hex\":\"");
        append_hex(out, raw);
        buffer_append_byte(out, '"');
    }
    if (raw.len < record->raw.len) {
        buffer_append_c(out, ",\"raw_truncated\":true");
    }
    return buffer_append_c(out, "}\n");
}

static void big_endian(uint64_t value, size_t bytes, char *out) {
    for (size_t i = 0; i < bytes; i++) {
        out[i] = (char)(value >> (8 * (bytes - 1 - i)) & 0xff);
    }
}

enum hearsay_status rejects_add(struct rejects *rejects, uint32_t input,
                                const struct record *record) {
    struct reject_example example = {
        .input = input, .line = record->line, .column = record->column, .reason = record->name};
    snprintf(example.detail, sizeof example.detail, "%.*s",
             (int)utf8_clip(record->detail, sizeof example.detail - 1).len,
             record->detail.len ? record->detail.ptr : "");
    example_insert(rejects, &example);
    if (!rejects->keep_rows) {
        return HEARSAY_OK;
    }
    char key[16];
    big_endian(input, 4, key);
    big_endian(record->line, 8, key + 4);
    big_endian(record->column, 4, key + 12);
    struct buffer row = {0};
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (reject_row(record, &row)) {
        status = runs_add(&rejects->rows, (struct str){key, sizeof key}, buffer_str(&row));
    }
    buffer_free(&row);
    return status;
}

void rejects_free(struct rejects *rejects) {
    runs_free(&rejects->rows);
}
