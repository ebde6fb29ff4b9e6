/* What a rule with a window needs of one post: its keys and the values of its measures, and the
 * spans and extracts that count should the window fire. */
#include <stdlib.h>

#include "base/sort.h"
#include "rule/field.h"
#include "rule/label_table.h"
#include "rule/match.h"
#include "rule/over.h"
#include "rule/resemblance.h"
#include "text/fold.h"
#include "text/plain.h"

/* ---- Keys ---- */

struct key_list {
    struct matcher *matcher;
    size_t first; /* in matcher->window_keys */
    size_t count;
};

static void append_key(struct key_list *list, struct digest key) {
    struct buffer *keys = &list->matcher->window_keys;
    for (size_t i = 0; i < list->count; i++) {
        struct digest other;
        memcpy(&other, keys->ptr + (list->first + i) * sizeof other, sizeof other);
        if (digest_equal(key, other)) {
            return;
        }
    }
    if (list->count == OVER_POST_KEYS_MOST) {
        list->matcher->limit_acted = true;
    } else if (buffer_append(keys, &key, sizeof key)) {
        list->count++;
    } else {
        matcher_fail(list->matcher, HEARSAY_NO_MEMORY);
    }
}

static void append_text_key(struct key_list *list, struct str text) {
    if (text.len > 0) {
        append_key(list, hash128(text));
    }
}

static bool is_of_account(uint32_t field) {
    return str_starts_with(str_from_c(field_at(field)->name), STR("account."));
}

static struct field_value value_of(struct matcher *matcher, uint32_t field) {
    struct str language = field_is_language(field) ? matcher_language(matcher) : STR_EMPTY;
    return field_value_of(field, matcher->post, language);
}

static void field_key(struct key_list *list, uint32_t field) {
    struct field_value value = value_of(list->matcher, field);
    if (value.present && is_of_account(field)) {
        append_key(list, account_digest(list->matcher->post->platform, value.text));
    } else if (value.present) {
        append_text_key(list, value.text);
    }
}

static void link_keys(struct key_list *list) {
    struct buffer *text = &list->matcher->key_text;
    for (size_t i = 0; i < list->matcher->post->urls.count; i++) {
        buffer_clear(text);
        if (url_canonical(list->matcher->post->urls.items[i], text)) {
            append_text_key(list, buffer_str(text));
        }
    }
}

/* fold_simple writes up to 18 bytes for each byte. */
static void folded_key(struct key_list *list, struct str raw) {
    struct buffer *text = &list->matcher->key_text;
    buffer_clear(text);
    if (buffer_reserve(text, 18 * raw.len + 1)) {
        text->len = fold_simple(raw, text->ptr);
        append_text_key(list, buffer_str(text));
    }
}

static void hashtag_keys(struct key_list *list) {
    for (size_t i = 0; i < list->matcher->post->hashtags.count; i++) {
        folded_key(list, list->matcher->post->hashtags.items[i]);
    }
}

static void mention_keys(struct key_list *list) {
    const struct post *post = list->matcher->post;
    for (size_t i = 0; i < post->mentions.count; i++) {
        append_key(list, account_digest(post->platform, post->mentions.items[i]));
    }
}

static void term_keys(struct key_list *list, uint32_t rule, const struct term *term) {
    struct matcher *matcher = list->matcher;
    const struct rule_code *code = &matcher->pack->rules[rule];
    struct occurrences own =
        matcher_occurrences(matcher, pack_pattern(matcher->pack, code, term), false);
    for (uint32_t i = 0; i < own.count; i++) {
        if (own.items[i].has_place) {
            folded_key(list, str_slice(matcher->post->text, own.items[i].start, own.items[i].end));
        }
    }
}

/* Bytes of the first `most` code points. */
static size_t bytes_of(struct str text, size_t most) {
    size_t at = 0;
    for (size_t seen = 0; at < text.len; at++) {
        bool begins = ((unsigned char)text.ptr[at] & 0xc0) != 0x80;
        if (begins && seen++ == most) {
            break;
        }
    }
    return at;
}

/* Rules by similar(...) share the words; which text they resemble is found in order of time
 * (rule/resemblance.h). */
static struct str similar_words(struct matcher *matcher) {
    struct buffer *words = &matcher->window_words;
    if (!matcher->has_window_words) {
        matcher->has_window_words = true;
        buffer_clear(words);
        if (!text_words(matcher->folded, words)) {
            matcher_fail(matcher, HEARSAY_NO_MEMORY);
            buffer_clear(words);
        }
        words->len = bytes_of(buffer_str(words), RESEMBLANCE_CODE_POINTS);
    }
    return buffer_str(words);
}

static size_t collect_keys(struct matcher *matcher, uint32_t rule, const struct over *over) {
    struct key_list list = {matcher, matcher->window_keys.len / sizeof(struct digest), 0};
    switch (over->key) {
    case OVER_FIELD:
        field_key(&list, over->field);
        break;
    case OVER_LINK:
        link_keys(&list);
        break;
    case OVER_HASHTAG:
        hashtag_keys(&list);
        break;
    case OVER_MENTION:
        mention_keys(&list);
        break;
    case OVER_SIMILAR:
        append_text_key(&list, similar_words(matcher));
        break;
    case OVER_TERM:
        term_keys(&list, rule, over->term);
        break;
    }
    if (matcher->key_text.failed) {
        matcher_fail(matcher, HEARSAY_NO_MEMORY);
    }
    return list.count;
}

/* ---- Values ---- */

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static bool measure_value(struct matcher *matcher, uint32_t rule, const struct measure *measure,
                          uint64_t *value) {
    if (measure->kind == MEASURE_SHARE) {
        *value = matcher_expr_holds(matcher, rule, measure->share);
        return true;
    }
    struct field_value field = value_of(matcher, measure->field);
    switch (field_at(measure->field)->kind) {
    case FIELD_TEXT:
        *value = is_of_account(measure->field)
                     ? account_digest(matcher->post->platform, field.text).low
                     : hash64(field.text);
        break;
    case FIELD_NUMBER:
        *value = bits_of(field.number);
        break;
    case FIELD_BOOLEAN:
        *value = field.boolean;
        break;
    }
    return field.present;
}

static void collect_values(struct matcher *matcher, uint32_t rule, const struct over *over,
                           struct pending *pending) {
    for (uint32_t i = 0; i < over->measure_count; i++) {
        const struct measure *measure = &over->measures[i];
        bool has_slot = measure->kind != MEASURE_COUNT && measure->kind != MEASURE_RATE &&
                        measure->kind != MEASURE_BURST;
        if (has_slot && measure_value(matcher, rule, measure, &pending->values[measure->slot])) {
            pending->present |= 1u << measure->slot;
        }
    }
}

/* ---- All of it ---- */

/* Without a window there is no key: the rule waits for what labels say. */
static void add_pending(struct matcher *matcher, uint32_t rule) {
    const struct over *over = matcher->pack->rules[rule].rule->over;
    struct pending pending = {.rule = matcher->pack->rules[rule].rule,
                              .first_key = matcher->window_keys.len / sizeof(struct digest)};
    pending.key_count = over ? collect_keys(matcher, rule, over) : 0;
    void *items = matcher->pending;
    if ((over && pending.key_count == 0) ||
        !matcher_reserve(matcher, &items, matcher->pending_count, &matcher->pending_capacity,
                         sizeof pending)) {
        return;
    }
    matcher->pending = items;
    if (over) {
        collect_values(matcher, rule, over, &pending);
    }
    if (over && over->key == OVER_SIMILAR) {
        pending.words = similar_words(matcher);
    }
    matcher_state_rule(matcher, &pending);
    matcher->pending[matcher->pending_count++] = pending;
}

void matcher_pend(struct matcher *matcher, struct judgement *judgement) {
    matcher->pending_count = 0;
    buffer_clear(&matcher->window_keys);
    matcher->has_window_words = false;
    if (matcher->waiting_count > 1) {
        qsort(matcher->waiting, matcher->waiting_count, sizeof *matcher->waiting, compare_numbers);
    }
    for (uint32_t i = 0; i < matcher->waiting_count && matcher->post->has_time; i++) {
        add_pending(matcher, matcher->waiting[i]);
    }
    judgement->pending = matcher->pending;
    judgement->pending_count = matcher->pending_count;
    judgement->keys = (const struct digest *)(const void *)matcher->window_keys.ptr;
    judgement->spans = matcher->spans;
    judgement->limit_acted = matcher->limit_acted;
}
