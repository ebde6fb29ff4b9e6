/* What part an account has among those that it has edges with: a description by counts, no
 * verdict. */
#ifndef HEARSAY_COORDINATION_ROLE_H
#define HEARSAY_COORDINATION_ROLE_H

#include <stdint.h>

enum account_role { ROLE_NONE, ROLE_MEMBER, ROLE_ORIGINATOR, ROLE_AMPLIFIER, ROLE_BRIDGE };

/* Of `partners` accounts it mostly comes before `leads` and after `follows`; `outside` of them are
 * in other clusters. bridge: two or more and at least a quarter are outside. originator: it leads
 * two or more and at least 70 % of all; amplifier: it follows so many. member: anything else with a
 * partner. */
enum account_role role_of(uint32_t partners, uint32_t leads, uint32_t follows, uint32_t outside);

/* "originator"; NULL for ROLE_NONE. */
const char *role_name(enum account_role role);

#endif
