#!/usr/bin/env python3
"""Real output against the shipped JSON Schemas: every line of every file of two runs, and the schemas are
not so loose that they would take anything."""

import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
SCHEMAS = ROOT / "analyzer/report/schemas"
FILES = {"findings.ndjson": "finding", "claims.ndjson": "claim", "accounts.ndjson": "account", "edges.ndjson": "edge",
         "clusters.ndjson": "cluster", "summary.json": "summary"}
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def validator(kind):
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def check_file(path, kind, is_filled):
    judge = validator(kind)
    values = lines(path)
    errors = [f"line {number}: {error.json_path}: {error.message}"
              for number, value in enumerate(values, 1) for error in judge.iter_errors(value)]
    check(not errors, f"{path.name}: {len(values)} lines are valid" + "".join(f"\n     {e}" for e in errors[:5]))
    check(bool(values) or not is_filled, f"{path.name} is not empty")
    return values


def check_is_strict(kind, value):
    """A value that is missing a member, has one too many or has a wrong type is refused."""
    judge = validator(kind)
    for key in value:
        less = copy.deepcopy(value)
        del less[key]
        optional = kind == "summary" and key in ("sources", "coordination")
        check(optional or not judge.is_valid(less), f"{kind} without {key} is refused")
        wrong = copy.deepcopy(value)
        wrong[key] = [["wrong"]]
        check(not judge.is_valid(wrong), f"{kind} with a wrong {key} is refused")
    check(not judge.is_valid(value | {"surprise": 1}), f"{kind} with a surprise is refused")


def scan(*arguments):
    subprocess.run([HEARSAY, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, timeout=120)


def main():
    with tempfile.TemporaryDirectory() as name:
        out = pathlib.Path(name) / "out"
        scan("scan", ROOT / "corpora/sample/posts", "-o", out)
        for file, kind in FILES.items():
            values = check_file(out / file, kind, True)
            check_is_strict(kind, values[0])
        for edge in lines(out / "edges.ndjson"):
            if not edge["a"] < edge["b"]:
                check(False, f"a sorts before b: {edge['a']} {edge['b']}")
        shares = pathlib.Path(name) / "shares.csv"
        shares.write_text("object_id,account_id,content_id,timestamp_share\n" + "".join(
            f"o{i},a{j},c{i}_{j},{1600000000 + 100 * i + j}\n" for i in range(3) for j in range(3)))
        scan("coordinate", "--like", "cooretweet", shares, "-o", out)
        for file, kind in FILES.items():
            check_file(out / file, kind, file in ("edges.ndjson", "summary.json"))
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
