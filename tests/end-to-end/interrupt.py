#!/usr/bin/env python3
"""Ctrl-C: the first one ends the reading and leaves whole results for what was read, and says so; the
second one ends the program at once."""

import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
PATIENCE_S = 60
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def line(number):
    return json.dumps({"id": str(number), "account": f"a{number % 50}", "platform": "x",
                       "created_at": "2025-01-01T00:00:00Z", "text": f"post number {number}"}) + "\n"


def start(*arguments):
    return subprocess.Popen([HEARSAY, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def wait_until_drained(process, path):
    """Until the program sleeps in its read: it has taken what was written to the pipe."""
    deadline = time.monotonic() + PATIENCE_S
    asleep = 0
    while asleep < 5 and time.monotonic() < deadline:
        state = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        asleep = asleep + 1 if state == "S" and path.exists() else 0
        time.sleep(0.02)


def check_signal(folder, number, code):
    out = folder / f"out{number}"
    process = start("scan", "-", "-o", out, "--threads", "2")
    process.stdin.write("".join(line(i) for i in range(1000)).encode())
    process.stdin.flush()
    wait_until_drained(process, out / "summary.json.partial")
    process.send_signal(number)
    told, errors = process.communicate(timeout=PATIENCE_S)
    told = told.decode()
    check(process.returncode == code, f"signal {number}: exit code {process.returncode}, wanted {code}")
    check(b"stopping" in errors, "it says at once that it stops")
    check("interrupted: results cover the first 1,000 records" in told, "it says what the results cover")
    summary = json.loads((out / "summary.json").read_text())
    counts = summary.get("counts", summary)
    check(counts["records_in"] == 1000 and counts["posts"] == 1000, "the summary counts what was read")
    check(summary["inputs"][0]["note"] == "interrupted", "the summary says that the input was interrupted")
    accounts = (out / "accounts.ndjson").read_text().splitlines()
    check(len(accounts) == 50, "every account of what was read is there")
    check(not list(out.glob("*.partial")), "no file is left unfinished")


def check_cut(folder):
    """The record that is cut by the signal is read to its end and is no rejection."""
    out = folder / "cut"
    process = start("scan", "-", "-o", out)
    whole = "".join(line(i) for i in range(1000)).encode()
    process.stdin.write(whole[:-20])
    process.stdin.flush()
    wait_until_drained(process, out / "summary.json.partial")
    process.send_signal(signal.SIGSTOP)
    process.stdin.write(whole[-20:] + line(1000).encode())
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=PATIENCE_S)
    summary = json.loads((out / "summary.json").read_text())
    counts = summary.get("counts", summary)
    check(process.returncode == 130, f"stopped: exit code {process.returncode}")
    check(counts["rejected"] == {}, f"{counts['posts']} posts, rejected {counts['rejected']}")


def wait_for_bytes(reader):
    """Until the program writes into the pipe, however slow the machine is. It fills it soon after."""
    select.select([reader], [], [], PATIENCE_S)
    time.sleep(0.2)


def check_whole(folder):
    """A signal that comes when all is read changes nothing: here the program waits in its last writes."""
    pipe = folder / "slow"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    source = folder / "rejected.jsonl"
    source.write_text(line(1) + ("{broken " + "y" * 500 + "\n") * 3000)
    process = start("scan", source, "-o", folder / "whole", "--rejects", pipe)
    wait_for_bytes(reader)
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    os.set_blocking(reader, True)
    while os.read(reader, 1 << 20):
        pass
    told, _ = process.communicate(timeout=PATIENCE_S)
    check(process.returncode == 0 and b"interrupted" not in told, f"all was read: code {process.returncode}")
    os.close(reader)


def check_second(folder):
    """Rejects go into a pipe that nobody empties, so that the program cannot finish by itself."""
    pipe = folder / "rejects"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    source = folder / "broken.jsonl"
    source.write_text(line(1) + "{broken and long " + "x" * 500 + "\n" + ("{broken " + "y" * 500 + "\n") * 3000)
    process = start("scan", source, "-o", folder / "stuck", "--rejects", pipe)
    wait_for_bytes(reader)
    check(process.poll() is None, "the program waits for its reader")
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    check(process.poll() is None, "one Ctrl-C does not tear it down")
    process.send_signal(signal.SIGINT)
    process.wait(timeout=PATIENCE_S)
    check(process.returncode == -signal.SIGINT, "the second one does")
    os.close(reader)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_signal(folder, signal.SIGINT, 130)
        check_signal(folder, signal.SIGTERM, 143)
        check_cut(folder)
        check_whole(folder)
        check_second(folder)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
