/* Bridge to libpsl: registrable domains by the public suffix list that is built into it. */
#include "text/domain.h"

#include <libpsl.h>

#define HOST_SIZE 256 /* a host name has 253 characters at most */

/* The address forms have no registrable domain: digits and dots only, or colons. */
static bool is_address(struct str host) {
    for (size_t i = 0; i < host.len; i++) {
        char byte = host.ptr[i];
        if (byte == ':' || byte == '[') {
            return true;
        }
        if (byte != '.' && (byte < '0' || byte > '9')) {
            return false;
        }
    }
    return true;
}

struct str domain_registrable(struct str host) {
    char name[HOST_SIZE];
    if (host.len == 0 || host.len >= sizeof name || is_address(host) ||
        memchr(host.ptr, '\0', host.len)) {
        return STR_EMPTY;
    }
    memcpy(name, host.ptr, host.len);
    name[host.len] = '\0';
    const char *domain = psl_registrable_domain(psl_builtin(), name);
    return domain ? str_slice(host, (size_t)(domain - name), host.len) : STR_EMPTY;
}
