#include "claim/victim_typed.h"

#include <stdbool.h>

#include "base/utf8.h"

#define NAME_WORDS_MAX 6
#define NAME_BYTES_MAX 64

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Beginnings of words, compared without the case of ASCII letters; a name follows. */
static const char *const kinds_before[] = {
    "universi",      "banco",        "bank",           "banque",       "hospital",
    "hôpital",       "hopital",      "clínica",        "clinica",      "clinique",
    "klinik",        "ministerio",   "ministéri",      "ministère",    "minister",
    "mairie",        "prefeitura",   "préfecture",     "municipio",    "município",
    "municipalidad", "alcald",       "ayuntamie",      "gobernaci",    "stadtwerk",
    "rathaus",       "gemeinde",     "verein",         "aseguradora",  "seguradora",
    "assurance",     "versicherung", "mutuelle",       "operadora",    "aeropuerto",
    "aeroporto",     "aéroport",     "flughafen",      "puerto",       "porto",
    "port",          "naviera",      "transportadora", "mineradora",   "minera",
    "petrolera",     "imprimerie",   "cooperativa",    "coopérative",  "genossenschaft",
    "frigorífico",   "confeitaria",  "câmara",         "région",       "lonja",
    "lotería",       "loteria",      "colegio",        "lycée",        "schule",
    "société",       "empresa",      "entreprise",     "firma",        "compañía",
    "companhia",     "werft",        "банк",           "Банк",         "Больниц",
    "Университет",   "Министерств",  "Міністерств",    "Завод",        "больниц",
    "клиник",        "университет",  "министерств",    "администраци", "завод",
    "горсовет",      "компани",      "аптек",          "лікарн",       "університет",
    "міністерств",   "міськрад",     "заклад",         "ООО",          "ТОВ"};

/* A capitalised name stands before these in English, German and Turkish. */
static const char *const kinds_after[] = {
    "bank",       "university", "hospital",  "clinic",    "ministry",     "airport",
    "library",    "airlines",   "insurance", "college",   "logistics",    "council",
    "gmbh",       "ltd",        "inc.",      "llc",       "üniversitesi", "Üniversitesi",
    "belediyesi", "hastanesi",  "bankası",   "bakanlığı", "sigorta"};

/* Written without blanks before them. */
static const char *const kinds_han[] = {
    "大学",   "大學",   "医院", "醫院",   "病院",     "银行",   "銀行",   "公司",   "集团",
    "集團",   "学院",   "學院", "中学",   "中學",     "図書館", "图书馆", "圖書館", "区公所",
    "區公所", "招商局", "政府", "市役所", "株式会社", "水産",   "会社",   "封測廠", "大学校",
    "대학교", "병원",   "은행", "시청",   "도서관",   "조합",   "업체",   "회사"};

static const char *const kinds_arabic[] = {"جامعة",     "شركة",  "بنك",    "مستشفى",    "وزارة",
                                           "بلدية",     "مكتبة", "مصرف",   "شرکت",      "دانشگاه",
                                           "بیمارستان", "وزارت", "کلینیک", "استانداری", "کتابخانه"};

/* Small words inside a name. */
static const char *const links[] = {"de", "del", "da",  "do",  "dos", "das", "des",
                                    "du", "la",  "el",  "los", "las", "le",  "les",
                                    "of", "von", "der", "am",  "y",   "e"};

/* Words with a capital at the beginning of a sentence that begin no name. */
static const char *const openers[] = {"The",     "An",     "Our",     "Your", "This", "At",
                                      "In",      "Of",     "On",      "By",   "From", "Die",
                                      "Der",     "Das",    "Ein",     "Eine", "Bir",  "We",
                                      "Hackers", "Breach", "Massive", "Data", "Major"};

static bool is_capital(uint32_t cp) {
    return (cp >= 'A' && cp <= 'Z') || (cp >= 0xc0 && cp <= 0xde && cp != 0xd7) ||
           (cp >= 0x100 && cp <= 0x17e && cp % 2 == 0) || (cp >= 0x400 && cp <= 0x42f) ||
           cp == 0x490;
}

static bool is_han_or_hangul(uint32_t cp) {
    return (cp >= 0x30a0 && cp <= 0x30ff) || (cp >= 0x3400 && cp <= 0x9fff) ||
           (cp >= 0xac00 && cp <= 0xd7a3) || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
}

/* Characters that end a name in Chinese when read backwards: particles and verbs before objects. */
static bool ends_han_name(uint32_t cp) {
    static const uint32_t particles[] = {0x7684, 0x628a, 0x5728, 0x4e86, 0x662f, 0x88ab, 0x4ece,
                                         0x5f9e, 0x5411, 0x5bf9, 0x5c0d, 0x8d70, 0x8bf4, 0x8aaa,
                                         0x67d0, 0x5bb6, 0x4e2a, 0x500b, 0x7d66, 0x7ed9, 0x548c};
    for (size_t i = 0; i < COUNT(particles); i++) {
        if (cp == particles[i]) {
            return true;
        }
    }
    return false;
}

static bool starts_with(struct str text, const char *word) {
    struct str want = str_from_c(word);
    return text.len >= want.len && str_equal_ascii_case(str_slice(text, 0, want.len), want);
}

static bool is_break(char byte) {
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == ',' || byte == ';' ||
           byte == ':' || byte == '!' || byte == '?' || byte == '(' || byte == ')' || byte == '[' ||
           byte == ']' || byte == '"';
}

static size_t word_end(struct str text, size_t at) {
    while (at < text.len && !is_break(text.ptr[at])) {
        at++;
    }
    return at;
}

static bool begins_with_capital(struct str word) {
    size_t width;
    return word.len > 1 && is_capital(utf8_decode(word, 0, &width));
}

static bool is_among(struct str word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_kind(struct str word, const char *const *kinds, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (starts_with(word, kinds[i])) {
            return true;
        }
    }
    return false;
}

/* From the kind at `start` over capitalised words; empty without one. */
static struct str name_behind(struct str text, size_t start) {
    size_t named = 0;
    size_t at = word_end(text, start);
    for (size_t words = 0; words < NAME_WORDS_MAX && at < text.len && text.ptr[at] == ' ';
         words++) {
        size_t end = word_end(text, at + 1);
        struct str word = str_slice(text, at + 1, end);
        if (begins_with_capital(word)) {
            named = end;
        } else if (!is_among(word, links, COUNT(links))) {
            break;
        }
        at = end;
    }
    while (named > 0 && (text.ptr[named - 1] == '.' || text.ptr[named - 1] == '\'')) {
        named--;
    }
    return named > start && named - start <= NAME_BYTES_MAX ? str_slice(text, start, named)
                                                            : STR_EMPTY;
}

static struct str next_word(struct str text, size_t start) {
    size_t at = word_end(text, start);
    if (at >= text.len || text.ptr[at] != ' ') {
        return STR_EMPTY;
    }
    size_t end = word_end(text, at + 1);
    return end > at + 1 && end - start <= NAME_BYTES_MAX ? str_slice(text, start, end) : STR_EMPTY;
}

/* The run of letters before a Chinese, Japanese or Korean kind at `at`, with the kind. */
static struct str name_before(struct str text, size_t at, size_t kind_bytes) {
    size_t start = at;
    while (start > 0 && at - start < NAME_BYTES_MAX / 2) {
        size_t back = start - 1;
        while (back > 0 && ((unsigned char)text.ptr[back] & 0xc0) == 0x80) {
            back--;
        }
        size_t width;
        uint32_t cp = utf8_decode(text, back, &width);
        if (!is_han_or_hangul(cp) || ends_han_name(cp)) {
            break;
        }
        start = back;
    }
    return start < at ? str_slice(text, start, at + kind_bytes) : STR_EMPTY;
}

static struct str han_name(struct str text) {
    for (size_t at = 0; at < text.len; at++) {
        if ((unsigned char)text.ptr[at] < 0xe0) {
            continue;
        }
        for (size_t i = 0; i < COUNT(kinds_han); i++) {
            struct str kind = str_from_c(kinds_han[i]);
            if (str_starts_with(str_slice(text, at, text.len), kind)) {
                struct str name = name_before(text, at, kind.len);
                if (name.len > 0) {
                    return name;
                }
            }
        }
    }
    return STR_EMPTY;
}

struct str victim_typed(struct str text) {
    size_t run = 0; /* where the capitalised words before this word begin */
    bool has_run = false;
    for (size_t at = 0; at < text.len;) {
        size_t end = word_end(text, at);
        struct str word = str_slice(text, at, end);
        struct str name = STR_EMPTY;
        if (has_run && at - run <= NAME_BYTES_MAX &&
            is_kind(word, kinds_after, COUNT(kinds_after))) {
            return str_slice(text, run, end);
        }
        if (is_kind(word, kinds_before, COUNT(kinds_before))) {
            name = name_behind(text, at);
        } else if (is_kind(word, kinds_arabic, COUNT(kinds_arabic))) {
            name = next_word(text, at);
        }
        if (name.len > 0) {
            return name;
        }
        if (!begins_with_capital(word) || is_among(word, openers, COUNT(openers))) {
            has_run = false;
        } else if (!has_run) {
            has_run = true;
            run = at;
        }
        has_run = has_run && end < text.len && text.ptr[end] == ' ';
        at = end + 1;
    }
    return han_name(text);
}
