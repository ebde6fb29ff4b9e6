/* The words that values may take: DESIGN's incident types, stances, severities, statuses; and the
 * words that the wording lint refuses. Data only. */
#ifndef HEARSAY_RULE_VOCABULARY_H
#define HEARSAY_RULE_VOCABULARY_H

#include "base/str.h"

struct str_list severity_names(void);
struct str_list status_names(void); /* in the order of enum rule_status */
struct str_list incident_names(void);
struct str_list stance_names(void);

/* Index of `name` in the names, or STR_NOT_FOUND. */
size_t name_index(struct str_list names, struct str name);

/* Why hearsay must not say `word` of a post or an account ("asserts falsity"), or NULL. ASCII case
 * does not matter. */
const char *wording_reason(struct str word);
/* The word names a nation or its people; refused beside a word that names an actor. */
bool is_nation(struct str word);
bool is_actor(struct str word);

#endif
