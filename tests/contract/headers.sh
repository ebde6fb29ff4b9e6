#!/bin/sh
# Contract: every header compiles alone as C17, twice in a row (its guard works), and the public ones as C++
# too.
#
# Seen failing: `#include "base/str.h"` taken out of analyzer/base/buffer.h; `class` used as a
# parameter's name in hearsay.h failed the C++ half only.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${HEARSAY_BUILD:-build/dev}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
count=0
failed=0

# compile COMPILER STANDARD SUFFIX HEADER
compile() {
    printf '#include "%s"\n#include "%s"\nextern int hearsay_header_is_alone;\n' "$4" "$4" \
        >"$scratch/alone.$3"
    "$1" "-std=$2" -fsyntax-only -Wall -Wextra -Werror -D_DEFAULT_SOURCE -Ianalyzer \
        "-I$build/analyzer" "$scratch/alone.$3" || {
        printf 'analyzer/%s does not compile alone as %s\n' "$4" "$2"
        failed=$((failed + 1))
    }
    count=$((count + 1))
}

for header in $(cd analyzer && find . -name '*.h' | sed 's,^\./,,' | sort); do
    compile "${CC:-gcc}" c17 c "$header"
done
for header in hearsay.h hearsay_rules.h hearsay_status.h; do
    compile "${CXX:-g++}" c++17 cpp "$header"
done
printf '%s headers compiled, %s failed\n' "$count" "$failed"
[ "$failed" -eq 0 ] && [ "$count" -gt 1 ]
