"""What a run leaves below OUT; each file whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vndirective.batch.finding import Job
from vndirective.batch.outcomes import Outcome, Report, summarise
from vndirective.batch.reading import Options, Reading, failed
from vndirective.errors import InputError
from vndirective.filenames import fitted

if TYPE_CHECKING:
    from vndirective.corrections.kept import Conflict
    from vndirective.schema.record import Record


def write_reading(reading: Reading, job: Job, out: Path, options: Options) -> Outcome:
    """The records of a reading below `out`, what people corrected in earlier runs put in again."""
    job = Job(job.path, Path(reading.uri))
    records: list[Record] = []
    conflicts: list[Conflict] = []
    try:
        for read in reading.records:
            path = record_path(out, reading.uri, read.source.part)
            record, found = _with_corrections(read, out, path)
            records.append(record if options.keep_text else record.model_copy(update={"text": None}))
            conflicts += found
            write_whole(path, records[-1].model_dump_json(indent=1) + "\n")
    except Exception as error:
        reading = failed(reading.uri, error)
    if reading.error is not None:
        return Outcome(job, error=reading.error, trace=reading.trace)
    return Outcome(job, tuple(map(summarise, records)), conflicts=tuple(conflicts))


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
    write_whole(out / "failures.json", json.dumps(failures, ensure_ascii=False, indent=1) + "\n")
    write_whole(out / "run.json", json.dumps(totals, ensure_ascii=False, indent=1) + "\n")
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
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_whole(path: Path, content: str) -> None:
    """Whole or not at all; InputError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(fitted(f".{path.name}", f".{os.getpid()}.part"))
        draft.write_text(content, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
