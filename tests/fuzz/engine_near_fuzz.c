/* Any bytes as texts, one a line, of two platforms: clusters are the same with one thread and
 * with three, name their first text, and never join platforms. The
 * first byte chooses the similarity and the kind of shingles. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "engine/near.h"

#define TEXTS_LIMIT 256u

struct texts {
    struct str words[TEXTS_LIMIT];
    struct near_text rows[TEXTS_LIMIT];
    uint32_t count;
};

static void check(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

static enum hearsay_status read_text(void *context, const struct near_text *text, char *out,
                                     size_t *len) {
    const struct texts *texts = context;
    struct str words = texts->words[text->place];
    *len = words.len;
    memcpy(out, words.ptr, words.len);
    return HEARSAY_OK;
}

static int row_compare(const void *left, const void *right) {
    return digest_compare(((const struct near_text *)left)->object,
                          ((const struct near_text *)right)->object);
}

/* The lines of the input, each once; an empty one begins the other platform's. */
static void texts_cut(struct texts *texts, struct str input) {
    uint32_t platform = 0;
    for (size_t at = 0; at < input.len && texts->count < TEXTS_LIMIT;) {
        size_t end = str_find_byte(input, '\n', at);
        end = end == STR_NOT_FOUND ? input.len : end;
        struct str line = utf8_clip(str_slice(input, at, end), NEAR_TEXT_LIMIT);
        platform ^= line.len == 0;
        const struct str fields[] = {{(const char *)&platform, sizeof platform}, line};
        texts->words[texts->count] = line;
        texts->rows[texts->count] = (struct near_text){
            .object = hash128_fields(fields, 2), .place = texts->count, .platform = platform};
        texts->count++;
        at = end + 1;
    }
    qsort(texts->rows, texts->count, sizeof *texts->rows, row_compare);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < texts->count; i++) {
        if (kept == 0 || row_compare(&texts->rows[kept - 1], &texts->rows[i]) != 0) {
            texts->rows[kept++] = texts->rows[i];
        }
    }
    texts->count = kept;
}

static void find(struct texts *texts, unsigned threads, unsigned char choice) {
    struct memory_budget budget = {.limit_bytes = 1u << 26};
    struct near_options options = {.similarity = 0.1 + (choice & 15) / 20.0,
                                   .unit = choice & 16 ? SHINGLE_WORDS : SHINGLE_CHARACTERS,
                                   .threads = threads,
                                   .budget = &budget,
                                   .read_text = read_text,
                                   .context = texts};
    struct near_report report = {0};
    check(near_find(&options, texts->rows, texts->count, &report) == HEARSAY_OK, "status");
    check(budget.used_bytes == 0, "memory is not given back");
    check(report.joined <= texts->count && report.clusters * 2 <= report.joined, "counts");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct texts one;
    static struct texts three;
    if (size < 2) {
        return 0;
    }
    one.count = 0;
    texts_cut(&one, (struct str){(const char *)data + 1, size - 1});
    three = one;
    find(&one, 1, data[0]);
    find(&three, 3, data[0]);
    for (uint32_t i = 0; i < one.count; i++) {
        uint32_t first = one.rows[i].representative;
        check(first == three.rows[i].representative, "threads change a cluster");
        check(first <= i && one.rows[first].representative == first, "not the first of its own");
        check(one.rows[first].platform == one.rows[i].platform, "two platforms are joined");
    }
    return 0;
}
