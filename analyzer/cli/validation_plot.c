/* The picture of a validation: two panels of SVG, no script, no outside font or link. */
#include <math.h>

#include "cli/validation.h"

/* Panel sizes in pixels, and the decades that the axes of p span. */
#define PANEL_WIDTH 340.0
#define PANEL_HEIGHT 260.0
#define LEFT 70.0
#define TOP 50.0
#define GAP 110.0
#define DECADES 6.0 /* 1 down to 1e-6 */

enum {
    P_COUNT = sizeof((struct validation_summary){0}.p) / sizeof(struct level_summary),
    Q_COUNT = sizeof((struct validation_summary){0}.q) / sizeof(struct level_summary)
};

static void text(struct buffer *out, double x, double y, const char *anchor, const char *words) {
    buffer_printf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor,
                  words);
}

static void number(struct buffer *out, double x, double y, const char *anchor, double value) {
    buffer_printf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%g</text>\n", x, y, anchor,
                  value);
}

static void frame(struct buffer *out, double left, const char *title, const char *below) {
    buffer_printf(out,
                  "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" "
                  "stroke=\"#888\"/>\n",
                  left, TOP, PANEL_WIDTH, PANEL_HEIGHT);
    text(out, left, TOP - 14, "start", title);
    text(out, left + PANEL_WIDTH / 2, TOP + PANEL_HEIGHT + 42, "middle", below);
}

/* 0 at 1, 1 at the last decade. */
static double decades_of(double share) {
    return share > 0 ? fmin(fmax(-log10(share) / DECADES, 0.0), 1.0) : 1.0;
}

static double p_x(double nominal) {
    return LEFT + PANEL_WIDTH * (1.0 - decades_of(nominal));
}

static double p_y(double share) {
    return TOP + PANEL_HEIGHT * decades_of(share);
}

static void p_points(struct buffer *out, const struct validation_summary *summary) {
    for (size_t i = 0; i < P_COUNT; i++) {
        const struct level_summary *level = &summary->p[i];
        double real = level->real / fmax(summary->real.testable_pairs, 1.0);
        buffer_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"#c44\"/>\n",
                      p_x(level->level), p_y(real));
        buffer_printf(out,
                      "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"none\" stroke=\"#26a\" "
                      "stroke-width=\"2\"/>\n",
                      p_x(level->level), p_y(level->share));
    }
}

static void p_panel(struct buffer *out, const struct validation_summary *summary) {
    frame(out, LEFT, "share of testable pairs with p at most", "p (nominal: on or under the line)");
    buffer_printf(out,
                  "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#888\" "
                  "stroke-dasharray=\"4 4\"/>\n",
                  p_x(1e-6), p_y(1e-6), p_x(1.0), p_y(1.0));
    static const double ticks[] = {1, 1e-2, 1e-4, 1e-6};
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++) {
        number(out, LEFT - 8, p_y(ticks[i]) + 4, "end", ticks[i]);
        number(out, p_x(ticks[i]), TOP + PANEL_HEIGHT + 20, "middle", ticks[i]);
    }
    p_points(out, summary);
}

/* Counts on a scale of log10(1 + count). */
static double bar_height(double count, double most) {
    return most > 0 ? PANEL_HEIGHT * 0.92 * log10(1.0 + count) / log10(1.0 + most) : 0.0;
}

static void bar(struct buffer *out, double x, double width, double height, const char *colour,
                double value) {
    buffer_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
                  x, TOP + PANEL_HEIGHT - height, width, height, colour);
    number(out, x + width / 2, TOP + PANEL_HEIGHT - height - 4, "middle", value);
}

static void q_panel(struct buffer *out, const struct validation_summary *summary) {
    double left = LEFT + PANEL_WIDTH + GAP;
    double step = PANEL_WIDTH / Q_COUNT;
    double most = 0.0;
    frame(out, left, "edges kept (bars on a log scale)", "false discovery rate q");
    for (size_t i = 0; i < Q_COUNT; i++) {
        most = fmax(most, fmax(summary->q[i].real, summary->q[i].mean));
    }
    for (size_t i = 0; i < Q_COUNT; i++) {
        const struct level_summary *level = &summary->q[i];
        double x = left + step * (double)i;
        bar(out, x + step * 0.1, step * 0.36, bar_height(level->real, most), "#c44", level->real);
        bar(out, x + step * 0.54, step * 0.36, bar_height(level->mean, most), "#26a", level->mean);
        number(out, x + step / 2, TOP + PANEL_HEIGHT + 20, "middle", level->level);
    }
}

void validation_plot(struct buffer *out, const struct validation_summary *summary) {
    double width = 2 * LEFT + 2 * PANEL_WIDTH + GAP;
    double height = TOP + PANEL_HEIGHT + 90;
    buffer_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
                  "font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n"
                  "<title>Validation of the null model on %u shuffles</title>\n"
                  "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
                  width, height, summary->shuffles);
    p_panel(out, summary);
    q_panel(out, summary);
    buffer_printf(out,
                  "<text x=\"%.1f\" y=\"%.1f\"><tspan fill=\"#c44\">&#9679; data</tspan>"
                  "<tspan dx=\"20\" fill=\"#26a\">&#9675; mean of %u shuffles</tspan></text>\n"
                  "</svg>\n",
                  LEFT, TOP + PANEL_HEIGHT + 72, summary->shuffles);
}
