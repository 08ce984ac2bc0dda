"""Many documents: find them, read them in parallel, write one JSON a notice, report what failed.

    inputs ──find──▶ jobs ──read (processes)──▶ outcomes ──write──▶ OUT/records/….json, OUT/failures.json, OUT/run.json, OUT/sources.json

One bad file never stops a run, and a record is never half-written.
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vndirective.errors import EmptyInputError, InputError, InternalError, LimitError, VndirectiveError
from vndirective.filenames import fitted

if TYPE_CHECKING:
    from vndirective.corrections.kept import Conflict
    from vndirective.parsers.ocr.settings import OcrSettings
    from vndirective.schema.record import Record

MAX_FILE_BYTES = 512 * 1024 * 1024
BATCH = 40  # old Word files in one call of LibreOffice
_SERIAL = 6  # fewer files are read faster than processes start
_LOCKS = ("~$", ".~lock")


@dataclass(frozen=True, slots=True)
class Job:
    """A file and its path below the input it was found in."""

    path: Path
    relative: Path

    @property
    def uri(self) -> str:
        return self.relative.as_posix()


@dataclass(frozen=True, slots=True)
class Summary:
    """What one record holds, for the line that the user sees."""

    doc_type: str | None
    number: str | None
    issued_on: str | None
    issuer: str | None
    tasks: int
    deadlines: int
    targets: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one file: summaries of its records, or the error."""

    job: Job
    summaries: tuple[Summary, ...] = ()
    error: VndirectiveError | None = None
    trace: str = ""
    conflicts: tuple[Conflict, ...] = ()  # corrections that this reading did not take


@dataclass(slots=True)
class Report:
    """Result of a run."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def failures(self) -> list[Outcome]:
        return [o for o in self.outcomes if o.error is not None]

    @property
    def exit_code(self) -> int:
        """0, the one kind of failure's own code, or 1 where kinds differ."""
        codes = {o.error.exit_code for o in self.failures if o.error is not None}
        return codes.pop() if len(codes) == 1 else int(bool(codes))


def find_jobs(inputs: Sequence[Path]) -> list[Job]:
    """Files below the inputs in order, hidden files and Office lock files left out. InputError for a missing input."""
    jobs: dict[Path, Job] = {}
    for given in inputs:
        if given.is_dir():
            for path in sorted(p for p in given.rglob("*") if p.is_file()):
                relative = path.relative_to(given)
                hidden = any(part.startswith(".") for part in relative.parts)
                if not hidden and not path.name.startswith(_LOCKS):
                    jobs.setdefault(path.resolve(), Job(path, relative))
        elif given.is_file():
            jobs.setdefault(given.resolve(), Job(given, Path(given.name)))
        else:
            raise InputError(str(given))
    return list(jobs.values())


def read_file(path: Path) -> bytes:
    """Bytes of a file; InputError where it cannot be read, LimitError over MAX_FILE_BYTES."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LimitError(f"{path} > {MAX_FILE_BYTES // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def run(
    jobs: Sequence[Job],
    out: Path,
    *,
    keep_text: bool = True,
    workers: int | None = None,
    ocr: OcrSettings | None = None,
) -> Iterator[Outcome]:
    """Read all jobs and write their records below `out`; outcomes come as they are ready.

    `ocr.progress` is told of pages only where all is read in this process. The files written do not depend on the number of workers. After the last outcome, call `write_report`.
    """
    workers = workers or os.cpu_count() or 1
    office = {job.path: suffix for job in jobs if (suffix := _office_suffix(job.path))}
    if workers == 1 or len(jobs) < _SERIAL:
        _convert([j for j in jobs if j.path in office], office)
        for job in jobs:
            yield from _process(job, out, keep_text, ocr)
        return
    ocr = replace(ocr, progress=None) if ocr else None
    done: set[Path] = set()
    with ProcessPoolExecutor(max_workers=workers) as pool:
        waiting = [j for j in jobs if j.path in office]
        batches = [waiting[i : i + BATCH] for i in range(0, len(waiting), BATCH)]
        # old Word files go to LibreOffice in batches while the others are read
        pending: dict[Future[Any], list[Job]] = {pool.submit(_convert, b, office): b for b in batches}
        pending |= {pool.submit(_process, j, out, keep_text, ocr): [] for j in jobs if j.path not in office}
        try:
            while pending:
                ready, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in ready:
                    converted = pending.pop(future)
                    if converted:
                        future.result()
                        pending |= {pool.submit(_process, j, out, keep_text, ocr): [] for j in converted}
                        continue
                    for outcome in future.result():
                        done.add(outcome.job.path)
                        yield outcome
        except BrokenProcessPool:
            pass
    # a worker died: who is left is read one at a time, each in a process of its own
    for job in jobs:
        if job.path not in done:
            yield from _isolated(job, out, keep_text, ocr)


def _office_suffix(path: Path) -> str | None:
    """Suffix under which LibreOffice is to convert a file, None for one that it need not."""
    from vndirective.parsers.office import SUFFIXES
    from vndirective.parsers.sniff import media_type_of

    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if not head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04", b"<?xml")):
            return None
        return SUFFIXES.get(media_type_of(path.read_bytes()))
    except OSError:
        return None


def _convert(jobs: Sequence[Job], suffixes: Mapping[Path, str]) -> None:
    from vndirective.parsers.office.convert import convert_all

    if jobs:
        convert_all((job.path.read_bytes(), suffixes[job.path]) for job in jobs)


def _isolated(job: Job, out: Path, keep_text: bool, ocr: OcrSettings | None) -> list[Outcome]:
    with ProcessPoolExecutor(max_workers=1) as pool:
        try:
            return pool.submit(_process, job, out, keep_text, ocr).result()
        except BrokenProcessPool:
            return [Outcome(job, error=InternalError("worker died"))]


def _process(job: Job, out: Path, keep_text: bool, ocr: OcrSettings | None) -> list[Outcome]:
    """Outcome of a file, or one for each file in a bundle, under its path within."""
    from vndirective.parsers import bundle
    from vndirective.parsers.sniff import media_type_of
    from vndirective.pipeline import convert_members

    try:
        data = read_file(job.path)
        media_type = media_type_of(data)
        if media_type not in bundle.KINDS:
            return [_read(job, data, out, keep_text, ocr)]
        members = bundle.members_of(data, media_type)
        convert_members(members)
    except VndirectiveError as error:
        return [Outcome(job, error=error)]
    except Exception as error:
        return [Outcome(job, error=InternalError(type(error).__name__), trace=traceback.format_exc())]
    outcomes = []
    for member in members:
        inside = Job(job.path, job.relative / member.name)
        if member.error is not None:
            outcomes.append(Outcome(inside, error=member.error))
        else:
            outcomes.append(_read(inside, member.data, out, keep_text, ocr, member.envelope))
    return outcomes or [Outcome(job, error=EmptyInputError(media_type))]


def _read(
    job: Job, data: bytes, out: Path, keep_text: bool, ocr: OcrSettings | None, envelope: tuple[str, ...] = ()
) -> Outcome:
    from vndirective.pipeline import read_document

    conflicts: list[Conflict] = []
    records: list[Record] = []
    try:
        for read in read_document(data, uri=job.uri, keep_text=True, ocr=ocr, envelope=envelope):
            path = record_path(out, job, read.source.part)
            record, found = _with_corrections(read, out, path)
            records.append(record if keep_text else record.model_copy(update={"text": None}))
            conflicts += found
            _write(path, records[-1].model_dump_json(indent=1) + "\n")
    except VndirectiveError as error:
        return Outcome(job, error=error)
    except Exception as error:
        return Outcome(job, error=InternalError(type(error).__name__), trace=traceback.format_exc())
    return Outcome(job, tuple(map(summarise, records)), conflicts=tuple(conflicts))


def _with_corrections(record: Record, out: Path, path: Path) -> tuple[Record, tuple[Conflict, ...]]:
    """What people corrected in earlier runs (`vndirective apply`) is put in again."""
    if not (out / "corrections").is_dir():
        return record, ()
    from vndirective.corrections.kept import kept_path, read_kept, restored

    kept = read_kept(kept_path(out, path))
    return restored(record, kept) if kept else (record, ())


def record_path(out: Path, job: Job, part: int) -> Path:
    """`OUT/records/a/002.txt.json`, from the second part on `….2.json`; a name too long for that is cut."""
    suffix = ".json" if part == 1 else f".{part}.json"
    return out / "records" / job.relative.with_name(fitted(job.relative.name, suffix))


def summarise(record: Record) -> Summary:
    return Summary(
        doc_type=record.doc_type.code if record.doc_type else None,
        number=(record.number.canonical or record.number.symbol) if record.number else None,
        issued_on=record.issued_on.iso if record.issued_on else None,
        issuer=record.issuer.name if record.issuer else None,
        tasks=len(record.tasks),
        deadlines=sum(len(t.deadlines) for t in record.tasks),
        targets=len(record.targets),
        warnings=tuple(w.code for w in record.warnings),
    )


def write_report(out: Path, outcomes: Sequence[Outcome]) -> Report:
    """Write `failures.json` and `run.json`, in the order of the files; no time of day, so that runs can be compared."""
    report = Report(sorted(outcomes, key=lambda o: o.job.uri))
    failures = [
        {
            "uri": o.job.uri,
            "code": o.error.code,
            "exit_code": o.error.exit_code,
            "message": {"vi": o.error.message("vi"), "en": o.error.message("en")},
            "next_step": {"vi": o.error.next_step("vi"), "en": o.error.next_step("en")},
        }
        for o in report.failures
        if o.error is not None
    ]
    records = [s for o in report.outcomes for s in o.summaries]
    totals = {
        "files": len(report.outcomes),
        "failures": len(failures),
        "records": len(records),
        "tasks": sum(s.tasks for s in records),
        "deadlines": sum(s.deadlines for s in records),
        "targets": sum(s.targets for s in records),
    }
    _write(out / "failures.json", json.dumps(failures, ensure_ascii=False, indent=1) + "\n")
    _write(out / "run.json", json.dumps(totals, ensure_ascii=False, indent=1) + "\n")
    return report


def write_sources(out: Path, inputs: Sequence[Path]) -> None:
    """Remember in `sources.json` where the files of this and earlier runs lie, relative to `out`.

    A record knows its source only relative to the input that it was found in; exports that link to the source or attach
    it need the whole way.
    """
    path = out / "sources.json"
    try:
        known = json.loads(path.read_text(encoding="utf-8"))["folders"] if path.exists() else []
    except (OSError, ValueError, KeyError, TypeError):
        known = []  # an older or half-written one is written anew
    found = (i if i.is_dir() else i.parent for i in inputs)
    folders = [Path(os.path.relpath(f.resolve(), out.resolve())).as_posix() for f in found]
    kept = [k for k in known if isinstance(k, str)]
    content = {"folders": list(dict.fromkeys([*kept, *folders]))}
    _write(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, content: str) -> None:
    """Whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(fitted(f".{path.name}", f".{os.getpid()}.part"))
        draft.write_text(content, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
