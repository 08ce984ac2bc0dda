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
    """A page ready for reading: `grey` and its `ink` (boolean) at `dpi`, with the height of a letter in pixels.

    `back` is the 2×3 matrix from pixels of `grey` to pixels of the picture as it came.
    """

    grey: Any
    ink: Any
    dpi: int
    letter: float
    skew: float
    back: Any
    dropped: int = 0  # pixels of ink that were taken for rules, drawings and specks


def red_channel(picture: Any) -> Any:
    """Grey picture in which red seals and marks are as light as paper; grey pictures stay as they are."""
    if picture.ndim == 2:
        return picture
    return np.ascontiguousarray(picture[:, :, 0])


def resolution_of(height: int, width: int, stated: float | None) -> float:
    """Dots an inch; a stated figure that makes the sheet smaller than A6 or larger than A2 is no resolution."""
    long = max(height, width)
    if stated and 5.5 <= long / stated <= 24:
        return stated
    return long / _A4_INCHES


def prepare(picture: Any, dpi: float) -> Sheet:
    """`picture` (height, width) or (height, width, 3 RGB) of uint8 → Sheet."""
    grey = red_channel(picture)
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
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((7, 7), np.uint8))
    paper = cv2.medianBlur(paper, 9)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 32), scale=255)


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
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
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
    kept = ink.astype(bool) & ~gone
    grown = cv2.dilate(gone.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & ~kept
    cleaned = grey.copy()
    cleaned[grown] = 255
    return Sheet(cleaned, kept, dpi, letter, skew, back, int(area[drop].sum()))


def _beside(shape: Any, x: Any, y: Any, width: Any, height: Any, letters: Any, letter: float) -> Any:
    """Where marks, full stops and hyphens belong: around letters, further to the sides than above and below."""
    near = np.zeros(shape, np.uint8)
    across, up = int(1.3 * letter), int(1.2 * letter)  # a tone stands on a hat, that on its letter
    for i in np.nonzero(letters)[0]:
        near[max(0, y[i] - up) : y[i] + height[i] + up, max(0, x[i] - across) : x[i] + width[i] + across] = 1
    return near.astype(bool)
