#include "text/fold_context.h"

#include <stdlib.h>

#include "text/compose.h"
#include "text/fold_character.h"

/* Characters of the word that is being read, held back until its majority script is known. */
struct word_scratch {
    uint32_t *characters;
    uint32_t *origins; /* raw offset of each */
    size_t count;
    size_t capacity;
    size_t letters[4]; /* by enum entry_script */
};

/* What folder->composer points to. */
struct context {
    struct composer *composer;
    struct word_scratch word;
};

struct context_pass {
    struct folder *folder;
    struct context *context;
    struct str raw;
    size_t out;
    size_t letters[4]; /* written so far, by enum entry_script */
};

void fold_context_free(void *composer) {
    struct context *context = composer;
    if (context) {
        composer_free(context->composer);
        free(context->word.characters);
        free(context->word.origins);
        free(context);
    }
}

static struct context *context_of(struct folder *folder) {
    if (!folder->composer) {
        struct context *context = calloc(1, sizeof *context);
        if (context) {
            context->composer = composer_open();
        }
        if (context && !context->composer) {
            free(context);
            context = NULL;
        }
        folder->composer = context;
    }
    return folder->composer;
}

static bool put(struct context_pass *pass, uint32_t cp, uint32_t origin) {
    struct folder *folder = pass->folder;
    if (!folder_reserve(folder, pass->out + 2 * FOLD_LENGTH_MAX)) {
        return false;
    }
    size_t len = utf8_encode(cp, folder->bytes + pass->out);
    for (size_t i = 0; i < len; i++) {
        folder->to_raw[pass->out++] = origin;
    }
    return true;
}

static const struct look_alike *look_alikes_of(uint32_t cp) {
    size_t from = 0;
    size_t to = table_look_alike_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        uint32_t letter = table_look_alikes[middle].letter;
        if (letter == cp) {
            return &table_look_alikes[middle];
        }
        if (letter < cp) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return NULL;
}

static bool is_mark(uint32_t cp) {
    return table_entry(cp) & (ENTRY_MARK | ENTRY_COMPOSES);
}

/* The letter of the script that the word's letter i may be taken for; 0: none. `next` is the
 * character after the word. A letter that carries a mark stays: the other script might have a
 * composed letter for it, and folding twice would no longer be folding once. */
static uint32_t look_alike(const struct word_scratch *word, size_t i, uint32_t next, int script) {
    uint32_t after = i + 1 < word->count ? word->characters[i + 1] : next;
    const struct look_alike *row = is_mark(after) ? NULL : look_alikes_of(word->characters[i]);
    return row ? row->as[script] : 0;
}

/* Letters of other scripts that the script has no look-alike for. */
static size_t count_strangers(const struct word_scratch *word, uint32_t next, int script) {
    size_t count = 0;
    for (size_t i = 0; i < word->count; i++) {
        enum entry_script own = entry_script(table_entry(word->characters[i]));
        if (own != SCRIPT_OTHER && own != (enum entry_script)script) {
            count += look_alike(word, i, next, script) == 0;
        }
    }
    return count;
}

static bool mixes_scripts(const struct word_scratch *word) {
    return (word->letters[SCRIPT_LATIN] > 0) + (word->letters[SCRIPT_CYRILLIC] > 0) +
               (word->letters[SCRIPT_GREEK] > 0) >
           1;
}

/* The script that the word can be written in with fewest strangers: letters without a look-alike
 * show what it is written in. Where this does not tell, the script of the text so far does, then
 * the word's majority. */
static int target_script(const struct context_pass *pass, uint32_t next) {
    const struct word_scratch *word = &pass->context->word;
    int best = SCRIPT_OTHER;
    size_t least = 0;
    for (int script = SCRIPT_LATIN; script <= SCRIPT_GREEK; script++) {
        if (word->letters[script] == 0) {
            continue;
        }
        size_t strangers = count_strangers(word, next, script);
        bool is_usual = pass->letters[script] > pass->letters[best] ||
                        (pass->letters[script] == pass->letters[best] &&
                         word->letters[script] > word->letters[best]);
        if (best == SCRIPT_OTHER || strangers < least || (strangers == least && is_usual)) {
            best = script;
            least = strangers;
        }
    }
    return best;
}

static void count_letters(const struct word_scratch *word, size_t letters[4]) {
    for (size_t i = 0; i < word->count; i++) {
        letters[entry_script(table_entry(word->characters[i]))]++;
    }
}

/* Until nothing changes, so that folding twice is folding once: among three scripts a letter that
 * was exchanged may suit another script better. Every further round leaves fewer strangers. */
static void unmix(struct context_pass *pass, uint32_t next) {
    struct word_scratch *word = &pass->context->word;
    bool has_changed = true;
    while (has_changed && mixes_scripts(word)) {
        int target = target_script(pass, next);
        has_changed = false;
        for (size_t i = 0; i < word->count; i++) {
            uint32_t other = look_alike(word, i, next, target);
            if (other != 0 && other != word->characters[i]) {
                word->characters[i] = other;
                has_changed = true;
            }
        }
        memset(word->letters, 0, sizeof word->letters);
        count_letters(word, word->letters);
    }
}

/* Writes the word that was held back; `next` is the character after it, 0 at the end. */
static bool word_end(struct context_pass *pass, uint32_t next) {
    struct word_scratch *word = &pass->context->word;
    unmix(pass, next);
    for (size_t i = 0; i < word->count; i++) {
        if (!put(pass, word->characters[i], word->origins[i])) {
            return false;
        }
    }
    for (int script = SCRIPT_LATIN; script <= SCRIPT_GREEK; script++) {
        pass->letters[script] += word->letters[script];
    }
    word->count = 0;
    memset(word->letters, 0, sizeof word->letters);
    return true;
}

static bool word_add(struct word_scratch *word, uint32_t cp, uint32_t origin) {
    if (word->count == word->capacity) {
        size_t capacity = word->capacity ? word->capacity * 2 : 64;
        uint32_t *characters = realloc(word->characters, capacity * sizeof *characters);
        if (!characters) {
            return false;
        }
        word->characters = characters;
        uint32_t *origins = realloc(word->origins, capacity * sizeof *origins);
        if (!origins) {
            return false;
        }
        word->origins = origins;
        word->capacity = capacity;
    }
    word->characters[word->count] = cp;
    word->origins[word->count++] = origin;
    word->letters[entry_script(table_entry(cp))]++;
    return true;
}

/* One folded character on its way to the output. */
static bool add(struct context_pass *pass, uint32_t cp, uint32_t origin) {
    if (entry_class(table_entry(cp)) == CLASS_WORD) {
        return word_add(&pass->context->word, cp, origin);
    }
    return word_end(pass, cp) && put(pass, cp, origin);
}

typedef bool receive_character(struct context_pass *pass, uint32_t cp, uint32_t origin);

static bool compose_character(struct context_pass *pass, uint32_t cp, uint32_t origin) {
    (void)origin;
    return composer_add(pass->context->composer, cp);
}

/* Folds each raw character in [from, to) alone and hands the results on. */
static bool fold_each(struct context_pass *pass, size_t from, size_t to,
                      receive_character *receive) {
    while (from < to) {
        char fold[FOLD_LENGTH_MAX];
        size_t width;
        size_t step;
        uint32_t cp = character_decode(pass->raw, from, &width);
        struct str folded = {fold, character_fold(cp, table_entry(cp), fold)};
        for (size_t i = 0; i < folded.len; i += step) {
            if (!receive(pass, utf8_decode(folded, i, &step), (uint32_t)from)) {
                return false;
            }
        }
        from += width;
    }
    return true;
}

static bool compose_run(struct context_pass *pass, size_t from, size_t to) {
    const uint32_t *characters;
    size_t count;
    composer_clear(pass->context->composer);
    if (!fold_each(pass, from, to, compose_character) ||
        !composer_finish(pass->context->composer, &characters, &count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!add(pass, characters[i], (uint32_t)from)) {
            return false;
        }
    }
    return true;
}

/* End of the run that begins at `from`: a character and all that may join it or change places. */
static size_t run_end(struct str raw, size_t from, bool *needs_composer) {
    size_t width;
    uint32_t last = table_entry(character_decode(raw, from, &width));
    size_t at = from + width;
    *needs_composer = false;
    while (at < raw.len) {
        uint32_t entry = table_entry(character_decode(raw, at, &width));
        bool is_dropped = (entry & ENTRY_FOLD_MASK) == ENTRY_NOTHING;
        if (!is_dropped && !(entry & (ENTRY_MARK | ENTRY_COMPOSES))) {
            break;
        }
        if (entry & ENTRY_COMPOSES || (entry & last & ENTRY_MARK)) {
            *needs_composer = true;
        }
        last = is_dropped ? last : entry;
        at += width;
    }
    return at;
}

bool fold_context(struct folder *folder, struct str raw, size_t *len) {
    struct context_pass pass = {folder, context_of(folder), raw, 0, {0}};
    if (!pass.context) {
        return false;
    }
    pass.context->word.count = 0;
    memset(pass.context->word.letters, 0, sizeof pass.context->word.letters);
    size_t at = 0;
    while (at < raw.len) {
        bool needs_composer;
        size_t end = run_end(raw, at, &needs_composer);
        bool is_done =
            needs_composer ? compose_run(&pass, at, end) : fold_each(&pass, at, end, add);
        if (!is_done) {
            return false;
        }
        at = end;
    }
    /* Once more room, because a text may have become empty. */
    if (!word_end(&pass, 0) || !folder_reserve(folder, pass.out + 2 * FOLD_LENGTH_MAX)) {
        return false;
    }
    *len = pass.out;
    return true;
}
