"""Blocks of lines on a prepared page, found before anything is read.

Two columns side by side (letterhead, signature) must not be read as one line. Where a gap is doubtful the page is cut:
the layout is made afterwards from the words' boxes, so a cut too many costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vndirective.parsers.ocr.engine import PixelBox
from vndirective.parsers.ocr.prepare import Sheet

_MARGIN = 0.4  # white around a block, in heights of a letter


@dataclass(slots=True)
class _Band:
    """Rows of ink without a blank row between them, and the columns into which they fall."""

    top: int
    bottom: int
    columns: list[tuple[int, int]]


def find_zones(sheet: Sheet) -> list[PixelBox]:
    """Boxes of blocks from top to bottom, left before right."""
    bands = [_Band(top, bottom, _columns(sheet, top, bottom)) for top, bottom in _bands(sheet)]
    groups: list[list[_Band]] = []
    for band in bands:
        if not band.columns:
            continue
        if groups and _same_columns(groups[-1], band, sheet.letter):
            groups[-1].append(band)
        else:
            groups.append([band])
    height, width = sheet.ink.shape
    margin = int(_MARGIN * sheet.letter)
    zones: list[PixelBox] = []
    for group in groups:
        for x0, top, x1, bottom in _boxes(group):
            zones.append(
                (max(0, x0 - margin), max(0, top - margin), min(width, x1 + margin), min(height, bottom + margin))
            )
    return zones


def _bands(sheet: Sheet) -> list[tuple[int, int]]:
    ink = sheet.ink.sum(axis=1) > max(2, 0.004 * sheet.ink.shape[1])
    edges = np.flatnonzero(np.diff(np.concatenate(([0], ink.view(np.int8), [0]))))
    bands: list[tuple[int, int]] = []
    for top, bottom in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if bands and top - bands[-1][1] < 0.3 * sheet.letter:
            bands[-1] = (bands[-1][0], bottom)
        else:
            bands.append((top, bottom))
    return [b for b in bands if b[1] - b[0] > 0.15 * sheet.letter]


def _columns(sheet: Sheet, top: int, bottom: int) -> list[tuple[int, int]]:
    ink = sheet.ink[top:bottom].any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], ink.view(np.int8), [0]))))
    one_line = bottom - top < 2.4 * sheet.letter
    gap = (3.5 if one_line else 1.4) * sheet.letter
    columns: list[tuple[int, int]] = []
    for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if columns and left - columns[-1][1] < gap:
            columns[-1] = (columns[-1][0], right)
        else:
            columns.append((left, right))
    return columns


def _same_columns(group: list[_Band], band: _Band, letter: float) -> bool:
    """The band goes on with the columns above it: as many, or within one of them, and no wide gap between."""
    last = group[-1]
    if band.top - last.bottom > 6 * letter:
        return False
    hull = _hulls(group)
    if len(hull) == 1:
        return len(band.columns) == 1
    if len(band.columns) > len(hull):
        return False
    return all(sum(min(r, b) - max(x, a) > -letter for a, b in hull) == 1 for x, r in band.columns) and (
        len(band.columns) > 1 or band.columns[0][1] <= hull[0][1] or band.columns[0][0] >= hull[-1][0]
    )


def _hulls(group: list[_Band]) -> list[tuple[int, int]]:
    """Left and right ends of each column of a group."""
    widest = max(group, key=lambda b: len(b.columns))
    hull = [list(c) for c in widest.columns]
    for band in group:
        for left, right in band.columns:
            near = max(hull, key=lambda h: min(h[1], right) - max(h[0], left))
            near[0], near[1] = min(near[0], left), max(near[1], right)
    return [(a, b) for a, b in hull]


def _boxes(group: list[_Band]) -> list[PixelBox]:
    hull = _hulls(group)
    boxes: list[PixelBox] = []
    for index, (x0, x1) in enumerate(hull):
        inside = [
            (band.top, band.bottom)
            for band in group
            if any(
                max(range(len(hull)), key=lambda k: min(hull[k][1], right) - max(hull[k][0], left)) == index
                for left, right in band.columns
            )
        ]
        if inside:
            boxes.append((x0, inside[0][0], x1, inside[-1][1]))
    return boxes
