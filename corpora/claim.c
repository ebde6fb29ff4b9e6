/* Claims of breaches: somebody says that it did it, others pass it on, now and then with a source,
 * and some deny it. Whether anything happened is not said anywhere, and the labels do not say so
 * either. */
#include <stdio.h>

#include "world.h"

static const char *const incidents[] = {"data_leak",      "data_sale",  "intrusion",
                                        "control_hijack", "defacement", "ddos_outage",
                                        "destructive",    "extortion"};
#define INCIDENT_COUNT (sizeof incidents / sizeof *incidents)

/* Languages take turns, so that no incident type belongs to one language. */
static const enum language languages[] = {ENGLISH, RUSSIAN, CHINESE_SIMPLIFIED, ENGLISH,
                                          CHINESE_TRADITIONAL};
#define TURN_COUNT 5u

struct claim {
    const char *incident;
    enum language language;
    struct str victim;
    struct str quantity;
    struct str fact; /* one of the ways to put it */
};

static struct claim claim_at(struct world *world, uint32_t number) {
    uint32_t turn = (number - 1) % TURN_COUNT;
    uint32_t round = (number - 1) / TURN_COUNT;
    struct claim claim = {
        .incident = incidents[(number - 1) % INCIDENT_COUNT],
        .language = languages[turn],
    };
    uint32_t which = claim.language == ENGLISH ? 2 * round + (turn != 0) : round;
    const struct phrases *phrases = &world->phrases[claim.language];
    claim.victim = phrases_at(phrases, STR("victim"), which);
    claim.quantity = phrases_at(phrases, STR("quantity"), which);
    struct binding bindings[] = {{"victim", claim.victim}, {"quantity", claim.quantity}};
    char section[64];
    snprintf(section, sizeof section, "fact.%s", claim.incident);
    claim.fact = world_phrase(world, claim.language, section, bindings, 2);
    return claim;
}

static struct str phrase_of(struct world *world, const struct claim *claim, const char *section) {
    struct binding bindings[] = {
        {"victim", claim->victim}, {"quantity", claim->quantity}, {"fact", claim->fact}};
    return world_phrase(world, claim->language, section, bindings, 3);
}

/* Ends the text with a link on `host`, NULL for none. */
static void set_text(struct world *world, struct event *event, struct str text, const char *host) {
    struct buffer whole = {0};
    buffer_append_str(&whole, text);
    if (host) {
        event->link = world_link(world, host);
        buffer_append_byte(&whole, ' ');
        buffer_append_str(&whole, event->link);
    }
    event->text = world_copy(world, buffer_str(&whole));
    buffer_free(&whole);
}

static struct event event_of(struct world *world, const struct claim *claim, uint32_t number,
                             const char *stance) {
    return (struct event){
        .kind = EVENT_POST,
        .language = claim->language,
        .target = NO_EVENT,
        .says_language = random_percent(&world->random, 80),
        .label = {number, claim->incident, stance, "none"},
    };
}

static struct event self_claim(struct world *world, const struct claim *claim, uint32_t number) {
    struct event event = event_of(world, claim, number, "self_claim");
    bool shows_artefact = random_percent(&world->random, 50);
    char section[64];
    snprintf(section, sizeof section, "self.%s", claim->incident);
    set_text(world, &event, phrase_of(world, claim, section),
             shows_artefact ? "paste.example" : NULL);
    event.label.evidence = shows_artefact ? "link_artefact" : "none";
    return event;
}

struct event claim_relay(struct world *world, uint32_t number) {
    struct claim claim = claim_at(world, number);
    struct event event = event_of(world, &claim, number, "relay");
    bool has_link = random_percent(&world->random, 30);
    set_text(world, &event, phrase_of(world, &claim, "relay"), has_link ? "sho.example" : NULL);
    event.label.evidence = has_link ? "link_unknown" : "none";
    return event;
}

static struct event sourced_report(struct world *world, uint32_t number) {
    struct claim claim = claim_at(world, number);
    struct event event = event_of(world, &claim, number, "sourced_report");
    bool has_link = random_percent(&world->random, 50);
    set_text(world, &event, phrase_of(world, &claim, "sourced"),
             has_link ? "herald.example" : NULL);
    event.label.evidence = has_link ? "link_source" : "none";
    return event;
}

static struct event denial(struct world *world, const struct claim *claim, uint32_t number) {
    struct event event = event_of(world, claim, number, "denial");
    set_text(world, &event, phrase_of(world, claim, "denial"), NULL);
    return event;
}

/* Adds a post of the claim by an organic account, `median_s` or so after the claim's start. */
static void add(struct world *world, struct event event, enum platform platform, int64_t start,
                uint64_t median_s) {
    event.account = world_organic(world, platform);
    event.time_us = start + world_delay_us(world, median_s);
    world_event(world, event);
}

static void add_claim(struct world *world, uint32_t number) {
    struct claim claim = claim_at(world, number);
    struct random *random = &world->random;
    enum platform platform = number % 3 == 0 ? PLATFORM_BLUESKY : PLATFORM_X;
    int64_t start = world_time(world, 0, world->settings.days - 1);
    add(world, self_claim(world, &claim, number), platform, start, 0);
    uint64_t relays = 3 + random_below(random, 4);
    for (uint64_t i = 0; i < relays; i++) {
        add(world, claim_relay(world, number), platform, start + 60 * SECOND_US, 5400);
    }
    uint64_t reports = random_below(random, 3);
    for (uint64_t i = 0; i < reports; i++) {
        add(world, sourced_report(world, number), platform, start + 3600 * SECOND_US, 14400);
    }
    if (random_percent(random, 50)) {
        add(world, denial(world, &claim, number), platform, start + 7200 * SECOND_US, 14400);
    }
}

void claim_posts(struct world *world) {
    for (uint32_t number = 1; number <= world->settings.claims; number++) {
        add_claim(world, number);
    }
}
