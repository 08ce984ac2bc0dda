"""A page of a PDF as a picture."""

from __future__ import annotations

from typing import Any

from vndirective.parsers.page.words import Word
from vndirective.parsers.pdf.legible import Pictures

_LEAST, _MOST = 150, 300  # dots an inch; scans finer than this are read no better
_LARGEST = 1_200.0  # points; a page beyond A2 states its size wrongly


def picture_of(page: Any, pictures: Pictures, without: list[Word]) -> tuple[Any, float]:
    """Pixels (height, width[, 3 RGB]) of uint8, and pixels a point.

    Annotations are left out and the words `without` whitened: what the file itself says is not read again.
    """
    width, height = page.get_size()
    dpi = min(max(pictures.dpi or 200, _LEAST), _MOST)
    if max(width, height) > _LARGEST:  # one pixel a point, as fax programmes write it
        dpi = max(72.0, min(pictures.dpi or 72.0, 3500 * 72 / max(width, height)))
    scale = dpi / 72
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True, prefer_bgrx=False)
    pixels = bitmap.to_numpy()
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    pixels = pixels.copy()
    for word in without:
        x0, top, x1, bottom = (max(0, round(v * scale)) for v in (word.x0, word.top, word.x1, word.bottom))
        pixels[top:bottom, x0:x1] = 255
    return pixels, scale
