#include "rule/weights.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "base/json.h"

#define NUMBER_MOST 50.0

struct reader {
    const json_t *root;
    struct str file;
    const struct ast *ast;
    struct weights *weights;
    struct hearsay_failure *failure;
};

static enum hearsay_status refuse(const struct reader *reader, const char *what) {
    return failure_set(reader->failure, HEARSAY_BAD_RULES, reader->file, 0, 0,
                       "these are no weights of this pack: %s", what);
}

static bool is_in_range(double number) {
    return isfinite(number) && fabs(number) <= NUMBER_MOST;
}

static bool read_number(const json_t *object, const char *key, double *number) {
    const json_t *value = json_object_get(object, key);
    *number = json_number_value(value);
    return json_is_number(value) && is_in_range(*number);
}

static bool read_hash(const json_t *object, const char *key, char out[DIGEST_HEX_SIZE]) {
    struct str text = json_member(object, key);
    if (text.len != DIGEST_HEX_SIZE - 1) {
        return false;
    }
    memcpy(out, text.ptr, text.len);
    out[text.len] = '\0';
    return true;
}

static const struct rule *rule_of(const struct map *ids, const struct ast *ast, struct str id) {
    uint32_t index = map_find(ids, id);
    return index == MAP_NONE ? NULL : &ast->rules[index];
}

/* Every rule's place by its id; private rules without one get a place under their name. */
static bool index_rules(const struct ast *ast, struct map *ids) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < ast->rule_count; i++) {
        const struct rule *rule = &ast->rules[i];
        bool is_new;
        struct str id = rule->meta.id.len > 0 ? rule->meta.id : rule->name;
        ok = map_intern(ids, id, &is_new) == i && is_new;
    }
    return ok;
}

static enum hearsay_status read_corrections(const struct reader *reader) {
    const struct ast *ast = reader->ast;
    struct weights *weights = reader->weights;
    json_t *rules = json_object_get(reader->root, "rules");
    struct map ids = {0};
    const char *id;
    json_t *value;
    weights->corrections = calloc(ast->rule_count + (size_t)1, sizeof *weights->corrections);
    if (!json_is_object(rules)) {
        return refuse(reader, "\"rules\" is no object");
    }
    if (!weights->corrections || !index_rules(ast, &ids)) {
        map_free(&ids);
        return failure_memory(reader->failure);
    }
    bool is_fine = true;
    json_object_foreach(rules, id, value) {
        const struct rule *rule = rule_of(&ids, ast, str_from_c(id));
        is_fine = is_fine && json_is_number(value) && is_in_range(json_number_value(value));
        if (rule && is_fine) {
            weights->corrections[rule->index] = json_number_value(value);
        }
    }
    map_free(&ids);
    return is_fine ? HEARSAY_OK : refuse(reader, "a rule's number is out of range");
}

static enum hearsay_status read_phrases(const struct reader *reader) {
    struct weights *weights = reader->weights;
    const json_t *text = json_object_get(reader->root, "text");
    json_t *phrases = json_object_get(text, "phrases");
    const char *phrase;
    json_t *value;
    if (!text) {
        return HEARSAY_OK;
    }
    size_t count = json_object_size(phrases);
    if (!json_is_object(phrases) || count > PHRASES_MOST ||
        !read_number(text, "unit", &weights->unit)) {
        return refuse(reader, "\"text\" needs a unit and phrases");
    }
    weights->phrase_weights = calloc(count + 1, sizeof *weights->phrase_weights);
    if (!weights->phrase_weights) {
        return failure_memory(reader->failure);
    }
    json_object_foreach(phrases, phrase, value) {
        json_int_t number = json_integer_value(value);
        if (!json_is_integer(value) || number < -PHRASE_WEIGHT_MOST ||
            number > PHRASE_WEIGHT_MOST) {
            return refuse(reader, "a phrase's number is out of range");
        }
        uint32_t index = map_intern(&weights->phrases, str_from_c(phrase), NULL);
        if (index == MAP_NONE) {
            return failure_memory(reader->failure);
        }
        weights->phrase_weights[index] = (int16_t)number;
    }
    return HEARSAY_OK;
}

static enum hearsay_status read_names(const struct reader *reader) {
    const json_t *names = json_object_get(json_object_get(reader->root, "text"), "names");
    size_t count = json_array_size(names);
    if (count > PHRASES_MOST) {
        return refuse(reader, "too many names");
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *name = json_array_get(names, i);
        if (!json_is_string(name)) {
            return refuse(reader, "a name is no string");
        }
        struct str text = {json_string_value(name), json_string_length(name)};
        if (map_intern(&reader->weights->names, text, NULL) == MAP_NONE) {
            return failure_memory(reader->failure);
        }
    }
    return HEARSAY_OK;
}

static enum hearsay_status read_head(const struct reader *reader) {
    struct weights *weights = reader->weights;
    if (!str_is(json_member(reader->root, "schema"), WEIGHTS_SCHEMA)) {
        return refuse(reader, "\"schema\" is not " WEIGHTS_SCHEMA);
    }
    if (!str_equal(json_member(reader->root, "pack"), reader->ast->name)) {
        return refuse(reader, "they were learned for a pack of another name");
    }
    if (!read_hash(reader->root, "pack_hash", weights->pack_hash) ||
        !read_hash(reader->root, "data_hash", weights->data_hash)) {
        return refuse(reader, "a hash is missing");
    }
    if (!read_number(reader->root, "intercept", &weights->intercept) ||
        !read_number(reader->root, "scale", &weights->scale) ||
        !read_number(reader->root, "alone", &weights->alone)) {
        return refuse(reader, "intercept, scale or alone is missing or out of range");
    }
    return HEARSAY_OK;
}

enum hearsay_status weights_read(struct str bytes, struct str file, const struct ast *ast,
                                 struct weights *weights, struct hearsay_failure *failure) {
    json_t *root = NULL;
    *weights = (struct weights){0};
    enum hearsay_status status = json_parse(bytes, file, &root, failure);
    if (status != HEARSAY_OK) {
        return status == HEARSAY_NO_MEMORY ? status : HEARSAY_BAD_RULES;
    }
    struct reader reader = {root, file, ast, weights, failure};
    digest_hex(hash128(bytes), weights->file_hash);
    status = read_head(&reader);
    if (status == HEARSAY_OK) {
        status = read_corrections(&reader);
    }
    if (status == HEARSAY_OK) {
        status = read_phrases(&reader);
    }
    if (status == HEARSAY_OK) {
        status = read_names(&reader);
    }
    json_decref(root);
    return status;
}

void weights_free(struct weights *weights) {
    free(weights->corrections);
    free(weights->phrase_weights);
    map_free(&weights->phrases);
    map_free(&weights->names);
    *weights = (struct weights){0};
}
