"""When a deadline falls due: the one place that reads dates, exclusive days and recurrence rules together."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from vndirective.export.register import as_date
from vndirective.schema.record import Deadline

_INTERVAL = re.compile(r"INTERVAL=\d+;?|;INTERVAL=\d+$")


def last_day(deadline: Deadline) -> date | None:
    """The last day on which the work is in time: the day before a "trước ngày …" that prints no hour."""
    end = as_date(deadline.end)
    if end is None:
        return None
    return end - timedelta(days=1) if deadline.inclusive is False and deadline.time is None else end


def clock(deadline: Deadline) -> time | None:
    """The hour printed; None for none, or for one that no clock shows."""
    if deadline.time is None:
        return None
    try:
        return time.fromisoformat(deadline.time)
    except ValueError:
        return None


def calendar_rule(recurrence: str) -> str:
    """The rule as a calendar counts it.

    "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12" (the last month of each quarter) never comes where it is counted from
    January; the months that are named say it all.
    """
    return _INTERVAL.sub("", recurrence) if "BYMONTH=" in recurrence and "FREQ=MONTHLY" in recurrence else recurrence


def first_occurrence(deadline: Deadline, issued: date | None) -> date | None:
    """First day of a recurring deadline on or after its own start or the day of issue.

    A rule without a day ("hằng quý") falls on the day that it counts from. None where there is nothing to count from or
    the rule is not one of RFC 5545.
    """
    since = as_date(deadline.start) or issued
    return next_occurrence(deadline, since, since) if since else None


def next_occurrence(deadline: Deadline, since: date, on: date) -> date | None:
    """First day of a recurring deadline on or after `on`, counted from `since`; None after its end or for a broken rule."""
    if not deadline.recurrence:
        return None
    try:
        rule = rrulestr(calendar_rule(deadline.recurrence), dtstart=datetime.combine(since, time()), ignoretz=True)
        found = rule.after(datetime.combine(on, time()), inc=True)
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    day: date = found.date()
    end = last_day(deadline)
    return day if end is None or day <= end else None
