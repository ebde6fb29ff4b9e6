#include "cli/evidence.h"
#include "cli/exit.h"
#include "cli/explain.h"
#include "cli/lines.h"
#include "cli/reference.h"
#include "cli/terminal.h"
#include "source/results.h"

enum { CO_ACTIONS_SHOWN = 20, PAIRS_FOUND = 16 };

/* The pair as "A,B" in either order: an id may hold commas, so the lines decide where to cut. */
static bool is_pair(struct str text, struct str a, struct str b) {
    struct str first = str_starts_with(text, a) ? a : b;
    struct str second = str_starts_with(text, a) ? b : a;
    for (int order = 0; order < 2; order++) {
        if (text.len == first.len + 1 + second.len && str_starts_with(text, first) &&
            text.ptr[first.len] == ',' && str_ends_with(text, second)) {
            return true;
        }
        struct str swap = first;
        first = second;
        second = swap;
    }
    return false;
}

/* The end of an id, as it stands in the line, must be the end of the text: cheap enough for a table
 * of millions of pairs. */
static bool may_be_pair(struct str line, const struct reading *readings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct str id = readings[i].id;
        for (size_t comma = 0; (comma = str_find_byte(id, ',', comma)) != STR_NOT_FOUND; comma++) {
            struct buffer quoted = {0};
            json_append_string(&quoted, str_slice(id, comma + 1, id.len));
            bool is_hit = !quoted.failed && (lines_has(line, "a", buffer_str(&quoted)) ||
                                             lines_has(line, "b", buffer_str(&quoted)));
            buffer_free(&quoted);
            if (is_hit) {
                return true;
            }
        }
    }
    return false;
}

static bool matches(const json_t *edge, const struct reading *readings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct str platform = readings[i].platform;
        if (is_pair(readings[i].id, json_member(edge, "a"), json_member(edge, "b")) &&
            (platform.len == 0 || str_equal(platform, json_member(edge, "platform")))) {
            return true;
        }
    }
    return false;
}

static enum hearsay_status find_edges(const char *folder, struct str text, json_t *found,
                                      struct hearsay_failure *failure) {
    struct reading readings[REFERENCE_READINGS];
    size_t count = reference_readings(text, readings);
    struct lines lines = {0};
    struct str line;
    enum hearsay_status status =
        count > 0 && found ? lines_open(&lines, folder, results_name(HEARSAY_EDGES), failure)
                           : HEARSAY_NO_MEMORY;
    while (status == HEARSAY_OK && lines_next(&lines, &line)) {
        json_t *edge = NULL;
        if (!may_be_pair(line, readings, count)) {
            continue;
        }
        status = lines_parse(&lines, line, &edge, failure);
        if (status == HEARSAY_OK && matches(edge, readings, count) &&
            json_array_size(found) < PAIRS_FOUND) {
            json_array_append(found, edge);
        }
        json_decref(edge);
    }
    lines_close(&lines);
    reference_readings_free(readings, count);
    return status;
}

static int print_edge(const char *folder, const json_t *edge) {
    struct buffer out = {0};
    struct str platform = json_member(edge, "platform");
    const json_t *q = json_object_get(edge, "q");
    buffer_append_c(&out, "Observed of two accounts");
    if (platform.len > 0) {
        buffer_append_c(&out, " on ");
        terminal_append_safe(&out, platform);
    }
    buffer_append_c(&out, ": ");
    terminal_append_safe(&out, json_member(edge, "a"));
    buffer_append_c(&out, " and ");
    terminal_append_safe(&out, json_member(edge, "b"));
    buffer_append_c(&out, "\n\nThey acted together with weight ");
    buffer_append_double(&out, json_number_value(json_object_get(edge, "weight")), 4);
    if (json_is_number(q)) {
        buffer_append_c(&out, "; expected share of false discoveries among pairs like this (q) ");
        buffer_append_double(&out, json_number_value(q), 3);
    } else {
        buffer_append_c(&out, "; no test against chance was made (p and q are null)");
    }
    buffer_append_c(&out, ".\n");
    evidence_append_layers(&out, edge, "  ");
    buffer_append_c(&out, "\nThe evidence, closest in time first\n");
    struct buffer name_a = {0};
    struct buffer name_b = {0};
    terminal_append_safe(&name_a, json_member(edge, "a"));
    terminal_append_safe(&name_b, json_member(edge, "b"));
    if (!buffer_append_byte(&name_a, '\0') || !buffer_append_byte(&name_b, '\0')) {
        out.failed = true;
    } else {
        struct evidence_view view = {
            .name_a = name_a.ptr, .name_b = name_b.ptr, .indent = "  ", .limit = CO_ACTIONS_SHOWN};
        evidence_append_co_actions(&out, edge, &view);
    }
    buffer_free(&name_a);
    buffer_free(&name_b);
    explain_append_caveat(&out, folder, edge);
    return terminal_print(&out);
}

int explain_edge(const char *folder, struct str text) {
    struct hearsay_failure failure = {0};
    if (str_find_byte(text, ',', 0) == STR_NOT_FOUND) {
        terminal_error("edge:%.*s: expected is edge:A,B with the ids of two accounts",
                       (int)text.len, text.ptr);
        return EXIT_USAGE;
    }
    json_t *found = json_array();
    enum hearsay_status status = find_edges(folder, text, found, &failure);
    int code;
    if (status != HEARSAY_OK) {
        code = terminal_fail(status, &failure);
    } else if (json_array_size(found) == 0) {
        terminal_error("no edge %.*s in %s: the two accounts did not act together more than the "
                       "thresholds ask, or one of them is not among the accounts; to see the "
                       "partners of one: hearsay explain %s account:ID",
                       (int)text.len, text.ptr, folder, folder);
        code = EXIT_IO;
    } else if (reference_is_ambiguous(found)) {
        code = explain_ambiguous("edge", text, found);
    } else {
        code = print_edge(folder, json_array_get(found, 0));
    }
    json_decref(found);
    return code;
}
