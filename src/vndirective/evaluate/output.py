"""A report as tables of the terminal, as Markdown, as JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vndirective.errors import InputError, Lang
from vndirective.evaluate.against import Change, Comparison, items_of
from vndirective.evaluate.evaluation import CLASSES, Evaluation
from vndirective.evaluate.matching import MATCHINGS
from vndirective.evaluate.report import Sheet, sheets
from vndirective.evaluate.tally import Tally, overall
from vndirective.evaluate.wording import word

if TYPE_CHECKING:
    from rich.table import Table

_CELL = 160  # characters of a cell of words in Markdown; JSON holds all
_POOR = 0.8
_SCORE = re.compile(r"[01]\.\d{3}")
_WIDTH = 160  # of tables in a file


Form = Literal["table", "json", "markdown"]


def write_report(
    evaluation: Evaluation,
    comparison: Comparison | None,
    form: Form,
    out: Path | None,
    *,
    lang: Lang,
    errors: bool = False,
    width: int | None = None,
) -> None:
    """Write a report to a file, or to standard output. InputError where the file cannot be written."""
    from rich.console import Console

    try:
        with nullcontext(sys.stdout) if out is None else out.open("w", encoding="utf-8") as stream:
            if form == "json":
                stream.write(as_json(evaluation, comparison))
                return
            pages = sheets(evaluation, lang, comparison, errors=errors)
            if form == "markdown":
                stream.write(markdown(pages, lang))
                return
            console = Console(file=stream, width=width or (None if out is None else _WIDTH))
            for table in tables(pages):
                console.print(table)
    except OSError as error:
        raise InputError(f"{out}: {error.strerror}") from error


def tables(pages: Iterable[Sheet]) -> Iterator[Table]:
    """Figures below 0.8 are red, so that the eye finds them."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    for sheet in pages:
        table = Table(
            title=sheet.title,
            title_justify="left",
            title_style="bold",
            caption=sheet.note or None,
            caption_justify="left",
            box=box.SIMPLE_HEAD,
            padding=0,
            pad_edge=False,
            min_width=len(sheet.title) + 1,  # else the title of a narrow table is broken
        )
        for n, column in enumerate(sheet.columns):
            if n < sheet.words:
                longest = max((len(w) for row in sheet.rows for w in row[n].split()), default=1)
                table.add_column(column, min_width=min(longest, 10), overflow="fold")
            else:  # a figure, or a word above it, is never cut in two
                least = max(map(len, [*column.split(), *(row[n] for row in sheet.rows)]), default=1)
                table.add_column(column, justify="right", min_width=least)
        for row in sheet.rows:
            table.add_row(
                *(
                    Text(c, style="red" if sheet.scores and n >= sheet.words and _poor(c) else "")
                    for n, c in enumerate(row)
                )
            )
        yield table


def _poor(cell: str) -> bool:
    return _SCORE.fullmatch(cell) is not None and float(cell) < _POOR


def markdown(pages: Iterable[Sheet], lang: Lang) -> str:
    parts = [f"# {word('title', lang)}"]
    parts += [
        f"## {sheet.title}\n\n{markdown_table(sheet)}" + (f"\n\n{sheet.note}" if sheet.note else "") for sheet in pages
    ]
    return "\n\n".join(parts) + "\n"


def markdown_table(sheet: Sheet) -> str:
    if not sheet.rows:
        return "–"
    rules = ["---" if n < sheet.words else "--:" for n in range(len(sheet.columns))]
    rows = [sheet.columns, tuple(rules), *sheet.rows]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)


def _cell(text: str) -> str:
    """Leading spaces (an indented field) as spaces that Markdown keeps."""
    shown = text.strip()
    indent = "&nbsp;&nbsp;" * ((len(text) - len(text.lstrip())) // 2)
    shown = " ".join(shown.split()).replace("|", "\\|")
    return indent + (shown if len(shown) <= _CELL else f"{shown[:_CELL]}…")


def as_json(evaluation: Evaluation, comparison: Comparison | None = None) -> str:
    """All figures and all items; the same for the same records, so that two reports can be compared as text."""
    report = {
        "documents": len(evaluation.documents),
        "failures": evaluation.failures,
        "broken": list(evaluation.broken),
        "fields": {m.name: _figures(evaluation.tallies(m.name)) for m in MATCHINGS},
        "classes": {
            name: {
                value: {"documents": n, "fields": _figures(tallies)}
                for value, (n, tallies) in evaluation.classed(name).items()
            }
            for name in CLASSES
        },
        "per_document": {
            d.name: {"failed": d.failed, "classes": dict(d.classes), "fields": _figures(d.tallies())}
            for d in evaluation.documents
        },
    }
    if comparison is not None:
        report["gains"] = list(map(_change, comparison.gains))
        report["losses"] = list(map(_change, comparison.losses))
    report["items"] = [{"document": document, **asdict(item)} for document, item in items_of(evaluation)]
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _figures(tallies: Mapping[str, Tally]) -> dict[str, object]:
    held = dict(tallies)
    return {"overall": _rounded(overall(held)), **{field: _of(t) for field, t in held.items()}}


def _of(tally: Tally) -> dict[str, object]:
    shares = {k: _rounded(getattr(tally, k)) for k in ("precision", "recall", "f1", "accuracy")}
    return {"support": tally.support, **asdict(tally), **shares}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _change(change: Change) -> dict[str, str | None]:
    return asdict(change)
