/* hearsay: the program. Everything is in commands.c and the files of the single commands. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "stats/library.h"

int main(int argc, char **argv) {
    interrupt_ignore_write_signals();
    stats_begin();
    return command_run(argc, argv);
}
