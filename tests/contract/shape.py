#!/usr/bin/env python3
"""Contract: the shape of the tree. Source files have at most 500 lines, no file or folder is called
util, common, misc or helper, headers have a guard named after their path, and no text file names a path
of one machine.

Function length is clang-tidy's business (readability-function-size), line length clang-format's.

Seen failing: a file analyzer/base/util.c of 501 lines, a guard misspelt in analyzer/base/str.h, and a
path below /home in CONTRIBUTING.md.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINES_MAX = 500
BANNED = re.compile(r"(^|[/_.-])(util|utils|common|misc|helper|helpers)([/_.-]|$)", re.I)
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(work|home|root|Users)/\w")
SOURCE = (".c", ".h", ".cpp")


def tracked():
    """Files of the tree as git sees them: tracked, and new ones that are not ignored."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def check_source(name, text):
    lines = text.count("\n")
    if lines > LINES_MAX:
        yield f"{name}: {lines} lines, at most {LINES_MAX}"
    if name.startswith("analyzer/") and name.endswith(".h"):
        path = re.sub(r"[/.]", "_", name.removeprefix("analyzer/")).upper()
        guard = path if name.count("/") == 1 else "HEARSAY_" + path
        if f"#ifndef {guard}\n#define {guard}\n" not in text:
            yield f"{name}: no guard {guard}"


def check(name):
    if BANNED.search(name):
        yield f"{name}: a name that says nothing"
    path = ROOT / name
    if not path.is_file() or name == "LICENSE" or name.startswith("tests/fuzz/seeds/"):
        return
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        return
    if name.endswith(SOURCE):
        yield from check_source(name, text)
    if name != "tests/contract/shape.py":
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATH.search(line):
                yield f"{name}:{number}: names a path of one machine"


def main():
    names = tracked()
    errors = [error for name in names for error in check(name)]
    print("\n".join(errors) or f"{len(names)} files are in shape")
    return 1 if errors or len(names) < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
