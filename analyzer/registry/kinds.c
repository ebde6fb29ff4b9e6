#include "registry/kinds.h"

#include <string.h>

static const struct registry_kind kinds[] = {
    {.id = REGISTRY_HIBP,
     .name = "hibp",
     .meaning = "breach catalogue of Have I Been Pwned: breaches whose data its operator has seen",
     .url = "https://haveibeenpwned.com/api/v3/breaches",
     .name_key = "Name",
     .domain_key = "Domain",
     .date_key = "BreachDate",
     .title_key = "Title",
     .fabricated_key = "IsFabricated",
     .role = HEARSAY_REGISTRY_BREACHES,
     .rest_s = 3600,
     .coverage = "mostly services with English-speaking users; a breach that is not listed is not "
                 "thereby unlikely",
     .attribution = "Have I Been Pwned (haveibeenpwned.com), CC BY 4.0"},
    {.id = REGISTRY_RANSOMWARE,
     .name = "ransomware",
     .meaning = "victims that extortion groups list on their own pages: claims, not confirmations",
     .url = "https://api.ransomware.live/v2/recentvictims",
     .name_key = "victim",
     .domain_key = "domain",
     .date_key = "discovered",
     .country_key = "country",
     .role = HEARSAY_REGISTRY_LISTINGS,
     .rest_s = 900,
     .coverage = "recent listings of groups that keep a public page; says that a claim was also "
                 "made elsewhere",
     .attribution = "ransomware.live"},
    {.id = REGISTRY_NEWS,
     .name = "news",
     .meaning = "index of news articles of the last week that speak of a data breach",
     .url = "https://api.gdeltproject.org/api/v2/doc/doc?query=%22data%20breach%22&mode=artlist"
            "&format=json&timespan=7d&maxrecords=250&sort=datedesc",
     .records_key = "articles",
     .name_key = "title",
     .domain_key = "domain",
     .date_key = "seendate",
     .language_key = "language",
     .role = HEARSAY_REGISTRY_NEWS,
     .rest_s = 900,
     .coverage = "250 articles at most, one week; thin for languages with few indexed outlets",
     .attribution = "The GDELT Project (gdeltproject.org)"},
};

const struct registry_kind *registry_kind_at(size_t index) {
    return index < sizeof kinds / sizeof kinds[0] ? &kinds[index] : NULL;
}

const struct registry_kind *registry_kind_named(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}
