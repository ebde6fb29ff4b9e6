#include "text/quantity_number.h"

#define GROUPS_MAX 12
#define NUMBER_MAX 1e18 /* a row of multipliers is no number of things */
#define DIGITS_MAX 15   /* more are an id or a telephone number, and no longer exact in a double */

/* Runs of digits and the separator before each. */
struct groups {
    double values[GROUPS_MAX];
    size_t lengths[GROUPS_MAX];
    size_t ends[GROUPS_MAX];
    uint32_t separators[GROUPS_MAX]; /* 0 for the first */
    size_t count;
    size_t digits;
    bool has_leading_zero;
};

static size_t read_digits(const struct cells *cells, size_t at, double *value) {
    *value = 0;
    for (int digit; (digit = cell_digit(cells, at)) >= 0; at++) {
        *value = *value * 10 + digit;
    }
    return at;
}

/* The separator at `at` in one spelling per meaning, 0 if there is none. */
static uint32_t separator_at(const struct cells *cells, size_t at) {
    switch (cell_at(cells, at)) {
    case ',':
    case 0x66c: /* Arabic thousands separator */
        return ',';
    case '.':
    case 0x66b: /* Arabic decimal separator */
        return '.';
    case '\'':
    case 0x2019:
        return '\'';
    case ' ':
        return ' ';
    default:
        return 0;
    }
}

/* A space parts thousands only: one to three digits before the first, three after each. */
static bool is_space_in_number(const struct cells *cells, size_t at, const struct groups *groups) {
    for (size_t i = 1; i < groups->count; i++) {
        if (groups->separators[i] != ' ') {
            return false;
        }
    }
    for (size_t i = 1; i <= 3; i++) {
        if (cell_digit(cells, at + i) < 0) {
            return false;
        }
    }
    return cell_digit(cells, at + 4) < 0 && groups->lengths[0] <= 3 && !groups->has_leading_zero;
}

static void read_groups(const struct cells *cells, size_t at, struct groups *groups) {
    uint32_t separator = 0;
    *groups = (struct groups){0};
    groups->has_leading_zero = cell_digit(cells, at) == 0 && cell_digit(cells, at + 1) >= 0;
    while (groups->count < GROUPS_MAX) {
        size_t i = groups->count++;
        groups->separators[i] = separator;
        groups->ends[i] = read_digits(cells, at, &groups->values[i]);
        groups->lengths[i] = groups->ends[i] - at;
        groups->digits += groups->lengths[i];
        at = groups->ends[i];
        separator = separator_at(cells, at);
        if (!separator || cell_digit(cells, at + 1) < 0 ||
            (separator == ' ' && !is_space_in_number(cells, at, groups))) {
            return;
        }
        at++;
    }
}

/* Whether groups [0, count) are thousands: 1,234,567 or, in India, 12,34,567. */
static bool are_thousands(const struct groups *groups, size_t count) {
    bool is_western = groups->lengths[0] <= 3;
    bool is_indian = groups->lengths[0] <= 2 && count > 2;
    for (size_t i = 1; i < count; i++) {
        is_western = is_western && groups->lengths[i] == 3;
        is_indian = is_indian && groups->lengths[i] == (i + 1 < count ? 2u : 3u);
        if (groups->separators[i] != groups->separators[1]) {
            return false;
        }
    }
    return (is_western || is_indian) && !groups->has_leading_zero;
}

static double scale(size_t digits) {
    double factor = 1;
    while (digits-- > 0) {
        factor *= 10;
    }
    return factor;
}

static double join(const struct groups *groups, size_t count) {
    double value = groups->values[0];
    for (size_t i = 1; i < count; i++) {
        value = value * scale(groups->lengths[i]) + groups->values[i];
    }
    return value;
}

/* `join` and one division, so that 23.5 is the double that the compiler makes of it. */
static double join_decimal(const struct groups *groups) {
    return join(groups, groups->count) / scale(groups->lengths[groups->count - 1]);
}

bool number_read(const struct cells *cells, size_t at, struct number *number) {
    struct groups groups;
    read_groups(cells, at, &groups);
    size_t last = groups.count - 1;
    *number = (struct number){.end = groups.ends[last], .digits = groups.digits};
    if (groups.digits > DIGITS_MAX || groups.count == GROUPS_MAX) {
        return false;
    }
    uint32_t separator = groups.separators[last];
    if (last == 0) {
        number->value = groups.values[0];
        number->is_plain = true;
        return !groups.has_leading_zero;
    }
    if (are_thousands(&groups, groups.count)) {
        number->value = join(&groups, groups.count);
        number->is_ambiguous =
            last == 1 && (separator == ',' || separator == '.') && groups.values[0] > 0;
        number->as_decimal = join_decimal(&groups);
        number->separator = separator;
        if (groups.values[0] > 0) {
            return true;
        }
    }
    bool is_decimal_sign = separator == ',' || separator == '.';
    bool is_first_of_kind = last == 1 || groups.separators[last - 1] != separator;
    number->value = join_decimal(&groups);
    return is_decimal_sign && is_first_of_kind && !groups.has_leading_zero &&
           (last == 1 || are_thousands(&groups, last));
}

/* ---- Chinese, Japanese, Korean ---- */

struct sign {
    uint32_t cp; /* as folded: Simplified */
    double value;
};

static const struct sign numerals[] = {
    {0x3007, 0}, {0x96f6, 0}, {0x4e00, 1}, {0x4e8c, 2}, {0x4e24, 2}, {0x4e09, 3}, {0x56db, 4},
    {0x4e94, 5}, {0x516d, 6}, {0x4e03, 7}, {0x516b, 8}, {0x4e5d, 9}, {0x58f9, 1}, {0x8d30, 2},
    {0x53c1, 3}, {0x8086, 4}, {0x4f0d, 5}, {0x9646, 6}, {0x67d2, 7}, {0x634c, 8}, {0x7396, 9},
};

/* Ten, hundred, thousand within a section; ten thousand and its powers close one. */
static const struct sign multipliers[] = {
    {0x5341, 1e1}, {0x62fe, 1e1}, {0x767e, 1e2}, {0x4f70, 1e2},  {0x5343, 1e3},
    {0x4edf, 1e3}, {0x4e07, 1e4}, {0x4ebf, 1e8}, {0x5146, 1e12}, {0xc2ed, 1e1},
    {0xbc31, 1e2}, {0xcc9c, 1e3}, {0xb9cc, 1e4}, {0xc5b5, 1e8},  {0xc870, 1e12},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static double sign_value(const struct sign *table, size_t count, uint32_t cp) {
    for (size_t i = 0; i < count; i++) {
        if (table[i].cp == cp) {
            return table[i].value;
        }
    }
    return -1;
}

bool is_chinese_number(uint32_t cp) {
    return cp >= 0x3007 && (sign_value(numerals, COUNT(numerals), cp) >= 0 ||
                            sign_value(multipliers, COUNT(multipliers), cp) >= 0);
}

/* "and more", "and a few": they do not change what is claimed at least. */
static bool is_more(uint32_t cp) {
    return cp == 0x591a || cp == 0x4f59 || cp == 0x51e0 || cp == 0xc5ec;
}

/* A number as it grows: total + section + pending. */
struct growth {
    double total;
    double section;
    double pending; /* digits that no multiplier has taken up; -1: none */
    double last_multiplier;
    bool has_multiplier;
    bool has_zero;       /* a zero since the last multiplier: "一千零五" is 1005 */
    bool is_one_numeral; /* pending is one numeral, not Arabic digits: "三千五" is 3500 */
};

static void multiply(struct growth *growth, double factor) {
    if (factor < 1e4) {
        growth->section += (growth->pending < 0 ? 1 : growth->pending) * factor;
    } else {
        growth->section += growth->pending < 0 ? 0 : growth->pending;
        if (growth->section == 0 && growth->total > 0) {
            growth->total *= factor; /* "1.5万亿" */
        } else {
            growth->total += (growth->section == 0 ? 1 : growth->section) * factor;
        }
        growth->section = 0;
    }
    growth->pending = -1;
    growth->last_multiplier = factor;
    growth->has_multiplier = true;
    growth->has_zero = false;
}

static void add_numeral(struct growth *growth, double numeral) {
    growth->is_one_numeral = growth->pending < 0;
    growth->has_zero = growth->has_zero || numeral == 0;
    growth->pending = growth->pending < 0 ? numeral : growth->pending * 10 + numeral;
}

/* "三点五": the digits after the point at `at`; returns the cell after them. */
static size_t add_fraction(const struct cells *cells, size_t at, struct growth *growth) {
    double factor = 0.1;
    double numeral;
    size_t next = at + 1;
    while ((numeral = sign_value(numerals, COUNT(numerals), cell_at(cells, next))) >= 0) {
        growth->pending += numeral * factor;
        factor /= 10;
        next++;
    }
    growth->is_one_numeral = false;
    return next;
}

/* Takes up what stands at `at` and returns the cell after it; `at` itself if it is no part. */
static size_t grow(const struct cells *cells, size_t at, struct growth *growth) {
    uint32_t cp = cell_at(cells, at);
    double numeral = sign_value(numerals, COUNT(numerals), cp);
    double factor = sign_value(multipliers, COUNT(multipliers), cp);
    if (factor > 0) {
        multiply(growth, factor);
        return at + 1;
    }
    if (numeral >= 0) {
        add_numeral(growth, numeral);
        return at + 1;
    }
    if (cp == 0x70b9 && growth->pending >= 0 &&
        sign_value(numerals, COUNT(numerals), cell_at(cells, at + 1)) >= 0) {
        return add_fraction(cells, at, growth);
    }
    bool is_multiplier_next =
        sign_value(multipliers, COUNT(multipliers), cell_at(cells, at + 1)) > 0;
    if (is_more(cp) && ((growth->has_multiplier && growth->pending < 0) || is_multiplier_next)) {
        return at + 1; /* "三百多", "20多万" */
    }
    size_t digits_at = at + (cp == ' ' && growth->has_multiplier);
    if (cell_digit(cells, digits_at) >= 0 && growth->pending < 0) {
        size_t end = read_digits(cells, digits_at, &growth->pending);
        bool goes_on = sign_value(multipliers, COUNT(multipliers), cell_at(cells, end)) > 0;
        growth->is_one_numeral = false;
        if (goes_on || digits_at == at) {
            return end;
        }
        growth->pending = -1;
    }
    return at;
}

bool number_read_chinese(const struct cells *cells, size_t at, struct number *number) {
    bool is_after_digits = number->digits > 0;
    struct growth growth = {.pending = is_after_digits ? number->value : -1};
    bool is_multiplier_first = sign_value(multipliers, COUNT(multipliers), cell_at(cells, at)) > 0;
    size_t end = at;
    if (is_after_digits && !is_multiplier_first && !is_more(cell_at(cells, at))) {
        return false;
    }
    for (size_t next; (next = grow(cells, end, &growth)) > end;) {
        end = next;
    }
    number->end = end > number->end ? end : number->end;
    if (!growth.has_multiplier) {
        return false;
    }
    if (growth.pending > 0) {
        bool is_colloquial =
            growth.is_one_numeral && !growth.has_zero && growth.last_multiplier >= 100;
        growth.section += growth.pending * (is_colloquial ? growth.last_multiplier / 10 : 1);
    }
    if (growth.total + growth.section > NUMBER_MAX) {
        return false;
    }
    number->value = growth.total + growth.section;
    number->has_multiplier = true;
    number->is_plain = false;
    number->is_bare_start = is_multiplier_first && !is_after_digits;
    return true;
}
