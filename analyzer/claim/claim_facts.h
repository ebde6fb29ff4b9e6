/* What is known of one claim when it is judged: its posts in order of time with what their texts
 * offer, their accounts, earlier claims that read alike, and what registries say. The engine fills
 * it; signals, verifiability and status (claim/signal.h, claim/verifiability.h, claim/status.h) are
 * pure functions of it. It holds no name of a state, side or language that a judgement could use:
 * names are there to be shown. Every slice and array is borrowed. */
#ifndef HEARSAY_CLAIM_CLAIM_FACTS_H
#define HEARSAY_CLAIM_CLAIM_FACTS_H

#include "base/str.h"

/* What a post does about a claim; the code book's stances that concern one incident. */
enum claim_stance { CLAIM_SELF, CLAIM_RELAY, CLAIM_SOURCED, CLAIM_DENIAL, CLAIM_OTHER };

/* Makes or passes on the claim. */
static inline bool stance_claims(enum claim_stance stance) {
    return stance == CLAIM_SELF || stance == CLAIM_RELAY;
}

/* What is offered as proof, in rising order of what an outsider could do with it. */
enum claim_artefact {
    CLAIM_ARTEFACT_NONE,
    CLAIM_ARTEFACT_DESCRIBED,   /* the text says that proof exists */
    CLAIM_ARTEFACT_SCREENSHOT,  /* a picture is offered or attached */
    CLAIM_ARTEFACT_VIDEO,       /* a recording is offered or attached */
    CLAIM_ARTEFACT_SAMPLE_TEXT, /* sample records stand in the text */
    CLAIM_ARTEFACT_LISTING,     /* a list of files or tables is offered */
    CLAIM_ARTEFACT_SAMPLE_LINK, /* a link that seems to lead to a sample */
    CLAIM_ARTEFACT_DUMP_LINK,   /* a link that seems to lead to all of it */
    CLAIM_ARTEFACT_COUNT
};

/* What one text offers, made by claim_text_read (claim/claim_text.h). Of fixed size and without
 * pointers, so that it travels in a finding's payload. Zero-initialise: nothing offered. */
struct claim_text {
    double count;       /* the largest stated number of records, people, ...; 0: none */
    double size;        /* the largest stated amount of data in bytes; 0: none */
    double shown_count; /* the same of the part that is shown ("sample of 500 rows"); 0: none */
    double shown_size;
    uint16_t hosts;         /* distinct checkable particulars: host names, */
    uint16_t addresses;     /* IP addresses, */
    uint16_t identifiers;   /* CVE numbers and file or table names, */
    uint16_t dates;         /* calendar dates and clock times */
    uint16_t words;         /* of letters, links and the victim's name left out; at most 65,535 */
    uint16_t capital_words; /* of these, written in capitals (scripts that have them) */
    uint16_t exclamations;  /* ! and its full-width form, each run once */
    uint16_t pictographs;   /* emoji */
    uint16_t superlatives;  /* words of totality ("all systems", "entire", 全部, все) */
    uint8_t artefact;       /* enum claim_artefact */
    bool has_price;         /* an amount of money */
    bool has_contact;       /* a way to reach a seller */
    bool has_deadline;      /* an ultimatum */
    bool is_retraction;     /* takes an earlier claim back */
    bool victim_is_named;   /* a name is given; */
    bool victim_is_generic; /* "a bank", "40 universities": no name */
    bool victim_has_domain; /* the victim is given as a host name */
};

struct claim_post {
    struct claim_text text;
    struct str source_domain; /* registrable domain that it links for a report or a denial; or "" */
    struct str lang;          /* "en", ..., "und" */
    int64_t at_us;
    uint32_t account; /* index into claim_facts.accounts */
    enum claim_stance stance;
    bool has_time;
    bool is_repost;
    bool is_deleted; /* a delete event for it was read */
    bool by_victim;  /* a denial or confirmation that speaks for the victim itself */
};

struct claim_account {
    struct str platform;
    struct str name;
    uint32_t claims;                  /* own or relayed claims up to as_of, this one included */
    uint32_t claims_without_artefact; /* of these, with nothing over CLAIM_ARTEFACT_DESCRIBED */
    uint32_t counts;                  /* numbers of records, people, ... stated in these claims */
    uint32_t counts_round;        /* of these, with one significant digit (20, 5000, 4 million) */
    uint32_t claims_corroborated; /* earlier claims whose status is that, for the letter of the */
    uint32_t claims_contradicted; /* source; both 0: not known */
    uint32_t leading[10];         /* how often each leading digit; [0] is unused */
    uint32_t cluster;             /* of coordination, from 1; 0: in none */
    struct str main_lang;         /* that most of its claims are in; "": not known */
};

/* An earlier claim with nearly the same text or the same victim, incident and amount. */
struct claim_earlier {
    bool is_known;
    bool by_same_account;
    int64_t at_us;
    struct str claim;  /* its id */
    double similarity; /* of the texts, 0..1 */
};

/* What a registry's snapshot says (claim/registry_index.h). */
enum claim_registry_role {
    CLAIM_REGISTRY_BREACHES, /* breaches whose data somebody has seen */
    CLAIM_REGISTRY_LISTINGS, /* claims made elsewhere, no confirmation */
    CLAIM_REGISTRY_NEWS,     /* independent reports */
    CLAIM_REGISTRY_ROLES
};

struct claim_registry {
    bool is_loaded;      /* false: looked for and not available */
    uint32_t matches;    /* entries that name this victim */
    uint32_t domains;    /* distinct registrable domains among the matches of a news index */
    double coverage;     /* 0..1: how well it covers the claim's language; see registry_index.h */
    int64_t taken_at_us; /* the snapshot's own time */
    int64_t first_match_us; /* date of the earliest match, 0: undated */
    int64_t last_match_us;
    struct str first_match; /* its name, to be shown */
    bool is_fabricated;     /* the registry itself marks the match so */
};

/* Posts of a claim that are looked at one by one: the earliest ones. It bounds what a viral claim
 * can cost, since some signals compare posts with each other. */
#define CLAIM_POSTS_KEPT 256u

struct claim_facts {
    struct str incident;            /* vocabulary of the rules, "data_leak", ... */
    struct str victim;              /* raw text, "" when none is named */
    const struct claim_post *posts; /* by time, then platform and id; at least one */
    size_t post_count;              /* what is kept, at most CLAIM_POSTS_KEPT; posts_seen: all */
    uint64_t posts_seen;
    const struct claim_account *accounts; /* distinct, each with a post in the claim */
    size_t account_count;
    struct claim_earlier earlier;
    struct claim_registry registries[CLAIM_REGISTRY_ROLES];
    int64_t as_of_us; /* the time of the judgement: the caller's, or the last post's */
};

#endif
