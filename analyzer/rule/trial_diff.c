/* The comparison of two packs as text or as markdown for a review. */
#include <stdlib.h>

#include "rule/trial.h"
#include "stats/proportion.h"

#define CONFIDENCE 0.95

struct printer {
    const struct hearsay_trial *trial;
    struct buffer *out;
    bool is_markdown;
};

/* ---- Pieces ---- */

/* A text of a stranger in a review: one line, in a code span that it cannot leave, so that no name
 * in it calls anybody and no link works. */
static void append_text(struct buffer *out, struct str text) {
    size_t run = 0;
    size_t longest = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++) {
        buffer_append_byte(out, '`');
    }
    buffer_append_byte(out, ' ');
    bool was_blank = true;
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = (unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == 0x7f;
        if (!is_blank) {
            buffer_append_byte(out, text.ptr[i]);
        } else if (!was_blank) {
            buffer_append_byte(out, ' ');
        }
        was_blank = is_blank;
    }
    buffer_append_c(out, was_blank ? "" : " ");
    for (size_t i = 0; i <= longest; i++) {
        buffer_append_byte(out, '`');
    }
}

static void append_percent(struct buffer *out, double share) {
    buffer_append_double(out, share * 100, 3);
}

/* "120 (0.97 %, 0.81 to 1.16 %)" */
static void append_share(struct buffer *out, uint64_t count, uint64_t total) {
    struct proportion_interval interval = proportion_wilson(count, total, CONFIDENCE);
    buffer_append_u64(out, count);
    buffer_append_c(out, " (");
    append_percent(out, total ? (double)count / (double)total : 0);
    buffer_append_c(out, " %, ");
    append_percent(out, interval.low);
    buffer_append_c(out, " to ");
    append_percent(out, interval.high);
    buffer_append_c(out, " %)");
}

static void append_fraction(struct buffer *out, uint64_t count, uint64_t total) {
    struct proportion_interval interval = proportion_wilson(count, total, CONFIDENCE);
    if (total == 0) {
        buffer_append_c(out, "none to judge");
        return;
    }
    buffer_append_double(out, (double)count / (double)total, 3);
    buffer_printf(out, " (%llu of %llu, ", (unsigned long long)count, (unsigned long long)total);
    buffer_append_double(out, interval.low, 3);
    buffer_append_c(out, " to ");
    buffer_append_double(out, interval.high, 3);
    buffer_append_byte(out, ')');
}

static void append_signed(struct buffer *out, uint64_t old_count, uint64_t new_count) {
    if (new_count >= old_count) {
        buffer_append_byte(out, '+');
    }
    buffer_append_i64(out, (int64_t)(new_count - old_count));
}

/* Work for 1,000 posts. */
static void append_rate(struct buffer *out, uint64_t count, uint64_t posts) {
    buffer_append_double(out, posts ? 1000.0 * (double)count / (double)posts : 0, 4);
}

/* ---- The table of both packs ---- */

static void begin_row(struct printer *printer, const char *name) {
    buffer_append_c(printer->out, printer->is_markdown ? "| " : "  ");
    buffer_append_c(printer->out, name);
    buffer_append_c(printer->out, printer->is_markdown ? " | " : ": ");
}

static void next_cell(struct printer *printer) {
    buffer_append_c(printer->out, printer->is_markdown ? " | " : " -> ");
}

static void last_cell(struct printer *printer) {
    buffer_append_c(printer->out, printer->is_markdown ? " | " : "  ");
}

static void end_row(struct printer *printer) {
    buffer_append_c(printer->out, printer->is_markdown ? " |\n" : "\n");
}

static void print_counts(struct printer *printer, const char *name, uint64_t old_count,
                         uint64_t new_count) {
    begin_row(printer, name);
    append_share(printer->out, old_count, printer->trial->posts);
    next_cell(printer);
    append_share(printer->out, new_count, printer->trial->posts);
    last_cell(printer);
    append_signed(printer->out, old_count, new_count);
    end_row(printer);
}

static void print_fractions(struct printer *printer, const char *name, uint64_t old_count,
                            uint64_t old_total, uint64_t new_count, uint64_t new_total) {
    begin_row(printer, name);
    append_fraction(printer->out, old_count, old_total);
    next_cell(printer);
    append_fraction(printer->out, new_count, new_total);
    last_cell(printer);
    end_row(printer);
}

static void print_rates(struct printer *printer, const char *name, uint64_t old_count,
                        uint64_t new_count) {
    begin_row(printer, name);
    append_rate(printer->out, old_count, printer->trial->posts);
    next_cell(printer);
    append_rate(printer->out, new_count, printer->trial->posts);
    last_cell(printer);
    if (old_count > 0) {
        double change = ((double)new_count - (double)old_count) / (double)old_count;
        buffer_append_c(printer->out, change >= 0 ? "+" : "");
        buffer_append_double(printer->out, change * 100, 3);
        buffer_append_c(printer->out, " %");
    }
    end_row(printer);
}

static void print_both(struct printer *printer) {
    const struct hearsay_trial *trial = printer->trial;
    const struct side *a = &trial->old_side;
    const struct side *b = &trial->new_side;
    if (printer->is_markdown) {
        buffer_append_c(printer->out, "| | old | new | change |\n|---|---|---|---|\n");
    }
    print_counts(printer, "posts flagged", trial->flag.old_hits, trial->flag.new_hits);
    print_counts(printer, "posts with a hit", a->with_hit, b->with_hit);
    if (trial->labels.count > 0) {
        print_fractions(printer, "precision of the flag", a->true_positive,
                        a->true_positive + a->false_positive, b->true_positive,
                        b->true_positive + b->false_positive);
        print_fractions(printer, "recall of the flag", a->true_positive,
                        a->true_positive + a->false_negative, b->true_positive,
                        b->true_positive + b->false_negative);
    }
    print_rates(printer, "rules tried per 1,000 posts", a->tried, b->tried);
    print_rates(printer, "regular expressions run per 1,000 posts", a->regexes, b->regexes);
}

/* ---- The tests ---- */

static void print_tests(struct printer *printer) {
    const struct hearsay_trial *trial = printer->trial;
    struct buffer *out = printer->out;
    buffer_printf(out,
                  "\nFlag: %llu posts gained, %llu lost; distinct texts: %llu gained, %llu lost. "
                  "McNemar's exact test on the distinct texts: p = ",
                  (unsigned long long)trial->flag.gained, (unsigned long long)trial->flag.lost,
                  (unsigned long long)trial->gained_texts, (unsigned long long)trial->lost_texts);
    buffer_append_double(out, proportion_mcnemar(trial->gained_texts, trial->lost_texts), 3);
    buffer_append_c(out, ".\n");
    if (trial->labels.count > 0) {
        buffer_printf(
            out,
            "Of %llu labelled posts: %llu texts now judged rightly that were not, %llu the "
            "other way; p = ",
            (unsigned long long)trial->labelled, (unsigned long long)trial->wrong_to_right,
            (unsigned long long)trial->right_to_wrong);
        buffer_append_double(out, proportion_mcnemar(trial->wrong_to_right, trial->right_to_wrong),
                             3);
        buffer_append_c(out, ".\n");
    }
    buffer_append_c(out, "Ranges are 95 % intervals (Wilson 1927); they and the test take posts as "
                         "independent, and campaigns are not.\n");
}

/* ---- Rules ---- */

static int compare_rows(const void *a, const void *b) {
    const struct trial_row *left = *(const struct trial_row *const *)a;
    const struct trial_row *right = *(const struct trial_row *const *)b;
    uint64_t left_changes = left->change.gained + left->change.lost;
    uint64_t right_changes = right->change.gained + right->change.lost;
    if (left_changes != right_changes) {
        return left_changes > right_changes ? -1 : 1;
    }
    return str_compare(left->title, right->title);
}

static const char *row_note(const struct trial_row *row) {
    return !row->old_rule ? "new" : !row->new_rule ? "removed" : "";
}

static void append_title(struct printer *printer, const struct trial_row *row) {
    const struct rule *rule = row->new_rule ? row->new_rule : row->old_rule;
    buffer_append_str(printer->out, row->title);
    if (rule->meta.id.len > 0) {
        buffer_append_byte(printer->out, ' ');
        buffer_append_str(printer->out, rule->name);
    }
    if (row->old_rule && row->new_rule && !str_equal(row->old_rule->name, row->new_rule->name)) {
        buffer_append_c(printer->out, ", before ");
        buffer_append_str(printer->out, row->old_rule->name);
    }
}

static void print_examples(struct printer *printer, const char *verb,
                           const struct examples *examples) {
    for (size_t i = 0; i < examples->count; i++) {
        buffer_append_c(printer->out, printer->is_markdown ? "- " : "      ");
        buffer_append_c(printer->out, verb);
        buffer_append_byte(printer->out, ' ');
        append_text(printer->out, (struct str){examples->items[i].text, examples->items[i].len});
        buffer_append_byte(printer->out, '\n');
    }
}

static void print_row(struct printer *printer, const struct trial_row *row) {
    const struct change *change = &row->change;
    struct buffer *out = printer->out;
    buffer_append_c(out, printer->is_markdown ? "| " : "  ");
    append_title(printer, row);
    const char *note = row_note(row);
    buffer_printf(out, note[0] ? " (%s)" : "%s", note);
    buffer_printf(out,
                  printer->is_markdown ? " | %llu | %llu | %llu | %llu |\n"
                                       : ": %llu -> %llu hits, %llu gained, %llu lost\n",
                  (unsigned long long)change->old_hits, (unsigned long long)change->new_hits,
                  (unsigned long long)change->gained, (unsigned long long)change->lost);
    if (!printer->is_markdown) {
        print_examples(printer, "+", &change->gained_texts);
        print_examples(printer, "-", &change->lost_texts);
    }
}

static void print_row_examples(struct printer *printer, const struct trial_row *row) {
    buffer_append_c(printer->out, "\n**");
    append_title(printer, row);
    buffer_append_c(printer->out, "**\n\n");
    print_examples(printer, "gained", &row->change.gained_texts);
    print_examples(printer, "lost", &row->change.lost_texts);
}

static bool is_changed(const struct trial_row *row) {
    return row->change.gained + row->change.lost > 0;
}

/* Rules of one pack alone that hit nothing here: a table of zeros helps no reviewer. */
static void print_idle(struct printer *printer, bool is_new, const char *what) {
    const struct hearsay_trial *trial = printer->trial;
    uint64_t count = 0;
    struct str first = STR_EMPTY;
    struct str last = STR_EMPTY;
    for (uint32_t i = 0; i < trial->row_count; i++) {
        const struct trial_row *row = &trial->rows[i];
        const struct rule *own = is_new ? row->new_rule : row->old_rule;
        if (!own || (row->old_rule && row->new_rule) || is_changed(row)) {
            continue;
        }
        struct str id = own->meta.id.len > 0 ? own->meta.id : own->name;
        first = count == 0 || str_compare(id, first) < 0 ? id : first;
        last = count == 0 || str_compare(id, last) > 0 ? id : last;
        count++;
    }
    if (count > 0) {
        buffer_printf(printer->out, "\n%s that hit nothing on these posts: %llu, %.*s", what,
                      (unsigned long long)count, (int)first.len, first.ptr);
        if (count > 1) {
            buffer_printf(printer->out, " to %.*s", (int)last.len, last.ptr);
        }
        buffer_append_c(printer->out, ".\n");
    }
}

static void print_rows(struct printer *printer, const struct trial_row *const *rows, size_t count) {
    struct buffer *out = printer->out;
    if (count == 0) {
        buffer_append_c(out, "\nNo rule hits other posts than before.\n");
        return;
    }
    buffer_append_c(out, printer->is_markdown ? "\n| rule | old hits | new hits | gained | lost |\n"
                                                "|---|---:|---:|---:|---:|\n"
                                              : "\nRules that changed\n");
    for (size_t i = 0; i < count; i++) {
        print_row(printer, rows[i]);
    }
    if (printer->is_markdown) {
        buffer_append_c(out, "\n<details><summary>Examples by rule</summary>\n");
        for (size_t i = 0; i < count; i++) {
            if (rows[i]->change.gained + rows[i]->change.lost > 0) {
                print_row_examples(printer, rows[i]);
            }
        }
        buffer_append_c(out, "\n</details>\n");
    }
}

/* ---- The whole ---- */

static void append_pack(struct buffer *out, const struct side *side, struct str other) {
    buffer_printf(out, "%s %s", hearsay_rules_name(side->rules),
                  hearsay_rules_version(side->rules));
    if (str_is(other, hearsay_rules_version(side->rules))) {
        buffer_printf(out, " (%.12s)", side->rules->hash); /* one version, two contents */
    }
}

static void print_title(struct printer *printer) {
    const struct hearsay_trial *trial = printer->trial;
    struct buffer *out = printer->out;
    const char *old_version = hearsay_rules_version(trial->old_side.rules);
    const char *new_version = hearsay_rules_version(trial->new_side.rules);
    buffer_append_c(out, printer->is_markdown ? "### " : "");
    append_pack(out, &trial->old_side, str_from_c(new_version));
    buffer_append_c(out, " -> ");
    append_pack(out, &trial->new_side, str_from_c(old_version));
    buffer_printf(out, " on %llu posts", (unsigned long long)trial->posts);
    if (trial->rejected > 0) {
        buffer_printf(out, " (%llu records could not be read)",
                      (unsigned long long)trial->rejected);
    }
    buffer_append_c(out, "\n\n");
}

bool trial_print_diff(const struct hearsay_trial *trial, bool is_markdown, struct buffer *out) {
    struct printer printer = {trial, out, is_markdown};
    const struct trial_row **rows = calloc(trial->row_count + 1, sizeof *rows);
    size_t count = 0;
    if (!rows) {
        return false;
    }
    for (uint32_t i = 0; i < trial->row_count; i++) {
        if (is_changed(&trial->rows[i])) {
            rows[count++] = &trial->rows[i];
        }
    }
    if (count > 1) {
        qsort(rows, count, sizeof *rows, compare_rows);
    }
    print_title(&printer);
    print_both(&printer);
    print_tests(&printer);
    if (trial->flag.gained + trial->flag.lost > 0) {
        buffer_append_c(out, "\nPosts whose flag changed, for example\n\n");
        print_examples(&printer, is_markdown ? "gained" : "+", &trial->flag.gained_texts);
        print_examples(&printer, is_markdown ? "lost" : "-", &trial->flag.lost_texts);
    }
    print_rows(&printer, rows, count);
    print_idle(&printer, true, "New rules");
    print_idle(&printer, false, "Rules of the old pack alone");
    free(rows);
    return !out->failed;
}
