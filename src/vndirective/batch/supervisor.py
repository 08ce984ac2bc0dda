"""Processes that read files, watched over: one that dies, hangs or grows costs the file in hand an attempt, and no other anything.

    agenda ──▶ orders ──▶ workers ──▶ Finished, Paged ──▶ the run

A file in whose hands two processes ended is set apart with the reason; the pool goes on.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

from vndirective.batch.finding import Job
from vndirective.batch.limits import Limits
from vndirective.batch.manifest import Finished
from vndirective.batch.outcomes import Outcome
from vndirective.batch.reading import Options
from vndirective.batch.worker import (
    PRELOADED,
    Begun,
    Convert,
    Copy,
    Fatal,
    Message,
    Order,
    Outgrown,
    Page,
    Read,
    Result,
    serve,
)
from vndirective.errors import MemoryLimitError, OutputError, TimeLimitError, WorkerError

ATTEMPTS = 2
_TOGETHER = 8  # small files in one order
_SMALL = 64 * 1024  # bytes
_FIRST = 32  # files that come first for being small
_LOOK = 0.2  # seconds between two looks at time and memory
_OFFICE = 40  # old Word files in one call of LibreOffice
_PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"}
_BULKY = 2 * 2**20  # a file of more bytes is rarely typed text


@dataclass(frozen=True, slots=True)
class Paged:
    """A page of a scan was recognised."""

    uri: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file is finished; `lines` are its records for `records.jsonl`."""

    finished: Finished
    lines: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Agenda:
    """What is left to do: a few small files first, so that results come at once, then as they were found, while one process sees to
    the heavy ones (scans).

    Old Word files wait for LibreOffice, which takes many in one call; a file with the bytes of another waits for that one.
    """

    office_suffix: Callable[[Job], str | None]
    digest: Callable[[Job], str | None]  # None for a file that cannot be a copy of another
    first_with: Callable[[str, Job], tuple[str, int] | None]  # a file with these bytes that was read; its records
    light: deque[Job] = field(default_factory=deque)
    heavy: deque[Job] = field(default_factory=deque)
    office: deque[tuple[Job, str]] = field(default_factory=deque)
    alone: deque[Job] = field(default_factory=deque)  # a process ended with these: one at a time
    reading: dict[str, list[Job]] = field(default_factory=dict)  # digest in hand → files that wait for it

    def add(self, jobs: Iterable[Job]) -> None:
        listed = list(jobs)
        smallest = sorted(listed, key=lambda j: (j.size, j.uri))[:_FIRST]
        first = {job.uri for job in smallest}
        for job in [*smallest, *(job for job in listed if job.uri not in first)]:
            suffix = self.office_suffix(job)
            if suffix:
                self.office.append((job, suffix))
            elif _is_heavy(job):
                self.heavy.append(job)
            else:
                self.light.append(job)

    def __bool__(self) -> bool:
        return bool(self.light or self.heavy or self.office or self.alone)

    def order(self, *, heavy_first: bool) -> Order | None:
        """What a process should do next; None for nothing at present."""
        if self.office:
            taken = [self.office.popleft() for _ in range(min(_OFFICE, len(self.office)))]
            return Convert(tuple(job for job, _ in taken), tuple(suffix for _, suffix in taken))
        jobs: list[Job] = []
        while (job := self._next(jobs, heavy_first)) is not None:
            digest = self.digest(job)
            if digest is not None:
                first = self.first_with(digest, job)
                if first is not None:
                    if jobs:
                        self.light.appendleft(job)
                        break
                    return Copy(job, *first, digest)
                if digest in self.reading:
                    self.reading[digest].append(job)
                    continue
                self.reading[digest] = []
            jobs.append(job)
        return Read(tuple(jobs)) if jobs else None

    def _next(self, together: list[Job], heavy_first: bool) -> Job | None:
        """A file to read with those chosen already: small ones share an order."""
        if together:
            small = self.light and self.light[0].size <= _SMALL and together[-1].size <= _SMALL
            return self.light.popleft() if small and len(together) < _TOGETHER else None
        for queue in (self.heavy, self.light) if heavy_first else (self.light, self.heavy):
            if queue:
                return queue.popleft()
        return None

    def let_go(self, job: Job) -> None:
        """A file that a process had in hand is not being read: those that wait for it go their own way."""
        digest = self.digest(job)
        self.settled(digest)

    def settled(self, digest: str | None) -> None:
        """A file was read: those that wait for it may be copied, or read themselves where it failed."""
        if digest is not None:
            self.light.extendleft(self.reading.pop(digest, ()))


@dataclass(slots=True, eq=False)
class _Worker:
    process: mp.process.BaseProcess
    connection: Connection
    order: Order | None = None
    left: list[Job] = field(default_factory=list)  # of the order, the one in hand first
    since: float = 0.0  # the last sign of life
    ended_by: type[WorkerError] = WorkerError


class Pool:
    """`workers` processes carrying out an agenda; a context manager. `reader` is "module:function", as `worker.serve` takes it."""

    def __init__(self, out: Path, options: Options, workers: int, limits: Limits, reader: str) -> None:
        self._arguments = (out, options.without_progress(), reader, limits.megabytes)
        self._limits = limits
        self._workers: list[_Worker] = []
        self._wanted = workers
        self._deaths: dict[str, int] = {}
        self._context: SpawnContext | ForkServerContext = mp.get_context("spawn")
        if sys.platform != "win32":
            # what a new process needs is loaded once, in a process without threads from which the others branch
            self._context = mp.get_context("forkserver")
            self._context.set_forkserver_preload(list(PRELOADED))

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def carry_out(self, agenda: Agenda, stopping: Callable[[], bool]) -> Iterator[Delivered | Paged]:
        """What comes of the agenda, as it comes. Once `stopping`, what is in hand is finished and nothing more begun.

        OutputError where a process cannot write.
        """
        looked = time.monotonic()
        while True:
            if not stopping():
                self._hand_out(agenda)
            busy = [w for w in self._workers if w.order is not None]
            if not busy:
                return
            handles: dict[object, _Worker] = {w.connection: w for w in busy} | {w.process.sentinel: w for w in busy}
            ready = wait([w.connection for w in busy] + [w.process.sentinel for w in busy], _LOOK)
            for worker in dict.fromkeys(handles[r] for r in ready):
                yield from self._listen(worker, agenda)
            if time.monotonic() - looked > _LOOK:
                looked = time.monotonic()
                self._look()

    def _hand_out(self, agenda: Agenda) -> None:
        heavy = sum(any(map(_is_heavy, w.left)) for w in self._workers)
        idle: list[_Worker | None] = [w for w in self._workers if w.order is None]
        idle += [None] * (self._wanted - len(self._workers))
        for waiting in idle:
            if agenda.alone:
                order: Order | None = Read((agenda.alone.popleft(),))
            else:
                order = agenda.order(heavy_first=heavy == 0 and self._wanted > 1)
            if order is None:
                return
            worker = waiting or self._start()
            worker.order, worker.since, worker.ended_by = order, time.monotonic(), WorkerError
            worker.left = _jobs_of(order)
            heavy += any(map(_is_heavy, worker.left))
            with suppress(OSError):  # a process that is gone is noticed when it is listened to
                worker.connection.send(order)

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=serve, args=(there, *self._arguments), daemon=True)
        process.start()
        there.close()
        worker = _Worker(process, here)
        self._workers.append(worker)
        return worker

    def _listen(self, worker: _Worker, agenda: Agenda) -> Iterator[Delivered | Paged]:
        try:
            while worker.order is not None and worker.connection.poll():
                yield from self._heard(worker, worker.connection.recv(), agenda)
        except (EOFError, OSError):
            yield from self._died(worker, agenda)
            return
        if worker.order is not None and not worker.process.is_alive() and not worker.connection.poll():
            yield from self._died(worker, agenda)

    def _heard(self, worker: _Worker, message: Message, agenda: Agenda) -> Iterator[Delivered | Paged]:
        worker.since = time.monotonic()
        if isinstance(message, Fatal):
            raise OutputError(message.detail)
        if isinstance(message, Outgrown):
            worker.ended_by = MemoryLimitError
        elif isinstance(message, Page):
            yield Paged(worker.left[0].uri, message.number, message.pages)
        elif isinstance(message, Result):
            job = worker.left.pop(0)
            same_as = worker.order.first if isinstance(worker.order, Copy) and message.copied else None
            attempts = self._deaths.pop(job.uri, 0) + 1
            yield Delivered(
                Finished(job, message.outcomes, message.sha256, message.seconds, attempts, same_as), message.lines
            )
            agenda.settled(message.sha256)
        elif not isinstance(message, Begun):
            if isinstance(worker.order, Convert):
                agenda.light.extendleft(reversed(worker.order.jobs))
            worker.order = None

    def _look(self) -> None:
        """End processes that have shown no sign of life for too long, or have grown too large."""
        now = time.monotonic()
        for worker in self._workers:
            if worker.order is None or not worker.process.is_alive():
                continue
            if now - worker.since > self._limits.seconds:
                worker.ended_by = TimeLimitError
            elif _megabytes(worker.process.pid) > self._limits.megabytes:
                worker.ended_by = MemoryLimitError
            else:
                continue
            _kill(worker.process.pid)

    def _died(self, worker: _Worker, agenda: Agenda) -> Iterator[Delivered]:
        """The file in hand is tried once more by itself, or set apart; the rest of the order goes back."""
        _end(worker)
        self._workers.remove(worker)
        if isinstance(worker.order, Convert):
            agenda.light.extendleft(reversed(worker.order.jobs))  # each is converted when it is read
            return
        if not worker.left:
            return
        job, *rest = worker.left
        agenda.light.extendleft(reversed(rest))
        for other in rest:
            agenda.let_go(other)
        deaths = self._deaths.get(job.uri, 0) + 1
        self._deaths[job.uri] = deaths
        if deaths < ATTEMPTS:
            agenda.let_go(job)
            agenda.alone.append(job)
            return
        del self._deaths[job.uri]
        outcome = Outcome(job, error=worker.ended_by())
        yield Delivered(Finished(job, (outcome,), None, time.monotonic() - worker.since, deaths))
        agenda.let_go(job)


def _jobs_of(order: Order) -> list[Job]:
    if isinstance(order, Read):
        return list(order.jobs)
    return [order.job] if isinstance(order, Copy) else []


def _is_heavy(job: Job) -> bool:
    return job.size > _BULKY or job.path.suffix.lower() in _PICTURES


def _megabytes(pid: int | None) -> float:
    """Resident memory of a process; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError, IndexError):
        return 0.0


def _kill(pid: int | None) -> None:
    """A process and what it started (LibreOffice)."""
    if pid is None:
        return
    with suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _end(worker: _Worker) -> None:
    with suppress(OSError):
        worker.connection.close()
    if worker.order is None:
        worker.process.join(1.0)  # it sees that the run is gone
    if worker.process.is_alive():
        _kill(worker.process.pid)
    worker.process.join(5.0)
    worker.process.close()
