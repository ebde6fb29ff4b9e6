/* Judged posts that wait until all are there: played in the order of (created_at, platform, id), as
 * a scan does, under windows and labels. For series tests and for packs tried on past posts. Holds
 * every post that it is given in memory; internal to rule/. */
#ifndef HEARSAY_RULE_TIMELINE_H
#define HEARSAY_RULE_TIMELINE_H

#include "rule/pack.h"

struct timeline;
/* NULL: memory is out. The pack is borrowed. */
struct timeline *timeline_new(const struct hearsay_rules *pack);
void timeline_free(struct timeline *timeline);

/* Keeps what the rules say of a post; its number is the count of those before. False: memory is
 * out. */
bool timeline_add(struct timeline *timeline, const struct post *post,
                  const struct judgement *judgement);
uint32_t timeline_count(const struct timeline *timeline);
/* What was kept, of whatever order: the sum over the posts. */
uint64_t timeline_bytes(const struct timeline *timeline);

/* Settles all posts. A copy of a post (time, platform, id, account and text) enters no window and
 * gives no label; its hits are those of the first. `changed`, if not NULL, is a copy of a rule of
 * the pack with another window, which is judged in its place. May be repeated, anew each time. */
enum hearsay_status timeline_play(struct timeline *timeline, const struct rule *changed);

/* After timeline_play: the number of the post at a place of the order, from 0, and the rules that
 * hit a post, in order of index. */
uint32_t timeline_at(const struct timeline *timeline, uint32_t place);
const struct rule *const *timeline_hits(const struct timeline *timeline, uint32_t number,
                                        uint32_t *count);

#endif
