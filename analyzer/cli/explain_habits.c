/* "When it posts": the habits of accounts.ndjson as sentences. */
#include <math.h>

#include "cli/explain.h"
#include "cli/terminal.h"

static double number(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* "; chance 0.002 of " and what `under` says. */
static void append_chance(struct buffer *out, const json_t *test, const char *under) {
    double p = number(test, "p");
    if (isnan(p)) {
        buffer_append_c(out, "; the clock is too coarse for a chance.\n");
        return;
    }
    buffer_append_c(out, p < 1e-12 ? "; chance below 1e-12 " : "; chance ");
    if (p >= 1e-12) {
        buffer_append_double(out, p, 2);
        buffer_append_byte(out, ' ');
    }
    buffer_append_c(out, under);
}

static void append_regularity(struct buffer *out, const json_t *habits) {
    const json_t *test = json_object_get(habits, "regularity");
    buffer_append_c(out, "- Intervals: burstiness ");
    buffer_append_double(out, number(test, "burstiness"), 2);
    buffer_append_c(out, " (-1 like a clock, 0 random, 1 in bursts)");
    append_chance(out, test, "of being as even, were posts random.\n");
}

static void append_hours(struct buffer *out, const json_t *habits) {
    const json_t *test = json_object_get(habits, "hours");
    double hour = number(test, "mean_hour");
    buffer_append_c(out, "- Hours: concentration ");
    buffer_append_double(out, number(test, "concentration"), 2);
    buffer_append_c(out, " (0 all hours alike, 1 one hour only)");
    if (!isnan(hour)) {
        buffer_printf(out, " around %02d:%02d UTC", (int)hour, (int)(fmod(hour, 1.0) * 60.0));
    }
    append_chance(out, test, "of one peak as high, were all hours alike (most people sleep).\n");
}

static void append_silence(struct buffer *out, const json_t *habits) {
    const json_t *test = json_object_get(habits, "silence");
    buffer_append_c(out, "- Longest silence: ");
    terminal_append_duration(out, number(test, "longest_s"));
    append_chance(out, test, "of one as long, were posts random.\n");
}

static void append_burst(struct buffer *out, const json_t *habits) {
    const json_t *test = json_object_get(habits, "burst");
    buffer_append_c(out, "- Most posts within an hour: ");
    terminal_append_count(out, (uint64_t)number(test, "most_in_an_hour"));
    append_chance(out, test, "of so many, were posts random.\n");
}

static void append_repetition(struct buffer *out, const json_t *habits) {
    const json_t *test = json_object_get(habits, "repetition");
    uint64_t texts = (uint64_t)json_integer_value(json_object_get(test, "texts"));
    if (texts == 0) {
        return;
    }
    buffer_append_c(out, "- Repeats an earlier text of its own in ");
    terminal_append_count(out, (uint64_t)json_integer_value(json_object_get(test, "repeats")));
    buffer_append_c(out, " of ");
    terminal_append_count(out, texts);
    buffer_append_c(out, " texts");
    append_chance(out, test, "of so many, did it repeat as others here do.\n");
}

void explain_append_habits(struct buffer *out, const json_t *account) {
    const json_t *habits = json_object_get(account, "habits");
    if (!json_is_object(habits)) {
        return;
    }
    buffer_append_c(out, "\nHabits, over ");
    terminal_append_count(out, (uint64_t)json_integer_value(json_object_get(habits, "posts")));
    buffer_append_c(out, " posts with a time\n");
    append_regularity(out, habits);
    append_hours(out, habits);
    append_silence(out, habits);
    append_burst(out, habits);
    append_repetition(out, habits);
    buffer_append_c(out,
                    "News desks, schedulers, shift workers and fans have such habits too; they "
                    "are no part of the score.\n");
}
