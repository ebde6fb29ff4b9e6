/* Every code of rule/codes.h with a text that makes that mistake and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "rule/codes.h"
#include "rule_sample.h"

#define PACK "pack p version 1.0.0\n"
#define META "meta: id = \"X-1\" "
#define TESTS " tests: silent \"no\""
#define END " outcome: weight 1" TESTS "\n}\n"
/* A whole sound pack around what stands in the middle of its rule. */
#define RULE(middle) PACK "rule r { " META middle END
#define MATCH(condition) RULE("terms: $a = \"aa\" $b = any(\"bb\", \"cc\") match: " condition)
/* $b and $a are used, so that nothing else is to be said. */
#define ALSO(condition) MATCH("$a and $b and " condition)
#define TERM(value) RULE("terms: $a = " value "\n match: $a")
#define WHERE(condition) RULE("where: " condition " terms: $a = \"aa\" match: $a")
#define OUTCOME(parts)                                                                             \
    PACK "rule r { " META "terms: $a = /(?<who>aaaa)/ match: $a outcome: " parts TESTS " }"
#define OVER(over)                                                                                 \
    PACK "rule r { " META "terms: $a = \"aa\" match: $a over " over "\n outcome: weight 1" TESTS   \
         "\n}\n"
#define TEST(tests)                                                                                \
    PACK "rule r { " META "terms: $a = \"aa\" match: $a outcome: weight 1 tests: " tests "\n}"
#define LABEL(name) "label account \"" name "\" for 1d "
#define LABELLED(middle) PACK "rule r { " META middle " outcome: weight 1 " LABEL("x") TESTS "\n}\n"
#define ASKS(condition) LABELLED("where: " condition " terms: $a = \"aa\" match: $a")
#define META_ONLY(meta) PACK "rule r { meta: " meta " terms: $a = \"aa\" match: $a" END

static const struct {
    const char *code;
    const char *text;
} mistakes[] = {
    {"E001", PACK "# \xff\n"},
    {"E003", PACK "rule r { " META "terms: $a = \"aa\" % match: $a" END},
    {"E004", TERM("\"aa")},
    {"E005", TERM("\"a\\q\"")},
    {"E006", TERM("\"a\\u{D800}\"")},
    {"E006", TERM("\"a\\u{110000}\"")},
    {"E006", TERM("\"a\\u{0}\"")},
    {"E006", TERM("\"a\\u41\"")},
    {"E007", TERM("/aa")},
    {"E008", TERM("//")},
    {"E009", TERM("/aaaa/g")},
    {"E010", TERM("/aaaa/ii")},
    {"E011", PACK "// a comment\n"},
    {"E011", PACK "rule r { " META "terms: $a = \"aa\" /* b */\n match: $a" END},
    {"E012", TERM("any(@)")},
    {"E013", OUTCOME("weight heavy")},
    {"E015", TERM("\xe2\x80\x9c")},
    {"E016", TERM("'")},
    {"E020", TERM("any(@none)")},
    {"E021", ALSO("$c")},
    {"E022", ALSO("helper")},
    {"E023", WHERE("post.land == en")},
    {"E024", META_ONLY("id = x sverity = low")},
    {"E025", PACK "rule r { " META "terms: $a = \"aa\" matches: $a match: $a" END},
    {"E026", PACK "rul r {}\n"},
    {"E027", RULE("terms: $a = \"aa\"\n $a = \"bb\" match: $a")},
    {"E028", RULE("match: true") "rule r { meta: id = y match: true" END},
    {"E029", RULE("match: true") "rule s { " META "match: true" END},
    {"E030", PACK "list @a = any(\"aa\")\nlist @a = any(\"bb\")\n"},
    {"E031", META_ONLY("id = x note = \"a\" note = \"b\"")},
    {"E032", RULE("match: true match: true")},
    {"E033", PACK "rule r { match: true " META END},
    {"E033", PACK "rule r { " META "match: $a\n terms: $a = \"aa\"" END},
    {"E034", PACK "rule and { " META "match: true" END},
    {"E034", PACK "rule { " META "match: true" END},
    {"E035", "list @a = any(\"aa\")\n"},
    {"E036", PACK "pack q version 1.0.0\n"},
    {"E037", "pack p version 1.0\n"},
    {"E038", "pack p version 1.0.0 requires hearsay >= 9.0\n"},
    {"E039", "pack p version 1.0.0 requires python >= 3\n"},
    {"E040", PACK "threshold 1.5\n"},
    {"E041", PACK "prior 1\nprior 2\n"},
    {"E042", PACK "rule r { match: true" END},
    {"E043", META_ONLY("id = \"a b\"")},
    {"E044", META_ONLY("id = x severity = hi")},
    {"E045", META_ONLY("id = x status = ready")},
    {"E046", META_ONLY("id = x incident = data_leek")},
    {"E047", META_ONLY("id = x stance = relays")},
    {"E048", META_ONLY("id = x severity = 3")},
    {"E049", META_ONLY("id = x note = \"marks disinformation\"")},
    {"E049", META_ONLY("id = x note = \"posts of foreign agents\"")},
    {"E049", PACK "rule fake_leak { " META "match: true" END},
    {"E050", PACK "rule r [ }\n"},
    {"E050", TERM("any(\"aa\" \"bb\")")},
    {"E051", MATCH("$a and $b and")},
    {"E052", PACK "rule r { " META TESTS " }"},
    {"E053", PACK "rule r { " META "match: true" TESTS},
    {"E054", ALSO("($a or $b")},
    {"E050", TEST("series \"five\" { fires at 5 }")},
    {"E050", TEST("series \"five\" from \"a.ndjson\" { fires 5 }")},
    {"E121", TEST("series \"five\" from \"a.ndjson\" { falls at 5 }")},
    {"E050", TEST("survives 0.8 of fires")},
    {"E013", TEST("survives variants most of fires")},
    {"E050", TEST("survives variants 0.8 of silent")},
    {"E057", MATCH("$a AND $b")},
    {"E057", MATCH("$a NEAR/3 $b")},
    {"E058", MATCH("$a && $b")},
    {"E058", WHERE("post.lang = en")},
    {"E060", MATCH("$a near/65 $b")},
    {"E060", MATCH("$a before/0 $b")},
    {"E061", MATCH("$a near $b")},
    {"E062", MATCH("$b and $a near/3 (#$b > 1)")},
    {"E063", MATCH("$a near/3 $b near/3 $a")},
    {"E064", MATCH("all of ($a, $b) near/3 $b")},
    {"E065", MATCH("3 of ($a, $b)")},
    {"E065", MATCH("0 of ($a, $b)")},
    {"E066", MATCH("any of ()")},
    {"E067", ALSO("any of ($z*)")},
    {"E068", MATCH("any of ($a, $b, $a)")},
    {"E069", ALSO("#$a")},
    {"E070", ALSO("#$a > 1.5")},
    {"E071", ALSO("#$a >= 0")},
    {"E071", ALSO("#$a > 64")},
    {"E072", MATCH("$a and $b within paragraph")},
    {"E073", MATCH("($a or $b) within line")},
    {"E074", PACK "rule r { " META "match: s" END "rule s { meta: id = y match: r" END},
    {"E076", WHERE("$a")},
    {"E077", WHERE("post.lang > en")},
    {"E077", WHERE("account.followers in [1, 2]")},
    {"E077", WHERE("post.lang")},
    {"E078", WHERE("account.followers > many")},
    {"E079", WHERE("post.lang in []")},
    {"E081", TERM("4")},
    {"E082", TERM("\"aa\" nocase")},
    {"E082", TERM("post.lang == en fold")},
    {"E082", TERM("\"aa\" leet")},
    {"E084", TERM("any()")},
    {"E085", TERM("any(\"aa\", \"\")")},
    {"E086", TERM("\"a*b\"")},
    {"E087", TERM("\"**\"")},
    {"E088", TERM("/aaaa(/")},
    {"E090", TERM("/\\d+/")},
    {"E090", PACK "rule r { " META "terms: $a = /\\d+/ $b = \"bb\" match: $a or $b" END},
    {"E090", PACK "private rule h { terms: $a = /\\d+/ match: $a }\n"
                  "rule r { " META "match: h or true" END},
    {"E090", RULE("terms: $a = /\\d+/ $b = \"bb\" match: #$b == 0 and $a")},
    {"E091", TERM("url(\"example.org\")")},
    {"E092", PACK "list @a = any(\"aa\")\nrule r { " META "terms: $a = url(@a) match: $a" END},
    {"E093", PACK "list @a from \"sites.txt\" as domain\nrule r { " META
                  "terms: $a = any(@a) match: $a" END},
    {"E094", PACK "list @a from \"gone.txt\"\n"},
    {"E095", PACK "list @a from \"bytes.txt\"\n"},
    {"E096", PACK "list @a from \"empty.txt\"\n"},
    {"E097", PACK "list @a from \"urls.txt\" as domain\n"},
    {"E098", PACK "list @a from \"words.txt\" as words\n"},
    {"E100", PACK "list @a (\"aa\")\n"},
    {"E110", OUTCOME("weight 21")},
    {"E111", OUTCOME("weight 1 group g cap -1")},
    {"E112", OUTCOME("weight 1 cap 2")},
    {"E113", OUTCOME("weight 1 weight 2")},
    {"E114", OUTCOME("weight 1 score 2")},
    {"E115", OUTCOME("weight 1 extract date = $a")},
    {"E116", OUTCOME("weight 1 extract victim = $a.what")},
    {"E117", OUTCOME("weight 1 extract victim = \"aa\"")},
    {"E118", PACK "rule r { " META "match: true outcome: weight 1 group g cap 2" TESTS " }\n"
                  "rule s { meta: id = y match: true outcome: weight 1 group g cap 3" TESTS " }"},
    {"E120", TEST("fires because")},
    {"E121", TEST("fire \"aa\"")},
    {"E122", TEST("fires \"aa\" because $a")},
    {"E123", TEST("fires \"aa\" { $a = \"aa\", $a = \"a\" }")},
    {"E124", TEST("fires \"aa\" { $a = \"b\" }")},
    {"E125", TEST("silent \"aa\" { $a = \"aa\" }")},
    {"E126", TEST("fires \"aa\" lang english_uk")},
    {"E127", TEST("fires \"aa\" lang en lang en")},
    {"E128",
     RULE("terms: $a = \"aa\" $n = /aaaa/ match: $a and $n") "rule s { meta: id = y terms: $n = "
                                                             "/aaaa/ match: $n outcome: weight 1 "
                                                             "tests: fires each $n \"{}\" }"},
    {"E129", TEST("fires each $a \"aa\"")},
    {"E129", TEST("fires each $a \"{} and {}\"")},
    {"E130", TEST("fires \"aa\" survives variants 0 of fires")},
    {"E130", TEST("fires \"aa\" survives variants 80 of fires")},
    {"E140", OVER("30 by link: count > 1")},
    {"E140", OVER("0m by link: count > 1")},
    {"E140", OVER("367d by link: count > 1")},
    {"E140", OVER("1h by link: burst(1h) p < 0.1")},
    {"E050", OVER("1h link: count > 1")},
    {"E050", OVER("1h by link count > 1")},
    {"E050", OVER("1h by link: count > 1 count > 2")},
    {"E141", OVER("1h by post.length: count > 1")},
    {"E141", OVER("1h by post.colour: count > 1")},
    {"E141", OVER("1h by similar(post.text, 2): count > 1")},
    {"E141", OVER("1h by similar(post.lang, 1): count > 1")},
    {"E021", OVER("1h by $z: count > 1")},
    {"E142", OVER("1h by link: mean > 1")},
    {"E142", OVER("1h by link: ")},
    {"E143", OVER("1h by link: median(account) > 1")},
    {"E143", OVER("1h by link: distinct(link) > 1")},
    {"E144", OVER("1h by link: count")},
    {"E144", OVER("1h by link: burst(1m) < 0.1")},
    {"E144", OVER("1h by link: burst(1m) p > 0.1")},
    {"E145", OVER("1h by link: count > 5000")},
    {"E145", OVER("1h by link: share(post.is_reply) > 50")},
    {"E146", OVER("1h by link: count > 1 or count > 1 or count > 1 or count > 1 or count > 1 or "
                  "count > 1 or count > 1 or count > 1 or count > 1")},
    {"E147",
     OVER("1h by link: share(s) > 0.5") "rule s { meta: id = y match: true outcome: weight 1" TESTS
                                        " }"},
    {"E147",
     OVER("1h by link: count > 1") "rule s { meta: id = y match: r outcome: weight 1" TESTS " }"},
    {"E050", OUTCOME("weight 1 label \"x\" for 7d")},
    {"E050", OUTCOME("weight 1 label account \"x\"")},
    {"E050", OUTCOME("weight 1 label account x for 7d")},
    {"E140", OUTCOME("weight 1 label account \"x\" for ever")},
    {"E140", OUTCOME("weight 1 label account \"x\" for 367d")},
    {"E113", OUTCOME("weight 1 label account \"x\" for 7d label account \"x\" for 1d")},
    {"E049", OUTCOME("weight 1 label account \"liar\" for 7d")},
    {"E160", OUTCOME("weight 1 label account \"\" for 7d")},
    {"E160", OUTCOME("weight 1 label account \"a b\" for 7d")},
    {"E161", OUTCOME("weight 1 " LABEL("a") LABEL("b") LABEL("c") LABEL("d") LABEL("e") LABEL("f")
                         LABEL("g") LABEL("h") LABEL("i"))},
    {"E162", WHERE("account.label == x")},
    {"E162", ASKS("account.label in [x, y]")},
    {"E077", ASKS("account.label != x")},
    {"E077", ASKS("account.label not in [x]")},
    {"E077", ASKS("account.label > x")},
    {"E163", ASKS("post.is_reply or account.label == x")},
    {"E163", ASKS("not (post.is_reply and account.label == x)")},
    {"E163", ASKS("not not account.label == x")},
    {"E163", LABELLED("terms: $a = \"aa\" match: $a and account.label == x")},
    {"E163", LABELLED("terms: $a = account.label == x match: $a")},
    {"E163", LABELLED("match: true over 1h by account.label: count > 1")},
    {"E163", LABELLED("match: true over 1h by link: distinct(account.label) > 1")},
    {"E163", LABELLED("match: true over 1h by link: share(account.label == x) > 0.5")},
    {"E163",
     ASKS("account.label == x") "rule s { meta: id = y match: r outcome: weight 1" TESTS "}"},
    {"E163", LABELLED("match: true") "private rule s { where: account.label == x match: true }"},
    {"E150", PACK "import \"gone.rules\"\n"},
    {"E151", PACK "import \"./folder/../a.rules\"\n"},
    {"E050", PACK "import\nlist @a = any(\"aa\")\n"},
    {"E050", PACK "import \"other.rules\" as other\n"},
    {"W201", MATCH("$a")},
    {"W202", PACK "rule r { " META "match: true outcome: weight 1 }"},
    {"W203", MATCH("$a within line and $b")},
    {"W204", PACK "private rule r { match: true }"},
    {"W205", PACK "list @a = any(\"aa\")\n"},
    {"W206", TERM("any(\"aa\", \"bb\", \"aa\")")},
    {"W207", PACK "rule r { " META "match: true" TESTS " }"},
    {"W208", PACK "private rule r { match: true outcome: weight 1 }\n"
                  "rule s { meta: id = y match: r" END},
};

#define MISTAKE_COUNT (sizeof mistakes / sizeof mistakes[0])

static void show(const struct sample *sample, const char *code) {
    struct buffer out = {0};
    for (size_t i = 0; i < sample->diagnostics.count; i++) {
        diagnostic_render(&sample->diagnostics.items[i], sample->ast.files, sample->ast.file_count,
                          false, &out);
    }
    print_message("wanted %s alone in:\n%s\ngot:\n%.*s\n", code, sample->file.text.ptr,
                  (int)out.len, out.ptr ? out.ptr : "");
    buffer_free(&out);
}

/* Errors count alone; a warning must be the only thing said. */
static bool says_only(const struct sample *sample, const char *code) {
    bool wants_error = code[0] == 'E';
    size_t found = 0;
    for (size_t i = 0; i < sample->diagnostics.count; i++) {
        const struct diagnostic *diagnostic = &sample->diagnostics.items[i];
        if (!wants_error || diagnostic->severity == SEVERITY_ERROR) {
            if (strcmp(diagnostic->code, code) != 0) {
                return false;
            }
            found++;
        }
    }
    return found == 1;
}

static void each_mistake_is_reported_alone_and_under_its_own_code(void **state) {
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < MISTAKE_COUNT; i++) {
        struct sample sample;
        assert_true(sample_open(&sample, str_from_c(mistakes[i].text)));
        if (!says_only(&sample, mistakes[i].code)) {
            show(&sample, mistakes[i].code);
            wrong++;
        }
        sample_close(&sample);
    }
    assert_int_equal(wrong, 0);
}

/* What only size can bring about is tested in limits_test.c, what learned weights do in
 * weights_test.c. */
static bool is_a_limit(const char *code) {
    static const char *const limits[] = {"E002", "E014", "E055", "E075", "E080",
                                         "E083", "E099", "E152", "W209"};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (strcmp(code, limits[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void every_code_has_a_sample_and_stands_once_in_the_table(void **state) {
    (void)state;
    const char *last = "";
    for (size_t i = 0; code_at(i); i++) {
        const char *code = code_at(i)->code;
        bool has_sample = is_a_limit(code);
        for (size_t j = 0; j < MISTAKE_COUNT && !has_sample; j++) {
            has_sample = strcmp(mistakes[j].code, code) == 0;
        }
        if (!has_sample || strcmp(last, code) >= 0) {
            print_message("%s: %s\n", code, has_sample ? "out of order" : "no sample");
        }
        assert_true(has_sample);
        assert_true(strcmp(last, code) < 0);
        assert_true(strlen(code_at(i)->meaning) > 10);
        last = code;
    }
}

static void a_sound_pack_says_nothing(void **state) {
    (void)state;
    static const char *const texts[] = {
        RULE("match: true"),
        MATCH("$a and $b"),
        TERM("/abcd+/"),
        TERM("/\\d+/ ungated"),
        RULE("terms: $a = /\\d+/ $b = \"bb\" match: $a near/3 $b"),
        RULE("terms: $a = /\\d+/ $b = \"bb\" match: all of them"),
        RULE("terms: $a = /\\d+/ $b = \"bb\" match: not $a and #$b > 1"),
        PACK "private rule h { terms: $a = /\\d+/ match: $a }\n"
             "rule r { " META "terms: $b = \"bb\" match: h and $b" END,
        WHERE("post.lang in [en, zh-Hans] and not post.is_repost and account.followers >= 1e3"),
        OUTCOME("weight -1.5 group \"g\" cap 3 extract victim = $a.who, quantity = $a"),
        TEST("fires \"aa\" lang zh-Hans { $a = \"aa\" } todo silent \"aa\" because $a"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct sample sample;
        assert_true(sample_open(&sample, str_from_c(texts[i])));
        if (sample.diagnostics.count > 0) {
            show(&sample, "nothing");
        }
        assert_int_equal(sample.diagnostics.count, 0);
        sample_close(&sample);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_is_reported_alone_and_under_its_own_code),
        cmocka_unit_test(every_code_has_a_sample_and_stands_once_in_the_table),
        cmocka_unit_test(a_sound_pack_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
