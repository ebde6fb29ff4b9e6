/* What a validation of the null model found, as a table, JSON and a plot. */
#ifndef HEARSAY_CLI_VALIDATION_H
#define HEARSAY_CLI_VALIDATION_H

#include "base/buffer.h"
#include "base/json.h"
#include "hearsay.h"

/* Makes the folder unless it is there. */
enum hearsay_status validation_folder(const char *folder, struct hearsay_failure *failure);

/* Prints the table and writes validation.json and validation.svg; gives the exit code. */
int validation_show(const struct hearsay_engine *engine, const struct hearsay_options *options,
                    const char *folder);

/* The levels of p, or of q, over all runs. */
struct level_summary {
    double level;
    double real;       /* count in the data */
    double mean;       /* of the counts in the shuffles */
    double share;      /* of testable pairs: the shuffles' counts together */
    double most;       /* greatest count of a shuffle */
    unsigned with_any; /* shuffles with a count above 0 */
};

struct validation_summary {
    unsigned shuffles;
    struct hearsay_validation_run real;
    double testable_pairs; /* mean of the shuffles */
    struct level_summary p[4];
    struct level_summary q[6];
};

/* A self-contained picture: the chance of a small p against its nominal value, and the edges kept
 * per q in the data and in the shuffles. */
void validation_plot(struct buffer *out, const struct validation_summary *summary);

#endif
