/* The manual page, in man(7) macros. */
#include "cli/manual.h"

#include "cli/exit.h"
#include "hearsay.h"

/* A hyphen in roff is a typographic one unless escaped; a backslash, and a dot or quote that begins
 * a line, are requests. */
static void append_roff(struct buffer *out, const char *text) {
    bool is_line_start = true;
    for (; *text; text++) {
        if (is_line_start && (*text == '.' || *text == '\'')) {
            buffer_append_c(out, "\\&");
        }
        if (*text == '-') {
            buffer_append_c(out, "\\-");
        } else if (*text == '\\') {
            buffer_append_c(out, "\\e");
        } else {
            buffer_append_byte(out, *text);
        }
        is_line_start = *text == '\n';
    }
}

static void append_option(struct buffer *out, const struct option *option) {
    buffer_append_c(out, ".TP\n");
    if (option->letter) {
        buffer_printf(out, "\\fB\\-%c\\fR, ", option->letter);
    }
    buffer_append_c(out, "\\fB\\-\\-");
    append_roff(out, option->name);
    buffer_append_c(out, "\\fR");
    if (option->argument) {
        buffer_printf(out, " \\fI%s\\fR", option->argument);
    }
    buffer_append_byte(out, '\n');
    append_roff(out, option->meaning);
    if (option->preset) {
        buffer_append_c(out, "\n(default: ");
        append_roff(out, option->preset);
        buffer_append_byte(out, ')');
    }
    buffer_append_byte(out, '\n');
}

static void append_detail(struct buffer *out, const char *detail) {
    struct str text = str_from_c(detail);
    for (size_t from = 0; from < text.len;) {
        size_t end = str_find(text, STR("\n\n"), from);
        struct buffer paragraph = {0};
        buffer_append_str(&paragraph, str_slice(text, from, end));
        buffer_append_byte(&paragraph, '\0');
        buffer_append_c(out, ".PP\n");
        append_roff(out, paragraph.failed ? "" : paragraph.ptr);
        buffer_append_byte(out, '\n');
        buffer_free(&paragraph);
        from = end == STR_NOT_FOUND ? text.len : end + 2;
    }
}

static void append_command(struct buffer *out, const struct command *command) {
    const struct option *option;
    buffer_append_c(out, ".SS hearsay ");
    append_roff(out, command->name);
    buffer_append_byte(out, ' ');
    append_roff(out, command->usage);
    buffer_append_c(out, "\n");
    append_roff(out, command->summary);
    buffer_append_c(out, ".\n");
    append_detail(out, command->detail);
    for (size_t i = 0; (option = option_at(i)); i++) {
        bool is_general = option->id == OPTION_HELP || option->id == OPTION_VERSION;
        if (!is_general && option_belongs(option, command)) {
            append_option(out, option);
        }
    }
}

static void append_examples(struct buffer *out) {
    const struct command *command;
    buffer_append_c(out, ".SH EXAMPLES\n.nf\n");
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (command->examples) {
            append_roff(out, command->examples);
            buffer_append_byte(out, '\n');
        }
    }
    buffer_append_c(out, ".fi\n");
}

static void append_fixed_sections(struct buffer *out) {
    const struct exit_meaning *meaning;
    buffer_append_c(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; (meaning = exit_meaning_at(i)); i++) {
        buffer_printf(out, ".TP\n.B %d\n", meaning->code);
        append_roff(out, meaning->meaning);
        buffer_append_byte(out, '\n');
    }
    buffer_append_c(out, ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\n"
                         "when set and not empty: no colours and no progress line.\n"
                         ".SH FILES\n.TP\n.I OUT/findings.ndjson\n"
                         "one line per post that the rules score above 0.\n"
                         ".TP\n.I OUT/claims.ndjson\n"
                         "one line per claim: posts that assert the same incident.\n"
                         ".TP\n.I OUT/accounts.ndjson\none line per account.\n"
                         ".TP\n.I OUT/edges.ndjson\n"
                         "one line per pair of accounts, with every co\\-action as evidence.\n"
                         ".TP\n.I OUT/clusters.ndjson\none line per group of accounts.\n"
                         ".TP\n.I OUT/summary.json\n"
                         "counts in and out, limits that acted, versions and settings.\n");
}

void manual_append_page(struct buffer *out) {
    const struct command *command;
    const struct option *option;
    buffer_append_c(out, ".TH HEARSAY 1 \"\" \"hearsay " HEARSAY_VERSION "\" \"User Commands\"\n"
                         ".SH NAME\nhearsay \\- find breach claims that nobody can check, and "
                         "accounts that push together\n.SH SYNOPSIS\n");
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (!command->is_hidden) {
            buffer_append_c(out, ".B hearsay ");
            append_roff(out, command->name);
            buffer_append_c(out, "\n.RI ");
            buffer_append_byte(out, '"');
            append_roff(out, command->usage);
            buffer_append_c(out, "\"\n.br\n");
        }
    }
    buffer_append_c(out, ".SH DESCRIPTION\nReads social\\-media posts and reports which of them "
                         "claim a breach that nobody can check, and which accounts push posts "
                         "together. It reports observations with their evidence; it never says "
                         "that a claim is false or who is behind an account.\n.SH COMMANDS\n");
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (!command->is_hidden) {
            append_command(out, command);
        }
    }
    buffer_append_c(out, ".SH GENERAL OPTIONS\n");
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (option->id == OPTION_HELP || option->id == OPTION_VERSION) {
            append_option(out, option);
        }
    }
    append_fixed_sections(out);
    append_examples(out);
}
