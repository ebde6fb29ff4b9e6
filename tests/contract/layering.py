#!/usr/bin/env python3
"""Contract: modules include only what analyzer/CMakeLists.txt lets them use.

Reads the hearsay_module lines there and every #include under analyzer/. A module may include its own
headers, the public headers, the headers of the modules after USES, and the C, POSIX and C++ standard headers;
an outside library only through its bridge (table BRIDGES).

Seen failing: `#include "text/fold.h"` put into analyzer/base/str.c, `#include <jansson.h>` into
analyzer/post/csv.c, and a module folder that CMakeLists.txt does not declare; each gave one line.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ANALYZER = ROOT / "analyzer"

# Outside library: pattern of its headers, the files that may include it, how many may do so.
# A *_generate program runs at build time and does not count.
BRIDGES = [
    (r"simdjson\.h", r"post/json_fast\.cpp", 1),
    (r"jansson\.h", r"base/json\.h", 1),
    (r"pcre2\.h", r"rule/regex\.c", 1),
    (r"gsl/.*", r"stats/[a-z_]+\.c", 20),
    (r"curl/.*", r"(source|registry)/http\.c", 1),
    (r"igraph/.*|igraph\.h", r"coordination/cluster\.c", 1),
    (r"libpsl\.h", r"text/[a-z_]+\.c", 1),
    (r"unicode/.*", r"text/[a-z_]+\.c", 3),
    (r"cld2/.*", r"text/[a-z_]+\.cpp", 1),
    (r"opencc/.*", r"text/[a-z_]+_generate\.(c|cpp)", 1),
    (r"xxhash\.h", r"base/hash\.c", 1),
    (r"zstd(_errors)?\.h|zlib\.h", r"source/[a-z_]+\.c", 2),
    (r"libxml/.*", r"report/[a-z_]+\.c", 1),
]

# Only these modules may start threads.
THREADS = {"engine", "coordination", "cli", "source"}

PUBLIC = {"hearsay.h", "hearsay_rules.h", "hearsay_status.h"}
STANDARD = set(
    """assert ctype errno fenv float inttypes limits locale math setjmp signal stdalign stdarg
    stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar
    wctype dirent fcntl fnmatch getopt glob pthread semaphore strings termios unistd poll
    sys/ioctl sys/mman sys/resource sys/select sys/stat sys/statvfs sys/time sys/types sys/uio
    sys/wait""".split()
)

# Of the compiler, not of a library; a portable path stands beside each use.
STANDARD |= {"emmintrin", "tmmintrin", "immintrin", "arm_neon"}
# Of glibc: coordinate.c tells its allocator when to give memory back.
STANDARD |= {"malloc"}


def modules():
    """Name -> set of modules that it may use, from analyzer/CMakeLists.txt."""
    text = (ANALYZER / "CMakeLists.txt").read_text()
    found = {}
    for arguments in re.findall(r"^hearsay_module\(([^)]*)\)", text, re.M):
        words = arguments.split()
        uses = words[words.index("USES") + 1 :] if "USES" in words else []
        stop = uses.index("LIBRARIES") if "LIBRARIES" in uses else len(uses)
        found[words[0]] = set(uses[:stop])
    return found


def is_standard(header):
    if header.endswith(".h"):
        return header[:-2] in STANDARD
    return re.fullmatch(r"[a-z_]+", header) is not None  # <vector>, <string_view>


def check_quoted(module, header, uses):
    if header in PUBLIC:
        return None
    other = header.split("/")[0]
    if "/" not in header:
        return f'"{header}" is not relative to analyzer/'
    if other == module or other in uses[module]:
        return None
    return f'"{header}": {module} may use {", ".join(sorted(uses[module])) or "no module"}'


def check_angled(module, path, header, bridges):
    for number, (pattern, files, _) in enumerate(BRIDGES):
        if re.fullmatch(pattern, header):
            if not re.fullmatch(files, path):
                return f"<{header}> belongs into its bridge ({files})"
            if "_generate." not in path:
                bridges.setdefault(number, set()).add(path)
            return None
    if header == "pthread.h" and module not in THREADS:
        return "<pthread.h>: this module starts no threads"
    return None if is_standard(header) else f"<{header}> is in no table of this test"


def main():
    uses = modules()
    errors, bridges, files = [], {}, 0
    for path in sorted(ANALYZER.rglob("*")):
        if path.suffix not in (".c", ".h", ".cpp") or path.parent == ANALYZER:
            continue
        name = path.relative_to(ANALYZER).as_posix()
        module = name.split("/")[0]
        files += 1
        if module not in uses:
            errors.append(f"{name}: folder is no module of analyzer/CMakeLists.txt")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', line)
            if not match:
                continue
            quoted, angled = match.groups()
            if quoted:
                error = check_quoted(module, quoted, uses)
            else:
                error = check_angled(module, name, angled, bridges)
            if error:
                errors.append(f"analyzer/{name}:{number}: {error}")
    for number, paths in bridges.items():
        pattern, _, most = BRIDGES[number]
        if len(paths) > most:
            errors.append(f"<{pattern}> has {len(paths)} bridges: {', '.join(sorted(paths))}")
    if not uses or not files:
        errors.append("found no modules or no files: this test looks in the wrong place")
    print("\n".join(errors) or f"{files} files of {len(uses)} modules keep the layers")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
