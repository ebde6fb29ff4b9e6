#include "base/utf8.h"
#include "claim/claim_text_parts.h"

/* Capitals are counted in runs of at least this many words: shorter ones are acronyms and names. */
#define CAPITALS_RUN_LEAST 3
#define CAPITAL_LETTERS_LEAST 2

static bool is_between(uint32_t cp, uint32_t low, uint32_t high) {
    return low <= cp && cp <= high;
}

/* Capital letters of the scripts that most posts with case are in; others count as small. */
static bool is_capital(uint32_t cp) {
    bool is_latin = is_between(cp, 'A', 'Z') || (is_between(cp, 0xC0, 0xDE) && cp != 0xD7) ||
                    (is_between(cp, 0x100, 0x137) && cp % 2 == 0);
    return is_latin || is_between(cp, 0x391, 0x3A9) || is_between(cp, 0x400, 0x42F);
}

static bool is_punctuation(uint32_t cp) {
    return is_between(cp, 0x2000, 0x2BFF) || is_between(cp, 0x3000, 0x303F) ||
           is_between(cp, 0xFF00, 0xFF0F) || is_between(cp, 0xFF1A, 0xFF20) ||
           is_between(cp, 0xFE00, 0xFE0F) || cp >= 0x1F000;
}

static bool is_letter(uint32_t cp) {
    return is_between(cp, 'a', 'z') || is_between(cp, 'A', 'Z') ||
           (cp >= 0xC0 && cp != 0xD7 && cp != 0xF7 && !is_punctuation(cp));
}

/* Flags are left out: a flag is the name of a state. */
static bool is_pictograph(uint32_t cp) {
    return is_between(cp, 0x1F300, 0x1FAFF) || is_between(cp, 0x2600, 0x27BF);
}

struct emphasis {
    struct claim_text *text;
    uint32_t letters; /* of the word at hand */
    uint32_t capitals;
    uint32_t run; /* of words in capitals */
    bool is_exclaiming;
};

static void bump(uint16_t *count, uint32_t by) {
    *count = by > (uint32_t)(UINT16_MAX - *count) ? UINT16_MAX : (uint16_t)(*count + by);
}

static void end_run(struct emphasis *state) {
    if (state->run >= CAPITALS_RUN_LEAST) {
        bump(&state->text->capital_words, state->run);
    }
    state->run = 0;
}

static void end_word(struct emphasis *state) {
    if (state->letters == 0) {
        return;
    }
    bump(&state->text->words, 1);
    if (state->capitals == state->letters && state->letters >= CAPITAL_LETTERS_LEAST) {
        state->run++;
    } else {
        end_run(state);
    }
    state->letters = 0;
    state->capitals = 0;
}

static void take(struct emphasis *state, uint32_t cp) {
    if (is_letter(cp)) {
        state->letters++;
        state->capitals += is_capital(cp);
    } else {
        end_word(state);
    }
    bool exclaims = cp == '!' || cp == 0xFF01 || cp == 0x203C || cp == 0x2757;
    if (exclaims && !state->is_exclaiming) {
        bump(&state->text->exclamations, 1);
    }
    state->is_exclaiming = exclaims;
    if (is_pictograph(cp)) {
        bump(&state->text->pictographs, 1);
    }
}

size_t link_length(struct str text, size_t at) {
    struct str rest = str_slice(text, at, text.len);
    bool may_begin = rest.len > 0 && (rest.ptr[0] == 'h' || rest.ptr[0] == 'w');
    if (!may_begin ||
        (!str_starts_with(rest, STR("http://")) && !str_starts_with(rest, STR("https://")) &&
         !str_starts_with(rest, STR("www.")))) {
        return 0;
    }
    size_t len = 0;
    while (len < rest.len && (unsigned char)rest.ptr[len] > ' ' &&
           (unsigned char)rest.ptr[len] < 0x80) {
        len++;
    }
    return len;
}

void claim_text_emphasis(struct str raw, struct str victim, struct claim_text *text) {
    struct emphasis state = {.text = text};
    size_t width;
    for (size_t at = 0; at < raw.len; at += width) {
        bool is_victim = victim.len > 0 && raw.ptr[at] == victim.ptr[0] &&
                         str_starts_with(str_slice(raw, at, raw.len), victim);
        width = is_victim ? victim.len : link_length(raw, at);
        if (width == 0) {
            take(&state, utf8_decode(raw, at, &width));
        } else {
            end_word(&state); /* a name or a link neither carries nor breaks a run */
        }
    }
    end_word(&state);
    end_run(&state);
}
