#!/bin/sh
# An installation works by itself: program, shipped pack, manual page and completions, from any folder.
set -eu
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

cmake --install "$HEARSAY_BUILD" --prefix "$prefix" > "$prefix/log" 2>&1 || {
    cat "$prefix/log"
    exit 1
}
for file in share/man/man1/hearsay.1 share/bash-completion/completions/hearsay \
    share/zsh/site-functions/_hearsay share/hearsay/schemas/finding.schema.json include/hearsay.h \
    include/hearsay_rules.h include/hearsay_status.h; do
    test -s "$prefix/$file" || {
        echo "not installed: $file"
        exit 1
    }
done
# The rules that are found must be the installed ones: one more rule file makes the difference.
echo 'this is no rule' > "$prefix/share/hearsay/rules/breach-claims/zz.rules"
printf '{"id":"1","account":"a","text":"hello"}\n' > "$prefix/posts.jsonl"
cd /
code=0
"$prefix/bin/hearsay" scan "$prefix/posts.jsonl" -o "$prefix/out" 2> "$prefix/errors" || code=$?
if [ "$code" -ne 2 ] || ! grep -q zz.rules "$prefix/errors"; then
    echo "the installed program does not read the installed pack (code $code)"
    exit 1
fi
rm "$prefix/share/hearsay/rules/breach-claims/zz.rules"
"$prefix/bin/hearsay" scan "$prefix/posts.jsonl" -o "$prefix/out" --quiet
test -s "$prefix/out/summary.json"

# A program of somebody else builds and runs with the library, found in both usual ways. Under a
# sanitizer it would have to be built with the same.
if grep -q 'CMAKE_C_FLAGS_[A-Z]*:.*-fsanitize' "$HEARSAY_BUILD/CMakeCache.txt"; then
    echo "installed, and works from there (the library was not tried)"
    exit 0
fi
mkdir "$prefix/consumer"
cat > "$prefix/consumer/main.c" << 'PROGRAM'
#include <hearsay.h>

static enum hearsay_status ignore(void *context, enum hearsay_stream stream, const char *bytes, size_t len) {
    (void)context, (void)stream, (void)bytes, (void)len;
    return HEARSAY_OK;
}

int main(void) {
    static const char post[] = "{\"id\":\"1\",\"text\":\"hello\"}\n";
    struct hearsay_options options = hearsay_options_default();
    struct hearsay_engine *engine = 0;
    options.sink.write = ignore;
    if (hearsay_open(&options, &engine, 0) || hearsay_input_begin(engine, "memory", 0) ||
        hearsay_feed(engine, post, sizeof post - 1, 0) || hearsay_input_end(engine, 0, 0) ||
        hearsay_finish(engine, 0)) {
        return 1;
    }
    int code = hearsay_counts_now(engine).posts == 1 ? 0 : 2;
    hearsay_close(engine);
    return code;
}
PROGRAM
cat > "$prefix/consumer/CMakeLists.txt" << 'LISTS'
cmake_minimum_required(VERSION 3.25)
project(consumer C)
find_package(hearsay REQUIRED)
add_executable(consumer main.c)
target_link_libraries(consumer hearsay::hearsay)
LISTS
cd "$prefix/consumer"
description=$(find "$prefix" -name hearsay.pc)
PKG_CONFIG_PATH=$(dirname "$description")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046 # a list of flags is meant to be split
cc -std=c17 -Wall -Wextra -Werror -pedantic main.c $(pkg-config --cflags --libs hearsay) -o plain
LD_LIBRARY_PATH=$(pkg-config --variable=libdir hearsay) ./plain || {
    echo "a program that pkg-config builds fails"
    exit 1
}
if ! { cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix" && cmake --build build; } > log 2>&1; then
    cat log
    exit 1
fi
./build/consumer || {
    echo "a program that find_package builds fails"
    exit 1
}
echo "installed, and works from there"
