"""A run over any number of files into a results folder: goes on where the last one stopped, and loses nothing.

find ──▶ what is left (manifest) ──▶ agenda ──▶ supervised processes ──▶ records/, records.jsonl, manifest
                                                                      └─▶ at the end failures.jsonl, run.json
"""

from __future__ import annotations

import hashlib
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Protocol

from vndirective.batch.finding import Job, Search, find_jobs
from vndirective.batch.limits import Limits
from vndirective.batch.lines import NAME, RecordLines, add_corrected, without_older
from vndirective.batch.lock import locked
from vndirective.batch.manifest import Finished, Known, Manifest
from vndirective.batch.reading import Options
from vndirective.batch.supervisor import Agenda, Delivered, Pool
from vndirective.batch.worker import READER
from vndirective.batch.writing import record_path, write_failures, write_sources, write_totals

_UNFINISHED, _FINISHED = "unfinished", "finished"  # marks of the run
_TWICE, _ONCE = "twice", "once"  # how often a record may stand in `records.jsonl`
_OFFICE_STARTS = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04", b"<?xml")
_OFFICE_SUFFIXES = {".doc", ".rtf", ".odt", ".dot", ".wps", ".xml", ""}


def _any_file(_: Job) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run goes about its files.

    `force` reads all again, `retry_failed` those set apart too; `wait` for another run in the same folder. Of the files
    found, `takes` says which the run sees to. `reader` is "module:function" of a `worker.Reader`.
    """

    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    search: Search = field(default_factory=Search)
    force: bool = False
    retry_failed: bool = False
    wait: bool = False
    takes: Callable[[Job], bool] = _any_file
    reader: str = READER


class Watcher(Protocol):
    """Who is told how a run goes."""

    def waiting(self, holder: str) -> None:
        """Another run holds the folder."""

    def planned(self, found: int, left: int) -> None:
        """So many files were found, so many of them are to be read."""

    def finished(self, done: Finished) -> None:
        """A file is done with."""

    def page(self, uri: str, page: int, pages: int) -> None:
        """A page of a scan was recognised."""


@dataclass(slots=True)
class Tally:
    """What a run found and did. `codes`: exit codes of the failures among the files found, earlier ones that still stand included."""

    found: int = 0
    read: int = 0
    copied: int = 0
    unchanged: int = 0
    files: int = 0
    records: int = 0
    tasks: int = 0
    failures: int = 0
    conflicts: int = 0
    stopped: bool = False
    codes: Counter[int] = field(default_factory=Counter)

    @property
    def exit_code(self) -> int:
        """0, the one kind of failure's own code, or 1 where kinds differ."""
        return next(iter(self.codes)) if len(self.codes) == 1 else int(bool(self.codes))


class Stop:
    """Whether the run was asked to stop. The first signal finishes what is in hand, the second raises KeyboardInterrupt."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    def ask(self, _signal: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def stopped_by_signals(told: Callable[[], None]) -> Iterator[Stop]:
    """SIGINT and SIGTERM ask for a stop within; `told` is called at the first. Outside the main thread nothing is changed."""
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.ask(number, frame)
        told()

    before = {}
    with suppress(ValueError):
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_archive(
    inputs: Sequence[Path], out: Path, options: Options, plan: Plan, watcher: Watcher, stopping: Callable[[], bool]
) -> Tally:
    """Bring OUT up to date with the inputs. InputError (an input is missing), BusyError, OutputError, DamagedFileError (of the manifest)."""
    with locked(out, wait=plan.wait, waiting=watcher.waiting), Manifest(out) as manifest:
        return _Run(out, options, plan, watcher, manifest).over(inputs, stopping)


def note_corrected(out: Path, names: Sequence[str]) -> None:
    """People corrected records (`names`: paths below `out`): `records.jsonl` says so too. Hold the lock."""
    if not names or not (out / NAME).exists():
        return
    add_corrected(out, names)
    with Manifest(out) as manifest:
        manifest.set_mark("lines", _TWICE)


class _Run:
    def __init__(self, out: Path, options: Options, plan: Plan, watcher: Watcher, manifest: Manifest) -> None:
        self._out, self._options, self._plan = out, options, plan
        self._watcher, self._manifest = watcher, manifest
        self._made_with = options.fingerprint()
        self._known = manifest.known()
        self._tally = Tally()
        self._sizes: Counter[int] = Counter()
        self._rewritten = manifest.mark("run") == _UNFINISHED or manifest.mark("lines") == _TWICE

    def over(self, inputs: Sequence[Path], stopping: Callable[[], bool]) -> Tally:
        search = self._plan.search
        found = find_jobs(inputs, replace(search, skip=self._out))
        jobs = [job for job in found if self._plan.takes(job)]
        left = [job for job in jobs if self._is_left(job)]
        tally = self._tally
        tally.found, tally.unchanged = len(jobs), len(jobs) - len(left)
        self._watcher.planned(len(jobs), len(left))
        if left:
            write_sources(self._out, inputs)
            self._manifest.set_mark("run", _UNFINISHED)
            self._read(left, stopping)
        complete = not (tally.stopped and left)
        if left or self._rewritten or (jobs and not (self._out / "run.json").exists()):
            self._close(complete)
        self._add_up({job.uri for job in jobs})
        return tally

    def _is_left(self, job: Job) -> bool:
        known = self._known.get(job.uri)
        if known is None or self._plan.force or known.made_with != self._made_with:
            return True
        if known.state == "quarantined" and not self._plan.retry_failed and _same(job, known):
            return False
        if known.state == "failed":
            return True
        if _same(job, known):
            return known.state != "done" and self._plan.retry_failed
        if known.size == job.size and known.sha256 is not None and _digest(job) == known.sha256:
            self._manifest.touch(job, known.sha256)
            return False
        return True

    def _read(self, left: list[Job], stopping: Callable[[], bool]) -> None:
        self._sizes = Counter(job.size for job in left) + Counter(self._manifest.sizes())
        agenda = Agenda(office_suffix, self._digest_of_a_copy, self._first_with)
        agenda.add(left)
        plan = self._plan
        with (
            RecordLines(self._out) as lines,
            Pool(self._out, self._options, plan.workers, plan.limits, plan.reader) as pool,
        ):
            for event in pool.carry_out(agenda, stopping):
                if isinstance(event, Delivered):
                    lines.add(event.lines)
                    self._take(event.finished)
                else:
                    self._watcher.page(event.uri, event.page, event.pages)
        self._tally.stopped = bool(agenda)
        self._manifest.commit()

    def _take(self, done: Finished) -> None:
        known = self._known.get(done.job.uri)
        before = self._manifest.parts(done.job.uri) if known else set()
        failed = all(o.error is not None for o in done.outcomes)
        keep = bool(before) and failed and (known is None or done.sha256 in (None, known.sha256))
        if before:
            self._rewritten = True
            if not keep:
                now = {(o.job.uri, n) for o in done.outcomes for n in range(1, len(o.summaries) + 1)}
                for uri, part in before - now:
                    record_path(self._out, uri, part).unlink(missing_ok=True)
        self._manifest.put(done, self._made_with, keep_records=keep)
        self._tally.read += done.same_as is None
        self._tally.copied += done.same_as is not None
        self._tally.conflicts += sum(len(o.conflicts) for o in done.outcomes)
        self._watcher.finished(done)

    def _close(self, complete: bool) -> None:
        """What is written once, at the end; a run that was cut short leaves `run.json` out, as one that was killed does."""
        if self._rewritten:
            without_older(self._out, self._manifest.record_keys())
            self._manifest.set_mark("lines", _ONCE)
        write_failures(self._out, self._manifest.failures())
        if complete:
            write_totals(self._out, self._manifest.totals())
            self._manifest.set_mark("run", _FINISHED)
        else:
            (self._out / "run.json").unlink(missing_ok=True)

    def _add_up(self, uris: set[str]) -> None:
        sums = self._manifest.sums(uris)
        tally = self._tally
        tally.files, tally.records, tally.tasks, tally.failures = sums.files, sums.records, sums.tasks, sums.failures
        tally.codes.update(sums.exit_codes)

    def _digest_of_a_copy(self, job: Job) -> str | None:
        """Digest of a file whose size another one has too."""
        return _digest(job) if self._sizes[job.size] > 1 else None

    def _first_with(self, digest: str, job: Job) -> tuple[str, int] | None:
        return self._manifest.first_with(digest, self._made_with, job.uri)


def _same(job: Job, known: Known) -> bool:
    return (job.size, job.mtime_ns) == (known.size, known.mtime_ns)


def _digest(job: Job) -> str | None:
    try:
        with job.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def office_suffix(job: Job) -> str | None:
    """Suffix under which LibreOffice is to convert a file, None for one that it need not."""
    if job.path.suffix.lower() not in _OFFICE_SUFFIXES:
        return None  # one whose name hides what it is is converted alone
    try:
        with job.path.open("rb") as stream:
            if not stream.read(8).startswith(_OFFICE_STARTS):
                return None
        from vndirective.parsers.office import SUFFIXES
        from vndirective.parsers.sniff import media_type_of

        return SUFFIXES.get(media_type_of(job.path.read_bytes()))
    except OSError:
        return None
