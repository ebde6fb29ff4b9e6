#!/usr/bin/env python3
"""The rule authors' commands on the shipped pack: explain, fmt, dump and load, diff, overlap and help,
their exit codes, and their JSON against the shipped schemas."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
PACK = str(ROOT / "rules/breach-claims")
SCHEMAS = ROOT / "analyzer/report/schemas"
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def run(*arguments, code=0, text_in=None):
    result = subprocess.run([HEARSAY, "rules", *arguments], capture_output=True, text=True, input=text_in,
                            timeout=120)
    check(result.returncode == code, f"rules {arguments[0]}: exit code {result.returncode}, not {code}: "
          f"{result.stderr[:300]}" if result.returncode != code else f"rules {arguments[0]}: exit code {code}")
    return result.stdout


def check_schema(kind, value):
    try:
        import jsonschema
    except ImportError:
        return
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = [e.message for e in jsonschema.Draft202012Validator(schema).iter_errors(value)]
    check(not errors, f"{kind}: valid against its schema {errors[:2]}")


def check_explain():
    text = "BREAKING: 4.2 million Orvath customer records leaked, full database for sale"
    shown = run("explain", PACK, text)
    check("=> PASS" in shown and "=> FAIL" in shown and "score, in log-odds" in shown, "explain shows both")
    value = json.loads(run("explain", PACK, "--json", "-", text_in=text))
    check_schema("rules-explain", value)
    counted = value["prior"] + value["text_term"]["weight"] + value["alone"] + sum(rule["counted"] for rule in value["rules"])
    check(abs(counted - value["log_odds"]) < 1e-9, "the counted weights add up to the log-odds")
    check(all(sum(c["decides"] for c in rule["clauses"]) == 1 for rule in value["rules"]),
          "one clause of each rule decides")
    run("explain", PACK, text, "--rule", "no-such-rule", code=3)


def check_fmt(folder):
    check(run("fmt", "--check", PACK) == "", "the shipped pack is formatted")
    pack = folder / "pack"
    shutil.copytree(PACK, pack)
    before = json.loads(run("dump", str(pack)))
    run("fmt", str(pack))
    check(run("fmt", "--check", str(pack)) == "", "what was formatted needs no formatting")
    check(json.loads(run("dump", str(pack))) == before, "formatting changes no rule")
    bad = folder / "bad.rules"
    bad.write_text('rule a { match: "open }')
    run("fmt", str(bad), code=2)
    check(bad.read_text() == 'rule a { match: "open }', "a file with a mistake is left as it is")
    ugly = folder / "ugly.rules"
    ugly.write_text("pack a version 1.0.0 prior 1 # why")
    check(run("fmt", "--check", str(ugly), code=1) == f"{ugly}\n", "--check names the file")
    check(run("fmt", "--stdout", str(ugly)) == "pack a version 1.0.0\nprior 1  # why\n", "comments stay")
    check("prior 1 #" in ugly.read_text(), "--check and --stdout write nothing")


def check_dump(folder):
    value = json.loads(run("dump", PACK))
    check_schema("rules", value)
    (folder / "pack.json").write_text(json.dumps(value))
    loaded = folder / "loaded"
    shutil.copytree(pathlib.Path(PACK) / "lists", loaded / "lists")
    (loaded / "all.rules").write_text(run("load", str(folder / "pack.json")))
    check(json.loads(run("dump", str(loaded))) == value, "load of dump is the pack")
    run("check", str(loaded))
    (folder / "bad.json").write_text("{}")
    run("load", str(folder / "bad.json"), code=4)


def check_check(folder):
    value = json.loads(run("check", PACK, "--json"))
    check_schema("rules-check", value)
    check(value["sound"] and value["problems"] == [] and value["errors"] == 0, "check --json of a sound pack")
    rules = [cost for cost in value["costs"] if cost["term"] is None]
    check(rules and not any(rule["ungated"] for rule in rules), "no rule of the shipped pack is tried on every post")
    bad = folder / "costs.rules"
    bad.write_text('pack p version 1.0.0\nrule r { meta: id = X-1 terms: $a = "aa" $b = /\\d+/ ungated $c = /leaks?/ fold\n'
                   '  $d = any("bb", "cc", "dd", "ee", "ff") fold match: $a or $b or $c and $d outcome: weight 1\n'
                   '  tests: fires "7" }\n')
    value = json.loads(run("check", str(bad), "--json"))
    check_schema("rules-check", value)
    costs = {cost["term"]: cost for cost in value["costs"]}
    check(costs[None]["ungated"] and costs[None]["accepted"] and costs[None]["requires"] is None, "an ungated rule is marked")
    check(costs[None]["regexes"] == 2 and costs[None]["steps_most"] == 2 * costs["b"]["steps_most"], "the worst case adds up")
    check(costs["b"]["prefilter"] == "none" and costs["c"]["prefilter"] == "approximate" and
          costs["d"]["prefilter"] == "exact" and costs["d"]["requires"].endswith("or 1 more"), "what keeps posts away")
    shown = run("check", str(bad), "--cost")
    check("UNGATED: tried on every post, accepted" in shown and "1 tried on every post" in shown, "check --cost says so")
    check("UNGATED" not in run("check", str(bad)), "without --cost it does not")
    bad.write_text("pack p version 1.0.0\nimport \"costs.rules\"\nrule r { match: $leek }\n")
    value = json.loads(run("check", str(bad), "--json", code=2))
    check_schema("rules-check", value)
    codes = {problem["code"]: problem for problem in value["problems"]}
    check(not value["sound"] and value["costs"] == [] and value["errors"] == len(codes) == 3, "check --json of a bad pack")
    check(codes["E021"]["line"] == 3 and codes["E021"]["column"] == 17 and codes["E151"]["line"] == 2, "problems have places")
    run("check", str(folder / "nowhere"), "--json", code=4)


def check_load_to_a_file(folder):
    target = folder / "written.rules"
    run("load", str(folder / "pack.json"), "-o", str(target))
    check(target.read_text() == run("load", str(folder / "pack.json")), "load -o writes what load prints")
    target.chmod(0o640)
    run("load", str(folder / "bad.json"), "-o", str(target), code=4)
    check(target.read_text().startswith("pack") or "rule" in target.read_text(), "a refused file replaces nothing")
    run("load", str(folder / "pack.json"), "-o", str(target))
    check(target.stat().st_mode & 0o777 == 0o640, "the file keeps its mode")
    run("load", str(folder / "pack.json"), "-o", str(folder / "no/such/folder.rules"), code=4)
    check(not list(folder.glob("written.rules.*")), "nothing is left beside it")


def check_trial(folder):
    corpus = folder / "posts.jsonl"
    posts = [{"id": str(i), "account": "a", "text": text} for i, text in enumerate(
        ["Orvath Cycles Database (Database) — 4418020 records (2021)", "nothing here", "a museum of ferns"])]
    corpus.write_text("".join(json.dumps(post) + "\n" for post in posts))
    older = folder / "older"
    shutil.copytree(PACK, older)
    (older / "english-data-leaks-1.rules").write_text(
        (older / "english-data-leaks-1.rules").read_text().replace("records|rows", "rowz"))
    labels = folder / "labels.jsonl"
    labels.write_text("".join(json.dumps({"id": str(i), "flag": int(i == 0)}) + "\n" for i in range(3)))
    shown = run("diff", str(older), PACK, "--corpus", str(corpus), "--labels", str(labels), "--markdown")
    check("on 3 posts" in shown and "HS-0101" in shown and "recall of the flag" in shown, "diff names the rule")
    run("diff", PACK, PACK, "--corpus", str(folder / "missing.jsonl"), code=4)
    run("diff", PACK, PACK, code=3)
    json.loads(run("overlap", PACK, "--corpus", str(corpus), "--json"))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_explain()
        check_fmt(folder)
        check_dump(folder)
        check_load_to_a_file(folder)
        check_check(folder)
        check_trial(folder)
    check("ungated" in run("help", "e090"), "help takes a code")
    run("help", "E999", code=3)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
