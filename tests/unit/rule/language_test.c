/* rules/README.md is the contract with rule authors: its grammar, tables and examples must be those
 * of the code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/buffer.h"
#include "rule/codes.h"
#include "rule/field.h"
#include "rule/keyword.h"
#include "rule/vocabulary.h"
#include "rule_sample.h"

static struct buffer readme;

static int read_readme(void **state) {
    (void)state;
    FILE *file = fopen(HEARSAY_SOURCE_DIR "/rules/README.md", "rb");
    if (!file) {
        return -1;
    }
    char block[4096];
    size_t len;
    while ((len = fread(block, 1, sizeof block, file)) > 0) {
        buffer_append(&readme, block, len);
    }
    fclose(file);
    return readme.failed ? -1 : 0;
}

static int free_readme(void **state) {
    (void)state;
    buffer_free(&readme);
    return 0;
}

/* The next block fenced as `kind` at or after *at; empty when there is none. */
static struct str fenced(const char *kind, size_t *at) {
    char fence[32];
    snprintf(fence, sizeof fence, "\n```%s\n", kind);
    size_t start = str_find(buffer_str(&readme), str_from_c(fence), *at);
    if (start == STR_NOT_FOUND) {
        return STR_EMPTY;
    }
    start += strlen(fence);
    size_t end = str_find(buffer_str(&readme), STR("\n```\n"), start);
    *at = end;
    return str_slice(buffer_str(&readme), start, end + 1);
}

static bool is_word(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < 'a' || text.ptr[i] > 'z') {
            return false;
        }
    }
    return text.len > 0;
}

/* Words in double quotes in the grammar, one after the other; empty at the end. */
static struct str next_terminal(struct str grammar, size_t *at) {
    size_t open = str_find_byte(grammar, '"', *at);
    if (open == STR_NOT_FOUND) {
        return STR_EMPTY;
    }
    size_t close = str_find_byte(grammar, '"', open + 1);
    assert_int_not_equal(close, STR_NOT_FOUND);
    *at = close + 1;
    return str_slice(grammar, open + 1, close);
}

static struct str grammar(void) {
    size_t at = 0;
    struct str text = fenced("ebnf", &at);
    assert_true(text.len > 1000);
    return text;
}

static void every_word_of_the_grammar_is_a_keyword(void **state) {
    (void)state;
    size_t at = 0;
    struct str word;
    while ((word = next_terminal(grammar(), &at)).len > 0) {
        if (is_word(word) && keyword_find(word) == KEYWORD_NONE) {
            print_message("the lexer does not know %.*s\n", (int)word.len, word.ptr);
            fail();
        }
    }
}

static void every_keyword_stands_in_the_grammar(void **state) {
    (void)state;
    for (size_t i = 0; keyword_at(i); i++) {
        bool is_found = false;
        size_t at = 0;
        struct str word;
        while ((word = next_terminal(grammar(), &at)).len > 0) {
            is_found = is_found || str_is(word, keyword_at(i)->name);
        }
        if (!is_found) {
            print_message("the grammar does not have %s\n", keyword_at(i)->name);
        }
        assert_true(is_found);
    }
}

static void every_keyword_is_found_under_its_own_name(void **state) {
    (void)state;
    for (size_t i = 0; keyword_at(i); i++) {
        assert_non_null(keyword_at(i)->name);
        assert_int_equal(keyword_find(str_from_c(keyword_at(i)->name)), i);
    }
    assert_int_equal(keyword_find(STR("none")), KEYWORD_NONE);
}

static void assert_row(const char *row) {
    if (str_find(buffer_str(&readme), str_from_c(row), 0) == STR_NOT_FOUND) {
        print_message("rules/README.md lacks the row\n%s\n", row);
        fail();
    }
}

static void every_code_and_field_stands_in_its_table(void **state) {
    (void)state;
    static const char *const kinds[] = {
        [FIELD_TEXT] = "text", [FIELD_NUMBER] = "number", [FIELD_BOOLEAN] = "truth"};
    char row[512];
    for (size_t i = 0; code_at(i); i++) {
        const struct code *code = code_at(i);
        snprintf(row, sizeof row, "\n| %s | %s | %s |\n", code->code, code->name, code->meaning);
        assert_row(row);
    }
    for (size_t i = 0; field_at(i); i++) {
        const struct field *field = field_at(i);
        snprintf(row, sizeof row, "\n| `%s` | %s | %s |\n", field->name, kinds[field->kind],
                 field->meaning);
        assert_row(row);
    }
}

static void every_value_of_meta_stands_in_its_row(void **state) {
    (void)state;
    const struct {
        const char *key;
        struct str_list names;
    } keys[] = {{"severity", severity_names()},
                {"status", status_names()},
                {"incident", incident_names()},
                {"stance", stance_names()}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct buffer row = {0};
        buffer_printf(&row, "\n| `%s` | ", keys[i].key);
        for (size_t j = 0; j < keys[i].names.count; j++) {
            buffer_append_c(&row, j > 0 ? ", " : "");
            buffer_append_str(&row, keys[i].names.items[j]);
        }
        buffer_append_byte(&row, '\0');
        assert_row(row.ptr);
        buffer_free(&row);
    }
}

static void every_whole_example_is_sound(void **state) {
    (void)state;
    size_t at = 0;
    size_t count = 0;
    struct str example;
    while ((example = fenced("rules", &at)).len > 0) {
        struct sample sample;
        assert_true(sample_open(&sample, example));
        for (size_t i = 0; i < sample.diagnostics.count; i++) {
            struct buffer out = {0};
            diagnostic_render(&sample.diagnostics.items[i], sample.ast.files, sample.ast.file_count,
                              false, &out);
            print_message("%.*s\n", (int)out.len, out.ptr);
            buffer_free(&out);
        }
        assert_int_equal(sample.diagnostics.count, 0);
        sample_close(&sample);
        count++;
    }
    assert_true(count > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_the_grammar_is_a_keyword),
        cmocka_unit_test(every_keyword_stands_in_the_grammar),
        cmocka_unit_test(every_keyword_is_found_under_its_own_name),
        cmocka_unit_test(every_code_and_field_stands_in_its_table),
        cmocka_unit_test(every_value_of_meta_stands_in_its_row),
        cmocka_unit_test(every_whole_example_is_sound),
    };
    return cmocka_run_group_tests(tests, read_readme, free_readme);
}
