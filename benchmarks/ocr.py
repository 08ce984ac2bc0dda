"""Character, word and mark errors, order of the letterhead, seconds and memory of reading scans, beside plain Tesseract.

    python benchmarks/ocr.py [--sheets DIR]

Pages are the words of our own samples, set in type and made into scans here, so that what stands on them is known: clean at 300 dots an
inch, and degraded (skew, uneven light, blur, noise, JPEG) at 300, 200 and 150. Each route reads each page in a process of
its own, on one core; seconds are of the processor, without starting up. Where the `tesseract` command is installed it reads
the same pages with `-l vie`.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np
import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("s01-tb-ubnd-huyen", "s02-kl-tinh-uy", "s04-ct-ubnd-tinh", "s06-kh-ubnd-xa", "s07-qd-ubnd-tinh")
FONTS = Path("/usr/share/fonts/truetype/liberation2")  # Debian: fonts-liberation2
CONDITIONS = (("clean", 300), ("degraded", 300), ("degraded", 200), ("degraded", 150))
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"


def pages() -> Iterator[tuple[str, str, Any]]:
    """Name, true text in reading order, and grey pixels at 300 dots an inch: the samples' words, set in 14 points."""
    for name in SAMPLES:
        data, texts = typeset(ROOT / "samples" / "sources" / f"{name}.txt")
        with pypdfium2.PdfDocument(data) as document:
            for number, text in enumerate(texts):
                pixels = document[number].render(scale=300 / 72, rev_byteorder=True).to_numpy()[:, :, 0].copy()
                yield f"{name}-{number + 1}", text, pixels


def typeset(source: Path) -> tuple[bytes, list[str]]:
    """A notice as an office prints it, its body twice over so that a page is full; and the text of each page."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for face in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(face, str(FONTS / f"LiberationSerif-{face}.ttf")))
    lines = [line.split(": ", 1) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    part = {key: [text for k, text in lines if k == key] for key in "LRTKPNG"}
    result = io.BytesIO()
    canvas = Canvas(result, (595, 842))
    pages: list[list[str]] = [[]]
    at = 780.0

    def put(text: str, x: float, y: float, face: str = "Regular", size: float = 14, centre: bool = False) -> None:
        canvas.setFont(face, size)
        (canvas.drawCentredString if centre else canvas.drawString)(x, y, text)

    for side, x in (("L", 165.0), ("R", 410.0)):
        for k, text in enumerate(part[side]):
            put(text, x, at - 19 * k, "Bold" if text.isupper() else "Regular", 12, centre=True)
            pages[-1].append(text)
    at -= 19 * max(len(part["L"]), len(part["R"])) + 16
    for text in part["T"]:
        for row in _wrapped(text, 440, "Bold"):
            put(row, 310, at, "Bold", centre=True)
            pages[-1].append(row)
            at -= 21
    for text in part["K"] + part["P"] * 2:
        for k, row in enumerate(_wrapped(text, 415, "Regular")):
            if at < 60:
                canvas.showPage()
                pages.append([])
                at = 780.0
            put(row, 120 if k == 0 else 85, at)
            pages[-1].append(row)
            at -= 20
        at -= 4
    canvas.save()
    return result.getvalue(), [" ".join(page) for page in pages]


def _wrapped(text: str, width: float, face: str) -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    rows: list[str] = []
    for word in text.split():
        if rows and stringWidth(f"{rows[-1]} {word}", face, 14) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def degraded(page: Any, seed: int) -> Any:
    """Skew of one to two degrees, light from one side, blur, noise, JPEG of quality 50."""
    noise = np.random.default_rng(seed)
    height, width = page.shape
    angle = float(noise.uniform(1.0, 2.0) * (-1) ** seed)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    page = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    page = cv2.GaussianBlur(page.astype(np.float32), (0, 0), 1.2)
    light = np.linspace(0.72, 1.0, width)[None, :] * np.linspace(1.0, 0.86, height)[:, None]
    page = np.clip(page * light + noise.normal(0, 8, page.shape), 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 50])[1], cv2.IMREAD_GRAYSCALE)


def sheet(page: Any, condition: str, dpi: int, seed: int) -> Any:
    if condition == "degraded":
        page = degraded(page, seed)
    return cv2.resize(page, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA) if dpi < 300 else page


def plain(text: str) -> list[str]:
    """Words as they are compared: NFC, one kind of dash and quote."""
    text = unicodedata.normalize("NFC", text).translate(str.maketrans("–—“”‘’⁄Ð", "--\"\"''/Đ"))
    return re.sub(r"\s+", " ", text).strip().split()


def distance(a: list[str] | str, b: list[str] | str) -> int:
    """Levenshtein."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def marks(word: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", word) if c in MARKS or c in "đĐ"]


def compare(truth: str, read: str) -> dict[str, int]:
    """Errors of one page, each word against the word that it stands for."""
    from difflib import SequenceMatcher

    a, b = plain(truth), plain(read)
    mark_errors = mark_count = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for k, word in enumerate(a[i1:i2]):
            other = b[j1 + k] if tag != "delete" and j1 + k < j2 else ""
            mark_count += len(marks(word))
            mark_errors += distance(marks(word), marks(other))
    return {
        "chars": len(" ".join(a)),
        "char_errors": distance(" ".join(a), " ".join(b)),
        "words": len(a),
        "word_errors": distance(a, b),
        "marks": mark_count,
        "mark_errors": mark_errors,
        "order": int(_letterhead_order(b)),
        "letterheads": int("NGHĨA" in a[:40] or "ĐẢNG" in a[:40]),
    }


def _letterhead_order(words: list[str]) -> bool:
    """The issuing body before the motto, each in one piece."""
    text = " ".join(words[:60])
    motto = max(text.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA"), text.find("ĐẢNG CỘNG SẢN VIỆT NAM"))
    body = re.search(r"ỦY BAN NHÂN DÂN (?:TỈNH|HUYỆN|XÃ)|(?:TỈNH|HUYỆN) ỦY|UBND", text)
    return bool(body and motto > body.start() and re.search(r"Số[: ]*\d", text[:motto]))


def read_here(folder: Path) -> None:
    """Read every sheet of a folder in this process; print seconds by stage, memory and texts as JSON."""
    from vndirective.parsers import load
    from vndirective.parsers.ocr import engine as engine_room
    from vndirective.parsers.ocr.engine import load_engine

    engine = load_engine()
    inside = 0.0
    original = engine_room.Tesseract.read

    def timed(self: Any, *arguments: Any) -> Any:
        nonlocal inside
        start = time.process_time()
        try:
            return original(self, *arguments)
        finally:
            inside += time.process_time() - start

    engine_room.Tesseract.read = timed  # type: ignore[method-assign]
    sheets = sorted(folder.glob("*.png"))
    load(sheets[0].read_bytes())  # word lists and the engine's data are loaded once in a run, not once a page
    del engine
    inside, start = 0.0, time.process_time()
    texts = {}
    for path in sheets:
        try:
            texts[path.stem] = load(path.read_bytes()).text
        except Exception as error:
            texts[path.stem] = f"{type(error).__name__}"
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"texts": texts, "seconds": spent / len(sheets), "inside": inside / spent, "mb": peak}))


def ours(folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--read", str(folder)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def tesseract(folder: Path, threads: str | None) -> dict[str, Any]:
    """Plain Tesseract; `threads` None as it starts by itself, which is what its users run."""
    texts, seconds = {}, []
    environment = {k: v for k, v in os.environ.items() if k != "OMP_THREAD_LIMIT"}
    if threads is not None:
        environment["OMP_THREAD_LIMIT"] = threads
    for path in sorted(folder.glob("*.png")):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            ["tesseract", str(path), "-", "-l", "vie", "--psm", "3"],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
        texts[path.stem] = done.stdout
    return {"texts": texts, "seconds": sum(seconds) / len(seconds), "inside": None, "mb": None}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--read", type=Path)
    parser.add_argument("--sheets", type=Path, help="keep the pages here")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.read:
        read_here(arguments.read)
        return
    routes: dict[str, Callable[[Path], dict[str, Any]]] = {"vndirective": ours}
    if shutil.which("tesseract"):
        routes["tesseract -l vie, one thread"] = partial(tesseract, threads="1")
        routes["tesseract -l vie"] = partial(tesseract, threads=None)
    if not (FONTS / "LiberationSerif-Bold.ttf").is_file():
        sys.exit("apt-get install fonts-liberation2")
    found = list(pages())
    print(f"{len(found)} pages, {platform.machine()}, Python {platform.python_version()}, CPU seconds")
    print("| pages | route | chars wrong % | words wrong % | marks wrong % | letterhead | s/page | engine % | MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for condition, dpi in CONDITIONS:
            folder = (arguments.sheets or Path(scratch)) / f"{condition}-{dpi}"
            folder.mkdir(parents=True, exist_ok=True)
            for seed, (name, _, pixels) in enumerate(found):
                from PIL import Image

                Image.fromarray(sheet(pixels, condition, dpi, seed)).save(folder / f"{name}.png", dpi=(dpi, dpi))
            for route, read in routes.items():
                rounds = [read(folder) for _ in range(arguments.rounds)]
                total: dict[str, int] = {}
                for name, truth, _ in found:
                    for key, value in compare(truth, rounds[0]["texts"][name]).items():
                        total[key] = total.get(key, 0) + value
                seconds = median(r["seconds"] for r in rounds)
                inside = "" if rounds[0]["inside"] is None else f"{100 * median(r['inside'] for r in rounds):.0f}"
                memory = "" if rounds[0]["mb"] is None else f"{rounds[0]['mb']:.0f}"
                print(
                    f"| {condition} {dpi} | {route} | {100 * total['char_errors'] / total['chars']:.2f} "
                    f"| {100 * total['word_errors'] / total['words']:.2f} | {100 * total['mark_errors'] / total['marks']:.2f} "
                    f"| {total['order']}/{total['letterheads']} | {seconds:.2f} | {inside} | {memory} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
