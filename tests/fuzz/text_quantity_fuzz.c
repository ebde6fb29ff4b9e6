/* Quantities of any bytes are finite, lie in order inside the text and name a unit inside
 * themselves; words of the same bytes lie in order too. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/language.h"
#include "text/quantity.h"
#include "text/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_held, const char *property) {
    if (!is_held) {
        fprintf(stderr, "broken: %s\n", property);
        abort();
    }
}

static void check_quantities(struct str text) {
    struct quantity_list found = {0};
    size_t before = 0;
    require(quantities_of(text, &found), "quantities need no more than memory");
    for (size_t i = 0; i < found.count; i++) {
        const struct quantity *item = &found.items[i];
        require(item->start >= before && item->start < item->end && item->end <= text.len,
                "quantities are in order and inside");
        require(isfinite(item->value) && item->value >= 0, "quantities are finite");
        require(item->has_unit == (item->unit.len > 0), "a unit is named or empty");
        require(!item->has_unit || (item->unit.ptr >= text.ptr + item->start &&
                                    item->unit.ptr + item->unit.len <= text.ptr + item->end),
                "a unit is part of its quantity");
        before = item->end;
    }
    quantity_list_free(&found);
}

static void check_words(struct str text) {
    struct word_list words = {0};
    struct word before = {0};
    require(words_of(text, &words), "words need no more than memory");
    for (size_t i = 0; i < words.count; i++) {
        struct word word = words.items[i];
        require(word.start >= before.end && word.start < word.end && word.end <= text.len,
                "words are in order and inside");
        require(word.sentence >= before.sentence && word.line >= before.line,
                "sentences and lines are counted upwards");
        before = word;
    }
    word_list_free(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    check_quantities(text);
    check_words(text);
    require(language_detect(text)[0] != '\0', "a language is a code or und");
    language_normal(text);
    return 0;
}
