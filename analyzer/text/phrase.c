#include "text/phrase.h"

#include "base/utf8.h"

enum { SPACELESS_MOST = 4, SPACED_MOST = 2, PHRASE_BYTES_MOST = 96 };

enum token_kind { TOKEN_SPACED, TOKEN_SPACELESS, TOKEN_MASK };

struct token {
    struct str text;
    uint32_t sentence;
    uint32_t start; /* folded bytes; where masks of one chunk begin alike */
    enum token_kind kind;
};

struct reading {
    const struct folded *folded;
    struct str raw;
    const struct word_list *words;
    struct phrase_scratch *scratch;
    phrase_visit *visit;
    void *context;
    struct token tokens[SPACELESS_MOST]; /* the last ones, newest last */
    uint32_t count;
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

/* As text/token.c parts them: Kana, Han, Thai, Lao, Myanmar, Khmer stand one character a word. */
static bool is_spaceless(uint32_t cp) {
    return is_between(cp, 0x0e00, 0x0eff) || is_between(cp, 0x1000, 0x109f) ||
           is_between(cp, 0x1780, 0x17ff) || is_between(cp, 0x3005, 0x30ff) ||
           is_between(cp, 0x3400, 0x4dbf) || is_between(cp, 0x4e00, 0x9fff) ||
           is_between(cp, 0xf900, 0xfaff) || is_between(cp, 0x20000, 0x3ffff);
}

static struct token token_of(const struct reading *reading, const struct word *word) {
    struct str text = reading->folded->text;
    size_t width;
    struct token token = {.text = mask_of(text, word),
                          .sentence = word->sentence,
                          .start = word->start,
                          .kind = TOKEN_MASK};
    if (token.text.len > 0) {
        return token;
    }
    token.text = str_slice(text, word->start, word->end);
    if (is_number(token.text)) {
        token.text = STR("<number>");
        return token;
    }
    bool spaceless = is_spaceless(utf8_decode(token.text, 0, &width));
    token.kind = spaceless ? TOKEN_SPACELESS : TOKEN_SPACED;
    return token;
}

/* ---- Phrases ---- */

static size_t stem_length(uint32_t cp) {
    if (is_between(cp, 0xac00, 0xd7a3)) {
        return 2;
    }
    return is_between(cp, 0x0600, 0x06ff) ? 4 : 5;
}

static bool begins_with_capital(const struct reading *reading, const struct token *token) {
    size_t start;
    size_t end;
    size_t width;
    size_t first = utf8_width(token->text, 0);
    folded_span(reading->folded, reading->raw, token->start, token->start + first, &start, &end);
    struct str raw = str_slice(reading->raw, start, end);
    return raw.len > 0 && utf8_decode(raw, 0, &width) != utf8_decode(token->text, 0, &width);
}

static bool visit_stem(struct reading *reading, const struct token *token) {
    size_t width;
    size_t wanted = stem_length(utf8_decode(token->text, 0, &width));
    size_t at = 0;
    for (size_t i = 0; i < wanted && at < token->text.len; i++) {
        utf8_decode(token->text, at, &width);
        at += width;
    }
    if (at >= token->text.len || begins_with_capital(reading, token)) {
        return true;
    }
    struct buffer *out = &reading->scratch->text;
    buffer_clear(out);
    return buffer_append_str(out, str_slice(token->text, 0, at)) && buffer_append_byte(out, '*') &&
           reading->visit(reading->context, buffer_str(out));
}

/* The phrase of the last `length` tokens. */
static bool visit_run(struct reading *reading, uint32_t length) {
    struct buffer *out = &reading->scratch->text;
    const struct token *first = &reading->tokens[reading->count - length];
    buffer_clear(out);
    for (uint32_t i = 0; i < length; i++) {
        bool is_joined =
            i == 0 || (first[i].kind == TOKEN_SPACELESS && first[i - 1].kind == TOKEN_SPACELESS);
        if ((!is_joined && !buffer_append_byte(out, ' ')) ||
            !buffer_append_str(out, first[i].text)) {
            return false;
        }
    }
    return out->len > PHRASE_BYTES_MOST || reading->visit(reading->context, buffer_str(out));
}

static void push(struct reading *reading, const struct token *token) {
    if (reading->count > 0 && reading->tokens[reading->count - 1].sentence != token->sentence) {
        reading->count = 0;
    }
    if (reading->count == SPACELESS_MOST) {
        memmove(reading->tokens, reading->tokens + 1, (SPACELESS_MOST - 1) * sizeof *token);
        reading->count--;
    }
    reading->tokens[reading->count++] = *token;
}

/* The phrases that end with the newest token. */
static bool visit_endings(struct reading *reading) {
    const struct token *newest = &reading->tokens[reading->count - 1];
    bool all_spaceless = true;
    for (uint32_t length = 1; length <= reading->count; length++) {
        all_spaceless =
            all_spaceless && reading->tokens[reading->count - length].kind == TOKEN_SPACELESS;
        bool is_phrase = all_spaceless ? length > 1 : length <= SPACED_MOST;
        if (is_phrase && !visit_run(reading, length)) {
            return false;
        }
    }
    return newest->kind != TOKEN_SPACED || visit_stem(reading, newest);
}

bool phrases_of(const struct folded *folded, struct str raw, const struct word_list *words,
                struct phrase_scratch *scratch, phrase_visit *visit, void *context) {
    struct reading reading = {.folded = folded,
                              .raw = raw,
                              .words = words,
                              .scratch = scratch,
                              .visit = visit,
                              .context = context};
    for (size_t i = 0; i < words->count && i < PHRASE_WORDS_LIMIT; i++) {
        struct token token = token_of(&reading, &words->items[i]);
        const struct token *last = reading.count > 0 ? &reading.tokens[reading.count - 1] : NULL;
        bool is_repeated = token.kind == TOKEN_MASK && last && last->kind == TOKEN_MASK &&
                           str_equal(last->text, token.text);
        if (is_repeated) {
            continue; /* the words of one link, the groups of one number */
        }
        push(&reading, &token);
        if (!visit_endings(&reading)) {
            return false;
        }
    }
    return true;
}

void phrase_scratch_free(struct phrase_scratch *scratch) {
    buffer_free(&scratch->text);
}
