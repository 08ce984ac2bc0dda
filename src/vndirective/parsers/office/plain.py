"""Readers for where LibreOffice is not: words and paragraphs, without automatic numbers or merged cells.

.doc: the piece table of the WordDocument stream ([MS-DOC] 2.4.1, 2.8.35); RTF: striprtf; ODT: content.xml.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from vndirective.errors import DamagedFileError, EmptyInputError, LimitError
from vndirective.parsers.clean import clean_line
from vndirective.parsers.furniture import is_ruler
from vndirective.parsers.legacy import Mender
from vndirective.parsers.paragraphs import seamed, unseamed
from vndirective.parsers.source import Cell, DraftBlock, SourceText, SourceWarning, assemble

_MOST = 200 * 1024 * 1024  # bytes of content.xml
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?([^\x13\x15]*)\x15")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def is_encrypted(data: bytes) -> bool:
    """Whether a password is needed: fEncrypted of the FIB ([MS-DOC] 2.5.2)."""
    stream = _streams(data).get("WordDocument", b"")
    return len(stream) > 12 and bool(struct.unpack_from("<H", stream, 0x0A)[0] & 0x0100)


def read_doc(data: bytes) -> SourceText:
    """Word 97-2003. Raises DamagedFileError where the piece table cannot be followed."""
    streams = _streams(data)
    try:
        text = _pieces(streams)
    except (struct.error, KeyError, IndexError, ValueError) as error:
        raise DamagedFileError("Word 97-2003") from error
    while "\x13" in text:
        shown = _FIELD.sub(r"\1", text)
        if shown == text:
            break
        text = shown
    drawn = text.replace("\x1e", "-").replace("\x1f", "\u00ad").replace("\x0b", "\n").replace("\x07\x07", "\x07\r")
    return _source(re.split(r"[\r\n\x0c]", drawn), "\x07")


def read_rtf(data: bytes) -> SourceText:
    """RTF."""
    from striprtf.striprtf import rtf_to_text

    try:
        text = rtf_to_text(data.decode("cp1252", errors="replace"), errors="ignore")
    except (ValueError, IndexError, UnicodeError, LookupError) as error:
        raise DamagedFileError("RTF") from error
    return _source(text.split("\n"), "|")


def read_odt(data: bytes) -> SourceText:
    """OpenDocument text; entities are not expanded, nothing is fetched."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo("content.xml").file_size > _MOST:
                raise LimitError("content.xml > 200 MB")
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(package.read("content.xml"), parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, EOFError) as error:
        raise DamagedFileError("ODT") from error
    return _finished(list(_odt_drafts(root)))


def _streams(data: bytes) -> dict[str, bytes]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            wanted = ("WordDocument", "0Table", "1Table")
            return {name: ole.openstream(name).read() for name in wanted if ole.exists(name)}
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise DamagedFileError("OLE") from error


def _pieces(streams: dict[str, bytes]) -> str:
    document = streams["WordDocument"]
    flags = struct.unpack_from("<H", document, 0x0A)[0]
    table = streams["1Table" if flags & 0x0200 else "0Table"]
    length = struct.unpack_from("<i", document, 0x4C)[0]  # characters of the main text; notes and heads come after
    start, size = struct.unpack_from("<II", document, 0x01A2)
    clx = table[start : start + size]
    at = 0
    while clx[at] == 1:  # properties that pieces point to
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no piece table")
    count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}i", clx, at + 5)
    text = []
    for i in range(count):
        place = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * i + 2)[0]
        letters = min(ends[i + 1], length) - ends[i]
        if letters <= 0:
            break
        if place & 0x40000000:  # one byte a letter, of windows-1252
            begin = (place & 0x3FFFFFFF) // 2
            text.append(document[begin : begin + letters].decode("cp1252", errors="replace"))
        else:
            text.append(document[place : place + 2 * letters].decode("utf-16-le", errors="replace"))
    return "".join(text)


def _odt_drafts(root: Any) -> Iterator[DraftBlock]:
    table, row, column = 0, 0, 0
    for node in root.iter(f"{_TABLE}table", f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_TEXT}p", f"{_TEXT}h"):
        if node.tag == f"{_TABLE}table":
            table, row = table + 1, -1
        elif node.tag == f"{_TABLE}table-row":
            row, column = row + 1, -1
        elif node.tag == f"{_TABLE}table-cell":
            column += 1
        else:
            inside = any(a.tag == f"{_TABLE}table-cell" for a in node.iterancestors())
            yield from (DraftBlock(t, cell=Cell(table, row, column) if inside else None) for t in _odt_lines(node))


def _odt_lines(node: Any) -> list[str]:
    pieces: list[str] = [node.text or ""]
    for child in node.iterdescendants():
        if child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}s":
            pieces.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag in {f"{_TEXT}p", f"{_TEXT}note"}:
            continue
        else:
            pieces.append(child.text or "")
        pieces.append(child.tail or "")
    return "".join(pieces).split("\n")


def _source(lines: list[str], mark: str) -> SourceText:
    """Lines of which those with `mark` are rows of cells."""
    mender = Mender(lines)
    drafts: list[DraftBlock] = []
    row = 0
    for line in map(mender.mend, lines):
        if mark in line:
            cells = line.rstrip(mark).split(mark)
            if len(cells) > 1 and len(drafts) > 12:
                drafts += [DraftBlock(c, cell=Cell(1, row, k)) for k, c in enumerate(cells)]
            else:  # letterheads stand in tables too
                drafts += map(DraftBlock, cells)
            row += 1
        else:
            drafts.append(DraftBlock(line))
    return _finished(drafts, mender.found)


def _finished(drafts: list[DraftBlock], legacy: str = "") -> SourceText:
    cleaned: list[DraftBlock] = []
    gap = False
    for draft in drafts:
        text = clean_line(seamed(draft.text, head=len(cleaned) < 16) if draft.cell is None else draft.text)
        if text and not is_ruler(text):
            cleaned.append(DraftBlock(text, cell=draft.cell, gap=gap))
        gap = not text
    text, blocks = assemble(unseamed(cleaned))
    if not text:
        raise EmptyInputError
    warnings = [SourceWarning("plain_reading")]
    warnings += [SourceWarning("legacy_encoding", None, legacy)] if legacy else []
    return SourceText(text, blocks, "", "text", warnings=tuple(warnings))
