#!/usr/bin/env python3
"""Bad input and bad places to write: each gets a clear message and its exit code, the records always add
up, and nothing that was written before is lost."""

import gzip
import json
import os
import pathlib
import resource
import shutil
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


def post(number, **fields):
    return json.dumps({"id": str(number), "account": f"a{number % 7}", "platform": "x",
                       "created_at": f"2025-01-01T00:{number % 60:02}:00Z",
                       "text": f"harmless words, number {number}"} | fields)


def run(*arguments, **keywords):
    return subprocess.run([HEARSAY, *map(str, arguments)], capture_output=True, timeout=120, **keywords)


def total(value):
    return sum(value.values()) if isinstance(value, dict) else value


def summary_of(out):
    summary = json.loads((out / "summary.json").read_text())
    counts = summary.get("counts", summary)
    parts = ("posts", "reposts", "duplicates", "other_events", "rejected")
    adds_up = counts["records_in"] == sum(total(counts[part]) for part in parts)
    return counts, adds_up


def scan(folder, name, data, code, *options, word="", records=None, **counts_wanted):
    """Scans one file of these bytes alone; checks exit code, message and counts."""
    path, out = folder / name, folder / (name + ".out")
    path.write_bytes(data)
    result = run("scan", path, "-o", out, *options)
    told = (result.stdout + result.stderr).decode("utf-8", "replace")
    check(result.returncode == code, f"{name}: exit code {result.returncode}, wanted {code}")
    check(word in told, f"{name}: says '{word}'" + ("" if word in told else f" not in: {told}"))
    if not (out / "summary.json").exists():
        check(records is None, f"{name}: leaves no results")
        check(not out.exists(), f"{name}: leaves no folder")
        return
    counts, adds_up = summary_of(out)
    check(adds_up, f"{name}: the records add up")
    if records is not None:
        check(counts["records_in"] == records, f"{name}: {counts['records_in']} records, {records} wanted")
    for key, value in counts_wanted.items():
        check(total(counts[key]) == value, f"{name}: {key} is {counts[key]}, {value} wanted")


def check_files(folder):
    missing = run("scan", folder / "nowhere.jsonl", "-o", folder / "out1")
    check(missing.returncode == 4 and b"nowhere.jsonl" in missing.stderr, "a missing file is named, code 4")
    (folder / "hollow/deeper").mkdir(parents=True)
    hollow = run("scan", folder / "hollow", "-o", folder / "out1")
    check(hollow.returncode == 4 and b"no files" in hollow.stderr, "a folder without files: code 4")
    (folder / "prose").mkdir()
    (folder / "prose/readme.txt").write_text("Nothing here is a post.\nNor is this.\n")
    prose = run("scan", folder / "prose", "-o", folder / "out1")
    check(prose.returncode == 4 and b"readme.txt" in prose.stderr, "a folder without posts: code 4")
    check(not (folder / "out1").exists(), "none of them leaves a folder")
    broken = run("scan", "/proc/self/mem", "-o", folder / "out1")
    check(broken.returncode == 4 and b"Input/output error" in broken.stderr, "a file that fails to be read: code 4")
    check(not (folder / "out1").exists(), "and no results of nothing")
    pattern = run("scan", str(folder / "*.nothing"), "-o", folder / "out1")
    check(pattern.returncode == 4 and b"pattern" in pattern.stderr, "a pattern without matches: code 4")
    if os.geteuid() == 0:
        private, public = folder / "private.jsonl", folder / "public"
        private.write_text(post(1) + "\n")
        private.chmod(0o600)
        public.mkdir(mode=0o777)
        public.chmod(0o777)
        folder.chmod(0o755)
        unreadable = run("scan", private, "-o", public / "out", user=65534, group=65534)
        check(unreadable.returncode == 4 and b"Permission denied" in unreadable.stderr,
              "an unreadable file: code 4")


def check_contents(folder):
    good = "".join(post(i) + "\n" for i in range(20)).encode()
    scan(folder, "empty", b"", 0, word="empty", records=0)
    scan(folder, "binary", bytes(range(256)) * 400, 4, word="binary")
    scan(folder, "elf", b"\x7fELF\x02\x01\x01" + bytes(3000), 4, word="elf")
    scan(folder, "utf8", good + post(21).encode().replace(b"harmless", b"h\xff\xfe\x80") + b"\n", 0,
         records=21)
    scan(folder, "surrogate", good + post(21).replace("harmless", r"\ud83d lone").encode() + b"\n", 0,
         records=21, posts=21)
    scan(folder, "zero", good + post(21).replace("harmless", r"\u0000").encode() + b"\n", 0, records=21)
    scan(folder, "numbers", good + post(21, id=123, account=456).encode() + b"\n", 0, records=21)
    scan(folder, "keys", good + b'{"id":"1","id":"2","account":"a","text":"t","text":"u"}\n', 0, records=21)
    scan(folder, "deep", good + b"[" * 10000 + b"]" * 10000 + b"\n" + b'{"text":' + b"[" * 10000 + b"\n", 0,
         word="rejected", rejected=2, posts=20)
    scan(folder, "dates", good + post(21, created_at="2025-02-30T10:00:00Z").encode() + b"\n"
         + post(22, created_at="yesterday").encode() + b"\n", 0, word="bad_time", records=22)
    scan(folder, "twice", good + post(3).encode() + b"\n" + post(4, text="something else").encode() + b"\n",
         0, records=22, duplicates=1, id_conflict=1)
    scan(folder, "half", good + post(21).encode()[:30], 0, word="bad_json", rejected=1)
    scan(folder, "strict", good + b"{nonsense\n", 4, "--strict", word="strict:21")
    scan(folder, "map", b"who;what\nann;hello\n", 4, "--map", "account=author,text=what", word="author")
    scan(folder, "nomap", b"who;what\nann;hello\n", 4, word="nomap")


def check_compressed(folder):
    good = "".join(post(i) + "\n" for i in range(4000)).encode()
    packed = gzip.compress(good)
    scan(folder, "whole.gz", packed, 0, records=4000)
    scan(folder, "cut.gz", packed[:len(packed) // 2], 4, word="truncated gzip")
    out = folder / "cut.gz.out"
    check(summary_of(out)[0]["posts"] > 500, "what came before the cut is in the results")
    if shutil.which("zstd"):
        packed = subprocess.run(["zstd", "-q", "-c", "--no-check"], input=good, capture_output=True).stdout
        scan(folder, "plainly_named", packed, 0, records=4000)
        scan(folder, "cut.zst", packed[:-20], 4, word="truncated zstd")


def check_long_line(folder):
    """A line of 100 MB, piped in, costs its own rejection and nothing else."""
    command = [HEARSAY, "scan", "-", "-o", str(folder / "long.out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(post(1).encode() + b'\n{"text":"')
        for _ in range(100):
            process.stdin.write(b"x" * 1000000)
        process.stdin.write(b'"}\n' + post(2).encode() + b"\n")
        process.stdin.close()
        told = process.stdout.read().decode()
    counts, adds_up = summary_of(folder / "long.out")
    check(process.returncode == 0 and adds_up, "a line of 100 MB does not end the scan")
    check(counts["posts"] == 2 and total(counts["rejected"]) == 1, f"it is one rejection: {counts['rejected']}")
    check("too_long: the record is longer than the limit" in told, "the reason is told")


def check_output(folder):
    source = folder / "good.jsonl"
    source.write_text("".join(post(i) + "\n" for i in range(3000)))
    foreign = folder / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    refused = run("scan", source, "-o", foreign)
    check(refused.returncode == 3 and b"no results of hearsay" in refused.stderr, "a foreign folder: code 3")
    check(os.listdir(foreign) == ["thesis.txt"], "it is untouched")
    check(run("scan", source, "-o", source).returncode == 3, "a file as output folder: code 3")
    check(run("scan", source).returncode == 3, "no output folder: code 3")

    out = folder / "again"
    check(run("scan", source, "-o", out).returncode == 0, "a first run")
    before = (out / "accounts.ndjson").read_bytes()

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
    full = run("scan", source, "-o", out, preexec_fn=limit)
    check(full.returncode == 4 and b"cannot be written" in full.stderr, "a file that may not grow: code 4")
    check((out / "accounts.ndjson").read_bytes() == before, "the earlier results are whole")
    check((out / "summary.json").exists(), "and still a run")
    check(any(name.endswith(".partial") for name in os.listdir(out)), "the new lines stand beside them")
    check(run("scan", source, "-o", out).returncode == 0, "the folder can be used again")
    check(not any(name.endswith(".partial") for name in os.listdir(out)), "and is clean then")

    with open("/dev/full", "wb") as sink:
        stuck = subprocess.run([HEARSAY, "scan", source, "-o", out], stdout=sink, stderr=subprocess.PIPE)
    check(stuck.returncode == 4 and b"standard output" in stuck.stderr, "a full standard output: code 4")
    rejects = run("scan", source, "-o", out, "--rejects", source)
    check(rejects.returncode == 3 and source.stat().st_size > 1000, "--rejects over an input is refused")

    reader, writer = os.pipe()
    os.close(reader)
    closed = subprocess.run([HEARSAY, "scan", source, "-o", folder / "piped"], stdout=writer,
                            stderr=subprocess.PIPE)
    os.close(writer)
    check(closed.returncode == 4 and b"closed by the reader" in closed.stderr, "a closed pipe: code 4")
    check((folder / "piped/summary.json").exists(), "the results are there all the same")


def check_spill(folder):
    """What does not fit into --memory goes to a temporary file; a full disk there is told like any other,
    and the file leaves nothing behind."""
    source = folder / "many.jsonl"
    with source.open("w") as file:
        for i in range(250000):
            file.write('{"id":"%d","account":"a%d","platform":"x","created_at":"2025-01-01T00:%02d:%02dZ",'
                       '"text":"post %d has a link of its own https://example.org/%d #tag%d"}\n'
                       % (i, i % 5000, i // 60 % 60, i % 60, i, i, i))
    free = run("scan", source, "-o", folder / "spilled", "--memory", "64M")
    check(free.returncode == 0 and b"temporary file" in free.stdout, "a scan beyond --memory uses the disk")
    check(not list((folder / "spilled").glob("hearsay-*")), "the temporary file has no name")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    full = run("scan", source, "-o", folder / "spill_full", "--memory", "64M", preexec_fn=limit)
    check(full.returncode == 4 and b"temporary file" in full.stderr, "a full disk below it: code 4")
    source.unlink()


def check_mixture(folder):
    """One bad input among good ones costs its own records only."""
    good, bad = folder / "mixture.jsonl", folder / "mixture.bin"
    good.write_text("".join(post(i) + "\n" for i in range(50)))
    bad.write_bytes(bytes(range(256)) * 40)
    result = run("scan", bad, good, "-o", folder / "mixture")
    counts, adds_up = summary_of(folder / "mixture")
    check(result.returncode == 4 and b"mixture.bin" in result.stderr, "a bad file among good ones: code 4")
    check(counts["posts"] == 50 and adds_up, "the others are in the results")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for step in (check_files, check_contents, check_compressed, check_long_line, check_output,
                     check_spill, check_mixture):
            step(folder)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
