/* hearsay: the program. Everything is in commands.c and the files of the single commands. */
#include <malloc.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "stats/library.h"

/* Blocks from this size on go back to the system when they are freed. glibc raises the bound with
 * the first large block that is freed, and then keeps what tables and sort space give back: a third
 * of the peak with ten million actions (bench/results.md). */
#define MAPPED_BLOCK_BYTES (64 << 10)

int main(int argc, char **argv) {
    mallopt(M_MMAP_THRESHOLD, MAPPED_BLOCK_BYTES);
    interrupt_ignore_write_signals();
    stats_begin();
    return command_run(argc, argv);
}
