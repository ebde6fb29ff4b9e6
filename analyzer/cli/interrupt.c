#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const int stop_signals[] = {SIGINT, SIGTERM};

/* A signal handler has no other place to leave its word. */
static volatile sig_atomic_t caught_signal;

static void on_signal(int number) {
    static const char message[] = "\nhearsay: stopping: finishing what was read; "
                                  "once more ends at once\n";
    caught_signal = number;
    for (size_t i = 0; i < sizeof stop_signals / sizeof stop_signals[0]; i++) {
        signal(stop_signals[i], SIG_DFL);
    }
    /* Nothing can be done about a message that cannot be written. */
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
}

void interrupt_listen(void) {
    /* No SA_RESTART: a read that waits for a pipe must return. */
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof stop_signals / sizeof stop_signals[0]; i++) {
        struct sigaction before;
        if (sigaction(stop_signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(stop_signals[i], &action, NULL);
        }
    }
}

int interrupt_signal(void) {
    return (int)caught_signal;
}

void interrupt_ignore_write_signals(void) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}
