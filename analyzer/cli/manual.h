/* Texts generated from the table of options: help, the manual page and the completions. */
#ifndef HEARSAY_CLI_MANUAL_H
#define HEARSAY_CLI_MANUAL_H

#include "base/buffer.h"
#include "cli/options.h"

void manual_append_overview(struct buffer *out);                            /* hearsay help */
void manual_append_help(struct buffer *out, const struct command *command); /* COMMAND --help */
void manual_append_page(struct buffer *out);                                /* roff, man(7) */
void manual_append_bash(struct buffer *out);
void manual_append_zsh(struct buffer *out);

#endif
