"""Rows and columns of a page, from word boxes.

    Run ──same height──▶ Row ──gap──▶ Line ──▶ Column (letterhead and signature block: left, then right)

Zones 1-4 and zones 7, 9b of Nghị định 30/2020/NĐ-CP, Phụ lục I, stand side by side: a row there holds two lines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from vndirective.parsers.page.words import Run, Word, wide_gap

_NO_COLUMN = re.compile(r"^Kính gửi\b", re.IGNORECASE)
_RECIPIENTS = re.compile(r"^\W*Nơi\s+nhận\b", re.IGNORECASE)
_HEAD = re.compile(
    r"\W*(?:CỘNG H[ÒO][ÀA] XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập\s*[-–—]|Số\s*:?\s*(?:\d+\s*)?[-/])"
    r"|(?-i:[A-ZÀ-ỸĐ]).{0,40}\bngày\b.*\btháng\b.*\bnăm\b",
    re.IGNORECASE,
)
_LETTERHEAD_ROWS = 10
_ARCHIVE = re.compile(r"^\W*Lưu\b", re.IGNORECASE)
_OVERLEAF_ROWS = 24
_GAPS_OF_COLUMNS = 4  # a row of two columns seldom has more
_TAB_OFF = 110  # points between the gutter of a zone and the gap of one of its lines


class Place(StrEnum):
    """Where a line stands; lines of different places are never joined."""

    BODY = "body"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Line:
    """Words of one printed line of one column, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def x0(self) -> float:
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)

    @cached_property
    def size(self) -> float:
        """Median height: a single word with a stacked diacritic or a foreign font is higher than its line."""
        return _median([w.height for w in self.words if not w.raised] or [w.height for w in self.words])

    @cached_property
    def bottom(self) -> float:
        return _median([w.bottom for w in self.words if not w.raised] or [w.bottom for w in self.words])

    @property
    def top(self) -> float:
        return self.bottom - self.size

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def page(self) -> int:
        return self.words[0].page

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def bold(self) -> bool | None:
        return _agreed([w.bold for w in self.words])

    @cached_property
    def italic(self) -> bool | None:
        return _agreed([w.italic for w in self.words])


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _agreed(values: list[bool | None]) -> bool | None:
    known = [v for v in values if v is not None]
    return None if not known else all(known)


@dataclass(slots=True)
class Column:
    """Lines of one place of a page, in reading order, with the margins that tell full lines from short ones."""

    place: Place
    lines: list[Line]
    left: float = 0.0
    right: float = 0.0
    kind: str = "body"  # "letterhead", "signature" for the two columns of those zones

    @property
    def pitch(self) -> float | None:
        """Usual distance (points) from line to line; None for few lines."""
        steps = [b.bottom - a.bottom for a, b in pairwise(self.lines) if a.page == b.page and b.bottom > a.bottom]
        return _median(steps) if len(steps) >= 8 else None


@dataclass(slots=True)
class Zone:
    """Rows `first` to `last` (exclusive) that stand in two columns parted at `gutter`."""

    first: int
    last: int
    gutter: float
    kind: str = field(default="signature")


def rows_of(runs: list[Run], fill_ins: list[Word]) -> list[Line]:
    """Lines across the whole page, from top to bottom."""
    pieces = sorted([*runs, *(Run([w]) for w in fill_ins)], key=lambda r: (r.top + r.bottom) / 2)
    rows: list[list[Run]] = []
    bands: list[tuple[float, float]] = []
    for run in pieces:
        at = _row_for(run, rows, bands)
        if at is None:
            rows.append([run])
            bands.append((run.top, run.bottom))
        else:
            rows[at].append(run)
    lines = [Line(tuple(sorted((w for r in row for w in r.words), key=lambda w: w.x0))) for row in rows]
    return sorted(lines, key=lambda line: line.middle)


def _row_for(run: Run, rows: list[list[Run]], bands: list[tuple[float, float]]) -> int | None:
    for at in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
        top, bottom = bands[at]
        shared = min(bottom, run.bottom) - max(top, run.top)
        if shared >= 0.45 * min(bottom - top, run.bottom - run.top) and not any(
            min(r.x1, run.x1) - max(r.x0, run.x0) > 0.6 * min(r.x1 - r.x0, run.x1 - run.x0, run.size) for r in rows[at]
        ):
            return at
    return None


def gaps_of(line: Line) -> list[tuple[float, float]]:
    """Gaps (from, to) inside a line that are wide enough to part columns."""
    wide = wide_gap(line.size)
    gaps = []
    reach = line.words[0].x1
    for word in line.words[1:]:
        if word.x0 - reach >= wide:
            gaps.append((reach, word.x0))
        reach = max(reach, word.x1)
    return gaps


def cut(line: Line, gutter: float) -> tuple[Line | None, Line | None]:
    """The parts of a line left and right of a gutter; a line of one piece is not cut."""
    gaps = gaps_of(line)
    if line.x0 < gutter < line.x1 and not gaps:
        # a name that was set with tabs may begin left of the gutter, far from where the left column begins
        return (line, None) if line.centre < gutter and line.x0 < 0.75 * gutter else (None, line)
    listed = line.words[0].text[0] in "-–+"
    if (
        listed and gaps and not any(low <= gutter <= high for low, high in gaps)
    ):  # set with tabs: not every line stops at the same place
        low, high = min(gaps, key=lambda g: abs((g[0] + g[1]) / 2 - gutter))
        if abs((low + high) / 2 - gutter) < _TAB_OFF:
            gutter = (low + high) / 2
    left = tuple(w for w in line.words if w.x0 < gutter)
    right = tuple(w for w in line.words if w.x0 >= gutter)
    return (Line(left) if left else None), (Line(right) if right else None)


def find_zones(rows: list[Line], width: float) -> list[Zone]:
    """Runs of rows that are set in two columns."""
    zones: list[Zone] = []
    at = 0
    overleaf = _overleaf(rows, width)
    if overleaf is not None:
        zones.append(overleaf)
        at = overleaf.last
    while at < len(rows):
        gap = _column_gap(rows[at], width)
        zone = _grow(rows, at, width, zones[-1].last if zones else 0) if gap else None
        if zone is None:
            at += 1
        else:
            zones.append(zone)
            at = zone.last
    return zones


def _column_gap(line: Line, width: float, near: float | None = None) -> tuple[float, float] | None:
    """The gap of a line that may part two columns: in the middle third, next to `near` where that is known."""
    gaps = [g for g in gaps_of(line) if g[0] < 0.62 * width and g[1] > 0.3 * width and g[1] - g[0] < 0.6 * width]
    if not gaps or _NO_COLUMN.match(line.text) or _stretched(line):
        return None
    if near is not None:
        return min(gaps, key=lambda g: max(0.0, g[0] - near, near - g[1]))
    return max(gaps, key=lambda g: g[1] - g[0])


def _stretched(line: Line) -> bool:
    """A line of running text that was set to the full width: many gaps, each about as wide as the others."""
    widths = [high - low for low, high in gaps_of(line)]
    return len(widths) > _GAPS_OF_COLUMNS and max(widths) < 1.5 * min(widths)


def _grow(rows: list[Line], at: int, width: float, floor: int) -> Zone | None:
    """The zone around row `at`, which has a gap; None where the gap is only loose setting of running text."""
    gap = _column_gap(rows[at], width)
    if gap is None:
        return None
    low, high = gap
    both = 0
    last = at
    previous = rows[at]
    while last < len(rows):
        line = rows[last]
        fitting = _fit(line, low, high, width)
        if fitting is None and last > at and _is_left(line, previous, width):
            fitting = low, high  # a long line of the subject reaches under the motto
        if fitting is None and last > at and line.words[0].text[0] in "-–+" and _column_gap(line, width):
            fitting = low, high  # a recipient, and a name that was set with tabs
        if fitting is None or (last > at and _ends_zone(line, previous, low, width)):
            break
        if fitting[0] > low or fitting[1] < high:
            low, high = max(low, fitting[0]), min(high, fitting[1])
        both += line.x0 < low + 1 and line.x1 > high - 1
        previous = line
        last += 1
    gutter = (low + high) / 2
    parts = [cut(line, gutter) for line in rows[at:last]]
    left = " ".join(p[0].text for p in parts if p[0])
    recipients = any(p[0] and _RECIPIENTS.match(p[0].text) for p in parts)
    head = at < _LETTERHEAD_ROWS and any(
        p and len(p.words) <= 14 and _HEAD.match(p.text) for pair in parts if all(pair) for p in pair
    )
    above = 0 if head else _recipients_above(rows[floor:at], low, high, width)
    overleaf = at <= 1 and any(p and q and _goes_on_overleaf(p, q) for p, q in parts)
    if not (recipients or head or above or overleaf or (both >= 2 and _is_signature(parts))) or not left:
        return None
    first = at - above
    if not head:
        while first > floor and _is_right(rows[first - 1], high, width):
            first -= 1
    else:
        first = 0 if _fits_all(rows[:at], low, high, width) else at
    return Zone(first, last, gutter, "letterhead" if head else "signature")


def _goes_on_overleaf(left: Line, right: Line) -> bool:
    """A recipient beside a post or a name at the top of a page: the block began on the page before."""
    words = [w.text for w in right.words]
    named = 2 <= len(words) <= 6 and all(w[0].isupper() and w.replace(".", "").isalpha() for w in words)
    return (left.text[0] in "-–+" or left.text[-1] in ",;") and (named or right.text.isupper())


def _overleaf(rows: list[Line], width: float) -> Zone | None:
    """Recipients from the top of a page on, and to the right of them the post or the name that a page break parted from its
    beginning, in a row of its own or beside a recipient; None for other rows."""
    if not rows or rows[0].text[0] not in "-–+":
        return None
    left: list[float] = []
    right: list[float] = []
    last = 0
    for line in rows[:_OVERLEAF_ROWS]:
        gap = _column_gap(line, width)
        if gap is not None and line.x0 < 0.4 * width:
            left.append(max(w.x1 for w in line.words if w.x0 < gap[1]))
            right.append(gap[1])
        elif line.x0 > 0.5 * width and line.x1 - line.x0 < 0.45 * width:
            right.append(line.x0)
        elif _is_wide(line, width):
            break
        else:
            left.append(line.x1)
        last += 1
        if _ARCHIVE.match(line.text):
            break
    if not left or not right or max(left) >= min(right):
        return None
    return Zone(0, last, (max(left) + min(right)) / 2)


def _is_wide(line: Line, width: float) -> bool:
    return line.x1 > 0.56 * width or line.x0 > 0.4 * width


def _is_left(line: Line, previous: Line, width: float) -> bool:
    return line.x1 < 0.56 * width and line.centre < 0.42 * width and line.top - previous.bottom < 0.8 * line.size


def _recipients_above(rows: list[Line], low: float, high: float, width: float) -> int:
    """How many rows further up "Nơi nhận:" stands, all of them in the left column; 0 for none."""
    for count, line in enumerate(reversed(rows[-8:]), 1):
        if _fit(line, low, high, width) is None or line.x0 > low:
            return 0
        if _RECIPIENTS.match(line.text):
            return count
    return 0


def _fits_all(rows: list[Line], low: float, high: float, width: float) -> bool:
    return all(_fit(line, low, high, width) is not None for line in rows)


def _fit(line: Line, low: float, high: float, width: float) -> tuple[float, float] | None:
    """The gutter that is left after a line; None where the line runs across it."""
    words = line.words
    inside = [g for g in _free(words, width) if min(g[1], high) - max(g[0], low) >= 2]
    if not inside:
        return None
    best = max(inside, key=lambda g: min(g[1], high) - max(g[0], low))
    narrow = best[0] > words[0].x0 and best[1] < width and best[1] - best[0] < wide_gap(line.size)
    return None if narrow else (max(best[0], low), min(best[1], high))


def _free(words: tuple[Word, ...], width: float) -> list[tuple[float, float]]:
    """Parts of the page's width on which no word of a line stands."""
    free = []
    reach = 0.0
    for word in words:
        if word.x0 > reach:
            free.append((reach, word.x0))
        reach = max(reach, word.x1)
    free.append((reach, width))
    return free


def _ends_zone(line: Line, previous: Line, low: float, width: float) -> bool:
    centred = 0.44 * width < line.centre < 0.56 * width and not gaps_of(line)  # "KẾ HOẠCH" is too short to cross
    if centred or _NO_COLUMN.match(line.text):
        return True
    # a short line far below in the left column belongs to what follows ("Kính gửi" list, annex)
    return line.x0 < low and line.top - previous.bottom > 8 * line.size


def _is_right(line: Line, high: float, width: float) -> bool:
    return line.x0 > high - 40 and line.centre > 0.58 * width


def _is_signature(parts: list[tuple[Line | None, Line | None]]) -> bool:
    """Two columns without "Nơi nhận": short lines, a list or capitals on one side."""
    lines = [p for pair in parts for p in pair if p]
    return any(line.text.isupper() for line in lines) and all(len(line.words) < 12 for line in lines)


def margins(lines: list[Line]) -> tuple[float, float]:
    """Left and right edge of a column: where most of its lines begin, and how far its full lines reach."""
    if not lines:
        return 0.0, 0.0
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.7 * widest]
    starts = Counter(round(line.x0 / 2) for line in long)
    most = starts.most_common(1)[0][1]
    left = min(s for s, n in starts.items() if n >= max(1, most / 4)) * 2.0
    ends = sorted((line.x1 for line in long), reverse=True)
    right = next((e for i, e in enumerate(ends) if i + 2 < len(ends) and e - ends[i + 2] < 4), ends[0])
    return left, right
