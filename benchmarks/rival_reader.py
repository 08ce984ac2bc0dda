"""One tool over some files, in the interpreter that has it: a JSON line a file with seconds, letters and, where it gives them, fields.

    python benchmarks/rival_reader.py TOOL FILE ...

The first file of each format is read once before, so that imports and models are not counted.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"  # nothing is fetched while measuring
sys.path.insert(0, str(Path(__file__).resolve().parent))

Reader = Callable[[Path], tuple[str, dict[str, Any] | None]]


def vndirective() -> Reader:
    from vndirective import extract

    def read(path: Path) -> tuple[str, dict[str, Any] | None]:
        records = extract(path)
        record = records[0]
        ends = sorted({d.end for t in record.tasks for d in t.deadlines if d.end})
        fields = {
            "number": (record.number.canonical or record.number.symbol) if record.number else None,
            "issued_on": record.issued_on.iso if record.issued_on else None,
            "issuer": record.issuer.name if record.issuer else None,
            "deadlines": ends,
        }
        return "\n".join(r.text or "" for r in records), json.loads(json.dumps(fields, default=str))

    return read


def plain_rules() -> Reader:
    from plain_rules import fields_of, text_of

    def read(path: Path) -> tuple[str, dict[str, Any] | None]:
        text = text_of(path)
        return text, fields_of(text)

    return read


def pdftotext() -> Reader:
    def read(path: Path) -> tuple[str, None]:
        done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
        return done.stdout.decode(), None

    return read


def pdfplumber() -> Reader:
    import pdfplumber as library

    def read(path: Path) -> tuple[str, None]:
        with library.open(path) as document:
            return "\n".join(page.extract_text() for page in document.pages), None

    return read


def pypdfium2() -> Reader:
    import pypdfium2 as library

    def read(path: Path) -> tuple[str, None]:
        with library.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document), None

    return read


def python_docx() -> Reader:
    from plain_rules import text_of

    return lambda path: (text_of(path), None)


def markitdown() -> Reader:
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda path: (converter.convert(str(path)).text_content, None)


def kreuzberg() -> Reader:
    from kreuzberg import ExtractionConfig, OcrConfig, extract_file_sync

    config = ExtractionConfig(ocr=OcrConfig(backend="tesseract", language="vie"), use_cache=False)
    return lambda path: (extract_file_sync(str(path), config=config).content, None)


def viparse() -> Reader:
    import viparse as library

    return lambda path: ("\n".join(d.text for d in library.load(path)), None)


def docling() -> Reader:
    from docling.document_converter import DocumentConverter

    converter = DocumentConverter()
    return lambda path: (converter.convert(path).document.export_to_markdown(), None)


TOOLS: dict[str, tuple[Callable[[], Reader], str]] = {
    "vndirective": (vndirective, "vndirective"),
    "pdftotext + regular expressions": (plain_rules, ""),
    "pdftotext": (pdftotext, ""),
    "pdfplumber": (pdfplumber, "pdfplumber"),
    "pypdfium2": (pypdfium2, "pypdfium2"),
    "python-docx": (python_docx, "python-docx"),
    "markitdown": (markitdown, "markitdown"),
    "kreuzberg": (kreuzberg, "kreuzberg"),
    "viparse": (viparse, "viparse"),
    "docling-slim": (docling, "docling-slim"),
}


def spent() -> float:
    """Seconds of the processor, of this process and of the programs that it ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def main() -> None:
    name, files = sys.argv[1], [Path(a) for a in sys.argv[2:]]
    make, package = TOOLS[name]
    try:
        known = version(package) if package else ""
        read = make()
    except (ImportError, PackageNotFoundError) as error:
        print(json.dumps({"missing": f"{type(error).__name__}: {error}"}))
        return
    print(json.dumps({"version": known}))
    warm: set[str] = set()
    for path in files:
        answer: dict[str, Any] = {"file": str(path)}
        try:
            if path.suffix not in warm:
                warm.add(path.suffix)
                read(path)
            processor, clock = spent(), time.perf_counter()
            text, fields = read(path)
            answer |= {"clock": time.perf_counter() - clock, "processor": spent() - processor}
            answer |= {"letters": sum(map(str.isalpha, text)), "text": text, "fields": fields}
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)
    print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
