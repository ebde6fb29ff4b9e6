/* Label files of any bytes: a table of accounts if the first byte is even, rows of posts else. What
 * is read is consistent: rows add up, every account is found again, and nothing is read on failure
 * twice. */
#include <stdlib.h>

#include "cli/account_labels.h"
#include "cli/labels.h"

static void require(bool is_true) {
    if (!is_true) {
        abort();
    }
}

static void read_accounts(const uint8_t *data, size_t size) {
    struct account_labels labels;
    char *bytes = malloc(size + 1);
    require(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    enum hearsay_status status = account_labels_read(bytes, size, STR("fuzz"), &labels, NULL);
    size_t known = labels.accounts.count;
    require(status == HEARSAY_OK || status == HEARSAY_BAD_INPUT);
    require(status != HEARSAY_OK || known > 0);
    require(known + labels.unknown + labels.repeated <= labels.rows);
    for (size_t i = 0; i < known; i++) {
        uint32_t group = labels.items[i].group;
        require(group == ACCOUNT_LABELS_NO_GROUP || group < labels.groups.count);
        require(labels.has_platform ||
                account_labels_find(&labels, STR_EMPTY, labels.accounts.keys[i]) == i);
    }
    account_labels_free(&labels);
    free(bytes);
}

static void read_posts(const uint8_t *data, size_t size) {
    struct labels labels;
    struct str text = {(const char *)data, size};
    enum hearsay_status status = labels_read(text, STR("fuzz"), &labels, NULL);
    require(status == HEARSAY_OK || status == HEARSAY_BAD_INPUT);
    require(json_array_size(labels.rows) == labels.ids.count);
    require(labels.ids.count + labels.repeated <= labels.read);
    require(status != HEARSAY_OK || labels.read > 0);
    for (size_t i = 0; i < labels.ids.count; i++) {
        const json_t *row = json_array_get(labels.rows, i);
        require(!labels_flag(row) || !str_is(json_member(row, "incident"), "none"));
    }
    labels_free(&labels);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    if (data[0] % 2 == 0) {
        read_accounts(data + 1, size - 1);
    } else {
        read_posts(data + 1, size - 1);
    }
    return 0;
}
