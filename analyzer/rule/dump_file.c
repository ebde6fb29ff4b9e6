#include "base/failure.h"
#include "base/utf8.h"
#include "rule/dump.h"

enum hearsay_status hearsay_rules_dump(const char *text, size_t len, hearsay_diagnostic *report,
                                       void *context, struct hearsay_failure *failure) {
    struct str rules = {text, len};
    struct diagnostics diagnostics = {0};
    struct buffer out = {0};
    enum hearsay_status status = HEARSAY_BAD_RULES;
    if (len < UINT32_MAX && utf8_valid_prefix(rules) == len) {
        status = rule_dump(rules, &diagnostics, &out);
    }
    if (status == HEARSAY_OK) {
        report(context, out.ptr, out.len);
    } else if (status == HEARSAY_NO_MEMORY) {
        failure_memory(failure);
    } else {
        failure_set(failure, status, STR_EMPTY, 0, 0, "the rules do not cut into tokens");
    }
    diagnostics_free(&diagnostics);
    buffer_free(&out);
    return status;
}

enum hearsay_status hearsay_rules_undump(const char *json, size_t len, hearsay_diagnostic *report,
                                         void *context, struct hearsay_failure *failure) {
    struct buffer out = {0};
    enum hearsay_status status = rule_undump((struct str){json, len}, &out, failure);
    if (status == HEARSAY_OK) {
        report(context, out.len > 0 ? out.ptr : "", out.len);
    }
    buffer_free(&out);
    return status;
}
