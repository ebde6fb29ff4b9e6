/* A recursive descent over the part of PCRE2's syntax that rule authors use. Each construct either
 * adds to what is required, or breaks the current run of characters and adds nothing, or makes the
 * reader give up on the whole pattern (`gives_up`), because its meaning could reach elsewhere
 * (recursion, conditionals, inline flags, verbs, branch reset). All three are sound. */
#include "rule/literals.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "rule/requirement.h"
#include "text/fold.h"

#define DEPTH_MOST 50
#define BRANCHES_MOST 64u
#define FOLDED_MOST (18 * 4) /* bytes that fold_simple writes at most for one character */

struct reader {
    struct arena *arena;
    struct str pattern;
    size_t at;
    int depth;
    bool fold;
    bool is_caseless;
    bool is_extended;
    bool gives_up;
    bool failed; /* memory is out */
};

/* What one branch requires so far, and the run of characters that is still growing. */
struct branch {
    struct requirement requirement;
    struct buffer run;
    size_t last; /* length of the run before its last character: a quantifier may take it back */
    bool has_last;
};

static struct requirement read_branches(struct reader *reader);

/* ---- Runs of characters ---- */

static void end_run(struct reader *reader, struct branch *branch) {
    if (branch->run.len >= LITERAL_LEAST_BYTES) {
        struct str run = buffer_str(&branch->run);
        reader->failed |= !requirement_add_literal(reader->arena, &branch->requirement, run);
    }
    buffer_clear(&branch->run);
    branch->has_last = false;
}

/* A character that the text must hold here. In the raw view its fold is a part of the folded text,
 * whatever its case (all characters that PCRE2 takes as one, caselessly, fold alike; tested). In
 * the folded view it must be one that folding leaves alone, or it never occurs there. */
static void add_character(struct reader *reader, struct branch *branch, uint32_t cp) {
    char raw[4];
    char folded[FOLDED_MOST + 1];
    struct str character = {raw, utf8_encode(cp, raw)};
    struct str fold = {folded, fold_simple(character, folded)};
    bool is_usable = cp >= ' ' && cp != 0x7F && cp != 0xFFFD;
    if (reader->fold) {
        char again[FOLDED_MOST * 4 + 1];
        bool is_stable = fold.len <= 4 && fold.len > 0 &&
                         str_equal((struct str){again, fold_simple(fold, again)}, fold);
        is_usable = is_usable && is_stable && (reader->is_caseless || str_equal(fold, character));
    }
    if (!is_usable) {
        end_run(reader, branch);
        return;
    }
    branch->last = branch->run.len;
    branch->has_last = true;
    if (!buffer_append_str(&branch->run, fold)) {
        reader->failed = true;
    }
}

/* ---- Syntax ---- */

static bool has_more(const struct reader *reader) {
    return reader->at < reader->pattern.len && !reader->gives_up && !reader->failed;
}

static unsigned char peek(const struct reader *reader, size_t ahead) {
    size_t at = reader->at + ahead;
    return at < reader->pattern.len ? (unsigned char)reader->pattern.ptr[at] : 0;
}

/* White space beyond ASCII that the flag x ignores as well. */
static bool is_pattern_space(const struct reader *reader) {
    size_t width;
    uint32_t cp = peek(reader, 0) < 0x80 ? 0 : utf8_decode(reader->pattern, reader->at, &width);
    return cp == 0x85 || cp == 0x200E || cp == 0x200F || cp == 0x2028 || cp == 0x2029;
}

/* With the flag x, blanks and comments between items mean nothing. */
static void skip_ignored(struct reader *reader) {
    while (reader->is_extended && has_more(reader)) {
        unsigned char byte = peek(reader, 0);
        if (byte == '#') {
            /* Which characters end a comment is a setting of the compiler: both do here, and what
             * PCRE2 would still take as comment is then read as required characters. Give up. */
            reader->gives_up = true;
        } else if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
            reader->at++;
        } else {
            reader->gives_up = reader->gives_up || is_pattern_space(reader);
            return;
        }
    }
}

static bool read_digits(struct reader *reader, uint32_t *value) {
    size_t start = reader->at;
    *value = 0;
    while (peek(reader, 0) >= '0' && peek(reader, 0) <= '9') {
        *value = *value > 65535 ? *value : *value * 10 + (peek(reader, 0) - '0');
        reader->at++;
    }
    return reader->at > start;
}

/* {n} {n,} {n,m} and nothing else: other braces mean different things in different versions. */
static bool read_braces(struct reader *reader, bool *is_optional) {
    uint32_t least;
    uint32_t most;
    reader->at++;
    if (!read_digits(reader, &least)) {
        return false;
    }
    if (peek(reader, 0) == ',') {
        reader->at++;
        read_digits(reader, &most);
    }
    if (peek(reader, 0) != '}') {
        return false;
    }
    reader->at++;
    *is_optional = least == 0;
    return true;
}

enum quantifier { QUANTIFIER_NONE, QUANTIFIER_OPTIONAL, QUANTIFIER_REPEATED };

static enum quantifier read_quantifier(struct reader *reader) {
    skip_ignored(reader);
    bool is_optional = true;
    switch (peek(reader, 0)) {
    case '?':
    case '*':
        reader->at++;
        break;
    case '+':
        reader->at++;
        is_optional = false;
        break;
    case '{':
        if (!read_braces(reader, &is_optional)) {
            reader->gives_up = true;
        }
        break;
    default:
        return QUANTIFIER_NONE;
    }
    skip_ignored(reader);
    if (peek(reader, 0) == '?' || peek(reader, 0) == '+') {
        reader->at++; /* lazy, possessive */
    }
    return is_optional ? QUANTIFIER_OPTIONAL : QUANTIFIER_REPEATED;
}

/* Past "[...]". The set itself requires nothing. */
static void skip_set(struct reader *reader) {
    reader->at++;
    if (peek(reader, 0) == '^') {
        reader->at++;
    }
    if (peek(reader, 0) == ']') {
        reader->at++;
    }
    while (has_more(reader)) {
        unsigned char byte = peek(reader, 0);
        if (byte == ']') {
            reader->at++;
            return;
        }
        if (byte == '[' &&
            (peek(reader, 1) == ':' || peek(reader, 1) == '.' || peek(reader, 1) == '=')) {
            size_t close = str_find(reader->pattern, STR("]"), reader->at + 2);
            reader->at = close == STR_NOT_FOUND ? reader->pattern.len : close + 1;
        } else if (byte == '\\' && (peek(reader, 1) == 'Q' || peek(reader, 1) == 'E')) {
            reader->gives_up = true;
        } else {
            reader->at += byte == '\\' ? 2 : 1;
        }
    }
    reader->gives_up = true;
}

/* "[Hh]", a set of plain characters that fold alike: whichever stands there, its fold is known.
 * True: *cp is one of them, and the reader is past the set. Nothing else is read. */
static bool read_case_set(struct reader *reader, uint32_t *cp) {
    char first[FOLDED_MOST + 1];
    char other[FOLDED_MOST + 1];
    size_t at = reader->at + 1;
    struct str fold = {first, 0};
    size_t width;
    while (at < reader->pattern.len && reader->pattern.ptr[at] != ']') {
        if (strchr("\\[^-", reader->pattern.ptr[at])) {
            return false;
        }
        uint32_t member = utf8_decode(reader->pattern, at, &width);
        struct str raw = str_slice(reader->pattern, at, at + width);
        bool is_first = at == reader->at + 1;
        if (is_first) {
            fold.len = fold_simple(raw, first);
        } else if (!str_equal((struct str){other, fold_simple(raw, other)}, fold)) {
            return false;
        }
        *cp = member;
        at += width;
    }
    if (at == reader->at + 1 || at == reader->pattern.len) {
        return false;
    }
    reader->at = at + 1;
    return true;
}

static bool read_hex_digits(struct reader *reader, uint32_t most, uint32_t *cp) {
    uint32_t count = 0;
    for (*cp = 0; count < most; count++, reader->at++) {
        unsigned char byte = peek(reader, 0);
        unsigned char letter = byte | 0x20;
        bool is_digit = byte >= '0' && byte <= '9';
        if (!is_digit && !(letter >= 'a' && letter <= 'f')) {
            break;
        }
        *cp = *cp * 16 + (is_digit ? byte - 48u : letter - 87u);
    }
    return count > 0;
}

/* After "\\x": two digits, or digits in braces. */
static bool read_hex(struct reader *reader, uint32_t *cp) {
    size_t start = reader->at;
    if (peek(reader, 0) != '{') {
        return read_hex_digits(reader, 2, cp) && reader->at == start + 2;
    }
    reader->at++;
    if (!read_hex_digits(reader, 6, cp) || peek(reader, 0) != '}' || *cp > 0x10FFFF) {
        return false;
    }
    reader->at++;
    return true;
}

/* An escape outside of sets. True: *cp is a literal character. */
static bool read_escape(struct reader *reader, uint32_t *cp) {
    unsigned char byte = peek(reader, 1);
    reader->at += 2;
    if (byte >= 0x80 || byte == 0) {
        reader->gives_up = true;
        return false;
    }
    bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    bool is_digit = byte >= '0' && byte <= '9';
    if (!is_letter && !is_digit) {
        *cp = byte;
        return true;
    }
    /* Types, assertions and controls of one letter require nothing here. */
    if (strchr("dDsSwWbBAzZhHvVRXNntrfea", byte) && !(byte == 'N' && peek(reader, 0) == '{')) {
        return false;
    }
    if (byte == 'p' || byte == 'P') {
        size_t close = str_find_byte(reader->pattern, '}', reader->at);
        bool is_braced = peek(reader, 0) == '{';
        reader->gives_up = is_braced && close == STR_NOT_FOUND;
        reader->at = is_braced ? close + 1 : reader->at + 1;
        return false;
    }
    if (byte == 'x' && read_hex(reader, cp)) {
        return true;
    }
    /* Everything else may take arguments. */
    reader->gives_up = true;
    return false;
}

/* The kind of group at "(": what it requires counts, or it is skipped because it looks around. */
enum group { GROUP_COUNTS, GROUP_LOOKS_AROUND, GROUP_UNKNOWN };

static enum group read_group_start(struct reader *reader) {
    struct str rest = str_slice(reader->pattern, reader->at, reader->pattern.len);
    if (str_starts_with(rest, STR("(*"))) {
        return GROUP_UNKNOWN;
    }
    if (!str_starts_with(rest, STR("(?"))) {
        reader->at += 1;
        return GROUP_COUNTS;
    }
    if (str_starts_with(rest, STR("(?:"))) {
        reader->at += 3;
        return GROUP_COUNTS;
    }
    if (str_starts_with(rest, STR("(?=")) || str_starts_with(rest, STR("(?!"))) {
        reader->at += 3;
        return GROUP_LOOKS_AROUND;
    }
    if (str_starts_with(rest, STR("(?<=")) || str_starts_with(rest, STR("(?<!"))) {
        reader->at += 4;
        return GROUP_LOOKS_AROUND;
    }
    size_t name = str_starts_with(rest, STR("(?P<")) ? 4 : 3;
    if (str_starts_with(rest, STR("(?<")) || str_starts_with(rest, STR("(?P<"))) {
        size_t close = str_find_byte(rest, '>', name);
        if (close != STR_NOT_FOUND) {
            reader->at += close + 1;
            return GROUP_COUNTS;
        }
    }
    return GROUP_UNKNOWN;
}

static void read_group(struct reader *reader, struct branch *branch) {
    end_run(reader, branch);
    enum group group = read_group_start(reader);
    if (group == GROUP_UNKNOWN || reader->depth >= DEPTH_MOST) {
        reader->gives_up = true;
        return;
    }
    reader->depth++;
    struct requirement inner = read_branches(reader);
    reader->depth--;
    if (peek(reader, 0) != ')') {
        reader->gives_up = true;
        return;
    }
    reader->at++;
    if (read_quantifier(reader) != QUANTIFIER_OPTIONAL && group == GROUP_COUNTS) {
        reader->failed |= !requirement_add_all(reader->arena, &branch->requirement, &inner);
    }
}

/* Applies the quantifier after a single character. */
static void quantify_character(struct reader *reader, struct branch *branch) {
    enum quantifier quantifier = read_quantifier(reader);
    if (quantifier == QUANTIFIER_OPTIONAL && branch->has_last) {
        branch->run.len = branch->last;
    }
    if (quantifier != QUANTIFIER_NONE) {
        end_run(reader, branch);
    }
}

static void read_item(struct reader *reader, struct branch *branch) {
    uint32_t cp = 0;
    size_t width;
    switch (peek(reader, 0)) {
    case '(':
        read_group(reader, branch);
        return;
    case '[':
        if (read_case_set(reader, &cp)) {
            add_character(reader, branch, cp);
        } else {
            end_run(reader, branch);
            skip_set(reader);
        }
        break;
    case '\\':
        if (read_escape(reader, &cp)) {
            add_character(reader, branch, cp);
        } else {
            end_run(reader, branch);
        }
        break;
    case '.':
    case '^':
    case '$':
        end_run(reader, branch);
        reader->at++;
        break;
    case '*':
    case '+':
    case '?':
    case '{':
        reader->gives_up =
            true; /* nothing to repeat: the compiler refuses it, or it is a literal */
        return;
    default:
        cp = utf8_decode(reader->pattern, reader->at, &width);
        reader->at += width;
        add_character(reader, branch, cp);
        break;
    }
    quantify_character(reader, branch);
}

static struct requirement read_branch(struct reader *reader) {
    struct branch branch = {0};
    skip_ignored(reader);
    while (has_more(reader) && peek(reader, 0) != '|' && peek(reader, 0) != ')') {
        read_item(reader, &branch);
        skip_ignored(reader);
    }
    end_run(reader, &branch);
    buffer_free(&branch.run);
    return branch.requirement;
}

static struct requirement read_branches(struct reader *reader) {
    struct requirement branches[BRANCHES_MOST];
    size_t count = 0;
    for (;;) {
        if (count == BRANCHES_MOST) {
            reader->gives_up = true;
            return (struct requirement){0};
        }
        branches[count++] = read_branch(reader);
        if (!has_more(reader) || peek(reader, 0) != '|') {
            break;
        }
        reader->at++;
    }
    if (reader->gives_up || reader->failed) {
        return (struct requirement){0};
    }
    struct requirement joined = branches[0];
    if (count > 1) {
        reader->failed |= !requirement_either(reader->arena, branches, count, &joined);
    }
    return joined;
}

bool regex_requirement(struct arena *arena, struct str pattern, struct str flags, bool fold,
                       struct requirement *requirement) {
    struct reader reader = {.arena = arena, .pattern = pattern, .fold = fold};
    reader.is_caseless = str_find_byte(flags, 'i', 0) != STR_NOT_FOUND;
    reader.is_extended = str_find_byte(flags, 'x', 0) != STR_NOT_FOUND;
    *requirement = (struct requirement){0};
    /* \Q quotes and # comments can hide anything; a NUL ends what peek can tell apart. */
    if (str_find(pattern, STR("\\Q"), 0) != STR_NOT_FOUND ||
        str_find_byte(pattern, '\0', 0) != STR_NOT_FOUND) {
        return true;
    }
    struct requirement found = read_branches(&reader);
    if (reader.failed) {
        return false;
    }
    if (!reader.gives_up && reader.at == pattern.len) {
        *requirement = found;
    }
    return true;
}

bool term_is_gated(const struct term *term) {
    if (term->kind != TERM_REGEX) {
        return true;
    }
    struct arena arena = {0};
    struct requirement requirement;
    bool ok = regex_requirement(&arena, term->regex, term->regex_flags, term->fold, &requirement);
    bool is_gated = ok && requirement.count > 0;
    arena_free(&arena);
    return is_gated;
}
