/* Checks that need the whole pack: names, ids, groups, header. */
#include "rule/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct diagnostic *add(struct checker *checker, const char *code, enum severity severity,
                              struct place place, const char *format, va_list arguments) {
    char message[512];
    vsnprintf(message, sizeof message, format, arguments);
    return diagnostics_add(checker->diagnostics, code, severity, place, "%s", message);
}

struct diagnostic *check_error(struct checker *checker, const char *code, struct place place,
                               const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *diagnostic = add(checker, code, SEVERITY_ERROR, place, format, arguments);
    va_end(arguments);
    return diagnostic;
}

struct diagnostic *check_warning(struct checker *checker, const char *code, struct place place,
                                 const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *diagnostic = add(checker, code, SEVERITY_WARNING, place, format, arguments);
    va_end(arguments);
    return diagnostic;
}

void expr_walk(struct expr *expr, void (*visit)(void *context, struct expr *expr), void *context) {
    if (!expr) {
        return;
    }
    visit(context, expr);
    for (uint32_t i = 0; i < expr->child_count; i++) {
        expr_walk(expr->children[i], visit, context);
    }
}

static void second(struct diagnostic *diagnostic, struct place place, struct str label) {
    if (diagnostic) {
        diagnostic->has_second = true;
        diagnostic->second = place;
        diagnostic->second_label = label;
    }
}

static void check_names(struct checker *checker) {
    struct ast *ast = checker->ast;
    for (uint32_t i = 0; i < ast->rule_count && !checker->is_out_of_memory; i++) {
        struct rule *rule = &ast->rules[i];
        bool is_new;
        uint32_t index = map_intern(&checker->rule_names, rule->name, &is_new);
        if (index == MAP_NONE) {
            checker->is_out_of_memory = true;
        } else if (is_new) {
            checker->rules_by_name[index] = rule;
        } else {
            second(check_error(checker, E_RULE_TWICE, rule->name_place,
                               "the rule `%.*s` is declared twice", (int)rule->name.len,
                               rule->name.ptr),
                   checker->rules_by_name[index]->name_place, STR("declared here first"));
        }
    }
}

static void check_ids(struct checker *checker) {
    struct ast *ast = checker->ast;
    struct map ids = {0};
    struct rule **first = calloc(ast->rule_count + 1u, sizeof(struct rule *));
    checker->is_out_of_memory = checker->is_out_of_memory || !first;
    for (uint32_t i = 0; i < ast->rule_count && !checker->is_out_of_memory; i++) {
        struct rule *rule = &ast->rules[i];
        if (rule->meta.id.len == 0) {
            if (rule->meta.id_place.end == 0 && !rule->is_private) {
                struct diagnostic *diagnostic =
                    check_error(checker, E_ID_MISSING, rule->name_place, "this rule has no id");
                if (diagnostic) {
                    diagnostic->help =
                        STR("add `meta: id = \"HS-0001\"`; results name rules by it");
                }
            }
            continue;
        }
        bool is_new;
        uint32_t index = map_intern(&ids, rule->meta.id, &is_new);
        if (index == MAP_NONE) {
            checker->is_out_of_memory = true;
        } else if (is_new) {
            first[index] = rule;
        } else {
            second(check_error(checker, E_ID_TWICE, rule->meta.id_place, "the id `%.*s` is taken",
                               (int)rule->meta.id.len, rule->meta.id.ptr),
                   first[index]->meta.id_place, STR("by this rule"));
        }
    }
    map_free(&ids);
    free(first);
}

/* One group has one cap, in whichever of its rules it stands. */
static void check_groups(struct checker *checker) {
    struct ast *ast = checker->ast;
    struct map groups = {0};
    const struct outcome **capped = calloc(ast->rule_count + 1u, sizeof(struct outcome *));
    checker->is_out_of_memory = checker->is_out_of_memory || !capped;
    for (uint32_t i = 0; i < ast->rule_count && !checker->is_out_of_memory; i++) {
        const struct rule *rule = &ast->rules[i];
        const struct outcome *outcome = &rule->outcome;
        if (outcome->has_cap && outcome->group.len == 0) {
            check_error(checker, E_CAP_WITHOUT_GROUP, rule->name_place,
                        "the outcome of `%.*s` has a cap but no group", (int)rule->name.len,
                        rule->name.ptr);
        }
        if (!outcome->has_cap || outcome->group.len == 0) {
            continue;
        }
        bool is_new;
        uint32_t index = map_intern(&groups, outcome->group, &is_new);
        if (index == MAP_NONE) {
            checker->is_out_of_memory = true;
        } else if (is_new) {
            capped[index] = outcome;
        } else if (capped[index]->cap != outcome->cap) {
            check_error(checker, E_CAP_CONFLICT, rule->name_place,
                        "the group `%.*s` has two caps: %g and %g", (int)outcome->group.len,
                        outcome->group.ptr, capped[index]->cap, outcome->cap);
        }
    }
    map_free(&groups);
    free(capped);
}

static void check_rule(struct checker *checker, struct rule *rule) {
    struct str name = rule->name;
    /* These are said of sound packs only: an error may well have hidden what they miss. */
    if (checker->diagnostics->error_count > 0) {
        return;
    }
    if (rule->test_count == 0 && rule->series_count == 0 && !rule->is_private) {
        check_warning(checker, W_NO_TESTS, rule->name_place, "the rule `%.*s` has no tests",
                      (int)name.len, name.ptr);
    }
    const struct outcome *outcome = &rule->outcome;
    bool has_outcome = outcome->has_weight || outcome->group.len > 0 ||
                       outcome->extract_count > 0 || outcome->label_count > 0;
    if (rule->is_private && has_outcome) {
        check_warning(checker, W_PRIVATE_OUTCOME, rule->name_place,
                      "the outcome of a private rule has no effect");
    } else if (!rule->is_private && !outcome->has_weight) {
        check_warning(checker, W_WEIGHT_MISSING, rule->name_place,
                      "the rule `%.*s` has no weight and adds nothing to a score", (int)name.len,
                      name.ptr);
    }
    if (rule->is_private && !checker->is_referenced[rule->index]) {
        check_warning(checker, W_PRIVATE_UNUSED, rule->name_place,
                      "no rule refers to the private rule `%.*s`", (int)name.len, name.ptr);
    }
}

static void check_lists(struct checker *checker) {
    struct ast *ast = checker->ast;
    bool *is_used = calloc(ast->list_count + 1u, sizeof *is_used);
    checker->is_out_of_memory = checker->is_out_of_memory || !is_used;
    for (uint32_t i = 0; i < ast->rule_count && is_used; i++) {
        for (uint32_t j = 0; j < ast->rules[i].term_count; j++) {
            const struct term *term = &ast->rules[i].terms[j];
            for (uint32_t k = 0; k < term->use_count; k++) {
                if (term->uses[k].list) {
                    is_used[term->uses[k].list - ast->lists] = true;
                }
            }
        }
    }
    bool is_sound = checker->diagnostics->error_count == 0;
    for (uint32_t i = 0; i < ast->list_count && is_used && is_sound; i++) {
        if (!is_used[i]) {
            check_warning(checker, W_LIST_UNUSED, ast->lists[i].place, "no term uses `@%.*s`",
                          (int)ast->lists[i].name.len, ast->lists[i].name.ptr);
        }
    }
    free(is_used);
}

/* Was a file left unread? Then the header may well stand in it. */
static bool is_file_unread(const struct diagnostics *diagnostics) {
    for (size_t i = 0; i < diagnostics->count; i++) {
        const char *code = diagnostics->items[i].code;
        if (strcmp(code, E_NOT_UTF8) == 0 || strcmp(code, E_FILE_TOO_LARGE) == 0) {
            return true;
        }
    }
    return false;
}

static void check_header(struct checker *checker) {
    const struct ast *ast = checker->ast;
    if (ast->name.len > 0 || ast->file_count == 0 || is_file_unread(checker->diagnostics)) {
        return;
    }
    struct diagnostic *diagnostic = check_error(checker, E_PACK_MISSING, (struct place){0, 0, 0},
                                                "no file of this pack has a header");
    if (diagnostic) {
        diagnostic->help = STR("begin one file with: pack my-pack version 1.0.0 requires "
                               "hearsay >= 0.1");
    }
}

enum hearsay_status rules_check(struct ast *ast, struct diagnostics *diagnostics) {
    struct checker checker = {.ast = ast, .diagnostics = diagnostics};
    checker.rules_by_name = calloc(ast->rule_count + 1u, sizeof(struct rule *));
    checker.is_referenced = calloc(ast->rule_count + 1u, sizeof(bool));
    checker.has_references = calloc(ast->rule_count + 1u, sizeof(bool));
    checker.is_visited = calloc(ast->rule_count + 1u, sizeof(bool));
    checker.gates = calloc(ast->rule_count + 1u, sizeof *checker.gates);
    checker.is_out_of_memory = !checker.rules_by_name || !checker.is_referenced ||
                               !checker.has_references || !checker.is_visited || !checker.gates;
    check_header(&checker);
    check_names(&checker);
    check_ids(&checker);
    check_groups(&checker);
    check_lists(&checker);
    if (!checker.is_out_of_memory) {
        check_references(&checker);
    }
    for (uint32_t i = 0; i < ast->rule_count && !checker.is_out_of_memory; i++) {
        check_terms(&checker, &ast->rules[i]);
        check_wording(&checker, &ast->rules[i]);
        check_over(&checker, &ast->rules[i]);
    }
    if (!checker.is_out_of_memory) {
        check_labels(&checker);
        check_gates(&checker);
    }
    for (uint32_t i = 0; i < ast->rule_count && !checker.is_out_of_memory; i++) {
        check_rule(&checker, &ast->rules[i]);
    }
    map_free(&checker.rule_names);
    free(checker.rules_by_name);
    free(checker.is_referenced);
    free(checker.has_references);
    free(checker.is_visited);
    free(checker.gates);
    return checker.is_out_of_memory || diagnostics->failed ? HEARSAY_NO_MEMORY : HEARSAY_OK;
}
