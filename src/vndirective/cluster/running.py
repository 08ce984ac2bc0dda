"""A run: documents in batches to the workers, entries into the manifest, and at the end tables, failures and totals."""

from __future__ import annotations

import json
import queue
import time
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from vndirective.batch.finding import Job
from vndirective.batch.outcomes import Outcome
from vndirective.batch.reading import Options
from vndirective.batch.writing import stage_of
from vndirective.cluster import tables, work
from vndirective.cluster.child import Limits
from vndirective.cluster.lock import Lease
from vndirective.cluster.manifest import Entry, Failed, Manifest, fingerprint
from vndirective.cluster.places import Document, Place
from vndirective.errors import (
    ClusterError,
    ClusterVersionError,
    InternalError,
    Lang,
    StorageError,
    VndirectiveError,
    WorkerError,
)

COMMIT = 500  # documents, or
COMMIT_SECONDS = 5.0  # after which what is finished goes into the manifest
CHEAP, CHEAP_BYTES = 40, 400_000  # documents of a batch, and bytes up to which one may be cheap
PDFS = 8  # a PDF may be a scan, that costs a second a page
AHEAD = 4  # batches that wait, for each thread of the cluster
LOST = 300.0  # seconds without any worker after which the run ends
_COSTLY = (".zip", ".eml", ".msg", ".edxml", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")


@dataclass(slots=True)
class Run:
    """What a run on a cluster is made of."""

    client: Any
    place: Place
    manifest: Manifest
    lease: Lease
    options: Options
    version: str
    limits: Limits = field(default_factory=Limits)
    stopping: bool = False

    def read(self, documents: Sequence[Document]) -> Iterator[Outcome]:
        """Read all; outcomes as they come. Whoever leaves early (Ctrl-C) has all that came so far in the manifest."""
        corrections = frozenset(self.place.names("corrections"))
        pattern = work.Batch((), self.place, self.options.without_progress(), fingerprint(self.options), self.version,
                             self.limits, corrections)  # fmt: skip
        todo = deque(replace(pattern, documents=d) for d in batches(documents))
        suspects: deque[work.Batch] = deque()
        try:
            yield from self._spread(todo, suspects, self._window)
            # what killed workers, or was on one that died again and again, is read last and alone: so blame is exact
            yield from self._spread(suspects, None, lambda: 1)
        finally:
            self.manifest.commit()

    def _window(self) -> int:
        threads: int = sum(self.client.nthreads().values())
        return AHEAD * max(2, threads)

    def _spread(self, todo: deque[work.Batch], suspects: deque[work.Batch] | None, window: Any) -> Iterator[Outcome]:
        ready: queue.Queue[Any] = queue.Queue()
        pending: dict[str, tuple[Any, work.Batch]] = {}
        committed = alive = time.monotonic()
        room, asked = window(), time.monotonic()
        try:
            while pending or (todo and not self.stopping):
                self.lease.check()
                while todo and len(pending) < room and not self.stopping:
                    batch = todo.popleft()
                    key = f"vndirective-{uuid.uuid4().hex}"
                    future = self.client.submit(work.read_batch, batch, key=key, retries=2, pure=False)
                    pending[key] = (future, batch)
                    future.add_done_callback(ready.put)
                try:
                    future = ready.get(timeout=1.0)
                except queue.Empty:
                    alive = self._look(alive)
                    room, asked = window(), time.monotonic()
                    continue
                alive = time.monotonic()
                _, batch = pending.pop(future.key)
                for entry, outcomes in self._result(future, batch, suspects):
                    self.manifest.add(entry)
                    yield from outcomes
                future.release()
                now = time.monotonic()
                if self.manifest.waiting >= COMMIT or now - committed > COMMIT_SECONDS:
                    self.manifest.commit()
                    committed = now
                if now - asked > 5:
                    room, asked = window(), now
        finally:
            for future, _ in pending.values():
                future.cancel()

    def _look(self, alive: float) -> float:
        """When there was last a worker. ClusterError where the scheduler or all workers are gone."""
        try:
            there = self.client.status == "running" and bool(self.client.nthreads())
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(str(error)[:160]) from error
        if self.client.status not in ("running", "connecting"):
            raise ClusterError(self.client.status)
        if not there and time.monotonic() - alive > LOST:
            raise ClusterError(f"0 workers, {LOST:.0f} s")
        return time.monotonic() if there else alive

    def _result(self, future: Any, batch: work.Batch, suspects: deque[work.Batch] | None) -> list[work.Done]:
        if future.status == "finished":
            done: list[work.Done] = future.result()
            return [(self._counted(e), o) for e, o in done]
        if future.status != "error":
            raise ClusterError(future.status)
        error = future.exception()
        if isinstance(error, StorageError | ClusterVersionError):
            raise error
        if suspects is not None:
            suspects.extend(replace(batch, documents=(d,)) for d in batch.documents)
            return []
        killed = type(error).__name__ == "KilledWorker"
        why: VndirectiveError = WorkerError() if killed else InternalError(f"{type(error).__name__}: {error}"[:300])
        if isinstance(error, VndirectiveError):
            why = error
        [document] = batch.documents
        path = Path(document.uri)
        entry = Entry(
            document.uri,
            document.mark,
            document.size,
            batch.version,
            batch.fingerprint,
            "quarantined" if killed else "failed",
            failures=(Failed(document.uri, why.code, why.detail),),
        )
        return [(self._counted(entry), [Outcome(Job(path, path), error=why)])]

    def _counted(self, entry: Entry) -> Entry:
        """With the attempts of earlier runs, where they were at the same bytes."""
        known = self.manifest.entries.get(entry.uri)
        same = known is not None and known.state != "done" and (known.mark, known.size, known.version, known.options) == (
            entry.mark, entry.size, entry.version, entry.options)  # fmt: skip
        return replace(entry, attempts=known.attempts + 1) if same and known else entry

    def finish(self, lang: Lang) -> None:
        """Bring all that is made of the whole set to what the manifest says: tables, failures, totals; forget what is replaced."""
        self.manifest.tidy()
        entries = list(self.manifest.entries.values())
        live = {k.path for e in entries for k in e.records}
        self.place.remove({k.path for e in self.manifest.replaced for k in e.records} - live)
        parts, twins = tables.plan(entries, self.version)
        there = self.place.names(tables.FOLDER)
        missing = tables.wanting(parts, there)
        futures = [self.client.submit(tables.build, self.place, p, pure=False, retries=2) for p in missing]
        self.client.gather(futures)
        review = tables.write_review(self.place, entries, twins, lang)
        wanted = {p.name for p in parts} | {review}
        self.place.remove(n for n in there if PurePosixPath(n).name not in wanted)
        self.place.write("failures.jsonl", failure_lines(entries).encode("utf-8"))
        self.place.write("run.json", (json.dumps(totals(entries), indent=1) + "\n").encode("utf-8"))


def batches(documents: Sequence[Document]) -> Iterator[tuple[Document, ...]]:
    """Cheap documents in groups so that scheduling costs little, what may need text recognition in small groups or alone."""
    waiting: dict[int, list[Document]] = {CHEAP: [], PDFS: []}
    for document in documents:
        name = document.uri.lower()
        if document.size > CHEAP_BYTES or name.endswith(_COSTLY):
            yield (document,)
            continue
        limit = PDFS if name.endswith(".pdf") else CHEAP
        waiting[limit].append(document)
        if len(waiting[limit]) == limit:
            yield tuple(waiting[limit])
            waiting[limit] = []
    yield from (tuple(rest) for rest in waiting.values() if rest)


def failures_of(entries: Sequence[Entry]) -> list[tuple[Failed, Entry]]:
    return sorted(((f, e) for e in entries for f in e.failures), key=lambda pair: pair[0].uri)


def _failure(failed: Failed) -> dict[str, object]:
    error = failed.error
    return {
        "uri": failed.uri,
        "code": error.code,
        "exit_code": error.exit_code,
        "message": {"vi": error.message("vi"), "en": error.message("en")},
        "next_step": {"vi": error.next_step("vi"), "en": error.next_step("en")},
        "stage": stage_of(error),
    }


def failure_lines(entries: Sequence[Entry]) -> str:
    rows = [_failure(f) | {"state": e.state, "attempts": e.attempts} for f, e in failures_of(entries)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def totals(entries: Sequence[Entry]) -> dict[str, int]:
    """The counts of the whole set, as `run.json` of a run on one machine."""
    records = [k for e in entries for k in e.records]
    failures = sum(len(e.failures) for e in entries)
    sources = sum(max(1, len(e.failures) + len({_source(k.path) for k in e.records})) for e in entries)
    return {
        "files": sources,
        "failures": failures,
        "records": len(records),
        "tasks": sum(k.tasks for k in records),
        "deadlines": sum(k.deadlines for k in records),
        "targets": sum(k.targets for k in records),
    }


def _source(path: str) -> str:
    """`records/a.txt.2.json` → `records/a.txt`: parts of a file count once."""
    stem = path.removesuffix(".json")
    head, _, last = stem.rpartition(".")
    return head if last.isdigit() and head else stem
