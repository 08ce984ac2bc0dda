"""A process that reads files: what runs in it, and what it says to the run.

run ──▶ Read(jobs) | Copy(job, first) | Convert(jobs)        one order at a time
run ◀── Begun(uri), Page(n, of) …, Result(…)  one by one; Ready at the end of an order; Fatal where nothing can be written
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from vndirective.batch.finding import Job, read_file
from vndirective.batch.outcomes import Outcome
from vndirective.batch.reading import Options, Reading, failed, read_job
from vndirective.batch.writing import copy_record, write_reading
from vndirective.errors import MemoryLimitError, OutputError

if TYPE_CHECKING:
    from vndirective.parsers.ocr.settings import OcrSettings

Reader = Callable[[bytes, str, Options], list[Reading]]
READER = "vndirective.batch.reading:read_job"
PRELOADED = ("vndirective.batch.worker", "vndirective.pipeline", "vndirective.corrections.kept")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_BACKSTOP = 2  # times the limit that the run watches over: beyond this the system itself says no


@dataclass(frozen=True, slots=True)
class Read:
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """`job` holds the same bytes as `first`, which has been read; the two have `parts` records each."""

    job: Job
    first: str
    parts: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Convert:
    """Old Word files that LibreOffice takes together, and the suffix of each."""

    jobs: tuple[Job, ...]
    suffixes: tuple[str, ...]


Order = Read | Copy | Convert


@dataclass(frozen=True, slots=True)
class Begun:
    uri: str


@dataclass(frozen=True, slots=True)
class Page:
    """Recognition has come to a page; a sign of life too."""

    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a file: `lines` are its records as lines of `records.jsonl`; `copied` from a file with the same bytes."""

    uri: str
    outcomes: tuple[Outcome, ...]
    lines: tuple[bytes, ...]
    sha256: str | None
    seconds: float
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    pass


@dataclass(frozen=True, slots=True)
class Fatal:
    """The results folder cannot be written: the run as a whole stops."""

    detail: str


@dataclass(frozen=True, slots=True)
class Outgrown:
    """The system refused memory: what is left of the process is not to be trusted, and it ends."""


Message = Begun | Page | Result | Ready | Fatal | Outgrown


def serve(connection: Connection, out: Path, options: Options, reader: str, memory: int) -> None:
    """Carry out orders until the connection closes. `reader` is "module:function"; `memory` in MB."""
    _belong_to_parent()
    _bound_memory(memory)
    gc.freeze()  # what was loaded before this process branched off stays: it need not be gone through again and again
    module, _, name = reader.partition(":")
    read: Reader = getattr(import_module(module), name)
    if options.ocr:
        options = replace(options, ocr=_telling(options.ocr, connection))
    try:
        while True:
            order = connection.recv()
            if isinstance(order, Convert):
                convert(order)
            elif isinstance(order, Copy):
                connection.send(Begun(order.job.uri))
                connection.send(copied(order, out, options, read))
            else:
                for job in order.jobs:
                    connection.send(Begun(job.uri))
                    result = carried_out(job, out, options, read)
                    if any(isinstance(outcome.error, MemoryLimitError) for outcome in result.outcomes):
                        connection.send(Outgrown())
                        return
                    connection.send(result)
            connection.send(Ready())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the run is gone
    except OutputError as error:
        connection.send(Fatal(error.detail))


def carried_out(job: Job, out: Path, options: Options, read: Reader = read_job) -> Result:
    """Read a file and write its records. OutputError where they cannot be written."""
    start = time.perf_counter()
    digest = None
    try:
        data = read_file(job.path)
        digest = hashlib.sha256(data).hexdigest()
        readings = read(data, job.uri, options)
    except Exception as error:
        readings = [failed(job.uri, error)]
    outcomes: list[Outcome] = []
    lines: list[bytes] = []
    for reading in readings:
        outcome, records = write_reading(reading, job, out, options)
        outcomes.append(outcome)
        lines += [record.model_dump_json().encode("utf-8") for record in records]
    return Result(job.uri, tuple(outcomes), tuple(lines), digest, time.perf_counter() - start)


def copied(order: Copy, out: Path, options: Options, read: Reader = read_job) -> Result:
    """The records of a file with the same bytes under this file's name; read anew where they are not there any more."""
    start = time.perf_counter()
    readings = copy_record(order.first, order.parts, order.job.uri, order.sha256, out)
    if readings is None:
        return carried_out(order.job, out, options, read)
    outcome, records = write_reading(readings, order.job, out, options)
    lines = tuple(record.model_dump_json().encode("utf-8") for record in records)
    return Result(order.job.uri, (outcome,), lines, order.sha256, time.perf_counter() - start, True)


def convert(order: Convert) -> None:
    """Old Word files through LibreOffice in one call; what fails is tried alone when its file is read."""
    from vndirective.parsers.office.convert import convert_all

    try:
        convert_all((job.path.read_bytes(), s) for job, s in zip(order.jobs, order.suffixes, strict=True))
    except OSError:
        return


def _telling(ocr: OcrSettings, connection: Connection) -> OcrSettings:
    return replace(ocr, progress=lambda page, pages: connection.send(Page(page, pages)))


def _belong_to_parent() -> None:
    """A session of its own, so that Ctrl-C at the terminal reaches the run only; and no life after the run's."""
    if sys.platform == "win32":
        return
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _bound_memory(memory: int) -> None:
    try:
        import resource

        most = memory * _BACKSTOP * 2**20
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    except (ImportError, ValueError, OSError):
        return  # the run still watches
