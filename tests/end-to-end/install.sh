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
    share/zsh/site-functions/_hearsay share/hearsay/schemas/finding.schema.json include/hearsay.h; do
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
echo "installed, and works from there"
