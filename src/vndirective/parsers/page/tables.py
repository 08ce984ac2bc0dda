"""Tables of a page, and how they go on overleaf."""

from __future__ import annotations

from dataclasses import dataclass, field

from vndirective.parsers.page.words import Word


@dataclass(slots=True)
class TableCell:
    """A cell of a page's table; `row` counts on over pages once tables are continued."""

    row: int
    column: int
    x0: float
    top: float
    x1: float
    bottom: float
    words: list[Word] = field(default_factory=list)
    rows: int = 1  # how many rows it reaches over

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


@dataclass(slots=True)
class Table:
    """Cells row by row; `edges` are the left edges of the columns in points."""

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    cells: list[TableCell]
    index: int = 0

    @property
    def last_row(self) -> int:
        return max((c.row for c in self.cells), default=-1)

    def row_text(self, row: int) -> tuple[tuple[int, str], ...]:
        return tuple((c.column, c.text) for c in self.cells if c.row == row and c.words)


def continue_table(head: Table, above: Table, below: Table) -> bool:
    """Count `below`, first on its page, on from `above`, last on the page before, where the columns are the same.

    A header repeated from `head`, the first part of the table, is taken out. A first row without number whose text
    begins with a small letter is the rest of the row that the page break cut: it keeps that row's number.
    """
    if len(above.edges) != len(below.edges) or any(
        abs(a - b) > 6 for a, b in zip(above.edges, below.edges, strict=True)
    ):
        return False
    header = 0
    while header < 3 and below.row_text(header) and below.row_text(header) == head.row_text(header):
        header += 1
    below.cells = [c for c in below.cells if c.row >= header]
    first = below.row_text(header)
    split = bool(first) and first[0][0] > 0 and first[0][1][0].islower()
    shift = above.last_row + (0 if split else 1) - header
    for cell in below.cells:
        cell.row += shift
    return True
