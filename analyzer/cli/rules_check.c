/* `hearsay rules check`: what is wrong with a pack, and what its rules cost before any post is
 * read. */
#include <stdio.h>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"

struct check {
    struct buffer problems; /* JSON, without the brackets */
    size_t errors;
    size_t warnings;
    struct buffer costs; /* JSON or text */
    bool is_json;
    size_t ungated;
};

static struct str text_of(struct hearsay_text text) {
    return (struct str){text.ptr, text.len};
}

/* ---- JSON ---- */

static void append_text(struct buffer *out, const char *key, struct hearsay_text text) {
    buffer_printf(out, "\"%s\":", key);
    if (text.len == 0) {
        buffer_append_c(out, "null,");
    } else {
        json_append_string(out, text_of(text));
        buffer_append_byte(out, ',');
    }
}

static void append_count(struct buffer *out, const char *key, uint64_t count) {
    buffer_printf(out, "\"%s\":%llu", key, (unsigned long long)count);
}

static void take_problem(void *context, const struct hearsay_problem *problem) {
    struct check *check = context;
    struct buffer *out = &check->problems;
    *(problem->is_error ? &check->errors : &check->warnings) += 1;
    buffer_append_c(out, out->len > 0 ? ",\n{" : "\n{");
    buffer_printf(out, "\"severity\":\"%s\",", problem->is_error ? "error" : "warning");
    append_text(out, "code", problem->code);
    append_text(out, "name", problem->name);
    append_text(out, "message", problem->message);
    append_text(out, "help", problem->help);
    append_text(out, "file", problem->file);
    append_count(out, "line", problem->line);
    buffer_append_byte(out, ',');
    append_count(out, "column", problem->column);
    buffer_append_byte(out, '}');
}

static void append_price_json(struct buffer *out, const struct hearsay_rules_price *price) {
    buffer_append_c(out, out->len > 0 ? ",\n{" : "\n{");
    append_text(out, "rule", price->rule);
    append_text(out, "rule_id", price->rule_id);
    append_text(out, "term", price->term);
    append_text(out, "file", price->file);
    append_count(out, "line", price->line);
    buffer_printf(out, ",\"kind\":\"%s\",\"prefilter\":\"%s\",", price->kind, price->prefilter);
    append_text(out, "requires", price->requires);
    append_count(out, "literals", price->literals);
    buffer_append_byte(out, ',');
    append_count(out, "regexes", price->regexes);
    buffer_append_byte(out, ',');
    append_count(out, "steps_most", price->steps_most);
    buffer_printf(out, ",\"ungated\":%s,\"accepted\":%s}", price->is_ungated ? "true" : "false",
                  price->is_accepted ? "true" : "false");
}

static int print_json(struct check *check, const struct hearsay_rules *rules, bool is_whole) {
    struct buffer out = {0};
    buffer_append_c(&out, "{\"schema\":\"hearsay.rules-check/1\",\"pack\":");
    if (rules) {
        json_append_string(&out, str_from_c(hearsay_rules_name(rules)));
        buffer_append_c(&out, ",\"version\":");
        json_append_string(&out, str_from_c(hearsay_rules_version(rules)));
        buffer_printf(&out, ",\"rules\":%zu", hearsay_rules_count(rules));
    } else {
        buffer_append_c(&out, "null,\"version\":null,\"rules\":null");
    }
    /* The loader tells 100 of each kind; how many there were stands on standard error. */
    buffer_printf(&out, ",\"sound\":%s,\"errors\":%zu,\"warnings\":%zu,\"problems\":[",
                  is_whole ? "true" : "false", check->errors, check->warnings);
    buffer_append_str(&out, buffer_str(&check->problems));
    buffer_append_c(&out, "],\n\"costs\":[");
    buffer_append_str(&out, buffer_str(&check->costs));
    buffer_append_c(&out, "]}\n");
    out.failed = out.failed || check->problems.failed || check->costs.failed;
    return terminal_print(&out);
}

/* ---- Text ---- */

static void append_price_text(struct check *check, const struct hearsay_rules_price *price) {
    struct buffer *out = &check->costs;
    bool is_rule = price->term.len == 0;
    struct str id = text_of(price->rule_id.len > 0 ? price->rule_id : price->rule);
    struct str name = is_rule ? id : text_of(price->term);
    buffer_append_c(out, is_rule ? "" : "  $");
    buffer_append_str(out, name);
    for (size_t at = name.len + (is_rule ? 0 : 3); at < 20; at++) {
        buffer_append_byte(out, ' ');
    }
    buffer_printf(out, " %-8s %-11s", price->kind, price->prefilter);
    if (price->regexes > 0) {
        buffer_printf(out, " at most %llu steps%s", (unsigned long long)price->steps_most,
                      price->regexes > 1 ? " in all" : "");
    }
    if (price->requires.len > 0) {
        buffer_append_c(out, " requires ");
        terminal_append_safe(out, text_of(price->requires));
    } else if (price->literals > 0 && !is_rule) {
        buffer_printf(out, " %llu literals", (unsigned long long)price->literals);
    }
    if (price->is_ungated) {
        buffer_append_c(out, is_rule ? " UNGATED: tried on every post"
                                     : " kept off by other terms only");
        buffer_append_c(out, price->is_accepted ? ", accepted" : "");
    }
    buffer_append_byte(out, '\n');
}

static void take_price(void *context, const struct hearsay_rules_price *price) {
    struct check *check = context;
    check->ungated += price->term.len == 0 && price->is_ungated;
    if (check->is_json) {
        append_price_json(&check->costs, price);
    } else {
        append_price_text(check, price);
    }
}

static int print_text(const struct arguments *arguments, struct check *check,
                      const struct hearsay_rules *rules) {
    struct buffer out = {0};
    buffer_append_str(&out, buffer_str(&check->costs));
    if (!arguments_has(arguments, OPTION_QUIET)) {
        buffer_printf(&out, "pack %s version %s: %zu rules, no errors", hearsay_rules_name(rules),
                      hearsay_rules_version(rules), hearsay_rules_count(rules));
        if (arguments_has(arguments, OPTION_COST)) {
            buffer_printf(&out, "; %zu tried on every post", check->ungated);
        }
        buffer_append_byte(&out, '\n');
    }
    out.failed = out.failed || check->costs.failed;
    return terminal_print(&out);
}

int command_rules_check(const struct arguments *arguments) {
    struct check check = {.is_json = arguments_has(arguments, OPTION_JSON)};
    struct hearsay_rules *rules = NULL;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = HEARSAY_OK;
    int code = rule_set_load_telling(arguments->items[0], take_problem, &check, &rules);
    bool is_told = code == EXIT_DONE || (code == EXIT_RULES && check.is_json);
    if (code == EXIT_DONE && (check.is_json || arguments_has(arguments, OPTION_COST))) {
        status = hearsay_rules_prices(rules, take_price, &check, &failure);
    }
    if (status != HEARSAY_OK) {
        code = terminal_fail(status, &failure);
    } else if (is_told) {
        int printed = check.is_json ? print_json(&check, rules, code == EXIT_DONE)
                                    : print_text(arguments, &check, rules);
        code = code == EXIT_DONE ? printed : code;
    }
    buffer_free(&check.problems);
    buffer_free(&check.costs);
    hearsay_rules_free(rules);
    return code;
}
