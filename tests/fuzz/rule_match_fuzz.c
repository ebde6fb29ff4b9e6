/* A small pack, put together from a table of rules by the first three bytes, judges a text made of
 * the rest: as it is, or as indices of fragments that are apt to go wrong. matcher_post must agree
 * with matcher_post_reference in everything, and spans must lie in the raw text. Where a match
 * limit acted the two may differ, since JIT and interpreter count steps differently. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "rule/pack.h"

static const char *const bodies[] = {
    "terms: $a = any(\"leak\") fold\n match: $a",
    "terms: $a = any(\"leak*\", \"*leak\", \"cafe\") fold\n match: #$a >= 2",
    "terms: $a = any(\"leak\", \"Leak*\", \"cafe\")\n match: $a",
    "terms: $a = any(\"user data\", \"data\") fold\n $b = any(\"leak*\") fold\n match: $a near/2 "
    "$b",
    "terms: $a = any(\"user data\", \"a\")\n $b = any(\"leak*\")\n match: $a before/3 $b",
    "terms: $a = /le(a|e)k\\w*/i ungated\n match: $a",
    "terms: $a = /(leak|data|\\x{6cc4}\\x{9732})+s?/i fold\n match: $a",
    "terms: $a = /caf.?e|na{2,}n?a/i ungated\n match: $a",
    "terms: $a = /\\w+ \\d{1,3}([.,]\\d+)?/ ungated\n $b = any(\"leak*\") fold\n"
    " match: $a and $b within sentence",
    "terms: $a = any(\"leak\") fold\n $n = any(\"not\") fold\n"
    " match: $a and not $n before/2 $a",
    "terms: $a = any(\"leak\") fold\n $b = any(\"data\") fold\n $n = any(\"not\")\n"
    " match: ($a near/4 $b within line) and not $n near/1 $a",
    "terms: $a = any(\"leak\")\n $b = any(\"data\") fold\n $c = /not/i\n match: 2 of them",
    "terms: $a = any(\"leak\") fold\n $b = any(\"data\") fold\n match: $a or not $b",
    "terms: $a = any(\"leak\") fold\n $b = any(\"data\") fold\n"
    " match: $a and not $b within sentence",
    "terms: $a = any(\"\xd0\xb2\xd0\xb7\xd0\xbb\xd0\xbe\xd0\xbc*\") fold\n"
    " $b = /\xd0\xb2\xd0\xb7\xd0\xbb\xd0\xbe\xd0\xbc/i\n match: $a or $b",
    "terms: $a = any(\"\xe6\xb3\x84\xe9\x9c\xb2\") fold\n $b = any(\"\xe6\xb4\xa9\xe9\x9c\xb2\")\n"
    " match: any of them",
    "terms: $a = any(\"\xc3\xa9t\xc3\xa9\", \"\xc3\x9f\")\n $b = any(\"ss\", "
    "\"\xc3\xa9t\xc3\xa9\") "
    "fold\n match: #$a >= 2 or $b",
    "terms: $a = any(\"fi\", \"k\", \"s*\") fold\n $b = /ki?s/i\n match: $a and $b",
    "terms: $a = /data(?=.*leak)/s\n match: $a",
    "terms: $a = any(\"!\", \"a b\", \"a  b\", \"\\u{3000}\") \n match: $a",
    "where: not post.is_repost and post.lang in [en]\n terms: $a = any(\"data*\") fold\n match: $a",
    "terms: $a = any(\"x*\", \"*x\", \"xx\") fold\n match: #$a > 3",
    "terms: $a = url(@sites)\n $b = any(\"data\") fold\n match: $a or $b",
    "terms: $a = any(\"leak*\", \"data\") fold leet\n $b = any(\"data\") fold\n"
    " match: $a or $b near/2 $a",
    "terms: $a = /(leak|data|not)s?\\b/ fold leet\n $b = any(\"na\", \"3\") fold leet\n"
    " match: $a or #$b >= 2",
    "terms: $a = /(?<word>\\p{L}+)\\s+leak/ fold\n match: $a\n"
    " outcome: weight 1 extract victim = $a.word",
};
#define BODY_COUNT (sizeof bodies / sizeof bodies[0])

static const char *const fragments[] = {
    "leak",
    "Leak",
    "LEAKED",
    "data",
    "user data",
    "user  data",
    "not",
    " ",
    "\n",
    ". ",
    "! ",
    "cafe",
    "\xcc\x81",
    "e\xcc\x81",
    "\xc3\xa9",
    "\xe2\x80\x8b",
    "\xef\xbc\xac",
    "\xd0\xb0",
    "\xd0\xb5",
    "\xe2\x84\xaa",
    "\xc5\xbf",
    "\xef\xac\x81",
    "\xc3\x9f",
    "\xe6\xb3\x84\xe9\x9c\xb2",
    "\xe6\xb4\xa9",
    "\xff",
    "\xe2\x82",
    "k",
    "s",
    "a",
    "x",
    "na",
    "12.5 ",
    "l3",
    "4",
    "@",
    "$",
    "1",
    "d4t4",
    "!",
    "\xd0\x92\xd0\x97\xd0\x9b\xd0\x9e",
    "\xd0\xbc",
    "\xe3\x80\x80",
    "\xcd\x9f",
    "https://example.org/x",
    "\xef\xb8\x8f",
    "\xc2\xad",
    "\xe1\xba\x9e",
    ("l\xc2\xad"
     "eak"),
};
#define FRAGMENT_COUNT (sizeof fragments / sizeof fragments[0])

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

static enum hearsay_status read_pack(void *context, const char *path, char **bytes, size_t *len) {
    const struct buffer *text = context;
    (void)path;
    *bytes = malloc(text->len + 1);
    check(*bytes != NULL);
    memcpy(*bytes, text->ptr, text->len);
    *len = text->len;
    return HEARSAY_OK;
}

static void show(void *context, const char *text, size_t len) {
    (void)context;
    if (strncmp(text, "error", 5) == 0) {
        fprintf(stderr, "%.*s", (int)len, text);
    }
}

static struct hearsay_rules *load(const uint8_t *choice) {
    const char *const files[] = {"fuzz.rules"};
    struct buffer text = {0};
    struct hearsay_rules *pack = NULL;
    buffer_append_c(&text, "pack fuzz version 1.0.0 requires hearsay >= 0.1\n"
                           "list @sites = any(\"example.org\") as domain\n");
    for (unsigned i = 0; i < 3; i++) {
        buffer_printf(&text, "rule r%u {\n meta: id = \"F-%u\" severity = low\n %s\n}\n", i, i,
                      bodies[choice[i] % BODY_COUNT]);
    }
    struct hearsay_rules_options options = {
        .files = files, .file_count = 1, .read_file = read_pack, .diagnostic = show};
    options.context = &text;
    enum hearsay_status status = hearsay_rules_load(&options, &pack, NULL);
    if (status == HEARSAY_BAD_RULES) {
        fprintf(stderr, "%.*s", (int)text.len, text.ptr);
    }
    check(status == HEARSAY_OK);
    buffer_free(&text);
    return pack;
}

static void compare(const struct judgement *a, const struct judgement *b, struct str raw) {
    check(a->hit_count == b->hit_count && a->span_count == b->span_count);
    check(a->score == b->score && a->flag == b->flag && isfinite(a->score));
    check(str_equal(a->victim, b->victim) && str_equal(a->quantity, b->quantity));
    for (size_t i = 0; i < a->hit_count; i++) {
        check(a->hits[i].rule == b->hits[i].rule && a->hits[i].weight == b->hits[i].weight);
    }
    for (size_t i = 0; i < a->span_count; i++) {
        check(a->spans[i].term == b->spans[i].term);
        check(a->spans[i].start == b->spans[i].start && a->spans[i].end == b->spans[i].end);
        check(a->spans[i].start <= a->spans[i].end && a->spans[i].end <= raw.len);
    }
}

static void judge(struct hearsay_rules *pack, struct str raw) {
    struct post post = {.text = raw, .lang = STR("en")};
    struct folder folder = {0};
    struct folded folded;
    struct judgement fast;
    struct judgement slow;
    struct matcher *matcher = matcher_new(pack);
    struct matcher *reference = matcher_new(pack);
    check(matcher && reference && fold_text(&folder, raw, &folded));
    check(matcher_post(matcher, &post, &folded, &fast) == HEARSAY_OK);
    check(matcher_post_reference(reference, &post, &folded, &slow) == HEARSAY_OK);
    if (!fast.limit_acted && !slow.limit_acted) {
        compare(&fast, &slow, raw);
    }
    matcher_free(matcher);
    matcher_free(reference);
    folder_free(&folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 4) {
        return 0;
    }
    struct hearsay_rules *pack = load(data);
    struct buffer text = {0};
    bool is_bytes = data[3] & 1;
    for (size_t i = 4; i < size; i++) {
        if (is_bytes) {
            buffer_append_byte(&text, (char)data[i]);
        } else {
            buffer_append_c(&text, fragments[data[i] % FRAGMENT_COUNT]);
        }
    }
    judge(pack, text.len > 0 ? buffer_str(&text) : STR_EMPTY);
    buffer_free(&text);
    hearsay_rules_free(pack);
    return 0;
}
