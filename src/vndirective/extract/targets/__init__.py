"""Quantities to reach: shares, sums, levels, counted things.

    stretch ──quantities──▶ figures with units ──goals──▶ to reach ──comparators, metric, due──▶ Target

"Mỗi năm, tỷ lệ hộ có nước sạch đạt 92% trở lên" ─▶ metric "tỷ lệ hộ có nước sạch", value 92, unit %, comparator ge
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vndirective.extract.deadlines import find_deadlines
from vndirective.extract.evidence import cite
from vndirective.extract.targets import baseline as baselines
from vndirective.extract.targets import comparators, goals, quantities
from vndirective.extract.targets.baseline import baseline_of
from vndirective.extract.targets.comparators import cited_from, cited_to, comparator_of
from vndirective.extract.targets.due import Term, due_of
from vndirective.extract.targets.goals import (
    Stance,
    goes_on_from,
    is_part_of,
    is_to_reach,
    is_told,
    may_be_told_in_prose,
)
from vndirective.extract.targets.metric import clause_of, metric_of
from vndirective.extract.targets.quantities import Quantity, find_quantities
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Deadline, PartialDate, Target
from vndirective.segment.syllables import fold

_ITS_SHARE = re.compile(r"(?:\s[^\W\d_]+){0,4},\sđạt(?:\s[^\W\d_]+){0,2}\s")
RULES = (*quantities.RULES, *comparators.RULES, *baselines.RULES, *goals.RULES)


def find_targets(
    source: SourceText,
    span: Span,
    stance: Stance,
    *,
    issued_on: PartialDate | None = None,
    due: str | None = None,
    deadlines: Sequence[Deadline] | None = None,
    actors: Sequence[Span] = (),
) -> list[Target]:
    """Targets in an item or paragraph, in order, without ids.

    `stance` says how much the words must say themselves; `due` (ISO) is the day that a heading gives to all figures
    below it, or an item to its own; `deadlines` are those of the item where they are known already; `actors` are the bodies told to act, which are no part of what is measured.
    """
    text = span.of(source.text)
    folded = fold(text)
    if stance is Stance.PROSE and not may_be_told_in_prose(folded):
        return []
    found = find_quantities(text, folded)
    if not found:
        return []
    year = issued_on.year if issued_on else None
    issued = (issued_on.year, issued_on.month or 1) if issued_on and issued_on.year else None
    stood = {b.start for b in (baseline_of(f, folded) for f in found) if b is not None}
    reached = _reached([f for f in found if f.start not in stood], folded, stance, year)
    if not reached:
        return []
    terms = [
        Term(d.evidence.spans[0].start - span.start, d.evidence.spans[-1].end - span.start, d.end)
        for d in (find_deadlines(source, span, issued_on) if deadlines is None else deadlines)
        if span.start <= d.evidence.spans[0].start < span.end and d.end and d.kind in ("by", "between", "during")
    ]
    inside = [Span(a.start - span.start, a.end - span.start) for a in actors if span.start <= a.start < span.end]
    targets = []
    for i, quantity in enumerate(reached):
        clause = clause_of(reached, i, text, folded)
        raw = Span(span.start + cited_from(quantity, folded), span.start + cited_to(quantity, folded))
        baseline = baseline_of(quantity, folded)
        targets.append(
            Target(
                id="",
                metric=metric_of(reached, i, clause, text, folded, terms, inside),
                comparator=comparator_of(quantity, folded, clause.right),
                value=quantity.value,
                value_max=quantity.value_max,
                unit=quantity.unit or None,
                due=due_of(quantity, clause.right, folded, terms, due, issued),
                baseline=baseline.value if baseline else None,
                raw=raw.of(source.text).strip(),
                evidence=cite(source, raw, quantity.rule.id),
            )
        )
    return _due_with_list(targets, reached, folded)


def _due_with_list(targets: list[Target], reached: Sequence[Quantity], folded: str) -> list[Target]:
    """ "mua 02 bộ máy tính, 01 máy in trong tháng 10": the time behind the last of a list is that of all.

    Likewise "cấp đổi cho 2.860 hộ, đạt ít nhất 95% trước 30/9".
    """
    for i in range(len(targets) - 2, -1, -1):
        if targets[i].due is not None or targets[i + 1].due is None:
            continue
        share = _ITS_SHARE.fullmatch(folded, reached[i].end, reached[i + 1].start)
        if share or goes_on_from(reached[i], reached[i + 1], folded):
            targets[i] = targets[i].model_copy(update={"due": targets[i + 1].due})
    return targets


def _reached(found: Sequence[Quantity], folded: str, stance: Stance, year: int | None) -> list[Quantity]:
    """Those to reach, each by its own words or as one more in the list of the one before."""
    reached: list[Quantity] = []
    for earlier, quantity in zip((None, *found), found, strict=False):
        listed = (
            earlier is not None
            and reached[-1:] == [earlier]
            and (goes_on_from(earlier, quantity, folded) or is_part_of(earlier, quantity, folded))
        )
        told = stance is not Stance.GOAL and is_told(quantity, folded)
        if not told and (listed or is_to_reach(quantity, folded, stance, year)):
            reached.append(quantity)
    return reached
