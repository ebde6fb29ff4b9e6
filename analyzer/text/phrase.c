#include "text/phrase.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/german.h"

enum {
    SPACELESS_MOST = 4,
    SPACED_MOST = 2,
    NAME_WORDS_MOST = 6,
    PHRASE_BYTES_MOST = 96,
    STEM_CHARACTERS = 5,
    HANGUL_NAME_LEAST = 2,
    HAN_FIRST = 0x3400
};

enum token_kind { TOKEN_SPACED, TOKEN_SPACELESS, TOKEN_MASK };

struct phrase_token {
    struct str text;
    uint32_t sentence;
    enum token_kind kind;
    uint32_t start; /* folded bytes */
    uint32_t end;
    bool is_raised;  /* begins with a capital */
    bool is_acronym; /* three to five ASCII letters, all of them capitals */
};

struct reading {
    const struct folded *folded;
    struct str raw;
    const struct map *names;
    struct phrase_scratch *scratch;
    bool nouns_are_raised;
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

static bool is_acronym(const struct reading *reading, const struct word *word) {
    size_t start;
    size_t end;
    folded_span(reading->folded, reading->raw, word->start, word->end, &start, &end);
    struct str raw = str_slice(reading->raw, start, end);
    bool is_capital = raw.len >= 3 && raw.len <= 5;
    for (size_t i = 0; i < raw.len && is_capital; i++) {
        is_capital = raw.ptr[i] >= 'A' && raw.ptr[i] <= 'Z';
    }
    return is_capital;
}

static struct phrase_token token_of(const struct reading *reading, const struct word *word) {
    struct str text = reading->folded->text;
    struct phrase_token token = {.text = mask_of(text, word),
                                 .sentence = word->sentence,
                                 .kind = TOKEN_MASK,
                                 .start = word->start,
                                 .end = word->end};
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
    token.is_acronym = token.is_raised && is_acronym(reading, word);
    return token;
}

/* The words of one link and the groups of one number are one. */
static bool is_repeated(const struct phrase_token *last, const struct phrase_token *token) {
    return token->kind == TOKEN_MASK && last->kind == TOKEN_MASK &&
           str_equal(last->text, token->text) && last->sentence == token->sentence;
}

/* Where most words begin with a capital, as in a headline, capitals say nothing. Those that a
 * sentence begins with are not asked. */
static bool capitals_mean_names(const struct phrase_scratch *scratch) {
    uint32_t words = 0;
    uint32_t raised = 0;
    for (uint32_t i = 1; i < scratch->count; i++) {
        const struct phrase_token *token = &scratch->tokens[i];
        if (token->kind != TOKEN_MASK && token[-1].sentence == token->sentence) {
            words++;
            raised += token->is_raised;
        }
    }
    return raised * 5 < words * 3;
}

static bool follows_closely(const struct phrase_token *token, const struct phrase_token *next) {
    return token->sentence == next->sentence && next->start == token->end + 1;
}

static bool begins_name_of_two(const struct phrase_scratch *scratch, uint32_t at) {
    const struct phrase_token *token = &scratch->tokens[at];
    return token->is_raised && at + 1 < scratch->count && token[1].sentence == token->sentence &&
           (token[1].kind == TOKEN_SPACELESS ||
            (token[1].is_raised && follows_closely(token, &token[1])));
}

/* A word with a capital inside a sentence, or at its beginning where another follows closely, or a
 * script without spaces, or all of it is a few capitals. "I" and other single letters are words. */
static bool is_name_by_capital(const struct phrase_scratch *scratch, uint32_t at) {
    const struct phrase_token *token = &scratch->tokens[at];
    if (!token->is_raised || token->end - token->start < 2) {
        return false;
    }
    if (at > 0 && token[-1].sentence == token->sentence) {
        return true;
    }
    return token->is_acronym || begins_name_of_two(scratch, at);
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

static bool is_one_of(struct str character, const char *characters) {
    return str_find(str_from_c(characters), character, 0) != STR_NOT_FOUND;
}

/* An office in Han script: two characters and one for a ministry or the like, as a rule without
 * a list can tell it; what is inside, whole or in the north is none. */
static bool is_office(const struct phrase_scratch *scratch, uint32_t at) {
    const struct phrase_token *first = &scratch->tokens[at];
    if (at + 2 >= scratch->count || first[2].sentence != first->sentence) {
        return false;
    }
    for (uint32_t i = 0; i < 3; i++) {
        if (first[i].kind != TOKEN_SPACELESS || first_character(first[i].text) < HAN_FIRST) {
            return false;
        }
    }
    return is_one_of(first[2].text, "部省署厅庁") &&
           !is_one_of(first[1].text, "内全外一大分总本各东西南北中干");
}

/* The same in Hangul: three syllables of which the last one is a ministry's, an agency's or an
 * institute's, also with one syllable of a particle behind a ministry's. */
static bool is_hangul_office(const struct phrase_token *token) {
    enum { SYLLABLE = 3 };
    struct str word = token->text;
    bool is_word = token->kind == TOKEN_SPACED && is_hangul(first_character(word));
    if (!is_word || (word.len != 3 * SYLLABLE && word.len != 4 * SYLLABLE)) {
        return false;
    }
    struct str last = str_slice(word, 2 * SYLLABLE, 3 * SYLLABLE);
    return is_one_of(last, word.len == 3 * SYLLABLE ? "부청원" : "부");
}

static uint32_t masked_length(const struct reading *reading, uint32_t at, bool by_capital) {
    uint32_t length = reading->names->count > 0 ? name_length(reading, at) : 0;
    if (length == 0 && is_hangul_office(&reading->scratch->tokens[at])) {
        return 1;
    }
    if (length == 0 && is_office(reading->scratch, at)) {
        return 3;
    }
    if (length == 0 && reading->nouns_are_raised) {
        return begins_name_of_two(reading->scratch, at) ? 2 : 0;
    }
    if (length == 0 && by_capital) {
        return is_name_by_capital(reading->scratch, at);
    }
    return length;
}

/* A listed name that begins a sentence is in no phrase, as an unlisted one there is in none:
 * whether it is a name could not be told without the list. In German none can anywhere. */
static bool is_name_without_list(const struct reading *reading, uint32_t at) {
    const struct phrase_token *token = &reading->scratch->tokens[at];
    bool is_first = at == 0 || token[-1].sentence != token->sentence;
    if (token->kind != TOKEN_SPACED || is_hangul(first_character(token->text))) {
        return true;
    }
    return !reading->nouns_are_raised && (!is_first || begins_name_of_two(reading->scratch, at));
}

static void mask_names(const struct reading *reading) {
    struct phrase_scratch *scratch = reading->scratch;
    bool by_capital = !reading->nouns_are_raised && capitals_mean_names(scratch);
    uint32_t kept = 0;
    /* Tokens behind `at` are still as they were read: `kept` never passes it. The one before is
     * asked for its sentence only, which a mask keeps. */
    for (uint32_t at = 0; at < scratch->count;) {
        uint32_t length = masked_length(reading, at, by_capital);
        struct phrase_token token = scratch->tokens[at];
        if (length > 0) {
            bool is_hidden = !is_name_without_list(reading, at);
            token.text = is_hidden ? STR_EMPTY : STR("<name>");
            token.kind = TOKEN_MASK;
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
           (out->len == 0 || reading->visit(reading->context, buffer_str(out)));
}

/* Characters of a piece, its mark for the word's beginning or end included. */
static size_t piece_length(uint32_t cp) {
    return is_between(cp, 0x0600, 0x06ff) ? 3 : 4;
}

static bool visit_piece(const struct reading *reading, struct str piece, bool opens, bool closes) {
    struct buffer *out = &reading->scratch->text;
    buffer_clear(out);
    return (!opens || buffer_append_byte(out, '*')) && buffer_append_str(out, piece) &&
           (!closes || buffer_append_byte(out, '*')) &&
           reading->visit(reading->context, buffer_str(out));
}

/* The pieces of a word: "hac*", "*hack*", ..., "*ked" of "hacked". Of a word with a capital none,
 * as of stems. */
static bool visit_pieces(const struct reading *reading, const struct phrase_token *token) {
    struct str word = token->text;
    size_t length = piece_length(first_character(word));
    size_t starts[PHRASE_BYTES_MOST + 1]; /* of its characters, and its end */
    size_t count = 0;
    bool is_too_dense = is_hangul(first_character(word)); /* two characters can be a name */
    if (token->is_raised || is_too_dense || word.len > PHRASE_BYTES_MOST) {
        return true;
    }
    for (size_t at = 0; at < word.len; at += utf8_width(word, at)) {
        starts[count++] = at;
    }
    starts[count] = word.len;
    if (count + 1 < length) {
        return true;
    }
    bool ok = visit_piece(reading, str_slice(word, 0, starts[length - 1]), false, true);
    for (size_t i = 0; ok && i + length <= count; i++) {
        ok = visit_piece(reading, str_slice(word, starts[i], starts[i + length]), true, true);
    }
    return ok &&
           visit_piece(reading, str_slice(word, starts[count - length + 1], word.len), true, false);
}

static bool visit_run(const struct reading *reading, const struct phrase_token *first,
                      uint32_t length) {
    struct buffer *out = &reading->scratch->text;
    for (uint32_t i = 0; i < length; i++) {
        if (first[i].text.len == 0) {
            return true;
        }
    }
    return join(first, length, out) &&
           (out->len > PHRASE_BYTES_MOST || reading->visit(reading->context, buffer_str(out)));
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
    return last->kind != TOKEN_SPACED || (visit_stem(reading, last) && visit_pieces(reading, last));
}

bool phrases_of(const struct phrase_source *source, struct phrase_scratch *scratch,
                phrase_visit *visit, void *context) {
    struct reading reading = {.folded = source->folded,
                              .raw = source->raw,
                              .names = source->names,
                              .scratch = scratch,
                              .nouns_are_raised =
                                  text_is_german(source->folded->text, source->words),
                              .visit = visit,
                              .context = context};
    if (!read_tokens(&reading, source->words)) {
        return false;
    }
    if (source->names) {
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
