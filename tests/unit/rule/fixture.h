/* A pack from text in memory and one post to judge, for the tests of rule/. Any failure fails the
 * test. */
#ifndef HEARSAY_TESTS_UNIT_RULE_FIXTURE_H
#define HEARSAY_TESTS_UNIT_RULE_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "rule/pack.h"

struct fixture {
    const char *rules; /* text of pack.rules */
    const char *list;  /* text of every list file */
    struct hearsay_rules *pack;
    struct matcher *matcher;
    struct folder folder;
    struct folded folded;
    struct post post;
    struct judgement judgement;
};

static inline enum hearsay_status fixture_read(void *context, const char *path, char **bytes,
                                               size_t *len) {
    const struct fixture *fixture = context;
    const char *text = strcmp(path, "rules/pack.rules") == 0 ? fixture->rules : fixture->list;
    if (!text) {
        return HEARSAY_IO;
    }
    *len = strlen(text);
    *bytes = malloc(*len + 1);
    assert_non_null(*bytes);
    memcpy(*bytes, text, *len + 1);
    return HEARSAY_OK;
}

static inline void fixture_show(void *context, const char *text, size_t len) {
    (void)context;
    if (strncmp(text, "error", 5) == 0) {
        print_message("%.*s", (int)len, text);
    }
}

static inline void fixture_load(struct fixture *fixture) {
    const char *const files[] = {"rules/pack.rules"};
    struct hearsay_rules_options options = {.files = files,
                                            .file_count = 1,
                                            .read_file = fixture_read,
                                            .diagnostic = fixture_show,
                                            .context = fixture};
    struct hearsay_failure failure = {0};
    enum hearsay_status status = hearsay_rules_load(&options, &fixture->pack, &failure);
    if (status != HEARSAY_OK) {
        fail_msg("%s", failure.message);
    }
    fixture->matcher = matcher_new(fixture->pack);
    assert_non_null(fixture->matcher);
}

static inline void fixture_free(struct fixture *fixture) {
    matcher_free(fixture->matcher);
    hearsay_rules_free(fixture->pack);
    folder_free(&fixture->folder);
}

static inline void fixture_same(const struct judgement *a, const struct judgement *b) {
    assert_int_equal(a->hit_count, b->hit_count);
    assert_int_equal(a->span_count, b->span_count);
    for (size_t i = 0; i < a->hit_count; i++) {
        assert_ptr_equal(a->hits[i].rule, b->hits[i].rule);
    }
    for (size_t i = 0; i < a->span_count; i++) {
        assert_int_equal(a->spans[i].start, b->spans[i].start);
        assert_int_equal(a->spans[i].end, b->spans[i].end);
    }
}

/* Judges the post both ways and checks that the reference agrees and that spans lie in the text. */
static inline const struct judgement *fixture_judge_post(struct fixture *fixture) {
    struct judgement reference;
    struct matcher *other = matcher_new(fixture->pack);
    assert_non_null(other);
    assert_true(fold_text(&fixture->folder, fixture->post.text, &fixture->folded));
    assert_int_equal(
        matcher_post(fixture->matcher, &fixture->post, &fixture->folded, &fixture->judgement),
        HEARSAY_OK);
    assert_int_equal(matcher_post_reference(other, &fixture->post, &fixture->folded, &reference),
                     HEARSAY_OK);
    fixture_same(&fixture->judgement, &reference);
    matcher_free(other);
    for (size_t i = 0; i < fixture->judgement.span_count; i++) {
        assert_true(fixture->judgement.spans[i].start <= fixture->judgement.spans[i].end);
        assert_true(fixture->judgement.spans[i].end <= fixture->post.text.len);
    }
    return &fixture->judgement;
}

static inline const struct judgement *fixture_judge(struct fixture *fixture, const char *text) {
    fixture->post = (struct post){.text = str_from_c(text), .lang = STR("en")};
    return fixture_judge_post(fixture);
}

/* Does the pack's rule of that name match the text? */
static inline bool fixture_matches(struct fixture *fixture, const char *rule, const char *text) {
    const struct judgement *judgement = fixture_judge(fixture, text);
    for (size_t i = 0; i < judgement->hit_count; i++) {
        if (str_is(judgement->hits[i].rule->name, rule)) {
            return true;
        }
    }
    return false;
}

#endif
