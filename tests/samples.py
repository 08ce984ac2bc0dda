"""Where samples and shared notices are, for tests that read them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from vndirective import extract
from vndirective.errors import MissingOfficeError, MissingProgramError
from vndirective.parsers.ocr.engine import load_engine
from vndirective.parsers.office.convert import program
from vndirective.schema.record import Record

ROOT = Path(__file__).resolve().parent.parent
SCANS = ("s17-ban-chup", "s18-anh-chup")


def _missing_for_scans() -> str:
    """Why scans cannot be read here, "" where they can."""
    try:
        load_engine()
    except MissingProgramError as error:
        return f"{error.message('en')} {error.next_step('en')}"
    return ""


NO_SCANS = _missing_for_scans()
NO_OFFICE = "" if program() else MissingOfficeError().message("en") + " " + MissingOfficeError().next_step("en")
OFFICE = (".doc", ".rtf", ".odt")  # that are read whole by way of LibreOffice only


def _readable(folder: str) -> list[Path]:
    found = sorted((ROOT / "samples" / folder).iterdir())
    return [p for p in found if not (NO_SCANS and p.stem in SCANS) and not (NO_OFFICE and _is_office(p))]


def _is_office(path: Path) -> bool:
    """Whether a sample, or the sample that a gold file is of, is an old Word, RTF or ODT file."""
    name = json.loads(path.read_text(encoding="utf-8"))["file"] if path.suffix == ".json" else path.name
    return name.endswith(OFFICE)


NOTICES = _readable("notices")
GOLD = _readable("gold")


def _numbered(first: int, last: int) -> list[Path]:
    return [p for p in GOLD if first <= int(p.stem.split("-")[0][1:]) <= last]


# written before the program read them, each group when the rules had grown beside the groups before
UNSEEN = _numbered(20, 47)
GROUPS = {
    "unseen": UNSEEN,
    "unseen_2": _numbered(60, 73),
    "unseen_3": _numbered(80, 103),
    "unseen_4": _numbered(110, 157),
    "unseen_5": _numbered(160, 215),
    "unseen_6": _numbered(220, 251),
    "unseen_7": _numbered(260, 291),
    "unseen_8": _numbered(300, 339),
    "unseen_9": _numbered(350, 381),
    "unseen_10": _numbered(390, 413),
}
LEARNT = [p for p in GOLD if not any(p in group for group in GROUPS.values())]
"""The rules were made beside them: no error is allowed."""
SHARED = ROOT.parent / "shared"


def shared_files(*folders: str) -> list[Path]:
    """Shared notices, [] where ../shared is absent."""
    return [p for f in folders for p in sorted((SHARED / "notices" / f).glob("*")) if p.is_file()]


@cache
def records_of(path: Path) -> tuple[Record, ...]:
    return tuple(extract(path))


def gold_of(path: Path) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["documents"]
    return documents


def evidence_in(value: Any) -> list[dict[str, Any]]:
    """Every evidence object in a dumped record."""
    if isinstance(value, dict):
        own = [value] if {"spans", "quote", "rule"} <= value.keys() else []
        return own + [e for v in value.values() for e in evidence_in(v)]
    if isinstance(value, list | tuple):
        return [e for v in value for e in evidence_in(v)]
    return []
