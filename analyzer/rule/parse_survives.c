/* `survives variants 0.8 of fires` */
#include "rule/parse.h"

static bool expect_word(struct parser *parser, enum keyword keyword, const char *wanted) {
    if (accept_keyword(parser, keyword)) {
        return true;
    }
    parse_expected(parser, E_EXPECTED, wanted);
    return false;
}

bool parse_survives(struct parser *parser, struct rule_survival *survival) {
    survival->place = parser->token.place;
    survival->is_todo = accept_keyword(parser, KEYWORD_TODO);
    parse_advance(parser);
    if (!expect_word(parser, KEYWORD_VARIANTS, "`variants` and the share that must still fire")) {
        return false;
    }
    struct place place = parser->token.place;
    if (!parse_number(parser, E_NUMBER, "a share like 0.8", &survival->share)) {
        return false;
    }
    if (!(survival->share > 0 && survival->share <= 1)) {
        parse_error(parser, E_SURVIVES_SHARE, place, "the share must be over 0 and up to 1");
    }
    if (!expect_word(parser, KEYWORD_OF, "`of fires`") ||
        !expect_word(parser, KEYWORD_FIRES, "`fires`, whose texts are varied")) {
        return false;
    }
    survival->place = place_since(parser, survival->place);
    return true;
}
