/* How the posts of a claim speak. */
#include <math.h>

#include "claim/signal_functions.h"

/* Share of the posts, reposts left out, that assert the claim themselves instead of reporting,
 * denying or discussing it. News that quotes a claim lowers it; it says nothing about truth. */
struct signal_value signal_assertiveness(const struct claim_facts *facts) {
    uint32_t claims = 0;
    uint32_t all = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_counts(facts, post) && !post->is_repost) {
            claims += post_claims(post);
            all++;
        }
    }
    return all > 0 ? signal_known((double)claims / all, all) : signal_unknown(0);
}

/* Fewer words than this have no share of capitals worth the name. */
#define CAPITALS_WORDS_LEAST 5

/* 1 - exp(-(2 c + s / 2 + e / 4 + p / 4)) of one post: c share of words in capitals (scripts that
 * have them, from five words), s words of totality, e runs of exclamation marks, p pictographs. */
static double exaggeration(const struct claim_text *text) {
    double capitals =
        text->words >= CAPITALS_WORDS_LEAST ? (double)text->capital_words / text->words : 0;
    return 1 - exp(-(2 * capitals + text->superlatives / 2.0 + text->exclamations / 4.0 +
                     text->pictographs / 4.0));
}

/* Mean over the posts that claim. Excited people exaggerate true things; scripts without capitals
 * have one sign less. */
struct signal_value signal_exaggeration(const struct claim_facts *facts) {
    double sum = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_counts(facts, post) && post_claims(post)) {
            sum += exaggeration(&post->text);
            n++;
        }
    }
    return n > 0 ? signal_known(sum / n, n) : signal_unknown(0);
}

/* Which of price, way to reach a seller, deadline the claiming posts have: none 0, each 1/3.
 * Real data are sold too. */
struct signal_value signal_sale(const struct claim_facts *facts) {
    bool has_price = false;
    bool has_contact = false;
    bool has_deadline = false;
    uint32_t n = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_counts(facts, post) && post_claims(post)) {
            has_price |= post->text.has_price;
            has_contact |= post->text.has_contact;
            has_deadline |= post->text.has_deadline;
            n++;
        }
    }
    return n > 0 ? signal_known((has_price + has_contact + has_deadline) / 3.0, n)
                 : signal_unknown(0);
}

/* 1 when the account that claimed first takes the claim back in words; 0.5 when its first post was
 * deleted; else 0. Posts are deleted for many reasons, so deletion alone never makes a claim
 * retracted (claim/status.h). */
struct signal_value signal_retraction(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    if (!first) {
        return signal_unknown(0);
    }
    double value = first->is_deleted ? 0.5 : 0;
    uint32_t n = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_counts(facts, post) && post->account == first->account && !post->is_repost) {
            value = post->text.is_retraction ? 1 : value;
            n++;
        }
    }
    return signal_known(value, n);
}
