#include "text/tables.h"

int table_digit(uint32_t cp) {
    if (cp < 0x80) {
        return cp >= '0' && cp <= '9' ? (int)(cp - '0') : -1;
    }
    size_t from = 0;
    size_t to = table_zero_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (table_zeros[middle] <= cp) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    if (from == 0 || cp - table_zeros[from - 1] > 9) {
        return -1;
    }
    return (int)(cp - table_zeros[from - 1]);
}
