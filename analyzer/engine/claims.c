#include "engine/claims.h"

#include "base/hash.h"
#include "engine/claim_member.h"

/* Denials often name no incident, and weak findings say little: such posts open nothing and must
 * be more alike to be of a claim. */
#define WEAK_MARGIN 0.6
/* From this one on it opens a claim itself: the first to say it may say it weakly. */
#define OPEN_SCORE_LEAST 0.25

bool claims_init(struct claims *claims, struct memory_budget *budget) {
    *claims = (struct claims){.budget = budget};
    runs_init(&claims->runs, budget);
    claims->assigner = claim_assigner_new(CLAIMS_OPEN_MOST);
    return claims->assigner != NULL;
}

void claims_free(struct claims *claims) {
    if (claims->budget) {
        claim_assigner_free(claims->assigner);
        name_reader_free(&claims->reader);
        runs_free(&claims->runs);
        buffer_free(&claims->payload);
    }
    *claims = (struct claims){0};
}

static enum claim_stance stance_of(struct str stance) {
    static const struct {
        const char *name;
        enum claim_stance stance;
    } stances[] = {{"self_claim", CLAIM_SELF},
                   {"relay", CLAIM_RELAY},
                   {"sourced_report", CLAIM_SOURCED},
                   {"denial", CLAIM_DENIAL}};
    for (size_t i = 0; i < sizeof stances / sizeof stances[0]; i++) {
        if (str_is(stance, stances[i].name)) {
            return stances[i].stance;
        }
    }
    return CLAIM_OTHER;
}

/* A claim is opened by who makes it, passes it on, reports or denies it. */
static bool may_open(const struct claim_entry *entry, enum claim_stance stance) {
    bool is_incident = entry->incident.len > 0 && !str_is(entry->incident, "none");
    if (!is_incident || stance == CLAIM_OTHER) {
        return false;
    }
    return entry->flag || entry->score >= OPEN_SCORE_LEAST || stance == CLAIM_SOURCED ||
           stance == CLAIM_DENIAL;
}

static uint64_t id_of(const struct claim_entry *entry) {
    struct str time = {(const char *)&entry->created_at_us, sizeof entry->created_at_us};
    const struct str fields[] = {entry->platform, entry->post, entry->account, time};
    return hash128_fields(fields, 4).high;
}

static uint64_t account_of(const struct claim_entry *entry) {
    const struct str fields[] = {entry->platform, entry->account};
    return entry->account.len > 0 ? hash128_fields(fields, 2).high | 1 : 0;
}

void claim_id_write(uint64_t id, char out[CLAIM_ID_SIZE]) {
    for (int i = 0; i < CLAIM_ID_SIZE - 1; i++) {
        out[i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
    }
    out[CLAIM_ID_SIZE - 1] = '\0';
}

static void number_write(uint64_t number, char out[8]) {
    for (int i = 0; i < 8; i++) {
        out[i] = (char)(number >> (56 - 8 * i) & 0xff);
    }
}

static enum hearsay_status keep(struct claims *claims, const struct claim_entry *entry,
                                enum claim_stance stance,
                                const struct claim_assignment *assignment) {
    const struct claim_trace *trace = &entry->mark->trace;
    const struct str texts[MEMBER_TEXTS] = {entry->post,   entry->platform, entry->account,
                                            entry->victim, entry->quantity, entry->incident,
                                            entry->lang,   entry->domain};
    struct member_head head = {.id = assignment->tag,
                               .at_us = entry->created_at_us,
                               .stance = stance,
                               .has_time = entry->has_time,
                               .is_repost = entry->mark->is_repost,
                               .flag = entry->flag,
                               .amount_count = trace->amount_count};
    memcpy(head.amounts, trace->amounts, sizeof head.amounts);
    head.text = entry->mark->text;
    head.has_before = assignment->is_new && assignment->has_before;
    head.before = assignment->before;
    for (unsigned i = 0; i < MEMBER_TEXTS; i++) {
        head.lens[i] = (uint32_t)texts[i].len;
    }
    buffer_clear(&claims->payload);
    buffer_append(&claims->payload, &head, sizeof head);
    for (unsigned i = 0; i < MEMBER_TEXTS; i++) {
        buffer_append_str(&claims->payload, texts[i]);
    }
    char key[MEMBER_KEY_BYTES];
    number_write(assignment->claim, key);
    number_write(claims->posts++, key + 8);
    if (claims->payload.failed) {
        return HEARSAY_NO_MEMORY;
    }
    return runs_add(&claims->runs, (struct str){key, sizeof key}, buffer_str(&claims->payload));
}

enum hearsay_status claims_add(struct claims *claims, const struct claim_entry *entry,
                               char id[CLAIM_ID_SIZE]) {
    enum claim_stance stance = stance_of(entry->stance);
    struct claim_candidate candidate = {.trace = &entry->mark->trace,
                                        .incident = claim_incident_index(entry->incident),
                                        .at_us = entry->created_at_us,
                                        .has_time = entry->has_time,
                                        .tag = id_of(entry),
                                        .account = account_of(entry)};
    id[0] = '\0';
    candidate.margin = may_open(entry, stance) ? 0 : WEAK_MARGIN;
    if (!name_read(&claims->reader, entry->victim, &candidate.name)) {
        return HEARSAY_NO_MEMORY;
    }
    struct claim_assignment assignment;
    enum hearsay_status status =
        claim_assign(claims->assigner, &candidate, may_open(entry, stance), &assignment);
    if (status != HEARSAY_OK || assignment.claim == CLAIM_NONE) {
        return status;
    }
    claims->count += assignment.is_new;
    claim_id_write(assignment.tag, id);
    return keep(claims, entry, stance, &assignment);
}
