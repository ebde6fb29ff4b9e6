#include <stdlib.h>

#include "base/utf8.h"
#include "rule/field.h"
#include "rule/match.h"
#include "text/language.h"

#define ILL_FORMED_BYTE '\x1A' /* SUBSTITUTE: neither a word character nor white space */

struct str matcher_language(struct matcher *matcher) {
    if (!matcher->language.ptr) {
        const char *language = language_normal(matcher->post->lang);
        if (language[0] == '\0') {
            language = language_detect(matcher->post->text);
        }
        matcher->language = str_from_c(language);
    }
    return matcher->language;
}

struct str matcher_sane(struct matcher *matcher) {
    struct str raw = matcher->post->text;
    if (matcher->has_sane) {
        return matcher->sane;
    }
    matcher->has_sane = true;
    matcher->sane = raw;
    size_t valid = utf8_valid_prefix(raw);
    if (valid == raw.len) {
        return raw;
    }
    buffer_clear(&matcher->sane_bytes);
    if (!buffer_append_str(&matcher->sane_bytes, raw)) {
        matcher_fail(matcher, HEARSAY_NO_MEMORY);
        matcher->sane = str_slice(raw, 0, valid);
        return matcher->sane;
    }
    for (size_t at = valid; at < raw.len;) {
        size_t width = utf8_width(raw, at);
        if (width == 0) {
            matcher->sane_bytes.ptr[at] = ILL_FORMED_BYTE;
            width = 1;
        }
        at += width;
    }
    matcher->sane = buffer_str(&matcher->sane_bytes);
    return matcher->sane;
}

const struct leet *matcher_leet(struct matcher *matcher, bool may_guess) {
    bool is_known = matcher->has_leet && (may_guess || !matcher->leet.is_guess);
    if (!is_known) {
        matcher->has_leet = true;
        if (!leet_undo(&matcher->leet, matcher->folded->text, may_guess)) {
            matcher->leet.view_count = 0;
            matcher_fail(matcher, HEARSAY_NO_MEMORY);
        }
    }
    return &matcher->leet;
}

/* First folded byte that comes from raw offset `raw` or later. */
static size_t folded_offset(const struct folded *folded, size_t raw) {
    size_t low = 0;
    size_t high = folded->text.len;
    if (!folded->to_raw) {
        return raw < high ? raw : high;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (folded->to_raw[middle] < raw) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Adds an occurrence given in the pattern's own view. False: no more are wanted. */
static bool add(struct matcher *matcher, struct pattern_state *state, bool fold, size_t start,
                size_t end) {
    void *items = matcher->pool;
    struct occurrence occurrence = {.has_place = true};
    size_t raw_start = start;
    size_t raw_end = end;
    if (state->count == OCCURRENCES_MOST) {
        matcher->limit_acted = true;
        return false;
    }
    if (!matcher_reserve(matcher, &items, matcher->pool_count, &matcher->pool_capacity,
                         sizeof occurrence)) {
        return false;
    }
    matcher->pool = items;
    if (fold) {
        folded_span(matcher->folded, matcher->post->text, start, end, &raw_start, &raw_end);
        occurrence.from = (uint32_t)start;
        occurrence.to = (uint32_t)end;
    } else {
        occurrence.from = (uint32_t)folded_offset(matcher->folded, start);
        occurrence.to = (uint32_t)folded_offset(matcher->folded, end);
    }
    occurrence.start = (uint32_t)raw_start;
    occurrence.end = (uint32_t)raw_end;
    matcher->pool[matcher->pool_count++] = occurrence;
    state->count++;
    return true;
}

static bool add_placeless(struct matcher *matcher, struct pattern_state *state) {
    if (!add(matcher, state, false, matcher->post->text.len, matcher->post->text.len)) {
        return false;
    }
    matcher->pool[matcher->pool_count - 1].has_place = false;
    return true;
}

/* ---- Literals ---- */

/* Leftmost first, of equal starts the longest. */
static int compare_hits(const void *a, const void *b) {
    const struct needle_hit *left = a;
    const struct needle_hit *right = b;
    if (left->start != right->start) {
        return left->start < right->start ? -1 : 1;
    }
    return left->end > right->end ? -1 : left->end < right->end;
}

static size_t gather_needle(struct matcher *matcher, uint32_t needle, size_t count) {
    const struct needle_state *state = &matcher->needles[needle];
    if (state->epoch != matcher->epoch) {
        return count;
    }
    matcher->limit_acted = matcher->limit_acted || state->count > OCCURRENCES_MOST;
    for (uint32_t hit = state->first; hit != RULE_NONE; hit = matcher->hits[hit].next) {
        void *items = matcher->gathered;
        if (!matcher_reserve(matcher, &items, count, &matcher->gathered_capacity,
                             sizeof *matcher->gathered)) {
            return count;
        }
        matcher->gathered = items;
        matcher->gathered[count++] = matcher->hits[hit];
    }
    return count;
}

static bool has_needle(const struct pattern *pattern, uint32_t needle) {
    uint32_t low = 0;
    uint32_t high = pattern->needle_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (pattern->needles[middle] < needle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < pattern->needle_count && pattern->needles[low] == needle;
}

/* Few needles are seen in a post: long lists are walked from that side. */
static size_t gather(struct matcher *matcher, const struct pattern *pattern) {
    size_t count = 0;
    if (pattern->gate_count > 0 && matcher->seen_count * 8 < pattern->needle_count) {
        for (uint32_t i = 0; i < matcher->seen_count; i++) {
            if (has_needle(pattern, matcher->seen[i])) {
                count = gather_needle(matcher, matcher->seen[i], count);
            }
        }
        return count;
    }
    for (uint32_t i = 0; i < pattern->needle_count; i++) {
        count = gather_needle(matcher, pattern->needles[i], count);
    }
    return count;
}

/* Adds the gathered hits, leftmost first, without overlaps. */
static void add_gathered(struct matcher *matcher, struct pattern_state *state, bool fold,
                         size_t count) {
    size_t past = 0;
    if (count > 1) {
        qsort(matcher->gathered, count, sizeof *matcher->gathered, compare_hits);
    }
    for (size_t i = 0; i < count; i++) {
        struct needle_hit hit = matcher->gathered[i];
        if (hit.start < past && i > 0) {
            continue; /* overlaps the one before */
        }
        if (!add(matcher, state, fold, hit.start, hit.end)) {
            return;
        }
        past = hit.end;
    }
}

static void find_literals(struct matcher *matcher, const struct pattern *pattern,
                          struct pattern_state *state) {
    if (matcher->is_reference || pattern->gate_count == 0) {
        for (uint32_t i = 0; i < pattern->needle_count; i++) {
            matcher_search(matcher, pattern->needles[i]);
        }
    }
    add_gathered(matcher, state, pattern->fold, gather(matcher, pattern));
}

/* ---- Regular expressions ---- */

/* Gathers what the expression finds in one view, behind `count` hits. False: a limit acted, and
 * what is not known counts as absent, all of it: half a term would depend on chance. */
static bool gather_regex(struct matcher *matcher, const struct pattern *pattern, struct str whole,
                         size_t *count) {
    struct str text = utf8_clip(whole, REGEX_TEXT_BYTES);
    size_t first = *count;
    size_t from = 0;
    size_t start;
    size_t end;
    matcher->limit_acted = matcher->limit_acted || text.len < whole.len;
    while (from < text.len && *count - first <= OCCURRENCES_MOST) {
        enum regex_result result = regex_find(pattern->regex, matcher->regex, text, from,
                                              !matcher->is_reference, &start, &end);
        void *items = matcher->gathered;
        if (result == REGEX_NO_MEMORY) {
            matcher_fail(matcher, HEARSAY_NO_MEMORY);
        }
        if (result == REGEX_LIMIT) {
            matcher->limit_acted = true;
            return false;
        }
        if (result != REGEX_FOUND ||
            !matcher_reserve(matcher, &items, *count, &matcher->gathered_capacity,
                             sizeof *matcher->gathered)) {
            return true;
        }
        matcher->gathered = items;
        matcher->gathered[(*count)++] =
            (struct needle_hit){(uint32_t)start, (uint32_t)end, RULE_NONE};
        from = end;
    }
    return true;
}

static void find_regex(struct matcher *matcher, const struct pattern *pattern,
                       struct pattern_state *state) {
    size_t count = 0;
    bool is_known = gather_regex(
        matcher, pattern, pattern->fold ? matcher->folded->text : matcher_sane(matcher), &count);
    uint32_t views = is_known && pattern->leet ? matcher_leet(matcher, false)->view_count : 0;
    for (uint32_t i = 0; is_known && i < views; i++) {
        is_known = gather_regex(matcher, pattern, buffer_str(&matcher->leet.views[i]), &count);
    }
    if (is_known) {
        add_gathered(matcher, state, pattern->fold, count);
    }
}

/* ---- Links and fields ---- */

/* The list's entries may be registrable domains or hosts; a host also stands for what lies below.
 */
static bool lists_url(struct matcher *matcher, const struct pattern *pattern, struct str url) {
    buffer_clear(&matcher->domain);
    if (!url_canonical(url, &matcher->domain)) {
        return false;
    }
    struct str host = buffer_str(&matcher->domain);
    size_t slash = str_find_byte(host, '/', 0);
    size_t query = str_find_byte(host, '?', 0);
    host = str_slice(host, 0, slash < query ? slash : query);
    size_t port = str_find_byte(host, ':', 0);
    host = str_slice(host, 0, port);
    for (;;) {
        if (host.len > 0 && map_find(pattern->domains, host) != MAP_NONE) {
            return true;
        }
        size_t dot = str_find_byte(host, '.', 0);
        if (dot == STR_NOT_FOUND) {
            return false;
        }
        host = str_slice(host, dot + 1, host.len);
    }
}

static void find_entities(struct matcher *matcher) {
    if (!matcher->has_links) {
        matcher->has_links = true;
        matcher->links.count = 0;
        if (!entities_of(matcher->post->text, &matcher->links)) {
            matcher->links.count = 0;
            matcher_fail(matcher, HEARSAY_NO_MEMORY);
        }
    }
}

static bool is_in_text(const struct matcher *matcher, struct str url) {
    for (size_t i = 0; i < matcher->links.count; i++) {
        if (matcher->links.items[i].kind == ENTITY_LINK &&
            str_equal(matcher->links.items[i].text, url)) {
            return true;
        }
    }
    return false;
}

static void find_links(struct matcher *matcher, const struct pattern *pattern,
                       struct pattern_state *state) {
    uint32_t looked_at = 0;
    find_entities(matcher);
    for (size_t i = 0; i < matcher->links.count; i++) {
        const struct entity *link = &matcher->links.items[i];
        if (link->kind != ENTITY_LINK) {
            continue;
        }
        if (looked_at++ == LINKS_MOST) {
            matcher->limit_acted = true;
            break;
        }
        if (lists_url(matcher, pattern, link->text)) {
            add(matcher, state, false, link->start, link->end);
        }
    }
    const struct str_list *urls = &matcher->post->urls;
    for (size_t i = 0; i < urls->count && looked_at < 2 * LINKS_MOST; i++, looked_at++) {
        if (!is_in_text(matcher, urls->items[i]) && lists_url(matcher, pattern, urls->items[i])) {
            add_placeless(matcher, state);
        }
    }
}

static void find_field(struct matcher *matcher, const struct pattern *pattern,
                       struct pattern_state *state) {
    bool reads = field_test_reads_language(pattern->field);
    struct str language = reads ? matcher_language(matcher) : STR_EMPTY;
    if (field_test_holds(pattern->field, matcher->post, language)) {
        add_placeless(matcher, state);
    }
}

/* ---- All kinds ---- */

static void find(struct matcher *matcher, const struct pattern *pattern,
                 struct pattern_state *state) {
    if (!matcher->is_reference && !matcher_saw_all(matcher, pattern->gates, pattern->gate_count)) {
        return;
    }
    switch (pattern->kind) {
    case TERM_LITERALS:
        find_literals(matcher, pattern, state);
        break;
    case TERM_REGEX:
        find_regex(matcher, pattern, state);
        break;
    case TERM_URL:
        find_links(matcher, pattern, state);
        break;
    case TERM_FIELD:
        find_field(matcher, pattern, state);
        break;
    }
}

struct occurrences matcher_occurrences(struct matcher *matcher, uint32_t pattern, bool with_words) {
    struct pattern_state *state = &matcher->patterns[pattern];
    if (state->epoch != matcher->epoch) {
        *state = (struct pattern_state){matcher->epoch, (uint32_t)matcher->pool_count, 0, false};
        find(matcher, &matcher->pack->patterns[pattern], state);
    }
    if (with_words && !state->has_words) {
        state->has_words = true;
        for (uint32_t i = 0; i < state->count; i++) {
            matcher_place(matcher, &matcher->pool[state->first + i]);
        }
    }
    /* An empty set has no address: the pool may not exist yet. */
    const struct occurrence *items = state->count > 0 ? matcher->pool + state->first : NULL;
    return (struct occurrences){items, state->count};
}
