/* The `meta:` section. Values that come from a fixed vocabulary are checked here, where their
 * places are known. */
#include "rule/parse.h"
#include "rule/vocabulary.h"

/* A string or a word. */
static bool parse_value(struct parser *parser, struct str *value) {
    if (parser->token.kind == TOKEN_STRING) {
        return parse_string(parser, "a value", value);
    }
    if (parser->token.kind != TOKEN_WORD || at_section(parser)) {
        parse_expected(parser, E_META_VALUE, "a word or a string");
        return false;
    }
    *value = parser->token.text;
    parse_advance(parser);
    return true;
}

static bool parse_name(struct parser *parser, struct str_list names, const char *code,
                       const char *what, struct str *value) {
    struct place place = parser->token.place;
    struct str name;
    if (!parse_value(parser, &name)) {
        return false;
    }
    if (name_index(names, name) != STR_NOT_FOUND) {
        *value = name;
        return true;
    }
    struct diagnostic *diagnostic =
        parse_error(parser, code, place, "unknown %s `%.*s`", what, (int)name.len, name.ptr);
    struct buffer help = {0};
    for (size_t i = 0; i < names.count; i++) {
        buffer_printf(&help, "%s%s", i == 0 ? "it is one of " : ", ", names.items[i].ptr);
    }
    buffer_append_byte(&help, '\0');
    struct str choices = diagnostics_text(parser->diagnostics, "%s", help.ptr ? help.ptr : "");
    suggest(parser, diagnostic, name, names.items, names.count, choices.ptr);
    buffer_free(&help);
    return true; /* reported: go on behind it */
}

static bool parse_strings(struct parser *parser, struct str **texts, uint32_t *count) {
    struct collector strings = {0};
    bool is_sound = expect_sign(parser, "[");
    while (is_sound && !at_sign(parser, "]")) {
        struct str *text = parse_collect(parser, &strings, sizeof *text);
        is_sound = text && parse_string(parser, "a string", text);
        if (is_sound && !accept_sign(parser, ",") && !at_sign(parser, "]")) {
            parse_expected(parser, E_EXPECTED, "`,` or `]`");
            is_sound = false;
        }
    }
    if (is_sound) {
        parse_advance(parser);
        *texts = parse_move(parser, &strings, sizeof **texts, count);
    }
    collector_free(&strings);
    return is_sound;
}

static bool is_id(struct str id) {
    for (size_t i = 0; i < id.len; i++) {
        char byte = id.ptr[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool is_inner = byte == '-' || byte == '_' || byte == '.';
        if (!is_letter && !(byte >= '0' && byte <= '9') && !(is_inner && i > 0)) {
            return false;
        }
    }
    return id.len > 0 && id.len <= 64;
}

static bool parse_id(struct parser *parser, struct meta *meta) {
    meta->id_place = parser->token.place;
    if (!parse_value(parser, &meta->id)) {
        return false;
    }
    if (!is_id(meta->id)) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_ID_FORM, meta->id_place, "this is not an id");
        if (diagnostic) {
            diagnostic->help = STR("an id is letters, digits and `-`, 64 at most: \"HS-0017\"");
        }
    }
    return true;
}

static bool parse_status(struct parser *parser, struct meta *meta) {
    struct str name = STR_EMPTY;
    if (!parse_name(parser, status_names(), E_STATUS, "status", &name)) {
        return false;
    }
    size_t index = name_index(status_names(), name);
    if (index != STR_NOT_FOUND) {
        meta->status = (enum rule_status)index;
    }
    return true;
}

static bool parse_entry(struct parser *parser, enum keyword key, struct meta *meta) {
    switch (key) {
    case KEYWORD_ID:
        return parse_id(parser, meta);
    case KEYWORD_SEVERITY:
        return parse_name(parser, severity_names(), E_SEVERITY, "severity", &meta->severity);
    case KEYWORD_STATUS:
        return parse_status(parser, meta);
    case KEYWORD_INCIDENT:
        return parse_name(parser, incident_names(), E_INCIDENT, "incident", &meta->incident);
    case KEYWORD_STANCE:
        return parse_name(parser, stance_names(), E_STANCE, "stance", &meta->stance);
    case KEYWORD_NOTE:
        meta->note_place = parser->token.place;
        return parse_string(parser, "a string", &meta->note);
    case KEYWORD_REFS:
        return parse_strings(parser, &meta->refs, &meta->ref_count);
    case KEYWORD_DISARM:
        return parse_strings(parser, &meta->disarm, &meta->disarm_count);
    default:
        return false;
    }
}

static void unknown_key(struct parser *parser) {
    struct str names[KEYWORD_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        if (keyword_at(i)->use == KEYWORD_META_KEY) {
            names[count++] = str_from_c(keyword_at(i)->name);
        }
    }
    struct str key = parser->token.text;
    struct diagnostic *diagnostic = parse_error(parser, E_UNKNOWN_META, parser->token.place,
                                                "unknown key `%.*s`", (int)key.len, key.ptr);
    suggest(parser, diagnostic, key, names, count,
            "the keys are id, severity, status, incident, stance, note, refs and disarm");
}

/* `key =` begins the next entry. */
static void recover(struct parser *parser) {
    while (!at_section_end(parser) &&
           !(parser->token.kind == TOKEN_WORD && parser->next.kind == TOKEN_SIGN &&
             str_is(parser->next.text, "="))) {
        parse_advance(parser);
    }
}

static void parse_key(struct parser *parser, bool seen[KEYWORD_COUNT]) {
    const struct keyword_row *row = keyword_at(parser->token.keyword);
    enum keyword key = parser->token.keyword;
    if (!row || row->use != KEYWORD_META_KEY) {
        unknown_key(parser);
        parse_advance(parser);
        recover(parser);
        return;
    }
    struct place place = parser->token.place;
    if (seen[key]) {
        parse_error(parser, E_META_TWICE, place, "`%s` is given twice", row->name);
    }
    seen[key] = true;
    parse_advance(parser);
    if (!expect_sign(parser, "=") || !parse_entry(parser, key, &parser->rule->meta)) {
        recover(parser);
    }
}

void parse_meta(struct parser *parser) {
    bool seen[KEYWORD_COUNT] = {false};
    while (!at_section_end(parser)) {
        if (parser->token.kind == TOKEN_WORD) {
            parse_key(parser, seen);
        } else {
            parse_expected(parser, E_EXPECTED, "a key like `id`");
            parse_advance(parser);
            recover(parser);
        }
    }
}
