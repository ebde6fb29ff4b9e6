/* Lists after their declaration: their files, and their use in terms. A list may be declared in
 * another file than the one that uses it, so uses are resolved when everything is read. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "rule/parse.h"

/* ---- list files ---- */

struct loading {
    struct parser *parser;
    struct list *list;
    struct collector items;
    uint64_t line;
};

static bool is_host(struct str host) {
    size_t label = 0;
    bool has_dot = false;
    for (size_t i = 0; i < host.len; i++) {
        unsigned char byte = (unsigned char)host.ptr[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                         (byte >= '0' && byte <= '9') || byte >= 0x80 || byte == '_';
        if (byte == '.' && label > 0) {
            has_dot = true;
            label = 0;
        } else if (is_letter || (byte == '-' && label > 0)) {
            label++;
        } else {
            return false;
        }
    }
    return has_dot && label > 0;
}

static void check_entry(struct parser *parser, const struct list *list,
                        const struct literal *literal, struct place place, uint64_t line) {
    char where[32] = "";
    if (line > 0) {
        snprintf(where, sizeof where, "line %llu: ", (unsigned long long)line);
    }
    int shown = literal->text.len > 60 ? 60 : (int)literal->text.len;
    struct diagnostic *diagnostic = NULL;
    if (list->as_domain && (literal->is_prefix || literal->is_suffix || !is_host(literal->text))) {
        diagnostic = parse_error(parser, E_LIST_ENTRY, place, "%s`%.*s` is not a domain", where,
                                 shown, literal->text.ptr);
        if (diagnostic) {
            diagnostic->help = STR("an entry of an `as domain` list is a host: news.example.org");
        }
    } else if (str_trim(literal->text).len == 0) {
        parse_error(parser, E_LIST_ENTRY, place, "%sthis entry fits every text", where);
    } else if (memchr(literal->text.ptr, '\0', literal->text.len)) {
        parse_error(parser, E_LIST_ENTRY, place, "%sthis entry holds a NUL byte", where);
    }
}

static void load_line(struct loading *loading, struct str line) {
    loading->line++;
    line = str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#') {
        return;
    }
    struct literal *literal = parse_collect(loading->parser, &loading->items, sizeof *literal);
    if (!literal) {
        return;
    }
    literal_from_line(line, literal);
    literal->place = loading->list->path_place;
    check_entry(loading->parser, loading->list, literal, literal->place, loading->line);
}

static void load_lines(struct loading *loading, struct str text) {
    if (str_starts_with(text, STR("\xef\xbb\xbf"))) {
        text = str_slice(text, 3, text.len);
    }
    size_t at = 0;
    while (at < text.len && !loading->parser->is_out_of_memory) {
        size_t end = str_find_byte(text, '\n', at);
        end = end == STR_NOT_FOUND ? text.len : end;
        load_line(loading, str_slice(text, at, end));
        at = end + 1;
    }
}

static void load_text(struct parser *parser, struct list *list, struct str bytes) {
    struct str text;
    char *hex = parse_alloc(parser, DIGEST_HEX_SIZE);
    if (!hex || !arena_copy(&parser->ast->arena, bytes, &text)) {
        parser->is_out_of_memory = true;
        return;
    }
    digest_hex(hash128(bytes), hex);
    list->hash_hex = str_from_c(hex);
    size_t valid = utf8_valid_prefix(text);
    if (valid < text.len) {
        parse_error(parser, E_LIST_NOT_UTF8, list->path_place,
                    "the list file is not valid UTF-8 at byte %zu", valid);
        return;
    }
    struct loading loading = {.parser = parser, .list = list};
    load_lines(&loading, text);
    list->items = parse_move(parser, &loading.items, sizeof *list->items, &list->count);
    collector_free(&loading.items);
    if (list->count == 0 && !parser->is_out_of_memory) {
        parse_error(parser, E_LIST_EMPTY, list->path_place, "the list file has no entries");
    }
}

static void load_file(struct parser *parser, struct list *list, list_reader *read_list,
                      void *context) {
    struct str rule_file = parser->ast->files[list->place.file].name;
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status =
        read_list ? read_list(context, rule_file, list->path, &bytes, &len) : HEARSAY_IO;
    if (status == HEARSAY_NO_MEMORY) {
        parser->is_out_of_memory = true;
    } else if (status != HEARSAY_OK) {
        struct diagnostic *diagnostic = parse_error(
            parser, E_LIST_FILE, list->path_place, "the list file `%.*s` is not readable",
            (int)(list->path.len > 200 ? 200 : list->path.len), list->path.ptr);
        if (diagnostic) {
            diagnostic->help = STR("the path is relative to the folder of this rule file");
        }
    } else if (len > PARSE_FILE_BYTES) {
        parse_error(parser, E_FILE_TOO_LARGE, list->path_place,
                    "the list file is larger than 10 MB");
    } else {
        load_text(parser, list, (struct str){len > 0 ? bytes : "", len});
    }
    free(bytes);
}

static void load_list(struct parser *parser, struct list *list, list_reader *read_list,
                      void *context) {
    if (list->path.len > 0) {
        load_file(parser, list, read_list, context);
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->as_domain) {
            check_entry(parser, list, &list->items[i], list->items[i].place, 0);
        }
    }
}

/* ---- uses ---- */

struct names {
    struct map map;      /* name to index in order of first arrival */
    struct list **lists; /* by that index */
};

static void index_list(struct parser *parser, struct names *names, struct list *list) {
    bool is_new;
    uint32_t index = map_intern(&names->map, list->name, &is_new);
    if (index == MAP_NONE) {
        parser->is_out_of_memory = true;
    } else if (is_new) {
        names->lists[index] = list;
    } else {
        struct diagnostic *diagnostic =
            parse_error(parser, E_LIST_TWICE, list->place, "`@%.*s` is declared twice",
                        (int)list->name.len, list->name.ptr);
        second_place(diagnostic, names->lists[index]->place, STR("declared here first"));
    }
}

static void resolve_use(struct parser *parser, const struct names *names, const struct term *term,
                        struct list_use *use) {
    uint32_t index = map_find(&names->map, use->name);
    if (index == MAP_NONE) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_UNKNOWN_LIST, use->place, "unknown list `@%.*s`",
                        (int)use->name.len, use->name.ptr);
        suggest(parser, diagnostic, use->name, names->map.keys, names->map.count,
                "declare it: list @name from \"file\"");
        return;
    }
    use->list = names->lists[index];
    if (term->kind == TERM_URL && !use->list->as_domain) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_URL_NOT_DOMAINS, use->place, "`url()` needs a list of domains");
        second_place(diagnostic, use->list->place, STR("add `as domain` here"));
    } else if (term->kind == TERM_LITERALS && use->list->as_domain) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_ANY_OF_DOMAINS, use->place, "`any()` needs a list of texts");
        second_place(diagnostic, use->list->place, STR("this is a list of domains"));
    }
}

/* A term that is one list and nothing else shares the list's items; others get a copy. */
static void flatten_term(struct parser *parser, struct term *term, uint64_t *copied) {
    size_t total = term->own_count;
    for (uint32_t i = 0; i < term->use_count; i++) {
        const struct list *list = term->uses[i].list;
        total += list ? list->count : 0;
        term->fold = term->fold || (list && list->fold);
    }
    if (total == term->own_count) {
        return;
    }
    if (term->own_count == 0 && term->use_count == 1) {
        term->literals = term->uses[0].list->items;
        term->literal_count = (uint32_t)total;
        return;
    }
    *copied += total;
    if (*copied > PARSE_LITERALS) {
        parse_error(parser, E_TOO_MANY_LITERALS, term->place,
                    "the terms of this pack hold more than %u literals", PARSE_LITERALS);
        return;
    }
    struct literal *all = arena_array(&parser->ast->arena, total, sizeof *all);
    if (!all) {
        parser->is_out_of_memory = true;
        return;
    }
    size_t at = term->own_count;
    if (at > 0) {
        memcpy(all, term->literals, at * sizeof *all);
    }
    for (uint32_t i = 0; i < term->use_count; i++) {
        const struct list *list = term->uses[i].list;
        size_t count = list ? list->count : 0;
        if (count > 0) {
            memcpy(all + at, list->items, count * sizeof *all);
        }
        at += count;
    }
    term->literals = all;
    term->literal_count = (uint32_t)total;
}

static void resolve_term(struct parser *parser, const struct names *names, struct term *term,
                         uint64_t *copied) {
    for (uint32_t i = 0; i < term->use_count; i++) {
        resolve_use(parser, names, term, &term->uses[i]);
    }
    if (term->kind == TERM_URL && term->use_count > 0) {
        term->list = term->uses[0].list;
    } else if (term->kind == TERM_LITERALS) {
        flatten_term(parser, term, copied);
    }
}

void lists_load(struct parser *parser, list_reader *read_list, void *context) {
    struct ast *ast = parser->ast;
    struct names names = {.lists = calloc(ast->list_count + 1u, sizeof(struct list *))};
    parser->is_out_of_memory = parser->is_out_of_memory || !names.lists;
    for (uint32_t i = 0; i < ast->list_count && !parser->is_out_of_memory; i++) {
        load_list(parser, &ast->lists[i], read_list, context);
        index_list(parser, &names, &ast->lists[i]);
    }
    uint64_t copied = 0;
    for (uint32_t i = 0; i < ast->rule_count && !parser->is_out_of_memory; i++) {
        struct rule *rule = &ast->rules[i];
        for (uint32_t j = 0; j < rule->term_count; j++) {
            resolve_term(parser, &names, &rule->terms[j], &copied);
        }
    }
    map_free(&names.map);
    free(names.lists);
}
