#include "rule/keyword.h"

static const struct keyword_row keywords[KEYWORD_COUNT] = {
    [KEYWORD_ACCOUNT] = {"account", KEYWORD_CLAUSE},
    [KEYWORD_ALL] = {"all", KEYWORD_CONDITION},
    [KEYWORD_AND] = {"and", KEYWORD_CONDITION},
    [KEYWORD_ANY] = {"any", KEYWORD_CONDITION},
    [KEYWORD_AS] = {"as", KEYWORD_CLAUSE},
    [KEYWORD_AT] = {"at", KEYWORD_CLAUSE},
    [KEYWORD_BECAUSE] = {"because", KEYWORD_CLAUSE},
    [KEYWORD_BEFORE] = {"before", KEYWORD_CONDITION},
    [KEYWORD_BURST] = {"burst", KEYWORD_CLAUSE},
    [KEYWORD_BY] = {"by", KEYWORD_CLAUSE},
    [KEYWORD_CAP] = {"cap", KEYWORD_CLAUSE},
    [KEYWORD_COUNT_POSTS] = {"count", KEYWORD_CLAUSE},
    [KEYWORD_DISARM] = {"disarm", KEYWORD_META_KEY},
    [KEYWORD_DISTINCT] = {"distinct", KEYWORD_CLAUSE},
    [KEYWORD_DOMAIN] = {"domain", KEYWORD_CLAUSE},
    [KEYWORD_EACH] = {"each", KEYWORD_CLAUSE},
    [KEYWORD_ENTROPY] = {"entropy", KEYWORD_CLAUSE},
    [KEYWORD_EXTRACT] = {"extract", KEYWORD_CLAUSE},
    [KEYWORD_FALSE] = {"false", KEYWORD_CONDITION},
    [KEYWORD_FIRES] = {"fires", KEYWORD_CLAUSE},
    [KEYWORD_FOLD] = {"fold", KEYWORD_CLAUSE},
    [KEYWORD_FOR] = {"for", KEYWORD_CLAUSE},
    [KEYWORD_FROM] = {"from", KEYWORD_CLAUSE},
    [KEYWORD_GROUP] = {"group", KEYWORD_CLAUSE},
    [KEYWORD_HASHTAG] = {"hashtag", KEYWORD_CLAUSE},
    [KEYWORD_HEARSAY] = {"hearsay", KEYWORD_CLAUSE},
    [KEYWORD_ID] = {"id", KEYWORD_META_KEY},
    [KEYWORD_IMPORT] = {"import", KEYWORD_STATEMENT},
    [KEYWORD_IN] = {"in", KEYWORD_CONDITION},
    [KEYWORD_INCIDENT] = {"incident", KEYWORD_META_KEY},
    [KEYWORD_LABEL] = {"label", KEYWORD_CLAUSE},
    [KEYWORD_LANG] = {"lang", KEYWORD_CLAUSE},
    [KEYWORD_LEET] = {"leet", KEYWORD_CLAUSE},
    [KEYWORD_LINE] = {"line", KEYWORD_CLAUSE},
    [KEYWORD_LINK] = {"link", KEYWORD_CLAUSE},
    [KEYWORD_LIST] = {"list", KEYWORD_STATEMENT},
    [KEYWORD_MATCH] = {"match", KEYWORD_SECTION},
    [KEYWORD_MEDIAN] = {"median", KEYWORD_CLAUSE},
    [KEYWORD_MENTION] = {"mention", KEYWORD_CLAUSE},
    [KEYWORD_META] = {"meta", KEYWORD_SECTION},
    [KEYWORD_NEAR] = {"near", KEYWORD_CONDITION},
    [KEYWORD_NOT] = {"not", KEYWORD_CONDITION},
    [KEYWORD_NOTE] = {"note", KEYWORD_META_KEY},
    [KEYWORD_OF] = {"of", KEYWORD_CONDITION},
    [KEYWORD_OR] = {"or", KEYWORD_CONDITION},
    [KEYWORD_OUTCOME] = {"outcome", KEYWORD_SECTION},
    [KEYWORD_OVER] = {"over", KEYWORD_SECTION},
    [KEYWORD_P] = {"p", KEYWORD_CLAUSE},
    [KEYWORD_PACK] = {"pack", KEYWORD_STATEMENT},
    [KEYWORD_POST] = {"post", KEYWORD_CLAUSE},
    [KEYWORD_PRIOR] = {"prior", KEYWORD_STATEMENT},
    [KEYWORD_PRIVATE] = {"private", KEYWORD_STATEMENT},
    [KEYWORD_QUANTITY] = {"quantity", KEYWORD_CLAUSE},
    [KEYWORD_RATE] = {"rate", KEYWORD_CLAUSE},
    [KEYWORD_REFS] = {"refs", KEYWORD_META_KEY},
    [KEYWORD_REQUIRES] = {"requires", KEYWORD_CLAUSE},
    [KEYWORD_RULE] = {"rule", KEYWORD_STATEMENT},
    [KEYWORD_SENTENCE] = {"sentence", KEYWORD_CLAUSE},
    [KEYWORD_SERIES] = {"series", KEYWORD_CLAUSE},
    [KEYWORD_SEVERITY] = {"severity", KEYWORD_META_KEY},
    [KEYWORD_SHARE] = {"share", KEYWORD_CLAUSE},
    [KEYWORD_SILENT] = {"silent", KEYWORD_CLAUSE},
    [KEYWORD_SIMILAR] = {"similar", KEYWORD_CLAUSE},
    [KEYWORD_STANCE] = {"stance", KEYWORD_META_KEY},
    [KEYWORD_STATUS] = {"status", KEYWORD_META_KEY},
    [KEYWORD_SURVIVES] = {"survives", KEYWORD_CLAUSE},
    [KEYWORD_TERMS] = {"terms", KEYWORD_SECTION},
    [KEYWORD_TESTS] = {"tests", KEYWORD_SECTION},
    [KEYWORD_THEM] = {"them", KEYWORD_CONDITION},
    [KEYWORD_THRESHOLD] = {"threshold", KEYWORD_STATEMENT},
    [KEYWORD_TODO] = {"todo", KEYWORD_CLAUSE},
    [KEYWORD_TRUE] = {"true", KEYWORD_CONDITION},
    [KEYWORD_UNGATED] = {"ungated", KEYWORD_CLAUSE},
    [KEYWORD_URL] = {"url", KEYWORD_CLAUSE},
    [KEYWORD_VARIANTS] = {"variants", KEYWORD_CLAUSE},
    [KEYWORD_VERSION] = {"version", KEYWORD_CLAUSE},
    [KEYWORD_VICTIM] = {"victim", KEYWORD_CLAUSE},
    [KEYWORD_WEIGHT] = {"weight", KEYWORD_CLAUSE},
    [KEYWORD_WHERE] = {"where", KEYWORD_SECTION},
    [KEYWORD_WITHIN] = {"within", KEYWORD_CONDITION},
};

const struct keyword_row *keyword_at(size_t keyword) {
    return keyword < KEYWORD_COUNT ? &keywords[keyword] : NULL;
}

enum keyword keyword_find(struct str word) {
    size_t low = 0;
    size_t high = KEYWORD_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(word, str_from_c(keywords[middle].name));
        if (order == 0) {
            return (enum keyword)middle;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return KEYWORD_NONE;
}
