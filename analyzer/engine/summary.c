/* summary.json: counts in and out, rejections, caps, versions, hashes and settings. The only result
 * that names files and lines, and so the only one that may differ between two splits of one input.
 */
#include <stdlib.h>

#include "base/failure.h"
#include "base/json.h"
#include "coordination/score.h"
#include "engine/engine.h"
#include "rule/weights.h"

static void field_name(struct buffer *out, const char *name) {
    if (out->len > 0 && out->ptr[out->len - 1] != '{') {
        buffer_append_byte(out, ',');
    }
    json_append_string(out, str_from_c(name));
    buffer_append_byte(out, ':');
}

static void field_u64(struct buffer *out, const char *name, uint64_t value) {
    field_name(out, name);
    buffer_append_u64(out, value);
}

static void field_text(struct buffer *out, const char *name, const char *value) {
    field_name(out, name);
    if (value) {
        json_append_string(out, str_from_c(value));
    } else {
        buffer_append_c(out, "null");
    }
}

static void field_bool(struct buffer *out, const char *name, bool value) {
    field_name(out, name);
    buffer_append_c(out, value ? "true" : "false");
}

static void write_counts(const struct hearsay_engine *engine, struct buffer *out) {
    const struct hearsay_counts *counts = &engine->counts;
    struct tally other_events = {0};
    struct tally rejected = {0};
    uint64_t repairs[REPAIR_COUNT] = {0};
    uint64_t without_actor = 0;
    for (unsigned i = 0; i < engine->options.threads; i++) {
        const struct worker *worker = &engine->workers[i];
        tally_merge(&other_events, &worker->other_events);
        tally_merge(&rejected, &worker->rejected);
        without_actor += worker->without_actor;
        for (int bit = 0; bit < REPAIR_COUNT; bit++) {
            repairs[bit] += worker->repairs[bit];
        }
    }
    field_u64(out, "records_in", counts->records_in);
    field_u64(out, "posts", counts->posts);
    field_u64(out, "reposts", counts->reposts);
    field_u64(out, "duplicates", counts->duplicates);
    field_name(out, "other_events");
    tally_write(&other_events, out);
    field_name(out, "rejected");
    tally_write(&rejected, out);
    field_u64(out, "id_conflict", counts->id_conflict);
    field_name(out, "repaired");
    buffer_append_byte(out, '{');
    for (int bit = 0; bit < REPAIR_COUNT; bit++) {
        if (repairs[bit] > 0) {
            field_u64(out, repair_names[bit], repairs[bit]);
        }
    }
    buffer_append_byte(out, '}');
    field_u64(out, "without_account_or_time", without_actor);
}

static void write_results(const struct hearsay_counts *counts, struct buffer *out) {
    field_name(out, "results");
    buffer_append_byte(out, '{');
    field_u64(out, "findings", counts->findings);
    field_u64(out, "flagged_findings", counts->flagged_findings);
    field_u64(out, "claims", counts->claims);
    field_u64(out, "accounts", counts->accounts);
    field_u64(out, "flagged_accounts", counts->flagged_accounts);
    field_u64(out, "edges", counts->edges);
    field_u64(out, "clusters", counts->clusters);
    buffer_append_byte(out, '}');
}

static uint64_t input_records(const struct hearsay_engine *engine, uint32_t input) {
    uint64_t records = 0;
    for (unsigned i = 0; i < engine->options.threads; i++) {
        const struct worker *worker = &engine->workers[i];
        if (input < worker->records_per_input_count) {
            records += worker->records_per_input[input];
        }
    }
    return records;
}

static void write_inputs(const struct hearsay_engine *engine, struct buffer *out) {
    field_name(out, "inputs");
    buffer_append_byte(out, '[');
    for (uint32_t i = 0; i < engine->input_count; i++) {
        const struct input_record *input = &engine->inputs[i];
        buffer_append_c(out, i ? ",{" : "{");
        field_text(out, "file", input->name);
        field_text(out, "format", input->format);
        field_u64(out, "bytes", input->bytes);
        field_u64(out, "records", input_records(engine, i));
        field_text(out, "note", input->note);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void write_first_rejections(const struct hearsay_engine *engine, struct buffer *out) {
    struct rejects first = {0};
    for (unsigned i = 0; i < engine->options.threads; i++) {
        rejects_merge_first(&first, &engine->workers[i].rejects);
    }
    field_name(out, "first_rejections");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < first.first_count; i++) {
        const struct reject_example *example = &first.first[i];
        buffer_append_c(out, i ? ",{" : "{");
        field_text(out, "file", engine->inputs[example->input].name);
        field_u64(out, "line", example->line);
        field_u64(out, "column", example->column);
        field_text(out, "reason", example->reason);
        field_text(out, "detail", example->detail);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

/* Sources are numbered in order of arrival; their names give the order here. */
static int key_compare(const void *left, const void *right) {
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static bool write_sources(const struct hearsay_engine *engine, const struct source_times *times,
                          struct buffer *out) {
    const struct map *map = &engine->sources.map;
    struct str *keys = malloc((map->count + 1) * sizeof *keys);
    if (!keys) {
        return false;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        keys[i] = map->keys[i];
    }
    qsort(keys, map->count, sizeof *keys, key_compare);
    field_name(out, "sources");
    buffer_append_byte(out, '[');
    for (uint32_t i = 0; i < map->count; i++) {
        const struct source_times *source = &times[map_find(map, keys[i])];
        size_t zero = str_find_byte(keys[i], '\0', 0);
        buffer_append_c(out, i ? ",{" : "{");
        field_name(out, "format");
        json_append_string(out, str_slice(keys[i], 0, zero));
        field_name(out, "platform");
        json_append_string(out, str_slice(keys[i], zero + 1, keys[i].len));
        field_u64(out, "posts_with_time", source->posts);
        field_text(out, "time_precision", precision_name(source_precision(source)));
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
    free(keys);
    return true;
}

static void write_near_texts(const struct near_report *near, struct buffer *out) {
    field_name(out, "near_duplicates");
    buffer_append_byte(out, '{');
    field_u64(out, "distinct_texts", near->texts);
    field_u64(out, "clusters", near->clusters);
    field_u64(out, "joined_texts", near->joined);
    field_u64(out, "links_cut", near->links_cut);
    field_u64(out, "capped_buckets", near->capped_buckets);
    buffer_append_byte(out, '}');
}

/* The numbers that a score was made with, and a hash of their text. */
static void write_score_model(struct buffer *out) {
    const struct {
        const char *name;
        double value;
    } rows[] = {{"closeness_exponent", score_model.closeness_exponent},
                {"search_discount", score_model.search_discount},
                {"chance_discount", score_model.chance_discount},
                {"posts_prior", score_model.posts_prior},
                {"chance_ceiling", score_model.chance_ceiling},
                {"company_weight", score_model.company_weight},
                {"half_evidence", score_model.half_evidence}};
    field_name(out, "score_model");
    size_t start = out->len;
    buffer_append_byte(out, '{');
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        field_name(out, rows[i].name);
        buffer_append_double(out, rows[i].value, 12);
    }
    char hash[DIGEST_HEX_SIZE];
    digest_hex(hash128(str_slice(buffer_str(out), start, out->len)), hash);
    field_text(out, "hash", hash);
    buffer_append_byte(out, '}');
}

static void write_coordination(const struct hearsay_engine *engine,
                               const struct coordination_report *report, struct buffer *out) {
    field_name(out, "coordination");
    buffer_append_c(out, "{\"layers\":{");
    for (int layer = 0; layer < LAYER_COUNT; layer++) {
        if ((engine->layers >> layer & 1u) == 0) {
            continue;
        }
        field_name(out, layer_table[layer].name);
        buffer_append_byte(out, '{');
        field_name(out, "window_s");
        buffer_append_double(out, report->window_s[layer], 12);
        field_bool(out, "window_was_widened", report->window_was_widened[layer]);
        field_u64(out, "actions", report->actions[layer]);
        field_u64(out, "shared_objects", report->objects[layer]);
        field_u64(out, "co_actions", report->co_actions[layer]);
        field_u64(out, "capped_objects", report->capped_objects[layer]);
        field_u64(out, "skipped_pairs", report->skipped_pairs[layer]);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, '}');
    write_score_model(out);
    field_u64(out, "tested_pairs", report->tested_pairs);
    field_u64(out, "significant_edges", report->significant_edges);
    field_u64(out, "omitted_co_actions", report->omitted_co_actions);
    write_near_texts(&engine->near_texts, out);
    buffer_append_byte(out, '}');
}

/* What the windows of rules held, and what they had to forget. */
static void write_windows(const struct hearsay_engine *engine, struct buffer *out) {
    const struct window_report *report = &engine->windows;
    field_name(out, "windows");
    buffer_append_byte(out, '{');
    field_u64(out, "posts", report->posts);
    field_u64(out, "fired", report->fired);
    field_u64(out, "keys_evicted", report->keys_evicted);
    field_u64(out, "posts_dropped", report->posts_dropped);
    field_u64(out, "texts_evicted", report->resemblance.texts_evicted);
    field_u64(out, "posts_cut", report->resemblance.posts_cut);
    buffer_append_byte(out, '}');
}

static void write_labels(const struct hearsay_engine *engine, struct buffer *out) {
    field_name(out, "labels");
    buffer_append_byte(out, '{');
    field_u64(out, "given", engine->labels.given);
    field_u64(out, "evicted", engine->labels.evicted);
    buffer_append_byte(out, '}');
}

static void write_limits(const struct hearsay_engine *engine, struct buffer *out) {
    uint64_t limit_posts = 0;
    uint64_t left_out = 0;
    for (unsigned i = 0; i < engine->options.threads; i++) {
        limit_posts += engine->workers[i].limit_posts;
        left_out += engine->workers[i].objects_left_out;
    }
    field_name(out, "limits");
    buffer_append_byte(out, '{');
    field_u64(out, "memory_bytes", engine->options.memory_bytes);
    field_u64(out, "spilled_bytes", engine->budget.spilled_bytes);
    field_u64(out, "posts_with_match_limit", limit_posts);
    field_u64(out, "objects_left_out", left_out);
    field_u64(out, "claims_forgotten", engine->claims_forgotten);
    field_bool(out, "habits_left_out", engine->habits_left_out);
    field_u64(out, "record_limit_bytes", engine->options.record_limit_bytes);
    buffer_append_byte(out, '}');
}

static void write_weights(const struct hearsay_rules *rules, struct buffer *out) {
    const struct weights *weights = pack_weights(rules);
    if (!weights) {
        buffer_append_c(out, "null");
        return;
    }
    buffer_append_byte(out, '{');
    field_text(out, "hash", weights->file_hash);
    field_text(out, "data_hash", weights->data_hash);
    field_text(out, "pack_hash", weights->pack_hash);
    buffer_append_byte(out, '}');
}

static void write_rules(const struct hearsay_engine *engine, struct buffer *out) {
    const struct hearsay_rules *rules = engine->options.rules;
    field_name(out, "rules");
    if (!rules) {
        buffer_append_c(out, "null");
        return;
    }
    const struct ast *ast = pack_ast(rules);
    buffer_append_byte(out, '{');
    field_text(out, "pack", hearsay_rules_name(rules));
    field_text(out, "version", hearsay_rules_version(rules));
    field_name(out, "hash");
    json_append_string(out, pack_hash(rules));
    field_u64(out, "rules", hearsay_rules_count(rules));
    field_name(out, "prior");
    buffer_append_double(out, pack_prior(rules), 12);
    field_name(out, "weights");
    write_weights(rules, out);
    field_name(out, "threshold");
    buffer_append_double(out, ast->threshold, 12);
    field_name(out, "lists");
    buffer_append_byte(out, '[');
    for (uint32_t i = 0; i < ast->list_count; i++) {
        buffer_append_c(out, i ? ",{" : "{");
        field_name(out, "name");
        json_append_string(out, ast->lists[i].name);
        field_name(out, "hash");
        json_append_string(out, ast->lists[i].hash_hex);
        buffer_append_byte(out, '}');
    }
    buffer_append_c(out, "]}");
}

static void write_settings(const struct hearsay_engine *engine, struct buffer *out) {
    const struct hearsay_options *options = &engine->options;
    field_name(out, "settings");
    buffer_append_byte(out, '{');
    field_u64(out, "threads", options->threads);
    field_name(out, "window_s");
    buffer_append_double(out, options->window_s, 12);
    field_name(out, "q");
    buffer_append_double(out, options->q, 12);
    field_bool(out, "strict", options->is_strict);
    field_text(out, "format", options->format ? options->format : "auto");
    field_text(out, "map", options->map);
    buffer_append_byte(out, '}');
}

enum hearsay_status summary_write(struct hearsay_engine *engine,
                                  const struct coordination_report *report,
                                  const struct source_times *times,
                                  struct hearsay_failure *failure) {
    struct buffer out = {0};
    buffer_append_c(&out, "{\"schema\":\"hearsay.summary/1\",\"program\":{\"name\":\"hearsay\","
                          "\"version\":\"" HEARSAY_VERSION "\"}");
    write_counts(engine, &out);
    write_results(&engine->counts, &out);
    write_inputs(engine, &out);
    write_first_rejections(engine, &out);
    bool is_written = !times || write_sources(engine, times, &out);
    if (report) {
        write_coordination(engine, report, &out);
    }
    if (engine->options.rules && pack_has_windows(engine->options.rules)) {
        write_windows(engine, &out);
    }
    if (engine->options.rules && pack_has_labels(engine->options.rules)) {
        write_labels(engine, &out);
    }
    write_limits(engine, &out);
    write_rules(engine, &out);
    summary_registries(engine, &out);
    write_settings(engine, &out);
    buffer_append_c(&out, "}\n");
    enum hearsay_status status =
        is_written && !out.failed ? engine_write(engine, HEARSAY_SUMMARY, buffer_str(&out), failure)
                                  : failure_memory(failure);
    buffer_free(&out);
    return status;
}
