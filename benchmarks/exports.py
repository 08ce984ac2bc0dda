"""Time and peak memory of each export over many records, each in a process of its own.

python benchmarks/exports.py [RECORDS ...]    default: 1000 10000; flat memory shows as like peaks in both columns
"""

from __future__ import annotations

import hashlib
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from vndirective import batch, extract
from vndirective.export import FORMATS, export
from vndirective.schema.record import Record

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples" / "notices"
SIZES = (1_000, 10_000)
AGAIN = ("xlsx", "ics")  # what reads the file that it replaces


def sample_records() -> list[Record]:
    """Records of the typed samples: what registers are mostly made of."""
    paths = [p for p in sorted(SAMPLES.iterdir()) if p.suffix in {".docx", ".txt", ".md", ".html"}]
    return [record for path in paths for record in extract(path)]


def fill(out: Path, count: int) -> None:
    """An OUT of `count` records, each with a source file of its own."""
    samples, sources = sample_records(), out.parent / "notices"
    for number in range(count):
        record = samples[number % len(samples)]
        data = f"{record.text}\n{number}".encode()
        sha256 = hashlib.sha256(data).hexdigest()
        name = f"{number // 500:03d}/vb-{number:05d}.txt"
        source = record.source.model_copy(
            update={"uri": name, "sha256": sha256, "size_bytes": len(data), "part": 1, "parts": 1}
        )
        made = record.model_copy(update={"id": f"{sha256[:16]}-1", "source": source})
        for path, content in (
            (sources / name, data),
            (out / "records" / f"{name}.json", made.model_dump_json(indent=1).encode()),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    (out / "run.json").write_text(json.dumps({"records": count}))
    batch.write_sources(out, [sources])


def one(out: Path, name: str) -> None:
    """Export in this process; seconds of the processor, peak memory in MB and size in MB go to standard output."""
    start = time.process_time()
    exported = export(out, name)
    seconds = time.process_time() - start
    size = sum(p.stat().st_size for p in exported.written.paths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak, size / 1e6, exported.collection.count]))


def measure(out: Path, name: str) -> tuple[float, float, float, int]:
    command = [sys.executable, __file__, "--one", str(out), name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak, size, count = json.loads(done.stdout)
    return seconds, peak, size, count


def main() -> None:
    sizes = [int(a) for a in sys.argv[1:]] or list(SIZES)
    print(f"{platform.machine()}, Python {platform.python_version()}, processor time, one process a format")
    print("| format | " + " | ".join(f"{n} records: s | peak MB | MB written" for n in sizes) + " |")
    print("|---|" + "---|---|---|" * len(sizes))
    with tempfile.TemporaryDirectory() as scratch:
        outs = []
        for size in sizes:
            outs.append(Path(scratch) / str(size) / "out")
            # in a process of its own: a child's peak counts from what its parent holds
            subprocess.run([sys.executable, __file__, "--fill", str(outs[-1]), str(size)], check=True)
        for name in (*FORMATS, *AGAIN):
            again = (outs[0] / "export" / FORMATS[name].name).exists()
            cells = []
            for out, size in zip(outs, sizes, strict=True):
                seconds, peak, written, count = measure(out, name)
                assert count == size
                cells += [f"{seconds:.1f}", f"{peak:.0f}", f"{written:.1f}"]
            print(f"| {name}{' over an earlier one' if again else ''} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), sys.argv[3])
    elif sys.argv[1:2] == ["--fill"]:
        fill(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
