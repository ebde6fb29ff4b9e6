#!/usr/bin/env python3
"""The Admiralty letter of an account: what became of the claims that it made before."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

HEARSAY = os.environ["HEARSAY"]
VICTIMS = ["Torvane Airlines", "Halden Bank", "Norvale Hospital", "Larkholm Dairy", "Plinth Museum", "Ostrel Telecom",
           "Quillmere University", "Brackwater Port", "Silverfen Insurance", "Dunmarrow Railways"]


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def post(number, day, account, text):
    return json.dumps({"id": f"p{number}", "account": account, "created_at": f"2024-03-{day:02d}T10:{number % 60:02d}:00Z",
                       "text": text}) + "\n"


def posts(reports):
    """Ten claims by one account on ten days; all but the last one are reported by two newsrooms, or denied."""
    lines = []
    for at, victim in enumerate(VICTIMS):
        lines.append(post(3 * at, 2 * at + 1, "fernpost",
                          f"We hacked {victim} and downloaded {at + 3} million customer records. Data soon."))
        for source in range(2 if at < len(VICTIMS) - 1 else 0):
            lines.append(post(3 * at + 1 + source, 2 * at + 2, f"reader{source}", reports(victim, source)))
    return "".join(lines)


def letters(folder, name, text):
    (folder / f"{name}.ndjson").write_text(text)
    out = folder / name
    subprocess.run([HEARSAY, "scan", folder / f"{name}.ndjson", "-o", out, "--quiet"], check=True)
    claims = [json.loads(line) for line in (out / "claims.ndjson").read_text().splitlines()]
    by_victim = {claim["victim"]: claim["status"] for claim in claims}
    return [by_victim[victim] for victim in VICTIMS]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        good = letters(folder, "good", posts(
            lambda victim, source: f"{victim} confirms hackers stole customer records https://news{source}.example/{victim[:3]}"))
        check([status["is"] for status in good] == ["corroborated"] * 9 + ["uncorroborated"], "nine are reported")
        letters_given = "".join(status["reliability"] for status in good)
        check(letters_given == "FFFFFCCCCC", f"the letter needs five outcomes: {letters_given}")
        alone = letters(folder, "alone", posts(lambda victim, source: "Lovely weather over the harbour"))
        check({status["reliability"] for status in alone} == {"F"}, "without outcomes nobody can be judged")


if __name__ == "__main__":
    main()
