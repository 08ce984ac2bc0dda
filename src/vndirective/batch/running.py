"""All files of a run, spread over processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from vndirective.batch.finding import Job, read_file
from vndirective.batch.outcomes import Outcome
from vndirective.batch.reading import Options, failed, read_job
from vndirective.batch.writing import write_reading
from vndirective.errors import InternalError

BATCH = 40  # old Word files in one call of LibreOffice
_SERIAL = 6  # fewer files are read faster than processes start


def run(
    jobs: Sequence[Job], out: Path, options: Options | None = None, *, workers: int | None = None
) -> Iterator[Outcome]:
    """Read all jobs and write their records below `out`; outcomes come as they are ready.

    `options.ocr.progress` is told of pages only where all is read in this process. The files written do not depend on
    the number of workers. After the last outcome, call `write_report`.
    """
    workers = workers or os.cpu_count() or 1
    options = options or Options()
    office = {job.path: suffix for job in jobs if (suffix := _office_suffix(job.path))}
    if workers == 1 or len(jobs) < _SERIAL:
        _convert([j for j in jobs if j.path in office], office)
        for job in jobs:
            yield from _process(job, out, options)
        return
    options = options.without_progress()
    done: set[Path] = set()
    with ProcessPoolExecutor(max_workers=workers) as pool:
        waiting = [j for j in jobs if j.path in office]
        batches = [waiting[i : i + BATCH] for i in range(0, len(waiting), BATCH)]
        # old Word files go to LibreOffice in batches while the others are read
        pending: dict[Future[Any], list[Job]] = {pool.submit(_convert, b, office): b for b in batches}
        pending |= {pool.submit(_process, j, out, options): [] for j in jobs if j.path not in office}
        try:
            while pending:
                ready, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in ready:
                    converted = pending.pop(future)
                    if converted:
                        future.result()
                        pending |= {pool.submit(_process, j, out, options): [] for j in converted}
                        continue
                    for outcome in future.result():
                        done.add(outcome.job.path)
                        yield outcome
        except BrokenProcessPool:
            pass
    # a worker died: who is left is read one at a time, each in a process of its own
    for job in jobs:
        if job.path not in done:
            yield from _isolated(job, out, options)


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


def _isolated(job: Job, out: Path, options: Options) -> list[Outcome]:
    with ProcessPoolExecutor(max_workers=1) as pool:
        try:
            return pool.submit(_process, job, out, options).result()
        except BrokenProcessPool:
            return [Outcome(job, error=InternalError("worker died"))]


def _process(job: Job, out: Path, options: Options) -> list[Outcome]:
    """Outcome of a file, or one for each file in a bundle, under its path within."""
    try:
        readings = read_job(read_file(job.path), job.uri, options)
    except Exception as error:
        readings = [failed(job.uri, error)]
    return [write_reading(reading, job, out, options) for reading in readings]
