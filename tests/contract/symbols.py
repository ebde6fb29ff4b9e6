#!/usr/bin/env python3
"""Contract: the library exports hearsay_* only, and every function of the public headers.

Reads the archives of the modules that make up the library (and libhearsay.so where it was built): a
defined, global symbol with default visibility is one that a program which links the library can see,
so it must begin with hearsay_. Weak symbols of the C++ standard library are not ours and cannot clash.

Seen failing: __attribute__((visibility("default"))) on a function of analyzer/base/str.c.
"""

import os
import pathlib
import re
import subprocess
import sys

BUILD = pathlib.Path(os.environ.get("HEARSAY_BUILD", "build/dev"))
HEADERS = sorted((pathlib.Path(__file__).resolve().parents[2] / "analyzer").glob("*.h"))
MODULES = "base stats text post rule claim coordination report engine".split()


def exported(path, dynamic):
    """Pairs of (object, symbol) that `path` shows to the outside."""
    command = ["readelf", "-W", "--dyn-syms" if dynamic else "--syms", str(path)]
    member = path.name
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        archive = re.match(r"File: .*\((.*)\)", line)
        if archive:
            member = archive.group(1)
        fields = line.split()
        if len(fields) < 8 or not fields[0].rstrip(":").isdigit():
            continue
        binding, visibility, section, name = fields[4], fields[5], fields[6], fields[7]
        if binding == "GLOBAL" and visibility == "DEFAULT" and section != "UND":
            yield member, name.split("@")[0]


def main():
    archives = [BUILD / "analyzer" / f"libhearsay_{module}.a" for module in MODULES]
    archives = [archive for archive in archives if archive.exists()]
    shared = sorted(BUILD.rglob("libhearsay.so"))
    if not archives:
        print(f"no archive of a module in {BUILD}/analyzer: build first")
        return 77
    errors, count = [], 0
    for path in archives + shared:
        for member, name in exported(path, path in shared):
            count += 1
            if not name.startswith("hearsay_"):
                errors.append(f"{path.name}: {member} exports {name}")
    public = "".join(header.read_text() for header in HEADERS)
    declared = set(re.findall(r"\b(hearsay_\w+)\(", public))
    declared -= set(re.findall(r"\btypedef[^;]*?\b(hearsay_\w+)\(", public))
    for path in shared:
        missing = declared - {name for _, name in exported(path, True)}
        errors += [f"{path.name}: does not export {name}" for name in sorted(missing)]
    print("\n".join(errors) or f"{count} exported symbols, all hearsay_*")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
