"""Office files that are no DOCX: Word 97-2003, RTF, ODT, Word 2003 XML.

    bytes ─LibreOffice, many in one call, kept by content─▶ DOCX ─▶ read_docx
          ├─ without LibreOffice ─▶ plain reader, with the warning `plain_reading`
          └─ Word 2003 XML, rewritten ─▶ DOCX ─▶ read_docx

Every route but the plain one ends in the same reader of DOCX, so the same notice gives the same record whatever it was saved as.
"""

from __future__ import annotations

from dataclasses import replace

from vndirective.errors import EncryptedFileError, FormatError, MissingOfficeError
from vndirective.parsers import sniff
from vndirective.parsers.docx import read_docx
from vndirective.parsers.office import convert, plain
from vndirective.parsers.office.wordml import read_word_xml
from vndirective.parsers.packages import check_package
from vndirective.parsers.source import SourceText

SUFFIXES = {sniff.DOC: ".doc", sniff.RTF: ".rtf", sniff.ODT: ".odt"}
_READERS = {sniff.DOC: plain.read_doc, sniff.RTF: plain.read_rtf, sniff.ODT: plain.read_odt}


def read_office(data: bytes, media_type: str) -> SourceText:
    """Text of an office file.

    Raises EncryptedFileError, DamagedFileError (also what LibreOffice cannot open, or not in time), EmptyInputError,
    LimitError, UnsafeFileError, MissingOfficeError (nothing but LibreOffice can read it).
    """
    if media_type == sniff.DOC and plain.is_encrypted(data):
        raise EncryptedFileError("Word 97-2003")
    if media_type == sniff.WORD_XML:
        return read_word_xml(data, media_type)
    if media_type == sniff.ODT:
        check_package(data)
    source = _read(data, media_type)
    metadata = plain.metadata_of(data) if media_type == sniff.DOC else source.metadata
    return replace(source, media_type=media_type, metadata=metadata)


def _read(data: bytes, media_type: str) -> SourceText:
    if convert.program() is not None:
        return read_docx(convert.docx_of(data, SUFFIXES[media_type]))
    try:
        return _READERS[media_type](data)
    except FormatError as error:
        raise MissingOfficeError(error.detail) from error
