#include "claim/claim_text.h"

#include <math.h>

#include "base/buffer.h"
#include "claim/claim_text_parts.h"
#include "claim/claim_words.h"
#include "text/entity.h"
#include "text/fold_ascii.h"

/* A bare number below this is more often an ordinal than an amount. */
#define BARE_COUNT_LEAST 1000
/* Bytes between the word for a sample and the amount that it has. */
#define SAMPLE_REACH 16

/* ---- Amounts ---- */

struct sample_search {
    const struct claim_text_input *input;
    size_t start; /* of the amount, raw bytes */
    size_t end;
    bool is_near;
};

/* Is what stands between word and amount short and within one clause? */
static bool is_one_clause(struct str between) {
    for (size_t i = 0; i < between.len; i++) {
        if (memchr(".,;!?\n", between.ptr[i], 6)) {
            return false;
        }
    }
    return between.len <= SAMPLE_REACH && str_find(between, STR("，"), 0) == STR_NOT_FOUND &&
           str_find(between, STR("。"), 0) == STR_NOT_FOUND;
}

static bool visit_sample(void *context, size_t from, size_t to) {
    struct sample_search *search = context;
    struct str raw = search->input->raw;
    size_t start;
    size_t end;
    folded_span(search->input->folded, raw, from, to, &start, &end);
    bool is_before = end <= search->start && is_one_clause(str_slice(raw, end, search->start));
    bool is_after = search->end <= start && is_one_clause(str_slice(raw, search->end, start));
    search->is_near = is_before || is_after;
    return !search->is_near;
}

/* "a sample of 500 rows" is shown, not claimed. */
static bool is_shown(const struct claim_text_input *input, const struct quantity *quantity) {
    struct sample_search search = {input, quantity->start, quantity->end, false};
    claim_words_visit(input->folded->text, CLAIM_WORD_SAMPLE, visit_sample, &search);
    return search.is_near;
}

static void read_amounts(const struct claim_text_input *input,
                         const struct quantity_list *quantities, struct claim_text *text) {
    for (size_t i = 0; i < quantities->count; i++) {
        const struct quantity *quantity = &quantities->items[i];
        bool is_amount =
            quantity->is_size || quantity->has_unit || quantity->value >= BARE_COUNT_LEAST;
        if (!is_amount || !isfinite(quantity->value)) {
            continue;
        }
        bool shown = is_shown(input, quantity);
        double *place = quantity->is_size ? (shown ? &text->shown_size : &text->size)
                                          : (shown ? &text->shown_count : &text->count);
        *place = fmax(*place, quantity->value);
    }
}

/* ---- Victim ---- */

static bool is_capital(char byte) {
    return byte >= 'A' && byte <= 'Z';
}

/* Words that make what follows one of many. */
static bool begins_generic(struct str victim) {
    static const char *const openings[] = {
        "a ",     "an ",     "some ",  "several ",   "many ",    "dozens",  "hundreds", "thousands",
        "un ",    "una ",    "une ",   "unos ",      "unas ",    "ein ",    "eine ",    "einer ",
        "einem ", "um ",     "uma ",   "des ",       "bir ",     "один ",   "одна ",    "одного ",
        "одной ", "некий ",  "некая ", "несколько ", "одна из ", "якийсь ", "кілька ",  "某",
        "一家",   "一所",    "一间",   "一個",       "一个",     "一間",    "多家",     "数十",
        "數十",   "多个",    "多個",   "ある",       "とある",   "한 ",     "어느 ",    "أحد ",
        "إحدى ",  "عدد من ", "یک ",    "چند ",
    };
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        struct str opening = str_from_c(openings[i]);
        if (str_equal_ascii_case(str_slice(victim, 0, opening.len), opening)) {
            return true;
        }
    }
    return victim.len > 0 && is_ascii_digit(victim.ptr[0]);
}

/* In ASCII a name has a capital, a dot or a digit somewhere; other scripts are taken for names. */
static bool is_name(struct str victim) {
    for (size_t i = 0; i < victim.len; i++) {
        char byte = victim.ptr[i];
        if (is_capital(byte) || is_ascii_digit(byte) || byte == '.' ||
            (unsigned char)byte >= 0x80) {
            return true;
        }
    }
    return false;
}

static bool is_domain(struct str victim) {
    if (memchr(victim.ptr, ' ', victim.len) || str_find_byte(victim, '.', 0) == STR_NOT_FOUND) {
        return false;
    }
    struct buffer domain = {0};
    bool is_found = url_domain(victim, &domain) && domain.len > 0;
    buffer_free(&domain);
    return is_found;
}

void claim_text_victim(struct str victim, struct claim_text *text) {
    if (victim.len > 0) {
        text->victim_has_domain = is_domain(victim);
        text->victim_is_generic =
            !text->victim_has_domain && (begins_generic(victim) || !is_name(victim));
        text->victim_is_named = !text->victim_has_domain && !text->victim_is_generic;
    }
}

/* ---- Words ---- */

struct price_search {
    struct str folded;
    bool is_found;
};

#define PRICE_REACH 6

static bool has_digit(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (is_ascii_digit(text.ptr[i])) {
            return true;
        }
    }
    return false;
}

/* A currency is a price where a number is near. */
static bool visit_price(void *context, size_t from, size_t to) {
    struct price_search *search = context;
    size_t before = from > PRICE_REACH ? from - PRICE_REACH : 0;
    search->is_found = has_digit(str_slice(search->folded, before, from)) ||
                       has_digit(str_slice(search->folded, to, to + PRICE_REACH));
    return !search->is_found;
}

static void read_words(struct str folded, struct claim_text *text) {
    struct price_search price = {folded, false};
    claim_words_visit(folded, CLAIM_WORD_PRICE, visit_price, &price);
    text->has_price = price.is_found;
    text->has_contact = claim_words_count(folded, CLAIM_WORD_CONTACT) > 0;
    text->has_deadline = claim_words_count(folded, CLAIM_WORD_DEADLINE) > 0;
    text->is_retraction = claim_words_count(folded, CLAIM_WORD_RETRACTION) > 0;
    text->superlatives = claim_words_count(folded, CLAIM_WORD_TOTALITY);
}

bool claim_text_read(const struct claim_text_input *input, const struct quantity_list *quantities,
                     struct claim_text *text) {
    *text = (struct claim_text){0};
    claim_text_victim(input->victim, text);
    read_words(input->folded->text, text);
    claim_text_particulars(input->raw, text);
    claim_text_emphasis(input->raw, input->victim, text);
    read_amounts(input, quantities, text);
    return claim_text_artefact(input, text);
}
