/* Codes of the diagnostics. A code is stable: it is never reused for another mistake. */
#ifndef HEARSAY_RULE_CODES_H
#define HEARSAY_RULE_CODES_H

#include <stddef.h>

struct code {
    const char *code;    /* "E021"; E is an error, W a warning */
    const char *name;    /* "unknown-term" */
    const char *meaning; /* one line */
};

/* Rows of the table, index 0.. ; NULL past the last. */
const struct code *code_at(size_t index);

/* Bytes and characters. */
#define E_NOT_UTF8 "E001"
#define E_FILE_TOO_LARGE "E002"
#define E_CHARACTER "E003"
#define E_STRING_OPEN "E004"
#define E_ESCAPE "E005"
#define E_ESCAPE_UNICODE "E006"
#define E_REGEX_OPEN "E007"
#define E_REGEX_EMPTY "E008"
#define E_REGEX_FLAG "E009"
#define E_REGEX_FLAG_TWICE "E010"
#define E_COMMENT_STYLE "E011"
#define E_SIGN_WITHOUT_NAME "E012"
#define E_NUMBER "E013"
#define E_TOO_MANY_RULES "E014"
#define E_QUOTE_TYPOGRAPHIC "E015"
#define E_QUOTE_SINGLE "E016"

/* Names. */
#define E_UNKNOWN_LIST "E020"
#define E_UNKNOWN_TERM "E021"
#define E_UNKNOWN_RULE "E022"
#define E_UNKNOWN_FIELD "E023"
#define E_UNKNOWN_META "E024"
#define E_UNKNOWN_SECTION "E025"
#define E_UNKNOWN_STATEMENT "E026"
#define E_TERM_TWICE "E027"
#define E_RULE_TWICE "E028"
#define E_ID_TWICE "E029"
#define E_LIST_TWICE "E030"
#define E_META_TWICE "E031"
#define E_SECTION_TWICE "E032"
#define E_SECTION_ORDER "E033"
#define E_RULE_NAME "E034"

/* Pack and meta. */
#define E_PACK_MISSING "E035"
#define E_PACK_CONFLICT "E036"
#define E_VERSION "E037"
#define E_REQUIRES_NEWER "E038"
#define E_REQUIRES_OTHER "E039"
#define E_SETTING_RANGE "E040"
#define E_SETTING_CONFLICT "E041"
#define E_ID_MISSING "E042"
#define E_ID_FORM "E043"
#define E_SEVERITY "E044"
#define E_STATUS "E045"
#define E_INCIDENT "E046"
#define E_STANCE "E047"
#define E_META_VALUE "E048"
#define E_WORDING "E049"

/* Shape. */
#define E_EXPECTED "E050"
#define E_EXPECTED_CONDITION "E051"
#define E_MATCH_MISSING "E052"
#define E_RULE_OPEN "E053"
#define E_PARENTHESIS_OPEN "E054"
#define E_NESTING "E055"
/* E056 was for words of later versions, until the language was whole. */
#define E_CASE "E057"
#define E_OPERATOR_STYLE "E058"

/* Conditions. */
#define E_DISTANCE "E060"
#define E_DISTANCE_MISSING "E061"
#define E_PROXIMITY_OPERAND "E062"
#define E_PROXIMITY_CHAIN "E063"
#define E_PROXIMITY_SET "E064"
#define E_OF_NUMBER "E065"
#define E_OF_EMPTY "E066"
#define E_OF_WILDCARD "E067"
#define E_OF_TWICE "E068"
#define E_COUNT_BARE "E069"
#define E_COUNT_NUMBER "E070"
#define E_COUNT_CONSTANT "E071"
#define E_WITHIN_SCOPE "E072"
#define E_WITHIN_NOTHING "E073"
#define E_CYCLE "E074"
#define E_REFERENCE_DEPTH "E075"
#define E_WHERE_FIELDS_ONLY "E076"
#define E_FIELD_COMPARISON "E077"
#define E_FIELD_VALUE "E078"
#define E_FIELD_LIST_EMPTY "E079"
#define E_SET_TOO_LARGE "E080"

/* Terms and lists. */
#define E_TERM_VALUE "E081"
#define E_TERM_MODIFIER "E082"
#define E_TOO_MANY_TERMS "E083"
#define E_ANY_EMPTY "E084"
#define E_LITERAL_EMPTY "E085"
#define E_LITERAL_STAR "E086"
#define E_LITERAL_ONLY_STAR "E087"
#define E_REGEX_INVALID "E088"
#define E_REGEX_UNGATED "E090"
#define E_URL_LIST "E091"
#define E_URL_NOT_DOMAINS "E092"
#define E_ANY_OF_DOMAINS "E093"
#define E_LIST_FILE "E094"
#define E_LIST_NOT_UTF8 "E095"
#define E_LIST_EMPTY "E096"
#define E_LIST_ENTRY "E097"
#define E_LIST_KIND "E098"
#define E_TOO_MANY_LITERALS "E099"
#define E_LIST_SOURCE "E100"

/* Outcome. */
#define E_WEIGHT_RANGE "E110"
#define E_CAP_RANGE "E111"
#define E_CAP_WITHOUT_GROUP "E112"
#define E_OUTCOME_TWICE "E113"
#define E_OUTCOME_UNKNOWN "E114"
#define E_EXTRACT_FIELD "E115"
#define E_EXTRACT_GROUP "E116"
#define E_EXTRACT_TERM "E117"
#define E_CAP_CONFLICT "E118"

/* over */
#define E_DURATION "E140"
#define E_OVER_KEY "E141"
#define E_MEASURE_UNKNOWN "E142"
#define E_MEASURE_FIELD "E143"
#define E_MEASURE_COMPARISON "E144"
#define E_MEASURE_RANGE "E145"
#define E_MEASURES_MANY "E146"
#define E_OVER_REFERENCE "E147"

/* Labels. */
#define E_LABEL_NAME "E160"
#define E_LABELS_MANY "E161"
#define E_LABEL_UNKNOWN "E162"
#define E_LABEL_PLACE "E163"

/* Imports. */
#define E_IMPORT_FILE "E150"
#define E_IMPORT_CYCLE "E151"
#define E_IMPORTS_MANY "E152"

/* Tests. */
#define E_TEST_TEXT "E120"
#define E_TEST_UNKNOWN "E121"
#define E_BECAUSE_FIRES "E122"
#define E_BINDING_TWICE "E123"
#define E_BINDING_ABSENT "E124"
#define E_BINDING_SILENT "E125"
#define E_TEST_LANGUAGE "E126"
#define E_TEST_CLAUSE_TWICE "E127"
#define E_EACH_TERM "E128"
#define E_EACH_FRAME "E129"
#define E_SURVIVES_SHARE "E130"

/* Warnings: the pack works, but probably not as meant. */
#define W_TERM_UNUSED "W201"
#define W_NO_TESTS "W202"
#define W_WITHIN_IDLE "W203"
#define W_PRIVATE_UNUSED "W204"
#define W_LIST_UNUSED "W205"
#define W_LITERAL_TWICE "W206"
#define W_WEIGHT_MISSING "W207"
#define W_PRIVATE_OUTCOME "W208"
#define W_WEIGHTS_OLD "W209"

#endif
