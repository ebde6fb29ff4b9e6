/* Snapshots of registries, indexed by victim: exact domain, exact name after folding, or, in news,
 * the name among the words of a title. A match says that the registry names the victim, not that it
 * speaks of this claim; absence says as much as the registry covers the language.
 *
 * Memory: about 200 bytes an entry, outside of the engine's budget. Knows no files and no network.
 */
#ifndef HEARSAY_CLAIM_REGISTRY_INDEX_H
#define HEARSAY_CLAIM_REGISTRY_INDEX_H

#include "base/arena.h"
#include "base/hash.h"
#include "claim/claim_facts.h"
#include "hearsay.h"

/* An entry that names nobody has no keys; it still counts for coverage. */
struct registry_entry {
    struct str name; /* as the registry has it */
    struct str key;  /* folded words run together; for news the words parted and edged by blanks */
    struct str domain; /* registrable; of the victim, for news of the outlet */
    int64_t at_us;     /* 0: undated */
    uint32_t region;   /* of its domain or country, see region_of; 0: general */
    struct str lang;   /* its own tag (text/language.h), "": not said */
    bool is_fabricated;
};

/* Entries of one language tag and region, which are few: coverage is asked for every claim. */
struct registry_group {
    struct str lang;
    uint32_t region;
    uint32_t count;
};

struct registry_key {
    uint64_t hash; /* of a name or domain */
    uint32_t entry;
};

/* One snapshot. */
struct registry_table {
    struct registry_entry *entries;
    size_t count;
    struct registry_key *keys; /* by hash, then entry */
    size_t key_count;
    struct registry_group *groups;
    size_t group_count;
    struct str name;
    struct str coverage; /* what a missing entry does not mean */
    struct str attribution;
    char hash[DIGEST_HEX_SIZE];
    int64_t taken_at_us;
    bool is_loaded;
};

/* Zero-initialise. */
struct registry_index {
    struct arena arena;
    struct registry_table tables[CLAIM_REGISTRY_ROLES];
};

/* Reads a snapshot's bytes; they are not kept. HEARSAY_BAD_INPUT: they are no records of the shape
 * described; HEARSAY_BAD_ARGUMENT: that role has a snapshot already, or the shape is incomplete. */
enum hearsay_status registry_index_add(struct registry_index *index,
                                       const struct hearsay_registry *registry,
                                       struct hearsay_failure *failure);
void registry_index_free(struct registry_index *index);

struct registry_query {
    struct str victim; /* raw text; "" or a generic one matches nothing */
    bool is_generic;
    struct str lang;      /* of the claim */
    int64_t news_from_us; /* reports outside of these times are about something else */
    int64_t news_to_us;
};

/* Fills registries[]. False: memory is out. Linear in the news titles, logarithmic in other
 * entries. */
bool registry_index_look(const struct registry_index *index, const struct registry_query *query,
                         struct claim_registry registries[CLAIM_REGISTRY_ROLES]);

#endif
