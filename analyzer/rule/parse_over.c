/* `over 30m by link: count >= 5 and distinct(account) >= 3` */
#include "rule/field.h"
#include "rule/over.h"
#include "rule/parse.h"

/* A field, by its name or by the short name that reads better behind `by`. */
static bool parse_field_name(struct parser *parser, uint32_t *field) {
    static const struct {
        const char *name;
        const char *field;
    } short_names[] = {{"account", "account.id"},
                       {"post.account", "account.id"},
                       {"platform", "post.platform"},
                       {"lang", "post.lang"}};
    struct str name = parser->token.text;
    *field = parser->token.kind == TOKEN_WORD ? field_find(name) : FIELD_NONE;
    for (size_t i = 0; i < sizeof short_names / sizeof short_names[0]; i++) {
        if (parser->token.kind == TOKEN_WORD && str_is(name, short_names[i].name)) {
            *field = field_find(str_from_c(short_names[i].field));
        }
    }
    if (*field == FIELD_NONE) {
        return false;
    }
    parse_advance(parser);
    return true;
}

static bool parse_similar(struct parser *parser, struct over *over) {
    over->key = OVER_SIMILAR;
    parse_advance(parser);
    if (!expect_sign(parser, "(")) {
        return false;
    }
    if (!str_is(parser->token.text, "post.text")) {
        parse_expected(parser, E_OVER_KEY, "`post.text`");
        return false;
    }
    parse_advance(parser);
    struct place place = parser->token.place;
    if (!expect_sign(parser, ",") ||
        !parse_number(parser, E_OVER_KEY, "a similarity like 0.8", &over->similarity)) {
        return false;
    }
    if (over->similarity <= 0 || over->similarity > 1) {
        parse_error(parser, E_OVER_KEY, place, "a similarity is over 0 and at most 1");
    }
    return expect_sign(parser, ")");
}

static bool parse_key(struct parser *parser, struct over *over) {
    static const struct {
        enum keyword keyword;
        enum over_key key;
    } objects[] = {{KEYWORD_LINK, OVER_LINK},
                   {KEYWORD_HASHTAG, OVER_HASHTAG},
                   {KEYWORD_MENTION, OVER_MENTION}};
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        if (accept_keyword(parser, objects[i].keyword)) {
            over->key = objects[i].key;
            return true;
        }
    }
    if (at_keyword(parser, KEYWORD_SIMILAR)) {
        return parse_similar(parser, over);
    }
    if (parser->token.kind == TOKEN_TERM) {
        over->key = OVER_TERM;
        over->term = parse_term_name(parser);
        return over->term != NULL;
    }
    over->key = OVER_FIELD;
    if (parse_field_name(parser, &over->field) && field_at(over->field)->kind == FIELD_TEXT) {
        return true;
    }
    struct diagnostic *diagnostic = parse_expected(parser, E_OVER_KEY, "a key");
    if (diagnostic) {
        diagnostic->help = STR("a key is a text field like account, link, hashtag, mention, "
                               "similar(post.text, 0.8) or a term");
    }
    return false;
}

/* ---- Measures ---- */

static const struct measure_word {
    enum keyword keyword;
    enum measure_kind kind;
} measure_words[] = {
    {KEYWORD_COUNT_POSTS, MEASURE_COUNT}, {KEYWORD_RATE, MEASURE_RATE},
    {KEYWORD_DISTINCT, MEASURE_DISTINCT}, {KEYWORD_SHARE, MEASURE_SHARE},
    {KEYWORD_MEDIAN, MEASURE_MEDIAN},     {KEYWORD_ENTROPY, MEASURE_ENTROPY},
    {KEYWORD_BURST, MEASURE_BURST},
};

static bool parse_measured_field(struct parser *parser, struct measure *measure) {
    struct place place = parser->token.place;
    if (!parse_field_name(parser, &measure->field)) {
        parse_expected(parser, E_MEASURE_FIELD, "a field like account or account.followers");
        return false;
    }
    if (measure->kind == MEASURE_MEDIAN && field_at(measure->field)->kind != FIELD_NUMBER) {
        parse_error(parser, E_MEASURE_FIELD, place, "only a number field has a median");
    }
    return true;
}

static bool parse_recent(struct parser *parser, const struct over *over, struct measure *measure) {
    struct place place = parser->token.place;
    if (!parse_duration(parser, &measure->recent_us)) {
        return false;
    }
    if (measure->recent_us >= over->duration_us) {
        parse_error(parser, E_DURATION, place, "the burst must be shorter than the window");
    }
    return true;
}

static bool parse_argument(struct parser *parser, struct over *over, struct measure *measure) {
    if (measure->kind == MEASURE_COUNT || measure->kind == MEASURE_RATE) {
        return true;
    }
    if (!expect_sign(parser, "(")) {
        return false;
    }
    bool is_sound;
    if (measure->kind == MEASURE_BURST) {
        is_sound = parse_recent(parser, over, measure);
    } else if (measure->kind == MEASURE_SHARE) {
        measure->slot = over->slot_count++;
        measure->share = parse_inner_condition(parser);
        is_sound = measure->share != NULL;
    } else {
        measure->slot = over->slot_count++;
        is_sound = parse_measured_field(parser, measure);
    }
    return is_sound && expect_sign(parser, ")");
}

/* A number that the measure can reach. */
static void check_reach(struct parser *parser, const struct measure *measure) {
    bool counts = measure->kind == MEASURE_COUNT || measure->kind == MEASURE_DISTINCT;
    bool is_ratio = measure->kind == MEASURE_SHARE || measure->kind == MEASURE_BURST;
    if (measure->number < 0 || (counts && measure->number > OVER_POSTS_MOST) ||
        (is_ratio && measure->number > 1)) {
        struct diagnostic *diagnostic = parse_error(parser, E_MEASURE_RANGE, measure->place,
                                                    "this measure cannot reach this number");
        if (diagnostic) {
            diagnostic->help = STR("counts are 0 to 4096 (a window holds the latest 4,096 posts of "
                                   "a key), shares and p are 0 to 1");
        }
    }
}

static bool parse_measure(struct parser *parser, struct over *over, struct measure *measure) {
    size_t word = 0;
    size_t words = sizeof measure_words / sizeof measure_words[0];
    while (word < words && !at_keyword(parser, measure_words[word].keyword)) {
        word++;
    }
    if (word == words) {
        parse_expected(parser, E_MEASURE_UNKNOWN,
                       "count, rate, distinct, share, median, entropy or burst");
        return false;
    }
    measure->kind = measure_words[word].kind;
    measure->place = parser->token.place;
    parse_advance(parser);
    if (!parse_argument(parser, over, measure)) {
        return false;
    }
    bool is_test = measure->kind == MEASURE_BURST;
    if (is_test && !accept_keyword(parser, KEYWORD_P)) {
        parse_expected(parser, E_MEASURE_COMPARISON, "`p <` and a number like 0.001");
        return false;
    }
    struct place sign = parser->token.place;
    if (!parse_comparison(parser, &measure->comparison)) {
        parse_expected(parser, E_MEASURE_COMPARISON, "a comparison like `>=`");
        return false;
    }
    if (is_test && measure->comparison != COMPARE_LT && measure->comparison != COMPARE_LE) {
        parse_error(parser, E_MEASURE_COMPARISON, sign, "a p is compared with < or <=");
    }
    if (!parse_number(parser, E_NUMBER, "a number", &measure->number)) {
        return false;
    }
    measure->place = place_since(parser, measure->place);
    check_reach(parser, measure);
    return true;
}

/* ---- The condition ---- */

static struct over_condition *parse_any(struct parser *parser, struct over *over);

static struct over_condition *new_condition(struct parser *parser, enum over_kind kind,
                                            struct over_condition *left,
                                            struct over_condition *right) {
    struct over_condition *condition = parse_alloc(parser, sizeof *condition);
    if (condition) {
        *condition = (struct over_condition){.kind = kind, .left = left, .right = right};
    }
    return condition;
}

static struct over_condition *parse_single(struct parser *parser, struct over *over) {
    struct place place = parser->token.place;
    if (over->measure_count == OVER_MEASURES_MOST) {
        parse_error(parser, E_MEASURES_MANY, place, "a window has at most %u measures",
                    OVER_MEASURES_MOST);
        return NULL;
    }
    struct measure *measure = &over->measures[over->measure_count];
    if (!parse_measure(parser, over, measure)) {
        return NULL;
    }
    over->measure_count++;
    struct over_condition *condition = new_condition(parser, OVER_MEASURE, NULL, NULL);
    if (condition) {
        condition->measure = measure;
    }
    return condition;
}

static struct over_condition *parse_nested(struct parser *parser, struct over *over) {
    bool is_not = at_operator(parser, KEYWORD_NOT);
    if (!is_not && !at_sign(parser, "(")) {
        return parse_single(parser, over);
    }
    if (parser->depth >= PARSE_NESTING) {
        parse_error(parser, E_NESTING, parser->token.place, "conditions nest deeper than %u here",
                    PARSE_NESTING);
        return NULL;
    }
    parser->depth++;
    parse_advance(parser);
    struct over_condition *inner = is_not ? parse_nested(parser, over) : parse_any(parser, over);
    parser->depth--;
    if (!inner || (!is_not && !expect_sign(parser, ")"))) {
        return NULL;
    }
    return is_not ? new_condition(parser, OVER_NOT, inner, NULL) : inner;
}

static struct over_condition *parse_all(struct parser *parser, struct over *over) {
    struct over_condition *left = parse_nested(parser, over);
    while (left && accept_operator(parser, KEYWORD_AND)) {
        struct over_condition *right = parse_nested(parser, over);
        left = right ? new_condition(parser, OVER_AND, left, right) : NULL;
    }
    return left;
}

static struct over_condition *parse_any(struct parser *parser, struct over *over) {
    struct over_condition *left = parse_all(parser, over);
    while (left && accept_operator(parser, KEYWORD_OR)) {
        struct over_condition *right = parse_all(parser, over);
        left = right ? new_condition(parser, OVER_OR, left, right) : NULL;
    }
    return left;
}

/* `30m by link:` */
static bool parse_header(struct parser *parser, struct over *over) {
    if (!parse_duration(parser, &over->duration_us)) {
        return false;
    }
    if (!accept_keyword(parser, KEYWORD_BY)) {
        parse_expected(parser, E_EXPECTED, "`by` and a key");
        return false;
    }
    return parse_key(parser, over) && expect_sign(parser, ":");
}

/* The header's own colon would look like a section's. */
static void skip_header(struct parser *parser) {
    while (parser->token.kind != TOKEN_END && !at_sign(parser, ":") && !at_sign(parser, "}") &&
           !at_statement(parser)) {
        parse_advance(parser);
    }
    accept_sign(parser, ":");
}

void parse_over(struct parser *parser) {
    struct place first = parser->token.place;
    struct over *over = parse_alloc(parser, sizeof *over);
    if (!over) {
        return;
    }
    if (!parse_header(parser, over)) {
        skip_header(parser);
        return;
    }
    parser->depth = 0;
    over->condition = parse_any(parser, over);
    if (!over->condition) {
        return;
    }
    over->place = place_since(parser, first);
    if (!at_section_end(parser)) {
        parse_expected(parser, E_EXPECTED, "`and`, `or` or the end of the condition");
        return;
    }
    parser->rule->over = over;
}
