/* Simulated posts and labels as text. Words are made of syllables and drawn by a hash of seed, post
 * and place, so that a line can be made without those before it. */
#include <math.h>
#include <time.h>

#include "cli/simulation.h"

enum { VOCABULARY = 20000, WORDS_LEAST = 6, WORDS_SPREAD = 10, TIME_BYTES = 64 };

/* splitmix64's finaliser (Steele, Lea, Flood 2014). */
static uint64_t mix(uint64_t value) {
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/* A made-up word for a number: the same number, the same word. */
static void append_word(struct buffer *out, uint64_t number) {
    static const char consonants[] = "bdfgklmnprstvz";
    static const char vowels[] = "aeiou";
    uint64_t bits = mix(number);
    for (size_t i = 0; i < 2 + bits % 3; i++) {
        buffer_append_byte(out, consonants[(bits >> (8 + i * 8)) % (sizeof consonants - 1)]);
        buffer_append_byte(out, vowels[(bits >> (12 + i * 8)) % (sizeof vowels - 1)]);
    }
}

/* Words by a law near Zipf's: the number is the vocabulary's size to a uniform power. */
static void append_words(struct buffer *out, uint64_t key) {
    uint64_t count = WORDS_LEAST + mix(key) % WORDS_SPREAD;
    for (uint64_t i = 0; i < count; i++) {
        double uniform = (double)(mix(key + i * 0x2545f4914f6cdd1du + 1) >> 11) * 0x1p-53;
        if (i > 0) {
            buffer_append_byte(out, ' ');
        }
        append_word(out, (uint64_t)pow(VOCABULARY, uniform));
    }
}

static void append_time(struct buffer *out, int64_t time_ms) {
    char text[TIME_BYTES];
    struct tm parts;
    time_t seconds = (time_t)(time_ms / 1000);
    gmtime_r(&seconds, &parts);
    size_t len = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    buffer_append(out, text, len);
    buffer_printf(out, ".%03dZ", (int)(time_ms % 1000));
}

static uint64_t key_of(const struct simulation *simulation, uint64_t kind, uint64_t number) {
    return mix(mix(simulation->settings.seed) ^ mix(kind << 40 ^ number));
}

/* Copies keep the object's words and put one of their own behind them. */
static void append_text(struct buffer *out, const struct simulation *simulation, size_t index) {
    const struct simulated_post *post = &simulation->posts[index];
    uint64_t own = key_of(simulation, SIMULATED_TEXT, index + 1);
    if (post->kind == SIMULATED_TEXT || post->kind == SIMULATED_LINK) {
        append_words(out, own);
        return;
    }
    append_words(out, key_of(simulation, post->kind, post->object));
    if (post->kind == SIMULATED_COPY && own % 2) {
        buffer_append_byte(out, ' ');
        append_word(out, own % VOCABULARY);
    }
}

void simulation_append_post(struct buffer *out, const struct simulation *simulation, size_t index) {
    const struct simulated_post *post = &simulation->posts[index];
    buffer_printf(out, "{\"platform\":\"simulated\",\"id\":\"p%zu\",\"account\":\"a%u\"", index + 1,
                  post->account + 1);
    buffer_append_c(out, ",\"created_at\":\"");
    append_time(out, post->time_ms);
    buffer_append_c(out, "\",\"text\":\"");
    append_text(out, simulation, index);
    buffer_append_byte(out, '"');
    if (post->kind == SIMULATED_LINK) {
        buffer_printf(out, ",\"urls\":[\"https://site%u.example/%u\"]", post->object % 997,
                      post->object);
    } else if (post->kind == SIMULATED_REPOST) {
        buffer_printf(out, ",\"repost_of\":\"o%u\"", post->object);
    }
    buffer_append_c(out, "}\n");
}

static void append_label(struct buffer *out, const struct simulation *simulation,
                         uint64_t account) {
    const struct simulation_settings *settings = &simulation->settings;
    buffer_printf(out, "simulated,a%llu,", (unsigned long long)account + 1);
    if (account >= settings->accounts) {
        uint64_t campaign = (account - settings->accounts) / settings->campaign_size + 1;
        buffer_printf(out, "campaign,campaign%llu,", (unsigned long long)campaign);
        buffer_append_double(out, settings->tempo_s, 6);
        buffer_append_byte(out, ',');
        buffer_append_double(out, settings->jitter, 6);
        buffer_append_byte(out, ',');
        buffer_append_double(out, settings->camouflage, 6);
        buffer_append_byte(out, ',');
        buffer_append_double(out, settings->participation, 6);
        buffer_printf(out, ",%s\n", simulation_style_name(settings->style));
    } else if (account < settings->fandoms * settings->fandom_size) {
        uint64_t fandom = account / settings->fandom_size + 1;
        buffer_printf(out, "organic,fandom%llu,,,,,\n", (unsigned long long)fandom);
    } else {
        buffer_append_c(out, "organic,,,,,,\n");
    }
}

void simulation_append_labels(struct buffer *out, const struct simulation *simulation) {
    const struct simulation_settings *settings = &simulation->settings;
    uint64_t all = settings->accounts + settings->campaigns * settings->campaign_size;
    buffer_append_c(out, "platform,account,label,group,tempo_s,jitter,camouflage,participation,"
                         "style\n");
    for (uint64_t account = 0; account < all; account++) {
        append_label(out, simulation, account);
    }
}
