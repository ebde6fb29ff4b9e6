/* Labels that people, or `hearsay simulate`, gave to accounts, for `hearsay evaluate accounts`: a
 * CSV with a header row. Columns are account and label, optionally platform and group; posts is
 * passed over, and every further column describes the group (tempo, camouflage, style). Knows no
 * results. */
#ifndef HEARSAY_CLI_ACCOUNT_LABELS_H
#define HEARSAY_CLI_ACCOUNT_LABELS_H

#include "base/arena.h"
#include "base/map.h"
#include "hearsay.h"

enum { ACCOUNT_LABELS_COLUMNS = 32 };
#define ACCOUNT_LABELS_NO_GROUP UINT32_MAX

struct account_label {
    uint32_t group; /* index into groups, or ACCOUNT_LABELS_NO_GROUP */
    bool is_positive;
    bool is_contradictory;
};

/* Zero-initialise. */
struct account_labels {
    struct map accounts; /* key of an account = its index in items */
    struct account_label *items;
    size_t capacity;
    struct map groups;
    struct str (*properties)[ACCOUNT_LABELS_COLUMNS]; /* per group, of its first account */
    size_t property_capacity;
    struct str property_names[ACCOUNT_LABELS_COLUMNS];
    size_t property_count;
    struct arena arena;
    bool has_platform;
    size_t rows, repeated, contradictory;
    size_t unknown; /* rows whose label is neither: accounts of which nothing is known */
};

/* Labels are campaign, coordinated, 1, true, yes (positive) and organic, 0, false, no (negative),
 * in any case. HEARSAY_BAD_INPUT with the line when columns are missing, a row has another number
 * of cells or no account, or no row has a known label. account_labels_free also after a failure. */
enum hearsay_status account_labels_load(const char *path, struct account_labels *labels,
                                        struct hearsay_failure *failure);
/* The same from bytes, which are written over; `file` only names the place. */
enum hearsay_status account_labels_read(char *bytes, size_t len, struct str file,
                                        struct account_labels *labels,
                                        struct hearsay_failure *failure);
void account_labels_free(struct account_labels *labels);

/* Index of the label of an account of OUT, or MAP_NONE. */
uint32_t account_labels_find(const struct account_labels *labels, struct str platform,
                             struct str account);

#endif
