/* Rows of the regression: what the pack and the phrases say of each labelled post. */
#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "base/sort.h"
#include "rule/fit.h"
#include "rule/weigh.h"

struct reader {
    struct fit *fit;
    struct matcher *matcher;
    struct folder folder;
    struct phrase_scratch phrase;
    uint32_t *found; /* phrases of the row at hand */
    uint32_t found_count;
    uint32_t found_capacity;
};

static struct str text_of(struct hearsay_text text) {
    return text.ptr ? (struct str){text.ptr, text.len} : STR_EMPTY;
}

static bool make_room(void **items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count < *capacity) {
        return true;
    }
    uint32_t wanted = *capacity ? *capacity * 2 : 256;
    char *grown = realloc(*items, wanted * size);
    if (!grown) {
        return false;
    }
    memset(grown + *capacity * size, 0, (wanted - *capacity) * size);
    *items = grown;
    *capacity = wanted;
    return true;
}

static bool note(void *context, struct str phrase) {
    struct reader *reader = context;
    void *found = reader->found;
    uint32_t index = map_intern(&reader->fit->phrases, phrase, NULL);
    if (index == MAP_NONE ||
        !make_room(&found, reader->found_count, &reader->found_capacity, sizeof *reader->found)) {
        return false;
    }
    reader->found = found;
    reader->found[reader->found_count++] = index;
    return true;
}

/* How much of a rule's weight its group's cap has left: so much its correction counts. */
static double share_left(const struct rule_hit *hit) {
    double stated = hit->rule->outcome.has_weight ? hit->rule->outcome.weight : 0;
    return stated == 0 ? 1 : hit->weight / stated;
}

/* Room for the hits' columns and the phrases', which come later. */
static bool keep_hits(struct reader *reader, struct fit_row *row,
                      const struct judgement *judgement) {
    struct arena *arena = &reader->fit->arena;
    size_t most = COLUMN_RULES + judgement->hit_count + reader->found_count;
    uint32_t *columns = arena_array(arena, most, sizeof *columns);
    double *values = arena_array(arena, most, sizeof *values);
    uint32_t count = 0;
    double sum = 0;
    if (!columns || !values) {
        return false;
    }
    columns[count] = row->is_silent ? COLUMN_SILENT : COLUMN_INTERCEPT;
    values[count++] = 1;
    if (hits_are_weightless(judgement->hits, judgement->hit_count)) {
        columns[count] = COLUMN_ALONE;
        values[count++] = 1;
    }
    for (size_t i = 0; i < judgement->hit_count; i++) {
        const struct rule_hit *hit = &judgement->hits[i];
        sum += hit->weight;
        if (hit->rule->meta.status != RULE_SHADOW) {
            columns[count] = COLUMN_RULES + hit->rule->index;
            values[count++] = share_left(hit);
        }
    }
    columns[count] = COLUMN_SCALE;
    values[count++] = sum;
    row->columns = columns;
    row->values = values;
    row->features.columns = columns;
    row->features.values = values;
    row->features.count = count;
    return true;
}

static bool keep_phrases(struct reader *reader, struct fit_row *row) {
    uint32_t count = (uint32_t)sort_distinct(reader->found, reader->found_count);
    row->phrases = arena_array(&reader->fit->arena, count + (size_t)1, sizeof *row->phrases);
    if (!row->phrases) {
        return false;
    }
    if (count > 0) {
        memcpy(row->phrases, reader->found, count * sizeof *row->phrases);
    }
    row->phrase_count = count;
    return true;
}

static enum hearsay_status read_row(struct reader *reader, struct fit_row *row) {
    struct folded folded;
    struct judgement judgement;
    struct post post = {.text = text_of(row->row->text), .lang = text_of(row->row->language)};
    reader->found_count = 0;
    if (!fold_text(&reader->folder, post.text, &folded)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = matcher_post(reader->matcher, &post, &folded, &judgement);
    if (status != HEARSAY_OK) {
        return status;
    }
    row->stated = judgement.score;
    row->is_silent = judgement.hit_count == 0;
    row->features.is_positive = row->row->is_positive;
    row->features.weight = row->row->weight > 0 ? row->row->weight : 1;
    struct str language = matcher_language(reader->matcher);
    row->language = map_intern(&reader->fit->languages, language, NULL);
    struct phrase_source source = {.folded = &folded,
                                   .raw = post.text,
                                   .words = matcher_words(reader->matcher),
                                   .names = &reader->fit->names};
    bool ok = row->language != MAP_NONE && phrases_of(&source, &reader->phrase, note, reader) &&
              keep_hits(reader, row, &judgement) && keep_phrases(reader, row);
    return ok ? reader->matcher->status : HEARSAY_NO_MEMORY;
}

enum hearsay_status fit_read_rows(struct fit *fit) {
    struct reader reader = {.fit = fit, .matcher = matcher_new(fit->pack)};
    enum hearsay_status status = reader.matcher ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    for (size_t i = 0; i < fit->count && status == HEARSAY_OK; i++) {
        status = read_row(&reader, &fit->rows[i]);
    }
    matcher_free(reader.matcher);
    folder_free(&reader.folder);
    phrase_scratch_free(&reader.phrase);
    free(reader.found);
    return status == HEARSAY_NO_MEMORY ? failure_memory(fit->failure) : status;
}

/* ---- Known phrases ---- */

struct candidate {
    struct str text;
    uint32_t groups; /* in how many groups it stands */
    uint32_t last;   /* the group that counted last, + 1 */
    uint32_t index;  /* in fit.phrases */
};

static int compare_candidates(const void *a, const void *b) {
    return str_compare(((const struct candidate *)a)->text, ((const struct candidate *)b)->text);
}

/* A group's rows need not be neighbours: each pair of phrase and group counts once because groups
 * are walked one after the other, by the index of their first row. */
static void count_groups(const struct fit *fit, struct candidate *candidates) {
    for (size_t first = 0; first < fit->count; first++) {
        if (fit->rows[first].group != first) {
            continue;
        }
        for (size_t i = first; i < fit->count; i++) {
            const struct fit_row *row = &fit->rows[i];
            for (uint32_t k = 0; row->group == first && k < row->phrase_count; k++) {
                struct candidate *candidate = &candidates[row->phrases[k]];
                candidate->groups += candidate->last != first + 1;
                candidate->last = (uint32_t)first + 1;
            }
        }
    }
}

/* The phrases' columns behind those of the hits, for which keep_hits has left room. */
static void append_known(struct fit *fit, struct fit_row *row, const uint32_t *known_of) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < row->phrase_count; k++) {
        if (known_of[row->phrases[k]] != MAP_NONE) {
            row->phrases[kept++] = known_of[row->phrases[k]];
        }
    }
    row->phrase_count = sort_distinct(row->phrases, kept);
    for (uint32_t k = 0; k < row->phrase_count; k++) {
        row->columns[row->features.count] = (uint32_t)fit->first_phrase + row->phrases[k];
        row->values[row->features.count++] = 1 / sqrt((double)row->phrase_count);
    }
}

static bool number_known(struct fit *fit, struct candidate *candidates, uint32_t *known_of) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < fit->phrases.count; i++) {
        known_of[i] = MAP_NONE;
        if (candidates[i].groups >= PHRASE_GROUPS_LEAST) {
            candidates[count++] = candidates[i];
        }
    }
    if (count > 1) {
        qsort(candidates, count, sizeof *candidates, compare_candidates);
    }
    fit->known = arena_array(&fit->arena, count + (size_t)1, sizeof *fit->known);
    for (uint32_t i = 0; fit->known && i < count; i++) {
        known_of[candidates[i].index] = i;
        fit->known[i] = candidates[i].text;
    }
    fit->known_count = count;
    return fit->known != NULL;
}

enum hearsay_status fit_choose_phrases(struct fit *fit) {
    struct candidate *candidates = calloc(fit->phrases.count + (size_t)1, sizeof *candidates);
    uint32_t *known_of = calloc(fit->phrases.count + (size_t)1, sizeof *known_of);
    bool ok = candidates && known_of;
    for (uint32_t i = 0; ok && i < fit->phrases.count; i++) {
        candidates[i] = (struct candidate){.text = fit->phrases.keys[i], .index = i};
    }
    if (ok) {
        count_groups(fit, candidates);
        ok = number_known(fit, candidates, known_of);
    }
    fit->first_phrase = COLUMN_RULES + (size_t)fit->pack->rule_count;
    fit->columns = fit->first_phrase + fit->known_count;
    for (size_t i = 0; ok && i < fit->count; i++) {
        append_known(fit, &fit->rows[i], known_of);
    }
    free(candidates);
    free(known_of);
    return ok ? HEARSAY_OK : failure_memory(fit->failure);
}
