/* Posts whose truth is known: organic accounts and campaigns by a stated model, for measuring what
 * is found at which tempo and camouflage. Knows nothing of the analysis, and opens no file.
 *
 * The model, every part drawn independently from one seed:
 *
 *   activity     posts of an account: 1 + Poisson(m - 1), m log-normal with the chosen mean and
 *                sigma 1 (a few accounts write most of what is written)
 *   hours        local hour of the day von Mises around 20 h with concentration 1 (Mardia, Jupp
 *                2000), in one of nine time zones
 *   objects      35 % of posts share a link, 20 % repost a post, the others are words of their own.
 *                Links and posts are drawn by Zipf's law with exponent 1 (Adamic, Huberman 2002)
 *   bursts       an object is born at some time; its shares come after exponential delays of mean 6
 * h (relaxation after a shock: Crane, Sornette 2008), kept by the sharer's hours breaking     in
 * one hour the chosen share of all organic accounts share one link, after exponential delays of
 * mean 15 min fandom       accounts that repost each of three posts a day of one idol with chance
 * 1/2, after log-normal delays of median 30 min and sigma 1 campaign     rounds, each with an
 * object of its own at a time by the hours of one zone. A member joins with the chance
 * `participation`, after a log-normal delay of median `tempo` and sigma `jitter`. A share
 * `camouflage` of each member's posts is organic
 *
 * What it is not: people. Organic accounts here share nothing but fashion and hours; real ones have
 * friends, tools and causes. Results on it are an upper bound. */
#ifndef HEARSAY_CLI_SIMULATION_H
#define HEARSAY_CLI_SIMULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "hearsay.h"

enum simulation_style { STYLE_LINK, STYLE_REPOST, STYLE_COPY, STYLE_MIXED };

struct simulation_settings {
    uint64_t seed;
    uint64_t accounts; /* organic, fandoms included */
    uint64_t days;
    uint64_t posts; /* mean of an account, organic or not */
    uint64_t campaigns, campaign_size;
    uint64_t fandoms, fandom_size;
    double tempo_s, jitter;
    double camouflage, participation; /* 0..1; participation over 0 */
    double breaking;                  /* share of accounts, 0: no such hour */
    enum simulation_style style;
};

/* The settings that hold when nothing is said. */
struct simulation_settings simulation_settings_default(void);

const char *simulation_style_name(enum simulation_style style);

enum simulated_kind { SIMULATED_TEXT, SIMULATED_LINK, SIMULATED_REPOST, SIMULATED_COPY };

struct simulated_post {
    int64_t time_ms; /* since 1970, UTC */
    uint32_t account;
    uint32_t object; /* number of the link, post or text; 0 for words of its own */
    uint32_t kind;   /* enum simulated_kind */
};

/* Accounts are numbered: organic ones first (fandom by fandom, then the others), then campaign by
 * campaign. */
struct simulation {
    struct simulation_settings settings;
    struct simulated_post *posts; /* by time, account, object, kind */
    size_t count, capacity;
    uint32_t objects; /* numbers used */
};

/* HEARSAY_BAD_ARGUMENT when fandoms hold more accounts than there are or a total is over 2^31.
 * simulation_free also after a failure. */
enum hearsay_status simulation_run(const struct simulation_settings *settings,
                                   struct simulation *simulation, struct hearsay_failure *failure);
void simulation_free(struct simulation *simulation);

/* Appends post `index` as a line of canonical NDJSON. Its words follow from seed and number. */
void simulation_append_post(struct buffer *out, const struct simulation *simulation, size_t index);

/* Appends the table account,label,group,... as `evaluate accounts` takes it. */
void simulation_append_labels(struct buffer *out, const struct simulation *simulation);

#endif
