/* The matcher against the reference that has no prefilter and no JIT, over generated packs and
 * texts: every operator, both views, folded, raw and leet terms, windows' matches, references.
 * Everything follows from the number of the pack. `unit_rule_differential_test FIRST COUNT` runs
 * other packs than the first ones, as many as wanted.
 *
 * Where a match limit acted the two may differ: JIT and interpreter count steps differently. */
#include "fixture.h"

#include <math.h>

#include "base/buffer.h"
#include "text/variant.h"

#define RULES 8u
#define TERMS 4u
#define TEXTS 60u
#define DEPTH 3u

static unsigned first_pack = 1;
static unsigned pack_count = 120;

struct generator {
    uint64_t random;
    struct buffer out;
    unsigned rule; /* being written; later ones may refer to it */
};

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint32_t draw(struct generator *generator, uint32_t limit) {
    uint64_t x = (generator->random += 0x9E3779B97F4A7C15u);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((x ^ (x >> 31)) % limit);
}

/* Words of texts and literals alike, so that they meet. */
static const char *const words[] = {
    "leak",
    "leaks",
    "leaked",
    "data",
    "user data",
    "dump",
    "hack",
    "h4ck",
    "4.2",
    "million",
    "not",
    "no",
    "caf\xc3\xa9",
    "\xc3\x9f",
    "stra\xc3\x9f"
    "e",
    "fi",
    "\xd0\xb2\xd0\xb7\xd0\xbb\xd0\xbe\xd0\xbc",
    "\xd0\xb4\xd0\xb0\xd0\xbd\xd0\xbd\xd1\x8b\xd0\xb5",
    "\xe6\xb3\x84\xe9\x9c\xb2",
    "\xe6\xb4\xa9",
    "\xe6\x95\xb0\xe6\x8d\xae",
    "k",
    "s",
    "a",
    "p@ss",
    "user d4ta",
    "user",
    "d4ta",
    "l3aked",
};

/* What stands between words of a text, or inside them. */
static const char *const joints[] = {
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    ". ",
    "! ",
    ", ",
    "",
    "-",
    "\xe3\x80\x80",
    "\xe2\x80\x8b",
    "\xcc\x81",
    "\xc2\xad",
    "\xff",
    "\xcd\x9f",
    "#",
    " https://example.org/x ",
    "\xef\xbc\x8c",
    "1",
};

static const char *const patterns[] = {
    "leak(s|ed)?",          "(hack|leak|dump)\\w*",
    "\\bdata\\b",           "\\d+([.,]\\d+)?\\s(million|leaks)",
    "data(?=.*leak)",       "l.{0,3}k",
    "user\\s+data",         "(?<who>\\w+) (leak|hack)",
    "\\p{Lu}\\w+ data",     "caf.?e?\\x{301}?",
    "(no|not)+t? *leak",    "stra(ss|\\x{df})e",
    "\\x{6cc4}.?\\x{9732}", "^leak|dump$",
    "[hl](ac|ea)k",         "ha?ck(?!s)",
};

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof(array)[0]))

/* ---- Rules ---- */

static void write_literal(struct generator *g) {
    const char *word = words[draw(g, COUNT(words))];
    uint32_t star = draw(g, 5);
    buffer_printf(&g->out, "\"%s%s%s\"", star == 0 ? "*" : "", word, star == 1 ? "*" : "");
}

static void write_term(struct generator *g, unsigned term) {
    static const char *const views[] = {"", " fold", " fold leet"};
    uint32_t kind = draw(g, 8);
    buffer_printf(&g->out, "  $t%u = ", term);
    if (kind == 0) {
        buffer_append_c(&g->out, "url(@sites)\n");
        return;
    }
    if (kind == 1) {
        buffer_append_c(&g->out, "post.lang in [en, ru]\n");
        return;
    }
    if (kind < 4) {
        buffer_printf(&g->out, "/%s/%s%s ungated\n", patterns[draw(g, COUNT(patterns))],
                      draw(g, 2) ? "i" : "", views[draw(g, 3)]);
        return;
    }
    uint32_t count = 1 + draw(g, 4);
    buffer_append_c(&g->out, "any(");
    for (uint32_t i = 0; i < count; i++) {
        buffer_append_c(&g->out, i > 0 ? ", " : "");
        write_literal(g);
    }
    buffer_printf(&g->out, ")%s\n", views[draw(g, 3)]);
}

/* Two different terms. */
static void draw_pair(struct generator *g, uint32_t *a, uint32_t *b) {
    *a = draw(g, TERMS);
    *b = (*a + 1 + draw(g, TERMS - 1)) % TERMS;
}

static void write_primary(struct generator *g) {
    static const char *const comparisons[] = {"==", "!=", "<=", ">="};
    uint32_t a, b;
    draw_pair(g, &a, &b);
    switch (draw(g, 8)) {
    case 0:
        buffer_printf(&g->out, "#$t%u %s %u", a, comparisons[draw(g, 4)], 1 + draw(g, 3));
        break;
    case 1:
        buffer_printf(&g->out, "$t%u near/%u $t%u", a, 1 + draw(g, 8), b);
        break;
    case 2:
        buffer_printf(&g->out, "$t%u before/%u $t%u", a, 1 + draw(g, 8), b);
        break;
    case 3:
        buffer_printf(&g->out, "%s of ($t%u, $t%u)", draw(g, 2) ? "any" : "all", a, b);
        break;
    case 4:
        buffer_printf(&g->out, "%u of them", 1 + draw(g, TERMS));
        break;
    case 5:
        if (g->rule > 0) {
            buffer_printf(&g->out, "r%u", draw(g, g->rule));
            break;
        }
        buffer_append_c(&g->out, "post.is_reply");
        break;
    default:
        buffer_printf(&g->out, "$t%u", a);
        break;
    }
}

static void write_condition(struct generator *g, unsigned depth) {
    uint32_t a, b;
    draw_pair(g, &a, &b);
    uint32_t kind = depth < DEPTH ? draw(g, 7) : 6;
    const char *within = draw(g, 3) == 0 ? (draw(g, 2) ? " within sentence" : " within line") : "";
    switch (kind) {
    case 0:
    case 1:
        buffer_append_c(&g->out, "(");
        write_condition(g, depth + 1);
        buffer_append_c(&g->out, kind == 0 ? " and " : " or ");
        write_condition(g, depth + 1);
        buffer_append_c(&g->out, ")");
        break;
    case 2:
        buffer_append_c(&g->out, "not (");
        write_condition(g, depth + 1);
        buffer_append_c(&g->out, ")");
        break;
    case 3: /* a scope of negation */
        buffer_printf(&g->out, "($t%u and not $t%u %s/%u $t%u)", a, b,
                      draw(g, 2) ? "before" : "near", 1 + draw(g, 4), a);
        break;
    case 4:
        buffer_printf(&g->out, "($t%u and $t%u%s)", a, b, within);
        break;
    case 5:
        buffer_printf(&g->out, "($t%u near/%u any of ($t%u, $t%u)%s)", a, 1 + draw(g, 6), b,
                      (b + 1) % TERMS == a ? (b + 2) % TERMS : (b + 1) % TERMS, within);
        break;
    default:
        write_primary(g);
        break;
    }
}

static void write_pack(struct generator *g) {
    buffer_clear(&g->out);
    buffer_append_c(&g->out, "pack d version 1.0.0\n"
                             "list @sites = any(\"example.org\") as domain\n");
    for (g->rule = 0; g->rule < RULES; g->rule++) {
        buffer_printf(&g->out, "rule r%u {\n meta: id = \"D-%u\"\n", g->rule, g->rule);
        if (draw(g, 4) == 0) {
            buffer_append_c(&g->out, " where: not post.is_repost and post.lang in [en]\n");
        }
        buffer_append_c(&g->out, " terms:\n");
        for (unsigned i = 0; i < TERMS; i++) {
            write_term(g, i);
        }
        buffer_append_c(&g->out, " match:\n  ");
        write_condition(g, 0);
        buffer_printf(&g->out, "\n outcome: weight %u\n}\n", g->rule);
    }
    buffer_append_byte(&g->out, '\0');
    assert_false(g->out.failed);
}

/* ---- Texts ---- */

static void write_text(struct generator *g, struct buffer *text) {
    struct buffer plain = {0};
    uint32_t count = draw(g, 24);
    for (uint32_t i = 0; i < count; i++) {
        const char *word = words[draw(g, COUNT(words))];
        buffer_append_c(&plain, word);
        if (draw(g, 8) == 0 && plain.len > 0 && plain.ptr[plain.len - 1] >= 'a') {
            plain.ptr[plain.len - 1] ^= 0x20; /* also breaks characters outside ASCII */
        }
        buffer_append_c(&plain, joints[draw(g, COUNT(joints))]);
    }
    buffer_clear(text);
    /* Half of the texts as someone writes who evades. */
    if (draw(g, 2) == 0) {
        buffer_append_str(text, plain.len > 0 ? buffer_str(&plain) : STR_EMPTY);
    } else {
        variant_append(plain.len > 0 ? buffer_str(&plain) : STR_EMPTY,
                       (enum variant_kind)draw(g, VARIANT_COUNT), draw(g, 1000), text);
    }
    assert_false(text->failed || plain.failed);
    buffer_free(&plain);
}

/* ---- Comparison ---- */

static bool is_same(const struct judgement *a, const struct judgement *b) {
    bool same = a->hit_count == b->hit_count && a->span_count == b->span_count &&
                a->score == b->score && a->flag == b->flag && isfinite(a->score);
    for (size_t i = 0; same && i < a->hit_count; i++) {
        same = a->hits[i].rule == b->hits[i].rule;
    }
    for (size_t i = 0; same && i < a->span_count; i++) {
        same = a->spans[i].term == b->spans[i].term && a->spans[i].start == b->spans[i].start &&
               a->spans[i].end == b->spans[i].end;
    }
    return same;
}

static size_t hits; /* over all packs: nothing compared would be nothing shown */

static void compare(struct fixture *fixture, struct matcher *reference, struct str text,
                    unsigned pack) {
    struct judgement fast;
    struct judgement slow;
    fixture->post = (struct post){.text = text, .lang = STR("en")};
    assert_true(fold_text(&fixture->folder, text, &fixture->folded));
    assert_int_equal(matcher_post(fixture->matcher, &fixture->post, &fixture->folded, &fast),
                     HEARSAY_OK);
    assert_int_equal(matcher_post_reference(reference, &fixture->post, &fixture->folded, &slow),
                     HEARSAY_OK);
    hits += fast.hit_count;
    if (!fast.limit_acted && !slow.limit_acted && !is_same(&fast, &slow)) {
        fail_msg("pack %u differs: %zu hits and %zu spans against %zu and %zu on \"%.*s\" with\n%s",
                 pack, fast.hit_count, fast.span_count, slow.hit_count, slow.span_count,
                 (int)text.len, text.ptr, fixture->rules);
    }
}

static void run_pack(unsigned pack) {
    struct generator generator = {.random = (uint64_t)pack << 20};
    struct buffer text = {0};
    write_pack(&generator);
    struct fixture fixture = {.rules = generator.out.ptr};
    fixture_load(&fixture);
    struct matcher *reference = matcher_new(fixture.pack);
    assert_non_null(reference);
    for (unsigned i = 0; i < TEXTS; i++) {
        write_text(&generator, &text);
        compare(&fixture, reference, text.len > 0 ? buffer_str(&text) : STR_EMPTY, pack);
    }
    matcher_free(reference);
    fixture_free(&fixture);
    buffer_free(&text);
    buffer_free(&generator.out);
}

static void the_prefilter_and_the_jit_change_nothing(void **state) {
    (void)state;
    for (unsigned pack = first_pack; pack < first_pack + pack_count; pack++) {
        run_pack(pack);
    }
    assert_true(hits > pack_count);
}

int main(int argc, char **argv) {
    if (argc == 3) {
        first_pack = (unsigned)strtoul(argv[1], NULL, 10);
        pack_count = (unsigned)strtoul(argv[2], NULL, 10);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_prefilter_and_the_jit_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
