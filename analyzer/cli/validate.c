/* `hearsay validate`: the null model on shuffled data. */
#include "base/failure.h"
#include "cli/commands.h"
#include "cli/run.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/value.h"

#define SHUFFLES_DEFAULT 20
#define SHUFFLES_MOST 1000

static enum hearsay_status read_count(const struct arguments *arguments, enum option_id id,
                                      const char *name, uint64_t most, uint64_t *value,
                                      struct hearsay_failure *failure) {
    const char *text = arguments->values[id];
    bool is_seed = id == OPTION_SEED;
    if (text && !value_count(str_from_c(text), is_seed ? 0 : 1, most, value)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "--%s %s: expected is a number from %d to %llu", name, text, !is_seed,
                           (unsigned long long)most);
    }
    return HEARSAY_OK;
}

int command_validate(const struct arguments *arguments) {
    struct settings settings;
    struct hearsay_failure failure = {0};
    uint64_t shuffles = SHUFFLES_DEFAULT;
    uint64_t seed = 1;
    enum hearsay_status status = settings_read(arguments, &settings, &failure);
    if (status == HEARSAY_OK) {
        status =
            read_count(arguments, OPTION_SHUFFLES, "shuffles", SHUFFLES_MOST, &shuffles, &failure);
    }
    if (status == HEARSAY_OK) {
        status = read_count(arguments, OPTION_SEED, "seed", UINT64_MAX, &seed, &failure);
    }
    settings.is_validation = true;
    settings.options.shuffles = (unsigned)shuffles;
    settings.options.shuffle_seed = seed;
    int code = status == HEARSAY_OK ? run_inputs(arguments, &settings, NULL)
                                    : terminal_fail(status, &failure);
    settings_free(&settings);
    return code;
}
