"""Print how right the readings of all sets with gold are, and write docs/accuracy.md where the shared notices are present.

python scripts/accuracy.py RECORDS --shared SHARED --measured "date, machine"      (see scripts/eval.sh)
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gold_sets import FIRST, ROOT, SCANS, TYPED, GoldSet, all_values, gold_sets, is_first
from learning import grow
from rich.console import Console

from vndirective.evaluate.evaluation import Evaluation, evaluate
from vndirective.evaluate.fitting import cross_validate
from vndirective.evaluate.output import markdown_table, tables
from vndirective.evaluate.reliability import Forecast, calibration_error, calibration_error_by_rank, curve, review
from vndirective.evaluate.report import Sheet, class_sheet, document_sheet, field_sheet, figure
from vndirective.evaluate.tally import LISTS, overall, score

PAGE = ROOT / "docs" / "accuracy.md"
SHOWN = ("header", *LISTS)
HEAD = """\
# Accuracy

Written by `make eval` from records and gold; no figure is typed by hand. Measured: {measured}.
How values are compared: [evaluation.md](evaluation.md).

**What these figures are worth.** All sets below stood beside the rules while these were written: `samples` are notices of our own,
made together with the rules; the errors found in `seed`, `rendered` and `real` guided the rules again and again. They are figures of
development, so unseen notices will come out lower: how much lower, `first readings` tells. What is said of confidence is held out: each notice, in all its
formats, is foretold by a calibration that has not seen it (but with signs of doubt that were chosen on these sets).

- `samples`: of our own writing, in all formats, two of them scans.
- `seed`: notices as text; `rendered`: the same set anew as DOCX, PDF and scan.
- `first readings`: samples as they were read before any rule had seen them, kept in `samples/first_readings/`; gold by people who had not looked at
  the rules. Each time the rules had been made beside the samples before: s020-s047 and s060-s073 are readings of the program's first days, s390-s413
  the latest and so the nearest to what an office will see. Confidence is learnt from those since s080 above all: of the earlier ones a value counts half, of the other sets three tenths.
- `real`: public documents as their offices published them: typed (DOCX, PDF), old Word files, scans.
"""
CONFIDENCE = """\
## Confidence

A value is an object with evidence: issuer, number, signatory, a task, an assignee, a deadline … It is right where gold agrees with all that it says.
`evidence.confidence` comes from boosted trees over what can be seen without gold: the field, the rule, whether the words were recognised and how surely, how an
assignee was inherited, how the item is written, what stands around the value, and a second reading by a statistical tagger
that has learnt from the gold of the samples and shares nothing with the rules. `make calibrate` learns all of it from the {values} values below ({wrong} wrong) and keeps it in
`lexicons/` (confidence.toml, confidence_trees.npz, second_reading.npz). The record's `review` lists the values less sure than the threshold.

Held out, a tenth of the notices at a time (tagger, trees and threshold have not seen them):
"""


def by_set(evaluations: Sequence[tuple[str, Evaluation]]) -> Sheet:
    rows = []
    for name, evaluation in evaluations:
        tallies = evaluation.tallies()
        figures = (figure(score(tallies, f)) for f in SHOWN)
        failed = str(len(evaluation.failures))
        rows.append((name, str(len(evaluation.documents)), failed, *figures, figure(overall(tallies))))
    columns = (
        "Set",
        "Docs",
        "Failed",
        *(f.removeprefix("task_").removeprefix("assignee_").capitalize() for f in SHOWN),
    )
    return Sheet("By set: accuracy of the header, F1 of the rest (soft matching)", (*columns, "Overall"), tuple(rows))


def joined(evaluations: Sequence[tuple[str, Evaluation]], names: Sequence[str]) -> Evaluation:
    """Several sets as one; a document is named after its set."""
    chosen = [(n, e) for n, e in evaluations if n in names]
    documents = [replace(d, name=f"{n}/{d.name}") for n, e in chosen for d in e.documents]
    return Evaluation(tuple(documents), tuple(b for _, e in chosen for b in e.broken))


def confidence_sheets(named: Sequence[tuple[str, Forecast]]) -> Iterator[Sheet]:
    groups = {
        "all": [f for _, f in named],
        "typed": [f for name, f in named if name in TYPED],
        "scans": [f for name, f in named if name in SCANS],
        "samples": [f for name, f in named if name == "samples"],
        FIRST: [f for name, f in named if is_first(name)],
    }
    groups |= {s: [f for name, f in named if name == s] for s in sorted({n for n, _ in named if n.startswith(FIRST)})}
    rows = []
    for name, held in groups.items():
        if held:
            found = review(held)
            caught = "–" if found.caught_share is None else f"{found.caught_share:.1%}"
            errors = (f"{calibration_error(held):.4f}", f"{calibration_error_by_rank(held):.4f}")
            counts = (str(found.values), str(found.errors), *errors, f"{found.flagged_share:.1%}")
            rows.append((name, *counts, f"{found.caught} of {found.errors}", caught))
    columns = ("Values", "Count", "Wrong", "ECE", "ECE by rank", "Flagged", "Errors flagged", "Share")
    note = (
        "ECE: expected calibration error over ten bins of equal width; by rank: over ten bins of equally many values."
    )
    yield Sheet(
        "Calibration and review (aims: ECE ≤ 0.05; at most 20 % flagged, holding ≥ 85 % of the errors)",
        columns,
        tuple(rows),
        note=note,
        scores=False,
    )
    bins = [
        (
            f"{b.low:.2f}–{b.high:.2f}",
            str(b.values),
            figure(b.confidence),
            figure(b.right),
            f"{b.right - b.confidence:+.3f}",
        )
        for b in curve(groups[FIRST])
    ]
    title = f"Reliability curve of the {FIRST} since s080"
    yield Sheet(title, ("Confidence", "Values", "Mean", "Right", "Difference"), tuple(bins), scores=False)


def page(sheets: Sequence[Sheet], confidence: Sequence[Sheet], measured: str, values: int, wrong: int) -> str:
    parts = [HEAD.format(measured=measured)]
    parts += [_section(sheet) for sheet in sheets]
    parts += [CONFIDENCE.format(values=values, wrong=wrong), *(_section(sheet, "###") for sheet in confidence)]
    return "\n\n".join(p.strip() for p in parts) + "\n"


def _section(sheet: Sheet, level: str = "##") -> str:
    note = f"\n\n{sheet.note}" if sheet.note else ""
    return f"{level} {sheet.title}\n\n{markdown_table(sheet)}{note}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--measured", default="")
    parser.add_argument("-o", "--out", type=Path, default=PAGE)
    options = parser.parse_args()
    sets = gold_sets(options.shared, options.records)
    evaluations = [(s.name, evaluate(s.gold, s.records)) for s in sets]
    named = _forecasts(sets)
    confidence = list(confidence_sheets(named))
    sheets = [by_set(evaluations)]
    for title, names in (("samples", ["samples"]), ("typed shared notices", TYPED), ("scans of shared notices", SCANS)):
        whole = joined(evaluations, names)
        if whole.documents:
            sheet = field_sheet(whole, "en")
            sheets.append(replace(sheet, title=f"{sheet.title}, {title}"))
    everything = joined(
        evaluations, [n for n, _ in evaluations if not n.startswith(FIRST)]
    )  # the samples are there already
    sheets.append(class_sheet(everything, "en"))
    console = Console()
    console.width = max(console.width, 120)  # the table of sets has thirteen columns
    for table in tables([*sheets, *confidence]):
        console.print(table)
    if not (options.shared / "gold").is_dir():
        print("../shared is absent: docs/accuracy.md is left as it is")
        return
    wrong = sum(not f.right for _, f in named)
    measured = options.measured or "not said (make eval MEASURED=…)"
    text = page([*sheets, document_sheet(everything, "en")], confidence, measured, len(named), wrong)
    options.out.write_text(text, encoding="utf-8")
    print(f"→ {options.out}")


def _forecasts(sets: list[GoldSet]) -> list[tuple[str, Forecast]]:
    named = all_values(sets)
    forecasts = cross_validate([value for _, value in named], grow)
    return [(name, forecast) for (name, _), forecast in zip(named, forecasts, strict=True)]


if __name__ == "__main__":
    main()
