/* For tests of the rule language: parses and checks one text, with list files from a table. */
#ifndef HEARSAY_TESTS_RULE_SAMPLE_H
#define HEARSAY_TESTS_RULE_SAMPLE_H

#include <stdlib.h>

#include "rule/parser.h"

struct sample {
    struct source_file file;
    struct ast ast;
    struct diagnostics diagnostics;
};

static inline enum hearsay_status sample_list(void *context, struct str rule_file, struct str path,
                                              char **bytes, size_t *len) {
    static const struct {
        const char *path;
        const char *text;
    } files[] = {
        {"words.txt", "# words\nleaked\r\n\n  dumped\n*ware\nhack*\n"},
        {"sites.txt", "\xef\xbb\xbfnews.example.org\nexample.net"},
        {"empty.txt", "# nothing\n\n"},
        {"bytes.txt", "leak\xff\n"},
        {"urls.txt", "https://example.org/path\n"},
        {"other.rules", "# rules for several packs\n"},
        {"circle.rules", "import \"back.rules\"\n"},
        {"back.rules", "# back\nimport \"a.rules\"\n"},
    };
    (void)context;
    (void)rule_file;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (str_is(path, files[i].path)) {
            *bytes = strdup(files[i].text);
            *len = strlen(files[i].text);
            return *bytes ? HEARSAY_OK : HEARSAY_NO_MEMORY;
        }
    }
    return HEARSAY_IO;
}

/* False: memory is out. */
static inline bool sample_open(struct sample *sample, struct str text) {
    *sample = (struct sample){.file = {STR("a.rules"), text}};
    sample->ast.files = &sample->file;
    sample->ast.file_count = 1;
    bool is_sound =
        rules_parse(&sample->ast, &sample->diagnostics, sample_list, NULL) == HEARSAY_OK &&
        rules_check(&sample->ast, &sample->diagnostics) == HEARSAY_OK;
    diagnostics_sort(&sample->diagnostics);
    return is_sound;
}

static inline void sample_close(struct sample *sample) {
    diagnostics_free(&sample->diagnostics);
    arena_free(&sample->ast.arena);
}

#endif
