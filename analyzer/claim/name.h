/* Names made comparable across spellings, cases and scripts: each word becomes the skeleton of its
 * consonants in Latin letters (Халденский, هالدن, 海尔登 and Halden all begin h-l-d-n), of which a
 * hash is kept. Words of kind ("bank") are kept apart. Skeletons join names that sound alike, so
 * that equal skeletons alone do not make two posts one claim. */
#ifndef HEARSAY_CLAIM_NAME_H
#define HEARSAY_CLAIM_NAME_H

#include "base/buffer.h"
#include "claim/kind_words.h"
#include "rule/pack.h"
#include "text/fold.h"
#include "text/latin.h"
#include "text/token.h"

/* A victim's name. */
#define NAME_KEYS_MOST 12u
struct name {
    uint32_t keys[NAME_KEYS_MOST]; /* ascending, distinct */
    uint32_t key_count;
    uint32_t core;  /* of all words but those of kind, written together; 0: none */
    uint32_t kinds; /* bit per kind */
    char script; /* 'l' Latin, 'c' Cyrillic, 'a' Arabic, 'h' Chinese and kana, 'o' other; 0: none */
};

/* The words of a text, as keys: for looking a name up in it. */
#define WORD_KEYS_MOST 64u
struct word_keys {
    uint32_t items[WORD_KEYS_MOST]; /* ascending, distinct */
    uint32_t count;
    uint64_t strong;  /* bit per item: may be part of a name, by its capital or its script */
    uint64_t pairs;   /* bit per item: two Chinese characters, of which a name has several */
    uint32_t scripts; /* of the strong ones, as in struct name: bit per letter */
};

/* Scratch of one thread. Zero-initialise; the kinds are filled on first use. */
struct name_reader {
    struct kind_index kinds;
    struct folder folder;
    struct word_list words;
    struct latin latin;
    struct buffer letters;
    struct buffer core;
};

/* False: memory is out. */
bool name_read(struct name_reader *reader, struct str victim, struct name *name);
/* A text whose words are wanted. */
struct word_text {
    struct str raw;
    const struct folded *folded;   /* of raw */
    struct str victim;             /* a slice of raw, or "" */
    const struct rule_span *spans; /* what rules matched: words of breaches, not of names */
    size_t span_count;
};

/* Words beyond the first WORD_KEYS_MOST are left out, and those that rules matched, unless they
 * are the victim's. */
bool word_keys_read(struct name_reader *reader, const struct word_text *text,
                    struct word_keys *keys);
void name_reader_free(struct name_reader *reader);

#endif
