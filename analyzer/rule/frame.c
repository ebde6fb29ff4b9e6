#include "rule/frame.h"

uint32_t frame_count(const struct rule_test *test) {
    return test->each ? test->each->literal_count : 1;
}

struct str frame_literal(const struct rule_test *test, uint32_t index) {
    return test->each ? test->each->literals[index].text : STR_EMPTY;
}

bool frame_text(const struct rule_test *test, uint32_t index, struct buffer *scratch,
                struct str *text) {
    if (!test->each) {
        *text = test->text;
        return true;
    }
    size_t hole = str_find(test->text, STR(FRAME_HOLE), 0);
    size_t after = hole + (sizeof FRAME_HOLE - 1);
    buffer_clear(scratch);
    buffer_append_str(scratch, str_slice(test->text, 0, hole));
    buffer_append_str(scratch, frame_literal(test, index));
    buffer_append_str(scratch, str_slice(test->text, after, test->text.len));
    *text = buffer_str(scratch);
    return !scratch->failed;
}
