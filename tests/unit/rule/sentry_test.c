/* The sentry lets pass every post that a rule matches: packs with conditions put together at random
 * judge random texts as the reference does, which has no sentry (fixture_judge_post compares). */
#include "fixture.h"

#include "base/buffer.h"
#include "rule/compile.h"

static const char *const words[] = {"leak", "dump",   "data",  "records",  "bank", "hacked",
                                    "sale", "portal", "#op",   "gb",       "not",  "утечка",
                                    "泄露", "数据库", "by us", "take down"};
enum { WORDS = sizeof words / sizeof words[0], TERMS = 5, RULES = 6 };

static uint32_t draw(uint64_t *seed, uint32_t below) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 33) % below;
}

static void append_condition(struct buffer *out, uint32_t rule, uint32_t depth, uint64_t *seed) {
    uint32_t kind = depth == 0 ? draw(seed, 3) : 3 + draw(seed, 5);
    switch (kind) {
    case 0:
        if (rule > 0) {
            buffer_printf(out, "r%u", draw(seed, rule));
            return;
        }
        buffer_append_c(out, "$t0");
        return;
    case 1:
        buffer_printf(out, "#$t%u >= %u", draw(seed, TERMS), 1 + draw(seed, 2));
        return;
    case 2:
        buffer_printf(out, "$t%u", draw(seed, TERMS));
        return;
    case 3:
        buffer_printf(out, "%u of them", 1 + draw(seed, TERMS - 1));
        return;
    case 4:
        buffer_append_c(out, "$t0 near/3 $t1");
        return;
    default:
        buffer_append_byte(out, '(');
        append_condition(out, rule, depth - 1, seed);
        buffer_append_c(out, kind == 5 ? ") or (" : kind == 6 ? ") and (" : ") and not (");
        append_condition(out, rule, depth - 1, seed);
        buffer_append_byte(out, ')');
        return;
    }
}

static void append_rule(struct buffer *out, uint32_t rule, uint64_t *seed) {
    static const char *const marks[] = {" fold", " fold leet", ""};
    buffer_printf(out, "%srule r%u {\n meta: id = \"R%u\" severity = low\n terms:\n",
                  rule % 2 ? "" : "private ", rule, rule);
    for (uint32_t i = 0; i < TERMS; i++) {
        buffer_printf(out, "  $t%u = any(\"%s\", \"%s\")%s\n", i, words[draw(seed, WORDS)],
                      words[draw(seed, WORDS)], marks[draw(seed, 3)]);
    }
    buffer_append_c(out, " match: (1 of them) and (");
    append_condition(out, rule, 1 + draw(seed, 3), seed);
    buffer_append_c(out, ")\n outcome: weight 1\n}\n");
}

static void append_text(struct buffer *out, uint64_t *seed) {
    static const char *const between[] = {" ", ". ", "\n", "  ", " and the ", ", 4 "};
    for (uint32_t i = 0; i < 1 + draw(seed, 6); i++) {
        const char *word = words[draw(seed, WORDS)];
        for (size_t k = 0; word[k]; k++) {
            bool is_leet = word[k] == 'a' && draw(seed, 4) == 0;
            buffer_append_byte(out, is_leet ? '4' : word[k]);
        }
        buffer_append_c(out, between[draw(seed, 6)]);
    }
}

static void what_a_rule_matches_is_let_pass(void **state) {
    (void)state;
    uint64_t seed = 88172645463325252u;
    size_t hits = 0;
    size_t posts = 0;
    unsigned idle = 0;
    for (unsigned round = 0; round < 150; round++) {
        struct buffer rules = {0};
        struct buffer text = {0};
        buffer_append_c(&rules, "pack demo version 1.0.0 requires hearsay >= 0.1\n");
        for (uint32_t i = 0; i < RULES; i++) {
            append_rule(&rules, i, &seed);
        }
        buffer_append_byte(&rules, '\0');
        struct fixture f = {.rules = rules.ptr};
        fixture_load(&f);
        idle += f.pack->sentry.is_idle;
        for (unsigned i = 0; i < 100; i++) {
            buffer_clear(&text);
            append_text(&text, &seed);
            f.post = (struct post){.text = buffer_str(&text), .lang = STR("en")};
            hits += fixture_judge_post(&f)->hit_count > 0;
            posts++;
        }
        fixture_free(&f);
        buffer_free(&rules);
        buffer_free(&text);
    }
    assert_int_equal(idle, 0);
    assert_in_range(hits, posts / 10, posts - posts / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_rule_matches_is_let_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
