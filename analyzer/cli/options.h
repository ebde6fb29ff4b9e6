/* The one table of commands and options. Parsing, --help, the manual page, the completions and
 * their tests all walk it; nothing about an option is written down anywhere else. */
#ifndef HEARSAY_CLI_OPTIONS_H
#define HEARSAY_CLI_OPTIONS_H

#include "base/str.h"

struct arguments;

enum command_id {
    COMMAND_SCAN,
    COMMAND_EXPLAIN,
    COMMAND_RULES_CHECK,
    COMMAND_RULES_TEST,
    COMMAND_RULES_MUTATE,
    COMMAND_RULES_EXPLAIN,
    COMMAND_RULES_BENCH,
    COMMAND_RULES_DIFF,
    COMMAND_RULES_OVERLAP,
    COMMAND_RULES_FMT,
    COMMAND_RULES_HELP,
    COMMAND_RULES_DUMP,
    COMMAND_RULES_LOAD,
    COMMAND_RULES_FIT,
    COMMAND_FORMATS,
    COMMAND_COORDINATE,
    COMMAND_VALIDATE,
    COMMAND_SIMULATE,
    COMMAND_EVALUATE_ACCOUNTS,
    COMMAND_EVALUATE_CLAIMS,
    COMMAND_EVALUATE_GROUPING,
    COMMAND_REGISTRY_UPDATE,
    COMMAND_REGISTRY_LIST,
    COMMAND_REGISTRY_SHOW,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_MANUAL,
    COMMAND_BASH,
    COMMAND_ZSH
};

struct command {
    const char *name;  /* one word, or two: "rules check" */
    const char *usage; /* what follows the name */
    const char *summary;
    const char *detail;   /* for --help and the manual, paragraphs parted by empty lines */
    const char *examples; /* lines, or NULL */
    size_t least, most;   /* number of arguments; most SIZE_MAX is any number */
    enum command_id id;
    bool is_hidden; /* for the build, not for people */
};

enum option_id {
    OPTION_OUTPUT,
    OPTION_RULES,
    OPTION_REGISTRY,
    OPTION_AS_OF,
    OPTION_FORMAT,
    OPTION_MAP,
    OPTION_WINDOW,
    OPTION_LAYERS,
    OPTION_Q,
    OPTION_SIMILARITY,
    OPTION_LIKE,
    OPTION_MIN_PARTICIPATION,
    OPTION_MIN_WEIGHT,
    OPTION_LOOPS,
    OPTION_THREADS,
    OPTION_MEMORY,
    OPTION_RECORD_LIMIT,
    OPTION_LENIENT,
    OPTION_STRICT,
    OPTION_REJECTS,
    OPTION_FAIL_ON_FINDINGS,
    OPTION_RULE,
    OPTION_LANG,
    OPTION_JSON,
    OPTION_BUDGET,
    OPTION_CORPUS,
    OPTION_CHECK,
    OPTION_STDOUT,
    OPTION_MARKDOWN,
    OPTION_LABELS,
    OPTION_GROUPS,
    OPTION_COMPARE,
    OPTION_MIN_POSTS,
    OPTION_SEED,
    OPTION_SHUFFLES,
    OPTION_DRAWS,
    OPTION_ACCOUNTS,
    OPTION_DAYS,
    OPTION_POSTS,
    OPTION_CAMPAIGNS,
    OPTION_CAMPAIGN_SIZE,
    OPTION_TEMPO,
    OPTION_JITTER,
    OPTION_CAMOUFLAGE,
    OPTION_PARTICIPATION,
    OPTION_STYLE,
    OPTION_FANDOMS,
    OPTION_FANDOM_SIZE,
    OPTION_BREAKING,
    OPTION_FOLDER,
    OPTION_URL,
    OPTION_ALLOW_HOST,
    OPTION_TIMEOUT,
    OPTION_FORCE,
    OPTION_ALL,
    OPTION_RUN,
    OPTION_TAP,
    OPTION_JUNIT,
    OPTION_SARIF,
    OPTION_GITHUB,
    OPTION_RESULTS,
    OPTION_COVERAGE,
    OPTION_COVERAGE_THRESHOLD,
    OPTION_COST,
    OPTION_LITERALS,
    OPTION_THRESHOLD,
    OPTION_VERBOSE,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
};

/* What completion offers as the value. */
enum option_value { VALUE_NONE, VALUE_TEXT, VALUE_FILE, VALUE_FOLDER, VALUE_FORMAT, VALUE_WORDS };

struct option {
    const char *name;     /* without the dashes */
    const char *argument; /* name of the value in help, NULL for VALUE_NONE */
    const char *preset;   /* what holds without the option, as text; NULL: nothing to say */
    const char *meaning;
    const char *words; /* VALUE_WORDS: parted by spaces */
    enum option_id id;
    enum option_value kind;
    unsigned commands; /* bit (1 << command_id) for each command that takes it */
    char letter;       /* 0: none */
};

/* Index 0 .. ; NULL past the last. */
const struct command *command_at(size_t index);
const struct option *option_at(size_t index);

/* NULL when there is none. */
const struct option *option_named(struct str name);
const struct option *option_lettered(char letter);

/* The first word of a command's name. */
struct str command_first_word(const struct command *command);
/* Is `word` the first of a visible command of two words ("rules", "registry")? */
bool command_group_exists(struct str word);
/* The second word of the command if it is visible and belongs to `group`; else empty. */
struct str command_group_member(const struct command *command, struct str group);

bool option_belongs(const struct option *option, const struct command *command);

#endif
