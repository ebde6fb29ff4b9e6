/* Names of countries, territories and languages in the languages that packs are written for, from
 * ICU's locale data (CLDR): what a learned text term must not know. Slow; for learning weights,
 * which keep the names as data, so that a scan does not depend on the data of the ICU at hand. */
#ifndef HEARSAY_TEXT_NAMES_H
#define HEARSAY_TEXT_NAMES_H

#include "base/str.h"

/* Receives a name as written in its language. `is_country`: of a country or territory. */
typedef bool name_visit(void *context, struct str name, bool is_country);

/* Calls `visit` for every name ICU has, repeated ones included. False: the visitor said so. */
bool names_of_places(name_visit *visit, void *context);

#endif
