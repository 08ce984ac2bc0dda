"""Time expressions that bound when work is done.

    item text ──citations masked──▶ rules in order ──▶ expressions ──bounds, bounds_work──▶ Deadline

The date of a cited document, of a meeting, a reporting period or a year inside a name is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from vndirective.extract.deadlines import expressions as e
from vndirective.extract.deadlines import recurring, relative
from vndirective.extract.deadlines.bounds import bounds_work, lies_behind, mask_citations
from vndirective.extract.deadlines.dated import read_dated
from vndirective.extract.deadlines.recurring import read_recurring
from vndirective.extract.deadlines.relative import read_event, read_relative
from vndirective.extract.rules import Rule
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Deadline, PartialDate
from vndirective.segment.syllables import fold

_WINDOW = 200
_MONTHS_OF_YEAR = "FREQ=YEARLY;BYMONTH="
_LONG = ("FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=6")
_MONTH_LAST = re.compile(r"tháng\s+\d{1,2}$", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.;\n](?:\s|$)")


def find_deadlines(source: SourceText, span: Span, issued_on: PartialDate | None) -> list[Deadline]:
    """Deadlines inside an item or field, in text order; their spans do not overlap.

    Dates that the text does not give are counted from `issued_on` only, never from today; where that is not known
    they stay None and `raw` remains.
    """
    text = span.of(source.text)
    folded = fold(text)
    rules = e.rules_for(folded)
    if not rules:
        return []
    masked = mask_citations(text, folded)
    taken = bytearray(len(text))
    found: list[tuple[int, Deadline]] = []
    for rule in rules:
        for match in e.found_by(rule, masked if rule in e.DATED else text, folded):
            start, end = _trimmed(match)
            if end <= start or any(taken[start:end]):
                continue
            if not bounds_work(rule, folded, start, end):
                continue
            before = folded[max(0, start - _WINDOW) : start]
            read = _read(source, Span(span.start + start, span.start + end), rule, match, before, issued_on)
            kept = [d for d in read if not lies_behind(d, before, issued_on)]
            if read:
                taken[start:end] = b"\1" * (end - start)
            found += [(start, deadline) for deadline in kept]
    return [d for _, d in sorted(_without_bare_repeats(folded, found), key=lambda f: f[0])]


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    raw = match.group()
    return match.start() + len(raw) - len(raw.lstrip()), match.end() - (len(raw) - len(raw.rstrip(" ,.")))


def _read(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], before: str, issued_on: PartialDate | None
) -> list[Deadline]:
    if rule in e.DATED:
        return read_dated(source, span, rule, match, before, issued_on)
    if rule in recurring.RULES:
        return read_recurring(source, span, rule, match)
    if rule in {relative.EVENT, relative.BEFORE_EVENT}:
        return read_event(source, span, rule)
    return read_relative(source, span, rule, match, issued_on)


def _without_bare_repeats(folded: str, found: list[tuple[int, Deadline]]) -> list[tuple[int, Deadline]]:
    """ "Hằng năm, tổ chức … trước ngày 15/6 và 15/12 hằng năm": the words that only repeat the unit go.

    A day without a year in the sentence of "hằng năm" comes again every year.
    """
    if sum(d.kind == "recurring" for _, d in found) == 0 or len(found) < 2:
        return found
    found = _without_months_meant(folded, _days_in_brackets(folded, found))
    ends = [m.start() for m in _SENTENCE_ENDS.finditer(folded)]
    placed = [(bisect_left(ends, at), at, d) for at, d in found]  # the number of the sentence first
    yearly = {s: at for s, at, d in reversed(placed) if d.recurrence == "FREQ=YEARLY"}
    counted = {s for s, _, d in placed if d.recurrence == "FREQ=YEARLY" and d.evidence.rule == recurring.TIMES.id}
    placed = _same_months(
        [
            (
                s,
                at,
                _yearly(d) if s in yearly and (s not in counted or yearly[s] < at) else d,
            )  # "…, 2 lần/năm" is apart
            for s, at, d in placed
        ]
    )
    with_day = {
        (sentence, d.recurrence.partition(";BY")[0])
        for sentence, _, d in placed
        if d.recurrence and ";BY" in d.recurrence
    }
    return [(at, d) for sentence, at, d in placed if (sentence, d.recurrence) not in with_day]


def _same_months(placed: list[tuple[int, int, Deadline]]) -> list[tuple[int, int, Deadline]]:
    """ "2 lần/năm, vào tháng 6 và tháng 12": one time that comes in both months of every year."""
    kept: list[tuple[int, int, Deadline]] = []
    for sentence, at, deadline in placed:
        rule, last = deadline.recurrence or "", kept[-1][2] if kept else None
        months = rule.startswith(_MONTHS_OF_YEAR) and "BYMONTHDAY" not in rule
        if last is not None and kept[-1][1] == at and months and last.recurrence:
            both = f"{last.recurrence},{rule.removeprefix(_MONTHS_OF_YEAR)}"
            kept[-1] = (sentence, at, last.model_copy(update={"recurrence": both}))
        else:
            kept.append((sentence, at, deadline))
    return kept


def _without_months_meant(folded: str, found: list[tuple[int, Deadline]]) -> list[tuple[int, Deadline]]:
    """ "trước ngày 22 hằng tháng (tháng 6, 7, 8)": the bracket says in which months it comes again."""
    kept: list[tuple[int, Deadline]] = []
    for at, deadline in sorted(found, key=lambda f: f[0]):
        monthly = bool(kept) and (kept[-1][1].recurrence or "").startswith("FREQ=MONTHLY;BYMONTHDAY")
        behind = folded[kept[-1][0] + len(kept[-1][1].raw) : at] if monthly else ""
        if not (monthly and behind.strip() == "(" and deadline.kind == "during"):
            kept.append((at, deadline))
    return kept


def _days_in_brackets(folded: str, found: list[tuple[int, Deadline]]) -> list[tuple[int, Deadline]]:
    """ "Định kỳ 6 tháng (trước ngày 15/6) và năm (trước ngày 01/12)": the bracket says on which day it comes again."""
    kept: list[tuple[int, Deadline]] = []
    periodic = False  # a half-year or a year has been named in this sentence
    for at, deadline in sorted(found, key=lambda f: f[0]):
        if kept and _SENTENCE_ENDS.search(folded, kept[-1][0], at):
            periodic = False
        told = _yearly(deadline) if periodic and folded[:at].endswith("(") else deadline
        if told is not deadline and folded[kept[-1][0] : at].count("(") == 1 and kept[-1][1].recurrence in _LONG:
            kept.pop()
        kept.append((at, told))
        periodic = periodic or deadline.recurrence in _LONG
    return kept


def _yearly(deadline: Deadline) -> Deadline:
    """A day, month or quarter printed without a year, as it comes every year."""
    part_of_month = deadline.basis == "convention" and _MONTH_LAST.search(deadline.raw) is not None
    if deadline.end is None or (deadline.basis != "issue_date" and not part_of_month):
        return deadline
    last = date.fromisoformat(deadline.end)
    same_day = deadline.kind == "during" and deadline.start == deadline.end
    if (deadline.kind == "by" or same_day) and deadline.precision == "day":
        days = f"BYMONTH={last.month};BYMONTHDAY={last.day}"
    elif deadline.kind == "during" and deadline.precision in {"month", "quarter"} and deadline.start:
        first = date.fromisoformat(deadline.start)
        days = f"BYMONTH={','.join(str(m) for m in range(first.month, last.month + 1))}"
    elif deadline.kind == "by" and part_of_month:
        days = f"BYMONTH={last.month}"  # "đến trung tuần tháng 12 hằng năm"
    else:
        return deadline
    told = {"kind": "recurring", "recurrence": f"FREQ=YEARLY;{days}", "start": None, "end": None}
    return deadline.model_copy(update={**told, "precision": None, "basis": "explicit"})
