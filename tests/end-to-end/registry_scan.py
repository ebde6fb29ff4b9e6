#!/usr/bin/env python3
"""scan --registry: snapshots fetched from a server on 127.0.0.1, then claims compared with them offline:
known earlier breaches, listings elsewhere, news; what is missing is said, and bad snapshots are errors.

Seen failing: a listing that corroborated, a digest left out of the summary, and a corrupt snapshot
skipped like an absent one.
"""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
PACK = ROOT / "rules/breach-claims"
BODIES = {
    "/hibp": [{"Name": "Norvale", "Title": "Norvale City Library", "Domain": "norvale.com", "BreachDate": "2019-02-01",
               "IsFabricated": False}],
    "/ransomware": [{"victim": "Quillon Energy", "domain": "quillon.example", "discovered": "2025-02-20 10:00:00",
                     "country": "DE"}],
    "/news": {"articles": [{"title": "Berrit Bank customers exposed", "domain": outlet, "language": "English",
                            "seendate": "20250303T101500Z"} for outlet in ("herald.example", "gazette.example")]},
}
TEXTS = {"known": "BREAKING: Norvale City Library hacked, records of 4 million readers leaked",
         "listed": "Hackers breached Quillon Energy and stole 70 GB of contracts",
         "reported": "Berrit Bank has been hacked, 900,000 accounts exposed",
         "alone": "Ostmark Lyceum hit by hackers: passwords of 3,000 pupils leaked online"}
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


class Server(http.server.BaseHTTPRequestHandler):
    def log_message(self, *unused):
        pass

    def do_GET(self):
        body = json.dumps(BODIES[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def fetch(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("hibp", "ransomware", "news"):
        subprocess.run([HEARSAY, "registry", "update", name, "--folder", folder, "--allow-host", "127.0.0.1",
                        "--url", f"http://127.0.0.1:{server.server_port}/{name}"], check=True, capture_output=True)
    server.shutdown()


def scan(folder, *more):
    """Exit code, errors, and claims by the key of their text."""
    posts, out = folder / "posts.ndjson", folder / "out"
    rows = [{"platform": "x", "id": key, "account": key, "text": text, "created_at": "2025-03-01T10:00:00Z"}
            for key, text in TEXTS.items()]
    rows.append({"platform": "x", "id": "later", "account": "later", "text": "good night", "created_at": "2025-03-09T10:00:00Z"})
    posts.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = subprocess.run([HEARSAY, "scan", posts, "-o", out, "--rules", PACK, "-q", *more], capture_output=True, text=True)
    if done.returncode != 0:
        return done.returncode, done.stderr, {}
    claims = [json.loads(line) for line in (out / "claims.ndjson").read_text().splitlines()]
    return 0, done.stderr, {claim["first_post"]["post"]: claim for claim in claims}


def codes(claim, *path):
    for key in path:
        claim = claim[key]
    return {note["code"] for note in claim}


def signal(claim, name):
    return next(row for row in claim["verifiability"]["signals"] if row["name"] == name)


def check_judgements(claims):
    check(set(claims) == set(TEXTS), f"each text is a claim: {sorted(claims)}")
    known, listed, reported, alone = (claims[key] for key in ("known", "listed", "reported", "alone"))
    check(known["status"]["is"] == "uncorroborated" and signal(known, "known_breach")["value"] == 1
          and "older_breach" in codes(known, "status", "basis"), "an older breach is told and decides nothing")
    check(listed["status"]["is"] == "uncorroborated" and "listed_elsewhere" in codes(listed, "status", "basis"),
          "a listing elsewhere is told and confirms nothing")
    check(reported["status"]["is"] == "corroborated" and reported["status"]["credibility"] == 1,
          "two outlets corroborate")
    check({"breaches_silent_thin", "news_silent_thin"} <= codes(alone, "missing"), "silence is told with thin coverage")
    row = next(row for row in known["registries"] if row["name"] == "breaches")
    check(row["matches"] == 1 and row["first_match"] == "Norvale" and row["age_days"] < 0
          and 0 < row["coverage"] < 0.1, f"the match is shown with age and coverage: {row}")
    check(reported["verifiability"]["value"] > alone["verifiability"]["value"], "reports raise verifiability")


def check_as_of(folder, registry):
    claims = scan(folder, "--registry", registry, "--as-of", "2025-03-02")[2]
    check(claims["reported"]["status"]["is"] == "uncorroborated", "as of a day before the reports nobody had reported")
    claims = scan(folder, "--registry", registry, "--as-of", "2025-02-01")[2]
    check(claims["alone"]["status"]["is"] == "unassessed", "as of a time before the posts nothing is assessed")


def check_bad(folder, registry):
    code, errors, _ = scan(folder, "--registry", folder / "nowhere")
    check(code == 4 and "no snapshot" in errors, f"a folder without snapshots is an error: {errors.strip()}")
    body = registry / "hibp.json"
    whole = body.read_bytes()
    for name, bad in (("corrupt", whole[:-5]), ("empty", b"")):
        body.write_bytes(bad)
        code, errors, _ = scan(folder, "--registry", registry)
        check(code == 4 and "corrupt" in errors, f"a snapshot that is {name} is an error: {errors.strip()[-60:]}")
    body.write_bytes(whole)
    meta = registry / "hibp.meta.json"
    good = meta.read_text()
    meta.write_text(good.replace("hearsay.snapshot/1", "hearsay.snapshot/9"))
    code, errors, _ = scan(folder, "--registry", registry)
    check(code == 4 and "version" in errors, f"so is one of another version: {errors.strip()[-60:]}")
    value = json.loads(good)
    meta.write_text(json.dumps({**value, "fetched_at": value["fetched_at"] + 10 ** 8}))
    code, errors, _ = scan(folder, "--registry", registry)
    check(code == 4 and "clock" in errors, f"and one from the future: {errors.strip()[-60:]}")
    meta.write_text(good)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        registry = folder / "registry"
        fetch(registry)
        check_judgements(scan(folder, "--registry", registry)[2])
        listed = json.loads((folder / "out/summary.json").read_text())["registries"]
        check([row["name"] for row in listed] == ["hibp", "ransomware", "news"] and all(row["hash"] for row in listed),
              "the summary names snapshots and digests")
        name = json.loads((folder / "out/claims.ndjson").read_text().splitlines()[0])["claim"]
        said = subprocess.run([HEARSAY, "explain", folder / "out", f"claim:{name}"], capture_output=True, text=True).stdout
        check("Registry of breaches, taken 2" in said and "covers the language" in said, "explain tells age and coverage")
        check_as_of(folder, registry)
        without = scan(folder)[2]
        check({"breaches_offline", "listings_offline", "news_offline"} <= codes(without["known"], "missing"),
              "without --registry all three are missing")
        check_bad(folder, registry)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
