/* Properties of groups from any bytes: the groups of the labels stay as they were, every group has
 * every property as text, and reading the same bytes again changes nothing. */
#include <stdlib.h>

#include "cli/group_properties.h"

static void require(bool is_true) {
    if (!is_true) {
        abort();
    }
}

static size_t total_length(const struct account_labels *labels) {
    size_t total = 0;
    for (uint32_t group = 0; group < labels->groups.count; group++) {
        for (size_t i = 0; i < labels->property_count; i++) {
            struct str value = labels->properties[group][i];
            for (size_t at = 0; at < value.len; at++) {
                total += (unsigned char)value.ptr[at] + 1u;
            }
        }
    }
    return total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char table[] =
        "account,label,group,tempo\na,campaign,g01,5 m\nb,campaign,g10,\nc,organic,fans,\n";
    struct str bytes = {(const char *)data, size};
    struct account_labels labels;
    require(account_labels_read(table, sizeof table - 1, STR("fuzz"), &labels, NULL) == HEARSAY_OK);
    enum hearsay_status status = group_properties_read(bytes, STR("fuzz"), &labels, NULL);
    require(status == HEARSAY_OK || status == HEARSAY_BAD_INPUT);
    require(labels.groups.count == 3 && labels.property_count >= 1);
    require(labels.property_count <= ACCOUNT_LABELS_COLUMNS);
    size_t total = total_length(&labels);
    size_t properties = labels.property_count;
    require(group_properties_read(bytes, STR("fuzz"), &labels, NULL) == status);
    require(labels.property_count == properties && total_length(&labels) == total);
    account_labels_free(&labels);
    return 0;
}
