#include "text/plain.h"

#include "base/utf8.h"

static bool is_ascii_word(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

/* Letters, marks, digits and symbols of other scripts stay; their punctuation goes. Ranges of
 * general punctuation, CJK punctuation and full-width forms that NFKC leaves. */
static bool is_punctuation(uint32_t cp) {
    return (cp >= 0x80 && cp <= 0xbf && cp != 0xaa && cp != 0xb5 && cp != 0xba) || cp == 0xd7 ||
           cp == 0xf7 || (cp >= 0x2000 && cp <= 0x206f) || (cp >= 0x2190 && cp <= 0x22ff) ||
           (cp >= 0x3000 && cp <= 0x303f) || cp == 0x30fb || (cp >= 0xfe10 && cp <= 0xfe4f) ||
           cp == 0x060c || cp == 0x061b || cp == 0x061f || cp == 0x06d4 || cp == 0xfffd;
}

/* End of a link or mention that begins at `at`, or `at` if there is none. */
static size_t skip_entity(struct str text, size_t at) {
    bool is_link = str_starts_with(str_slice(text, at, text.len), STR("http://")) ||
                   str_starts_with(str_slice(text, at, text.len), STR("https://"));
    bool is_mention =
        text.ptr[at] == '@' && (at == 0 || !is_ascii_word((unsigned char)text.ptr[at - 1]));
    if (!is_link && !is_mention) {
        return at;
    }
    size_t end = at + 1;
    while (end < text.len) {
        unsigned char c = (unsigned char)text.ptr[end];
        bool is_part =
            is_link ? c > 0x20 && c < 0x80 : is_ascii_word(c) || c == '_' || c == '-' || c >= 0x80;
        if (!is_part) {
            break;
        }
        end++;
    }
    return end;
}

/* Where something was left out between two words, one space parts them. */
static void word_gap(struct buffer *out, size_t begin) {
    if (out->len > begin && out->ptr[out->len - 1] != ' ') {
        out->ptr[out->len++] = ' '; /* reserved: what is left out has a byte at least */
    }
}

bool text_words(const struct folded *folded, struct buffer *out) {
    struct str text = folded->text;
    size_t begin = out->len;
    if (!buffer_reserve(out, text.len)) {
        return false;
    }
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (is_ascii_word(c) && c != 'h') { /* most characters by far */
            out->ptr[out->len++] = (char)c;
            at++;
            continue;
        }
        size_t end = c == 'h' || c == '@' ? skip_entity(text, at) : at;
        size_t width = 1;
        bool is_kept = false;
        if (end > at) {
            width = end - at;
        } else if (c < 0x80) {
            is_kept = is_ascii_word(c);
        } else {
            is_kept = !is_punctuation(utf8_decode(text, at, &width));
        }
        if (is_kept) {
            memcpy(out->ptr + out->len, text.ptr + at, width);
            out->len += width;
        } else {
            word_gap(out, begin);
        }
        at += width;
    }
    if (out->len > begin && out->ptr[out->len - 1] == ' ') {
        out->len--;
    }
    return true;
}
