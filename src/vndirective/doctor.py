"""What is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from vndirective.errors import Lang
from vndirective.messages import say

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
)
_PROGRAMS = (("tesseract", "tesseract-ocr tesseract-ocr-vie"), ("soffice", "libreoffice-writer"))


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
    """Python, the packages that reading needs, and programs that later formats will use."""
    found = [Component("python", platform.python_version(), False, "")]
    for name in _PACKAGES:
        try:
            found.append(Component(name, version(name), False, f"pip install {name}"))
        except PackageNotFoundError:
            found.append(Component(name, None, False, f"pip install {name}"))
    for program, packages in _PROGRAMS:
        path = shutil.which(program)
        found.append(Component(program, "✓" if path else None, True, f"apt-get install {packages}"))
    return found


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
