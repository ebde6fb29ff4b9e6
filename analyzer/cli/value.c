#include "cli/value.h"

struct unit {
    const char *name;
    double factor;
};

static const struct unit time_units[] = {
    {"", 1}, {"ms", 0.001}, {"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86400},
};

static const struct unit size_units[] = {
    {"", 1},
    {"b", 1},
    {"k", 1024},
    {"kb", 1024},
    {"kib", 1024},
    {"m", 1048576},
    {"mb", 1048576},
    {"mib", 1048576},
    {"g", 1073741824},
    {"gb", 1073741824},
    {"gib", 1073741824},
    {"t", 1099511627776},
    {"tb", 1099511627776},
    {"tib", 1099511627776},
};

/* Splits "1.5h" at the first letter, multiplies, and refuses what is not above zero. */
static bool scaled(struct str text, const struct unit *units, size_t unit_count, double *value) {
    size_t split = 0;
    text = str_trim(text);
    while (split < text.len &&
           ((text.ptr[split] >= '0' && text.ptr[split] <= '9') || text.ptr[split] == '.')) {
        split++;
    }
    double number;
    if (!str_to_double(str_slice(text, 0, split), &number)) {
        return false;
    }
    struct str name = str_trim(str_slice(text, split, text.len));
    for (size_t i = 0; i < unit_count; i++) {
        if (str_equal_ascii_case(name, str_from_c(units[i].name))) {
            *value = number * units[i].factor;
            return *value > 0;
        }
    }
    return false;
}

bool value_duration(struct str text, double *seconds) {
    const double longest_s = 100.0 * 365 * 86400; /* a mistyped unit, not a window */
    double value;
    if (!scaled(text, time_units, sizeof time_units / sizeof time_units[0], &value) ||
        value > longest_s) {
        return false;
    }
    *seconds = value;
    return true;
}

bool value_size(struct str text, uint64_t *bytes) {
    double value;
    if (!scaled(text, size_units, sizeof size_units / sizeof size_units[0], &value) || value < 1 ||
        value > 9e18) {
        return false;
    }
    *bytes = (uint64_t)value;
    return true;
}

bool value_share(struct str text, double *share) {
    double value;
    if (!str_to_double(str_trim(text), &value) || !(value > 0) || value > 1) {
        return false;
    }
    *share = value;
    return true;
}

bool value_count(struct str text, uint64_t least, uint64_t most, uint64_t *count) {
    uint64_t value;
    if (!str_to_u64(text, &value) || value < least || value > most) {
        return false;
    }
    *count = value;
    return true;
}
