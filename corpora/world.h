/* The invented world of the sample corpus: settings, accounts and events, in memory. The parts that
 * fill it (organic.c, campaign.c, claim.c) and the parts that write it (writer_*.c) meet here.
 * The order in which random numbers are drawn is part of the output, so no two draws stand in one
 * expression or initialiser, whose order C leaves open. A generator may give up: what cannot go on
 * says why on standard error and ends the program. */
#ifndef HEARSAY_CORPORA_WORLD_H
#define HEARSAY_CORPORA_WORLD_H

#include "phrases.h"
#include "random.h"

#define ACCOUNTS_MAX 2048
#define EVENTS_MAX 16384
#define NO_EVENT UINT32_MAX
#define SECOND_US INT64_C(1000000)
#define DAY_US (86400 * SECOND_US)

/* See sample.settings for what each means. */
struct settings {
    uint64_t seed, start, days, archive_days;
    uint64_t organic_accounts_x, organic_posts_x, organic_accounts_bluesky, organic_posts_bluesky;
    uint64_t organic_repost_percent, near_misses, greetings, viral_links, viral_link_shares;
    uint64_t campaign_accounts, copy_rounds, copy_claim_rounds, copy_participation_percent;
    uint64_t copy_delay_s, boost_rounds, boost_participation_percent, boost_delay_s;
    uint64_t camouflage_posts, claims, likes, deletes, identities;
};

enum platform { PLATFORM_X, PLATFORM_BLUESKY, PLATFORM_COUNT };
enum language { ENGLISH, RUSSIAN, CHINESE_SIMPLIFIED, CHINESE_TRADITIONAL, LANGUAGE_COUNT };
extern const char *const platform_names[PLATFORM_COUNT]; /* "x", "bluesky" */
extern const char *const language_tags[LANGUAGE_COUNT];  /* "en", "ru", "zh-Hans", "zh-Hant" */

struct account {
    struct str id;
    struct str handle;
    struct str name;
    int64_t created_at_us;
    uint32_t followers;
    uint32_t following;
    enum platform platform;
    enum language language;
    const char *label; /* "organic", "copy" or "boost" */
};

enum event_kind { EVENT_POST, EVENT_REPOST, EVENT_LIKE, EVENT_DELETE, EVENT_IDENTITY };

/* The truth about a post of a claim, in the words of the code book; claim 0 is none. */
struct claim_label {
    uint32_t claim;
    const char *incident;
    const char *stance;
    const char *evidence;
};

struct event {
    int64_t time_us;
    enum event_kind kind;
    enum language language;
    uint32_t account; /* index */
    uint32_t target;  /* index of the event that is reposted, liked or deleted, or NO_EVENT */
    struct str id;    /* x: decimal; bluesky: the record's key */
    struct str text;
    struct str link; /* stands in the text too; empty: none */
    struct str tag;  /* hashtag with '#', stands in the text too; empty: none */
    bool says_language;
    bool is_delivered_twice;
    bool is_edited_later; /* its id comes once more with other text */
    struct claim_label label;
};

struct world {
    struct settings settings;
    struct random random;
    struct arena arena;
    struct phrases phrases[LANGUAGE_COUNT];
    struct phrases handles;
    struct account accounts[ACCOUNTS_MAX];
    uint32_t account_count;
    struct event events[EVENTS_MAX];
    uint32_t event_count;
    uint32_t organic_first[PLATFORM_COUNT]; /* organic accounts of a platform stand together */
    uint32_t organic_count[PLATFORM_COUNT];
    uint64_t activity[PLATFORM_COUNT][ACCOUNTS_MAX]; /* cumulative weights of those */
};

/* Ends the program with a message. */
_Noreturn void world_fail(const char *message, const char *detail);

/* Reads the settings and the phrases in `folder`. */
void world_open(struct world *world, const char *folder);
void world_close(struct world *world);

/* Adds an account with an invented name; returns its index. */
uint32_t world_account(struct world *world, enum platform platform, const char *label);

/* Adds an event with a new id; text is copied, the rest of `event` is taken as it is. */
uint32_t world_event(struct world *world, struct event event);

/* A copy that lives as long as the world. */
struct str world_copy(struct world *world, struct str text);

/* A random phrase; `bindings` may be NULL. */
struct str world_phrase(struct world *world, enum language language, const char *section,
                        const struct binding *bindings, uint32_t binding_count);

/* An organic account, active ones more often. */
uint32_t world_organic(struct world *world, enum platform platform);

/* A moment in the days [first, last), by day more often than by night. */
int64_t world_time(struct world *world, uint64_t first, uint64_t last);
int64_t world_end_us(const struct world *world);

/* A waiting time near `median_s` seconds, with a random fraction of a second. */
int64_t world_delay_us(struct world *world, uint64_t median_s);

/* A link on a reserved name, which nobody can own. */
struct str world_link(struct world *world, const char *host);

/* The parts of the plan, in the order in which they are made. */
void organic_accounts(struct world *world);
void organic_posts(struct world *world);
void claim_posts(struct world *world);
void campaign_posts(struct world *world);
void organic_reactions(struct world *world); /* reposts, likes and the like, of what is there */

/* A post that relays claim `claim` (from 1), text and label filled in. */
struct event claim_relay(struct world *world, uint32_t claim);

#endif
