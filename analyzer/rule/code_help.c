#include "base/buffer.h"
#include "base/failure.h"
#include "rule/code_pages.h"
#include "rule/codes.h"

static const struct code *find(struct str wanted) {
    const struct code *row;
    for (size_t i = 0; (row = code_at(i)); i++) {
        if (str_equal_ascii_case(wanted, str_from_c(row->code)) ||
            str_equal_ascii_case(wanted, str_from_c(row->name))) {
            return row;
        }
    }
    return NULL;
}

/* Words on lines of at most 80 bytes. */
static void append_wrapped(struct buffer *out, struct str text) {
    size_t width = 0;
    while (text.len > 0) {
        size_t end = str_find_byte(text, ' ', 0);
        struct str word = str_slice(text, 0, end);
        if (width > 0 && width + 1 + word.len > 80) {
            buffer_append_byte(out, '\n');
            width = 0;
        }
        buffer_append_c(out, width > 0 ? " " : "");
        buffer_append_str(out, word);
        width += word.len + (width > 0);
        text = end == STR_NOT_FOUND ? STR_EMPTY : str_slice(text, end + 1, text.len);
    }
    buffer_append_byte(out, '\n');
}

static const char *slot_name(enum code_slot slot) {
    static const char *const names[] = {
        [SLOT_NONE] = "",        [SLOT_WHOLE] = "",        [SLOT_FILE] = "",
        [SLOT_RULE] = "",        [SLOT_META] = "meta: ",   [SLOT_WHERE] = "where: ",
        [SLOT_TERM] = "$a = ",   [SLOT_MATCH] = "match: ", [SLOT_OUTCOME] = "outcome: ",
        [SLOT_TESTS] = "tests: "};
    return names[slot];
}

static void append_example(struct buffer *out, const char *title, const struct code_page *page,
                           const char *text) {
    buffer_printf(out, "\n%s\n\n    %s", title, slot_name(page->slot));
    for (; *text; text++) {
        buffer_append_byte(out, *text);
        buffer_append_c(out, *text == '\n' ? "    " : "");
    }
    buffer_append_byte(out, '\n');
}

static void append_page(struct buffer *out, const struct code *row) {
    const struct code_page *page = code_page(row->code);
    buffer_printf(out, "%s %s (%s)\n\n", row->code, row->name,
                  row->code[0] == 'E' ? "error: the pack does not load"
                                      : "warning: the pack loads");
    buffer_printf(out, "%s\n", row->meaning);
    if (page) {
        buffer_append_byte(out, '\n');
        append_wrapped(out, str_from_c(page->why));
    }
    if (page && page->wrong) {
        append_example(out, "Wrong", page, page->wrong);
        append_example(out, "Right", page, page->right);
    }
}

enum hearsay_status hearsay_rules_help(const char *code, hearsay_diagnostic *report, void *context,
                                       struct hearsay_failure *failure) {
    struct buffer out = {0};
    const struct code *row = code ? find(str_from_c(code)) : NULL;
    if (code && !row) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "no diagnostic has the code or name %.100s; hearsay rules help lists "
                           "them",
                           code);
    }
    if (row) {
        append_page(&out, row);
    }
    for (size_t i = 0; !row && (code_at(i)); i++) {
        buffer_printf(&out, "%s  %-20s %s\n", code_at(i)->code, code_at(i)->name,
                      code_at(i)->meaning);
    }
    bool ok = !out.failed;
    if (ok) {
        report(context, out.ptr, out.len);
    }
    buffer_free(&out);
    return ok ? HEARSAY_OK : failure_memory(failure);
}
