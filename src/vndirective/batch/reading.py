"""One file of a run, from its bytes to its records or its error. Knows nothing of where records go: any engine may call it."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from vndirective import __version__
from vndirective.errors import EmptyInputError, InternalError, MemoryLimitError, VndirectiveError

if TYPE_CHECKING:
    from vndirective.parsers.ocr.settings import OcrSettings
    from vndirective.schema.record import Record


@cache
def code_digest() -> str:
    """Digest of the package as it is installed: rules and word lists change between versions too."""
    digest = hashlib.sha256()
    room = Path(__file__).resolve().parent.parent
    for path in sorted(p for p in room.rglob("*") if p.suffix in {".py", ".toml", ".csv", ".txt"}):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read. What a record holds depends on nothing else but the bytes and the version."""

    keep_text: bool = True
    ocr: OcrSettings | None = None

    def fingerprint(self) -> str:
        """Version, word lists, code and these options: what makes an earlier reading count for a later run."""
        ocr = replace(self.ocr, progress=None) if self.ocr else None
        said = f"{__version__} {code_digest()} text={self.keep_text} {ocr}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def without_progress(self) -> Options:
        """The same for another process."""
        return replace(self, ocr=replace(self.ocr, progress=None)) if self.ocr else self


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file, or of one file in a bundle: its records (with text), or the error and, for our own mistakes, its trace."""

    uri: str  # path below the input, with "/"; in a bundle that of the bundle, then that within
    records: tuple[Record, ...] = ()
    error: VndirectiveError | None = None
    trace: str = ""


def read_job(data: bytes, uri: str, options: Options) -> list[Reading]:
    """A reading of the file, or one for each file in a bundle. Never raises for what is in the file."""
    from vndirective.parsers import bundle
    from vndirective.parsers.sniff import media_type_of
    from vndirective.pipeline import convert_members

    try:
        media_type = media_type_of(data)
        if media_type not in bundle.KINDS:
            return [_read(data, uri, options)]
        members = bundle.members_of(data, media_type)
        convert_members(members)
    except Exception as error:
        return [failed(uri, error)]
    readings = [
        Reading(f"{uri}/{member.name}", error=member.error)
        if member.error is not None
        else _read(member.data, f"{uri}/{member.name}", options, member.envelope)
        for member in members
    ]
    return readings or [Reading(uri, error=EmptyInputError(media_type))]


def failed(uri: str, error: Exception) -> Reading:
    """The reading of a file that raised `error`; call where it was caught."""
    if isinstance(error, VndirectiveError):
        return Reading(uri, error=error)
    if isinstance(error, MemoryError):
        return Reading(uri, error=MemoryLimitError())
    return Reading(uri, error=InternalError(type(error).__name__), trace=traceback.format_exc())


def _read(data: bytes, uri: str, options: Options, envelope: tuple[str, ...] = ()) -> Reading:
    from vndirective.pipeline import read_document

    try:
        return Reading(uri, tuple(read_document(data, uri=uri, ocr=options.ocr, envelope=envelope)))
    except Exception as error:
        return failed(uri, error)
