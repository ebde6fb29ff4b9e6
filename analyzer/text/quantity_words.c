#include "text/quantity_words.h"

bool quantity_form_next(const char *forms, size_t *at, struct str *form) {
    const char *start = forms + *at;
    if (*start == '\0') {
        return false;
    }
    *form = (struct str){start, strcspn(start, ";")};
    *at += form->len + (start[form->len] == ';');
    return true;
}

static bool is_form(struct str word, struct str form) {
    if (form.ptr[form.len - 1] == '*') {
        return str_starts_with(word, str_slice(form, 0, form.len - 1));
    }
    return str_equal(word, form);
}

const struct quantity_group *quantity_group_find(const struct quantity_group *groups, size_t count,
                                                 struct str word) {
    for (size_t i = 0; i < count && word.len > 0; i++) {
        struct str form;
        size_t at = 0;
        while (quantity_form_next(groups[i].forms, &at, &form)) {
            if (form.ptr[0] == word.ptr[0] && is_form(word, form)) {
                return &groups[i];
            }
        }
    }
    return NULL;
}

const struct quantity_group *quantity_prefix_find(const struct cells *cells, size_t at,
                                                  size_t *length) {
    const struct quantity_group *best = NULL;
    *length = 0;
    for (size_t i = 0; i < quantity_alone_count; i++) {
        struct str form;
        size_t place = 0;
        while (quantity_form_next(quantity_alone[i].forms, &place, &form)) {
            size_t matched = cells_match(cells, at, form);
            if (matched > *length) {
                *length = matched;
                best = &quantity_alone[i];
            }
        }
    }
    return best;
}
