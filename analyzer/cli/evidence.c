#include "cli/evidence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "cli/terminal.h"

enum { OBJECT_BYTES_SHOWN = 160, TIME_WIDTH = 27 };

struct shown {
    const json_t *co_action;
    const char *layer;
    double gap_s;     /* absolute */
    size_t order;     /* as in the file, for equal gaps */
    bool is_repeated; /* an object that was shown before: comes last */
};

static double gap_of(const json_t *co_action) {
    return json_number_value(json_object_get(co_action, "gap_s"));
}

static int compare_numbers(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static int compare_text(const void *a, const void *b) {
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static double median_gap_s(const json_t *co_actions) {
    size_t count = json_array_size(co_actions);
    double *gaps = calloc(count + 1, sizeof *gaps);
    if (!gaps || count == 0) {
        free(gaps);
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        gaps[i] = fabs(gap_of(json_array_get(co_actions, i)));
    }
    qsort(gaps, count, sizeof *gaps, compare_numbers);
    double median = count % 2 ? gaps[count / 2] : (gaps[count / 2 - 1] + gaps[count / 2]) / 2;
    free(gaps);
    return median;
}

static size_t distinct_objects(const json_t *co_actions) {
    size_t count = json_array_size(co_actions);
    struct str *objects = calloc(count + 1, sizeof *objects);
    size_t distinct = 0;
    if (!objects) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        objects[i] = json_member(json_array_get(co_actions, i), "object");
    }
    qsort(objects, count, sizeof *objects, compare_text);
    for (size_t i = 0; i < count; i++) {
        distinct += i == 0 || !str_equal(objects[i], objects[i - 1]);
    }
    free(objects);
    return distinct;
}

/* "the same link", "the same text": what a shared object of a layer is called. */
static const char *object_name(const char *layer, bool is_plural) {
    static const struct {
        const char *layer, *one, *several;
    } names[] = {
        {"repost", "the same post reposted", "posts both reposted"},
        {"link", "the same link", "links both shared"},
        {"hashtag", "the same hashtag", "hashtags both used"},
        {"reply", "the same post answered", "posts both answered"},
        {"text", "the same or nearly the same text", "texts both posted"},
        {"fast_repost", "the same post reposted at once", "posts both reposted at once"},
        {"domain", "the same website", "websites both linked to"},
        {"hashtag_set", "the same set of hashtags", "sets of hashtags both used"},
        {"hashtag_sequence", "the same hashtags in the same order",
         "sequences of hashtags both used"},
        {"mention", "the same account mentioned", "accounts both mentioned"},
        {"claim", "the same claim", "claims both passed on"},
        {"media", "the same picture or video", "pictures or videos both posted"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i].layer, layer) == 0) {
            return is_plural ? names[i].several : names[i].one;
        }
    }
    return is_plural ? "objects both shared" : "the same object";
}

void evidence_append_layers(struct buffer *out, const json_t *edge, const char *indent) {
    const json_t *layers = json_object_get(edge, "layers");
    for (size_t i = 0; i < json_array_size(layers); i++) {
        const json_t *layer = json_array_get(layers, i);
        const json_t *co_actions = json_object_get(layer, "co_actions");
        const char *name = json_string_value(json_object_get(layer, "layer"));
        size_t count = json_array_size(co_actions);
        size_t objects = distinct_objects(co_actions);
        buffer_append_c(out, indent);
        terminal_append_safe(out, str_from_c(name));
        buffer_append_c(out, ": ");
        terminal_append_count(out, count);
        buffer_append_c(out, count == 1 ? " co-action, " : " co-actions, ");
        if (objects != 1) {
            terminal_append_count(out, objects);
            buffer_append_byte(out, ' ');
        }
        buffer_append_c(out, object_name(name ? name : "", objects != 1));
        buffer_append_c(out, count == 1 ? ", gap " : ", typical gap ");
        terminal_append_duration(out, median_gap_s(co_actions));
        buffer_append_c(out, ", weight ");
        buffer_append_double(out, json_number_value(json_object_get(layer, "weight")), 4);
        buffer_append_byte(out, '\n');
    }
    uint64_t omitted = (uint64_t)json_integer_value(json_object_get(edge, "omitted_co_actions"));
    if (omitted > 0) {
        buffer_append_c(out, indent);
        terminal_append_count(out, omitted);
        buffer_append_c(out, " more co-actions count in the weight and are not listed\n");
    }
}

static int compare_shown(const void *a, const void *b) {
    const struct shown *left = a;
    const struct shown *right = b;
    if (left->is_repeated != right->is_repeated) {
        return left->is_repeated ? 1 : -1;
    }
    int by_gap = compare_numbers(&left->gap_s, &right->gap_s);
    return by_gap ? by_gap : (left->order > right->order) - (left->order < right->order);
}

static int compare_object(const void *a, const void *b) {
    const struct shown *left = a;
    const struct shown *right = b;
    int by_object = str_compare(json_member(left->co_action, "object"),
                                json_member(right->co_action, "object"));
    return by_object ? by_object : compare_shown(a, b);
}

/* All co-actions of an edge, best first; *count of them; malloc'd, NULL when memory is out. */
static struct shown *rank_co_actions(const json_t *edge, size_t *count) {
    const json_t *layers = json_object_get(edge, "layers");
    size_t total = 0;
    for (size_t i = 0; i < json_array_size(layers); i++) {
        total += json_array_size(json_object_get(json_array_get(layers, i), "co_actions"));
    }
    struct shown *shown = calloc(total + 1, sizeof *shown);
    *count = 0;
    for (size_t i = 0; shown && i < json_array_size(layers); i++) {
        const json_t *layer = json_array_get(layers, i);
        const json_t *co_actions = json_object_get(layer, "co_actions");
        for (size_t j = 0; j < json_array_size(co_actions); j++) {
            const json_t *co_action = json_array_get(co_actions, j);
            shown[*count] =
                (struct shown){.co_action = co_action,
                               .layer = json_string_value(json_object_get(layer, "layer")),
                               .gap_s = fabs(gap_of(co_action)),
                               .order = *count};
            (*count)++;
        }
    }
    if (!shown || total == 0) {
        return shown;
    }
    /* The closest co-action of every object first, then the others. */
    qsort(shown, *count, sizeof *shown, compare_object);
    for (size_t i = *count - 1; i > 0; i--) {
        shown[i].is_repeated = str_equal(json_member(shown[i].co_action, "object"),
                                         json_member(shown[i - 1].co_action, "object"));
    }
    qsort(shown, *count, sizeof *shown, compare_shown);
    return shown;
}

static void append_post(struct buffer *out, const char *who, struct str post) {
    buffer_append_c(out, who);
    buffer_append_c(out, ", post ");
    terminal_append_safe(out, post);
    buffer_append_byte(out, '\n');
}

/* The object, then both posts in the order of their times. */
static void append_co_action(struct buffer *out, const struct shown *shown,
                             const struct evidence_view *view) {
    const json_t *co_action = shown->co_action;
    bool is_a_first = gap_of(co_action) >= 0;
    struct buffer later = {0};
    struct str at = json_member(co_action, "at");
    buffer_append_c(out, view->indent);
    buffer_append_c(out, "- ");
    terminal_append_safe(out, str_from_c(shown->layer));
    buffer_append_c(out, " \"");
    terminal_append_safe(out, utf8_clip(json_member(co_action, "object"), OBJECT_BYTES_SHOWN));
    buffer_append_c(out, "\"\n");
    buffer_printf(out, "%s  %-*.*s  ", view->indent, TIME_WIDTH, (int)at.len, at.ptr);
    append_post(out, is_a_first ? view->name_a : view->name_b,
                json_member(co_action, is_a_first ? "post_a" : "post_b"));
    if (shown->gap_s > 0) {
        terminal_append_duration(&later, shown->gap_s);
        buffer_append_c(&later, " later");
    } else {
        buffer_append_c(&later, "at the same time");
    }
    buffer_printf(out, "%s  %-*.*s  ", view->indent, TIME_WIDTH, (int)later.len,
                  later.len > 0 ? later.ptr : "");
    append_post(out, is_a_first ? view->name_b : view->name_a,
                json_member(co_action, is_a_first ? "post_b" : "post_a"));
    buffer_free(&later);
}

void evidence_append_co_actions(struct buffer *out, const json_t *edge,
                                const struct evidence_view *view) {
    size_t count = 0;
    struct shown *shown = rank_co_actions(edge, &count);
    for (size_t i = 0; shown && i < count && i < view->limit; i++) {
        append_co_action(out, &shown[i], view);
    }
    if (count > view->limit) {
        buffer_append_c(out, view->indent);
        buffer_append_c(out, "- and ");
        terminal_append_count(out, count - view->limit);
        buffer_append_c(out, " more in edges.ndjson\n");
    }
    free(shown);
}
