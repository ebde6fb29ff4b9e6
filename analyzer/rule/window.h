/* Sliding windows of event time over the posts of one key (DESIGN section 6, `over`). The caller
 * gives posts in the order of (created_at, platform, id); windows look back only, so that a rule
 * fires at the post at which its condition becomes true.
 *
 * At time t the window holds the key's posts of (t - duration, t], the latest OVER_POSTS_MOST of
 * them. The condition is judged at each post of the key. The rule fires where it holds and did not
 * hold at the key's post before; it may fire again once it was false at a post, or once the window
 * ran empty.
 *
 * Bounds: WINDOW_KEYS_MOST keys and WINDOW_POSTS_MOST posts in all windows of a pack. Where a key
 * or a post finds no room, the key whose last post is oldest is forgotten, of several the one with
 * the smallest digest of rule and key: event time and key decide, not the order of arrival. */
#ifndef HEARSAY_RULE_WINDOW_H
#define HEARSAY_RULE_WINDOW_H

#include "rule/pack.h"
#include "rule/resemblance.h"

#define WINDOW_KEYS_MOST 65536u
#define WINDOW_POSTS_MOST 262144u

/* What windows need of one post; see struct pending. */
struct window_post {
    const struct rule *rule;
    int64_t time_us;
    const struct digest *keys;
    size_t key_count;
    struct str words;       /* of rules by similar(...), whose key it decides instead */
    const uint64_t *values; /* OVER_MEASURES_MOST */
    uint32_t present;
};

struct window_report {
    uint64_t posts; /* posts that entered a window, once per rule and key */
    uint64_t fired;
    uint64_t keys_evicted; /* keys forgotten while their windows held posts */
    struct resemblance_report resemblance;
    uint64_t posts_dropped; /* oldest posts of a key beyond OVER_POSTS_MOST, within the window */
};

struct windows;
/* NULL: memory is out. */
struct windows *windows_new(const struct hearsay_rules *pack);
void windows_free(struct windows *windows);

/* Enters a post under each of its keys; *fires: the rule's condition became true for one of them.
 */
enum hearsay_status windows_enter(struct windows *windows, const struct window_post *post,
                                  bool *fires);
struct window_report windows_report(const struct windows *windows);

#endif
