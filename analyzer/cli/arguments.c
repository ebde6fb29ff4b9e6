#include "cli/arguments.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/failure.h"
#include "cli/nearest.h"

static enum hearsay_status wrong(struct hearsay_failure *failure, const char *message,
                                 const char *name) {
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, message, name);
}

const struct command *arguments_command(const char *const *words, size_t count, size_t *used) {
    const struct command *command;
    for (size_t i = 0; (command = command_at(i)); i++) {
        struct str name = str_from_c(command->name);
        size_t space = str_find_byte(name, ' ', 0);
        struct str first = str_slice(name, 0, space);
        if (count == 0 || !str_is(first, words[0])) {
            continue;
        }
        if (space == STR_NOT_FOUND) {
            *used = 1;
            return command;
        }
        if (count > 1 && str_is(str_slice(name, space + 1, name.len), words[1])) {
            *used = 2;
            return command;
        }
    }
    return NULL;
}

const char *arguments_nearest_command(struct str name) {
    const char *nearest = NULL;
    size_t shortest = SIZE_MAX;
    const struct command *command;
    for (size_t i = 0; (command = command_at(i)); i++) {
        struct str known = str_from_c(command->name);
        size_t distance = nearest_distance(name, known);
        if (!command->is_hidden && distance < shortest && nearest_is_close(name, known, distance)) {
            nearest = command->name;
            shortest = distance;
        }
    }
    return nearest;
}

static const char *nearest_option(struct str name, const struct command *command) {
    const char *nearest = NULL;
    size_t shortest = SIZE_MAX;
    const struct option *option;
    for (size_t i = 0; (option = option_at(i)); i++) {
        struct str known = str_from_c(option->name);
        size_t distance = nearest_distance(name, known);
        bool is_usable = !command || option_belongs(option, command);
        if (is_usable && distance < shortest && nearest_is_close(name, known, distance)) {
            nearest = option->name;
            shortest = distance;
        }
    }
    return nearest;
}

/* A name that begins exactly one option is not taken for it: scripts would break when another
 * option with that beginning comes to be. */
static enum hearsay_status unknown_option(struct str name, const struct command *command,
                                          struct hearsay_failure *failure) {
    const char *nearest = nearest_option(name, command);
    int len = (int)(name.len < 200 ? name.len : 200);
    if (nearest) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "unknown option --%.*s; did you mean --%s?", len, name.ptr, nearest);
    }
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "unknown option --%.*s", len,
                       name.ptr);
}

/* One "--name", "--name=value" or "--name value"; *at moves past what was used. */
static enum hearsay_status parse_long(int argc, char **argv, int *at, struct arguments *arguments,
                                      struct hearsay_failure *failure) {
    const char *text = argv[*at] + 2;
    struct str name = str_from_c(text);
    size_t equals = str_find_byte(name, '=', 0);
    name = str_slice(name, 0, equals);
    const struct option *option = option_named(name);
    if (!option) {
        return unknown_option(name, arguments->command, failure);
    }
    const char *value = equals == STR_NOT_FOUND ? NULL : text + equals + 1;
    if (option->kind == VALUE_NONE) {
        if (value) {
            return wrong(failure, "--%s takes no value", option->name);
        }
        value = "";
    } else if (!value) {
        if (*at + 1 >= argc) {
            return wrong(failure, "--%s needs a value", option->name);
        }
        value = argv[++*at];
    }
    arguments->values[option->id] = value;
    return HEARSAY_OK;
}

/* A run of letters: "-q", "-qo OUT", "-oOUT". */
static enum hearsay_status parse_letters(int argc, char **argv, int *at,
                                         struct arguments *arguments,
                                         struct hearsay_failure *failure) {
    for (const char *letter = argv[*at] + 1; *letter; letter++) {
        const struct option *option = option_lettered(*letter);
        if (!option) {
            return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "unknown option -%c",
                               *letter);
        }
        if (option->kind == VALUE_NONE) {
            arguments->values[option->id] = "";
            continue;
        }
        if (letter[1]) {
            arguments->values[option->id] = letter + 1;
        } else if (*at + 1 < argc) {
            arguments->values[option->id] = argv[++*at];
        } else {
            return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "-%c needs a value",
                               *letter);
        }
        return HEARSAY_OK;
    }
    return HEARSAY_OK;
}

static enum hearsay_status unknown_command(const struct arguments *arguments,
                                           struct hearsay_failure *failure) {
    struct buffer name = {0};
    struct str first = str_from_c(arguments->items[0]);
    bool is_group = command_group_exists(first);
    buffer_append_str(&name, first);
    if (is_group && arguments->count > 1) {
        buffer_append_byte(&name, ' ');
        buffer_append_c(&name, arguments->items[1]);
    }
    const char *nearest = arguments_nearest_command(buffer_str(&name));
    enum hearsay_status status = HEARSAY_BAD_ARGUMENT;
    buffer_append_byte(&name, '\0');
    if (name.failed) {
        status = failure_memory(failure);
    } else if (is_group && arguments->count == 1) {
        wrong(failure, "'%s' needs a second word; `hearsay help` lists the commands", name.ptr);
    } else if (nearest) {
        failure_set(failure, status, STR_EMPTY, 0, 0,
                    "unknown command '%.200s'; did you mean '%s'?", name.ptr, nearest);
    } else {
        wrong(failure, "unknown command '%.200s'; `hearsay help` lists them", name.ptr);
    }
    buffer_free(&name);
    return status;
}

/* Takes the command's words away from the front of the items. */
static enum hearsay_status take_command(struct arguments *arguments,
                                        struct hearsay_failure *failure) {
    if (arguments->count == 0) {
        return HEARSAY_OK;
    }
    size_t used = 0;
    arguments->command = arguments_command(arguments->items, arguments->count, &used);
    if (!arguments->command && arguments_has(arguments, OPTION_HELP)) {
        /* `hearsay rules --help` asks what `hearsay help rules` answers. */
        const char *help = "help";
        arguments->command = arguments_command(&help, 1, &used);
        arguments->values[OPTION_HELP] = NULL;
        return HEARSAY_OK;
    }
    if (!arguments->command) {
        return unknown_command(arguments, failure);
    }
    arguments->count -= used;
    memmove(arguments->items, arguments->items + used, arguments->count * sizeof *arguments->items);
    return HEARSAY_OK;
}

static enum hearsay_status check(const struct arguments *arguments,
                                 struct hearsay_failure *failure) {
    const struct command *command = arguments->command;
    const struct option *option;
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (command && arguments->values[option->id] && !option_belongs(option, command)) {
            return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                               "--%s is no option of '%s'; see `hearsay help %s`", option->name,
                               command->name, command->name);
        }
    }
    if (!command || arguments_has(arguments, OPTION_HELP) ||
        arguments_has(arguments, OPTION_VERSION)) {
        return HEARSAY_OK;
    }
    if (arguments->count < command->least || arguments->count > command->most) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "usage: hearsay %s %s",
                           command->name, command->usage);
    }
    return HEARSAY_OK;
}

enum hearsay_status arguments_parse(int argc, char **argv, struct arguments *arguments,
                                    struct hearsay_failure *failure) {
    *arguments = (struct arguments){0};
    arguments->items = calloc((size_t)argc + 1, sizeof *arguments->items);
    if (!arguments->items) {
        return failure_memory(failure);
    }
    bool is_options_over = false;
    enum hearsay_status status = HEARSAY_OK;
    for (int at = 1; status == HEARSAY_OK && at < argc; at++) {
        const char *text = argv[at];
        if (is_options_over || text[0] != '-' || text[1] == '\0') {
            arguments->items[arguments->count++] = text;
        } else if (strcmp(text, "--") == 0) {
            is_options_over = true;
        } else if (text[1] == '-') {
            status = parse_long(argc, argv, &at, arguments, failure);
        } else {
            status = parse_letters(argc, argv, &at, arguments, failure);
        }
    }
    if (status == HEARSAY_OK) {
        status = take_command(arguments, failure);
    }
    return status == HEARSAY_OK ? check(arguments, failure) : status;
}

void arguments_free(struct arguments *arguments) {
    free(arguments->items);
    *arguments = (struct arguments){0};
}

bool arguments_has(const struct arguments *arguments, enum option_id id) {
    return arguments->values[id] != NULL;
}
