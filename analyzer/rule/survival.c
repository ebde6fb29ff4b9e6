#include "rule/survival.h"

#include "text/variant.h"

#define EXAMPLES_OF_KIND 2u

struct survival {
    struct probe *probe;
    const struct rule *rule;
    struct buffer variant;
    uint32_t made[VARIANT_COUNT];
    uint32_t fired[VARIANT_COUNT];
    struct buffer lost[VARIANT_COUNT]; /* lines: the first variants that were lost */
};

static bool try_variant(struct survival *survival, const struct rule_test *test,
                        enum variant_kind kind, uint64_t seed) {
    buffer_clear(&survival->variant);
    if (!variant_append(test->text, kind, seed, &survival->variant)) {
        return false;
    }
    struct str text = buffer_str(&survival->variant);
    if (str_equal(text, test->text)) {
        return true;
    }
    if (!probe_text(survival->probe, text, test->lang)) {
        return false;
    }
    bool fires = probe_fires(survival->probe, survival->rule);
    survival->made[kind]++;
    survival->fired[kind] += fires;
    if (!fires && survival->made[kind] - survival->fired[kind] <= EXAMPLES_OF_KIND) {
        struct buffer *lost = &survival->lost[kind];
        buffer_append_c(lost, "    ");
        append_quoted(lost, text, '"');
        buffer_printf(lost, " (line %u)\n", probe_line(&survival->probe->pack->ast, test->place));
    }
    return survival->probe->matcher->status == HEARSAY_OK;
}

static bool try_test(struct survival *survival, const struct rule_test *test) {
    if (!probe_text(survival->probe, test->text, test->lang)) {
        return false;
    }
    if (!probe_fires(survival->probe, survival->rule)) {
        return survival->probe->matcher->status == HEARSAY_OK;
    }
    for (int kind = 0; kind < VARIANT_COUNT; kind++) {
        for (uint64_t seed = 1; seed <= SURVIVAL_DRAWS; seed++) {
            if (!try_variant(survival, test, (enum variant_kind)kind, seed)) {
                return false;
            }
        }
    }
    return true;
}

/* Kinds of which none was lost say so in one word; the others with examples. */
static void list_kinds(const struct survival *survival, struct buffer *out) {
    for (int kind = 0; kind < VARIANT_COUNT; kind++) {
        if (survival->made[kind] > 0) {
            buffer_printf(out, "  %c %s: %u of %u fire\n",
                          survival->fired[kind] < survival->made[kind] ? '+' : ' ',
                          variant_name((enum variant_kind)kind), survival->fired[kind],
                          survival->made[kind]);
            buffer_append_str(out, buffer_str(&survival->lost[kind]));
            out->failed = out->failed || survival->lost[kind].failed;
        }
    }
}

static void report_survival(const struct survival *survival, double share,
                            struct test_report *report) {
    uint32_t made = 0;
    uint32_t fired = 0;
    for (int kind = 0; kind < VARIANT_COUNT; kind++) {
        made += survival->made[kind];
        fired += survival->fired[kind];
    }
    if (made == 0) {
        buffer_append_c(&report->message, "no fires test of the rule passes and can be varied");
    } else if ((double)fired / made < share) {
        buffer_printf(&report->message, "%u of %u variants still fire (", fired, made);
        buffer_append_double(&report->message, (double)fired / made, 3);
        buffer_append_c(&report->message, "), less than ");
        buffer_append_double(&report->message, share, 6);
        list_kinds(survival, &report->detail);
    }
}

bool survival_judge(struct probe *probe, const struct rule *rule, double share,
                    struct test_report *report) {
    struct survival survival = {.probe = probe, .rule = rule};
    bool ok = true;
    for (uint32_t i = 0; ok && i < rule->test_count; i++) {
        const struct rule_test *test = &rule->tests[i];
        if (test->kind == TEST_FIRES && !test->each && !test->is_todo) {
            ok = try_test(&survival, test);
        }
    }
    if (ok) {
        report_survival(&survival, share, report);
    }
    buffer_free(&survival.variant);
    for (int kind = 0; kind < VARIANT_COUNT; kind++) {
        buffer_free(&survival.lost[kind]);
    }
    return ok;
}
