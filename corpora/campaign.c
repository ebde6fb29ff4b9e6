/* Two planted campaigns. "copy" posts the same texts on x within minutes, with small changes;
 * "boost" reposts and links the same things on bluesky within seconds. Members also write posts of
 * their own, take part in some rounds only, and look like anybody else one by one. */
#include "world.h"

/* Indices of a campaign's accounts are consecutive from `first`. */
struct campaign {
    uint32_t first;
    uint32_t count;
};

static struct campaign add_members(struct world *world, enum platform platform, const char *label) {
    struct campaign campaign = {world->account_count, (uint32_t)world->settings.campaign_accounts};
    for (uint32_t i = 0; i < campaign.count; i++) {
        uint32_t account = world_account(world, platform, label);
        for (uint64_t post = 0; post < world->settings.camouflage_posts; post++) {
            enum language language = world->accounts[account].language;
            struct event event = {
                .kind = EVENT_POST,
                .account = account,
                .language = language,
                .target = NO_EVENT,
                .says_language = true,
            };
            event.time_us = world_time(world, 0, world->settings.days);
            event.text = world_phrase(world, language, "chatter", NULL, 0);
            world_event(world, event);
        }
    }
    return campaign;
}

static enum language any_language(struct world *world) {
    return random_percent(&world->random, 55)
               ? ENGLISH
               : (enum language)random_below(&world->random, LANGUAGE_COUNT);
}

/* A member's version of the round's text: most copy it as it is, some change what is around it. */
static struct str vary(struct world *world, const struct event *event, struct buffer *out) {
    uint64_t way = random_below(&world->random, 100);
    buffer_clear(out);
    if (way >= 60 && way < 75) {
        buffer_append_str(out, world_phrase(world, event->language, "campaign_word", NULL, 0));
        buffer_append_byte(out, ' ');
    }
    buffer_append_str(out, event->text);
    if (way >= 75 && way < 90) {
        buffer_append_c(out, way < 82 ? " !!" : " \xf0\x9f\x91\x87"); /* a hand that points down */
    } else if (way >= 90) {
        buffer_append_byte(out, ' ');
        buffer_append_str(out, world_link(world, "sho.example"));
    }
    return buffer_str(out);
}

/* What the round says: a talking point, or in the first rounds the relay of a claim. */
static struct event copy_text(struct world *world, uint64_t round) {
    if (round < world->settings.copy_claim_rounds) {
        return claim_relay(world, (uint32_t)(1 + round * 4 % world->settings.claims));
    }
    enum language language = any_language(world);
    struct event event = {
        .kind = EVENT_POST,
        .language = language,
        .target = NO_EVENT,
        .says_language = true,
        .text = world_phrase(world, language, "campaign_point", NULL, 0),
    };
    if (random_percent(&world->random, 50)) {
        event.tag = world_phrase(world, language, "campaign_tag", NULL, 0);
        struct buffer text = {0};
        buffer_append_str(&text, event.text);
        buffer_append_byte(&text, ' ');
        buffer_append_str(&text, event.tag);
        event.text = world_copy(world, buffer_str(&text));
        buffer_free(&text);
    }
    return event;
}

static void copy_round(struct world *world, struct campaign campaign, uint64_t round) {
    const struct settings *settings = &world->settings;
    struct event event = copy_text(world, round);
    int64_t start = world_time(world, 0, settings->days);
    struct buffer scratch = {0};
    for (uint32_t i = 0; i < campaign.count; i++) {
        if (!random_percent(&world->random, (unsigned)settings->copy_participation_percent)) {
            continue;
        }
        struct event own = event;
        own.account = campaign.first + i;
        own.time_us = start + world_delay_us(world, settings->copy_delay_s);
        own.text = vary(world, &event, &scratch);
        world_event(world, own);
    }
    buffer_free(&scratch);
}

/* A post with the round's link in words of the member's own. */
static struct event boost_post(struct world *world, uint32_t account, struct str link) {
    enum language language = world->accounts[account].language;
    struct buffer text = {0};
    buffer_append_str(&text, world_phrase(world, language, "boost_point", NULL, 0));
    buffer_append_byte(&text, ' ');
    buffer_append_str(&text, link);
    struct event event = {
        .kind = EVENT_POST,
        .account = account,
        .language = language,
        .target = NO_EVENT,
        .says_language = true,
        .link = link,
        .text = world_copy(world, buffer_str(&text)),
    };
    buffer_free(&text);
    return event;
}

/* Rounds alternate: one member posts and the others repost it, or all share one link. */
static void boost_round(struct world *world, struct campaign campaign, uint64_t round) {
    const struct settings *settings = &world->settings;
    bool is_repost_round = round % 2 == 0;
    struct str link = world_link(world, "halden.example");
    int64_t start = world_time(world, 0, settings->days);
    uint32_t leader = campaign.first + (uint32_t)random_below(&world->random, campaign.count);
    struct event first = boost_post(world, leader, link);
    first.time_us = start;
    uint32_t target = world_event(world, first);
    for (uint32_t i = 0; i < campaign.count; i++) {
        uint32_t account = campaign.first + i;
        if (account == leader ||
            !random_percent(&world->random, (unsigned)settings->boost_participation_percent)) {
            continue;
        }
        struct event own =
            is_repost_round ? world->events[target] : boost_post(world, account, link);
        if (is_repost_round) {
            own.kind = EVENT_REPOST;
            own.target = target;
        }
        own.account = account;
        own.time_us = world->events[target].time_us + SECOND_US +
                      world_delay_us(world, settings->boost_delay_s);
        world_event(world, own);
    }
}

void campaign_posts(struct world *world) {
    struct campaign copy = add_members(world, PLATFORM_X, "copy");
    struct campaign boost = add_members(world, PLATFORM_BLUESKY, "boost");
    for (uint64_t round = 0; round < world->settings.copy_rounds; round++) {
        copy_round(world, copy, round);
    }
    for (uint64_t round = 0; round < world->settings.boost_rounds; round++) {
        boost_round(world, boost, round);
    }
}
