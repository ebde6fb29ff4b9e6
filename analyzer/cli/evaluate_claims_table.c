/* The report of `hearsay evaluate claims` for people. */
#include "cli/evaluation.h"
#include "cli/terminal.h"

enum { NAME_WIDTH = 22, COUNT_WIDTH = 15 };

static void append_counts(struct buffer *out, const json_t *report) {
    const json_t *counts = json_object_get(report, "labels");
    const json_t *all = json_object_get(report, "all");
    buffer_append_c(out, "labels      ");
    terminal_append_count(out, (uint64_t)evaluation_integer(counts, "used"));
    buffer_append_c(out, " posts, ");
    terminal_append_count(out, (uint64_t)evaluation_integer(all, "positive"));
    buffer_append_c(out, " of them unverifiable claims; ");
    terminal_append_count(out, (uint64_t)evaluation_integer(all, "flagged"));
    buffer_append_c(out, " flagged\n");
    evaluation_append_fact(out, counts, "contradictory",
                           "ids are labelled in several ways and left out");
    evaluation_append_fact(out, counts, "repeated", "rows say again what an earlier row says");
    evaluation_append_fact(
        out, counts, "flag_differs",
        "rows have a flag that the code book does not derive; the derived one counts");
    evaluation_append_fact(
        out, counts, "at_least_not_read",
        "labelled posts or more are not among those that the scan read; they count as 0");
    evaluation_append_fact(out, counts, "findings_without_label",
                           "findings have no label and do not count");
    evaluation_append_fact(out, counts, "ambiguous_findings",
                           "findings have the id of another one; the highest score counts");
    if (evaluation_integer(all, "positive") == 0 ||
        evaluation_integer(all, "positive") == evaluation_integer(all, "items")) {
        buffer_append_c(out, "            only one class is labelled: what needs both is -\n");
    }
}

static void append_groups(struct buffer *out, json_t *groups, const char *title) {
    const char *name;
    json_t *group;
    static const char *const measures[] = {"precision", "recall", "f1", "roc_auc",
                                           "average_precision"};
    if (json_object_size(groups) < 2) {
        return;
    }
    buffer_append_byte(out, '\n');
    evaluation_append_padded(out, str_from_c(title), NAME_WIDTH);
    buffer_append_c(out, " posts claims  prec.    rec.      F1     AUC      AP\n");
    json_object_foreach(groups, name, group) {
        evaluation_append_padded(out, str_from_c(name[0] ? name : "(not said)"), NAME_WIDTH);
        buffer_printf(out, "%6lld %6lld", (long long)evaluation_integer(group, "items"),
                      (long long)evaluation_integer(group, "positive"));
        for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
            const json_t *measure =
                json_object_get(json_object_get(group, "measures"), measures[i]);
            evaluation_append_number(out, json_object_get(measure, "value"), i == 0 ? 7 : 8, 3);
        }
        buffer_append_byte(out, '\n');
    }
}

/* One line per label: what was predicted, commonest first is not needed to read it. */
static void append_confusion(struct buffer *out, json_t *table, const char *title) {
    const char *label;
    const char *predicted;
    json_t *row;
    json_t *count;
    buffer_printf(out, "\n%s\n", title);
    json_object_foreach(table, label, row) {
        const char *comma = "";
        buffer_append_c(out, "  ");
        evaluation_append_padded(out, str_from_c(label), COUNT_WIDTH);
        json_object_foreach(row, predicted, count) {
            buffer_append_c(out, comma);
            terminal_append_safe(out, str_from_c(predicted));
            buffer_printf(out, " %lld", (long long)json_integer_value(count));
            comma = ", ";
        }
        buffer_append_byte(out, '\n');
    }
}

static void append_spans(struct buffer *out, const json_t *report) {
    static const char *const kinds[] = {"victim", "quantity"};
    buffer_append_c(out, "\nspans         labelled  in findings  found  overlap  exact  "
                         "found where none is labelled\n");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const json_t *spans = json_object_get(report, kinds[i]);
        json_int_t labelled = evaluation_integer(spans, "labelled");
        buffer_printf(out, "  %-11s %9lld %12lld %6lld %8lld %6lld %6lld\n", kinds[i],
                      (long long)labelled,
                      (long long)(labelled - evaluation_integer(spans, "without_finding")),
                      (long long)evaluation_integer(spans, "found"),
                      (long long)evaluation_integer(spans, "overlap"),
                      (long long)evaluation_integer(spans, "exact"),
                      (long long)evaluation_integer(spans, "found_without_label"));
    }
}

static void append_comparison(struct buffer *out, const json_t *comparison) {
    if (!comparison) {
        return;
    }
    buffer_append_c(out, "\nagainst ");
    terminal_append_safe(out, json_member(comparison, "with"));
    buffer_printf(out, ": right only here %lld, right only there %lld; McNemar's exact p ",
                  (long long)evaluation_integer(comparison, "only_this_right"),
                  (long long)evaluation_integer(comparison, "only_other_right"));
    buffer_append_double(out, json_number_value(json_object_get(comparison, "mcnemar_p")), 3);
    buffer_append_byte(out, '\n');
}

void evaluate_claims_append(struct buffer *out, const json_t *report) {
    append_counts(out, report);
    buffer_printf(out, "\nmeasure, with 95 %% bootstrap interval (%lld draws, seed %lld)\n",
                  (long long)evaluation_integer(report, "draws"),
                  (long long)evaluation_integer(report, "seed"));
    evaluation_append_ranking(out, json_object_get(report, "all"));
    buffer_append_c(out, "  stance_macro_f1       ");
    evaluation_append_number(out, json_object_get(report, "stance_macro_f1"), 6, 3);
    buffer_append_c(out, "\n  incident_accuracy     ");
    evaluation_append_number(out, json_object_get(report, "incident_accuracy"), 6, 3);
    buffer_append_c(out, "  (of posts that are rightly flagged)\n");
    append_groups(out, json_object_get(report, "by_lang"), "language");
    append_groups(out, json_object_get(report, "by_source"), "source");
    append_groups(out, json_object_get(report, "by_sure"), "sure");
    append_confusion(out, json_object_get(report, "stances"), "stance as labelled: as found");
    append_confusion(out, json_object_get(report, "incidents"),
                     "incident as labelled: as found (rightly flagged posts)");
    append_spans(out, report);
    evaluation_append_reliability(out, json_object_get(report, "reliability"));
    append_comparison(out, json_object_get(report, "comparison"));
}
