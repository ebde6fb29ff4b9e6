#!/usr/bin/env python3
"""`hearsay explain` on a small results folder made by hand: what it says, what it does not say, and what
happens with ids that hold commas, colons and slashes, with ambiguous ids and with unknown ones."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
AWKWARD = "did:plc:a,b/c"
failures = []


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def account(name, platform="x", **fields):
    return {"schema": "hearsay.account/1", "platform": platform, "account": name, "posts": 3, "findings": 1,
            "score": 0.75, "flag": True, "layers": {"link": 2.5}, "partners": 2} | fields


def co_action(number, gap, thing="example.org/one"):
    return {"post_a": f"a{number}", "post_b": f"b{number}", "object": thing, "gap_s": gap,
            "at": f"2025-01-0{number}T00:00:00Z"}


def edge(a, b, weight, layers, platform="x"):
    return {"schema": "hearsay.edge/1", "platform": platform, "a": a, "b": b, "weight": weight, "p": None,
            "q": None, "layers": layers, "omitted_co_actions": 0 if a == "ann" and b == "ben" else 12}


def finding(post, platform="x", **fields):
    return {"schema": "hearsay.finding/1", "post": post, "platform": platform, "account": "ann",
            "created_at": "2025-01-01T00:00:00Z", "score": 0.9, "flag": True, "incident": "data_leak",
            "stance": "relay", "victim": None, "quantity": None, "rules": [{"id": "HS-1", "weight": 2.5}],
            "spans": [{"term": "leak", "start": 3, "end": 9, "text": "leaked"},
                      {"term": "verb", "start": 3, "end": 9, "text": "leaked"}]} | fields


def claim_post(post, account, at, stance):
    return {"post": post, "platform": "x", "account": account, "at": at, "stance": stance, "flag": True,
            "repost": False}


def note(text):
    return [{"code": "code", "text": text}]


def claim(name, **fields):
    first = claim_post("p1", "ann", "2025-01-01T00:00:00Z", "self_claim")
    source = claim_post("p9", "eve", "2025-01-02T00:00:00Z", "sourced_report")
    signal = {"name": "victim_named", "value": 0.8, "low": 0.8, "high": 0.8, "n": 3, "of": "posts", "log_odds": 1}
    history = signal | {"name": "history", "value": 0.5, "low": 0.1, "high": 0.9, "log_odds": -0.25}
    return {"schema": "hearsay.claim/1", "claim": name, "incident": "data_leak",
            "incidents": {"data_leak": 2, "intrusion": 1}, "victim": "\u001b[31mHalm Bank",
            "victims": [{"text": "Halm Bank", "posts": 2}, {"text": "Halm", "posts": 1}],
            "quantities": [{"value": 375e9, "unit": "bytes", "posts": 1}, {"value": 375e12, "unit": "bytes", "posts": 1}],
            "quantities_are": "differ", "quantity_ratio": 1000, "first_post": first, "last_at": source["at"],
            "post_count": 3, "flagged_posts": 2, "stances": {"self_claim": 1}, "languages": {"en": 3},
            "accounts": 3, "amplifiers": 2, "arrivals": {"bucket_s": 3600, "posts": [2, 0, 1]},
            "first_source": source, "first_source_domain": "news.example", "lead_s": 86400, "clusters": [4],
            "coordinated_share": 0.5, "posts": [first, source], "omitted_posts": 1, "registries": [],
            "verifiability": {"value": 0.25, "base": -2.5, "signals": [signal, history]},
            "status": {"is": "disputed", "as_of": source["at"], "reliability": "F", "credibility": 4,
                       "credibility_words": "doubtful", "confidence": "low", "basis": note("the victim denies it"),
                       "likelihood": {"words": "roughly even chance", "low_percent": 45, "high_percent": 55}},
            "missing": note("no sample was read"), "would_change": note("a sample would")} | fields


def write(folder, name, values):
    (folder / name).write_text("".join(json.dumps(value, separators=(",", ":")) + "\n" for value in values))


def make_results(folder):
    folder.mkdir()
    links = {"layer": "link", "weight": 2.5, "co_actions": [
        co_action(1, -7.5), co_action(2, 2, "example.org/two"), co_action(3, 4)]}
    write(folder, "accounts.ndjson", [account("ann", claims=3, claims_without_artefact=2,
                                              claims_without_artefact_interval=[0.194, 0.932]), account("ben", partners=1), account(AWKWARD),
                                      account("eve", "x", partners=0, score=0, flag=False, layers={}),
                                      account("eve", "y")])
    write(folder, "edges.ndjson", [
        edge("ann", "ben", 1.25, [{"layer": "text", "weight": 1.25, "co_actions": [
            co_action(4, 3, "\u001b[31mred words\u202e")]}]),
        edge("ann", AWKWARD, 2.5, [links])])
    write(folder, "findings.ndjson", [finding("p1"), finding("p2", flag=False, score=0.1, account=None),
                                      finding("p3"), finding("p3", "y")])
    write(folder, "claims.ndjson", [claim("00000000000000aa"), claim(
        "00000000000000bb", first_source=None, first_source_domain=None, lead_s=None, clusters=[], victim=None,
        victims=[], quantities=[], quantities_are="none", quantity_ratio=None)])
    write(folder, "clusters.ndjson", [{"schema": "hearsay.cluster/1", "cluster": 4, "platform": "x",
                                       "accounts": ["ann", "ben", AWKWARD]}])
    write(folder, "summary.json", [{"schema": "hearsay.summary/1", "sources": [
        {"platform": "x", "time_precision": "minute"}, {"platform": "x", "time_precision": "s"},
        {"platform": "y", "time_precision": "day"}]}])


def explain(folder, reference):
    result = subprocess.run([HEARSAY, "explain", folder, reference], capture_output=True, timeout=60)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def expect(folder, reference, code, *words, without=()):
    found, told, errors = explain(folder, reference)
    check(found == code, f"{reference}: exit code {found}, wanted {code}")
    for word in words:
        check(word in told + errors, f"{reference}: says '{word}'")
        if word not in told + errors:
            print(told + errors)
    for word in without:
        check(word not in told + errors, f"{reference}: does not say '{word}'")
    check(bool(errors) == (code != 0), f"{reference}: errors go to standard error, answers do not")


def check_accounts(out):
    expect(out, "account:ann", 0, "3 posts", "1 finding, and", "0.75 of 1, flagged", "2 accounts, by weight: link 2.5",
           "cluster 4, a group of 3 accounts", f"1. account {AWKWARD}, weight 2.5",
           "3 co-actions, 2 links both shared, typical gap 4 s", "2. account ben", "post p1: score 0.9, flagged",
           "does not say who is behind", without=("\x1b", "\u202e"))
    told = " ".join(explain(out, "account:ann")[1].split())
    check(told.index("example.org/two") < told.index("example.org/one"), "the closest in time comes first")
    check("2025-01-03T00:00:00Z this account, post a3" in told, "a's post, which came first")
    check("4 s later the partner, post b3" in told, "b's post, after it")
    told = " ".join(explain(out, f"account:{AWKWARD}")[1].split())
    check("2025-01-01T00:00:00Z this account, post b1" in told, "seen from b the order is b's")
    expect(out, "account:eve", 3, "account:x/eve", "account:y/eve")
    expect(out, "account:ann", 0, "passed on 3 claims, 2 of them without anything to look at (share 0.19 to 0.93)")
    expect(out, "account:x/eve", 0, "not flagged", "no other account")
    expect(out, f"account:x/{AWKWARD}", 0, "Observed of")
    expect(out, "account:bem", 4, "no account bem", "similar: ben")


def check_edges(out):
    for reference in (f"edge:ann,{AWKWARD}", f"edge:{AWKWARD},ann", f"edge:x/ann,{AWKWARD}"):
        expect(out, reference, 0, "ann", AWKWARD, "weight 2.5", "no test against chance", "example.org/two",
               "7.5 s later", "12 more co-actions", "whole minutes", "1/(k-1)", "does not say who is behind")
    expect(out, f"edge:ben,{AWKWARD}", 4, "no edge")
    expect(out, f"edge:y/ann,{AWKWARD}", 4, "no edge")
    expect(out, "edge:ann", 3, "edge:A,B")


def check_posts(out):
    expect(out, "post:p1", 0, "0.9 of 1", "no way to check", "data_leak", "HS-1  +2.5",
           '"leaked"  bytes 3 to 9  leak, verb', "does not say that the claim is true or false")
    expect(out, "post:p2", 0, "Not flagged", "account not known")
    expect(out, "post:p3", 3, "post:x/p3", "post:y/p3")
    expect(out, "post:y/p3", 0, "Flagged")
    expect(out, "post:a1", 0, "no rule scored it", f"edge:ann,{AWKWARD}")
    expect(out, "post:q1", 4, "no finding", "similar: p1")


def check_claims(out):
    expect(out, "claim:00000000000000aa", 0, "data_leak", "Halm Bank", "3 posts by 3 accounts", "data_leak 2, intrusion 1",
           "self_claim, post p1 by account ann on x", "1,000 times the smallest", "2 0 1 posts, per 1 h",
           "50 % of these are in one group", "news.example", "after the first claim", "0.25 of 1", "+1  victim_named 0.8",
           "-0.25  history 0.5 (0.1 to 0.9)", "disputed", "F4 (doubtful)", "45 to 55 %", "the victim denies it",
           "no sample was read", "a sample would", "does not say that the claim is true or false")
    expect(out, "claim:00000000000000bb", 0, "no victim named", "none stated", "names an independent one",
           "none of these is in a group")
    expect(out, "claim:00000000000000ab", 4, "no claim 00000000000000ab", "similar: 00000000000000aa")


def check_wrong_use(out):
    expect(out, "ann", 3, "account:ID")
    expect(out, "account:", 3, "account:ID")
    expect(out.parent / "nowhere", "account:ann", 4, "results folder")
    (out / "accounts.ndjson").write_text('{"schema":"hearsay.account/1","account":"ann",\n')
    expect(out, "account:ann", 4, "accounts.ndjson:1")


def main():
    with tempfile.TemporaryDirectory() as name:
        out = pathlib.Path(name) / "out"
        make_results(out)
        for step in (check_accounts, check_edges, check_posts, check_claims, check_wrong_use):
            step(out)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
