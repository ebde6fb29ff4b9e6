#include "cli/terminal.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/exit.h"

void terminal_error(const char *format, ...) {
    va_list arguments;
    fputs("hearsay: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void terminal_failure(const struct hearsay_failure *failure) {
    struct buffer text = {0};
    if (failure->file[0]) {
        terminal_append_safe(&text, str_from_c(failure->file));
        if (failure->line > 0) {
            buffer_append_byte(&text, ':');
            buffer_append_u64(&text, failure->line);
        }
        if (failure->line > 0 && failure->column > 0) {
            buffer_append_byte(&text, ':');
            buffer_append_u64(&text, failure->column);
        }
        buffer_append_c(&text, ": ");
    }
    terminal_append_safe(&text, str_from_c(failure->message[0] ? failure->message : "failed"));
    terminal_error("%.*s", (int)text.len, text.len > 0 ? text.ptr : "");
    buffer_free(&text);
}

int terminal_fail(enum hearsay_status status, const struct hearsay_failure *failure) {
    terminal_failure(failure);
    return exit_of_status(status);
}

int terminal_print(struct buffer *text) {
    int code = EXIT_DONE;
    size_t done = 0;
    if (text->failed) {
        terminal_error("out of memory");
        code = EXIT_BUDGET;
    }
    while (code == EXIT_DONE && done < text->len) {
        ssize_t count = write(STDOUT_FILENO, text->ptr + done, text->len - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            bool is_closed = count < 0 && errno == EPIPE;
            terminal_error("standard output: %s",
                           is_closed ? "closed by the reader" : strerror(count < 0 ? errno : EIO));
            code = EXIT_IO;
        } else {
            done += (size_t)count;
        }
    }
    buffer_free(text);
    return code;
}

bool terminal_is_lively(void) {
    const char *no_colour = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    bool is_dumb = kind && strcmp(kind, "dumb") == 0;
    return isatty(STDERR_FILENO) && !(no_colour && no_colour[0]) && !is_dumb;
}

bool terminal_append_count(struct buffer *out, uint64_t value) {
    char digits[21];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            buffer_append_byte(out, ',');
        }
        buffer_append_byte(out, digits[i]);
    }
    return !out->failed;
}

bool terminal_append_bytes(struct buffer *out, uint64_t bytes) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = (double)bytes;
    size_t unit = 0;
    while (value >= 999.5 && unit + 1 < sizeof units / sizeof units[0]) {
        value /= 1000;
        unit++;
    }
    return buffer_printf(out, unit > 0 && value < 99.95 ? "%.1f %s" : "%.0f %s", value,
                         units[unit]);
}

bool terminal_append_duration(struct buffer *out, double seconds) {
    double whole = floor(seconds + 0.5);
    if (seconds < 10) {
        buffer_append_double(out, floor(seconds * 10 + 0.5) / 10, 3);
        return buffer_append_c(out, " s");
    }
    if (whole < 60) {
        return buffer_printf(out, "%.0f s", whole);
    }
    if (whole < 3600) {
        return buffer_printf(out, "%.0f min %.0f s", floor(whole / 60), fmod(whole, 60));
    }
    if (whole < 86400) {
        return buffer_printf(out, "%.0f h %.0f min", floor(whole / 3600),
                             floor(fmod(whole, 3600) / 60));
    }
    double days = floor(whole / 86400);
    return buffer_printf(out, "%.0f day%s %.0f h", days, days > 1 ? "s" : "",
                         floor(fmod(whole, 86400) / 3600));
}

/* C0, DEL, C1, and what reorders or hides text (bidirectional controls, zero width, BOM). */
static bool is_unsafe(uint32_t cp) {
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x200b && cp <= 0x200f) ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff;
}

bool terminal_append_safe(struct buffer *out, struct str text) {
    size_t width;
    for (size_t at = 0; at < text.len; at += width) {
        uint32_t cp = utf8_decode(text, at, &width);
        if (cp == '\n' || cp == '\r' || cp == '\t') {
            buffer_append_byte(out, ' ');
        } else if (is_unsafe(cp)) {
            buffer_append_c(out, "\xef\xbf\xbd");
        } else {
            char bytes[4];
            buffer_append(out, bytes, utf8_encode(cp, bytes));
        }
    }
    return !out->failed;
}

bool terminal_append_shell(struct buffer *out, struct str text) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_-./:,@%+=";
    bool is_plain = text.len > 0;
    for (size_t i = 0; i < text.len && is_plain; i++) {
        is_plain = text.ptr[i] && strchr(plain, text.ptr[i]);
    }
    if (is_plain) {
        return buffer_append_str(out, text);
    }
    buffer_append_byte(out, '\'');
    for (size_t from = 0; from < text.len;) {
        size_t quote = str_find_byte(text, '\'', from);
        terminal_append_safe(out, str_slice(text, from, quote));
        if (quote == STR_NOT_FOUND) {
            break;
        }
        buffer_append_c(out, "'\\''");
        from = quote + 1;
    }
    return buffer_append_byte(out, '\'');
}
