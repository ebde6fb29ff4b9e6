#!/usr/bin/env python3
"""Contract: docs/claims.md has a row for every signal and status, with the weight that the code has.

Seen failing: a weight changed in verifiability.c, a signal's row deleted.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLAIM = ROOT / "analyzer/claim"


def main():
    manual = (ROOT / "docs/claims.md").read_text()
    rows = {}
    for line in manual.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            rows[cells[0].strip("`")] = cells
    signals = re.findall(r'\[(SIGNAL_\w+)\] = \{"(\w+)"', re.sub(r"\s+", " ", (CLAIM / "signal.c").read_text())
                         .replace("= { \"", "= {\""))
    text = re.sub(r"\s+", " ", (CLAIM / "verifiability.c").read_text())
    weights = dict(re.findall(r"\[(SIGNAL_\w+)\] = \{([-\d.]+),", text))
    statuses = re.findall(r'\[CLAIM_\w+\] = \{"(\w+)"', re.sub(r"\s+", " ", (CLAIM / "status.c").read_text()))
    failures = []
    for key, name in signals:
        if name not in rows:
            failures.append(f"docs/claims.md has no row for the signal {name}")
        elif float(rows[name][-1]) != float(weights.get(key, 0)):
            failures.append(f"docs/claims.md: {name} has weight {rows[name][-1]}, the code {weights.get(key, 0)}")
    failures += [f"docs/claims.md has no row for the status {name}" for name in statuses if name not in rows]
    for failure in failures:
        print(failure)
    print(f"{len(signals)} signals and {len(statuses)} statuses are in the manual" if not failures else "")
    return 1 if failures or len(signals) < 15 or len(statuses) != 6 else 0


if __name__ == "__main__":
    sys.exit(main())
