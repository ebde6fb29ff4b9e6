#!/usr/bin/env python3
"""Inputs that break tools which look for coordination: everything by one account, at one second, on one object,
nothing in common, times from everywhere, very many accounts, everything twice. Each run ends well, says what it
left out, has no NaN, and flags nobody.

Seen failing: duplicate actions kept (rows_unique in coordination/objects.c).
"""

import filecmp
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
STREAMS = ("accounts.ndjson", "edges.ndjson", "clusters.ndjson")
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def post(number, account, time, text, link):
    return {"platform": "x", "id": str(number), "account": account, "created_at": time, "text": text, "urls": [link]}


def second(number):
    return f"2024-05-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"


def one_account():
    return [post(i, "a", second(i), "see this", f"https://e.example/{i % 7}") for i in range(3000)]


def one_second():
    return [post(i, f"a{i % 300}", second(7), f"word {i % 50}", f"https://e.example/{i % 40}") for i in range(3000)]


def one_object():
    return [post(i, f"a{i}", second(i), "the same", "https://e.example/1") for i in range(3000)]


def own_words(number):
    return hashlib.sha256(str(number).encode()).hexdigest()


def nothing_shared():
    return [post(i, f"a{i % 10}", second(i * 61), own_words(i), f"https://e.example/{i}") for i in range(1000)]


def many_accounts():
    return [post(i, f"a{i}", second(i), f"w{i % 9000}", f"https://e.example/{i % 500}") for i in range(200000)]


def times():
    stamps = ["-0001-01-01T00:00:00Z", "1677-01-01T00:00:00Z", "9999-12-31T23:59:59Z", -5, 1e18, "soon", None]
    good = ["2099-01-01T00:00:01Z", 0, "1999-12-31T23:59:59Z"]
    return [post(i, f"a{i % 10}", stamp, "hello", "https://e.example/1") for i, stamp in enumerate((stamps + good) * 30)]


def scan(folder, name, posts, copies=1):
    path = folder / f"{name}.ndjson"
    path.write_text("".join(json.dumps(item) + "\n" for item in posts))
    out = folder / f"{name}-{copies}"
    run = subprocess.run([HEARSAY, "scan", *[str(path)] * copies, "-o", str(out)], capture_output=True, text=True,
                         check=False)
    check(run.returncode == 0, f"{name}: ends well {run.stderr}")
    summary = json.loads((out / "summary.json").read_text())
    text = "".join((out / stream).read_text() for stream in STREAMS)
    check(not re.search(r"[:\[,]-?(nan|inf)", text, re.IGNORECASE), f"{name}: no number is missing")
    check(summary["results"]["flagged_accounts"] == 0, f"{name}: nobody is flagged")
    parts = ("posts", "reposts", "duplicates")
    total = sum(summary[part] for part in parts) + sum(summary["rejected"].values()) + sum(
        summary["other_events"].values())
    check(summary["records_in"] == total, f"{name}: {total} records add up")
    return out, summary, run.stdout


def main():
    if not os.access(HEARSAY, os.X_OK):
        print(f"skipped: {HEARSAY} is not built")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        _, summary, said = scan(folder, "one-account", one_account())
        check(summary["results"]["edges"] == 0 and "no two accounts acted together" in said, "no pair, and it is said")
        single, summary, said = scan(folder, "one-second", one_second())
        check("limit" in said and "pairs left out" in said, "the caps that acted are told")
        twice, again, _ = scan(folder, "one-second", one_second(), copies=2)
        check(again["duplicates"] == 3000, "a file read twice is known")
        for stream in STREAMS:
            check(filecmp.cmp(single / stream, twice / stream, shallow=False), f"and changes nothing in {stream}")
        scan(folder, "one-object", one_object())
        _, summary, _ = scan(folder, "nothing-shared", nothing_shared())
        check(summary["results"]["edges"] == 0, "nothing in common gives no pair")
        _, summary, _ = scan(folder, "times", times())
        check(summary["rejected"].get("bad_time") == 180, f"bad times are rejected: {summary['rejected']}")
        _, summary, _ = scan(folder, "many-accounts", many_accounts())
        check(summary["results"]["accounts"] == 200000, "every account is told")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
