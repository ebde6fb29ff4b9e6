/* What any bytes offer is within its ranges, the same each time, and not less with a sample link
 * added. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "claim/claim_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_held, const char *property) {
    if (!is_held) {
        fprintf(stderr, "broken: %s\n", property);
        abort();
    }
}

static struct claim_text read_text(struct str raw, struct str victim, struct str_list links) {
    struct folder folder = {0};
    struct folded folded;
    struct quantity_list quantities = {0};
    struct claim_text text;
    require(fold_text(&folder, raw, &folded), "a fold needs no more than memory");
    struct claim_text_input input = {raw, &folded, victim, links, 0};
    require(quantities_of(input.raw, &quantities), "a text needs no more than memory");
    require(claim_text_read(&input, &quantities, &text), "a text needs no more than memory");
    quantity_list_free(&quantities);
    folder_free(&folder);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str raw = {(const char *)data, size};
    struct str victim = str_slice(raw, size / 3, size / 2);
    struct str links[] = {str_slice(raw, size / 2, size), STR("https://gofile.io/d/abc")};
    struct claim_text plain = read_text(raw, victim, (struct str_list){links, 1});
    struct claim_text again = read_text(raw, victim, (struct str_list){links, 1});
    struct claim_text linked = read_text(raw, victim, (struct str_list){links, 2});
    require(memcmp(&plain, &again, sizeof plain) == 0, "the same text offers the same");
    require(plain.artefact < CLAIM_ARTEFACT_COUNT, "an artefact is of a known class");
    require(linked.artefact >= plain.artefact, "a file link offers no less");
    require(linked.artefact >= CLAIM_ARTEFACT_SAMPLE_LINK, "a file link is one");
    require(isfinite(plain.count) && isfinite(plain.size) && plain.count >= 0 && plain.size >= 0,
            "amounts are finite");
    require(plain.capital_words <= plain.words, "words in capitals are words");
    require(!(plain.victim_is_generic && plain.victim_has_domain), "a host name is no kind");
    return 0;
}
