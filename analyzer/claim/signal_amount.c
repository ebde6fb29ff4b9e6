/* The numbers that a claim states. */
#include <math.h>

#include "claim/signal_functions.h"
#include "stats/burst.h"
#include "stats/digits.h"

/* No known compilation of records is larger. */
#define COUNT_MOST 1e11
#define RECORD_BYTES_LEAST 10.0
#define RECORD_BYTES_MOST 1e7

/* 1 when a count is beyond 10^11, or when one post gives count and size and a record would have
 * under 10 bytes or over 10 MB; else 0. Known when a post states a count. A table of populations
 * would say more and would also judge by country, so there is none. */
struct signal_value signal_amount_implausible(const struct claim_facts *facts) {
    double worst = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_offers(facts, post) && post->text.count > 0) {
            double each = post->text.size / post->text.count;
            bool is_odd =
                post->text.size > 0 && (each < RECORD_BYTES_LEAST || each > RECORD_BYTES_MOST);
            worst = fmax(worst, is_odd || post->text.count > COUNT_MOST);
            n++;
        }
    }
    return n > 0 ? signal_known(worst, n) : signal_unknown(0);
}

/* Orders of magnitude at which the signal is full. */
#define SPREAD_FULL 3.0
/* Below this factor amounts are told, rounded and translated versions of one. */
#define SPREAD_FACTOR 5.0

struct range {
    double least;
    double most;
    uint32_t n;
};

static void extend(struct range *range, double amount) {
    if (amount > 0) {
        range->least = range->n > 0 ? fmin(range->least, amount) : amount;
        range->most = fmax(range->most, amount);
        range->n++;
    }
}

static double spread(const struct range *range) {
    if (range->n < 2 || range->most < range->least * SPREAD_FACTOR) {
        return 0;
    }
    return fmin(log10(range->most / range->least) / SPREAD_FULL, 1);
}

/* Did the account that made the claim first state less and less only? Then it corrected itself. */
static bool is_correction(const struct claim_facts *facts,
                          double (*amount)(const struct claim_text *)) {
    const struct claim_post *first = first_claim(facts);
    double last = INFINITY;
    double lowest = INFINITY;
    for (size_t i = 0; i < facts->post_count && first; i++) {
        const struct claim_post *post = &facts->posts[i];
        double stated = amount(&post->text);
        if (!post_offers(facts, post) || stated <= 0) {
            continue;
        }
        if (post->account == first->account) {
            if (stated > last) {
                return false;
            }
            last = stated;
        }
        lowest = fmin(lowest, stated);
    }
    return first && last <= lowest;
}

static double count_of(const struct claim_text *text) {
    return text->count;
}
static double size_of(const struct claim_text *text) {
    return text->size;
}

static struct range range_of(const struct claim_facts *facts,
                             double (*amount)(const struct claim_text *)) {
    struct range range = {0};
    for (size_t i = 0; i < facts->post_count; i++) {
        if (post_offers(facts, &facts->posts[i])) {
            extend(&range, amount(&facts->posts[i].text));
        }
    }
    return range;
}

/* min(1, log10(largest / smallest) / 3) over the posts' counts, or sizes if that is more; 0 below
 * a factor of 5, and 0 when the first account only ever lowered its number to the lowest stated: a
 * correction. Known from two amounts of one kind. */
struct signal_value signal_amount_spread(const struct claim_facts *facts) {
    struct range counts = range_of(facts, count_of);
    struct range sizes = range_of(facts, size_of);
    if (counts.n < 2 && sizes.n < 2) {
        return signal_unknown(counts.n + sizes.n);
    }
    double value = is_correction(facts, count_of) ? 0 : spread(&counts);
    value = fmax(value, is_correction(facts, size_of) ? 0 : spread(&sizes));
    return signal_known(value, counts.n + sizes.n);
}

/* Of the counts in labelled posts 36 of 121 have one significant digit. */
#define ROUND_SHARE_USUAL 0.3
#define ROUND_LEAST 20

/* 1 - p of the binomial test that no more than the usual share of the first account's counts has
 * one significant digit (20, 5000, 4 million). Known from 20 counts. People round when they speak:
 * high values say that numbers were not copied from a table, no more. */
struct signal_value signal_round_counts(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    if (!first || facts->accounts[first->account].counts < ROUND_LEAST) {
        return signal_unknown(first ? facts->accounts[first->account].counts : 0);
    }
    const struct claim_account *account = &facts->accounts[first->account];
    double p = burst_p(account->counts_round, account->counts, ROUND_SHARE_USUAL);
    return signal_known(1 - p, account->counts);
}

/* 1 - p of the test for Benford's law (stats/digits.h) on the first account's counts; known above
 * 100 of them. It has no weight anywhere: round figures and limits break the law honestly. */
struct signal_value signal_leading_digits(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    if (!first) {
        return signal_unknown(0);
    }
    const struct claim_account *account = &facts->accounts[first->account];
    double p = digits_benford(account->leading);
    return isnan(p) ? signal_unknown(account->counts) : signal_known(1 - p, account->counts);
}
