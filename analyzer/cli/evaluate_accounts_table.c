/* The report of `hearsay evaluate accounts` for people. */
#include "cli/evaluation.h"
#include "cli/terminal.h"

static void append_counts(struct buffer *out, const json_t *report) {
    const json_t *counts = json_object_get(report, "labels");
    const json_t *all = json_object_get(report, "all");
    buffer_append_c(out, "labels      ");
    terminal_append_count(out, (uint64_t)evaluation_integer(counts, "used"));
    buffer_append_c(out, " accounts, ");
    terminal_append_count(out, (uint64_t)evaluation_integer(all, "positive"));
    buffer_append_c(out, " of them of campaigns; ");
    terminal_append_count(out, (uint64_t)evaluation_integer(all, "flagged"));
    buffer_append_c(out, " flagged\n");
    evaluation_append_fact(out, counts, "few_posts",
                           "organic accounts have too few posts and are left out");
    evaluation_append_fact(out, counts, "not_in_results",
                           "labelled accounts are not in the results and cannot be judged");
    evaluation_append_fact(out, counts, "campaign_not_in_results", "of those are of campaigns");
    evaluation_append_fact(out, counts, "unknown",
                           "rows have a label that is neither campaign nor organic");
    evaluation_append_fact(out, counts, "contradictory",
                           "accounts are labelled in several ways and left out");
    evaluation_append_fact(out, counts, "repeated", "rows say again what an earlier row says");
    evaluation_append_fact(out, counts, "accounts_without_label",
                           "accounts of the results have no label");
    evaluation_append_fact(out, counts, "ambiguous_accounts",
                           "accounts have the name of another platform's; add a column platform");
    if (evaluation_integer(all, "positive") == 0 ||
        evaluation_integer(all, "positive") == evaluation_integer(all, "items")) {
        buffer_append_c(out, "            only one class is labelled: what needs both is -\n");
    }
}

static void append_weights(struct buffer *out, const json_t *weights) {
    buffer_printf(out, "%9lld", (long long)evaluation_integer(weights, "accounts"));
    evaluation_append_number(out, json_object_get(weights, "roc_auc"), 8, 3);
    evaluation_append_number(out, json_object_get(weights, "average_precision"), 8, 3);
}

static void append_layers(struct buffer *out, const json_t *report) {
    const char *name;
    json_t *layer;
    buffer_append_c(out, "\nby weight             only this layer              all but this layer\n"
                         "              accounts     AUC      AP     accounts     AUC      AP\n  ");
    evaluation_append_padded(out, STR("all layers"), 11);
    append_weights(out, json_object_get(report, "weight_of_all_layers"));
    buffer_append_byte(out, '\n');
    json_object_foreach(json_object_get(report, "layers"), name, layer) {
        buffer_append_c(out, "  ");
        evaluation_append_padded(out, str_from_c(name), 11);
        append_weights(out, json_object_get(layer, "only"));
        buffer_append_c(out, "    ");
        append_weights(out, json_object_get(layer, "without"));
        buffer_append_byte(out, '\n');
    }
}

static void append_clusters(struct buffer *out, const json_t *clusters) {
    static const struct {
        const char *key, *meaning;
    } facts[] = {
        {"purity", "of the clusters of flagged accounts"},
        {"adjusted_mutual_information", "with the groups, over detected campaign accounts"},
        {"b_cubed_precision", "the same"},
        {"b_cubed_recall", "the same"},
        {"b_cubed_f1", "the same"},
    };
    buffer_printf(out, "\nclusters: %lld flagged accounts, %lld of them of campaigns\n",
                  (long long)evaluation_integer(clusters, "flagged"),
                  (long long)evaluation_integer(clusters, "detected"));
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        buffer_append_c(out, "  ");
        evaluation_append_padded(out, str_from_c(facts[i].key), 28);
        evaluation_append_number(out, json_object_get(clusters, facts[i].key), 6, 3);
        buffer_printf(out, "  %s\n", facts[i].meaning);
    }
}

static void append_groups(struct buffer *out, const json_t *groups) {
    const char *name;
    json_t *value;
    if (json_array_size(groups) == 0) {
        return;
    }
    buffer_append_c(out,
                    "\ngroup         accounts  of campaigns  flagged   share  (95 % Wilson)\n");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *group = json_array_get(groups, i);
        buffer_append_c(out, "  ");
        evaluation_append_padded(out, json_member(group, "group"), 11);
        buffer_printf(out, "%9lld%14lld%9lld", (long long)evaluation_integer(group, "accounts"),
                      (long long)evaluation_integer(group, "campaign"),
                      (long long)evaluation_integer(group, "flagged"));
        evaluation_append_number(out, json_object_get(group, "share_flagged"), 8, 2);
        buffer_append_c(out, "  (");
        evaluation_append_number(out, json_object_get(group, "low"), 4, 2);
        buffer_append_c(out, " to ");
        evaluation_append_number(out, json_object_get(group, "high"), 4, 2);
        buffer_append_c(out, ")");
        json_object_foreach(json_object_get(group, "properties"), name, value) {
            if (json_string_length(value) == 0) {
                continue;
            }
            buffer_append_c(out, "  ");
            terminal_append_safe(out, str_from_c(name));
            buffer_append_byte(out, ' ');
            terminal_append_safe(out, str_from_c(json_string_value(value)));
        }
        buffer_append_byte(out, '\n');
    }
}

void evaluate_accounts_append(struct buffer *out, const json_t *report) {
    append_counts(out, report);
    buffer_printf(out,
                  "\nmeasure, with 95 %% bootstrap interval (%lld draws of whole groups, seed "
                  "%lld)\n",
                  (long long)evaluation_integer(report, "draws"),
                  (long long)evaluation_integer(report, "seed"));
    evaluation_append_ranking(out, json_object_get(report, "all"));
    append_layers(out, report);
    append_clusters(out, json_object_get(report, "clusters"));
    evaluation_append_reliability(out, json_object_get(report, "reliability"));
    append_groups(out, json_object_get(report, "groups"));
}
