/* What is known of whole groups of labelled accounts (tempo, camouflage, style), from a file beside
 * the labels: a JSON array of objects, each with "group" and further members. They are shown beside
 * a group's result. Knows no results. */
#ifndef HEARSAY_CLI_GROUP_PROPERTIES_H
#define HEARSAY_CLI_GROUP_PROPERTIES_H

#include "cli/account_labels.h"

/* Adds the properties to the groups of `labels`, over those that the table gave under one name. A
 * group is named as in the labels, or by a whole number: 8 is the one group of the labels whose
 * name ends in that number (group08). Groups that the labels do not know are passed over.
 * HEARSAY_BAD_INPUT: no such JSON, a value that is no text, number, truth or null, too many
 * properties, a number that names two groups, or no group that the labels know. */
enum hearsay_status group_properties_load(const char *path, struct account_labels *labels,
                                          struct hearsay_failure *failure);
/* The same from bytes; `file` only names the place. */
enum hearsay_status group_properties_read(struct str bytes, struct str file,
                                          struct account_labels *labels,
                                          struct hearsay_failure *failure);

#endif
