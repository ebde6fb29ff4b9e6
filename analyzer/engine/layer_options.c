#include "engine/layer_options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/failure.h"

#define NAMES_SIZE 256
#define NUMBER_SIZE 64

static enum hearsay_status unknown_layer(struct str name, struct hearsay_failure *failure) {
    char known[NAMES_SIZE] = "";
    size_t used = 0;
    for (unsigned i = 0; i < LAYER_COUNT && used < sizeof known; i++) {
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                                 layer_table[i].name);
    }
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                       "no layer is called \"%.*s\" (known: %s)",
                       (int)(name.len < NUMBER_SIZE ? name.len : NUMBER_SIZE), name.ptr, known);
}

/* The next item of a list with commas; false at its end. */
static bool item_next(struct str *rest, struct str *item) {
    if (!rest->ptr) {
        return false;
    }
    size_t end = str_find_byte(*rest, ',', 0);
    *item = str_trim(str_slice(*rest, 0, end));
    *rest = end == STR_NOT_FOUND ? (struct str){NULL, 0} : str_slice(*rest, end + 1, rest->len);
    return true;
}

enum hearsay_status layers_parse(const char *list, uint32_t *layers,
                                 struct hearsay_failure *failure) {
    uint32_t found = 0;
    if (!list) {
        for (unsigned i = 0; i < LAYER_COUNT; i++) {
            found |= (uint32_t)layer_table[i].is_default << i;
        }
        *layers = found;
        return HEARSAY_OK;
    }
    struct str rest = str_from_c(list);
    struct str item;
    while (item_next(&rest, &item)) {
        enum layer layer = layer_named(item);
        if (layer == LAYER_COUNT) {
            return unknown_layer(item, failure);
        }
        found |= 1u << layer;
    }
    *layers = found;
    return HEARSAY_OK;
}

static bool number_parse(struct str text, double *number) {
    char bytes[NUMBER_SIZE];
    if (text.len == 0 || text.len >= sizeof bytes) {
        return false;
    }
    memcpy(bytes, text.ptr, text.len);
    bytes[text.len] = '\0';
    char *end;
    *number = strtod(bytes, &end);
    return *end == '\0' && isfinite(*number) && *number > 0;
}

enum hearsay_status layer_windows_parse(const char *list, double windows_s[LAYER_COUNT],
                                        struct hearsay_failure *failure) {
    struct str rest = list ? str_from_c(list) : (struct str){NULL, 0};
    struct str item;
    while (item_next(&rest, &item)) {
        size_t sign = str_find_byte(item, '=', 0);
        struct str name = str_slice(item, 0, sign);
        enum layer layer = layer_named(name);
        if (layer == LAYER_COUNT) {
            return unknown_layer(name, failure);
        }
        struct str number = sign == STR_NOT_FOUND ? STR_EMPTY : str_slice(item, sign + 1, item.len);
        if (!number_parse(number, &windows_s[layer])) {
            return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                               "the window of layer %s must be longer than 0 s",
                               layer_table[layer].name);
        }
    }
    return HEARSAY_OK;
}
