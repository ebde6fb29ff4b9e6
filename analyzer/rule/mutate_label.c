/* Mutants of what a rule asks of labels: a question left out, a question turned round. Texts of
 * tests have no account, so that only series tell. */
#include "rule/mutation.h"
#include "rule/print.h"

static const struct expr *question(const struct expr *where, const struct field_test *ask) {
    bool is_it = where->kind == EXPR_FIELD && where->field == ask;
    const struct expr *found = is_it ? where : NULL;
    for (uint32_t i = 0; i < where->child_count && !found; i++) {
        found = question(where->children[i], ask);
    }
    return found && where->kind == EXPR_NOT ? where : found;
}

static bool try_ask(struct mutation *mutation, const struct rule *changed,
                    const struct field_test *ask, const char *change) {
    const struct rule *rule = mutation->variation.rule;
    struct mutant_told told = {.place = ask->place, .change = change};
    if (!reels_try_changed(&mutation->reels, rule, changed, &told.is_killed)) {
        return false;
    }
    buffer_clear(&mutation->before);
    buffer_clear(&mutation->after);
    const struct expr *asked = question(rule->where, ask);
    if (asked) {
        expr_print(asked, &mutation->before);
    }
    if (asked && changed->ask_count == rule->ask_count) {
        const struct expr *turned = asked->kind == EXPR_NOT
                                        ? asked->children[0]
                                        : variation_negation(&mutation->variation, asked);
        if (!turned) {
            return false;
        }
        expr_print(turned, &mutation->after);
    }
    return mutation_tell(mutation, &told);
}

bool mutate_label(struct mutation *mutation) {
    const struct rule *rule = mutation->variation.rule;
    struct field_test **asks =
        arena_array(&mutation->variation.arena, rule->ask_count + (size_t)1, sizeof(void *));
    bool ok = asks;
    for (uint32_t i = 0; ok && i < rule->ask_count; i++) {
        struct rule changed = *rule;
        struct field_test turned = *rule->asks[i];
        turned.is_assumed = !turned.is_assumed;
        changed.asks = asks;
        for (uint32_t k = 0; k < rule->ask_count; k++) {
            asks[k] = k == i ? &turned : rule->asks[k];
        }
        ok = try_ask(mutation, &changed, rule->asks[i], "negate");
        asks[i] = asks[rule->ask_count - 1]; /* their order is of no account */
        changed.ask_count--;
        ok = ok && try_ask(mutation, &changed, rule->asks[i], "drop operand");
    }
    return ok;
}
