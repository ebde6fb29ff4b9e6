/* `import "file.rules"`: the statement, the files it names, and circles of files.
 *
 * An imported file becomes a file of the pack, as if it had been given. Files are told apart by
 * their paths without `.` and `..`, so that one that is reached in several ways is read once. */
#include <stdlib.h>

#include "base/buffer.h"
#include "rule/import.h"

void parse_import(struct parser *parser) {
    uint32_t from = parser->token.place.file;
    parse_advance(parser);
    struct place place = parser->token.place;
    struct str path;
    if (parser->token.begins_line) {
        parse_expected(parser, E_EXPECTED, "the name of a rule file");
        return;
    }
    if (!parse_string(parser, "the name of a rule file", &path)) {
        skip_to_statement(parser);
        return;
    }
    struct import *import = parse_collect(parser, &parser->imports, sizeof *import);
    if (import) {
        *import = (struct import){.path = path, .place = place, .from = from, .to = MAP_NONE};
    }
}

/* ---- Paths ---- */

/* Takes the last part off `out`, which does not begin before `root`; false: there is none. */
static bool take_up(struct buffer *out, size_t root) {
    size_t at = out->len;
    while (at > root && out->ptr[at - 1] != '/') {
        at--;
    }
    if (at == out->len || str_is(str_slice(buffer_str(out), at, out->len), "..")) {
        return false;
    }
    out->len = at > root ? at - 1 : at;
    return true;
}

/* Without empty parts, `.` and `..` behind a name. Links of the file system are not looked at. */
static void append_parts(struct buffer *out, size_t root, struct str path) {
    for (size_t at = 0; at <= path.len;) {
        size_t end = str_find_byte(path, '/', at);
        end = end == STR_NOT_FOUND ? path.len : end;
        struct str part = str_slice(path, at, end);
        at = end + 1;
        bool is_up = str_is(part, "..");
        if (part.len == 0 || str_is(part, ".") || (is_up && take_up(out, root))) {
            continue;
        }
        buffer_append_c(out, out->len > root ? "/" : "");
        buffer_append_str(out, part);
    }
}

static struct str folder_of(struct str file) {
    size_t len = file.len;
    while (len > 0 && file.ptr[len - 1] != '/') {
        len--;
    }
    return str_slice(file, 0, len);
}

/* `path` as it stands in `file`, or an own path for an empty `file`. */
static bool resolve(struct str file, struct str path, struct buffer *out) {
    bool is_absolute = path.len > 0 && path.ptr[0] == '/';
    struct str folder = is_absolute ? STR_EMPTY : folder_of(file);
    size_t root = is_absolute || (folder.len > 0 && folder.ptr[0] == '/') ? 1 : 0;
    buffer_clear(out);
    buffer_append_c(out, root ? "/" : "");
    append_parts(out, root, folder);
    append_parts(out, root, path);
    return !out->failed;
}

/* ---- Files ---- */

bool imports_begin(struct parser *parser) {
    const struct ast *ast = parser->ast;
    struct buffer path = {0};
    bool ok = true;
    parser->given_count = ast->file_count;
    for (uint32_t i = 0; ok && i < ast->file_count; i++) {
        bool is_new;
        ok = resolve(STR_EMPTY, ast->files[i].name, &path) &&
             map_intern(&parser->paths, buffer_str(&path), &is_new) != MAP_NONE;
        uint32_t *number =
            ok && is_new ? parse_collect(parser, &parser->files_of_paths, sizeof *number) : NULL;
        if (number) {
            *number = i;
        }
    }
    buffer_free(&path);
    parser->is_out_of_memory = parser->is_out_of_memory || !ok;
    return !parser->is_out_of_memory;
}

/* A place for one more file; the array is replaced, since files are few and found one by one. */
static struct source_file *add_file(struct parser *parser) {
    struct ast *ast = parser->ast;
    uint32_t imported = ast->file_count - parser->given_count;
    if ((imported & (imported - 1)) == 0) { /* full: 0, 1, 2, 4 ... */
        size_t capacity = parser->given_count + (imported > 0 ? 2 * (size_t)imported : 1);
        struct source_file *files = arena_array(&ast->arena, capacity, sizeof *files);
        if (!files) {
            parser->is_out_of_memory = true;
            return NULL;
        }
        for (uint32_t i = 0; i < ast->file_count; i++) {
            files[i] = ast->files[i];
        }
        ast->files = files;
    }
    return &ast->files[ast->file_count++];
}

static bool read_import(struct parser *parser, struct str path, list_reader *read_file,
                        void *context) {
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status =
        read_file ? read_file(context, STR_EMPTY, path, &bytes, &len) : HEARSAY_IO;
    struct source_file file = {.name = path};
    bool is_read = status == HEARSAY_OK;
    if (is_read && len > PARSE_FILE_BYTES) {
        len = PARSE_FILE_BYTES + 1u; /* refused as too large when it is parsed */
    }
    if (status == HEARSAY_NO_MEMORY ||
        (is_read &&
         !arena_copy(&parser->ast->arena, (struct str){len > 0 ? bytes : "", len}, &file.text))) {
        parser->is_out_of_memory = true;
        is_read = false;
    }
    free(bytes);
    struct source_file *slot = is_read ? add_file(parser) : NULL;
    if (slot) {
        *slot = file;
    }
    return slot;
}

/* The number of the file that an import means; MAP_NONE: it cannot be read. */
static uint32_t file_of(struct parser *parser, struct str resolved, list_reader *read_file,
                        void *context) {
    bool is_new;
    uint32_t index = map_intern(&parser->paths, resolved, &is_new);
    if (index == MAP_NONE) {
        parser->is_out_of_memory = true;
        return MAP_NONE;
    }
    if (!is_new) {
        return ((const uint32_t *)(const void *)parser->files_of_paths.bytes)[index];
    }
    uint32_t *number = parse_collect(parser, &parser->files_of_paths, sizeof *number);
    struct str name;
    if (!number || !arena_copy(&parser->ast->arena, resolved, &name)) {
        parser->is_out_of_memory = true;
        return MAP_NONE;
    }
    *number = MAP_NONE;
    if (parser->ast->file_count - parser->given_count < PARSE_IMPORTS &&
        read_import(parser, name, read_file, context)) {
        *number = parser->ast->file_count - 1;
    }
    return *number;
}

static void report_unread(struct parser *parser, const struct import *import) {
    if (parser->ast->file_count - parser->given_count >= PARSE_IMPORTS) {
        parse_error(parser, E_IMPORTS_MANY, import->place, "a pack imports at most %u files",
                    PARSE_IMPORTS);
        return;
    }
    struct diagnostic *diagnostic =
        parse_error(parser, E_IMPORT_FILE, import->place, "the rule file `%.*s` is not readable",
                    (int)(import->path.len > 200 ? 200 : import->path.len), import->path.ptr);
    if (diagnostic) {
        diagnostic->help = STR("the path is relative to the folder of this rule file");
    }
}

uint32_t import_next(struct parser *parser, list_reader *read_file, void *context) {
    struct buffer resolved = {0};
    uint32_t found = MAP_NONE;
    while (found == MAP_NONE && parser->imports_seen < parser->imports.count &&
           !parser->is_out_of_memory) {
        struct import *import = &imports_of(parser)[parser->imports_seen++];
        uint32_t files = parser->ast->file_count;
        if (!resolve(parser->ast->files[import->from].name, import->path, &resolved)) {
            parser->is_out_of_memory = true;
            break;
        }
        import->to = file_of(parser, buffer_str(&resolved), read_file, context);
        if (import->to == MAP_NONE && !parser->is_out_of_memory) {
            report_unread(parser, import);
        } else if (parser->ast->file_count > files) {
            found = import->to;
        }
    }
    buffer_free(&resolved);
    return found;
}

void imports_free(struct parser *parser) {
    collector_free(&parser->imports);
    collector_free(&parser->files_of_paths);
    map_free(&parser->paths);
}
