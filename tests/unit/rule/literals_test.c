#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "rule/literals.h"
#include "rule/regex.h"
#include "text/fold.h"

/* "a|b & c": the choices in order. */
static void describe(struct str pattern, const char *flags, bool fold, struct buffer *out) {
    struct arena arena = {0};
    struct requirement requirement;
    assert_true(regex_requirement(&arena, pattern, str_from_c(flags), fold, &requirement));
    buffer_clear(out);
    for (uint32_t i = 0; i < requirement.count; i++) {
        for (uint32_t k = 0; k < requirement.choices[i].count; k++) {
            buffer_append_c(out, k > 0 ? "|" : (i > 0 ? " & " : ""));
            buffer_append_str(out, requirement.choices[i].items[k]);
        }
    }
    buffer_append_byte(out, '\0');
    arena_free(&arena);
}

struct example {
    const char *pattern;
    const char *flags;
    bool fold;
    const char *expected;
};

static void what_a_pattern_requires_is_found_and_nothing_else(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"leak", "", false, "leak"},
        {"LEAK", "", false, "leak"},
        {"leak", "i", true, "leak"},
        {"LEAK", "", true, ""}, /* never occurs in folded text: nothing to gate by */
        {"(leak|dump)ed", "", false, "leak|dump"},
        {"(leak|du)ed data", "", false, "ed data"},
        {"leaks?", "", false, "leak"},
        {"leaks*", "", false, "leak"},
        {"leaks+ed", "", false, "leaks"},
        {"leak(ed)?", "", false, "leak"},
        {"(leak)?(data)+", "", false, "data"},
        {"(leak){0,2}", "", false, ""},
        {"(leak){2}", "", false, "leak"},
        {"leak{1,}data", "", false, "leak & data"},
        {"leak.data", "", false, "leak & data"},
        {"leak\\.data", "", false, "leak.data"},
        {"\\bleak\\b", "", false, "leak"},
        {"[abc]leak[^]x]data", "", false, "leak & data"},
        {"[[:alpha:]]]leak", "", false, "]leak"},
        {"[Ll]ea[kK]s?", "", false, "leak"},
        {"[Ll]eak", "", true, "leak"},
        {"[Ss\u017f]old", "", false, "sold"},
        {"[Уу]теч", "", false, "утеч"},
        {"[lm]eak", "", false, "eak"},
        {"[L-l]eak", "", false, "eak"},
        {"[^Ll]eak", "", false, "eak"},
        {"[\\Ll]eak", "", false, "eak"},
        {"[\u200bl]eak", "", false, "eak"},
        {"[l\u200b]eak", "", false, "eak"},
        {"[Ll]?eak data", "", false, "eak data"},
        {"le ak # note", "x", false, ""},
        {"le ak\tdata", "x", false, "leakdata"},
        {"leak|", "", false, ""},
        {"leak|data", "", false, "leak|data"},
        {"(?i)leak", "", false, ""},
        {"(?!leak)data", "", false, "data"},
        {"(?<!leak)data(?=dump)", "", false, "data"},
        {"(?<who>leak) of", "", false, "leak &  of"},
        {"(?P<who>leak)", "", false, "leak"},
        {"(?|leak|data)", "", false, ""},
        {"(?(1)leak|data)", "", false, ""},
        {"(leak)(?1)", "", false, ""},
        {"\\Qleak\\E", "", false, ""},
        {"(*UTF)leak", "", false, ""},
        {"leak\\x{64}\\x61ta", "", false, "leakdata"},
        {"\\p{Lu}leak\\pLdata", "", false, "leak & data"},
        {"leak{,2}", "", false, ""},
        {"a{2}b", "", false, ""},
        {"Ｌeak", "", false, "leak"},
        {"Ｌeaks", "", true, "eaks"},
        {"le\xe2\x80\x8b"
         "ak",
         "", false, "leak"},
        {"洩露", "", false, "泄露"},
        {"((((leak))))", "", false, "leak"},
        {"\\d+ (records|rows)", "i", false, "records|rows"},
    };
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const struct example *example = &examples[i];
        describe(str_from_c(example->pattern), example->flags, example->fold, &out);
        if (strcmp(out.ptr, example->expected) != 0) {
            fail_msg("/%s/%s requires \"%s\", expected \"%s\"", example->pattern, example->flags,
                     out.ptr, example->expected);
        }
    }
    buffer_free(&out);
}

#define CASED_END 0x1E944u /* past the last character that has a case */

/* Characters that folding changes, and what it changes them to. */
static void collect_folding(struct buffer *characters) {
    char raw[4];
    char folded[18 * 4 + 1];
    for (uint32_t cp = 0x21; cp < CASED_END; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            continue;
        }
        struct str one = {raw, utf8_encode(cp, raw)};
        struct str fold = {folded, fold_simple(one, folded)};
        if (!str_equal(one, fold) && (cp < 0x2E80 || cp > 0x9FFF)) {
            buffer_append_str(characters, one);
            buffer_append_str(characters, fold);
        }
    }
}

/* For each of the characters: everything that PCRE2 takes as it, caselessly, folds to the same
 * bytes. On this rests that a required literal, folded, occurs in the folded text. */
static void characters_equal_without_case_fold_alike(void **state) {
    (void)state;
    struct buffer characters = {0};
    struct regex_scratch *scratch = regex_scratch_new();
    assert_non_null(scratch);
    collect_folding(&characters);
    struct str all = buffer_str(&characters);
    size_t width;
    for (size_t at = 0; at < all.len; at += width) {
        uint32_t cp = utf8_decode(all, at, &width);
        char pattern[16];
        char own[18 * 4 + 1];
        char other[18 * 4 + 1];
        int len = snprintf(pattern, sizeof pattern, "\\x{%x}", cp);
        struct regex *regex = regex_new((struct str){pattern, (size_t)len}, STR("i"));
        assert_non_null(regex);
        struct str own_fold = {own, fold_simple(str_slice(all, at, at + width), own)};
        size_t from = 0;
        size_t start;
        size_t end;
        while (regex_find(regex, scratch, all, from, true, &start, &end) == REGEX_FOUND) {
            struct str fold = {other, fold_simple(str_slice(all, start, end), other)};
            if (!str_equal(own_fold, fold)) {
                fail_msg("U+%04X matches %.*s, which folds differently", cp, (int)(end - start),
                         all.ptr + start);
            }
            from = end;
        }
        regex_free(regex);
    }
    regex_scratch_free(scratch);
    buffer_free(&characters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_pattern_requires_is_found_and_nothing_else),
        cmocka_unit_test(characters_equal_without_case_fold_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
