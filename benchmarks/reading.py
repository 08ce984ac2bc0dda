"""Speed and memory, measured in one run: notices a second and core by format, share of each stage, ratios.

python benchmarks/reading.py [FOLDER ...]    default: samples/notices and, where present, ../shared/notices
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from vndirective.errors import VndirectiveError
from vndirective.parsers import load, sniff
from vndirective.pipeline import read_document

ROUNDS = 5
MADE = 200  # files of which the PDF are read
OLD_WORD = 40
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "notices"
DEFAULT = [ROOT / "samples" / "notices", *(SHARED / f for f in ("seed", "rendered/docx", "rendered/pdf", "real/typed"))]
FORMATS = {sniff.TEXT: "text", sniff.MARKDOWN: "text", sniff.HTML: "html", sniff.DOCX: "docx", sniff.PDF: "pdf"}


def cpu(work, *args) -> float:
    start = time.process_time()
    work(*args)
    return time.process_time() - start


def boxes(data: bytes) -> None:
    """pypdfium2's own text, and the boxes of the first and last character of each word."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(data)
    numbers = [ctypes.c_double() for _ in range(4)]
    for page in document:
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        start = 0
        for word in text.split():
            start = text.index(word, start)
            for at in {start, start + len(word) - 1}:
                raw.FPDFText_GetCharBox(text_page.raw, at, *numbers)
            start += len(word)
    document.close()


def plumber(data: bytes) -> None:
    """pdfplumber's words alone."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_words()


def made() -> list[tuple[str, bytes]]:
    """PDF of the made archive: one in eight ends in a ruled table."""
    import archive

    return [(name, data) for name, data in archive.notices(MADE) if name.endswith(".pdf")]


def main() -> None:
    folders = [Path(a) for a in sys.argv[1:]] or [f for f in DEFAULT if f.is_dir()]
    files: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            data = path.read_bytes()
            kind = FORMATS.get(sniff.media_type_of(data))
            if kind is None:
                continue
            try:
                records = read_document(data, uri=path.name)  # warms up, and leaves out what cannot be read
            except VndirectiveError:
                continue
            if records[0].source.text_origin in ("ocr", "mixed"):
                continue  # scans are measured by ocr.py
            if kind == "pdf" and any(b.cell for b in load(data).blocks):
                kind = "pdf with ruled tables"  # pdfplumber reads these
            files[kind].append((path.name, data))
    if not sys.argv[1:]:
        files["pdf, made archive"] = made()
    print(f"{platform.machine()}, Python {platform.python_version()}, one core, median of {ROUNDS} rounds, CPU time")
    print(
        f"{'format':22}{'notices':>8}{'kB':>8}{'notices/s':>11}{'pages/s':>9}{'whole/loader':>14}{'whole/pdfium':>14}"
    )
    stages: dict[str, dict[str, float]] = {}
    for kind, group in sorted(files.items()):
        whole, loader, pdfium, words = [], [], [], []
        timings: dict[str, float] = {}
        pages = 0
        for _ in range(ROUNDS):
            whole.append(sum(cpu(lambda n, d, t: read_document(d, uri=n, timings=t), n, d, timings) for n, d in group))
            loader.append(sum(cpu(load, d) for _, d in group))
            if kind.startswith("pdf"):
                pdfium.append(sum(cpu(boxes, d) for _, d in group))
                words.append(sum(cpu(plumber, d) for _, d in group))
        if kind.startswith("pdf"):
            pages = sum(len(load(d).pages) for _, d in group)
        seconds = statistics.median(whole)
        stages[kind] = timings
        ratio = seconds / statistics.median(loader)
        against = f"{seconds / statistics.median(pdfium):.1f}" if pdfium else ""
        size = sum(len(d) for _, d in group) / 1000
        print(
            f"{kind:22}{len(group):8}{size:8.0f}{len(group) / seconds:11.1f}{f'{pages / seconds:.1f}' if pages else '':>9}"
            f"{ratio:14.1f}{against:>14}"
        )
        if pdfium:
            print(
                f"{'':22}loader alone / pdfium text and boxes: {statistics.median(loader) / statistics.median(pdfium):.1f}; "
                f"pdfplumber's words alone / whole: {statistics.median(words) / seconds:.1f}"
            )
    print("\nshare of each stage")
    for kind, timings in stages.items():
        total = sum(timings.values())
        print(f"{kind:22}" + "  ".join(f"{k} {v / total:.0%}" for k, v in timings.items()))
    old_word()
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    ours, empty = start_up(OURS), start_up(EMPTY)
    print(
        f"vndirective --help {ours * 1000:.0f} ms, empty Typer command {empty * 1000:.0f} ms, ratio {ours / empty:.1f}"
    )


def old_word() -> None:
    """Forty old Word files of distinct content in one run of one process, nothing kept from before: whole seconds each.

    The files are made beforehand from our samples' text by LibreOffice; what is timed is what a user waits for: conversion in
    one call, reading, writing records.
    """
    from vndirective import batch
    from vndirective.parsers.office import convert

    if convert.program() is None:
        print("\nold Word files: LibreOffice is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["VNDIRECTIVE_CACHE"] = str(folder / "cache")
        convert._folder.cache_clear()
        made = _old_word_files(folder)
        started, children = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        own = time.process_time()
        outcomes = list(batch.run(batch.find_jobs([made]), folder / "out"))
        seconds, own = time.perf_counter() - started, time.process_time() - own
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        office = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
        read = sum(o.error is None for o in outcomes)
        print(
            f"\n{read} old Word files (.doc), cold, one core: {seconds / read:.2f} s each as the clock goes, of the processor"
        )
        print(f"{(own + office) / read:.2f} s each, LibreOffice {office / read:.2f}, vndirective {own / read:.2f}")


def _old_word_files(folder: Path) -> Path:
    from docx import Document

    from vndirective.parsers.office import convert

    samples = sorted((ROOT / "samples" / "notices").glob("*.docx"))
    (folder / "typed").mkdir()
    for i in range(OLD_WORD):
        document = Document(str(samples[i % len(samples)]))
        document.add_paragraph(f"Bản số {i + 1}.")
        document.save(str(folder / "typed" / f"{i:02}.docx"))
    command = [
        convert.program() or "",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
    ]
    typed = map(str, sorted((folder / "typed").iterdir()))
    subprocess.run([*command, "--outdir", str(folder / "in"), *typed], check=True, capture_output=True)
    return folder / "in"


EMPTY = "import typer\napp = typer.Typer()\n@app.command()\ndef main(): pass\napp(['--help'])"
OURS = "import sys; sys.argv = ['vndirective', '--help']; from vndirective.cli import main; main()"


def start_up(code: str) -> float:
    """Median wall time of a fresh interpreter in seconds."""
    times = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
