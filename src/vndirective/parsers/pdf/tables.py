"""Tables that are drawn with ruling lines.

pdfium counts the rules cheaply; only a page that has a grid goes to pdfplumber, for the boxes of its cells. The words
stay those of pdfium, so that offsets and boxes are of one kind and no word comes twice.
"""

from __future__ import annotations

from typing import Any

from vndirective.parsers.page.tables import Table, TableCell
from vndirective.parsers.page.words import Word

MIN_PATHS = 6  # one row of cells: the rest of a table that began on the page before
_THIN = 3.0  # points


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
        across += wide > 20 and tall < _THIN
        down += tall > 8 and wide < _THIN
        # a filled box without a line around it is the ground behind words, not a cell
        drawn = pdfium.FPDFPath_GetDrawMode(item, fill, stroke) and stroke.value
        boxes += weight if drawn and wide > 20 and tall > 8 else 0
        if paths >= MIN_PATHS and ((across >= 2 and down >= 2) or boxes >= 4):
            return True
    return False


class TableReader:
    """Opens the file in pdfplumber when the first page with a grid comes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def tables(self, page_number: int, words: list[Word]) -> tuple[list[Table], list[Word]]:
        """Tables of a page (1-based) with their words, and the words outside."""
        import io

        import pdfplumber

        if self._document is None:
            self._document = pdfplumber.open(io.BytesIO(self._data))
        page = self._document.pages[page_number - 1]
        found = [_table(t, page.bbox, page_number) for t in page.filter(_is_rule).find_tables()]
        page.close()
        tables = [t for t in found if t is not None]
        rest = [w for w in words if not _place(w, tables)]
        return [t for t in tables if any(c.words for c in t.cells)], rest

    def close(self) -> None:
        if self._document is not None:
            self._document.close()


def _is_rule(item: dict[str, Any]) -> bool:
    """No filled box without a line around it: some writers paint the ground behind every word."""
    ground = item["object_type"] == "rect" and not item["stroke"]
    return not (ground and item["width"] > _THIN and item["height"] > _THIN)


def _table(found: Any, bbox: tuple[float, float, float, float], page_number: int) -> Table | None:
    """None for frames and rules that merely look like a table."""
    rows = [[c for c in row.cells if c is not None] for row in found.rows]
    edges: list[float] = []
    for x in sorted(c[0] - bbox[0] for row in rows for c in row):
        if not edges or x - edges[-1] > 4:
            edges.append(x)
    if len(edges) < (2 if len(rows) > 1 else 3):
        return None
    cells = []
    tops = [min(c[1] for c in row) for row in rows if row]
    for number, row in enumerate(rows):
        for x0, top, x1, bottom in row:
            reach = max(1, sum(top - 1 <= t < bottom - 1 for t in tops))
            column = min(range(len(edges)), key=lambda i: abs(edges[i] - (x0 - bbox[0])))
            cells.append(
                TableCell(number, column, x0 - bbox[0], top - bbox[1], x1 - bbox[0], bottom - bbox[1], rows=reach)
            )
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
