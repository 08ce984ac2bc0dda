"""bytes → SourceText: a file per format; nothing here knows of notices."""

from __future__ import annotations

from vndirective.errors import EmptyInputError, EncryptedFileError, FormatError, UnreadableScanError
from vndirective.parsers import sniff
from vndirective.parsers.ocr.settings import OcrSettings
from vndirective.parsers.source import SourceText

_NOT_YET = {
    sniff.OLE: "Excel, PowerPoint 97-2003",
    sniff.OTHER_ZIP: "XLSX, PPTX, ODS",
    sniff.HEIC: "HEIC",
    sniff.UNKNOWN: "",
}


def load(data: bytes, name: str = "", ocr: OcrSettings | None = None) -> SourceText:
    """Text with positions of a file's bytes; the format is told by the content, `name` is for messages only.

    Raises EmptyInputError, FormatError (unknown or not yet read), DamagedFileError, EncryptedFileError, ScannedFileError,
    MissingProgramError.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyInputError(name)
    media_type = sniff.media_type_of(data)
    source = _read(data, media_type, ocr)
    if not source.text.strip():
        if source.warnings:
            raise UnreadableScanError("; ".join(w.detail for w in source.warnings[:3]))
        raise EmptyInputError(name)
    return source


def _read(data: bytes, media_type: str, ocr: OcrSettings | None) -> SourceText:
    if media_type == sniff.PDF:
        from vndirective.parsers.pdf import read_pdf

        return read_pdf(data, ocr)
    if media_type == sniff.DOCX:
        from vndirective.parsers.docx import read_docx

        return read_docx(data)
    if media_type in {sniff.DOC, sniff.RTF, sniff.ODT, sniff.WORD_XML}:
        from vndirective.parsers.office import read_office

        return read_office(data, media_type)
    if media_type == sniff.MHTML:
        from vndirective.parsers.html import read_mhtml

        return read_mhtml(data)
    if media_type == sniff.HTML:
        from vndirective.parsers.html import read_html

        return read_html(data)
    if media_type in sniff.PICTURES:
        from vndirective.parsers.image import read_image

        return read_image(data, media_type, ocr)
    if media_type == sniff.OLE and "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFileError("Office")
    if media_type in _NOT_YET:
        raise FormatError(_NOT_YET[media_type])
    from vndirective.parsers.text import read_text

    return read_text(data, markdown=media_type == sniff.MARKDOWN)
