#include "cli/options.h"

#define BIT(command) (1u << COMMAND_##command)

enum {
    RUNS = BIT(SCAN) | BIT(COORDINATE),
    REGISTRY = BIT(REGISTRY_UPDATE) | BIT(REGISTRY_LIST) | BIT(REGISTRY_SHOW),
    EVALUATES = BIT(EVALUATE_CLAIMS),
    EVERY = (1u << (COMMAND_ZSH + 1)) - 1,
};

static const struct command commands[] = {
    {.id = COMMAND_SCAN,
     .name = "scan",
     .usage = "[INPUT...] -o OUT",
     .summary = "find posts that claim a breach nobody can check, and accounts that push together",
     .detail =
         "Reads every INPUT: files, patterns, folders with all that lies below them, or - for "
         "standard input, which is also read when no INPUT is given and something is piped in. "
         "gzip and zstd are recognised by their content. Formats are recognised file by file; "
         "`hearsay formats` lists them.\n\n"
         "OUT receives findings.ndjson, accounts.ndjson, edges.ndjson, clusters.ndjson and "
         "summary.json. It is made if absent; a folder with anything but results of hearsay is "
         "refused. Files carry the suffix .partial until the run is whole.\n\n"
         "The first Ctrl-C stops reading and writes results for what was read; a second one ends "
         "at once.",
     .least = 0,
     .most = SIZE_MAX,
     .examples = "hearsay scan posts.jsonl -o out\n"
                 "zstdcat dump.zst | hearsay scan -o out\n"
                 "hearsay scan table.csv --map account=user,text=body,created_at=date -o out"},
    {.id = COMMAND_EXPLAIN,
     .name = "explain",
     .usage = "OUT KIND:ID",
     .summary = "say in plain sentences what was observed about a post, an account or a pair",
     .detail = "OUT is a results folder of `hearsay scan`. KIND:ID is post:ID, account:ID, "
               "edge:A,B or claim:ID, with ids exactly as the source writes them. Where an id "
               "exists on several platforms, write account:PLATFORM/ID.\n\n"
               "Everything said is an observation with its evidence. Nothing is said about truth, "
               "intent or who is behind an account.",
     .least = 2,
     .most = 2,
     .examples = "hearsay explain out account:1234\n"
                 "hearsay explain out edge:1234,5678\n"
                 "hearsay explain out post:98765"},
    {.id = COMMAND_RULES_CHECK,
     .name = "rules check",
     .usage = "PACK",
     .summary = "check the rules of a pack and report every error with its place",
     .detail = "PACK is a folder with *.rules files, or one such file. All errors are reported in "
               "one run, on standard error.",
     .least = 1,
     .most = 1,
     .examples = "hearsay rules check rules/breach-claims"},
    {.id = COMMAND_RULES_TEST,
     .name = "rules test",
     .usage = "PACK",
     .summary = "run the tests that stand in the rules of a pack",
     .detail = "Failures are printed on standard output: the line of the test, the clause that "
               "decided, what was expected and what came, what each term found. Results can be "
               "written in several forms at once; where one of them goes to standard output, "
               "nothing else but --github is printed there. A pack with errors is told in every "
               "form too, and exits with 2.",
     .least = 1,
     .most = 1,
     .examples = "hearsay rules test rules/breach-claims --verbose\n"
                 "hearsay rules test rules/breach-claims --junit j.xml --sarif s.sarif --github\n"
                 "hearsay rules test rules/breach-claims --run 'HS-04*' --tap -"},
    {.id = COMMAND_RULES_EXPLAIN,
     .name = "rules explain",
     .usage = "PACK TEXT",
     .summary = "show for one text which clauses of which rules hold, and the score as a sum",
     .detail = "TEXT is the text of a post, or - for standard input. Shown are the rules whose "
               "required literals are all in the text, those that match first, or the one of "
               "--rule. Each clause is PASS or FAIL with what its terms found (byte places); => "
               "marks the clause that decides.",
     .least = 2,
     .most = 2,
     .examples = "hearsay rules explain rules/breach-claims \"4.2 million records leaked\"\n"
                 "hearsay rules explain rules/breach-claims --rule HS-0001 --json - < post.txt"},
    {.id = COMMAND_RULES_BENCH,
     .name = "rules bench",
     .usage = "PACK",
     .summary = "measure what a pack, each rule and each term cost",
     .detail = "Prints nanoseconds of CPU time per post for the whole pack (folding included), the "
               "post that took longest, and the dearest rules and terms with the share of posts "
               "that reach them. A rule's cost is its own evaluation on the posts that reach it; "
               "parts that rules share are counted with each.\n\n"
               "The texts are those of --corpus, canonical NDJSON of which `text` and `lang` are "
               "used and the first 20,000 posts are read, or else those of the pack's tests. "
               "Figures of two runs are comparable on one idle machine only.",
     .least = 1,
     .most = 1,
     .examples = "hearsay rules bench rules/breach-claims --corpus posts.jsonl\n"
                 "hearsay rules bench rules/breach-claims --corpus posts.jsonl --budget 2000"},
    {.id = COMMAND_RULES_DIFF,
     .name = "rules diff",
     .usage = "OLD NEW --corpus FILE...",
     .summary = "compare two versions of a pack on past posts",
     .detail = "Says which hits and flags are gained and lost, with examples, how sure the change "
               "is (McNemar's exact test on distinct texts, Wilson's intervals), and what it costs "
               "in rules tried and regular expressions run. The corpus may be files, patterns or "
               "folders in any format that scan reads. The order of posts does not matter.",
     .least = 2,
     .most = SIZE_MAX,
     .examples = "hearsay rules diff old/breach-claims rules/breach-claims --corpus posts.jsonl "
                 "--markdown\n"
                 "hearsay rules diff old new --corpus real.jsonl --labels real.jsonl"},
    {.id = COMMAND_RULES_OVERLAP,
     .name = "rules overlap",
     .usage = "PACK --corpus FILE...",
     .summary = "find rules that hit the same posts, or posts that another rule hits too",
     .detail = "Pairs with at least 5 hits each: the same hits, one within the other, and pairs "
               "with a Jaccard index of 0.5 or more whose weights add up without a common cap.",
     .least = 1,
     .most = SIZE_MAX,
     .examples = "hearsay rules overlap rules/breach-claims --corpus posts.jsonl"},
    {.id = COMMAND_FORMATS,
     .name = "formats",
     .usage = "",
     .summary = "list the formats that are read and how each is recognised",
     .detail = "The names are those that --format takes and that summary.json shows.",
     .least = 0,
     .most = 0},
    {.id = COMMAND_COORDINATE,
     .name = "coordinate",
     .usage = "[INPUT...] -o OUT",
     .summary = "look for accounts that act together, without judging any text",
     .detail = "Without --like the same as scan without rules. With --like cooretweet the pairs of "
               "a share table are counted exactly as that tool counts them, and only edges.ndjson "
               "is filled: no scores, no clusters.",
     .least = 0,
     .most = SIZE_MAX,
     .examples = "hearsay coordinate --like cooretweet --window 60s --min-participation 2 "
                 "shares.csv -o out"},
    {.id = COMMAND_EVALUATE_CLAIMS,
     .name = "evaluate claims",
     .usage = "OUT --labels FILE",
     .summary = "measure findings against posts that people labelled",
     .detail =
         "OUT is a results folder of `hearsay scan` over the labelled posts. FILE holds one JSON "
         "object a line: id, stance, incident and evidence by the code book, and optionally text, "
         "lang, source, sure, victim, quantity. The flag is derived: stance self_claim or relay, "
         "an incident, and evidence other than link_source.\n\n"
         "A labelled post without a finding counts as scored 0. Rows that contradict each other "
         "are left out and counted. Intervals are percentiles of a bootstrap over posts; they do "
         "not know about copies of one text.",
     .least = 1,
     .most = 1,
     .examples = "hearsay evaluate claims out --labels labels.jsonl\n"
                 "hearsay evaluate claims out --labels labels.jsonl --compare older --json"},
    {.id = COMMAND_REGISTRY_UPDATE,
     .name = "registry update",
     .usage = "[NAME...]",
     .summary = "fetch the snapshots of breach registries; the only command that uses the network",
     .detail = "Without NAME every registry. A server is asked only after its rest time and its "
               "Retry-After; only a changed body is sent (ETag, Last-Modified). An answer that is "
               "no good "
               "keeps the old snapshot, says so with its age, and exits with 4. Nothing of a post "
               "is ever "
               "sent, and no link of a post is ever opened.",
     .least = 0,
     .most = SIZE_MAX,
     .examples = "hearsay registry update hibp"},
    {.id = COMMAND_REGISTRY_LIST,
     .name = "registry list",
     .usage = "",
     .summary = "list the registries that are known and the snapshots at hand",
     .detail = "With the age and the digest of each snapshot.",
     .least = 0,
     .most = 0},
    {.id = COMMAND_REGISTRY_SHOW,
     .name = "registry show",
     .usage = "NAME",
     .summary = "show what a snapshot holds, how old it is and what it covers",
     .detail = "A record's date, name and domain, in the registry's own order.",
     .least = 1,
     .most = 1,
     .examples = "hearsay registry show hibp"},
    {.id = COMMAND_HELP,
     .name = "help",
     .usage = "[COMMAND]",
     .summary = "show what a command does and its options",
     .detail = "The same as COMMAND --help.",
     .least = 0,
     .most = 2},
    {.id = COMMAND_VERSION,
     .name = "version",
     .usage = "",
     .summary = "print the version",
     .detail = "",
     .least = 0,
     .most = 0},
    {.id = COMMAND_MANUAL,
     .name = "internal man",
     .usage = "",
     .summary = "print the manual page",
     .detail = "",
     .is_hidden = true},
    {.id = COMMAND_BASH,
     .name = "internal bash",
     .usage = "",
     .summary = "print the completion for bash",
     .detail = "",
     .is_hidden = true},
    {.id = COMMAND_ZSH,
     .name = "internal zsh",
     .usage = "",
     .summary = "print the completion for zsh",
     .detail = "",
     .is_hidden = true},
};

static const struct option options[] = {
    {.id = OPTION_OUTPUT,
     .name = "output",
     .letter = 'o',
     .kind = VALUE_FOLDER,
     .argument = "OUT",
     .meaning = "folder for the results; required",
     .commands = RUNS},
    {.id = OPTION_RULES,
     .name = "rules",
     .kind = VALUE_FILE,
     .argument = "PACK",
     .preset = "the shipped pack breach-claims",
     .meaning = "rules to judge posts by: a folder of *.rules files or one file",
     .commands = BIT(SCAN)},
    {.id = OPTION_FORMAT,
     .name = "format",
     .kind = VALUE_FORMAT,
     .argument = "NAME",
     .preset = "auto",
     .meaning = "format of every input, instead of recognising it; see `hearsay formats`",
     .commands = RUNS},
    {.id = OPTION_MAP,
     .name = "map",
     .kind = VALUE_FILE,
     .argument = "MAP",
     .meaning =
         "which column is what: account=author,text=body,... or a file that holds this, one pair a "
         "line",
     .commands = RUNS},
    {.id = OPTION_WINDOW,
     .name = "window",
     .kind = VALUE_TEXT,
     .argument = "TIME",
     .preset = "60s (10s with --like cooretweet)",
     .meaning =
         "two accounts that share the same thing within this time act together; units ms s m h d",
     .commands = RUNS},
    {.id = OPTION_LIKE,
     .name = "like",
     .kind = VALUE_WORDS,
     .argument = "TOOL",
     .meaning = "count exactly as this tool counts; known is cooretweet",
     .words = "cooretweet",
     .commands = BIT(COORDINATE)},
    {.id = OPTION_MIN_PARTICIPATION,
     .name = "min-participation",
     .kind = VALUE_TEXT,
     .argument = "N",
     .preset = "2",
     .meaning = "with --like: accounts with fewer shares are left out, as in that tool",
     .commands = BIT(COORDINATE)},
    {.id = OPTION_THREADS,
     .name = "threads",
     .kind = VALUE_TEXT,
     .argument = "N",
     .preset = "the number of cores",
     .meaning = "threads to work with, 1 to 64; the results do not depend on it",
     .commands = RUNS},
    {.id = OPTION_MEMORY,
     .name = "memory",
     .kind = VALUE_TEXT,
     .argument = "SIZE",
     .preset = "2G",
     .meaning = "memory for what must be remembered; beyond it a temporary file in OUT is used; "
                "units K M G",
     .commands = RUNS},
    {.id = OPTION_RECORD_LIMIT,
     .name = "record-limit",
     .kind = VALUE_TEXT,
     .argument = "SIZE",
     .preset = "16M",
     .meaning = "longer records are rejected and counted",
     .commands = RUNS},
    {.id = OPTION_LENIENT,
     .name = "lenient",
     .kind = VALUE_NONE,
     .preset = "this",
     .meaning = "count records that cannot be read and go on",
     .commands = RUNS},
    {.id = OPTION_STRICT,
     .name = "strict",
     .kind = VALUE_NONE,
     .meaning = "stop at the first record that cannot be read, with exit code 4",
     .commands = RUNS},
    {.id = OPTION_REJECTS,
     .name = "rejects",
     .kind = VALUE_FILE,
     .argument = "FILE",
     .meaning = "keep the records that could not be read, with file, line and reason",
     .commands = RUNS},
    {.id = OPTION_FAIL_ON_FINDINGS,
     .name = "fail-on-findings",
     .kind = VALUE_NONE,
     .meaning = "exit with 1 when there are findings",
     .commands = BIT(SCAN)},
    {.id = OPTION_RULE,
     .name = "rule",
     .kind = VALUE_TEXT,
     .argument = "ID",
     .meaning = "look at this rule only, by its id or name",
     .commands = BIT(RULES_EXPLAIN)},
    {.id = OPTION_LANG,
     .name = "lang",
     .kind = VALUE_TEXT,
     .argument = "TAG",
     .preset = "detected from the text",
     .meaning = "language of the text: en, ru, zh-Hans",
     .commands = BIT(RULES_EXPLAIN)},
    {.id = OPTION_JSON,
     .name = "json",
     .kind = VALUE_NONE,
     .meaning = "print JSON; its schema is shipped",
     .commands = BIT(RULES_EXPLAIN) | BIT(RULES_BENCH) | BIT(RULES_OVERLAP) | EVALUATES},
    {.id = OPTION_BUDGET,
     .name = "budget",
     .kind = VALUE_TEXT,
     .argument = "NS",
     .meaning = "exit with 5 when the whole pack takes more nanoseconds per post",
     .commands = BIT(RULES_BENCH)},
    {.id = OPTION_CORPUS,
     .name = "corpus",
     .kind = VALUE_FILE,
     .argument = "FILE",
     .meaning = "posts to try the rules on; diff and overlap require it, and more files may "
                "follow",
     .commands = BIT(RULES_DIFF) | BIT(RULES_OVERLAP) | BIT(RULES_BENCH)},
    {.id = OPTION_MARKDOWN,
     .name = "markdown",
     .kind = VALUE_NONE,
     .meaning = "print markdown, to paste in a review",
     .commands = BIT(RULES_DIFF)},
    {.id = OPTION_LABELS,
     .name = "labels",
     .kind = VALUE_FILE,
     .argument = "FILE",
     .meaning = "what people said about the same posts or accounts, one JSON object a line",
     .commands = EVALUATES | BIT(RULES_DIFF)},
    {.id = OPTION_COMPARE,
     .name = "compare",
     .kind = VALUE_FOLDER,
     .argument = "OUT",
     .meaning = "test with McNemar's exact test whether these other results are right as often",
     .commands = BIT(EVALUATE_CLAIMS)},
    {.id = OPTION_SEED,
     .name = "seed",
     .kind = VALUE_TEXT,
     .argument = "N",
     .preset = "1",
     .meaning = "where the random numbers begin; the same seed gives the same result",
     .commands = EVALUATES},
    {.id = OPTION_DRAWS,
     .name = "draws",
     .kind = VALUE_TEXT,
     .argument = "N",
     .preset = "1000",
     .meaning = "resamples for the intervals; 0 leaves them out",
     .commands = EVALUATES},
    {.id = OPTION_FOLDER,
     .name = "folder",
     .kind = VALUE_FOLDER,
     .argument = "FOLDER",
     .preset = "hearsay-registry in $XDG_DATA_HOME or ~/.local/share",
     .meaning = "where the snapshots lie",
     .commands = REGISTRY},
    {.id = OPTION_URL,
     .name = "url",
     .kind = VALUE_TEXT,
     .argument = "URL",
     .meaning = "fetch from a mirror of the registry; its host must be allowed",
     .commands = BIT(REGISTRY_UPDATE)},
    {.id = OPTION_ALLOW_HOST,
     .name = "allow-host",
     .kind = VALUE_TEXT,
     .argument = "HOST",
     .preset = "the registry's own host",
     .meaning = "the one host that may be asked",
     .commands = BIT(REGISTRY_UPDATE)},
    {.id = OPTION_TIMEOUT,
     .name = "timeout",
     .kind = VALUE_TEXT,
     .argument = "TIME",
     .preset = "60s",
     .meaning = "longest time for one registry",
     .commands = BIT(REGISTRY_UPDATE)},
    {.id = OPTION_FORCE,
     .name = "force",
     .kind = VALUE_NONE,
     .meaning = "ask even within the rest time; Retry-After still holds",
     .commands = BIT(REGISTRY_UPDATE)},
    {.id = OPTION_ALL,
     .name = "all",
     .kind = VALUE_NONE,
     .meaning = "show every record",
     .commands = BIT(REGISTRY_SHOW)},
    {.id = OPTION_RUN,
     .name = "run",
     .kind = VALUE_TEXT,
     .argument = "RULE",
     .meaning = "only the rules of this name or id; * stands for any text",
     .commands = BIT(RULES_TEST)},
    {.id = OPTION_TAP,
     .name = "tap",
     .kind = VALUE_FILE,
     .argument = "FILE",
     .meaning = "write the results as TAP 14; - is standard output, for all of these files",
     .commands = BIT(RULES_TEST)},
    {.id = OPTION_JUNIT,
     .name = "junit",
     .kind = VALUE_FILE,
     .argument = "FILE",
     .meaning = "write the results as JUnit XML, a test case for each test line",
     .commands = BIT(RULES_TEST)},
    {.id = OPTION_SARIF,
     .name = "sarif",
     .kind = VALUE_FILE,
     .argument = "FILE",
     .meaning = "write failed tests, errors and warnings as SARIF 2.1.0",
     .commands = BIT(RULES_TEST)},
    {.id = OPTION_GITHUB,
     .name = "github",
     .kind = VALUE_NONE,
     .meaning = "also print failed tests, errors and warnings as annotations for GitHub",
     .commands = BIT(RULES_TEST)},
    {.id = OPTION_RESULTS,
     .name = "json-file",
     .kind = VALUE_FILE,
     .argument = "FILE",
     .meaning = "write the results as JSON; its schema rules-test.schema.json is shipped",
     .commands = BIT(RULES_TEST)},
    {.id = OPTION_VERBOSE,
     .name = "verbose",
     .letter = 'v',
     .kind = VALUE_NONE,
     .meaning = "name every test, not only failures",
     .commands = BIT(RULES_TEST)},
    {.id = OPTION_QUIET,
     .name = "quiet",
     .letter = 'q',
     .kind = VALUE_NONE,
     .meaning = "print nothing but errors",
     .commands = RUNS | BIT(RULES_CHECK) | BIT(RULES_TEST)},
    {.id = OPTION_HELP,
     .name = "help",
     .letter = 'h',
     .kind = VALUE_NONE,
     .meaning = "show this help",
     .commands = EVERY},
    {.id = OPTION_VERSION,
     .name = "version",
     .letter = 'V',
     .kind = VALUE_NONE,
     .meaning = "print the version",
     .commands = EVERY},
};

const struct command *command_at(size_t index) {
    return index < sizeof commands / sizeof commands[0] ? &commands[index] : NULL;
}

const struct option *option_at(size_t index) {
    return index < sizeof options / sizeof options[0] ? &options[index] : NULL;
}

const struct option *option_named(struct str name) {
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (str_is(name, options[i].name)) {
            return &options[i];
        }
    }
    return NULL;
}

const struct option *option_lettered(char letter) {
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (letter != 0 && letter == options[i].letter) {
            return &options[i];
        }
    }
    return NULL;
}

struct str command_first_word(const struct command *command) {
    struct str name = str_from_c(command->name);
    return str_slice(name, 0, str_find_byte(name, ' ', 0));
}

struct str command_group_member(const struct command *command, struct str group) {
    struct str name = str_from_c(command->name);
    struct str first = command_first_word(command);
    bool is_member = !command->is_hidden && first.len < name.len && str_equal(first, group);
    return is_member ? str_slice(name, first.len + 1, name.len) : STR_EMPTY;
}

bool command_group_exists(struct str word) {
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (command_group_member(&commands[i], word).len > 0) {
            return true;
        }
    }
    return false;
}

bool option_belongs(const struct option *option, const struct command *command) {
    return (option->commands >> command->id & 1u) != 0;
}
