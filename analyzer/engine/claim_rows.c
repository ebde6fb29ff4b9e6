#include "engine/claim_rows.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"

static const char *const stance_names[] = {"self_claim", "relay", "sourced_report", "denial",
                                           "other"};

/* One claim's line while it is made. */
struct making {
    const struct gathered_claim *claim;
    struct claim_row row;
    struct claim_count incidents[CLAIM_VARIANTS_MOST];
    struct claim_count victims[CLAIM_VARIANTS_MOST];
    struct claim_count languages[CLAIM_VARIANTS_MOST];
    struct claim_count stances[CLAIM_VARIANTS_MOST];
    struct claim_quantity quantities[CLAIM_VARIANTS_MOST];
    char id[CLAIM_ID_SIZE];
};

/* ---- Counting what posts say ---- */

static void count_name(struct claim_count *counts, size_t *count, struct str name) {
    size_t at = 0;
    while (at < *count && !str_equal(counts[at].name, name)) {
        at++;
    }
    if (name.len == 0 || at == CLAIM_VARIANTS_MOST) {
        return;
    }
    if (at == *count) {
        counts[(*count)++] = (struct claim_count){name, 0};
    }
    counts[at].count++;
}

/* Most frequent first, then bytewise. */
static int compare_counts(const void *left, const void *right) {
    const struct claim_count *a = left;
    const struct claim_count *b = right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return str_compare(a->name, b->name);
}

static void settle(struct claim_count *counts, size_t count) {
    if (count > 1) {
        qsort(counts, count, sizeof *counts, compare_counts);
    }
}

static void count_amounts(struct making *making, const struct claim_member *member) {
    struct claim_row *row = &making->row;
    for (uint32_t i = 0; i < member->amount_count; i++) {
        const struct claim_amount *amount = &member->amounts[i];
        size_t at = 0;
        while (at < row->quantity_count &&
               (making->quantities[at].value != amount->value ||
                making->quantities[at].is_size != (amount->is_size != 0))) {
            at++;
        }
        if (at == CLAIM_VARIANTS_MOST) {
            return;
        }
        if (at == row->quantity_count) {
            making->quantities[row->quantity_count++] =
                (struct claim_quantity){.value = amount->value, .is_size = amount->is_size != 0};
        }
        making->quantities[at].posts++;
    }
}

static int compare_quantities(const void *left, const void *right) {
    const struct claim_quantity *a = left;
    const struct claim_quantity *b = right;
    if (a->posts != b->posts) {
        return a->posts > b->posts ? -1 : 1;
    }
    if (a->is_size != b->is_size) {
        return a->is_size ? 1 : -1;
    }
    return a->value < b->value ? -1 : a->value > b->value;
}

/* Posts round and misread; from half as much again on they contradict each other. */
#define RATIO_CONSISTENT 1.5

/* Per post, its largest amount of each kind: the smaller ones are parts of it. */
static void judge_quantities(struct making *making) {
    double least[2] = {INFINITY, INFINITY};
    double most[2] = {0, 0};
    size_t posts[2] = {0, 0};
    struct claim_row *row = &making->row;
    for (size_t m = 0; m < making->claim->member_count; m++) {
        const struct claim_member *member = &making->claim->members[m];
        bool is_seen[2] = {false, false};
        for (uint32_t i = 0; i < member->amount_count; i++) {
            unsigned kind = member->amounts[i].is_size != 0;
            if (!is_seen[kind]) { /* they descend */
                least[kind] = fmin(least[kind], member->amounts[i].value);
                most[kind] = fmax(most[kind], member->amounts[i].value);
                posts[kind]++;
                is_seen[kind] = true;
            }
        }
    }
    for (unsigned kind = 0; kind < 2; kind++) {
        if (posts[kind] > 1) {
            row->quantity_ratio = fmax(row->quantity_ratio, most[kind] / least[kind]);
        }
    }
    row->consistency = row->quantity_count == 0                  ? "none"
                       : row->quantity_ratio == 0                ? "single"
                       : row->quantity_ratio <= RATIO_CONSISTENT ? "consistent"
                                                                 : "differ";
}

static void count_posts(struct making *making) {
    struct claim_row *row = &making->row;
    for (size_t i = 0; i < making->claim->member_count; i++) {
        const struct claim_member *member = &making->claim->members[i];
        count_name(making->incidents, &row->incident_count, member->incident);
        count_name(making->victims, &row->victim_count, member->victim);
        count_name(making->languages, &row->language_count, member->lang);
        count_name(making->stances, &row->stance_count, str_from_c(stance_names[member->stance]));
        count_amounts(making, member);
        row->flagged_posts += member->flag;
    }
    settle(making->incidents, row->incident_count);
    settle(making->victims, row->victim_count);
    settle(making->languages, row->language_count);
    settle(making->stances, row->stance_count);
    if (row->quantity_count > 1) {
        qsort(making->quantities, row->quantity_count, sizeof *making->quantities,
              compare_quantities);
    }
    judge_quantities(making);
}

/* ---- Time ---- */

/* Widths that people read easily; the narrowest that needs at most CLAIM_ARRIVALS_MOST of them. */
static double bucket_width_s(double span_s) {
    static const double widths[] = {1,     5,     15,    60,    300,    900,    3600,
                                    10800, 21600, 43200, 86400, 259200, 604800, 2592000};
    size_t count = sizeof widths / sizeof widths[0];
    for (size_t i = 0; i < count; i++) {
        if (span_s < widths[i] * CLAIM_ARRIVALS_MOST) {
            return widths[i];
        }
    }
    return ceil(span_s / CLAIM_ARRIVALS_MOST) + 1;
}

static void count_arrivals(struct making *making) {
    const struct gathered_claim *claim = making->claim;
    struct claim_row *row = &making->row;
    if (claim->time_count == 0) {
        return;
    }
    int64_t first = claim->times_us[0];
    row->last_us = claim->times_us[claim->time_count - 1];
    row->has_last = true;
    row->bucket_s = bucket_width_s((double)(row->last_us - first) / 1e6);
    for (size_t i = 0; i < claim->time_count; i++) {
        size_t bucket = (size_t)((double)(claim->times_us[i] - first) / 1e6 / row->bucket_s);
        bucket = bucket < CLAIM_ARRIVALS_MOST ? bucket : CLAIM_ARRIVALS_MOST - 1;
        row->arrivals[bucket]++;
        row->arrival_count = bucket + 1;
    }
}

/* ---- Posts, sources, accounts ---- */

static struct claim_post_row post_row(const struct claim_member *member) {
    return (struct claim_post_row){.post = member->post,
                                   .platform = member->platform,
                                   .account = member->account,
                                   .stance = str_from_c(stance_names[member->stance]),
                                   .at_us = member->at_us,
                                   .has_time = member->has_time,
                                   .flag = member->flag,
                                   .is_repost = member->is_repost};
}

static bool list_posts(struct claim_rows *rows, struct making *making,
                       struct claim_post_row *source) {
    const struct gathered_claim *claim = making->claim;
    const struct claim_member *claiming = NULL;
    struct claim_row *row = &making->row;
    rows->posts = rows->posts ? rows->posts : malloc(CLAIM_POSTS_LISTED * sizeof *rows->posts);
    rows->evidence = rows->evidence ? rows->evidence : calloc(1, sizeof *rows->evidence);
    for (size_t i = 0; rows->posts && i < claim->member_count; i++) {
        const struct claim_member *member = &claim->members[i];
        if (i < CLAIM_POSTS_LISTED) {
            rows->posts[row->post_listed++] = post_row(member);
        }
        if (member->stance == CLAIM_SOURCED && !row->source) {
            *source = post_row(member);
            row->source = source;
            row->source_domain = member->domain;
        }
        claiming = stance_claims(member->stance) && !claiming ? member : claiming;
    }
    row->has_lead = claiming && row->source && claiming->has_time && row->source->has_time;
    row->lead_s = row->has_lead ? (double)(row->source->at_us - claiming->at_us) / 1e6 : 0;
    row->posts = rows->posts;
    row->post_count = claim->posts;
    return rows->posts && rows->evidence;
}

/* The largest share of the amplifiers that sit in one cluster, and all clusters among them. */
static bool count_clusters(struct claim_rows *rows, struct making *making,
                           const struct accounts *accounts) {
    const struct gathered_claim *claim = making->claim;
    struct claim_row *row = &making->row;
    size_t wanted = claim->amplifier_count;
    if (wanted > rows->cluster_capacity) {
        uint32_t *clusters = realloc(rows->clusters, wanted * sizeof *clusters);
        if (!clusters) {
            return false;
        }
        rows->clusters = clusters;
        rows->cluster_capacity = wanted;
    }
    size_t count = 0;
    for (size_t i = 0; i < wanted; i++) {
        uint32_t cluster = accounts->scores[claim->amplifiers[i]].cluster;
        if (cluster > 0) {
            rows->clusters[count++] = cluster;
        }
    }
    if (count > 1) {
        qsort(rows->clusters, count, sizeof *rows->clusters, compare_numbers);
    }
    size_t kept = 0;
    size_t largest = 0;
    for (size_t i = 0, run = 0; i < count; i++) {
        bool is_new = i == 0 || rows->clusters[i] != rows->clusters[kept - 1];
        run = is_new ? 1 : run + 1;
        largest = run > largest ? run : largest;
        if (is_new) {
            rows->clusters[kept++] = rows->clusters[i];
        }
    }
    row->clusters = rows->clusters;
    row->cluster_count = kept;
    row->has_share = wanted > 0;
    row->coordinated_share = wanted > 0 ? (double)largest / (double)wanted : 0;
    return true;
}

bool claim_rows_write(struct claim_rows *rows, const struct gathered_claim *claim,
                      const struct claim_view *view, struct buffer *out) {
    struct making making = {.claim = claim};
    struct claim_row *row = &making.row;
    struct claim_post_row source;
    claim_id_write(claim->id, making.id);
    row->claim = str_from_c(making.id);
    row->incidents = making.incidents;
    row->victims = making.victims;
    row->quantities = making.quantities;
    row->stances = making.stances;
    row->languages = making.languages;
    count_posts(&making);
    row->incident = row->incident_count > 0 ? making.incidents[0].name : STR_EMPTY;
    row->victim = row->victim_count > 0 ? making.victims[0].name : STR_EMPTY;
    row->accounts = claim->rank_count;
    row->amplifiers = claim->amplifier_count;
    count_arrivals(&making);
    if (!list_posts(rows, &making, &source) || !count_clusters(rows, &making, view->accounts)) {
        return false;
    }
    struct claim_subject subject = {row->incident, row->victim,
                                    row->language_count > 0 ? making.languages[0].name : STR_EMPTY};
    if (!claim_evidence_fill(rows->evidence, claim, view, &subject)) {
        return false;
    }
    claim_judge(&rows->evidence->facts, &rows->judgement);
    row->judgement = &rows->judgement.row;
    return report_claim(out, row);
}

void claim_rows_free(struct claim_rows *rows) {
    free(rows->posts);
    free(rows->clusters);
    claim_evidence_free(rows->evidence);
    *rows = (struct claim_rows){0};
}
