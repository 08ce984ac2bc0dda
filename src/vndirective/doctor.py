"""What is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from vndirective.errors import Lang, MissingLanguageError
from vndirective.messages import say
from vndirective.parsers.ocr.engine import data_folder
from vndirective.parsers.office import convert as office

if TYPE_CHECKING:
    from rich.table import Table

_PACKAGES = (
    "pydantic",
    "spacy",
    "underthesea",
    "pypdfium2",
    "pdfplumber",
    "python-docx",
    "lxml",
    "selectolax",
    "dateparser",
    "charset-normalizer",
    "ftfy",
    "olefile",
    "striprtf",
    "viparse",
)
# what reading scans needs besides, and what confirms signatures
_OCR_PACKAGES = ("tesserocr", "opencv-python-headless", "numpy", "pillow", "pikepdf")
# what registers, tables and calendars need
_EXPORT_PACKAGES = ("xlsxwriter", "openpyxl", "pyarrow", "duckdb", "icalendar")


@dataclass(frozen=True, slots=True)
class Component:
    name: str
    found: str | None
    optional: bool
    install: str

    @property
    def present(self) -> bool:
        return self.found is not None


def check() -> list[Component]:
    """Python, the packages that reading needs, what scans need, and LibreOffice for old Word files, RTF and ODT."""
    found = [Component("python", platform.python_version(), False, "")]
    for name in _PACKAGES:
        found.append(Component(name, _version(name), False, f"pip install {name}"))
    for name in _OCR_PACKAGES:
        found.append(Component(name, _version(name), True, "pip install 'vndirective[ocr]'"))
    found.append(Component("vie.traineddata", _vietnamese_data(), True, "apt-get install tesseract-ocr-vie"))
    for name in ("onnxruntime", "rapidocr"):
        found.append(Component(name, _version(name), True, "pip install 'vndirective[handwriting]'"))
    found.append(Component("pyhanko", _version("pyhanko"), True, "pip install 'vndirective[signatures]'"))
    for name in _EXPORT_PACKAGES:
        found.append(Component(name, _version(name), True, "pip install 'vndirective[export]'"))
    found.append(Component("LibreOffice", office.program(), True, "apt-get install libreoffice-writer-nogui"))
    return found


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _vietnamese_data() -> str | None:
    """Folder of Tesseract's Vietnamese data."""
    try:
        return data_folder("vie")
    except MissingLanguageError:
        return None


def table(components: list[Component], lang: Lang) -> Table:
    from rich import box
    from rich.table import Table

    complete = all(c.present or c.optional for c in components)
    result = Table(box=box.SIMPLE_HEAD, caption=say("all_fine", lang) if complete else None, caption_justify="left")
    for key in ("component", "state", "how"):
        result.add_column(say(key, lang))
    for one in components:
        state = one.found or say("optional" if one.optional else "missing", lang)
        result.add_row(one.name, state, "" if one.present else one.install)
    return result
