#include "cli/outcome.h"

#include "base/json.h"
#include "cli/lines.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "source/results.h"

enum { INPUTS_SHOWN = 8, REJECTIONS_SHOWN = 3 };

static uint64_t count_member(const json_t *object, const char *key) {
    return (uint64_t)json_integer_value(json_object_get(object, key));
}

/* Appends " (like 3, delete 1)", or nothing for an empty object. */
static void append_kinds(struct buffer *out, json_t *kinds) {
    const char *kind;
    const json_t *count;
    const char *before = " (";
    void *at = json_object_iter(kinds);
    while (at) {
        kind = json_object_iter_key(at);
        count = json_object_iter_value(at);
        buffer_append_c(out, before);
        terminal_append_safe(out, str_from_c(kind));
        buffer_append_byte(out, ' ');
        terminal_append_count(out, (uint64_t)json_integer_value(count));
        before = ", ";
        at = json_object_iter_next(kinds, at);
    }
    if (json_object_size(kinds) > 0) {
        buffer_append_byte(out, ')');
    }
}

static void append_inputs(struct buffer *out, const json_t *inputs) {
    size_t count = json_array_size(inputs);
    for (size_t i = 0; i < count && i < INPUTS_SHOWN; i++) {
        const json_t *input = json_array_get(inputs, i);
        struct str format = json_member(input, "format");
        struct str note = json_member(input, "note");
        buffer_append_c(out, i == 0 ? "read        " : "            ");
        terminal_append_safe(out, json_member(input, "file"));
        buffer_append_c(out, ": ");
        terminal_append_safe(out, format.len > 0 ? format : STR("no format recognised"));
        buffer_append_c(out, ", ");
        terminal_append_count(out, count_member(input, "records"));
        buffer_append_c(out, count_member(input, "records") == 1 ? " record, " : " records, ");
        terminal_append_bytes(out, count_member(input, "bytes"));
        if (note.len > 0) {
            buffer_append_c(out, "; ");
            terminal_append_safe(out, note);
        }
        buffer_append_byte(out, '\n');
    }
    if (count > INPUTS_SHOWN) {
        buffer_printf(out, "            and %zu more inputs: see summary.json\n",
                      count - INPUTS_SHOWN);
    }
}

static void append_term(struct buffer *out, const char *name, uint64_t value) {
    buffer_append_c(out, name);
    terminal_append_count(out, value);
}

/* The sum of DESIGN section 4, which always holds. */
static void append_sum(struct buffer *out, const json_t *summary,
                       const struct hearsay_counts *counts) {
    append_term(out, "records_in  ", counts->records_in);
    append_term(out, " = posts ", counts->posts);
    append_term(out, " + reposts ", counts->reposts);
    append_term(out, " + duplicates ", counts->duplicates);
    append_term(out, " + other events ", counts->other_events);
    append_kinds(out, json_object_get(summary, "other_events"));
    append_term(out, " + rejected ", counts->rejected);
    append_kinds(out, json_object_get(summary, "rejected"));
    buffer_append_byte(out, '\n');
    if (counts->repaired > 0) {
        append_term(out, "repaired    ", counts->repaired);
        buffer_append_c(out, counts->repaired == 1 ? " record" : " records");
        append_kinds(out, json_object_get(summary, "repaired"));
        buffer_append_byte(out, '\n');
    }
    if (counts->id_conflict > 0) {
        append_term(out, "id_conflict ", counts->id_conflict);
        buffer_append_c(out, counts->id_conflict == 1 ? " post" : " posts");
        buffer_append_c(out, " whose id was also seen with other content; all were kept\n");
    }
    uint64_t without = count_member(summary, "without_account_or_time");
    if (without > 0) {
        append_term(out, "left out    ", without);
        buffer_append_c(out, without == 1 ? " post" : " posts");
        buffer_append_c(out, " without account or time: judged, but in no comparison\n");
    }
}

static void append_rejections(struct buffer *out, const json_t *summary) {
    const json_t *first = json_object_get(summary, "first_rejections");
    for (size_t i = 0; i < json_array_size(first) && i < REJECTIONS_SHOWN; i++) {
        const json_t *example = json_array_get(first, i);
        buffer_append_c(out, "rejected    ");
        terminal_append_safe(out, json_member(example, "file"));
        buffer_append_byte(out, ':');
        buffer_append_u64(out, count_member(example, "line"));
        buffer_append_c(out, ": ");
        terminal_append_safe(out, json_member(example, "reason"));
        if (json_member(example, "detail").len > 0) {
            buffer_append_c(out, ": ");
            terminal_append_safe(out, json_member(example, "detail"));
        }
        buffer_append_byte(out, '\n');
    }
}

static void append_found(struct buffer *out, const json_t *summary,
                         const struct hearsay_counts *counts) {
    const json_t *rules = json_object_get(summary, "rules");
    if (json_is_object(rules)) {
        append_term(out, "findings    ", counts->findings);
        append_term(out, ", flagged ", counts->flagged_findings);
        buffer_append_c(out, "  (pack ");
        terminal_append_safe(out, json_member(rules, "pack"));
        buffer_append_byte(out, ' ');
        terminal_append_safe(out, json_member(rules, "version"));
        append_term(out, ", ", count_member(rules, "rules"));
        buffer_append_c(out, " rules)\n");
        append_term(out, "claims      ", counts->claims);
        buffer_append_c(out, "\n");
    }
    append_term(out, "accounts    ", counts->accounts);
    append_term(out, ", flagged ", counts->flagged_accounts);
    append_term(out, "\nedges       ", counts->edges);
    buffer_append_c(out, counts->edges == 1 ? " pair of accounts" : " pairs of accounts");
    const json_t *coordination = json_object_get(summary, "coordination");
    uint64_t significant = count_member(coordination, "significant_edges");
    if (coordination) {
        append_term(out, ", ", significant);
        buffer_append_c(out, " beyond chance");
    }
    append_term(out, ", clusters ", counts->clusters);
    buffer_append_byte(out, '\n');
    if (coordination && significant == 0) {
        buffer_append_c(out,
                        "            no two accounts acted together more than chance explains\n");
    }
}

/* Every cap that acted is named. */
static void append_limits(struct buffer *out, const json_t *summary) {
    const json_t *coordination = json_object_get(summary, "coordination");
    json_t *layers = json_object_get(coordination, "layers");
    for (void *at = json_object_iter(layers); at; at = json_object_iter_next(layers, at)) {
        const json_t *layer = json_object_iter_value(at);
        const char *name = json_object_iter_key(at);
        uint64_t capped = count_member(layer, "capped_objects");
        if (capped > 0) {
            buffer_printf(out, "limit       layer %s: ", name);
            terminal_append_count(out, capped);
            append_term(out,
                        capped == 1 ? " popular object was capped, pairs left out "
                                    : " popular objects were capped, pairs left out ",
                        count_member(layer, "skipped_pairs"));
            buffer_append_byte(out, '\n');
        }
        if (json_is_true(json_object_get(layer, "window_was_widened"))) {
            buffer_printf(out, "limit       layer %s: the window was widened to ", name);
            terminal_append_duration(out, json_number_value(json_object_get(layer, "window_s")));
            buffer_append_c(out, ", the precision of the source's times\n");
        }
    }
    uint64_t omitted = count_member(coordination, "omitted_co_actions");
    if (omitted > 0) {
        append_term(out, "limit       edges: ", omitted);
        buffer_append_c(out, " co-actions beyond those that one edge lists\n");
    }
    const json_t *limits = json_object_get(summary, "limits");
    uint64_t spilled = count_member(limits, "spilled_bytes");
    if (spilled > 0) {
        buffer_append_c(out, "limit       --memory: ");
        terminal_append_bytes(out, spilled);
        buffer_append_c(out, " went through a temporary file\n");
    }
    uint64_t unmatched = count_member(limits, "posts_with_match_limit");
    if (unmatched > 0) {
        append_term(out, "limit       ", unmatched);
        buffer_append_c(out, unmatched == 1 ? " post" : " posts");
        buffer_append_c(out, ": a regular expression met its match limit\n");
    }
    uint64_t forgotten = count_member(limits, "claims_forgotten");
    if (forgotten > 0) {
        append_term(out, "limit       claims: ", forgotten);
        buffer_append_c(out,
                        " were forgotten to make room; later posts may have opened them anew\n");
    }
    uint64_t left_out = count_member(limits, "objects_left_out");
    if (left_out > 0) {
        append_term(out, "limit       ", left_out);
        buffer_append_c(out, " shared objects beyond the limit per post were left out\n");
    }
}

/* The line with the highest number `key`, owned by the caller; NULL if none is above zero. */
static json_t *top_line(const char *folder, enum hearsay_stream stream, const char *key) {
    struct lines lines;
    json_t *top = NULL;
    double best = 0;
    struct str line;
    bool is_open = lines_open(&lines, folder, results_name(stream), NULL) == HEARSAY_OK;
    while (is_open && lines_next(&lines, &line)) {
        double number = lines_number(line, key);
        json_t *value = NULL;
        if (number > best && lines_parse(&lines, line, &value, NULL) == HEARSAY_OK) {
            json_decref(top);
            top = value;
            best = number;
        }
    }
    lines_close(&lines);
    return top;
}

static void append_command(struct buffer *out, const char *folder, struct buffer *reference) {
    buffer_append_c(out, "hearsay explain ");
    terminal_append_shell(out, str_from_c(folder));
    buffer_append_byte(out, ' ');
    terminal_append_shell(out, buffer_str(reference));
    buffer_append_byte(out, '\n');
    out->failed = out->failed || reference->failed;
    buffer_free(reference);
}

static void append_top(struct buffer *out, const char *folder, const char *kind, const json_t *line,
                       const char *key) {
    struct buffer reference = {0};
    buffer_append_c(&reference, kind);
    buffer_append_str(&reference, json_member(line, key));
    append_command(out, folder, &reference);
}

/* A run with --like scores no account: there the heaviest pair is the place to begin. */
static void append_next(struct buffer *out, const char *folder) {
    json_t *account = top_line(folder, HEARSAY_ACCOUNTS, "score");
    json_t *finding = top_line(folder, HEARSAY_FINDINGS, "score");
    json_t *claim = top_line(folder, HEARSAY_CLAIMS, "flagged_posts");
    json_t *edge = account ? NULL : top_line(folder, HEARSAY_EDGES, "weight");
    const char *label = "next        ";
    if (account) {
        buffer_append_c(out, label);
        append_top(out, folder, "account:", account, "account");
        label = "            ";
    }
    if (edge) {
        struct buffer reference = {0};
        buffer_append_c(&reference, "edge:");
        buffer_append_str(&reference, json_member(edge, "a"));
        buffer_append_byte(&reference, ',');
        buffer_append_str(&reference, json_member(edge, "b"));
        buffer_append_c(out, label);
        append_command(out, folder, &reference);
        label = "            ";
    }
    if (claim) {
        buffer_append_c(out, label);
        append_top(out, folder, "claim:", claim, "claim");
        label = "            ";
    }
    if (finding) {
        buffer_append_c(out, label);
        append_top(out, folder, "post:", finding, "post");
    }
    json_decref(account);
    json_decref(finding);
    json_decref(claim);
    json_decref(edge);
}

static void append_interruption(struct buffer *out, const struct outcome *outcome) {
    if (!outcome->was_interrupted) {
        return;
    }
    append_term(out, "interrupted: results cover the first ", outcome->counts->records_in);
    buffer_append_c(out, " records");
    if (outcome->inputs_unread > 0) {
        append_term(out, "; inputs not begun: ", outcome->inputs_unread);
    }
    buffer_append_byte(out, '\n');
}

int outcome_print(const struct outcome *outcome) {
    json_t *summary = NULL;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = summary_load(outcome->folder, &summary, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    struct buffer out = {0};
    append_interruption(&out, outcome);
    append_inputs(&out, json_object_get(summary, "inputs"));
    if (outcome->results_left_out > 0) {
        buffer_printf(&out, "left out    %zu results folders of hearsay below the inputs\n",
                      outcome->results_left_out);
    }
    append_sum(&out, summary, outcome->counts);
    append_rejections(&out, summary);
    append_found(&out, summary, outcome->counts);
    append_limits(&out, summary);
    buffer_append_c(&out, "results     ");
    terminal_append_safe(&out, str_from_c(outcome->folder));
    buffer_append_c(&out, "  (");
    terminal_append_duration(&out, outcome->elapsed_s);
    buffer_append_c(&out, ")\n");
    if (outcome->rejects) {
        buffer_append_c(&out, "rejects     ");
        terminal_append_safe(&out, str_from_c(outcome->rejects));
        buffer_append_byte(&out, '\n');
    }
    append_next(&out, outcome->folder);
    json_decref(summary);
    return terminal_print(&out);
}
