/* load(dump(x)) = x: for every shipped rule file the loaded text has the tokens of the file, and
 * JSON that would say something else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "rule/dump.h"
#include "rule/lexer.h"

static char *read_whole(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = malloc(1 << 20);
    assert_non_null(text);
    *len = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

static void assert_same_tokens(struct str a, struct str b) {
    struct diagnostics ignored = {0};
    struct lexer left, right;
    struct token x, y;
    lexer_init(&left, a, 0, &ignored);
    lexer_init(&right, b, 0, &ignored);
    do {
        x = lexer_next(&left);
        y = lexer_next(&right);
        assert_int_equal(x.kind, y.kind);
        assert_true(str_equal(x.text, y.text) &&
                    (x.kind != TOKEN_REGEX || str_equal(x.flags, y.flags)));
    } while (x.kind != TOKEN_END);
    diagnostics_free(&ignored);
}

static void check(struct str text) {
    struct buffer json = {0}, loaded = {0};
    struct diagnostics diagnostics = {0};
    struct hearsay_failure failure = {0};
    assert_int_equal(rule_dump(text, &diagnostics, &json), HEARSAY_OK);
    if (rule_undump(buffer_str(&json), &loaded, &failure) != HEARSAY_OK) {
        fail_msg("%s\n%.*s", failure.message, (int)json.len, json.ptr);
    }
    assert_same_tokens(text, buffer_str(&loaded));
    diagnostics_free(&diagnostics);
    buffer_free(&json);
    buffer_free(&loaded);
}

static void every_shipped_file_comes_back(void **state) {
    (void)state;
    glob_t found = {0};
    glob(HEARSAY_SOURCE_DIR "/rules/*/*.rules", 0, NULL, &found);
    assert_true(found.gl_pathc > 10);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        size_t len;
        char *text = read_whole(found.gl_pathv[i], &len);
        check((struct str){text, len});
        free(text);
    }
    globfree(&found);
}

static void every_construct_comes_back(void **state) {
    (void)state;
    check(STR(
        "import \"../shared/x.rules\"import\"y.rules\" pack d version 1.0.0 prior -2.5 list "
        "@a=any(\"x\",\"y\")as domain private rule r{"
        "meta:id=\"A\" refs = [\"a\", \"b\"] where:post.lang in[en,ru]terms:$a=any( \"b\" ,\n"
        "\"c\" )fold $b=/x\\/y/i match:$a near / 3 $b and #$a>=2 over 30m by link:count >= 3 "
        "and distinct(account.id) > 2 outcome:weight 1 group\"g\"cap 2 extract "
        "victim=$b.name,quantity=$a label account \"often\" for 7d label account\"b\"for 1h "
        "tests:fires\"t\"{$a=\"b\"}todo silent\"u\"because $a "
        "series \"s\" from \"x\" { silent at 4;\n fires at 5\n}fires \"v\" survives variants 0.8 "
        "of fires fires each $a \"a {} b\"}"
        "private rule s{where:account.label==often and not account.label in[often,b]match:true}"));
}

/* ---- Generated packs ---- */

static const char *pick(uint64_t *seed, const char *const *pieces, size_t count) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
    return pieces[(*seed >> 33) % count];
}
#define PICK(seed, pieces) pick(seed, pieces, sizeof(pieces) / sizeof *(pieces))

static void append_rule(struct buffer *out, uint64_t *seed) {
    static const char *const heads[] = {"rule r {", "private rule a-b {", "rule\nlabel\n{"};
    static const char *const metas[] = {
        "", " meta: id = \"A-1\"", "meta:\n id = x severity = high # why\n refs=[ \"a\",\"b\" ]"};
    static const char *const wheres[] = {
        "", " where: post.lang in [en, zh-Hans]",
        "where:\n  not account.label == often\n  and account.followers < 10"};
    static const char *const terms[] = {
        "", " terms: $a = \"a\\\"b\\u{1F30D}\" $b = any(\"x*\",@l) fold",
        "\nterms:\n$a=/a\\/b[\"]{2,}/isx ungated\n$b = url( @l )\n\n$c = post.is_reply"};
    static const char *const matches[] = {" match: true", "match: $a near/8 $b within sentence",
                                          "\nmatch:\n 2 of ($a, $b*)\n or #$a>=2 and not (r)"};
    static const char *const overs[] = {
        "", " over 30m by similar(post.text, 0.8): distinct(account) >= 5",
        "\nover 2h by $a:\n burst(5m) p < 1e-6\n or share($a or post.is_reply) > 0.5"};
    static const char *const outcomes[] = {
        "", " outcome: weight -2.5 group g cap 3", "outcome: label account \"often\" for 90s",
        "\noutcome: extract victim=$a.who ,quantity = $b label account \"x\" for 7d weight 1"};
    static const char *const tests[] = {"", " tests: fires \"a # b\" { $a = \"x\", $b=\"y\" }",
                                        "tests: series \"s\" from \"a\" {}",
                                        "\ntests: todo silent \"u\" lang en because $a\nseries "
                                        "\"s\" from \"p\" { fires at 5;\n silent "
                                        "at 4 } fires each $a \"{}\" survives variants 0.5 of "
                                        "fires todo series \"t\" from \"q\" { }"};
    buffer_append_c(out, PICK(seed, heads));
    buffer_append_c(out, PICK(seed, metas));
    buffer_append_c(out, PICK(seed, wheres));
    buffer_append_c(out, PICK(seed, terms));
    buffer_append_c(out, PICK(seed, matches));
    buffer_append_c(out, PICK(seed, overs));
    buffer_append_c(out, PICK(seed, outcomes));
    buffer_append_c(out, PICK(seed, tests));
    buffer_append_c(out, "}\n");
}

static void generated_packs_come_back(void **state) {
    (void)state;
    static const char *const statements[] = {
        "",
        "pack p version 1.0.0 requires hearsay >= 0.1\n",
        "prior -3 threshold 0.25\n",
        "import \"../a.rules\"\nimport\"b.rules\"\n",
        "list @l from \"l.txt\" as domain\n",
        "list @m = any(\"a\", # one\n\"b\") fold\n# a comment alone\n"};
    uint64_t seed = 1;
    for (int i = 0; i < 500; i++) {
        struct buffer text = {0};
        for (int k = 0; k < 3; k++) {
            buffer_append_c(&text, PICK(&seed, statements));
            append_rule(&text, &seed);
        }
        check(buffer_str(&text));
        buffer_free(&text);
    }
}

static void json_that_says_something_else_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"format\":\"hearsay-rules\",\"version\":2,\"statements\":[]}",
        "{\"format\":\"hearsay-rules\",\"version\":1,\"statements\":[{\"statement\":\"rule\","
        "\"name\":\"a { match: true } rule b\",\"sections\":[]}]}",
        "{\"format\":\"hearsay-rules\",\"version\":1,\"statements\":[{\"statement\":\"prior\","
        "\"text\":\"1\\nthreshold 0\"}]}",
        "{\"format\":\"hearsay-rules\",\"version\":1,\"statements\":[{\"statement\":\"prior\","
        "\"text\":\"1\",\"more\":1}]}",
        "{\"format\":\"hearsay-rules\",\"version\":1,\"statements\":[{\"statement\":\"prior\","
        "\"text\":\"1 # gone\"}]}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct buffer out = {0};
        struct hearsay_failure failure = {0};
        assert_int_equal(rule_undump(str_from_c(bad[i]), &out, &failure), HEARSAY_BAD_INPUT);
        assert_int_equal(out.len, 0);
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_file_comes_back),
        cmocka_unit_test(every_construct_comes_back),
        cmocka_unit_test(generated_packs_come_back),
        cmocka_unit_test(json_that_says_something_else_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
