#include "rule/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "rule/regex_check.h"

#define STACK_START_BYTES (32u << 10)
#define GROUP_PAIRS 64u /* groups that can be read; later ones still match */
#define PARENTHESES_NESTED 100u

struct regex {
    pcre2_code *code;
};

struct regex_scratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

static uint32_t option_of(char flag) {
    switch (flag) {
    case 'i':
        return PCRE2_CASELESS;
    case 'm':
        return PCRE2_MULTILINE;
    case 's':
        return PCRE2_DOTALL;
    case 'x':
        return PCRE2_EXTENDED;
    default:
        return 0;
    }
}

/* \C could cut a character in two, which NO_UTF_CHECK does not survive. Line ends are those of
 * posts: CR, LF and CRLF. */
static pcre2_code *compile(struct str pattern, struct str flags, int *error, size_t *offset) {
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    *error = 0;
    *offset = 0;
    if (!context) {
        return NULL;
    }
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    pcre2_set_parens_nest_limit(context, PARENTHESES_NESTED);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    for (size_t i = 0; i < flags.len; i++) {
        options |= option_of(flags.ptr[i]);
    }
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options, error, offset, context);
    pcre2_compile_context_free(context);
    return code;
}

struct regex *regex_new(struct str pattern, struct str flags) {
    struct regex *regex = calloc(1, sizeof *regex);
    int error;
    size_t offset;
    if (!regex) {
        return NULL;
    }
    regex->code = compile(pattern, flags, &error, &offset);
    if (!regex->code) {
        free(regex);
        return NULL;
    }
    /* A failure is no error: pcre2_match then interprets. */
    pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
    return regex;
}

void regex_free(struct regex *regex) {
    if (regex) {
        pcre2_code_free(regex->code);
        free(regex);
    }
}

bool regex_check(struct str pattern, struct str flags, size_t *error_offset,
                 struct buffer *message) {
    int error;
    size_t offset;
    pcre2_code *code = compile(pattern, flags, &error, &offset);
    if (code) {
        pcre2_code_free(code);
        return true;
    }
    *error_offset = offset > pattern.len ? pattern.len : offset;
    PCRE2_UCHAR reason[256];
    if (error != 0 && error != PCRE2_ERROR_NOMEMORY &&
        pcre2_get_error_message(error, reason, sizeof reason) > 0) {
        buffer_append_c(message, (const char *)reason);
    }
    return false;
}

struct regex_scratch *regex_scratch_new(void) {
    struct regex_scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) {
        return NULL;
    }
    scratch->data = pcre2_match_data_create(GROUP_PAIRS, NULL);
    scratch->context = pcre2_match_context_create(NULL);
    if (!scratch->data || !scratch->context) {
        regex_scratch_free(scratch);
        return NULL;
    }
    /* NULL where JIT is not available: then nothing is assigned. */
    scratch->stack = pcre2_jit_stack_create(STACK_START_BYTES, REGEX_STACK_BYTES, NULL);
    if (scratch->stack) {
        pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
    }
    pcre2_set_heap_limit(scratch->context, REGEX_STACK_BYTES / 1024);
    return scratch;
}

void regex_scratch_free(struct regex_scratch *scratch) {
    if (scratch) {
        pcre2_match_data_free(scratch->data);
        pcre2_match_context_free(scratch->context);
        pcre2_jit_stack_free(scratch->stack);
        free(scratch);
    }
}

static uint32_t steps_for(size_t len) {
    size_t steps = REGEX_STEPS / (len + 1);
    if (steps > REGEX_STEPS_MOST) {
        return REGEX_STEPS_MOST;
    }
    return steps < REGEX_STEPS_LEAST ? REGEX_STEPS_LEAST : (uint32_t)steps;
}

enum regex_result regex_find(const struct regex *regex, struct regex_scratch *scratch,
                             struct str text, size_t from, bool use_jit, size_t *start,
                             size_t *end) {
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY | (use_jit ? 0 : PCRE2_NO_JIT);
    pcre2_set_match_limit(scratch->context, steps_for(text.len));
    int code = pcre2_match(regex->code, (PCRE2_SPTR)text.ptr, text.len, from, options,
                           scratch->data, scratch->context);
    if (code == PCRE2_ERROR_NOMATCH) {
        return REGEX_NONE;
    }
    if (code == PCRE2_ERROR_NOMEMORY) {
        return REGEX_NO_MEMORY;
    }
    if (code < 0) {
        return REGEX_LIMIT;
    }
    const PCRE2_SIZE *range = pcre2_get_ovector_pointer(scratch->data);
    if (range[1] <= range[0]) {
        return REGEX_NONE; /* \K can move the start past the end */
    }
    *start = range[0];
    *end = range[1];
    return REGEX_FOUND;
}

bool regex_group(const struct regex *regex, const struct regex_scratch *scratch, struct str name,
                 size_t *start, size_t *end) {
    char key[33]; /* PCRE2 names have at most 32 characters */
    if (name.len >= sizeof key) {
        return false;
    }
    memcpy(key, name.ptr, name.len);
    key[name.len] = '\0';
    int number = pcre2_substring_number_from_name(regex->code, (PCRE2_SPTR)key);
    if (number <= 0 || (uint32_t)number >= pcre2_get_ovector_count(scratch->data)) {
        return false;
    }
    const PCRE2_SIZE *ranges = pcre2_get_ovector_pointer(scratch->data);
    if (ranges[2 * number] == PCRE2_UNSET || ranges[2 * number + 1] < ranges[2 * number]) {
        return false;
    }
    *start = ranges[2 * number];
    *end = ranges[2 * number + 1];
    return true;
}
