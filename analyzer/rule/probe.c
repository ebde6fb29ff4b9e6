#include "rule/probe.h"

#include "text/language.h"

bool probe_open(struct probe *probe, const struct hearsay_rules *pack) {
    *probe = (struct probe){.pack = pack, .matcher = matcher_new(pack)};
    return probe->matcher != NULL;
}

void probe_close(struct probe *probe) {
    matcher_free(probe->matcher);
    folder_free(&probe->folder);
}

bool probe_text(struct probe *probe, struct str text, struct str lang) {
    probe->post = (struct post){.text = text, .lang = lang};
    return fold_text(&probe->folder, text, &probe->folded);
}

static void begin(struct probe *probe, bool is_reference) {
    const char *language = language_normal(probe->post.lang);
    matcher_begin(probe->matcher, &probe->post, &probe->folded, is_reference);
    probe->matcher->language = str_from_c(language[0] != '\0' ? language : "und");
}

bool probe_fires(struct probe *probe, const struct rule *rule) {
    begin(probe, false);
    matcher_scan(probe->matcher);
    return matcher_rule_matches(probe->matcher, rule->index);
}

bool probe_fires_without(struct probe *probe, const struct rule *rule, const struct term *absent) {
    begin(probe, true);
    probe->matcher->absent = absent;
    return matcher_rule_matches(probe->matcher, rule->index);
}

void probe_begin(struct probe *probe) {
    begin(probe, true);
}

struct occurrences probe_occurrences(struct probe *probe, const struct rule *rule,
                                     const struct term *term) {
    const struct rule_code *code = &probe->pack->rules[rule->index];
    return matcher_occurrences(probe->matcher, pack_pattern(probe->pack, code, term), false);
}

uint32_t probe_line(const struct ast *ast, struct place place) {
    struct str text = ast->files[place.file].text;
    uint32_t line = 1;
    for (size_t i = 0; i < place.start && i < text.len; i++) {
        line += text.ptr[i] == '\n';
    }
    return line;
}
