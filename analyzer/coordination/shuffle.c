#include "coordination/shuffle.h"

#include <stdlib.h>

#include "coordination/pair.h"
#include "coordination/strata.h"
#include "stats/random.h"

/* An action on its way: first sorted by object to learn the object's age, then by post. */
struct card {
    struct action action;
    uint32_t rank;
    uint32_t platform; /* number of the account's */
    uint32_t stratum;
};

/* Consecutive cards of one post. */
struct hand {
    uint64_t signature; /* of platform and strata: only equals exchange accounts */
    struct digest post;
    size_t first;
    uint32_t count;
    uint32_t rank;
};

static int card_by_object(const void *left, const void *right) {
    const struct card *a = left;
    const struct card *b = right;
    int order = digest_compare(a->action.object, b->action.object);
    if (order == 0) {
        order = (a->platform > b->platform) - (a->platform < b->platform);
    }
    return order != 0
               ? order
               : (a->action.time_us > b->action.time_us) - (a->action.time_us < b->action.time_us);
}

/* Total but for records that are equal in all that matters. */
static int card_by_post(const void *left, const void *right) {
    const struct card *a = left;
    const struct card *b = right;
    int order = digest_compare(a->action.post, b->action.post);
    if (order == 0) {
        order = (a->rank > b->rank) - (a->rank < b->rank);
    }
    if (order == 0) {
        order = (a->stratum > b->stratum) - (a->stratum < b->stratum);
    }
    return order != 0 ? order : digest_compare(a->action.object, b->action.object);
}

static int hand_compare(const void *left, const void *right) {
    const struct hand *a = left;
    const struct hand *b = right;
    int order = (a->signature > b->signature) - (a->signature < b->signature);
    if (order == 0) {
        order = digest_compare(a->post, b->post);
    }
    return order != 0 ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

uint32_t *platforms_list(const struct coordination_options *options) {
    uint32_t *platforms = calloc((size_t)options->account_count + 1, sizeof *platforms);
    struct str before = STR_EMPTY;
    for (uint32_t rank = 0; platforms && options->account_name && rank < options->account_count;
         rank++) {
        struct str platform;
        struct str account;
        options->account_name(options->context, rank, &platform, &account);
        bool is_same = rank > 0 && str_equal(platform, before);
        platforms[rank] = is_same ? platforms[rank - 1] : rank;
        before = platform;
    }
    return platforms;
}

static enum hearsay_status cards_make(const struct action *actions, size_t count,
                                      const struct coordination_options *options,
                                      struct card *cards) {
    uint32_t *platforms = platforms_list(options);
    enum hearsay_status status = platforms ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    for (size_t i = 0; i < count && status == HEARSAY_OK; i++) {
        uint32_t rank =
            options->account_rank(options->context, actions[i].writer, actions[i].account);
        if (rank >= options->account_count || actions[i].layer >= LAYER_COUNT) {
            status = HEARSAY_BAD_ARGUMENT;
        } else {
            cards[i] = (struct card){actions[i], rank, platforms[rank], 0};
        }
    }
    free(platforms);
    return status;
}

static void strata_find(struct card *cards, size_t count) {
    qsort(cards, count, sizeof *cards, card_by_object);
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        if (!digest_equal(cards[i].action.object, cards[first].action.object) ||
            cards[i].platform != cards[first].platform) {
            first = i;
        }
        uint64_t age_us = (uint64_t)cards[i].action.time_us - (uint64_t)cards[first].action.time_us;
        cards[i].stratum =
            action_stratum(cards[i].action.layer, cards[i].action.time_us, age_class(age_us));
    }
}

static uint64_t signature_of(const struct card *cards, size_t count) {
    uint64_t signature = cards[0].platform;
    for (size_t i = 0; i < count; i++) {
        uint64_t parts[2] = {signature, cards[i].stratum};
        signature = hash64((struct str){(const char *)parts, sizeof parts});
    }
    return signature;
}

static size_t hands_make(const struct card *cards, size_t count, struct hand *hands) {
    size_t made = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && cards[end].rank == cards[i].rank &&
               digest_equal(cards[end].action.post, cards[i].action.post)) {
            end++;
        }
        hands[made++] = (struct hand){.signature = signature_of(&cards[i], end - i),
                                      .post = cards[i].action.post,
                                      .first = i,
                                      .count = (uint32_t)(end - i),
                                      .rank = cards[i].rank};
        i = end;
    }
    return made;
}

/* Writes the actions of `hand` with the accounts of `giver`. Both have the same number of cards:
 * their signatures are equal. */
static void hand_write(const struct card *cards, const struct hand *hand, const struct hand *giver,
                       struct action *actions) {
    for (uint32_t i = 0; i < hand->count; i++) {
        const struct action *from = &cards[giver->first + (i < giver->count ? i : 0)].action;
        struct action *action = &actions[hand->first + i];
        *action = cards[hand->first + i].action;
        action->account = from->account;
        action->writer = from->writer;
        action->evidence = from->evidence;
    }
}

/* Deals the accounts of hands[0..count), which are of one signature. */
static void hands_deal(const struct card *cards, const struct hand *hands, size_t count,
                       uint32_t *order, struct random *random, struct action *actions) {
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
    }
    for (size_t i = count; i > 1; i--) {
        uint32_t j = random_below(random, (uint32_t)i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
    for (size_t i = 0; i < count; i++) {
        hand_write(cards, &hands[i], &hands[order[i]], actions);
    }
}

static void cards_deal(struct card *cards, size_t count, struct hand *hands, uint32_t *order,
                       struct random *random, struct action *actions) {
    strata_find(cards, count);
    qsort(cards, count, sizeof *cards, card_by_post);
    size_t made = hands_make(cards, count, hands);
    qsort(hands, made, sizeof *hands, hand_compare);
    for (size_t i = 0; i < made;) {
        size_t end = i + 1;
        while (end < made && hands[end].signature == hands[i].signature) {
            end++;
        }
        hands_deal(cards, &hands[i], end - i, order, random, actions);
        i = end;
    }
}

enum hearsay_status shuffle_actions(struct action *actions, size_t count,
                                    const struct coordination_options *options, uint64_t seed) {
    if (count == 0) {
        return HEARSAY_OK;
    }
    if (count > UINT32_MAX) {
        return HEARSAY_LIMIT;
    }
    struct card *cards = malloc(count * sizeof *cards);
    struct hand *hands = malloc(count * sizeof *hands);
    uint32_t *order = malloc(count * sizeof *order);
    struct random *random = random_new(seed);
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (cards && hands && order && random) {
        status = cards_make(actions, count, options, cards);
    }
    if (status == HEARSAY_OK) {
        cards_deal(cards, count, hands, order, random, actions);
    }
    random_free(random);
    free(order);
    free(hands);
    free(cards);
    return status;
}
