#include "world.h"

#include <stdio.h>
#include <stdlib.h>

const char *const platform_names[PLATFORM_COUNT] = {"x", "bluesky"};
const char *const language_tags[LANGUAGE_COUNT] = {"en", "ru", "zh-Hans", "zh-Hant"};

#define SETTING(name)                                                                              \
    { #name, offsetof(struct settings, name) }
static const struct {
    const char *name;
    size_t offset;
} setting_table[] = {
    SETTING(seed),
    SETTING(start),
    SETTING(days),
    SETTING(archive_days),
    SETTING(organic_accounts_x),
    SETTING(organic_posts_x),
    SETTING(organic_accounts_bluesky),
    SETTING(organic_posts_bluesky),
    SETTING(organic_repost_percent),
    SETTING(near_misses),
    SETTING(greetings),
    SETTING(viral_links),
    SETTING(viral_link_shares),
    SETTING(campaign_accounts),
    SETTING(copy_rounds),
    SETTING(copy_claim_rounds),
    SETTING(copy_participation_percent),
    SETTING(copy_delay_s),
    SETTING(boost_rounds),
    SETTING(boost_participation_percent),
    SETTING(boost_delay_s),
    SETTING(camouflage_posts),
    SETTING(claims),
    SETTING(likes),
    SETTING(deletes),
    SETTING(identities),
};
#define SETTING_COUNT (sizeof setting_table / sizeof *setting_table)

/* How active people are in each hour of the day, in parts. */
static const uint64_t hour_weights[24] = {3, 2, 1, 1, 1, 2, 4,  7,  9,  9, 8, 8,
                                          9, 9, 8, 8, 8, 9, 10, 11, 11, 9, 7, 5};

void world_fail(const char *message, const char *detail) {
    fprintf(stderr, "corpora_generate: %s: %s\n", detail, message);
    exit(1);
}

static void setting_set(struct settings *settings, struct str name, uint64_t value) {
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (str_is(name, setting_table[i].name)) {
            memcpy((char *)settings + setting_table[i].offset, &value, sizeof value);
            return;
        }
    }
    world_fail("unknown setting", name.ptr);
}

static void settings_read(struct settings *settings, const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) {
        world_fail("cannot be opened", path);
    }
    char line[256];
    size_t count = 0;
    while (fgets(line, sizeof line, file)) {
        struct str text = str_trim(str_from_c(line));
        if (text.len == 0 || text.ptr[0] == '#') {
            continue;
        }
        size_t equals = str_find_byte(text, '=', 0);
        uint64_t value;
        if (!str_to_u64(str_trim(str_slice(text, equals + 1, text.len)), &value)) {
            world_fail("not `name = whole number`", line);
        }
        setting_set(settings, str_trim(str_slice(text, 0, equals)), value);
        count++;
    }
    fclose(file);
    if (count != SETTING_COUNT) {
        world_fail("a setting is missing or stands twice", path);
    }
}

void world_open(struct world *world, const char *folder) {
    char path[4096];
    snprintf(path, sizeof path, "%s/sample.settings", folder);
    settings_read(&world->settings, path);
    world->random.state = world->settings.seed;
    bool good = true;
    for (int i = 0; i < LANGUAGE_COUNT && good; i++) {
        snprintf(path, sizeof path, "%s/phrases/%s.txt", folder, language_tags[i]);
        good = phrases_read(&world->phrases[i], path, &world->arena);
    }
    snprintf(path, sizeof path, "%s/phrases/handles.txt", folder);
    if (!good || !phrases_read(&world->handles, path, &world->arena)) {
        world_fail("the phrases cannot be used", folder);
    }
}

void world_close(struct world *world) {
    arena_free(&world->arena);
}

struct str world_copy(struct world *world, struct str text) {
    struct str copy;
    if (!arena_copy(&world->arena, text, &copy)) {
        world_fail("memory is out", "text");
    }
    return copy;
}

static struct str copy_and_free(struct world *world, struct buffer *buffer) {
    if (buffer->failed) {
        world_fail("memory is out", "text");
    }
    struct str copy = world_copy(world, buffer_str(buffer));
    buffer_free(buffer);
    return copy;
}

/* `count` random characters of `alphabet` after `prefix`. */
static struct str random_key(struct world *world, const char *prefix, struct str alphabet,
                             uint32_t count) {
    struct buffer out = {0};
    buffer_append_c(&out, prefix);
    for (uint32_t i = 0; i < count; i++) {
        buffer_append_byte(&out, alphabet.ptr[random_below(&world->random, alphabet.len)]);
    }
    return copy_and_free(world, &out);
}

/* "quiet lantern" -> handle quiet_lantern42 and name Quiet Lantern. */
static void name_account(struct world *world, struct account *account) {
    struct random *random = &world->random;
    const struct phrases *handles = &world->handles;
    struct str first = phrases_at(handles, STR("adjective"), (uint32_t)random_below(random, 4096));
    struct str second = phrases_at(handles, STR("thing"), (uint32_t)random_below(random, 4096));
    struct buffer handle = {0};
    struct buffer name = {0};
    buffer_printf(&handle, "%.*s_%.*s%u", (int)first.len, first.ptr, (int)second.len, second.ptr,
                  (unsigned)world->account_count);
    buffer_printf(&name, "%c%.*s %c%.*s", first.ptr[0] - 32, (int)first.len - 1, first.ptr + 1,
                  second.ptr[0] - 32, (int)second.len - 1, second.ptr + 1);
    account->handle = copy_and_free(world, &handle);
    account->name = copy_and_free(world, &name);
}

uint32_t world_account(struct world *world, enum platform platform, const char *label) {
    if (world->account_count == ACCOUNTS_MAX) {
        world_fail("too many", "accounts");
    }
    struct random *random = &world->random;
    uint64_t part = random_below(random, 100);
    struct account account = {
        .platform = platform,
        .language = part < 45   ? ENGLISH
                    : part < 70 ? RUSSIAN
                    : part < 85 ? CHINESE_SIMPLIFIED
                                : CHINESE_TRADITIONAL,
        .label = label,
    };
    account.followers = (uint32_t)random_delay(random, 160);
    account.following = (uint32_t)random_delay(random, 220);
    account.created_at_us =
        (int64_t)(world->settings.start - random_below(random, 3000) * 86400) * SECOND_US;
    account.id = platform == PLATFORM_X
                     ? random_key(world, "7", STR("0123456789"), 17)
                     : random_key(world, "did:plc:", STR("abcdefghijklmnopqrstuvwxyz234567"), 24);
    name_account(world, &account);
    world->accounts[world->account_count] = account;
    return world->account_count++;
}

/* Ids carry the time, as the platforms' own do: x counts milliseconds from its epoch and shifts by
 * 22 bits, bluesky writes microseconds in base 32 ("TID"). */
static struct str event_id(struct world *world, enum platform platform, int64_t time_us) {
    struct buffer out = {0};
    uint64_t chance = random_below(&world->random, 1024);
    if (platform == PLATFORM_X) {
        uint64_t milliseconds = (uint64_t)(time_us / 1000) - 1288834974657u;
        buffer_append_u64(&out, (milliseconds << 22) | (chance << 12) | world->event_count % 4096);
    } else {
        uint64_t value = ((uint64_t)time_us << 10) | chance;
        for (int shift = 60; shift >= 0; shift -= 5) {
            buffer_append_byte(&out, "234567abcdefghijklmnopqrstuvwxyz"[(value >> shift) & 31]);
        }
    }
    return copy_and_free(world, &out);
}

uint32_t world_event(struct world *world, struct event event) {
    if (world->event_count == EVENTS_MAX) {
        world_fail("too many", "events");
    }
    if (event.time_us >= world_end_us(world)) {
        event.time_us = world_end_us(world) - 1 - event.time_us % SECOND_US;
    }
    event.id = event_id(world, world->accounts[event.account].platform, event.time_us);
    event.text = world_copy(world, event.text);
    world->events[world->event_count] = event;
    return world->event_count++;
}

struct str world_phrase(struct world *world, enum language language, const char *section,
                        const struct binding *bindings, uint32_t binding_count) {
    struct expansion expansion = {&world->phrases[language], &world->random, bindings,
                                  binding_count};
    struct buffer out = {0};
    if (!phrases_expand(&expansion, str_from_c(section), &out)) {
        world_fail("cannot be expanded", section);
    }
    return copy_and_free(world, &out);
}

uint32_t world_organic(struct world *world, enum platform platform) {
    return world->organic_first[platform] + random_weighted(&world->random,
                                                            world->activity[platform],
                                                            world->organic_count[platform]);
}

int64_t world_end_us(const struct world *world) {
    return (int64_t)(world->settings.start + world->settings.days * 86400) * SECOND_US;
}

int64_t world_delay_us(struct world *world, uint64_t median_s) {
    int64_t whole = random_delay(&world->random, (int64_t)median_s);
    return whole * SECOND_US + (int64_t)random_below(&world->random, SECOND_US);
}

int64_t world_time(struct world *world, uint64_t first, uint64_t last) {
    uint64_t sums[24];
    uint64_t sum = 0;
    for (int i = 0; i < 24; i++) {
        sums[i] = sum += hour_weights[i];
    }
    struct random *random = &world->random;
    uint64_t day = first + random_below(random, last - first);
    uint64_t hour = random_weighted(random, sums, 24);
    uint64_t second = world->settings.start + day * 86400 + hour * 3600;
    return (int64_t)second * SECOND_US + (int64_t)random_below(random, 3600u * 1000000u);
}

struct str world_link(struct world *world, const char *host) {
    struct buffer out = {0};
    struct str key = random_key(world, "", STR("abcdefghjkmnpqrstuvwxyz23456789"), 7);
    buffer_printf(&out, "https://%s/%s", host, key.ptr);
    return copy_and_free(world, &out);
}
