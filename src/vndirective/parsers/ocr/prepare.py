"""A picture of a page made ready for reading.

    picture ─▶ red channel ─▶ working resolution ─▶ flat field ─▶ deskewed ─▶ cleaned
               (drops seals)                        (even light)             (rules, specks, drawings)

Nothing is binarised for the network: it reads grey better. `Sheet` keeps the way back to the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

WORKING_DPI = 200  # at 300 the same letters cost more time and are read no better
FINE_DPI = 300  # what a coarse source (150 dpi and less) is enlarged to
COARSE = 170
_INK = 160  # of 255 after the light was evened
_MAX_SKEW = 6.0  # degrees
_A4_INCHES = 11.69
cv2.setNumThreads(1)  # pages are spread over the cores, not one page


@dataclass(frozen=True)
class Sheet:
    """A page ready for reading: `grey` and its `ink` (boolean) at `dpi`, with the height of a letter in pixels; `whole` is
    the grey before rules, drawings and seals were taken off.

    `back` is the 2×3 matrix from pixels of `grey` to pixels of the picture as it came.
    """

    grey: Any
    whole: Any
    ink: Any
    dpi: int
    letter: float
    skew: float
    back: Any
    frames: tuple[tuple[int, int, int, int], ...] = ()  # stamps: x0, top, x1, bottom in pixels


def ink_channel(picture: Any, pen_from: float = 0.0) -> Any:
    """Grey picture without red seals, and below the share `pen_from` of its height without blue pen.

    The red channel shows red as light as paper; what remains of its shade, and blue strokes, are lifted to white. Black
    under them stays. A picture whose print itself is blue keeps it.
    """
    if picture.ndim == 2:
        return picture
    red, green, blue = (picture[:, :, i] for i in range(3))
    paper = paper_of(red)
    grey = np.maximum(red, np.minimum(_lifted(red, np.minimum(green, blue)), paper))
    grey[red < 90] = red[red < 90]
    start = round(pen_from * len(grey))
    pen = _lifted(blue[start:], red[start:])
    pen[(blue[start:] < 70)] = 0
    if (pen > 128).sum() < 0.25 * (grey[start:] < _INK).sum():
        grey[start:] = np.maximum(grey[start:], np.minimum(pen, paper[start:]))
    return np.ascontiguousarray(grey)


def _lifted(high: Any, low: Any) -> Any:
    """White where one channel is far above the other, 0 to 255."""
    return cv2.multiply(cv2.subtract(cv2.subtract(high, low), (30.0,)), (6.0,))


def resolution_of(height: int, width: int, stated: float | None) -> float:
    """Dots an inch; a stated figure that makes the sheet smaller than A6 or larger than A2 is no resolution."""
    long = max(height, width)
    if stated and 5.5 <= long / stated <= 24:
        return stated
    return long / _A4_INCHES


def prepare(picture: Any, dpi: float, pen_from: float = 0.0) -> Sheet:
    """`picture` (height, width) or (height, width, 3 RGB) of uint8 → Sheet; `pen_from` as `ink_channel` takes it."""
    grey = ink_channel(picture, pen_from)
    working = WORKING_DPI if dpi >= COARSE else FINE_DPI
    scale = working / dpi
    if scale < 0.98:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    elif scale > 1.02:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    else:
        scale = 1.0
    grey = even_light(grey)
    angle = skew_of(grey < _INK)
    turn = _rotation(grey.shape, angle)
    if abs(angle) >= 0.05:
        height, width = grey.shape
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    else:
        angle, turn = 0.0, np.eye(2, 3)
    back = cv2.invertAffineTransform(turn) / scale
    return clean(grey, working, angle, back)


def even_light(grey: Any) -> Any:
    """Divide by the paper's own brightness: shadows, yellowed paper and show-through go, ink stays."""
    return cv2.divide(grey, np.maximum(paper_of(grey), 32), scale=255)


def paper_of(grey: Any) -> Any:
    """How bright the paper is at each place of a page."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 9)
    return cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)


def skew_of(ink: Any) -> float:
    """Degrees by which lines fall to the right; the angle at which the rows of ink part most sharply."""
    small = cv2.resize(ink.astype(np.uint8) * 255, None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA) > 100
    ys, xs = np.nonzero(small)
    if len(ys) < 300:
        return 0.0
    step = len(ys) // 40_000 + 1
    ys, xs = ys[::step].astype(np.float32), xs[::step].astype(np.float32)

    def sharpness(degrees: float) -> float:
        a = math.radians(degrees)
        rows = ys * math.cos(a) - xs * math.sin(a)
        counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
        return float(np.square(np.diff(counts)).sum())

    best = 0.0
    for width, pace in ((_MAX_SKEW, 0.5), (0.5, 0.1), (0.1, 0.025)):
        angles = np.arange(best - width, best + width + pace / 2, pace)
        best = float(max(angles, key=sharpness))
    return best


def lies_sideways(ink: Any) -> bool:
    """Whether the lines of text run upwards: then columns of ink part more sharply than rows."""
    small = cv2.resize(ink.astype(np.uint8) * 255, None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA) > 100
    rows, columns = small.sum(1).astype(np.float64), small.sum(0).astype(np.float64)
    if rows.sum() < 300:
        return False
    return bool(_sharpness(columns) > 1.6 * _sharpness(rows))


def _sharpness(counts: Any) -> float:
    return float(np.square(np.diff(counts)).sum() / np.square(counts).sum())


def _rotation(shape: tuple[int, int], degrees: float) -> Any:
    height, width = shape
    return cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)


def clean(grey: Any, dpi: int, skew: float, back: Any) -> Sheet:
    """White out what is no letter: rules, drawings, seals' remains, and specks far from any letter."""
    ink = (grey < _INK).astype(np.uint8)
    point = dpi / 72
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    x, y, width, height, area = stats.T
    letters = (height > 4 * point) & (height < 22 * point) & (width < 40 * point) & (area > 8)
    letters[0] = False
    letter = float(np.median(height[letters])) if letters.any() else 7 * point
    large = (height > 5 * letter) | (width > 12 * letter)
    rule = (width > 3.5 * letter) & (height < 0.4 * letter)
    speck = ~(letters | large | rule) & (area < (0.16 * letter) ** 2 + 1)
    loose = ~(letters | large | rule | speck) & (area < (0.3 * letter) ** 2)
    beside = _beside(ink.shape, x, y, width, height, letters, letter)
    row = np.clip(y + height // 2, 0, ink.shape[0] - 1)
    column = np.clip(x + width // 2, 0, ink.shape[1] - 1)
    drop = large | rule | ((speck | loose) & ~beside[row, column])
    drop[0] = False
    gone = drop[labels]
    frames = _frames(stats, (large | rule) & drop, letter, ink.shape)
    lines: Boxes | None = None
    for i in np.nonzero(large & drop)[0]:
        box = (int(x[i]), int(y[i]), int(x[i] + width[i]), int(y[i] + height[i]))
        if not any(f[0] <= box[0] and f[1] <= box[1] and box[2] <= f[2] and box[3] <= f[3] for f in frames):
            if lines is None:  # most pages need none
                lines = _print_lines(stats, letters, letter, 0.0) + _print_lines(stats, letters, letter, 0.5)
            _restore(gone, labels, int(i), box, lines, letter)
    kept = ink.astype(bool) & ~gone
    grown = cv2.dilate(gone.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & ~kept
    cleaned = grey.copy()
    cleaned[grown] = 255
    return Sheet(cleaned, grey, kept, dpi, letter, skew, back, tuple(frames))


Boxes = list[tuple[int, int, int, int]]  # x0, top, x1, bottom


def _frames(stats: Any, strokes: Any, letter: float, shape: Any) -> Boxes:
    """Frames of stamps in the upper half of a page: strokes near one another that run both ways around a few lines."""
    height = shape[0]
    near = 3 * letter
    groups: list[list[Any]] = []
    for i in np.nonzero(strokes)[0]:
        x, y, w, h, area = (int(v) for v in stats[i])
        if y + h > 0.55 * height or area > 0.35 * w * h + 4 * letter * max(w, h) or w > 32 * letter or h > 14 * letter:
            continue
        touched = [g for g in groups if any(_apart((x, y, x + w, y + h), o) < near for o in g)]
        for group in touched:
            groups.remove(group)
        groups.append([(x, y, x + w, y + h), *(o for g in touched for o in g)])
    frames: Boxes = []
    for group in groups:
        box = (min(o[0] for o in group), min(o[1] for o in group), max(o[2] for o in group), max(o[3] for o in group))
        upright = sum(o[3] - o[1] > 2 * letter for o in group)
        across = sum(o[2] - o[0] > 5 * letter for o in group)
        fits = 2.5 * letter < box[3] - box[1] < 13 * letter and 7 * letter < box[2] - box[0] < 34 * letter
        if fits and upright and across and len(group) > 1:
            frames.append(box)
    return frames


def _apart(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> int:
    return max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])


def _print_lines(stats: Any, letters: Any, letter: float, shift: float) -> Boxes:
    """Runs of letters, two and a half wide and more, that stand side by side on one line; `shift` moves the bands in which lines are
    looked for, so that no line falls between two."""
    found = np.nonzero(letters)[0]
    order = found[
        np.lexsort((stats[found, 0], np.round((stats[found, 1] + stats[found, 3]) / (0.35 * letter) + shift)))
    ]
    runs: Boxes = []
    run: list[Any] = []
    for i in [*order, None]:
        box = None if i is None else stats[i]
        last = run[-1] if run else None
        if box is not None and last is not None:
            level = abs((box[1] + box[3]) - (last[1] + last[3])) < 0.3 * letter
            if level and -letter < box[0] - (last[0] + last[2]) < 0.9 * letter:
                run.append(box)
                continue
        part = np.array(run)
        if len(run) >= 2 and part[-1, 0] + part[-1, 2] - part[0, 0] > 2.2 * letter:
            runs.append(
                (
                    int(part[0, 0]),
                    int(part[:, 1].min()),
                    int(part[-1, 0] + part[-1, 2]),
                    int((part[:, 1] + part[:, 3]).max()),
                )
            )
        run = [box] if box is not None else []
    return runs


def _restore(gone: Any, labels: Any, index: int, box: tuple[int, int, int, int], lines: Boxes, letter: float) -> None:
    """Give back what a seal or a signature swallowed: where it crosses a line of print, letters stand under it."""
    for x0, top, x1, bottom in lines:
        if bottom < box[1] or top > box[3] or x1 < box[0] - 10 * letter or x0 > box[2] + 10 * letter:
            continue
        band = slice(max(0, top - round(0.4 * letter)), bottom + round(0.25 * letter))
        across = slice(max(0, x0 - round(10 * letter)), x1 + round(10 * letter))
        gone[band, across] &= labels[band, across] != index


def _beside(shape: Any, x: Any, y: Any, width: Any, height: Any, letters: Any, letter: float) -> Any:
    """Where marks, full stops and hyphens belong: around letters, further to the sides than above and below."""
    near = np.zeros(shape, np.uint8)
    across, up = int(1.3 * letter), int(1.2 * letter)  # a tone stands on a hat, that on its letter
    for i in np.nonzero(letters)[0]:
        near[max(0, y[i] - up) : y[i] + height[i] + up, max(0, x[i] - across) : x[i] + width[i] + across] = 1
    return near.astype(bool)
