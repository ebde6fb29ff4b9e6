#include "text/names.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define NAME_UNITS 200

static const char *const readers[] = {"en", "zh_Hans", "zh_Hant", "ru", "uk", "es", "pt",
                                      "fr", "de",      "ar",      "fa", "ja", "ko", "tr"};

/* Short names that the locale data does not give. */
static const char *const others[] = {
    "America", "Britain", "England", "Holland", "Korea", "Америка",
    "Америку", "Америки", "Англия",  "Англии",  "俄国",  "英格兰",
};

/* In UTF-8; a name that ICU does not have is given as its code with a warning, and left out. */
static bool visit_units(const UChar *units, int32_t len, UErrorCode error, bool is_country,
                        name_visit *visit, void *context) {
    char bytes[NAME_UNITS * 3];
    int32_t width = 0;
    if (U_FAILURE(error) || error == U_USING_DEFAULT_WARNING || len <= 0) {
        return true;
    }
    error = U_ZERO_ERROR;
    u_strToUTF8(bytes, (int32_t)sizeof bytes, &width, units, len, &error);
    return U_FAILURE(error) || visit(context, (struct str){bytes, (size_t)width}, is_country);
}

static bool visit_country(const char *code, const char *reader, name_visit *visit, void *context) {
    UChar units[NAME_UNITS];
    UErrorCode error = U_ZERO_ERROR;
    char locale[16] = "und_";
    memcpy(locale + 4, code, strlen(code) + 1);
    int32_t len = uloc_getDisplayCountry(locale, reader, units, NAME_UNITS, &error);
    return visit_units(units, len, error, true, visit, context);
}

static bool visit_language(const char *code, const char *reader, name_visit *visit, void *context) {
    UChar units[NAME_UNITS];
    UErrorCode error = U_ZERO_ERROR;
    int32_t len = uloc_getDisplayLanguage(code, reader, units, NAME_UNITS, &error);
    return visit_units(units, len, error, false, visit, context);
}

bool names_of_places(name_visit *visit, void *context) {
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (!visit(context, str_from_c(others[i]), true)) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        for (const char *const *code = uloc_getISOCountries(); *code; code++) {
            if (strlen(*code) == 2 && !visit_country(*code, readers[i], visit, context)) {
                return false;
            }
        }
        for (const char *const *code = uloc_getISOLanguages(); *code; code++) {
            if (strlen(*code) == 2 && !visit_language(*code, readers[i], visit, context)) {
                return false;
            }
        }
    }
    return true;
}
