"""What an office typed into an earlier register, and whether anything else in it was changed.

    earlier workbook ─▶ Kept: typed[sheet, key, column], intact
                          intact: the cells that we wrote, in any order of rows, still give the digest stored with them

Sorting and filtering change nothing; a cell of ours that was edited, a row, a column, a sheet or a remark that was added
would be lost by writing anew, so they count as a change.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from vndirective.export.sheets import KEPT_COLUMNS, KEPT_EN, KEPT_VI, KEY, SHEETS, Cell, Sheet

PROPERTY = "vndirective.digest"
Typed = dict[tuple[str, str, str], Cell]
_FOREIGN_PARTS = ("comment", "chart", "media/", "pivot", "embeddings/", "vba")
_DRAWING = "xl/drawings/drawing"  # LibreOffice writes an empty one for each sheet


@dataclass(slots=True)
class Kept:
    """Contents of office columns by (table, key, column name)."""

    typed: Typed = field(default_factory=dict)
    intact: bool = True


class Digest:
    """Digest of the cells of a workbook that are ours; the order of rows plays no part."""

    def __init__(self) -> None:
        self._sum = 0

    def add(self, sheet: str, cells: Iterable[Cell]) -> None:
        """A row: its sheet and the cells that are ours, in the order of the columns."""
        words = "\x1f".join((sheet, *map(_word, cells)))
        self._sum += int.from_bytes(hashlib.sha256(words.encode("utf-8")).digest()[:16], "big")

    def __str__(self) -> str:
        return f"{self._sum % 2**128:032x}"


def _word(cell: Any) -> str:
    """A cell as it is read back: numbers without their type, times to the minute."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return repr(float(cell))
    if isinstance(cell, datetime):
        return cell.replace(second=0, microsecond=0).isoformat()
    if isinstance(cell, date):
        return datetime.combine(cell, time()).isoformat()
    return str(cell).replace("\r", "").strip()


def read_kept(path: Path) -> Kept:
    """What stands in an earlier register; not intact where `path` is no workbook of ours."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.exists():
        return Kept()
    try:
        with zipfile.ZipFile(path) as package:
            foreign = _has_foreign_parts(package)
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        return Kept(intact=False)
    kept, digest = Kept(intact=not foreign), Digest()
    try:
        for name in workbook.sheetnames:
            rows = workbook[name].iter_rows(values_only=True)
            sheet = next((s for s in SHEETS if name in {s.vi, s.en}), None)
            if sheet is not None:
                kept.intact &= _read_sheet(sheet, rows, kept.typed, digest)
            elif name in {KEPT_VI, KEPT_EN}:
                kept.intact &= _read_orphans(rows, kept.typed)
            else:
                kept.intact = False
        stored = {p.name: p.value for p in workbook.custom_doc_props.props}.get(PROPERTY)
    finally:
        workbook.close()
    kept.intact &= stored == str(digest)
    return kept


def _has_foreign_parts(package: zipfile.ZipFile) -> bool:
    """Remarks, pictures, charts, macros: things that stand on no cell and that we never write."""
    return any(
        any(part in name.lower() for part in _FOREIGN_PARTS)
        or (name.startswith(_DRAWING) and b"Anchor" in package.read(name))
        for name in package.namelist()
    )


def _read_sheet(sheet: Sheet, rows: Iterable[Sequence[Any]], typed: Typed, digest: Digest) -> bool:
    """Collect typed cells and the digest; False where headings are not those that were written."""
    rows = iter(rows)
    head = [str(h) if h is not None else "" for h in next(rows, ())]
    places = {c.name: next((i for i, h in enumerate(head) if h in {c.vi, c.en}), None) for c in sheet.columns}
    ours = [c for c in sheet.columns if not c.office]
    known = {i for i in places.values() if i is not None}
    for row in rows:
        if not any(cell is not None for cell in row):
            continue

        def at(name: str, row: Sequence[Any] = row) -> Any:
            place = places[name]
            return row[place] if place is not None and place < len(row) else None

        strangers = [cell for i, cell in enumerate(row) if i not in known and cell is not None]
        digest.add(sheet.table.name, [*(at(c.name) for c in ours), *strangers])
        key = at(KEY)
        for column in sheet.columns:
            value = at(column.name) if column.office else None
            if value is not None and key is not None:
                typed[sheet.table.name, str(key), column.name] = value
    return [h for h in head if h] in ([c.vi for c in sheet.columns], [c.en for c in sheet.columns])


def _read_orphans(rows: Iterable[Sequence[Any]], typed: Typed) -> bool:
    """Typed cells of rows that an earlier run no longer gave."""
    rows = iter(rows)
    head = tuple(next(rows, ()))[: len(KEPT_COLUMNS)]
    tables = {name: s for s in SHEETS for name in (s.vi, s.en)}
    for row in rows:
        name, key, heading, value = (*row, None, None, None, None)[:4]
        sheet = tables.get(str(name))
        column = next((c for c in sheet.columns if heading in {c.vi, c.en}), None) if sheet else None
        if sheet is not None and column is not None and key is not None and value is not None:
            typed.setdefault((sheet.table.name, str(key), column.name), value)
        elif any(cell is not None for cell in row):
            return False
    return head in (tuple(c[0] for c in KEPT_COLUMNS), tuple(c[1] for c in KEPT_COLUMNS))
