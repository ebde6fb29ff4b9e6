#include "text/phrase.h"

#include <stdlib.h>

#include "base/utf8.h"

enum {
    SPACELESS_MOST = 4,
    SPACED_MOST = 2,
    NAME_WORDS_MOST = 6,
    PHRASE_BYTES_MOST = 96,
    STEM_CHARACTERS = 5,
    HANGUL_NAME_LEAST = 2
};

enum token_kind { TOKEN_SPACED, TOKEN_SPACELESS, TOKEN_MASK };

struct phrase_token {
    struct str text;
    uint32_t sentence;
    enum token_kind kind;
    bool is_raised;  /* begins with a capital */
    bool is_capital; /* and nothing but a name would there */
};

struct reading {
    const struct folded *folded;
    struct str raw;
    const struct map *names;
    struct phrase_scratch *scratch;
    phrase_visit *visit;
    void *context;
};

/* ---- Tokens ---- */

static bool is_space(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static size_t chunk_start(struct str text, size_t at) {
    while (at > 0 && !is_space(text.ptr[at - 1])) {
        at--;
    }
    return at;
}

/* What a word is part of, by the run of characters between white space that it stands in. A tag or
 * a mention may follow other characters, as in scripts without spaces. */
static struct str mask_of(struct str text, const struct word *word) {
    struct str before = str_slice(text, chunk_start(text, word->start), word->end);
    if (str_find(before, STR("://"), 0) != STR_NOT_FOUND || str_starts_with(before, STR("http")) ||
        str_starts_with(before, STR("www."))) {
        return STR("<link>");
    }
    char sign = word->start > 0 ? text.ptr[word->start - 1] : ' ';
    return sign == '@' ? STR("<mention>") : sign == '#' ? STR("<hashtag>") : STR_EMPTY;
}

static bool is_number(struct str word) {
    size_t digits = 0;
    for (size_t i = 0; i < word.len; i++) {
        digits += word.ptr[i] >= '0' && word.ptr[i] <= '9';
    }
    return digits > 0 && digits * 2 >= word.len;
}

static bool is_between(uint32_t cp, uint32_t first, uint32_t last) {
    return cp >= first && cp <= last;
}

static bool is_hangul(uint32_t cp) {
    return is_between(cp, 0xac00, 0xd7a3);
}

/* As text/token.c parts them: Kana, Han, Thai, Lao, Myanmar, Khmer stand one character a word. */
static bool is_spaceless(uint32_t cp) {
    return is_between(cp, 0x0e00, 0x0eff) || is_between(cp, 0x1000, 0x109f) ||
           is_between(cp, 0x1780, 0x17ff) || is_between(cp, 0x3005, 0x30ff) ||
           is_between(cp, 0x3400, 0x4dbf) || is_between(cp, 0x4e00, 0x9fff) ||
           is_between(cp, 0xf900, 0xfaff) || is_between(cp, 0x20000, 0x3ffff);
}

static uint32_t first_character(struct str text) {
    size_t width;
    return text.len > 0 ? utf8_decode(text, 0, &width) : 0;
}

/* The first `wanted` characters; all of a shorter text. */
static struct str beginning(struct str text, size_t wanted) {
    size_t at = 0;
    size_t width;
    for (size_t i = 0; i < wanted && at < text.len; i++) {
        utf8_decode(text, at, &width);
        at += width;
    }
    return str_slice(text, 0, at);
}

/* Folding changes the first character of a word that begins with a capital. */
static bool is_raised(const struct reading *reading, const struct word *word) {
    size_t start;
    size_t end;
    size_t first = utf8_width(reading->folded->text, word->start);
    struct str text = str_slice(reading->folded->text, word->start, word->end);
    folded_span(reading->folded, reading->raw, word->start, word->start + first, &start, &end);
    return first_character(str_slice(reading->raw, start, end)) != first_character(text);
}

static struct phrase_token token_of(const struct reading *reading, const struct word *word) {
    struct str text = reading->folded->text;
    struct phrase_token token = {
        .text = mask_of(text, word), .sentence = word->sentence, .kind = TOKEN_MASK};
    if (token.text.len > 0) {
        return token;
    }
    token.text = str_slice(text, word->start, word->end);
    if (is_number(token.text)) {
        token.text = STR("<number>");
        return token;
    }
    bool spaceless = is_spaceless(first_character(token.text));
    token.kind = spaceless ? TOKEN_SPACELESS : TOKEN_SPACED;
    token.is_raised = !spaceless && is_raised(reading, word);
    return token;
}

/* The words of one link and the groups of one number are one. */
static bool is_repeated(const struct phrase_token *last, const struct phrase_token *token) {
    return token->kind == TOKEN_MASK && last->kind == TOKEN_MASK &&
           str_equal(last->text, token->text) && last->sentence == token->sentence;
}

/* Where most words begin with a capital, as in a headline, capitals say nothing. */
static void mark_capitals(struct phrase_scratch *scratch) {
    uint32_t spaced = 0;
    uint32_t raised = 0;
    for (uint32_t i = 0; i < scratch->count; i++) {
        spaced += scratch->tokens[i].kind == TOKEN_SPACED;
        raised += scratch->tokens[i].is_raised;
    }
    for (uint32_t i = 0; i < scratch->count && raised * 2 < spaced; i++) {
        struct phrase_token *token = &scratch->tokens[i];
        token->is_capital = token->is_raised && i > 0 && token[-1].sentence == token->sentence;
    }
}

static bool read_tokens(const struct reading *reading, const struct word_list *words) {
    struct phrase_scratch *scratch = reading->scratch;
    if (!scratch->tokens &&
        !(scratch->tokens = malloc(PHRASE_WORDS_LIMIT * sizeof *scratch->tokens))) {
        return false;
    }
    scratch->count = 0;
    for (size_t i = 0; i < words->count && i < PHRASE_WORDS_LIMIT; i++) {
        struct phrase_token token = token_of(reading, &words->items[i]);
        if (scratch->count == 0 || !is_repeated(&scratch->tokens[scratch->count - 1], &token)) {
            scratch->tokens[scratch->count++] = token;
        }
    }
    mark_capitals(scratch);
    return true;
}

/* `count` tokens as one text. */
static bool join(const struct phrase_token *tokens, uint32_t count, struct buffer *out) {
    buffer_clear(out);
    for (uint32_t i = 0; i < count; i++) {
        bool is_joined =
            i == 0 || (tokens[i].kind == TOKEN_SPACELESS && tokens[i - 1].kind == TOKEN_SPACELESS);
        if ((!is_joined && !buffer_append_byte(out, ' ')) ||
            !buffer_append_str(out, tokens[i].text)) {
            return false;
        }
    }
    return true;
}

/* ---- Names ---- */

static bool append_stem(struct str word, size_t characters, struct buffer *out) {
    struct str stem = beginning(word, characters);
    buffer_clear(out);
    return stem.len == word.len || (buffer_append_str(out, stem) && buffer_append_byte(out, '*'));
}

/* One word that begins as a listed name does. */
static bool is_name_with_ending(const struct reading *reading, struct str word) {
    struct buffer *out = &reading->scratch->text;
    if (!is_hangul(first_character(word))) {
        return append_stem(word, STEM_CHARACTERS, out) && out->len > 0 &&
               map_find(reading->names, buffer_str(out)) != MAP_NONE;
    }
    for (size_t characters = HANGUL_NAME_LEAST;; characters++) {
        struct str stem = beginning(word, characters);
        if (stem.len == word.len) {
            return false;
        }
        if (map_find(reading->names, stem) != MAP_NONE) {
            return true;
        }
    }
}

/* How many tokens from here on are a listed name. */
static uint32_t name_length(const struct reading *reading, uint32_t at) {
    const struct phrase_scratch *scratch = reading->scratch;
    const struct phrase_token *first = &scratch->tokens[at];
    uint32_t most = 0;
    while (most < NAME_WORDS_MOST && at + most < scratch->count && first[most].kind != TOKEN_MASK &&
           first[most].sentence == first->sentence) {
        most++;
    }
    for (uint32_t length = most; length > 0; length--) {
        if (join(first, length, &reading->scratch->text) &&
            map_find(reading->names, buffer_str(&reading->scratch->text)) != MAP_NONE) {
            return length;
        }
    }
    return most > 0 && first->kind == TOKEN_SPACED && is_name_with_ending(reading, first->text);
}

static void mask_names(const struct reading *reading) {
    struct phrase_scratch *scratch = reading->scratch;
    uint32_t kept = 0;
    for (uint32_t at = 0; at < scratch->count;) {
        uint32_t length = name_length(reading, at);
        struct phrase_token token = scratch->tokens[at];
        if (length > 0) {
            token = (struct phrase_token){
                .text = STR("<name>"), .sentence = token.sentence, .kind = TOKEN_MASK};
        }
        if (kept == 0 || !is_repeated(&scratch->tokens[kept - 1], &token)) {
            scratch->tokens[kept++] = token;
        }
        at += length > 0 ? length : 1;
    }
    scratch->count = kept;
}

bool phrase_of_name(const struct folded *folded, struct str raw, const struct word_list *words,
                    struct phrase_scratch *scratch, struct buffer *out) {
    struct reading reading = {.folded = folded, .raw = raw, .scratch = scratch};
    buffer_clear(out);
    if (!read_tokens(&reading, words)) {
        return false;
    }
    return scratch->count > NAME_WORDS_MOST || join(scratch->tokens, scratch->count, out);
}

bool phrase_stem_of_name(struct str name, struct buffer *out) {
    bool is_one_word = str_find_byte(name, ' ', 0) == STR_NOT_FOUND;
    uint32_t first = first_character(name);
    buffer_clear(out);
    return !is_one_word || is_spaceless(first) || is_hangul(first) ||
           append_stem(name, STEM_CHARACTERS, out);
}

/* ---- Phrases ---- */

static size_t stem_length(uint32_t cp) {
    if (is_hangul(cp)) {
        return 2;
    }
    return is_between(cp, 0x0600, 0x06ff) ? 4 : STEM_CHARACTERS;
}

/* Not of a word with a capital: a name must not be known by the half of it. */
static bool visit_stem(const struct reading *reading, const struct phrase_token *token) {
    struct buffer *out = &reading->scratch->text;
    if (token->is_raised) {
        return true;
    }
    return append_stem(token->text, stem_length(first_character(token->text)), out) &&
           (out->len == 0 || reading->visit(reading->context, buffer_str(out), false));
}

static bool visit_run(const struct reading *reading, const struct phrase_token *first,
                      uint32_t length) {
    struct buffer *out = &reading->scratch->text;
    bool is_capital = false;
    for (uint32_t i = 0; i < length; i++) {
        is_capital = is_capital || first[i].is_capital;
    }
    return join(first, length, out) &&
           (out->len > PHRASE_BYTES_MOST ||
            reading->visit(reading->context, buffer_str(out), is_capital));
}

/* The phrases that end with a token. */
static bool visit_endings(const struct reading *reading, uint32_t at) {
    const struct phrase_token *last = &reading->scratch->tokens[at];
    bool all_spaceless = true;
    for (uint32_t length = 1; length <= SPACELESS_MOST && length <= at + 1; length++) {
        const struct phrase_token *first = last + 1 - length;
        all_spaceless = all_spaceless && first->kind == TOKEN_SPACELESS;
        bool is_phrase = all_spaceless ? length > 1 : length <= SPACED_MOST;
        if (first->sentence != last->sentence) {
            break;
        }
        if (is_phrase && !visit_run(reading, first, length)) {
            return false;
        }
    }
    return last->kind != TOKEN_SPACED || visit_stem(reading, last);
}

bool phrases_of(const struct folded *folded, struct str raw, const struct word_list *words,
                const struct map *names, struct phrase_scratch *scratch, phrase_visit *visit,
                void *context) {
    struct reading reading = {.folded = folded,
                              .raw = raw,
                              .names = names,
                              .scratch = scratch,
                              .visit = visit,
                              .context = context};
    if (!read_tokens(&reading, words)) {
        return false;
    }
    if (names && names->count > 0) {
        mask_names(&reading);
    }
    for (uint32_t i = 0; i < scratch->count; i++) {
        if (!visit_endings(&reading, i)) {
            return false;
        }
    }
    return true;
}

void phrase_scratch_free(struct phrase_scratch *scratch) {
    buffer_free(&scratch->text);
    free(scratch->tokens);
}
