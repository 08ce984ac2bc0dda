"""A run whose reader meets poison, as a process of its own: python poisoned_run.py IN OUT WORKERS SECONDS MEGABYTES"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

from vndirective.batch import Limits, Options, Reading, read_job
from vndirective.batch.archive import Plan, Tally, run_archive
from vndirective.batch.manifest import Finished


def read(data: bytes, uri: str, options: Options) -> list[Reading]:
    """As `read_job`, but some files do to their process what bad files do."""
    if b"POISON kill" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"POISON segfault" in data:
        ctypes.string_at(0)
    if b"POISON loop" in data:
        while True:
            pass
    if b"POISON hog" in data:
        held = []
        while True:
            held.append(b"x" * 2**24)
    time.sleep(0.03)  # long enough for a run to be killed in the middle
    return read_job(data, uri, options)


class Silent:
    def waiting(self, holder: str) -> None: ...
    def planned(self, found: int, left: int) -> None: ...
    def finished(self, done: Finished) -> None: ...
    def page(self, uri: str, page: int, pages: int) -> None: ...


def run(folder: Path, out: Path, workers: int, limits: Limits, *, retry_failed: bool = False) -> Tally:
    plan = Plan(workers, limits, retry_failed=retry_failed, reader="poisoned_run:read")
    return run_archive([folder], out, Options(), plan, Silent(), lambda: False)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Limits(float(sys.argv[4]), int(sys.argv[5])))
