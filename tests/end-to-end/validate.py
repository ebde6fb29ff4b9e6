#!/usr/bin/env python3
"""`hearsay validate` on the sample, which has planted groups: the data keep edges, the shuffles do not; the same
bytes for any threads and order; the picture is whole; wrong arguments are told.

Seen failing: shuffle_actions returning before it deals (every shuffle then keeps the data's edges).
"""

import filecmp
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

ROOT = pathlib.Path(__file__).resolve().parents[2]
POSTS = sorted((ROOT / "corpora/sample/posts").iterdir())
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def validate(*arguments):
    command = [HEARSAY, "validate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def pairs(run, key, level):
    return next(item["pairs"] for item in run[key] if item["level"] == level)


def check_report(folder, run):
    report = json.loads((folder / "validation.json").read_text())
    check(len(report["shuffles"]) == 5, "every shuffle is reported")
    check(pairs(report["data"], "q_at_most", 0.05) >= 10, "the data keep edges")
    kept = sum(pairs(shuffle, "q_at_most", 0.05) for shuffle in report["shuffles"])
    check(kept == 0, f"five shuffles keep {kept} edges")
    for shuffle in report["shuffles"]:
        is_low = all(item["pairs"] <= 1.2 * item["level"] * shuffle["account_pairs"]
                     for item in shuffle["p_at_most"])
        check(is_low, "small p are no more frequent than they may be")
    check("of 5 shuffles keep an edge" in run.stdout, "the table ends in a sentence")
    image = tree.parse(folder / "validation.svg").getroot()
    circles = image.findall("{http://www.w3.org/2000/svg}circle")
    check(len(circles) == 8 and b"http" not in (folder / "validation.svg").read_bytes()[50:], "the picture is whole")
    try:
        import jsonschema
    except ImportError:
        return
    schema = json.loads((ROOT / "analyzer/report/schemas/validation.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(report)


def main():
    if not os.access(HEARSAY, os.X_OK):
        print(f"skipped: {HEARSAY} is not built")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run = validate(*POSTS, "-o", folder / "one", "--shuffles", 5, "--threads", 1)
        check(run.returncode == 0, f"it runs {run.stderr}")
        check_report(folder / "one", run)
        validate(*POSTS[::-1], "-o", folder / "two", "--shuffles", 5, "--threads", 2)
        validate(*POSTS, "-o", folder / "three", "--shuffles", 5, "--seed", 2)
        for file in ("validation.json", "validation.svg"):
            check(filecmp.cmp(folder / "one" / file, folder / "two" / file, shallow=False), f"{file}: the same bytes")
        check(not filecmp.cmp(folder / "one/validation.json", folder / "three/validation.json", shallow=False),
              "another seed, another shuffle")
        check(sorted(path.name for path in (folder / "one").iterdir()) == ["validation.json", "validation.svg"],
              "nothing else is left")
        for wrong, words in ((["--shuffles", "0"], "--shuffles 0"), (["--seed", "x"], "--seed x")):
            run = validate(*POSTS, "-o", folder / "no", *wrong)
            check(run.returncode == 3 and words in run.stderr, f"{wrong} is refused")
        (folder / "file").write_text("")
        run = validate(*POSTS, "-o", folder / "file")
        check(run.returncode == 4 and "cannot be made" in run.stderr, "a file is no folder")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
