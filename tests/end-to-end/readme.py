#!/usr/bin/env python3
"""README.md tells the truth: every command in a console block is run, and its output compared with what
stands there. A line "..." stands for lines left out up to the end of that output; seconds may differ.
The map in the README is tried on the table that it was written for, where the real corpora exist.

HEARSAY_UPDATE=1 writes the outputs anew (as many lines as before a "..."); review the difference.

Seen failing: a number changed in the README, a time format without the hour.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
HEARSAY = os.path.abspath(os.environ.get("HEARSAY", ROOT / "build/dev/bin/hearsay"))
CORPORA = pathlib.Path(os.environ.get("HEARSAY_CORPORA", str(ROOT / "../shared/corpora")))
BLOCK = re.compile(r"(```console\n)(.*?)(```\n)", re.S)


def run(command, folder):
    words = shlex.split(command)
    assert words[0] == "hearsay", f"not a command of hearsay: {command}"
    done = subprocess.run([HEARSAY, *words[1:]], cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    return done.stdout.rstrip("\n").split("\n")


def commands(block):
    """Pairs of (command, lines of output that stand below it)."""
    found = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def plain(line):
    return re.sub(r"\(\d[\d.,]* m?s\)", "(time)", line).rstrip()


def shorten(real, shown):
    """The real output, cut where the shown one is cut."""
    if "..." in shown:
        return real[: shown.index("...")] + ["..."]
    return real


def check_blocks(text, folder):
    """Gives the README as it should be, and the differences."""
    errors = []

    def renew(match):
        lines = []
        for command, shown in commands(match.group(2)):
            real = shorten(run(command, folder), shown)
            for number in range(max(len(real), len(shown))):
                pair = [part[number] if number < len(part) else "(nothing)" for part in (shown, real)]
                if plain(pair[0]) != plain(pair[1]):
                    errors.append(f"$ {command}\n  README:  {pair[0]}\n  program: {pair[1]}")
            lines += ["$ " + command, *(line.rstrip() for line in real)]
        return match.group(1) + "\n".join(lines) + "\n" + match.group(3)

    return BLOCK.sub(renew, text), errors


def check_map(text, folder):
    """The map of the README reads every row of the table with bare carriage returns."""
    table = CORPORA / "formats/debate_cr_lines.csv"
    found = re.search(r"--map '([^']+)'", text)
    if not found:
        return ["README.md shows no --map"]
    if not table.exists():
        print(f"the map was not tried: {table} is missing")
        return []
    out = folder / "map"
    subprocess.run([HEARSAY, "scan", str(table), "-o", str(out), "--quiet", "--map", found.group(1)],
                   check=True)
    summary = json.loads((out / "summary.json").read_text())
    if summary["posts"] != 800 or summary["without_account_or_time"] != 0:
        return [f"the map reads {summary['posts']} posts of 800, {summary['rejected']}"]
    return []


def main():
    if not os.access(HEARSAY, os.X_OK):
        print(f"skipped: {HEARSAY} is not built")
        return 77
    text = README.read_text()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "corpora").symlink_to(ROOT / "corpora")
        (folder / "rules").symlink_to(ROOT / "rules")
        renewed, errors = check_blocks(text, folder)
        if os.environ.get("HEARSAY_UPDATE") == "1":
            README.write_text(renewed)
            errors = []
        errors += check_map(text, folder)
    print("\n".join(errors) or "README.md tells what the program does")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
