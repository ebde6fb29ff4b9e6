/* Parse of print is the identity: every part of the AST but places survives, for a text with every
 * construct and for the packs that are shipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>

#include "base/buffer.h"
#include "rule/print.h"
#include "rule_sample.h"

#define FILES_MOST 256

/* ---- equality but for places; a failed assertion names the line that differs ---- */

static void assert_text(struct str a, struct str b) {
    if (!str_equal(a, b)) {
        print_message("`%.*s` became `%.*s`\n", (int)a.len, a.ptr, (int)b.len, b.ptr);
        fail();
    }
}

static void assert_texts(const struct str *a, uint32_t a_count, const struct str *b,
                         uint32_t b_count) {
    assert_int_equal(a_count, b_count);
    for (uint32_t i = 0; i < a_count; i++) {
        assert_text(a[i], b[i]);
    }
}

static void assert_number(double a, double b) {
    assert_true(a == b);
}

static void assert_literals(const struct literal *a, uint32_t a_count, const struct literal *b,
                            uint32_t b_count) {
    assert_int_equal(a_count, b_count);
    for (uint32_t i = 0; i < a_count; i++) {
        assert_text(a[i].text, b[i].text);
        assert_int_equal(a[i].is_prefix, b[i].is_prefix);
        assert_int_equal(a[i].is_suffix, b[i].is_suffix);
    }
}

static void assert_field(const struct field_test *a, const struct field_test *b) {
    assert_int_equal(a == NULL, b == NULL);
    if (!a || !b) {
        return;
    }
    assert_int_equal(a->field_index, b->field_index);
    assert_ptr_equal(a->field, b->field);
    assert_int_equal(a->comparison, b->comparison);
    assert_int_equal(a->negated, b->negated);
    assert_texts(a->texts, a->text_count, b->texts, b->text_count);
    assert_number(a->number, b->number);
    assert_int_equal(a->boolean, b->boolean);
}

static void assert_named(const struct term *a, const struct term *b) {
    assert_int_equal(a == NULL, b == NULL);
    if (a && b) {
        assert_text(a->name, b->name);
    }
}

static void assert_term(const struct term *a, const struct term *b) {
    assert_text(a->name, b->name);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->fold, b->fold);
    assert_int_equal(a->leet, b->leet);
    assert_int_equal(a->accepts_cost, b->accepts_cost);
    assert_literals(a->literals, a->literal_count, b->literals, b->literal_count);
    assert_int_equal(a->own_count, b->own_count);
    assert_int_equal(a->use_count, b->use_count);
    for (uint32_t i = 0; i < a->use_count; i++) {
        assert_text(a->uses[i].name, b->uses[i].name);
    }
    assert_text(a->regex, b->regex);
    assert_text(a->regex_flags, b->regex_flags);
    assert_int_equal(a->list == NULL, b->list == NULL);
    assert_field(a->field, b->field);
}

static void assert_expr(const struct expr *a, const struct expr *b) {
    assert_int_equal(a == NULL, b == NULL);
    if (!a || !b) {
        return;
    }
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->child_count, b->child_count);
    for (uint32_t i = 0; i < a->child_count; i++) {
        assert_expr(a->children[i], b->children[i]);
    }
    assert_named(a->term, b->term);
    assert_int_equal(a->term_count, b->term_count);
    for (uint32_t i = 0; i < a->term_count; i++) {
        assert_named(a->terms[i], b->terms[i]);
    }
    assert_int_equal(a->of_minimum, b->of_minimum);
    assert_int_equal(a->comparison, b->comparison);
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->within, b->within);
    assert_int_equal(a->has_within, b->has_within);
    assert_field(a->field, b->field);
    assert_text(a->rule_name, b->rule_name);
}

static void assert_meta(const struct meta *a, const struct meta *b) {
    assert_text(a->id, b->id);
    assert_text(a->severity, b->severity);
    assert_text(a->incident, b->incident);
    assert_text(a->stance, b->stance);
    assert_text(a->note, b->note);
    assert_texts(a->refs, a->ref_count, b->refs, b->ref_count);
    assert_texts(a->disarm, a->disarm_count, b->disarm, b->disarm_count);
    assert_int_equal(a->status, b->status);
}

static void assert_outcome(const struct outcome *a, const struct outcome *b) {
    assert_number(a->weight, b->weight);
    assert_int_equal(a->has_weight, b->has_weight);
    assert_text(a->group, b->group);
    assert_number(a->cap, b->cap);
    assert_int_equal(a->has_cap, b->has_cap);
    assert_int_equal(a->extract_count, b->extract_count);
    for (uint32_t i = 0; i < a->extract_count; i++) {
        assert_text(a->extracts[i].field, b->extracts[i].field);
        assert_named(a->extracts[i].term, b->extracts[i].term);
        assert_text(a->extracts[i].group, b->extracts[i].group);
    }
}

static void assert_test(const struct rule_test *a, const struct rule_test *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->is_todo, b->is_todo);
    assert_named(a->each, b->each);
    assert_text(a->text, b->text);
    assert_text(a->lang, b->lang);
    assert_int_equal(a->binding_count, b->binding_count);
    for (uint32_t i = 0; i < a->binding_count; i++) {
        assert_named(a->bindings[i].term, b->bindings[i].term);
        assert_text(a->bindings[i].text, b->bindings[i].text);
    }
    assert_named(a->because, b->because);
}

static void assert_rule(const struct rule *a, const struct rule *b) {
    assert_text(a->name, b->name);
    assert_int_equal(a->is_private, b->is_private);
    assert_int_equal(a->index, b->index);
    assert_meta(&a->meta, &b->meta);
    assert_expr(a->where, b->where);
    assert_int_equal(a->term_count, b->term_count);
    for (uint32_t i = 0; i < a->term_count; i++) {
        assert_term(&a->terms[i], &b->terms[i]);
    }
    assert_expr(a->match, b->match);
    assert_outcome(&a->outcome, &b->outcome);
    assert_int_equal(a->test_count, b->test_count);
    for (uint32_t i = 0; i < a->test_count; i++) {
        assert_test(&a->tests[i], &b->tests[i]);
    }
    assert_int_equal(a->survival_count, b->survival_count);
    for (uint32_t i = 0; i < a->survival_count; i++) {
        assert_number(a->survivals[i].share, b->survivals[i].share);
        assert_int_equal(a->survivals[i].is_todo, b->survivals[i].is_todo);
    }
}

static void assert_list(const struct list *a, const struct list *b) {
    assert_text(a->name, b->name);
    assert_text(a->path, b->path);
    assert_text(a->hash_hex, b->hash_hex);
    assert_literals(a->items, a->count, b->items, b->count);
    assert_int_equal(a->as_domain, b->as_domain);
    assert_int_equal(a->fold, b->fold);
}

static void assert_ast(const struct ast *a, const struct ast *b) {
    assert_text(a->name, b->name);
    assert_text(a->version, b->version);
    assert_text(a->requires, b->requires);
    assert_number(a->prior, b->prior);
    assert_number(a->threshold, b->threshold);
    assert_int_equal(a->has_prior, b->has_prior);
    assert_int_equal(a->has_threshold, b->has_threshold);
    assert_int_equal(a->list_count, b->list_count);
    for (uint32_t i = 0; i < a->list_count; i++) {
        assert_list(&a->lists[i], &b->lists[i]);
    }
    assert_int_equal(a->rule_count, b->rule_count);
    for (uint32_t i = 0; i < a->rule_count; i++) {
        assert_rule(&a->rules[i], &b->rules[i]);
    }
}

/* ---- */

static bool read_file(const char *path, struct buffer *bytes) {
    FILE *file = fopen(path, "rb");
    char block[4096];
    size_t len;
    while (file && (len = fread(block, 1, sizeof block, file)) > 0) {
        buffer_append(bytes, block, len);
    }
    if (file) {
        fclose(file);
    }
    return file && !bytes->failed;
}

/* List files of a shipped pack; `context` is its folder. */
static enum hearsay_status read_list(void *context, struct str rule_file, struct str path,
                                     char **bytes, size_t *len) {
    (void)rule_file;
    char full[512];
    snprintf(full, sizeof full, "%s/%.*s", (const char *)context, (int)path.len, path.ptr);
    struct buffer text = {0};
    if (!read_file(full, &text)) {
        return HEARSAY_IO;
    }
    *bytes = text.ptr;
    *len = text.len;
    return HEARSAY_OK;
}

static void parse_all(struct ast *ast, list_reader *reader, void *context) {
    struct diagnostics diagnostics = {0};
    assert_int_equal(rules_parse(ast, &diagnostics, reader, context), HEARSAY_OK);
    assert_int_equal(rules_check(ast, &diagnostics), HEARSAY_OK);
    if (diagnostics.error_count > 0) {
        struct buffer out = {0};
        diagnostic_render(&diagnostics.items[0], ast->files, ast->file_count, false, &out);
        print_message("%.*s\n", (int)out.len, out.ptr);
        buffer_free(&out);
    }
    assert_int_equal(diagnostics.error_count, 0);
    diagnostics_free(&diagnostics);
}

static void assert_identity(struct source_file *files, uint32_t count, list_reader *reader,
                            void *context) {
    struct ast first = {.files = files, .file_count = count};
    parse_all(&first, reader, context);
    struct buffer text = {0};
    assert_true(ast_print(&first, &text));
    struct source_file file = {STR("printed.rules"), buffer_str(&text)};
    struct ast second = {.files = &file, .file_count = 1};
    parse_all(&second, reader, context);
    assert_ast(&first, &second);
    arena_free(&first.arena);
    arena_free(&second.arena);
    buffer_free(&text);
}

static const char every_construct[] =
    "pack p version 1.0.0 requires hearsay >= 0.1\nprior -3.25\nthreshold 0.3\n"
    "list @words from \"words.txt\" fold\nlist @sites from \"sites.txt\" as domain\n"
    "list @own = any(\"a*\", \"*b\", \"\\*c\\*\", \"\\\\*\", \"\\u{1}\\t\\n\\\"\")\n"
    "private rule helper { match: true }\n"
    "rule r { meta: id = x severity = low status = draft incident = none stance = general "
    "note = \"a 'quoted' \\\"note\\\"\" refs = [\"a\", \"b\"] disarm = [\"c\"]\n"
    "where: post.lang not in [en, zh-Hans] or not (post.is_reply != false and "
    "account.followers >= 1.5e3)\n"
    "terms: $a = any(\"aa\", @own, @words) $n = /(?<n>\\d+)\\/x/imsx fold ungated "
    "$s = url(@sites) $f = post.platform == \"x y\" $b = \"bb\" fold leet\n"
    "match: ($a near/3 $n and $b within line) and (any of ($a, $b) before/64 $n within sentence) "
    "and (2 of them or not (#$s == 0 and $f) or all of ($a, $n) within post) and helper and "
    "not not $a and (($a and $b within line) within sentence)\n"
    "outcome: weight -0.1 group \"g h\" cap 3 extract victim = $n.n, quantity = $a\n"
    "tests: fires \"aa\\n1\" lang en { $a = \"aa\", $n = \"1\" } todo silent \"x\" because $b "
    "fires each $b \"an {}\" todo survives variants 0.25 of fires }\n";

static void a_pack_with_every_construct_survives(void **state) {
    (void)state;
    struct source_file file = {STR("a.rules"), {every_construct, sizeof every_construct - 1}};
    assert_identity(&file, 1, sample_list, NULL);
}

/* Reads the rule files of a folder; returns how many. */
static uint32_t read_pack(const char *folder, struct buffer texts[FILES_MOST],
                          struct source_file files[FILES_MOST]) {
    static char names[FILES_MOST][512];
    uint32_t count = 0;
    DIR *open = opendir(folder);
    struct dirent *entry;
    while (open && (entry = readdir(open)) && count < FILES_MOST) {
        if (str_ends_with(str_from_c(entry->d_name), STR(".rules"))) {
            snprintf(names[count], sizeof names[count], "%s/%s", folder, entry->d_name);
            texts[count] = (struct buffer){0};
            assert_true(read_file(names[count], &texts[count]));
            files[count] =
                (struct source_file){str_from_c(names[count]), buffer_str(&texts[count])};
            count++;
        }
    }
    if (open) {
        closedir(open);
    }
    return count;
}

static void the_shipped_pack_survives(void **state) {
    (void)state;
    static char folder[] = HEARSAY_SOURCE_DIR "/rules/breach-claims";
    struct buffer texts[FILES_MOST];
    struct source_file files[FILES_MOST];
    uint32_t count = read_pack(folder, texts, files);
    assert_true(count > 0);
    assert_identity(files, count, read_list, folder);
    for (uint32_t i = 0; i < count; i++) {
        buffer_free(&texts[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pack_with_every_construct_survives),
        cmocka_unit_test(the_shipped_pack_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
