"""Pages of PDF files and scans as small grey pictures, for records whose source is still what was read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from vndirective.errors import VndirectiveError
from vndirective.export.collection import Collection
from vndirective.parsers import bundle
from vndirective.parsers.image import points_a_pixel
from vndirective.parsers.sniff import media_type_of
from vndirective.schema.record import Evidence, Record

Choice = Literal["auto", "all", "review", "none"]
DPI = 110
BUDGET = 40 * 1024 * 1024  # bytes of pictures after which `auto` takes only what needs review
CEILING = 4 * BUDGET  # and after which it takes none
MEDIA_TYPE = "image/webp"
_PDF = "application/pdf"
_QUALITY = 42
_POINTS = 72.0
_LARGEST = 1_700  # pixels of a side


@dataclass(frozen=True, slots=True)
class Picture:
    """A page: its number from 1, its size in points (what boxes are measured in), WebP data."""

    page: int
    width: float
    height: float
    data: bytes


@dataclass(slots=True)
class Album:
    """Pictures as far as asked for. `left` counts records without for want of room, `lost` names sources gone or changed."""

    collection: Collection
    choice: Choice
    left: int = 0
    lost: list[str] = field(default_factory=list)
    _bytes: int = 0
    _bundle: tuple[Path, list[bundle.Member]] | None = None

    def pictures_of(self, record: Record) -> Iterator[Picture]:
        """Pages of a record that has pages, in order; none for typed text."""
        kind = record.source.media_type
        if self.choice == "none" or not (kind == _PDF or kind.startswith("image/")):
            return
        if not self._wanted(record):
            self.left += self.choice == "auto"
            return
        data = self._source(record)
        if data is None:
            self.lost.append(record.source.uri)
            return
        pages = _pages_of(record)
        try:
            for picture in _pdf(data, pages) if kind == _PDF else _image(data, pages):
                self._bytes += len(picture.data)
                yield picture
        except (VndirectiveError, OSError, ValueError, SyntaxError, RuntimeError):
            self.lost.append(record.source.uri)  # a page that does not render leaves the text

    def _wanted(self, record: Record) -> bool:
        doubtful = bool(record.review)
        if self.choice == "auto":
            return self._bytes < (CEILING if doubtful else BUDGET)
        return self.choice == "all" or doubtful

    def _source(self, record: Record) -> bytes | None:
        path = self.collection.source_of(record)
        if path is None:
            return None
        try:
            data = path.read_bytes()
            if _is(data, record):
                return data
            media_type = media_type_of(data)
            if media_type not in bundle.KINDS:
                return None
            if self._bundle is None or self._bundle[0] != path:
                self._bundle = (path, bundle.members_of(data, media_type))
        except (OSError, VndirectiveError):
            return None
        return next((m.data for m in self._bundle[1] if _is(m.data, record)), None)


def _is(data: bytes, record: Record) -> bool:
    return len(data) == record.source.size_bytes and hashlib.sha256(data).hexdigest() == record.source.sha256


def _pages_of(record: Record) -> range | None:
    """Pages that a record stands on, where its file holds several notices; None for all."""
    if record.source.parts == 1:
        return None
    numbers = [s.page for e in _evidence(record) for s in e.spans if s.page]
    return range(min(numbers), max(numbers) + 1) if numbers else None


def _evidence(value: Any) -> Iterator[Evidence]:
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _evidence(item)
    elif hasattr(value, "__pydantic_fields__"):
        for name in type(value).__pydantic_fields__:
            yield from _evidence(getattr(value, name))


def _pdf(data: bytes, pages: range | None) -> Iterator[Picture]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number in pages or range(1, len(document) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(DPI / _POINTS, _LARGEST / max(width, height, 1))
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
            yield Picture(number, round(width, 1), round(height, 1), _webp(bitmap.to_pil()))
            page.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    finally:
        document.close()


def _image(data: bytes, pages: range | None) -> Iterator[Picture]:
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(data)) as file:
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            if pages is not None and number not in pages:
                continue
            points = points_a_pixel(frame)
            upright = ImageOps.exif_transpose(frame).convert("L")
            width, height = upright.width * points, upright.height * points
            upright.thumbnail((min(_LARGEST, width * DPI / _POINTS), min(_LARGEST, height * DPI / _POINTS)))
            yield Picture(number, round(width, 1), round(height, 1), _webp(upright))


def _webp(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.convert("L").save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()
