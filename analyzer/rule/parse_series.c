/* `series "five accounts" from "burst.ndjson" { fires at 5; silent at 4 }` */
#include <stdlib.h>

#include "rule/parse.h"

static bool parse_point(struct parser *parser, struct series_point *point) {
    point->place = parser->token.place;
    point->fires = at_keyword(parser, KEYWORD_FIRES);
    if (!point->fires && !at_keyword(parser, KEYWORD_SILENT)) {
        parse_expected(parser, E_TEST_UNKNOWN, "`fires at` or `silent at`");
        return false;
    }
    parse_advance(parser);
    if (!accept_keyword(parser, KEYWORD_AT)) {
        parse_expected(parser, E_EXPECTED, "`at` and a number of posts");
        return false;
    }
    if (!parse_whole(parser, E_NUMBER, "a number of posts", &point->at)) {
        return false;
    }
    point->place = place_since(parser, point->place);
    return true;
}

/* Behind the closing brace, so that it does not end the rule. */
static void skip_points(struct parser *parser) {
    while (!at_section_end(parser)) {
        parse_advance(parser);
    }
    accept_sign(parser, "}");
}

static bool parse_points(struct parser *parser, struct rule_series *series) {
    struct collector points = {0};
    if (!expect_sign(parser, "{")) {
        return false;
    }
    bool is_sound = true;
    while (is_sound && !at_sign(parser, "}")) {
        struct series_point point;
        is_sound = parse_point(parser, &point);
        struct series_point *slot = is_sound ? parse_collect(parser, &points, sizeof *slot) : NULL;
        if (slot) {
            *slot = point;
        }
        if (is_sound && !accept_sign(parser, ";") && !at_sign(parser, "}")) {
            parse_expected(parser, E_EXPECTED, "`;` or `}`");
            is_sound = false;
        }
    }
    if (!is_sound) {
        skip_points(parser);
    } else {
        parse_advance(parser);
        series->points = parse_move(parser, &points, sizeof *series->points, &series->point_count);
    }
    collector_free(&points);
    return is_sound;
}

bool parse_series(struct parser *parser, struct rule_series *series) {
    series->place = parser->token.place;
    series->is_todo = accept_keyword(parser, KEYWORD_TODO);
    parse_advance(parser);
    if (!parse_string(parser, "the name of the series", &series->name)) {
        return false;
    }
    if (!accept_keyword(parser, KEYWORD_FROM)) {
        parse_expected(parser, E_EXPECTED, "`from` and a file of posts");
        return false;
    }
    series->path_place = parser->token.place;
    if (!parse_string(parser, "a file of posts", &series->path) || !parse_points(parser, series)) {
        return false;
    }
    series->place = place_since(parser, series->place);
    return true;
}

/* ---- After all files ---- */

static void load_series(struct parser *parser, struct rule_series *series, list_reader *read_file,
                        void *context) {
    struct str rule_file = parser->ast->files[series->place.file].name;
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status =
        read_file ? read_file(context, rule_file, series->path, &bytes, &len) : HEARSAY_IO;
    if (status == HEARSAY_NO_MEMORY) {
        parser->is_out_of_memory = true;
    } else if (status != HEARSAY_OK) {
        struct diagnostic *diagnostic = parse_error(
            parser, E_LIST_FILE, series->path_place, "the file of posts `%.*s` is not readable",
            (int)(series->path.len > 200 ? 200 : series->path.len), series->path.ptr);
        if (diagnostic) {
            diagnostic->help = STR("the path is relative to the folder of this rule file");
        }
    } else if (len > PARSE_FILE_BYTES) {
        parse_error(parser, E_FILE_TOO_LARGE, series->path_place,
                    "the file of posts is larger than 10 MB");
    } else if (!arena_copy(&parser->ast->arena, (struct str){len > 0 ? bytes : "", len},
                           &series->posts)) {
        parser->is_out_of_memory = true;
    }
    free(bytes);
}

void series_load(struct parser *parser, list_reader *read_file, void *context) {
    for (uint32_t i = 0; i < parser->ast->rule_count; i++) {
        struct rule *rule = &parser->ast->rules[i];
        for (uint32_t k = 0; k < rule->series_count && !parser->is_out_of_memory; k++) {
            load_series(parser, &rule->series[k], read_file, context);
        }
    }
}
