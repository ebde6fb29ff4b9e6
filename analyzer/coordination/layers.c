#include "coordination/coordination.h"

/* All layers weigh the same: no labelled data at hand says otherwise, and the popularity of an
 * object, which differs most between layers, is already in the weight 1/(k-1). */
const struct layer_info layer_table[LAYER_COUNT] = {
    [LAYER_REPOST] = {"repost", "platform and id of the reposted post", 0, 1.0,
                      "Pacheco et al., ICWSM 2021"},
    [LAYER_LINK] = {"link", "canonical link without tracking parameters", 0, 1.0,
                    "Giglietto et al., Information, Communication and Society 23, 2020"},
    [LAYER_HASHTAG] = {"hashtag", "folded hashtag", 0, 1.0, "Pacheco et al., ICWSM 2021"},
    /* Six hours: answers are written, not pressed, and a group takes its time over one thread. The
     * null model weighs each gap by how many others answer within it, so a wide window costs memory
     * only (null.h). */
    [LAYER_REPLY] = {"reply", "platform and id of the post replied to", 6.0 * 3600.0, 1.0,
                     "Pote et al., ICWSM 2025 (reply attacks)"},
    /* Three days: the window of the same-text baseline that the project measures itself by. Copies
     * of a text are passed on over days, where links and reposts are pushed within minutes. */
    [LAYER_TEXT] = {"text", "folded text without links, mentions, punctuation and white space",
                    3.0 * 86400.0, 1.0,
                    "Righetti and Balluff, Computational Communication "
                    "Research 7(1), 2025"},
};
