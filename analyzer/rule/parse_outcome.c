/* The `outcome:` section. */
#include "rule/parse.h"

#define LABEL_NAME_BYTES 64u

static bool parse_weight(struct parser *parser, struct outcome *outcome) {
    struct place place = parser->token.place;
    if (!parse_number(parser, E_NUMBER, "a number", &outcome->weight)) {
        return false;
    }
    outcome->has_weight = true;
    if (outcome->weight < -PARSE_WEIGHT || outcome->weight > PARSE_WEIGHT) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_WEIGHT_RANGE, place, "a weight is -20 to 20");
        if (diagnostic) {
            diagnostic->help = STR("weights are log-odds: 2.3 makes the odds 10 times larger");
        }
    }
    return true;
}

static bool parse_cap(struct parser *parser, struct outcome *outcome) {
    struct place place = parser->token.place;
    if (!parse_number(parser, E_NUMBER, "a number", &outcome->cap)) {
        return false;
    }
    outcome->has_cap = true;
    if (outcome->cap < 0 || outcome->cap > PARSE_WEIGHT) {
        parse_error(parser, E_CAP_RANGE, place, "a cap is 0 to 20");
    }
    return true;
}

static bool parse_group(struct parser *parser, struct outcome *outcome) {
    if (parser->token.kind == TOKEN_WORD) {
        outcome->group = parser->token.text;
        parse_advance(parser);
        return true;
    }
    return parse_string(parser, "the group's name", &outcome->group);
}

/* `victim = $who.name` */
static bool parse_extract(struct parser *parser, struct extract *extract) {
    extract->place = parser->token.place;
    if (!at_keyword(parser, KEYWORD_VICTIM) && !at_keyword(parser, KEYWORD_QUANTITY)) {
        parse_expected(parser, E_EXTRACT_FIELD, "`victim` or `quantity`");
        return false;
    }
    extract->field = parser->token.text;
    parse_advance(parser);
    if (!expect_sign(parser, "=")) {
        return false;
    }
    if (parser->token.kind != TOKEN_TERM) {
        parse_expected(parser, E_EXTRACT_TERM, "a term");
        return false;
    }
    extract->term = parse_term_name(parser);
    if (accept_sign(parser, ".")) {
        if (parser->token.kind != TOKEN_WORD) {
            parse_expected(parser, E_EXTRACT_GROUP, "the name of a group of the regex");
            return false;
        }
        extract->group = parser->token.text;
        parse_advance(parser);
    }
    extract->place = place_since(parser, extract->place);
    return true;
}

static bool parse_extracts(struct parser *parser, struct outcome *outcome) {
    struct collector extracts = {0};
    bool is_sound = true;
    do {
        struct extract extract = {.group = STR_EMPTY};
        is_sound = parse_extract(parser, &extract);
        struct extract *slot =
            is_sound && extract.term ? parse_collect(parser, &extracts, sizeof *slot) : NULL;
        if (slot) {
            *slot = extract;
        }
    } while (is_sound && accept_sign(parser, ","));
    outcome->extracts =
        parse_move(parser, &extracts, sizeof *outcome->extracts, &outcome->extract_count);
    collector_free(&extracts);
    return is_sound;
}

static bool is_label_name(struct str name) {
    for (size_t i = 0; i < name.len; i++) {
        char byte = name.ptr[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (!is_letter && !(byte >= '0' && byte <= '9') && byte != '-' && byte != '_') {
            return false;
        }
    }
    return name.len > 0 && name.len <= LABEL_NAME_BYTES;
}

/* `account "amplifier" for 7d` */
static bool parse_label_parts(struct parser *parser, struct label *label) {
    if (!accept_keyword(parser, KEYWORD_ACCOUNT)) {
        parse_expected(parser, E_EXPECTED, "`account`");
        return false;
    }
    struct place name_place = parser->token.place;
    if (!parse_string(parser, "the label's name", &label->name)) {
        return false;
    }
    if (!is_label_name(label->name)) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_LABEL_NAME, name_place, "this cannot be the name of a label");
        if (diagnostic) {
            diagnostic->help = STR("a label is 1 to 64 letters, digits, hyphens and underscores");
        }
        return false;
    }
    if (!accept_keyword(parser, KEYWORD_FOR)) {
        parse_expected(parser, E_EXPECTED, "`for` and a duration");
        return false;
    }
    return parse_duration(parser, &label->duration_us);
}

static bool parse_label(struct parser *parser, struct outcome *outcome, struct place place) {
    struct label label = {.place = place};
    if (!parse_label_parts(parser, &label)) {
        return false;
    }
    label.place = place_since(parser, place);
    for (uint32_t i = 0; i < outcome->label_count; i++) {
        if (str_equal(outcome->labels[i].name, label.name)) {
            parse_error(parser, E_OUTCOME_TWICE, label.place, "this label is given twice");
            return true;
        }
    }
    if (outcome->label_count == PARSE_LABELS) {
        parse_error(parser, E_LABELS_MANY, label.place, "a rule gives at most %u labels",
                    PARSE_LABELS);
        return true;
    }
    if (!outcome->labels) {
        outcome->labels = parse_alloc(parser, PARSE_LABELS * sizeof *outcome->labels);
    }
    if (outcome->labels) {
        outcome->labels[outcome->label_count++] = label;
    }
    return true;
}

static bool is_part(const struct parser *parser) {
    switch (parser->token.keyword) {
    case KEYWORD_WEIGHT:
    case KEYWORD_GROUP:
    case KEYWORD_CAP:
    case KEYWORD_EXTRACT:
    case KEYWORD_LABEL:
        return true;
    default:
        return false;
    }
}

static void recover(struct parser *parser) {
    while (!at_section_end(parser) && !is_part(parser)) {
        parse_advance(parser);
    }
}

static bool parse_part(struct parser *parser, struct outcome *outcome) {
    enum keyword part = parser->token.keyword;
    struct place place = parser->token.place;
    parse_advance(parser);
    bool is_again = (part == KEYWORD_WEIGHT && outcome->has_weight) ||
                    (part == KEYWORD_GROUP && outcome->group.len > 0) ||
                    (part == KEYWORD_CAP && outcome->has_cap) ||
                    (part == KEYWORD_EXTRACT && outcome->extract_count > 0);
    if (is_again) {
        parse_error(parser, E_OUTCOME_TWICE, place, "`%s` is given twice", keyword_at(part)->name);
    }
    switch (part) {
    case KEYWORD_WEIGHT:
        return parse_weight(parser, outcome);
    case KEYWORD_GROUP:
        return parse_group(parser, outcome);
    case KEYWORD_CAP:
        return parse_cap(parser, outcome);
    case KEYWORD_EXTRACT:
        return parse_extracts(parser, outcome);
    default:
        return parse_label(parser, outcome, place);
    }
}

void parse_outcome(struct parser *parser) {
    struct outcome *outcome = &parser->rule->outcome;
    while (!at_section_end(parser)) {
        if (is_part(parser)) {
            if (!parse_part(parser, outcome)) {
                recover(parser);
            }
            continue;
        }
        static const struct str parts[] = {
            {"weight", 6}, {"group", 5}, {"cap", 3}, {"extract", 7}, {"label", 5}};
        struct str word = parser->token.text;
        bool is_word = parser->token.kind == TOKEN_WORD;
        struct diagnostic *diagnostic =
            is_word ? parse_error(parser, E_OUTCOME_UNKNOWN, parser->token.place,
                                  "unknown part `%.*s` of an outcome", (int)word.len, word.ptr)
                    : parse_expected(parser, E_EXPECTED, "weight, group, cap, extract or label");
        suggest(parser, diagnostic, word, parts, sizeof parts / sizeof parts[0],
                "the parts are weight, group, cap, extract and label");
        parse_advance(parser);
        recover(parser);
    }
}
