"""Learn how sure each value is from gold: python scripts/calibrate.py RECORDS --shared SHARED

RECORDS holds the records of each set, as scripts/read_sets.sh writes them; `make calibrate` does both. Writes
src/vndirective/lexicons/confidence.toml. The same records and gold give the same file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gold_sets import FIRST, ROOT, all_values, gold_sets

from vndirective.confidence.calibration import Calibration
from vndirective.evaluate.fitting import cross_validate, fit
from vndirective.evaluate.reliability import calibration_error, review

PLACE = ROOT / "src" / "vndirective" / "lexicons" / "confidence.toml"
HEAD = """\
# What each sign is worth: log-odds that a value is right. Source: scripts/calibrate.py (`make calibrate`) over the gold of
# {sets}: {values} values of {notices} notices, {wrong} of them wrong.
# `values` of gold showed the sign, `right` of them were right. Not to be edited by hand.
"""


def as_toml(calibration: Calibration, head: str) -> str:
    lines = [head, f"base = {calibration.base}", f"review_below = {calibration.review_below}", "", "[weights]"]
    for name, w in sorted(calibration.weights.items()):
        lines.append(f'"{name}" = {{ weight = {w.weight}, values = {w.values}, right = {w.right} }}')
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("-o", "--out", type=Path, default=PLACE)
    options = parser.parse_args()
    sets = gold_sets(options.shared, options.records)
    if len(sets) == 2 and options.out == PLACE:
        raise SystemExit("../shared is absent: the samples alone are too few; name another file with -o")
    named = all_values(sets)
    values = [value for _, value in named]
    head = HEAD.format(
        sets=", ".join(s.name for s in sets),
        values=len(values),
        notices=len({v.family for v in values}),
        wrong=sum(not v.right for v in values),
    )
    options.out.write_text(as_toml(fit(values), head), encoding="utf-8")
    forecasts = cross_validate(values)
    unseen = [f for (name, _), f in zip(named, forecasts, strict=True) if name == FIRST]
    for name, some in (("all", forecasts), (FIRST, unseen)):
        held = review(some)
        print(
            f"{name}: {len(some)} values; held out: calibration error {calibration_error(some):.4f}, "
            f"flagged {held.flagged_share:.1%}, holding {held.caught} of {held.errors} errors"
        )
    print(f"→ {options.out}")


if __name__ == "__main__":
    main()
