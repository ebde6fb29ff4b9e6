#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/map.h"
#include "coordination/compare.h"

#define SKIPPED 77

/* A share table read from text, with the names behind its numbers. */
struct shares {
    struct map ids;      /* objects and contents */
    struct map accounts; /* in order of arrival, before they are ranked */
    struct cooretweet_row *rows;
    size_t count;
    uint32_t *ranks;   /* by arrival */
    struct str *names; /* by rank */
};

static void shares_free(struct shares *s) {
    map_free(&s->ids);
    map_free(&s->accounts);
    free(s->rows);
    free(s->ranks);
    free(s->names);
}

static void shares_add(struct shares *s, struct str object, struct str account, struct str content,
                       int64_t time_s) {
    if ((s->count & (s->count - 1)) == 0) {
        s->rows = realloc(s->rows, (s->count ? s->count * 2 : 1) * sizeof *s->rows);
        assert_non_null(s->rows);
    }
    struct cooretweet_row *row = &s->rows[s->count++];
    row->time_s = time_s;
    row->object = map_intern(&s->ids, object, NULL);
    row->content = map_intern(&s->ids, content, NULL);
    row->account = map_intern(&s->accounts, account, NULL);
}

static int name_compare(const void *left, const void *right) {
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* Turns accounts in order of arrival into ranks. */
static void shares_rank(struct shares *s) {
    s->names = calloc(s->accounts.count + 1u, sizeof *s->names);
    s->ranks = calloc(s->accounts.count + 1u, sizeof *s->ranks);
    for (uint32_t i = 0; i < s->accounts.count; i++) {
        s->names[i] = s->accounts.keys[i];
    }
    qsort(s->names, s->accounts.count, sizeof *s->names, name_compare);
    for (uint32_t rank = 0; rank < s->accounts.count; rank++) {
        s->ranks[map_find(&s->accounts, s->names[rank])] = rank;
    }
    for (size_t i = 0; i < s->count; i++) {
        s->rows[i].account = s->ranks[s->rows[i].account];
    }
}

static struct cooretweet_result shares_run(struct shares *s, uint64_t window,
                                           uint64_t participation) {
    struct cooretweet_options options = {window, participation};
    struct cooretweet_result result = {0};
    shares_rank(s);
    assert_int_equal(cooretweet_run(s->rows, s->count, &options, &result, NULL), HEARSAY_OK);
    return result;
}

/* ---- small cases ---- */

static void add(struct shares *s, const char *object, const char *account, const char *content,
                int64_t time_s) {
    shares_add(s, str_from_c(object), str_from_c(account), str_from_c(content), time_s);
}

static void two_accounts_in_the_window_are_a_pair(void **state) {
    (void)state;
    struct shares s = {0};
    add(&s, "o1", "zoe", "c1", 100);
    add(&s, "o1", "ann", "c2", 110);
    add(&s, "o2", "zoe", "c3", -50);
    add(&s, "o2", "ann", "c4", -40);
    add(&s, "o3", "zoe", "c5", 0);
    add(&s, "o3", "ann", "c6", 11);
    struct cooretweet_result result = shares_run(&s, 10, 2);
    assert_int_equal(result.pair_count, 1);
    assert_int_equal(result.pairs[0].account_a, 0);
    assert_int_equal(result.pairs[0].account_b, 1);
    assert_int_equal(result.pairs[0].weight, 2);
    assert_int_equal(result.shares[0].gap_s, -10);
    assert_int_equal(result.shares[0].time_s, 110);
    assert_true(str_is(s.ids.keys[result.shares[0].content_a], "c2"));
    cooretweet_result_free(&result);
    shares_free(&s);
}

static void an_account_below_participation_is_dropped(void **state) {
    (void)state;
    struct shares s = {0};
    add(&s, "o1", "a", "c1", 0);
    add(&s, "o1", "b", "c2", 0);
    add(&s, "o9", "a", "c3", 0);
    struct cooretweet_result result = shares_run(&s, 10, 2);
    assert_int_equal(result.pair_count, 0);
    cooretweet_result_free(&result);
    shares_free(&s);
}

static void one_taking_part_is_enough_for_a_pair(void **state) {
    (void)state;
    struct shares s = {0};
    add(&s, "o1", "a", "c1", 0);
    add(&s, "o1", "b", "c2", 0);
    add(&s, "o2", "a", "c3", 0);
    add(&s, "o2", "c", "c4", 0);
    add(&s, "o8", "b", "c5", 0); /* b and c pass the first filter and have one paired row each */
    add(&s, "o9", "c", "c6", 0);
    struct cooretweet_result result = shares_run(&s, 10, 2);
    assert_int_equal(result.pair_count, 2);
    cooretweet_result_free(&result);
    shares_free(&s);
}

static void own_objects_own_rows_and_equal_contents_make_no_pair(void **state) {
    (void)state;
    struct shares s = {0};
    add(&s, "o1", "a", "o1", 0); /* the object itself */
    add(&s, "o1", "b", "c2", 0);
    add(&s, "o2", "a", "c3", 0); /* one account */
    add(&s, "o2", "a", "c4", 0);
    add(&s, "o3", "a", "c5", 0); /* one content */
    add(&s, "o3", "b", "c5", 0);
    struct cooretweet_result result = shares_run(&s, 10, 1);
    assert_int_equal(result.pair_count, 0);
    cooretweet_result_free(&result);
    struct cooretweet_options options = {10, 1};
    assert_int_equal(cooretweet_run(NULL, 0, &options, &result, NULL), HEARSAY_OK);
    assert_int_equal(result.pair_count, 0);
    cooretweet_result_free(&result);
    shares_free(&s);
}

/* ---- the package's published networks ---- */

static const char *corpora_folder(void) {
    const char *folder = getenv("HEARSAY_CORPORA");
    return folder && *folder ? folder : HEARSAY_SOURCE_DIR "/../shared/corpora";
}

/* The whole output of `zstd -dc FILE` or the file itself; empty when it cannot be read. */
static struct buffer corpora_read(const char *name, bool is_compressed) {
    struct buffer bytes = {0};
    char command[1024];
    const char *folder = corpora_folder(); /* from the project's root, unless absolute */
    snprintf(command, sizeof command, "cd '%s' && %s '%s/peers/cooretweet/%s' 2>/dev/null",
             HEARSAY_SOURCE_DIR, is_compressed ? "zstd -dc" : "cat", folder, name);
    FILE *file = popen(command, "r");
    char block[65536];
    size_t len;
    while (file && (len = fread(block, 1, sizeof block, file)) > 0) {
        assert_true(buffer_append(&bytes, block, len));
    }
    if (file) {
        pclose(file);
    }
    return bytes;
}

static bool corpora_are_there(void) {
    struct buffer bytes = corpora_read("expected_russian_w60_mp2_edges.csv", false);
    bool is_there = bytes.len > 0;
    buffer_free(&bytes);
    return is_there;
}

#define COLUMNS 7
/* Cuts the next line off *text into columns; false at the end. No quotes in these files. */
static bool line_next(struct str *text, struct str columns[COLUMNS]) {
    if (text->len == 0) {
        return false;
    }
    size_t end = str_find_byte(*text, '\n', 0);
    struct str line = str_slice(*text, 0, end);
    *text = str_slice(*text, end == STR_NOT_FOUND ? text->len : end + 1, text->len);
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t comma = str_find_byte(line, ',', 0);
        columns[i] = str_trim(str_slice(line, 0, comma));
        line = comma == STR_NOT_FOUND ? STR_EMPTY : str_slice(line, comma + 1, line.len);
    }
    return true;
}

struct weighted {
    struct str a;
    struct str b;
    uint64_t weight;
};

static int weighted_compare(const void *left, const void *right) {
    const struct weighted *x = left;
    const struct weighted *y = right;
    int order = str_compare(x->a, y->a);
    return order != 0 ? order : str_compare(x->b, y->b);
}

/* Adds a run's pairs to a list. */
static size_t weighted_add(struct weighted *list, size_t count, const struct shares *s,
                           const struct cooretweet_result *result) {
    for (size_t i = 0; i < result->pair_count; i++) {
        const struct cooretweet_pair *pair = &result->pairs[i];
        list[count++] =
            (struct weighted){s->names[pair->account_a], s->names[pair->account_b], pair->weight};
    }
    return count;
}

/* Sorts a list and adds up equal pairs. */
static size_t weighted_merge(struct weighted *list, size_t count) {
    qsort(list, count, sizeof *list, weighted_compare);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && weighted_compare(&list[kept - 1], &list[i]) == 0) {
            list[kept - 1].weight += list[i].weight;
        } else {
            list[kept++] = list[i];
        }
    }
    return kept;
}

static void check_published(const struct weighted *list, size_t count, const char *name) {
    struct buffer bytes = corpora_read(name, false);
    struct str text = buffer_str(&bytes);
    struct str columns[COLUMNS];
    assert_true(line_next(&text, columns));
    size_t at = 0;
    while (line_next(&text, columns)) {
        uint64_t weight = 0;
        assert_true(at < count);
        assert_true(str_to_u64(columns[2], &weight));
        assert_true(str_equal(columns[0], list[at].a));
        assert_true(str_equal(columns[1], list[at].b));
        assert_int_equal(weight, list[at].weight);
        at++;
    }
    assert_int_equal(at, count);
    buffer_free(&bytes);
}

static size_t nodes_count(const struct weighted *list, size_t count) {
    struct map nodes = {0};
    for (size_t i = 0; i < count; i++) {
        map_intern(&nodes, list[i].a, NULL);
        map_intern(&nodes, list[i].b, NULL);
    }
    size_t found = nodes.count;
    map_free(&nodes);
    return found;
}

static void the_russian_table_gives_the_published_network(void **state) {
    (void)state;
    struct shares s = {0};
    struct buffer bytes = corpora_read("russian_coord_tweets.csv.zst", true);
    struct str text = buffer_str(&bytes);
    struct str columns[COLUMNS];
    assert_true(line_next(&text, columns));
    while (line_next(&text, columns)) {
        int64_t time_s = 0;
        assert_true(str_to_i64(columns[3], &time_s));
        shares_add(&s, columns[0], columns[1], columns[2], time_s);
    }
    assert_int_equal(s.count, 35125);
    struct cooretweet_result result = shares_run(&s, 60, 2);
    assert_int_equal(result.pair_count, 3721);
    struct weighted *list = calloc(result.pair_count, sizeof *list);
    size_t count = weighted_add(list, 0, &s, &result);
    assert_int_equal(nodes_count(list, count), 2110);
    check_published(list, count, "expected_russian_w60_mp2_edges.csv");
    free(list);
    cooretweet_result_free(&result);
    shares_free(&s);
    buffer_free(&bytes);
}

/* One column of the German table as objects; rows are unique and have an object. */
static void german_read(struct shares *s, struct str text, size_t column) {
    struct map seen = {0};
    struct str columns[COLUMNS];
    assert_true(line_next(&text, columns));
    while (line_next(&text, columns)) {
        char key[256];
        int len =
            snprintf(key, sizeof key, "%.*s|%.*s|%.*s|%.*s", (int)columns[column].len,
                     columns[column].ptr, (int)columns[0].len, columns[0].ptr, (int)columns[1].len,
                     columns[1].ptr, (int)columns[6].len, columns[6].ptr);
        bool is_new = false;
        map_intern(&seen, (struct str){key, (size_t)len}, &is_new);
        if (columns[column].len == 0 || !is_new) {
            continue;
        }
        int64_t time_s = 0;
        assert_true(str_to_i64(columns[6], &time_s));
        /* Post and object numbers are different things that look alike. */
        len =
            snprintf(key, sizeof key, "object %.*s", (int)columns[column].len, columns[column].ptr);
        shares_add(s, (struct str){key, (size_t)len}, columns[0], columns[1], time_s);
    }
    map_free(&seen);
}

static void the_german_tables_give_the_published_network(void **state) {
    (void)state;
    struct buffer bytes = corpora_read("german_elections.csv.zst", true);
    struct shares tables[2] = {{.count = 0}, {.count = 0}};
    const size_t columns[2] = {2, 5};
    struct weighted *list = calloc(10000, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < 2; i++) {
        german_read(&tables[i], buffer_str(&bytes), columns[i]);
        struct cooretweet_result result = shares_run(&tables[i], 30, 2);
        count = weighted_add(list, count, &tables[i], &result);
        cooretweet_result_free(&result);
    }
    count = weighted_merge(list, count);
    assert_int_equal(count, 1732);
    assert_int_equal(nodes_count(list, count), 671);
    check_published(list, count, "expected_german_url_img_w30_mp2_edges.csv");
    free(list);
    shares_free(&tables[0]);
    shares_free(&tables[1]);
    buffer_free(&bytes);
}

int main(void) {
    const struct CMUnitTest small[] = {
        cmocka_unit_test(two_accounts_in_the_window_are_a_pair),
        cmocka_unit_test(an_account_below_participation_is_dropped),
        cmocka_unit_test(one_taking_part_is_enough_for_a_pair),
        cmocka_unit_test(own_objects_own_rows_and_equal_contents_make_no_pair),
    };
    const struct CMUnitTest published[] = {
        cmocka_unit_test(the_russian_table_gives_the_published_network),
        cmocka_unit_test(the_german_tables_give_the_published_network),
    };
    int failures = cmocka_run_group_tests(small, NULL, NULL);
    if (failures == 0 && !corpora_are_there()) {
        puts("skipped: no peers/cooretweet in HEARSAY_CORPORA (or zstd is missing)");
        return SKIPPED;
    }
    return failures + cmocka_run_group_tests(published, NULL, NULL);
}
