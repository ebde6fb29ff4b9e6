#include "engine/claim_history.h"

#include <math.h>
#include <stdlib.h>

/* One account's part in one claim. */
struct claim_stand {
    uint32_t rank;
    uint8_t artefact;
    struct str lang;
    double count; /* the largest it states */
};

bool claim_history_init(struct claim_history *history, uint32_t account_count) {
    *history = (struct claim_history){0};
    history->index = calloc(account_count + (size_t)1, sizeof *history->index);
    return history->index != NULL;
}

void claim_history_free(struct claim_history *history) {
    free(history->index);
    free(history->items);
    free(history->stands);
    *history = (struct claim_history){0};
}

const struct account_history *claim_history_of(const struct claim_history *history, uint32_t rank) {
    bool is_known = history->index && rank != MAP_NONE && history->index[rank] > 0;
    return is_known ? &history->items[history->index[rank] - 1] : NULL;
}

static struct account_history *history_at(struct claim_history *history, uint32_t rank) {
    if (history->index[rank] == 0) {
        if (history->count == history->capacity) {
            uint32_t capacity = history->capacity ? history->capacity * 2 : 64;
            struct account_history *items = realloc(history->items, capacity * sizeof *items);
            if (!items) {
                return NULL;
            }
            history->items = items;
            history->capacity = capacity;
        }
        history->items[history->count] = (struct account_history){0};
        history->index[rank] = ++history->count;
    }
    return &history->items[history->index[rank] - 1];
}

static void add_count(struct account_history *account, double count) {
    if (!(count >= 1)) {
        return;
    }
    double leading = floor(count / pow(10, floor(log10(count))) + 1e-9);
    double rest = count - leading * pow(10, floor(log10(count)));
    account->counts++;
    account->counts_round += fabs(rest) < 1e-6 * count;
    account->leading[leading >= 1 && leading <= 9 ? (unsigned)leading : 9]++;
}

static void add_language(struct account_history *account, struct str lang) {
    if (lang.len == 0 || lang.len >= HISTORY_LANG_SIZE || str_is(lang, "und")) {
        return;
    }
    if (account->lang_lead == 0) {
        memcpy(account->lang, lang.ptr, lang.len);
        account->lang[lang.len] = '\0';
    }
    account->lang_lead += str_is(lang, account->lang) ? 1 : UINT32_MAX;
}

static int compare_stands(const void *left, const void *right) {
    uint32_t a = ((const struct claim_stand *)left)->rank;
    uint32_t b = ((const struct claim_stand *)right)->rank;
    if (a != b) {
        return a < b ? -1 : 1;
    }
    return str_compare(((const struct claim_stand *)left)->lang,
                       ((const struct claim_stand *)right)->lang);
}

static bool reserve(struct claim_history *history, size_t count) {
    if (count > history->stand_capacity) {
        struct claim_stand *stands = realloc(history->stands, count * sizeof *stands);
        if (!stands) {
            return false;
        }
        history->stands = stands;
        history->stand_capacity = count;
    }
    return true;
}

bool claim_history_add(struct claim_history *history, const struct gathered_claim *claim,
                       int64_t as_of_us) {
    size_t count = 0;
    if (!reserve(history, claim->member_count)) {
        return false;
    }
    for (size_t i = 0; i < claim->member_count; i++) {
        const struct claim_member *member = &claim->members[i];
        bool is_seen = !member->has_time || member->at_us <= as_of_us;
        if (stance_claims(member->stance) && is_seen && member->rank != MAP_NONE) {
            history->stands[count++] = (struct claim_stand){member->rank, member->text.artefact,
                                                            member->lang, member->text.count};
        }
    }
    if (count > 1) {
        qsort(history->stands, count, sizeof *history->stands, compare_stands);
    }
    for (size_t i = 0; i < count;) {
        struct claim_stand stand = history->stands[i++];
        for (; i < count && history->stands[i].rank == stand.rank; i++) {
            const struct claim_stand *next = &history->stands[i];
            stand.artefact = next->artefact > stand.artefact ? next->artefact : stand.artefact;
            stand.count = fmax(stand.count, next->count);
        }
        struct account_history *account = history_at(history, stand.rank);
        if (!account) {
            return false;
        }
        account->claims++;
        account->claims_without_artefact += stand.artefact <= CLAIM_ARTEFACT_DESCRIBED;
        add_count(account, stand.count);
        add_language(account, stand.lang);
    }
    return true;
}

void claim_history_settle(struct claim_history *history, uint32_t rank, enum claim_status outcome) {
    if (rank == MAP_NONE || history->index[rank] == 0) {
        return;
    }
    struct account_history *account = &history->items[history->index[rank] - 1];
    account->claims_corroborated += outcome == CLAIM_CORROBORATED;
    account->claims_contradicted += outcome == CLAIM_CONTRADICTED || outcome == CLAIM_RETRACTED;
}
