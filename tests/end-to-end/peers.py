#!/usr/bin/env python3
"""`hearsay coordinate --like` on the tables that the other tools publish gives their published networks: every
pair and weight of CooRTweet's, the counts of the QUT toolkit's. Needs HEARSAY_CORPORA (shared corpora).

Seen failing: the window of compare_qut.c made exclusive.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
PEERS = pathlib.Path(os.environ.get("HEARSAY_CORPORA", "/nowhere")) / "peers"
failures = []

# window, least weight, loops -> accounts with an edge
QUT_NODES = {(1, 1, False): 2, (1, 1, True): 3, (1, 2, False): 0, (1, 2, True): 1, (60, 1, False): 6,
             (60, 1, True): 7}
QUT_EDGES = {("uid0", "uid1"): 2, ("uid1", "uid0"): 1, ("uid2", "uid3"): 1, ("uid3", "uid2"): 1,
             ("uid4", "uid5"): 2, ("uid5", "uid4"): 2}


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def coordinate(out, *arguments):
    run = subprocess.run([HEARSAY, "coordinate", *map(str, arguments), "-o", str(out), "--quiet"], check=False,
                         capture_output=True, text=True)
    check(run.returncode == 0, f"it runs {run.stderr}")
    edges = [json.loads(line) for line in (out / "edges.ndjson").read_text().splitlines()]
    return {(edge["a"], edge["b"]): edge["weight"] for edge in edges}


def qut(folder):
    table = PEERS / "qut/coretweet_test_input.csv"
    for number, ((window, weight, loops), nodes) in enumerate(QUT_NODES.items()):
        options = ["--loops"] if loops else []
        edges = coordinate(folder / f"qut{number}", table, "--like", "qut", "--window", f"{window}s", "--min-weight",
                           weight, *options)
        found = {account for pair in edges for account in pair}
        check(len(found) == nodes, f"QUT: window {window} s, weight {weight}, loops {loops}: {nodes} accounts")
        if (window, weight, loops) == (60, 1, False):
            check(edges == QUT_EDGES, f"QUT: each edge has its weight {edges}")


def unzstd(path):
    return subprocess.run(["zstd", "-dcq", "--long=31", str(path)], check=True, capture_output=True).stdout


def published(name):
    with open(PEERS / "cooretweet" / name, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {tuple(sorted(row[:2])): float(row[2]) for row in rows}


def german_table(column, path):
    """The rows of one kind of object, as the package's authors prepared them: unique, no empty cells."""
    rows = csv.DictReader(unzstd(PEERS / "cooretweet/german_elections.csv.zst").decode().splitlines())
    kept = dict.fromkeys((row[column], row["account_id"], row["post_id"], row["timestamp"]) for row in rows)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["object_id", "account_id", "content_id", "timestamp_share"])
        writer.writerows(row for row in kept if all(row))


def german(folder):
    """Pair lists of both kinds put one after the other, as in the package's vignette."""
    listed = []
    for column in ("url_id", "phash_id"):
        german_table(column, folder / f"{column}.csv")
        listed += coordinate(folder / column, folder / f"{column}.csv", "--like", "cooretweet", "--window", "30s",
                             "--min-participation", 2).items()
    check(len({account for (pair, _) in listed for account in pair}) == 671, "CooRTweet: 671 German accounts")
    expected = published("expected_german_url_img_w30_mp2_edges.csv")
    found = {}
    for pair, weight in listed:
        key = tuple(sorted(pair))
        found[key] = found.get(key, 0) + weight
    check(set(found) == set(expected), f"CooRTweet: {len(expected)} German pairs")
    check(found == expected, "CooRTweet: with their weights")


def russian(folder):
    path = folder / "russian.csv"
    path.write_bytes(unzstd(PEERS / "cooretweet/russian_coord_tweets.csv.zst"))
    edges = coordinate(folder / "russian", path, "--like", "cooretweet", "--window", "60s", "--min-participation", 2)
    found = {tuple(sorted(pair)): weight for pair, weight in edges.items()}
    check(len(found) == 3721 and found == published("expected_russian_w60_mp2_edges.csv"),
          "CooRTweet: 3,721 pairs with their weights")


def main():
    if not os.access(HEARSAY, os.X_OK) or not PEERS.is_dir():
        print("skipped: no HEARSAY_CORPORA/peers, or hearsay is not built")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        qut(folder)
        russian(folder)
        german(folder)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
