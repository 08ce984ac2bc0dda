"""Words and their boxes from pdfium, in the order of the page's content.

PdfPage ──pdfium text──▶ Word
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from vndirective.parsers import legacy
from vndirective.parsers.clean import latin
from vndirective.parsers.page.words import ASCENT, DESCENT, Word
from vndirective.parsers.vietnamese import is_syllable

# pdfium writes a hyphen at the end of a line as U+FFFE (older builds U+0002) and glues the next line to it.
_TOKEN = re.compile("[^\\s\ufffe\u00ad\x02]+[\ufffe\u00ad\x02]?|[\ufffe\u00ad\x02]")
_ANY_HYPHEN = re.compile("[\ufffe\u00ad\x02-]")
_POINTS = ".,;:!?()\"'/“”"
_HYPHENS = "\ufffe\u00ad\x02"
_OLD_TOKEN = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")  # in TCVN3 U+00AD is "ư"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_MARK = re.compile(r"\(?[\d*]{1,3}\)?$")
_UNIT = re.compile(r"(?:^|[\d/(.,])[kcdmh]?m$")  # m², km³: part of the unit, no note mark
_SMALL = 0.82  # a note mark is at most this high, as a share of its neighbour


@dataclass(slots=True)
class PageWords:
    """What one page says: printed words, and the words that stand in annotations (electronic signatures).

    `legacy` names the font from before Unicode that most of its words are set in, "" for none.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    annotations: list[Word] = field(default_factory=list)
    legacy: str = ""
    flattened: bool = False  # the page that was read shows its annotations only when it is opened anew


def read_page_words(document: Any, index: int, page: Any) -> PageWords:
    """Words of `page`, at `index` (from 0) of a pypdfium2 document; annotations are flattened where there are any."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    words, old = _words(page, index + 1)
    annotations: list[Word] = []
    flattened = _has_appearances(page) and pdfium.FPDFPage_Flatten(page.raw, 0) == pdfium.FLATTEN_SUCCESS
    if flattened:
        printed = {_place(w) for w in words}
        # the flattened text is seen only by a page that is opened anew
        annotations = [w for w in _words(document[index], index + 1)[0] if _place(w) not in printed]
    return PageWords(index + 1, width, height, words, annotations, old, flattened)


def _has_appearances(page: Any) -> bool:
    """Annotations other than links, which show nothing of their own."""
    import pypdfium2.raw as pdfium

    for i in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def _place(word: Word) -> tuple[str, int, int]:
    return word.text, round(word.x0), round(word.bottom)


def _words(page: Any, number: int) -> tuple[list[Word], str]:
    """Words of a page, and the old font that most of them are set in."""
    textpage = page.get_textpage()
    old = Counter[str]()
    try:
        words = list(_read_words(textpage, number, page, old))
        return words, max(old, key=lambda name: old[name], default="")
    finally:
        textpage.close()


def to_view(page: Any) -> Callable[[float, float], tuple[float, float]]:
    """From page space (origin below, crop box and rotation not applied) to the page as it is seen."""
    x0, y0, x1, y1 = page.get_bbox()
    turn = page.get_rotation()
    if turn == 90:
        return lambda x, y: (y - y0, x - x0)
    if turn == 180:
        return lambda x, y: (x1 - x, y - y0)
    if turn == 270:
        return lambda x, y: (y1 - y, x1 - x)
    return lambda x, y: (x - x0, y1 - y)


class _Glyphs:
    """Where the characters of a page stand. A box is made from baseline and font size: the boxes that pdfium gives
    differ from word to word in fonts that do not tell their height."""

    def __init__(self, raw: Any, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._raw = raw
        self._view = to_view(page)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._matrix = pdfium.FS_MATRIX()
        self._scales: dict[float, float] = {}

    def origin(self, index: int) -> tuple[float, float]:
        """Left end of a character on the baseline, as seen."""
        self._pdfium.FPDFText_GetCharOrigin(self._raw, index, self._x, self._y)
        return self._view(self._x.value, self._y.value)

    def end(self, index: int) -> tuple[float, float]:
        """Right end and middle height of a character's ink, as seen."""
        left, right, low, high = self._edges
        self._pdfium.FPDFText_GetCharBox(self._raw, index, left, right, low, high)
        (xa, ya), (xb, yb) = self._view(left.value, low.value), self._view(right.value, high.value)
        return max(xa, xb), (ya + yb) / 2

    def size(self, index: int) -> float:
        """Font size in points of the page; the text matrix is asked once for each nominal size."""
        nominal: float = self._pdfium.FPDFText_GetFontSize(self._raw, index)
        scale = self._scales.get(nominal)
        if scale is None:
            self._pdfium.FPDFText_GetMatrix(self._raw, index, self._matrix)
            scale = math.hypot(self._matrix.c, self._matrix.d) or 1.0
            if nominal > 2:  # some writers set everything in size 1 and leave the rest to the matrix
                self._scales[nominal] = scale
        return nominal * scale

    def word(self, text: str, page: int, start: int, last: int) -> Word:
        x0, baseline = self.origin(start)
        size = self.size(start)
        x1, middle = self.end(last)
        word = Word(text, page, x0, baseline - ASCENT * size, max(x0, x1), baseline + DESCENT * size)
        # two letters set upwards stay within the height of a line, but are hardly wide
        word.torn = not word.top < middle < word.bottom or (x1 - x0 < 0.25 * size and last > start)
        return word

    def pieces(self, word: Word, chars: list[int]) -> Iterator[Word]:
        """The words of which pdfium made one: the last of a stamp and the first of the next stand apart."""
        origins = [self.origin(i) for i in chars]
        baselines = [y for _, y in origins]
        if abs(origins[1][1] - origins[0][1]) > 0.3 * abs(origins[1][0] - origins[0][0]):
            xs, size = [x for x, _ in origins], word.height / 2
            yield Word(
                word.text, word.page, min(xs), min(baselines) - size, max(xs) + size, max(baselines), turned=True
            )
            return
        start = 0
        for i in range(1, len(chars) + 1):
            if i == len(chars) or abs(baselines[i] - baselines[i - 1]) > 0.5 * word.height:
                yield self.word(word.text[start:i], word.page, chars[start], chars[i - 1])
                start = i


def _read_words(textpage: Any, number: int, page: Any, old: Counter[str]) -> Iterator[Word]:
    text: str = textpage.get_text_range()
    at = _indices(textpage, text)
    clean = unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text) and latin(text) == text
    fonts = _Fonts(textpage.raw)
    glyphs = _Glyphs(textpage.raw, page)
    previous: Word | None = None
    is_old = legacy.may_be_old(text) and any(
        legacy.encoding_of(fonts.name(at(m.start()))) for m in legacy.old_words(text)
    )
    for token in (_OLD_TOKEN if is_old else _TOKEN).finditer(text):
        start, end = token.span()
        printed = token.group()
        if is_old:
            printed, found = _from_old(printed, fonts.name(at(start)))
            old[found] += bool(found)
        if printed[-1] in _HYPHENS:
            printed = printed[:-1] + "-"
        if is_old or not clean:
            printed = unicodedata.normalize("NFC", latin(_INVISIBLE.sub("", printed)))
            if not printed:
                continue
        first, last = at(start), at(end - 1)
        word = glyphs.word(printed, number, first, last)
        if start == 0 or text[start - 1] == "\n" or text[end : end + 2].lstrip(" ")[:1] in ("", "\r", "\n"):
            word.bold, word.italic = fonts.style(first)
        if word.torn and len(word.text) == end - start > 1:
            yield from glyphs.pieces(word, [at(i) for i in range(start, end)])
            previous = None
            continue
        mark = None
        if len(printed) > 1 and printed[-1] in "0123456789*)" and glyphs.size(last) < _SMALL * glyphs.size(first):
            word, mark = _cut_mark(word, glyphs, [at(i) for i in range(start, end)])
        elif previous is not None and _MARK.match(printed):
            word.raised = _is_raised(word, previous) and not _UNIT.search(previous.text)
        yield word
        if mark is not None:
            yield mark
        previous = mark or word


def _from_old(printed: str, font: str | None) -> tuple[str, str]:
    """A word in Unicode, and the old font that it was set in, "" for none. What pdfium takes for a hyphen at the end of
    a line, and what a font without a map of its own calls one (WinAnsiEncoding has two of them, ISO 32000-1, annex D), is one
    only where no syllable in "ư" stands there."""
    if len(printed) > 1 and _ANY_HYPHEN.search(printed) and legacy.encoding_of(font) == "tcvn3":
        whole = _ANY_HYPHEN.sub("\u00ad", printed)
        syllable, _ = legacy.decode_runs([(whole.strip(_POINTS), font)])
        if is_syllable(syllable):
            printed = whole
    decoded, found = legacy.decode_runs([(printed, font)])
    return decoded, next(iter(found), "")


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


def _cut_mark(word: Word, glyphs: _Glyphs, chars: list[int]) -> tuple[Word, Word | None]:
    """Part a word from the note mark that is set directly behind it ("QH15" and "1")."""
    if len(chars) != len(word.text):
        return word, None
    limit = _SMALL * glyphs.size(chars[0])
    cut = len(chars) - 1
    while cut > 1 and glyphs.size(chars[cut - 1]) < limit:
        cut -= 1
    mark, stem = word.text[cut:], word.text[:cut]
    if not _MARK.match(mark) or (_UNIT.search(stem) and mark in ("2", "3")):
        return word, None
    small = glyphs.word(mark, word.page, chars[cut], chars[-1])
    small.raised = True
    whole = glyphs.word(stem, word.page, chars[0], chars[cut - 1])
    whole.bold, whole.italic = word.bold, word.italic
    return whole, small


def _is_raised(word: Word, previous: Word) -> bool:
    """A small number that hangs above the line of the word before it."""
    return (
        word.height < _SMALL * previous.height
        and previous.top - 0.2 * previous.height < word.top < previous.middle
        and word.bottom < previous.bottom
        and -2 < word.x0 - previous.x1 < previous.height
    )


class _Fonts:
    """Names of fonts, and by them bold and italic, asked only where it matters: each question costs."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def name(self, index: int) -> str | None:
        """Name of a character's font, None where it has none."""
        import pypdfium2.raw as pdfium

        size = pdfium.FPDFText_GetFontInfo(self._raw, index, self._buffer, 128, self._flags)
        return self._buffer.value.decode("latin-1") if 1 < size <= 128 else None

    def style(self, index: int) -> tuple[bool | None, bool | None]:
        name = self.name(index)
        if name is None:
            return None, None
        name = name.lower()
        italic = "italic" in name or "oblique" in name or bool(self._flags.value & 64)
        return "bold" in name or bool(self._flags.value & 1 << 18), italic
