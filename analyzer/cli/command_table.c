/* The commands of the table in options.h. */
#include "cli/options.h"

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
         "OUT receives findings.ndjson, claims.ndjson, accounts.ndjson, edges.ndjson, "
         "clusters.ndjson and summary.json. It is made if absent; a folder with anything but "
         "results of hearsay is "
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
     .summary =
         "say in plain sentences what was observed about a claim, a post, an account or a pair",
     .detail = "OUT is a results folder of `hearsay scan`. KIND:ID is post:ID, account:ID, "
               "edge:A,B or claim:ID, with ids exactly as the source writes them. Where an id "
               "exists on several platforms, write account:PLATFORM/ID.\n\n"
               "Everything said is an observation with its evidence. Nothing is said about truth, "
               "intent or who is behind an account.",
     .least = 2,
     .most = 2,
     .examples = "hearsay explain out account:1234\n"
                 "hearsay explain out claim:00112233aabbccdd\n"
                 "hearsay explain out edge:1234,5678\n"
                 "hearsay explain out post:98765"},
    {.id = COMMAND_RULES_CHECK,
     .name = "rules check",
     .usage = "PACK",
     .summary = "check the rules of a pack and report every error with its place",
     .detail =
         "PACK is a folder with *.rules files, or one such file. All errors are reported in "
         "one run, on standard error. With --json they are also printed on standard output, "
         "with the cost table of --cost; its schema is shipped.\n\n"
         "The cost table says for each rule which literals a post must hold for the rule to be "
         "tried, and for each term whether the search for literals decides (exact), opens the "
         "way for a regular expression or a second look (approximate), or keeps nothing away "
         "(none).",
     .least = 1,
     .most = 1,
     .examples = "hearsay rules check rules/breach-claims\n"
                 "hearsay rules check rules/breach-claims --cost\n"
                 "hearsay rules check rules/breach-claims --json > check.json"},
    {.id = COMMAND_RULES_TEST,
     .name = "rules test",
     .usage = "PACK",
     .summary = "run the tests that stand in the rules of a pack, and measure what they cover",
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
    {.id = COMMAND_RULES_MUTATE,
     .name = "rules mutate",
     .usage = "PACK",
     .summary = "change the rules in small ways and list the changes that no test notices",
     .detail = "Each mutant drops, negates or exchanges one clause, changes a distance or a count, "
               "or drops where or within. A mutant is killed when a test of its rule that passes "
               "would fail. Listed are those that survive, with --verbose all.",
     .least = 1,
     .most = 1,
     .examples = "hearsay rules mutate rules/breach-claims --threshold 90\n"
                 "hearsay rules mutate rules/breach-claims --run HS-0001 --literals"},
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
    {.id = COMMAND_RULES_FMT,
     .name = "rules fmt",
     .usage = "FILE...",
     .summary = "lay rule files out in the one canonical form",
     .detail = "FILE is a rule file, or a folder for all its *.rules files. Only white space "
               "changes: comments stay, line breaks inside a statement stay, and the rules mean "
               "the same. Prints the names of the files that were changed; a file with a mistake "
               "is left as it is.",
     .least = 1,
     .most = SIZE_MAX,
     .examples = "hearsay rules fmt rules/breach-claims\n"
                 "hearsay rules fmt --check rules/breach-claims"},
    {.id = COMMAND_RULES_HELP,
     .name = "rules help",
     .usage = "[CODE]",
     .summary = "say what a diagnostic means, with an example of wrong and right",
     .detail = "CODE is as the message shows it, E014, or its name. Without CODE all are listed.",
     .least = 0,
     .most = 1,
     .examples = "hearsay rules help E090"},
    {.id = COMMAND_RULES_DUMP,
     .name = "rules dump",
     .usage = "PACK",
     .summary = "print a pack as JSON, for other programs",
     .detail = "The JSON names statements, sections, terms and keys; what stands behind them is "
               "rule text. Nothing but comments is lost: load gives the same rules. The form is "
               "JSON with or without --json; its schema is shipped.",
     .least = 1,
     .most = 1,
     .examples = "hearsay rules dump rules/breach-claims > pack.json"},
    {.id = COMMAND_RULES_LOAD,
     .name = "rules load",
     .usage = "FILE",
     .summary = "print the rules of a JSON file that rules dump has written, or another program",
     .detail = "The whole pack comes as one rule file in the canonical form, on standard output or "
               "in the file of -o, which is replaced as a whole. "
               "JSON that would mean something else as rules is refused.",
     .least = 1,
     .most = 1,
     .examples = "hearsay rules load pack.json -o pack/all.rules"},
    {.id = COMMAND_RULES_FIT,
     .name = "rules fit",
     .usage = "PACK --labels FILE...",
     .summary = "learn the weights of a pack from labelled posts",
     .detail = "FILE holds labelled posts as `evaluate claims` takes them, with their text; a "
               "\"weight\" says as how many posts one counts. Learned are an intercept, a scale of "
               "the stated weights, a correction for each rule and a "
               "number for each phrase that stands in many posts, by penalised logistic "
               "regression; a scan adds them up and explain shows them. The penalties are chosen "
               "by cross-validation that keeps near-duplicate texts, and again sources, together; "
               "its measures are printed beside those of the pack as it is.\n\n"
               "The weights go to weights.json in the pack, where every command that loads the "
               "pack finds them, or to --output. Where the learned weights are worse than the "
               "pack's own, nothing is written and the exit code is 1.\n\n"
               "Learned weights flatter a pack on posts that its rules were written from: measure "
               "on others.",
     .least = 1,
     .most = SIZE_MAX,
     .examples = "hearsay rules fit rules/breach-claims --labels labels.jsonl\n"
                 "hearsay rules fit pack --labels a.jsonl b.jsonl -o learned.json --seed 7"},
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
     .detail = "Without --like the same as scan without rules. With --like cooretweet or qut the "
               "pairs of "
               "a share table are counted exactly as that tool counts them, and only edges.ndjson "
               "is filled: no scores, no clusters.",
     .least = 0,
     .most = SIZE_MAX,
     .examples = "hearsay coordinate --like cooretweet --window 60s --min-participation 2 "
                 "shares.csv -o out"},
    {.id = COMMAND_VALIDATE,
     .name = "validate",
     .usage = "[INPUT...] -o FOLDER",
     .summary = "show what coordination finds in data from which all coordination was taken",
     .detail =
         "Reads every INPUT as `hearsay scan` does and looks for coordinated pairs of accounts "
         "first in the data, then in shuffles of it: posts with the same kinds of actions in the "
         "same two weeks (and, for replies, at the same age of the answered post) exchange their "
         "accounts. Every object keeps its actions and their times, every account its activity. "
         "What is still found is found in noise.\n\n"
         "Prints how many edges are kept at each false discovery rate q and how often a pair's p "
         "is small, and writes FOLDER/validation.json and FOLDER/validation.svg. The same data, "
         "settings and seed give the same bytes. All actions are held in memory.",
     .least = 0,
     .most = SIZE_MAX,
     .examples = "hearsay validate posts.jsonl -o validation\n"
                 "hearsay validate posts.jsonl -o validation --shuffles 100 --seed 7"},
    {.id = COMMAND_SIMULATE,
     .name = "simulate",
     .usage = "-o FOLDER",
     .summary = "make posts of organic accounts and of campaigns whose members are known",
     .detail =
         "Writes FOLDER/posts.ndjson and FOLDER/labels.csv, over files of these names. Organic "
         "accounts post by the hours of their time zone, share links and posts by Zipf's law while "
         "these are new, and write words of their own; the words are made up. A campaign acts in "
         "rounds: its members share one thing, each after a log-normal delay. The same settings "
         "and seed give the same bytes.\n\n"
         "Organic accounts of this model have no friends, tools or causes. What is found among "
         "them is an upper bound of what would be found among people.",
     .least = 0,
     .most = 0,
     .examples = "hearsay simulate -o simulated --accounts 100000 --tempo 5m --camouflage 0.3\n"
                 "hearsay scan simulated/posts.ndjson -o out\n"
                 "hearsay evaluate accounts out --labels simulated/labels.csv"},
    {.id = COMMAND_EVALUATE_ACCOUNTS,
     .name = "evaluate accounts",
     .usage = "OUT --labels CSV",
     .summary = "measure scores, flags and clusters against accounts that are labelled",
     .detail =
         "OUT is a results folder of `hearsay scan`. CSV has a header with account and label "
         "(campaign or organic), and optionally platform and group; further columns describe the "
         "group and are shown beside it, as are the properties in the file of --groups, which "
         "names "
         "groups as CSV does, or by the number in which their names end.\n\n"
         "Accounts that are not in OUT, or have no label, are counted and not judged. Intervals "
         "are percentiles of a bootstrap that draws groups whole. The rows by layer rank by the "
         "layers' weights and not by the score.",
     .least = 1,
     .most = 1,
     .examples = "hearsay evaluate accounts out --labels labels.csv --min-posts 5"},
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
    {.id = COMMAND_EVALUATE_GROUPING,
     .name = "evaluate grouping",
     .usage = "OUT --labels FILE",
     .summary = "measure which posts were brought together as one claim",
     .detail =
         "OUT is a results folder of `hearsay scan` over the labelled posts. FILE holds one JSON "
         "object a line: platform, post and claim, and optionally part, by which the measures are "
         "told apart too.\n\n"
         "Measured is B-cubed precision and recall: per post, the share of its claim that has its "
         "label, and the share of its label that is in its claim. A labelled post that the rules "
         "miss is of no claim and stands alone.",
     .least = 1,
     .most = 1,
     .examples = "hearsay scan corpora/claims/posts.ndjson -o out\n"
                 "hearsay evaluate grouping out --labels corpora/claims/labels.ndjson"},
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

const struct command *command_at(size_t index) {
    return index < sizeof commands / sizeof commands[0] ? &commands[index] : NULL;
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
