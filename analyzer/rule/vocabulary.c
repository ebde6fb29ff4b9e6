#include "rule/vocabulary.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define NAME(literal)                                                                              \
    { (literal), sizeof(literal) - 1 }

static const struct str severities[] = {NAME("low"), NAME("medium"), NAME("high")};

static const struct str statuses[] = {NAME("draft"), NAME("shadow"), NAME("stable"),
                                      NAME("deprecated")};

static const struct str incidents[] = {
    NAME("data_leak"),      NAME("data_sale"),  NAME("intrusion"),
    NAME("control_hijack"), NAME("defacement"), NAME("ddos_outage"),
    NAME("destructive"),    NAME("extortion"),  NAME("none"),
};

static const struct str stances[] = {NAME("self_claim"), NAME("relay"),   NAME("sourced_report"),
                                     NAME("denial"),     NAME("general"), NAME("unrelated")};

struct str_list severity_names(void) {
    return (struct str_list){severities, COUNT(severities)};
}

struct str_list status_names(void) {
    return (struct str_list){statuses, COUNT(statuses)};
}

struct str_list incident_names(void) {
    return (struct str_list){incidents, COUNT(incidents)};
}

struct str_list stance_names(void) {
    return (struct str_list){stances, COUNT(stances)};
}

size_t name_index(struct str_list names, struct str name) {
    for (size_t i = 0; i < names.count; i++) {
        if (str_equal(names.items[i], name)) {
            return i;
        }
    }
    return STR_NOT_FOUND;
}

static const char falsity[] = "asserts falsity";
static const char intent[] = "asserts intent";
static const char attribution[] = "asserts who is behind an account";

static const struct {
    const char *word;
    const char *reason;
} refused[] = {
    {"fake", falsity},
    {"fakes", falsity},
    {"faked", falsity},
    {"false", falsity},
    {"falsehood", falsity},
    {"falsehoods", falsity},
    {"untrue", falsity},
    {"lie", falsity},
    {"lies", falsity},
    {"liar", falsity},
    {"liars", falsity},
    {"lying", falsity},
    {"hoax", falsity},
    {"hoaxes", falsity},
    {"bogus", falsity},
    {"fabricated", falsity},
    {"fabrication", falsity},
    {"misinformation", falsity},
    {"disinformation", intent},
    {"disinfo", intent},
    {"deceptive", intent},
    {"deceive", intent},
    {"deceives", intent},
    {"malicious", intent},
    {"propaganda", intent},
    {"propagandist", intent},
    {"psyop", intent},
    {"psyops", intent},
    {"smear", intent},
    {"manipulation", intent},
    {"manipulative", intent},
    {"bot", attribution},
    {"bots", attribution},
    {"sockpuppet", attribution},
    {"sockpuppets", attribution},
    {"troll", attribution},
    {"trolls", attribution},
    {"shill", attribution},
    {"shills", attribution},
    {"puppet", attribution},
    {"puppets", attribution},
    {"operative", attribution},
    {"operatives", attribution},
    {"inauthentic", attribution},
    {"state-sponsored", attribution},
    {"state-backed", attribution},
    {"state-linked", attribution},
    {"government-backed", attribution},
    {"government-linked", attribution},
    {"foreign-backed", attribution},
};

static const char *const nations[] = {
    "american",  "arab",      "australian", "belarusian", "brazilian", "british",  "canadian",
    "chinese",   "cuban",     "dutch",      "egyptian",   "european",  "french",   "german",
    "indian",    "iranian",   "iraqi",      "israeli",    "italian",   "japanese", "korean",
    "pakistani", "polish",    "russian",    "saudi",      "spanish",   "syrian",   "taiwanese",
    "turkish",   "ukrainian", "venezuelan", "vietnamese", "western",   "foreign",
};

static const char *const actors[] = {
    "account", "accounts",   "actor",     "actors",     "agency",   "agent",     "agents",
    "army",    "government", "group",     "groups",     "hacker",   "hackers",   "intelligence",
    "network", "networks",   "operation", "operations", "origin",   "proxy",     "regime",
    "service", "services",   "spies",     "state",      "campaign", "campaigns",
};

static bool is_one_of(struct str word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal_ascii_case(word, str_from_c(words[i]))) {
            return true;
        }
    }
    return false;
}

const char *wording_reason(struct str word) {
    for (size_t i = 0; i < COUNT(refused); i++) {
        if (str_equal_ascii_case(word, str_from_c(refused[i].word))) {
            return refused[i].reason;
        }
    }
    return NULL;
}

bool is_nation(struct str word) {
    return is_one_of(word, nations, COUNT(nations));
}

bool is_actor(struct str word) {
    return is_one_of(word, actors, COUNT(actors));
}
