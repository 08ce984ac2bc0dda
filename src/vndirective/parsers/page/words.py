"""Words of a page and the runs they make.

    Word ──same line, no gap──▶ Run

Coordinates are points, origin at the top left of the page as it is seen (crop box and /Rotate applied). Boxes are as
high as the font, so that all words of a line have the same height and a raised note mark shows by its size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from vndirective.parsers.source import Box

# Height of a word above and below its baseline, as shares of the font size: room for "Ể" and for "g"
ASCENT, DESCENT = 0.9, 0.22


@dataclass(slots=True)
class Word:
    """One printed word; `raised` where its size and place say that it is a note mark."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool | None = None
    italic: bool | None = None
    raised: bool = False
    torn: bool = False  # its last letter does not stand on the line of its first
    turned: bool = False  # set upwards or aslant: the head of a narrow table column, a watermark
    confidence: float | None = None  # of text recognition, 0 to 1; None for words that the file itself holds
    place: Box | None = None  # where it is printed, if the page was turned or straightened before it was read
    reading: str | None = None  # as recognised, where `text` says otherwise
    doubtful: bool = False  # a number that was read in two ways

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass
class Run:
    """Words that follow one another on one line without a wide gap; complete before its edges are asked for."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @cached_property
    def size(self) -> float:
        return max(w.bottom - w.top for w in self.words)

    @cached_property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @cached_property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


def runs_of(words: list[Word]) -> list[Run]:
    """Words in content order, cut where the line or the column changes; turned words stand on no line."""
    runs: list[Run] = []
    last: Word | None = None
    height = 0.0
    for word in words:
        if word.turned:
            continue
        if last is not None and _follows(word, last, height):
            runs[-1].words.append(word)
            height = max(height, word.height)
        else:
            runs.append(Run([word]))
            height = word.height
        last = word
    return runs


def _follows(word: Word, last: Word, height: float) -> bool:
    gap = word.x0 - last.x1
    if not -0.5 * height < gap < wide_gap(height):
        return False
    if word.raised or last.raised:
        return abs(word.middle - last.middle) < 0.7 * height
    return abs(word.bottom - last.bottom) < 0.25 * height


def wide_gap(size: float) -> float:
    """From this width on (points) a gap between words may part two columns; justified lines stay below it."""
    return max(9.0, 0.7 * size)
