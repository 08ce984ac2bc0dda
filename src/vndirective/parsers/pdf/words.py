"""Words and their boxes from pdfium, in the order of the page's content.

    PdfPage ──pdfium text──▶ Word ──same line, no gap──▶ Run

Coordinates are points, origin at the top left of the page as it is seen (crop box and /Rotate applied). Boxes are
"loose": as high as the font, so that all words of a line have the same height and a raised note mark shows by its size.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

# pdfium writes a hyphen at the end of a line as U+FFFE (older builds U+0002) and glues the next line to it.
_TOKEN = re.compile("[^\\s\ufffe\u00ad\x02]+[\ufffe\u00ad\x02]?|[\ufffe\u00ad\x02]")
_HYPHENS = "\ufffe\u00ad\x02"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_MARK = re.compile(r"\(?[\d*]{1,3}\)?$")
_UNIT = re.compile(r"(?:^|[\d/(.,])[kcdmh]?m$")  # m², km³: part of the unit, no note mark
_SMALL = 0.82  # a note mark is at most this high, as a share of its neighbour


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

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Run:
    """Words that follow one another on one line without a wide gap."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def size(self) -> float:
        return max(w.height for w in self.words)

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


@dataclass(slots=True)
class PageWords:
    """What one page says: printed words, and the words that stand in annotations (electronic signatures)."""

    number: int
    width: float
    height: float
    words: list[Word]
    annotations: list[Word] = field(default_factory=list)


def read_page_words(document: Any, index: int) -> PageWords:
    """Words of page `index` (from 0) of a pypdfium2 document; annotations are flattened only where there are any."""
    import pypdfium2.raw as pdfium

    page = document[index]
    width, height = page.get_size()
    words = _words(page, index + 1)
    annotations: list[Word] = []
    if pdfium.FPDFPage_GetAnnotCount(page.raw) and pdfium.FPDFPage_Flatten(page.raw, 0) == pdfium.FLATTEN_SUCCESS:
        printed = {_place(w) for w in words}
        # the flattened text is seen only by a page that is opened anew
        annotations = [w for w in _words(document[index], index + 1) if _place(w) not in printed]
    return PageWords(index + 1, width, height, words, annotations)


def _place(word: Word) -> tuple[str, int, int]:
    return word.text, round(word.x0), round(word.bottom)


def _words(page: Any, number: int) -> list[Word]:
    textpage = page.get_textpage()
    try:
        return list(_read_words(textpage, number, _to_view(page)))
    finally:
        textpage.close()


Corners = tuple[float, float, float, float]


def _to_view(page: Any) -> Callable[[float, float, float, float], Corners]:
    """From page space (left, bottom, right, top; origin below) to the page as it is seen (x0, top, x1, bottom)."""
    x0, y0, x1, y1 = page.get_bbox()
    turn = page.get_rotation()
    if turn == 90:
        return lambda left, low, right, high: (low - y0, left - x0, high - y0, right - x0)
    if turn == 180:
        return lambda left, low, right, high: (x1 - right, low - y0, x1 - left, high - y0)
    if turn == 270:
        return lambda left, low, right, high: (y1 - high, x1 - right, y1 - low, x1 - left)
    return lambda left, low, right, high: (left - x0, y1 - high, right - x0, y1 - low)


def _read_words(textpage: Any, number: int, view: Callable[..., Corners]) -> Iterator[Word]:
    import pypdfium2.raw as pdfium

    text: str = textpage.get_text_range()
    raw = textpage.raw
    at: Callable[[int], int] = _indices(textpage, text)
    rect = pdfium.FS_RECTF()
    loose = pdfium.FPDFText_GetLooseCharBox

    def box(index: int) -> Corners:
        loose(raw, index, rect)
        return view(rect.left, rect.bottom, rect.right, rect.top)

    composed = unicodedata.is_normalized("NFC", text)
    fonts = _Fonts(raw)
    previous: Word | None = None
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        first, last = box(at(start)), box(at(end - 1))
        printed = token.group()
        if printed[-1] in _HYPHENS:
            printed = printed[:-1] + "-"
        printed = _INVISIBLE.sub("", printed if composed else unicodedata.normalize("NFC", printed))
        if not printed:
            continue
        at_edge = start == 0 or text[start - 1] == "\n" or text[end : end + 3].strip(" ") in ("", "\r", "\r\n")
        bold, italic = fonts.style(at(start)) if at_edge else (None, None)
        word = Word(printed, number, first[0], min(first[1], last[1]), last[2], max(first[3], last[3]), bold, italic)
        mark = None
        if end - start > 1 and last[3] - last[1] < _SMALL * (first[3] - first[1]) and printed[-1] in "0123456789*)":
            word, mark = _cut_mark(word, box, [at(i) for i in range(start, end)])
        elif previous is not None and _MARK.match(printed):
            word.raised = _is_raised(word, previous) and not _UNIT.search(previous.text)
        yield word
        if mark is not None:
            yield mark
        previous = mark or word


def _indices(textpage: Any, text: str) -> Callable[[int], int]:
    """pdfium's character index of a text index: the same, unless characters were left out or lie beyond the BMP."""
    if textpage.count_chars() == len(text):
        return lambda index: index
    import pypdfium2.raw as pdfium

    raw = textpage.raw
    units = [0]
    for char in text:
        units.append(units[-1] + (2 if ord(char) > 0xFFFF else 1))
    return lambda index: max(0, int(pdfium.FPDFText_GetCharIndexFromTextIndex(raw, units[index])))


def _cut_mark(word: Word, box: Callable[[int], Corners], chars: list[int]) -> tuple[Word, Word | None]:
    """Part a word from the note mark that is set directly behind it ("QH15" and "1")."""
    if len(chars) != len(word.text):
        return word, None
    first = box(chars[0])
    limit = _SMALL * (first[3] - first[1])
    cut = len(chars)
    while cut > 1:
        corners = box(chars[cut - 1])
        if corners[3] - corners[1] >= limit:
            break
        cut -= 1
    mark, stem = word.text[cut:], word.text[:cut]
    if not _MARK.match(mark) or (_UNIT.search(stem) and mark in ("2", "3")):
        return word, None
    small, end = box(chars[cut]), box(chars[cut - 1])
    return (
        Word(stem, word.page, word.x0, first[1], end[2], first[3], word.bold, word.italic),
        Word(mark, word.page, small[0], small[1], word.x1, small[3], raised=True),
    )


def _is_raised(word: Word, previous: Word) -> bool:
    """A small number that hangs above the line of the word before it."""
    return (
        word.height < _SMALL * previous.height
        and previous.top - 0.2 * previous.height < word.top < previous.middle
        and word.bottom < previous.bottom
        and -2 < word.x0 - previous.x1 < previous.height
    )


class _Fonts:
    """Bold and italic by the name of the font, asked only for the words at the ends of a line."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def style(self, index: int) -> tuple[bool | None, bool | None]:
        import pypdfium2.raw as pdfium

        size = pdfium.FPDFText_GetFontInfo(self._raw, index, self._buffer, 128, self._flags)
        if not 1 < size <= 128:
            return None, None
        name = self._buffer.value.lower()
        italic = b"italic" in name or b"oblique" in name or bool(self._flags.value & 64)
        return b"bold" in name or bool(self._flags.value & 1 << 18), italic


def runs_of(words: list[Word]) -> list[Run]:
    """Words in content order, cut where the line or the column changes."""
    runs: list[Run] = []
    last: Word | None = None
    height = 0.0
    for word in words:
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
