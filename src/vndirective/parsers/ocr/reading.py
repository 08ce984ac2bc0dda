"""A picture of a page → words with places and confidence.

picture ─▶ Sheet ─▶ zones ─▶ engine ─▶ lines ─▶ second reading ─▶ without noise ─▶ repaired, sizes evened ─▶ ReadPage
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

import cv2
import numpy as np

from vndirective.parsers.ocr.blanks import fill_blanks
from vndirective.parsers.ocr.compounds import EDGE, is_official
from vndirective.parsers.ocr.engine import Engine, EngineWord
from vndirective.parsers.ocr.marks import read_marks
from vndirective.parsers.ocr.posts import read_posts
from vndirective.parsers.ocr.prepare import Sheet, lies_sideways, prepare
from vndirective.parsers.ocr.repair import repairs
from vndirective.parsers.ocr.second import SURE, read_again, speaks
from vndirective.parsers.ocr.zones import find_zones
from vndirective.parsers.vietnamese import bare

# "Số: 45 /UBND-TH" in whatever way a hand-written number leaves it
_HEADED = re.compile(r"^\W*S\S{0,3}\s?[:.;'’].{0,24}[-/]\s?[A-ZĐ]{2}|^\W*Số\b.{0,24}[-/]\s?[A-ZĐ]{2}")
_BULLETS = "-–+*•"
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SPECK = re.compile(r"([-–.,'‘’`^|:;_ˆ~])((?:\d{1,2}[.)]|[^\W\d_]{2,}).*)")
_LOOKS_LIKE_BULLET = "-–+*•~_=¬"
_MARKS = {"-", "–", "+", "*", "•", "&", "/", "...", "…", "./.", ".", ",", ";", ":", "“", "”", "(", ")"}
_X_HEIGHT, _CAP_HEIGHT = 0.448, 0.662  # of the font size, in the face that Nghị định 30/2020/NĐ-CP prescribes
_MENDED = 0.85  # confidence of a word with a mark that was put back
_UPSIDE_DOWN = 0.62  # mean confidence below which the page is tried the other way up
_SURELY_TURNED = 150.0  # letters read for sure
_TOP = 0.45  # of a first page: numbers are written there in blue, and needed
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
    reading: str | None = None  # as read, where `text` says otherwise
    doubtful: bool = False  # a number of which nobody can be sure


_DARK = 128
_DRAWN = 0.002  # share of dark pixels between the margins above which a page is not blank


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
    stamps: list[list[ReadWord]] = field(default_factory=list)

    @property
    def said(self) -> float:
        """Letters read, each counted by how surely."""
        return sum(w.confidence * len(w.text) for w in self.words)

    @property
    def confidence(self) -> float:
        """Mean over the words, weighed by their letters; 0 for a page without words."""
        letters = sum(len(w.text) for w in self.words)
        return self.said / letters if letters else 0.0


def read_picture(picture: Any, dpi: float, engine: Engine, first: bool = False, thorough: bool = False) -> ReadPage:
    """Read one page, whichever way up it lies. `picture` as `prepare` takes it, `dpi` of the picture.

    On a `first` page number and date of the letterhead are looked at as blanks that were filled in by hand. A
    `thorough` reading reads every line three times, whether it is in doubt or not.
    """
    pen_from = _TOP if first else 0.0
    sheet = prepare(picture, dpi, pen_from)
    turn = 0
    if lies_sideways(sheet.ink):
        turn = 90
        upright, sheet = sheet, prepare(np.ascontiguousarray(np.rot90(picture, -1)), dpi, pen_from)
    page = _read(sheet, engine, turn, first, thorough)
    if turn and page.said < _SURELY_TURNED:  # two short lines part no sharper one way than the other
        page = max(page, _read(upright, engine, 0, first, thorough), key=lambda p: p.said)
        turn, sheet = page.turned, page.sheet
    if page.confidence < _UPSIDE_DOWN and sheet.ink.sum() > 400:
        over = prepare(np.ascontiguousarray(np.rot90(picture, -(turn + 180) // 90)), dpi, pen_from)
        if _probe(over, engine) > max(0.7, _probe(sheet, engine) + 0.1):
            page = _read(over, engine, turn + 180, first, thorough)
    if not page.words:
        page = replace(page, covered=0.0 if _is_drawn_on(picture) else None)
    marks = read_marks(picture, page.sheet, engine) if first and not page.turned else []
    stamps = page.stamps + [[_placed(w, 1.5 * page.sheet.letter, None) for w in line] for line in marks]
    return replace(page, back=_way_back(page, picture.shape[:2]), stamps=stamps)


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


def _read(sheet: Sheet, engine: Engine, turned: int, first: bool, thorough: bool) -> ReadPage:
    lines = _lines_of(engine.read(sheet.grey, sheet.dpi, find_zones(sheet), "block"))
    covered = _covered(sheet, lines)
    lines, stamps = _part_stamps(sheet, lines)
    lines = read_again(sheet, lines, engine, thorough)
    if first or _has_motto(lines):  # several notices may stand in one scan
        lines = fill_blanks(sheet, lines, engine)
    lines = read_posts(sheet, _trimmed(lines, sheet), engine)
    sizes = [_size(line, sheet) for line in lines]
    usual = _usual([(s, len(line)) for s, line in zip(sizes, lines, strict=True) if s]) or 1.5 * sheet.letter
    words, noise = [], []
    for at, (line, measured) in enumerate(zip(lines, sizes, strict=True)):
        below = lines[at + 1] if at + 1 < len(lines) else []
        size = _evened(measured, usual)
        kept, dropped = _sifted(_side_by_side(line))
        mended = repairs(kept, below[0] if _stands_below(below, line) else None)
        words += [_placed(w, size, mended.get(k)) for k, w in enumerate(kept)]
        noise += [_placed(w, size, None) for w in dropped]
    stamped = [[_placed(w, usual, None) for w in line] for line in stamps]
    return ReadPage(words, sheet, turned, covered, sheet.back, noise, stamped)


def _stands_below(below: list[EngineWord], line: list[EngineWord]) -> bool:
    """Whether running text may go on there: the next line of the same column."""
    if not below or not line:
        return False
    height = line[0].bottom - line[0].top
    return line[0].bottom < below[0].bottom < line[0].bottom + 3 * height and abs(below[0].x0 - line[0].x0) < 4 * height


def _lines_of(blocks: list[list[EngineWord]]) -> list[list[EngineWord]]:
    lines: list[list[EngineWord]] = []
    for words in blocks:
        found: dict[int, list[EngineWord]] = {}
        for word in words:
            found.setdefault(word.line, []).append(word)
        lines += found.values()
    return lines


def _has_motto(lines: list[list[EngineWord]]) -> bool:
    texts = (bare(" ".join(w.text for w in line)) for line in lines[:12])
    return any("hoa xa hoi" in t or "dang cong san" in t for t in texts)


def _part_stamps(sheet: Sheet, lines: list[list[EngineWord]]) -> tuple[list[list[EngineWord]], list[list[EngineWord]]]:
    """Lines of the page, and what stands in the frames of stamps: a stamp lies over the text, it is none of it."""
    if not sheet.frames:
        return lines, []
    body, stamps = [], []
    for line in lines:
        inside = [w for w in line if any(_in(w, frame) for frame in sheet.frames)]
        outside = [w for w in line if w not in inside]
        # a line of text that runs under the stamp keeps what can still be read
        under = [w for w in inside if w.confidence >= SURE] if outside and len(outside) > len(inside) / 2 else []
        body.append([w for w in line if w in outside or w in under])
        stamps.append([w for w in inside if w not in under])
    return [line for line in body if line], [line for line in stamps if line and _mean(line) > LEGIBLE]


def _in(word: EngineWord, frame: tuple[int, int, int, int]) -> bool:
    return frame[0] <= (word.x0 + word.x1) / 2 <= frame[2] and frame[1] <= (word.top + word.bottom) / 2 <= frame[3]


def _mean(line: list[EngineWord]) -> float:
    letters = sum(len(w.text) for w in line)
    return sum(w.confidence * len(w.text) for w in line) / letters if letters else 0.0


def _trimmed(lines: list[list[EngineWord]], sheet: Sheet) -> list[list[EngineWord]]:
    """Lines without what hangs out of the left margin of the text, and words without specks before them."""
    margin = _margin(lines, sheet)
    result = []
    for read in lines:
        line = [_without_speck(w, at == 0) for at, w in enumerate(read)]
        if len(line) < 6 and line[0].text[0] in '"“”' and len(line[0].text) > 1:
            line[0] = replace(line[0], text=line[0].text[1:], reading=line[0].reading or line[0].text)
        if margin is not None and len(line) > 2 and line[-1].x1 > margin + 12 * sheet.letter:
            first = 0
            while first < len(line) - 1 and line[first].x1 < margin - 0.5 * sheet.letter and _is_poor(line[first]):
                first += 1
            lone = first == 0 and line[0].text in _LOOKS_LIKE_BULLET and line[1].text[0].islower()
            if lone and abs(line[1].x0 - margin) < 0.7 * sheet.letter:
                first = 1
            result.append(line[first:])
        else:
            result.append(line)
    return [line for line in result if line]


def _margin(lines: list[list[EngineWord]], sheet: Sheet) -> float | None:
    """Where most long lines begin, in pixels; None for a page of few."""
    starts = [w.x0 for line in lines if line[-1].x1 - line[0].x0 > 0.5 * sheet.grey.shape[1] for w in line[:1]]
    near = Counter(round(x / sheet.letter) for x in starts)
    if len(starts) < 12:
        return None
    often = [k for k in near if near[k] + near.get(k + 1, 0) >= 0.2 * len(starts)]
    return (
        float(median(x for x in starts if round(x / sheet.letter) in (min(often), min(often) + 1))) if often else None
    )


def _is_poor(word: EngineWord) -> bool:
    return word.confidence < LEGIBLE or not speaks(word.text)


def _without_speck(word: EngineWord, opens: bool) -> EngineWord:
    """A mark glued to the front of a word; a hyphen only where the line opens with it."""
    if word.text[:-1].isupper() and word.confidence < LEGIBLE:
        word = replace(word, text=word.text.rstrip("?”“\"'`*^") or word.text, reading=word.reading or word.text)
    found = _SPECK.match(word.text)
    if found is None or (found.group(1) in "-–" and not opens):
        return word
    return replace(word, text=found.group(2), reading=word.reading or word.text)


def _size(line: list[EngineWord], sheet: Sheet) -> float | None:
    """Font size in pixels, from the rows in which the ink of its small letters stands, or of its capitals; None for a
    line too short to tell."""
    sure = [w for w in line if w.confidence > LEGIBLE]
    small = [w for w in sure if w.text.strip(EDGE).islower() and len(w.text) > 1]
    if sum(len(w.text) for w in small) >= 6:
        heights = [h / _X_HEIGHT for w in small if (h := _band(sheet, w))]
    else:
        heights = [
            h / _CAP_HEIGHT for w in sure if w.text.strip(EDGE).isupper() and len(w.text) > 1 and (h := _band(sheet, w))
        ]
    return float(median(heights)) if heights else None


def _band(sheet: Sheet, word: EngineWord) -> int:
    """Height in pixels of the rows that hold most of a word's ink."""
    ink = sheet.ink[word.top : word.bottom, word.x0 : word.x1].sum(axis=1)
    if not len(ink) or not ink.max():
        return 0
    rows = np.flatnonzero(ink > 0.4 * ink.max())
    return int(rows[-1] - rows[0] + 1)


def _usual(sizes: list[tuple[float, int]]) -> float | None:
    """Median over the words."""
    spread = [s for s, count in sizes for _ in range(count)]
    return median(spread) if spread else None


def _evened(size: float | None, usual: float) -> float:
    """What is nearly the size of most lines is that size: letters measure unevenly."""
    if size is None or abs(size - usual) < 0.2 * usual:
        return usual
    return min(max(size, 0.6 * usual), 1.6 * usual)


def _sifted(line: list[EngineWord]) -> tuple[list[EngineWord], list[EngineWord]]:
    """Words of a line and what on it is noise."""
    kept: list[EngineWord] = []
    dropped: list[EngineWord] = []
    for at, word in enumerate(line):
        if kept and kept[-1].text.endswith("./.") and word.confidence < SURE:
            dropped.append(word)  # what follows the end of a notice is a pen's
        elif speaks(word.text):
            kept.append(word)
        elif at == 0 and word.text in _LOOKS_LIKE_BULLET and len(line) > 1:
            kept.append(word if word.text in _BULLETS else replace(word, text="-", reading=word.text))
        elif word.text in ".,:;" and at in (0, len(line) - 1):
            dropped.append(word)  # print leaves no space before these
        elif word.text in _MARKS and (word.confidence >= 0.7 or (kept and _YEAR.fullmatch(kept[-1].text))):
            kept.append(word)
        else:
            dropped.append(word)
    if not any(speaks(w.text) for w in kept):
        return [], [*kept, *dropped]
    mean = _mean(kept)
    if mean > 0.1 and any(is_official(a.text, b.text) for a, b in pairwise(kept)):
        return kept, dropped
    spelt = sum(sum(map(str.isalnum, w.text)) for w in kept)
    if _HEADED.match(" ".join(w.text for w in kept)):
        return kept, dropped  # a number that somebody wrote by hand: the line is needed, its doubt stays
    if mean < LEGIBLE or (spelt <= 2 and mean < 0.75):
        return [], [*kept, *dropped]
    return kept, dropped


def _side_by_side(line: list[EngineWord]) -> list[EngineWord]:
    """Words whose boxes reach into their neighbours' (a seal's arc was taken for part of one) end where those begin."""
    ends = [*(w.x0 - 1 for w in line[1:]), line[-1].x1]
    return [
        replace(w, x1=max(w.x0 + 1, min(w.x1, end))) if end > w.x0 else w for w, end in zip(line, ends, strict=True)
    ]


def _placed(word: EngineWord, size: float, mended: str | None) -> ReadWord:
    text, confidence = mended or word.text, word.confidence if mended is None else min(word.confidence, _MENDED)
    raw = word.text if mended else word.reading
    edges = (word.x0, word.x1, word.top, word.bottom, word.baseline)
    return ReadWord(text, confidence, *edges, size, raw, word.doubtful)


def _is_drawn_on(picture: Any) -> bool:
    """Whether a page without words holds something all the same: a drawing, a photograph, hand-writing."""
    grey = picture if picture.ndim == 2 else picture.mean(axis=2)
    down, across = (n // 20 for n in grey.shape)
    return bool((grey[down:-down, across:-across] < _DARK).mean() > _DRAWN)


def _covered(sheet: Sheet, lines: list[list[EngineWord]]) -> float | None:
    total = int(sheet.ink.sum())
    if total < 200:
        return None
    under = np.zeros(sheet.ink.shape, np.uint8)
    for line in lines:
        for word in line:
            cv2.rectangle(under, (word.x0 - 3, word.top - 4), (word.x1 + 3, word.bottom + 4), 1, -1)
    return float((sheet.ink & under.astype(bool)).sum() / total)
