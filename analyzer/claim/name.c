#include "claim/name.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "claim/kind_words.h"

/* Consonants that are compared: endings of cases and adjectives come after them. */
#define SKELETON_MOST 4u
/* Words of fewer letters are names less often than not. */
#define LETTERS_LEAST 3u

/* ---- Skeletons ---- */

/* Sounds that languages exchange when they borrow a name. */
static char sound_of(char letter) {
    static const char sounds[26] = {'a', 'b', 'k', 'd', 'e', 'f', 'g', 'h', 'i',
                                    'i', 'k', 'l', 'm', 'n', 'o', 'p', 'k', 'l',
                                    's', 't', 'u', 'v', 'v', 's', 'i', 's'};
    return letter >= 'a' && letter <= 'z' ? sounds[letter - 'a'] : letter;
}

static bool is_vowel(char sound) {
    return sound == 'a' || sound == 'e' || sound == 'i' || sound == 'o' || sound == 'u';
}

/* Writes at most SKELETON_MOST sounds: the first letter if it is no vowel, then consonants;
 * repeated sounds once, h only in front, ng as n. */
static size_t skeleton_of(struct str letters, char out[SKELETON_MOST]) {
    size_t count = 0;
    char last = 0;
    for (size_t i = 0; i < letters.len && count < SKELETON_MOST; i++) {
        char sound = sound_of(letters.ptr[i]);
        bool is_silent =
            is_vowel(sound) || (sound == 'h' && i > 0) || (sound == 'g' && last == 'n');
        bool is_letter = (sound >= 'a' && sound <= 'z') || (sound >= '0' && sound <= '9');
        if (is_letter && !is_silent && sound != last) {
            out[count++] = sound;
        }
        last = is_letter ? sound : last;
    }
    return count;
}

/* Hash of a word in Latin letters, never 0; short skeletons say too little, the letters must do. */
static uint32_t key_of(struct str letters) {
    char skeleton[SKELETON_MOST];
    size_t count = skeleton_of(letters, skeleton);
    struct str seed = count >= 3 ? (struct str){skeleton, count} : letters;
    uint32_t key = (uint32_t)hash64(seed);
    return key ? key : 1;
}

static bool is_han(struct str text, size_t at) {
    size_t width;
    uint32_t cp = utf8_decode(text, at, &width);
    return (cp >= 0x4e00 && cp <= 0x9fff) || (cp >= 0x3400 && cp <= 0x4dbf);
}

static char script_of(struct str text) {
    size_t width;
    uint32_t cp = utf8_decode(text, 0, &width);
    if (cp < 0x250) {
        return 'l';
    }
    if (cp >= 0x400 && cp < 0x530) {
        return 'c';
    }
    if (cp >= 0x600 && cp < 0x780) {
        return 'a';
    }
    return cp >= 0x3040 && cp < 0xa000 ? 'h' : 'o';
}

/* ---- A victim's name ---- */

/* A word in Latin letters, spaces between syllables left out. */
static bool spell(struct name_reader *reader, struct str word) {
    struct buffer *letters = &reader->letters;
    buffer_clear(letters);
    if (!latin_append(&reader->latin, word, letters)) {
        return false;
    }
    size_t kept = 0;
    for (size_t i = 0; i < letters->len; i++) {
        char byte = letters->ptr[i];
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            letters->ptr[kept++] = byte;
        }
    }
    letters->len = kept;
    return true;
}

/* The Arabic article and what is written together with it are no part of a name. */
static struct str without_article(struct str word) {
    static const char *const articles[] = {"وال", "بال", "ال", "لل"};
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        struct str article = str_from_c(articles[i]);
        if (str_starts_with(word, article) && word.len >= article.len + 6) {
            return str_slice(word, article.len, word.len);
        }
    }
    return word;
}

static void add_key(struct name *name, uint32_t key) {
    if (name->key_count < NAME_KEYS_MOST) {
        name->keys[name->key_count++] = key;
    }
}

static unsigned kind_of(struct name_reader *reader, struct str word) {
    if (reader->kinds.count == 0) {
        kind_index_make(&reader->kinds);
    }
    return kind_of_word(&reader->kinds, word);
}

/* A word of an alphabetic script. */
static bool add_word(struct name_reader *reader, struct str word, struct name *name) {
    unsigned kind = kind_of(reader, word);
    if (kind != KIND_NONE) {
        name->kinds |= 1u << kind;
        return true;
    }
    if (!spell(reader, without_article(word))) {
        return false;
    }
    if (reader->letters.len >= LETTERS_LEAST) {
        add_key(name, key_of(buffer_str(&reader->letters)));
    }
    return buffer_append_str(&reader->core, buffer_str(&reader->letters));
}

/* A run of Chinese characters: what is no word of kind is one name by its sound, and its pairs of
 * characters are keys by themselves. */
static bool add_han(struct name_reader *reader, struct str run, struct name *name) {
    size_t start = 0;
    for (size_t at = 0; at <= run.len;) {
        size_t len = 0;
        unsigned kind = at < run.len ? kind_of_han(run, at, &len) : KIND_FILLER;
        if (kind == KIND_NONE) {
            at += utf8_width(run, at);
            continue;
        }
        struct str part = str_slice(run, start, at);
        if (part.len > 0) {
            if (!spell(reader, part)) {
                return false;
            }
            add_key(name, key_of(buffer_str(&reader->letters)));
            buffer_append_str(&reader->core, buffer_str(&reader->letters));
            for (size_t i = 0; i + 6 <= part.len; i += 3) {
                add_key(name, (uint32_t)hash64(str_slice(part, i, i + 6)));
            }
        }
        name->kinds |= 1u << kind;
        at += len ? len : 1;
        start = at;
    }
    return !reader->core.failed;
}

bool name_read(struct name_reader *reader, struct str victim, struct name *name) {
    struct folded folded = {.text = STR_EMPTY};
    *name = (struct name){0};
    if (victim.len == 0) {
        return true;
    }
    buffer_clear(&reader->core);
    if (!fold_text(&reader->folder, victim, &folded) || !words_of(folded.text, &reader->words)) {
        return false;
    }
    const struct word *words = reader->words.items;
    for (size_t i = 0; i < reader->words.count;) {
        size_t last = i;
        bool is_run = is_han(folded.text, words[i].start);
        while (is_run && last + 1 < reader->words.count &&
               words[last + 1].start == words[last].end &&
               is_han(folded.text, words[last + 1].start)) {
            last++;
        }
        struct str part = str_slice(folded.text, words[i].start, words[last].end);
        name->script = name->script ? name->script : script_of(part);
        if (!(is_run ? add_han(reader, part, name) : add_word(reader, part, name))) {
            return false;
        }
        i = last + 1;
    }
    if (reader->core.len >= LETTERS_LEAST) {
        name->core = key_of(buffer_str(&reader->core));
    }
    name->key_count = (uint32_t)sort_distinct(name->keys, name->key_count);
    return !reader->core.failed;
}

/* ---- The words of a text ---- */

struct word_key {
    uint32_t key;
    bool is_strong;
    bool is_pair;
};

/* One text at work. */
struct keying {
    struct name_reader *reader;
    const struct word_text *text;
    const struct folded *folded;
    struct word_key keys[WORD_KEYS_MOST];
    uint32_t count;
    uint32_t scripts;
};

static void keep_key(struct keying *keying, struct word_key key, char script) {
    if (keying->count < WORD_KEYS_MOST) {
        keying->keys[keying->count++] = key;
        keying->scripts |= key.is_strong ? 1u << (script - 'a') : 0;
    }
}

static size_t raw_offset(const struct keying *keying, size_t at) {
    return keying->folded->to_raw ? keying->folded->to_raw[at] : at;
}

/* Did a rule match the word as one of its own, outside of the victim's name? */
static bool is_of_rules(const struct keying *keying, const struct word *word) {
    const struct word_text *text = keying->text;
    size_t at = raw_offset(keying, word->start);
    bool has_victim = text->victim.len > 0 && text->victim.ptr >= text->raw.ptr &&
                      text->victim.ptr < text->raw.ptr + text->raw.len;
    size_t victim = has_victim ? (size_t)(text->victim.ptr - text->raw.ptr) : 0;
    if (has_victim && at >= victim && at < victim + text->victim.len) {
        return false;
    }
    for (size_t i = 0; i < text->span_count; i++) {
        if (at >= text->spans[i].start && at < text->spans[i].end) {
            return true;
        }
    }
    return false;
}

/* Characters that stand in every sentence and in hardly any name. */
static bool is_function_character(struct str character) {
    static const char list[] =
        "我们你他她它的了是在有和也都这那被把对从与及等吗吧呢就还又很不没已并称说其至个之";
    return str_find((struct str){list, sizeof list - 1}, character, 0) != STR_NOT_FOUND;
}

/* A capital is what folding changes; a script without capitals may always write a name. */
static bool may_be_name(const struct keying *keying, const struct word *word) {
    const struct folded *folded = keying->folded;
    struct str text = keying->text->raw;
    size_t width;
    size_t raw = raw_offset(keying, word->start);
    uint32_t before = raw < text.len ? utf8_decode(text, raw, &width) : 0;
    uint32_t after = utf8_decode(folded->text, word->start, &width);
    char script = script_of(str_slice(folded->text, word->start, word->end));
    return before != after || script == 'a' || script == 'o';
}

/* Two characters in a row are a key, and so is how they sound: names are written so elsewhere. */
static bool key_han(struct keying *keying, const struct word *word, bool by_sound) {
    struct str pair = str_slice(keying->folded->text, word[0].start, word[1].end);
    if (!by_sound) {
        keep_key(keying, (struct word_key){(uint32_t)hash64(pair), true, true}, 'h');
        return true;
    }
    if (!spell(keying->reader, pair)) {
        return false;
    }
    keep_key(keying, (struct word_key){key_of(buffer_str(&keying->reader->letters)), false, false},
             'l');
    return true;
}

static bool key_word(struct keying *keying, const struct word *word) {
    struct str text = str_slice(keying->folded->text, word->start, word->end);
    if (kind_of(keying->reader, text) != KIND_NONE) {
        return true;
    }
    if (!spell(keying->reader, without_article(text))) {
        return false;
    }
    if (keying->reader->letters.len >= LETTERS_LEAST + 1) {
        struct word_key key = {key_of(buffer_str(&keying->reader->letters)),
                               may_be_name(keying, word), false};
        keep_key(keying, key, script_of(text));
    }
    return true;
}

static bool is_common_pair(const struct keying *keying, const struct word *word) {
    struct str text = keying->folded->text;
    return is_of_rules(keying, &word[1]) ||
           is_function_character(str_slice(text, word[0].start, word[0].end)) ||
           is_function_character(str_slice(text, word[1].start, word[1].end));
}

static bool key_words(struct keying *keying, bool by_sound) {
    struct str text = keying->folded->text;
    const struct word_list *words = &keying->reader->words;
    for (size_t i = 0; i < words->count && keying->count < WORD_KEYS_MOST; i++) {
        const struct word *word = &words->items[i];
        if (word->end > LATIN_BYTES_MOST) {
            break;
        }
        bool is_character = is_han(text, word->start);
        bool is_pair = is_character && i + 1 < words->count && word[1].start == word->end &&
                       is_han(text, word[1].start);
        if (is_of_rules(keying, word) || (is_pair && is_common_pair(keying, word))) {
            continue;
        }
        bool is_fine = is_pair                    ? key_han(keying, word, by_sound)
                       : is_character || by_sound ? true
                                                  : key_word(keying, word);
        if (!is_fine) {
            return false;
        }
    }
    return true;
}

static int compare_word_keys(const void *left, const void *right) {
    const struct word_key *a = left;
    const struct word_key *b = right;
    return a->key < b->key ? -1 : a->key > b->key;
}

bool word_keys_read(struct name_reader *reader, const struct word_text *text,
                    struct word_keys *keys) {
    struct keying keying = {.reader = reader, .text = text, .folded = text->folded};
    keys->count = 0;
    keys->strong = 0;
    keys->pairs = 0;
    if (!words_of(text->folded->text, &reader->words) || !key_words(&keying, false) ||
        !key_words(&keying, true)) {
        return false;
    }
    keys->scripts = keying.scripts;
    qsort(keying.keys, keying.count, sizeof *keying.keys, compare_word_keys);
    for (uint32_t i = 0; i < keying.count; i++) {
        if (keys->count == 0 || keys->items[keys->count - 1] != keying.keys[i].key) {
            keys->items[keys->count++] = keying.keys[i].key;
        }
        keys->strong |= (uint64_t)keying.keys[i].is_strong << (keys->count - 1);
        keys->pairs |= (uint64_t)keying.keys[i].is_pair << (keys->count - 1);
    }
    return true;
}

void name_reader_free(struct name_reader *reader) {
    folder_free(&reader->folder);
    word_list_free(&reader->words);
    latin_free(&reader->latin);
    buffer_free(&reader->letters);
    buffer_free(&reader->core);
}
