/* Entities of any bytes lie in order inside the text and are not empty, and the canonical form of a
 * link is its own canonical form. */
#include <stdio.h>
#include <stdlib.h>

#include "text/entity.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_held, const char *property) {
    if (!is_held) {
        fprintf(stderr, "broken: %s\n", property);
        abort();
    }
}

static void check_link(struct str link) {
    struct buffer once = {0};
    struct buffer twice = {0};
    /* A host without a dot ("https://localhost") is none any more without its scheme. */
    if (url_canonical(link, &once) && url_canonical(buffer_str(&once), &twice)) {
        require(str_equal(buffer_str(&once), buffer_str(&twice)),
                "canonical twice is canonical once");
    }
    buffer_clear(&once);
    require(url_domain(link, &once), "a domain needs no more than memory");
    buffer_free(&once);
    buffer_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    struct entity_list found = {0};
    size_t before = 0;
    require(entities_of(text, &found), "entities need no more than memory");
    for (size_t i = 0; i < found.count; i++) {
        const struct entity *entity = &found.items[i];
        require(entity->start >= before && entity->end <= size, "entities are in order and inside");
        require(entity->start < entity->end && entity->text.len > 0, "entities are not empty");
        before = entity->end;
        check_link(entity->text);
    }
    check_link(text);
    entity_list_free(&found);
    return 0;
}
