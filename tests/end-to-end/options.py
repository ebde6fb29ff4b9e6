#!/usr/bin/env python3
"""What the options of `scan` and `rules` do at the edges: silence, exit codes, wrong values, maps from a
file, the progress line on a terminal, and the shipped pack from any working directory."""

import json
import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
SAMPLE = ROOT / "corpora/sample/posts"
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def run(*arguments, **keywords):
    return subprocess.run([HEARSAY, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          **keywords)


def check_scan(folder):
    loud = run("scan", SAMPLE, "-o", folder / "loud", cwd=folder)
    check(loud.returncode == 0 and loud.stderr == "", "a scan far from the source tree finds the shipped pack")
    for word in ("read ", "records_in ", " = posts ", " + rejected ", "findings ", "pack breach-claims", "accounts ",
                 "edges ", "results ", "next ", "hearsay explain "):
        check(word in loud.stdout, f"the outcome says '{word}'")
    command = next(line for line in loud.stdout.splitlines() if line.startswith("next")).split(maxsplit=3)
    check(run(*command[2].split(), *command[3].split(), cwd=folder).returncode == 0, "the next command works")
    quiet = run("scan", SAMPLE, "-o", folder / "quiet", "--quiet")
    check((quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", ""), "--quiet prints nothing")
    for name in ("findings.ndjson", "accounts.ndjson", "edges.ndjson", "clusters.ndjson"):
        check((folder / "loud" / name).read_bytes() == (folder / "quiet" / name).read_bytes(), f"{name}: the same")
    failing = run("scan", SAMPLE, "-o", folder / "loud", "--fail-on-findings")
    check(failing.returncode == 1 and "findings" in failing.stdout, "--fail-on-findings: code 1 and all results")
    rejects = folder / "rejects.ndjson"
    run("scan", SAMPLE, "-o", folder / "loud", "--rejects", rejects)
    kept = [json.loads(line) for line in rejects.read_text().splitlines()]
    summary = json.loads((folder / "loud/summary.json").read_text())
    rejected = summary.get("counts", summary)["rejected"]
    check(len(kept) == sum(rejected.values()) > 0, f"--rejects keeps all {len(kept)}")
    check(all(row["line"] > 0 and row["reason"] in rejected for row in kept), "with line and reason")
    strict = run("scan", SAMPLE, "-o", folder / "strict", "--strict")
    check(strict.returncode == 4 and "archive.csv:37" in strict.stderr, "--strict names the first, code 4")
    rules = folder / "untested.rules"
    rules.write_text('pack p version 1.0.0\nrule r {\n  meta: id = "T-1"\n  terms: $a = "zebra"\n  match: $a\n}\n')
    checked = run("rules", "check", rules)
    check(checked.returncode == 0 and "W202" in checked.stderr, "rules check warns of a rule without tests")
    judged = run("scan", SAMPLE, "-o", folder / "judged", "--rules", rules)
    check(judged.returncode == 0 and judged.stderr == "", "a scan leaves warnings about rules to rules check")


def check_values(folder):
    source = folder / "one.jsonl"
    source.write_text('{"id":"1","account":"a","text":"t","created_at":"2025-01-01T00:00:00Z"}\n')
    for options, word in ((("--threads", "0"), "--threads"), (("--threads", "65"), "--threads"),
                          (("--window", "0s"), "--window"), (("--window", "5 parsecs"), "--window"),
                          (("--memory", "lots"), "--memory"), (("--memory", "1K"), "memory"),
                          (("--format", "telepathy"), "telepathy"), (("--map", "/nowhere/map"), "/nowhere/map"),
                          (("--strict", "--lenient"), "exclude"), (("--record-limit", "1"), "record limit")):
        result = run("scan", source, "-o", folder / "wrong", *options)
        wanted = 4 if "/nowhere/map" in options else 3
        check(result.returncode == wanted and word in result.stderr, f"{' '.join(options)}: code {wanted}")
    check(not (folder / "wrong").exists(), "none of them leaves a folder")
    check(run("coordinate", source, "-o", folder / "w", "--min-participation", "2").returncode == 3,
          "--min-participation needs --like")
    check(run("coordinate", source, "-o", folder / "w", "--like", "crystalball").returncode == 3,
          "--like of an unknown tool: code 3")
    alone = run("coordinate", source, "-o", folder / "alone")
    check(alone.returncode == 0 and "pack" not in alone.stdout, "coordinate judges no text")


def check_map(folder):
    table, column_map = folder / "table.csv", folder / "map.txt"
    table.write_text("who,what,when\nann,hello,2025-01-01 10:00:00\nben,hello,2025-01-01 10:00:10\n")
    column_map.write_text("# who wrote what\naccount=who\n\ntext=what\ncreated_at=when\n")
    inline = run("scan", table, "-o", folder / "inline", "--map", "account=who,text=what,created_at=when")
    file = run("scan", table, "-o", folder / "file", "--map", column_map)
    check(inline.returncode == 0 and file.returncode == 0, "--map takes pairs or a file with them")
    check((folder / "inline/accounts.ndjson").read_bytes() == (folder / "file/accounts.ndjson").read_bytes(),
          "both read the same")


def check_rules(folder):
    good, bad = folder / "good.rules", folder / "bad.rules"
    shipped = run("rules", "check", ROOT / "rules/breach-claims")
    check(shipped.returncode == 0 and "no errors" in shipped.stdout, "rules check: the shipped pack is good")
    bad.write_text("pack broken version 1.0.0\nrule x {\n  nonsense\n")
    broken = run("rules", "check", bad)
    check(broken.returncode == 2 and "bad.rules:" in broken.stderr, "an error in a rule: code 2 and its place")
    check(run("scan", SAMPLE, "-o", folder / "none", "--rules", bad).returncode == 2, "the same from a scan")
    check(run("rules", "test", folder / "nowhere").returncode == 4, "a pack that is not there: code 4")
    check(not (folder / "none").exists(), "and no folder for its results")
    check(not good.exists(), "checking writes nothing")


def stderr_on_terminal(folder, name, environment, *options):
    """Feeds posts slowly to a scan whose standard error is a terminal; gives what it drew there."""
    main_end, terminal = pty.openpty()
    process = subprocess.Popen([HEARSAY, "scan", "-", "-o", str(folder / name), *options], stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, stderr=terminal, env=os.environ | environment)
    os.close(terminal)
    for i in range(6):
        process.stdin.write(b"".join(b'{"id":"%d","account":"a","text":"t"}\n' % (1000 * i + j) for j in range(1000)))
        process.stdin.flush()
        time.sleep(0.12)
    process.stdin.close()
    process.wait(timeout=60)
    drawn = b""
    while True:
        try:
            part = os.read(main_end, 65536)
        except OSError:
            break
        if not part:
            break
        drawn += part
    os.close(main_end)
    return drawn.decode()


def check_progress(folder):
    lively = {"TERM": "xterm", "NO_COLOR": ""}
    drawn = stderr_on_terminal(folder, "p1", lively)
    check("posts/s" in drawn and "MB/s" in drawn and "findings" in drawn, "a terminal sees the progress")
    check(2 <= drawn.count("posts/s") <= 10, f"it is drawn {drawn.count('posts/s')} times in 0.7 s")
    check(drawn.endswith("\r\x1b[K"), "and taken away at the end")
    check(stderr_on_terminal(folder, "p2", lively | {"NO_COLOR": "1"}) == "", "not with NO_COLOR")
    check(stderr_on_terminal(folder, "p3", lively, "--quiet") == "", "not with --quiet")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for step in (check_scan, check_values, check_map, check_rules, check_progress):
            step(folder)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
