#include "claim/victim.h"

#include <stdbool.h>

#include "base/utf8.h"

#define QUOTED_CHARACTERS_MAX 40
#define QUOTED_SPACES_MAX 5
#define LOOK_BACK_BYTES 48 /* a word for a group stands at most so far before its name */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct marks {
    struct str open;
    struct str close;
};

/* Marks that are used for names more than for speech and irony; the others only around Hangul. */
static const struct marks quotes[] = {
    {{"«", 2}, {"»", 2}}, {{"「", 3}, {"」", 3}}, {{"『", 3}, {"』", 3}},
    {{"»", 2}, {"«", 2}}, {{"‘", 3}, {"’", 3}},   {{"'", 1}, {"'", 1}},
};
#define QUOTES_OF_NAMES 4 /* the first of them */

/* Beginnings of words that introduce those who act or speak, not who was hit. Compared without the
 * case of ASCII letters only. */
static const char *const groups[] = {
    "Мы,",     "Ми,",      "Группа",  "группа",  "Команда",   "Отряд",      "газет",   "صحيفة",
    "روزنامه", "journal ", "diario ", "jornal ", "zeitung ",  "группировк", "команда", "отряд",
    "загін",   "загон",    "мы,",     "ми,",     "угрупован", "group",      "gang",    "team",
    "crew",    "we are",   "grupo",   "equipo",  "equipe",    "somos",      "groupe",  "gruppe",
    "wir",     "nous",     "مجموعة",  "فريق",    "كتيبة",     "كتائب",      "گروه",    "یگان",
    "تیم",     "我们是",   "我們是",  "组织",    "組織",      "战队",       "戰隊",    "グループ",
    "集団",    "우리는",   "조직",    "그룹",    "팀",        "grubu",      "ekibi"};

/* Words that are no part of a name at its end; compared without case. */
static const char *const endings[] = {
    "did",      "not",    "over",   "after",   "by",   "in",   "is",     "was",     "has",
    "have",     "hack",   "hacks",  "hacked",  "data", "for",  "with",   "on",      "to",
    "of",       "and",    "the",    "at",      "from", "as",   "that",   "who",     "they",
    "their",    "may",    "will",   "says",    "said", "were", "are",    "be",      "been",
    "before",   "during", "but",    "when",    "what", "how",  "server", "servers", "website",
    "websites", "site",   "breach", "breached"};

static bool names_a_group(struct str before) {
    for (size_t i = 0; i < COUNT(groups); i++) {
        struct str word = str_from_c(groups[i]);
        for (size_t at = 0; at + word.len <= before.len; at++) {
            if (str_equal_ascii_case(str_slice(before, at, at + word.len), word)) {
                return true;
            }
        }
    }
    return false;
}

/* "hacked by X" names who signs. */
static bool signs(struct str quoted) {
    static const char *const ways[] = {"hacked by", "pwned by", "owned by", "defaced by"};
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct str way = str_from_c(ways[i]);
        if (quoted.len >= way.len && str_equal_ascii_case(str_slice(quoted, 0, way.len), way)) {
            return true;
        }
    }
    return false;
}

static bool is_one_of(char byte, const char *set) {
    return byte != '\0' && strchr(set, byte) != NULL;
}

static bool closes(struct str before) {
    for (size_t i = 0; i < QUOTES_OF_NAMES; i++) {
        if (str_ends_with(before, quotes[i].close)) {
            return true;
        }
    }
    return false;
}

/* The part of the clause before `at`, after the name before, that may introduce what stands there.
 */
static struct str introduction(struct str text, size_t at) {
    size_t start = at;
    while (start > 0 && at - start < LOOK_BACK_BYTES && !closes(str_slice(text, 0, start)) &&
           !is_one_of(text.ptr[start - 1], ".!?\n:")) {
        start--;
    }
    return str_slice(text, start, at);
}

static bool opens(struct str text, size_t from, const struct marks *marks) {
    size_t width;
    if (marks < quotes + QUOTES_OF_NAMES) {
        return true;
    }
    uint32_t first = from < text.len ? utf8_decode(text, from, &width) : 0;
    return first >= 0xac00 && first <= 0xd7a3;
}

/* Where the quotation that begins at `from` ends; 0 if it is no name. */
static size_t name_end(struct str text, size_t from, struct str close) {
    size_t characters = 0;
    size_t spaces = 0;
    for (size_t at = from; at < text.len && characters <= QUOTED_CHARACTERS_MAX;) {
        size_t width;
        if (str_starts_with(str_slice(text, at, text.len), close)) {
            return at > from && characters > 1 ? at : 0;
        }
        uint32_t cp = utf8_decode(text, at, &width);
        spaces += cp == ' ';
        if (cp == '\n' || cp == '!' || cp == '?' || cp == 0x3002 || cp == 0xff0c || cp == ',' ||
            spaces > QUOTED_SPACES_MAX) {
            return 0;
        }
        characters++;
        at += width;
    }
    return 0;
}

struct str victim_quoted(struct str text) {
    for (size_t at = 0; at < text.len; at++) {
        for (size_t i = 0; i < COUNT(quotes); i++) {
            const struct marks *marks = &quotes[i];
            if (!str_starts_with(str_slice(text, at, text.len), marks->open) ||
                !opens(text, at + marks->open.len, marks)) {
                continue;
            }
            size_t from = at + marks->open.len;
            size_t end = name_end(text, from, marks->close);
            if (end > 0 && signs(str_slice(text, from, end))) {
                at = end + marks->close.len - 1; /* what was painted on a page */
                break;
            }
            if (end > 0 && !names_a_group(introduction(text, at))) {
                return str_trim(str_slice(text, from, end));
            }
            if (end > 0) { /* a group: behind its name */
                at = end + marks->close.len - 1;
                break;
            }
        }
    }
    return STR_EMPTY;
}

static bool is_ending(struct str word) {
    for (size_t i = 0; i < COUNT(endings); i++) {
        if (str_equal_ascii_case(word, str_from_c(endings[i]))) {
            return true;
        }
    }
    return false;
}

static struct str without_marks(struct str name) {
    while (name.len > 0 && is_one_of(name.ptr[name.len - 1], " \t\n.,:;-'\"([")) {
        name.len--;
    }
    while (name.len > 0 && is_one_of(name.ptr[0], " \t\n.,:;-'\"([")) {
        name = str_slice(name, 1, name.len);
    }
    return name;
}

static struct str without_possessive(struct str name) {
    static const struct str forms[] = {{"'s", 2}, {"’s", 4}};
    for (size_t i = 0; i < COUNT(forms); i++) {
        if (name.len > forms[i].len &&
            str_equal(str_slice(name, name.len - forms[i].len, name.len), forms[i])) {
            name.len -= forms[i].len;
        }
    }
    return name;
}

/* The name up to a stop inside it: what follows ("Acme. They") is another sentence. */
static struct str first_sentence(struct str name) {
    for (size_t at = 3; at + 1 < name.len; at++) {
        if (name.ptr[at] == '.' && name.ptr[at + 1] == ' ' && name.ptr[at - 2] != ' ' &&
            name.ptr[at - 3] != ' ') {
            return str_slice(name, 0, at);
        }
    }
    return name;
}

struct str victim_trim(struct str victim) {
    struct str name = without_marks(first_sentence(victim));
    for (size_t last = name.len; last > 0;) {
        while (last > 0 && name.ptr[last - 1] != ' ') {
            last--;
        }
        if (last == 0 || !is_ending(str_slice(name, last, name.len))) {
            break;
        }
        name = without_marks(str_slice(name, 0, last));
        last = name.len;
    }
    return without_possessive(name);
}
