#include "rule/trial.h"

#include <stdlib.h>

#include "base/failure.h"
#include "base/json.h"
#include "base/utf8.h"

enum { BLOCK_BYTES = 1 << 20 };

/* ---- Rows: the judged rules of both packs, put together by id ---- */

static struct str title_of(const struct rule *rule) {
    return rule->meta.id.len > 0 ? rule->meta.id : rule->name;
}

static bool add_rows(struct hearsay_trial *trial, struct side *side, bool is_new) {
    if (!side->rules) {
        return true;
    }
    side->row_of_rule = calloc(side->rules->rule_count + 1, sizeof *side->row_of_rule);
    side->matcher = matcher_new(side->rules);
    bool ok = side->row_of_rule && side->matcher;
    for (uint32_t i = 0; ok && i < side->rules->rule_count; i++) {
        const struct rule *rule = side->rules->rules[i].rule;
        side->row_of_rule[i] = MAP_NONE;
        if (side->rules->rules[i].is_judged) {
            uint32_t row = map_intern(&trial->titles, title_of(rule), NULL);
            ok = row != MAP_NONE;
            side->row_of_rule[i] = row;
            if (ok) {
                trial->rows[row].title = trial->titles.keys[row];
                *(is_new ? &trial->rows[row].new_rule : &trial->rows[row].old_rule) = rule;
            }
        }
    }
    return ok;
}

static bool make_rows(struct hearsay_trial *trial) {
    size_t most = trial->new_side.rules->rule_count +
                  (trial->old_side.rules ? trial->old_side.rules->rule_count : 0);
    trial->rows = calloc(most + 1, sizeof *trial->rows);
    trial->touched = calloc(most + 1, sizeof *trial->touched);
    bool ok = trial->rows && trial->touched && add_rows(trial, &trial->old_side, false) &&
              add_rows(trial, &trial->new_side, true);
    trial->row_count = trial->titles.count;
    return ok;
}

/* ---- Examples ---- */

static bool examples_add(struct examples *examples, struct str text) {
    struct digest digest = hash128(text);
    size_t at = 0;
    while (at < examples->count && digest_compare(examples->items[at].digest, digest) < 0) {
        at++;
    }
    bool is_known = at < examples->count && digest_equal(examples->items[at].digest, digest);
    if (is_known || at == EXAMPLES_MOST) {
        return true;
    }
    struct str clipped = utf8_clip(text, EXAMPLE_BYTES);
    char *copy = malloc(clipped.len + 1);
    if (!copy) {
        return false;
    }
    memcpy(copy, clipped.ptr, clipped.len);
    if (examples->count == EXAMPLES_MOST) {
        free(examples->items[--examples->count].text);
    }
    memmove(&examples->items[at + 1], &examples->items[at],
            (examples->count - at) * sizeof *examples->items);
    examples->items[at] = (struct example){digest, copy, clipped.len};
    examples->count++;
    return true;
}

static void examples_free(struct examples *examples) {
    for (size_t i = 0; i < examples->count; i++) {
        free(examples->items[i].text);
    }
}

static bool count_change(struct change *change, bool is_old, bool is_new, struct str text) {
    change->old_hits += is_old;
    change->new_hits += is_new;
    if (is_old == is_new) {
        return true;
    }
    *(is_new ? &change->gained : &change->lost) += 1;
    return examples_add(is_new ? &change->gained_texts : &change->lost_texts, text);
}

/* ---- Counting one post ---- */

/* What the post cost this side, in work and not in time, so that it can be compared. */
static void count_cost(struct side *side) {
    const struct matcher *matcher = side->matcher;
    for (uint32_t i = 0; i < matcher->candidate_count + side->rules->ungated_count; i++) {
        uint32_t rule = i < matcher->candidate_count
                            ? matcher->candidates[i]
                            : side->rules->ungated[i - matcher->candidate_count];
        const struct rule_code *code = &side->rules->rules[rule];
        if (!matcher_saw_all(matcher, code->gates, code->gate_count)) {
            continue;
        }
        side->tried++;
        for (uint32_t k = 0; k < code->rule->term_count; k++) {
            uint32_t pattern = side->rules->pattern_of_term[code->first_term + k];
            side->regexes += side->rules->patterns[pattern].kind == TERM_REGEX &&
                             matcher->patterns[pattern].epoch == matcher->epoch;
        }
    }
}

void trial_touch(struct hearsay_trial *trial, const struct side *side, unsigned seen,
                 const struct rule *rule) {
    uint32_t row = side->row_of_rule[rule->index];
    if (trial->rows[row].seen == 0) {
        trial->touched[trial->touched_count++] = row;
    }
    trial->rows[row].seen |= seen;
}

/* Nothing at all where there is no such side. */
static enum hearsay_status judge(struct side *side, const struct post *post,
                                 const struct folded *folded, struct judgement *judgement) {
    *judgement = (struct judgement){0};
    if (!side->rules) {
        return HEARSAY_OK;
    }
    enum hearsay_status status = matcher_post(side->matcher, post, folded, judgement);
    if (status == HEARSAY_OK) {
        count_cost(side);
    }
    return status;
}

static void confuse(struct side *side, bool is_claim, bool is_flagged) {
    side->true_positive += is_claim && is_flagged;
    side->false_positive += !is_claim && is_flagged;
    side->false_negative += is_claim && !is_flagged;
    side->true_negative += !is_claim && !is_flagged;
}

/* Copies of one text are one item for the tests, which assume independence. */
static bool count_flags(struct hearsay_trial *trial, const struct trial_post *post, bool old_flag,
                        bool new_flag) {
    uint32_t label = post->label;
    bool is_claim = label != MAP_NONE && trial->label_flags[label];
    if (label != MAP_NONE) {
        trial->labelled++;
        confuse(&trial->old_side, is_claim, old_flag);
        confuse(&trial->new_side, is_claim, new_flag);
    }
    if (old_flag != new_flag) {
        struct digest digest = hash128(post->text);
        bool is_first = false;
        struct str key = {(const char *)&digest, sizeof digest};
        if (map_intern(&trial->discordant, key, &is_first) == MAP_NONE) {
            return false;
        }
        trial->gained_texts += is_first && new_flag;
        trial->lost_texts += is_first && old_flag;
        trial->wrong_to_right += is_first && label != MAP_NONE && new_flag == is_claim;
        trial->right_to_wrong += is_first && label != MAP_NONE && new_flag != is_claim;
    }
    return count_change(&trial->flag, old_flag, new_flag, post->text);
}

static bool count_pair(struct hearsay_trial *trial, uint32_t a, uint32_t b) {
    uint32_t rows[2] = {a < b ? a : b, a < b ? b : a};
    struct str key = {(const char *)rows, sizeof rows};
    uint32_t pair = map_find(&trial->pairs, key);
    if (pair == MAP_NONE && trial->pairs.count >= PAIRS_MOST) {
        trial->pairs_left_out = true;
        return true;
    }
    pair = map_intern(&trial->pairs, key, NULL);
    if (pair == MAP_NONE) {
        return false;
    }
    if (pair >= trial->pair_capacity) {
        size_t wanted = trial->pair_capacity ? trial->pair_capacity * 2 : 256;
        struct pair_count *grown = realloc(trial->pair_counts, wanted * sizeof *grown);
        if (!grown) {
            return false;
        }
        memset(grown + trial->pair_capacity, 0, (wanted - trial->pair_capacity) * sizeof *grown);
        trial->pair_counts = grown;
        trial->pair_capacity = wanted;
    }
    trial->pair_counts[pair].both++;
    return true;
}

static bool count_rows(struct hearsay_trial *trial, struct str text) {
    bool ok = true;
    for (uint32_t i = 0; i < trial->touched_count; i++) {
        struct trial_row *row = &trial->rows[trial->touched[i]];
        ok = ok && count_change(&row->change, row->seen & SEEN_OLD, row->seen & SEEN_NEW, text);
        for (uint32_t k = i + 1; ok && !trial->old_side.rules && k < trial->touched_count; k++) {
            ok = count_pair(trial, trial->touched[i], trial->touched[k]);
        }
        row->seen = 0;
    }
    trial->touched_count = 0;
    return ok;
}

bool trial_count(struct hearsay_trial *trial, const struct trial_post *post, bool old_flag,
                 bool new_flag) {
    unsigned seen = 0;
    for (uint32_t i = 0; i < trial->touched_count; i++) {
        seen |= trial->rows[trial->touched[i]].seen;
    }
    trial->old_side.with_hit += (seen & SEEN_OLD) != 0;
    trial->new_side.with_hit += (seen & SEEN_NEW) != 0;
    return count_flags(trial, post, trial->old_side.rules ? old_flag : new_flag, new_flag) &&
           count_rows(trial, post->text);
}

static void touch_all(struct hearsay_trial *trial, const struct side *side, unsigned seen,
                      const struct judgement *judgement) {
    for (size_t i = 0; i < judgement->hit_count; i++) {
        trial_touch(trial, side, seen, judgement->hits[i].rule);
    }
}

static bool is_said(const struct judgement *judgement) {
    return judgement->hit_count > 0 || judgement->pending_count > 0;
}

static enum hearsay_status try_post(struct hearsay_trial *trial, const struct post *post) {
    struct folded folded;
    struct judgement old_judgement, new_judgement;
    struct trial_post counted = {
        post->text, post->id.len > 0 ? map_find(&trial->labels, post->id) : MAP_NONE, 0, 0};
    trial->posts++;
    if (post->text.len == 0) {
        return HEARSAY_OK;
    }
    if (!fold_text(&trial->folder, post->text, &folded)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = judge(&trial->old_side, post, &folded, &old_judgement);
    if (status == HEARSAY_OK) {
        status = judge(&trial->new_side, post, &folded, &new_judgement);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    if (trial->new_side.timeline && (is_said(&old_judgement) || is_said(&new_judgement))) {
        return trial_wait(trial, &counted, post, &old_judgement, &new_judgement);
    }
    touch_all(trial, &trial->old_side, SEEN_OLD, &old_judgement);
    touch_all(trial, &trial->new_side, SEEN_NEW, &new_judgement);
    return trial_count(trial, &counted, old_judgement.flag, new_judgement.flag) ? HEARSAY_OK
                                                                                : HEARSAY_NO_MEMORY;
}

/* ---- Reading ---- */

static enum hearsay_status visit(void *context, const struct record *record) {
    struct hearsay_trial *trial = context;
    trial->rejected += record->kind == RECORD_REJECTED;
    return record->kind == RECORD_POST ? try_post(trial, record->post) : HEARSAY_OK;
}

static enum hearsay_status take_block(void *context, struct block *block) {
    struct hearsay_trial *trial = context;
    enum hearsay_status status = HEARSAY_OK;
    if (block->reject_reason) {
        trial->rejected++;
    } else {
        status = decoder_block(trial->decoder, block, visit, trial);
    }
    block_free(block);
    return status;
}

enum hearsay_status hearsay_trial_input_begin(struct hearsay_trial *trial, const char *name,
                                              struct hearsay_failure *failure) {
    struct input_options options = {.name = name,
                                    .format = trial->format,
                                    .map = trial->map,
                                    .record_limit_bytes = 16u << 20,
                                    .block_bytes = BLOCK_BYTES,
                                    .sink = take_block,
                                    .context = trial};
    if (trial->is_settled) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "posts come before the first report");
    }
    input_free(trial->input);
    trial->input = NULL;
    return input_open(&options, &trial->input, failure);
}

/* What the input does not know of failures of its sink. */
static enum hearsay_status say(const struct hearsay_trial *trial, enum hearsay_status status,
                               struct hearsay_failure *failure) {
    if (status == HEARSAY_LIMIT) {
        return failure_set(failure, HEARSAY_LIMIT, STR_EMPTY, 0, 0,
                           "windows and labels need the posts in order of time, and those that "
                           "rules match take more than %llu bytes: allow more, or try fewer posts",
                           (unsigned long long)trial->memory_bytes);
    }
    return status == HEARSAY_NO_MEMORY ? failure_memory(failure) : status;
}

enum hearsay_status hearsay_trial_feed(struct hearsay_trial *trial, const char *bytes, size_t len,
                                       struct hearsay_failure *failure) {
    if (!trial->input) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "no input was begun");
    }
    return say(trial, input_feed(trial->input, bytes, len, failure), failure);
}

enum hearsay_status hearsay_trial_input_end(struct hearsay_trial *trial,
                                            struct hearsay_failure *failure) {
    enum hearsay_status status = HEARSAY_OK;
    if (trial->input) {
        status = input_finish(trial->input, failure);
    }
    input_free(trial->input);
    trial->input = NULL;
    return say(trial, status, failure);
}

/* ---- Labels ---- */

static bool is_true(const json_t *value) {
    return json_is_true(value) || (json_is_number(value) && json_number_value(value) != 0);
}

static enum hearsay_status add_label(struct hearsay_trial *trial, const json_t *row, uint64_t line,
                                     struct hearsay_failure *failure) {
    struct str id = json_member(row, "id");
    const json_t *flag = json_object_get(row, "flag");
    if (id.len == 0 || !(json_is_boolean(flag) || json_is_number(flag))) {
        return failure_set(failure, HEARSAY_BAD_INPUT, STR("labels"), line, 1,
                           "a label is an object with \"id\" and \"flag\" (0 or 1)");
    }
    bool is_new = false;
    uint32_t index = map_intern(&trial->labels, id, &is_new);
    if (index != MAP_NONE && index >= trial->label_capacity) {
        size_t wanted = trial->label_capacity ? trial->label_capacity * 2 : 1024;
        uint8_t *grown = realloc(trial->label_flags, wanted);
        if (!grown) {
            return failure_memory(failure);
        }
        trial->label_flags = grown;
        trial->label_capacity = wanted;
    }
    if (index == MAP_NONE) {
        return failure_memory(failure);
    }
    if (!is_new && trial->label_flags[index] != is_true(flag)) {
        return failure_set(failure, HEARSAY_BAD_INPUT, STR("labels"), line, 1,
                           "%.*s is labelled twice, differently", (int)id.len, id.ptr);
    }
    trial->label_flags[index] = is_true(flag);
    return HEARSAY_OK;
}

enum hearsay_status hearsay_trial_labels(struct hearsay_trial *trial, const char *bytes, size_t len,
                                         struct hearsay_failure *failure) {
    struct str rest = {bytes, len};
    enum hearsay_status status = HEARSAY_OK;
    for (uint64_t line = 1; status == HEARSAY_OK && rest.len > 0; line++) {
        size_t end = str_find_byte(rest, '\n', 0);
        struct str text = str_trim(str_slice(rest, 0, end));
        rest = end == STR_NOT_FOUND ? STR_EMPTY : str_slice(rest, end + 1, rest.len);
        json_t *row = NULL;
        if (text.len == 0) {
            continue;
        }
        status = json_parse(text, STR("labels"), &row, failure);
        if (status != HEARSAY_OK && failure) {
            failure->line = line;
        }
        status = status == HEARSAY_OK ? add_label(trial, row, line, failure) : status;
        json_decref(row);
    }
    return status;
}

/* ---- Beginning and end ---- */

static bool keep(const char *text, char **copy) {
    *copy = text ? malloc(strlen(text) + 1) : NULL;
    if (*copy) {
        memcpy(*copy, text, strlen(text) + 1);
    }
    return !text || *copy;
}

enum hearsay_status hearsay_trial_open(const struct hearsay_trial_options *options,
                                       struct hearsay_trial **trial,
                                       struct hearsay_failure *failure) {
    struct hearsay_trial *made = calloc(1, sizeof *made);
    if (!made) {
        return failure_memory(failure);
    }
    made->old_side.rules = options->old_rules;
    made->new_side.rules = options->rules;
    made->memory_bytes = options->memory_bytes ? options->memory_bytes : HEARSAY_TRIAL_MEMORY;
    made->decoder = decoder_new();
    if (!made->decoder || !make_rows(made) || !trial_order_open(made) ||
        !keep(options->format, &made->format) || !keep(options->map, &made->map)) {
        hearsay_trial_close(made);
        return failure_memory(failure);
    }
    *trial = made;
    return HEARSAY_OK;
}

static void change_free(struct change *change) {
    examples_free(&change->gained_texts);
    examples_free(&change->lost_texts);
}

void hearsay_trial_close(struct hearsay_trial *trial) {
    if (!trial) {
        return;
    }
    for (uint32_t i = 0; trial->rows && i < trial->row_count; i++) {
        change_free(&trial->rows[i].change);
    }
    change_free(&trial->flag);
    struct side *sides[] = {&trial->old_side, &trial->new_side};
    for (int i = 0; i < 2; i++) {
        matcher_free(sides[i]->matcher);
        free(sides[i]->row_of_rule);
        timeline_free(sides[i]->timeline);
        free(sides[i]->hits);
    }
    map_free(&trial->titles);
    map_free(&trial->discordant);
    map_free(&trial->labels);
    map_free(&trial->pairs);
    free(trial->rows);
    free(trial->touched);
    free(trial->label_flags);
    free(trial->pair_counts);
    free(trial->waiting);
    arena_free(&trial->arena);
    folder_free(&trial->folder);
    decoder_free(trial->decoder);
    input_free(trial->input);
    free(trial->format);
    free(trial->map);
    free(trial);
}

enum hearsay_status hearsay_trial_report(struct hearsay_trial *trial, enum hearsay_trial_form form,
                                         hearsay_diagnostic *report, void *context,
                                         struct hearsay_failure *failure) {
    struct buffer out = {0};
    bool is_diff = form == HEARSAY_DIFF_TEXT || form == HEARSAY_DIFF_MARKDOWN;
    if (is_diff != (trial->old_side.rules != NULL)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "a comparison needs two packs, an overlap one");
    }
    enum hearsay_status status = trial_settle(trial);
    if (status != HEARSAY_OK) {
        return failure_memory(failure);
    }
    bool ok = is_diff ? trial_print_diff(trial, form == HEARSAY_DIFF_MARKDOWN, &out)
                      : trial_print_overlap(trial, form == HEARSAY_OVERLAP_JSON, &out);
    ok = ok && !out.failed;
    if (ok) {
        report(context, out.ptr, out.len);
    }
    buffer_free(&out);
    return ok ? HEARSAY_OK : failure_memory(failure);
}
