#include "base/failure.h"
#include "post/emit.h"
#include "post/sniff.h"
enum hearsay_status adapter_twitter_v1(struct emitter *emitter, const struct json_node *root) {
    return adapter_canonical(emitter, root);
}
enum hearsay_status adapter_twitter_v2(struct emitter *emitter, const struct json_node *root) {
    return adapter_canonical(emitter, root);
}
enum hearsay_status adapter_jetstream(struct emitter *emitter, const struct json_node *root) {
    return adapter_canonical(emitter, root);
}
enum hearsay_status adapter_table(struct emitter *emitter, const struct csv_row *row) {
    (void)row;
    return emit_event(emitter, "header");
}
enum hearsay_status sniff_table(struct str head, const struct sniff_options *options,
                                struct format **format, struct hearsay_failure *failure) {
    (void)head;
    (void)format;
    return failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(options->name), 0, 0,
                       "tables are not read yet");
}
