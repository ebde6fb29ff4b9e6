#include "text/leet.h"

#include "text/fold.h"

#define UNIT_LETTERS 3u    /* behind a number: 100gb */
#define NUMBER_DIGITS 2u   /* so many at a word's end are a number: user12 */
#define LETTER_OR_L '\x01' /* 1 ! |: the table's mark for a letter with two readings */

/* What a byte of a folded text may stand for; 0: nothing but itself. */
static char letter_of(unsigned char byte) {
    switch (byte) {
    case '0':
        return 'o';
    case '3':
        return 'e';
    case '4':
    case '@':
        return 'a';
    case '5':
    case '$':
        return 's';
    case '7':
        return 't';
    case '8':
        return 'b';
    case '9':
        return 'g';
    case '1':
    case '!':
    case '|':
        return LETTER_OR_L;
    default:
        return 0;
    }
}

static bool is_letter(char byte) {
    return byte >= 'a' && byte <= 'z';
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_sign(char byte) {
    return byte == '@' || byte == '$' || byte == '!' || byte == '|';
}

/* What a byte is to a run, as bits; most bytes of posts are letters, and the table is all they
 * cost.
 */
enum { RUN_LETTER = 1, RUN_OTHER = 2 };
/* clang-format off */
#define L RUN_LETTER
#define O RUN_OTHER
static const unsigned char run_class[256] = {
    ['a'] = L, ['b'] = L, ['c'] = L, ['d'] = L, ['e'] = L, ['f'] = L, ['g'] = L, ['h'] = L,
    ['i'] = L, ['j'] = L, ['k'] = L, ['l'] = L, ['m'] = L, ['n'] = L, ['o'] = L, ['p'] = L,
    ['q'] = L, ['r'] = L, ['s'] = L, ['t'] = L, ['u'] = L, ['v'] = L, ['w'] = L, ['x'] = L,
    ['y'] = L, ['z'] = L,
    ['0'] = O, ['1'] = O, ['2'] = O, ['3'] = O, ['4'] = O, ['5'] = O, ['6'] = O, ['7'] = O,
    ['8'] = O, ['9'] = O, ['@'] = O, ['$'] = O, ['!'] = O, ['|'] = O,
};
#undef L
#undef O
/* clang-format on */

/* The next run of letters, digits and signs at or after *at, as [*start, *at), with the bits of its
 * bytes; 0: no more. */
static unsigned next_run(struct str text, size_t *at, size_t *start) {
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t i = *at;
    unsigned seen = 0;
    while (i < text.len && run_class[bytes[i]] == 0) {
        i++;
    }
    *start = i;
    for (unsigned class; i < text.len && (class = run_class[bytes[i]]) != 0; i++) {
        seen |= class;
    }
    *at = i;
    return seen;
}

/* The end of the link that a run opens (http or https, then ://), else the run's own end. */
static size_t link_end(struct str text, size_t start, size_t end) {
    struct str run = str_slice(text, start, end);
    if ((!str_is(run, "http") && !str_is(run, "https")) ||
        !str_starts_with(str_slice(text, end, text.len), STR("://"))) {
        return end;
    }
    while (end < text.len && (unsigned char)text.ptr[end] > ' ') {
        end++;
    }
    return end;
}

static struct str trim_signs(struct str run) {
    while (run.len > 0 && is_sign(run.ptr[0])) {
        run = str_slice(run, 1, run.len);
    }
    while (run.len > 0 && is_sign(run.ptr[run.len - 1]) && run.ptr[run.len - 1] != '$') {
        run.len--;
    }
    return run;
}

static size_t count_digits(struct str word, bool from_end) {
    size_t count = 0;
    while (count < word.len && is_digit(word.ptr[from_end ? word.len - 1 - count : count])) {
        count++;
    }
    return count;
}

static size_t count_letters(struct str word) {
    size_t count = 0;
    for (size_t i = 0; i < word.len; i++) {
        count += is_letter(word.ptr[i]);
    }
    return count;
}

/* A word in which something stands for a letter, and which is no number with letters on it. */
static bool is_mixed(struct str word) {
    size_t letters = count_letters(word);
    if (letters == 0 || letters == word.len) {
        return false;
    }
    size_t first = count_digits(word, false);
    size_t last = count_digits(word, true);
    if (first + letters == word.len) {
        return letters > UNIT_LETTERS && first < NUMBER_DIGITS;
    }
    return !(last + letters == word.len && last >= NUMBER_DIGITS);
}

/* Is the word written together with a number that a magnitude or an amount of data follows
 * (4million)? A single digit alone is none: 4ccounts. */
static bool is_in_quantity(const struct leet *leet, struct str folded, size_t start, size_t end) {
    for (size_t i = 0; i < leet->quantities.count; i++) {
        const struct quantity *quantity = &leet->quantities.items[i];
        bool is_number = quantity->is_size || quantity->value >= 10;
        struct str between = str_slice(folded, quantity->start, start);
        if (is_number && quantity->start < end && start < quantity->end &&
            str_find_byte(between, ' ', 0) == STR_NOT_FOUND) {
            return true;
        }
    }
    return false;
}

/* A copy of the folded text, with the zeros behind it. */
static bool copy_text(struct buffer *view, struct str folded) {
    buffer_clear(view);
    if (!buffer_append(view, folded.ptr, folded.len + FOLD_ZEROS)) {
        return false;
    }
    view->len = folded.len;
    return true;
}

/* When it is known that views are wanted. */
static bool begin_views(struct leet *leet, struct str folded) {
    leet->quantities.count = 0;
    for (uint32_t i = 0; i < LEET_VIEWS; i++) {
        if (!copy_text(&leet->views[i], folded)) {
            return false;
        }
    }
    return leet->is_guess || quantities_of(folded, &leet->quantities);
}

static void undo_word(struct leet *leet, struct str folded, struct str word) {
    size_t start = (size_t)(word.ptr - folded.ptr);
    if (is_in_quantity(leet, folded, start, start + word.len)) {
        return;
    }
    for (size_t i = start; i < start + word.len; i++) {
        char letter = letter_of((unsigned char)leet->views[0].ptr[i]);
        if (letter == 0) {
            continue;
        }
        bool is_either = letter == LETTER_OR_L;
        uint32_t wanted = is_either ? LEET_VIEWS : 1;
        leet->views[0].ptr[i] = is_either ? 'i' : letter;
        leet->views[1].ptr[i] = is_either ? 'l' : letter;
        leet->view_count = leet->view_count > wanted ? leet->view_count : wanted;
    }
}

/* The next mixed word at or after *at. */
static bool next_mixed(struct str folded, size_t *at, struct str *word) {
    size_t start;
    for (unsigned seen; (seen = next_run(folded, at, &start)) != 0;) {
        bool is_all_letters = seen == RUN_LETTER;
        if (is_all_letters && (*at == folded.len || folded.ptr[*at] != ':')) {
            continue; /* nothing to undo, and no link's beginning */
        }
        size_t end = link_end(folded, start, *at);
        *word = trim_signs(str_slice(folded, start, *at));
        if (end == *at && is_mixed(*word)) {
            return true;
        }
        *at = end;
    }
    return false;
}

/* The first word waits until it is known whether it is alone. */
static bool undo_words(struct leet *leet, struct str folded, bool may_guess) {
    struct str first = {NULL, 0};
    struct str word;
    size_t at = 0;
    if (!next_mixed(folded, &at, &first)) {
        return true;
    }
    bool has_more = next_mixed(folded, &at, &word);
    leet->is_guess = may_guess && !has_more;
    if (!begin_views(leet, folded)) {
        return false;
    }
    undo_word(leet, folded, first);
    while (has_more) {
        undo_word(leet, folded, word);
        has_more = next_mixed(folded, &at, &word);
    }
    return true;
}

/* ---- Most texts have no mixed word ---- */

enum { PIECE = 128 };

/* The places of digits and signs. Every place is written and only those are kept: a branch would
 * be guessed wrong too often. */
static uint32_t find_others(const char *bytes, uint32_t count, uint16_t places[PIECE]) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        places[found] = (uint16_t)i;
        found += run_class[(unsigned char)bytes[i]] >> 1; /* RUN_OTHER */
    }
    return found;
}

/* May the digit or sign make its word a mixed one? A digit beside a letter; a sign with something
 * before it and a letter or digit behind; $ behind anything. Else trim_signs takes it away. */
static bool may_mix(struct str text, size_t at) {
    char last = at > 0 ? text.ptr[at - 1] : ' ';
    char next = at + 1 < text.len ? text.ptr[at + 1] : ' ';
    if (is_digit(text.ptr[at])) {
        return is_letter(last) || is_letter(next);
    }
    return run_class[(unsigned char)last] != 0 &&
           (text.ptr[at] == '$' || is_letter(next) || is_digit(next));
}

struct link {
    size_t start;
    size_t end;
};

/* The next link behind `link`; false: there is no more, and the end of the text stands for it. */
static bool next_link(struct str text, struct link *link) {
    static const struct str schemes[] = {{"https", 5}, {"http", 4}};
    size_t from = link->end;
    size_t colon = from;
    while ((colon = str_find_byte(text, ':', colon)) != STR_NOT_FOUND) {
        for (size_t i = 0; i < 2; i++) {
            size_t start = colon - schemes[i].len;
            bool has_room = colon >= from + schemes[i].len;
            bool is_run =
                has_room && (start == from || run_class[(unsigned char)text.ptr[start - 1]] == 0);
            size_t end = is_run ? link_end(text, start, colon) : colon;
            if (end > colon) {
                *link = (struct link){start, end};
                return true;
            }
        }
        colon++;
    }
    *link = (struct link){text.len, text.len};
    return false;
}

/* No is certain: there is nothing to undo. */
static bool may_have_mixed(struct str text) {
    uint16_t places[PIECE] = {0};
    struct link link = {0, 0};
    for (size_t from = 0; from < text.len; from += PIECE) {
        uint32_t count = text.len - from < PIECE ? (uint32_t)(text.len - from) : PIECE;
        uint32_t found = find_others(text.ptr + from, count, places);
        for (uint32_t i = 0; i < found; i++) {
            size_t at = from + places[i];
            if (!may_mix(text, at)) {
                continue;
            }
            while (link.end <= at && next_link(text, &link)) {
            }
            if (at < link.start || at >= link.end) {
                return true;
            }
        }
    }
    return false;
}

bool leet_undo(struct leet *leet, struct str folded, bool may_guess) {
    leet->view_count = 0;
    leet->is_guess = false;
    return !may_have_mixed(folded) || undo_words(leet, folded, may_guess);
}

void leet_free(struct leet *leet) {
    for (uint32_t i = 0; i < LEET_VIEWS; i++) {
        buffer_free(&leet->views[i]);
    }
    quantity_list_free(&leet->quantities);
}
