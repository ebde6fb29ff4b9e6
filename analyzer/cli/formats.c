#include "cli/commands.h"
#include "cli/terminal.h"
#include "hearsay.h"

int command_formats(const struct arguments *arguments) {
    (void)arguments;
    struct buffer out = {0};
    const struct hearsay_format *format;
    for (size_t i = 0; (format = hearsay_format_at(i)); i++) {
        buffer_printf(&out, "%-20s %s\n", format->name, format->meaning);
        if (format->columns && format->columns[0]) {
            buffer_printf(&out, "%-20s recognised by: %s\n", "", format->columns);
        }
    }
    buffer_append_c(&out,
                    "\nEvery format may be plain, gzip or zstd. Any other table with a header "
                    "row is read with --map, for\nexample --map account=author,text=body,"
                    "created_at=date.\n");
    return terminal_print(&out);
}
