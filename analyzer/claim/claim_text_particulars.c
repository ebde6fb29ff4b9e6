/* Particulars are looked for in ASCII tokens, and dates also before the signs for year, month and
 * day: what can be looked up is written in these in all languages. */
#include "base/hash.h"
#include "claim/claim_text_parts.h"
#include "text/fold_ascii.h"

#define TOKEN_BYTES_MOST 256
#define SEEN_MOST 32 /* distinct tokens told apart; more of them add nothing to any signal */

struct seen {
    uint64_t hashes[SEEN_MOST];
    size_t count;
};

/* Enters a token; false when it was seen before or the list is full. */
static bool is_new(struct seen *seen, struct str token) {
    uint64_t hash = hash64(token);
    for (size_t i = 0; i < seen->count; i++) {
        if (seen->hashes[i] == hash) {
            return false;
        }
    }
    if (seen->count == SEEN_MOST) {
        return false;
    }
    seen->hashes[seen->count++] = hash;
    return true;
}

static bool is_token_byte(char byte) {
    return is_ascii_letter(byte) || is_ascii_digit(byte) || byte == '.' || byte == '-' ||
           byte == '_' || byte == '/' || byte == ':';
}

static size_t digits_at(struct str text, size_t at) {
    size_t count = 0;
    while (at + count < text.len && is_ascii_digit(text.ptr[at + count])) {
        count++;
    }
    return count;
}

/* Reads `count` numbers of digits with at most `most` digits each, parted by `separator`, as the
 * whole token. */
static bool is_numbers(struct str token, char separator, size_t count, size_t most) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t digits = digits_at(token, at);
        at += digits;
        bool is_last = i + 1 == count;
        if (digits == 0 || digits > most ||
            (is_last ? at != token.len : at >= token.len || token.ptr[at] != separator)) {
            return false;
        }
        at += !is_last;
    }
    return true;
}

static bool is_address(struct str token) {
    return is_numbers(token, '.', 4, 3);
}

static bool is_date(struct str token) {
    return is_numbers(token, '-', 3, 4) || is_numbers(token, '/', 3, 4) ||
           (is_numbers(token, '.', 3, 4) && token.len >= 6) || is_numbers(token, ':', 2, 2) ||
           is_numbers(token, ':', 3, 2);
}

static bool is_cve(struct str token) {
    return token.len >= 13 && str_equal_ascii_case(str_slice(token, 0, 4), STR("cve-")) &&
           is_numbers(str_slice(token, 4, token.len), '-', 2, 7);
}

static bool is_digest(struct str token) {
    bool has_letter = false;
    bool has_digit = false;
    for (size_t i = 0; i < token.len; i++) {
        char byte = (char)(token.ptr[i] | 0x20);
        has_digit |= is_ascii_digit(token.ptr[i]);
        has_letter |= byte >= 'a' && byte <= 'f';
        if (!is_ascii_digit(token.ptr[i]) && !(byte >= 'a' && byte <= 'f')) {
            return false;
        }
    }
    return has_letter && has_digit && (token.len == 32 || token.len == 40 || token.len == 64);
}

static struct str last_label(struct str token) {
    size_t at = token.len;
    while (at > 0 && token.ptr[at - 1] != '.') {
        at--;
    }
    return at == 0 ? STR_EMPTY : str_slice(token, at, token.len);
}

static bool is_one_of(struct str word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal_ascii_case(word, str_from_c(words[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_file_name(struct str token) {
    static const char *const endings[] = {"csv", "sql", "zip",  "rar",  "7z",  "tar", "gz",
                                          "txt", "xls", "xlsx", "json", "bak", "pdf", "dump",
                                          "mdb", "pst", "docx", "log",  "db"};
    struct str ending = last_label(token);
    return token.len > ending.len + 1 && ending.len > 0 &&
           is_one_of(ending, endings, sizeof endings / sizeof endings[0]);
}

/* A dotted name whose last label is two letters or a common one; every label has two bytes at
 * least, so that "U.S." and "e.g." are none. */
static bool is_host(struct str token) {
    static const char *const endings[] = {"com",  "net", "org",   "gov",     "edu", "mil",
                                          "info", "biz", "onion", "example", "test"};
    struct str ending = last_label(token);
    bool is_letters =
        ending.len == 2 && is_ascii_letter(ending.ptr[0]) && is_ascii_letter(ending.ptr[1]);
    size_t label = 0;
    for (size_t i = 0; i < token.len; i++) {
        label = token.ptr[i] == '.' ? 0 : label + 1;
        bool ends = i + 1 == token.len || token.ptr[i + 1] == '.';
        if ((ends && label < 2) || token.ptr[i] == '/' || token.ptr[i] == ':' ||
            token.ptr[i] == '_') {
            return false;
        }
    }
    return ending.len > 0 &&
           (is_letters || is_one_of(ending, endings, sizeof endings / sizeof endings[0]));
}

static void take(struct str token, struct seen *seen, struct claim_text *text) {
    while (token.len > 0 && memchr(".-:/", token.ptr[token.len - 1], 4)) {
        token.len--;
    }
    bool is_address_here = is_address(token);
    bool is_date_here = !is_address_here && is_date(token);
    bool is_identifier = is_cve(token) || is_digest(token) || is_file_name(token);
    bool is_host_here = !is_address_here && !is_date_here && !is_identifier && is_host(token);
    if ((is_address_here || is_date_here || is_identifier || is_host_here) && is_new(seen, token)) {
        text->addresses = (uint16_t)(text->addresses + is_address_here);
        text->dates = (uint16_t)(text->dates + is_date_here);
        text->identifiers = (uint16_t)(text->identifiers + is_identifier);
        text->hosts = (uint16_t)(text->hosts + is_host_here);
    }
}

/* "2024年3月5日" is one date: a number before the sign for the day, or for the month where no day
 * follows. */
static bool ends_written_date(struct str raw, size_t digits_end) {
    struct str rest = str_slice(raw, digits_end, raw.len);
    bool is_day = str_starts_with(rest, STR("日")) || str_starts_with(rest, STR("號"));
    bool is_month = str_starts_with(rest, STR("月"));
    return is_day || (is_month && digits_at(raw, digits_end + strlen("月")) == 0);
}

void claim_text_particulars(struct str raw, struct claim_text *text) {
    struct seen seen = {.count = 0};
    for (size_t at = 0; at < raw.len;) {
        size_t link = link_length(raw, at);
        size_t end = at;
        while (link == 0 && end < raw.len && is_token_byte(raw.ptr[end])) {
            end++;
        }
        struct str token = str_slice(raw, at, end);
        if (token.len > 0 && token.len <= TOKEN_BYTES_MOST) {
            take(token, &seen, text);
            bool is_number = digits_at(token, 0) == token.len;
            bool is_written = is_number && text->dates < SEEN_MOST && ends_written_date(raw, end);
            text->dates = (uint16_t)(text->dates + is_written);
        }
        at = link > 0 ? at + link : end > at ? end : at + 1;
    }
}
