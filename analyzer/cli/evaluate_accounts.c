/* `hearsay evaluate accounts`: scores, flags and clusters against accounts that are labelled as
 * campaign or organic.
 *
 * Organic accounts with fewer posts than --min-posts are left out, since they could not be found
 * nor wrongly accused; campaign accounts stay whatever their posts. The bootstrap draws campaign
 * groups whole, because their members stand and fall together. The rows "only" and "without" of a
 * layer rank by weights of accounts.ndjson, which is the raw evidence and not the score: `without`
 * is the sum over the other layers. */
#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "cli/account_labels.h"
#include "cli/commands.h"
#include "cli/evaluation.h"
#include "cli/group_properties.h"
#include "cli/lines.h"
#include "cli/terminal.h"
#include "stats/partition.h"
#include "stats/proportion.h"

struct scored {
    double score;
    json_t *layers;   /* owned */
    uint32_t label;   /* index */
    uint32_t cluster; /* 0: none */
    bool is_positive, is_flagged;
    uint32_t group;
};

struct accounts {
    struct account_labels labels;
    struct scored *items;
    size_t count, capacity;
    uint32_t *item_of; /* by label; UINT32_MAX: not in OUT, or left out */
    size_t unlabelled, few_posts, ambiguous, absent, absent_positive;
    uint32_t clusters; /* highest number */
};

static bool add_scored(struct accounts *accounts, uint32_t label, const json_t *line) {
    const struct account_label *said = &accounts->labels.items[label];
    if (accounts->count == accounts->capacity) {
        size_t capacity = accounts->capacity * 2 + 1024;
        struct scored *grown = realloc(accounts->items, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        accounts->items = grown;
        accounts->capacity = capacity;
    }
    accounts->item_of[label] = (uint32_t)accounts->count;
    accounts->items[accounts->count++] =
        (struct scored){.score = json_number_value(json_object_get(line, "score")),
                        .layers = json_incref(json_object_get(line, "layers")),
                        .label = label,
                        .is_positive = said->is_positive,
                        .is_flagged = json_is_true(json_object_get(line, "flag")),
                        .group = said->group};
    return true;
}

static bool read_account(struct accounts *accounts, const json_t *line, bool *is_in_out,
                         uint64_t min_posts) {
    uint32_t label = account_labels_find(&accounts->labels, json_member(line, "platform"),
                                         json_member(line, "account"));
    if (label == MAP_NONE) {
        accounts->unlabelled++;
        return true;
    }
    const struct account_label *said = &accounts->labels.items[label];
    json_int_t posts = json_integer_value(json_object_get(line, "posts"));
    if (is_in_out[label]) {
        accounts->ambiguous++;
        return true;
    }
    is_in_out[label] = true;
    if (said->is_contradictory) {
        return true;
    }
    if (!said->is_positive && (uint64_t)posts < min_posts) {
        accounts->few_posts++;
        return true;
    }
    return add_scored(accounts, label, line);
}

static enum hearsay_status read_accounts(struct accounts *accounts,
                                         const struct evaluation_options *options,
                                         struct hearsay_failure *failure) {
    struct lines lines;
    struct str line;
    uint32_t count = accounts->labels.accounts.count;
    bool *is_in_out = calloc(count + 1, sizeof *is_in_out);
    accounts->item_of = malloc((count + (size_t)1) * sizeof *accounts->item_of);
    if (!is_in_out || !accounts->item_of) {
        free(is_in_out);
        return failure_memory(failure);
    }
    memset(accounts->item_of, 0xff, count * sizeof *accounts->item_of);
    enum hearsay_status status = lines_open(&lines, options->folder, "accounts.ndjson", failure);
    while (status == HEARSAY_OK && lines_next(&lines, &line)) {
        json_t *value = NULL;
        status = lines_parse(&lines, line, &value, failure);
        if (status == HEARSAY_OK && !read_account(accounts, value, is_in_out, options->min_posts)) {
            status = failure_memory(failure);
        }
        json_decref(value);
    }
    lines_close(&lines);
    for (uint32_t i = 0; i < count; i++) {
        accounts->absent += !is_in_out[i];
        accounts->absent_positive += !is_in_out[i] && accounts->labels.items[i].is_positive;
    }
    free(is_in_out);
    return status;
}

static void read_cluster(struct accounts *accounts, const json_t *line) {
    const json_t *members = json_object_get(line, "accounts");
    json_int_t number = json_integer_value(json_object_get(line, "cluster"));
    struct str platform = json_member(line, "platform");
    if (number < 1 || number >= UINT32_MAX) {
        return;
    }
    for (size_t i = 0; i < json_array_size(members); i++) {
        const json_t *member = json_array_get(members, i);
        struct str name = {json_string_value(member), json_string_length(member)};
        uint32_t label = account_labels_find(&accounts->labels, platform, name);
        uint32_t item = label == MAP_NONE ? UINT32_MAX : accounts->item_of[label];
        if (item != UINT32_MAX) {
            accounts->items[item].cluster = (uint32_t)number;
            accounts->clusters =
                number > accounts->clusters ? (uint32_t)number : accounts->clusters;
        }
    }
}

static enum hearsay_status read_clusters(struct accounts *accounts, const char *folder,
                                         struct hearsay_failure *failure) {
    struct lines lines;
    struct str line;
    enum hearsay_status status = lines_open(&lines, folder, "clusters.ndjson", failure);
    while (status == HEARSAY_OK && lines_next(&lines, &line)) {
        json_t *value = NULL;
        status = lines_parse(&lines, line, &value, failure);
        if (status == HEARSAY_OK) {
            read_cluster(accounts, value);
        }
        json_decref(value);
    }
    lines_close(&lines);
    return status;
}

static enum hearsay_status accounts_load(struct accounts *accounts,
                                         const struct evaluation_options *options,
                                         struct hearsay_failure *failure) {
    enum hearsay_status status = account_labels_load(options->labels, &accounts->labels, failure);
    if (status == HEARSAY_OK && options->groups) {
        status = group_properties_load(options->groups, &accounts->labels, failure);
    }
    if (status == HEARSAY_OK) {
        status = read_accounts(accounts, options, failure);
    }
    if (status == HEARSAY_OK && accounts->count == 0) {
        return failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(options->labels), 0, 0,
                           "no labelled account is left: %zu are not in %s, %zu have fewer than "
                           "%llu posts",
                           accounts->absent, options->folder, accounts->few_posts,
                           (unsigned long long)options->min_posts);
    }
    return status == HEARSAY_OK ? read_clusters(accounts, options->folder, failure) : status;
}

static void accounts_free(struct accounts *accounts) {
    for (size_t i = 0; i < accounts->count; i++) {
        json_decref(accounts->items[i].layers);
    }
    free(accounts->items);
    free(accounts->item_of);
    account_labels_free(&accounts->labels);
}

/* Fills `items` with what ranks by the score; gives the number of units to draw. */
static uint32_t rank_accounts(const struct accounts *accounts, struct ranked *items) {
    uint32_t units = accounts->labels.groups.count;
    for (size_t i = 0; i < accounts->count; i++) {
        const struct scored *account = &accounts->items[i];
        bool has_group = account->is_positive && account->group != ACCOUNT_LABELS_NO_GROUP;
        items[i] = (struct ranked){.score = account->score,
                                   .unit = has_group ? account->group : units++,
                                   .is_positive = account->is_positive,
                                   .is_flagged = account->is_flagged};
    }
    return units;
}

static double sum_of_layers(json_t *layers, const char *only, const char *without) {
    double sum = 0;
    const char *name;
    json_t *weight;
    json_object_foreach(layers, name, weight) {
        bool counts =
            (!only || strcmp(only, name) == 0) && (!without || strcmp(without, name) != 0);
        sum += counts ? json_number_value(weight) : 0;
    }
    return sum;
}

static json_t *rank_by_weight(const struct accounts *accounts, struct ranked *items,
                              const char *only, const char *without) {
    double values[RANKING_MEASURES];
    size_t over_zero = 0;
    for (size_t i = 0; i < accounts->count; i++) {
        const struct scored *account = &accounts->items[i];
        items[i] = (struct ranked){.score = sum_of_layers(account->layers, only, without),
                                   .is_positive = account->is_positive};
        over_zero += items[i].score > 0;
    }
    ranking_sort(items, accounts->count);
    ranking_measure(items, accounts->count, NULL, values);
    return json_pack("{s:I, s:o, s:o}", "accounts", (json_int_t)over_zero, "roc_auc",
                     evaluation_number(values[RANKING_ROC_AUC]), "average_precision",
                     evaluation_number(values[RANKING_AVERAGE_PRECISION]));
}

static json_t *ablation(const struct accounts *accounts, struct ranked *items) {
    json_t *table = json_object();
    for (size_t i = 0; i < accounts->count; i++) {
        const char *name;
        json_t *weight;
        json_object_foreach(accounts->items[i].layers, name, weight) {
            if (!json_object_get(table, name)) {
                json_object_set_new(
                    table, name,
                    json_pack("{s:o, s:o}", "only", rank_by_weight(accounts, items, name, NULL),
                              "without", rank_by_weight(accounts, items, NULL, name)));
            }
        }
    }
    return table;
}

struct grouping {
    uint32_t *cluster, *label;
    size_t count;
    uint32_t clusters; /* numbers used so far */
};

static void grouping_add(struct grouping *grouping, const struct scored *account, uint32_t label) {
    grouping->label[grouping->count] = label;
    /* Who is in no cluster is alone in one. */
    grouping->cluster[grouping->count++] =
        account->cluster > 0 ? account->cluster : ++grouping->clusters;
}

/* Purity over all flagged accounts, with organic ones as one label; the others over the flagged
 * campaign accounts that have a group. */
static json_t *cluster_agreement(const struct accounts *accounts) {
    uint32_t organic = accounts->labels.groups.count;
    struct grouping all = {.clusters = accounts->clusters};
    struct grouping found = {.clusters = accounts->clusters};
    struct partition_agreement agreement = {0};
    struct partition_agreement purity = {0};
    uint32_t *memory = calloc(accounts->count * 4 + 1, sizeof *memory);
    if (!memory) {
        return NULL;
    }
    all.cluster = memory;
    all.label = memory + accounts->count;
    found.cluster = memory + accounts->count * 2;
    found.label = memory + accounts->count * 3;
    for (size_t i = 0; i < accounts->count; i++) {
        const struct scored *account = &accounts->items[i];
        bool has_group = account->is_positive && account->group != ACCOUNT_LABELS_NO_GROUP;
        if (account->is_flagged && (has_group || !account->is_positive)) {
            grouping_add(&all, account, has_group ? account->group : organic);
        }
        if (account->is_flagged && has_group) {
            grouping_add(&found, account, account->group);
        }
    }
    bool is_whole = partition_compare(all.cluster, all.clusters + 1, all.label, organic + 1,
                                      all.count, &purity, NULL) == HEARSAY_OK &&
                    partition_compare(found.cluster, found.clusters + 1, found.label, organic + 1,
                                      found.count, &agreement, NULL) == HEARSAY_OK;
    free(memory);
    return !is_whole
               ? NULL
               : json_pack("{s:I, s:o, s:I, s:o, s:o, s:o, s:o}", "flagged", (json_int_t)all.count,
                           "purity", evaluation_number(purity.purity), "detected",
                           (json_int_t)found.count, "adjusted_mutual_information",
                           evaluation_number(agreement.adjusted_mutual_information),
                           "b_cubed_precision", evaluation_number(agreement.b_cubed_precision),
                           "b_cubed_recall", evaluation_number(agreement.b_cubed_recall),
                           "b_cubed_f1", evaluation_number(agreement.b_cubed_f1));
}

static json_t *one_group(const struct accounts *accounts, uint32_t group) {
    const struct account_labels *labels = &accounts->labels;
    json_int_t size = 0;
    json_int_t found = 0;
    json_int_t positive = 0;
    for (size_t i = 0; i < accounts->count; i++) {
        const struct scored *account = &accounts->items[i];
        size += account->group == group;
        positive += account->group == group && account->is_positive;
        found += account->group == group && account->is_flagged;
    }
    if (size == 0) {
        return NULL;
    }
    struct str name = labels->groups.keys[group];
    struct proportion_interval interval = proportion_wilson((uint64_t)found, (uint64_t)size, 0.95);
    json_t *properties = json_object();
    for (size_t i = 0; i < labels->property_count; i++) {
        struct str key = labels->property_names[i];
        struct str value = labels->properties[group][i];
        json_object_setn_new(properties, key.ptr, key.len, json_stringn(value.ptr, value.len));
    }
    return json_pack("{s:s%, s:I, s:I, s:I, s:o, s:o, s:o, s:o}", "group", name.ptr, name.len,
                     "accounts", size, "campaign", positive, "flagged", found, "share_flagged",
                     evaluation_number((double)found / (double)size), "low",
                     evaluation_number(interval.low), "high", evaluation_number(interval.high),
                     "properties", properties);
}

static json_t *group_table(const struct accounts *accounts) {
    json_t *table = json_array();
    for (uint32_t group = 0; group < accounts->labels.groups.count; group++) {
        json_t *row = one_group(accounts, group);
        if (row) {
            json_array_append_new(table, row);
        }
    }
    return table;
}

/* Whether scores mean shares of campaign accounts. */
static json_t *reliability_of(const struct accounts *accounts) {
    struct reliability table = {0};
    for (size_t i = 0; i < accounts->count; i++) {
        const struct scored *account = &accounts->items[i];
        reliability_add(&table, fmin(fmax(account->score, 0.0), 1.0), account->is_positive);
    }
    return evaluation_reliability(&table);
}

static json_t *label_counts(const struct accounts *accounts) {
    const struct account_labels *labels = &accounts->labels;
    return json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "rows", (json_int_t)labels->rows,
        "used", (json_int_t)accounts->count, "unknown", (json_int_t)labels->unknown, "repeated",
        (json_int_t)labels->repeated, "contradictory", (json_int_t)labels->contradictory,
        "few_posts", (json_int_t)accounts->few_posts, "not_in_results",
        (json_int_t)accounts->absent, "campaign_not_in_results",
        (json_int_t)accounts->absent_positive, "accounts_without_label",
        (json_int_t)accounts->unlabelled, "ambiguous_accounts", (json_int_t)accounts->ambiguous);
}

static json_t *accounts_report(const struct accounts *accounts,
                               const struct evaluation_options *options) {
    struct ranked *items = calloc(accounts->count + 1, sizeof *items);
    if (!items) {
        return NULL;
    }
    uint32_t units = rank_accounts(accounts, items);
    json_t *report = json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:o, s:o}", "schema", "hearsay.evaluation/1", "kind", "accounts",
        "seed", (json_int_t)options->seed, "draws", (json_int_t)options->draws, "min_posts",
        (json_int_t)options->min_posts, "labels", label_counts(accounts), "all",
        evaluation_ranking(items, accounts->count, units, options));
    json_object_set_new(report, "weight_of_all_layers",
                        rank_by_weight(accounts, items, NULL, NULL));
    json_object_set_new(report, "layers", ablation(accounts, items));
    json_object_set_new(report, "clusters", cluster_agreement(accounts));
    json_object_set_new(report, "groups", group_table(accounts));
    json_object_set_new(report, "reliability", reliability_of(accounts));
    free(items);
    return report;
}

int command_evaluate_accounts(const struct arguments *arguments) {
    struct evaluation_options options;
    struct hearsay_failure failure = {0};
    struct accounts accounts = {0};
    json_t *report = NULL;
    enum hearsay_status status = evaluation_options_read(arguments, &options, &failure);
    if (status == HEARSAY_OK) {
        status = accounts_load(&accounts, &options, &failure);
    }
    if (status == HEARSAY_OK) {
        report = accounts_report(&accounts, &options);
    }
    accounts_free(&accounts);
    return status == HEARSAY_OK ? evaluation_print(arguments, report, evaluate_accounts_append)
                                : terminal_fail(status, &failure);
}
