#include "cli/percentage.h"

#include "cli/terminal.h"

bool percentage_read(const struct arguments *arguments, enum option_id option, double *value) {
    const char *text = arguments->values[option];
    *value = 0;
    if (!text) {
        return true;
    }
    bool is_number = str_to_double(str_from_c(text), value);
    if (!is_number || !(*value >= 0 && *value <= 100)) {
        terminal_error("--%s takes a percentage, 0 to 100", option_at(option)->name);
        return false;
    }
    return true;
}

bool percentage_reaches(size_t part, size_t whole, double threshold) {
    return (double)part * 100 >= threshold * (double)whole;
}

void percentage_append(struct buffer *out, size_t part, size_t whole) {
    uint64_t tenths = whole > 0 ? (uint64_t)part * 1000 / whole : 1000;
    buffer_printf(out, "%llu.%llu %% (%zu of %zu)", (unsigned long long)(tenths / 10),
                  (unsigned long long)(tenths % 10), part, whole);
}
