#include "engine/sources.h"

#include "base/buffer.h"

static const struct {
    const char *name;
    int64_t us;
} precision_table[] = {
    [TIME_MICROSECOND] = {"us", 1},          [TIME_MILLISECOND] = {"ms", 1000},
    [TIME_SECOND] = {"s", 1000000},          [TIME_MINUTE] = {"minute", 60 * 1000000LL},
    [TIME_DAY] = {"day", 86400 * 1000000LL},
};

int64_t precision_us(enum time_precision precision) {
    return precision_table[precision].us;
}

const char *precision_name(enum time_precision precision) {
    return precision_table[precision].name;
}

bool sources_init(struct sources *sources) {
    *sources = (struct sources){0};
    return pthread_mutex_init(&sources->lock, NULL) == 0;
}

uint8_t sources_number(struct sources *sources, struct str format, struct str platform) {
    struct buffer key = {0};
    uint32_t number = SOURCE_OTHER;
    buffer_append_str(&key, format);
    buffer_append_byte(&key, '\0');
    if (buffer_append_str(&key, platform)) {
        pthread_mutex_lock(&sources->lock);
        number = map_find(&sources->map, buffer_str(&key));
        if (number == MAP_NONE && sources->map.count < SOURCE_OTHER) {
            number = map_intern(&sources->map, buffer_str(&key), NULL);
        }
        pthread_mutex_unlock(&sources->lock);
    }
    buffer_free(&key);
    return number < SOURCE_OTHER ? (uint8_t)number : SOURCE_OTHER;
}

void sources_free(struct sources *sources) {
    map_free(&sources->map);
    pthread_mutex_destroy(&sources->lock);
}

void source_times_add(struct source_times *times, int64_t time_us, enum time_precision notation) {
    if (times->posts == 0 || notation < times->finest_notation) {
        times->finest_notation = notation;
    }
    if (times->posts == 0 || time_us > times->last_us) {
        times->last_us = time_us;
    }
    times->posts++;
    for (int p = TIME_DAY; p > TIME_MICROSECOND && time_us % precision_table[p].us != 0; p--) {
        times->finer_than[p]++;
    }
}

void source_times_merge(struct source_times *times, const struct source_times *other) {
    if (other->posts == 0) {
        return;
    }
    if (times->posts == 0 || other->finest_notation < times->finest_notation) {
        times->finest_notation = other->finest_notation;
    }
    if (times->posts == 0 || other->last_us > times->last_us) {
        times->last_us = other->last_us;
    }
    times->posts += other->posts;
    for (int p = 0; p <= TIME_DAY; p++) {
        times->finer_than[p] += other->finer_than[p];
    }
}

enum time_precision source_precision(const struct source_times *times) {
    int precision = times->posts ? (int)times->finest_notation : TIME_MICROSECOND;
    if (times->posts < SOURCE_EVIDENCE) {
        return (enum time_precision)precision;
    }
    for (int p = TIME_DAY; p > precision; p--) {
        if (times->finer_than[p] == 0) {
            return (enum time_precision)p;
        }
    }
    return (enum time_precision)precision;
}
