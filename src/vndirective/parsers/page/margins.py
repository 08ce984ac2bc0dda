"""What stands above and below the text of a page: page numbers, running heads, footnotes."""

from __future__ import annotations

import re
from collections import Counter

from vndirective.parsers.page.layout import Line

_PAGE_NUMBER = re.compile(r"^\W*(?:Trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
_NOTE_START = re.compile(r"^\(?\d{1,3}\)?\W")
_EDGE = 0.1  # share of the page's height in which a number on a line of its own is the page's
_SMALL = 0.9  # footnotes are set at most this high, as a share of the body


def drop_furniture(pages: list[list[Line]], heights: list[float]) -> None:
    """Take page numbers and running heads and feet out of the rows of all pages."""
    for rows, height in zip(pages, heights, strict=True):
        for at in (0, -1):
            if rows and _PAGE_NUMBER.match(rows[at].text) and _at_edge(rows[at], height):
                del rows[at]
    for at in (0, -1):
        _drop_running(pages, heights, at)


def _at_edge(row: Line, height: float) -> bool:
    return row.bottom < _EDGE * height or row.top > (1 - _EDGE) * height


def _drop_running(pages: list[list[Line]], heights: list[float], at: int) -> None:
    """A first or last row that is the same on three pages and more, numbers apart."""
    same = Counter(_folded(rows[at]) for rows, h in zip(pages, heights, strict=True) if rows and _at_edge(rows[at], h))
    for rows, height in zip(pages, heights, strict=True):
        if len(rows) > 1 and _at_edge(rows[at], height) and same[_folded(rows[at])] >= max(3, len(pages) // 2):
            del rows[at]


def _folded(row: Line) -> str:
    return re.sub(r"\d+", "0", row.text)


def body_size(rows: list[Line]) -> float:
    """Height (points) in which most of the text is set; 0 for no text."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def take_notes(rows: list[Line], size: float, height: float) -> list[list[Line]]:
    """Cut the footnotes off the foot of a page and return them, each with its lines; `rows` keeps the rest."""
    first = len(rows)
    while first > 0 and rows[first - 1].size < _SMALL * size:
        first -= 1
    starts = [i for i in range(first, len(rows)) if _starts_note(rows[i])]
    if not starts or rows[starts[0]].top < 0.3 * height:
        return []
    notes: list[list[Line]] = []
    for i in range(starts[0], len(rows)):
        if i in starts:
            notes.append([])
        notes[-1].append(rows[i])
    del rows[starts[0] :]
    return notes


def _starts_note(row: Line) -> bool:
    """A number, set smaller or raised, then text."""
    if len(row.words) < 2:
        return False
    mark, word = row.words[0], row.words[1]
    raised = mark.height < 0.82 * word.height or mark.bottom < word.bottom - 0.15 * word.height
    return bool(_NOTE_START.match(row.text)) and raised
