#include "claim/registry_name.h"

/* "Norvale Ltd" is "Norvale"; dropped only behind another word. */
static bool is_legal_form(struct str word) {
    static const char *const forms[] = {"inc", "ltd", "llc", "corp",    "corporation", "gmbh",
                                        "ag",  "plc", "co",  "company", "limited",     "sa",
                                        "sas", "srl", "ооо", "оао",     "зао",         "ао",
                                        "пао", "тов", "as",  "aş"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (str_is(word, forms[i])) {
            return true;
        }
    }
    return false;
}

bool name_make(struct name_maker *maker, struct str name, bool is_parted, struct str *key) {
    struct folded folded;
    struct buffer *out = &maker->out;
    buffer_clear(out);
    if (!fold_text(&maker->folder, name, &folded) || !words_of(folded.text, &maker->words)) {
        return false;
    }
    for (size_t i = 0; i < maker->words.count; i++) {
        const struct word *item = &maker->words.items[i];
        struct str word = str_slice(folded.text, item->start, item->end);
        if (is_parted) {
            buffer_append_byte(out, ' ');
        }
        if (i == 0 || is_parted || !is_legal_form(word)) {
            buffer_append_str(out, word);
        }
    }
    if (is_parted && out->len > 0) {
        buffer_append_byte(out, ' ');
    }
    *key = buffer_str(out);
    return !out->failed;
}

void name_maker_free(struct name_maker *maker) {
    folder_free(&maker->folder);
    word_list_free(&maker->words);
    buffer_free(&maker->out);
}

#define LABEL_LEAST 4

struct str name_of_domain(struct str domain) {
    size_t dot = str_find_byte(domain, '.', 0);
    return dot != STR_NOT_FOUND && dot >= LABEL_LEAST ? str_slice(domain, 0, dot) : STR_EMPTY;
}

/* Four ASCII bytes, or two characters of a script of three bytes each. */
bool name_is_telling(struct str key) {
    return key.len >= LABEL_LEAST;
}
