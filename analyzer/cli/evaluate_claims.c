/* `hearsay evaluate claims`: findings against posts that people labelled. A labelled post without a
 * finding was read and scored 0, for findings.ndjson holds what scores above 0 only; whether it was
 * read at all is checked by the number of posts, since OUT does not list them. */
#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/evaluation.h"
#include "cli/exit.h"
#include "cli/labels.h"
#include "cli/lines.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "stats/proportion.h"

#define NO_FINDING "(no finding)"

struct judged {
    const json_t *label;
    json_t *finding; /* owned; NULL: there is none */
    bool is_positive;
};

struct claims {
    struct labels labels;
    struct judged *rows;
    size_t count;
    size_t unlabelled; /* findings whose post has no label */
    size_t ambiguous;  /* further findings with an id that was seen: ids of several platforms */
    size_t with_finding;
    uint64_t posts; /* that OUT read */
};

static double score_of(const struct judged *row) {
    double score = json_number_value(json_object_get(row->finding, "score"));
    return score < 0 ? 0 : score > 1 ? 1 : score;
}

static bool flag_of(const struct judged *row) {
    return json_is_true(json_object_get(row->finding, "flag"));
}

/* Takes over `finding`; of several with one id the highest score stays. */
static void keep_finding(struct claims *claims, json_t *finding) {
    uint32_t index = map_find(&claims->labels.ids, json_member(finding, "post"));
    if (index == MAP_NONE) {
        claims->unlabelled++;
        json_decref(finding);
        return;
    }
    struct judged *row = &claims->rows[index];
    struct judged other = {.finding = finding};
    if (!row->finding) {
        claims->with_finding++;
        row->finding = finding;
        return;
    }
    claims->ambiguous++;
    if (score_of(&other) > score_of(row)) {
        other.finding = row->finding;
        row->finding = finding;
    }
    json_decref(other.finding);
}

static enum hearsay_status read_findings(struct claims *claims, const char *folder,
                                         struct hearsay_failure *failure) {
    struct lines lines;
    struct str line;
    json_t *summary = NULL;
    enum hearsay_status status = summary_load(folder, &summary, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    claims->posts = (uint64_t)(json_integer_value(json_object_get(summary, "posts")) +
                               json_integer_value(json_object_get(summary, "reposts")));
    json_decref(summary);
    status = lines_open(&lines, folder, "findings.ndjson", failure);
    while (status == HEARSAY_OK && lines_next(&lines, &line)) {
        json_t *finding = NULL;
        status = lines_parse(&lines, line, &finding, failure);
        if (status == HEARSAY_OK) {
            keep_finding(claims, finding);
        }
    }
    lines_close(&lines);
    return status;
}

static enum hearsay_status check_match(const struct claims *claims,
                                       const struct evaluation_options *options,
                                       struct hearsay_failure *failure) {
    if (claims->with_finding == 0) {
        return failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(options->labels), 0, 0,
                           "no label's id is a post with a finding in %s: are these the labels of "
                           "the posts that were scanned?",
                           options->folder);
    }
    return HEARSAY_OK;
}

/* Contradictory rows leave: their labels are no measure of anything. */
static void drop_contradictory(struct claims *claims) {
    size_t kept = 0;
    for (size_t i = 0; i < claims->count; i++) {
        if (claims->labels.is_contradictory[i]) {
            claims->with_finding -= claims->rows[i].finding != NULL;
            json_decref(claims->rows[i].finding);
        } else {
            claims->rows[kept++] = claims->rows[i];
        }
    }
    claims->count = kept;
}

static enum hearsay_status claims_load(struct claims *claims, const char *folder,
                                       const struct evaluation_options *options,
                                       struct hearsay_failure *failure) {
    *claims = (struct claims){0};
    enum hearsay_status status = labels_load(options->labels, &claims->labels, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    claims->count = json_array_size(claims->labels.rows);
    claims->rows = calloc(claims->count + 1, sizeof *claims->rows);
    if (!claims->rows) {
        claims->count = 0;
        return failure_memory(failure);
    }
    for (size_t i = 0; i < claims->count; i++) {
        claims->rows[i].label = json_array_get(claims->labels.rows, i);
        claims->rows[i].is_positive = labels_flag(claims->rows[i].label);
    }
    status = read_findings(claims, folder, failure);
    if (status == HEARSAY_OK) {
        drop_contradictory(claims);
        status = check_match(claims, options, failure);
    }
    return status;
}

static void claims_free(struct claims *claims) {
    for (size_t i = 0; i < claims->count; i++) {
        json_decref(claims->rows[i].finding);
    }
    free(claims->rows);
    labels_free(&claims->labels);
}

static struct str prediction(const struct judged *row, const char *key) {
    struct str word = json_member(row->finding, key);
    if (!row->finding) {
        return STR(NO_FINDING);
    }
    return word.len > 0 ? word : STR("(none given)");
}

static void count_up(json_t *object, struct str key) {
    json_int_t count = json_integer_value(json_object_getn(object, key.ptr, key.len));
    json_object_setn_new(object, key.ptr, key.len, json_integer(count + 1));
}

static json_t *member_object(json_t *object, struct str key) {
    json_t *member = json_object_getn(object, key.ptr, key.len);
    if (!member) {
        member = json_object();
        json_object_setn_new(object, key.ptr, key.len, member);
    }
    return member;
}

/* {label: {prediction: count}}; incidents only where the flag was rightly set. */
static json_t *confusion(const struct claims *claims, const char *key, bool only_hits) {
    json_t *table = json_object();
    for (size_t i = 0; i < claims->count; i++) {
        const struct judged *row = &claims->rows[i];
        if (!only_hits || (row->is_positive && flag_of(row))) {
            count_up(member_object(table, json_member(row->label, key)), prediction(row, key));
        }
    }
    return table;
}

/* A post without a finding is one in which the pack saw nothing of its matter: unrelated. */
static struct str stance_of(const struct judged *row) {
    return row->finding ? json_member(row->finding, "stance") : STR("unrelated");
}

/* Mean F1 over the stances that are labelled. */
static double macro_f1(const struct claims *claims) {
    double sum = 0;
    size_t stances = 0;
    const char *stance;
    for (size_t at = 0; (stance = labels_stance_at(at)); at++) {
        size_t hits = 0;
        size_t labelled = 0;
        size_t predicted = 0;
        for (size_t i = 0; i < claims->count; i++) {
            bool is_labelled = str_is(json_member(claims->rows[i].label, "stance"), stance);
            bool is_predicted = str_is(stance_of(&claims->rows[i]), stance);
            hits += is_labelled && is_predicted;
            labelled += is_labelled;
            predicted += is_predicted;
        }
        stances += labelled > 0;
        sum += labelled > 0 ? 2.0 * (double)hits / (double)(labelled + predicted) : 0;
    }
    return stances > 0 ? sum / (double)stances : NAN;
}

static double incident_accuracy(const struct claims *claims) {
    size_t hits = 0;
    size_t right = 0;
    for (size_t i = 0; i < claims->count; i++) {
        const struct judged *row = &claims->rows[i];
        bool is_hit = row->is_positive && flag_of(row);
        hits += is_hit;
        right += is_hit && str_equal(json_member(row->label, "incident"),
                                     json_member(row->finding, "incident"));
    }
    return hits > 0 ? (double)right / (double)hits : NAN;
}

/* Whether two spans of one text share a byte; without the text, whether one is in the other. */
static bool spans_overlap(struct str text, struct str a, struct str b) {
    size_t at_a = str_find(text, a, 0);
    size_t at_b = str_find(text, b, 0);
    if (at_a != STR_NOT_FOUND && at_b != STR_NOT_FOUND) {
        return at_a < at_b + b.len && at_b < at_a + a.len;
    }
    return str_find(a, b, 0) != STR_NOT_FOUND || str_find(b, a, 0) != STR_NOT_FOUND;
}

/* Over labelled posts with a finding: no span can be found in the others. */
static json_t *span_scores(const struct claims *claims, const char *key) {
    json_int_t labelled = 0;
    json_int_t found = 0;
    json_int_t exact = 0;
    json_int_t overlap = 0;
    json_int_t without_finding = 0;
    json_int_t surplus = 0;
    for (size_t i = 0; i < claims->count; i++) {
        const struct judged *row = &claims->rows[i];
        struct str truth = json_member(row->label, key);
        struct str span = json_member(row->finding, key);
        labelled += truth.len > 0;
        without_finding += truth.len > 0 && !row->finding;
        surplus += truth.len == 0 && span.len > 0;
        if (truth.len > 0 && span.len > 0) {
            found++;
            exact += str_equal(truth, span);
            overlap += spans_overlap(json_member(row->label, "text"), truth, span);
        }
    }
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "labelled", labelled, "without_finding",
                     without_finding, "found", found, "exact", exact, "overlap", overlap,
                     "found_without_label", surplus);
}

static struct ranked ranked_of(const struct judged *row, size_t unit) {
    return (struct ranked){score_of(row), (uint32_t)unit, row->is_positive, flag_of(row)};
}

/* Value of `key` in a label as a key of a breakdown: a text, or a small number. */
static struct str group_of(const struct judged *row, const char *key, char *digits, size_t size) {
    const json_t *value = json_object_get(row->label, key);
    if (json_is_integer(value)) {
        int len = snprintf(digits, size, "%lld", (long long)json_integer_value(value));
        return (struct str){digits, (size_t)len};
    }
    return json_member(row->label, key);
}

static json_t *one_group(const struct claims *claims, const char *key, struct str group,
                         struct ranked *items) {
    char digits[32];
    size_t count = 0;
    for (size_t i = 0; i < claims->count; i++) {
        if (str_equal(group_of(&claims->rows[i], key, digits, sizeof digits), group)) {
            items[count] = ranked_of(&claims->rows[i], count);
            count++;
        }
    }
    return evaluation_ranking(items, count, (uint32_t)count, NULL);
}

/* {value of `key`: ranking}, sorted by the value; labels without it are under "". */
static json_t *breakdown(const struct claims *claims, const char *key, struct ranked *items) {
    char digits[32];
    json_t *groups = json_object();
    for (size_t i = 0; i < claims->count; i++) {
        struct str group = group_of(&claims->rows[i], key, digits, sizeof digits);
        if (!json_object_getn(groups, group.ptr, group.len)) {
            json_object_setn_new(groups, group.ptr, group.len,
                                 one_group(claims, key, group, items));
        }
    }
    return groups;
}

static json_t *reliability_of(const struct claims *claims) {
    struct reliability table = {0};
    for (size_t i = 0; i < claims->count; i++) {
        reliability_add(&table, score_of(&claims->rows[i]), claims->rows[i].is_positive);
    }
    return evaluation_reliability(&table);
}

static json_t *label_counts(const struct claims *claims) {
    const struct labels *labels = &claims->labels;
    size_t missing = claims->count > claims->posts ? claims->count - (size_t)claims->posts : 0;
    return json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "rows", (json_int_t)labels->read, "used",
        (json_int_t)claims->count, "repeated", (json_int_t)labels->repeated, "contradictory",
        (json_int_t)labels->contradictory, "flag_differs", (json_int_t)labels->flag_differs,
        "at_least_not_read", (json_int_t)missing, "with_finding", (json_int_t)claims->with_finding,
        "findings_without_label", (json_int_t)claims->unlabelled, "ambiguous_findings",
        (json_int_t)claims->ambiguous);
}

static json_t *comparison(const struct claims *claims, const struct claims *other,
                          const char *folder) {
    uint64_t only_first = 0;
    uint64_t only_second = 0;
    for (size_t i = 0; i < claims->count; i++) {
        bool first = flag_of(&claims->rows[i]) == claims->rows[i].is_positive;
        bool second = flag_of(&other->rows[i]) == other->rows[i].is_positive;
        only_first += first && !second;
        only_second += second && !first;
    }
    return json_pack("{s:s, s:I, s:I, s:o}", "with", folder, "only_this_right",
                     (json_int_t)only_first, "only_other_right", (json_int_t)only_second,
                     "mcnemar_p", evaluation_number(proportion_mcnemar(only_first, only_second)));
}

static json_t *claims_report(const struct claims *claims,
                             const struct evaluation_options *options) {
    struct ranked *items = calloc(claims->count + 1, sizeof *items);
    if (!items) {
        return NULL;
    }
    for (size_t i = 0; i < claims->count; i++) {
        items[i] = ranked_of(&claims->rows[i], i);
    }
    json_t *report =
        json_pack("{s:s, s:s, s:I, s:I, s:o, s:o}", "schema", "hearsay.evaluation/1", "kind",
                  "claims", "seed", (json_int_t)options->seed, "draws", (json_int_t)options->draws,
                  "labels", label_counts(claims), "all",
                  evaluation_ranking(items, claims->count, (uint32_t)claims->count, options));
    json_object_set_new(report, "stance_macro_f1", evaluation_number(macro_f1(claims)));
    json_object_set_new(report, "stances", confusion(claims, "stance", false));
    json_object_set_new(report, "incident_accuracy", evaluation_number(incident_accuracy(claims)));
    json_object_set_new(report, "incidents", confusion(claims, "incident", true));
    json_object_set_new(report, "victim", span_scores(claims, "victim"));
    json_object_set_new(report, "quantity", span_scores(claims, "quantity"));
    json_object_set_new(report, "by_lang", breakdown(claims, "lang", items));
    json_object_set_new(report, "by_source", breakdown(claims, "source", items));
    json_object_set_new(report, "by_sure", breakdown(claims, "sure", items));
    json_object_set_new(report, "reliability", reliability_of(claims));
    free(items);
    return report;
}

int command_evaluate_claims(const struct arguments *arguments) {
    struct evaluation_options options;
    struct hearsay_failure failure = {0};
    struct claims claims = {0};
    struct claims other = {0};
    json_t *report = NULL;
    const char *compare = arguments->values[OPTION_COMPARE];
    enum hearsay_status status = evaluation_options_read(arguments, &options, &failure);
    if (status == HEARSAY_OK) {
        status = claims_load(&claims, options.folder, &options, &failure);
    }
    if (status == HEARSAY_OK && compare) {
        status = claims_load(&other, compare, &options, &failure);
    }
    if (status == HEARSAY_OK) {
        report = claims_report(&claims, &options);
        if (report && compare) {
            json_object_set_new(report, "comparison", comparison(&claims, &other, compare));
        }
    }
    claims_free(&claims);
    claims_free(&other);
    return status == HEARSAY_OK ? evaluation_print(arguments, report, evaluate_claims_append)
                                : terminal_fail(status, &failure);
}
