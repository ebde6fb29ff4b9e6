#include "cli/evidence.h"
#include "cli/exit.h"
#include "cli/explain.h"
#include "cli/lines.h"
#include "cli/reference.h"
#include "cli/terminal.h"
#include "source/results.h"

enum { LINES_SHOWN = 16, PARTNERS_SHOWN = 5, CO_ACTIONS_SHOWN = 3, FINDINGS_SHOWN = 5 };

/* The lines with the highest number in one member, highest first. */
struct best {
    json_t *values[PARTNERS_SHOWN];
    size_t count;
    size_t seen;
};

static void best_add(struct best *best, json_t *value, const char *key) {
    double number = json_number_value(json_object_get(value, key));
    size_t at = best->count;
    best->seen++;
    while (at > 0 && number > json_number_value(json_object_get(best->values[at - 1], key))) {
        at--;
    }
    if (at == PARTNERS_SHOWN) {
        return;
    }
    if (best->count == PARTNERS_SHOWN) {
        json_decref(best->values[--best->count]);
    }
    for (size_t i = best->count; i > at; i--) {
        best->values[i] = best->values[i - 1];
    }
    best->values[at] = json_incref(value);
    best->count++;
}

static void best_free(struct best *best) {
    for (size_t i = 0; i < best->count; i++) {
        json_decref(best->values[i]);
    }
}

static bool is_same_platform(const json_t *value, const json_t *account) {
    return str_equal(json_member(value, "platform"), json_member(account, "platform"));
}

/* Collects the lines of `stream` where one of two members is the account. */
static enum hearsay_status collect(const char *folder, enum hearsay_stream stream,
                                   const json_t *account, const char *const keys[2],
                                   const char *rank, struct best *best,
                                   struct hearsay_failure *failure) {
    struct str id = json_member(account, "account");
    struct buffer quoted = {0};
    struct lines lines = {0};
    struct str line;
    enum hearsay_status status = json_append_string(&quoted, id)
                                     ? lines_open(&lines, folder, results_name(stream), failure)
                                     : HEARSAY_NO_MEMORY;
    while (status == HEARSAY_OK && lines_next(&lines, &line)) {
        json_t *value = NULL;
        if (!lines_has(line, keys[0], buffer_str(&quoted)) &&
            !lines_has(line, keys[1], buffer_str(&quoted))) {
            continue;
        }
        status = lines_parse(&lines, line, &value, failure);
        bool is_of_account = status == HEARSAY_OK && is_same_platform(value, account) &&
                             (str_equal(json_member(value, keys[0]), id) ||
                              str_equal(json_member(value, keys[1]), id));
        if (is_of_account) {
            best_add(best, value, rank);
        }
        json_decref(value);
    }
    lines_close(&lines);
    buffer_free(&quoted);
    return status;
}

/* "Member of cluster 2 with 7 accounts." */
static void append_cluster(struct buffer *out, const char *folder, const json_t *account) {
    struct str id = json_member(account, "account");
    struct buffer quoted = {0};
    struct lines lines = {0};
    struct str line;
    bool is_open = json_append_string(&quoted, id) &&
                   lines_open(&lines, folder, results_name(HEARSAY_CLUSTERS), NULL) == HEARSAY_OK;
    while (is_open && lines_next(&lines, &line)) {
        json_t *cluster = NULL;
        if (str_find(line, buffer_str(&quoted), 0) == STR_NOT_FOUND ||
            lines_parse(&lines, line, &cluster, NULL) != HEARSAY_OK) {
            continue;
        }
        const json_t *members = json_object_get(cluster, "accounts");
        struct str platform = json_member(cluster, "platform");
        bool is_here = platform.len == 0 || is_same_platform(cluster, account);
        for (size_t i = 0; is_here && i < json_array_size(members); i++) {
            const json_t *member = json_array_get(members, i);
            struct str name = {json_string_value(member), json_string_length(member)};
            if (str_equal(name, id)) {
                buffer_printf(out, "It is in cluster %lld, a group of ",
                              (long long)json_integer_value(json_object_get(cluster, "cluster")));
                terminal_append_count(out, json_array_size(members));
                buffer_append_c(out, " accounts (clusters.ndjson).\n");
                break;
            }
        }
        json_decref(cluster);
    }
    lines_close(&lines);
    buffer_free(&quoted);
}

static uint64_t count_of(const json_t *account, const char *key) {
    return (uint64_t)json_integer_value(json_object_get(account, key));
}

static void append_plural(struct buffer *out, uint64_t count, const char *noun) {
    terminal_append_count(out, count);
    buffer_printf(out, " %s%s", noun, count == 1 ? "" : "s");
}

/* "Coordination score 0.8 of 1 (0.7 to 0.9 ...), flagged (0.5 or more)." */
static void append_score(struct buffer *out, const json_t *account) {
    const json_t *interval = json_object_get(account, "score_interval");
    bool is_flagged = json_is_true(json_object_get(account, "flag"));
    buffer_append_c(out, "Coordination score ");
    buffer_append_double(out, json_number_value(json_object_get(account, "score")), 3);
    buffer_append_c(out, " of 1");
    if (json_array_size(interval) == 2) {
        buffer_append_c(out, " (");
        buffer_append_double(out, json_number_value(json_array_get(interval, 0)), 2);
        buffer_append_c(out, " to ");
        buffer_append_double(out, json_number_value(json_array_get(interval, 1)), 2);
        buffer_append_c(out, " were its pairs drawn anew)");
    }
    buffer_append_c(out,
                    is_flagged ? ", flagged (0.5 or more).\n" : ", not flagged (below 0.5).\n");
}

/* What the score rests on, as accounts.ndjson says it. */
static void append_reasons(struct buffer *out, const json_t *account) {
    const json_t *reasons = json_object_get(account, "reasons");
    for (size_t i = 0; i < json_array_size(reasons); i++) {
        const json_t *reason = json_array_get(reasons, i);
        struct str text = {json_string_value(reason), json_string_length(reason)};
        buffer_append_c(out, "- ");
        terminal_append_safe(out, text);
        buffer_append_byte(out, '\n');
    }
}

/* ", and claimed or passed on 3 claims, 2 of them without anything to look at (share 0.19 to 0.93)"
 */
static void append_claims(struct buffer *out, const json_t *account) {
    const json_t *interval = json_object_get(account, "claims_without_artefact_interval");
    if (count_of(account, "claims") == 0) {
        return;
    }
    buffer_append_c(out, ", and claimed or passed on ");
    append_plural(out, count_of(account, "claims"), "claim");
    buffer_append_c(out, ", ");
    terminal_append_count(out, count_of(account, "claims_without_artefact"));
    buffer_append_c(out, " of them without anything to look at (share ");
    buffer_append_double(out, json_number_value(json_array_get(interval, 0)), 2);
    buffer_append_c(out, " to ");
    buffer_append_double(out, json_number_value(json_array_get(interval, 1)), 2);
    buffer_append_byte(out, ')');
}

static void append_head(struct buffer *out, const char *folder, json_t *account) {
    json_t *layers = json_object_get(account, "layers");
    buffer_append_c(out, "Observed of ");
    explain_append_account(out, json_member(account, "platform"), json_member(account, "account"));
    buffer_append_c(out, "\n\nIt wrote ");
    append_plural(out, count_of(account, "posts"), "post");
    buffer_append_c(out, " among those read, with ");
    append_plural(out, count_of(account, "findings"), "finding");
    append_claims(out, account);
    buffer_append_c(out, ".\n");
    append_score(out, account);
    if (count_of(account, "partners") == 0) {
        bool has_reasons = json_array_size(json_object_get(account, "reasons")) > 0;
        buffer_append_c(out, has_reasons
                                 ? "No pair of it passes q under the null model, which takes an "
                                   "object's own times for granted; what few accounts share counts "
                                   "beside it:\n"
                                 : "It acted together with no other account more than chance "
                                   "explains, given how many pairs there are.\n");
        append_reasons(out, account);
        return;
    }
    buffer_append_c(out, "It acted together with ");
    append_plural(out, count_of(account, "partners"), "account");
    const char *before = ", by weight: ";
    for (void *at = json_object_iter(layers); at; at = json_object_iter_next(layers, at)) {
        buffer_append_c(out, before);
        terminal_append_safe(out, str_from_c(json_object_iter_key(at)));
        buffer_append_byte(out, ' ');
        buffer_append_double(out, json_number_value(json_object_iter_value(at)), 4);
        before = ", ";
    }
    buffer_append_c(out, ".\n");
    append_reasons(out, account);
    append_cluster(out, folder, account);
}

/* How the pair stands against chance, if that was tested. */
static void append_chance(struct buffer *out, const json_t *edge) {
    const json_t *q = json_object_get(edge, "q");
    if (!json_is_number(q)) {
        return;
    }
    buffer_append_c(out, ", p ");
    buffer_append_double(out, json_number_value(json_object_get(edge, "p")), 3);
    buffer_append_c(out, ", q ");
    buffer_append_double(out, json_number_value(q), 3);
    buffer_append_c(out, " among all pairs");
}

static void append_partners(struct buffer *out, const struct best *edges, const json_t *account) {
    if (edges->count == 0) {
        return;
    }
    bool has_partners = count_of(account, "partners") > 0;
    buffer_append_c(out, has_partners ? "\nStrongest pairs"
                                      : "\nThe pairs that its score is made of, strongest first");
    if (edges->seen > edges->count) {
        buffer_printf(out, " (%zu of ", edges->count);
        terminal_append_count(out, edges->seen);
        buffer_append_byte(out, ')');
    }
    buffer_append_c(out, "\n");
    for (size_t i = 0; i < edges->count; i++) {
        const json_t *edge = edges->values[i];
        bool is_self_a = str_equal(json_member(edge, "a"), json_member(account, "account"));
        buffer_printf(out, "\n%zu. account ", i + 1);
        terminal_append_safe(out, json_member(edge, is_self_a ? "b" : "a"));
        buffer_append_c(out, ", weight ");
        buffer_append_double(out, json_number_value(json_object_get(edge, "weight")), 4);
        append_chance(out, edge);
        buffer_append_byte(out, '\n');
        evidence_append_layers(out, edge, "   ");
        struct evidence_view view = {.name_a = is_self_a ? "this account" : "the partner",
                                     .name_b = is_self_a ? "the partner" : "this account",
                                     .indent = "   ",
                                     .limit = CO_ACTIONS_SHOWN};
        evidence_append_co_actions(out, edge, &view);
    }
}

static void append_findings(struct buffer *out, const struct best *findings) {
    if (findings->count == 0) {
        return;
    }
    buffer_append_c(out, "\nFindings among its posts");
    if (findings->seen > findings->count) {
        buffer_printf(out, " (%zu of ", findings->count);
        terminal_append_count(out, findings->seen);
        buffer_append_byte(out, ')');
    }
    buffer_append_byte(out, '\n');
    for (size_t i = 0; i < findings->count; i++) {
        const json_t *finding = findings->values[i];
        buffer_append_c(out, "- post ");
        terminal_append_safe(out, json_member(finding, "post"));
        buffer_append_c(out, ": score ");
        buffer_append_double(out, json_number_value(json_object_get(finding, "score")), 3);
        buffer_append_c(out, json_is_true(json_object_get(finding, "flag")) ? ", flagged" : "");
        if (json_member(finding, "incident").len > 0) {
            buffer_append_c(out, ", ");
            terminal_append_safe(out, json_member(finding, "incident"));
        }
        const json_t *span = json_array_get(json_object_get(finding, "spans"), 0);
        if (span) {
            buffer_append_c(out, ", says \"");
            terminal_append_safe(out, json_member(span, "text"));
            buffer_append_byte(out, '"');
        }
        buffer_append_byte(out, '\n');
    }
}

static int print_account(const char *folder, json_t *account) {
    static const char *const edge_keys[2] = {"a", "b"};
    static const char *const finding_keys[2] = {"account", "account"};
    struct best edges = {0};
    struct best findings = {0};
    struct hearsay_failure failure = {0};
    enum hearsay_status status =
        collect(folder, HEARSAY_EDGES, account, edge_keys, "weight", &edges, &failure);
    if (status == HEARSAY_OK) {
        status =
            collect(folder, HEARSAY_FINDINGS, account, finding_keys, "score", &findings, &failure);
    }
    int code;
    if (status == HEARSAY_OK) {
        struct buffer out = {0};
        append_head(&out, folder, account);
        append_partners(&out, &edges, account);
        append_findings(&out, &findings);
        explain_append_habits(&out, account);
        explain_append_caveat(&out, folder, edges.count > 0 ? edges.values[0] : NULL);
        code = terminal_print(&out);
    } else {
        code = terminal_fail(status, &failure);
    }
    best_free(&edges);
    best_free(&findings);
    return code;
}

static bool is_empty_file(const char *folder, enum hearsay_stream stream) {
    struct lines lines;
    struct str line;
    bool is_empty = lines_open(&lines, folder, results_name(stream), NULL) == HEARSAY_OK &&
                    !lines_next(&lines, &line);
    lines_close(&lines);
    return is_empty;
}

static int unknown_account(const char *folder, struct str text) {
    struct buffer hint = {0};
    if (is_empty_file(folder, HEARSAY_ACCOUNTS)) {
        buffer_printf(
            &hint,
            ": this run wrote no accounts (with --like there are only pairs); to see one: "
            "hearsay explain %s edge:A,B",
            folder);
    } else {
        reference_append_similar(&hint, folder, results_name(HEARSAY_ACCOUNTS), "account", text);
    }
    terminal_error("no account %.*s in %s%.*s", (int)text.len, text.ptr, folder, (int)hint.len,
                   hint.len > 0 ? hint.ptr : "");
    buffer_free(&hint);
    return EXIT_IO;
}

int explain_account(const char *folder, struct str text) {
    json_t *found = NULL;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = reference_find(folder, results_name(HEARSAY_ACCOUNTS), "account",
                                                text, LINES_SHOWN, &found, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    int code;
    if (json_array_size(found) == 0) {
        code = unknown_account(folder, text);
    } else if (reference_is_ambiguous(found)) {
        code = explain_ambiguous("account", text, found);
    } else {
        code = print_account(folder, json_array_get(found, 0));
    }
    json_decref(found);
    return code;
}
