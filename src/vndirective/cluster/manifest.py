"""`OUT/manifest/`: what came of each document, in parts that are each whole; the latest entry of a document counts.

A storage of objects has no file to append to and none that SQLite could open, so every commit is a part of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from vndirective.batch.reading import Options
from vndirective.cluster.places import Document, Place
from vndirective.errors import InternalError, VndirectiveError, error_of

State = Literal["done", "failed", "quarantined"]
ATTEMPTS = 3  # runs in which a document that failed is tried again
SMALL = 8  # so many parts are put together at the end of a run
FOLDER = "manifest"


@dataclass(frozen=True, slots=True)
class Kept:
    """A record in OUT: its path, its id, the digest of its bytes, and what it counts."""

    path: str
    id: str
    digest: str
    tasks: int
    deadlines: int
    targets: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A file, or one within a bundle, that gave no record."""

    uri: str
    code: str
    detail: str

    @property
    def error(self) -> VndirectiveError:
        return error_of(self.code, self.detail) or InternalError(self.detail)


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of a document. `turn` counts commits, so that the latest is known in whatever part it stands."""

    uri: str
    mark: str
    size: int
    version: str
    options: str
    state: State
    attempts: int = 1
    seconds: float = 0.0
    turn: int = 0
    records: tuple[Kept, ...] = ()
    failures: tuple[Failed, ...] = ()

    def as_line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def entry_of(line: str | bytes) -> Entry:
    row = json.loads(line)
    row["records"] = tuple(Kept(**r) for r in row["records"])
    row["failures"] = tuple(Failed(**f) for f in row["failures"])
    return Entry(**row)


@dataclass(slots=True)
class Manifest:
    """All entries of OUT, and those that wait for the next commit."""

    place: Place
    entries: dict[str, Entry] = field(default_factory=dict)
    turn: int = 0
    parts: list[str] = field(default_factory=list)
    replaced: list[Entry] = field(default_factory=list)  # earlier entries of what was read again
    _waiting: list[Entry] = field(default_factory=list)

    @classmethod
    def opened(cls, place: Place) -> Manifest:
        found = cls(place)
        found.parts = [n for n in place.names(FOLDER) if n.endswith(".jsonl")]
        for content in place.read_all(found.parts).values():
            for line in (content or b"").splitlines():
                entry = entry_of(line)
                known = found.entries.get(entry.uri)
                if known is None or entry.turn >= known.turn:
                    found.entries[entry.uri] = entry
                found.turn = max(found.turn, entry.turn)
        return found

    def add(self, entry: Entry) -> None:
        entry = replace(entry, turn=self.turn + 1)
        if entry.uri in self.entries:
            self.replaced.append(self.entries[entry.uri])
        self.entries[entry.uri] = entry
        self._waiting.append(entry)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def commit(self) -> None:
        """What waits becomes a part."""
        if self._waiting:
            self.turn += 1
            self.parts.append(self._write(self._waiting))
            self._waiting = []

    def tidy(self) -> None:
        """Many small parts become one; the others go only when it is there."""
        self.commit()
        if len(self.parts) > SMALL:
            name = self._write(self.entries.values())
            self.place.remove(p for p in self.parts if p != name)
            self.parts = [name]

    def _write(self, entries: Iterable[Entry]) -> str:
        content = "".join(f"{e.as_line()}\n" for e in sorted(entries, key=lambda e: e.uri)).encode("utf-8")
        name = f"{FOLDER}/part-{self.turn:08}-{hashlib.sha256(content).hexdigest()[:12]}.jsonl"
        self.place.write(name, content)
        return name

    def needs(self, document: Document, version: str, options: str, *, force: bool, retry: bool) -> bool:
        """Whether a document is new, changed, read by another version or with other options, or failed and has attempts left."""
        known = self.entries.get(document.uri)
        if known is None or force or (known.mark, known.size) != (document.mark, document.size):
            return True
        if (known.version, known.options) != (version, options):
            return True
        return known.state != "done" and (retry or (known.state == "failed" and known.attempts < ATTEMPTS))


def fingerprint(options: Options) -> str:
    """Options that a record depends on, as a short digest."""
    ocr = options.ocr
    content: list[Any] = [options.keep_text]
    if ocr is not None:
        content += [ocr.mode, ocr.engine, ocr.model, ocr.max_pages, ocr.max_pixels]
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()[:12]
