"""A whole archive through the command line: files a second, efficiency of two workers, memory over time, a finished set again.

    python benchmarks/throughput.py [SIZE ...]    default: 1000 3000 10000

The archive is made by archive.py. Each run is a `vndirective extract FOLDER -o OUT --jobs N` of its own; seconds of the processor
are those of all its processes, asked of the system, as memory is, five times a second. One worker and two read the same set
of the middle size, one after the other; the largest is read by two, and read again when all is done.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import archive

SIZES = (1_000, 3_000, 10_000)
EVERY = 0.2  # seconds from one look at the memory to the next
PROGRAM = "import sys; sys.argv[0] = 'vndirective'; from vndirective.cli import main; main()"
PAGE = os.sysconf("SC_PAGE_SIZE") / 2**20
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Run:
    """What one run took; memory in MB, one look after the other: the parent, the largest of the others, all together."""

    files: int
    records: int
    workers: int
    seconds: float
    processor: float
    memory: list[tuple[float, float, float]] = field(default_factory=list)

    def tenth(self, number: int, which: int) -> float:
        """Mean memory in a tenth (1 to 10) of the run."""
        size = max(1, len(self.memory) // 10)
        part = self.memory[(number - 1) * size : number * size] if number < 10 else self.memory[-size:]
        return statistics.fmean(look[which] for look in part)

    def growth(self, which: int) -> str:
        second, last = self.tenth(2, which), self.tenth(10, which)
        return f"{second:.0f} → {last:.0f} ({(last / second - 1) * 100:+.0f} %)" if second else "–"

    def peak(self, which: int) -> float:
        return max(look[which] for look in self.memory)


def below(pid: int) -> Iterator[int]:
    """A process and all that it started and that they started."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from below(int(child))
    except OSError:
        return


def held(pid: int) -> float:
    """MB that a process holds for itself and shared; 0 for one that has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0.0


def spent(pid: int) -> float:
    """Seconds of the processor that a process has used; 0 for one that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    except (OSError, IndexError):
        return 0.0


def extract(folder: Path, out: Path, workers: int) -> Run:
    files = sum(p.is_file() for p in folder.rglob("*"))
    command = [sys.executable, "-c", PROGRAM, "extract", str(folder), "-o", str(out), "--jobs", str(workers), "--quiet"]
    memory: list[tuple[float, float, float]] = []
    used: dict[
        int, float
    ] = {}  # by process: those that read are no children of the run, so the system does not add them up
    with (out.parent / f"{out.name}.log").open("wb") as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=log)
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(EVERY):
                found = list(below(process.pid))
                parent, *others = map(held, found)
                for pid in found[1:]:
                    used[pid] = max(used.get(pid, 0.0), spent(pid))
                memory.append((parent, max(others, default=0.0), parent + sum(others)))

        watcher = threading.Thread(target=look)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watcher.join()
    if process.returncode:
        sys.exit(f"extract ended with {process.returncode}:\n{log_tail(out)}")
    records = sum(1 for _ in (out / "records").rglob("*.json"))
    processor = usage.ru_utime + usage.ru_stime + sum(used.values())
    return Run(files, records, workers, seconds, processor, memory or [(0.0, 0.0, 0.0)])


def log_tail(out: Path) -> str:
    return (out.parent / f"{out.name}.log").read_text(errors="replace")[-2000:]


def main() -> None:
    sizes = sorted({int(a) for a in sys.argv[1:]} or SIZES)
    largest, middle = sizes[-1], sizes[-2] if len(sizes) > 1 else sizes[-1]
    print(f"{date.today()}, {os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for size in sizes:
            started = time.perf_counter()
            archive.make(scratch / f"in-{size}", size, seed=size)
            made = time.perf_counter() - started
        print(f"{largest:,} files made in {made:.0f} s\n")
        print("| files | workers | files/s | s, clock | s, processor | ms each, processor | records | worker MB, second → last tenth | parent MB | all MB, most |")  # fmt: skip
        print("|---|---|---|---|---|---|---|---|---|---|")
        done: dict[tuple[int, int], Run] = {}
        for size, workers in sorted({(middle, 1), *((size, 2) for size in sizes)}):
            run = done[size, workers] = extract(scratch / f"in-{size}", scratch / f"out-{size}-{workers}", workers)
            show(run)
        print()
        one, two = done[middle, 1], done[middle, 2]
        print(f"two workers beside one, the same {middle:,} files: {one.seconds / two.seconds:.2f} times as fast")
        print(f"cost of the processor for it: {two.processor / one.processor:.2f} times that of one")
        first = done[largest, 2]
        again = extract(scratch / f"in-{largest}", scratch / f"out-{largest}-2", 2)
        print(f"the finished set of {largest:,} again: {again.seconds:.1f} s, {again.seconds / first.seconds:.2%} of the first run; ", end="")  # fmt: skip
        print(f"of the processor {again.processor:.1f} s, {again.processor / first.processor:.2%}")
        assert again.records == first.records


def show(run: Run) -> None:
    parent, worker = run.growth(0), run.growth(1)
    each = run.processor / run.files * 1000
    print(
        f"| {run.files:,} | {run.workers} | {run.files / run.seconds:.1f} | {run.seconds:.0f} | {run.processor:.0f} | {each:.1f} "
        f"| {run.records:,} | {worker} | {parent} | {run.peak(2):.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
