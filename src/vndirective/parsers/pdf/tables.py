"""Tables that are drawn with ruling lines.

pdfium counts the rules cheaply; of a page that has a grid its lines go to pdfplumber's table finder, for the boxes of the cells. Words and
lines are those of pdfium: pdfplumber would read the page once more, which costs ten times as long as all else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vndirective.parsers.page.tables import Table, TableCell
from vndirective.parsers.page.words import Word
from vndirective.parsers.pdf.glyphs import to_view
from vndirective.parsers.pdf.rules import THIN, Edge, edges_of

MIN_PATHS = 6  # one row of cells: the rest of a table that began on the page before


def has_grid(page: Any) -> bool:
    """Whether enough ruling lines stand on a pypdfium2 page, in both directions."""
    import ctypes

    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    paths = across = down = boxes = 0
    for i in range(count):
        item = pdfium.FPDFPage_GetObject(page.raw, i)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        weight = max(1, pdfium.FPDFPath_CountSegments(item) // 4)
        paths += weight
        if not pdfium.FPDFPageObj_GetBounds(item, left, low, right, high):
            continue
        wide, tall = right.value - left.value, high.value - low.value
        across += wide > 20 and tall < THIN
        down += tall > 8 and wide < THIN
        # a filled box without a line around it is the ground behind words, not a cell
        drawn = pdfium.FPDFPath_GetDrawMode(item, fill, stroke) and stroke.value
        boxes += weight if drawn and wide > 20 and tall > 8 else 0
        if paths >= MIN_PATHS and ((across >= 2 and down >= 2) or boxes >= 4):
            return True
    return False


class TableReader:
    """Opens the file anew when the first page with a grid comes: flattened annotations would bring lines of their own."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def tables(self, page_number: int, words: list[Word]) -> tuple[list[Table], list[Word]]:
        """Tables of a page (1-based) with their words, and the words outside."""
        import pypdfium2
        from pdfplumber.table import TableFinder

        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._data)
        page = self._document[page_number - 1]
        finder = TableFinder(_Edges(edges_of(page, to_view(page))))
        found = [_table(t, page_number) for t in finder.tables]
        page.close()
        tables = [t for t in found if t is not None]
        rest = [w for w in words if not _place(w, tables)]
        return [t for t in tables if any(c.words for c in t.cells)], rest

    def close(self) -> None:
        if self._document is not None:
            self._document.close()


@dataclass(slots=True)
class _Edges:
    """What pdfplumber's table finder asks of a page."""

    edges: list[Edge]


def _table(found: Any, page_number: int) -> Table | None:
    """None for frames and rules that merely look like a table."""
    rows = [[c for c in row.cells if c is not None] for row in found.rows]
    edges: list[float] = []
    for x in sorted(c[0] for row in rows for c in row):
        if not edges or x - edges[-1] > 4:
            edges.append(x)
    if len(edges) < (2 if len(rows) > 1 else 3):
        return None
    cells = []
    tops = [min(c[1] for c in row) for row in rows if row]
    for number, row in enumerate(rows):
        for x0, top, x1, bottom in row:
            reach = max(1, sum(top - 1 <= t < bottom - 1 for t in tops))
            column = min(range(len(edges)), key=lambda i: abs(edges[i] - x0))
            cells.append(TableCell(number, column, x0, top, x1, bottom, rows=reach))
    return Table(page_number, min(c.top for c in cells), max(c.bottom for c in cells), tuple(edges), cells)


def _place(word: Word, tables: list[Table]) -> bool:
    """Put a word into the cell in which its middle lies."""
    x, y = (word.x0 + word.x1) / 2, word.middle
    for table in tables:
        if not table.top <= y <= table.bottom:
            continue
        for cell in table.cells:
            if cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom:
                cell.words.append(word)
                return True
    return False
