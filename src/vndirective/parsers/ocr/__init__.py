"""Pictures of pages → pages that are read, for the loaders of PDF and of picture files."""

from __future__ import annotations

from typing import Any

from vndirective.parsers.ocr.settings import OcrSettings
from vndirective.parsers.page.layout import rows_of
from vndirective.parsers.page.reading import PageRead
from vndirective.parsers.page.stamps import part_printed
from vndirective.parsers.page.words import ASCENT, DESCENT, Run, Word, runs_of
from vndirective.parsers.source import Box, SourceWarning

__all__ = ["OcrSettings", "Recogniser", "too_large"]

_POOR = 0.80  # mean confidence of a page below which the reader is warned
_MISSED = 0.92  # share of a page's ink under words below which the reader is warned
_UNREADABLE = 0.5


class Recogniser:
    """Reads the pictures of one file with one engine; the engine is loaded with the first picture."""

    def __init__(self, settings: OcrSettings) -> None:
        self.settings = settings
        self._left = settings.max_pages

    def read(self, picture: Any, scale: float, number: int, fill_ins: list[Word] | None = None) -> PageRead:
        """`picture` (height, width[, 3]) of uint8 at `scale` pixels a point, as page `number`.

        `fill_ins` are words that the file itself puts into blanks of the page. A picture over the limits gives a page
        that is not readable and says so. Raises MissingEngineError, MissingLanguageError.
        """
        height, width = picture.shape[:2]
        page = PageRead(number, width / scale, height / scale, [], recognised=True)
        if height * width > self.settings.max_pixels:
            return too_large(number, width, height, self.settings)
        if self._left <= 0:
            return _given_up(page, f"> {self.settings.max_pages} trang (--max-pages)")
        self._left -= 1
        from vndirective.parsers.ocr.engine import load_engine
        from vndirective.parsers.ocr.prepare import resolution_of
        from vndirective.parsers.ocr.reading import ReadPage, read_picture

        engine = load_engine(self.settings.engine, self.settings.model)
        dpi = resolution_of(height, width, 72 * scale)
        read: ReadPage = read_picture(picture, dpi, engine, first=number == 1, thorough=self.settings.mode == "best")
        words = list(_words(read.words, read, scale, number))
        down, across = read.sheet.grey.shape
        per_point = read.sheet.dpi / 72
        page.width, page.height = across / per_point, down / per_point
        runs, page.stamps = part_printed(runs_of(words))
        page.stamps += [Run(list(_words(line, read, scale, number))) for line in read.stamps]
        page.rows = rows_of(runs, fill_ins or [])
        page.warnings = list(_doubts(read, number))
        page.turned = read.turned
        page.readable = bool(page.rows)
        return page


def too_large(number: int, width: int, height: int, settings: OcrSettings) -> PageRead:
    """The page of a picture that is over the limit: nothing of it is decoded."""
    return _given_up(
        PageRead(number, 0.0, 0.0, []), f"{width}×{height} > {settings.max_pixels:,} pixels (--max-pixels)"
    )


def _given_up(page: PageRead, why: str) -> PageRead:
    page.readable = page.recognised = False
    page.warnings.append(SourceWarning("unreadable_page", None, f"trang {page.number}: {why}"))
    return page


def _words(found: Any, read: Any, scale: float, number: int) -> Any:
    per_point = read.sheet.dpi / 72  # a page that states its size wrongly is laid out in true points
    for w in found:
        baseline, size = w.baseline / per_point, w.size / per_point
        yield Word(
            w.text,
            number,
            w.x0 / per_point,
            baseline - ASCENT * size,
            w.x1 / per_point,
            baseline + DESCENT * size,
            confidence=round(w.confidence, 3),
            place=_place(read.back, scale, w),
            reading=w.reading,
            doubtful=w.doubtful,
        )


def _place(back: Any, scale: float, word: Any) -> Box:
    """Box on the page as it lies in the file, in points; as high as the font, as the boxes of typed words are."""
    top, bottom = word.baseline - ASCENT * word.size, word.baseline + DESCENT * word.size
    corners = [(x, y) for x in (word.x0, word.x1) for y in (top, bottom)]
    points = [
        (
            (back[0][0] * x + back[0][1] * y + back[0][2]) / scale,
            (back[1][0] * x + back[1][1] * y + back[1][2]) / scale,
        )
        for x, y in corners
    ]
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    return Box(max(0.0, min(xs)), max(0.0, min(ys)), max(xs), max(ys))


def _doubts(read: Any, number: int) -> Any:
    if read.covered is None:
        return
    if not read.words:
        yield SourceWarning("unreadable_page", None, f"trang {number}: không đọc được chữ nào (hình vẽ, chữ viết tay?)")
    elif read.covered < _UNREADABLE:
        yield SourceWarning(
            "unreadable_page", None, f"trang {number}: {read.covered:.0%} nét mực nằm trong chữ đọc được"
        )
    elif read.covered < _MISSED:
        yield SourceWarning(
            "unreadable_page", None, f"trang {number}: còn {1 - read.covered:.0%} nét mực chưa đọc được"
        )
    if read.words and read.confidence < _POOR:
        yield SourceWarning("low_ocr_confidence", None, f"trang {number}: {read.confidence:.0%}")
