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

static void append_first_words(struct buffer *out) {
    const struct command *command;
    bool has_rules = false;
    for (size_t i = 0; (command = command_at(i)); i++) {
        struct str name = str_from_c(command->name);
        struct str first = str_slice(name, 0, str_find_byte(name, ' ', 0));
        bool is_repeated = str_is(first, "rules") && has_rules;
        has_rules = has_rules || str_is(first, "rules");
        if (!command->is_hidden && !is_repeated) {
            buffer_append_str(out, first);
            buffer_append_byte(out, ' ');
        }
    }
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
    buffer_append_c(out, "--help --version\" -- \"$word\")); return\n  fi\n"
                         "  if [ \"$command\" = rules ]; then\n"
                         "    if [ \"$COMP_CWORD\" -eq 2 ]; then\n"
                         "      COMPREPLY=($(compgen -W \"check test\" -- \"$word\")); return\n"
                         "    fi\n"
                         "    command=\"rules ${COMP_WORDS[2]}\"\n  fi\n");
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
    buffer_append_c(out, "--help --version; return\n  fi\n"
                         "  if [[ $command == rules ]]; then\n"
                         "    if (( CURRENT == 3 )); then compadd -- check test; return; fi\n"
                         "    command=\"rules $words[3]\"; shift words; (( CURRENT-- ))\n  fi\n"
                         "  shift words; (( CURRENT-- ))\n"
                         "  case $command in\n");
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (!command->is_hidden) {
            append_zsh_command(out, command);
        }
    }
    buffer_append_c(out, "    *) _files ;;\n  esac\n}\n_hearsay \"$@\"\n");
}
