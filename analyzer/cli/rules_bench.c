/* `hearsay rules bench`: what a pack and each of its rules cost. The library measures with the
 * clock of this file. */
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"
#include "cli/value.h"
#include "source/stream.h"

/* Enough texts for steady figures; more only take longer. */
#define TEXTS_MOST 20000u
#define REPEATS 5u
#define ROWS_SHOWN 20u
#define WORST_SHOWN_BYTES 200u
#define BUDGET_MOST_NS 1000000000u

struct bench {
    struct arena arena;
    struct hearsay_bench_text *texts;
    size_t text_count;
    uint64_t lines_unread; /* without a text */
    struct hearsay_rules_cost *costs;
    size_t cost_count;
    size_t cost_capacity;
    bool has_no_memory;
};

/* CPU time of this thread: what others do on the machine counts as little as possible. */
static uint64_t now_ns(void *context) {
    struct timespec time;
    (void)context;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void keep_cost(void *context, const struct hearsay_rules_cost *cost) {
    struct bench *bench = context;
    if (bench->cost_count == bench->cost_capacity) {
        size_t capacity = bench->cost_capacity ? bench->cost_capacity * 2 : 256;
        struct hearsay_rules_cost *costs = realloc(bench->costs, capacity * sizeof *costs);
        if (!costs) {
            bench->has_no_memory = true;
            return;
        }
        bench->costs = costs;
        bench->cost_capacity = capacity;
    }
    bench->costs[bench->cost_count++] = *cost;
}

/* ---- Corpus ---- */

static bool take_line(struct bench *bench, struct str line) {
    json_t *value;
    struct str text = STR_EMPTY;
    struct str lang = STR_EMPTY;
    line = str_trim(line);
    if (line.len == 0) {
        return true;
    }
    if (json_parse(line, STR_EMPTY, &value, NULL) == HEARSAY_OK) {
        bool ok = arena_copy(&bench->arena, json_member(value, "text"), &text) &&
                  arena_copy(&bench->arena, json_member(value, "lang"), &lang);
        json_decref(value);
        if (!ok) {
            return false;
        }
    }
    if (text.len == 0) {
        bench->lines_unread++;
    } else {
        bench->texts[bench->text_count++] =
            (struct hearsay_bench_text){text.ptr, text.len, lang.ptr, lang.len};
    }
    return true;
}

/* Takes the whole lines out of `pending`; at the end also what has no line end. */
static bool take_lines(struct bench *bench, struct buffer *pending, bool is_end) {
    struct str rest = buffer_str(pending);
    while (rest.len > 0 && bench->text_count < TEXTS_MOST) {
        size_t end = str_find_byte(rest, '\n', 0);
        if (end == STR_NOT_FOUND && !is_end) {
            break;
        }
        end = end == STR_NOT_FOUND ? rest.len : end + 1;
        if (!take_line(bench, str_slice(rest, 0, end))) {
            return false;
        }
        rest = str_slice(rest, end, rest.len);
    }
    if (rest.len > 0 && rest.ptr != pending->ptr) {
        memmove(pending->ptr, rest.ptr, rest.len);
    }
    pending->len = rest.len;
    return true;
}

static enum hearsay_status read_corpus(struct bench *bench, const char *path,
                                       struct hearsay_failure *failure) {
    struct stream *stream = NULL;
    struct buffer pending = {0};
    bench->texts = calloc(TEXTS_MOST, sizeof *bench->texts);
    enum hearsay_status status = stream_open(path, &stream, failure);
    bool is_end = false;
    while (status == HEARSAY_OK && !is_end && bench->text_count < TEXTS_MOST) {
        struct str block = STR_EMPTY;
        do {
            status = stream_read(stream, &block, failure);
        } while (status == HEARSAY_STOPPED);
        is_end = block.len == 0;
        bool ok = bench->texts && buffer_append_str(&pending, block) &&
                  take_lines(bench, &pending, is_end);
        status = status == HEARSAY_OK && !ok ? HEARSAY_NO_MEMORY : status;
    }
    stream_close(stream);
    buffer_free(&pending);
    return status;
}

/* ---- Output ---- */

static struct str rule_of(const struct hearsay_rules_cost *cost) {
    return (struct str){cost->rule, cost->rule_len};
}

static struct str term_of(const struct hearsay_rules_cost *cost) {
    return (struct str){cost->term, cost->term_len};
}

static int compare_costs(const void *left, const void *right) {
    const struct hearsay_rules_cost *a = left;
    const struct hearsay_rules_cost *b = right;
    if (a->ns_per_post != b->ns_per_post) {
        return a->ns_per_post > b->ns_per_post ? -1 : 1;
    }
    int order = str_compare(rule_of(a), rule_of(b));
    return order != 0 ? order : str_compare(term_of(a), term_of(b));
}

static void append_rows(struct buffer *out, const struct bench *bench, bool is_terms) {
    size_t shown = 0;
    buffer_printf(out, "\n%10s  %9s  %9s  %s\n", "ns/post", "reached", "matched",
                  is_terms ? "term" : "rule");
    for (size_t i = 0; i < bench->cost_count && shown < ROWS_SHOWN; i++) {
        const struct hearsay_rules_cost *cost = &bench->costs[i];
        if ((cost->term_len > 0) == is_terms && cost->reached_ratio > 0) {
            shown++;
            buffer_printf(out, "%10.2f  %8.3f%%  %8.3f%%  ", cost->ns_per_post,
                          100 * cost->reached_ratio, 100 * cost->matched_ratio);
            terminal_append_safe(out, rule_of(cost));
            if (is_terms) {
                buffer_append_c(out, " $");
                terminal_append_safe(out, term_of(cost));
            }
            buffer_append_byte(out, '\n');
        }
    }
}

/* What a rule costs beyond its match: texts alone have no account and no time. */
static void append_unmeasured(struct buffer *out, const struct bench *bench) {
    bool is_first = true;
    for (size_t i = 0; i < bench->cost_count; i++) {
        const struct hearsay_rules_cost *cost = &bench->costs[i];
        if (cost->has_window || cost->asks_labels) {
            buffer_append_c(out, is_first ? "\nnot measured, since texts have no account and time\n"
                                          : "");
            buffer_printf(out, "  %s%s%s of ", cost->has_window ? "the window" : "",
                          cost->has_window && cost->asks_labels ? " and " : "",
                          cost->asks_labels ? "the questions of labels" : "");
            terminal_append_safe(out, rule_of(cost));
            buffer_append_byte(out, '\n');
            is_first = false;
        }
    }
}

static void append_text(struct buffer *out, const struct bench *bench,
                        const struct hearsay_rules *rules,
                        const struct hearsay_rules_bench_result *result) {
    buffer_printf(out, "pack %s version %s: %zu rules, measured on ", hearsay_rules_name(rules),
                  hearsay_rules_version(rules), hearsay_rules_count(rules));
    terminal_append_count(out, result->texts);
    buffer_printf(out, " texts%s, %u times\n", bench->texts ? "" : " of its own tests", REPEATS);
    if (bench->lines_unread > 0) {
        terminal_append_count(out, bench->lines_unread);
        buffer_append_c(out, " lines of the corpus have no text\n");
    }
    buffer_printf(out, "whole pack  %.0f ns per post (%.0f to %.0f), ", result->ns_per_post,
                  result->least_ns_per_post, result->most_ns_per_post);
    terminal_append_count(out, (uint64_t)(1e9 / result->ns_per_post));
    buffer_printf(out, " posts/s on one core\nworst post  %.0f ns, %zu bytes: ", result->worst_ns,
                  result->worst.len);
    terminal_append_safe(
        out, str_slice((struct str){result->worst.text, result->worst.len}, 0, WORST_SHOWN_BYTES));
    buffer_append_byte(out, '\n');
    append_rows(out, bench, false);
    append_rows(out, bench, true);
    append_unmeasured(out, bench);
}

static void append_number(struct buffer *out, const char *key, double value) {
    buffer_printf(out, ",\"%s\":", key);
    buffer_append_double(out, value, 6);
}

static void append_json(struct buffer *out, const struct bench *bench,
                        const struct hearsay_rules *rules,
                        const struct hearsay_rules_bench_result *result) {
    buffer_append_c(out, "{\"schema\":\"hearsay.rules-bench/1\",\"pack\":");
    json_append_string(out, str_from_c(hearsay_rules_name(rules)));
    buffer_append_c(out, ",\"version\":");
    json_append_string(out, str_from_c(hearsay_rules_version(rules)));
    buffer_printf(out, ",\"texts\":%zu,\"repeats\":%u", result->texts, REPEATS);
    append_number(out, "ns_per_post", result->ns_per_post);
    append_number(out, "least_ns_per_post", result->least_ns_per_post);
    append_number(out, "most_ns_per_post", result->most_ns_per_post);
    append_number(out, "worst_ns", result->worst_ns);
    buffer_append_c(out, ",\"worst_text\":");
    json_append_string(out, (struct str){result->worst.text, result->worst.len});
    buffer_append_c(out, ",\"costs\":[");
    for (size_t i = 0; i < bench->cost_count; i++) {
        const struct hearsay_rules_cost *cost = &bench->costs[i];
        buffer_append_c(out, i ? ",\n{\"rule\":" : "\n{\"rule\":");
        json_append_string(out, rule_of(cost));
        buffer_append_c(out, ",\"term\":");
        if (cost->term_len > 0) {
            json_append_string(out, term_of(cost));
        } else {
            buffer_append_c(out, "null");
        }
        append_number(out, "ns_per_post", cost->ns_per_post);
        append_number(out, "reached_ratio", cost->reached_ratio);
        append_number(out, "matched_ratio", cost->matched_ratio);
        buffer_printf(out, ",\"unmeasured\":[%s%s%s]", cost->has_window ? "\"window\"" : "",
                      cost->has_window && cost->asks_labels ? "," : "",
                      cost->asks_labels ? "\"labels\"" : "");
        buffer_append_byte(out, '}');
    }
    buffer_append_c(out, "\n]}\n");
}

static int report(const struct arguments *arguments, const struct bench *bench,
                  const struct hearsay_rules *rules,
                  const struct hearsay_rules_bench_result *result, uint64_t budget_ns) {
    struct buffer out = {0};
    if (arguments_has(arguments, OPTION_JSON)) {
        append_json(&out, bench, rules, result);
    } else {
        append_text(&out, bench, rules, result);
    }
    int code = terminal_print(&out);
    if (code == EXIT_DONE && budget_ns > 0 && result->ns_per_post > (double)budget_ns) {
        terminal_error("the pack takes %.0f ns per post, more than the budget of %llu",
                       result->ns_per_post, (unsigned long long)budget_ns);
        code = EXIT_BUDGET;
    }
    return code;
}

static int measure(const struct arguments *arguments, struct bench *bench,
                   const struct hearsay_rules *rules, uint64_t budget_ns) {
    struct hearsay_failure failure = {0};
    struct hearsay_rules_bench_result result;
    const char *corpus = arguments->values[OPTION_CORPUS];
    enum hearsay_status status = corpus ? read_corpus(bench, corpus, &failure) : HEARSAY_OK;
    if (status == HEARSAY_OK && corpus && bench->text_count == 0) {
        terminal_error("%s: no line is a post with a text (canonical NDJSON is read)", corpus);
        return EXIT_IO;
    }
    if (status == HEARSAY_OK) {
        struct hearsay_rules_bench_options options = {.texts = bench->texts,
                                                      .text_count = bench->text_count,
                                                      .repeats = REPEATS,
                                                      .now_ns = now_ns,
                                                      .visit = keep_cost,
                                                      .context = bench};
        status = hearsay_rules_bench(rules, &options, &result, &failure);
    }
    if (status == HEARSAY_OK && bench->has_no_memory) {
        status = HEARSAY_NO_MEMORY;
    }
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    qsort(bench->costs, bench->cost_count, sizeof *bench->costs, compare_costs);
    return report(arguments, bench, rules, &result, budget_ns);
}

int command_rules_bench(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    struct bench bench = {0};
    uint64_t budget_ns = 0;
    const char *budget = arguments->values[OPTION_BUDGET];
    if (budget && !value_count(str_from_c(budget), 1, BUDGET_MOST_NS, &budget_ns)) {
        terminal_error("--budget %s: a whole number of nanoseconds per post is expected", budget);
        return EXIT_USAGE;
    }
    int code = rule_set_load(arguments->items[0], false, &rules);
    if (code == EXIT_DONE) {
        code = measure(arguments, &bench, rules, budget_ns);
    }
    hearsay_rules_free(rules);
    arena_free(&bench.arena);
    free(bench.texts);
    free(bench.costs);
    return code;
}
