"""Picture files → SourceText: PNG, JPEG, TIFF of several pages, BMP, GIF, WebP; photographs of a page too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from vndirective.errors import DamagedFileError, EmptyInputError, MissingEngineError, ScannedFileError
from vndirective.parsers.ocr import OcrSettings, Recogniser, too_large
from vndirective.parsers.page.reading import PageRead, to_source
from vndirective.parsers.source import SourceText

_POINTS = 72.0
_A4_LONG = 842.0  # points


def read_image(data: bytes, media_type: str, ocr: OcrSettings | None = None) -> SourceText:
    """Read the pages of a picture file.

    Raises ScannedFileError (recognition is off), MissingProgramError (it is not installed), DamagedFileError,
    EmptyInputError (nothing is written on any page).
    """
    pages = read_image_pages(data, ocr or OcrSettings())
    if not any(p.rows or p.stamps for p in pages) and not any(p.warnings for p in pages):
        raise EmptyInputError("blank pages")
    return to_source(pages, media_type)


def read_image_pages(data: bytes, settings: OcrSettings) -> list[PageRead]:
    """Each page with its words; limits as in `OcrSettings`."""
    if settings.mode == "off":
        raise ScannedFileError("picture")
    recogniser = Recogniser(settings)
    pages: list[PageRead] = []
    for count, pixels, size, scale in _frames(data, settings):
        number = len(pages) + 1
        pages.append(too_large(number, *size, settings) if pixels is None else recogniser.read(pixels, scale, number))
        if settings.progress is not None:
            settings.progress(number, count)
    return pages


def _frames(data: bytes, settings: OcrSettings) -> Iterator[tuple[int, Any, tuple[int, int], float]]:
    """Number of pages, then of each: its pixels (None for one over the limit), width and height, pixels a point."""
    try:
        import numpy as np
        from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
    except ImportError as error:
        raise MissingEngineError(str(error)) from error
    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before a pixel is decoded
    try:
        with Image.open(io.BytesIO(data)) as picture:
            count = getattr(picture, "n_frames", 1)
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > settings.max_pixels:
                    yield count, None, frame.size, 1.0
                    continue
                upright = ImageOps.exif_transpose(frame)
                pixels = np.asarray(upright.convert("L" if upright.mode in {"1", "L", "LA", "I;16"} else "RGB"))
                yield count, pixels, upright.size, 1 / points_a_pixel(frame)
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise DamagedFileError(str(error)) from error


def points_a_pixel(frame: Any) -> float:
    """As the file says where that gives a sheet of paper, else as if its long side were A4's."""
    long = float(max(frame.size))
    stated = float((frame.info.get("dpi") or (0, 0))[0] or 0)
    return _POINTS / stated if stated and 5.5 <= long / stated <= 24 else _A4_LONG / long
