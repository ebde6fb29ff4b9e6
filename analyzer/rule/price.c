/* What is known of a pack's cost before any post is read: from the compiled gates. */
#include <stdlib.h>

#include "base/failure.h"
#include "rule/compile.h"
#include "rule/print.h"
#include "rule/probe.h"

#define LITERALS_SHOWN 4u
#define UNKNOWN UINT64_MAX

/* What rule/regex.h says of one expression and one text: its longest one costs most. */
#define STEPS_MOST                                                                                 \
    (REGEX_STEPS > REGEX_TEXT_BYTES * REGEX_STEPS_LEAST ? REGEX_STEPS                              \
                                                        : REGEX_TEXT_BYTES * REGEX_STEPS_LEAST)

struct pricing {
    const struct hearsay_rules *pack;
    hearsay_price_report *report;
    void *context;
    struct buffer requires;
    uint64_t *regexes; /* by index of the rule: that it and those it refers to run, or UNKNOWN */
    uint64_t regexes_most; /* of the pack */
};

static struct hearsay_text public_text(struct str text) {
    return (struct hearsay_text){text.ptr, text.len};
}

/* ---- Required literals ---- */

static void append_clause(struct pricing *pricing, const struct clause *clause, bool is_closed) {
    struct buffer *out = &pricing->requires;
    bool has_more = clause->needle_count > LITERALS_SHOWN;
    bool is_group = is_closed && clause->needle_count > 1;
    buffer_append_c(out, is_group ? "(" : "");
    for (uint32_t i = 0; i < clause->needle_count && i < LITERALS_SHOWN; i++) {
        buffer_append_c(out, i > 0 ? " or " : "");
        string_print(pricing->pack->needles[clause->needles[i]].text, out);
    }
    if (has_more) {
        buffer_printf(out, " or %u more", clause->needle_count - LITERALS_SHOWN);
    }
    buffer_append_c(out, is_group ? ")" : "");
}

static void write_requires(struct pricing *pricing, const uint32_t *gates, uint32_t count) {
    buffer_clear(&pricing->requires);
    for (uint32_t i = 0; i < count; i++) {
        const struct clause *clause = &pricing->pack->clauses[gates[i]];
        buffer_append_c(&pricing->requires, i > 0 ? " and " : "");
        if (clause->needle_count == 1 && clause->needles[0] == pricing->pack->link_needle) {
            buffer_append_c(&pricing->requires, "a link");
        } else {
            append_clause(pricing, clause, count > 1);
        }
    }
}

/* ---- Terms ---- */

/* Are the places of all its needles those of the term? A raw one is looked for without case. */
static bool is_exact(const struct hearsay_rules *pack, const struct pattern *pattern) {
    for (uint32_t i = 0; i < pattern->needle_count; i++) {
        const struct needle *needle = &pack->needles[pattern->needles[i]];
        if (needle->is_raw || needle->text.len == 0) {
            return false;
        }
    }
    return true;
}

static const char *kind_of(enum term_kind kind) {
    static const char *const names[] = {[TERM_LITERALS] = "literals",
                                        [TERM_REGEX] = "regex",
                                        [TERM_URL] = "url",
                                        [TERM_FIELD] = "field"};
    return names[kind];
}

static void price_term(struct pricing *pricing, const struct rule_code *code,
                       const struct term *term, struct hearsay_rules_price price) {
    const struct hearsay_rules *pack = pricing->pack;
    const struct pattern *pattern = &pack->patterns[pack_pattern(pack, code, term)];
    bool is_searched = pattern->kind == TERM_LITERALS && is_exact(pack, pattern);
    write_requires(pricing, pattern->gates, pattern->gate_count);
    price.term = public_text(term->name);
    price.line = probe_line(&pack->ast, term->name_place);
    price.kind = kind_of(term->kind);
    price.requires = public_text(buffer_str(&pricing->requires));
    price.prefilter = is_searched ? "exact" : pattern->gate_count > 0 ? "approximate" : "none";
    price.literals = pattern->needle_count;
    price.regexes = pattern->kind == TERM_REGEX;
    price.steps_most = price.regexes * STEPS_MOST;
    price.is_ungated = pattern->kind == TERM_REGEX && pattern->gate_count == 0;
    price.is_accepted = term->accepts_cost;
    pricing->report(pricing->context, &price);
}

/* ---- Rules ---- */

static uint64_t regexes_of_terms(const struct rule *rule) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < rule->term_count; i++) {
        count += rule->terms[i].kind == TERM_REGEX;
    }
    return count;
}

/* Each rule is judged once for a post, so the pack's regexes bound what it reaches; below that, one
 * that is referred to twice counts twice. References are at most REFERENCE_DEPTH_MOST deep. */
static uint64_t regexes_of(struct pricing *pricing, const struct rule *rule);

static uint64_t regexes_referred(struct pricing *pricing, const struct expr *expr) {
    uint64_t count = expr->kind == EXPR_RULE ? regexes_of(pricing, expr->rule) : 0;
    for (uint32_t i = 0; i < expr->child_count; i++) {
        count += regexes_referred(pricing, expr->children[i]);
    }
    return count < pricing->regexes_most ? count : pricing->regexes_most;
}

static uint64_t regexes_of(struct pricing *pricing, const struct rule *rule) {
    uint64_t *known = &pricing->regexes[rule->index];
    if (*known == UNKNOWN) {
        uint64_t count = regexes_of_terms(rule);
        count += rule->match ? regexes_referred(pricing, rule->match) : 0;
        *known = count < pricing->regexes_most ? count : pricing->regexes_most;
    }
    return *known;
}

static bool begin(struct pricing *pricing) {
    uint32_t count = pricing->pack->rule_count;
    pricing->regexes = calloc(count + (size_t)1, sizeof *pricing->regexes);
    for (uint32_t i = 0; pricing->regexes && i < count; i++) {
        pricing->regexes[i] = UNKNOWN;
        pricing->regexes_most += regexes_of_terms(pricing->pack->rules[i].rule);
    }
    return pricing->regexes;
}

static void price_rule(struct pricing *pricing, const struct rule_code *code) {
    const struct rule *rule = code->rule;
    const struct ast *ast = &pricing->pack->ast;
    struct hearsay_rules_price price = {
        .rule = public_text(rule->name),
        .rule_id = public_text(rule->meta.id),
        .file = public_text(ast->files[rule->place.file].name),
    };
    struct hearsay_rules_price own = price;
    write_requires(pricing, code->gates, code->gate_count);
    own.line = probe_line(ast, rule->name_place);
    own.kind = "rule";
    own.requires = public_text(buffer_str(&pricing->requires));
    own.prefilter = code->gate_count > 0 ? "approximate" : "none";
    own.regexes = regexes_of(pricing, rule);
    own.steps_most = own.regexes * STEPS_MOST;
    own.is_ungated = code->is_judged && code->gate_count == 0;
    for (uint32_t i = 0; i < rule->term_count; i++) {
        own.literals += rule->terms[i].literal_count;
        own.is_accepted = own.is_accepted || rule->terms[i].accepts_cost;
    }
    pricing->report(pricing->context, &own);
    for (uint32_t i = 0; i < rule->term_count; i++) {
        price_term(pricing, code, &rule->terms[i], price);
    }
}

enum hearsay_status hearsay_rules_prices(const struct hearsay_rules *rules,
                                         hearsay_price_report *report, void *context,
                                         struct hearsay_failure *failure) {
    struct pricing pricing = {.pack = rules, .report = report, .context = context};
    bool ok = begin(&pricing);
    for (uint32_t i = 0; ok && i < rules->rule_count; i++) {
        if (rules->rules[i].rule->meta.status != RULE_DEPRECATED) {
            price_rule(&pricing, &rules->rules[i]);
        }
        ok = !pricing.requires.failed;
    }
    free(pricing.regexes);
    buffer_free(&pricing.requires);
    return ok ? HEARSAY_OK : failure_memory(failure);
}
