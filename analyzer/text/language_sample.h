/* What the language detector is asked. Internal to the text module; read by C and C++. */
#ifndef HEARSAY_TEXT_LANGUAGE_SAMPLE_H
#define HEARSAY_TEXT_LANGUAGE_SAMPLE_H

#include <stddef.h>

/* CLD2 looks at the character behind the end where a text ends in a letter of several bytes, and
 * walks off its tables if that is no character (commoncrawl/language-detection-cld2#1). */
#define LANGUAGE_PADDING 8

/* CLD2's code for well-formed UTF-8 text, "" when it is not sure. A constant. LANGUAGE_PADDING NULs
 * stand behind bytes[0..len). */
const char *language_guess(const char *bytes, size_t len);

#endif
