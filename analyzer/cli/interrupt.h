/* Ctrl-C and SIGTERM: the first one asks to stop, the second one ends the program at once. */
#ifndef HEARSAY_CLI_INTERRUPT_H
#define HEARSAY_CLI_INTERRUPT_H

/* Begins to listen, unless whoever started the program chose to ignore the signal (nohup, a job in
 * the background of a script). */
void interrupt_listen(void);

/* The signal that came, or 0. */
int interrupt_signal(void);

/* From now on a closed pipe, or a file beyond the size that `ulimit -f` allows, is a write error
 * with a message and not the end of the program. */
void interrupt_ignore_write_signals(void);

#endif
