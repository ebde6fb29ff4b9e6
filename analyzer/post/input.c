#include "post/input.h"

#include <stdlib.h>

#include "base/failure.h"
#include "post/column_map.h"
#include "post/encoding.h"
#include "post/format.h"
#include "post/json_cut.h"
#include "post/sniff.h"

#define SNIFF_BYTES (64u * 1024u)
#define BLOCK_BYTES_MIN 256u
/* What is kept of a record that is too long. */
#define TOO_LONG_SHOWN 256u
/* After a quote that is never closed the rest is read again. Each such reading costs the bytes that
 * are held; this much is allowed at first, and more for every byte that arrives. Beyond it rows are
 * read line by line, so that a hostile file cannot make the work quadratic. */
#define QUOTE_ALLOWANCE_BYTES (64u << 20)
#define QUOTE_ALLOWANCE_PER_BYTE 64u

/* A block with the memory behind it. */
struct owned_block {
    struct block block; /* first: block_free gets a pointer to it */
    char memory[];
};

enum skip { SKIP_NOTHING, SKIP_LINE, SKIP_VALUE };

struct input {
    struct input_options options;
    struct arena arena; /* copies of the options' strings */
    struct buffer head; /* raw bytes before the format is known */
    struct buffer text; /* UTF-8 made of UTF-16 */
    struct utf16 utf16;
    enum encoding encoding;
    struct format *format;
    struct owned_block *current;
    size_t used;
    size_t capacity;
    uint64_t line;
    uint64_t sequence;
    enum skip skip;
    struct json_cut skip_cut;
    uint64_t quote_allowance_bytes;
    size_t header_left; /* bytes of a table's header that are still to be dropped */
    bool is_array;      /* a document that begins with a square bracket */
    char last;          /* the last byte of what was handed on that is no space; 0: none */
    bool is_started;
};

void block_free(struct block *block) {
    if (block) {
        format_release(block->format);
        free(block);
    }
}

static struct owned_block *block_new(size_t capacity) {
    struct owned_block *owned = NULL;
    if (capacity <= SIZE_MAX / 2) {
        owned = malloc(sizeof *owned + capacity + BLOCK_PADDING);
    }
    if (owned) {
        owned->block = (struct block){0};
    }
    return owned;
}

static enum hearsay_status copy_option(struct arena *arena, const char **option) {
    struct str copy;
    if (!*option) {
        return HEARSAY_OK;
    }
    if (!arena_copy(arena, str_from_c(*option), &copy)) {
        return HEARSAY_NO_MEMORY;
    }
    *option = copy.ptr;
    return HEARSAY_OK;
}

enum hearsay_status input_open(const struct input_options *options, struct input **input,
                               struct hearsay_failure *failure) {
    struct column_map map;
    enum hearsay_status status = sniff_check_name(options->format, failure);
    if (status == HEARSAY_OK && options->map) {
        status = column_map_parse(str_from_c(options->map), &map, failure);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    struct input *made = calloc(1, sizeof *made);
    if (!made) {
        return failure_memory(failure);
    }
    made->options = *options;
    made->line = 1;
    made->quote_allowance_bytes = QUOTE_ALLOWANCE_BYTES;
    made->capacity =
        options->block_bytes < BLOCK_BYTES_MIN ? BLOCK_BYTES_MIN : options->block_bytes;
    if (!made->options.name) {
        made->options.name = "";
    }
    if (copy_option(&made->arena, &made->options.name) != HEARSAY_OK ||
        copy_option(&made->arena, &made->options.format) != HEARSAY_OK ||
        copy_option(&made->arena, &made->options.map) != HEARSAY_OK) {
        input_free(made);
        return failure_memory(failure);
    }
    *input = made;
    return HEARSAY_OK;
}

void input_free(struct input *input) {
    if (!input) {
        return;
    }
    format_release(input->format);
    buffer_free(&input->head);
    buffer_free(&input->text);
    arena_free(&input->arena);
    free(input->current);
    free(input);
}

const struct format *input_format(const struct input *input) {
    return input->format;
}

/* The last byte that is no space, or `otherwise`. */
static char last_byte(struct str bytes, char otherwise) {
    bytes = str_trim(bytes);
    return bytes.len > 0 ? bytes.ptr[bytes.len - 1] : otherwise;
}

/* Hands the first `len` bytes of the current block on. What is left over is carried into a new
 * block of `capacity` bytes. */
static enum hearsay_status flush(struct input *input, size_t len, const char *reject_reason,
                                 uint64_t first_line, size_t shown) {
    struct owned_block *done = input->current;
    size_t rest = input->used - len;
    struct owned_block *next =
        block_new(rest > input->capacity / 2 ? rest + input->capacity : input->capacity);
    if (!next || !done) {
        free(next);
        return HEARSAY_NO_MEMORY;
    }
    memcpy(next->memory, done->memory + len, rest);
    struct str taken = {done->memory, len};
    input->line += format_count_lines(input->format, taken);
    input->last = last_byte(taken, input->last);
    memset(done->memory + shown, 0, BLOCK_PADDING);
    done->block.bytes = (struct str){done->memory, shown};
    done->block.first_line = first_line;
    done->block.format = format_retain(input->format);
    done->block.reject_reason = reject_reason;
    done->block.input_index = input->options.input_index;
    done->block.sequence = input->sequence++;
    input->current = next;
    if (rest > input->capacity / 2) {
        input->capacity += rest;
    }
    input->used = rest;
    return input->options.sink(input->options.context, &done->block);
}

static enum hearsay_status reject_too_long(struct input *input) {
    size_t shown = input->used < TOO_LONG_SHOWN ? input->used : TOO_LONG_SHOWN;
    size_t start = 0;
    size_t end;
    input->skip = input->format->cut == CUT_DOCUMENT ? SKIP_VALUE : SKIP_LINE;
    input->skip_cut = (struct json_cut){0};
    struct str bytes = {input->current->memory, input->used};
    if (input->skip == SKIP_VALUE) {
        json_cut_next(&input->skip_cut, bytes, 0, &start, &end);
    }
    uint64_t line = input->line + format_count_lines(input->format, str_slice(bytes, 0, start));
    return flush(input, input->used, "too_long", line, shown);
}

/* A quote at `quote_at` is never closed: its record is rejected up to the end of that line, and
 * what follows is read again. */
static enum hearsay_status reject_open_quote(struct input *input, size_t quote_at) {
    struct str bytes = {input->current->memory, input->used};
    size_t end = csv_line_end(&input->format->dialect, bytes, quote_at);
    uint64_t line = input->line + format_count_lines(input->format, str_slice(bytes, 0, quote_at));
    size_t shown = end < TOO_LONG_SHOWN * 4 ? end : TOO_LONG_SHOWN * 4;
    input->quote_allowance_bytes -= input->used;
    return flush(input, end, "open_quote", line, shown);
}

/* All that is held, line by line: a quote cannot reach past its line. */
static enum hearsay_status flush_lines(struct input *input, bool final) {
    struct str bytes = {input->current->memory, input->used};
    size_t end = csv_line_end(&input->format->dialect, bytes, 0);
    for (size_t next = end; next < bytes.len;) {
        next = csv_line_end(&input->format->dialect, bytes, next);
        end = next < bytes.len ? next : end; /* the last line may not be whole yet */
    }
    end = final ? bytes.len : end;
    input->current->block.is_line_by_line = true;
    return flush(input, end, NULL, input->line, end);
}

/* No record ends within the full block: make room, or give the record up. */
static enum hearsay_status grow(struct input *input) {
    if (input->used > input->format->record_limit_bytes) {
        return reject_too_long(input);
    }
    size_t capacity = input->capacity * 2;
    struct owned_block *block = block_new(capacity);
    if (!block || !input->current) {
        free(block);
        return HEARSAY_NO_MEMORY;
    }
    memcpy(block->memory, input->current->memory, input->used);
    free(input->current);
    input->current = block;
    input->capacity = capacity;
    return HEARSAY_OK;
}

/* Hands on what is whole in the current block. */
static enum hearsay_status cut(struct input *input, bool final) {
    struct str bytes = {input->current->memory, input->used};
    size_t quote_at;
    size_t end = format_cut_end(input->format, bytes, final, &quote_at);
    if (end > 0) {
        return flush(input, end, NULL, input->line, end);
    }
    bool is_over_limit = input->used > input->format->record_limit_bytes;
    if (input->format->cut == CUT_CSV && is_over_limit && quote_at == SIZE_MAX) {
        format_cut_end(input->format, bytes, true, &quote_at);
    }
    /* A single line that is too long is just that, whatever its quotes say. */
    bool is_one_line = csv_line_end(&input->format->dialect, bytes, 0) == bytes.len;
    if (quote_at != SIZE_MAX && !(is_over_limit && is_one_line)) {
        return input->quote_allowance_bytes >= input->used ? reject_open_quote(input, quote_at)
                                                           : flush_lines(input, final);
    }
    return grow(input);
}

/* Drops the rest of a record that is too long; gives the number of bytes that belong to it. */
static size_t skip(struct input *input, struct str bytes) {
    size_t start;
    size_t end = bytes.len;
    bool is_over;
    if (input->skip == SKIP_VALUE) {
        is_over = json_cut_next(&input->skip_cut, bytes, 0, &start, &end);
        end = is_over ? end : bytes.len;
    } else {
        bool is_cr = input->format->dialect.record_end == RECORD_END_CR;
        size_t newline = str_find_byte(bytes, is_cr ? '\r' : '\n', 0);
        is_over = newline != STR_NOT_FOUND;
        end = is_over ? newline + 1 : bytes.len;
    }
    input->line += format_count_lines(input->format, str_slice(bytes, 0, end));
    if (is_over) {
        input->skip = SKIP_NOTHING;
    }
    return end;
}

static enum hearsay_status push(struct input *input, struct str bytes) {
    while (bytes.len > 0) {
        size_t taken;
        if (input->header_left > 0) {
            taken = bytes.len < input->header_left ? bytes.len : input->header_left;
            input->header_left -= taken;
            input->line += format_count_lines(input->format, str_slice(bytes, 0, taken));
        } else if (input->skip != SKIP_NOTHING) {
            taken = skip(input, bytes);
        } else {
            if (!input->current && !(input->current = block_new(input->capacity))) {
                return HEARSAY_NO_MEMORY;
            }
            size_t room = input->capacity - input->used;
            taken = bytes.len < room ? bytes.len : room;
            memcpy(input->current->memory + input->used, bytes.ptr, taken);
            input->quote_allowance_bytes += taken * QUOTE_ALLOWANCE_PER_BYTE;
            input->used += taken;
        }
        bytes = str_slice(bytes, taken, bytes.len);
        if (input->used == input->capacity) {
            enum hearsay_status status = cut(input, false);
            if (status != HEARSAY_OK) {
                return status;
            }
        }
    }
    return HEARSAY_OK;
}

static enum hearsay_status push_encoded(struct input *input, struct str bytes) {
    if (input->encoding == ENCODING_UTF8) {
        return push(input, bytes);
    }
    buffer_clear(&input->text);
    if (!utf16_append(&input->utf16, bytes, &input->text)) {
        return HEARSAY_NO_MEMORY;
    }
    return push(input, buffer_str(&input->text));
}

static const char *encoding_name(enum encoding encoding) {
    static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "binary"};
    return names[encoding];
}

/* Completes the description with what only the bytes tell. */
static void describe(struct format *format, enum encoding encoding, bool has_bom) {
    struct buffer text = {0};
    const char *shape = format->description; /* the sniffer left the dialect there */
    buffer_printf(&text, "%s (%s%s%s%s)", format->name, shape, *shape ? ", " : "",
                  encoding_name(encoding), has_bom ? " with BOM" : "");
    size_t len = text.len < sizeof format->description ? text.len : sizeof format->description - 1;
    if (!text.failed) {
        memcpy(format->description, text.ptr, len);
        format->description[len] = '\0';
    }
    buffer_free(&text);
}

/* Decides encoding and format from the head, then treats the head like all other bytes. */
static enum hearsay_status start(struct input *input, bool is_whole,
                                 struct hearsay_failure *failure) {
    size_t bom;
    struct str head = buffer_str(&input->head);
    input->encoding = encoding_detect(head, &bom);
    if (input->encoding == ENCODING_BINARY) {
        return failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(input->options.name), 0, 0,
                           "this looks like a binary file, not like posts; `hearsay formats` lists "
                           "what is read");
    }
    input->utf16.is_big_endian = input->encoding == ENCODING_UTF16BE;
    head = str_slice(head, bom, head.len);
    struct str text = head;
    struct utf16 utf16 = input->utf16;
    if (input->encoding != ENCODING_UTF8) {
        if (!utf16_append(&utf16, head, &input->text)) {
            return failure_memory(failure);
        }
        text = buffer_str(&input->text);
    }
    if (str_trim(text).len == 0 && is_whole) {
        return HEARSAY_OK;
    }
    struct sniff_options options = {input->options.name, input->options.format, input->options.map,
                                    is_whole};
    enum hearsay_status status = sniff_format(text, &options, &input->format, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    input->format->record_limit_bytes = input->options.record_limit_bytes;
    describe(input->format, input->encoding, bom > 0);
    input->header_left = input->format->header_bytes;
    text = str_trim(text);
    input->is_array = input->format->cut == CUT_DOCUMENT && text.len > 0 && text.ptr[0] == '[';
    input->is_started = true;
    status = push_encoded(input, head);
    buffer_free(&input->head);
    return status == HEARSAY_NO_MEMORY ? failure_memory(failure) : status;
}

enum hearsay_status input_feed(struct input *input, const char *bytes, size_t len,
                               struct hearsay_failure *failure) {
    enum hearsay_status status = HEARSAY_OK;
    if (!input->is_started) {
        size_t room = SNIFF_BYTES - input->head.len;
        size_t taken = len < room ? len : room;
        if (!buffer_append(&input->head, bytes, taken)) {
            return failure_memory(failure);
        }
        bytes += taken;
        len -= taken;
        if (input->head.len == SNIFF_BYTES) {
            status = start(input, false, failure);
        }
    }
    if (status == HEARSAY_OK && input->is_started && len > 0) {
        status = push_encoded(input, (struct str){bytes, len});
        status = status == HEARSAY_NO_MEMORY ? failure_memory(failure) : status;
    }
    return status;
}

/* True if the bytes end between two values of an array that is never closed. An end inside a value
 * is seen by who decodes it. */
static bool is_array_open(const struct input *input) {
    struct str held = {input->current ? input->current->memory : "", input->used};
    struct json_cut cut = {0};
    size_t start;
    size_t end = 0;
    if (!input->is_array || input->skip != SKIP_NOTHING) {
        return false;
    }
    while (json_cut_next(&cut, held, end, &start, &end)) {
    }
    return !cut.in_record && last_byte(held, input->last) != ']';
}

/* Where an array is never closed, records are missing: that is a rejection of its own. */
static enum hearsay_status reject_open_array(struct input *input) {
    if (!input->current && !(input->current = block_new(input->capacity))) {
        return HEARSAY_NO_MEMORY;
    }
    return flush(input, 0, "bad_json", input->line, 0);
}

enum hearsay_status input_finish(struct input *input, struct hearsay_failure *failure) {
    enum hearsay_status status = HEARSAY_OK;
    if (!input->is_started) {
        status = start(input, true, failure);
    }
    if (status == HEARSAY_OK && input->is_started && input->encoding != ENCODING_UTF8) {
        buffer_clear(&input->text);
        status = utf16_finish(&input->utf16, &input->text) ? push(input, buffer_str(&input->text))
                                                           : HEARSAY_NO_MEMORY;
    }
    bool is_open = status == HEARSAY_OK && is_array_open(input);
    while (status == HEARSAY_OK && input->used > 0) {
        status = cut(input, true);
    }
    if (status == HEARSAY_OK && is_open) {
        status = reject_open_array(input);
    }
    return status == HEARSAY_NO_MEMORY ? failure_memory(failure) : status;
}
