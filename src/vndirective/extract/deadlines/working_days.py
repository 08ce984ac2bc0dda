"""Working days: weekends and the public holidays of Bộ luật Lao động 2019, Điều 112 are skipped.

    holidays.csv ──holiday──▶ a holiday on a weekly rest day moves to the next working day (Điều 111 khoản 3)
                 ──moved_off, worked──▶ a day off and the Saturday worked for it, as the yearly notices say

Years after the last yearly notice know the law only: there no day is moved off. Nothing is fetched.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from vndirective.lexicons import rows

_SATURDAY = 5


@lru_cache(maxsize=64)
def days_off(year: int) -> frozenset[date]:
    """Holidays, their substitutes and days moved off; Tết and Giỗ Tổ only for the years in the list (2015-2030)."""
    holidays = _days("holiday", year)
    return holidays | _substitutes(holidays) | _days("moved_off", year)


def is_working_day(day: date) -> bool:
    """Whether offices work: Monday to Friday, and a Saturday worked for a day moved off."""
    if day in _days("worked", day.year):
        return True
    return day.weekday() < _SATURDAY and day not in days_off(day.year)


def add_working_days(start: date, count: int) -> date:
    """The day on which `count` working days after `start` end; `start` itself does not count."""
    day = start
    while count > 0:
        day += timedelta(1)
        if is_working_day(day):
            count -= 1
    return day


def new_year(year: int) -> tuple[date, str] | None:
    """First day of the lunar year that begins in `year`, and its name ("Bính Ngọ"); None outside the list."""
    for row in rows("holidays"):
        if row["kind"] == "new_year" and row["year"] == str(year):
            return _date(year, row["first_day"]), row["name"]
    return None


def new_year_holiday(year: int) -> tuple[date, date] | None:
    """First and last day of the Tết holiday of `year`; None outside the list."""
    for row in rows("holidays"):
        if row["name"] == "Tết Nguyên đán" and row["year"] == str(year):
            first = _date(year, row["first_day"])
            return first, first + timedelta(int(row["days"]) - 1)
    return None


@lru_cache(maxsize=256)
def _days(kind: str, year: int) -> frozenset[date]:
    return frozenset(
        _date(year, row["first_day"]) + timedelta(n)
        for row in rows("holidays")
        if row["kind"] == kind and row["year"] in {"fixed", str(year)}
        for n in range(int(row["days"]))
    )


def _substitutes(holidays: frozenset[date]) -> frozenset[date]:
    """The next working day for each holiday on a weekly rest day, one each."""
    found: set[date] = set()
    for holiday in sorted(d for d in holidays if d.weekday() >= _SATURDAY):
        day = holiday
        while day.weekday() >= _SATURDAY or day in holidays or day in found:
            day += timedelta(1)
        found.add(day)
    return frozenset(found)


def _date(year: int, month_and_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")
