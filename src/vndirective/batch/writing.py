"""What a run leaves below OUT; each file whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vndirective.batch.finding import Job
from vndirective.batch.outcomes import Outcome, Report, summarise
from vndirective.batch.reading import Options, Reading, failed
from vndirective.errors import (
    EmptyInputError,
    FormatError,
    InputError,
    MissingProgramError,
    OutputError,
    VndirectiveError,
    WorkerError,
)
from vndirective.filenames import fitted

if TYPE_CHECKING:
    from vndirective.corrections.kept import Conflict
    from vndirective.schema.record import Record


def write_reading(reading: Reading, job: Job, out: Path, options: Options) -> tuple[Outcome, list[Record]]:
    """The records of a reading below `out`, what people corrected in earlier runs put in again. OutputError where they cannot be written."""
    job = Job(job.path, Path(reading.uri))
    records: list[Record] = []
    conflicts: list[Conflict] = []
    try:
        for read in reading.records:
            path = record_path(out, reading.uri, read.source.part)
            record, found = _with_corrections(read, out, path)
            records.append(record if options.keep_text else record.model_copy(update={"text": None}))
            conflicts += found
    except Exception as error:
        reading = failed(reading.uri, error)
    if reading.error is not None:
        return Outcome(job, error=reading.error, trace=reading.trace), []
    for record in records:
        write_whole(record_path(out, reading.uri, record.source.part), record_text(record, options))
    return Outcome(job, tuple(map(summarise, records)), conflicts=tuple(conflicts)), records


def copy_record(first: str, parts: int, uri: str, sha256: str, out: Path) -> Reading | None:
    """The records of the file `first` as those of `uri`, which holds the same bytes. None where they must be read anew: they are
    gone, damaged or of other bytes, or people corrected one of the two."""
    from pydantic import ValidationError

    from vndirective.schema.record import Record

    records = []
    for part in range(1, parts + 1):
        path = record_path(out, first, part)
        corrected = (out / "corrections").is_dir() and any(
            (out / "corrections" / record_path(out, name, part).relative_to(out / "records")).exists()
            for name in (first, uri)
        )
        try:
            if corrected:
                return None
            record = Record.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None
        if record.source.sha256 != sha256:
            return None
        records.append(record.model_copy(update={"source": record.source.model_copy(update={"uri": uri})}))
    return Reading(uri, tuple(records))


def record_text(record: Record, options: Options) -> str:
    """What a record's file holds, whoever writes it."""
    kept = record if options.keep_text else record.model_copy(update={"text": None})
    return kept.model_dump_json(indent=1) + "\n"


def _with_corrections(record: Record, out: Path, path: Path) -> tuple[Record, tuple[Conflict, ...]]:
    """What people corrected in earlier runs (`vndirective apply`) is put in again."""
    if not (out / "corrections").is_dir():
        return record, ()
    from vndirective.corrections.kept import kept_path, read_kept, restored

    kept = read_kept(kept_path(out, path))
    return restored(record, kept) if kept else (record, ())


def record_path(out: Path, uri: str, part: int) -> Path:
    """`OUT/records/a/002.txt.json`, from the second part on `….2.json`; a name too long for that is cut."""
    relative = PurePosixPath(uri)
    suffix = ".json" if part == 1 else f".{part}.json"
    return out / "records" / relative.with_name(fitted(relative.name, suffix))


def write_report(out: Path, outcomes: Sequence[Outcome]) -> Report:
    """Write `failures.jsonl` and `run.json`, in the order of the files; no time of day, so that runs can be compared."""
    report = Report(sorted(outcomes, key=lambda o: o.job.uri))
    records = [s for o in report.outcomes for s in o.summaries]
    write_failures(out, (failure_row(o, str(o.job.path)) for o in report.failures))
    totals = {
        "files": len(report.outcomes),
        "failures": len(report.failures),
        "records": len(records),
        "tasks": sum(s.tasks for s in records),
        "deadlines": sum(s.deadlines for s in records),
        "targets": sum(s.targets for s in records),
    }
    write_totals(out, totals)
    return report


def failure_row(outcome: Outcome, path: str, attempts: int = 1) -> dict[str, object]:
    """A line of `failures.jsonl`: `path` is where the file (a bundle for one in it) lies, `stage` what went wrong with it."""
    error = outcome.error
    if error is None:
        raise ValueError("no failure")
    return {
        "uri": outcome.job.uri,
        "path": path,
        "code": error.code,
        "exit_code": error.exit_code,
        "message": {"vi": error.message("vi"), "en": error.message("en")},
        "next_step": {"vi": error.next_step("vi"), "en": error.next_step("en")},
        "stage": stage_of(error),
        "attempts": attempts,
    }


def stage_of(error: VndirectiveError) -> str:
    """Where a file failed: "open" (it cannot be got at), "parse" (its format), "process" (it ended its process), "read" (our own mistake)."""
    if isinstance(error, WorkerError):
        return "process"
    if isinstance(error, FormatError | MissingProgramError | EmptyInputError):
        return "parse"
    return "open" if isinstance(error, InputError) else "read"


def write_failures(out: Path, rows: Iterable[dict[str, object]]) -> None:
    write_whole(out / "failures.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_totals(out: Path, totals: Mapping[str, int]) -> None:
    write_whole(out / "run.json", json.dumps(totals, ensure_ascii=False, indent=1) + "\n")


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
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_whole(path: Path, content: str) -> None:
    """Whole or not at all; OutputError where it cannot be written."""
    write_bytes_whole(path, content.encode("utf-8"))


def write_bytes_whole(path: Path, content: bytes) -> None:
    """As `write_whole`."""
    draft = path.with_name(fitted(f".{path.name}", f".{os.getpid()}.part"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror}") from error
