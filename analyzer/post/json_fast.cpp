#include "post/json_fast.h"

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <new>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

using namespace simdjson;

struct json_fast {
    ondemand::parser parser;
};

namespace {

/* An object with more keys goes to the repair lane, whose duplicate check uses a hash table; the
 * check here compares pairwise when a small filter says that it must. */
constexpr uint32_t key_limit = 256;

/* The whole state of reading one row. `end` is one past the row's last byte. */
struct reader {
    json_tree *tree;
    const char *end;
    json_lane outcome;
};

bool refuse(reader &r, json_lane why = JSON_LANE_REFUSED) {
    r.outcome = why;
    return false;
}

/* First '"' or '\\' at or after p. Stage 1 of simdjson has made sure that the string is closed; up
 * to 15 bytes after the row may be looked at, which the padding allows. */
const char *string_special(const char *p) {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    for (;; p += 16) {
        __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p));
        int mask = _mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)));
        if (mask != 0) {
            return p + __builtin_ctz(static_cast<unsigned>(mask));
        }
    }
#else
    while (*p != '"' && *p != '\\') {
        p++;
    }
    return p;
#endif
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Four hexadecimal digits at p, or -1. */
int32_t hex4(const char *p) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0) {
            return -1;
        }
        value = value << 4 | digit;
    }
    return value;
}

size_t encode(uint32_t cp, char *out) {
    if (cp < 0x80) {
        out[0] = static_cast<char>(cp);
        return 1;
    }
    if (cp < 0x800) {
        out[0] = static_cast<char>(0xc0 | cp >> 6);
        out[1] = static_cast<char>(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = static_cast<char>(0xe0 | cp >> 12);
        out[1] = static_cast<char>(0x80 | (cp >> 6 & 0x3f));
        out[2] = static_cast<char>(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = static_cast<char>(0xf0 | cp >> 18);
    out[1] = static_cast<char>(0x80 | (cp >> 12 & 0x3f));
    out[2] = static_cast<char>(0x80 | (cp >> 6 & 0x3f));
    out[3] = static_cast<char>(0x80 | (cp & 0x3f));
    return 4;
}

/* A \uXXXX escape (pair) whose 'u' is at p; writes the character, returns the byte after the
 * escape, NULL for a lone surrogate or bad digits. */
const char *unescape_u(const char *p, char **out) {
    int32_t unit = hex4(p + 1);
    if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff)) {
        return nullptr;
    }
    uint32_t cp = static_cast<uint32_t>(unit);
    p += 5;
    if (cp >= 0xd800 && cp <= 0xdbff) {
        int32_t low = p[0] == '\\' && p[1] == 'u' ? hex4(p + 2) : -1;
        if (low < 0xdc00 || low > 0xdfff) {
            return nullptr;
        }
        cp = 0x10000 + ((cp - 0xd800) << 10) + (static_cast<uint32_t>(low) - 0xdc00);
        p += 6;
    }
    *out += encode(cp, *out);
    return p;
}

char unescape_simple(char c) {
    switch (c) {
    case '"':
    case '\\':
    case '/':
        return c;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

/* A string with escapes: from its first byte `from`, the first backslash at `p`. */
bool read_escaped(reader &r, const char *from, const char *p, str *text) {
    buffer *strings = &r.tree->strings;
    char *start = strings->ptr + strings->len;
    char *out = start;
    for (;;) {
        memcpy(out, from, static_cast<size_t>(p - from));
        out += p - from;
        if (*p == '"') {
            break;
        }
        if (p[1] == 'u') {
            p = unescape_u(p + 1, &out);
            if (p == nullptr) {
                return refuse(r);
            }
        } else {
            char c = unescape_simple(p[1]);
            if (c == 0) {
                return refuse(r);
            }
            *out++ = c;
            p += 2;
        }
        from = p;
        p = string_special(p);
    }
    strings->len += static_cast<size_t>(out - start);
    *text = str{start, static_cast<size_t>(out - start)};
    return true;
}

bool read_string(reader &r, const char *from, str *text) {
    const char *p = string_special(from);
    if (*p == '"') {
        *text = str{from, static_cast<size_t>(p - from)};
        return true;
    }
    return read_escaped(r, from, p, text);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

const char *digits(const char *p, const char *end) {
    while (p < end && is_digit(*p)) {
        p++;
    }
    return p;
}

/* RFC 8259 number; the token must be nothing else. */
bool is_number(const char *p, const char *end) {
    if (p < end && *p == '-') {
        p++;
    }
    const char *whole = p;
    p = digits(p, end);
    if (p == whole || (*whole == '0' && p - whole > 1)) {
        return false;
    }
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        p = digits(p, end);
        if (p == fraction) {
            return false;
        }
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '+' || *p == '-')) {
            p++;
        }
        const char *exponent = p;
        p = digits(p, end);
        if (p == exponent) {
            return false;
        }
    }
    return p == end;
}

bool read_scalar(reader &r, std::string_view token, json_node *node) {
    size_t len = token.size();
    while (len > 0 && (token[len - 1] == ' ' || token[len - 1] == '\t' || token[len - 1] == '\n' ||
                       token[len - 1] == '\r')) {
        len--;
    }
    str text{token.data(), len};
    if (len == 4 && memcmp(text.ptr, "null", 4) == 0) {
        node->kind = NODE_NULL;
    } else if (len == 4 && memcmp(text.ptr, "true", 4) == 0) {
        node->kind = NODE_TRUE;
    } else if (len == 5 && memcmp(text.ptr, "false", 5) == 0) {
        node->kind = NODE_FALSE;
    } else if (is_number(text.ptr, text.ptr + len)) {
        node->kind = NODE_NUMBER;
        node->text = text;
    } else {
        return refuse(r);
    }
    return true;
}

/* Whether the object that begins at node `parent` already has `key`; `filter` has one bit per
 * hash of the keys so far. The members so far are nodes parent+1 .. count-1. */
bool key_repeats(reader &r, uint32_t parent, str key, uint64_t *filter) {
    uint64_t hash = key.len;
    if (key.len > 0) {
        hash = hash * 31 + static_cast<unsigned char>(key.ptr[0]);
        hash = hash * 31 + static_cast<unsigned char>(key.ptr[key.len / 2]);
        hash = hash * 31 + static_cast<unsigned char>(key.ptr[key.len - 1]);
    }
    uint64_t bit = 1ull << (hash * 0x9e3779b97f4a7c15ull >> 58);
    if ((*filter & bit) == 0) {
        *filter |= bit;
        return false;
    }
    for (uint32_t at = parent + 1; at < r.tree->count; at = r.tree->nodes[at].next) {
        if (str_equal(r.tree->nodes[at].key, key)) {
            return true;
        }
    }
    return false;
}

bool read_value(reader &r, ondemand::value value, str key, int depth);

/* `Object` is what get_object of a value or of the document gives. */
bool read_members(reader &r, ondemand::object object, uint32_t parent, int depth) {
    uint64_t filter = 0;
    uint32_t count = 0;
    for (simdjson_result<ondemand::field> member : object) {
        ondemand::field field;
        if (std::move(member).get(field) != SUCCESS) {
            return refuse(r);
        }
        str key;
        if (!read_string(r, reinterpret_cast<const char *>(field.key().raw()), &key)) {
            return false;
        }
        if (memchr(key.ptr, 0, key.len) != nullptr || ++count > key_limit ||
            key_repeats(r, parent, key, &filter)) {
            return refuse(r); /* jansson has no keys with NUL; the others: see key_limit */
        }
        if (!read_value(r, field.value(), key, depth)) {
            return false;
        }
    }
    r.tree->nodes[parent].next = r.tree->count;
    return true;
}

bool read_items(reader &r, ondemand::array array, uint32_t parent, int depth) {
    for (simdjson_result<ondemand::value> element : array) {
        ondemand::value item;
        if (static_cast<simdjson_result<ondemand::value> &&>(element).get(item) != SUCCESS ||
            !read_value(r, item, str{"", 0}, depth)) {
            return refuse(r, r.outcome == JSON_LANE_OK ? JSON_LANE_REFUSED : r.outcome);
        }
    }
    r.tree->nodes[parent].next = r.tree->count;
    return true;
}

bool read_container(reader &r, ondemand::value value, bool is_object, uint32_t index, int depth) {
    if (depth > JSON_DEPTH_LIMIT) {
        return refuse(r);
    }
    if (is_object) {
        ondemand::object object;
        return value.get_object().get(object) == SUCCESS ? read_members(r, object, index, depth)
                                                         : refuse(r);
    }
    ondemand::array array;
    return value.get_array().get(array) == SUCCESS ? read_items(r, array, index, depth) : refuse(r);
}

bool read_value(reader &r, ondemand::value value, str key, int depth) {
    uint32_t index;
    if (!json_tree_add(r.tree, &index)) {
        return refuse(r, JSON_LANE_NO_MEMORY);
    }
    json_node *node = &r.tree->nodes[index];
    node->key = key;
    node->text = str{nullptr, 0};
    node->next = index + 1;
    std::string_view token = value.raw_json_token();
    switch (token.empty() ? '\0' : token[0]) {
    case '{':
        node->kind = NODE_OBJECT;
        return read_container(r, value, true, index, depth + 1);
    case '[':
        node->kind = NODE_ARRAY;
        return read_container(r, value, false, index, depth + 1);
    case '"': {
        node->kind = NODE_STRING;
        ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw) != SUCCESS) {
            return refuse(r);
        }
        return read_string(r, reinterpret_cast<const char *>(raw.raw()), &node->text);
    }
    default:
        return read_scalar(r, token, node);
    }
}

bool read_root(reader &r, ondemand::document &document) {
    uint32_t index;
    if (!json_tree_add(r.tree, &index)) {
        return refuse(r, JSON_LANE_NO_MEMORY);
    }
    r.tree->nodes[index] = json_node{str{"", 0}, str{nullptr, 0}, index + 1, NODE_OBJECT};
    ondemand::object object;
    /* A row that is no object is rare and wrong: the repair lane says so. */
    if (document.get_object().get(object) != SUCCESS || !read_members(r, object, index, 1)) {
        return refuse(r, r.outcome == JSON_LANE_OK ? JSON_LANE_REFUSED : r.outcome);
    }
    /* Anything after the object is an error: the location is out of bounds only at the end. */
    const char *location;
    return document.current_location().get(location) == OUT_OF_BOUNDS || refuse(r);
}

} // namespace

/* Room for a usual row from the start. This also makes simdjson look at the processor, once in the
 * process: a few small allocations that end the program where memory is out, so they are taken here
 * and not in the middle of a stream. */
constexpr size_t first_capacity = 4096;

struct json_fast *json_fast_new(void) {
    json_fast *fast = new (std::nothrow) json_fast();
    if (fast != nullptr && fast->parser.allocate(first_capacity) != SUCCESS) {
        delete fast;
        return nullptr;
    }
    return fast;
}

void json_fast_free(struct json_fast *fast) {
    delete fast;
}

enum json_lane json_fast_parse(struct json_fast *fast, struct str row, struct json_tree *tree) {
    reader r{tree, row.ptr + row.len, JSON_LANE_OK};
    tree->count = 0;
    buffer_clear(&tree->strings);
    if (!buffer_reserve(&tree->strings, row.len)) {
        return JSON_LANE_NO_MEMORY;
    }
    ondemand::document document;
    auto error =
        fast->parser.iterate(padded_string_view(row.ptr, row.len, row.len + SIMDJSON_PADDING))
            .get(document);
    if (error == MEMALLOC) {
        return JSON_LANE_NO_MEMORY;
    }
    if (error != SUCCESS) {
        return JSON_LANE_REFUSED;
    }
    return read_root(r, document) ? JSON_LANE_OK : r.outcome;
}
