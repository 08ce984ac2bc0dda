"""New files as they come: looks again and again, which works on every file system, network shares too."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from vndirective.batch.archive import Plan, Tally, Watcher, run_archive
from vndirective.batch.finding import Job
from vndirective.batch.reading import Options

_NAP = 0.2  # seconds


def watch(
    inputs: Sequence[Path],
    out: Path,
    options: Options,
    plan: Plan,
    watcher: Watcher,
    stopping: Callable[[], bool],
    interval: float,
) -> Iterator[Tally]:
    """A tally of each look that read something, until `stopping`. A file is read once it has been the same in two looks."""
    seen: dict[str, tuple[int, int]] = {}

    def rests(job: Job) -> bool:
        state = (job.size, job.mtime_ns)
        same = seen.get(job.uri) == state
        seen[job.uri] = state
        return same

    plan = replace(plan, takes=rests, wait=True)
    while not stopping():
        tally = run_archive(inputs, out, options, plan, watcher, stopping)
        plan = replace(plan, force=False, retry_failed=False)
        if tally.read or tally.copied:
            yield tally
        until = time.monotonic() + interval
        while not stopping() and time.monotonic() < until:
            time.sleep(_NAP)
