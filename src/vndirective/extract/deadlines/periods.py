"""Named stretches of time as first and last day: month, quarter, half-year, year, school year, summer, 2021-2025."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from vndirective.lexicons import table
from vndirective.schema.record import Basis, PartialDate, Precision

DAY = r"(?:ngày\s+)?(?:mồng\s+|mùng\s+)?(?P<{0}d>\d{{1,2}})(?:\s?[/.-]\s?(?P<{0}m>\d{{1,2}})(?:\s?[/.-]\s?(?P<{0}y>\d{{4}}))?|\s+tháng\s+(?P<{0}wm>\d{{1,2}})(?:\s+năm\s+(?P<{0}wy>\d{{4}}))?)(?![\d/]|\.\d)"
PERIOD = (
    r"(?:(?:các\s+)?tháng\s+(?P<{0}month>\d{{1,2}})(?:\s*(?:/|-|\s+năm)\s*(?P<{0}month_y>\d{{4}}))?(?![\d/])"
    r"|quý\s+(?P<{0}quarter>IV|III|II|I|[1-4])(?:\s*(?:/|-|,?\s+năm)\s*(?P<{0}quarter_y>\d{{4}}))?(?!\w)"
    r"|(?:6|sáu)\s+tháng\s+(?P<{0}half>đầu|cuối)\s+năm(?:\s+(?P<{0}half_y>\d{{4}}))?"
    r"|năm\s+học\s+(?P<{0}school>\d{{4}})\s*[-–]\s*(?P<{0}school_end>\d{{4}})"
    r"|(?:dịp\s+)?(?:nghỉ\s+)?hè\s+(?:năm\s+)?(?P<{0}summer>\d{{4}})"
    r"|(?:giai\s+đoạn|thời\s+kỳ)\s+(?P<{0}from>\d{{4}})\s*[-–]\s*(?P<{0}to>\d{{4}})"
    r"|năm\s+(?P<{0}year>\d{{4}})(?!\s*[-–]\s*\d))"
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Stretch:
    """First and last day; both None where the year is not printed and cannot be told."""

    start: date | None
    end: date | None
    precision: Precision
    basis: Basis = "explicit"


def read_period(match: re.Match[str], prefix: str, issued_on: PartialDate | None) -> Stretch | None:
    """The stretch that a `PERIOD` pattern matched; None where it did not take part or is no period."""
    group = {k[len(prefix) :]: v for k, v in match.groupdict().items() if v and k.startswith(prefix)}
    if "month" in group:
        return _months(_int(group.get("month_y")), int(group["month"]), 1, "month", issued_on)
    if "quarter" in group:
        first = 3 * _QUARTERS[group["quarter"].upper()] - 2
        return _months(_int(group.get("quarter_y")), first, 3, "quarter", issued_on)
    if "half" in group:
        return _months(_int(group.get("half_y")), 1 if group["half"] == "đầu" else 7, 6, "half_year", issued_on)
    if "school" in group:
        return _conventional("school_year", int(group["school"]), int(group["school_end"]), "year")
    if "summer" in group:
        return _conventional("summer", int(group["summer"]), int(group["summer"]), "period")
    if "from" in group:
        return Stretch(date(int(group["from"]), 1, 1), date(int(group["to"]), 12, 31), "period")
    if "year" in group:
        return _months(int(group["year"]), 1, 12, "year", issued_on)
    return None


def read_day(match: re.Match[str], prefix: str, issued_on: PartialDate | None) -> Stretch | None:
    """The day that a `DAY` pattern matched. A missing year is the next such day on or after the date of issue."""
    group = {k[len(prefix) :]: v for k, v in match.groupdict().items() if v and k.startswith(prefix)}
    if "d" not in group:
        return None
    day, month = int(group["d"]), _int(group.get("m") or group.get("wm"))
    year = _int(group.get("y") or group.get("wy"))
    if month is None:
        return None
    if year is not None:
        found = _day(year, month, day)
        return Stretch(found, found, "day") if found else None
    found = _next(month, day, issued_on)
    if found is None and _day(2000, month, day) is None:
        return None
    return Stretch(found, found, "day", "issue_date")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next(month: int, day: int, issued_on: PartialDate | None) -> date | None:
    if issued_on is None or issued_on.month is None:
        return None
    first = date(issued_on.year, issued_on.month, issued_on.day or 1)
    found = _day(first.year, month, day)
    return found if found and found >= first else _day(first.year + 1, month, day)


def _months(
    year: int | None, first: int, count: int, precision: Precision, issued_on: PartialDate | None
) -> Stretch | None:
    if not 1 <= first <= 12:
        return None
    basis: Basis = "explicit"
    if year is None:
        if issued_on is None or issued_on.month is None:
            return Stretch(None, None, precision, "issue_date")
        basis = "issue_date"
        year = issued_on.year if first + count - 1 >= issued_on.month else issued_on.year + 1
    last = first + count - 1
    return Stretch(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision, basis)


def _conventional(name: str, first_year: int, last_year: int, precision: Precision) -> Stretch | None:
    if last_year - first_year not in {0, 1}:
        return None
    convention: dict[str, str] = table("conventions")[name]
    start = date.fromisoformat(f"{first_year}-{convention['start']}")
    return Stretch(start, date.fromisoformat(f"{last_year}-{convention['end']}"), precision, "convention")


def _int(text: str | None) -> int | None:
    return int(text) if text else None
