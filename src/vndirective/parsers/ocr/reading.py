"""A picture of a page → words with places and confidence.

    picture ─▶ Sheet ─▶ zones ─▶ engine ─▶ lines ─▶ without noise ─▶ sizes evened ─▶ ReadPage
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

import cv2
import numpy as np

from vndirective.parsers.ocr.engine import Engine, EngineWord
from vndirective.parsers.ocr.prepare import Sheet, lies_sideways, prepare
from vndirective.parsers.ocr.zones import find_zones

_MARKS = re.compile(r"[^\w]+$")
_BULLETS = "-–—+*•"
_X_HEIGHT = 0.448  # of the font size in the serif face that Nghị định 30/2020/NĐ-CP prescribes
_UPSIDE_DOWN = 0.62  # mean confidence below which the page is tried the other way up
LEGIBLE = 0.55  # a line read with less on average is no line: handwriting, a stamp, a drawing


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word in pixels of its sheet; `size` is the font size of its line in pixels."""

    text: str
    confidence: float
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float


@dataclass(frozen=True)
class ReadPage:
    """What was read off one picture. `covered` is the share of its ink that stands under words, None for no ink.

    `turned` says by how many degrees clockwise the picture was turned to stand upright; `back` maps pixels of the
    sheet to pixels of the picture as it came.
    """

    words: list[ReadWord]
    sheet: Sheet
    turned: int
    covered: float | None
    back: Any
    noise: list[ReadWord] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """Mean over the words, weighed by their letters; 0 for a page without words."""
        letters = sum(len(w.text) for w in self.words)
        return sum(w.confidence * len(w.text) for w in self.words) / letters if letters else 0.0


def read_picture(picture: Any, dpi: float, engine: Engine) -> ReadPage:
    """Read one page, whichever way up it lies. `picture` as `prepare` takes it, `dpi` of the picture."""
    sheet = prepare(picture, dpi)
    turn = 0
    if lies_sideways(sheet.ink):
        turn = 90
        sheet = prepare(np.ascontiguousarray(np.rot90(picture, -1)), dpi)
    page = _read(sheet, engine, turn)
    if page.confidence < _UPSIDE_DOWN and sheet.ink.sum() > 400:
        over = prepare(np.ascontiguousarray(np.rot90(picture, -(turn + 180) // 90)), dpi)
        if _probe(over, engine) > max(0.7, _probe(sheet, engine) + 0.1):
            page = _read(over, engine, turn + 180)
    return replace(page, back=_way_back(page, picture.shape[:2]))


def _way_back(page: ReadPage, shape: tuple[int, int]) -> Any:
    """2×3 matrix from pixels of the sheet to pixels of the picture before it was turned."""
    height, width = shape
    unturned = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, 1, 0], [-1, 0, height]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, -1, width], [1, 0, 0]],
    }[page.turned % 360]
    return np.array(unturned, dtype=float) @ np.vstack([page.sheet.back, [0, 0, 1]])


def _probe(sheet: Sheet, engine: Engine) -> float:
    """Mean confidence of the middle of a page."""
    height, width = sheet.grey.shape
    box = (int(0.1 * width), int(0.35 * height), int(0.9 * width), int(0.5 * height))
    words = engine.read(sheet.grey, sheet.dpi, [box], "block")[0]
    letters = sum(len(w.text) for w in words)
    return sum(w.confidence * len(w.text) for w in words) / letters if letters else 0.0


def _read(sheet: Sheet, engine: Engine, turned: int) -> ReadPage:
    lines: list[list[EngineWord]] = []
    for words in engine.read(sheet.grey, sheet.dpi, find_zones(sheet), "block"):
        found: dict[int, list[EngineWord]] = {}
        for word in words:
            found.setdefault(word.line, []).append(word)
        lines += found.values()
    usual = _usual_size(lines, sheet)
    words, noise = [], []
    for line in lines:
        size = _line_size(line, usual)
        kept, dropped = _sifted(line, sheet)
        words += [_placed(w, size) for w in kept]
        noise += [_placed(w, size) for w in dropped]
    return ReadPage(words, sheet, turned, _covered(sheet, lines), sheet.back, noise)


def _usual_size(lines: list[list[EngineWord]], sheet: Sheet) -> float:
    heights = [w.x_height for line in lines for w in line if w.x_height > 0 and w.confidence > 0.8]
    return median(heights) / _X_HEIGHT if heights else 1.5 * sheet.letter


def _line_size(line: list[EngineWord], usual: float) -> float:
    """Font size in pixels; what is nearly the size of most lines is that size, for capitals measure unevenly."""
    measured = line[0].x_height / _X_HEIGHT if line[0].x_height > 0 else usual
    letters = "".join(w.text for w in line)
    if abs(measured - usual) < 0.17 * usual or (letters.isupper() and measured < 2 * usual):
        return usual
    return min(max(measured, 0.5 * usual), 2 * usual)


def _sifted(line: list[EngineWord], sheet: Sheet) -> tuple[list[EngineWord], list[EngineWord]]:
    """Words of a line and what on it is noise."""
    kept, dropped = [], []
    for at, word in enumerate(line):
        bullet = at == 0 and word.text in _BULLETS
        lone = not any(c.isalnum() for c in word.text)
        dropped.append(word) if lone and not bullet and word.confidence < 0.7 else kept.append(word)
    letters = sum(len(w.text) for w in kept)
    mean = sum(w.confidence * len(w.text) for w in kept) / letters if letters else 0.0
    spelt = sum(sum(map(str.isalnum, w.text)) for w in kept)
    if mean < LEGIBLE or (spelt <= 2 and mean < 0.75):
        return [], [*kept, *dropped]
    return kept, dropped


def _placed(word: EngineWord, size: float) -> ReadWord:
    return ReadWord(word.text, word.confidence, word.x0, word.x1, word.top, word.bottom, word.baseline, size)


def _covered(sheet: Sheet, lines: list[list[EngineWord]]) -> float | None:
    total = int(sheet.ink.sum())
    if total < 200:
        return None
    under = np.zeros(sheet.ink.shape, np.uint8)
    for line in lines:
        for word in line:
            cv2.rectangle(under, (word.x0 - 3, word.top - 4), (word.x1 + 3, word.bottom + 4), 1, -1)
    return float((sheet.ink & under.astype(bool)).sum() / total)
