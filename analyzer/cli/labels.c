#include "cli/labels.h"

#include <stdlib.h>

#include "base/failure.h"
#include "source/files.h"

#define LABELS_LIMIT_BYTES ((size_t)1 << 30)

static const char *const stances[] = {"self_claim", "relay", "sourced_report", "denial", "general",
                                      "unrelated",  NULL};
static const char *const incidents[] = {
    "data_leak",   "data_sale",   "intrusion", "control_hijack", "defacement",
    "ddos_outage", "destructive", "extortion", "none",           NULL};
static const char *const evidences[] = {"none",          "described",   "link_unknown",
                                        "link_artefact", "link_source", NULL};

static const struct vocabulary {
    const char *key;
    const char *const *words;
} vocabularies[] = {{"stance", stances}, {"incident", incidents}, {"evidence", evidences}};

const char *labels_stance_at(size_t index) {
    return index < sizeof stances / sizeof stances[0] ? stances[index] : NULL;
}

bool labels_flag(const json_t *row) {
    struct str stance = json_member(row, "stance");
    return (str_is(stance, "self_claim") || str_is(stance, "relay")) &&
           !str_is(json_member(row, "incident"), "none") &&
           !str_is(json_member(row, "evidence"), "link_source");
}

static bool is_known(const struct vocabulary *vocabulary, struct str word) {
    for (size_t i = 0; vocabulary->words[i]; i++) {
        if (str_is(word, vocabulary->words[i])) {
            return true;
        }
    }
    return false;
}

#define LABEL_WEIGHT_MOST 1000.0

static enum hearsay_status check_weight(const json_t *row, struct str file, uint64_t line,
                                        struct hearsay_failure *failure) {
    const json_t *weight = json_object_get(row, "weight");
    double value = json_number_value(weight);
    if (!weight || (json_is_number(weight) && value > 0 && value <= LABEL_WEIGHT_MOST)) {
        return HEARSAY_OK;
    }
    return failure_set(failure, HEARSAY_BAD_INPUT, file, line, 0,
                       "the weight is no number above 0 and up to %.0f", LABEL_WEIGHT_MOST);
}

static enum hearsay_status check_row(const json_t *row, struct str file, uint64_t line,
                                     struct hearsay_failure *failure) {
    if (json_member(row, "id").len == 0) {
        return failure_set(failure, HEARSAY_BAD_INPUT, file, line, 0,
                           "a label needs an \"id\" that is a string");
    }
    for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++) {
        struct str word = json_member(row, vocabularies[i].key);
        if (!is_known(&vocabularies[i], word)) {
            return failure_set(failure, HEARSAY_BAD_INPUT, file, line, 0,
                               "\"%s\": \"%.*s\" is none of the code book's values",
                               vocabularies[i].key, (int)(word.len < 60 ? word.len : 60),
                               word.len ? word.ptr : "");
        }
    }
    return check_weight(row, file, line, failure);
}

static bool says_the_same(const json_t *a, const json_t *b) {
    for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++) {
        if (!str_equal(json_member(a, vocabularies[i].key), json_member(b, vocabularies[i].key))) {
            return false;
        }
    }
    return true;
}

/* Takes over `row`. */
static bool add_row(struct labels *labels, json_t *row) {
    bool is_new = false;
    const json_t *flag = json_object_get(row, "flag");
    uint32_t index = map_intern(&labels->ids, json_member(row, "id"), &is_new);
    if (index == MAP_NONE) {
        json_decref(row);
        return false;
    }
    labels->read++;
    if (json_is_boolean(flag) || json_is_integer(flag)) {
        bool said = json_is_true(flag) || json_integer_value(flag) != 0;
        labels->flag_differs += said != labels_flag(row);
    }
    if (is_new) {
        bool *grown = realloc(labels->is_contradictory, ((size_t)index + 1) * sizeof *grown);
        if (!grown) {
            json_decref(row);
            return false;
        }
        labels->is_contradictory = grown;
        grown[index] = false;
        return json_array_append_new(labels->rows, row) == 0;
    }
    if (says_the_same(row, json_array_get(labels->rows, index))) {
        labels->repeated++;
    } else {
        labels->contradictory += !labels->is_contradictory[index];
        labels->is_contradictory[index] = true;
    }
    json_decref(row);
    return true;
}

static enum hearsay_status read_line(struct labels *labels, struct str line, struct str file,
                                     uint64_t number, struct hearsay_failure *failure) {
    json_t *row = NULL;
    enum hearsay_status status = json_parse(line, file, &row, failure);
    if (status != HEARSAY_OK) {
        if (failure) {
            failure->line = number;
        }
        return status;
    }
    status = check_row(row, file, number, failure);
    if (status != HEARSAY_OK) {
        json_decref(row);
        return status;
    }
    return add_row(labels, row) ? HEARSAY_OK : failure_memory(failure);
}

enum hearsay_status labels_read(struct str text, struct str file, struct labels *labels,
                                struct hearsay_failure *failure) {
    enum hearsay_status status = HEARSAY_OK;
    uint64_t number = 0;
    *labels = (struct labels){.rows = json_array()};
    if (!labels->rows) {
        return failure_memory(failure);
    }
    for (size_t from = 0; status == HEARSAY_OK && from < text.len;) {
        size_t end = str_find_byte(text, '\n', from);
        struct str line = str_trim(str_slice(text, from, end));
        number++;
        if (line.len > 0) {
            status = read_line(labels, line, file, number, failure);
        }
        from = end == STR_NOT_FOUND ? text.len : end + 1;
    }
    if (status == HEARSAY_OK && labels->read == 0) {
        status = failure_set(failure, HEARSAY_BAD_INPUT, file, 0, 0, "holds no labels");
    }
    return status;
}

enum hearsay_status labels_load(const char *path, struct labels *labels,
                                struct hearsay_failure *failure) {
    char *bytes = NULL;
    size_t len = 0;
    *labels = (struct labels){0};
    enum hearsay_status status = files_load(path, LABELS_LIMIT_BYTES, &bytes, &len, failure);
    if (status == HEARSAY_OK) {
        status = labels_read((struct str){bytes, len}, str_from_c(path), labels, failure);
    }
    free(bytes);
    return status;
}

void labels_free(struct labels *labels) {
    json_decref(labels->rows);
    map_free(&labels->ids);
    free(labels->is_contradictory);
    *labels = (struct labels){0};
}
