#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/run.h"
#include "cli/settings.h"
#include "cli/terminal.h"

int command_coordinate(const struct arguments *arguments) {
    struct settings settings;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = settings_read(arguments, &settings, &failure);
    int code = status == HEARSAY_OK ? run_inputs(arguments, &settings, NULL)
                                    : terminal_fail(status, &failure);
    settings_free(&settings);
    return code;
}
