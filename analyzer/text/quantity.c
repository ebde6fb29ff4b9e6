/* Finds quantities: a number, the multipliers after it, and the thing counted. What is a year, a
 * date, a time, a version, a price or a measure is recognised by its neighbours and left out. */
#include "text/quantity.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/entity.h"
#include "text/quantity_reading.h"

struct scan {
    struct str raw;
    struct cells cells;
    struct entity_list entities; /* numbers inside them are left out */
    size_t entity;               /* the first that may still matter */
    struct quantity_list *found;
};

void quantity_list_free(struct quantity_list *quantities) {
    free(quantities->items);
    *quantities = (struct quantity_list){0};
}

static size_t raw_offset(const struct scan *scan, size_t cell) {
    return scan->cells.items[cell].start;
}

/* Raw offset after a cell range that ends before `end`; zero-width characters behind it stay
 * outside. */
static size_t raw_end(const struct scan *scan, size_t end) {
    size_t width;
    size_t last = raw_offset(scan, end - 1);
    utf8_decode(scan->raw, last, &width);
    return last + width;
}

/* "10 a.m." */
static bool is_clock(const struct cells *cells, size_t at) {
    at = skip_spaces(cells, at);
    return cells_match(cells, at, STR("a.m")) || cells_match(cells, at, STR("p.m"));
}

/* Multiplying leaves 1.1 million a hair beside the whole number that is meant. */
static double tidy(double value) {
    if (value >= 1e15) {
        return value;
    }
    double nearest = (double)(uint64_t)(value + 0.5);
    double distance = value > nearest ? value - nearest : nearest - value;
    return distance < value * 1e-12 ? nearest : value;
}

/* "1.234" is a decimal number in front of a multiplier or an amount of data, else thousands;
 * "1,234" is decimal there only in languages that write a decimal comma. */
static double number_value(const struct reading *reading) {
    const struct number *number = &reading->number;
    bool is_scaled = reading->has_multiplier || reading->is_size;
    bool is_decimal =
        number->is_ambiguous && is_scaled && (number->separator == '.' || reading->has_comma);
    return is_decimal ? number->as_decimal : number->value;
}

static bool is_year(const struct reading *reading) {
    const struct number *number = &reading->number;
    return number->is_plain && number->digits == 4 && !reading->has_multiplier &&
           !reading->is_size && number->value >= 1900 && number->value < 2100;
}

static bool add(const struct scan *scan, const struct reading *reading) {
    struct quantity_list *list = scan->found;
    size_t start = raw_offset(scan, reading->start);
    if (list->count > 0 && start < list->items[list->count - 1].end) {
        return true; /* two numbers in one character, such as a fraction */
    }
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        struct quantity *items = realloc(list->items, capacity * sizeof *items);
        if (!items) {
            return false;
        }
        list->items = items;
        list->capacity = capacity;
    }
    struct quantity quantity = {.start = start,
                                .end = raw_end(scan, reading->end),
                                .value = tidy(number_value(reading) * reading->factor),
                                .unit = STR_EMPTY,
                                .is_size = reading->is_size,
                                .has_unit = reading->has_unit};
    if (reading->has_unit) {
        quantity.unit = str_slice(scan->raw, raw_offset(scan, reading->unit_start),
                                  raw_end(scan, reading->unit_end));
    }
    list->items[list->count++] = quantity;
    return true;
}

/* End of a telephone number whose first digits end at `at`: digits, spaces, hyphens and brackets.
 */
static size_t telephone_end(const struct cells *cells, size_t at) {
    size_t next = at;
    for (uint32_t cp; (cp = cell_at(cells, next)) != 0; next++) {
        bool is_digit = cell_digit(cells, next) >= 0;
        if (!is_digit && cp != ' ' && cp != '-' && cp != '(' && cp != ')') {
            break;
        }
        at = is_digit ? next + 1 : at;
    }
    return at;
}

/* Multipliers and the thing counted behind a number in digits. */
static void complete_digits(const struct scan *scan, struct reading *reading) {
    const struct cells *cells = &scan->cells;
    size_t next = skip_spaces(cells, reading->end);
    if (cell_is_alone(cells, next)) {
        if (number_read_chinese(cells, next, &reading->number)) {
            reading->end = reading->number.end;
            reading->has_multiplier = true;
        }
        read_multiplier_alone(cells, reading);
    } else if (cell_is_letter(cells, reading->end)) {
        read_suffix(cells, reading);
    }
    read_multipliers(cells, reading);
    if (is_clock(cells, reading->end)) {
        reading->is_out = true;
        return;
    }
    read_unit(cells, scan->raw, reading);
}

/* "10 to 12 million": the larger number is the quantity, the place is that of both. Only with a
 * multiplier: without one, two numbers are as often a score or a date. */
static bool complete_range(const struct scan *scan, struct reading *reading) {
    struct reading both = {.start = reading->start, .factor = 1};
    size_t second = range_second(&scan->cells, reading->end);
    if (second == 0 || !number_read(&scan->cells, second, &both.number) ||
        both.number.value <= reading->number.value) {
        return false;
    }
    both.end = both.number.end;
    complete_digits(scan, &both);
    if (both.is_out || !both.has_multiplier) {
        return false;
    }
    *reading = both;
    return true;
}

/* Digits at *at; moves *at past what was read. False: memory is out. */
static bool take_digits(const struct scan *scan, size_t *at) {
    const struct cells *cells = &scan->cells;
    struct reading reading = {.start = *at, .factor = 1};
    bool is_bound = is_bound_before(cells, *at);
    bool is_number = number_read(cells, *at, &reading.number);
    if (*at > 0 && cell_at(cells, *at - 1) == '+') {
        reading.number.end = telephone_end(cells, reading.number.end);
    }
    *at = reading.end = reading.number.end;
    if (!is_number || is_bound) {
        return true;
    }
    if (!complete_range(scan, &reading)) {
        complete_digits(scan, &reading);
    }
    /* What was read beyond the number has already said that it is one. */
    bool is_open = reading.end == reading.number.end && !reading.has_multiplier;
    if (reading.is_out || is_year(&reading) || (is_open && is_bound_after(cells, reading.end)) ||
        (reading.has_multiplier && !reading.has_unit && is_bound_after(cells, reading.end))) {
        return true;
    }
    *at = reading.end;
    return add(scan, &reading);
}

/* "several" and "a few" before a multiplier: no number is claimed ("数百万"). */
static bool is_indefinite(const struct cells *cells, size_t at) {
    uint32_t before = at > 0 ? cell_at(cells, at - 1) : 0;
    return before == 0x6570 || before == 0x51e0 || before == 0xc218;
}

/* Chinese numerals at *at. Everyday words are full of them ("一些", "千万"), so that a multiplier
 * is needed, and a thing counted where they begin with one or mean less than a hundred. */
static bool take_chinese(const struct scan *scan, size_t *at) {
    const struct cells *cells = &scan->cells;
    struct reading reading = {.start = *at, .factor = 1};
    bool is_bound = is_bound_before(cells, *at) || is_indefinite(cells, *at);
    bool is_number = number_read_chinese(cells, *at, &reading.number);
    *at = reading.end = reading.number.end > *at ? reading.number.end : *at + 1;
    if (!is_number) {
        return true;
    }
    reading.has_multiplier = true;
    read_unit(cells, scan->raw, &reading);
    bool is_doubtful = reading.number.is_bare_start || reading.number.value < 100;
    bool is_far = reading.has_unit && reading.unit_start > reading.number.end + 1;
    if (is_bound || reading.is_out || (is_doubtful && (!reading.has_unit || is_far))) {
        return true;
    }
    *at = reading.end;
    return add(scan, &reading);
}

/* A number in words alone is a quantity only right before the thing counted, and from here on:
 * "two" and "three" are said of too much else. */
#define SPELLED_LEAST 20

/* "two million", "пять миллионов", "hunderttausend": a number in words. */
static bool take_word(const struct scan *scan, size_t *at) {
    const struct cells *cells = &scan->cells;
    struct reading reading = {.start = *at, .factor = 1};
    bool is_whole;
    bool is_number = number_read_spelled(cells, *at, &reading.number, &is_whole);
    *at = reading.end = reading.number.end;
    if (!is_number || is_bound_before(cells, reading.start)) {
        return true;
    }
    if (is_whole) { /* it holds its multiplier, so that "and a half" is half of that */
        reading.factor = reading.number.value;
        reading.number.value = 1;
    }
    read_multipliers(cells, &reading);
    size_t end = reading.end;
    read_unit(cells, scan->raw, &reading);
    bool is_counting = reading.has_unit && skip_spaces(cells, end) == reading.unit_start &&
                       reading.number.value * reading.factor >= SPELLED_LEAST;
    if (!reading.has_multiplier && !(is_whole ? reading.has_unit : is_counting)) {
        return true;
    }
    *at = reading.end;
    return reading.is_out || add(scan, &reading);
}

/* Moves *at behind the entity that covers it, if there is one. */
static bool skip_entity(struct scan *scan, size_t *at) {
    size_t offset = raw_offset(scan, *at);
    while (scan->entity < scan->entities.count &&
           scan->entities.items[scan->entity].end <= offset) {
        scan->entity++;
    }
    if (scan->entity == scan->entities.count || scan->entities.items[scan->entity].start > offset) {
        return false;
    }
    size_t end = scan->entities.items[scan->entity].end;
    while (*at < scan->cells.count && raw_offset(scan, *at) < end) {
        ++*at;
    }
    return true;
}

static bool take_all(struct scan *scan) {
    const struct cells *cells = &scan->cells;
    size_t at = 0;
    while (at < cells->count) {
        bool is_fine = true;
        if (skip_entity(scan, &at)) {
            continue;
        }
        if (cell_digit(cells, at) >= 0) {
            is_fine = take_digits(scan, &at);
        } else if (cell_is_letter(cells, at)) {
            is_fine = take_word(scan, &at);
        } else if (is_chinese_number(cell_at(cells, at))) {
            is_fine = take_chinese(scan, &at);
        } else {
            at++;
        }
        if (!is_fine) {
            return false;
        }
    }
    return true;
}

bool quantities_of(struct str text, struct quantity_list *quantities) {
    struct scan scan = {.raw = text, .found = quantities};
    quantities->count = 0;
    if (text.len >= UINT32_MAX || !cells_of(text, &scan.cells)) {
        return false;
    }
    bool is_done = entities_of(text, &scan.entities) && take_all(&scan);
    entity_list_free(&scan.entities);
    free(scan.cells.items);
    return is_done;
}
