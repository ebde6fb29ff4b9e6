#include "coordination/role.h"

#include <stddef.h>

/* Two partners at least, so that one pair makes no role. */
#define PARTNERS_LEAST 2u
#define OUTSIDE_LEAST 0.25
/* Of ten fair coins seven or more fall to one side one time in six: below it there is no order. */
#define ORDER_LEAST 0.7

enum account_role role_of(uint32_t partners, uint32_t leads, uint32_t follows, uint32_t outside) {
    if (partners == 0) {
        return ROLE_NONE;
    }
    if (outside >= PARTNERS_LEAST && outside >= OUTSIDE_LEAST * partners) {
        return ROLE_BRIDGE;
    }
    if (leads >= PARTNERS_LEAST && leads >= ORDER_LEAST * partners) {
        return ROLE_ORIGINATOR;
    }
    if (follows >= PARTNERS_LEAST && follows >= ORDER_LEAST * partners) {
        return ROLE_AMPLIFIER;
    }
    return ROLE_MEMBER;
}

const char *role_name(enum account_role role) {
    static const char *const names[] = {[ROLE_NONE] = NULL,
                                        [ROLE_MEMBER] = "member",
                                        [ROLE_ORIGINATOR] = "originator",
                                        [ROLE_AMPLIFIER] = "amplifier",
                                        [ROLE_BRIDGE] = "bridge"};
    return names[role];
}
