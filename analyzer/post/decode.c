#include "post/decode.h"

#include <stdlib.h>

#include "post/emit.h"
#include "post/json_cut.h"
#include "post/json_fast.h"
#include "post/json_repair.h"
#include "post/lane.h"

const char *const repair_names[REPAIR_COUNT] = {"invalid_utf8",  "lone_surrogate", "raw_control",
                                                "backslash_x",   "ragged_row",     "lazy_quotes",
                                                "truncated_text"};

#define TOO_LONG_SHOWN 256u

struct decoder {
    struct json_fast *fast;
    struct json_repair repair;
    struct json_tree tree;
    struct csv_row row;
    struct emitter emitter;
    bool repairs_only; /* tests: never the fast lane */
};

struct decoder *decoder_new(void) {
    struct decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder && !(decoder->fast = json_fast_new())) {
        free(decoder);
        return NULL;
    }
    return decoder;
}

void decoder_free(struct decoder *decoder) {
    if (!decoder) {
        return;
    }
    json_fast_free(decoder->fast);
    json_repair_free(&decoder->repair);
    json_tree_free(&decoder->tree);
    csv_row_free(&decoder->row);
    arena_free(&decoder->emitter.arena);
    buffer_free(&decoder->emitter.detail);
    free(decoder);
}

void decoder_use_repair_lane(struct decoder *decoder) {
    decoder->repairs_only = true;
}

/* Sets what every record of the row has in common. */
static void begin_record(struct emitter *emitter, struct str raw, uint64_t line) {
    if (emitter->is_arena_used) {
        arena_reset(&emitter->arena);
        emitter->is_arena_used = false;
    }
    emitter->record = (struct record){.raw = raw, .line = line};
}

static enum hearsay_status reject_too_long(struct emitter *emitter, struct str raw) {
    emitter->record.raw = str_slice(raw, 0, TOO_LONG_SHOWN);
    return emit_reject(emitter, "too_long",
                       STR("the record is longer than the limit (--record-limit)"));
}

static enum hearsay_status adapt(struct decoder *decoder) {
    static json_adapter *const adapters[] = {
        [FORMAT_NDJSON] = adapter_canonical,
        [FORMAT_TWITTER_V1] = adapter_twitter_v1,
        [FORMAT_TWITTER_V2] = adapter_twitter_v2,
        [FORMAT_JETSTREAM_V1] = adapter_jetstream,
    };
    struct emitter *emitter = &decoder->emitter;
    const struct json_node *root = &decoder->tree.nodes[0];
    emitter->tree = &decoder->tree;
    if (root->kind != NODE_OBJECT) {
        return emit_reject(emitter, "bad_type", STR("the record is not a JSON object"));
    }
    return adapters[emitter->format->kind](emitter, root);
}

static enum hearsay_status repair_row(struct decoder *decoder, struct str row) {
    struct json_repair *repair = &decoder->repair;
    struct emitter *emitter = &decoder->emitter;
    enum hearsay_status status = json_repair_parse(repair, row, &decoder->tree);
    if (status == HEARSAY_OK) {
        emitter->record.repairs = repair->mend.repairs;
        return adapt(decoder);
    }
    if (status != HEARSAY_BAD_INPUT) {
        return status;
    }
    emitter->record.column = repair->column;
    if (repair->line_in_row > 1) {
        emitter->record.column = 0; /* the column would be taken for one of the first line */
        buffer_printf(&repair->detail, " (line %llu, column %u)",
                      (unsigned long long)(emitter->record.line + repair->line_in_row - 1),
                      repair->column);
    }
    return emit_reject(emitter, repair->reason, buffer_str(&repair->detail));
}

static enum hearsay_status json_row(struct decoder *decoder, struct str row, uint64_t line) {
    struct emitter *emitter = &decoder->emitter;
    begin_record(emitter, row, line);
    if (row.len > emitter->format->record_limit_bytes) {
        return reject_too_long(emitter, row);
    }
    if (!decoder->repairs_only) {
        switch (json_fast_parse(decoder->fast, row, &decoder->tree)) {
        case JSON_LANE_OK:
            return adapt(decoder);
        case JSON_LANE_NO_MEMORY:
            return HEARSAY_NO_MEMORY;
        case JSON_LANE_REFUSED:
            break;
        }
    }
    return repair_row(decoder, row);
}

static bool is_blank(struct str row) {
    if (row.len > 0 && row.ptr[0] == '{') {
        return false;
    }
    return str_trim(row).len == 0;
}

static enum hearsay_status json_lines(struct decoder *decoder, const struct block *block) {
    const char *at = block->bytes.ptr;
    const char *end = at + block->bytes.len;
    uint64_t line = block->first_line;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        struct str row = {at, (size_t)(stop - at)};
        if (row.len > 0 && row.ptr[row.len - 1] == '\r') {
            row.len--;
        }
        if (!is_blank(row)) {
            enum hearsay_status status = json_row(decoder, row, line);
            if (status != HEARSAY_OK) {
                return status;
            }
        }
        at = stop + 1;
        line++;
    }
    return HEARSAY_OK;
}

static enum hearsay_status json_document(struct decoder *decoder, const struct block *block) {
    struct str bytes = block->bytes;
    struct json_cut cut = {0};
    uint64_t line = block->first_line;
    size_t counted = 0;
    size_t end = 0;
    for (;;) {
        size_t start = bytes.len;
        size_t at = end;
        if (!json_cut_next(&cut, bytes, at, &start, &end)) {
            if (!cut.in_record) {
                return HEARSAY_OK;
            }
            end = bytes.len; /* the input ended inside the last value */
            cut.in_record = false;
        }
        line += format_count_lines(block->format, str_slice(bytes, counted, start));
        counted = start;
        enum hearsay_status status = json_row(decoder, str_slice(bytes, start, end), line);
        if (status != HEARSAY_OK || end == bytes.len) {
            return status;
        }
    }
}

static enum hearsay_status table_row(struct decoder *decoder, struct str raw, uint64_t line) {
    struct emitter *emitter = &decoder->emitter;
    begin_record(emitter, raw, line);
    if (raw.len > emitter->format->record_limit_bytes) {
        return reject_too_long(emitter, raw);
    }
    if (decoder->row.is_lazy) {
        emitter->record.repairs |= REPAIR_LAZY_QUOTES;
    }
    return adapter_table(emitter, &decoder->row);
}

static struct str without_line_end(struct str raw) {
    while (raw.len > 0 && (raw.ptr[raw.len - 1] == '\n' || raw.ptr[raw.len - 1] == '\r')) {
        raw.len--;
    }
    return raw;
}

static enum hearsay_status table_rows(struct decoder *decoder, const struct block *block) {
    struct str rest = block->bytes;
    uint64_t line = block->first_line;
    while (rest.len > 0) {
        size_t used;
        size_t end =
            block->is_line_by_line ? csv_line_end(&block->format->dialect, rest, 0) : rest.len;
        if (!csv_read(&block->format->dialect, str_slice(rest, 0, end), &decoder->row, &used)) {
            return HEARSAY_NO_MEMORY;
        }
        struct str raw = str_slice(rest, 0, used);
        if (decoder->row.count > 0) {
            enum hearsay_status status = table_row(decoder, without_line_end(raw), line);
            if (status != HEARSAY_OK) {
                return status;
            }
        }
        line += format_count_lines(block->format, raw);
        rest = str_slice(rest, used, rest.len);
    }
    return HEARSAY_OK;
}

static enum hearsay_status rejected_block(struct decoder *decoder, const struct block *block) {
    struct emitter *emitter = &decoder->emitter;
    begin_record(emitter, block->bytes, block->first_line);
    if (strcmp(block->reject_reason, "too_long") == 0) {
        return reject_too_long(emitter, block->bytes);
    }
    if (strcmp(block->reject_reason, "bad_json") == 0) {
        return emit_reject(emitter, "bad_json",
                           STR("the input ends before the list of records does"));
    }
    return emit_reject(emitter, block->reject_reason,
                       STR("a quote that begins on this line is never closed"));
}

enum hearsay_status decoder_block(struct decoder *decoder, const struct block *block,
                                  record_visit *visit, void *context) {
    decoder->emitter.format = block->format;
    decoder->emitter.visit = visit;
    decoder->emitter.context = context;
    if (block->reject_reason) {
        return rejected_block(decoder, block);
    }
    switch (block->format->cut) {
    case CUT_LINES:
        return json_lines(decoder, block);
    case CUT_DOCUMENT:
        return json_document(decoder, block);
    case CUT_CSV:
        break;
    }
    return table_rows(decoder, block);
}
