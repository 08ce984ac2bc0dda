"""Whether a text layer says anything: pictures of pages, and what foreign text recognition leaves on them."""

from __future__ import annotations

import re
from typing import Any

from vndirective.parsers.pdf.words import Word

MIN_LETTERS = 20  # fewer on a page are a page number or a stamp
MIN_WORDS = 200  # fewer are too few to judge the language by
MIN_SHARE = 0.15  # notices measure 0.54 to 0.66, other layers below 0.02
_PAGE_WORDS = 60

_LETTER = re.compile(r"[^\W\d_]")
# no letter that Latin-1 has too: text in a font of TCVN3 or with a broken character map is full of those
_VIETNAMESE = re.compile("[ăđơư\u1ea0-\u1ef9]", re.IGNORECASE)


def letters(words: list[Word]) -> int:
    return sum(map(str.isalpha, "".join(w.text for w in words)))


def marked(words: list[Word]) -> tuple[int, int]:
    """How many words have letters, and how many of these a letter that English lacks."""
    spelt = [w.text for w in words if _LETTER.search(w.text)]
    return len(spelt), sum(1 for w in spelt if _VIETNAMESE.search(w))


def is_garbage(spelt: int, vietnamese: int) -> bool:
    """A document of some length in which hardly a word is Vietnamese; counts as `marked` gives them."""
    return spelt > MIN_WORDS and vietnamese < MIN_SHARE * spelt


def is_garbled_picture(spelt: int, vietnamese: int, page: Any) -> bool:
    """A page that is a picture with a layer of foreign text recognition over it."""
    return spelt > _PAGE_WORDS and vietnamese < 0.05 * spelt and picture_share(page) > 0.5


def picture_share(page: Any) -> float:
    """Share of a pypdfium2 page that its largest picture covers, 0 to 1."""
    import ctypes

    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    share = 0.0
    for i in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if pdfium.FPDFPageObj_GetBounds(item, left, low, right, high):
            share = max(share, (right.value - left.value) * (high.value - low.value) / (width * height))
    return min(1.0, share)
