/* What the language detector is asked. Internal to the text module; read by C and C++. */
#ifndef HEARSAY_TEXT_LANGUAGE_SAMPLE_H
#define HEARSAY_TEXT_LANGUAGE_SAMPLE_H

#include <stddef.h>

/* CLD2's code for well-formed UTF-8 text, "" when it is not sure. A constant. */
const char *language_guess(const char *bytes, size_t len);

#endif
