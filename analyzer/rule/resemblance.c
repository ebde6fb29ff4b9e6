/* Bands of r lanes, b = 64 / r of them, propose a pair of similarity J with probability
 * 1 - (1 - J^r)^b (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", section 3.4). r is
 * the largest of 8, 4, 2, 1 with which a pair at the rule's own x is missed at most once in 200. */
#include "rule/resemblance.h"

#include <stdlib.h>

#include "rule/over.h"

#define HEADS (1u << 18)
#define NONE UINT32_MAX
#define MISSED_MOST 0.005

/* A text that stands for a key. */
struct opener {
    uint32_t rule;
    uint32_t rows; /* lanes of a band */
    struct digest key;
    int64_t last_us; /* when a post last joined */
    int64_t duration_us;
    uint64_t number; /* in order of opening */
    uint32_t *items; /* its shingles, ascending */
    uint32_t count;
    uint32_t older; /* neighbours in order of the last post, or NONE */
    uint32_t newer;
    uint64_t seen; /* by the last post that met it as a candidate */
};

/* Place of an opener in the list of one band: its number is opener * SIGNATURE_LANES + band. */
struct link {
    uint32_t head; /* of the list, in `heads` */
    uint32_t before;
    uint32_t after;
};

struct resemblance {
    struct opener *openers; /* RESEMBLANCE_TEXTS_MOST */
    struct link *links;     /* SIGNATURE_LANES of each */
    uint32_t *heads;        /* HEADS */
    uint32_t count;         /* openers that were ever in use */
    uint32_t unused;        /* first of those that are free again, chained by `newer`, or NONE */
    uint32_t oldest;
    uint32_t newest;
    uint64_t opened;
    uint64_t asked;
    struct resemblance_report report;
};

/* One post while its key is looked for. */
struct asking {
    const struct rule *rule;
    int64_t now_us;
    uint32_t rows;
    struct signature signature;
    struct shingles shingles;
    uint32_t heads[SIGNATURE_LANES]; /* of its bands */
    uint32_t best;
};

struct resemblance *resemblance_new(void) {
    struct resemblance *made = calloc(1, sizeof *made);
    if (!made) {
        return NULL;
    }
    made->openers = malloc(RESEMBLANCE_TEXTS_MOST * sizeof *made->openers);
    made->links = malloc((size_t)RESEMBLANCE_TEXTS_MOST * SIGNATURE_LANES * sizeof *made->links);
    made->heads = malloc(HEADS * sizeof *made->heads);
    made->unused = NONE;
    made->oldest = NONE;
    made->newest = NONE;
    if (!made->openers || !made->links || !made->heads) {
        resemblance_free(made);
        return NULL;
    }
    memset(made->heads, 0xff, HEADS * sizeof *made->heads);
    return made;
}

void resemblance_free(struct resemblance *resemblance) {
    if (!resemblance) {
        return;
    }
    for (uint32_t i = 0; i < resemblance->count; i++) {
        free(resemblance->openers[i].items);
    }
    free(resemblance->openers);
    free(resemblance->links);
    free(resemblance->heads);
    free(resemblance);
}

struct resemblance_report resemblance_report(const struct resemblance *resemblance) {
    return resemblance->report;
}

/* ---- Bands ---- */

static double power(double base, uint32_t exponent) {
    double product = 1;
    for (uint32_t i = 0; i < exponent; i++) {
        product *= base;
    }
    return product;
}

static uint32_t rows_for(double similarity) {
    uint32_t rows = 8;
    while (rows > 1 && power(1 - power(similarity, rows), SIGNATURE_LANES / rows) > MISSED_MOST) {
        rows /= 2;
    }
    return rows;
}

/* Rules do not share lists, nor do their bands. */
static void find_heads(struct asking *asking) {
    const struct signature *signature = &asking->signature;
    for (uint32_t band = 0; band < SIGNATURE_LANES / asking->rows; band++) {
        const uint32_t place[] = {asking->rule->index, band};
        const struct str fields[] = {{(const char *)place, sizeof place},
                                     {(const char *)&signature->lanes[(size_t)band * asking->rows],
                                      asking->rows * sizeof signature->lanes[0]}};
        asking->heads[band] = (uint32_t)(hash128_fields(fields, 2).low & (HEADS - 1));
    }
}

static void link_in(struct resemblance *at, uint32_t index, const struct asking *asking) {
    for (uint32_t band = 0; band < SIGNATURE_LANES / asking->rows; band++) {
        uint32_t own = index * SIGNATURE_LANES + band;
        uint32_t after = at->heads[asking->heads[band]];
        at->links[own] = (struct link){asking->heads[band], NONE, after};
        if (after != NONE) {
            at->links[after].before = own;
        }
        at->heads[asking->heads[band]] = own;
    }
}

static void link_out(struct resemblance *at, uint32_t index) {
    for (uint32_t band = 0; band < SIGNATURE_LANES / at->openers[index].rows; band++) {
        struct link link = at->links[index * SIGNATURE_LANES + band];
        if (link.before != NONE) {
            at->links[link.before].after = link.after;
        } else {
            at->heads[link.head] = link.after;
        }
        if (link.after != NONE) {
            at->links[link.after].before = link.before;
        }
    }
}

/* ---- Order of the last post ---- */

static void order_out(struct resemblance *at, uint32_t index) {
    const struct opener *opener = &at->openers[index];
    *(opener->older == NONE ? &at->oldest : &at->openers[opener->older].newer) = opener->newer;
    *(opener->newer == NONE ? &at->newest : &at->openers[opener->newer].older) = opener->older;
}

static void order_in(struct resemblance *at, uint32_t index) {
    struct opener *opener = &at->openers[index];
    opener->older = at->newest;
    opener->newer = NONE;
    *(at->newest == NONE ? &at->oldest : &at->openers[at->newest].newer) = index;
    at->newest = index;
}

/* ---- Finding ---- */

/* As a window has it: posts later than now minus the duration. */
static bool is_live(const struct opener *opener, int64_t now_us) {
    return opener->last_us > now_us - opener->duration_us;
}

static bool is_similar(const struct asking *asking, const struct opener *opener) {
    const struct shingles *own = &asking->shingles;
    uint32_t both = shingles_shared_of(own->items, own->count, opener->items, opener->count);
    uint32_t either = own->count + opener->count - both;
    return (double)both / either >= asking->rule->over->similarity;
}

/* Each candidate once, though it may stand in several bands. */
static void consider(struct resemblance *at, struct asking *asking, uint32_t index) {
    struct opener *opener = &at->openers[index];
    bool is_earlier = asking->best == NONE || opener->number < at->openers[asking->best].number;
    if (opener->rule == asking->rule->index && is_earlier && is_live(opener, asking->now_us) &&
        is_similar(asking, opener)) {
        asking->best = index;
    }
}

static void find_best(struct resemblance *at, struct asking *asking) {
    uint32_t compared = 0;
    asking->best = NONE;
    at->asked++;
    for (uint32_t band = 0; band < SIGNATURE_LANES / asking->rows; band++) {
        for (uint32_t own = at->heads[asking->heads[band]]; own != NONE;
             own = at->links[own].after) {
            struct opener *opener = &at->openers[own / SIGNATURE_LANES];
            if (opener->seen == at->asked) {
                continue;
            }
            if (compared == RESEMBLANCE_COMPARED_MOST) {
                at->report.posts_cut++;
                return;
            }
            opener->seen = at->asked;
            compared++;
            consider(at, asking, own / SIGNATURE_LANES);
        }
    }
}

/* ---- Opening ---- */

static void forget_oldest(struct resemblance *at) {
    uint32_t index = at->oldest;
    link_out(at, index);
    order_out(at, index);
    free(at->openers[index].items);
    at->openers[index].items = NULL;
    at->openers[index].newer = at->unused;
    at->unused = index;
}

static uint32_t make_room(struct resemblance *at, int64_t now_us) {
    if (at->count < RESEMBLANCE_TEXTS_MOST && at->unused == NONE) {
        return at->count++;
    }
    if (at->unused == NONE) {
        at->report.texts_evicted += is_live(&at->openers[at->oldest], now_us);
        forget_oldest(at);
    }
    uint32_t index = at->unused;
    at->unused = at->openers[index].newer;
    return index;
}

static bool open_key(struct resemblance *at, const struct asking *asking, struct str words) {
    const struct shingles *shingles = &asking->shingles;
    uint32_t *items = malloc(shingles->count * sizeof *items);
    if (!items) {
        return false;
    }
    memcpy(items, shingles->items, shingles->count * sizeof *items);
    uint32_t index = make_room(at, asking->now_us);
    at->openers[index] = (struct opener){.rule = asking->rule->index,
                                         .rows = asking->rows,
                                         .key = hash128(words),
                                         .last_us = asking->now_us,
                                         .number = at->opened++,
                                         .items = items,
                                         .count = shingles->count};
    link_in(at, index, asking);
    order_in(at, index);
    return true;
}

bool resemblance_key(struct resemblance *resemblance, const struct rule *rule, int64_t now_us,
                     struct str words, struct digest *key) {
    struct asking asking = {
        .rule = rule, .now_us = now_us, .rows = rows_for(rule->over->similarity)};
    while (resemblance->oldest != NONE &&
           !is_live(&resemblance->openers[resemblance->oldest], now_us)) {
        forget_oldest(resemblance);
    }
    shingles_of(words, SHINGLE_CHARACTERS, &asking.shingles);
    signature_of(words, SHINGLE_CHARACTERS, &asking.signature);
    find_heads(&asking);
    find_best(resemblance, &asking);
    if (asking.best == NONE) {
        if (!open_key(resemblance, &asking, words)) {
            return false;
        }
    } else {
        order_out(resemblance, asking.best);
        order_in(resemblance, asking.best);
    }
    struct opener *opener = &resemblance->openers[resemblance->newest];
    opener->last_us = now_us;
    opener->duration_us = rule->over->duration_us;
    *key = opener->key;
    return true;
}
