/* Any bytes as a rule file: parsing and checking end, every diagnostic renders, and what parses
 * without errors prints to a text that parses to the same print. */
#include <stdlib.h>

#include "rule/parser.h"
#include "rule/print.h"

static enum hearsay_status read_list(void *context, struct str rule_file, struct str path,
                                     char **bytes, size_t *len) {
    (void)context;
    (void)rule_file;
    if (path.len > 8) {
        return HEARSAY_IO;
    }
    /* The path is the file's content, so that the fuzzer writes list files too. */
    *bytes = malloc(path.len + 1);
    if (!*bytes) {
        return HEARSAY_NO_MEMORY;
    }
    memcpy(*bytes, path.ptr, path.len);
    *len = path.len;
    return HEARSAY_OK;
}

struct run {
    struct source_file file;
    struct ast ast;
    struct diagnostics diagnostics;
};

static void run_open(struct run *run, struct str text) {
    *run = (struct run){.file = {STR("a.rules"), text}};
    run->ast.files = &run->file;
    run->ast.file_count = 1;
    if (rules_parse(&run->ast, &run->diagnostics, read_list, NULL) != HEARSAY_OK) {
        abort();
    }
}

static void run_close(struct run *run) {
    diagnostics_free(&run->diagnostics);
    arena_free(&run->ast.arena);
}

static void render_all(struct run *run) {
    struct buffer out = {0};
    diagnostics_sort(&run->diagnostics);
    for (size_t i = 0; i < run->diagnostics.count; i++) {
        if (!diagnostic_render(&run->diagnostics.items[i], run->ast.files, run->ast.file_count,
                               i % 2 == 0, &out)) {
            abort();
        }
    }
    diagnostics_render_total(&run->diagnostics, false, &out);
    buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct run first;
    run_open(&first, (struct str){(const char *)data, size});
    bool is_sound = first.diagnostics.error_count == 0;
    struct buffer once = {0};
    if (is_sound) {
        ast_print(&first.ast, &once);
    }
    if (rules_check(&first.ast, &first.diagnostics) != HEARSAY_OK) {
        abort();
    }
    render_all(&first);
    if (is_sound) {
        struct run second;
        struct buffer twice = {0};
        run_open(&second, buffer_str(&once));
        ast_print(&second.ast, &twice);
        if (second.diagnostics.error_count > 0 ||
            !str_equal(buffer_str(&once), buffer_str(&twice))) {
            abort();
        }
        buffer_free(&twice);
        run_close(&second);
    }
    buffer_free(&once);
    run_close(&first);
    return 0;
}
