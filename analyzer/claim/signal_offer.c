/* What a claim offers to somebody who wants to check it. All of these are the largest over its
 * posts, so that no further post can lower them. */
#include <math.h>

#include "claim/signal_functions.h"

typedef double post_value(const struct claim_facts *facts, const struct claim_post *post);

static struct signal_value largest(const struct claim_facts *facts, post_value *value) {
    double best = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_offers(facts, post)) {
            best = fmax(best, value(facts, post));
            n++;
        }
    }
    return n > 0 ? signal_known(best, n) : signal_unknown(0);
}

/* 0 nobody, 0.4 described ("a bank"), 0.8 named, 1 by host name.
 * A name says what could be asked, not that anything happened to its bearer. */
static double victim(const struct claim_facts *facts, const struct claim_post *post) {
    const struct claim_text *text = &post->text;
    (void)facts;
    return text->victim_has_domain ? 1
           : text->victim_is_named ? 0.8
                                   : (text->victim_is_generic ? 0.4 : 0);
}

struct signal_value signal_victim_named(const struct claim_facts *facts) {
    return largest(facts, victim);
}

/* 1 when a post states a count or an amount of data, else 0. */
static double amount(const struct claim_facts *facts, const struct claim_post *post) {
    (void)facts;
    return post->text.count > 0 || post->text.size > 0;
}

struct signal_value signal_amount_stated(const struct claim_facts *facts) {
    return largest(facts, amount);
}

/* Rank of the strongest class of enum claim_artefact over the highest rank. Equal steps: the order
 * is practice's, the distances are not measured. What is offered was not opened. */
static double artefact(const struct claim_facts *facts, const struct claim_post *post) {
    (void)facts;
    return post->text.artefact / (double)(CLAIM_ARTEFACT_COUNT - 1);
}

struct signal_value signal_artefact(const struct claim_facts *facts) {
    return largest(facts, artefact);
}

/* 1 - exp(-k / 3), k the particulars of one post that others could look up: host names, addresses,
 * CVE numbers and file names, dates (each kind counts twice at most, so that a long list of one
 * kind is not taken for detail). */
static double particulars(const struct claim_facts *facts, const struct claim_post *post) {
    (void)facts;
    const uint16_t kinds[] = {post->text.hosts, post->text.addresses, post->text.identifiers,
                              post->text.dates};
    double k = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        k += kinds[i] < 2 ? kinds[i] : 2;
    }
    return 1 - exp(-k / 3);
}

struct signal_value signal_specificity(const struct claim_facts *facts) {
    return largest(facts, particulars);
}

static double part(double shown, double all) {
    return shown > 0 && all > 0 ? fmin(shown / all, 1) : 0;
}

/* Largest part of the claimed count or size that is shown, in [0,1]; known when some part is.
 * Small parts are usual for genuine leaks too: 750,000 of 1,000,000,000 records were. */
struct signal_value signal_shown_share(const struct claim_facts *facts) {
    double count = 0;
    double size = 0;
    double shown_count = 0;
    double shown_size = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_offers(facts, post)) {
            count = fmax(count, post->text.count);
            size = fmax(size, post->text.size);
            shown_count = fmax(shown_count, post->text.shown_count);
            shown_size = fmax(shown_size, post->text.shown_size);
            n += post->text.shown_count > 0 || post->text.shown_size > 0;
        }
    }
    double share = fmax(part(shown_count, count), part(shown_size, size));
    return share > 0 ? signal_known(share, n) : signal_unknown(n);
}
