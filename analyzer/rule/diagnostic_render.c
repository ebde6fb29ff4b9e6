/* A diagnostic as text, in the form that rustc made familiar. Columns count characters; the caret
 * line repeats the width of what stands above it, so that wide characters and tabs do not shift
 * it. */
#include "base/utf8.h"
#include "rule/diagnostic.h"

/* Characters of a source line that are shown; longer lines are cut around the place. */
#define LINE_SHOWN 120
#define TAB_SHOWN "    "

struct spot {
    uint64_t line;     /* from 1 */
    uint64_t column;   /* from 1, in characters */
    size_t line_start; /* bytes of the file */
    size_t line_end;
};

/* Continuation bytes belong to the character before them. */
static uint64_t characters(struct str text, size_t from, size_t to) {
    uint64_t count = 0;
    for (size_t at = from; at < to; at++) {
        count += ((unsigned char)text.ptr[at] & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
}

/* Line ends of one kind before `offset`: a return before a line feed is none. Asked for every
 * diagnostic of a file of up to 10 MB, so it leaps from one to the next. */
static void count_ends(struct str text, size_t offset, char end, struct spot *spot) {
    for (size_t at = 0; at < offset; at++) {
        const char *found = memchr(text.ptr + at, end, offset - at);
        if (!found) {
            return;
        }
        at = (size_t)(found - text.ptr);
        bool is_pair = end == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n';
        spot->line += !is_pair;
        if (!is_pair && at + 1 > spot->line_start) {
            spot->line_start = at + 1;
        }
    }
}

static struct spot spot_of(struct str text, size_t offset) {
    struct spot spot = {.line = 1};
    if (offset > text.len) {
        offset = text.len;
    }
    count_ends(text, offset, '\n', &spot);
    count_ends(text, offset, '\r', &spot);
    size_t feed = str_find_byte(text, '\n', spot.line_start);
    spot.line_end = feed == STR_NOT_FOUND ? text.len : feed;
    size_t back = str_find_byte(str_slice(text, 0, spot.line_end), '\r', spot.line_start);
    spot.line_end = back == STR_NOT_FOUND ? spot.line_end : back;
    spot.column = characters(text, spot.line_start, offset) + 1;
    return spot;
}

/* Cells that a terminal gives a character: East Asian wide and full-width ranges (UAX 11, to the
 * block), emoji included, take two; combining marks and joiners none. */
static int cells(uint32_t cp) {
    static const struct {
        uint32_t first;
        uint32_t last;
        int cells;
    } ranges[] = {
        {0x0300, 0x036f, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05bd, 0},   {0x0610, 0x061a, 0},
        {0x064b, 0x065f, 0},   {0x0900, 0x0902, 0},   {0x0e34, 0x0e3a, 0},   {0x1100, 0x115f, 2},
        {0x200b, 0x200f, 0},   {0x2028, 0x202e, 0},   {0x2060, 0x2064, 0},   {0x20d0, 0x20ff, 0},
        {0x2e80, 0x303e, 2},   {0x3041, 0x33ff, 2},   {0x3400, 0x4dbf, 2},   {0x4e00, 0x9fff, 2},
        {0xa000, 0xa4cf, 2},   {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2},   {0xfe00, 0xfe0f, 0},
        {0xfe20, 0xfe2f, 0},   {0xfe30, 0xfe6f, 2},   {0xfeff, 0xfeff, 0},   {0xff00, 0xff60, 2},
        {0xffe0, 0xffe6, 2},   {0x1f300, 0x1f64f, 2}, {0x1f680, 0x1f6ff, 2}, {0x1f900, 0x1faff, 2},
        {0x20000, 0x3fffd, 2}, {0xe0100, 0xe01ef, 0},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (cp >= ranges[i].first && cp <= ranges[i].last) {
            return ranges[i].cells;
        }
    }
    return 1;
}

static void append_times(struct buffer *out, char byte, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_append_byte(out, byte);
    }
}

/* Cells of text[from, to) as append_line shows it. */
static size_t width_of(struct str text, size_t from, size_t to) {
    size_t width = 0;
    for (size_t at = from; at < to;) {
        size_t bytes;
        uint32_t cp = utf8_decode(text, at, &bytes);
        width += cp == '\t' ? sizeof TAB_SHOWN - 1 : (size_t)cells(cp);
        at += bytes;
    }
    return width;
}

/* Controls would let a rule file play with the terminal: they show as U+FFFD. */
static void append_line(struct buffer *out, struct str text, size_t from, size_t to) {
    for (size_t at = from; at < to;) {
        size_t bytes;
        uint32_t cp = utf8_decode(text, at, &bytes);
        bool is_control = cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xfffd ||
                          (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
        if (cp == '\t') {
            buffer_append_c(out, TAB_SHOWN);
        } else if (is_control) {
            buffer_append_c(out, "\xef\xbf\xbd");
        } else {
            buffer_append(out, text.ptr + at, bytes);
        }
        at += bytes;
    }
}

/* `count` characters from `at` towards the line's start or end, within [limit_low, limit_high]. */
static size_t step_back(struct str text, size_t at, size_t limit, size_t count) {
    while (at > limit && count > 0) {
        at--;
        if (((unsigned char)text.ptr[at] & 0xc0) != 0x80) {
            count--;
        }
    }
    return at;
}

static size_t step_on(struct str text, size_t at, size_t limit, size_t count) {
    while (at < limit && count > 0) {
        size_t bytes;
        utf8_decode(text, at, &bytes);
        at += bytes;
        count--;
    }
    return at;
}

struct style {
    const char *severity;
    const char *frame;
    const char *reset;
};

struct view {
    struct buffer *out;
    struct style style;
    size_t gutter; /* digits of the largest line number */
};

static void append_gutter(struct view *view, uint64_t line) {
    buffer_append_c(view->out, view->style.frame);
    if (line > 0) {
        buffer_printf(view->out, "%*llu |", (int)view->gutter, (unsigned long long)line);
    } else {
        append_times(view->out, ' ', view->gutter);
        buffer_append_c(view->out, " |");
    }
    buffer_append_c(view->out, view->style.reset);
}

/* The source line and the carets below it. */
static void append_source(struct view *view, struct str text, struct place place, char mark,
                          struct str label) {
    struct spot spot = spot_of(text, place.start);
    size_t start = place.start < spot.line_end ? place.start : spot.line_end;
    size_t end = place.end < spot.line_end ? place.end : spot.line_end;
    size_t from = spot.line_start;
    if (characters(text, spot.line_start, start) > LINE_SHOWN * 2 / 3) {
        from = step_back(text, start, spot.line_start, LINE_SHOWN / 3);
    }
    size_t to = step_on(text, from, spot.line_end, LINE_SHOWN);
    end = end > to ? to : end;
    append_gutter(view, spot.line);
    buffer_append_c(view->out, from > spot.line_start ? " ..." : " ");
    append_line(view->out, text, from, to);
    buffer_append_c(view->out, to < spot.line_end ? "...\n" : "\n");
    append_gutter(view, 0);
    append_times(view->out, ' ', (from > spot.line_start ? 4 : 1) + width_of(text, from, start));
    size_t width = end > start ? width_of(text, start, end) : 1;
    buffer_append_c(view->out, mark == '^' ? view->style.severity : view->style.frame);
    append_times(view->out, mark, width > 0 ? width : 1);
    if (label.len > 0) {
        buffer_append_byte(view->out, ' ');
        append_line(view->out, label, 0, label.len);
    }
    buffer_append_c(view->out, view->style.reset);
    buffer_append_byte(view->out, '\n');
}

static size_t digits_of(uint64_t number) {
    size_t digits = 1;
    for (; number >= 10; number /= 10) {
        digits++;
    }
    return digits;
}

static void append_place(struct view *view, const struct source_file *file, struct place place,
                         const char *arrow) {
    struct spot spot = spot_of(file->text, place.start);
    append_times(view->out, ' ', view->gutter);
    buffer_printf(view->out, "%s%s%s ", view->style.frame, arrow, view->style.reset);
    append_line(view->out, file->name, 0, file->name.len);
    buffer_printf(view->out, ":%llu:%llu\n", (unsigned long long)spot.line,
                  (unsigned long long)spot.column);
}

static void append_second(struct view *view, const struct diagnostic *diagnostic,
                          const struct source_file *files, uint32_t file_count) {
    if (!diagnostic->has_second || diagnostic->second.file >= file_count) {
        return;
    }
    const struct source_file *file = &files[diagnostic->second.file];
    append_place(view, file, diagnostic->second, ":::");
    append_source(view, file->text, diagnostic->second, '-', diagnostic->second_label);
}

/* One line a step: where it stands and what stands there. */
static void append_chain(struct view *view, const struct diagnostic *diagnostic,
                         const struct source_file *files, uint32_t file_count) {
    if (diagnostic->chain_count == 0) {
        return;
    }
    append_times(view->out, ' ', view->gutter);
    buffer_printf(view->out, " %s=%s note: ", view->style.frame, view->style.reset);
    append_line(view->out, diagnostic->chain_title, 0, diagnostic->chain_title.len);
    buffer_append_byte(view->out, '\n');
    for (uint32_t i = 0; i < diagnostic->chain_count; i++) {
        struct place place = diagnostic->chain[i];
        if (place.file >= file_count) {
            continue;
        }
        const struct source_file *file = &files[place.file];
        struct spot spot = spot_of(file->text, place.start);
        append_times(view->out, ' ', view->gutter + 9);
        append_line(view->out, file->name, 0, file->name.len);
        buffer_printf(view->out, ":%llu:%llu ", (unsigned long long)spot.line,
                      (unsigned long long)spot.column);
        append_line(view->out, file->text, place.start, place.end);
        buffer_append_byte(view->out, '\n');
    }
}

static void append_head(struct view *view, const struct diagnostic *diagnostic) {
    buffer_append_c(view->out, view->style.severity);
    buffer_printf(view->out, "%s[%s]", diagnostic->severity == SEVERITY_ERROR ? "error" : "warning",
                  diagnostic->code);
    buffer_append_c(view->out, view->style.reset);
    buffer_append_c(view->out, ": ");
    append_line(view->out, diagnostic->message, 0, diagnostic->message.len);
    buffer_append_byte(view->out, '\n');
}

static struct style style_of(enum severity severity, bool colour) {
    if (!colour) {
        return (struct style){"", "", ""};
    }
    return (struct style){severity == SEVERITY_ERROR ? "\x1b[1;31m" : "\x1b[1;33m", "\x1b[1;34m",
                          "\x1b[0m"};
}

bool diagnostic_render(const struct diagnostic *diagnostic, const struct source_file *files,
                       uint32_t file_count, bool colour, struct buffer *out) {
    struct view view = {out, style_of(diagnostic->severity, colour), 1};
    append_head(&view, diagnostic);
    if (diagnostic->place.file < file_count) {
        const struct source_file *file = &files[diagnostic->place.file];
        uint64_t line = spot_of(file->text, diagnostic->place.start).line;
        view.gutter = digits_of(line);
        if (diagnostic->has_second && diagnostic->second.file < file_count) {
            struct str text = files[diagnostic->second.file].text;
            size_t digits = digits_of(spot_of(text, diagnostic->second.start).line);
            view.gutter = digits > view.gutter ? digits : view.gutter;
        }
        append_place(&view, file, diagnostic->place, "-->");
        append_gutter(&view, 0);
        buffer_append_byte(out, '\n');
        append_source(&view, file->text, diagnostic->place, '^', diagnostic->label);
        append_second(&view, diagnostic, files, file_count);
    }
    append_chain(&view, diagnostic, files, file_count);
    if (diagnostic->help.len > 0) {
        append_times(out, ' ', view.gutter);
        buffer_printf(out, " %s=%s help: ", view.style.frame, view.style.reset);
        append_line(out, diagnostic->help, 0, diagnostic->help.len);
        buffer_append_byte(out, '\n');
    }
    return !out->failed;
}

bool diagnostics_render_total(const struct diagnostics *diagnostics, bool colour,
                              struct buffer *out) {
    size_t total = diagnostics->error_count + diagnostics->warning_count;
    if (total == 0) {
        return true;
    }
    enum severity severity = diagnostics->error_count > 0 ? SEVERITY_ERROR : SEVERITY_WARNING;
    struct style style = style_of(severity, colour);
    buffer_printf(out, "%s%s%s: ", style.severity, severity == SEVERITY_ERROR ? "error" : "warning",
                  style.reset);
    buffer_printf(out, "%zu error%s, %zu warning%s", diagnostics->error_count,
                  diagnostics->error_count == 1 ? "" : "s", diagnostics->warning_count,
                  diagnostics->warning_count == 1 ? "" : "s");
    if (total > diagnostics->count) {
        buffer_printf(out, "; %zu of them not shown", total - diagnostics->count);
    }
    buffer_append_byte(out, '\n');
    return !out->failed;
}

void diagnostic_spot(const struct diagnostic *diagnostic, const struct source_file *files,
                     uint32_t file_count, uint64_t *line, uint64_t *column) {
    *line = 0;
    *column = 0;
    if (diagnostic->place.file < file_count) {
        struct spot spot = spot_of(files[diagnostic->place.file].text, diagnostic->place.start);
        *line = spot.line;
        *column = spot.column;
    }
}
