"""What was read of a file, and what it is worth: text, encoding, share of possible syllables.

files ─▶ parsers.load ─▶ Reading (text or error, seconds), each file in a bundle by itself
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vndirective.batch import find_jobs, read_file
from vndirective.errors import Lang, VndirectiveError
from vndirective.messages import say
from vndirective.parsers import bundle, load
from vndirective.parsers.ocr.settings import OcrSettings
from vndirective.parsers.sniff import media_type_of
from vndirective.parsers.source import SourceText
from vndirective.parsers.vietnamese import is_syllable, words_of

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, or one file in a bundle: its text, or the error that kept it."""

    uri: str
    seconds: float
    source: SourceText | None = None
    error: VndirectiveError | None = None


def read_texts(inputs: Sequence[Path], ocr: OcrSettings) -> Iterator[Reading]:
    """Readings of all files below the inputs, one by one. Raises InputError for an input that is not there."""
    for job in find_jobs(inputs):
        start = time.perf_counter()
        try:
            data = read_file(job.path)
            kind = media_type_of(data)
            members = bundle.members_of(data, kind) if kind in bundle.KINDS else [bundle.Member("", data)]
        except VndirectiveError as error:
            yield Reading(job.uri, time.perf_counter() - start, error=error)
            continue
        for member in members:
            start = time.perf_counter()
            uri = f"{job.uri}/{member.name}" if member.name else job.uri
            source, failure = _read(member, uri, ocr)
            yield Reading(uri, time.perf_counter() - start, source, failure)


def _read(member: bundle.Member, uri: str, ocr: OcrSettings) -> tuple[SourceText | None, VndirectiveError | None]:
    if member.error is not None:
        return None, member.error
    try:
        return load(member.data, uri, ocr), None
    except VndirectiveError as error:
        return None, error


def measures(reading: Reading) -> dict[str, object]:
    """The row of a file: names of JSON. `words` are those of letters, abbreviations in capitals left out; `valid` is the
    share of them that are possible Vietnamese syllables, null without words; `metadata` is what the file says of itself."""
    source, error = reading.source, reading.error
    row: dict[str, object] = {"uri": reading.uri, "seconds": round(reading.seconds, 3)}
    if error is not None:
        return row | {"error": error.code}
    assert source is not None
    words = words_of(source.text)
    old = [w.detail for w in source.warnings if w.code == "legacy_encoding"]
    return row | {
        "media_type": source.media_type,
        "text_origin": source.text_origin,
        "encoding": ", ".join(old) or source.encoding,
        "words": len(words),
        "valid": round(sum(map(is_syllable, words)) / len(words), 4) if words else None,
        "warnings": sorted({w.code for w in source.warnings}),
        "metadata": source.metadata,
    }


def table(readings: Sequence[Reading], lang: Lang) -> Table:
    """The rows for people; what a file says of itself only stands in the JSON."""
    from rich import box
    from rich.table import Table

    result = Table(box=box.SIMPLE_HEAD)
    columns = ("file", "media_type", "text_origin", "encoding", "words", "valid", "seconds")
    for key in columns:
        right = key in ("words", "valid", "seconds")
        result.add_column(say(key, lang), justify="right" if right else "left", overflow="fold")
    for reading in readings:
        row = measures(reading)
        if reading.error is not None:
            result.add_row(reading.uri, reading.error.message(lang), "", "", "", "", f"{reading.seconds:.2f}")
            continue
        valid = row["valid"]
        shown = f"{valid:.2%}" if isinstance(valid, float) else "–"
        cells = (str(row["media_type"]), str(row["text_origin"]), str(row["encoding"] or "–"), str(row["words"]), shown)
        result.add_row(reading.uri, *cells, f"{reading.seconds:.2f}")
    return result
