#include "text/quantity.h"

#include <stdlib.h>

bool quantities_of(struct str text, struct quantity_list *quantities) {
    (void)text;
    quantities->count = 0;
    return true;
}

void quantity_list_free(struct quantity_list *quantities) {
    free(quantities->items);
    *quantities = (struct quantity_list){0};
}
