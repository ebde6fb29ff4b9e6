#include "rule/choice.h"

/* The last star seen is the only one that ever needs to take more: linear in practice, and at most
 * the product of both lengths. */
static bool fits(struct str name, struct str wanted) {
    size_t at = 0;
    size_t i = 0;
    size_t star = STR_NOT_FOUND;
    size_t star_at = 0;
    while (at < name.len) {
        if (i < wanted.len && wanted.ptr[i] == '*') {
            star = i++;
            star_at = at;
        } else if (i < wanted.len && wanted.ptr[i] == name.ptr[at]) {
            i++;
            at++;
        } else if (star != STR_NOT_FOUND) {
            i = star + 1;
            at = ++star_at;
        } else {
            return false;
        }
    }
    while (i < wanted.len && wanted.ptr[i] == '*') {
        i++;
    }
    return i == wanted.len;
}

bool rule_is_chosen(const struct rule *rule, const char *wanted) {
    struct str pattern = str_from_c(wanted);
    return !wanted || fits(rule->name, pattern) ||
           (rule->meta.id.len > 0 && fits(rule->meta.id, pattern));
}
