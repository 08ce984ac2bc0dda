"""Counting working days: weekends and the public holidays of Bộ luật Lao động 2019, Điều 112 are skipped.

The list knows the days the law names; days off moved by a yearly notice of the Government are not in it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from vndirective.lexicons import rows


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Public holidays of a year; Tết and Giỗ Tổ only for the years in the list (2015-2030)."""
    days: set[date] = set()
    for row in rows("holidays"):
        if row["year"] in {"fixed", str(year)}:
            month, day = map(int, row["first_day"].split("-"))
            days |= {date(year, month, day) + timedelta(n) for n in range(int(row["days"]))}
    return frozenset(days)


def add_working_days(start: date, count: int) -> date:
    """The day on which `count` working days after `start` end; `start` itself does not count."""
    day = start
    while count > 0:
        day += timedelta(1)
        if day.weekday() < 5 and day not in holidays(day.year):
            count -= 1
    return day
