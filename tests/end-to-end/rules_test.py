#!/usr/bin/env python3
"""Every form of `hearsay rules test`: byte for byte as accepted in tests/golden/rules-test (accept with
HEARSAY_UPDATE=1, then review the diff), valid against the public schemas where they are at hand, one
test case for each test line, and the exit codes."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
SCHEMAS = pathlib.Path(os.environ.get("HEARSAY_SCHEMAS", str(ROOT / "../shared/schemas")))
GOLDEN = ROOT / "tests/golden/rules-test"
FORMS = {"tap": "--tap", "junit.xml": "--junit", "sarif": "--sarif", "json": "--json-file"}
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def run(*arguments, cwd=GOLDEN):
    return subprocess.run([HEARSAY, "rules", *map(str, arguments)], capture_output=True, timeout=120, cwd=cwd)


def golden(name, actual):
    path = GOLDEN / name
    if os.environ.get("HEARSAY_UPDATE"):
        path.write_bytes(actual)
    check(path.is_file() and path.read_bytes() == actual, f"{name} is as accepted")


def check_forms(folder, pack, code):
    files = [part for name, option in FORMS.items() for part in (option, folder / f"{pack}.{name}")]
    done = run("test", f"{pack}.rules", *files, "--github")
    check(done.returncode == code, f"{pack}: exit code {done.returncode}, expected {code}")
    golden(f"{pack}.txt", done.stdout)
    for name in FORMS:
        golden(f"{pack}.{name}", (folder / f"{pack}.{name}").read_bytes())


def test_lines(files):
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    return len(re.findall(r"^\s*(?:todo )?(?:fires|silent|series|survives)\b", text, re.MULTILINE))


def check_shipped_pack(folder):
    pack = ROOT / "rules/breach-claims"
    done = run("test", "rules/breach-claims", "--junit", folder / "j.xml", "--sarif", folder / "s.sarif", cwd=ROOT)
    cases = tree.parse(folder / "j.xml").getroot().iter("testcase")
    lines = test_lines(sorted(pack.glob("*.rules")))
    check(done.returncode == 0, "the shipped pack passes its tests")
    check(len(list(cases)) == lines >= 100, f"one test case for each of the {lines} test lines")


def check_schemas(folder):
    xsd = SCHEMAS / "junit-10.xsd"
    if xsd.is_file() and shutil.which("xmllint"):
        for path in sorted(folder.glob("*.xml")):
            valid = subprocess.run(["xmllint", "--noout", "--schema", xsd, path], capture_output=True, check=False)
            check(valid.returncode == 0, f"{path.name} is valid JUnit {valid.stderr.decode()[-300:]}")
    try:
        import jsonschema
    except ImportError:
        return
    own = json.loads((ROOT / "analyzer/report/schemas/rules-test.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(own)
    for path in sorted(folder.glob("*.json")):
        errors = list(jsonschema.Draft202012Validator(own).iter_errors(json.loads(path.read_text())))
        check(not errors, f"{path.name} is valid {errors[:1]}")
    check(not jsonschema.Draft202012Validator(own).is_valid({"tests": []}), "the schema refuses what is not whole")
    sarif = SCHEMAS / "sarif-2.1.0.schema.json"
    for path in sorted(folder.glob("*.sarif")) if sarif.is_file() else []:
        errors = list(jsonschema.Draft7Validator(json.loads(sarif.read_text())).iter_errors(json.loads(path.read_text())))
        check(not errors, f"{path.name} is valid SARIF {errors[:1]}")


def check_measures():
    covered = run("test", "rules/breach-claims", "--coverage-threshold", "95", cwd=ROOT)
    check(covered.returncode == 0, f"clause coverage: {covered.stdout.decode().splitlines()[-1]}")
    killed = run("mutate", "rules/breach-claims", "--threshold", "90", cwd=ROOT)
    check(killed.returncode == 0, f"mutants: {killed.stdout.decode().splitlines()[-1]}")
    literals = run("mutate", "rules/breach-claims", "--literals", "--threshold", "85", cwd=ROOT)
    check(literals.returncode == 0, f"with literals: {literals.stdout.decode().splitlines()[-1]}")
    check(killed.stdout == run("mutate", "rules/breach-claims", cwd=ROOT).stdout, "mutants are the same each time")
    check(run("test", "pack.rules", "--run", "quiet", "--coverage-threshold", "101").returncode == 3,
          "a threshold over 100 is wrong use")
    check(run("mutate", "pack.rules", "--run", "nosuch").returncode == 3, "mutants of no rule are exit code 3")
    check(run("mutate", "pack.rules", "--threshold", "90").returncode == 1, "a score below the threshold is exit code 1")


def check_choices():
    both = run("test", "pack.rules", "--tap", "-", "--junit", "-")
    check(both.returncode == 3 and not both.stdout, "two forms cannot share standard output")
    tap = run("test", "pack.rules", "--tap", "-")
    check(tap.stdout.startswith(b"TAP version 14\n1..26\n"), "a form on standard output stands there alone")
    check(tap.returncode == 1, "failed tests are exit code 1")
    one = run("test", "pack.rules", "--run", "G-*2", "--tap", "-")
    check(one.returncode == 0 and one.stdout.count(b"\nok ") == 3, "--run takes ids and *")
    named = run("test", "pack.rules", "--run", "quiet")
    check(named.returncode == 0 and b": 1 rules" in named.stdout, "--run takes names")
    check(run("test", "pack.rules", "--run", "quie").returncode == 3, "--run without a rule is wrong use")
    check(run("test", "pack.rules", "--junit", "absent/j.xml").returncode == 4, "what cannot be written is told")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_forms(folder, "pack", 1)
        check_forms(folder, "broken", 2)
        check_shipped_pack(folder)
        check_schemas(folder)
        check_choices()
        check_measures()
    sys.exit(1 if failures else 0)


main()
