"""Zipped XML (DOCX, ODT) and single XML files before anybody parses them: sizes within limits, no entities."""

from __future__ import annotations

import io
import zipfile
import zlib

from vndirective.errors import DamagedFileError, LimitError, UnsafeFileError

MAX_UNPACKED = 300 * 1024 * 1024  # bytes of all parts; a notice is far below, a bomb far above
MAX_XML = 64 * 1024 * 1024  # bytes of one part of XML; a hundred pages have one or two
_XML = (".xml", ".rels")
_ENTITY = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def check_package(data: bytes) -> list[str]:
    """Names of the parts of a ZIP of XML. Raises DamagedFileError, LimitError, UnsafeFileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            items = package.infolist()
            if sum(i.file_size for i in items) > MAX_UNPACKED:
                raise LimitError(f"> {MAX_UNPACKED // 2**20} MB")
            for item in items:
                if item.filename.endswith(_XML):
                    if item.file_size > MAX_XML:
                        raise LimitError(f"{item.filename} > {MAX_XML // 2**20} MB")
                    check_xml(package.read(item))
            return [i.filename for i in items]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DamagedFileError(type(error).__name__) from error


def check_xml(data: bytes) -> None:
    """Raise UnsafeFileError where entities are declared: they multiply, or name files. Office programs declare none."""
    if any(mark in data for mark in _ENTITY):
        raise UnsafeFileError
