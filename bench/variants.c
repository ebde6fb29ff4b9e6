/* bench_variants FILE DRAWS: prints each post of an NDJSON file as people write it who evade
 * filters: every kind of text/variant.h with the seeds 1 to DRAWS. A variant's id is the post's,
 * "/", the kind, "/" and the seed; a kind that changes nothing in a text is left out. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "text/variant.h"

#define LINE_SIZE (1 << 20)
#define DRAWS_MOST 1000ul

static bool print_line(json_t *post, struct str id, const struct buffer *text,
                       enum variant_kind kind, unsigned long seed) {
    struct buffer name = {0};
    buffer_append_str(&name, id);
    buffer_printf(&name, "/%s/%lu", variant_name(kind), seed);
    json_object_set_new(post, "id", json_stringn(name.ptr, name.len));
    json_object_set_new(post, "text", json_stringn(text->ptr, text->len));
    bool ok = !name.failed && json_dumpf(post, stdout, JSON_COMPACT) == 0;
    putchar('\n');
    buffer_free(&name);
    return ok;
}

static bool print_variants(json_t *post, unsigned long draws) {
    struct str id = json_member(post, "id");
    struct str text = json_member(post, "text");
    json_t *copy = json_copy(post);
    struct buffer variant = {0};
    bool ok = copy != NULL;
    for (unsigned i = 0; ok && i < VARIANT_COUNT * draws; i++) {
        enum variant_kind kind = (enum variant_kind)(i / draws);
        buffer_clear(&variant);
        ok = variant_append(text, kind, i % draws + 1, &variant);
        if (ok && !str_equal(buffer_str(&variant), text)) {
            ok = print_line(copy, id, &variant, kind, i % draws + 1);
        }
    }
    buffer_free(&variant);
    json_decref(copy);
    return ok;
}

static int print_all(FILE *file, const char *name, unsigned long draws) {
    static char line[LINE_SIZE];
    while (fgets(line, LINE_SIZE, file)) {
        struct hearsay_failure failure = {0};
        json_t *post = NULL;
        if (json_parse(str_from_c(line), str_from_c(name), &post, &failure) != HEARSAY_OK ||
            !print_variants(post, draws)) {
            fprintf(stderr, "bench_variants: cannot vary: %.100s\n", line);
            return 4;
        }
        json_decref(post);
    }
    return fflush(stdout) == 0 ? 0 : 4;
}

int main(int argc, char **argv) {
    unsigned long draws = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    if (draws == 0 || draws > DRAWS_MOST) {
        fprintf(stderr, "usage: bench_variants FILE DRAWS\n");
        return 3;
    }
    FILE *file = fopen(argv[1], "r");
    if (!file) {
        perror(argv[1]);
        return 4;
    }
    int status = print_all(file, argv[1], draws);
    fclose(file);
    return status;
}
