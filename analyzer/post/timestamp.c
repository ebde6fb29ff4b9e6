#include "post/timestamp.h"

#include <math.h>

#define US_PER_S INT64_C(1000000)

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static int days_of_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

/* Days since 1970-01-01 (Hinnant 2013, days_from_civil; years here are never negative). */
static int64_t days_from_civil(int year, int month, int day) {
    year -= month <= 2;
    int era = year / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int64_t)era * 146097 + day_of_era - 719468;
}

static bool in_range(int64_t us) {
    return us >= 0 && us < days_from_civil(TIMESTAMP_YEAR_MAX + 1, 1, 1) * 86400 * US_PER_S;
}

bool timestamp_from_civil(const struct civil *civil, struct timestamp *time) {
    if (civil->year < TIMESTAMP_YEAR_MIN || civil->year > TIMESTAMP_YEAR_MAX || civil->month < 1 ||
        civil->month > 12 || civil->day < 1 ||
        civil->day > days_of_month(civil->year, civil->month) || civil->hour < 0 ||
        civil->hour > 23 || civil->minute < 0 || civil->minute > 59 || civil->second < 0 ||
        civil->second > 60) {
        return false;
    }
    bool is_leap_second = civil->second == 60;
    int64_t seconds = days_from_civil(civil->year, civil->month, civil->day) * 86400 +
                      civil->hour * 3600 + civil->minute * 60 +
                      (is_leap_second ? 59 : civil->second) - civil->offset_s;
    int64_t us = seconds * US_PER_S + (is_leap_second ? 999999 : civil->microsecond);
    if (!in_range(us)) {
        return false;
    }
    *time = (struct timestamp){us, civil->precision};
    return true;
}

bool timestamp_digits(struct str text, size_t *at, int min, int max, int *value) {
    int count = 0;
    int sum = 0;
    while (count < max && *at < text.len && is_digit(text.ptr[*at])) {
        sum = sum * 10 + (text.ptr[(*at)++] - '0');
        count++;
    }
    *value = sum;
    return count >= min;
}

bool timestamp_fraction(struct str text, size_t *at, struct civil *civil) {
    int count = 0;
    int us = 0;
    for (; *at < text.len && is_digit(text.ptr[*at]); (*at)++, count++) {
        us = count < 6 ? us * 10 + (text.ptr[*at] - '0') : us;
    }
    for (int i = count; i < 6; i++) {
        us *= 10;
    }
    civil->microsecond = us;
    /* Spreadsheets and data frames write whole seconds as "12.0". */
    bool is_whole = count == 1 && us == 0;
    civil->precision = is_whole ? TIME_SECOND : (count <= 3 ? TIME_MILLISECOND : TIME_MICROSECOND);
    return count > 0;
}

/* The index of the name that stands at *at, by its first three letters; the rest of the name is
 * read if it is complete. */
static int name_index(struct str text, size_t *at, const char *const *names, int count) {
    size_t end = *at;
    while (end < text.len && is_letter(text.ptr[end])) {
        end++;
    }
    struct str word = str_slice(text, *at, end);
    for (int i = 0; i < count; i++) {
        struct str name = str_from_c(names[i]);
        if (str_equal_ascii_case(word, name) || str_equal_ascii_case(word, str_slice(name, 0, 3))) {
            *at = end;
            return i;
        }
    }
    return -1;
}

int timestamp_month(struct str text, size_t *at) {
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return name_index(text, at, names, 12) + 1;
}

bool timestamp_weekday(struct str text, size_t *at) {
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    return name_index(text, at, names, 7) >= 0;
}

static bool zone_name(struct str text, size_t *at, int *offset_s) {
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"Z", 0},    {"UTC", 0},  {"GMT", 0},  {"UT", 0},   {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    size_t end = *at;
    while (end < text.len && is_letter(text.ptr[end])) {
        end++;
    }
    struct str word = str_slice(text, *at, end);
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (str_equal_ascii_case(word, str_from_c(zones[i].name))) {
            *at = end;
            *offset_s = zones[i].hours * 3600;
            return true;
        }
    }
    return false;
}

bool timestamp_zone(struct str text, size_t *at, int *offset_s) {
    if (*at >= text.len) {
        return false;
    }
    char sign = text.ptr[*at];
    if (sign != '+' && sign != '-') {
        return zone_name(text, at, offset_s);
    }
    int hours;
    int minutes = 0;
    size_t from = *at + 1;
    if (!timestamp_digits(text, &from, 2, 2, &hours)) {
        return false;
    }
    if (from < text.len && text.ptr[from] == ':') {
        from++;
        if (!timestamp_digits(text, &from, 2, 2, &minutes)) {
            return false;
        }
    } else if (from < text.len && is_digit(text.ptr[from])) {
        if (!timestamp_digits(text, &from, 2, 2, &minutes)) {
            return false;
        }
    }
    if (hours > 23 || minutes > 59) {
        return false;
    }
    *at = from;
    *offset_s = (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    return true;
}

static bool take(struct str text, size_t *at, char c) {
    if (*at < text.len && text.ptr[*at] == c) {
        (*at)++;
        return true;
    }
    return false;
}

static void skip_spaces(struct str text, size_t *at) {
    while (take(text, at, ' ')) {
    }
}

/* "HH:MM[:SS[.fff]]" or "HHMM[SS]". */
static bool read_clock(struct str text, size_t *at, struct civil *civil) {
    if (!timestamp_digits(text, at, 1, 2, &civil->hour)) {
        return false;
    }
    bool has_colon = take(text, at, ':');
    if (!timestamp_digits(text, at, 2, 2, &civil->minute)) {
        return false;
    }
    civil->precision = TIME_MINUTE;
    bool has_seconds = has_colon ? take(text, at, ':') : *at < text.len && is_digit(text.ptr[*at]);
    if (!has_seconds) {
        return true;
    }
    if (!timestamp_digits(text, at, 2, 2, &civil->second)) {
        return false;
    }
    civil->precision = TIME_SECOND;
    if (take(text, at, '.') || take(text, at, ',')) {
        return timestamp_fraction(text, at, civil);
    }
    return true;
}

/* An optional zone, and then nothing. */
static bool read_tail(struct str text, size_t *at, struct civil *civil) {
    skip_spaces(text, at);
    if (*at < text.len && !timestamp_zone(text, at, &civil->offset_s)) {
        return false;
    }
    return *at == text.len;
}

/* "YYYY-MM-DD", "YYYY/MM/DD" or "YYYYMMDD". */
static bool read_date(struct str text, size_t *at, struct civil *civil) {
    if (!timestamp_digits(text, at, 4, 4, &civil->year) || *at >= text.len) {
        return false;
    }
    char separator = text.ptr[*at];
    bool has_separator = separator == '-' || separator == '/';
    *at += has_separator;
    if (!timestamp_digits(text, at, has_separator ? 1 : 2, 2, &civil->month)) {
        return false;
    }
    if (has_separator && !take(text, at, separator)) {
        return false;
    }
    return timestamp_digits(text, at, has_separator ? 1 : 2, 2, &civil->day);
}

static bool parse_iso(struct str text, struct timestamp *time) {
    struct civil civil = {.precision = TIME_DAY};
    size_t at = 0;
    if (!read_date(text, &at, &civil)) {
        return false;
    }
    if (at == text.len) {
        return timestamp_from_civil(&civil, time);
    }
    if (!take(text, &at, 'T') && !take(text, &at, 't') && !take(text, &at, ' ')) {
        return false;
    }
    skip_spaces(text, &at);
    return read_clock(text, &at, &civil) && read_tail(text, &at, &civil) &&
           timestamp_from_civil(&civil, time);
}

/* "Wed Oct 10 20:19:24 +0000 2018", and the same without the zone. */
static bool parse_twitter(struct str text, struct timestamp *time) {
    struct civil civil = {0};
    size_t at = 0;
    if (!timestamp_weekday(text, &at) || !take(text, &at, ' ')) {
        return false;
    }
    civil.month = timestamp_month(text, &at);
    skip_spaces(text, &at);
    if (!timestamp_digits(text, &at, 1, 2, &civil.day) || !take(text, &at, ' ') ||
        !read_clock(text, &at, &civil) || !take(text, &at, ' ')) {
        return false;
    }
    if (timestamp_zone(text, &at, &civil.offset_s) && !take(text, &at, ' ')) {
        return false;
    }
    return timestamp_digits(text, &at, 4, 4, &civil.year) && at == text.len &&
           timestamp_from_civil(&civil, time);
}

/* "[Wed, ]10 Oct 2018 20:19[:24] +0000" (RFC 2822, 3.3). */
static bool parse_mail(struct str text, struct timestamp *time) {
    struct civil civil = {0};
    size_t at = 0;
    if (timestamp_weekday(text, &at) && !take(text, &at, ',')) {
        return false;
    }
    skip_spaces(text, &at);
    if (!timestamp_digits(text, &at, 1, 2, &civil.day) || !take(text, &at, ' ')) {
        return false;
    }
    civil.month = timestamp_month(text, &at);
    return take(text, &at, ' ') && timestamp_digits(text, &at, 4, 4, &civil.year) &&
           take(text, &at, ' ') && read_clock(text, &at, &civil) && read_tail(text, &at, &civil) &&
           timestamp_from_civil(&civil, time);
}

static bool epoch_result(int64_t us, enum time_precision precision, struct timestamp *time) {
    if (!in_range(us)) {
        return false;
    }
    *time = (struct timestamp){us, precision};
    return true;
}

/* Seconds, milliseconds or microseconds by size: 10^11 s is the year 5138, 10^11 ms is 1973;
 * 10^14 ms is 5138, 10^14 us is 1973. */
static bool parse_epoch(struct str text, struct timestamp *time) {
    static const int64_t ms_from = INT64_C(100000000000);
    static const int64_t us_from = INT64_C(100000000000000);
    size_t at = 0;
    int64_t whole = 0;
    while (at < text.len && is_digit(text.ptr[at]) && at < 18) {
        whole = whole * 10 + (text.ptr[at++] - '0');
    }
    if (at == 0) {
        return false;
    }
    struct civil fraction = {.precision = TIME_SECOND};
    if (take(text, &at, '.') && !timestamp_fraction(text, &at, &fraction)) {
        return false;
    }
    if (at != text.len) {
        double value; /* "1.606E9" */
        bool has_exponent = text.ptr[at] == 'e' || text.ptr[at] == 'E';
        return has_exponent && str_to_double(text, &value) && value >= 0 && value < 1e11 &&
               epoch_result((int64_t)floor(value) * US_PER_S, TIME_SECOND, time);
    }
    if (whole >= us_from) {
        return epoch_result(whole, TIME_MICROSECOND, time);
    }
    if (whole >= ms_from) {
        return epoch_result(whole * 1000 + fraction.microsecond / 1000,
                            fraction.microsecond ? TIME_MICROSECOND : TIME_MILLISECOND, time);
    }
    return epoch_result(whole * US_PER_S + fraction.microsecond, fraction.precision, time);
}

bool timestamp_parse(struct str text, struct timestamp *time) {
    text = str_trim(text);
    if (text.len == 0 || text.len > 64) {
        return false;
    }
    if (is_letter(text.ptr[0])) {
        return parse_twitter(text, time) || parse_mail(text, time);
    }
    return parse_iso(text, time) || parse_epoch(text, time) || parse_mail(text, time);
}
