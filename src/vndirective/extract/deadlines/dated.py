"""From the words of a dated expression to its first and last day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from vndirective.extract.deadlines import expressions as e
from vndirective.extract.deadlines.bounds import label
from vndirective.extract.deadlines.periods import (
    Stretch,
    current_period,
    day_of,
    issue_day,
    next_day,
    read_day,
    read_period,
    separate_periods,
)
from vndirective.extract.deadlines.wording import clock
from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Deadline, PartialDate
from vndirective.segment.syllables import fold

_EXCLUSIVE = ("trước", "xong trước")
_LISTED = re.compile(r"(\d{1,2})(?:\s?/\s?(\d{1,2}))?(?:\s?/\s?(\d{4}))?")
_IN_WORDS = re.compile(r"\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?$")


def read_dated(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], before: str, issued_on: PartialDate | None
) -> list[Deadline]:
    """The deadlines of one expression; [] where it holds no day that exists. `before` is the folded text before it."""
    if rule in {e.DAYS, e.DAYS_OF_PARTS}:
        return _listed(source, span, rule, match, issued_on)
    if rule is e.BARE_PERIOD:
        return _current(source, span, rule, match, issued_on)
    if rule in {e.DURING, e.OPENING}:
        apart = separate_periods(match, "a_", issued_on)
        if apart:
            return [_deadline(source, span, rule, "during", s.start, s.end, s, True, None) for s in apart]
    stretch = read_day(match, "a_", issued_on) or read_period(match, "c_" if rule is e.HELD else "a_", issued_on)
    if stretch is None:
        return []
    if rule in {e.BETWEEN, e.RANGE}:
        return _between(source, span, rule, match, stretch, issued_on)
    hour = clock(match.groupdict())
    labelled = label(before) if rule is e.OPENING else None
    if rule in {e.BY, e.BY_BRACKET, e.UNTIL, e.DONE} or labelled == "by":
        exclusive = rule in {e.BY, e.BY_BRACKET} and fold(span.of(source.text)).startswith(_EXCLUSIVE)
        last = stretch.end
        if stretch.limit is not None:
            last = stretch.limit
        elif exclusive and stretch.precision != "day" and stretch.start is not None:
            first_day = Stretch(None, None, "day", stretch.basis)  # "trước tháng 6" as "trước ngày 01/6"
            return [_deadline(source, span, rule, "by", None, stretch.start, first_day, False, hour)]
        return [_deadline(source, span, rule, "by", None, last, _plain_end(stretch), not exclusive, hour)]
    if rule is e.AT_MEETING and match.group("since"):
        return [_deadline(source, span, rule, "from", stretch.start, None, stretch, None, None)]
    if rule is e.FROM:
        if match.groupdict().get("a_last_month_bare") or match.groupdict().get("a_last_month"):
            return [_deadline(source, span, rule, "between", stretch.start, stretch.end, stretch, True, None)]
        return [_deadline(source, span, rule, "from", stretch.start, None, stretch, None, hour)]
    return [_deadline(source, span, rule, "during", stretch.start, stretch.end, stretch, True, hour)]


def _current(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    """ "trong năm" is any day of the year of issue, "đến hết năm học" its end."""
    stretch = current_period(" ".join(fold(match.group("unit")).split()), issued_on)
    if stretch is None:
        return []
    if fold(match.group("cue")).endswith("trong"):
        return [_deadline(source, span, rule, "during", stretch.start, stretch.end, stretch, True, None)]
    return [_deadline(source, span, rule, "by", None, stretch.end, stretch, True, None)]


def _plain_end(stretch: Stretch) -> Stretch:
    """The end of "cuối tháng 4" is printed; only its beginning is a convention. The end of Tết is one."""
    if stretch.limit is not None and stretch.limit == stretch.end and stretch.basis == "convention":
        return Stretch(stretch.start, stretch.end, "day", "explicit", stretch.limit)
    return stretch


def _between(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], last: Stretch, issued_on: PartialDate | None
) -> list[Deadline]:
    first = read_period(match, "b_", issued_on) or read_day(match, "b_", issued_on)
    groups = match.groupdict()
    start = first.start if first else None
    end = last.limit or last.end
    if groups.get("now"):
        start = issue_day(issued_on)
    elif groups.get("b_d") and end is not None and not (groups.get("b_y") or groups.get("b_wy")):
        month = int(groups.get("b_m") or groups.get("b_wm") or end.month)
        start = _before(end, month, int(groups["b_d"]))  # "từ 10/5 đến 14/5/2026"
    elif first is not None and first.basis == "issue_date" and end is not None and first.start is not None:
        start = _before(end, first.start.month, 1)
    if (start is None and groups.get("b_d") and end is not None) or (start and end and start > end):
        return []
    hour = clock(groups)
    return [_deadline(source, span, rule, "between", start, end, _plain_end(last), True, hour)]


def _before(last: date, month: int, day: int) -> date | None:
    found = day_of(last.year, month, day)
    return found if found is None or found <= last else day_of(last.year - 1, month, day)


def _listed(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    """ "22, 23 và 24/4/2025": months and years are filled in from the right."""
    printed = match.group("days")
    in_words = _IN_WORDS.search(printed)
    month, year = in_words.groups() if in_words else (None, None)
    basis_known = True
    days: list[date] = []
    for number, own_month, own_year in reversed(_LISTED.findall(printed[: in_words.start()] if in_words else printed)):
        month, year = own_month or month, own_year or year
        if month is None:
            return []
        found = day_of(int(year), int(month), int(number)) if year else next_day(int(month), int(number), issued_on)
        basis_known = basis_known and bool(year)
        if found is None:
            return []
        days.insert(0, found)
    cue = " ".join(fold(match.group("cue") or "").split())
    kind = "by" if cue.startswith(("trước", "chậm")) else "during"
    inclusive = not cue.startswith("trước")
    runs = [(d, d) for d in days]
    if kind == "during" and all(b - a == timedelta(1) for a, b in pairwise(days)):
        runs, kind = [(days[0], days[-1])], "between"
    basis = Stretch(None, None, "day", "explicit" if basis_known else "issue_date")
    return [
        _deadline(source, span, rule, kind, None if kind == "by" else first, last, basis, inclusive, None)
        for first, last in runs
    ]


def _deadline(
    source: SourceText,
    span: Span,
    rule: Rule,
    kind: str,
    start: date | None,
    end: date | None,
    stretch: Stretch,
    inclusive: bool | None,
    hour: str | None,
) -> Deadline:
    return Deadline(
        raw=span.of(source.text),
        kind=kind,  # type: ignore[arg-type]
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
        time=hour,
        inclusive=inclusive,
        precision="minute" if hour else stretch.precision,
        basis=stretch.basis,
        evidence=cite(source, span, rule.id, 0.8 if stretch.basis == "convention" else 1.0),
    )
