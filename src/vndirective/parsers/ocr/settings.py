"""What the caller may set for text recognition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Mode = Literal["auto", "best", "off"]
Progress = Callable[[int, int], None]  # page just read, number of pages to read


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """`auto` reads pages that have no sound text, `best` reads them several times and votes, `off` reads none.

    A picture of more than `max_pixels` or the pages beyond `max_pages` that need reading are reported, not read.
    """

    mode: Mode = "auto"
    engine: str = "tesseract"
    model: str = "vie"
    max_pages: int = 500
    max_pixels: int = 120_000_000  # A3 at 600 dots an inch has 70 million
    progress: Progress | None = None
