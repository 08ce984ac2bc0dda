"""What a page's text layer is worth: told by what it says, not by whether there is one."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vndirective.parsers.page.words import Word
from vndirective.parsers.vietnamese import marked_share, valid_share, words_of

MIN_WORDS = 200  # fewer in a whole file are too few to judge its language by
MIN_MARKED = 0.15  # share of words with a Vietnamese letter: notices have 0.54 to 0.66, broken layers below 0.02
_PAGE_WORDS = 25
_MIN_VALID = (
    0.93  # share of possible syllables: notices have 0.97 and more, what scanners recognise in English 0.6 to 0.7
)
_STAMP_LETTERS = 400  # an electronic signature, or two
_FEW_LETTERS = 20  # a page number, a word in a margin
_WHOLE = 0.5  # share of the page that the picture of a scan covers
_LETTER = re.compile(r"[^\W\d_]")


class Layer(StrEnum):
    """Kinds of text layer."""

    SOUND = "sound"
    PARTIAL = "partial"  # true, but only a stamp on the picture of a page
    GARBAGE = "garbage"  # foreign text recognition, or a broken character map
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures on a page: share of the page that the largest covers, and the most pixels one of them has."""

    share: float = 0.0
    pixels: int = 0
    dpi: float = 0.0


def judge(words: list[Word], pictures: Pictures) -> Layer:
    """The layer of one page, seen alone; `words` without those of annotations."""
    text = " ".join(w.text for w in words)
    letters = sum(map(str.isalpha, text))
    if letters < _FEW_LETTERS:
        return Layer.NONE if pictures.share >= 0.1 or not letters else Layer.SOUND
    if pictures.share < _WHOLE:
        return Layer.SOUND
    if letters < _STAMP_LETTERS:
        return Layer.PARTIAL
    spelt = len(words_of(text))
    valid, marked = valid_share(text) or 0.0, marked_share(text) or 0.0
    return Layer.GARBAGE if spelt > _PAGE_WORDS and (marked < MIN_MARKED or valid < _MIN_VALID) else Layer.SOUND


def is_foreign(pages: list[list[Word]]) -> bool:
    """A file of some length in which hardly a word is Vietnamese: its fonts have a broken or a legacy character map."""
    words = [w.text for page in pages for w in page if _LETTER.search(w.text)]
    return len(words) > MIN_WORDS and (marked_share(" ".join(words)) or 0.0) < MIN_MARKED


def pictures_of(page: Any) -> Pictures:
    """Pictures on a pypdfium2 page, those inside forms counted by the form's box."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    across, down = ctypes.c_uint(), ctypes.c_uint()
    share, pixels, dpi = 0.0, 0, 0.0
    for i in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, left, low, right, high):
            continue
        covers = (right.value - left.value) * (high.value - low.value) / (width * height)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFImageObj_GetImagePixelSize(item, across, down):
            pixels = max(pixels, across.value * down.value)
            if covers > share and right.value > left.value:
                long, side = max(across.value, down.value), max(right.value - left.value, high.value - low.value)
                dpi = 72 * long / side
        share = max(share, covers)
    return Pictures(min(1.0, share), pixels, dpi)
