/* Organic life: people who write at their own pace, some of them much more than others, who greet
 * alike, pass news on in bursts and repost what is popular. None of it is coordinated, and all of
 * it makes coincidences that a good analysis must not take for coordination. */
#include "world.h"

static void add_accounts(struct world *world, enum platform platform, uint64_t count) {
    world->organic_first[platform] = world->account_count;
    world->organic_count[platform] = (uint32_t)count;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        world_account(world, platform, "organic");
        world->activity[platform][i] = sum += 1000000 / (i + 6); /* Zipf, exponent 1, shifted */
    }
}

void organic_accounts(struct world *world) {
    add_accounts(world, PLATFORM_X, world->settings.organic_accounts_x);
    add_accounts(world, PLATFORM_BLUESKY, world->settings.organic_accounts_bluesky);
}

/* A post of `account` in its own language, at any time. */
static struct event post_of(struct world *world, uint32_t account, const char *section) {
    enum language language = world->accounts[account].language;
    struct event event = {
        .kind = EVENT_POST,
        .account = account,
        .language = language,
        .target = NO_EVENT,
    };
    event.time_us = world_time(world, 0, world->settings.days);
    event.text = world_phrase(world, language, section, NULL, 0);
    event.says_language = random_percent(&world->random, 80);
    return event;
}

static enum platform any_platform(struct world *world) {
    return random_percent(&world->random, 70) ? PLATFORM_X : PLATFORM_BLUESKY;
}

/* News: the first shares come fast, the last ones hours later, with words of their own. */
static void add_viral_link(struct world *world) {
    enum platform platform = any_platform(world);
    struct str link = world_link(world, "herald.example");
    int64_t start = world_time(world, 0, world->settings.days - 1);
    for (uint64_t i = 0; i < world->settings.viral_link_shares; i++) {
        struct event event = post_of(world, world_organic(world, platform), "question");
        struct buffer text = {0};
        buffer_append_str(&text, event.text);
        buffer_append_byte(&text, ' ');
        buffer_append_str(&text, link);
        event.time_us = start + world_delay_us(world, 5400);
        event.text = buffer_str(&text);
        event.link = link;
        world_event(world, event);
        buffer_free(&text);
    }
}

void organic_posts(struct world *world) {
    const struct settings *settings = &world->settings;
    const uint64_t posts[PLATFORM_COUNT] = {settings->organic_posts_x,
                                            settings->organic_posts_bluesky};
    for (int platform = 0; platform < PLATFORM_COUNT; platform++) {
        for (uint64_t i = 0; i < posts[platform]; i++) {
            uint32_t account = world_organic(world, (enum platform)platform);
            world_event(world, post_of(world, account, "chatter"));
        }
    }
    for (uint64_t i = 0; i < settings->near_misses; i++) {
        uint32_t account = world_organic(world, any_platform(world));
        world_event(world, post_of(world, account, "near_miss"));
    }
    for (uint64_t i = 0; i < settings->greetings; i++) {
        uint32_t account = world_organic(world, any_platform(world));
        world_event(world, post_of(world, account, "greeting"));
    }
    for (uint64_t i = 0; i < settings->viral_links; i++) {
        add_viral_link(world);
    }
}

/* A reaction of an organic account to the post `target`, or NO_EVENT when it would react to itself.
 */
static uint32_t react(struct world *world, uint32_t target, enum event_kind kind) {
    const struct event *post = &world->events[target];
    enum platform platform = world->accounts[post->account].platform;
    struct event event = {
        .kind = kind,
        .language = post->language,
        .target = target,
        .text = post->text,
    };
    event.account = world_organic(world, platform);
    event.time_us = post->time_us + SECOND_US + world_delay_us(world, 7200);
    if (event.account == post->account || event.time_us >= world_end_us(world)) {
        return NO_EVENT;
    }
    return world_event(world, event);
}

/* The `count` popular posts of a platform get its reposts, by Zipf's law. */
#define POPULAR_COUNT 40

static void add_reposts(struct world *world, enum platform platform, uint64_t count) {
    uint32_t popular[POPULAR_COUNT];
    uint64_t sums[POPULAR_COUNT];
    uint64_t sum = 0;
    for (uint32_t i = 0; i < POPULAR_COUNT; i++) {
        const struct event *event;
        do {
            popular[i] = (uint32_t)random_below(&world->random, world->event_count);
            event = &world->events[popular[i]];
        } while (event->kind != EVENT_POST || event->label.claim != 0 ||
                 world->accounts[event->account].platform != platform);
        sums[i] = sum += 1000000 / (i + 2);
    }
    bool has_reposted[POPULAR_COUNT][ACCOUNTS_MAX] = {{false}};
    for (uint64_t done = 0; done < count;) {
        uint32_t rank = random_weighted(&world->random, sums, POPULAR_COUNT);
        uint32_t repost = react(world, popular[rank], EVENT_REPOST);
        if (repost == NO_EVENT) {
            continue;
        }
        uint32_t account = world->events[repost].account;
        if (has_reposted[rank][account]) {
            world->event_count--; /* nobody reposts the same post twice */
        }
        has_reposted[rank][account] = true;
        done++;
    }
}

static void add_stream_events(struct world *world, enum event_kind kind, uint64_t count) {
    for (uint64_t done = 0; done < count;) {
        uint32_t target = (uint32_t)random_below(&world->random, world->event_count);
        const struct event *event = &world->events[target];
        if (event->kind == EVENT_POST &&
            world->accounts[event->account].platform == PLATFORM_BLUESKY) {
            done += react(world, target, kind) != NO_EVENT;
        }
    }
}

/* Feeds deliver some posts twice, and some ids come again with other text. */
static void mark_repeats(struct world *world) {
    for (uint32_t i = 0; i < world->event_count; i++) {
        struct event *event = &world->events[i];
        if (event->kind == EVENT_POST && event->label.claim == 0) {
            event->is_delivered_twice = i % 401 == 7;
            event->is_edited_later = i % 1501 == 11;
        }
    }
}

void organic_reactions(struct world *world) {
    const struct settings *settings = &world->settings;
    uint64_t percent = settings->organic_repost_percent;
    add_reposts(world, PLATFORM_X, settings->organic_posts_x * percent / 100);
    add_reposts(world, PLATFORM_BLUESKY, settings->organic_posts_bluesky * percent / 100);
    add_stream_events(world, EVENT_LIKE, settings->likes);
    add_stream_events(world, EVENT_DELETE, settings->deletes);
    add_stream_events(world, EVENT_IDENTITY, settings->identities);
    mark_repeats(world);
}
