#include "stats/logistic.h"

#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>

#include "base/failure.h"

enum { STEPS_MOST = 500 };

double logistic_log_odds(const struct logistic_row *row, const double *coefficients) {
    double sum = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        sum += row->values[i] * coefficients[row->columns[i]];
    }
    return sum;
}

double logistic_probability(double log_odds) {
    return 1.0 / (1.0 + exp(-log_odds));
}

/* ln(1 + exp(z)) without overflow. */
static double softplus(double z) {
    return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
}

/* The loss at x; its gradient too unless NULL. */
static double loss_at(const struct logistic_problem *problem, const double *x, double *gradient) {
    double loss = 0;
    for (size_t j = 0; j < problem->columns; j++) {
        double away = x[j] - problem->centres[j];
        loss += 0.5 * problem->penalties[j] * away * away;
        if (gradient) {
            gradient[j] = problem->penalties[j] * away;
        }
    }
    for (size_t i = 0; i < problem->row_count; i++) {
        const struct logistic_row *row = &problem->rows[i];
        if (row->weight == 0) {
            continue;
        }
        double z = logistic_log_odds(row, x);
        loss += row->weight * softplus(row->is_positive ? -z : z);
        if (gradient) {
            double error = row->weight * (logistic_probability(z) - (row->is_positive ? 1 : 0));
            for (uint32_t k = 0; k < row->count; k++) {
                gradient[row->columns[k]] += error * row->values[k];
            }
        }
    }
    return loss;
}

static double loss_only(const gsl_vector *x, void *problem) {
    return loss_at(problem, x->data, NULL);
}

static void loss_gradient(const gsl_vector *x, void *problem, gsl_vector *gradient) {
    loss_at(problem, x->data, gradient->data);
}

static void loss_both(const gsl_vector *x, void *problem, double *loss, gsl_vector *gradient) {
    *loss = loss_at(problem, x->data, gradient->data);
}

static void descend(gsl_multimin_fdfminimizer *minimizer, gsl_multimin_function_fdf *function,
                    const gsl_vector *start, size_t rows) {
    double exact = 1e-5 * (double)(rows + 1);
    gsl_multimin_fdfminimizer_set(minimizer, function, start, 0.1, 0.1);
    for (int step = 0; step < STEPS_MOST; step++) {
        if (gsl_multimin_fdfminimizer_iterate(minimizer) != 0 ||
            gsl_multimin_test_gradient(minimizer->gradient, exact) != GSL_CONTINUE) {
            return;
        }
    }
}

enum hearsay_status logistic_fit(const struct logistic_problem *problem, double *coefficients,
                                 struct hearsay_failure *failure) {
    /* GSL ends the program when memory is out, so probe for what it will ask for. */
    void *probe = malloc((problem->columns + 1) * sizeof(double) * 12);
    free(probe);
    if (!probe) {
        return failure_memory(failure);
    }
    struct logistic_problem own = *problem;
    gsl_vector *start = gsl_vector_alloc(problem->columns);
    gsl_multimin_fdfminimizer *minimizer =
        gsl_multimin_fdfminimizer_alloc(gsl_multimin_fdfminimizer_vector_bfgs2, problem->columns);
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (start && minimizer) {
        gsl_multimin_function_fdf function = {.f = loss_only,
                                              .df = loss_gradient,
                                              .fdf = loss_both,
                                              .n = problem->columns,
                                              .params = &own};
        memcpy(start->data, problem->centres, problem->columns * sizeof(double));
        descend(minimizer, &function, start, problem->row_count);
        memcpy(coefficients, minimizer->x->data, problem->columns * sizeof(double));
        status = HEARSAY_OK;
    }
    if (minimizer) {
        gsl_multimin_fdfminimizer_free(minimizer);
    }
    if (start) {
        gsl_vector_free(start);
    }
    return status == HEARSAY_OK ? status : failure_memory(failure);
}
