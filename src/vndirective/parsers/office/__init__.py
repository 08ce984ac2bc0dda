"""Office files that are no DOCX: Word 97-2003, RTF, ODT, Word 2003 XML.

    bytes ─LibreOffice, many in one call, kept by content─▶ DOCX ─▶ read_docx
          └─ without LibreOffice ─▶ plain reader, with the warning `plain_reading`

Every route ends in the same reader of DOCX, so the same notice gives the same record whatever it was saved as.
"""

from __future__ import annotations

from dataclasses import replace

from vndirective.errors import EncryptedFileError, FormatError, MissingOfficeError
from vndirective.parsers import sniff
from vndirective.parsers.docx import read_docx
from vndirective.parsers.office import convert, plain
from vndirective.parsers.source import SourceText

SUFFIXES = {sniff.DOC: ".doc", sniff.RTF: ".rtf", sniff.ODT: ".odt", sniff.WORD_XML: ".xml"}
_READERS = {sniff.DOC: plain.read_doc, sniff.RTF: plain.read_rtf, sniff.ODT: plain.read_odt}


def read_office(data: bytes, media_type: str) -> SourceText:
    """Text of an office file.

    Raises EncryptedFileError, DamagedFileError (also what LibreOffice cannot open, or not in time), EmptyInputError,
    LimitError, MissingOfficeError (nothing here can read it without LibreOffice).
    """
    if media_type == sniff.DOC and plain.is_encrypted(data):
        raise EncryptedFileError("Word 97-2003")
    if convert.program() is not None:
        return read_docx(convert.docx_of(data, SUFFIXES[media_type]), media_type)
    reader = _READERS.get(media_type)
    if reader is None:
        raise MissingOfficeError("Word 2003 XML")
    try:
        source = reader(data)
    except FormatError as error:
        raise MissingOfficeError(error.detail) from error
    return replace(source, media_type=media_type)
