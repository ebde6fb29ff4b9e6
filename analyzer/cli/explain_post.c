#include "cli/exit.h"
#include "cli/explain.h"
#include "cli/lines.h"
#include "cli/reference.h"
#include "cli/terminal.h"
#include "source/results.h"

enum { LINES_SHOWN = 16 };

static void append_rules(struct buffer *out, const json_t *finding) {
    const json_t *rules = json_object_get(finding, "rules");
    buffer_append_c(out, "Rules that matched, with what each adds to the log-odds:\n");
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *rule = json_array_get(rules, i);
        double weight = json_number_value(json_object_get(rule, "weight"));
        buffer_append_c(out, "  ");
        terminal_append_safe(out, json_member(rule, "id"));
        buffer_append_c(out, weight < 0 ? "  " : "  +");
        buffer_append_double(out, weight, 4);
        buffer_append_byte(out, '\n');
    }
}

static void append_text_term(struct buffer *out, const json_t *finding) {
    const json_t *term = json_object_get(finding, "text_term");
    const json_t *phrases = json_object_get(term, "phrases");
    double weight = json_number_value(json_object_get(term, "weight"));
    if (json_array_size(phrases) == 0) {
        return;
    }
    buffer_append_c(out, weight < 0 ? "  wording  " : "  wording  +");
    buffer_append_double(out, weight, 4);
    buffer_append_c(out, ", learned from labelled posts; most by");
    for (size_t i = 0; i < json_array_size(phrases); i++) {
        const json_t *phrase = json_array_get(phrases, i);
        double part = json_number_value(json_object_get(phrase, "weight"));
        buffer_append_c(out, i == 0 ? " \"" : ", \"");
        terminal_append_safe(out, json_member(phrase, "text"));
        buffer_append_c(out, part < 0 ? "\" " : "\" +");
        buffer_append_double(out, part, 2);
    }
    buffer_append_byte(out, '\n');
}

static bool is_same_place(const json_t *a, const json_t *b) {
    return json_integer_value(json_object_get(a, "start")) ==
               json_integer_value(json_object_get(b, "start")) &&
           json_integer_value(json_object_get(a, "end")) ==
               json_integer_value(json_object_get(b, "end"));
}

/* The terms that matched the same bytes as spans[from], each name once; returns the first span
 * after them. */
static size_t append_terms(struct buffer *out, const json_t *spans, size_t from) {
    size_t end = from;
    const json_t *first = json_array_get(spans, from);
    for (; is_same_place(first, json_array_get(spans, end)) && end < json_array_size(spans);
         end++) {
        struct str term = json_member(json_array_get(spans, end), "term");
        bool is_repeated = false;
        for (size_t i = from; i < end && !is_repeated; i++) {
            is_repeated = str_equal(term, json_member(json_array_get(spans, i), "term"));
        }
        if (!is_repeated) {
            buffer_append_c(out, end == from ? "  " : ", ");
            terminal_append_safe(out, term);
        }
    }
    return end;
}

static void append_spans(struct buffer *out, const json_t *finding) {
    const json_t *spans = json_object_get(finding, "spans");
    if (json_array_size(spans) > 0) {
        buffer_append_c(out, "Words of the post that decided it, with the terms they matched:\n");
    }
    for (size_t i = 0; i < json_array_size(spans);) {
        const json_t *span = json_array_get(spans, i);
        buffer_append_c(out, "  \"");
        terminal_append_safe(out, json_member(span, "text"));
        buffer_printf(out, "\"  bytes %lld to %lld",
                      (long long)json_integer_value(json_object_get(span, "start")),
                      (long long)json_integer_value(json_object_get(span, "end")));
        i = append_terms(out, spans, i);
        buffer_append_byte(out, '\n');
    }
}

static void append_member(struct buffer *out, const json_t *finding, const char *key,
                          const char *label) {
    struct str value = json_member(finding, key);
    if (value.len > 0) {
        buffer_append_c(out, label);
        terminal_append_safe(out, value);
        buffer_append_byte(out, '\n');
    }
}

static void append_finding(struct buffer *out, const json_t *finding) {
    bool is_flagged = json_is_true(json_object_get(finding, "flag"));
    struct str account = json_member(finding, "account");
    struct str created_at = json_member(finding, "created_at");
    buffer_append_c(out, "Post ");
    terminal_append_safe(out, json_member(finding, "post"));
    buffer_append_c(out, account.len > 0 ? ", by " : ", account not known");
    if (account.len > 0) {
        explain_append_account(out, json_member(finding, "platform"), account);
    }
    buffer_append_c(out, ", ");
    terminal_append_safe(out, created_at.len > 0 ? created_at : STR("time not known"));
    buffer_append_c(out, "\n\n");
    buffer_append_c(out, is_flagged ? "Flagged" : "Not flagged");
    buffer_append_c(out, ": score ");
    buffer_append_double(out, json_number_value(json_object_get(finding, "score")), 3);
    buffer_append_c(out, is_flagged ? " of 1. It reads as a claim of a breach that the post gives "
                                      "no way to check.\n"
                                    : " of 1, below the pack's threshold.\n");
    append_member(out, finding, "incident", "Incident:  ");
    append_member(out, finding, "stance", "Stance:    ");
    append_member(out, finding, "victim", "Victim:    ");
    append_member(out, finding, "quantity", "Quantity:  ");
    append_member(out, finding, "claim", "Claim:     ");
    append_rules(out, finding);
    append_text_term(out, finding);
    append_spans(out, finding);
    buffer_append_c(out, "\nThis describes what the post says and shows. It does not say that the "
                         "claim is true or false, or\nwhat its author meant.\n");
}

/* Whether the line has the post on either side of a co-action. */
static bool is_evidence(struct str line, struct str quoted) {
    static const char *const sides[] = {"\"post_a\":", "\"post_b\":"};
    bool is_found = false;
    for (size_t i = 0; i < 2 && !is_found; i++) {
        struct buffer pattern = {0};
        buffer_append_c(&pattern, sides[i]);
        buffer_append_str(&pattern, quoted);
        is_found = !pattern.failed && str_find(line, buffer_str(&pattern), 0) != STR_NOT_FOUND;
        buffer_free(&pattern);
    }
    return is_found;
}

/* A post without a finding may still be evidence of a pair: counts those and appends a reference to
 * the first. */
static size_t count_in_edges(const char *folder, struct str text, struct buffer *out) {
    struct buffer quoted = {0};
    struct lines lines = {0};
    struct str line;
    size_t count = 0;
    bool is_open = json_append_string(&quoted, text) &&
                   lines_open(&lines, folder, results_name(HEARSAY_EDGES), NULL) == HEARSAY_OK;
    while (is_open && lines_next(&lines, &line)) {
        json_t *edge = NULL;
        if (!is_evidence(line, buffer_str(&quoted)) ||
            lines_parse(&lines, line, &edge, NULL) != HEARSAY_OK) {
            continue;
        }
        if (count++ == 0) {
            buffer_append_c(out, "edge:");
            buffer_append_str(out, json_member(edge, "a"));
            buffer_append_byte(out, ',');
            buffer_append_str(out, json_member(edge, "b"));
        }
        json_decref(edge);
    }
    lines_close(&lines);
    buffer_free(&quoted);
    return count;
}

static int without_finding(const char *folder, struct str text) {
    struct buffer edge = {0};
    struct buffer out = {0};
    size_t count = count_in_edges(folder, text, &edge);
    if (count > 0) {
        buffer_append_c(&out, "Post ");
        terminal_append_safe(&out, text);
        buffer_printf(&out,
                      ": no rule scored it above 0. It is evidence for %zu pair%s of accounts "
                      "that acted\ntogether; to see the first: hearsay explain ",
                      count, count == 1 ? "" : "s");
        terminal_append_shell(&out, str_from_c(folder));
        buffer_append_byte(&out, ' ');
        terminal_append_shell(&out, buffer_str(&edge));
        buffer_append_byte(&out, '\n');
        buffer_free(&edge);
        return terminal_print(&out);
    }
    reference_append_similar(&out, folder, results_name(HEARSAY_FINDINGS), "post", text);
    terminal_error("no finding for post %.*s: either no rule scored it above 0 or it was not among "
                   "the posts%.*s",
                   (int)text.len, text.ptr, (int)out.len, out.len > 0 ? out.ptr : "");
    buffer_free(&out);
    buffer_free(&edge);
    return EXIT_IO;
}

int explain_post(const char *folder, struct str text) {
    json_t *found = NULL;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = reference_find(folder, results_name(HEARSAY_FINDINGS), "post",
                                                text, LINES_SHOWN, &found, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    int code;
    if (json_array_size(found) == 0) {
        code = without_finding(folder, text);
    } else if (reference_is_ambiguous(found)) {
        code = explain_ambiguous("post", text, found);
    } else {
        struct buffer out = {0};
        for (size_t i = 0; i < json_array_size(found); i++) {
            buffer_append_c(&out, i == 0 ? "" : "\n--- the same id with other content\n\n");
            append_finding(&out, json_array_get(found, i));
        }
        code = terminal_print(&out);
    }
    json_decref(found);
    return code;
}
