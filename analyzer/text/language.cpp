/* Bridge to CLD2. The text that it sees is a copy without links, names and digits, which would only
 * mislead it, cut to a length that is enough to be sure. */
#include <cstddef>
#include <cstdint>
#include <cstdio> // its header uses FILE without including it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" {
#include "text/language_sample.h"
}

extern "C" const char *language_guess(const char *bytes, size_t len) {
    bool is_reliable = false;
    CLD2::Language language =
        CLD2::DetectLanguage(bytes, static_cast<int>(len), true, &is_reliable);
    if (!is_reliable || language == CLD2::UNKNOWN_LANGUAGE) {
        return "";
    }
    return CLD2::LanguageCode(language);
}
