/* Parsing, checking and printing with the first, the second, the third ... allocation failing,
 * until all succeed: each time the answer is a status, and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/print.h"
#include "rule_sample.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)

int main(void) {
    return 77; /* the sanitizer, or another library, has allocators of its own */
}

#else

/* Allocations that still succeed; negative: all. */
static long allocations_left = -1;
static bool fails_once; /* or from then on */
static long live_blocks;
static bool has_failed;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static bool may_allocate(void) {
    if (allocations_left == 0) {
        has_failed = true;
        allocations_left = fails_once ? -1 : 0;
        return false;
    }
    allocations_left -= allocations_left > 0 ? 1 : 0;
    return true;
}

static void *counted(void *block) {
    live_blocks += block ? 1 : 0;
    return block;
}

/* The tests are built with hidden visibility; these must also serve the shared libraries. */
#pragma GCC visibility push(default)

void *malloc(size_t size) {
    return may_allocate() ? counted(__libc_malloc(size)) : NULL;
}

void *calloc(size_t count, size_t size) {
    return may_allocate() ? counted(__libc_calloc(count, size)) : NULL;
}

void *realloc(void *block, size_t size) {
    if (!may_allocate()) {
        return NULL;
    }
    void *moved = __libc_realloc(block, size);
    live_blocks += moved && !block ? 1 : 0;
    return moved;
}

void free(void *block) {
    live_blocks -= block ? 1 : 0;
    __libc_free(block);
}

#pragma GCC visibility pop

#define SOUND(term)                                                                                \
    "pack p version 1.0.0\nimport \"other.rules\"\nlist @a from \"words.txt\"\nlist @s from "      \
    "\"sites.txt\" as domain\n"                                                                    \
    "private rule h { match: true }\n"                                                             \
    "rule r { meta: id = x note = \"n\" refs = [\"a\"] where: post.lang in [en, ru]\n"             \
    "terms: $a = any(\"x\", \"y\", @a) $b = " term " $s = url(@s)\n"                               \
    "match: $a near/3 $b and any of them within line and h and not ($a or #$s > 1)\n"              \
    "outcome: weight 1 group g cap 2 extract victim = $b\n"                                        \
    "tests: fires \"x\" { $a = \"x\" } silent \"y\" because $s }\n"

/* PCRE2 reports a lack of memory in the middle of a pattern like a mistake of the pattern: the text
 * with a regex is run only with all later allocations failing too. */
static const char sound[] = SOUND("/abcd/i");
static const char plain[] = SOUND("\"abcd\"");

static const char wrong[] =
    "pack p version 1.0.0\nrule r { meta: idd = x terms: $aa = \"x\" $b = /(/ match: $ab and r2 }\n"
    "rule r { match: r }\n";

/* Everything that may be done with a text; HEARSAY_NO_MEMORY if any of it lacked memory. */
static enum hearsay_status run_all(struct str text) {
    struct sample sample;
    struct buffer out = {0};
    bool is_whole = sample_open(&sample, text);
    if (is_whole && sample.diagnostics.error_count == 0) {
        is_whole = ast_print(&sample.ast, &out);
    }
    for (size_t i = 0; is_whole && i < sample.diagnostics.count; i++) {
        is_whole = diagnostic_render(&sample.diagnostics.items[i], &sample.file, 1, true, &out);
    }
    buffer_free(&out);
    sample_close(&sample);
    return is_whole ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static void assert_every_failure_is_a_status(struct str text, bool once) {
    fails_once = once;
    for (long allowed = 0;; allowed++) {
        long before = live_blocks;
        has_failed = false;
        allocations_left = allowed;
        enum hearsay_status status = run_all(text);
        allocations_left = -1;
        assert_int_equal(live_blocks, before);
        assert_int_equal(status, has_failed ? HEARSAY_NO_MEMORY : HEARSAY_OK);
        if (!has_failed) {
            assert_true(allowed > 10);
            return;
        }
    }
}

static void a_sound_pack_lacks_memory_at_every_step(void **state) {
    (void)state;
    assert_every_failure_is_a_status((struct str){plain, sizeof plain - 1}, true);
    assert_every_failure_is_a_status((struct str){sound, sizeof sound - 1}, false);
}

static void a_pack_with_mistakes_lacks_memory_at_every_step(void **state) {
    (void)state;
    assert_every_failure_is_a_status((struct str){wrong, sizeof wrong - 1}, true);
    assert_every_failure_is_a_status((struct str){wrong, sizeof wrong - 1}, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_pack_lacks_memory_at_every_step),
        cmocka_unit_test(a_pack_with_mistakes_lacks_memory_at_every_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
