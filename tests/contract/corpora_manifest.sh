#!/bin/sh
# Contract: the real corpora that the tests and benchmarks use are the ones that corpora/manifest.csv
# names, so that a measured number always belongs to known bytes.
#
# Seen failing: one digit of a hash changed in the manifest.
set -eu
cd "$(dirname "$0")/../.."
folder=${HEARSAY_CORPORA:-../shared/corpora}
if [ ! -d "$folder" ]; then
    echo "skipped: the real corpora are not in $folder (set HEARSAY_CORPORA)"
    exit 77
fi
list=$(mktemp)
trap 'rm -f "$list"' EXIT
sed -n '2,$s/^\([^,]*\),[0-9]*,\([0-9a-f]*\)$/\2  \1/p' corpora/manifest.csv >"$list"
[ -s "$list" ]
(cd "$folder" && sha256sum --quiet --check "$list")
echo "$(wc -l <"$list") files are as the manifest says"
