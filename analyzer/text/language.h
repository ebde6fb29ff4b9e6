/* Bridge to CLD2: which language a text is in, where its source does not say. */
#ifndef HEARSAY_TEXT_LANGUAGE_H
#define HEARSAY_TEXT_LANGUAGE_H

#include "base/str.h"

/* ISO 639-1 code ("en"; "zh-Hans", "zh-Hant" for Chinese by the characters used), "und" when the
 * text is too short or the detector is not sure. A constant. Script ranges decide where a script
 * has only one common language here (Hangul: ko; Kana: ja), CLD2 elsewhere. Any bytes are accepted.
 */
const char *language_detect(struct str text);

/* A source's own tag or name ("en-US", "EN", "English", "Russian", "zh_TW") as the codes above, or
 * "zh" where a Chinese tag does not say how it is written; "" when it is unknown or means
 * undefined. A constant. */
const char *language_normal(struct str tag);

#endif
