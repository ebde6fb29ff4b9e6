/* bench_repeat FILE COUNT: prints COUNT posts by repeating the lines of a canonical NDJSON file.
 * Each repetition has ids of its own ("-1", "-2", ... at their end) and lies eight years after the
 * one before, so that nothing is a duplicate and no window spans two of them. (Eight years and not
 * seven: a leap day must fall on a leap day. Years past 2099 are refused.) Accounts and texts stay
 * as they are.
 *
 * Expects "id": "..." and "created_at": "YYYY-... in every line, as the corpora have them. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define YEARS 8
#define LINE_SIZE (1 << 20)

/* The place after `key` in the line, or NULL. */
static char *after(char *line, const char *key) {
    char *found = strstr(line, key);
    return found ? found + strlen(key) : NULL;
}

/* Prints the line as repetition `repetition`; false when it lacks what is changed. */
static bool print_shifted(char *line, unsigned long repetition) {
    char *id = after(line, "\"id\": \"");
    char *year = after(line, "\"created_at\": \"");
    char *id_end = id ? strchr(id, '"') : NULL;
    if (!id_end || !year || year < id_end) {
        return false;
    }
    unsigned long value = strtoul(year, NULL, 10) + YEARS * repetition;
    if (value > 2099) {
        return false;
    }
    printf("%.*s-%lu%.*s%04lu%s", (int)(id_end - line), line, repetition, (int)(year - id_end),
           id_end, value, year + 4);
    return true;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: bench_repeat FILE COUNT\n");
        return 3;
    }
    unsigned long count = strtoul(argv[2], NULL, 10);
    FILE *file = fopen(argv[1], "r");
    static char line[LINE_SIZE];
    if (!file) {
        perror(argv[1]);
        return 4;
    }
    unsigned long repetition = 0;
    for (unsigned long done = 0; done < count; done++) {
        if (!fgets(line, LINE_SIZE, file)) {
            rewind(file);
            repetition++;
            if (!fgets(line, LINE_SIZE, file)) {
                break; /* an empty file */
            }
        }
        if (repetition == 0) {
            fputs(line, stdout);
        } else if (!print_shifted(line, repetition)) {
            fprintf(stderr, "bench_repeat: cannot shift: %.100s\n", line);
            return 4;
        }
    }
    fclose(file);
    return fflush(stdout) == 0 ? 0 : 4;
}
