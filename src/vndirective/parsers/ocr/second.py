"""A second reading where the first is unsure, and of everything with a digit.

The strokes are thickened: marks that the first reading lost show, letters that it ran together stay in doubt. Of two
readings that differ, context decides between words; between numbers nothing does, they stay in doubt.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from vndirective.parsers.ocr.compounds import is_compound
from vndirective.parsers.ocr.engine import Engine, EngineWord, PixelBox
from vndirective.parsers.ocr.prepare import Sheet

SURE = 0.90  # four of five wrong words are read with less, and two of a hundred right ones
DISPUTED = 0.5  # confidence of a number of which there are two readings
_BONUS = 0.2  # what standing in a word of two syllables is worth between two readings

Words = list[EngineWord]


def thickened(grey: Any) -> Any:
    return cv2.erode(grey, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))


def read_again(sheet: Sheet, lines: list[Words], engine: Engine, thorough: bool = False) -> list[Words]:
    """The lines, with doubtful words settled and numbers confirmed or put in doubt.

    A `thorough` reading takes every line for doubtful, and reads a third time, larger.
    """
    doubtful = [
        i for i, line in enumerate(lines) if thorough or any(w.confidence < SURE and speaks(w.text) for w in line)
    ]
    numbers = [
        (i, k)
        for i, line in enumerate(lines)
        if i not in set(doubtful)
        for k, word in enumerate(line)
        if any(map(str.isdigit, word.text))
    ]
    if not doubtful and not numbers:
        return lines
    boxes = [_hull(lines[i], sheet, 0.35) for i in doubtful] + [_hull([lines[i][k]], sheet, 0.35) for i, k in numbers]
    readings = engine.read(thickened(sheet.grey), sheet.dpi, boxes, "line")
    result = [list(line) for line in lines]
    for i, other in zip(doubtful, readings, strict=False):
        result[i] = settle(lines[i], other)
    if thorough:
        for i, other in enumerate(_larger(sheet, result, engine)):
            result[i] = settle(result[i], other)
    for (i, k), other in zip(numbers, readings[len(doubtful) :], strict=True):
        result[i][k] = _confirmed(lines[i][k], "".join(w.text for w in other))
    return result


def _larger(sheet: Sheet, lines: list[Words], engine: Engine) -> list[Words]:
    """The lines read at half as many dots again, in pixels of the sheet."""
    picture = cv2.resize(sheet.grey, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    boxes: list[PixelBox] = []
    for line in lines:
        x0, top, x1, bottom = (round(v * 1.5) for v in _hull(line, sheet, 0.35))
        boxes.append((x0, top, min(x1, picture.shape[1]), min(bottom, picture.shape[0])))
    readings = engine.read(np.ascontiguousarray(picture), round(sheet.dpi * 1.5), boxes, "line")
    return [[_shrunk(w) for w in words] for words in readings]


def _shrunk(word: EngineWord) -> EngineWord:
    edges = {name: round(getattr(word, name) / 1.5) for name in ("x0", "x1", "top", "bottom")}
    return replace(word, baseline=word.baseline / 1.5, **edges)


def speaks(text: str) -> bool:
    """Whether a letter or a digit is in it; lone accents count as letters in Unicode, but say nothing."""
    return any(c.isalnum() and c not in "ˆ˜ˇˊˋ" for c in text)


def _hull(words: Words, sheet: Sheet, margin: float) -> PixelBox:
    height, width = sheet.grey.shape
    m = round(margin * sheet.letter)
    return (
        max(0, min(w.x0 for w in words) - m),
        max(0, min(w.top for w in words) - m),
        min(width, max(w.x1 for w in words) + m),
        min(height, max(w.bottom for w in words) + m),
    )


def settle(first: Words, second: Words) -> Words:
    """One line from two readings of it; words pair by where they stand."""
    result: Words = []
    for ours, theirs in _paired(first, second):
        if not theirs:
            result += ours
            continue
        if not ours:
            continue  # nothing stood there for the first reading: a speck grown fat
        left = result[-1].text if result else ""
        result += _better(ours, theirs, left)
    return result


def _paired(first: Words, second: Words) -> list[tuple[Words, Words]]:
    """Groups of words of either reading that cover one another, from left to right."""
    groups: list[tuple[Words, Words, list[int]]] = []
    for side, words in ((0, first), (1, second)):
        for word in words:
            touched = [g for g in groups if _overlap(g[2], word) > 0.5 * min(g[2][1] - g[2][0], word.x1 - word.x0)]
            merged: tuple[Words, Words, list[int]] = ([], [], [word.x0, word.x1])
            for group in touched:
                merged[0].extend(group[0])
                merged[1].extend(group[1])
                merged[2][:] = [min(merged[2][0], group[2][0]), max(merged[2][1], group[2][1])]
                groups.remove(group)
            (merged[0] if side == 0 else merged[1]).append(word)
            groups.append(merged)
    return [(a, b) for a, b, _ in sorted(groups, key=lambda g: g[2][0])]


def _overlap(reach: list[int], word: EngineWord) -> int:
    return min(reach[1], word.x1) - max(reach[0], word.x0)


def _better(ours: Words, theirs: Words, left: str) -> Words:
    a, b = " ".join(w.text for w in ours), " ".join(w.text for w in theirs)
    low, high = _mean(ours), _mean(theirs)
    if a == b:
        sure = max(low, high)
        return [replace(w, confidence=max(w.confidence, sure)) for w in ours]
    if any(map(str.isdigit, a + b)):
        best = ours if low >= high else theirs
        return [_disputed(w) for w in best]
    if not speaks(b):
        return ours
    support = (_support(left, ours), _support(left, theirs))
    best = ours if low + _BONUS * support[0] >= high + _BONUS * support[1] else theirs
    chosen = max(support) > min(support)
    baseline, line = ours[0].baseline, ours[0].line
    return [
        replace(w, baseline=baseline, line=line, confidence=min(w.confidence, 0.9 if chosen else 0.75)) for w in best
    ]


def _support(left: str, words: Words) -> int:
    return int(bool(left) and is_compound(left.strip(",.;:()"), words[0].text.strip(",.;:()")))


def _mean(words: Words) -> float:
    return float(np.mean([w.confidence for w in words]))


def _confirmed(word: EngineWord, other: str) -> EngineWord:
    if _digits(word.text) == _digits(other):
        return replace(word, confidence=max(word.confidence, 0.9))
    return _disputed(word)


def _disputed(word: EngineWord) -> EngineWord:
    number = any(map(str.isdigit, word.text))
    return replace(word, confidence=min(word.confidence, DISPUTED), doubtful=number)


def _digits(text: str) -> str:
    """What a number is compared by: its digits and letters, not the marks around them."""
    return "".join(c for c in text if c.isalnum() or c in "%/").strip("/")
