/* From rule files to a pack: read, parse, check, show what is wrong, compile, hash. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/failure.h"
#include "base/hash.h"
#include "rule/codes.h"
#include "rule/compile.h"
#include "rule/diagnostic.h"
#include "rule/parser.h"
#include "stats/library.h"

/* A file that the pack was made from, for its hash. */
struct source {
    struct str name;
    struct digest digest;
};

struct loader {
    const struct hearsay_rules_options *options;
    struct hearsay_rules *pack;
    struct hearsay_failure *failure;
    struct source *sources;
    size_t source_count;
    size_t source_capacity;
};

/* Folders differ from machine to machine, contents do not: files enter the hash by their last name,
 * lists by the path that stands in the rule file. */
static struct str last_name(struct str path) {
    size_t from = path.len;
    while (from > 0 && path.ptr[from - 1] != '/') {
        from--;
    }
    return str_slice(path, from, path.len);
}

static bool add_source(struct loader *loader, struct str name, struct str bytes) {
    struct arena *arena = &loader->pack->arena;
    if (loader->source_count == loader->source_capacity) {
        size_t wanted = loader->source_capacity ? loader->source_capacity * 2 : 16;
        struct source *grown = realloc(loader->sources, wanted * sizeof *grown);
        if (!grown) {
            return false;
        }
        loader->sources = grown;
        loader->source_capacity = wanted;
    }
    struct source source = {.digest = hash128(bytes)};
    if (!arena_copy(arena, name, &source.name)) {
        return false;
    }
    loader->sources[loader->source_count++] = source;
    return true;
}

static int compare_sources(const void *a, const void *b) {
    const struct source *left = a;
    const struct source *right = b;
    int order = str_compare(left->name, right->name);
    return order != 0 ? order : digest_compare(left->digest, right->digest);
}

static void hash_pack(struct loader *loader) {
    struct digest total = {0, 0};
    if (loader->source_count > 1) {
        qsort(loader->sources, loader->source_count, sizeof *loader->sources, compare_sources);
    }
    for (size_t i = 0; i < loader->source_count; i++) {
        const struct source *source = &loader->sources[i];
        if (i > 0 && compare_sources(source - 1, source) == 0) {
            continue; /* one list, named by two rule files */
        }
        const struct str fields[] = {
            {(const char *)&total, sizeof total},
            source->name,
            {(const char *)&source->digest, sizeof source->digest},
        };
        total = hash128_fields(fields, 3);
    }
    digest_hex(total, loader->pack->hash);
}

/* ---- Reading ---- */

/* Relative to the folder of the rule file that names it. */
static bool resolve(struct str rule_file, struct str path, struct buffer *out) {
    size_t folder = rule_file.len - last_name(rule_file).len;
    if (path.len == 0 || path.ptr[0] != '/') {
        buffer_append_str(out, str_slice(rule_file, 0, folder));
    }
    buffer_append_str(out, path);
    return buffer_append_byte(out, '\0') && !out->failed;
}

static enum hearsay_status read_list(void *context, struct str rule_file, struct str path,
                                     char **bytes, size_t *len) {
    struct loader *loader = context;
    const struct hearsay_rules_options *options = loader->options;
    struct buffer resolved = {0};
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (resolve(rule_file, path, &resolved)) {
        status = options->read_file(options->context, resolved.ptr, bytes, len);
    }
    buffer_free(&resolved);
    struct str name = rule_file.len > 0 ? path : last_name(path); /* an import is a rule file */
    if (status == HEARSAY_OK && !add_source(loader, name, (struct str){*bytes, *len})) {
        free(*bytes);
        *bytes = NULL;
        status = HEARSAY_NO_MEMORY;
    }
    return status;
}

static int compare_files(const void *a, const void *b) {
    return str_compare(((const struct source_file *)a)->name,
                       ((const struct source_file *)b)->name);
}

static enum hearsay_status read_rule_file(struct loader *loader, const char *path,
                                          struct source_file *file) {
    const struct hearsay_rules_options *options = loader->options;
    struct arena *arena = &loader->pack->ast.arena;
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status = options->read_file(options->context, path, &bytes, &len);
    if (status != HEARSAY_OK) {
        return failure_set(loader->failure, status, str_from_c(path), 0, 0,
                           "cannot read this rule file");
    }
    bool ok = arena_copy(arena, str_from_c(path), &file->name) &&
              arena_copy(arena, (struct str){bytes, len}, &file->text) &&
              add_source(loader, last_name(file->name), file->text);
    free(bytes);
    return ok ? HEARSAY_OK : failure_memory(loader->failure);
}

static enum hearsay_status read_files(struct loader *loader) {
    const struct hearsay_rules_options *options = loader->options;
    struct ast *ast = &loader->pack->ast;
    ast->files = arena_array(&ast->arena, options->file_count, sizeof *ast->files);
    if (!ast->files) {
        return failure_memory(loader->failure);
    }
    ast->file_count = (uint32_t)options->file_count;
    for (size_t i = 0; i < options->file_count; i++) {
        enum hearsay_status status = read_rule_file(loader, options->files[i], &ast->files[i]);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    if (options->file_count > 1) {
        qsort(ast->files, options->file_count, sizeof *ast->files, compare_files);
    }
    return HEARSAY_OK;
}

/* ---- Diagnostics ---- */

static struct hearsay_text public_text(struct str text) {
    return (struct hearsay_text){text.ptr, text.len};
}

static struct str code_name(const char *code) {
    const struct code *row;
    for (size_t i = 0; (row = code_at(i)); i++) {
        if (str_is(str_from_c(row->code), code)) {
            return str_from_c(row->name);
        }
    }
    return STR_EMPTY;
}

static void tell_problem(const struct loader *loader, const struct diagnostic *diagnostic) {
    const struct ast *ast = &loader->pack->ast;
    uint32_t file = diagnostic->place.file;
    struct hearsay_problem problem = {
        .is_error = diagnostic->severity == SEVERITY_ERROR,
        .code = public_text(str_from_c(diagnostic->code)),
        .name = public_text(code_name(diagnostic->code)),
        .message = public_text(diagnostic->message),
        .help = public_text(diagnostic->help),
        .file = public_text(file < ast->file_count ? ast->files[file].name : STR_EMPTY),
    };
    diagnostic_spot(diagnostic, ast->files, ast->file_count, &problem.line, &problem.column);
    loader->options->problem(loader->options->context, &problem);
}

static bool show_all(const struct loader *loader, struct diagnostics *diagnostics) {
    const struct hearsay_rules_options *options = loader->options;
    const struct ast *ast = &loader->pack->ast;
    struct buffer text = {0};
    bool ok = true;
    if (options->errors_only && diagnostics->error_count == 0) {
        return true;
    }
    diagnostics_sort(diagnostics);
    for (size_t i = 0; options->problem && i < diagnostics->count; i++) {
        tell_problem(loader, &diagnostics->items[i]);
    }
    for (size_t i = 0; options->diagnostic && ok && i < diagnostics->count; i++) {
        buffer_clear(&text);
        ok = diagnostic_render(&diagnostics->items[i], ast->files, ast->file_count, options->colour,
                               &text);
        if (ok) {
            options->diagnostic(options->context, text.ptr, text.len);
        }
    }
    buffer_clear(&text);
    if (options->diagnostic && ok &&
        diagnostics_render_total(diagnostics, options->colour, &text) && text.len > 0) {
        options->diagnostic(options->context, text.ptr, text.len);
    }
    buffer_free(&text);
    return ok;
}

/* ---- Learned weights ---- */

static enum hearsay_status read_weights(struct loader *loader) {
    const struct hearsay_rules_options *options = loader->options;
    struct hearsay_rules *pack = loader->pack;
    char *bytes = NULL;
    size_t len = 0;
    if (!options->weights) {
        return HEARSAY_OK;
    }
    struct str file = str_from_c(options->weights);
    enum hearsay_status status =
        options->read_file(options->context, options->weights, &bytes, &len);
    if (status != HEARSAY_OK) {
        return failure_set(loader->failure, status, file, 0, 0, "cannot read these weights");
    }
    status =
        weights_read((struct str){bytes, len}, file, &pack->ast, &pack->weights, loader->failure);
    free(bytes);
    pack->has_weights = status == HEARSAY_OK;
    return status;
}

static void check_weights(const struct loader *loader, struct diagnostics *diagnostics) {
    const struct hearsay_rules *pack = loader->pack;
    if (pack->has_weights && strcmp(pack->weights.pack_hash, pack->hash) != 0) {
        struct diagnostic *diagnostic =
            diagnostics_add(diagnostics, W_WEIGHTS_OLD, SEVERITY_WARNING, pack->ast.pack_place,
                            "the learned weights are of another state of this pack");
        if (diagnostic) {
            diagnostic->help =
                STR("rules that are new since then count as they state; run `hearsay rules fit`");
        }
    }
}

static enum hearsay_status parse_and_check(struct loader *loader) {
    struct diagnostics diagnostics = {0};
    struct ast *ast = &loader->pack->ast;
    enum hearsay_status status = rules_parse(ast, &diagnostics, read_list, loader);
    if (status == HEARSAY_OK) {
        status = rules_check(ast, &diagnostics);
    }
    if (status == HEARSAY_OK && diagnostics.error_count == 0) {
        hash_pack(loader);
        status = read_weights(loader);
        check_weights(loader, &diagnostics);
    }
    if (diagnostics.failed || (status == HEARSAY_OK && !show_all(loader, &diagnostics))) {
        status = HEARSAY_NO_MEMORY;
    }
    if (status == HEARSAY_NO_MEMORY) {
        status = failure_memory(loader->failure);
    } else if (status == HEARSAY_OK && diagnostics.error_count > 0) {
        status =
            failure_set(loader->failure, HEARSAY_BAD_RULES, STR_EMPTY, 0, 0, "%zu %s in the rules",
                        diagnostics.error_count, diagnostics.error_count == 1 ? "error" : "errors");
    }
    diagnostics_free(&diagnostics);
    return status;
}

/* ---- Loading ---- */

static bool copy_c(struct arena *arena, struct str text, const char **copy) {
    struct str bytes;
    if (!arena_copy(arena, text, &bytes)) {
        return false;
    }
    *copy = bytes.ptr;
    return true;
}

static enum hearsay_status load(struct loader *loader) {
    struct hearsay_rules *pack = loader->pack;
    enum hearsay_status status = read_files(loader);
    if (status == HEARSAY_OK) {
        status = parse_and_check(loader);
    }
    if (status == HEARSAY_OK) {
        status = pack_compile(pack, loader->failure);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    bool ok = copy_c(&pack->arena, pack->ast.name, &pack->name) &&
              copy_c(&pack->arena, pack->ast.version, &pack->version);
    return ok ? HEARSAY_OK : failure_memory(loader->failure);
}

enum hearsay_status hearsay_rules_load(const struct hearsay_rules_options *options,
                                       struct hearsay_rules **rules,
                                       struct hearsay_failure *failure) {
    stats_begin();
    if (!options || !rules || !options->read_file || options->file_count == 0 ||
        options->file_count > UINT32_MAX) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "rules need at least one file and a way to read it");
    }
    struct loader loader = {.options = options, .failure = failure};
    loader.pack = calloc(1, sizeof *loader.pack);
    if (!loader.pack) {
        return failure_memory(failure);
    }
    atomic_init(&loader.pack->holders, 1);
    loader.pack->ast.threshold = 0.5;
    enum hearsay_status status = load(&loader);
    free(loader.sources);
    if (status != HEARSAY_OK) {
        hearsay_rules_free(loader.pack);
        return status;
    }
    *rules = loader.pack;
    return HEARSAY_OK;
}

struct hearsay_rules *hearsay_rules_retain(struct hearsay_rules *rules) {
    atomic_fetch_add_explicit(&rules->holders, 1, memory_order_relaxed);
    return rules;
}

void hearsay_rules_free(struct hearsay_rules *rules) {
    if (rules && atomic_fetch_sub_explicit(&rules->holders, 1, memory_order_acq_rel) == 1) {
        pack_release(rules);
        free(rules);
    }
}

const char *hearsay_rules_name(const struct hearsay_rules *rules) {
    return rules->name;
}

const char *hearsay_rules_version(const struct hearsay_rules *rules) {
    return rules->version;
}

size_t hearsay_rules_count(const struct hearsay_rules *rules) {
    return rules->rule_count;
}

const struct ast *pack_ast(const struct hearsay_rules *pack) {
    return &pack->ast;
}

const struct weights *pack_weights(const struct hearsay_rules *pack) {
    return pack->has_weights ? &pack->weights : NULL;
}

double pack_prior(const struct hearsay_rules *pack) {
    return pack->has_weights ? pack->weights.intercept : pack->ast.prior;
}

struct str pack_phrase(const struct hearsay_rules *pack, uint32_t phrase, double factor,
                       double *weight) {
    *weight = factor * pack->weights.phrase_weights[phrase];
    return pack->weights.phrases.keys[phrase];
}

struct str pack_hash(const struct hearsay_rules *pack) {
    return str_from_c(pack->hash);
}

const struct rule *pack_rule(const struct hearsay_rules *pack, uint32_t index) {
    return pack->rules[index].rule;
}

uint32_t pack_group_count(const struct hearsay_rules *pack) {
    return pack->group_count;
}

bool pack_has_labels(const struct hearsay_rules *pack) {
    return pack->ast.label_count > 0;
}

bool pack_has_windows(const struct hearsay_rules *pack) {
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        if (pack->rules[i].is_judged && pack->rules[i].rule->over) {
            return true;
        }
    }
    return false;
}
