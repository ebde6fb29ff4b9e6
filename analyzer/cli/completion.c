/* Completions for bash and zsh. Both are driven by the table; the shells' own parts are kept to the
 * few lines that no table can hold. */
#include "cli/manual.h"
#include "hearsay.h"

static void append_format_names(struct buffer *out) {
    const struct hearsay_format *format;
    buffer_append_c(out, "auto");
    for (size_t i = 0; (format = hearsay_format_at(i)); i++) {
        buffer_append_byte(out, ' ');
        buffer_append_c(out, format->name);
    }
}

/* Has a command before number `index` the same first word? */
static bool is_first_word_repeated(size_t index) {
    struct str first = command_first_word(command_at(index));
    for (size_t i = 0; i < index; i++) {
        if (!command_at(i)->is_hidden && str_equal(command_first_word(command_at(i)), first)) {
            return true;
        }
    }
    return false;
}

static void append_first_words(struct buffer *out) {
    const struct command *command;
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (!command->is_hidden && !is_first_word_repeated(i)) {
            buffer_append_str(out, command_first_word(command));
            buffer_append_byte(out, ' ');
        }
    }
}

static void append_second_words(struct buffer *out, struct str group) {
    const struct command *command;
    const char *space = "";
    for (size_t i = 0; (command = command_at(i)); i++) {
        struct str second = command_group_member(command, group);
        if (second.len > 0) {
            buffer_append_c(out, space);
            buffer_append_str(out, second);
            space = " ";
        }
    }
}

/* Calls `append` once for each group of commands of two words. */
static void for_each_group(struct buffer *out,
                           void (*append)(struct buffer *out, struct str group)) {
    const struct command *command;
    for (size_t i = 0; (command = command_at(i)); i++) {
        struct str first = command_first_word(command);
        if (!command->is_hidden && !is_first_word_repeated(i) && command_group_exists(first)) {
            append(out, first);
        }
    }
}

static void append_bash_group(struct buffer *out, struct str group) {
    buffer_append_c(out, "  if [ \"$command\" = ");
    buffer_append_str(out, group);
    buffer_append_c(out, " ]; then\n    if [ \"$COMP_CWORD\" -eq 2 ]; then\n"
                         "      COMPREPLY=($(compgen -W \"");
    append_second_words(out, group);
    buffer_append_c(out, "\" -- \"$word\")); return\n    fi\n    command=\"");
    buffer_append_str(out, group);
    buffer_append_c(out, " ${COMP_WORDS[2]}\"\n  fi\n");
}

static void append_zsh_group(struct buffer *out, struct str group) {
    buffer_append_c(out, "  if [[ $command == ");
    buffer_append_str(out, group);
    buffer_append_c(out, " ]]; then\n    if (( CURRENT == 3 )); then compadd -- ");
    append_second_words(out, group);
    buffer_append_c(out, "; return; fi\n    command=\"");
    buffer_append_str(out, group);
    buffer_append_c(out, " $words[3]\"; shift words; (( CURRENT-- ))\n  fi\n");
}

/* "--output|-o" for a case label. */
static void append_label(struct buffer *out, const struct option *option) {
    buffer_printf(out, "--%s", option->name);
    if (option->letter) {
        buffer_printf(out, "|-%c", option->letter);
    }
}

static void append_bash_values(struct buffer *out) {
    const struct option *option;
    buffer_append_c(out, "  case \"$previous\" in\n");
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (option->kind == VALUE_NONE) {
            continue;
        }
        buffer_append_c(out, "    ");
        append_label(out, option);
        buffer_append_c(out, ") ");
        switch (option->kind) {
        case VALUE_FILE:
            buffer_append_c(out, "COMPREPLY=($(compgen -f -- \"$word\")); compopt -o filenames");
            break;
        case VALUE_FOLDER:
            buffer_append_c(out, "COMPREPLY=($(compgen -d -- \"$word\")); compopt -o filenames");
            break;
        case VALUE_FORMAT:
            buffer_append_c(out, "COMPREPLY=($(compgen -W \"");
            append_format_names(out);
            buffer_append_c(out, "\" -- \"$word\"))");
            break;
        case VALUE_WORDS:
            buffer_printf(out, "COMPREPLY=($(compgen -W \"%s\" -- \"$word\"))", option->words);
            break;
        default:
            buffer_append_c(out, "COMPREPLY=()");
            break;
        }
        buffer_append_c(out, "; return ;;\n");
    }
    buffer_append_c(out, "  esac\n");
}

static void append_bash_options(struct buffer *out) {
    const struct command *command;
    const struct option *option;
    buffer_append_c(out, "  case \"$command\" in\n");
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (command->is_hidden) {
            continue;
        }
        buffer_printf(out, "    \"%s\") options=\"", command->name);
        for (size_t j = 0; (option = option_at(j)); j++) {
            if (option_belongs(option, command)) {
                buffer_printf(out, "--%s ", option->name);
            }
        }
        buffer_append_c(out, "\" ;;\n");
    }
    buffer_append_c(out, "  esac\n");
}

void manual_append_bash(struct buffer *out) {
    buffer_append_c(out, "# bash completion for hearsay; made by `hearsay internal bash`\n"
                         "_hearsay() {\n"
                         "  local word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
                         "  local previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                         "  local command=\"${COMP_WORDS[1]}\" options=\"--help --version\"\n"
                         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                         "    COMPREPLY=($(compgen -W \"");
    append_first_words(out);
    buffer_append_c(out, "--help --version\" -- \"$word\")); return\n  fi\n");
    for_each_group(out, append_bash_group);
    append_bash_values(out);
    append_bash_options(out);
    buffer_append_c(out, "  case \"$word\" in\n"
                         "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
                         "    *) COMPREPLY=($(compgen -f -- \"$word\")); compopt -o filenames ;;\n"
                         "  esac\n}\ncomplete -F _hearsay hearsay\n");
}

/* zsh reads [ ] : specially inside a specification. */
static void append_zsh_text(struct buffer *out, const char *text) {
    for (; *text; text++) {
        if (*text == '\'') {
            buffer_append_c(out, "'\\''");
            continue;
        }
        if (strchr("[]:\\", *text)) {
            buffer_append_byte(out, '\\');
        }
        buffer_append_byte(out, *text);
    }
}

static void append_zsh_value(struct buffer *out, const struct option *option) {
    if (option->kind == VALUE_NONE) {
        return;
    }
    buffer_printf(out, ":%s:", option->argument);
    switch (option->kind) {
    case VALUE_FILE:
        buffer_append_c(out, "_files");
        break;
    case VALUE_FOLDER:
        buffer_append_c(out, "_files -/");
        break;
    case VALUE_FORMAT:
        buffer_append_byte(out, '(');
        append_format_names(out);
        buffer_append_byte(out, ')');
        break;
    case VALUE_WORDS:
        buffer_printf(out, "(%s)", option->words);
        break;
    default:
        break;
    }
}

static void append_zsh_command(struct buffer *out, const struct command *command) {
    const struct option *option;
    buffer_printf(out, "    '%s')\n      _arguments \\\n", command->name);
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (!option_belongs(option, command)) {
            continue;
        }
        const char *assign = option->kind == VALUE_NONE ? "" : "=";
        buffer_printf(out, "        '--%s%s[", option->name, assign);
        append_zsh_text(out, option->meaning);
        buffer_append_byte(out, ']');
        append_zsh_value(out, option);
        buffer_append_c(out, "' \\\n");
        if (option->letter) {
            buffer_printf(out, "        '-%c[", option->letter);
            append_zsh_text(out, option->meaning);
            buffer_append_byte(out, ']');
            append_zsh_value(out, option);
            buffer_append_c(out, "' \\\n");
        }
    }
    buffer_append_c(out, "        '*:input:_files' ;;\n");
}

void manual_append_zsh(struct buffer *out) {
    const struct command *command;
    buffer_append_c(out, "#compdef hearsay\n"
                         "# zsh completion for hearsay; made by `hearsay internal zsh`\n"
                         "_hearsay() {\n  local command=$words[2]\n"
                         "  if (( CURRENT == 2 )); then\n    compadd -- ");
    append_first_words(out);
    buffer_append_c(out, "--help --version; return\n  fi\n");
    for_each_group(out, append_zsh_group);
    buffer_append_c(out, "  shift words; (( CURRENT-- ))\n"
                         "  case $command in\n");
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (!command->is_hidden) {
            append_zsh_command(out, command);
        }
    }
    buffer_append_c(out, "    *) _files ;;\n  esac\n}\n_hearsay \"$@\"\n");
}
