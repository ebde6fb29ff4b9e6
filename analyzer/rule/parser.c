/* Files and the statements of the top level. */
#include "rule/parser.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rule/import.h"
#include "rule/parse.h"

/* ---- the pack header and its settings ---- */

/* Up to four numbers with dots; *parts missing ones are 0. */
static bool version_parts(struct str version, uint64_t parts[3], size_t *count) {
    *count = 0;
    size_t at = 0;
    parts[0] = parts[1] = parts[2] = 0;
    while (*count < 3) {
        size_t end = str_find_byte(version, '.', at);
        end = end == STR_NOT_FOUND ? version.len : end;
        if (end - at > 9 || !str_to_u64(str_slice(version, at, end), &parts[*count])) {
            return false;
        }
        (*count)++;
        if (end == version.len) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

static bool is_newer_than_this(const uint64_t parts[3]) {
    uint64_t own[3];
    size_t count;
    version_parts(STR(HEARSAY_VERSION), own, &count);
    for (size_t i = 0; i < 3; i++) {
        if (parts[i] != own[i]) {
            return parts[i] > own[i];
        }
    }
    return false;
}

/* A version of `least` to 3 numbers, which is read. */
static bool parse_version(struct parser *parser, size_t least, struct str *version,
                          uint64_t parts[3]) {
    size_t count = 0;
    struct str text = parser->token.text;
    if (parser->token.kind != TOKEN_NUMBER || !version_parts(text, parts, &count) ||
        count < least) {
        parse_expected(parser, E_VERSION,
                       least == 3 ? "a version like 1.0.0" : "a version like 0.1");
        return false;
    }
    *version = text;
    parse_advance(parser);
    return true;
}

static bool parse_requires(struct parser *parser, struct str *version) {
    if (!accept_keyword(parser, KEYWORD_HEARSAY)) {
        parse_expected(parser, E_REQUIRES_OTHER, "`hearsay >= 0.1`");
        return false;
    }
    if (!expect_sign(parser, ">=")) {
        return false;
    }
    struct place place = parser->token.place;
    uint64_t parts[3];
    if (!parse_version(parser, 1, version, parts)) {
        return false;
    }
    if (is_newer_than_this(parts)) {
        parse_error(parser, E_REQUIRES_NEWER, place, "this pack needs hearsay %.*s, this is %s",
                    (int)version->len, version->ptr, HEARSAY_VERSION);
    }
    return true;
}

static void keep_pack(struct parser *parser, struct str name, struct str version,
                      struct str requires, struct place place) {
    struct ast *ast = parser->ast;
    if (ast->name.len == 0) {
        ast->name = name;
        ast->version = version;
        ast->requires = requires;
        ast->pack_place = place;
        return;
    }
    if (!str_equal(ast->name, name) || !str_equal(ast->version, version) ||
        !str_equal(ast->requires, requires)) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_PACK_CONFLICT, place, "another header of this pack differs");
        second_place(diagnostic, ast->pack_place, STR("the first header is here"));
    }
}

static bool parse_header(struct parser *parser, struct str *version, struct str *requires) {
    uint64_t parts[3];
    if (!accept_keyword(parser, KEYWORD_VERSION)) {
        parse_expected(parser, E_EXPECTED, "`version`");
        return false;
    }
    return parse_version(parser, 3, version, parts) &&
           (!accept_keyword(parser, KEYWORD_REQUIRES) || parse_requires(parser, requires));
}

static void parse_pack(struct parser *parser) {
    struct place first = parser->token.place;
    struct str version = STR_EMPTY;
    struct str requires = STR_EMPTY;
    parse_advance(parser);
    struct str name = parser->token.text;
    if (parser->token.kind != TOKEN_WORD) {
        parse_expected(parser, E_EXPECTED, "the pack's name");
        skip_to_statement(parser);
        return;
    }
    parse_advance(parser);
    if (!parse_header(parser, &version, &requires)) {
        skip_to_statement(parser);
    }
    keep_pack(parser, name, version, requires, place_since(parser, first));
}

/* `prior` and `threshold`: the same value or none in every file. */
static void parse_setting(struct parser *parser, double low, double high, double *setting,
                          bool *is_set, struct place *set_place) {
    const char *name = keyword_at(parser->token.keyword)->name;
    parse_advance(parser);
    struct place place = parser->token.place;
    double value;
    if (!parse_number(parser, E_NUMBER, "a number", &value)) {
        return;
    }
    if (value < low || value > high) {
        parse_error(parser, E_SETTING_RANGE, place, "`%s` is %g to %g", name, low, high);
    }
    if (*is_set && *setting != value) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_SETTING_CONFLICT, place, "`%s` is set to two values", name);
        second_place(diagnostic, *set_place, STR("set here first"));
        return;
    }
    *setting = value;
    *is_set = true;
    *set_place = place;
}

/* ---- statements ---- */

static void unknown_statement(struct parser *parser) {
    static const struct str statements[] = {{"pack", 4},    {"list", 4},  {"rule", 4},
                                            {"private", 7}, {"prior", 5}, {"threshold", 9},
                                            {"import", 6}};
    struct str word = parser->token.text;
    struct diagnostic *diagnostic =
        parse_expected(parser, E_UNKNOWN_STATEMENT, "a rule, a list or a pack header");
    suggest(parser, diagnostic, word, statements, sizeof statements / sizeof statements[0], NULL);
    parse_advance(parser);
    skip_to_statement(parser);
}

static void parse_private(struct parser *parser) {
    parse_advance(parser);
    if (!at_keyword(parser, KEYWORD_RULE)) {
        parse_expected(parser, E_EXPECTED, "`rule`");
        skip_to_statement(parser);
        return;
    }
    parse_rule(parser, true);
}

static void parse_statement(struct parser *parser) {
    struct ast *ast = parser->ast;
    switch (parser->token.keyword) {
    case KEYWORD_RULE:
        parse_rule(parser, false);
        return;
    case KEYWORD_PRIVATE:
        parse_private(parser);
        return;
    case KEYWORD_LIST:
        parse_list(parser);
        break;
    case KEYWORD_PACK:
        parse_pack(parser);
        break;
    case KEYWORD_PRIOR:
        parse_setting(parser, -PARSE_WEIGHT, PARSE_WEIGHT, &ast->prior, &ast->has_prior,
                      &ast->prior_place);
        break;
    case KEYWORD_THRESHOLD:
        parse_setting(parser, 0, 1, &ast->threshold, &ast->has_threshold, &ast->threshold_place);
        break;
    case KEYWORD_IMPORT:
        parse_import(parser);
        break;
    default:
        unknown_statement(parser);
        return;
    }
    /* The header's settings may follow on its line. */
    if (parser->token.kind != TOKEN_END && !at_statement_keyword(parser)) {
        if (parser->token.begins_line) {
            return; /* reported as a statement of its own */
        }
        parse_expected(parser, E_EXPECTED, "the end of the line");
        skip_to_statement(parser);
    }
}

/* False: the file cannot be read as rules, reported. */
static bool check_file(struct parser *parser, uint32_t file) {
    struct str text = parser->ast->files[file].text;
    if (text.len > PARSE_FILE_BYTES) {
        parse_error(parser, E_FILE_TOO_LARGE, (struct place){file, 0, 0},
                    "the file is larger than 10 MB");
        return false;
    }
    uint32_t valid = (uint32_t)utf8_valid_prefix(text);
    if (valid < text.len) {
        parse_error(parser, E_NOT_UTF8, (struct place){file, valid, valid + 1},
                    "this byte is not UTF-8");
        return false;
    }
    return true;
}

static void parse_file(struct parser *parser, uint32_t file) {
    if (!check_file(parser, file)) {
        return;
    }
    lexer_init(&parser->lexer, parser->ast->files[file].text, file, parser->diagnostics);
    parse_advance(parser);
    parse_advance(parser);
    parser->last_end = 0;
    while (parser->token.kind != TOKEN_END && !parser->rules_are_full &&
           !parser->is_out_of_memory) {
        parse_statement(parser);
    }
}

/* ---- order: rules count by (file name, place), whatever the order in which files are given, then
 * those of imported files in the order in which they are met ---- */

static int compare_files(const void *left, const void *right) {
    const struct source_file *const *a = left;
    const struct source_file *const *b = right;
    int order = str_compare((*a)->name, (*b)->name);
    return order != 0 ? order : (*a > *b) - (*a < *b);
}

/* Numbers of the files in order of their names; NULL: memory is out. */
static uint32_t *files_in_order(const struct ast *ast) {
    uint32_t *order = calloc(ast->file_count + 1u, sizeof *order);
    const struct source_file **files = calloc(ast->file_count + 1u, sizeof(struct source_file *));
    if (!order || !files) {
        free(order);
        free(files);
        return NULL;
    }
    for (uint32_t i = 0; i < ast->file_count; i++) {
        files[i] = &ast->files[i];
    }
    qsort(files, ast->file_count, sizeof(struct source_file *), compare_files);
    for (uint32_t i = 0; i < ast->file_count; i++) {
        order[i] = (uint32_t)(files[i] - ast->files);
    }
    free(files);
    return order;
}

static void finish(struct parser *parser) {
    struct ast *ast = parser->ast;
    ast->rules = parse_move(parser, &parser->rules, sizeof *ast->rules, &ast->rule_count);
    ast->lists = parse_move(parser, &parser->lists, sizeof *ast->lists, &ast->list_count);
    for (uint32_t i = 0; i < ast->rule_count; i++) {
        ast->rules[i].index = i;
    }
}

enum hearsay_status rules_parse(struct ast *ast, struct diagnostics *diagnostics,
                                list_reader *read_list, void *context) {
    struct parser parser = {.ast = ast, .diagnostics = diagnostics};
    uint32_t *order = files_in_order(ast);
    if (!order) {
        return HEARSAY_NO_MEMORY;
    }
    ast->name = ast->version = ast->requires = STR_EMPTY;
    ast->threshold = 0.5;
    uint32_t given = imports_begin(&parser) ? ast->file_count : 0;
    for (uint32_t i = 0; i < given; i++) {
        parse_file(&parser, order[i]);
    }
    free(order);
    for (uint32_t file; (file = import_next(&parser, read_list, context)) != MAP_NONE;) {
        parse_file(&parser, file);
    }
    imports_check(&parser);
    finish(&parser);
    lists_load(&parser, read_list, context);
    series_load(&parser, read_list, context);
    collector_free(&parser.rules);
    collector_free(&parser.lists);
    collector_free(&parser.terms);
    imports_free(&parser);
    return parser.is_out_of_memory || diagnostics->failed ? HEARSAY_NO_MEMORY : HEARSAY_OK;
}
