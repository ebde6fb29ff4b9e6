#include <malloc.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/run.h"
#include "cli/settings.h"
#include "cli/terminal.h"

/* Blocks from this size on go back to the system when they are freed. glibc raises the bound with
 * the first large block that is freed, and then keeps what tables and sort space give back: a third
 * of the peak with ten million actions (bench/results.md). A scan gains little by it and loses a
 * tenth of its speed. */
#define MAPPED_BLOCK_BYTES (64 << 10)

int command_coordinate(const struct arguments *arguments) {
    mallopt(M_MMAP_THRESHOLD, MAPPED_BLOCK_BYTES);
    struct settings settings;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = settings_read(arguments, &settings, &failure);
    int code = status == HEARSAY_OK ? run_inputs(arguments, &settings, NULL)
                                    : terminal_fail(status, &failure);
    settings_free(&settings);
    return code;
}
