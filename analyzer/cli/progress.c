#include "cli/progress.h"

#include <stdio.h>
#include <time.h>

#include "cli/terminal.h"

static const double REDRAW_S = 0.1;
static const char erase_line[] = "\r\x1b[K";

static double now_s(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_start(struct progress *progress, bool is_shown, uint64_t total_bytes) {
    *progress =
        (struct progress){.is_shown = is_shown, .total_bytes = total_bytes, .started_s = now_s()};
}

double progress_elapsed_s(const struct progress *progress) {
    return now_s() - progress->started_s;
}

static void append_line(struct buffer *line, const struct progress *progress,
                        const struct hearsay_progress *now, uint64_t bytes_done, double elapsed_s) {
    double share = 0;
    if (progress->total_bytes > 0) {
        share = (double)bytes_done / (double)progress->total_bytes;
        share = share > 1 ? 1 : share; /* a file may grow while it is read */
        buffer_printf(line, "%3.0f%%  ", share * 100);
    }
    terminal_append_count(line, now->records_in);
    buffer_append_c(line, " posts  ");
    terminal_append_count(line, (uint64_t)((double)now->records_in / elapsed_s));
    buffer_printf(line, " posts/s  %.1f MB/s", (double)now->bytes_in / elapsed_s / 1e6);
    if (share > 0.005) {
        buffer_append_c(line, "  ETA ");
        terminal_append_duration(line, elapsed_s * (1 - share) / share);
    }
    buffer_append_c(line, "  findings ");
    terminal_append_count(line, now->findings);
}

void progress_update(struct progress *progress, const struct hearsay_progress *now,
                     uint64_t bytes_done) {
    double time_s = now_s();
    double elapsed_s = time_s - progress->started_s;
    if (!progress->is_shown || time_s - progress->drawn_s < REDRAW_S || elapsed_s < REDRAW_S) {
        return;
    }
    struct buffer line = {0};
    append_line(&line, progress, now, bytes_done, elapsed_s);
    fprintf(stderr, "%s%.*s", erase_line, (int)line.len, line.len > 0 ? line.ptr : "");
    fflush(stderr);
    buffer_free(&line);
    progress->drawn_s = time_s;
    progress->is_drawn = true;
}

void progress_phase(struct progress *progress, const char *text) {
    if (progress->is_shown) {
        fprintf(stderr, "%s%s", erase_line, text);
        fflush(stderr);
        progress->is_drawn = true;
    }
}

void progress_end(struct progress *progress) {
    if (progress->is_drawn) {
        fputs(erase_line, stderr);
        fflush(stderr);
        progress->is_drawn = false;
    }
}
