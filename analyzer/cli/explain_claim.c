/* A claim in sentences: who said it first, how it spread, what could be checked and what not. */
#include <inttypes.h>

#include "cli/exit.h"
#include "cli/explain.h"
#include "cli/reference.h"
#include "cli/terminal.h"
#include "source/results.h"

enum { LINES_SHOWN = 4, POSTS_SHOWN = 8, VARIANTS_SHOWN = 6, LABEL_WIDTH = 14 };

static void append_label(struct buffer *out, const char *label) {
    buffer_printf(out, "%-*s", LABEL_WIDTH, label);
}

static uint64_t count_of(const json_t *object, const char *key) {
    return (uint64_t)json_integer_value(json_object_get(object, key));
}

static double number_of(const json_t *object, const char *key) {
    return json_number_value(json_object_get(object, key));
}

static void append_plural(struct buffer *out, uint64_t count, const char *noun) {
    terminal_append_count(out, count);
    buffer_printf(out, " %s%s", noun, count == 1 ? "" : "s");
}

/* "relay 18, denial 1" */
static void append_counts(struct buffer *out, json_t *counts) {
    const char *before = "";
    for (void *at = json_object_iter(counts); at; at = json_object_iter_next(counts, at)) {
        buffer_append_c(out, before);
        terminal_append_safe(out, str_from_c(json_object_iter_key(at)));
        buffer_append_byte(out, ' ');
        terminal_append_count(out, (uint64_t)json_integer_value(json_object_iter_value(at)));
        before = ", ";
    }
}

static void append_post(struct buffer *out, const json_t *post) {
    struct str at = json_member(post, "at");
    terminal_append_safe(out, at.len > 0 ? at : STR("time not known"));
    buffer_append_c(out, "  ");
    terminal_append_safe(out, json_member(post, "stance"));
    buffer_append_c(out, ", post ");
    terminal_append_safe(out, json_member(post, "post"));
    if (json_member(post, "account").len > 0) {
        buffer_append_c(out, " by ");
        explain_append_account(out, json_member(post, "platform"), json_member(post, "account"));
    }
}

/* ---- What is claimed ---- */

static void append_head(struct buffer *out, json_t *claim) {
    struct str victim = json_member(claim, "victim");
    buffer_append_c(out, "Claim ");
    terminal_append_safe(out, json_member(claim, "claim"));
    buffer_append_c(out, ": ");
    terminal_append_safe(out, json_member(claim, "incident"));
    buffer_append_c(out, victim.len > 0 ? " at \"" : ", no victim named");
    if (victim.len > 0) {
        terminal_append_safe(out, victim);
        buffer_append_byte(out, '"');
    }
    buffer_append_c(out, "\n\n");
    append_plural(out, count_of(claim, "post_count"), "post");
    buffer_append_c(out, " by ");
    append_plural(out, count_of(claim, "accounts"), "account");
    buffer_append_c(out, " speak of it, ");
    terminal_append_count(out, count_of(claim, "flagged_posts"));
    buffer_append_c(out, " of them flagged as a claim that nobody can check from the post.\n");
    append_label(out, "Incidents:");
    append_counts(out, json_object_get(claim, "incidents"));
    buffer_append_byte(out, '\n');
    append_label(out, "Stances:");
    append_counts(out, json_object_get(claim, "stances"));
    buffer_append_byte(out, '\n');
    append_label(out, "Languages:");
    append_counts(out, json_object_get(claim, "languages"));
    buffer_append_byte(out, '\n');
}

static void append_victims(struct buffer *out, const json_t *claim) {
    const json_t *victims = json_object_get(claim, "victims");
    if (json_array_size(victims) < 2) {
        return;
    }
    append_label(out, "Victim as:");
    for (size_t i = 0; i < json_array_size(victims) && i < VARIANTS_SHOWN; i++) {
        const json_t *victim = json_array_get(victims, i);
        buffer_append_c(out, i == 0 ? "\"" : ", \"");
        terminal_append_safe(out, json_member(victim, "text"));
        buffer_append_c(out, "\" ");
        terminal_append_count(out, count_of(victim, "posts"));
    }
    buffer_append_byte(out, '\n');
}

static void append_amount(struct buffer *out, const json_t *quantity) {
    double value = number_of(quantity, "value");
    if (str_is(json_member(quantity, "unit"), "bytes")) {
        terminal_append_bytes(out, (uint64_t)value);
    } else {
        terminal_append_count(out, (uint64_t)value);
    }
    buffer_append_c(out, " in ");
    append_plural(out, count_of(quantity, "posts"), "post");
}

static void append_ratio(struct buffer *out, double ratio) {
    if (ratio < 10) {
        buffer_append_double(out, ratio, 2);
    } else {
        terminal_append_count(out, (uint64_t)ratio);
    }
}

static void append_quantities(struct buffer *out, const json_t *claim) {
    const json_t *quantities = json_object_get(claim, "quantities");
    struct str are = json_member(claim, "quantities_are");
    append_label(out, "Quantities:");
    for (size_t i = 0; i < json_array_size(quantities) && i < VARIANTS_SHOWN; i++) {
        buffer_append_c(out, i == 0 ? "" : ", ");
        append_amount(out, json_array_get(quantities, i));
    }
    if (json_array_size(quantities) > VARIANTS_SHOWN) {
        buffer_append_c(out, ", and others");
    }
    if (str_is(are, "differ")) {
        buffer_append_c(out, "; the largest is ");
        append_ratio(out, number_of(claim, "quantity_ratio"));
        buffer_append_c(out, " times the smallest of its kind");
    } else if (str_is(are, "consistent")) {
        buffer_append_c(out, "; they agree");
    }
    buffer_append_c(out, json_array_size(quantities) == 0 ? "none stated\n" : "\n");
}

/* ---- How it spread ---- */

static void append_spread(struct buffer *out, const json_t *claim) {
    const json_t *arrivals = json_object_get(claim, "arrivals");
    const json_t *posts = json_object_get(arrivals, "posts");
    append_label(out, "First post:");
    append_post(out, json_object_get(claim, "first_post"));
    buffer_append_byte(out, '\n');
    if (json_array_size(posts) > 0) {
        append_label(out, "Arrivals:");
        for (size_t i = 0; i < json_array_size(posts); i++) {
            buffer_printf(out, "%s%" JSON_INTEGER_FORMAT, i == 0 ? "" : " ",
                          json_integer_value(json_array_get(posts, i)));
        }
        buffer_append_c(out, " posts, per ");
        terminal_append_duration(out, number_of(arrivals, "bucket_s"));
        buffer_append_c(out, "; the last ");
        terminal_append_safe(out, json_member(claim, "last_at"));
        buffer_append_byte(out, '\n');
    }
    append_label(out, "Passed on:");
    buffer_append_c(out, "by ");
    append_plural(out, count_of(claim, "amplifiers"), "account");
    buffer_append_c(out, " beside the first");
    const json_t *share = json_object_get(claim, "coordinated_share");
    const json_t *clusters = json_object_get(claim, "clusters");
    if (json_is_number(share) && json_array_size(clusters) > 0) {
        buffer_append_c(out, "; ");
        buffer_append_double(out, 100 * json_number_value(share), 3);
        buffer_append_c(out, " % of these are in one group that acts together (clusters.ndjson:");
        for (size_t i = 0; i < json_array_size(clusters); i++) {
            buffer_printf(out, " %" JSON_INTEGER_FORMAT,
                          json_integer_value(json_array_get(clusters, i)));
        }
        buffer_append_byte(out, ')');
    } else if (json_is_number(share)) {
        buffer_append_c(out, "; none of these is in a group that acts together");
    }
    buffer_append_byte(out, '\n');
}

static void append_source(struct buffer *out, const json_t *claim) {
    const json_t *source = json_object_get(claim, "first_source");
    const json_t *lead = json_object_get(claim, "lead_s");
    append_label(out, "Source:");
    if (!json_is_object(source)) {
        buffer_append_c(out, "no post that was read names an independent one\n");
        return;
    }
    append_post(out, source);
    if (json_member(claim, "first_source_domain").len > 0) {
        buffer_append_c(out, ", which links ");
        terminal_append_safe(out, json_member(claim, "first_source_domain"));
    }
    if (json_is_number(lead)) {
        double lead_s = json_number_value(lead);
        buffer_append_c(out, ", ");
        terminal_append_duration(out, lead_s < 0 ? -lead_s : lead_s);
        buffer_append_c(out, lead_s < 0 ? " before the first claim" : " after the first claim");
    }
    buffer_append_byte(out, '\n');
}

/* ---- How it is judged ---- */

static void append_signal(struct buffer *out, const json_t *signal) {
    double log_odds = number_of(signal, "log_odds");
    buffer_append_c(out, log_odds < 0 ? "  " : "  +");
    buffer_append_double(out, log_odds, 3);
    buffer_append_c(out, "  ");
    terminal_append_safe(out, json_member(signal, "name"));
    buffer_append_byte(out, ' ');
    buffer_append_double(out, number_of(signal, "value"), 3);
    double low = number_of(signal, "low");
    double high = number_of(signal, "high");
    if (low < high) {
        buffer_append_c(out, " (");
        buffer_append_double(out, low, 3);
        buffer_append_c(out, " to ");
        buffer_append_double(out, high, 3);
        buffer_append_byte(out, ')');
    }
    buffer_append_c(out, ", from ");
    terminal_append_count(out, count_of(signal, "n"));
    buffer_append_byte(out, ' ');
    terminal_append_safe(out, json_member(signal, "of"));
    buffer_append_byte(out, '\n');
}

static void append_verifiability(struct buffer *out, const json_t *claim) {
    const json_t *sum = json_object_get(claim, "verifiability");
    const json_t *signals = json_object_get(sum, "signals");
    const char *before = "  Observed, but of no weight: ";
    if (!sum) {
        return;
    }
    buffer_append_c(out, "\nVerifiability ");
    buffer_append_double(out, number_of(sum, "value"), 3);
    buffer_append_c(out, " of 1: could anybody check this from what the posts show? A sum in "
                         "log-odds:\n  ");
    buffer_append_double(out, number_of(sum, "base"), 3);
    buffer_append_c(out, "  with nothing known\n");
    for (size_t i = 0; i < json_array_size(signals); i++) {
        const json_t *signal = json_array_get(signals, i);
        if (number_of(signal, "log_odds") != 0) {
            append_signal(out, signal);
        }
    }
    for (size_t i = 0; i < json_array_size(signals); i++) {
        const json_t *signal = json_array_get(signals, i);
        if (number_of(signal, "log_odds") == 0 && number_of(signal, "value") != 0) {
            buffer_append_c(out, before);
            terminal_append_safe(out, json_member(signal, "name"));
            buffer_append_byte(out, ' ');
            buffer_append_double(out, number_of(signal, "value"), 3);
            before = ", ";
        }
    }
    buffer_append_c(out, before[0] == ',' ? "\n" : "");
}

static void append_notes(struct buffer *out, const json_t *notes, const char *title) {
    if (json_array_size(notes) > 0) {
        buffer_append_c(out, title);
    }
    for (size_t i = 0; i < json_array_size(notes); i++) {
        buffer_append_c(out, "- ");
        terminal_append_safe(out, json_member(json_array_get(notes, i), "text"));
        buffer_append_byte(out, '\n');
    }
}

/* What a snapshot says, how old it is and how much its silence weighs. */
static void append_registries(struct buffer *out, const json_t *claim) {
    const json_t *registries = json_object_get(claim, "registries");
    for (size_t i = 0; i < json_array_size(registries); i++) {
        const json_t *row = json_array_get(registries, i);
        if (!json_is_true(json_object_get(row, "available"))) {
            continue;
        }
        double age = number_of(row, "age_days");
        buffer_append_c(out, "Registry of ");
        terminal_append_safe(out, json_member(row, "name"));
        buffer_append_c(out, ", taken ");
        terminal_append_safe(out, str_slice(json_member(row, "taken_at"), 0, 10));
        buffer_printf(out, " (%.0f days %s the judgement), covers the language %.2g of 1: ",
                      age < 0 ? -age : age, age < 0 ? "after" : "before",
                      number_of(row, "coverage"));
        buffer_append_u64(out, count_of(row, "matches"));
        buffer_append_c(out, count_of(row, "matches") == 1 ? " entry names the victim"
                                                           : " entries name the victim");
        if (json_member(row, "first_match").len > 0) {
            buffer_append_c(out, ", first ");
            terminal_append_safe(out, json_member(row, "first_match"));
            buffer_append_c(out, " ");
            terminal_append_safe(out, str_slice(json_member(row, "first_match_at"), 0, 10));
        }
        buffer_append_byte(out, '\n');
    }
}

static void append_status(struct buffer *out, const json_t *claim) {
    const json_t *status = json_object_get(claim, "status");
    const json_t *likelihood = json_object_get(status, "likelihood");
    if (!status) {
        return;
    }
    buffer_append_c(out, "\nStatus: ");
    terminal_append_safe(out, json_member(status, "is"));
    if (json_member(status, "as_of").len > 0) {
        buffer_append_c(out, ", as of ");
        terminal_append_safe(out, json_member(status, "as_of"));
    }
    buffer_append_c(out, ". Admiralty code ");
    terminal_append_safe(out, json_member(status, "reliability"));
    terminal_append_count(out, count_of(status, "credibility"));
    buffer_append_c(out, " (");
    terminal_append_safe(out, json_member(status, "credibility_words"));
    buffer_append_c(out, ")");
    if (json_is_object(likelihood)) {
        buffer_append_c(out, ", ");
        terminal_append_safe(out, json_member(likelihood, "words"));
        buffer_printf(out, " (%" PRIu64 " to %" PRIu64 " %%)", count_of(likelihood, "low_percent"),
                      count_of(likelihood, "high_percent"));
    }
    buffer_append_c(out, "; confidence in the basis: ");
    terminal_append_safe(out, json_member(status, "confidence"));
    buffer_append_c(out, ".\n");
    append_notes(out, json_object_get(status, "basis"), "");
    append_registries(out, claim);
    append_notes(out, json_object_get(claim, "missing"), "Looked for and not available:\n");
    append_notes(out, json_object_get(claim, "would_change"), "What would change this:\n");
}

static void append_posts(struct buffer *out, const json_t *claim) {
    const json_t *posts = json_object_get(claim, "posts");
    size_t count = json_array_size(posts);
    buffer_append_c(out, "\nPosts");
    if (count > POSTS_SHOWN) {
        buffer_printf(out, " (%d of ", POSTS_SHOWN);
        terminal_append_count(out, count_of(claim, "post_count"));
        buffer_append_byte(out, ')');
    }
    buffer_append_byte(out, '\n');
    for (size_t i = 0; i < count && i < POSTS_SHOWN; i++) {
        buffer_append_c(out, "- ");
        append_post(out, json_array_get(posts, i));
        buffer_append_byte(out, '\n');
    }
}

static int print_claim(json_t *claim) {
    struct buffer out = {0};
    append_head(&out, claim);
    append_victims(&out, claim);
    append_quantities(&out, claim);
    append_spread(&out, claim);
    append_source(&out, claim);
    append_verifiability(&out, claim);
    append_status(&out, claim);
    append_posts(&out, claim);
    buffer_append_c(&out, "\nThis describes what the posts say and show. It does not say that the "
                          "claim is true or false, or\nwho is behind an account.\n");
    return terminal_print(&out);
}

int explain_claim(const char *folder, struct str text) {
    json_t *found = NULL;
    struct hearsay_failure failure = {0};
    const char *name = results_name(HEARSAY_CLAIMS);
    enum hearsay_status status =
        reference_find(folder, name, "claim", text, LINES_SHOWN, &found, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    int code;
    if (json_array_size(found) == 0) {
        struct buffer similar = {0};
        reference_append_similar(&similar, folder, name, "claim", text);
        terminal_error("no claim %.*s in %s/%s; a finding names its claim%.*s", (int)text.len,
                       text.ptr, folder, name, (int)similar.len, similar.len ? similar.ptr : "");
        buffer_free(&similar);
        code = EXIT_IO;
    } else {
        code = print_claim(json_array_get(found, 0));
    }
    json_decref(found);
    return code;
}
