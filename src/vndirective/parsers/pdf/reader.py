"""PDF file → SourceText, page by page.

bytes ─▶ words ─┬─▶ rows ─▶ columns ─▶ paragraphs ─┬─▶ blocks
                ├─▶ table cells ───────────────────┤
                ├─▶ footnotes ─────────────────────┤  behind the body
                └─▶ stamps ────────────────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vndirective.errors import DamagedFileError, EmptyInputError, EncryptedFileError, InputError, ScannedFileError
from vndirective.parsers.pdf import legible, margins, stamps, tables
from vndirective.parsers.pdf.compose import Draft, compose, drafts_of
from vndirective.parsers.pdf.layout import Line, rows_of
from vndirective.parsers.pdf.words import Run, read_page_words, runs_of
from vndirective.parsers.source import SourceText, SourceWarning

MEDIA_TYPE = "application/pdf"
_TAIL = 8_192  # bytes; mail programmes and scanners append some
MAX_PAGES = 2_000  # a notice with annexes has some hundred at most; more is a book or an attack


@dataclass(slots=True)
class PageRead:
    """One page after reading: rows of running text, tables, and what stands apart."""

    number: int
    width: float
    height: float
    rows: list[Line]
    tables: list[tables.Table] = field(default_factory=list)
    stamps: list[Run] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    letters: int = 0
    spelt: tuple[int, int] = (0, 0)
    readable: bool = True


def read_pdf(data: bytes) -> SourceText:
    """Read a PDF that has a text layer.

    Raises EmptyInputError (no bytes, no pages, blank pages), EncryptedFileError (password), DamagedFileError,
    ScannedFileError (pictures of pages, or a text layer that is no Vietnamese), InputError (more than `MAX_PAGES`).
    """
    if not data:
        raise EmptyInputError("0 bytes")
    if _is_cut(data):
        raise DamagedFileError("the end of the file is missing")
    document = _open(data)
    try:
        pages = _read_pages(document, data)
    finally:
        document.close()
    readable = [p for p in pages if p.readable]
    if legible.is_garbage(sum(p.spelt[0] for p in readable), sum(p.spelt[1] for p in readable)):
        raise ScannedFileError("the text layer is no Vietnamese in Unicode")
    margins.drop_furniture([p.rows for p in readable], [p.height for p in readable])
    size = margins.body_size([row for p in readable for row in p.rows])
    for page in readable:
        page.notes = margins.take_notes(page.rows, size, page.height)
    drafts = drafts_of([(p.number, p.width, p.rows, p.tables) for p in readable])
    drafts += [Draft.note(lines) for p in readable for lines in p.notes]
    drafts += [Draft.stamp(line) for p in pages for line in stamps.stamp_texts(p.stamps)]
    text, blocks, starts, fragments = compose(drafts, len(pages))
    return SourceText(
        text=text,
        blocks=blocks,
        media_type=MEDIA_TYPE,
        text_origin="digital",
        pages=starts,
        fragments=fragments,
        warnings=tuple(SourceWarning("unreadable_page", None, f"page {p.number}") for p in pages if not p.readable),
    )


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
        raise InputError(f"{count} pages, at most {MAX_PAGES} are read")
    return document


def _read_pages(document: Any, data: bytes) -> list[PageRead]:
    """All pages; ScannedFileError or EmptyInputError where they hold no text to speak of."""
    import pypdfium2

    reader = tables.TableReader(data)
    try:
        pages = [_read_page(document, index, reader) for index in range(len(document))]
        if sum(p.letters for p in pages) < legible.MIN_LETTERS * len(pages):
            if any(legible.picture_share(document[i]) > 0 for i in range(len(pages))):
                raise ScannedFileError(f"{len(pages)} pages of pictures")
            if not any(p.spelt[0] for p in pages):
                raise EmptyInputError("blank pages")
        for page in pages:
            if page.letters < legible.MIN_LETTERS:
                page.readable = legible.picture_share(document[page.number - 1]) < 0.1
            elif page.spelt[1] < legible.MIN_SHARE * page.spelt[0]:
                page.readable = not legible.is_garbled_picture(*page.spelt, document[page.number - 1])
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(str(error)) from error
    finally:
        reader.close()
    if not any(p.readable for p in pages):
        raise ScannedFileError("no page has a text layer that can be read")
    return pages


def _read_page(document: Any, index: int, reader: tables.TableReader) -> PageRead:
    page = document[index]
    grid = tables.has_grid(page)
    read = read_page_words(document, index, page)
    words = read.words
    runs = runs_of(words)
    fill_ins, stamped = stamps.part_annotations(read.annotations, runs)
    runs, printed_stamps = stamps.part_printed(runs)
    body = [w for r in runs for w in r.words]
    found: list[tables.Table] = []
    if grid and words:
        found, outside = reader.tables(index + 1, [*body, *(w for w in words if w.turned)])
        if found:
            runs = runs_of(outside)
    return PageRead(
        index + 1,
        read.width,
        read.height,
        rows_of(runs, fill_ins),
        found,
        stamped + printed_stamps,
        letters=legible.letters(body),
        spelt=legible.marked(body),
    )
