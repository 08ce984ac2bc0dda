"""Dates in running text: day-month-year in figures or words, month, year. Nothing is filled in from today.

dateparser stands behind one door here, for dates written out in words; it is asked strictly and in Vietnamese only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vndirective.parsers.source import Span

FULL = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>(?:19|20)\d{2})(?![\d/])"
)
WORDS = re.compile(
    r"ngày\s+(?:mồng\s+|mùng\s+)?(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?:\s+năm\s+(?P<y>\d{4}))?(?!\d)", re.IGNORECASE
)
SHORT = re.compile(r"ngày\s+(?P<d>\d{1,2})\s?[/-]\s?(?P<m>\d{1,2})(?![\d/.-]|\s?/)", re.IGNORECASE)
MONTH = re.compile(r"tháng\s+(?P<m>\d{1,2})\s?(?:[/-]|\s+năm\s+)\s?(?P<y>(?:19|20)\d{2})(?!\d)", re.IGNORECASE)
_WORDY = re.compile(
    r"ngày\s+(?:mồng\s+|mùng\s+)?[\w\s]{1,24}tháng\s+(?:giêng|chạp|[^\W\d]+)(?:\s+[^\W\d]+)?\s+năm\s+\d{4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date and where it stands; `month` and `day` are None where not printed, `year` too in "ngày 20/9"."""

    span: Span
    year: int | None
    month: int | None
    day: int | None

    @property
    def iso(self) -> str | None:
        """ISO date as precise as known, None without a year."""
        if self.year is None:
            return None
        return "-".join([f"{self.year:04d}", *(f"{v:02d}" for v in (self.month, self.day) if v is not None)])


def find_dates(text: str, start: int, end: int) -> list[DateHit]:
    """All dates between two offsets, in order, none inside another. Days that no calendar has are no dates."""
    hits: list[DateHit] = []
    for pattern in (FULL, WORDS, MONTH, SHORT):
        for match in pattern.finditer(text, start, end):
            groups = match.groupdict()
            day, month = int(groups["d"]) if groups.get("d") else None, int(groups["m"])
            year = int(groups["y"]) if groups.get("y") else None
            span = Span(*match.span())
            if is_date(year, month, day) and not any(h.span.overlaps(span) for h in hits):
                hits.append(DateHit(span, year, month, day))
    for match in _WORDY.finditer(text, start, end):
        hit = _written_out(match)
        if hit is not None and not any(h.span.overlaps(hit.span) for h in hits):
            hits.append(hit)
    return sorted(hits, key=lambda h: h.span)


def is_date(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has it; 29 February counts where the year is not known."""
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _written_out(match: re.Match[str]) -> DateHit | None:
    """ "ngày mùng hai tháng Chín năm 2025": asked of dateparser, absolute dates only."""
    if re.search(r"\d+\s+tháng\s+\d", match.group()):
        return None
    from dateparser import parse

    found = parse(
        match.group(),
        languages=["vi"],
        settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY", "PARSERS": ["absolute-time"]},
    )
    return DateHit(Span(*match.span()), found.year, found.month, found.day) if found else None
