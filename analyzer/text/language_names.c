/* Tags and English names of languages. The names are those that platforms write into their exports.
 */
#include "text/fold_ascii.h"
#include "text/language.h"

struct language {
    const char *code;  /* what is returned */
    const char *three; /* ISO 639-2 or 639-3 */
    const char *names; /* other tags and names in lower case, parted by ';' */
};

static const struct language languages[] = {
    {"af", "afr", "afrikaans"},
    {"am", "amh", "amharic"},
    {"ar", "ara", "arabic"},
    {"az", "aze", "azerbaijani;azeri"},
    {"be", "bel", "belarusian"},
    {"bg", "bul", "bulgarian"},
    {"bn", "ben", "bengali;bangla"},
    {"bo", "bod", "tibetan;tib"},
    {"bs", "bos", "bosnian"},
    {"ca", "cat", "catalan"},
    {"ceb", "ceb", "cebuano"},
    {"ckb", "ckb", "sorani kurdish;sorani;central kurdish"},
    {"cs", "ces", "czech;cze"},
    {"cy", "cym", "welsh;wel"},
    {"da", "dan", "danish"},
    {"de", "deu", "german;ger"},
    {"dv", "div", "divehi;maldivian"},
    {"el", "ell", "greek;modern greek;gre"},
    {"en", "eng", "english;british english;american english"},
    {"eo", "epo", "esperanto"},
    {"es", "spa", "spanish;castilian"},
    {"et", "est", "estonian"},
    {"eu", "eus", "basque;baq"},
    {"fa", "fas", "persian;farsi;per"},
    {"fi", "fin", "finnish"},
    {"fr", "fra", "french;fre"},
    {"ga", "gle", "irish"},
    {"gd", "gla", "scottish gaelic"},
    {"gl", "glg", "galician"},
    {"gu", "guj", "gujarati"},
    {"ha", "hau", "hausa"},
    {"he", "heb", "hebrew;iw"},
    {"hi", "hin", "hindi"},
    {"hr", "hrv", "croatian"},
    {"ht", "hat", "haitian creole;haitian"},
    {"hu", "hun", "hungarian"},
    {"hy", "hye", "armenian;arm"},
    {"id", "ind", "indonesian;in"},
    {"ig", "ibo", "igbo"},
    {"is", "isl", "icelandic;ice"},
    {"it", "ita", "italian"},
    {"ja", "jpn", "japanese"},
    {"jv", "jav", "javanese;jw"},
    {"ka", "kat", "georgian;geo"},
    {"kk", "kaz", "kazakh"},
    {"km", "khm", "khmer;cambodian"},
    {"kn", "kan", "kannada"},
    {"ko", "kor", "korean"},
    {"ku", "kur", "kurdish"},
    {"ky", "kir", "kyrgyz;kirghiz"},
    {"la", "lat", "latin"},
    {"lb", "ltz", "luxembourgish"},
    {"lo", "lao", "lao;laotian"},
    {"lt", "lit", "lithuanian"},
    {"lv", "lav", "latvian"},
    {"mg", "mlg", "malagasy"},
    {"mi", "mri", "maori;mao"},
    {"mk", "mkd", "macedonian;mac"},
    {"ml", "mal", "malayalam"},
    {"mn", "mon", "mongolian"},
    {"mr", "mar", "marathi"},
    {"ms", "msa", "malay;may"},
    {"mt", "mlt", "maltese"},
    {"my", "mya", "burmese;myanmar;bur"},
    {"ne", "nep", "nepali"},
    {"nl", "nld", "dutch;flemish;dut"},
    {"no", "nor", "norwegian;nb;nn;nob;nno;norwegian bokmal;norwegian nynorsk"},
    {"or", "ori", "oriya;odia"},
    {"pa", "pan", "punjabi;panjabi"},
    {"pl", "pol", "polish"},
    {"ps", "pus", "pashto;pushto"},
    {"pt", "por", "portuguese;brazilian portuguese"},
    {"ro", "ron", "romanian;moldavian;mo;rum"},
    {"ru", "rus", "russian"},
    {"sd", "snd", "sindhi"},
    {"si", "sin", "sinhala;sinhalese"},
    {"sk", "slk", "slovak;slo"},
    {"sl", "slv", "slovenian;slovene"},
    {"so", "som", "somali"},
    {"sq", "sqi", "albanian;alb"},
    {"sr", "srp", "serbian"},
    {"su", "sun", "sundanese"},
    {"sv", "swe", "swedish"},
    {"sw", "swa", "swahili"},
    {"ta", "tam", "tamil"},
    {"te", "tel", "telugu"},
    {"tg", "tgk", "tajik"},
    {"th", "tha", "thai"},
    {"ti", "tir", "tigrinya"},
    {"tk", "tuk", "turkmen"},
    {"tl", "tgl", "tagalog;filipino;fil"},
    {"tr", "tur", "turkish"},
    {"tt", "tat", "tatar"},
    {"ug", "uig", "uyghur;uighur"},
    {"uk", "ukr", "ukrainian"},
    {"ur", "urd", "urdu"},
    {"uz", "uzb", "uzbek"},
    {"vi", "vie", "vietnamese"},
    {"xh", "xho", "xhosa"},
    {"yi", "yid", "yiddish;ji"},
    {"yo", "yor", "yoruba"},
    {"zh", "zho", "chinese;chi;cmn;mandarin;mandarin chinese"},
    {"zh-Hans", "cmn-hans", "simplified chinese;chinese simplified;cmn-hans;zh-cn;zh-sg;zh-my"},
    {"zh-Hant", "cmn-hant",
     "traditional chinese;chinese traditional;zh-tw;zh-hk;zh-mo;cantonese;yue"},
    {"zu", "zul", "zulu"},
};

#define NAME_SIZE 64

static bool is_in_list(struct str name, struct str list) {
    size_t at = 0;
    while (at <= list.len) {
        size_t end = str_find_byte(list, ';', at);
        end = end == STR_NOT_FOUND ? list.len : end;
        if (str_equal(str_slice(list, at, end), name)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* `name` is in lower case with '-' for '_'. */
static const char *look_up(struct str name) {
    if (name.len == 0) {
        return "";
    }
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        const struct language *language = &languages[i];
        if (str_equal_ascii_case(name, str_from_c(language->code)) ||
            str_is(name, language->three) || is_in_list(name, str_from_c(language->names))) {
            return language->code;
        }
    }
    return "";
}

/* Chinese is told apart by script, then by region; a bare "zh" says neither. */
static const char *chinese(struct str tag) {
    static const char *const traditional[] = {"hant", "-tw", "-hk", "-mo"};
    static const char *const simplified[] = {"hans", "-cn", "-sg", "-my"};
    if (str_find(tag, STR("hans"), 0) != STR_NOT_FOUND) {
        return "zh-Hans";
    }
    for (size_t i = 0; i < 4; i++) {
        if (str_find(tag, str_from_c(traditional[i]), 0) != STR_NOT_FOUND) {
            return "zh-Hant";
        }
        if (str_find(tag, str_from_c(simplified[i]), 0) != STR_NOT_FOUND) {
            return "zh-Hans";
        }
    }
    return "zh";
}

/* "en-US" by its first part. */
static const char *look_up_tag(struct str tag) {
    size_t end = str_find_byte(tag, '-', 0);
    if (end == STR_NOT_FOUND || end > 3) {
        return "";
    }
    struct str primary = str_slice(tag, 0, end);
    if (str_is(primary, "zh") || str_is(primary, "zho") || str_is(primary, "cmn")) {
        return chinese(tag);
    }
    return look_up(primary);
}

/* "Tagalog (Filipino)": what stands before the bracket, then what stands in it. */
static const char *look_up_bracket(struct str name) {
    size_t open = str_find_byte(name, '(', 0);
    size_t close = str_find_byte(name, ')', 0);
    if (open == STR_NOT_FOUND || close == STR_NOT_FOUND || close < open) {
        return "";
    }
    struct str inside = str_trim(str_slice(name, open + 1, close));
    if (str_is(inside, "simplified") || str_is(inside, "traditional")) {
        return str_is(inside, "simplified") ? "zh-Hans" : "zh-Hant";
    }
    const char *code = look_up(str_trim(str_slice(name, 0, open)));
    return code[0] ? code : look_up(inside);
}

const char *language_normal(struct str tag) {
    char bytes[NAME_SIZE];
    tag = str_trim(tag);
    if (tag.len > sizeof bytes) {
        return "";
    }
    for (size_t i = 0; i < tag.len; i++) {
        bytes[i] = tag.ptr[i] == '_' ? '-' : ascii_lower(tag.ptr[i]);
    }
    struct str name = {bytes, tag.len};
    const char *code = look_up(name);
    if (!code[0]) {
        code = look_up_tag(name);
    }
    return code[0] ? code : look_up_bracket(name);
}
