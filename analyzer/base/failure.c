#include "base/failure.h"

#include <stdarg.h>
#include <stdio.h>

enum hearsay_status failure_set(struct hearsay_failure *failure, enum hearsay_status status,
                                struct str file, uint64_t line, uint64_t column, const char *format,
                                ...) {
    if (!failure) {
        return status;
    }
    failure->status = status;
    failure->line = line;
    failure->column = column;
    snprintf(failure->file, sizeof failure->file, "%.*s", (int)file.len, file.ptr);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(failure->message, sizeof failure->message, format, arguments);
    va_end(arguments);
    return status;
}

enum hearsay_status failure_memory(struct hearsay_failure *failure) {
    return failure_set(failure, HEARSAY_NO_MEMORY, STR_EMPTY, 0, 0, "out of memory");
}
