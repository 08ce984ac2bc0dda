"""A process that reads documents for a worker, so that a document which crashes, hangs or swells costs only itself.

    worker ─(bytes, uri, options)─▶ child ─▶ Prepared     one at a time over a socket

A worker of Dask cannot have children of multiprocessing's kind, hence a plain one. It dies with its worker.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from vndirective.batch.outcomes import Summary
from vndirective.batch.reading import Options
from vndirective.errors import MemoryLimitError, TimeLimitError, VndirectiveError, WorkerError

ATTEMPTS = 2  # a document that kills its reader so many times is put aside
_MAIN = "from vndirective.cluster.child import main; main()"  # so named, what it sends is of this module
READY = "ready"
_START = 120.0  # seconds for starting
_LOOK = 0.25  # seconds between looks at time and memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    seconds: float = 600.0
    megabytes: int = 4096
    reader: str = "vndirective.batch.reading:read_job"  # "module:function"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading as it will be written: for each record its part, its id, its summary and its JSON; or the error."""

    uri: str
    records: tuple[tuple[int, str, Summary, bytes], ...] = ()
    error: VndirectiveError | None = None
    trace: str = ""


@dataclass(slots=True)
class Reader:
    """The child of one thread, started when first needed and again after each death."""

    limits: Limits
    _process: subprocess.Popen[bytes] | None = None
    _line: Connection | None = None

    def convert(self, documents: Sequence[bytes]) -> None:
        """Old Word files through LibreOffice in one call; what fails here is tried again when it is read."""
        with suppress(VndirectiveError):
            self._ask(("convert", list(documents)), self.limits.seconds + 5 * len(documents))

    def read(self, data: bytes, uri: str, options: Options) -> tuple[list[Prepared], int]:
        """What came of a document, and in how many attempts."""
        error: VndirectiveError = WorkerError()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._ask(("read", data, uri, options, self.limits.reader), self.limits.seconds), attempt
            except VndirectiveError as died:
                error = died
        return [Prepared(uri, error=error)], ATTEMPTS

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._line = self._process = None

    def _ask(self, question: tuple[Any, ...], seconds: float) -> Any:
        try:
            line, process = self._started()
            line.send(question)
            end = time.monotonic() + seconds
            while not line.poll(_LOOK):
                if time.monotonic() > end:
                    raise TimeLimitError(f"> {seconds:.0f} s")
                if _resident(process.pid) > self.limits.megabytes:
                    raise MemoryLimitError(f"> {self.limits.megabytes} MB")
            return line.recv()
        except (EOFError, OSError) as error:
            code = self._process.wait() if self._process else None
            self.close()
            raise WorkerError(f"signal {-code}" if code and code < 0 else f"exit code {code}") from error
        except BaseException:
            self.close()
            raise

    def _started(self) -> tuple[Connection, subprocess.Popen[bytes]]:
        if self._process is None or self._line is None:
            ours, theirs = Pipe()
            self._process = subprocess.Popen(
                [sys.executable, "-c", _MAIN, str(theirs.fileno()), str(os.getpid())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal is for the driver alone
            )
            theirs.close()
            self._line = ours
            # libraries are loaded before the clock of a document starts
            if not ours.poll(_START) or ours.recv() != READY:
                raise WorkerError("start")
        return self._line, self._process


def _resident(pid: int) -> int:
    """Megabytes of a process, 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/statm", encoding="ascii") as stream:  # noqa: PTH123
        return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    return 0


# --- in the child -----------------------------------------------------------------------------------------------------


def main() -> None:
    line = Connection(int(sys.argv[1]))
    _die_with(int(sys.argv[2]))
    _warm_up()
    line.send(READY)
    while True:
        try:
            question = line.recv()
        except (EOFError, OSError):
            return
        if question[0] == "convert":
            _convert(question[1])
            line.send(None)
        else:
            line.send(prepared(*question[1:]))


def _warm_up() -> None:
    """Word lists and models are loaded by the first document that needs them: here by one of our own."""
    from vndirective.batch.reading import read_job

    text = "Số: 1/TB-UBND\n\nTHÔNG BÁO\nVề việc rà soát\n\n1. Các xã báo cáo 3 hộ trước ngày 02/4/2025.\n"
    read_job(text.encode("utf-8"), "warm-up.txt", Options())


def prepared(data: bytes, uri: str, options: Options, reader: str) -> list[Prepared]:
    from vndirective.batch.outcomes import summarise
    from vndirective.batch.writing import record_text

    def one(record: Any) -> tuple[int, str, Summary, bytes]:
        text = record_text(record, options)
        return record.source.part, record.id, summarise(record), text.encode("utf-8")

    module, _, name = reader.partition(":")
    read_job = getattr(importlib.import_module(module), name)
    return [Prepared(r.uri, tuple(map(one, r.records)), r.error, r.trace) for r in read_job(data, uri, options)]


def _convert(documents: list[bytes]) -> None:
    from vndirective.parsers.office import SUFFIXES
    from vndirective.parsers.office.convert import convert_all
    from vndirective.parsers.sniff import media_type_of

    kinds = [(d, SUFFIXES.get(media_type_of(d))) for d in documents]
    convert_all((d, s) for d, s in kinds if s)


def _die_with(parent: int) -> None:
    """Linux kills this process when its parent dies; elsewhere it ends with the document in hand."""
    import ctypes
    import signal

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)
