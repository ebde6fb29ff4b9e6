#include "claim/victim_voice.h"

/* A victim's key has at most this many bytes here; longer ones are no account's name. */
#define KEY_MOST 128

static bool key_of(struct name_maker *maker, struct str name, char key[KEY_MOST], size_t *len) {
    struct str made;
    if (!name_make(maker, name, false, &made)) {
        return false;
    }
    *len = made.len <= KEY_MOST ? made.len : 0;
    if (*len > 0) {
        memcpy(key, made.ptr, *len);
    }
    return true;
}

bool victim_voice(struct name_maker *maker, struct str victim, struct str account,
                  struct str domain, bool *is_voice) {
    char wanted[KEY_MOST];
    char found[KEY_MOST];
    size_t wanted_len = 0;
    size_t found_len = 0;
    *is_voice = false;
    if (!key_of(maker, victim, wanted, &wanted_len) || !key_of(maker, account, found, &found_len)) {
        return false;
    }
    struct str key = {wanted, wanted_len};
    bool is_named = name_is_telling(key) && str_equal(key, (struct str){found, found_len});
    struct str label = name_of_domain(domain);
    bool is_site = label.len > 0 && (str_equal(label, key) || str_equal(domain, victim));
    *is_voice = is_named || is_site;
    return true;
}
