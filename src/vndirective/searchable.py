"""A scan with a text layer: the page as it is, and over it the words that were read, to be found and copied but not seen.

    PDF or picture ─▶ pages with words ─┬─▶ PDF: the same pages, invisible words where they are printed
                                        └─▶ hOCR: one HTML file, a box and a confidence a word

Pages that have sound text of their own stay as they are. The letters of the layer are a Type 3 font without strokes, so
that no viewer draws anything; what they mean is said by its ToUnicode map.
"""

from __future__ import annotations

import html
import io
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vndirective.errors import FormatError, InputError, MissingEngineError
from vndirective.parsers import sniff
from vndirective.parsers.image import read_image_pages
from vndirective.parsers.ocr.settings import OcrSettings
from vndirective.parsers.page.layout import Line
from vndirective.parsers.page.reading import PageRead
from vndirective.parsers.page.words import Word
from vndirective.parsers.pdf.reader import read_pdf_pages
from vndirective.parsers.source import Box

_CODES = 255  # characters one font can hold
_GLYPH = 500  # width of every letter in thousandths of the size; words are stretched to their boxes
_HOCR_DPI = 300


def recognise(data: bytes, settings: OcrSettings) -> tuple[list[PageRead], bytes]:
    """Pages with their words, and the PDF they stand in (made from the picture, where the file is one).

    Raises FormatError for anything but a PDF or a picture, and what the loaders raise.
    """
    media_type = sniff.media_type_of(data)
    if media_type == sniff.PDF:
        return read_pdf_pages(data, settings), data
    if media_type in sniff.PICTURES:
        return read_image_pages(data, settings), _pdf_of_picture(data)
    raise FormatError(f"{media_type}: PDF, PNG, JPEG, TIFF")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; InputError where it cannot be written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def searchable_pdf(pdf: bytes, pages: list[PageRead]) -> bytes:
    """The PDF with a layer of invisible words on each page that was recognised. Raises MissingEngineError (pikepdf)."""
    try:
        import pikepdf
    except ImportError as error:
        raise MissingEngineError("pikepdf") from error
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = _Fonts(document)
        for page, read in zip(document.pages, pages, strict=True):
            words = [w for row in read.rows for w in row.words if w.confidence is not None and w.place]
            if read.recognised and words:
                content = "\n".join(_show(fonts, words, page, read.turned)).encode("ascii")
                page.contents_add(document.make_stream(b"q\n" + content + b"\nQ"))
                fonts.use(page)
        result = io.BytesIO()
        document.save(result, deterministic_id=True)
        return result.getvalue()


class _Fonts:
    """Fonts without strokes, each for 255 characters of the document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._places: dict[str, tuple[int, int]] = {}
        self._fonts: list[Any] = []

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """Font name and hexadecimal codes of the runs of a text that one font can show."""
        at = 0
        while at < len(text):
            font, _ = self._place(text[at])
            codes = []
            while at < len(text) and self._place(text[at])[0] == font:
                codes.append(f"{self._place(text[at])[1]:02X}")
                at += 1
            yield f"/VnOcr{font}", "".join(codes)

    def _place(self, char: str) -> tuple[int, int]:
        if char not in self._places:
            count = len(self._places)
            self._places[char] = (count // _CODES, count % _CODES + 1)
        return self._places[char]

    def use(self, page: Any) -> None:
        import pikepdf

        count = max(font for font, _ in self._places.values()) + 1
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        page.obj.Resources = resources
        if "/Font" not in resources:
            resources.Font = pikepdf.Dictionary()
        for number in range(count):
            if number == len(self._fonts):
                self._fonts.append(self._document.make_indirect(pikepdf.Dictionary()))
            resources.Font[f"/VnOcr{number}"] = self._fonts[number]
            self._describe(number)

    def _describe(self, number: int) -> None:
        """Write what a font holds; later pages may have added characters."""
        import pikepdf

        chars = {code: char for char, (font, code) in self._places.items() if font == number}
        names = {code: pikepdf.Name(f"/g{code}") for code in chars}
        empty = self._document.make_stream(f"{_GLYPH} 0 0 -200 {_GLYPH} 800 d1".encode())
        font = self._fonts[number]
        font.Type, font.Subtype = pikepdf.Name.Font, pikepdf.Name.Type3
        font.FontBBox = [0, -200, _GLYPH, 800]
        font.FontMatrix = [0.001, 0, 0, 0.001, 0, 0]
        font.FirstChar, font.LastChar = min(chars), max(chars)
        font.Widths = [_GLYPH] * (max(chars) - min(chars) + 1)
        font.CharProcs = pikepdf.Dictionary({str(name): empty for name in names.values()})
        differences: list[Any] = [min(chars)]
        differences += [names.get(code, pikepdf.Name("/.notdef")) for code in range(min(chars), max(chars) + 1)]
        font.Encoding = pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=differences)
        font.Resources = pikepdf.Dictionary()
        font.ToUnicode = self._document.make_stream(_to_unicode(chars))


def _to_unicode(chars: dict[int, str]) -> bytes:
    lines = [f"<{code:02X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in sorted(chars.items())]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /VnOcr def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


def _show(fonts: _Fonts, words: list[Word], page: Any, turned: int) -> Iterator[str]:
    """Operators that place each word on the page as it is seen."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    rotate = int(page.obj.get("/Rotate", 0)) % 360
    matrix, height = {
        0: (f"1 0 0 1 {x0} {y0}", y1 - y0),
        90: (f"0 1 -1 0 {x1} {y0}", x1 - x0),
        180: (f"-1 0 0 -1 {x1} {y1}", y1 - y0),
        270: (f"0 -1 1 0 {x0} {y1}", x1 - x0),
    }[rotate]
    yield f"{matrix} cm\nBT\n3 Tr"
    angle = math.radians(turned % 360)  # a page that lies on its side was read upright: the words lie as it does
    cos, sin = round(math.cos(angle)), round(math.sin(angle))
    for word in words:
        assert word.place is not None
        yield from _word(fonts, word.text + " ", word.place, height, cos, sin)
    yield "ET"


def _word(fonts: _Fonts, text: str, place: Box, height: float, cos: int, sin: int) -> Iterator[str]:
    across, up = place.x1 - place.x0, place.bottom - place.top
    long, size = (across, up) if cos else (up, across)
    # where the word begins: the corner below its first letter, in the page's own turn
    start = {
        (1, 0): (place.x0, place.bottom),
        (0, 1): (place.x1, place.bottom),
        (-1, 0): (place.x1, place.top),
        (0, -1): (place.x0, place.top),
    }[(cos, sin)]
    stretch = 100 * long / max(0.1, (len(text) - 1) * size * _GLYPH / 1000)
    yield f"{cos} {sin} {-sin} {cos} {start[0]:.2f} {height - start[1]:.2f} Tm {stretch:.2f} Tz"
    for font, codes in fonts.runs(text):
        yield f"{font} {max(1.0, size):.2f} Tf <{codes}> Tj"


def _pdf_of_picture(data: bytes) -> bytes:
    """A PDF with the pages of a picture file; sizes as the loader takes them."""
    from PIL import Image, ImageOps, ImageSequence

    from vndirective.parsers.image import points_a_pixel

    pages = []
    with Image.open(io.BytesIO(data)) as picture:
        for frame in ImageSequence.Iterator(picture):
            upright = ImageOps.exif_transpose(frame)
            pages.append((upright.convert("RGB" if upright.mode not in {"1", "L", "RGB"} else upright.mode), frame))
        import pikepdf

        whole = pikepdf.new()
        for page, frame in pages:
            one = io.BytesIO()
            page.save(one, format="PDF", resolution=72 / points_a_pixel(frame))
            with pikepdf.open(one) as single:
                whole.pages.extend(single.pages)
    result = io.BytesIO()
    whole.save(result, deterministic_id=True)
    return result.getvalue()


def hocr(pages: list[PageRead], name: str) -> str:
    """hOCR 1.2 of all pages, boxes in pixels at 300 dots an inch."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="vi"><head><title>{html.escape(name)}</title>',
        '<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/><meta name="ocr-system" content="vndirective"/>',
        '<meta name="ocr-capabilities" content="ocr_page ocr_line ocrx_word"/></head><body>',
    ]
    for page in pages:
        title = f"bbox 0 0 {_px(page.width)} {_px(page.height)}; ppageno {page.number - 1}; scan_res {_HOCR_DPI} {_HOCR_DPI}"
        lines.append(f'<div class="ocr_page" id="page_{page.number}" title="{title}">')
        lines += [_hocr_line(row, page.number, at) for at, row in enumerate(page.rows, start=1)]
        lines.append("</div>")
    return "\n".join([*lines, "</body></html>", ""])


def _hocr_line(row: Line, page: int, at: int) -> str:
    words = []
    for k, word in enumerate(row.words, start=1):
        sure = f"; x_wconf {round(100 * word.confidence)}" if word.confidence is not None else ""
        text = html.escape(word.text)
        words.append(
            f'<span class="ocrx_word" id="word_{page}_{at}_{k}" title="bbox {_bbox([word])}{sure}">{text}</span>'
        )
    return (
        f'<span class="ocr_line" id="line_{page}_{at}" title="bbox {_bbox(list(row.words))}">{" ".join(words)}</span>'
    )


def _bbox(words: list[Word]) -> str:
    boxes = [w.place or Box(w.x0, w.top, w.x1, w.bottom) for w in words]
    edges = (
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )
    return " ".join(str(_px(v)) for v in edges)


def _px(points: float) -> int:
    return round(points * _HOCR_DPI / 72)
