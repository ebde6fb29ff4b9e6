#include "text/entity.h"

#include <stdlib.h>

#include "text/fold_ascii.h"
#include "text/fold_character.h"
#include "text/token.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define WEIBO_TAG_MAX 64 /* characters between the two signs */
#define NAME_MAX 30      /* characters of a name that is not ASCII */

static bool add(struct entity_list *list, struct str raw, struct entity entity, size_t name) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        struct entity *items = realloc(list->items, capacity * sizeof *items);
        if (!items) {
            return false;
        }
        list->items = items;
        list->capacity = capacity;
    }
    entity.text = str_slice(raw, name, entity.end);
    list->items[list->count++] = entity;
    return true;
}

void entity_list_free(struct entity_list *entities) {
    free(entities->items);
    *entities = (struct entity_list){0};
}

/* Whether an entity may begin with this byte or, for links, has it next: '#', '@', the first byte
 * of their full-width forms, the ':' of "http:" and the first '.' of "www.". */
static bool is_trigger(char byte) {
    return byte == '#' || byte == '@' || byte == ':' || byte == '.' || (unsigned char)byte == 0xef;
}

#ifdef __SSE2__
static unsigned trigger_mask(const char *bytes) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('#')),
                                _mm_cmpeq_epi8(block, _mm_set1_epi8('@')));
    hits = _mm_or_si128(hits, _mm_cmpeq_epi8(block, _mm_set1_epi8(':')));
    hits = _mm_or_si128(hits, _mm_cmpeq_epi8(block, _mm_set1_epi8('.')));
    hits = _mm_or_si128(hits, _mm_cmpeq_epi8(block, _mm_set1_epi8((char)0xef)));
    return (unsigned)_mm_movemask_epi8(hits);
}
#endif

static size_t next_trigger(struct str raw, size_t at) {
#ifdef __SSE2__
    for (; at + 16 <= raw.len; at += 16) {
        unsigned mask = trigger_mask(raw.ptr + at);
        if (mask) {
            return at + (size_t)__builtin_ctz(mask);
        }
    }
#endif
    while (at < raw.len && !is_trigger(raw.ptr[at])) {
        at++;
    }
    return at;
}

static bool is_before(struct str raw, size_t from, size_t at, struct str wanted) {
    return at >= from + wanted.len &&
           str_equal_ascii_case(str_slice(raw, at - wanted.len, at), wanted);
}

/* The start of the link whose ':' or '.' stands at `at`, or STR_NOT_FOUND; not before `from`. */
static size_t link_start(struct str raw, size_t from, size_t at) {
    if (raw.ptr[at] == ':') {
        if (!str_starts_with(str_slice(raw, at, raw.len), STR("://"))) {
            return STR_NOT_FOUND;
        }
        if (is_before(raw, from, at, STR("https"))) {
            return at - 5;
        }
        return is_before(raw, from, at, STR("http")) ? at - 4 : STR_NOT_FOUND;
    }
    bool is_www = is_before(raw, from, at, STR("www")) && !is_word_before(raw, at - 3);
    return is_www ? at - 3 : STR_NOT_FOUND;
}

/* Printable ASCII without < > " { } | \ ^ `, as a set of bits. */
static bool is_link_ascii(char byte) {
    static const uint64_t allowed[2] = {0xaffffffa00000000u, 0x47fffffeafffffffu};
    unsigned index = (unsigned char)byte;
    return index < 128 && (allowed[index >> 6] >> (index & 63) & 1);
}

/* First byte that cannot belong to a link. In Chinese and Japanese posts text follows a link
 * without a space, so a character of such scripts ends it, unless a label of the host began with
 * one. */
static size_t link_limit(struct str raw, size_t host) {
    size_t at = host;
    bool is_host = true;
    bool is_label_foreign = false;
    while (at < raw.len) {
        char byte = raw.ptr[at];
        size_t width = 1;
        if ((unsigned char)byte & 0x80) {
            enum entry_class class = entry_class(table_entry(character_decode(raw, at, &width)));
            if (is_host && (at == host || raw.ptr[at - 1] == '.')) {
                is_label_foreign = true;
            }
            bool is_alone = class == CLASS_ALONE || class == CLASS_ALONE_MARK;
            if (class == CLASS_NONE || (is_alone && !(is_host && is_label_foreign))) {
                break;
            }
        } else {
            if (!is_link_ascii(byte)) {
                break;
            }
            is_label_foreign = is_label_foreign && byte != '.';
            is_host = is_host && byte != '/' && byte != '?' && byte != '#';
        }
        at += width;
    }
    return at;
}

static size_t count_byte(struct str text, char byte) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.ptr[i] == byte;
    }
    return count;
}

/* Takes off the punctuation of the sentence around a link; a ')' stays if the link opened it. */
static size_t link_trim(struct str raw, size_t start, size_t end) {
    struct str link = str_slice(raw, start, end);
    size_t opened = count_byte(link, '(');
    size_t closed = count_byte(link, ')');
    while (end > start) {
        char byte = raw.ptr[end - 1];
        if (!strchr(".,;:!?'*_~)]&", byte) || (byte == ')' && opened >= closed)) {
            break;
        }
        closed -= byte == ')';
        end--;
    }
    return end;
}

static bool add_link(struct entity_list *list, struct str raw, size_t start, size_t *at) {
    size_t host = start;
    if (raw.ptr[*at] == ':') {
        host = *at + 3;
    }
    size_t end = link_trim(raw, host, link_limit(raw, host));
    size_t width;
    /* "www." alone and "http://" alone are no links. */
    size_t least = host + (host == start ? 4 : 0);
    if (end <= least ||
        entry_class(table_entry(character_decode(raw, least, &width))) == CLASS_NONE) {
        *at += 1;
        return true;
    }
    *at = end;
    return add(list, raw, (struct entity){.kind = ENTITY_LINK, .start = start, .end = end}, start);
}

/* Bytes of a '#' or '@', ASCII or full-width, at `at`; 0 if there is none. */
static size_t sign_width(struct str raw, size_t at, char sign) {
    if (raw.ptr[at] == sign) {
        return 1;
    }
    struct str wide = sign == '#' ? STR("\xef\xbc\x83") : STR("\xef\xbc\xa0");
    return str_starts_with(str_slice(raw, at, raw.len), wide) ? 3 : 0;
}

static bool is_tag_character(struct str raw, size_t at, size_t *width, bool *is_digit) {
    uint32_t cp = character_decode(raw, at, width);
    *is_digit = table_digit(cp) >= 0;
    /* The zero-width non-joiner is part of Persian spelling. */
    return cp == '_' || cp == 0x200c || entry_class(table_entry(cp)) != CLASS_NONE;
}

static size_t tag_end(struct str raw, size_t at) {
    bool is_number = true;
    size_t start = at;
    size_t width;
    bool is_digit;
    while (at < raw.len && is_tag_character(raw, at, &width, &is_digit)) {
        is_number = is_number && is_digit;
        at += width;
    }
    return is_number ? start : at;
}

static bool is_han(uint32_t cp) {
    return (cp >= 0x3400 && cp <= 0x9fff) || (cp >= 0x20000 && cp <= 0x3ffff);
}

/* The closing sign of a Weibo tag "#words with spaces#" that opens before `start`; 0 if it is none.
 * The words touch both signs, so that "#one #two" stays two tags. */
static size_t weibo_end(struct str raw, size_t start) {
    bool has_han = false;
    bool is_space = true;
    size_t at = start;
    for (size_t count = 0; at < raw.len && count <= WEIBO_TAG_MAX; count++) {
        size_t width;
        uint32_t cp = character_decode(raw, at, &width);
        if (cp == '#' || cp == 0xff03) {
            return has_han && !is_space ? at : 0;
        }
        is_space = cp == ' ' || cp == 0x3000 || cp == '\t';
        if (cp < ' ' || cp == '@' || cp == '/' || (is_space && at == start)) {
            return 0;
        }
        has_han = has_han || is_han(cp);
        at += width;
    }
    return 0;
}

static bool is_free_before(struct str raw, size_t at, const char *forbidden) {
    if (at == 0) {
        return true;
    }
    char before = raw.ptr[at - 1];
    return before == '\0' || (!strchr(forbidden, before) && !is_word_before(raw, at));
}

static bool add_tag(struct entity_list *list, struct str raw, size_t *at) {
    size_t name = *at + sign_width(raw, *at, '#');
    struct entity tag = {.kind = ENTITY_HASHTAG, .start = *at};
    /* '&' before it: a character reference such as &#39; */
    if (!is_free_before(raw, *at, "&_/")) {
        *at = name;
        return true;
    }
    size_t closing = weibo_end(raw, name);
    tag.end = closing ? closing : tag_end(raw, name);
    *at = closing ? closing + sign_width(raw, closing, '#') : tag.end;
    if (tag.end == name) {
        return true;
    }
    size_t end_of_sign = *at;
    if (!add(list, raw, tag, name)) {
        return false;
    }
    list->items[list->count - 1].end = end_of_sign;
    return true;
}

static bool is_name_byte(char byte) {
    return is_ascii_letter(byte) || is_ascii_digit(byte) || byte == '_';
}

static size_t name_end_ascii(struct str raw, size_t at) {
    while (at < raw.len && is_name_byte(raw.ptr[at])) {
        at++;
    }
    return at;
}

/* End of a host such as "social.example" at `at`, in lower case and with a dot; `at` if there is
 * none. Upper case is left out because "@name.Then" is a name and a new sentence. */
static size_t host_end(struct str raw, size_t at, bool needs_dot) {
    size_t end = at;
    size_t dots = 0;
    size_t from = at;
    while (from < raw.len) {
        size_t label = from;
        while (label < raw.len && (is_ascii_digit(raw.ptr[label]) || raw.ptr[label] == '-' ||
                                   (raw.ptr[label] >= 'a' && raw.ptr[label] <= 'z'))) {
            label++;
        }
        if (label < from + 2 && dots > 0) {
            break;
        }
        end = label;
        if (label + 1 >= raw.len || raw.ptr[label] != '.' || label == from) {
            break;
        }
        dots++;
        from = label + 1;
    }
    bool is_cut = end < raw.len && is_name_byte(raw.ptr[end]);
    return is_cut || (needs_dot && end == at) ? at : end;
}

/* "@name", "@name@host" (Mastodon), "@name.host" (Bluesky), or letters of any script. */
static size_t mention_end(struct str raw, size_t name) {
    size_t end = name_end_ascii(raw, name);
    if (end > name) {
        if (end < raw.len && raw.ptr[end] == '@') {
            size_t host = host_end(raw, end + 1, true);
            return host > end + 1 ? host : end;
        }
        if (end < raw.len && raw.ptr[end] == '.') {
            size_t host = host_end(raw, end + 1, true);
            return host > end + 2 ? host : end;
        }
        return end;
    }
    size_t width;
    bool is_digit;
    for (size_t count = 0; count < NAME_MAX && end < raw.len; count++) {
        if (!is_tag_character(raw, end, &width, &is_digit)) {
            break;
        }
        end += width;
    }
    return end;
}

static bool add_mention(struct entity_list *list, struct str raw, size_t *at) {
    size_t name = *at + sign_width(raw, *at, '@');
    struct entity mention = {.kind = ENTITY_MENTION, .start = *at};
    bool is_free = is_free_before(raw, *at, "_/.+-@");
    mention.end = is_free ? mention_end(raw, name) : name;
    *at = mention.end;
    return mention.end == name || add(list, raw, mention, name);
}

/* Handles the trigger at *at, not looking back beyond `from`, and moves *at past it. */
static bool take(struct entity_list *list, struct str raw, size_t from, size_t *at) {
    char byte = raw.ptr[*at];
    if (byte == ':' || byte == '.') {
        size_t start = link_start(raw, from, *at);
        if (start != STR_NOT_FOUND) {
            return add_link(list, raw, start, at);
        }
    } else if (sign_width(raw, *at, '#')) {
        return add_tag(list, raw, at);
    } else if (sign_width(raw, *at, '@')) {
        return add_mention(list, raw, at);
    }
    *at += 1;
    return true;
}

bool entities_of(struct str raw, struct entity_list *entities) {
    size_t at = 0;
    size_t from = 0; /* end of the last entity: links are looked for backwards from their ':' */
    entities->count = 0;
    while ((at = next_trigger(raw, at)) < raw.len) {
        size_t count = entities->count;
        if (!take(entities, raw, from, &at)) {
            return false;
        }
        from = entities->count > count ? at : from;
    }
    return true;
}
