#include "stats/library.h"

#include <gsl/gsl_errno.h>

void stats_begin(void) {
    gsl_set_error_handler_off();
}
