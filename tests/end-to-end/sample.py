#!/usr/bin/env python3
"""The sample corpus, scanned as a newcomer does: every record is accounted for, the planted campaigns are
found, organic accounts are left alone, and the claims are told from what only looks like one.

The bounds lie a little below what was measured when they were set (all members of both campaigns, no
organic account; precision 0.98 and recall 0.88 of the flag), so that a change which makes the program
worse is seen. They say nothing about real posts: the sample is easy on purpose.

Seen failing: a campaign's label changed to organic in labels.csv, a number changed in counts.json.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpora/sample"
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def total(value):
    return sum(value.values()) if isinstance(value, dict) else value


def check_counts(summary):
    expected = json.loads((SAMPLE / "counts.json").read_text())
    counts = summary
    for name in next(iter(expected.values())):
        if name != "format":
            wanted = sum(file[name] for file in expected.values())
            check(total(counts[name]) == wanted, f"{name} is {total(counts[name])}, planted {wanted}")
    kinds = ("posts", "reposts", "duplicates", "other_events", "rejected")
    check(counts["records_in"] == sum(total(counts[kind]) for kind in kinds), "the records add up")
    formats = {pathlib.Path(entry["file"]).name: entry["format"] for entry in summary["inputs"]}
    for name, file in expected.items():
        found = formats.get(name) or ""
        check(found.split(" ")[0] == file["format"], f"{name} is recognised as {found}")


def check_accounts(accounts):
    labels = {(row["platform"], row["account"]): row["label"] for row in rows(SAMPLE / "labels.csv")}
    found = {name: 0 for name in ("copy", "boost", "organic")}
    for account in accounts:
        if account["flag"]:
            found[labels.get((account["platform"], account["account"]), "organic")] += 1
    print(f"flagged accounts: {found}")
    check(found["copy"] >= 18, f"{found['copy']} of 20 members of campaign copy are flagged")
    check(found["boost"] >= 18, f"{found['boost']} of 20 members of campaign boost are flagged")
    check(found["organic"] <= 3, f"{found['organic']} of 680 organic accounts are flagged")


def check_findings(findings):
    score = {(finding["platform"], finding["post"]): finding for finding in findings}
    labels = {(row["platform"], row["post"]): row for row in rows(SAMPLE / "claims.csv")}
    flagged = {key for key, finding in score.items() if finding["flag"]}
    wanted = {key for key, row in labels.items() if row["flag"] == "1"}
    hits = len(flagged & wanted)
    precision, recall = hits / max(len(flagged), 1), hits / len(wanted)
    print(f"flagged posts: {len(flagged)}, of {len(wanted)} wanted {hits}")
    check(precision >= 0.85, f"precision of the flag is {precision:.2f}")
    check(recall >= 0.75, f"recall of the flag is {recall:.2f}")
    for stance in ("sourced_report", "denial"):
        keys = [key for key, row in labels.items() if row["stance"] == stance]
        share = sum(key in flagged for key in keys) / len(keys)
        check(share <= 0.25, f"{share:.0%} of the posts with stance {stance} are flagged")


def main():
    if not os.access(HEARSAY, os.X_OK):
        print(f"skipped: {HEARSAY} is not built")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        command = [HEARSAY, "scan", str(SAMPLE / "posts"), "-o", str(out), "--quiet"]
        run = subprocess.run(command, capture_output=True, text=True)
        check(run.returncode == 0, f"the scan ends with {run.returncode} {run.stderr.strip()}")
        if run.returncode == 0:
            check_counts(json.loads((out / "summary.json").read_text()))
            check_accounts(lines(out / "accounts.ndjson"))
            check_findings(lines(out / "findings.ndjson"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
