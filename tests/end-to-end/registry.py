#!/usr/bin/env python3
"""hearsay registry against a server on 127.0.0.1 that also misbehaves: 200, 304, 403, 429 with
Retry-After, 500, an error text with code 200, a slow body, a truncated body, a redirection.

Seen failing: keeping the body of a 500 (the digest moved), and sending no If-None-Match.
"""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

HEARSAY = os.environ["HEARSAY"]
RECORDS = [{"Name": f"Shop{n}", "Domain": f"shop{n}.example", "BreachDate": "2024-05-01"} for n in range(30)]
GOOD = json.dumps(RECORDS).encode()


class Server(http.server.BaseHTTPRequestHandler):
    mode = "good"
    requests = []

    def log_message(self, *unused):
        pass

    def answer(self, code, body=b"", headers=(), length=None):
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        Server.requests.append(dict(self.headers))
        mode = Server.mode
        if mode == "good" and self.headers.get("If-None-Match") == '"v1"':
            self.answer(304, headers=[("ETag", '"v1"')])
        elif mode == "good":
            self.answer(200, GOOD, [("ETag", '"v1"')])
        elif mode == "text":
            self.answer(200, b"Please limit requests to one every 5 seconds.")
        elif mode == "empty":
            self.answer(200, b"[]")
        elif mode == "wait":
            self.answer(429, b"{}", [("Retry-After", "120")])
        elif mode == "moved":
            self.answer(302, b"", [("Location", "http://127.0.0.2:9/")])
        elif mode == "truncated":
            self.answer(200, GOOD[:100], length=len(GOOD))
        elif mode == "slow":
            self.send_response(200)
            self.end_headers()
            time.sleep(3)
        else:
            self.answer(int(mode), b"no")


def run(*arguments):
    done = subprocess.run([HEARSAY, "registry", *arguments], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/breaches"
    with tempfile.TemporaryDirectory() as folder:
        check(url, folder)
    server.shutdown()
    print("registry: snapshots survive every answer")


def update(url, folder, *more):
    return run("update", "hibp", "--folder", folder, "--url", url, "--allow-host", "127.0.0.1", "--force",
               *more)


def check(url, folder):
    body = pathlib.Path(folder, "hibp.json")
    code, _, errors = run("show", "hibp", "--folder", folder)
    assert code == 4, (code, errors)
    Server.mode = "500"
    code, _, errors = update(url, folder)
    assert code == 4 and "500" in errors, (code, errors)
    assert not body.exists()

    Server.mode = "good"
    code, text, errors = update(url, folder)
    assert code == 0 and "new snapshot" in text and "30 records" in text, (code, text, errors)
    assert Server.requests[-1]["User-Agent"].startswith("hearsay/")
    assert body.read_bytes() == GOOD
    code, text, _ = update(url, folder)
    assert code == 0 and "unchanged" in text, text
    assert Server.requests[-1]["If-None-Match"] == '"v1"'

    before = len(Server.requests)
    code, text, _ = run("update", "hibp", "--folder", folder, "--url", url, "--allow-host", "127.0.0.1")
    assert code == 0 and "not asked" in text and len(Server.requests) == before, text

    for mode in ("403", "500", "text", "empty", "truncated", "moved"):
        Server.mode = mode
        code, text, errors = update(url, folder)
        assert code == 4 and "kept the old snapshot" in text and "because" in text, (mode, code, text)
        assert body.read_bytes() == GOOD, mode
    Server.mode = "slow"
    code, text, _ = update(url, folder, "--timeout", "1s")
    assert code == 4 and "kept the old snapshot" in text, text

    Server.mode = "wait"
    code, text, _ = update(url, folder)
    assert code == 4 and "wait 120 s" in text, text
    before = len(Server.requests)
    code, text, _ = update(url, folder)  # Retry-After holds even with --force
    assert code == 0 and "not asked" in text and len(Server.requests) == before, text

    code, text, _ = run("show", "hibp", "--folder", folder)
    assert code == 0 and "Shop0" in text and "shop0.example" in text and "10 more" in text, text
    assert "CC BY" in text and "not listed" in text
    code, text, _ = run("list", "--folder", folder)
    assert code == 0 and "30 records" in text and "no snapshot" in text, text

    code, _, errors = run("update", "hibp", "--folder", folder, "--url", url, "--force")
    assert code in (0, 3), errors  # resting, or the host is not allowed
    other = os.path.join(folder, "other")
    code, _, errors = run("update", "hibp", "--folder", other, "--url", url)
    assert code == 3 and "haveibeenpwned.com is allowed" in errors, errors
    code, _, errors = run("update", "nobody", "--folder", folder)
    assert code == 3, errors

    body.write_bytes(GOOD[:-1] + b" ")
    code, _, errors = run("show", "hibp", "--folder", folder)
    assert code == 4 and "corrupt" in errors, errors
    pathlib.Path(folder, "hibp.meta.json").write_text('{"schema":"hearsay.snapshot/9"}')
    code, _, errors = run("show", "hibp", "--folder", folder)
    assert code == 4 and "another version" in errors, errors


if __name__ == "__main__":
    sys.exit(main())
