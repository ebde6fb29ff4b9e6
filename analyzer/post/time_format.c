#include "post/time_format.h"

static const char understood[] = "YymdeHIMSbBhaApjzZsnt%";

char time_format_unknown(struct str format) {
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] != '%') {
            continue;
        }
        if (++i == format.len) {
            return '%';
        }
        if (format.ptr[i] == '\0' || !strchr(understood, format.ptr[i])) {
            return format.ptr[i] ? format.ptr[i] : '%';
        }
    }
    return 0;
}

/* What was read so far. */
struct reading {
    struct civil civil;
    int day_of_year; /* 0: none */
    int half_day;    /* 0 none, 1 a.m., 2 p.m. */
    bool is_epoch;
    struct timestamp epoch;
};

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_spaces(struct str text, size_t *at) {
    while (*at < text.len && is_space(text.ptr[*at])) {
        (*at)++;
    }
}

static void note_precision(struct civil *civil, enum time_precision precision) {
    if (precision < civil->precision) {
        civil->precision = precision;
    }
}

static bool read_half_day(struct str text, size_t *at, int *half_day) {
    struct str word = str_slice(text, *at, *at + 2);
    if (str_equal_ascii_case(word, STR("am"))) {
        *half_day = 1;
    } else if (str_equal_ascii_case(word, STR("pm"))) {
        *half_day = 2;
    } else {
        return false;
    }
    *at += 2;
    return true;
}

static bool read_seconds(struct str text, size_t *at, struct civil *civil) {
    if (!timestamp_digits(text, at, 1, 2, &civil->second)) {
        return false;
    }
    note_precision(civil, TIME_SECOND);
    if (*at + 1 < text.len && text.ptr[*at] == '.' && text.ptr[*at + 1] >= '0' &&
        text.ptr[*at + 1] <= '9') {
        (*at)++;
        return timestamp_fraction(text, at, civil);
    }
    return true;
}

static bool read_epoch(struct str text, size_t *at, struct reading *reading) {
    size_t from = *at;
    while (*at < text.len &&
           ((text.ptr[*at] >= '0' && text.ptr[*at] <= '9') || text.ptr[*at] == '.')) {
        (*at)++;
    }
    reading->is_epoch = true;
    return timestamp_parse(str_slice(text, from, *at), &reading->epoch);
}

static bool read_short_year(struct str text, size_t *at, struct civil *civil) {
    if (!timestamp_digits(text, at, 1, 2, &civil->year)) {
        return false;
    }
    civil->year += civil->year < 70 ? 2000 : 1900;
    return true;
}

/* Numbers of the clock; `%H` alone already makes an hour, shown as a minute: there is no coarser
 * precision below a day. */
static bool read_clock(char letter, struct str text, size_t *at, struct civil *civil) {
    note_precision(civil, TIME_MINUTE);
    switch (letter) {
    case 'H':
        return timestamp_digits(text, at, 1, 2, &civil->hour);
    case 'I':
        return timestamp_digits(text, at, 1, 2, &civil->hour) && civil->hour >= 1 &&
               civil->hour <= 12;
    case 'M':
        return timestamp_digits(text, at, 1, 2, &civil->minute);
    default:
        return read_seconds(text, at, civil);
    }
}

static bool read_part(char letter, struct str text, size_t *at, struct reading *reading) {
    struct civil *civil = &reading->civil;
    switch (letter) {
    case 'Y':
        return timestamp_digits(text, at, 4, 4, &civil->year);
    case 'y':
        return read_short_year(text, at, civil);
    case 'm':
        return timestamp_digits(text, at, 1, 2, &civil->month);
    case 'd':
    case 'e':
        skip_spaces(text, at);
        return timestamp_digits(text, at, 1, 2, &civil->day);
    case 'b':
    case 'B':
    case 'h':
        civil->month = timestamp_month(text, at);
        return civil->month > 0;
    case 'a':
    case 'A':
        return timestamp_weekday(text, at);
    case 'p':
        return read_half_day(text, at, &reading->half_day);
    case 'j':
        return timestamp_digits(text, at, 1, 3, &reading->day_of_year) && reading->day_of_year > 0;
    case 'z':
    case 'Z':
        return timestamp_zone(text, at, &civil->offset_s);
    case 's':
        return read_epoch(text, at, reading);
    case 'n':
    case 't':
        skip_spaces(text, at);
        return true;
    case '%':
        return *at < text.len && text.ptr[(*at)++] == '%';
    default:
        return read_clock(letter, text, at, civil);
    }
}

static bool finish(struct reading *reading, struct timestamp *time) {
    struct civil *civil = &reading->civil;
    if (reading->is_epoch) {
        *time = reading->epoch;
        return true;
    }
    if (reading->half_day && (civil->hour < 1 || civil->hour > 12)) {
        return false;
    }
    if (reading->half_day) {
        civil->hour = civil->hour % 12 + (reading->half_day == 2 ? 12 : 0);
    }
    if (reading->day_of_year == 0) {
        return timestamp_from_civil(civil, time);
    }
    civil->month = 1;
    civil->day = 1;
    bool is_leap = (civil->year % 4 == 0 && civil->year % 100 != 0) || civil->year % 400 == 0;
    if (reading->day_of_year > 365 + is_leap || !timestamp_from_civil(civil, time)) {
        return false;
    }
    time->us += (reading->day_of_year - 1) * INT64_C(86400000000);
    return true;
}

bool time_format_parse(struct str format, struct str text, struct timestamp *time) {
    struct reading reading = {.civil = {.precision = TIME_DAY}};
    size_t at = 0;
    text = str_trim(text);
    for (size_t i = 0; i < format.len; i++) {
        char c = format.ptr[i];
        if (is_space(c)) {
            skip_spaces(text, &at);
        } else if (c == '%' && i + 1 < format.len) {
            if (!read_part(format.ptr[++i], text, &at, &reading)) {
                return false;
            }
        } else if (at == text.len || text.ptr[at++] != c) {
            return false;
        }
    }
    return at == text.len && finish(&reading, time);
}
