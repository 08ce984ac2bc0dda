"""All files of a small run, one after the other in this process; `archive.py` is for any number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from vndirective.batch.finding import Job, read_file
from vndirective.batch.outcomes import Outcome
from vndirective.batch.reading import Options, failed, read_job
from vndirective.batch.writing import write_reading


def run(jobs: Sequence[Job], out: Path, options: Options | None = None) -> Iterator[Outcome]:
    """Read all jobs and write their records below `out`: one outcome a file, or one for each file in a bundle, as they are ready.

    No manifest is kept and nothing is watched over. After the last outcome, call `write_report`. OutputError where OUT cannot be written.
    """
    options = options or Options()
    _convert(jobs)
    for job in jobs:
        try:
            readings = read_job(read_file(job.path), job.uri, options)
        except Exception as error:
            readings = [failed(job.uri, error)]
        for reading in readings:
            yield write_reading(reading, job, out, options)[0]


def _convert(jobs: Sequence[Job]) -> None:
    """Old Word files through LibreOffice in as few calls as can be."""
    from vndirective.batch.archive import office_suffix
    from vndirective.parsers.office.convert import convert_all

    old = [(job, suffix) for job in jobs if (suffix := office_suffix(job))]
    if old:
        convert_all((job.path.read_bytes(), suffix) for job, suffix in old)
