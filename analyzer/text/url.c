/* Canonical keys of links. Nothing is resolved or fetched. */
#include "text/entity.h"

#include <stdlib.h>

#include "text/domain.h"
#include "text/fold.h"
#include "text/fold_ascii.h"

#define PARAMETERS_MAX 64 /* more than this and the query is kept as it stands */

struct url_parts {
    struct str host;
    struct str port;
    struct str path; /* with its first '/' */
    struct str query;
    struct str fragment;
};

/* A parameter that says where a reader came from, not what is read. */
struct tracking {
    const char *name; /* a trailing '*' stands for anything */
    const char *host; /* only there, subdomains included; NULL: everywhere */
};

static const struct tracking tracking_parameters[] = {
    {"utm_*", NULL},
    {"fbclid", NULL},
    {"gclid", NULL},
    {"gclsrc", NULL},
    {"dclid", NULL},
    {"gbraid", NULL},
    {"wbraid", NULL},
    {"msclkid", NULL},
    {"twclid", NULL},
    {"ttclid", NULL},
    {"igshid", NULL},
    {"igsh", NULL},
    {"yclid", NULL},
    {"ysclid", NULL},
    {"_openstat", NULL},
    {"mc_cid", NULL},
    {"mc_eid", NULL},
    {"mkt_tok", NULL},
    {"ref_src", NULL},
    {"ref_url", NULL},
    {"spm", NULL},
    {"vero_id", NULL},
    {"_hsenc", NULL},
    {"_hsmi", NULL},
    {"oly_enc_id", NULL},
    {"oly_anon_id", NULL},
    {"wickedid", NULL},
    {"rb_clickid", NULL},
    {"cmpid", NULL},
    {"s_cid", NULL},
    {"_ga", NULL},
    {"_gl", NULL},
    {"srsltid", NULL},
    {"fb_action_*", NULL},
    {"fb_ref", NULL},
    {"fb_source", NULL},
    {"__twitter_*", NULL},
    {"s", "twitter.com"},
    {"t", "twitter.com"},
    {"s", "x.com"},
    {"t", "x.com"},
    {"si", "youtube.com"},
    {"si", "youtu.be"},
    {"feature", "youtube.com"},
    {"feature", "youtu.be"},
    {"si", "spotify.com"},
    {"__cft__*", "facebook.com"},
    {"__tn__", "facebook.com"},
    {"mibextid", "facebook.com"},
    {"share_id", "reddit.com"},
    {"_t", "tiktok.com"},
    {"_r", "tiktok.com"},
};

static bool is_scheme_byte(char byte) {
    return is_ascii_letter(byte) || is_ascii_digit(byte) || byte == '+' || byte == '-' ||
           byte == '.';
}

/* Length of "scheme://" or "//" at the start, 0 if there is none. */
static size_t scheme_length(struct str url) {
    size_t at = 0;
    while (at < url.len && is_scheme_byte(url.ptr[at])) {
        at++;
    }
    if (str_starts_with(str_slice(url, at, url.len), STR("://")) && at > 0) {
        return at + 3;
    }
    return str_starts_with(url, STR("//")) ? 2 : 0;
}

static size_t find_any(struct str text, const char *bytes) {
    size_t at = 0;
    while (at < text.len && (text.ptr[at] == '\0' || !strchr(bytes, text.ptr[at]))) {
        at++;
    }
    return at;
}

static bool is_port(struct str text) {
    uint64_t number;
    return text.len == 0 || (str_to_u64(text, &number) && number <= 65535);
}

/* A host has letters, digits, '-', '_' and dots, or is an address in brackets, and has no empty
 * label. */
static bool is_host(struct str host) {
    if (host.len > 2 && host.ptr[0] == '[') {
        return host.ptr[host.len - 1] == ']';
    }
    char before = '.';
    for (size_t i = 0; i < host.len; i++) {
        char byte = host.ptr[i];
        bool is_plain = is_ascii_letter(byte) || is_ascii_digit(byte) || byte == '-' ||
                        byte == '_' || (unsigned char)byte >= 0x80;
        if (!is_plain && (byte != '.' || before == '.')) {
            return false;
        }
        before = byte;
    }
    return host.len > 0 && before != '.';
}

/* Parts the authority "user@host:port" into host and port. */
static void split_authority(struct str authority, struct url_parts *parts) {
    for (size_t i = authority.len; i > 0; i--) {
        if (authority.ptr[i - 1] == '@') {
            authority = str_slice(authority, i, authority.len);
            break;
        }
    }
    size_t bracket = str_find_byte(authority, ']', 0);
    size_t colon = str_find_byte(authority, ':', bracket == STR_NOT_FOUND ? 0 : bracket);
    colon = colon == STR_NOT_FOUND ? authority.len : colon;
    parts->host = str_slice(authority, 0, colon);
    parts->port = str_slice(authority, colon + 1, authority.len);
    while (parts->host.len > 0 && parts->host.ptr[parts->host.len - 1] == '.') {
        parts->host.len--;
    }
}

/* A link ends at white space, whatever a field holds behind it. */
static struct str first_word(struct str text) {
    size_t end = 0;
    text = str_trim(text);
    while (end < text.len && (unsigned char)text.ptr[end] > ' ') {
        end++;
    }
    return str_slice(text, 0, end);
}

static bool url_split(struct str url, struct url_parts *parts) {
    url = first_word(url);
    size_t scheme = scheme_length(url);
    struct str rest = str_slice(url, scheme, url.len);
    size_t end = find_any(rest, "/?#\\");
    split_authority(str_slice(rest, 0, end), parts);
    rest = str_slice(rest, end, rest.len);
    end = find_any(rest, "#");
    parts->fragment = str_slice(rest, end, rest.len);
    rest = str_slice(rest, 0, end);
    end = find_any(rest, "?");
    parts->query = str_slice(rest, end + 1, rest.len);
    parts->path = str_slice(rest, 0, end);
    /* Without a scheme only what has a dot or brackets is taken for a host: "mailto:x" and "none"
     * are not. */
    bool is_likely = str_find_byte(parts->host, '.', 0) != STR_NOT_FOUND ||
                     str_starts_with(parts->host, STR("["));
    return is_host(parts->host) && is_port(parts->port) && (scheme > 0 || is_likely);
}

/* "www." says nothing while a domain is left behind it. */
static struct str without_www(struct str host) {
    while (str_starts_with(host, STR("www.")) && str_find_byte(host, '.', 4) != STR_NOT_FOUND) {
        host = str_slice(host, 4, host.len);
    }
    return host;
}

/* Appends the host in lower case, without "www."; *host is the appended slice. */
static bool append_host(struct str host, struct buffer *out, struct str *appended) {
    size_t start = out->len;
    if (!buffer_reserve(out, 18 * host.len + 1)) {
        return false;
    }
    size_t len = fold_simple(host, out->ptr + start);
    struct str plain = without_www((struct str){out->ptr + start, len});
    memmove(out->ptr + start, plain.ptr, plain.len);
    out->len = start + plain.len;
    *appended = (struct str){out->ptr + start, plain.len};
    return is_host(*appended);
}

static bool is_host_under(struct str host, struct str domain) {
    if (!str_ends_with(host, domain)) {
        return false;
    }
    return host.len == domain.len || host.ptr[host.len - domain.len - 1] == '.';
}

static bool is_tracking(struct str parameter, struct str host) {
    struct str name = str_slice(parameter, 0, find_any(parameter, "=["));
    for (size_t i = 0; i < sizeof tracking_parameters / sizeof tracking_parameters[0]; i++) {
        const struct tracking *known = &tracking_parameters[i];
        struct str wanted = str_from_c(known->name);
        if (known->host && !is_host_under(host, str_from_c(known->host))) {
            continue;
        }
        bool is_prefix = str_ends_with(wanted, STR("*"));
        wanted = str_slice(wanted, 0, wanted.len - is_prefix);
        if (str_equal_ascii_case(is_prefix ? str_slice(name, 0, wanted.len) : name, wanted)) {
            return true;
        }
    }
    return false;
}

static int compare_parameters(const void *a, const void *b) {
    const struct str *first = a;
    const struct str *second = b;
    return str_compare(*first, *second);
}

static bool append_query(struct str query, struct str host, struct buffer *out) {
    struct str kept[PARAMETERS_MAX];
    size_t count = 0;
    size_t at = 0;
    while (at < query.len) {
        size_t end = str_find_byte(query, '&', at);
        end = end == STR_NOT_FOUND ? query.len : end;
        struct str parameter = str_slice(query, at, end);
        if (count == PARAMETERS_MAX) {
            return buffer_append_byte(out, '?') && buffer_append_str(out, query);
        }
        if (parameter.len > 0 && !is_tracking(parameter, host)) {
            kept[count++] = parameter;
        }
        at = end + 1;
    }
    qsort(kept, count, sizeof kept[0], compare_parameters);
    for (size_t i = 0; i < count; i++) {
        if (!buffer_append_byte(out, i == 0 ? '?' : '&') || !buffer_append_str(out, kept[i])) {
            return false;
        }
    }
    return true;
}

static bool append_url(const struct url_parts *parts, struct buffer *out) {
    struct str host;
    char name[256]; /* the buffer may move while the query is appended */
    if (!append_host(parts->host, out, &host)) {
        return false;
    }
    if (host.len > sizeof name) {
        return false;
    }
    memcpy(name, host.ptr, host.len);
    host.ptr = name;
    bool is_default =
        parts->port.len == 0 || str_is(parts->port, "80") || str_is(parts->port, "443");
    struct str path = parts->path;
    while (path.len > 0 && path.ptr[path.len - 1] == '/') {
        path.len--;
    }
    if (!is_default && (!buffer_append_byte(out, ':') || !buffer_append_str(out, parts->port))) {
        return false;
    }
    return buffer_append_str(out, path) && append_query(parts->query, host, out) &&
           (!str_starts_with(parts->fragment, STR("#!")) ||
            buffer_append_str(out, parts->fragment));
}

bool url_canonical(struct str url, struct buffer *out) {
    struct url_parts parts;
    size_t start = out->len;
    if (!url_split(url, &parts) || !append_url(&parts, out)) {
        out->len = start;
        return false;
    }
    return true;
}

bool url_domain(struct str url, struct buffer *out) {
    struct url_parts parts;
    struct str host;
    size_t start = out->len;
    if (!url_split(url, &parts)) {
        return true;
    }
    if (!append_host(parts.host, out, &host)) {
        out->len = start;
        return !out->failed;
    }
    struct str domain = domain_registrable(host);
    memmove(out->ptr + start, domain.ptr, domain.len);
    out->len = start + domain.len;
    return true;
}
