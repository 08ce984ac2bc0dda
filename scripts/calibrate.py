"""Learn how sure each value is from gold: python scripts/calibrate.py RECORDS --shared SHARED

RECORDS holds the records of each set, as scripts/read_sets.sh writes them; `make calibrate` does both. Writes three files in
src/vndirective/lexicons: confidence.toml (weights of signs, threshold of review), confidence_trees.npz, and second_reading.npz (the tagger of the
second reading, learnt from the samples alone).
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from gold_sets import FIRST, ROOT, all_values, gold_sets, is_first
from learning import grow, lessons, teach

from vndirective.confidence.calibration import Calibration
from vndirective.evaluate.fitting import cross_validate, review_threshold
from vndirective.evaluate.judged import families_of
from vndirective.evaluate.reliability import calibration_error, review

LEXICONS = ROOT / "src" / "vndirective" / "lexicons"
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
    parser.add_argument("-o", "--out", type=Path, default=LEXICONS)
    options = parser.parse_args()
    sets = gold_sets(options.shared, options.records)
    if not (options.shared / "gold").is_dir() and options.out == LEXICONS:
        raise SystemExit("../shared is absent: the samples alone are too few; name another folder with -o")
    named = all_values(sets)
    values = [value for _, value in named]
    forecasts = cross_validate(values, grow)
    for name, some in (
        ("all", forecasts),
        (FIRST, [f for (s, _), f in zip(named, forecasts, strict=True) if is_first(s)]),
    ):
        held = review(some)
        print(
            f"{name}: {len(some)} values; held out: calibration error {calibration_error(some):.4f}, "
            f"flagged {held.flagged_share:.1%}, holding {held.caught} of {held.errors} errors ({held.caught_share:.1%})"
        )
    below = review_threshold(list(enumerate(values)), {n: f.confidence for n, f in enumerate(forecasts)})
    calibration = replace(grow(values), review_below=below)
    head = HEAD.format(
        sets=", ".join(s.name for s in sets),
        values=len(values),
        notices=len({v.family for v in values}),
        wrong=sum(not v.right for v in values),
    )
    (options.out / "confidence.toml").write_text(as_toml(calibration, head), encoding="utf-8")
    assert calibration.trees is not None
    with (options.out / "confidence_trees.npz").open("wb") as file:
        calibration.trees.save(file)
    samples = next(s for s in sets if s.name == "samples")
    taught = list(lessons(samples.gold, samples.records, families_of(samples.gold)))
    with (options.out / "second_reading.npz").open("wb") as file:
        teach(taught).save(file)
    print(f"→ {options.out}")


if __name__ == "__main__":
    main()
