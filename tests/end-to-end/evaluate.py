#!/usr/bin/env python3
"""hearsay evaluate and simulate: figures by hand on small results, the schema of --json, what is said of
labels that do not fit, and a simulated campaign that is found.

Seen failing: the flag derived without link_source, ties that count nothing, and organic groups counted as
campaigns; each broke one of the checks below."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def hearsay(*arguments):
    return subprocess.run([HEARSAY, *map(str, arguments)], capture_output=True, text=True, timeout=120)


def report(*arguments):
    run = hearsay(*arguments, "--json")
    if run.returncode != 0:
        check(False, f"{arguments}: {run.stderr}")
        return {}
    value = json.loads(run.stdout)
    try:
        import jsonschema
        schema = json.loads((ROOT / "analyzer/report/schemas/evaluation.schema.json").read_text())
        errors = list(jsonschema.Draft202012Validator(schema).iter_errors(value))
        check(not errors, f"evaluate {arguments[1]} is valid by its schema {errors[:1]}")
    except ImportError:
        print("     python3-jsonschema is not installed")
    return value


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def label(post, stance, incident="data_leak", evidence="none", **more):
    return {"id": post, "stance": stance, "incident": incident, "evidence": evidence, "lang": "en"} | more


def finding(post, score, stance="relay", incident="data_leak", victim=None, quantity=None):
    return {"schema": "hearsay.finding/1", "post": post, "platform": "x", "account": None, "created_at": None,
            "score": score, "flag": score >= 0.5, "incident": incident, "stance": stance, "victim": victim,
            "quantity": quantity, "rules": [], "spans": []}


def results(folder, findings=(), accounts=(), clusters=(), posts=0):
    folder.mkdir()
    write(folder / "findings.ndjson", findings)
    write(folder / "accounts.ndjson", accounts)
    write(folder / "clusters.ndjson", clusters)
    (folder / "summary.json").write_text(json.dumps({"schema": "hearsay.summary/1", "posts": posts, "reposts": 0}))


def value(measured, name):
    return measured["all"]["measures"][name]["value"]


def check_claims(folder):
    text = "Ufer Bank lost 4,000 files"
    labels = [label("1", "relay", text=text, victim="Ufer Bank", quantity="4,000 files", flag=1),
              label("2", "self_claim", flag=0),
              label("3", "relay", evidence="link_source"),
              label("4", "general", "none"),
              label("5", "relay", lang="fr"),
              label("6", "relay"), label("6", "denial"),
              label("4", "general", "none")]
    write(folder / "labels.jsonl", labels)
    results(folder / "out", posts=4, findings=[
        finding("1", 0.9, victim="Ufer", quantity="4,000 files"), finding("2", 0.6, "self_claim", "intrusion"),
        finding("3", 0.6), finding("99", 0.9), finding("6", 0.9)])
    measured = report("evaluate", "claims", folder / "out", "--labels", folder / "labels.jsonl",
                      "--compare", folder / "out")
    counts = measured["labels"]
    check((counts["rows"], counts["used"], counts["contradictory"], counts["repeated"]) == (8, 5, 1, 1),
          f"rows are counted {counts}")
    check(counts["flag_differs"] == 1 and counts["findings_without_label"] == 1, "what does not fit is counted")
    check(counts["at_least_not_read"] == 1, "five labels of four posts: one was not read")
    check(measured["all"]["positive"] == 3, "a link of a source takes the flag away")
    check(abs(value(measured, "precision") - 2 / 3) < 1e-5 and abs(value(measured, "recall") - 2 / 3) < 1e-5,
          "precision and recall by hand")
    # Pairs of 3 claims and 2 others: 0.9 wins both; 0.6 ties one, wins one; 0 loses one, ties one.
    check(abs(value(measured, "roc_auc") - (2 + 1.5 + 0.5) / 6) < 1e-5, "ties count one half")
    check(measured["incident_accuracy"] == 0.5, "one incident of two is right")
    check(measured["victim"]["overlap"] == 1 and measured["victim"]["exact"] == 0, "a part of the victim overlaps")
    check(measured["quantity"]["exact"] == 1, "the quantity is exact")
    check(list(measured["by_lang"]) == ["en", "fr"], "languages are told apart")
    check(measured["comparison"]["mcnemar_p"] == 1, "results do not differ from themselves")
    table = hearsay("evaluate", "claims", folder / "out", "--labels", folder / "labels.jsonl").stdout
    check("ids are labelled in several ways" in table and "average_precision" in table, "the table says so too")


def check_grouping(folder):
    posts = {"1": "a", "2": "a", "3": "b", "4": "a"}
    results(folder / "out", [finding(post, 0.9) | {"claim": claim} for post, claim in
                             (("1", "0a"), ("2", "0a"), ("3", "0a"), ("9", "0b"))])
    write(folder / "labels.jsonl", [{"platform": "x", "post": post, "claim": claim, "part": "one" if post < "3" else "two"}
                                    for post, claim in posts.items()])
    measured = report("evaluate", "grouping", folder / "out", "--labels", folder / "labels.jsonl")
    # Of claim 0a: two of three have label a, one label b; post 4 stands alone.
    check(abs(measured["all"]["b_cubed_precision"] - (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4) < 1e-5, "B-cubed precision by hand")
    check(abs(measured["all"]["b_cubed_recall"] - (2 / 3 + 2 / 3 + 1 + 1 / 3) / 4) < 1e-5, "B-cubed recall by hand")
    check(measured["in_claims"]["posts"] == 3 and measured["in_claims"]["b_cubed_recall"] == 1, "posts of no claim left out")
    check(measured["by_part"]["one"]["b_cubed_f1"] == 1, "a part is measured by itself")
    table = hearsay("evaluate", "grouping", folder / "out", "--labels", folder / "labels.jsonl").stdout
    check("4 posts in 2 claims" in table and "stand alone" in table, "the table says so too")
    for text in ("", "[]\n", '{"post":"1"}\n', "{\n"):
        (folder / "bad.jsonl").write_text(text)
        run = hearsay("evaluate", "grouping", folder / "out", "--labels", folder / "bad.jsonl")
        check(run.returncode == 4 and "bad.jsonl" in run.stderr, f"labels {text!r}: {run.stderr.strip()[-60:]}")


CORPUS = ROOT / "corpora/claims"


def check_corpus(folder):
    """The shipped posts in claims. What the rules miss stands alone, so that all rows move with the pack (measured:
    0.865); the grouping itself may not fall below 0.9."""
    run = hearsay("scan", CORPUS / "posts.ndjson", "-o", folder / "out", "-q")
    check(run.returncode == 0, f"the corpus is scanned {run.stderr}")
    measured = report("evaluate", "grouping", folder / "out", "--labels", CORPUS / "labels.ndjson")
    floors = {"all": 0.8, "in_claims": 0.9}
    for name, floor in floors.items():
        check(measured[name]["b_cubed_f1"] >= floor, f"{name}: B-cubed F1 {measured[name]['b_cubed_f1']}")
    check(measured["by_part"]["held_out"]["b_cubed_f1"] >= 0.8, "the half that nothing was tuned on")


def account(name, score, posts=9, **layers):
    return {"schema": "hearsay.account/1", "platform": "x", "account": name, "posts": posts, "findings": 0,
            "score": score, "flag": score >= 0.5, "layers": layers, "partners": 0}


def check_accounts(folder):
    (folder / "labels.csv").write_text(
        'account,label,group,tempo\na,campaign,one,"5 m, or so"\nb,campaign,one,5 m\nc,campaign,two,1 h\n'
        "d,organic,,\ne,organic,fans,\nf,organic,,\ng,maybe,,\nh,campaign,two,1 h\ni,organic,,\ni,campaign,two,\n")
    results(folder / "out", posts=9, accounts=[
        account("a", 0.9, link=2), account("b", 0.8, link=1, text=1), account("c", 0.2, text=3),
        account("d", 0.2), account("e", 0.6, link=1), account("f", 0.9, posts=1), account("z", 0.1)],
        clusters=[{"schema": "hearsay.cluster/1", "cluster": 7, "platform": "x", "accounts": ["a", "b", "e"]}])
    measured = report("evaluate", "accounts", folder / "out", "--labels", folder / "labels.csv")
    counts = measured["labels"]
    check((counts["used"], counts["few_posts"], counts["unknown"], counts["contradictory"]) == (5, 1, 1, 1),
          f"accounts are counted {counts}")
    check(counts["campaign_not_in_results"] == 1 and counts["accounts_without_label"] == 1, "absent ones are counted")
    check(abs(value(measured, "roc_auc") - (2 + 2 + 0.5) / 6) < 1e-5, "AUC by hand")
    check(measured["layers"]["link"]["only"]["accounts"] == 3, "three accounts have weight on links")
    check(abs(measured["clusters"]["purity"] - 2 / 3) < 1e-5, "an organic account in a cluster lowers purity")
    groups = {group["group"]: group for group in measured["groups"]}
    check(groups["one"]["properties"] == {"tempo": "5 m, or so"}, "a quoted cell may hold a comma")
    check(groups["fans"]["campaign"] == 0 and groups["fans"]["flagged"] == 1, "an organic group is none of campaigns")
    check_groups(folder)


def check_groups(folder):
    """Properties of groups from a file beside the labels."""
    (folder / "numbered.csv").write_text("account,label,group,tempo\na,campaign,g01,5 m\nb,campaign,g10,\nd,organic,,\n")
    (folder / "groups.json").write_text(json.dumps([
        {"group": 1, "style": "own", "share": 0.5, "tempo": "6 m"}, {"group": "g10", "size": 8, "loud": True},
        {"group": 7, "style": "copy"}]))
    arguments = ["evaluate", "accounts", folder / "out", "--labels", folder / "numbered.csv", "--groups"]
    groups = {group["group"]: group["properties"] for group in report(*arguments, folder / "groups.json")["groups"]}
    check(groups["g01"] == {"tempo": "6 m", "style": "own", "share": "0.5", "size": "", "loud": ""},
          f"a number is that at a name's end {groups}")
    check(groups["g10"] == {"tempo": "", "style": "", "share": "", "size": "8", "loud": "true"}, f"a name is itself {groups}")
    wrong = {"object.json": "{}", "torn.json": "[{", "strange.json": '[{"group": "other"}]', "deep.json": '[{"group": 1, "x": []}]',
             "nameless.json": '[{"style": "own"}]', "many.json": json.dumps([{"group": 1, **{f"p{i}": i for i in range(40)}}])}
    for name, text in wrong.items():
        (folder / name).write_text(text)
        run = hearsay(*arguments, folder / name)
        check(run.returncode == 4 and name in run.stderr and not run.stdout, f"{name}: {run.stderr.strip()[-70:]}")
    (folder / "numbered.csv").write_text("account,label,group\na,campaign,g01\nb,campaign,h1\nd,organic,\n")
    run = hearsay(*arguments, folder / "groups.json")
    check(run.returncode == 4 and "two groups" in run.stderr, "a number that names two groups is refused")


def check_errors(folder):
    cases = {"empty.jsonl": "", "list.jsonl": "[]\n", "stance.jsonl": json.dumps(label("1", "rumour")),
             "other.jsonl": json.dumps(label("nobody", "relay"))}
    for name, text in cases.items():
        (folder / name).write_text(text)
        run = hearsay("evaluate", "claims", folder / "claims/out", "--labels", folder / name)
        check(run.returncode == 4 and name in run.stderr and not run.stdout, f"{name}: {run.stderr.strip()[-70:]}")
    tables = {"head.csv": "name,label\na,organic\n", "short.csv": "account,label\na\n", "none.csv": "account,label\na,?\n",
              "else.csv": "account,label\nnobody,campaign\n"}
    for name, text in tables.items():
        (folder / name).write_text(text)
        run = hearsay("evaluate", "accounts", folder / "accounts/out", "--labels", folder / name)
        check(run.returncode == 4 and name in run.stderr and not run.stdout, f"{name}: {run.stderr.strip()[-70:]}")
    (folder / "one.csv").write_text("account,label\na,campaign\nb,campaign\n")
    one = report("evaluate", "accounts", folder / "accounts/out", "--labels", folder / "one.csv")
    check(value(one, "roc_auc") is None and value(one, "recall") == 1, "one class only: null and not 0")
    run = hearsay("evaluate", "accounts", folder / "accounts/out")
    check(run.returncode == 3 and "--labels" in run.stderr, "labels are required")


def check_simulation(folder):
    arguments = ["--accounts", 1500, "--tempo", "60s", "--fandoms", 1, "--breaking", 0.6]
    for name in ("one", "two"):
        run = hearsay("simulate", "-o", folder / name, *arguments)
        check(run.returncode == 0, f"simulate: {run.stdout.strip()[:60]}{run.stderr}")
    same = all((folder / "one" / file).read_bytes() == (folder / "two" / file).read_bytes()
               for file in ("posts.ndjson", "labels.csv"))
    check(same, "the same seed gives the same bytes")
    hearsay("simulate", "-o", folder / "two", *arguments, "--seed", 2)
    check((folder / "one/posts.ndjson").read_bytes() != (folder / "two/posts.ndjson").read_bytes(), "another seed, others")
    run = hearsay("scan", folder / "one/posts.ndjson", "-o", folder / "scan", "-q")
    check(run.returncode == 0, "the simulated posts are read")
    measured = report("evaluate", "accounts", folder / "scan", "--labels", folder / "one/labels.csv")
    check(measured["labels"]["not_in_results"] == 0, "every labelled account has posts")
    check(value(measured, "roc_auc") > 0.9, "a campaign of one minute ranks over organic accounts")
    for wrong in (["--camouflage", 2], ["--tempo", "soon"], ["--accounts", 0], ["--style", "loud"], ["--fandoms", 99]):
        run = hearsay("simulate", "-o", folder / "wrong", "--accounts", 100, *wrong)
        check(run.returncode == 3, f"simulate {wrong}: {run.stderr.strip()}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part, function in (("claims", check_claims), ("grouping", check_grouping), ("corpus", check_corpus),
                               ("accounts", check_accounts)):
            (folder / part).mkdir()
            function(folder / part)
        check_errors(folder)
        check_simulation(folder)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
