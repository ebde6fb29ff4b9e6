#include "text/quantity_words.h"

#include "base/utf8.h"

/* The first form with this text, or NULL. */
static const struct quantity_form *find_form(const struct quantity_index *index, struct str text) {
    size_t from = 0;
    size_t to = index->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_compare(index->forms[middle].text, text) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    bool is_found = from < index->count && str_equal(index->forms[from].text, text);
    return is_found ? &index->forms[from] : NULL;
}

const struct quantity_group *quantity_find(const struct quantity_index *index, struct str word) {
    /* A form with any ending also stands for the word without one. */
    const struct quantity_form *form = find_form(index, word);
    size_t len = word.len < index->prefix_max ? word.len : index->prefix_max;
    for (; !form && len > 0; len--) {
        const struct quantity_form *prefix = find_form(index, str_slice(word, 0, len));
        form = prefix && prefix->is_prefix ? prefix : NULL;
    }
    return form ? &index->groups[form->group] : NULL;
}

#define ALONE_BYTES_MAX 40 /* the longest forms of quantity_alone are shorter */

/* UTF-8 of the next characters of the text. */
static struct str window(const struct cells *cells, size_t at, char bytes[ALONE_BYTES_MAX]) {
    size_t len = 0;
    while (at < cells->count && len + 4 <= ALONE_BYTES_MAX) {
        len += utf8_encode(cells->items[at++].cp, bytes + len);
    }
    return (struct str){bytes, len};
}

static size_t count_characters(struct str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    }
    return count;
}

const struct quantity_group *quantity_prefix_find(const struct cells *cells, size_t at,
                                                  size_t *length) {
    char bytes[ALONE_BYTES_MAX];
    struct str text = window(cells, at, bytes);
    const struct quantity_index *index = &quantity_alone_index;
    *length = 0;
    for (size_t end = text.len; text.len > 0; text.len--) {
        bool is_cut = text.len < end && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80;
        const struct quantity_form *form = is_cut ? NULL : find_form(index, text);
        if (form) {
            *length = count_characters(text);
            return &index->groups[form->group];
        }
    }
    return NULL;
}
