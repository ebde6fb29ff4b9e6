/* Calendar arithmetic without the C library's locale and time zone: days since 1970-01-01 to year,
 * month and day of the proleptic Gregorian calendar, with years that begin in March so that the
 * leap day is the last (Hinnant 2013, civil_from_days). */
#include "report/report.h"

struct civil_date {
    int64_t year;
    int month;
    int day;
};

enum { DAYS_TO_EPOCH = 719468, DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400 };
static const int64_t US_PER_SECOND = 1000000;
static const int64_t US_PER_DAY = 86400 * (int64_t)1000000;

static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

static struct civil_date civil_from_days(int64_t days) {
    days += DAYS_TO_EPOCH;
    int64_t era = floor_divide(days, DAYS_PER_ERA);
    int day_of_era = (int)(days - era * DAYS_PER_ERA);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct civil_date){year_of_era + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0), month,
                               day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

static char *digits_write(char *to, int64_t number, int count) {
    for (int i = count - 1; i >= 0; i--) {
        to[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return to + count;
}

/* Four digits, as posts have them; other years as they are. */
static bool year_write(struct buffer *out, int64_t year) {
    char text[4];
    if (year < 0 || year > 9999) {
        return buffer_append_i64(out, year);
    }
    return buffer_append(out, text, (size_t)(digits_write(text, year, 4) - text));
}

bool report_time(struct buffer *out, int64_t time_us) {
    int64_t days = floor_divide(time_us, US_PER_DAY);
    int64_t in_day = time_us % US_PER_DAY; /* not time_us - days * ..., which may overflow */
    in_day += in_day < 0 ? US_PER_DAY : 0;
    int second = (int)(in_day / US_PER_SECOND);
    int fraction = (int)(in_day % US_PER_SECOND);
    struct civil_date date = civil_from_days(days);
    const int parts[] = {date.month, date.day, second / 3600, second / 60 % 60, second % 60};
    char text[32];
    char *end = text;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        *end++ = "--T::"[i];
        end = digits_write(end, parts[i], 2);
    }
    if (fraction != 0) {
        *end++ = '.';
        end = digits_write(end, fraction, 6);
    }
    *end++ = 'Z';
    return year_write(out, date.year) && buffer_append(out, text, (size_t)(end - text));
}
