"""Red stamps of the first page: HỎA TỐC, KHẨN, MẬT. The red channel, on which the text is read, does not show them."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

import cv2
import numpy as np

from vndirective.parsers.ocr.engine import Engine, EngineWord
from vndirective.parsers.ocr.prepare import Sheet
from vndirective.parsers.vietnamese import bare

_WORDS = frozenset(["hoa toc", "thuong khan", "khan", "mat", "toi mat", "tuyet mat", "hoa toc hen gio"])
_TOP = 0.45  # share of the page, from above
_RED = 45  # by how much red is above green and blue
_SPELT = {"hoa toc": "HỎA TỐC", "thuong khan": "THƯỢNG KHẨN", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}


def read_marks(picture: Any, sheet: Sheet, engine: Engine) -> list[list[EngineWord]]:
    """Lines of urgency or secrecy, in pixels of the sheet; none on a grey picture."""
    if picture.ndim == 2:
        return []
    upper = picture[: int(_TOP * len(picture))]
    red, green, blue = (upper[:, :, i] for i in range(3))
    shade = cv2.subtract(red, np.maximum(green, blue))
    if (shade > _RED).sum() < 0.0002 * shade.size:
        return []
    scale = sheet.grey.shape[1] / picture.shape[1]
    grey = np.where(shade > _RED, np.minimum(green, blue), 255).astype(np.uint8)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    found = []
    grey, boxes = _letters_of(grey, sheet.letter)
    for box in boxes:
        words = [w for w in engine.read(grey, sheet.dpi, [box], "line")[0] if w.text.isalpha()]
        text = _nearest(" ".join(bare(w.text) for w in words))
        if text is not None and len(text.split()) == len(words) and all(w.confidence > 0.3 for w in words):
            found.append(_spelt(words, text))
    return found


def _nearest(text: str) -> str | None:
    """The wording that a reading is, or comes close to: rubber leaves letters half printed."""
    likeness = {w: SequenceMatcher(None, text, w, autojunk=False).ratio() for w in sorted(_WORDS)}
    best = max(likeness, key=lambda w: likeness[w])
    return best if likeness[best] >= (0.8 if " " in best else 1.0) else None


def _letters_of(grey: Any, letter: float) -> tuple[Any, list[tuple[int, int, int, int]]]:
    """The picture without frames and seals, and the boxes of its words: runs of components about as high as letters."""
    ink = (grey < 165).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high = stats[:, cv2.CC_STAT_HEIGHT]
    letters = (high > 0.5 * letter) & (high < 4 * letter) & (stats[:, cv2.CC_STAT_WIDTH] < 5 * letter)
    letters[0] = False
    kept = letters[labels].astype(np.uint8)
    clean = np.where(cv2.dilate(kept, np.ones((3, 3), np.uint8)) > 0, grey, 255).astype(np.uint8)
    joined = cv2.dilate(kept, np.ones((round(letter), round(2 * letter)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes: list[tuple[int, int, int, int]] = []
    for x, y, width, height, _ in stats[1:count].tolist():
        if width > 2 * letter and height < 8 * letter and len(boxes) < 12:
            boxes.append((x, y, min(x + width, grey.shape[1]), min(y + height, grey.shape[0])))
    return np.ascontiguousarray(clean), boxes


def _spelt(words: list[EngineWord], text: str) -> list[EngineWord]:
    """The words as they are officially spelt: a mark of a stamp is often smudged, and there are only these."""
    official = _SPELT.get(text)
    if official is None:
        return words
    return [replace(w, text=t, reading=w.text) for w, t in zip(words, official.split(), strict=True)]
