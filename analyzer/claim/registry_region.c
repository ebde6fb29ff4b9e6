#include "claim/registry_region.h"

#include "text/fold_ascii.h"

struct row {
    const char *lang;
    const char *regions; /* parted by blanks; "--" for domains without a country */
};

static const struct row rows[] = {
    {"en", "-- us uk gb au ca nz ie in za ng ph sg ke"},
    {"zh-Hans", "cn sg my"},
    {"zh-Hant", "tw hk mo"},
    {"zh", "cn tw hk mo sg my"},
    {"ru", "ru su by kz kg"},
    {"uk", "ua"},
    {"es", "es mx ar co cl pe ve ec uy py bo cr gt pa do cu hn ni sv"},
    {"pt", "pt br ao mz cv"},
    {"fr", "fr be ch ca lu mc sn ci cm ma dz tn"},
    {"de", "de at ch li lu"},
    {"it", "it ch sm"},
    {"ar", "sa ae eg iq jo lb sy ma dz tn ly ye kw qa bh om sd ps"},
    {"fa", "ir af"},
    {"ja", "jp"},
    {"ko", "kr"},
    {"tr", "tr cy"},
    {"hi", "in"},
    {"id", "id"},
    {"vi", "vn"},
    {"pl", "pl"},
    {"nl", "nl be"},
};

uint32_t region_of(struct str code) {
    size_t start = code.len;
    while (start > 0 && code.ptr[start - 1] != '.') {
        start--;
    }
    struct str label = str_slice(code, start, code.len);
    if (label.len != 2 || !is_ascii_letter(label.ptr[0]) || !is_ascii_letter(label.ptr[1])) {
        return 0;
    }
    return (uint32_t)(unsigned char)ascii_lower(label.ptr[0]) << 8 |
           (unsigned char)ascii_lower(label.ptr[1]);
}

bool region_writes(uint32_t region, struct str lang) {
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!str_is(lang, rows[i].lang)) {
            continue;
        }
        for (const char *at = rows[i].regions;; at += 3) {
            uint32_t listed = at[0] == '-' ? 0 : region_of((struct str){at, 2});
            if (listed == region) {
                return true;
            }
            if (at[2] == '\0') {
                return false;
            }
        }
    }
    return false;
}
