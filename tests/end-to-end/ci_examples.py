#!/usr/bin/env python3
"""The examples in docs/ci: their commands run as they stand, in a repository with a pack, a target branch and a
corpus. Only the budget is set for this machine. What installs hearsay is read for its syntax, not run."""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = pathlib.Path(os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))).resolve()
PACK = """pack demo version 1.0.0 requires hearsay >= 0.1

rule leak {
  meta:
    id = "D-1"
    severity = low
  terms:
    $leak = any("leaked", "dumped") fold
    $data = any("records", "rows") fold
  match:
    $leak near/8 $data
  outcome:
    weight 1
  tests:
    fires "The records were leaked"
    fires each $leak "All rows {}"
    silent "The records were kept"
    silent "A leaked film"
}
"""
failures = []

try:
    import yaml
except ImportError:
    print("skipped: PyYAML is not there to read the examples")
    sys.exit(77)


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def git(folder, *arguments):
    names = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def repository(folder):
    """A clone whose branch adds a literal to the pack of its origin."""
    origin, clone = folder / "origin", folder / "clone"
    (origin / "rules/my-pack").mkdir(parents=True)
    (origin / "corpus").mkdir()
    (origin / "rules/my-pack/pack.rules").write_text(PACK)
    posts = (f'{{"id":"{i}","account":"a","created_at":"2024-05-01T10:00:00Z","text":"rows number {i} spilled"}}\n'
             for i in range(50))
    (origin / "corpus/posts.jsonl").write_text("".join(posts))
    git(folder, "init", "-q", "origin")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "pack")
    git(folder, "clone", "-q", "origin", "clone")
    (clone / "rules/my-pack/pack.rules").write_text(PACK.replace('"dumped"', '"dumped", "spilled"'))
    return clone


def run(name, script, clone, settings):
    (clone.parent / "bin").mkdir(exist_ok=True)
    program = clone.parent / "bin/hearsay"
    if not program.exists():
        program.symlink_to(HEARSAY)
    environment = {**os.environ, **settings, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-e", "-c", script], cwd=clone, env=environment, capture_output=True, text=True,
                          timeout=120)
    check(done.returncode == 0, f"{name} ends with {done.returncode} {(done.stdout + done.stderr)[-400:] if done.returncode else ''}")


def gitlab(folder):
    clone = repository(folder)
    example = yaml.safe_load((ROOT / "docs/ci/gitlab-ci.yml").read_text())
    settings = {**{key: str(value) for key, value in example["variables"].items()}, "BUDGET_NS": "1000000000",
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    run("gitlab: the script", "\n".join(example["rules"]["script"]), clone, settings)
    artifacts = example["rules"]["artifacts"]
    for name in [*artifacts["paths"], artifacts["reports"]["junit"]]:
        check((clone / name).stat().st_size > 0, f"gitlab: {name} is written")
    check("50" in (clone / "rules-diff.md").read_text(), "gitlab: the comparison shows the 50 hits gained")


def github(folder):
    clone = repository(folder)
    (folder / "temp").mkdir()
    example = yaml.safe_load((ROOT / "docs/ci/github-actions.yml").read_text())
    settings = {**{key: str(value) for key, value in example["env"].items()}, "BUDGET_NS": "1000000000",
                "GITHUB_BASE_REF": "main", "RUNNER_TEMP": str(folder / "temp"),
                "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    for step in example["jobs"]["rules"]["steps"]:
        if step.get("name") == "Install hearsay":
            done = subprocess.run(["bash", "-n", "-c", step["run"]], capture_output=True, check=False)
            check(done.returncode == 0, "github: Install hearsay is sound shell")
        elif "run" in step:
            run(f"github: {step['name']}", step["run"], clone, settings)
    check("50" in (folder / "summary.md").read_text(), "github: the summary shows the 50 hits gained")
    uploaded = example["jobs"]["rules"]["steps"][-1]["with"]["path"].split()
    check(all((clone / name).stat().st_size > 0 for name in uploaded), f"github: {' and '.join(uploaded)} are written")


def main():
    for example in (gitlab, github):
        with tempfile.TemporaryDirectory() as name:
            example(pathlib.Path(name))
    sys.exit(1 if failures else 0)


main()
