"""What a worker does: take a batch of documents from the storage, have them read, put the records there."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vndirective.batch.finding import Job
from vndirective.batch.outcomes import Outcome
from vndirective.batch.reading import Options
from vndirective.batch.writing import record_path
from vndirective.cluster.child import ATTEMPTS, Limits, Prepared, Reader
from vndirective.cluster.manifest import Entry, Failed, Kept, State
from vndirective.cluster.places import Document, Place, read_documents
from vndirective.corrections.kept import Conflict
from vndirective.errors import ClusterVersionError, InputError, MemoryLimitError, TimeLimitError, WorkerError

_OFFICE = (".doc", ".rtf", ".odt", ".dot", ".xml")
_readers = threading.local()


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that are one task, and all that a worker must know to read them."""

    documents: tuple[Document, ...]
    out: Place
    options: Options
    fingerprint: str
    version: str
    limits: Limits
    corrections: frozenset[str] = frozenset()  # names below OUT of what people corrected


Done = tuple[Entry, list[Outcome]]


def read_batch(batch: Batch) -> list[Done]:
    """An entry for each document, its records written. Raises StorageError where the storage fails, ClusterVersionError."""
    from vndirective import __version__

    if __version__ != batch.version:
        raise ClusterVersionError(f"{__version__} ≠ {batch.version}")
    contents = read_documents(batch.documents)
    reader = _reader(batch.limits)
    old_word = [
        c
        for c, d in zip(contents, batch.documents, strict=True)
        if isinstance(c, bytes) and d.uri.lower().endswith(_OFFICE)
    ]
    if len(old_word) > 1:
        reader.convert(old_word)
    files: dict[str, bytes] = {}
    done = [_read(d, c, batch, reader, files) for d, c in zip(batch.documents, contents, strict=True)]
    batch.out.write_all(files)
    return done


def _reader(limits: Limits) -> Reader:
    known: Reader | None = getattr(_readers, "reader", None)
    if known is None or known.limits != limits:
        if known is not None:
            known.close()
        known = _readers.reader = Reader(limits)
    return known


def _read(
    document: Document, content: bytes | InputError, batch: Batch, reader: Reader, files: dict[str, bytes]
) -> Done:
    start = time.perf_counter()
    if isinstance(content, InputError):
        readings, attempts = [Prepared(document.uri, error=content)], 1
    else:
        readings, attempts = reader.read(content, document.uri, batch.options)
    kept: list[Kept] = []
    outcomes = []
    for reading in readings:
        outcome, written, records = finished(reading, batch)
        files |= written
        kept += records
        outcomes.append(outcome)
    return entry(document, batch, outcomes, kept, attempts, time.perf_counter() - start), outcomes


def finished(reading: Prepared, batch: Batch) -> tuple[Outcome, dict[str, bytes], list[Kept]]:
    """Outcome, files and what the manifest keeps of a reading; what people corrected is put in again."""
    job = Job(Path(reading.uri), Path(reading.uri))
    if reading.error is not None:
        return Outcome(job, error=reading.error, trace=reading.trace), {}, []
    files: dict[str, bytes] = {}
    kept, summaries = [], []
    conflicts: list[Conflict] = []
    for part, key, counted, text in reading.records:
        summary, content = counted, text
        name = PurePosixPath(record_path(Path(), reading.uri, part)).as_posix()
        correction = f"corrections/{name.removeprefix('records/')}"
        if correction in batch.corrections:
            from vndirective.cluster.corrected import with_corrections

            content, summary, found = with_corrections(content, batch.out.read(correction), batch.options)
            conflicts += found
        files[name] = content
        digest = hashlib.sha256(content).hexdigest()[:24]
        kept.append(Kept(name, key, digest, summary.tasks, summary.deadlines, summary.targets))
        summaries.append(summary)
    return Outcome(job, tuple(summaries), conflicts=tuple(conflicts)), files, kept


def entry(
    document: Document, batch: Batch, outcomes: Sequence[Outcome], kept: Sequence[Kept], attempts: int, seconds: float
) -> Entry:
    """What the manifest keeps of a document."""
    failures = tuple(Failed(o.job.uri, o.error.code, o.error.detail) for o in outcomes if o.error is not None)
    deadly = any(isinstance(o.error, WorkerError | TimeLimitError | MemoryLimitError) for o in outcomes)
    state: State = "quarantined" if deadly and attempts >= ATTEMPTS else "failed" if failures else "done"
    return Entry(
        uri=document.uri,
        mark=document.mark,
        size=document.size,
        version=batch.version,
        options=batch.fingerprint,
        state=state,
        seconds=round(seconds, 3),
        records=tuple(kept),
        failures=failures,
    )
