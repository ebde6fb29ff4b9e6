#include "cli/explain.h"

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/reference.h"
#include "cli/summary.h"
#include "cli/terminal.h"

void explain_append_account(struct buffer *out, struct str platform, struct str account) {
    buffer_append_c(out, "account ");
    terminal_append_safe(out, account);
    if (platform.len > 0) {
        buffer_append_c(out, " on ");
        terminal_append_safe(out, platform);
    }
}

/* Gaps are no finer than the source's clock, and an analyst must not read them as if they were. */
static void append_precision(struct buffer *out, const char *folder, const json_t *edge) {
    static const struct {
        const char *precision, *sentence;
    } sentences[] = {
        {"s",
         "Times of this source are whole seconds: a gap of 0 s means within the same second.\n"},
        {"minute", "Times of this source are whole minutes: a gap of 0 s means within the same "
                   "minute.\n"},
        {"day", "Times of this source are whole days: a gap of 0 s means on the same day.\n"},
    };
    json_t *summary = NULL;
    if (summary_load(folder, &summary, NULL) != HEARSAY_OK) {
        return; /* the folder may come without its summary; the evidence stands all the same */
    }
    struct str precision = summary_time_precision(summary, json_member(edge, "platform"));
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (str_is(precision, sentences[i].precision)) {
            buffer_append_c(out, sentences[i].sentence);
        }
    }
    json_decref(summary);
}

void explain_append_caveat(struct buffer *out, const char *folder, const json_t *edge) {
    const json_t *layer = json_array_get(json_object_get(edge, "layers"), 0);
    buffer_append_byte(out, '\n');
    /* A share table under --like counts as the other tool does: there a weight is a number. */
    if (layer && !str_is(json_member(layer, "layer"), "share")) {
        buffer_append_c(out, "A shared object adds 1/(k-1) to a weight when k accounts shared it: "
                             "what everybody shared\ncounts little.\n");
    }
    if (edge) {
        append_precision(out, folder, edge);
    }
    buffer_append_c(out,
                    "This is an observation about behaviour; it does not say who is behind an "
                    "account. People who\nfollow the same news, use the same tool or belong to "
                    "the same group also act alike.\n");
}

int explain_ambiguous(const char *kind, struct str text, const json_t *found) {
    struct buffer out = {0};
    for (size_t i = 0; i < json_array_size(found); i++) {
        struct str platform = json_member(json_array_get(found, i), "platform");
        bool is_repeated =
            i > 0 && str_equal(platform, json_member(json_array_get(found, i - 1), "platform"));
        if (!is_repeated) {
            buffer_printf(&out, "%s%s:", i == 0 ? "" : " or ", kind);
            terminal_append_safe(&out, platform);
            buffer_append_byte(&out, '/');
            terminal_append_safe(&out, text);
        }
    }
    terminal_error("%s %.*s exists on several platforms: write %.*s", kind, (int)text.len, text.ptr,
                   (int)out.len, out.len > 0 ? out.ptr : "");
    buffer_free(&out);
    return EXIT_USAGE;
}

int command_explain(const struct arguments *arguments) {
    const char *folder = arguments->items[0];
    struct reference reference;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = reference_parse(arguments->items[1], &reference, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    switch (reference.kind) {
    case REFERENCE_POST:
        return explain_post(folder, reference.text);
    case REFERENCE_ACCOUNT:
        return explain_account(folder, reference.text);
    case REFERENCE_EDGE:
        return explain_edge(folder, reference.text);
    case REFERENCE_CLAIM:
        return explain_claim(folder, reference.text);
    }
    return EXIT_USAGE;
}
