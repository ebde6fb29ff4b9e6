#include "coordination/coordination.h"

/* All layers weigh the same: no labelled data at hand says otherwise, and the popularity of an
 * object, which differs most between layers, is already in the weight 1/(k-1).
 *
 * On by default are the layers whose objects are specific (a post, a link, a file, a text) or that
 * carry a claim of their own (a hashtag). Off are those that repeat another layer's acts (a fast
 * repost is a repost, a set of tags is tags) and those whose objects are so common that chance
 * explains most of what they share (a domain, a mentioned account). */
const struct layer_info layer_table[LAYER_COUNT] = {
    [LAYER_REPOST] = {"repost", "platform and id of the reposted post", 0, 1.0, true,
                      "Pacheco et al., ICWSM 2021"},
    [LAYER_LINK] = {"link", "canonical link without tracking parameters", 0, 1.0, true,
                    "Giglietto et al., Information, Communication and Society 23, 2020"},
    [LAYER_HASHTAG] = {"hashtag", "folded hashtag", 0, 1.0, true, "Pacheco et al., ICWSM 2021"},
    /* Six hours: answers are written, not pressed, and a group takes its time over one thread. The
     * null model weighs each gap by how many others answer within it, so a wide window costs memory
     * only (null.h). */
    [LAYER_REPLY] = {"reply", "platform and id of the post replied to", 6.0 * 3600.0, 1.0, true,
                     "Pote et al., ICWSM 2025 (reply attacks)"},
    /* Three days: the window of the same-text baseline that the project measures itself by. Copies
     * of a text are passed on over days, where links and reposts are pushed within minutes. */
    [LAYER_TEXT] = {"text",
                    "near-duplicate cluster of the folded text without links, mentions, "
                    "punctuation and white space",
                    3.0 * 86400.0, 1.0, true,
                    "Broder, SEQUENCES 1997; Righetti and Balluff, Computational Communication "
                    "Research 7(1), 2025"},
    [LAYER_FAST_REPOST] = {"fast_repost", "platform and id of the reposted post", 10.0, 1.0, false,
                           "Luceri et al., WWW 2024"},
    [LAYER_DOMAIN] = {"domain", "registrable domain of a link", 0, 1.0, false,
                      "Righetti and Balluff, Computational Communication Research 7(1), 2025"},
    [LAYER_HASHTAG_SET] = {"hashtag_set", "folded hashtags of a post, three or more, sorted", 0,
                           1.0, false, "Pacheco et al., ICWSM 2021"},
    [LAYER_HASHTAG_SEQUENCE] = {"hashtag_sequence",
                                "folded hashtags of a post, three or more, as they stand", 0, 1.0,
                                false, "Pacheco et al., ICWSM 2021"},
    [LAYER_MENTION] = {"mention", "folded name of a mentioned account", 0, 1.0, false,
                       "Mannocci et al., multiplex of five layers, 2024"},
    /* The window of texts: a claim is passed on in words of one's own. Off by default: it rests on
     * the rules, where the other layers rest on what posts share to the letter. */
    [LAYER_CLAIM] = {"claim", "claim of claims.ndjson that a finding is of", 3.0 * 86400.0, 1.0,
                     false, "none; as text, with claims instead of wordings"},
    [LAYER_MEDIA] = {"media", "hash of an image or video, as the source gives it", 0, 1.0, true,
                     "Pacheco et al., ICWSM 2021"},
};

enum layer layer_named(struct str name) {
    unsigned layer = 0;
    while (layer < LAYER_COUNT && !str_is(name, layer_table[layer].name)) {
        layer++;
    }
    return (enum layer)layer;
}
