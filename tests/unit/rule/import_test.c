/* Packs of several files that name each other. */
#include "fixture.h"

#include "base/buffer.h"

#define HEAD "pack demo version 1.2.3\n"
#define RULE(name, id, word)                                                                       \
    "rule " name " { meta: id = \"" id "\" terms: $a = \"" word "\" match: $a "                    \
    "outcome: weight 1 tests: fires \"" word "\" }\n"

struct disk {
    const char *const (*files)[2]; /* path and text; ends with NULL */
    size_t reads;
    struct buffer said;
};

static enum hearsay_status disk_read(void *context, const char *path, char **bytes, size_t *len) {
    struct disk *disk = context;
    disk->reads++;
    for (size_t i = 0; disk->files[i][0]; i++) {
        if (strcmp(disk->files[i][0], path) == 0) {
            *len = strlen(disk->files[i][1]);
            *bytes = malloc(*len + 1);
            assert_non_null(*bytes);
            memcpy(*bytes, disk->files[i][1], *len + 1);
            return HEARSAY_OK;
        }
    }
    return HEARSAY_IO;
}

static void disk_hear(void *context, const char *text, size_t len) {
    struct disk *disk = context;
    buffer_append(&disk->said, text, len);
}

static struct hearsay_rules *disk_load(struct disk *disk, size_t given, bool is_reversed) {
    const char *paths[8];
    struct hearsay_rules *rules = NULL;
    for (size_t i = 0; i < given; i++) {
        paths[i] = disk->files[is_reversed ? given - 1 - i : i][0];
    }
    struct hearsay_rules_options options = {.files = paths,
                                            .file_count = given,
                                            .read_file = disk_read,
                                            .diagnostic = disk_hear,
                                            .context = disk};
    disk->reads = 0;
    hearsay_rules_load(&options, &rules, NULL);
    buffer_append_byte(&disk->said, '\0');
    return rules;
}

static void disk_free(struct disk *disk, struct hearsay_rules *rules) {
    hearsay_rules_free(rules);
    buffer_free(&disk->said);
}

static void imported_rules_and_lists_join_the_pack(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"packs/demo/z.rules",
         HEAD "import \"../shared/helpers.rules\"\n" RULE("own", "D-1", "aa")},
        {"packs/shared/helpers.rules", "list @words from \"words.txt\"\nprivate rule helper { "
                                       "terms: $a = any(@words) match: $a }\n"
                                       "rule shared { meta: id = \"S-1\" match: helper outcome: "
                                       "weight 1 tests: fires \"bb\" }\n"},
        {"packs/shared/words.txt", "bb\n"},
        {NULL, NULL}};
    struct disk disk = {.files = files};
    struct hearsay_rules *rules = disk_load(&disk, 1, false);
    assert_string_equal(disk.said.ptr, "");
    assert_non_null(rules);
    assert_int_equal(hearsay_rules_count(rules), 3);
    assert_true(str_is(pack_rule(rules, 0)->name, "own"));
    assert_true(str_is(pack_rule(rules, 2)->name, "shared"));
    struct hearsay_rules_test_result result;
    assert_int_equal(
        hearsay_rules_test(rules, &(struct hearsay_rules_test_options){0}, &result, NULL),
        HEARSAY_OK);
    assert_int_equal(result.passed, 2);
    disk_free(&disk, rules);
}

/* a imports b and c, both import d in spellings of their own; b is also given. */
static void a_file_reached_in_several_ways_is_read_once(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"./p/a.rules",
         HEAD "import \"b.rules\"\nimport \"sub/../c.rules\"\n" RULE("a", "D-1", "aa")},
        {"p//b.rules", "import \"sub/d.rules\"\n" RULE("b", "D-2", "bb")},
        {"p/c.rules", "import \"./sub/d.rules\"\nimport \"sub/d.rules\"\n" RULE("c", "D-3", "cc")},
        {"p/sub/d.rules", RULE("d", "D-4", "dd")},
        {NULL, NULL}};
    struct disk disk = {.files = files};
    struct hearsay_rules *rules = disk_load(&disk, 2, false);
    assert_string_equal(disk.said.ptr, "");
    assert_int_equal(hearsay_rules_count(rules), 4);
    assert_int_equal(disk.reads, 4);
    struct disk other = {.files = files};
    struct hearsay_rules *again = disk_load(&other, 2, true);
    for (uint32_t i = 0; i < 4; i++) {
        assert_true(str_equal(pack_rule(rules, i)->name, pack_rule(again, i)->name));
    }
    assert_true(str_equal(pack_hash(rules), pack_hash(again)));
    disk_free(&disk, rules);
    disk_free(&other, again);
}

static void a_circle_is_told_with_every_import_of_it(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"p/a.rules", HEAD "import \"b.rules\"\n" RULE("a", "D-1", "aa")},
        {"p/b.rules", "\nimport \"sub/c.rules\"\n"},
        {"p/sub/c.rules", "import \"c.rules\"\nimport \"../b.rules\"\n"},
        {NULL, NULL}};
    struct disk disk = {.files = files};
    assert_null(disk_load(&disk, 1, false));
    assert_non_null(strstr(disk.said.ptr, "error[E151]: this file imports itself\n"
                                          " --> p/sub/c.rules:1:8\n"));
    assert_non_null(strstr(disk.said.ptr, "error[E151]: these files import each other in a circle\n"
                                          " --> p/sub/c.rules:2:8\n"));
    assert_non_null(strstr(disk.said.ptr, " = note: the imports that lead round\n"
                                          "          p/b.rules:2:8 \"sub/c.rules\"\n"
                                          "          p/sub/c.rules:2:8 \"../b.rules\"\n"));
    assert_non_null(strstr(disk.said.ptr, "error: 2 errors, 0 warnings\n"));
    disk_free(&disk, NULL);
}

static void a_missing_file_is_told_where_it_is_named(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"p/a.rules", HEAD "import \"b.rules\"\n"},
        {"p/b.rules", "import \"lost.rules\"\nimport \"./lost.rules\"\n"},
        {NULL, NULL}};
    struct disk disk = {.files = files};
    assert_null(disk_load(&disk, 1, false));
    assert_non_null(strstr(disk.said.ptr, "error[E150]: the rule file `lost.rules` is not "
                                          "readable\n --> p/b.rules:1:8\n"));
    assert_non_null(strstr(disk.said.ptr, "p/b.rules:2:8"));
    assert_int_equal(disk.reads, 3);
    disk_free(&disk, NULL);
}

static void mistakes_of_imported_files_are_told_with_their_place(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"p/a.rules", HEAD "import \"b.rules\"\nimport \"c.rules\"\n"},
        {"p/b.rules", "pack other version 9.0.0\n"},
        {"p/c.rules", "rule c { match: $a }\n\xff"},
        {NULL, NULL}};
    struct disk disk = {.files = files};
    assert_null(disk_load(&disk, 1, false));
    assert_non_null(strstr(disk.said.ptr, "error[E036]"));
    assert_non_null(strstr(disk.said.ptr, " --> p/b.rules:1:1\n"));
    assert_non_null(strstr(disk.said.ptr, "error[E001]: this byte is not UTF-8\n"
                                          " --> p/c.rules:2:1\n"));
    disk_free(&disk, NULL);
}

/* A chain of files, each importing the next, longer than a pack may import. */
static enum hearsay_status chain_read(void *context, const char *path, char **bytes, size_t *len) {
    size_t *reads = context;
    *bytes = malloc(64);
    assert_non_null(*bytes);
    int written = snprintf(*bytes, 64, HEAD "import \"%zu.rules\"\n", ++*reads);
    *len = (size_t)written;
    (void)path;
    return HEARSAY_OK;
}

static void count_many(void *context, const struct hearsay_problem *problem) {
    (void)context;
    assert_memory_equal(problem->code.ptr, "E152", 4);
}

static void a_pack_imports_a_thousand_files_at_most(void **state) {
    (void)state;
    size_t reads = 0;
    const char *const files[] = {"0.rules"};
    struct hearsay_rules *rules = NULL;
    struct hearsay_rules_options options = {.files = files,
                                            .file_count = 1,
                                            .read_file = chain_read,
                                            .problem = count_many,
                                            .context = &reads};
    assert_int_equal(hearsay_rules_load(&options, &rules, NULL), HEARSAY_BAD_RULES);
    assert_int_equal(reads, 1001);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(imported_rules_and_lists_join_the_pack),
        cmocka_unit_test(a_file_reached_in_several_ways_is_read_once),
        cmocka_unit_test(a_circle_is_told_with_every_import_of_it),
        cmocka_unit_test(a_missing_file_is_told_where_it_is_named),
        cmocka_unit_test(mistakes_of_imported_files_are_told_with_their_place),
        cmocka_unit_test(a_pack_imports_a_thousand_files_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
