"""DOCX: the package opened with python-docx, its parts walked with lxml.

    package ──styles, numbering──▶ walker ──▶ drafts (paragraphs, cells, notes) ──assemble──▶ SourceText

python-docx alone loses tracked insertions, content controls, automatic numbers, text boxes and notes.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from vndirective.errors import DamagedFileError, EmptyInputError, LimitError
from vndirective.parsers.docx.walker import read_package
from vndirective.parsers.packages import check_package
from vndirective.parsers.source import SourceText, SourceWarning, assemble

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, media_type: str = MEDIA_TYPE) -> SourceText:
    """Text of a DOCX (also DOCM, DOTX), or of what was converted to one.

    Raises DamagedFileError, EmptyInputError, LimitError (unpacks too large, tables within tables without end), UnsafeFileError.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        if "word/document.xml" not in check_package(data):
            raise DamagedFileError("word/document.xml")
        document = Document(io.BytesIO(_as_document(data)))
        drafts, legacy = read_package(document)
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        XMLSyntaxError,
        KeyError,
        ValueError,
        EOFError,
        OSError,
        zipfile.error,
    ) as error:
        if "depth" in str(error):  # libxml2 stops at 256 levels
            raise LimitError("XML > 256 levels") from error
        raise DamagedFileError(type(error).__name__) from error
    text, blocks = assemble(drafts)
    if not text:
        raise EmptyInputError("DOCX")
    warnings = (SourceWarning("legacy_encoding", None, legacy),) if legacy else ()
    return SourceText(text, blocks, media_type, "text", metadata=_metadata(document.core_properties), warnings=warnings)


def _metadata(core: Any) -> dict[str, str]:
    """What the file says of itself; dates as ISO 8601. Evidence for people, nothing is derived from it."""
    said = {
        "title": core.title,
        "author": core.author,
        "last_saved_by": core.last_modified_by,
        "created": _iso(core.created),
        "last_saved": _iso(core.modified),
    }
    return {name: value for name, value in said.items() if value}


def _iso(date: Any) -> str:
    return date.isoformat() if date is not None else ""


def _as_document(data: bytes) -> bytes:
    """python-docx opens only the plain document type; templates and macro files differ in one content type."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        if plain in types:
            return data
        for other in (
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        ):
            types = types.replace(other, plain)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for item in package.infolist():
                copy.writestr(item, types if item.filename == "[Content_Types].xml" else package.read(item.filename))
    return out.getvalue()
