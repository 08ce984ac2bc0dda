"""`OUT/records.jsonl`: every record, a line each, as they are finished.

Lines are only ever added while a run goes on, so that a reader may follow the file; of two lines of a record the later
counts. What a file gave before it was read again is taken out when the run ends.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from vndirective.errors import OutputError

NAME = "records.jsonl"
_BACK = 1 << 16
Key = tuple[str, int]  # URI and part of a record


class RecordLines:
    """Adds lines; a context manager. OutputError where the file cannot be written."""

    def __init__(self, out: Path) -> None:
        self.path = out / NAME
        try:
            self._end_whole()
            self._stream = self.path.open("ab")
        except OSError as error:
            raise OutputError(f"{self.path}: {error.strerror}") from error

    def __enter__(self) -> RecordLines:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: TracebackType | BaseException | None) -> None:
        self._stream.close()

    def add(self, lines: Sequence[bytes]) -> None:
        try:
            for line in lines:
                self._stream.write(line + b"\n")
            self._stream.flush()
        except OSError as error:
            raise OutputError(f"{self.path}: {error.strerror}") from error

    def _end_whole(self) -> None:
        """Cut a line that a killed run did not finish."""
        if not self.path.exists():
            return
        with self.path.open("r+b") as stream:
            end = stream.seek(0, os.SEEK_END)
            at = end
            while at > 0:
                start = max(0, at - _BACK)
                stream.seek(start)
                cut = stream.read(at - start).rfind(b"\n")
                if cut >= 0:
                    at = start + cut + 1
                    break
                at = start
            if at < end:
                stream.truncate(at)


def add_corrected(out: Path, names: Sequence[str]) -> None:
    """The lines of records that people corrected, once more: of two lines of a record the later one counts, and the next run takes
    the earlier out. `names` are paths below `out` ("records/a.txt.json"). OutputError where it cannot be written."""
    if not (out / NAME).exists():
        return
    with RecordLines(out) as lines:
        lines.add([json.dumps(json.loads((out / n).read_bytes()), ensure_ascii=False).encode("utf-8") for n in names])


def without_older(out: Path, wanted: set[Key]) -> None:
    """Leave of each record in `wanted` its last line, and nothing else. OutputError where that cannot be written."""
    path = out / NAME
    draft = path.with_name(f".{NAME}.{os.getpid()}.part")
    try:
        last: dict[Key, int] = {}
        with path.open("rb") as stream:
            for number, line in enumerate(stream):
                last[_key(line)] = number
        with path.open("rb") as stream, draft.open("wb") as kept:
            for number, line in enumerate(stream):
                key = _key(line)
                if key in wanted and last[key] == number:
                    kept.write(line)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror}") from error


def _key(line: bytes) -> Key:
    source = json.loads(line)["source"]
    return source["uri"], source["part"]
