/* Mutation testing of rules (DeMillo, Lipton and Sayward 1978): a mutant that answers every passing
 * test of its rule as the rule does shows a clause that no test would miss. A mutant may be
 * equivalent to its rule; such a one cannot be killed and counts against the score. Only whether
 * the rule fires is compared, not what its terms found. */
#include "base/failure.h"
#include "rule/choice.h"
#include "rule/frame.h"
#include "rule/mutation.h"
#include "rule/print.h"

static bool answers(struct mutation *mutation, struct mutant *mutant) {
    struct variation *variation = &mutation->variation;
    if (mutant->is_literal) {
        return variation_fires_without(variation, mutant->pattern, mutant->needle);
    }
    exchange_make(&mutant->exchange);
    bool fires = variation_fires(variation);
    exchange_make(&mutant->exchange);
    return fires;
}

/* ---- Telling ---- */

static void write_literal(struct mutation *mutation, const struct mutant *mutant) {
    const struct variation *variation = &mutation->variation;
    struct str text = variation->pack.needles[mutant->needle].text;
    struct str name = variation->rule->terms[mutant->term].name;
    buffer_printf(&mutation->before, "$%.*s with ", (int)name.len, name.ptr);
    string_print(text, &mutation->before);
    buffer_printf(&mutation->after, "$%.*s without ", (int)name.len, name.ptr);
    string_print(text, &mutation->after);
}

static struct place write_change(struct mutation *mutation, struct mutant *mutant) {
    buffer_clear(&mutation->before);
    buffer_clear(&mutation->after);
    if (mutant->is_literal) {
        write_literal(mutation, mutant);
        return mutation->variation.rule->terms[mutant->term].place;
    }
    if (mutant->dropped) {
        expr_print(mutant->dropped, &mutation->before);
        return mutant->dropped->place;
    }
    struct place place = mutant->exchange.node->place;
    expr_print(mutant->exchange.node, &mutation->before);
    exchange_make(&mutant->exchange);
    expr_print(mutant->exchange.node, &mutation->after);
    exchange_make(&mutant->exchange);
    return place;
}

static struct hearsay_text public_text(struct str text) {
    return (struct hearsay_text){text.ptr, text.len};
}

bool mutation_tell(struct mutation *mutation, const struct mutant_told *about) {
    const struct ast *ast = &mutation->variation.pack.ast;
    const struct rule *rule = mutation->variation.rule;
    struct hearsay_mutant told = {
        .rule = public_text(rule->name),
        .rule_id = public_text(rule->meta.id),
        .file = public_text(ast->files[about->place.file].name),
        .line = probe_line(ast, about->place),
        .change = public_text(str_from_c(about->change)),
        .clause = public_text(buffer_str(&mutation->before)),
        .mutated = public_text(buffer_str(&mutation->after)),
        .is_literal = about->is_literal,
        .is_killed = about->is_killed,
    };
    struct hearsay_rules_mutate_result *result = &mutation->result;
    *(about->is_literal ? &result->literals : &result->mutants) += 1;
    *(about->is_literal ? &result->literals_killed : &result->killed) += about->is_killed;
    if (mutation->options->report) {
        mutation->options->report(mutation->options->context, &told);
    }
    return !mutation->before.failed && !mutation->after.failed;
}

static bool tell(struct mutation *mutation, struct mutant *mutant) {
    struct mutant_told told = {
        .change = mutant->change, .is_literal = mutant->is_literal, .is_killed = mutant->is_killed};
    buffer_clear(&mutation->before);
    buffer_clear(&mutation->after);
    if (mutation->options->report) {
        told.place = write_change(mutation, mutant);
    }
    return mutation_tell(mutation, &told);
}

/* ---- Trying ---- */

/* A test that the rule itself fails says nothing about its mutants. */
static bool try_test(struct mutation *mutation, const struct rule_test *test, uint32_t index) {
    struct variation *variation = &mutation->variation;
    struct str text;
    if (!frame_text(test, index, &mutation->text, &text) ||
        !variation_text(variation, text, test->lang)) {
        return false;
    }
    bool should_fire = test->kind == TEST_FIRES;
    if (variation_fires(variation) == should_fire) {
        for (size_t i = 0; i < mutation->mutants.count; i++) {
            struct mutant *mutant = &mutation->mutants.items[i];
            mutant->is_killed = mutant->is_killed || answers(mutation, mutant) != should_fire;
        }
    }
    return variation->probe.matcher->status == HEARSAY_OK;
}

/* What no text told may a series tell. */
static bool try_series(struct mutation *mutation) {
    bool ok = true;
    for (size_t i = 0; ok && i < mutation->mutants.count; i++) {
        struct mutant *mutant = &mutation->mutants.items[i];
        if (!mutant->is_killed && !mutant->is_literal) {
            exchange_make(&mutant->exchange);
            ok = variation_series(&mutation->variation, &mutation->reels, &mutant->is_killed);
            exchange_make(&mutant->exchange);
        }
    }
    return ok;
}

static bool try_tests(struct mutation *mutation, const struct rule *rule) {
    for (uint32_t k = 0; k < rule->test_count; k++) {
        const struct rule_test *test = &rule->tests[k];
        for (uint32_t i = 0; !test->is_todo && i < frame_count(test); i++) {
            if (!try_test(mutation, test, i)) {
                return false;
            }
        }
    }
    return mutation->reels.count == 0 || try_series(mutation);
}

static bool mutate_rule(struct mutation *mutation, const struct rule *rule) {
    struct variation *variation = &mutation->variation;
    mutation->mutants = (struct mutants){0};
    reels_free(&mutation->reels);
    if (!variation_take(variation, rule) ||
        !mutants_list(&mutation->mutants, variation, mutation->options->with_literals) ||
        !reels_read(&mutation->reels, &variation->probe, rule) || !try_tests(mutation, rule)) {
        return false;
    }
    for (size_t i = 0; i < mutation->mutants.count; i++) {
        if (!tell(mutation, &mutation->mutants.items[i])) {
            return false;
        }
    }
    return (!rule->over || mutate_over(mutation)) &&
           (rule->ask_count == 0 || mutate_label(mutation));
}

enum hearsay_status hearsay_rules_mutate(const struct hearsay_rules *rules,
                                         const struct hearsay_rules_mutate_options *options,
                                         struct hearsay_rules_mutate_result *result,
                                         struct hearsay_failure *failure) {
    static const struct hearsay_rules_mutate_options none = {0};
    struct mutation mutation = {.options = options ? options : &none};
    bool ok = variation_open(&mutation.variation, rules);
    for (uint32_t i = 0; ok && i < rules->rule_count; i++) {
        const struct rule *rule = rules->rules[i].rule;
        bool is_chosen = rule_is_chosen(rule, mutation.options->run);
        mutation.result.rules += is_chosen;
        ok = !is_chosen || mutate_rule(&mutation, rule);
    }
    reels_free(&mutation.reels);
    variation_close(&mutation.variation);
    buffer_free(&mutation.text);
    buffer_free(&mutation.before);
    buffer_free(&mutation.after);
    if (!ok) {
        return failure_memory(failure);
    }
    *result = mutation.result;
    return HEARSAY_OK;
}
