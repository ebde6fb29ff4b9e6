#include "text/language.h"

#include "text/fold_ascii.h"
#include "text/fold_character.h"
#include "text/language_sample.h"

#define SAMPLE_SIZE 2048 /* bytes shown to the detector */
#define LETTERS_MIN 12   /* letters below which a guess is worth nothing */
#define ALONE_MIN 4      /* the same for characters of East Asian scripts */

/* The text without what is no language, and the counts that decide without CLD2. */
struct sample {
    char bytes[SAMPLE_SIZE + 4 + LANGUAGE_PADDING]; /* the last character may begin at the end */
    size_t len;
    size_t letters; /* of all other scripts */
    size_t hangul;
    size_t kana;
    size_t han;
    size_t traditional;
    size_t simplified;
};

static size_t skip_to_space(struct str text, size_t at) {
    while (at < text.len && (unsigned char)text.ptr[at] > ' ' &&
           !((unsigned char)text.ptr[at] & 0x80)) {
        at++;
    }
    return at;
}

/* Links, mentions and hashtags in ASCII end at white space or at the first other character. */
static bool is_name_start(struct str text, size_t at) {
    char byte = text.ptr[at];
    struct str rest = str_slice(text, at, text.len);
    return byte == '@' || byte == '#' || str_starts_with(rest, STR("http://")) ||
           str_starts_with(rest, STR("https://")) || str_starts_with(rest, STR("www."));
}

static void sample_count(struct sample *sample, uint32_t cp, uint32_t entry) {
    if (cp >= 0xac00 && cp <= 0xd7a3) {
        sample->hangul++;
    } else if (cp >= 0x3041 && cp <= 0x30ff) {
        sample->kana++;
    } else if ((cp >= 0x3400 && cp <= 0x9fff) || (cp >= 0x20000 && cp <= 0x3ffff)) {
        sample->han++;
        sample->traditional += (entry & ENTRY_TRADITIONAL) != 0;
        sample->simplified += (entry & ENTRY_SIMPLIFIED) != 0;
    } else if (entry_class(entry) == CLASS_WORD || entry_class(entry) == CLASS_ALONE) {
        sample->letters += table_digit(cp) < 0;
    }
}

static void sample_text(struct str text, struct sample *sample) {
    size_t at = 0;
    while (at < text.len && sample->len < SAMPLE_SIZE) {
        if (is_name_start(text, at)) {
            at = skip_to_space(text, at + 1);
            continue;
        }
        size_t width;
        uint32_t cp = character_decode(text, at, &width);
        uint32_t entry = table_entry(cp);
        sample_count(sample, cp, entry);
        /* A NUL or an ill-formed byte (U+FFFD) must not reach a C++ library that expects text. */
        bool is_text = cp >= ' ' && cp != 0xfffd && table_digit(cp) < 0;
        sample->len += utf8_encode(is_text ? cp : ' ', sample->bytes + sample->len);
        at += width;
    }
    memset(sample->bytes + sample->len, 0, LANGUAGE_PADDING);
}

/* Kana in a fifth of the characters is Japanese; a borrowed sign in a Chinese post is not. */
static const char *decide_by_script(const struct sample *sample) {
    size_t east = sample->han + sample->kana;
    size_t all = east + sample->hangul + sample->letters;
    if (sample->hangul >= ALONE_MIN && sample->hangul * 2 > all) {
        return "ko";
    }
    if (east < ALONE_MIN || east * 2 <= sample->letters) {
        return "";
    }
    if (sample->kana * 5 >= east) {
        return "ja";
    }
    /* Where no character tells, the more common way of writing is taken. */
    return sample->traditional > sample->simplified ? "zh-Hant" : "zh-Hans";
}

const char *language_detect(struct str text) {
    struct sample sample;
    sample.len = sample.letters = sample.hangul = sample.kana = 0;
    sample.han = sample.traditional = sample.simplified = 0;
    sample_text(text, &sample);
    const char *decided = decide_by_script(&sample);
    if (decided[0] || sample.letters + sample.han < LETTERS_MIN) {
        return decided[0] ? decided : "und";
    }
    const char *guess = language_guess(sample.bytes, sample.len);
    const char *known = language_normal(str_from_c(guess));
    return known[0] ? known : (guess[0] ? guess : "und");
}
