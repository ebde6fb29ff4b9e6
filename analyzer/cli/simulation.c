#include "cli/simulation.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "stats/random.h"

#define HOUR_MS 3600000.0
#define DAY_MS (24 * HOUR_MS)
#define START_MS 1735689600000.0 /* 2025-01-01T00:00:00Z: a fixed date, not the clock's */
#define LINK_SHARE 0.35
#define REPOST_SHARE 0.20
#define RELAXATION_H 6.0
#define BREAKING_MEAN_H 0.25
#define PEAK_HOUR 20.0
#define PI 3.14159265358979323846

enum { ZONES = 9, TRIES = 50, IDOL_POSTS_A_DAY = 3, ACCOUNTS_MOST = 1 << 30 };

/* UTC offsets in hours, so that any hour has somebody awake. */
static const double zones[ZONES] = {-8, -5, -3, 0, 1, 3, 5.5, 8, 9};

struct world {
    struct simulation *simulation;
    struct random *random;
    double *reach;    /* cumulated Zipf weights of links, then the same for posts */
    double *birth_ms; /* of links and posts */
    uint32_t links, reposts;
    double span_ms;
    bool is_whole; /* memory was enough so far */
};

struct simulation_settings simulation_settings_default(void) {
    return (struct simulation_settings){.seed = 1,
                                        .accounts = 10000,
                                        .days = 14,
                                        .posts = 20,
                                        .campaigns = 1,
                                        .campaign_size = 20,
                                        .fandom_size = 200,
                                        .tempo_s = 300,
                                        .jitter = 1,
                                        .camouflage = 0.3,
                                        .participation = 0.7,
                                        .style = STYLE_MIXED};
}

const char *simulation_style_name(enum simulation_style style) {
    static const char *const names[] = {"link", "repost", "copy", "mixed"};
    return names[style];
}

static void add_post(struct world *world, uint32_t account, enum simulated_kind kind,
                     uint32_t object, double time_ms) {
    struct simulation *simulation = world->simulation;
    if (simulation->count == simulation->capacity) {
        size_t capacity = simulation->capacity * 2 + 4096;
        struct simulated_post *grown =
            realloc(simulation->posts, capacity * sizeof *simulation->posts);
        if (!grown) {
            world->is_whole = false;
            return;
        }
        simulation->posts = grown;
        simulation->capacity = capacity;
    }
    simulation->posts[simulation->count++] =
        (struct simulated_post){(int64_t)(START_MS + time_ms), account, object, (uint32_t)kind};
}

/* exp(cos(angle to the peak) - 1): the von Mises density with concentration 1 over its maximum. */
static double wakefulness(double time_ms, double zone) {
    double hour = fmod(time_ms / HOUR_MS + zone + 48, 24);
    return exp(cos(2 * PI * (hour - PEAK_HOUR) / 24) - 1);
}

static double waking_time(struct world *world, double zone) {
    double time_ms = 0;
    for (int i = 0; i < TRIES; i++) {
        time_ms = random_uniform(world->random) * world->span_ms;
        if (random_uniform(world->random) < wakefulness(time_ms, zone)) {
            break;
        }
    }
    return time_ms;
}

/* Of `count` objects from `first` on, one by its Zipf weight. */
static uint32_t draw_object(struct world *world, uint32_t first, uint32_t count) {
    double at = random_uniform(world->random) * world->reach[first + count - 1];
    uint32_t low = first;
    uint32_t high = first + count - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (world->reach[middle] < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A share of something fashionable while the sharer is awake; words of its own if that fails. */
static void share_object(struct world *world, uint32_t account, double zone,
                         enum simulated_kind kind) {
    uint32_t count = kind == SIMULATED_LINK ? world->links : world->reposts;
    uint32_t first = kind == SIMULATED_LINK ? 0 : world->links;
    for (int i = 0; i < TRIES; i++) {
        uint32_t object = draw_object(world, first, count);
        double time_ms =
            world->birth_ms[object] + random_exponential(world->random, RELAXATION_H * HOUR_MS);
        if (time_ms < world->span_ms &&
            random_uniform(world->random) < wakefulness(time_ms, zone)) {
            add_post(world, account, kind, object + 1, time_ms);
            return;
        }
    }
    add_post(world, account, SIMULATED_TEXT, 0, waking_time(world, zone));
}

static void add_organic_post(struct world *world, uint32_t account, double zone) {
    double choice = random_uniform(world->random);
    if (choice < LINK_SHARE) {
        share_object(world, account, zone, SIMULATED_LINK);
    } else if (choice < LINK_SHARE + REPOST_SHARE) {
        share_object(world, account, zone, SIMULATED_REPOST);
    } else {
        add_post(world, account, SIMULATED_TEXT, 0, waking_time(world, zone));
    }
}

static double draw_zone(struct world *world) {
    return zones[random_below(world->random, ZONES)];
}

/* At least one post; exp(x - 1/2) has mean 1 for a normal x. */
static uint32_t draw_activity(struct world *world) {
    double mean =
        (double)world->simulation->settings.posts * exp(random_normal(world->random) - 0.5);
    return 1 + random_poisson(world->random, mean > 1 ? mean - 1 : 0);
}

static void add_organic(struct world *world) {
    const struct simulation_settings *settings = &world->simulation->settings;
    uint32_t news = ++world->simulation->objects;
    double news_ms = world->span_ms / 2;
    for (uint32_t account = 0; world->is_whole && account < settings->accounts; account++) {
        double zone = draw_zone(world);
        for (uint32_t left = draw_activity(world); left > 0; left--) {
            add_organic_post(world, account, zone);
        }
        double delay_ms = random_exponential(world->random, BREAKING_MEAN_H * HOUR_MS);
        if (random_uniform(world->random) < settings->breaking) {
            add_post(world, account, SIMULATED_LINK, news, news_ms + fmod(delay_ms, HOUR_MS));
        }
    }
}

static void add_fandom(struct world *world, uint32_t first, uint32_t size) {
    const struct simulation_settings *settings = &world->simulation->settings;
    for (uint64_t post = 0; post < settings->days * IDOL_POSTS_A_DAY; post++) {
        uint32_t object = ++world->simulation->objects;
        double time_ms = waking_time(world, zones[0]);
        for (uint32_t i = 0; i < size; i++) {
            double delay_ms = HOUR_MS / 2 * exp(random_normal(world->random));
            if (random_uniform(world->random) < 0.5 && time_ms + delay_ms < world->span_ms) {
                add_post(world, first + i, SIMULATED_REPOST, object, time_ms + delay_ms);
            }
        }
    }
}

static enum simulated_kind draw_kind(struct world *world, enum simulation_style style) {
    static const enum simulated_kind kinds[] = {SIMULATED_LINK, SIMULATED_REPOST, SIMULATED_COPY};
    return kinds[style == STYLE_MIXED ? random_below(world->random, 3) : (uint32_t)style];
}

/* Rounds are as many as give each member its posts on average. */
static void add_campaign(struct world *world, uint32_t first) {
    const struct simulation_settings *settings = &world->simulation->settings;
    double posts = (double)settings->posts;
    uint64_t rounds =
        (uint64_t)(posts * (1 - settings->camouflage) / settings->participation + 0.5);
    double zone = draw_zone(world);
    uint32_t size = (uint32_t)settings->campaign_size;
    for (uint64_t round = 0; round < rounds; round++) {
        enum simulated_kind kind = draw_kind(world, settings->style);
        uint32_t object = ++world->simulation->objects;
        double time_ms = waking_time(world, zone);
        for (uint32_t i = 0; i < size; i++) {
            double delay_ms =
                settings->tempo_s * 1000 * exp(settings->jitter * random_normal(world->random));
            if (random_uniform(world->random) < settings->participation) {
                add_post(world, first + i, kind, object, time_ms + delay_ms);
            }
        }
    }
    for (uint32_t i = 0; i < size; i++) {
        for (uint32_t left = random_poisson(world->random, posts * settings->camouflage); left > 0;
             left--) {
            add_organic_post(world, first + i, zone);
        }
    }
}

static void cumulate_zipf(double *reach, uint32_t count) {
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += 1.0 / (double)(i + 1);
        reach[i] = sum;
    }
}

static bool make_world(struct world *world) {
    const struct simulation_settings *settings = &world->simulation->settings;
    uint64_t links = settings->accounts * settings->posts / 10 + 10;
    world->links = (uint32_t)(links < ACCOUNTS_MOST ? links : ACCOUNTS_MOST);
    world->reposts = world->links / 2 + 1;
    size_t count = (size_t)world->links + world->reposts;
    world->random = random_new(settings->seed);
    world->reach = calloc(count, sizeof *world->reach);
    world->birth_ms = calloc(count, sizeof *world->birth_ms);
    if (!world->random || !world->reach || !world->birth_ms) {
        return false;
    }
    cumulate_zipf(world->reach, world->links);
    cumulate_zipf(world->reach + world->links, world->reposts);
    for (size_t i = 0; i < count; i++) {
        world->birth_ms[i] = random_uniform(world->random) * world->span_ms;
    }
    world->simulation->objects = (uint32_t)count;
    return true;
}

static int compare_posts(const void *a, const void *b) {
    const struct simulated_post *left = a;
    const struct simulated_post *right = b;
    if (left->time_ms != right->time_ms) {
        return left->time_ms < right->time_ms ? -1 : 1;
    }
    if (left->account != right->account) {
        return left->account < right->account ? -1 : 1;
    }
    if (left->object != right->object) {
        return left->object < right->object ? -1 : 1;
    }
    return (left->kind > right->kind) - (left->kind < right->kind);
}

static enum hearsay_status check(const struct simulation_settings *settings,
                                 struct hearsay_failure *failure) {
    uint64_t members = settings->campaigns * settings->campaign_size;
    if (settings->fandoms * settings->fandom_size > settings->accounts) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "the fandoms have more members than there are accounts");
    }
    if (settings->accounts + members > ACCOUNTS_MOST ||
        (settings->accounts + members) * settings->posts > ACCOUNTS_MOST) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "that makes more than 2^30 posts");
    }
    return HEARSAY_OK;
}

enum hearsay_status simulation_run(const struct simulation_settings *settings,
                                   struct simulation *simulation, struct hearsay_failure *failure) {
    *simulation = (struct simulation){.settings = *settings};
    enum hearsay_status status = check(settings, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    struct world world = {.simulation = simulation, .span_ms = (double)settings->days * DAY_MS};
    world.is_whole = make_world(&world);
    if (world.is_whole) {
        add_organic(&world);
    }
    for (uint64_t i = 0; world.is_whole && i < settings->fandoms; i++) {
        add_fandom(&world, (uint32_t)(i * settings->fandom_size), (uint32_t)settings->fandom_size);
    }
    for (uint64_t i = 0; world.is_whole && i < settings->campaigns; i++) {
        add_campaign(&world, (uint32_t)(settings->accounts + i * settings->campaign_size));
    }
    if (simulation->count > 1) {
        qsort(simulation->posts, simulation->count, sizeof *simulation->posts, compare_posts);
    }
    random_free(world.random);
    free(world.reach);
    free(world.birth_ms);
    return world.is_whole ? HEARSAY_OK : failure_memory(failure);
}

void simulation_free(struct simulation *simulation) {
    free(simulation->posts);
    *simulation = (struct simulation){0};
}
