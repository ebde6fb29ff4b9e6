/* The character tables that tables_generate.c writes at build time from ICU and OpenCC: one
 * two-stage trie over all code points, and small lists. Internal to the text module. */
#ifndef HEARSAY_TEXT_TABLES_H
#define HEARSAY_TEXT_TABLES_H

#include <stddef.h>
#include <stdint.h>

#define TABLE_BLOCK_BITS 6
#define TABLE_CODE_POINTS 0x110000u

extern const uint16_t table_blocks[TABLE_CODE_POINTS >> TABLE_BLOCK_BITS];
extern const uint32_t table_entries[];

/* An entry says what a character folds to alone and what kind of character it is:
 *   bits 0..20   payload: what turns the code point into its fold by exclusive or (0: it folds to
 *                itself), or offset (15 bits) and length (6 bits) in table_pool
 *   bits 21..22  how it folds
 *   bits 23..24  the script, where look-alikes matter
 *   bits 25..26  the word class
 *   bits 27..30  marks and Chinese characters */
#define ENTRY_PAYLOAD 0x1fffffu
#define ENTRY_LENGTH_SHIFT 15
#define ENTRY_FOLD_MASK (3u << 21)
#define ENTRY_ONE (0u << 21)     /* folds to one code point */
#define ENTRY_SEVERAL (2u << 21) /* folds to a UTF-8 string in table_pool */
#define ENTRY_NOTHING (3u << 21) /* is dropped */
#define ENTRY_SCRIPT_SHIFT 23
#define ENTRY_CLASS_SHIFT 25
#define ENTRY_MARK (1u << 27)        /* begins or ends, folded, with a nonzero combining class */
#define ENTRY_COMPOSES (1u << 28)    /* begins, folded, with what may join the character before */
#define ENTRY_TRADITIONAL (1u << 29) /* a Chinese character used in Traditional text only */
#define ENTRY_SIMPLIFIED (1u << 30)  /* a Chinese character used in Simplified text only */

enum entry_script { SCRIPT_OTHER, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_GREEK };

enum entry_class {
    CLASS_NONE,
    CLASS_WORD,      /* letter, mark or digit of an alphabetic script */
    CLASS_ALONE,     /* letter of a script without spaces: a word of its own */
    CLASS_ALONE_MARK /* mark of such a script: belongs to the character before it */
};

extern const char table_pool[];

/* A folded letter and the letter of each other script that it may be taken for; 0: none. */
struct look_alike {
    uint16_t letter;
    uint16_t as[4]; /* by enum entry_script */
};
extern const struct look_alike table_look_alikes[];
extern const size_t table_look_alike_count;

/* The zeros of all decimal digit ranges, ascending; the other nine digits follow each. */
extern const uint32_t table_zeros[];
extern const size_t table_zero_count;

static inline uint32_t table_entry(uint32_t cp) {
    return table_entries[((uint32_t)table_blocks[cp >> TABLE_BLOCK_BITS] << TABLE_BLOCK_BITS) |
                         (cp & ((1u << TABLE_BLOCK_BITS) - 1))];
}

static inline enum entry_class entry_class(uint32_t entry) {
    return (enum entry_class)(entry >> ENTRY_CLASS_SHIFT & 3u);
}

static inline enum entry_script entry_script(uint32_t entry) {
    return (enum entry_script)(entry >> ENTRY_SCRIPT_SHIFT & 3u);
}

static inline int entry_is_folded(uint32_t entry) {
    return (entry & (ENTRY_FOLD_MASK | ENTRY_PAYLOAD)) == ENTRY_ONE;
}

/* Value 0..9 of a decimal digit of any script, -1 for anything else. */
int table_digit(uint32_t cp);

#endif
