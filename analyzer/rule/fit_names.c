/* The names that learned phrases must not hold: countries, territories and languages
 * (text/names.h), and the beginnings of the countries' names, which their people's share. */
#include "base/failure.h"
#include "rule/fit.h"
#include "text/names.h"

struct lister {
    struct map *names;
    struct folder folder;
    struct word_list words;
    struct phrase_scratch phrase;
    struct buffer text;
    struct buffer stem;
};

static bool add(struct lister *lister, const struct buffer *name) {
    return name->len == 0 || map_intern(lister->names, buffer_str(name), NULL) != MAP_NONE;
}

static bool visit(void *context, struct str name, bool is_country) {
    struct lister *lister = context;
    struct folded folded;
    bool ok = fold_text(&lister->folder, name, &folded) && words_of(folded.text, &lister->words) &&
              phrase_of_name(&folded, name, &lister->words, &lister->phrase, &lister->text) &&
              add(lister, &lister->text);
    if (!ok || !is_country || lister->text.len == 0) {
        return ok;
    }
    return phrase_stem_of_name(buffer_str(&lister->text), &lister->stem) &&
           add(lister, &lister->stem);
}

enum hearsay_status fit_list_names(struct fit *fit) {
    struct lister lister = {.names = &fit->names};
    bool ok = names_of_places(visit, &lister);
    folder_free(&lister.folder);
    word_list_free(&lister.words);
    phrase_scratch_free(&lister.phrase);
    buffer_free(&lister.text);
    buffer_free(&lister.stem);
    return ok ? HEARSAY_OK : failure_memory(fit->failure);
}
