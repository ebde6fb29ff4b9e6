/* `90s`, `30m`, `24h`, `7d`. */
#include "rule/parse.h"

#define SECOND_US 1000000ll
#define DURATION_DAYS_MOST 366

static const struct {
    char unit;
    int64_t us;
} units[] = {
    {'s', SECOND_US}, {'m', 60 * SECOND_US}, {'h', 3600 * SECOND_US}, {'d', 24 * 3600 * SECOND_US}};

static int64_t duration_of(struct str text) {
    uint64_t number;
    if (text.len < 2 || !str_to_u64(str_slice(text, 0, text.len - 1), &number)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        int64_t most = DURATION_DAYS_MOST * units[3].us / units[i].us;
        if (text.ptr[text.len - 1] == units[i].unit && number <= (uint64_t)most) {
            return (int64_t)number * units[i].us;
        }
    }
    return 0;
}

bool parse_duration(struct parser *parser, int64_t *us) {
    *us = parser->token.kind == TOKEN_NUMBER ? duration_of(parser->token.text) : 0;
    if (*us == 0) {
        struct diagnostic *diagnostic = parse_expected(parser, E_DURATION, "a duration");
        if (diagnostic) {
            diagnostic->help = STR("a duration is a whole number with s, m, h or d: 90s, 30m, 24h, "
                                   "7d; at most 366d");
        }
        return false;
    }
    parse_advance(parser);
    return true;
}
