/* hearsay_rules_bench: what a pack and each of its rules and terms cost on given texts. A rule's
 * cost is its own evaluation on the posts that reach it, each time from a fresh start: parts that
 * rules share are counted with every one of them, so that the costs of rules add up to more than
 * the pack's. The one pass that looks for all literals is the pack's alone. */
#include <stdlib.h>

#include "base/failure.h"
#include "rule/match.h"

#define REPEATS_MOST 99u
#define CLOCK_TRIES 1000u

/* Sums over the texts of one repeat. */
struct cost {
    uint64_t ns;
    uint64_t reached;
    uint64_t matched;
};

struct bench {
    const struct hearsay_rules *pack;
    const struct hearsay_rules_bench_options *options;
    struct matcher *matcher;
    struct folder folder;
    const struct hearsay_bench_text *texts;
    size_t text_count;
    struct hearsay_bench_text *own_texts; /* of the pack's tests */
    uint64_t clock_ns;                    /* what a look at the clock takes */
    uint64_t *text_ns;                    /* per text: least of the repeats */
    uint64_t *pack_ns;                    /* per repeat */
    struct cost *rules;                   /* per rule and repeat */
    struct cost *terms;                   /* per term and repeat */
    uint32_t *reached;                    /* rules that the text at work reaches */
    uint32_t reached_count;
};

static uint64_t now(const struct bench *bench) {
    return bench->options->now_ns(bench->options->context);
}

static uint64_t since(const struct bench *bench, uint64_t begin) {
    uint64_t passed = now(bench) - begin;
    return passed > bench->clock_ns ? passed - bench->clock_ns : 0;
}

static void clock_measure(struct bench *bench) {
    bench->clock_ns = UINT64_MAX;
    for (unsigned i = 0; i < CLOCK_TRIES; i++) {
        uint64_t begin = now(bench);
        uint64_t passed = now(bench) - begin;
        bench->clock_ns = passed < bench->clock_ns ? passed : bench->clock_ns;
    }
}

/* ---- Texts ---- */

static bool tests_gather(struct bench *bench) {
    const struct ast *ast = pack_ast(bench->pack);
    size_t count = 0;
    for (uint32_t r = 0; r < ast->rule_count; r++) {
        count += ast->rules[r].test_count;
    }
    bench->own_texts = calloc(count + 1, sizeof *bench->own_texts);
    if (!bench->own_texts) {
        return false;
    }
    for (uint32_t r = 0; r < ast->rule_count; r++) {
        for (uint32_t t = 0; t < ast->rules[r].test_count; t++) {
            const struct rule_test *test = &ast->rules[r].tests[t];
            if (test->each) {
                continue; /* a frame is no text */
            }
            bench->own_texts[bench->text_count++] = (struct hearsay_bench_text){
                test->text.ptr, test->text.len, test->lang.ptr, test->lang.len};
        }
    }
    bench->texts = bench->own_texts;
    return true;
}

static struct post post_of(const struct hearsay_bench_text *text) {
    return (struct post){.text = {text->text, text->len}, .lang = {text->lang, text->lang_len}};
}

/* ---- Measuring ---- */

static enum hearsay_status measure_pack(struct bench *bench, unsigned repeat) {
    for (size_t i = 0; i < bench->text_count; i++) {
        struct post post = post_of(&bench->texts[i]);
        struct folded folded;
        struct judgement judgement;
        uint64_t begin = now(bench);
        if (!fold_text(&bench->folder, post.text, &folded)) {
            return HEARSAY_NO_MEMORY;
        }
        enum hearsay_status status = matcher_post(bench->matcher, &post, &folded, &judgement);
        uint64_t passed = since(bench, begin);
        if (status != HEARSAY_OK) {
            return status;
        }
        bench->pack_ns[repeat] += passed;
        if (repeat == 0 || passed < bench->text_ns[i]) {
            bench->text_ns[i] = passed;
        }
    }
    return HEARSAY_OK;
}

static void start_afresh(struct bench *bench, const struct post *post,
                         const struct folded *folded) {
    matcher_begin(bench->matcher, post, folded, false);
    matcher_scan(bench->matcher);
}

static void list_reached(struct bench *bench) {
    const struct matcher *matcher = bench->matcher;
    const struct hearsay_rules *pack = bench->pack;
    bench->reached_count = 0;
    for (uint32_t i = 0; i < matcher->candidate_count; i++) {
        const struct rule_code *code = &pack->rules[matcher->candidates[i]];
        if (code->is_judged && matcher_saw_all(matcher, code->gates, code->gate_count)) {
            bench->reached[bench->reached_count++] = matcher->candidates[i];
        }
    }
    for (uint32_t i = 0; i < pack->ungated_count; i++) {
        bench->reached[bench->reached_count++] = pack->ungated[i];
    }
}

static void measure_terms(struct bench *bench, const struct post *post, const struct folded *folded,
                          uint32_t rule, unsigned repeat) {
    const struct hearsay_rules *pack = bench->pack;
    const struct rule_code *code = &pack->rules[rule];
    for (uint32_t t = 0; t < code->rule->term_count; t++) {
        uint32_t number = pack->pattern_of_term[code->first_term + t];
        const struct pattern *pattern = &pack->patterns[number];
        struct cost *cost = &bench->terms[(size_t)repeat * pack->term_count + code->first_term + t];
        start_afresh(bench, post, folded);
        if (!matcher_saw_all(bench->matcher, pattern->gates, pattern->gate_count)) {
            continue;
        }
        uint64_t begin = now(bench);
        uint32_t count = matcher_occurrences(bench->matcher, number, false).count;
        cost->ns += since(bench, begin);
        cost->reached++;
        cost->matched += count > 0;
    }
}

static enum hearsay_status measure_rules(struct bench *bench, unsigned repeat) {
    for (size_t i = 0; i < bench->text_count; i++) {
        struct post post = post_of(&bench->texts[i]);
        struct folded folded;
        if (!fold_text(&bench->folder, post.text, &folded)) {
            return HEARSAY_NO_MEMORY;
        }
        start_afresh(bench, &post, &folded);
        list_reached(bench);
        for (uint32_t r = 0; r < bench->reached_count; r++) {
            uint32_t rule = bench->reached[r];
            struct cost *cost = &bench->rules[(size_t)repeat * bench->pack->rule_count + rule];
            start_afresh(bench, &post, &folded);
            uint64_t begin = now(bench);
            bool matches = matcher_rule_matches(bench->matcher, rule);
            cost->ns += since(bench, begin);
            cost->reached++;
            cost->matched += matches;
            measure_terms(bench, &post, &folded, rule, repeat);
        }
        if (bench->matcher->status != HEARSAY_OK) {
            return bench->matcher->status;
        }
    }
    return HEARSAY_OK;
}

/* ---- Results ---- */

static int compare_ns(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* One rule's or term's line: median time of the repeats; counts are the same in all of them. */
static void show_cost(const struct bench *bench, const struct cost *first, size_t stride,
                      const struct rule *rule, const struct term *term) {
    uint64_t times[REPEATS_MOST];
    double texts = (double)bench->text_count;
    for (unsigned i = 0; i < bench->options->repeats; i++) {
        times[i] = first[i * stride].ns;
    }
    qsort(times, bench->options->repeats, sizeof *times, compare_ns);
    size_t middle = bench->options->repeats / 2;
    struct hearsay_rules_cost cost = {
        .rule = rule->meta.id.ptr,
        .rule_len = rule->meta.id.len,
        .term = term ? term->name.ptr : NULL,
        .term_len = term ? term->name.len : 0,
        .ns_per_post = (double)times[middle] / texts,
        .reached_ratio = (double)first->reached / texts,
        .matched_ratio = (double)first->matched / texts,
        .has_window = !term && rule->over,
        .asks_labels = !term && rule->ask_count > 0,
    };
    bench->options->visit(bench->options->context, &cost);
}

static void show_costs(const struct bench *bench) {
    const struct hearsay_rules *pack = bench->pack;
    for (uint32_t r = 0; r < pack->rule_count; r++) {
        const struct rule_code *code = &pack->rules[r];
        if (!code->is_judged) {
            continue;
        }
        show_cost(bench, &bench->rules[r], pack->rule_count, code->rule, NULL);
        for (uint32_t t = 0; t < code->rule->term_count; t++) {
            show_cost(bench, &bench->terms[code->first_term + t], pack->term_count, code->rule,
                      &code->rule->terms[t]);
        }
    }
}

static struct hearsay_rules_bench_result total(struct bench *bench) {
    unsigned repeats = bench->options->repeats;
    double texts = (double)bench->text_count;
    size_t worst = 0;
    for (size_t i = 1; i < bench->text_count; i++) {
        worst = bench->text_ns[i] > bench->text_ns[worst] ? i : worst;
    }
    qsort(bench->pack_ns, repeats, sizeof *bench->pack_ns, compare_ns);
    size_t middle = repeats / 2;
    return (struct hearsay_rules_bench_result){
        .texts = bench->text_count,
        .ns_per_post = (double)bench->pack_ns[middle] / texts,
        .least_ns_per_post = (double)bench->pack_ns[0] / texts,
        .most_ns_per_post = (double)bench->pack_ns[repeats - 1] / texts,
        .worst_ns = (double)bench->text_ns[worst],
        .worst = bench->texts[worst],
    };
}

/* ---- All of it ---- */

static bool bench_alloc(struct bench *bench) {
    unsigned repeats = bench->options->repeats;
    const struct hearsay_rules *pack = bench->pack;
    bench->matcher = matcher_new(pack);
    bench->text_ns = calloc(bench->text_count, sizeof *bench->text_ns);
    bench->pack_ns = calloc(repeats, sizeof *bench->pack_ns);
    bench->rules = calloc((size_t)repeats * (pack->rule_count + 1u), sizeof *bench->rules);
    bench->terms = calloc((size_t)repeats * (pack->term_count + 1u), sizeof *bench->terms);
    bench->reached = calloc(2u * (pack->rule_count + 1u), sizeof *bench->reached);
    return bench->matcher && bench->text_ns && bench->pack_ns && bench->rules && bench->terms &&
           bench->reached;
}

static void bench_free(struct bench *bench) {
    matcher_free(bench->matcher);
    folder_free(&bench->folder);
    free(bench->own_texts);
    free(bench->text_ns);
    free(bench->pack_ns);
    free(bench->rules);
    free(bench->terms);
    free(bench->reached);
}

static enum hearsay_status measure(struct bench *bench) {
    if (!bench_alloc(bench)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = HEARSAY_OK;
    clock_measure(bench);
    for (unsigned i = 0; i < bench->options->repeats && status == HEARSAY_OK; i++) {
        status = measure_pack(bench, i);
        if (status == HEARSAY_OK) {
            status = measure_rules(bench, i);
        }
    }
    return status;
}

enum hearsay_status hearsay_rules_bench(const struct hearsay_rules *rules,
                                        const struct hearsay_rules_bench_options *options,
                                        struct hearsay_rules_bench_result *result,
                                        struct hearsay_failure *failure) {
    struct bench bench = {.pack = rules,
                          .options = options,
                          .texts = options->texts,
                          .text_count = options->text_count};
    if (!options->now_ns || options->repeats < 1 || options->repeats > REPEATS_MOST) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "a clock is needed, and 1 to 99 repeats");
    }
    if (bench.text_count == 0 && !tests_gather(&bench)) {
        return failure_memory(failure);
    }
    enum hearsay_status status = HEARSAY_BAD_INPUT;
    if (bench.text_count == 0) {
        failure_set(failure, status, STR_EMPTY, 0, 0,
                    "no texts to measure with: no corpus was given, and the pack has no tests");
    } else {
        status = measure(&bench);
        if (status == HEARSAY_OK) {
            *result = total(&bench);
            if (options->visit) {
                show_costs(&bench);
            }
        } else {
            failure_set(failure, status, STR_EMPTY, 0, 0, "the texts cannot be judged");
        }
    }
    bench_free(&bench);
    return status;
}
