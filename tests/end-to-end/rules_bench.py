#!/usr/bin/env python3
"""`rules bench`: what it prints, the budget's exit code, corpora that are none. No figure is asserted by the
clock but one: a pack takes more than no time at all."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
failures = []
PACK = """pack demo version 1.0.0
rule leak {
  meta: id = "D1" severity = low
  terms:
    $a = any("leaked") fold
    $b = /\\brecords?\\b/i
  match: $a and $b
  outcome: weight 1
  tests:
    fires "leaked records"
    silent "nothing"
}
"""
WINDOWS = PACK.replace("weight 1", 'weight 1 label account "seen" for 1h') + """
rule many {
  meta: id = "D2" severity = low
  where: account.label == seen
  terms: $a = "leaked"
  match: $a
  over 1h by account: count > 2
  outcome: weight 1
}
"""


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def bench(*arguments):
    return subprocess.run([HEARSAY, "rules", "bench", *map(str, arguments)], capture_output=True, text=True,
                          timeout=120, check=False)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pack, corpus = folder / "demo.rules", folder / "posts.jsonl"
        pack.write_text(PACK)
        texts = ["leaked records", "leaked", "a record", "nothing here"]
        corpus.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts) + "no json\n{}\n\n")

        own = bench(pack)
        check(own.returncode == 0 and "on 2 texts of its own tests" in own.stdout, "own tests are the texts")
        given = bench(pack, "--corpus", corpus)
        check(given.returncode == 0 and "on 4 texts," in given.stdout and "2 lines" in given.stdout,
              "a corpus is read, and lines without a text are counted")
        printed = bench(pack, "--corpus", corpus, "--json")
        document = json.loads(printed.stdout)
        by_name = {(cost["rule"], cost["term"]): cost for cost in document["costs"]}
        check(set(by_name) == {("D1", None), ("D1", "a"), ("D1", "b")}, "the rule and both terms are there")
        check(by_name["D1", None]["reached_ratio"] == 0.25 and by_name["D1", None]["matched_ratio"] == 0.25,
              "one text of four reaches the rule")
        check(document["ns_per_post"] > 0 and document["worst_text"] in texts, "the whole pack takes time")
        try:
            import jsonschema
            schema = ROOT / "analyzer/report/schemas/rules-bench.schema.json"
            jsonschema.validate(document, json.loads(schema.read_text()))
        except ImportError:
            print("skip the schema: python3-jsonschema is missing")
        over = bench(pack, "--budget", 1)
        check(over.returncode == 5 and "budget of 1" in over.stderr, "over the budget: exit code 5")
        check(bench(pack, "--budget", 1000000000).returncode == 0, "within the budget: exit code 0")
        check(bench(pack, "--budget", "fast").returncode == 3, "a budget that is no number: exit code 3")
        check(bench(pack, "--corpus", folder / "none").returncode == 4, "a missing corpus: exit code 4")
        check(bench(pack, "--corpus", pack).returncode == 4, "a corpus without posts: exit code 4")
        check(all(cost["unmeasured"] == [] for cost in document["costs"]), "nothing is left out without windows")
        pack.write_text(WINDOWS)
        check("the window and the questions of labels of D2\n" in bench(pack).stdout, "what is not measured is named")
        document = json.loads(bench(pack, "--json").stdout)
        check({cost["rule"]: cost["unmeasured"] for cost in document["costs"] if not cost["term"]}
              == {"D1": [], "D2": ["window", "labels"]}, "in JSON too, for each rule")
        pack.write_text("rule {")
        check(bench(pack).returncode == 2, "a bad pack: exit code 2")
    sys.exit(1 if failures else 0)


main()
