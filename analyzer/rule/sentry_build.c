/* The sentry's tables, from the ways of a pack. */
#include "rule/sentry.h"
#include "rule/ways.h"

struct bench {
    struct builder *builder;
    struct sentry *sentry;
    struct ways ways;
    uint32_t *clause_numbers; /* per clause of the pack: its number here, plus one */
    uint32_t *clauses;        /* the other way round */
    uint32_t *keys;           /* per needle of the pack: its key, plus one */
};

static void *table(struct bench *bench, size_t count, size_t size) {
    return arena_array(&bench->builder->pack->arena, count + 1, size);
}

static void number_clauses(struct bench *bench) {
    for (uint32_t i = 0; i < bench->ways.count; i++) {
        for (uint32_t k = 0; k < bench->ways.items[i].count; k++) {
            uint32_t *number = &bench->clause_numbers[bench->ways.items[i].clauses[k]];
            if (*number == 0) {
                bench->clauses[bench->sentry->clause_count] = bench->ways.items[i].clauses[k];
                *number = ++bench->sentry->clause_count;
            }
        }
    }
}

/* Counts become places of a first entry; filling moves them on, and they are moved back after. */
static uint32_t sum_up(uint32_t *firsts, uint32_t count) {
    uint32_t total = 0;
    for (uint32_t i = 0; i <= count; i++) {
        uint32_t own = firsts[i];
        firsts[i] = total;
        total += own;
    }
    return total;
}

static void move_back(uint32_t *firsts, uint32_t count) {
    memmove(firsts + 1, firsts, count * sizeof *firsts);
    firsts[0] = 0;
}

static bool link_ways(struct bench *bench) {
    struct sentry *sentry = bench->sentry;
    sentry->way_count = bench->ways.count;
    sentry->first_way = table(bench, sentry->clause_count, sizeof *sentry->first_way);
    sentry->sizes = table(bench, sentry->way_count, sizeof *sentry->sizes);
    if (!sentry->first_way || !sentry->sizes) {
        return false;
    }
    for (uint32_t i = 0; i < bench->ways.count; i++) {
        sentry->sizes[i] = (uint8_t)bench->ways.items[i].count;
        for (uint32_t k = 0; k < bench->ways.items[i].count; k++) {
            sentry->first_way[bench->clause_numbers[bench->ways.items[i].clauses[k]] - 1]++;
        }
    }
    uint32_t total = sum_up(sentry->first_way, sentry->clause_count);
    sentry->ways = table(bench, total, sizeof *sentry->ways);
    for (uint32_t i = 0; sentry->ways && i < bench->ways.count; i++) {
        for (uint32_t k = 0; k < bench->ways.items[i].count; k++) {
            uint32_t clause = bench->clause_numbers[bench->ways.items[i].clauses[k]] - 1;
            sentry->ways[sentry->first_way[clause]++] = i;
        }
    }
    move_back(sentry->first_way, sentry->clause_count);
    return sentry->ways;
}

/* Needles of the clauses become keys; the one for links, which is no text, comes last. */
static bool number_keys(struct bench *bench) {
    const struct hearsay_rules *pack = bench->builder->pack;
    struct sentry *sentry = bench->sentry;
    sentry->needle_of_key = table(bench, pack->needle_count, sizeof *sentry->needle_of_key);
    if (!sentry->needle_of_key) {
        return false;
    }
    for (uint32_t i = 0; i < sentry->clause_count; i++) {
        const struct clause *clause = &pack->clauses[bench->clauses[i]];
        for (uint32_t k = 0; k < clause->needle_count; k++) {
            uint32_t needle = clause->needles[k];
            sentry->has_link_key = sentry->has_link_key || needle == pack->link_needle;
            if (needle != pack->link_needle && bench->keys[needle] == 0) {
                sentry->needle_of_key[sentry->key_count] = needle;
                bench->keys[needle] = ++sentry->key_count;
            }
        }
    }
    if (sentry->has_link_key) {
        bench->keys[pack->link_needle] = sentry->key_count + 1;
    }
    return true;
}

static bool link_clauses(struct bench *bench) {
    const struct hearsay_rules *pack = bench->builder->pack;
    struct sentry *sentry = bench->sentry;
    uint32_t count = sentry->key_count + sentry->has_link_key;
    sentry->first_clause = table(bench, count, sizeof *sentry->first_clause);
    if (!sentry->first_clause) {
        return false;
    }
    for (uint32_t i = 0; i < sentry->clause_count; i++) {
        const struct clause *clause = &pack->clauses[bench->clauses[i]];
        for (uint32_t k = 0; k < clause->needle_count; k++) {
            sentry->first_clause[bench->keys[clause->needles[k]] - 1]++;
        }
    }
    uint32_t total = sum_up(sentry->first_clause, count);
    sentry->clauses = table(bench, total, sizeof *sentry->clauses);
    for (uint32_t i = 0; sentry->clauses && i < sentry->clause_count; i++) {
        const struct clause *clause = &pack->clauses[bench->clauses[i]];
        for (uint32_t k = 0; k < clause->needle_count; k++) {
            sentry->clauses[sentry->first_clause[bench->keys[clause->needles[k]] - 1]++] = i;
        }
    }
    move_back(sentry->first_clause, count);
    return sentry->clauses;
}

static bool build_sieve(struct bench *bench) {
    const struct hearsay_rules *pack = bench->builder->pack;
    struct sentry *sentry = bench->sentry;
    struct sieve_key *keys =
        arena_array(&bench->builder->scratch, sentry->key_count + 1, sizeof *keys);
    for (uint32_t i = 0; keys && i < sentry->key_count; i++) {
        keys[i] = needle_key(&pack->needles[sentry->needle_of_key[i]]);
    }
    return keys && sieve_build(&sentry->sieve, keys, sentry->key_count);
}

bool sentry_build(struct sentry *sentry, struct builder *builder) {
    struct bench bench = {.builder = builder, .sentry = sentry};
    struct arena *scratch = &builder->scratch;
    const struct hearsay_rules *pack = builder->pack;
    *sentry = (struct sentry){0};
    if (!ways_find(builder, &bench.ways)) {
        return false;
    }
    sentry->is_idle = bench.ways.is_open;
    if (sentry->is_idle) {
        return true;
    }
    bench.clause_numbers = arena_array(scratch, pack->clause_count + 1, sizeof(uint32_t));
    bench.clauses = arena_array(scratch, pack->clause_count + 1, sizeof(uint32_t));
    bench.keys = arena_array(scratch, pack->needle_count + 1, sizeof(uint32_t));
    if (!bench.clause_numbers || !bench.clauses || !bench.keys) {
        return false;
    }
    number_clauses(&bench);
    return link_ways(&bench) && number_keys(&bench) && link_clauses(&bench) && build_sieve(&bench);
}

void sentry_free(struct sentry *sentry) {
    sieve_free(&sentry->sieve);
    *sentry = (struct sentry){0};
}
