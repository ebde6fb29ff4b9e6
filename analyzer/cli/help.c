/* Help for people at a terminal, filled to 79 columns. */
#include "cli/exit.h"
#include "cli/manual.h"
#include "hearsay.h"

enum { WIDTH = 79, OPTION_COLUMN = 26 };

/* Appends the words of one paragraph from column `column` on, each line indented by `indent`. */
static void append_filled(struct buffer *out, struct str text, size_t column, size_t indent) {
    bool is_first = true;
    for (size_t from = 0; from < text.len;) {
        size_t end = str_find_byte(text, ' ', from);
        struct str word = str_slice(text, from, end);
        if (!is_first && column + 1 + word.len > WIDTH) {
            buffer_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!is_first) {
            buffer_append_byte(out, ' ');
            column++;
        }
        buffer_append_str(out, word);
        column += word.len;
        is_first = false;
        from = end == STR_NOT_FOUND ? text.len : end + 1;
    }
    buffer_append_byte(out, '\n');
}

static void append_paragraphs(struct buffer *out, const char *detail) {
    struct str text = str_from_c(detail);
    for (size_t from = 0; from < text.len;) {
        size_t end = str_find(text, STR("\n\n"), from);
        append_filled(out, str_slice(text, from, end), 0, 0);
        buffer_append_byte(out, '\n');
        from = end == STR_NOT_FOUND ? text.len : end + 2;
    }
}

static void append_option(struct buffer *out, const struct option *option) {
    struct buffer left = {0};
    struct buffer right = {0};
    if (option->letter) {
        buffer_printf(&left, "  -%c, --%s", option->letter, option->name);
    } else {
        buffer_printf(&left, "      --%s", option->name);
    }
    if (option->argument) {
        buffer_printf(&left, " %s", option->argument);
    }
    buffer_append_c(&right, option->meaning);
    if (option->preset) {
        buffer_printf(&right, " (default: %s)", option->preset);
    }
    out->failed = out->failed || left.failed || right.failed;
    buffer_append_str(out, buffer_str(&left));
    if (left.len + 2 > OPTION_COLUMN) {
        buffer_printf(out, "\n%*s", OPTION_COLUMN, "");
    } else {
        buffer_printf(out, "%*s", (int)(OPTION_COLUMN - left.len), "");
    }
    append_filled(out, buffer_str(&right), OPTION_COLUMN, OPTION_COLUMN);
    buffer_free(&left);
    buffer_free(&right);
}

static void append_exit_codes(struct buffer *out) {
    const struct exit_meaning *meaning;
    buffer_append_c(out, "\nExit codes:\n");
    for (size_t i = 0; (meaning = exit_meaning_at(i)); i++) {
        buffer_printf(out, "  %3d  ", meaning->code);
        append_filled(out, str_from_c(meaning->meaning), 7, 7);
    }
}

void manual_append_help(struct buffer *out, const struct command *command) {
    const struct option *option;
    buffer_printf(out, "Usage: hearsay %s%s%s\n\n", command->name, command->usage[0] ? " " : "",
                  command->usage);
    struct buffer summary = {0};
    buffer_append_c(&summary, command->summary);
    if (!summary.failed && summary.ptr[0] >= 'a' && summary.ptr[0] <= 'z') {
        summary.ptr[0] = (char)(summary.ptr[0] - 'a' + 'A');
    }
    buffer_append_byte(&summary, '.');
    append_filled(out, buffer_str(&summary), 0, 0);
    buffer_append_byte(out, '\n');
    buffer_free(&summary);
    append_paragraphs(out, command->detail);
    buffer_append_c(out, "Options:\n");
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (option_belongs(option, command)) {
            append_option(out, option);
        }
    }
    append_exit_codes(out);
    if (command->examples) {
        struct str examples = str_from_c(command->examples);
        buffer_append_c(out, "\nExamples:\n");
        for (size_t from = 0; from < examples.len;) {
            size_t end = str_find_byte(examples, '\n', from);
            struct str line = str_slice(examples, from, end);
            buffer_printf(out, "  %.*s\n", (int)line.len, line.ptr);
            from = end == STR_NOT_FOUND ? examples.len : end + 1;
        }
    }
}

void manual_append_overview(struct buffer *out) {
    const struct command *command;
    append_filled(out,
                  STR("hearsay " HEARSAY_VERSION ": which posts claim a breach that nobody can "
                      "check, and which accounts push such posts together. It reports "
                      "observations with their evidence; it never says that a claim is false or "
                      "who is behind an account."),
                  0, 0);
    buffer_append_c(out, "\nUsage: hearsay COMMAND [OPTION...]\n\nCommands:\n");
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (!command->is_hidden) {
            buffer_printf(out, "  %-14s ", command->name);
            append_filled(out, str_from_c(command->summary), 17, 17);
        }
    }
    buffer_append_c(out, "\nStart with: hearsay scan posts.jsonl -o out\n"
                         "Options of a command: hearsay COMMAND --help\n");
}
