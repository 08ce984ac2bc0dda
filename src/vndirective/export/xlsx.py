"""The register as an Excel workbook, written row by row.

    earlier workbook ─▶ Kept ─┐
    records ─▶ rows ──────────┴─▶ sheets Nhiệm vụ, Văn bản, Chỉ tiêu, Viện dẫn, Cần xem lại

Every cell is written as what it is: text as text (never a formula), dates as dates. The office's columns keep what was
typed into them; a workbook in which anything else was changed is not overwritten unless asked for.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from pathlib import Path
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from vndirective.errors import ChangedTargetError
from vndirective.export import left_out
from vndirective.export.cells import plain, starts_formula
from vndirective.export.collection import Collection
from vndirective.export.kept import PROPERTY, Digest, Kept, read_kept
from vndirective.export.register import REVIEW, Row, rows_of
from vndirective.export.sheets import (
    KEPT_COLUMNS,
    KEPT_EN,
    KEPT_VI,
    KEY,
    LEVELS,
    ORDINAL,
    SHEETS,
    Cell,
    Look,
    Sheet,
    SheetColumn,
)
from vndirective.export.writing import Note, Settings, Written, scratch_folder, whole_file

FONT, SIZE = "Times New Roman", 12
MAX_TEXT = 32_767  # characters of a cell
MAX_LINKS = 65_530  # of a sheet
_MAX_URL = 2_000
_CHARACTERS = 1.32  # of running text in a unit of column width, with room for words that wrap
_LINE, _TALLEST = 15.6, 409.0  # points
_HEAD, _OFFICE = "#DDE6F0", "#FFFBE6"


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    """Workbook at `target`. ChangedTargetError where one stands there that would lose somebody's work."""
    kept = read_kept(target)
    if not kept.intact and not settings.force:
        raise ChangedTargetError(str(target))
    with whole_file(target) as draft, scratch_folder(target) as scratch:
        options = {"constant_memory": True, "tmpdir": str(scratch), "strings_to_urls": False}
        book = _Book(xlsxwriter.Workbook(str(draft), options), target, settings, kept)
        for record in collection.records():
            link = book.link_to(collection.source_of(record))
            for page in book.pages:
                for row in rows_of(record, page.sheet.table):
                    book.add(page, row, link)
        review = next(page for page in book.pages if page.sheet.table is REVIEW)
        for row in left_out.rows(collection, settings.lang):
            book.add(review, row, "")
        notes = book.finish()
    return Written([target], notes)


@dataclass(slots=True)
class _Page:
    """A worksheet that is being written."""

    sheet: Sheet
    worksheet: Worksheet
    rows: int = 0
    links: int = 0


def _width(line: str) -> float:
    """Of a line in letters of running text; capitals are broader."""
    return len(line) + 0.5 * sum(map(str.isupper, line))


def _height(cells: Sequence[Cell], columns: Sequence[SheetColumn]) -> float:
    """Height of a row in points. Excel finds it by itself, LibreOffice and previews do not."""
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        if isinstance(cell, str) and column.look != "small":
            room = column.width * _CHARACTERS
            lines = max(lines, sum(max(1, ceil(_width(line) / room)) for line in cell.split("\n")))
    return min(_LINE * lines + 3, _TALLEST)


class _Book:
    """The workbook that is being written: rows go in from top to bottom, nothing is gone back to."""

    def __init__(self, workbook: Workbook, target: Path, settings: Settings, kept: Kept) -> None:
        self._workbook, self._folder, self._lang = workbook, target.resolve().parent, settings.lang
        self._typed = dict(kept.typed)
        self._digest = Digest()
        self._formats: dict[tuple[Look, bool, bool], Format] = {}
        self._head = workbook.add_format(
            {"font_name": FONT, "font_size": SIZE, "bold": True, "border": 1, "bg_color": _HEAD, "text_wrap": True}
            | {"align": "center", "valign": "vcenter"}
        )
        self._unlinked = self._cut = 0
        self.pages = [self._page(sheet) for sheet in SHEETS]

    def _page(self, sheet: Sheet) -> _Page:
        worksheet = self._workbook.add_worksheet(sheet.name(self._lang))
        for at, column in enumerate(sheet.columns):
            worksheet.set_column(at, at, column.width)
        worksheet.set_row(0, 48)
        for at, column in enumerate(sheet.columns):
            worksheet.write_string(0, at, column.heading(self._lang), self._head)
        worksheet.freeze_panes(1, sheet.frozen)
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4
        worksheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        worksheet.set_header(f'&C&"{FONT},Bold"&14{sheet.title(self._lang)}', {"margin": 0.3})
        worksheet.set_footer(f'&R&"{FONT},Regular"&9{"Trang" if self._lang == "vi" else "Page"} &P/&N', {"margin": 0.3})
        worksheet.repeat_rows(0)
        worksheet.fit_to_pages(1, 0)
        return _Page(sheet, worksheet)

    def add(self, page: _Page, row: Row, link: str) -> None:
        """Write a row; `link` leads to its source, "" where that is not known."""
        page.rows += 1
        columns = page.sheet.columns
        cells = [self._cell(page, row, column) for column in columns]
        self._digest.add(
            page.sheet.table.name, [c for c, column in zip(cells, columns, strict=True) if not column.office]
        )
        page.worksheet.set_row(page.rows, _height(cells, columns))
        for at, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            if column.look == "link":
                self._link(page, at, str(cell), link, getattr(row, "page", None))
            else:
                self._write(page, at, cell, column)
        # the row before is on disk by now; xlsxwriter would keep its height until the end
        page.worksheet.row_info.pop(page.rows - 1, None)
        page.worksheet.row_sizes.clear()

    def _cell(self, page: _Page, row: Row, column: SheetColumn) -> Cell:
        """What goes into a cell: ours, or what the office typed there before."""
        cell = page.rows if column.name == ORDINAL else column.cell(row, self._lang) if column.cell else None
        if column.office:
            cell = self._typed.pop((page.sheet.table.name, str(getattr(row, KEY)), column.name), cell)
        return self._text(cell) if isinstance(cell, str) else cell

    def _text(self, text: str) -> str:
        text = plain(text)
        if len(text) > MAX_TEXT:
            self._cut += 1
            text = f"{text[: MAX_TEXT - 1]}…"
        return text

    def _write(self, page: _Page, at: int, cell: Cell, column: SheetColumn) -> None:
        worksheet, row = page.worksheet, page.rows
        if cell is None or cell == "":
            worksheet.write_blank(row, at, None, self._format(column.look))
        elif isinstance(cell, bool):
            worksheet.write_boolean(row, at, cell, self._format(column.look))
        elif isinstance(cell, datetime):
            timed = (cell.hour, cell.minute) != (0, 0)
            worksheet.write_datetime(row, at, cell, self._format(column.look, day=True, hour=timed))
        elif isinstance(cell, date):
            worksheet.write_datetime(row, at, cell, self._format(column.look, day=True))
        elif isinstance(cell, int | float):
            worksheet.write_number(row, at, cell, self._format(column.look))
        else:
            worksheet.write_string(row, at, cell, self._format(column.look, guarded=starts_formula(cell)))

    def link_to(self, source: Path | None) -> str:
        """Relative to the workbook, so that both can be moved together; quoted, since names hold "#" and spaces."""
        if source is None:
            return ""
        path = Path(os.path.relpath(source, self._folder)).as_posix()
        return f"external:{quote(path, safe='/')}"

    def _link(self, page: _Page, at: int, text: str, url: str, number: int | None) -> None:
        """The source's name, leading to the file and its page where both are known."""
        guarded = starts_formula(text)
        if url and len(url) <= _MAX_URL and page.links < MAX_LINKS:
            page.links += 1
            place = f"#page={number}" if number and url.lower().endswith(".pdf") else ""
            page.worksheet.write_url(page.rows, at, url + place, self._format("link", guarded=guarded), text)
            return
        self._unlinked += bool(url)
        page.worksheet.write_string(page.rows, at, text, self._format("text", guarded=guarded))

    def _format(self, look: Look, *, day: bool = False, hour: bool = False, guarded: bool = False) -> Format:
        place = (look, day, hour or guarded)
        if place not in self._formats:
            made: dict[str, object] = {
                "font_name": FONT,
                "font_size": SIZE,
                "border": 1,
                "text_wrap": True,
                "valign": "top",
            }
            if day or look == "date":
                made |= {"num_format": "hh:mm dd/mm/yyyy" if hour else "dd/mm/yyyy", "align": "center"}
            if look == "number":
                made |= {"num_format": "#,##0.##"}
            if look == "centre":
                made |= {"align": "center"}
            if look == "link":
                made |= {"font_color": "#0B5394", "underline": 1}
            if look == "small":
                made |= {"font_size": 8, "font_color": "#808080"}
            if look == "office":
                made |= {"bg_color": _OFFICE}
            if guarded:
                made |= {"quote_prefix": True}  # editing "- Rà soát" in Excel must not make a formula of it
            self._formats[place] = self._workbook.add_format(made)
        return self._formats[place]

    def finish(self) -> list[Note]:
        """Filters, drop-downs, what is kept of rows that are gone, and the digest; then the file is closed."""
        orphans = self._orphans()
        for page in self.pages:
            columns = page.sheet.columns
            last = max(page.rows, 1)
            page.worksheet.autofilter(0, 0, last, len(columns) - 1)
            page.worksheet.print_area(0, 0, last, max(i for i, c in enumerate(columns) if c.printed))
            for at, column in enumerate(columns):
                if column.choices:
                    # other words are allowed: the list helps, the office decides
                    page.worksheet.data_validation(
                        1,
                        at,
                        last,
                        at,
                        {"validate": "list", "source": list(column.choices), "error_type": "information"},
                    )
        self._workbook.set_properties({"title": self.pages[0].sheet.title(self._lang), "comments": "vndirective"})
        self._workbook.set_custom_property(PROPERTY, str(self._digest), "text")
        self._workbook.close()
        counted = (("text_cut", self._cut), ("links_left", self._unlinked), ("kept_orphans", orphans))
        return [Note(code, count) for code, count in counted if count]

    def _orphans(self) -> int:
        """Write what was typed for rows that are no longer there; a level that we filled in ourselves is nobody's work."""
        typed = {k: v for k, v in self._typed.items() if not (k[2] == "level" and v in LEVELS)}
        if not typed:
            return 0
        worksheet = self._workbook.add_worksheet(KEPT_VI if self._lang == "vi" else KEPT_EN)
        page = _Page(SHEETS[0], worksheet)
        column = SheetColumn("kept", "", "", 0)
        for at, (vi, en, width) in enumerate(KEPT_COLUMNS):
            worksheet.set_column(at, at, width)
            worksheet.write_string(0, at, vi if self._lang == "vi" else en, self._head)
        for (table, key, name), value in typed.items():
            sheet = next(s for s in SHEETS if s.table.name == table)
            heading = next(c.heading(self._lang) for c in sheet.columns if c.name == name)
            page.rows += 1
            for at, cell in enumerate((sheet.name(self._lang), key, heading, value)):
                self._write(page, at, cell, column)
        return len(typed)
