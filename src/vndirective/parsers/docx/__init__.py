"""DOCX: the package opened with python-docx, its parts walked with lxml.

    package ──styles, numbering──▶ walker ──▶ drafts (paragraphs, cells, notes) ──assemble──▶ SourceText

python-docx alone loses tracked insertions, content controls, automatic numbers, text boxes and notes.
"""

from __future__ import annotations

import io
import zipfile

from vndirective.errors import DamagedFileError, EmptyInputError, LimitError
from vndirective.parsers.docx.walker import read_package
from vndirective.parsers.source import SourceText, SourceWarning, assemble

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAX_UNPACKED = 300 * 1024 * 1024  # bytes; a notice is far below, a bomb far above


def read_docx(data: bytes, media_type: str = MEDIA_TYPE) -> SourceText:
    """Text of a DOCX (also DOCM, DOTX), or of what was converted to one. Raises DamagedFileError, EmptyInputError, LimitError (unpacks too large)."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(i.file_size for i in package.infolist()) > _MAX_UNPACKED:
                raise LimitError("DOCX > 300 MB")
            if "word/document.xml" not in package.namelist():
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
        raise DamagedFileError(type(error).__name__) from error
    text, blocks = assemble(drafts)
    if not text:
        raise EmptyInputError("DOCX")
    core = document.core_properties
    metadata = {k: v for k, v in (("title", core.title), ("author", core.author)) if v}
    warnings = (SourceWarning("legacy_encoding", None, legacy),) if legacy else ()
    return SourceText(text, blocks, media_type, "text", metadata=metadata, warnings=warnings)


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
