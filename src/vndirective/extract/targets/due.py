"""By when a figure is to be reached: printed with it, else given to its item or its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vndirective.extract.targets.quantities import Quantity

YEAR_END = re.compile(r"(?:đến|vào|trong|hết)(?: hết| cuối)? năm (\d{4})", re.IGNORECASE)
_OPENING_YEAR = re.compile(r"(?:^|[,;.(]\s*|\b(?:trong|phấn đấu)\s)(?:riêng )?năm (\d{4})(?!\w)")
_PERIOD = re.compile(r"^\W*(?:trong )?(?:giai đoạn|nhiệm kỳ) \d{4}\s?[-–]\s?(\d{4})")
# in a heading the year is enough: "Chỉ tiêu năm 2025", "Mục tiêu giai đoạn 2025-2030"
_HEADED = re.compile(
    r"(?:đến|vào|trong|hết)(?: hết| cuối)? năm (?P<until>\d{4})|(?:giai đoạn|nhiệm kỳ) \d{4}\s*[-–]\s*(?P<period>\d{4})|(?:chỉ tiêu|mục tiêu|kế hoạch)[^.;]{0,60}? năm (?P<year>\d{4})(?!\s?[-–]\s?\d)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A time expression of the stretch with the day it ends on (ISO), as offsets in the stretch."""

    start: int
    end: int
    day: str


def due_of(
    quantity: Quantity, right: int, folded: str, terms: Sequence[Term], inherited: str | None, issued_in: int | None
) -> str | None:
    """The time behind a figure in its clause, else the last one before it in its sentence, else what it inherits.

    `right` is where the clause ends. Years without "đến", "trong" count where they open a clause and are not past.
    """
    opening = max((m.end() for m in re.finditer(r"[.;]\s", folded[: quantity.start])), default=0)
    years = [Term(m.start(), m.end(), f"{m.group(1)}-12-31") for m in YEAR_END.finditer(folded)]
    years += [
        Term(m.start(), m.end(), f"{m.group(1)}-12-31")
        for m in _OPENING_YEAR.finditer(folded)
        if issued_in is not None and int(m.group(1)) >= issued_in
    ]
    period = _PERIOD.match(folded[opening : quantity.start])
    if period:
        years.append(Term(opening, opening + period.end(), f"{period.group(1)}-12-31"))
    known = [*terms, *(y for y in years if not any(t.start < y.end and y.start < t.end for t in terms))]
    behind = [t for t in known if quantity.end <= t.start < right]
    if behind:
        return min(behind, key=lambda t: t.start).day
    before = [t for t in known if opening <= t.start and t.end <= quantity.start]
    return max(before, key=lambda t: t.start).day if before else inherited


def heading_due(heading: str) -> str | None:
    """The end of the year or period that a folded heading sets for all figures below it."""
    match = _HEADED.search(heading)
    return f"{match.group('until') or match.group('period') or match.group('year')}-12-31" if match else None
