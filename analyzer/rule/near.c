/* Distances in words of the folded text. An occurrence covers the words that it touches; between an
 * occurrence that ends before word i and one that begins with word j lie j - i words. In scripts
 * without spaces a character is a word (text/token.h). */
#include "rule/match.h"

const struct word_list *matcher_words(struct matcher *matcher) {
    if (!matcher->has_words) {
        matcher->has_words = true;
        if (!words_of(matcher->folded->text, &matcher->words)) {
            matcher->words.count = 0;
            matcher_fail(matcher, HEARSAY_NO_MEMORY);
        }
    }
    return &matcher->words;
}

/* Index of the first word that ends after `at`. */
static uint32_t word_ending_after(const struct word_list *list, uint32_t at) {
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

/* Index of the first word that starts at or after `at`. */
static uint32_t word_starting_at(const struct word_list *list, uint32_t at) {
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

void matcher_place(struct matcher *matcher, struct occurrence *occurrence) {
    const struct word_list *list = matcher_words(matcher);
    occurrence->sentence = PART_NONE;
    occurrence->line = PART_NONE;
    if (!occurrence->has_place) {
        return;
    }
    occurrence->first_word = word_ending_after(list, occurrence->from);
    occurrence->last_word = word_starting_at(list, occurrence->to);
    if (occurrence->last_word < occurrence->first_word) {
        occurrence->last_word = occurrence->first_word;
    }
    if (list->count == 0) {
        occurrence->sentence = 0;
        occurrence->line = 0;
        return;
    }
    /* Between words (an emoji, a sign) it belongs to the word before, if there is one. */
    bool is_between = occurrence->first_word == occurrence->last_word;
    uint32_t first = occurrence->first_word - (is_between && occurrence->first_word > 0 ? 1 : 0);
    uint32_t last = is_between ? first : occurrence->last_word - 1;
    if (list->items[first].sentence == list->items[last].sentence) {
        occurrence->sentence = list->items[first].sentence;
    }
    if (list->items[first].line == list->items[last].line) {
        occurrence->line = list->items[first].line;
    }
}

bool words_between(const struct occurrence *a, const struct occurrence *b, uint32_t *count) {
    if (!a->has_place || !b->has_place || a->to > b->from || a == b) {
        return false;
    }
    *count = b->first_word > a->last_word ? b->first_word - a->last_word : 0;
    return true;
}
