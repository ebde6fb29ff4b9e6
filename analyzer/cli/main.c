/* hearsay: the program. Everything is in commands.c and the files of the single commands. */
#include "cli/commands.h"
#include "cli/interrupt.h"

int main(int argc, char **argv) {
    interrupt_ignore_write_signals();
    return command_run(argc, argv);
}
