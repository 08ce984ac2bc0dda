"""The answer to "what is due" in the terminal: a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from vndirective.errors import Lang
from vndirective.export.agenda import Entry, Grouping, groups, week_days
from vndirective.export.cells import guarded, plain, shown
from vndirective.export.dates import printed_date
from vndirective.messages import say

if TYPE_CHECKING:
    from rich.table import Table

_STYLES = {"overdue": "bold red", "due": "", "recurring": "cyan", "begins": "green", "open": "dim"}
_SOON = 7  # days


def tables(found: list[Entry], by: Grouping, lang: Lang) -> Iterator[Table]:
    """A table a group."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    for heading, entries in groups(found, by):
        title = Text(f"{_title(heading, by, lang)} ({len(entries)})", style="bold")
        table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, expand=True, padding=(0, 1))
        table.add_column(say("due", lang), width=18)
        table.add_column(say("task", lang), ratio=6, overflow="fold")
        if by != "unit":
            table.add_column(say("lead_unit", lang), ratio=3, overflow="fold")
        table.add_column(say("others_unit", lang), ratio=3, overflow="fold")
        table.add_column(say("source", lang), width=18, overflow="fold")
        for entry in entries:
            leads = [] if by == "unit" else ["\n".join(entry.leads) or "–"]
            page = f"\n{say('page_short', lang, page=entry.page)}" if entry.page else ""
            cells = [entry.text, *leads, "\n".join(entry.others), f"{entry.document or entry.uri}{page}"]
            table.add_row(Text(_due(entry, lang), style=_style(entry)), *(Text(plain(c)) for c in cells))
        yield table


def _title(heading: str, by: Grouping, lang: Lang) -> str:
    if by == "none":
        return say("register", lang)
    if not heading:
        return say("no_unit" if by == "unit" else "no_week", lang)
    if by == "unit":
        return plain(heading)
    monday, sunday = (printed_date(day.isoformat(), lang) for day in week_days(heading))
    return say("week", lang, week=int(heading[-2:]), first=monday, last=sunday)


def _due(entry: Entry, lang: Lang) -> str:
    """Date and hour, then how many days are left; the printed words where no date is known."""
    if entry.due is None:
        return plain(entry.words or "–")
    day = " ".join(filter(None, (entry.time, printed_date(entry.due.isoformat(), lang))))
    lines = [f"{say('begins', lang)} {day}" if entry.state == "begins" else day]
    if entry.days is not None:
        lines.append(_left(entry.days, lang))
    if entry.state == "recurring":
        lines.append(plain(entry.words or ""))
    return "\n".join(lines)


def _left(days: int, lang: Lang) -> str:
    if days < 0:
        return say("days_over", lang, days=-days)
    return say("days_left", lang, days=days) if days else say("last_day", lang)


def _style(entry: Entry) -> str:
    if entry.state == "due" and entry.days is not None and entry.days <= _SOON:
        return "bold yellow"
    return _STYLES[entry.state]


def as_json(found: list[Entry]) -> str:
    rows = [{**asdict(e), "week": e.week} for e in found]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=lambda v: v.isoformat())


def as_csv(found: list[Entry]) -> str:
    """Columns as in JSON; names joined by "; ", nothing that a spreadsheet would calculate."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [*Entry.__slots__, "week"]
    writer.writerow(names)
    for entry in found:
        writer.writerow([_cell(getattr(entry, name)) for name in names])
    return out.getvalue()


def _cell(value: str | int | date | tuple[str, ...] | None) -> str:
    if isinstance(value, tuple):
        return guarded("; ".join(value))
    return guarded(value) if isinstance(value, str) else shown(value)
