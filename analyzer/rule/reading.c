/* Reading the views of a post through a sieve: the folded text, the context-free one where it
 * differs, and the readings with leetspeak undone. */
#include "rule/reading.h"
#include "rule/match.h"

/* Reads what may stand around the view's bytes [from, to). */
static bool read_part(struct reading *reading, const struct sieve *sieve, size_t from, size_t to,
                      sieve_report *report) {
    const struct folded *folded = reading->matcher->folded;
    struct sieve_reader reader = {report, reading, folded->is_ascii, folded->join_count == 0};
    return sieve_read(sieve, reading->view, from, to, &reader);
}

/* May belong to a word; no is certain. */
static bool may_be_word(char byte) {
    return (unsigned char)byte >= 0x80 || ((unsigned char)(byte | 0x20) - (unsigned)'a' < 26) ||
           (unsigned char)byte - (unsigned)'0' < 10;
}

/* `bytes` bytes before (after) `at`, a run of white space counted once, not past `bound`. */
static size_t reach_back(struct str view, size_t at, size_t bytes, size_t bound) {
    for (; at > bound && bytes > 0; bytes--) {
        at--;
        while (at > bound && sieve_is_space((unsigned char)view.ptr[at]) &&
               sieve_is_space((unsigned char)view.ptr[at - 1])) {
            at--;
        }
    }
    return at;
}

static size_t reach_on(struct str view, size_t at, size_t bytes) {
    for (; at < view.len && bytes > 0; bytes--) {
        at++;
        while (at < view.len && sieve_is_space((unsigned char)view.ptr[at]) &&
               sieve_is_space((unsigned char)view.ptr[at - 1])) {
            at++;
        }
    }
    return at;
}

/* Only what touches a place where something was undone is new in a reading: so only the words of
 * such places (stars take in whole words) are read, with as much around them as the longest needle
 * has. */
static bool read_undone(struct matcher *matcher, const struct sieve *sieve, struct str view,
                        sieve_report *report) {
    struct reading reading = {matcher, view, VIEW_LEET};
    const char *folded = matcher->folded->text.ptr;
    size_t from = 0; /* [from, to) is still to be read */
    size_t to = 0;
    for (size_t at = 0; at < view.len; at++) {
        if (view.ptr[at] == folded[at]) {
            continue;
        }
        size_t first = at;
        while (first > to && may_be_word(view.ptr[first - 1])) {
            first--;
        }
        first = reach_back(view, first, matcher->pack->leet_reach, to);
        if (first > to) {
            if (!read_part(&reading, sieve, from, to, report)) {
                return false;
            }
            from = first;
        }
        while (at < view.len && may_be_word(view.ptr[at])) {
            at++;
        }
        size_t end = reach_on(view, at, matcher->pack->leet_reach);
        to = end > to ? end : to;
    }
    return read_part(&reading, sieve, from, to, report);
}

bool matcher_read(struct matcher *matcher, const struct sieve *sieve, bool may_guess,
                  sieve_report *report) {
    const struct folded *folded = matcher->folded;
    bool is_one_view = folded->simple.ptr == folded->text.ptr;
    struct reading whole = {matcher, folded->text,
                            is_one_view ? VIEW_FOLDED | VIEW_SIMPLE : VIEW_FOLDED};
    struct reading simple = {matcher, folded->simple, VIEW_SIMPLE};
    if (!read_part(&whole, sieve, 0, folded->text.len, report) ||
        (!is_one_view && !read_part(&simple, sieve, 0, folded->simple.len, report))) {
        return false;
    }
    uint32_t readings = matcher->pack->has_leet ? matcher_leet(matcher, may_guess)->view_count : 0;
    for (uint32_t i = 0; i < readings; i++) {
        if (!read_undone(matcher, sieve, buffer_str(&matcher->leet.views[i]), report)) {
            return false;
        }
    }
    return true;
}
