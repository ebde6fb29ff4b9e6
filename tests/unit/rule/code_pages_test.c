/* The examples of `rules help`: each wrong one makes the mistake of its page, each right one makes
 * no mistake, and what is printed for the wrong ones is in tests/golden/diagnostics (accept a
 * change with HEARSAY_UPDATE=1, then read the diff). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "rule/code_pages.h"
#include "rule/codes.h"
#include "rule_sample.h"

#define PAGES_LEAST 60u

/* The example as a whole file. */
static void append_pack(struct buffer *out, enum code_slot slot, const char *text) {
    static const struct {
        const char *before, *after;
    } frames[] = {
        [SLOT_NONE] = {"", ""},
        [SLOT_WHOLE] = {"", "\n"},
        [SLOT_FILE] = {"", "\n"},
        [SLOT_RULE] = {"rule r {\n  meta: id = \"X-1\"\n",
                       "\n  outcome: weight 1\n  tests: silent \"no\"\n}\n"},
        [SLOT_META] = {"rule r {\n  meta: id = \"X-1\" ",
                       "\n  match: true\n  outcome: weight 1\n  tests: fires \"any\"\n}\n"},
        [SLOT_WHERE] = {"rule r {\n  meta: id = \"X-1\"\n  where: ",
                        "\n  terms: $a = \"aa\"\n  match: $a\n  outcome: weight 1\n"
                        "  tests: silent \"no\"\n}\n"},
        [SLOT_TERM] = {"rule r {\n  meta: id = \"X-1\"\n  terms:\n    $a = ",
                       "\n  match: $a\n  outcome: weight 1\n  tests: silent \"no\"\n}\n"},
        [SLOT_MATCH] = {"rule r {\n  meta: id = \"X-1\"\n  terms:\n    $a = \"aa\"\n"
                        "    $b = any(\"bb\", \"cc\")\n  match: ",
                        "\n  outcome: weight 1\n  tests: silent \"no\"\n}\n"},
        [SLOT_OUTCOME] = {"rule r {\n  meta: id = \"X-1\"\n  terms: $a = /(?<who>aaaa)/\n"
                          "  match: $a\n  outcome: ",
                          "\n  tests: silent \"no\"\n}\n"},
        [SLOT_TESTS] = {"rule r {\n  meta: id = \"X-1\"\n  terms: $a = \"aa\"\n  match: $a\n"
                        "  outcome: weight 1\n  tests:\n    ",
                        "\n}\n"},
    };
    buffer_append_c(out, slot == SLOT_WHOLE ? "" : "pack p version 1.0.0\n\n");
    buffer_append_c(out, frames[slot].before);
    buffer_append_c(out, text);
    assert_true(buffer_append_c(out, frames[slot].after));
}

static bool has_code(const struct sample *sample, const char *code) {
    for (size_t i = 0; i < sample->diagnostics.count; i++) {
        if (strcmp(sample->diagnostics.items[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static void every_example_does_what_its_page_says(void **state) {
    (void)state;
    const struct code_page *page;
    size_t examples = 0;
    for (size_t i = 0; (page = code_page_at(i)); i++) {
        for (int is_right = 0; page->wrong && is_right < 2; is_right++) {
            struct buffer text = {0};
            struct sample sample;
            append_pack(&text, page->slot, is_right ? page->right : page->wrong);
            assert_true(sample_open(&sample, buffer_str(&text)));
            bool is_open_end = strcmp(page->code, "E053") == 0 && is_right;
            if (has_code(&sample, page->code) != !is_right ||
                (is_right && sample.diagnostics.error_count > 0 && !is_open_end)) {
                fail_msg("%s: the %s example\n%.*s", page->code, is_right ? "right" : "wrong",
                         (int)text.len, text.ptr);
            }
            examples += !is_right;
            sample_close(&sample);
            buffer_free(&text);
        }
    }
    assert_true(examples >= PAGES_LEAST);
}

static void every_code_of_a_page_exists_once(void **state) {
    (void)state;
    const struct code_page *page;
    for (size_t i = 0; (page = code_page_at(i)); i++) {
        size_t known = 0;
        for (size_t k = 0; code_at(k); k++) {
            known += strcmp(code_at(k)->code, page->code) == 0;
        }
        assert_int_equal(known, 1);
        assert_ptr_equal(code_page(page->code), page);
    }
}

static void every_code_has_a_page(void **state) {
    (void)state;
    size_t without = 0;
    for (size_t i = 0; code_at(i); i++) {
        if (!code_page(code_at(i)->code)) {
            print_message("no page: %s\n", code_at(i)->code);
            without++;
        }
    }
    assert_int_equal(without, 0);
}

/* ---- what is printed ---- */

static void append_printed(struct buffer *out, const struct code_page *page) {
    struct buffer text = {0};
    struct sample sample;
    append_pack(&text, page->slot, page->wrong);
    buffer_append_str(out, buffer_str(&text));
    buffer_append_c(out, "\n--------\n");
    assert_true(sample_open(&sample, buffer_str(&text)));
    for (size_t i = 0; i < sample.diagnostics.count; i++) {
        assert_true(diagnostic_render(&sample.diagnostics.items[i], sample.ast.files,
                                      sample.ast.file_count, false, out));
    }
    assert_true(diagnostics_render_total(&sample.diagnostics, false, out));
    sample_close(&sample);
    buffer_free(&text);
}

static void accept(const char *path, const struct buffer *printed) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(printed->ptr, 1, printed->len, file), printed->len);
    assert_int_equal(fclose(file), 0);
}

static void what_is_printed_is_as_it_was_accepted(void **state) {
    (void)state;
    const struct code_page *page;
    bool is_update = getenv("HEARSAY_UPDATE") != NULL;
    for (size_t i = 0; (page = code_page_at(i)); i++) {
        char path[512];
        char golden[8192];
        struct buffer printed = {0};
        if (!page->wrong) {
            continue;
        }
        append_printed(&printed, page);
        snprintf(path, sizeof path, "%s/tests/golden/diagnostics/%s.txt", HEARSAY_SOURCE_DIR,
                 page->code);
        if (is_update) {
            accept(path, &printed);
        }
        FILE *file = fopen(path, "rb");
        size_t len = file ? fread(golden, 1, sizeof golden, file) : 0;
        if (file) {
            fclose(file);
        }
        if (!str_equal(buffer_str(&printed), (struct str){golden, len})) {
            fail_msg("%s differs; now it is\n%.*s", path, (int)printed.len, printed.ptr);
        }
        buffer_free(&printed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_does_what_its_page_says),
        cmocka_unit_test(every_code_of_a_page_exists_once),
        cmocka_unit_test(every_code_has_a_page),
        cmocka_unit_test(what_is_printed_is_as_it_was_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
