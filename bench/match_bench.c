/* Matching alone, one core: texts folded and judged by generated packs, without reading, entities,
 * coordination or output. `match_bench POSTS [TEXTS [REPEATS [RULES [SEEDS]]]]`: POSTS is canonical
 * NDJSON; without RULES (or with 0) all sizes of packs, each drawn with SEEDS seeds (3).
 *
 * The rules: half of them lists of literals, half regexes that require a literal; two terms each,
 * under near or and; some packs have four regexes more that require none. Their words are drawn
 * with fixed seeds from the most frequent words of the texts, from so many that 2 to 5 % of the
 * texts match. Beside each speed stands whether a sample of the texts is judged alike by the
 * reference, which has no prefilter and no JIT. CPU time: other work on the machine does not count,
 * but still evicts caches.
 *
 * `match_bench POSTS TEXTS 0 RULES` prints the rules of the first seed instead, for other tools.
 * `match_bench POSTS TEXTS REPEATS RULES SEEDS FILE...` adds the generated rules to a pack, given
 * by its rule files and weights (*.json). */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/map.h"
#include "rule/pack.h"

#define WORD_TEXTS 200000u /* texts whose words are counted */
#define SAMPLE_TEXTS 50000u
#define FEWEST_SHARE 0.022
#define MOST_SHARE 0.05
#define REPEATS_MOST 64u
#define SEEDS_MOST 16u
#define FILES_MOST 1024
#define GENERATED "bench.rules" /* the path that stands for the generated rules */
#define REFERENCE_WORK 3000000u /* rules times texts */

struct word {
    struct str text;
    uint32_t count;
};

struct bench {
    struct arena arena;
    struct str *texts;
    size_t text_count;
    struct map word_ids;
    struct word *words; /* by frequency, falling */
    size_t word_count;
    uint64_t random;
    unsigned seed;
    size_t spread;            /* words to draw from */
    struct buffer rules;      /* text of the pack */
    const char *const *files; /* of the pack that the rules are added to */
    size_t file_count;
    bool is_added; /* the rules are to be loaded with the files */
};

struct pass {
    double ns_per_post;
    size_t matched;
    uint64_t checksum;
};

static double cpu_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "match_bench: %s\n", what);
    exit(4);
}

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t random_next(struct bench *bench) {
    uint64_t x = (bench->random += 0x9E3779B97F4A7C15ull);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

/* ---- Texts and words ---- */

static void texts_read(struct bench *bench, const char *path, size_t most) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    if (!file || !(bench->texts = calloc(most, sizeof *bench->texts))) {
        fail("cannot read the posts");
    }
    while (bench->text_count < most && (len = getline(&line, &capacity, file)) > 0) {
        json_t *value;
        struct str row = {line, (size_t)len};
        if (json_parse(row, STR_EMPTY, &value, NULL) != HEARSAY_OK) {
            continue;
        }
        struct str text = json_member(value, "text");
        if (text.len > 0 && arena_copy(&bench->arena, text, &bench->texts[bench->text_count])) {
            bench->text_count++;
        }
        json_decref(value);
    }
    free(line);
    fclose(file);
    if (bench->text_count == 0) {
        fail("no texts");
    }
}

static int compare_words(const void *left, const void *right) {
    const struct word *a = left;
    const struct word *b = right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return str_compare(a->text, b->text);
}

static void word_count(struct bench *bench, struct str word) {
    bool is_new;
    uint32_t id = map_intern(&bench->word_ids, word, &is_new);
    if (id == MAP_NONE) {
        fail("out of memory");
    }
    if (is_new) {
        if (bench->word_ids.count == 1 || (id & (id - 1)) == 0) {
            bench->words = realloc(bench->words, 2 * (id + 1u) * sizeof *bench->words);
        }
        bench->words[id] = (struct word){bench->word_ids.keys[id], 0};
        bench->word_count++;
    }
    bench->words[id].count++;
}

/* Words of 4 to 12 small ASCII letters. */
static void words_find(struct bench *bench) {
    for (size_t t = 0; t < bench->text_count && t < WORD_TEXTS; t++) {
        struct str text = bench->texts[t];
        for (size_t at = 0; at < text.len;) {
            size_t end = at;
            while (end < text.len && text.ptr[end] >= 'a' && text.ptr[end] <= 'z') {
                end++;
            }
            bool is_whole =
                (at == 0 || text.ptr[at - 1] == ' ') && (end == text.len || text.ptr[end] == ' ');
            if (is_whole && end - at >= 4 && end - at <= 12) {
                word_count(bench, str_slice(text, at, end));
            }
            at = end + 1;
        }
    }
    qsort(bench->words, bench->word_count, sizeof *bench->words, compare_words);
}

static struct str word_pick(struct bench *bench) {
    size_t most = bench->spread < bench->word_count ? bench->spread : bench->word_count;
    return bench->words[random_next(bench) % most].text;
}

/* ---- Rules ---- */

static void literals_append(struct bench *bench, const char *name) {
    struct buffer *out = &bench->rules;
    buffer_printf(out, "    $%s = any(", name);
    for (int i = 0; i < 4; i++) {
        struct str word = word_pick(bench);
        struct str second = word_pick(bench);
        buffer_printf(out, "%s\"%.*s%s%.*s\"", i ? ", " : "", (int)word.len, word.ptr,
                      i == 3 ? " " : "", i == 3 ? (int)second.len : 0, second.ptr);
    }
    buffer_append_c(out, ") fold\n");
}

static void regex_append(struct bench *bench, const char *name) {
    static const char *const forms[] = {"/\\b%.*s(s|ed|ing)?\\b/i", "/%.*s\\w*\\s+\\w+/i",
                                        "/\\w+\\W+%.*s/i", "/%.*s[^.]{0,20}\\w/i"};
    struct str word = word_pick(bench);
    buffer_printf(&bench->rules, "    $%s = ", name);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    buffer_printf(&bench->rules, forms[random_next(bench) % 4], (int)word.len, word.ptr);
#pragma GCC diagnostic pop
    buffer_append_byte(&bench->rules, '\n');
}

static void rule_head(struct bench *bench, unsigned number) {
    buffer_printf(&bench->rules,
                  "rule r%u {\n  meta:\n    id = \"B%u\"\n    severity = low\n  terms:\n", number,
                  number);
}

static void rules_make(struct bench *bench, unsigned count, unsigned ungated) {
    static const char *const open[] = {"@\\w{3,15}:\\s\\d\\d", "\\b[0-9a-f]{32}\\b",
                                       "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}", "[A-Z]{14,}"};
    struct buffer *out = &bench->rules;
    bench->random = 20150101 + (uint64_t)bench->seed * 1000003;
    buffer_clear(out);
    if (!bench->is_added) {
        buffer_append_c(out, "pack bench version 1.0.0\nprior -3\nthreshold 0.5\n");
    }
    for (unsigned i = 0; i < count; i++) {
        rule_head(bench, i);
        if (i % 2) {
            regex_append(bench, "a");
            regex_append(bench, "b");
        } else {
            literals_append(bench, "a");
            literals_append(bench, "b");
        }
        buffer_printf(out, "  match:\n    $a %s $b\n  outcome:\n    weight 1\n}\n",
                      i / 2 % 2 ? "near/8" : "and");
    }
    for (unsigned i = 0; i < ungated; i++) {
        rule_head(bench, count + i);
        buffer_printf(out, "    $a = /%s/ ungated\n  match:\n    $a\n  outcome:\n    weight 1\n}\n",
                      open[i]);
    }
}

static enum hearsay_status read_file(const char *path, char **bytes, size_t *len) {
    FILE *file = fopen(path, "rb");
    struct buffer content = {0};
    char part[65536];
    if (!file) {
        return HEARSAY_IO;
    }
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;) {
        buffer_append(&content, part, got);
    }
    fclose(file);
    *bytes = content.ptr;
    *len = content.len;
    return content.failed || !content.ptr ? HEARSAY_IO : HEARSAY_OK;
}

static enum hearsay_status read_rules(void *context, const char *path, char **bytes, size_t *len) {
    const struct bench *bench = context;
    if (strcmp(path, GENERATED) != 0) {
        return read_file(path, bytes, len);
    }
    *len = bench->rules.len;
    *bytes = malloc(*len + 1);
    if (!*bytes) {
        return HEARSAY_IO;
    }
    memcpy(*bytes, bench->rules.ptr, *len);
    return HEARSAY_OK;
}

static void show(void *context, const char *text, size_t len) {
    (void)context;
    fwrite(text, 1, len, stderr);
}

static struct hearsay_rules *pack_load(struct bench *bench) {
    const char *files[FILES_MOST + 1] = {GENERATED};
    size_t count = 1;
    const char *weights = NULL;
    for (size_t i = 0; bench->is_added && i < bench->file_count; i++) {
        if (str_ends_with(str_from_c(bench->files[i]), STR(".json"))) {
            weights = bench->files[i];
        } else {
            files[count++] = bench->files[i];
        }
    }
    struct hearsay_rules_options options = {.files = files,
                                            .file_count = count,
                                            .weights = weights,
                                            .read_file = read_rules,
                                            .diagnostic = show,
                                            .context = bench,
                                            .errors_only = true};
    struct hearsay_rules *pack = NULL;
    if (hearsay_rules_load(&options, &pack, NULL) != HEARSAY_OK) {
        fail("the generated rules do not load");
    }
    return pack;
}

/* ---- Measuring ---- */

static uint64_t judgement_sum(const struct judgement *judgement) {
    uint64_t sum = judgement->hit_count;
    for (size_t i = 0; i < judgement->hit_count; i++) {
        sum = sum * 1099511628211u + judgement->hits[i].rule->index;
    }
    for (size_t i = 0; i < judgement->span_count; i++) {
        sum = (sum * 1099511628211u + judgement->spans[i].start) * 31 + judgement->spans[i].end;
    }
    return sum;
}

static struct pass judge(const struct bench *bench, const struct hearsay_rules *pack, size_t count,
                         bool is_reference) {
    struct matcher *matcher = matcher_new(pack);
    struct folder folder = {0};
    struct pass pass = {0};
    double begin = cpu_s();
    for (size_t i = 0; i < count; i++) {
        struct post post = {.text = bench->texts[i], .lang = STR("en")};
        struct folded folded;
        struct judgement judgement;
        if (!fold_text(&folder, post.text, &folded) ||
            (is_reference ? matcher_post_reference : matcher_post)(matcher, &post, &folded,
                                                                   &judgement) != HEARSAY_OK) {
            fail("a text cannot be judged");
        }
        pass.matched += judgement.hit_count > 0;
        pass.checksum = pass.checksum * 31 + judgement_sum(&judgement);
    }
    pass.ns_per_post = (cpu_s() - begin) * 1e9 / (double)count;
    folder_free(&folder);
    matcher_free(matcher);
    return pass;
}

/* The pack drawn from the most words with at least FEWEST_SHARE of a sample matching. */
static struct hearsay_rules *pack_fit(struct bench *bench, unsigned rules, unsigned ungated) {
    size_t sample = bench->text_count < SAMPLE_TEXTS ? bench->text_count : SAMPLE_TEXTS;
    for (bench->spread = bench->word_count;; bench->spread -= bench->spread / 8) {
        bench->is_added = false;
        rules_make(bench, rules, ungated);
        struct hearsay_rules *pack = pack_load(bench);
        double share = (double)judge(bench, pack, sample, false).matched / (double)sample;
        if (share < FEWEST_SHARE && bench->spread >= 8 && rules > 0) {
            hearsay_rules_free(pack);
            continue;
        }
        if (bench->file_count == 0) {
            return pack;
        }
        hearsay_rules_free(pack);
        bench->is_added = true;
        rules_make(bench, rules, ungated);
        return pack_load(bench);
    }
}

static int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* What the packs of one size cost, over all seeds. */
struct row {
    double ns[SEEDS_MOST]; /* median of the repeats, per seed */
    double least_share;
    double most_share;
    size_t compared;
    bool is_equal;
    double reference_ns;
};

static void measure_seed(struct bench *bench, unsigned rules, unsigned ungated, unsigned repeats,
                         struct row *row) {
    struct hearsay_rules *pack = pack_fit(bench, rules, ungated);
    double times[REPEATS_MOST];
    struct pass pass = {0};
    for (unsigned i = 0; i < repeats; i++) {
        pass = judge(bench, pack, bench->text_count, false);
        times[i] = pass.ns_per_post;
    }
    qsort(times, repeats, sizeof *times, compare_doubles);
    size_t compared = REFERENCE_WORK / hearsay_rules_count(pack);
    compared = compared < bench->text_count ? compared : bench->text_count;
    struct pass fast = judge(bench, pack, compared, false);
    struct pass slow = judge(bench, pack, compared, true);
    double share = (double)pass.matched / (double)bench->text_count;
    row->ns[bench->seed] = times[repeats / 2];
    row->least_share = bench->seed == 0 || share < row->least_share ? share : row->least_share;
    row->most_share = share > row->most_share ? share : row->most_share;
    row->compared += compared;
    row->is_equal = row->is_equal && fast.checksum == slow.checksum;
    row->reference_ns = slow.ns_per_post;
    hearsay_rules_free(pack);
}

static void measure(struct bench *bench, unsigned rules, unsigned ungated, unsigned repeats,
                    unsigned seeds) {
    struct row row = {.is_equal = true};
    for (bench->seed = 0; bench->seed < seeds; bench->seed++) {
        measure_seed(bench, rules, ungated, repeats, &row);
    }
    qsort(row.ns, seeds, sizeof *row.ns, compare_doubles);
    double median = row.ns[seeds / 2];
    bool is_off = bench->file_count == 0 && (row.least_share < 0.02 || row.most_share > MOST_SHARE);
    printf("%5u + %u  %6.0f (%.0f..%.0f)  %9.0f  %.2f..%.2f %%%s  %s on %zu texts (%.0f ns)\n",
           rules, ungated, median, row.ns[0], row.ns[seeds - 1], 1e9 / median,
           100 * row.least_share, 100 * row.most_share, is_off ? " (!)" : "",
           row.is_equal ? "equal" : "DIFFERENT", row.compared, row.reference_ns);
    fflush(stdout);
}

static unsigned argument(int argc, char **argv, int index, unsigned otherwise) {
    return argc > index ? (unsigned)strtoul(argv[index], NULL, 10) : otherwise;
}

static void measure_all(struct bench *bench, unsigned repeats, unsigned only, unsigned seeds) {
    static const unsigned alone[][2] = {{30, 0}, {300, 0}, {300, 4}, {1000, 0}, {3000, 0}};
    static const unsigned added[][2] = {{1, 0}, {300, 0}};
    const unsigned(*packs)[2] = bench->file_count > 0 ? added : alone;
    size_t pack_count = bench->file_count > 0 ? 2 : sizeof alone / sizeof alone[0];
    printf("%zu texts, one core, fold included; CPU time, median of %u seeds (least..most)\n",
           bench->text_count, seeds);
    printf("rules       ns per post         posts/s    match  against the reference\n");
    for (size_t i = 0; i < pack_count; i++) {
        if (only == 0 || only == packs[i][0]) {
            measure(bench, packs[i][0], packs[i][1], repeats, seeds);
        }
    }
}

int main(int argc, char **argv) {
    struct bench bench = {0};
    size_t most = argc > 2 ? strtoul(argv[2], NULL, 10) : 1200000;
    unsigned repeats = argument(argc, argv, 3, 3);
    unsigned rules = argument(argc, argv, 4, 0);
    unsigned seeds = argument(argc, argv, 5, 3);
    if (argc > 6) {
        bench.files = (const char *const *)argv + 6;
        bench.file_count = (size_t)argc - 6;
    }
    if (argc < 2 || bench.file_count > FILES_MOST || most == 0 || repeats > REPEATS_MOST ||
        seeds == 0 || seeds > SEEDS_MOST) {
        fprintf(stderr, "usage: match_bench POSTS [TEXTS [REPEATS [RULES [SEEDS [FILE...]]]]]\n");
        return 3;
    }
    texts_read(&bench, argv[1], most);
    words_find(&bench);
    if (repeats == 0) {
        hearsay_rules_free(pack_fit(&bench, rules > 0 ? rules : 300, 0));
        fwrite(bench.rules.ptr, 1, bench.rules.len, stdout);
    } else {
        measure_all(&bench, repeats, rules, seeds);
    }
    buffer_free(&bench.rules);
    map_free(&bench.word_ids);
    arena_free(&bench.arena);
    free(bench.words);
    free(bench.texts);
    return 0;
}
