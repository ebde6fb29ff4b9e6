#include "text/token.h"

#include <stdlib.h>

#include "text/fold_ascii.h"
#include "text/fold_character.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Where the reading of a text stands. */
struct reader {
    struct str text;
    struct word_list *words;
    size_t at;
    uint32_t sentence;
    uint32_t line;
    bool is_open; /* the current sentence has a word, so that an end of sentence counts */
};

static bool words_grow(struct word_list *words) {
    size_t capacity = words->capacity ? words->capacity * 2 : 64;
    struct word *items = realloc(words->items, capacity * sizeof *items);
    if (!items) {
        return false;
    }
    words->items = items;
    words->capacity = capacity;
    return true;
}

void word_list_free(struct word_list *words) {
    free(words->items);
    *words = (struct word_list){0};
}

static bool add_word(struct reader *reader, size_t start, size_t end) {
    struct word_list *words = reader->words;
    if (words->count == words->capacity && !words_grow(words)) {
        return false;
    }
    words->items[words->count++] =
        (struct word){(uint32_t)start, (uint32_t)end, reader->sentence, reader->line};
    reader->is_open = true;
    return true;
}

static void end_sentence(struct reader *reader) {
    reader->sentence += reader->is_open;
    reader->is_open = false;
}

static inline enum entry_class class_at(struct str text, size_t at, size_t *width) {
    return entry_class(table_entry(character_decode(text, at, width)));
}

static bool is_ascii_word(char byte) {
    return is_ascii_letter(byte) || is_ascii_digit(byte);
}

/* End of the run of ASCII letters and digits at `at`. */
static size_t ascii_end(struct str text, size_t at) {
#ifdef __SSE2__
    while (at + 16 <= text.len) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + at));
        /* Shifted so that the range begins at the smallest signed byte. */
        __m128i letter = _mm_add_epi8(_mm_or_si128(block, _mm_set1_epi8(0x20)),
                                      _mm_set1_epi8((char)(0x80 - 'a')));
        __m128i digit = _mm_add_epi8(block, _mm_set1_epi8((char)(0x80 - '0')));
        __m128i word = _mm_or_si128(_mm_cmplt_epi8(letter, _mm_set1_epi8(-128 + 26)),
                                    _mm_cmplt_epi8(digit, _mm_set1_epi8(-128 + 10)));
        unsigned outside = ~(unsigned)_mm_movemask_epi8(word) & 0xffffu;
        if (outside) {
            return at + (size_t)__builtin_ctz(outside);
        }
        at += 16;
    }
#endif
    while (at < text.len && is_ascii_word(text.ptr[at])) {
        at++;
    }
    return at;
}

/* End of the run of characters of one class that begins at `at`. */
static size_t run_end(struct str text, size_t at, enum entry_class wanted) {
    while (at < text.len) {
        char byte = text.ptr[at];
        size_t width;
        if (!((unsigned char)byte & 0x80)) {
            if (wanted != CLASS_WORD || !is_ascii_word(byte)) {
                break;
            }
            at = ascii_end(text, at);
        } else if (class_at(text, at, &width) == wanted) {
            at += width;
        } else {
            break;
        }
    }
    return at;
}

static bool is_space(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xa0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 || cp == 0x2029 || cp == 0x202f ||
           cp == 0x205f || cp == 0x3000;
}

static bool is_closing(uint32_t cp) {
    return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == '}' || cp == 0xbb ||
           cp == 0x2019 || cp == 0x201d || cp == 0x300d || cp == 0x300f;
}

/* Whether what follows an end mark, closing quotes aside, is white space or the end of the text. */
static bool is_space_next(struct str text, size_t at) {
    while (at < text.len) {
        size_t width;
        uint32_t cp = character_decode(text, at, &width);
        if (!is_closing(cp)) {
            return is_space(cp);
        }
        at += width;
    }
    return true;
}

/* Full-width '!' and '?' arrive folded to ASCII: beside a character of a script without spaces they
 * end a sentence as they stand. */
static bool is_beside_alone(struct str text, size_t mark, size_t next) {
    size_t width;
    if (next < text.len && class_at(text, next, &width) == CLASS_ALONE) {
        return true;
    }
    size_t before = mark;
    while (before > 0 && mark - before < 4) {
        before--;
        if (((unsigned char)text.ptr[before] & 0xc0) != 0x80) {
            return class_at(text, before, &width) == CLASS_ALONE;
        }
    }
    return false;
}

static bool ends_sentence(const struct reader *reader, uint32_t cp, size_t next) {
    switch (cp) {
    case 0x3002: /* ideographic full stop */
    case 0xff61:
    case 0xff01:
    case 0xff1f:
        return true;
    case '!':
    case '?':
        return is_space_next(reader->text, next) || is_beside_alone(reader->text, reader->at, next);
    case '.':
    case 0x2026: /* ellipsis */
    case 0x061f: /* Arabic question mark */
    case 0x06d4: /* Arabic full stop */
    case 0x0964: /* danda */
    case 0x0965:
        return is_space_next(reader->text, next);
    default:
        return false;
    }
}

/* A character between words: only its effect on sentences and lines matters. */
static void pass_separator(struct reader *reader, uint32_t cp, size_t width) {
    size_t next = reader->at + width;
    bool is_crlf = cp == '\r' && next < reader->text.len && reader->text.ptr[next] == '\n';
    if (cp == '\n' || cp == 0x85 || cp == 0x2028 || cp == 0x2029 || (cp == '\r' && !is_crlf)) {
        end_sentence(reader);
        reader->line++;
    } else if (ends_sentence(reader, cp, next)) {
        end_sentence(reader);
    }
    reader->at = next;
}

static bool pass_character(struct reader *reader) {
    size_t start = reader->at;
    if (is_ascii_word(reader->text.ptr[start])) {
        reader->at = run_end(reader->text, start, CLASS_WORD);
        return add_word(reader, start, reader->at);
    }
    size_t width;
    uint32_t cp = character_decode(reader->text, start, &width);
    enum entry_class class = entry_class(table_entry(cp));
    if (class == CLASS_NONE) {
        pass_separator(reader, cp, width);
        return true;
    }
    reader->at = class == CLASS_ALONE ? run_end(reader->text, start + width, CLASS_ALONE_MARK)
                                      : run_end(reader->text, start + width, class);
    return add_word(reader, start, reader->at);
}

bool words_of(struct str text, struct word_list *words) {
    struct reader reader = {.text = text, .words = words};
    words->count = 0;
    if (text.len >= UINT32_MAX) {
        return false;
    }
    while (reader.at < text.len) {
        if (text.ptr[reader.at] == ' ') {
            reader.at++;
        } else if (!pass_character(&reader)) {
            return false;
        }
    }
    return true;
}

bool is_word_at(struct str text, size_t at) {
    size_t width;
    return at < text.len && class_at(text, at, &width) == CLASS_WORD;
}

bool is_word_before(struct str text, size_t at) {
    size_t start = at;
    if (at == 0 || at > text.len) {
        return false;
    }
    do {
        start--;
    } while (start > 0 && at - start < 4 && ((unsigned char)text.ptr[start] & 0xc0) == 0x80);
    size_t width;
    enum entry_class class = class_at(text, start, &width);
    return start + width == at && class == CLASS_WORD;
}
