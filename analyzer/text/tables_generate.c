/* Writes the character tables (tables.h) as C. Runs while building, never in the program.
 *
 * Each code point alone: NFKC_Casefold (ICU), then Traditional to Simplified (OpenCC's t2s on
 * single characters), repeated until nothing changes, so that folding twice is folding once. */
#include <stdio.h>
#include <stdlib.h>

#include <opencc/opencc.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "text/tables.h"

#define BLOCK_SIZE (1u << TABLE_BLOCK_BITS)
#define BLOCK_COUNT (TABLE_CODE_POINTS >> TABLE_BLOCK_BITS)
#define FOLD_LIMIT                                                                                 \
    64 /* UTF-16 units or code points in the fold of one character; 18 are needed                  \
        */
#define POOL_LIMIT (1u << ENTRY_LENGTH_SHIFT)

struct generator {
    const UNormalizer2 *casefold;
    opencc_t to_simplified;
    opencc_t to_traditional;
    UConverter *big5;
    UConverter *gb2312;
    uint32_t *entries; /* one for each code point */
    char pool[POOL_LIMIT];
    size_t pool_len;
};

struct characters {
    UChar32 items[FOLD_LIMIT];
    int32_t count;
};

static void require(bool is_fine, const char *what) {
    if (!is_fine) {
        fprintf(stderr, "tables_generate: %s\n", what);
        exit(1);
    }
}

/* One Han character through OpenCC; itself where the answer is not one character. */
static UChar32 convert_han(opencc_t converter, UChar32 cp) {
    char bytes[4];
    size_t width = utf8_encode((uint32_t)cp, bytes);
    char *converted = opencc_convert_utf8(converter, bytes, width);
    require(converted, "OpenCC refused a character");
    struct str text = str_from_c(converted);
    size_t used = 0;
    UChar32 result = cp;
    if (text.len > 0) {
        uint32_t first = utf8_decode(text, 0, &used);
        if (used == text.len && first != 0xfffd) {
            result = (UChar32)first;
        }
    }
    opencc_convert_utf8_free(converted);
    return result;
}

static bool is_han(UChar32 cp) {
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(cp, &error) == USCRIPT_HAN;
}

/* One step: NFKC_Casefold of the whole, then Simplified character by character. */
static void fold_once(const struct generator *generator, struct characters *text) {
    UChar units[FOLD_LIMIT * 2];
    UChar folded[FOLD_LIMIT * 2];
    UErrorCode error = U_ZERO_ERROR;
    int32_t unit_count = 0;
    u_strFromUTF32(units, FOLD_LIMIT * 2, &unit_count, text->items, text->count, &error);
    int32_t len =
        unorm2_normalize(generator->casefold, units, unit_count, folded, FOLD_LIMIT * 2, &error);
    u_strToUTF32(text->items, FOLD_LIMIT, &text->count, folded, len, &error);
    require(U_SUCCESS(error), "ICU could not fold a character");
    for (int32_t i = 0; i < text->count; i++) {
        if (is_han(text->items[i])) {
            text->items[i] = convert_han(generator->to_simplified, text->items[i]);
        }
    }
}

static struct characters fold_character(const struct generator *generator, UChar32 cp) {
    struct characters now = {{cp}, 1};
    for (int round = 0; round < 8; round++) {
        struct characters before = now;
        fold_once(generator, &now);
        if (now.count == before.count &&
            memcmp(now.items, before.items, sizeof now.items[0] * (size_t)now.count) == 0) {
            return now;
        }
    }
    require(false, "a character does not come to rest");
    return now;
}

/* Offset of a string in the pool; equal strings are stored once. */
static size_t pool_place(struct generator *generator, struct str text) {
    size_t found = str_find((struct str){generator->pool, generator->pool_len}, text, 0);
    if (found != STR_NOT_FOUND) {
        return found;
    }
    require(generator->pool_len + text.len < POOL_LIMIT, "the string pool is full");
    memcpy(generator->pool + generator->pool_len, text.ptr, text.len);
    generator->pool_len += text.len;
    return generator->pool_len - text.len;
}

static uint32_t fold_bits(struct generator *generator, UChar32 cp, const struct characters *fold) {
    if (fold->count == 0) {
        return ENTRY_NOTHING;
    }
    if (fold->count == 1) {
        return ENTRY_ONE | (uint32_t)(cp ^ fold->items[0]);
    }
    char bytes[FOLD_LIMIT * 4];
    size_t len = 0;
    for (int32_t i = 0; i < fold->count; i++) {
        len += utf8_encode((uint32_t)fold->items[i], bytes + len);
    }
    require(len < 64, "the fold of a character is longer than the table allows");
    size_t place = pool_place(generator, (struct str){bytes, len});
    return ENTRY_SEVERAL | (uint32_t)place | (uint32_t)(len << ENTRY_LENGTH_SHIFT);
}

/* Whether the fold may change together with what stands before it or after it. */
static uint32_t mark_bits(const struct characters *fold) {
    if (fold->count == 0) {
        return 0;
    }
    UChar32 first = fold->items[0];
    UChar32 last = fold->items[fold->count - 1];
    uint32_t bits = 0;
    if (u_getCombiningClass(first) != 0 || u_getCombiningClass(last) != 0) {
        bits |= ENTRY_MARK;
    }
    if (u_getIntPropertyValue(first, UCHAR_NFC_QUICK_CHECK) != UNORM_YES) {
        bits |= ENTRY_COMPOSES;
    }
    return bits;
}

static bool is_without_spaces(UChar32 cp) {
    static const UScriptCode scripts[] = {USCRIPT_HAN,    USCRIPT_HIRAGANA, USCRIPT_KATAKANA,
                                          USCRIPT_THAI,   USCRIPT_LAO,      USCRIPT_KHMER,
                                          USCRIPT_MYANMAR};
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode own = uscript_getScript(cp, &error);
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        /* Marks and signs shared by several scripts (the Kana length mark) have extensions. */
        bool is_shared = own == USCRIPT_COMMON || own == USCRIPT_INHERITED;
        if (own == scripts[i] || (is_shared && uscript_hasScript(cp, scripts[i]))) {
            return true;
        }
    }
    return false;
}

static enum entry_class class_of(UChar32 cp) {
    uint32_t mask = U_GET_GC_MASK(cp);
    if (!(mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_NL_MASK))) {
        return CLASS_NONE;
    }
    if (!is_without_spaces(cp) || u_isdigit(cp)) {
        return CLASS_WORD;
    }
    return mask & U_GC_M_MASK ? CLASS_ALONE_MARK : CLASS_ALONE;
}

static enum entry_script script_of(UChar32 cp) {
    UErrorCode error = U_ZERO_ERROR;
    if (!u_isalpha(cp)) {
        return SCRIPT_OTHER;
    }
    switch (uscript_getScript(cp, &error)) {
    case USCRIPT_LATIN:
        return SCRIPT_LATIN;
    case USCRIPT_CYRILLIC:
        return SCRIPT_CYRILLIC;
    case USCRIPT_GREEK:
        return SCRIPT_GREEK;
    default:
        return SCRIPT_OTHER;
    }
}

static bool is_encodable(UConverter *converter, UChar32 cp) {
    UChar units[2];
    char bytes[16];
    UErrorCode error = U_ZERO_ERROR;
    int32_t count = 0;
    u_strFromUTF32(units, 2, &count, &cp, 1, &error);
    ucnv_resetFromUnicode(converter);
    ucnv_fromUChars(converter, bytes, sizeof bytes, units, count, &error);
    return U_SUCCESS(error);
}

/* A form counts for one way of writing only if the other way's national character set lacks it:
 * many characters (U+91CC, U+540E) are a Simplified form and a Traditional character in its own
 * right. */
static uint32_t chinese_bits(const struct generator *generator, UChar32 cp) {
    if (!is_han(cp)) {
        return 0;
    }
    if (convert_han(generator->to_simplified, cp) != cp) {
        return is_encodable(generator->gb2312, cp) ? 0 : ENTRY_TRADITIONAL;
    }
    if (convert_han(generator->to_traditional, cp) != cp) {
        return is_encodable(generator->big5, cp) ? 0 : ENTRY_SIMPLIFIED;
    }
    return 0;
}

static uint32_t entry_of(struct generator *generator, UChar32 cp) {
    if (U_IS_SURROGATE(cp)) {
        return ENTRY_ONE;
    }
    struct characters fold = fold_character(generator, cp);
    uint32_t entry = fold_bits(generator, cp, &fold) | mark_bits(&fold);
    /* Signs such as U+2122 and U+2460 count as the letters and digits that they fold to. */
    enum entry_script script = SCRIPT_OTHER;
    enum entry_class class = class_of(cp);
    for (int32_t i = 0; i < fold.count; i++) {
        script = script != SCRIPT_OTHER ? script : script_of(fold.items[i]);
        class = class != CLASS_NONE ? class : class_of(fold.items[i]);
    }
    entry |= (uint32_t)script << ENTRY_SCRIPT_SHIFT;
    entry |= (uint32_t) class << ENTRY_CLASS_SHIFT;
    return entry | chinese_bits(generator, cp);
}

static void write_numbers(FILE *file, const uint32_t *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "%lu,%s", (unsigned long)numbers[i], i % 12 == 11 ? "\n" : "");
    }
    fprintf(file, "};\n");
}

/* The trie: equal blocks of entries are stored once. */
static void write_trie(FILE *file, const uint32_t *entries) {
    static uint32_t blocks[BLOCK_COUNT];
    static uint32_t firsts[BLOCK_COUNT]; /* the number of the first block like each stored one */
    uint32_t stored = 0;
    for (uint32_t block = 0; block < BLOCK_COUNT; block++) {
        const uint32_t *content = entries + block * BLOCK_SIZE;
        uint32_t same = 0;
        while (same < stored && memcmp(entries + firsts[same] * BLOCK_SIZE, content,
                                       BLOCK_SIZE * sizeof *content) != 0) {
            same++;
        }
        if (same == stored) {
            firsts[stored++] = block;
        }
        blocks[block] = same;
    }
    fprintf(file, "const uint16_t table_blocks[%u] = {\n", BLOCK_COUNT);
    write_numbers(file, blocks, BLOCK_COUNT);
    fprintf(file, "const uint32_t table_entries[] = {\n");
    for (uint32_t i = 0; i < stored; i++) {
        for (uint32_t k = 0; k < BLOCK_SIZE; k++) {
            fprintf(file, "%luu,%s", (unsigned long)entries[firsts[i] * BLOCK_SIZE + k],
                    k % 8 == 7 ? "\n" : "");
        }
    }
    fprintf(file, "};\n");
}

static void write_pool(FILE *file, const struct generator *generator) {
    fprintf(file, "const char table_pool[] = {\n");
    for (size_t i = 0; i < generator->pool_len; i++) {
        fprintf(file, "(char)0x%02x,%s", (unsigned char)generator->pool[i], i % 8 == 7 ? "\n" : "");
    }
    /* Folding copies whole words of 16 bytes. */
    fprintf(file, "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0};\n");
}

/* Latin, Greek and Cyrillic letters of everyday use, and the phonetic ones, lie below this. */
#define LOOK_ALIKE_LIMIT 0x590

static int32_t skeleton_of(USpoofChecker *checker, UChar32 cp, UChar *skeleton, int32_t capacity) {
    UChar units[2];
    UErrorCode error = U_ZERO_ERROR;
    int32_t count = 0;
    u_strFromUTF32(units, 2, &count, &cp, 1, &error);
    int32_t len = uspoof_getSkeleton(checker, 0, units, count, skeleton, capacity, &error);
    return U_SUCCESS(error) ? len : -1;
}

static bool is_same_skeleton(USpoofChecker *checker, UChar32 a, UChar32 b) {
    UChar of_a[32];
    UChar of_b[32];
    int32_t len_a = skeleton_of(checker, a, of_a, 32);
    int32_t len_b = skeleton_of(checker, b, of_b, 32);
    return len_a > 0 && len_a == len_b && u_memcmp(of_a, of_b, len_a) == 0;
}

/* Everyday letters. Only they are put in the place of another letter: to a reader the look-alike of
 * a Cyrillic ka is k, not the Greenlandic kra whose skeleton it shares. */
static bool is_everyday(UChar32 letter) {
    bool is_latin = (letter >= 'a' && letter <= 'z') || (letter >= 0xe0 && letter <= 0xff);
    bool is_greek = letter >= 0x3ac && letter <= 0x3ce;
    bool is_cyrillic = (letter >= 0x430 && letter <= 0x45f) || letter == 0x491;
    return is_latin || is_greek || is_cyrillic;
}

/* The letter of a script that looks like this one: in lower case first, else in capitals, because
 * the text was lower-cased before look-alikes are replaced. */
static uint16_t look_alike_in(USpoofChecker *checker, const uint32_t *entries, UChar32 letter,
                              enum entry_script script) {
    for (int is_upper = 0; is_upper < 2; is_upper++) {
        UChar32 shape = is_upper ? u_toupper(letter) : letter;
        for (UChar32 other = 'a'; other < LOOK_ALIKE_LIMIT; other++) {
            bool is_folded = entry_is_folded(entries[other]);
            if (is_folded && entry_script(entries[other]) == script && is_everyday(other) &&
                is_same_skeleton(checker, shape, is_upper ? u_toupper(other) : other)) {
                return (uint16_t)other;
            }
        }
    }
    return 0;
}

static void write_look_alikes(FILE *file, const uint32_t *entries) {
    UErrorCode error = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&error);
    require(U_SUCCESS(error), "ICU has no table of confusable characters");
    size_t count = 0;
    fprintf(file, "const struct look_alike table_look_alikes[] = {\n");
    for (UChar32 letter = 'a'; letter < LOOK_ALIKE_LIMIT; letter++) {
        enum entry_script own = entry_script(entries[letter]);
        if (own == SCRIPT_OTHER || !entry_is_folded(entries[letter])) {
            continue;
        }
        unsigned as[4] = {0};
        for (int script = SCRIPT_LATIN; script <= SCRIPT_GREEK; script++) {
            if (script != (int)own) {
                as[script] = look_alike_in(checker, entries, letter, (enum entry_script)script);
            }
        }
        if (as[SCRIPT_LATIN] || as[SCRIPT_CYRILLIC] || as[SCRIPT_GREEK]) {
            fprintf(file, "{0x%04x, {0, 0x%04x, 0x%04x, 0x%04x}},\n", (unsigned)letter,
                    as[SCRIPT_LATIN], as[SCRIPT_CYRILLIC], as[SCRIPT_GREEK]);
            count++;
        }
    }
    fprintf(file, "};\nconst size_t table_look_alike_count = %zu;\n", count);
    uspoof_close(checker);
}

static void write_zeros(FILE *file) {
    size_t count = 0;
    fprintf(file, "const uint32_t table_zeros[] = {\n");
    for (UChar32 cp = 0; cp < (UChar32)TABLE_CODE_POINTS; cp++) {
        if (u_charDigitValue(cp) == 0 && u_charType(cp) == U_DECIMAL_DIGIT_NUMBER) {
            fprintf(file, "0x%x,%s", (unsigned)cp, ++count % 8 == 0 ? "\n" : "");
        }
    }
    fprintf(file, "};\nconst size_t table_zero_count = %zu;\n", count);
}

static void open_sources(struct generator *generator) {
    UErrorCode error = U_ZERO_ERROR;
    generator->casefold = unorm2_getNFKCCasefoldInstance(&error);
    generator->big5 = ucnv_open("Big5", &error);
    generator->gb2312 = ucnv_open("GB2312", &error);
    require(U_SUCCESS(error), "ICU's data are incomplete");
    /* Without these calls an unknown character becomes a substitute and counts as encodable. */
    ucnv_setFromUCallBack(generator->big5, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    ucnv_setFromUCallBack(generator->gb2312, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    require(U_SUCCESS(error), "ICU's converters cannot be set up");
    generator->to_simplified = opencc_open("t2s.json");
    generator->to_traditional = opencc_open("s2t.json");
    require((intptr_t)generator->to_simplified != -1 && (intptr_t)generator->to_traditional != -1,
            "OpenCC has no t2s.json or s2t.json");
}

static void close_sources(struct generator *generator) {
    opencc_close(generator->to_simplified);
    opencc_close(generator->to_traditional);
    ucnv_close(generator->big5);
    ucnv_close(generator->gb2312);
}

int main(int argc, char **argv) {
    static struct generator generator;
    require(argc == 2, "usage: tables_generate OUTPUT.c");
    open_sources(&generator);
    generator.entries = malloc(TABLE_CODE_POINTS * sizeof *generator.entries);
    require(generator.entries, "out of memory");
    for (uint32_t cp = 0; cp < TABLE_CODE_POINTS; cp++) {
        generator.entries[cp] = entry_of(&generator, (UChar32)cp);
    }
    FILE *file = fopen(argv[1], "w");
    require(file, "cannot write the output");
    fprintf(file, "/* Generated by tables_generate.c from ICU %s and OpenCC. */\n", U_ICU_VERSION);
    fprintf(file, "#include \"text/tables.h\"\n");
    write_trie(file, generator.entries);
    write_pool(file, &generator);
    write_look_alikes(file, generator.entries);
    write_zeros(file);
    require(fclose(file) == 0, "cannot write the output");
    free(generator.entries);
    close_sources(&generator);
    return 0;
}
