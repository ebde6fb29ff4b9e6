/* Near-duplicate clusters: known copies and rewordings, and what may not change them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/near.h"
#include "engine/objects.h"

struct texts {
    struct buffer bytes; /* words of all texts */
    struct near_text *rows;
    uint32_t count;
    size_t capacity;
    struct folder folder;
    struct memory_budget budget;
    struct near_report report;
};

static enum hearsay_status read_text(void *context, const struct near_text *text, char *out,
                                     size_t *len) {
    const struct texts *texts = context;
    const char *at = texts->bytes.ptr + text->place;
    uint32_t size;
    memcpy(&size, at, sizeof size);
    *len = size;
    memcpy(out, at + sizeof size, size);
    return HEARSAY_OK;
}

static void texts_add(struct texts *texts, struct str raw, uint32_t platform) {
    struct folded folded;
    assert_true(fold_text(&texts->folder, raw, &folded));
    if (texts->count == texts->capacity) {
        texts->capacity = texts->capacity ? 2 * texts->capacity : 64;
        texts->rows = realloc(texts->rows, texts->capacity * sizeof *texts->rows);
        assert_non_null(texts->rows);
    }
    size_t place = texts->bytes.len;
    uint32_t size = 0;
    assert_true(buffer_append(&texts->bytes, &size, sizeof size));
    assert_true(text_words(&folded, &texts->bytes));
    size = (uint32_t)(texts->bytes.len - place - sizeof size);
    size = size > NEAR_TEXT_LIMIT ? NEAR_TEXT_LIMIT : size;
    memcpy(texts->bytes.ptr + place, &size, sizeof size);
    struct str words = {texts->bytes.ptr + place + sizeof size, size};
    texts->rows[texts->count++] =
        (struct near_text){.object = hash128(words), .place = place, .platform = platform};
}

static int row_compare(const void *left, const void *right) {
    const struct near_text *a = left;
    const struct near_text *b = right;
    return digest_compare(a->object, b->object);
}

static void texts_find(struct texts *texts, unsigned threads, enum shingle_unit unit) {
    texts->budget.limit_bytes = 1u << 30;
    struct near_options options = {.similarity = NEAR_SIMILARITY,
                                   .unit = unit,
                                   .threads = threads,
                                   .budget = &texts->budget,
                                   .read_text = read_text,
                                   .context = texts};
    qsort(texts->rows, texts->count, sizeof *texts->rows, row_compare);
    assert_int_equal(near_find(&options, texts->rows, texts->count, &texts->report), HEARSAY_OK);
    assert_int_equal(texts->budget.used_bytes, 0);
}

static void texts_free(struct texts *texts) {
    buffer_free(&texts->bytes);
    folder_free(&texts->folder);
    free(texts->rows);
}

/* ---- Documents with known groups ---- */

struct document {
    size_t place; /* in texts->bytes */
    uint32_t group;
    char kind; /* copy-pasta, rewording, translation */
};

/* One CSV field from *at; quotes undone in place. */
static struct str field_next(char **at) {
    char *from = *at;
    char *out = from;
    char *in = from;
    bool is_quoted = *in == '"';
    in += is_quoted;
    for (;; in++) {
        if (is_quoted && *in == '"') {
            if (in[1] != '"') {
                is_quoted = false;
                continue;
            }
            in++;
        } else if (*in == '\0' || (!is_quoted && (*in == ',' || *in == '\n' || *in == '\r'))) {
            break;
        }
        *out++ = *in;
    }
    struct str field = {from, (size_t)(out - from)};
    while (*in == '\r') {
        in++;
    }
    *at = *in ? in + 1 : in;
    return field;
}

static char *corpus_load(void) {
    const char *folder = getenv("HEARSAY_CORPORA");
    char path[4096];
    snprintf(path, sizeof path, "%s/peers/d3lta/d3lta_docs.csv",
             folder ? folder : HEARSAY_SOURCE_DIR "/../shared/corpora");
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    struct buffer bytes = {0};
    char block[65536];
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;) {
        assert_true(buffer_append(&bytes, block, n));
    }
    fclose(file);
    assert_true(buffer_append_byte(&bytes, '\0'));
    return bytes.ptr;
}

static uint32_t documents_read(char *csv, struct texts *texts, struct document *documents,
                               uint32_t limit) {
    uint32_t count = 0;
    char *at = csv;
    for (unsigned i = 0; i < 6; i++) {
        field_next(&at);
    }
    while (*at && count < limit) {
        field_next(&at);
        struct str group = field_next(&at);
        field_next(&at);
        struct str kind = field_next(&at);
        field_next(&at);
        struct str text = field_next(&at);
        documents[count] = (struct document){texts->bytes.len, 0, kind.ptr[0]};
        for (size_t i = 0; i < group.len; i++) {
            documents[count].group = documents[count].group * 10 + (uint32_t)(group.ptr[i] - '0');
        }
        count++;
        texts_add(texts, text, 0);
    }
    return count;
}

struct tally {
    unsigned total;
    unsigned found;
};

/* Pairs of one kind that share a cluster, and pairs of different groups that do; `is_verified`:
 * only those whose own similarity reaches the threshold. */
struct outcome {
    struct tally copies;
    struct tally rewordings;
    struct tally translations;
    unsigned wrong_pairs;
    unsigned wrong_group_pairs;
};

#define DOCUMENTS_LIMIT 4000u
#define GROUPS_LIMIT 400u

static struct outcome outcome_of(struct texts *texts, const struct document *documents,
                                 bool is_verified, enum shingle_unit unit) {
    static uint32_t row_of[DOCUMENTS_LIMIT];
    static struct shingles sets[DOCUMENTS_LIMIT];
    static bool is_wrong[GROUPS_LIMIT][GROUPS_LIMIT];
    memset(is_wrong, 0, sizeof is_wrong);
    char text[NEAR_TEXT_LIMIT];
    for (uint32_t d = 0; d < texts->count; d++) {
        struct near_text row = {.place = documents[d].place};
        size_t len;
        read_text(texts, &row, text, &len);
        shingles_of((struct str){text, len}, unit, &sets[d]);
        row.object = hash128((struct str){text, len});
        const struct near_text *found =
            bsearch(&row, texts->rows, texts->count, sizeof row, row_compare);
        /* equal texts are one object whatever their clusters */
        while (found > texts->rows && row_compare(found, found - 1) == 0) {
            found--;
        }
        row_of[d] = found->representative;
    }
    struct outcome outcome = {0};
    for (uint32_t i = 0; i < texts->count; i++) {
        for (uint32_t j = i + 1; j < texts->count; j++) {
            bool is_found = row_of[i] == row_of[j];
            if (is_found && is_verified) {
                is_found = shingles_jaccard(&sets[i], &sets[j]) >= NEAR_SIMILARITY;
            }
            uint32_t a = documents[i].group;
            uint32_t b = documents[j].group;
            if (a == b) {
                struct tally *tally = documents[i].kind == 'c'   ? &outcome.copies
                                      : documents[i].kind == 'r' ? &outcome.rewordings
                                                                 : &outcome.translations;
                tally->total++;
                tally->found += is_found;
            } else if (is_found) {
                outcome.wrong_pairs++;
                outcome.wrong_group_pairs += !is_wrong[a][b];
                is_wrong[a][b] = is_wrong[b][a] = true;
            }
        }
    }
    return outcome;
}

static double share(struct tally tally) {
    return tally.total ? (double)tally.found / tally.total : 0.0;
}

static void outcome_print(const char *name, const struct outcome *o) {
    print_message("%s: copies %.4f of %u, rewordings %.4f of %u, translations %.4f of %u; wrong "
                  "pairs %u from %u pairs of groups\n",
                  name, share(o->copies), o->copies.total, share(o->rewordings),
                  o->rewordings.total, share(o->translations), o->translations.total,
                  o->wrong_pairs, o->wrong_group_pairs);
}

static void finds_copies_and_rewordings(void **state) {
    (void)state;
    char *csv = corpus_load();
    if (!csv) {
        print_message("skipped: HEARSAY_CORPORA has no peers/d3lta\n");
        skip();
    }
    static struct document documents[DOCUMENTS_LIMIT];
    struct texts texts = {0};
    documents_read(csv, &texts, documents, DOCUMENTS_LIMIT);
    texts_find(&texts, 2, SHINGLE_CHARACTERS);
    struct outcome pairs = outcome_of(&texts, documents, true, SHINGLE_CHARACTERS);
    struct outcome clusters = outcome_of(&texts, documents, false, SHINGLE_CHARACTERS);
    outcome_print("similar pairs", &pairs);
    outcome_print("clusters", &clusters);
    print_message("texts %lu clusters %lu joined %lu cut %lu capped %lu\n",
                  (unsigned long)texts.report.texts, (unsigned long)texts.report.clusters,
                  (unsigned long)texts.report.joined, (unsigned long)texts.report.links_cut,
                  (unsigned long)texts.report.capped_buckets);
    texts_free(&texts);
    free(csv);
    assert_true(share(pairs.copies) >= 0.99);
    assert_true(share(pairs.rewordings) >= 0.70);
    assert_true(pairs.wrong_pairs <= 70);
    assert_true(clusters.wrong_group_pairs <= 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_copies_and_rewordings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
