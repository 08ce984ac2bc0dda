"""PDF file → SourceText, page by page.

page ─┬─ sound layer ─▶ words ─┬─▶ rows ─▶ columns ─▶ paragraphs
      │                        ├─▶ table cells
      │                        └─▶ stamps
      └─ no layer, garbage ──▶ picture ─▶ text recognition ─▶ words ─▶ …
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from vndirective.errors import (
    DamagedFileError,
    EmptyInputError,
    EncryptedFileError,
    LimitError,
    MissingProgramError,
    ScannedFileError,
)
from vndirective.parsers.ocr import OcrSettings, Recogniser
from vndirective.parsers.page import stamps
from vndirective.parsers.page.layout import rows_of
from vndirective.parsers.page.reading import PageRead, to_source
from vndirective.parsers.page.tables import Table
from vndirective.parsers.page.words import Run, Word, runs_of
from vndirective.parsers.pdf import legible, tables
from vndirective.parsers.pdf.glyphs import read_page_words
from vndirective.parsers.pdf.legible import Layer, Pictures
from vndirective.parsers.pdf.raster import picture_of
from vndirective.parsers.pdf.signatures import signatures_of
from vndirective.parsers.source import SourceText, SourceWarning

MEDIA_TYPE = "application/pdf"
_TAIL = 8_192  # bytes; mail programmes and scanners append some
MAX_PAGES = 2_000  # a notice with annexes has some hundred at most; more is a book or an attack


@dataclass(slots=True)
class _Raw:
    """A page before it is known which of its words count."""

    index: int
    width: float
    height: float
    words: list[Word]
    annotations: list[Word]
    pictures: Pictures
    layer: Layer = field(default=Layer.SOUND)
    legacy: str = ""
    grid: bool = False


def read_pdf(data: bytes, ocr: OcrSettings | None = None) -> SourceText:
    """Read a PDF: pages with sound text as they are, the others by text recognition.

    Raises EmptyInputError (no bytes, no pages, blank pages), EncryptedFileError (password), DamagedFileError,
    LimitError (more than `MAX_PAGES`), and where no page has sound text: ScannedFileError (recognition is off),
    MissingProgramError (it is not installed).
    """
    pages = read_pdf_pages(data, ocr or OcrSettings())
    source = to_source(pages, MEDIA_TYPE, [s.text for s in signatures_of(data)])
    return replace(source, metadata=_metadata(data))


def _metadata(data: bytes) -> dict[str, str]:
    """What the file says of itself (ISO 32000-1, 14.3.3); dates as they stand there. Nothing is derived from it."""
    document = _open(data)
    try:
        said = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    names = {"Title": "title", "Author": "author", "CreationDate": "created", "ModDate": "last_saved"}
    return {name: said[key] for key, name in names.items() if said.get(key)}


def read_pdf_pages(data: bytes, settings: OcrSettings) -> list[PageRead]:
    """Each page with its words, before they are laid out as one text; raises as `read_pdf`."""
    if not data:
        raise EmptyInputError("0 bytes")
    if _is_cut(data):
        raise DamagedFileError("the end of the file is missing")
    document = _open(data)
    try:
        return _read_pages(document, data, settings)
    finally:
        document.close()


def _is_cut(data: bytes) -> bool:
    """A PDF ends in "startxref … %%EOF" (ISO 32000-1, 7.5.5); pdfium would mend a cut file and lose pages silently."""
    tail = data[-_TAIL:]
    return data.startswith(b"%PDF-") and b"%%EOF" not in tail and b"startxref" not in tail


def _open(data: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedFileError from error
        raise DamagedFileError(str(error)) from error
    if count == 0:
        document.close()
        raise EmptyInputError("0 pages")
    if count > MAX_PAGES:
        document.close()
        raise LimitError(f"{count} pages, at most {MAX_PAGES} are read")
    return document


def _read_pages(document: Any, data: bytes, settings: OcrSettings) -> list[PageRead]:
    import pypdfium2

    reader = tables.TableReader(data)
    try:
        raws = [_raw(document, index) for index in range(len(document))]
        foreign = legible.is_foreign([r.words for r in raws if r.layer is Layer.SOUND])
        for raw in raws:
            if foreign and raw.words:
                raw.layer = Layer.GARBAGE
        scans = [r for r in raws if r.layer is not Layer.SOUND]
        if len(scans) == len(raws) and settings.mode == "off":
            raise ScannedFileError(f"{len(raws)} pages without sound text")
        recogniser = Recogniser(settings)
        pages: list[PageRead] = []
        for raw in raws:
            if raw.layer is Layer.SOUND:
                pages.append(_digital(raw, reader))
                continue
            try:
                pages.append(_scanned(document, raw, recogniser))
            except MissingProgramError as error:
                if len(scans) == len(raws):
                    raise
                pages.append(_unread(raw, error.message("vi")))
            if settings.progress is not None:
                settings.progress(scans.index(raw) + 1, len(scans))
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(str(error)) from error
    finally:
        reader.close()
    old = next((r.legacy for r in raws if r.legacy and r.layer is Layer.SOUND), None)
    if old:
        pages[0].warnings.append(SourceWarning("legacy_encoding", None, old))
    if not any(p.rows or p.tables or p.stamps for p in pages) and not any(p.warnings for p in pages):
        raise EmptyInputError("blank pages")
    return pages


def _raw(document: Any, index: int) -> _Raw:
    page = document[index]
    pictures = legible.pictures_of(page)
    read = read_page_words(document, index, page)
    layer = legible.judge(read.words, pictures)
    # asked while the page is open: to open it again costs as much as to read its words
    grid = bool(read.words) and layer is Layer.SOUND and tables.has_grid(document[index] if read.flattened else page)
    return _Raw(index, read.width, read.height, read.words, read.annotations, pictures, layer, read.legacy, grid)


def _digital(raw: _Raw, reader: tables.TableReader) -> PageRead:
    """The page's own words."""
    runs = runs_of(raw.words)
    fill_ins, stamped = stamps.part_annotations(raw.annotations, runs)
    runs, printed_stamps = stamps.part_printed(runs)
    body = [w for r in runs for w in r.words]
    found: list[Table] = []
    if raw.grid:
        found, outside = reader.tables(raw.index + 1, [*body, *(w for w in raw.words if w.turned)])
        if found:
            runs = runs_of(outside)
    rows = rows_of(runs, fill_ins)
    return PageRead(raw.index + 1, raw.width, raw.height, rows, found, stamped + printed_stamps)


def _scanned(document: Any, raw: _Raw, recogniser: Recogniser) -> PageRead:
    """The picture of the page, and beside it what the file says in true text: stamps, a number filled in."""
    number = raw.index + 1
    own = raw.words if raw.layer is Layer.PARTIAL else []
    if recogniser.settings.mode == "off":
        return _unread(raw, "nhận dạng chữ đang tắt")
    if raw.pictures.pixels > recogniser.settings.max_pixels:
        return _unread(raw, f"{raw.pictures.pixels:,} > {recogniser.settings.max_pixels:,} pixels (--max-pixels)")
    fill_ins, annotated = stamps.part_annotations(raw.annotations, [])
    body, stamped = stamps.part_printed(runs_of(own))
    picture, scale = picture_of(document[raw.index], raw.pictures, own)
    page = recogniser.read(picture, scale, number, fill_ins + [w for r in body for w in r.words])
    page.stamps = [*annotated, *stamped, *page.stamps]
    return page


def _unread(raw: _Raw, why: str) -> PageRead:
    page = PageRead(raw.index + 1, raw.width, raw.height, [], readable=False)
    fill_ins, page.stamps = stamps.part_annotations(raw.annotations, [])
    page.stamps += [Run([w]) for w in fill_ins]
    page.warnings.append(SourceWarning("unreadable_page", None, f"trang {raw.index + 1}: {why}"))
    return page
