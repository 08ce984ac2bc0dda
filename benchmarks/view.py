"""Opening the review page of many notices in headless Chromium: file size, seconds, memory of the page.

python benchmarks/view.py [NOTICES ...]    default: 1000; every tenth notice is a PDF with page pictures
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from exports import fill

from chromium import CHROMIUM, MODULES, NO_BROWSER
from vndirective import batch, extract
from vndirective.export import export
from vndirective.export.collection import Collection

PDF = ROOT / "samples" / "notices" / "s04-ct-ubnd-tinh.pdf"
TIMES = 5


def add_scans(out: Path, count: int) -> None:
    """PDF files of two pages beside the typed notices, each with a source of its own."""
    [sample] = extract(PDF)
    folder = out.parent / "notices"
    for number in range(count):
        data = PDF.read_bytes() + b"\n" * (number + 1)
        sha256 = hashlib.sha256(data).hexdigest()
        name = f"pdf-{number:05d}.pdf"
        source = sample.source.model_copy(update={"uri": name, "sha256": sha256, "size_bytes": len(data)})
        record = sample.model_copy(update={"id": f"{sha256[:16]}-1", "source": source})
        (folder / name).write_bytes(data)
        (out / "records" / f"{name}.json").write_text(record.model_dump_json(indent=1), encoding="utf-8")
    batch.write_sources(out, [folder])


def opening(page: Path) -> dict[str, float]:
    """Milliseconds from the request to the first document on the screen, and to the whole list of tasks; megabytes of heap."""
    environment = {**os.environ, "NODE_PATH": str(MODULES), "CHROMIUM": CHROMIUM}
    command = ["node", str(ROOT / "tests" / "browser" / "opening.js"), str(page)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    if NO_BROWSER:
        sys.exit(NO_BROWSER)
    sizes = [int(a) for a in sys.argv[1:]] or [1_000]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of {TIMES} openings"
    )
    print("| notices | page pictures | file MB | written in s | opened in s (slowest) | agenda after s | heap MB |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            out = Path(scratch) / str(size) / "out"
            fill(out, size - size // 10)
            add_scans(out, size // 10)
            start = time.perf_counter()
            written = export(out, "html").written.paths[0]
            seconds = time.perf_counter() - start
            assert sum(1 for _ in Collection(out).records()) == size
            times = [opening(written) for _ in range(TIMES)]
            shown = [t["shown"] / 1000 for t in times]
            agenda = statistics.median(t["agenda"] / 1000 for t in times)
            heap = statistics.median(t["heap"] for t in times)
            print(
                f"| {size:,} | {int(times[0]['pictures'])} | {written.stat().st_size / 1e6:.1f} | {seconds:.1f} | "
                f"{statistics.median(shown):.2f} ({max(shown):.2f}) | {agenda:.2f} | {heap:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
