"""Records in the forms that offices and programs work with: a file per format.

    OUT ─▶ Collection ─▶ register rows ─▶ xlsx, csv, parquet, sqlite, duckdb, md
                     └─▶ records ───────▶ jsonl, ics, edxml, html

Each format's file has `write(collection, target, settings) -> Written` and reads the collection anew, one record in
memory. A format that is added is one file and one line of `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from vndirective.errors import InputError, MissingLibraryError
from vndirective.export.collection import Collection
from vndirective.export.writing import Settings, Written

__all__ = ["FORMATS", "Settings", "export"]

Writer = Callable[[Collection, Path, Settings], Written]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the room that writes it, and the name of what it writes (a folder where there is no suffix)."""

    module: str
    name: str

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix


FORMATS: dict[str, Format] = {
    "xlsx": Format("xlsx", "register.xlsx"),
    "csv": Format("csv", "csv"),
    "jsonl": Format("jsonl", "records.jsonl"),
    "parquet": Format("parquet", "parquet"),
    "sqlite": Format("sqlite", "register.sqlite"),
    "duckdb": Format("duckdb", "register.duckdb"),
    "md": Format("md", "register.md"),
    "ics": Format("ics", "deadlines.ics"),
    "edxml": Format("edxml", "edxml"),
    "html": Format("html", "review.html"),
}
_LIBRARIES = frozenset({"xlsxwriter", "openpyxl", "pyarrow", "duckdb", "icalendar"})


@dataclass(frozen=True, slots=True)
class Exported:
    """One format's result: what was written, and the collection with what it had to leave out."""

    format: str
    written: Written
    collection: Collection


def export(out: Path, name: str, target: Path | None = None, settings: Settings | None = None) -> Exported:
    """Write the records below `out` in the format `name`, to `target` or to its usual place below `OUT/export`.

    Raises InputError (no records, an unknown format, a target that cannot be written), MissingLibraryError,
    ChangedTargetError.
    """
    if name not in FORMATS:
        raise InputError(f"{name}: {', '.join(FORMATS)}")
    collection = Collection(out)
    written = _writer(name)(collection, target or out / "export" / FORMATS[name].name, settings or Settings())
    return Exported(name, written, collection)


def target_of(name: str, names: Sequence[str], given: Path | None, out: Path) -> Path:
    """Where a format goes: `-o FILE` for a single one, `-o FOLDER` for several, else `OUT/export`."""
    usual = FORMATS[name].name
    if given is None:
        return out / "export" / usual
    as_folder = len(names) > 1 or given.is_dir() or (FORMATS[name].suffix and not given.suffix)
    return given / usual if as_folder else given


def _writer(name: str) -> Writer:
    """The format's `write`, loaded when it is first needed."""
    try:
        module = import_module(f"vndirective.export.{FORMATS[name].module}")
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in _LIBRARIES:
            raise MissingLibraryError(error.name) from error
        raise
    return cast(Writer, module.write)
