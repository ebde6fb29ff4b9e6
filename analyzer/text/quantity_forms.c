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
