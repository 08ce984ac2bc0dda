"""Readers for where LibreOffice is not: words and paragraphs, without automatic numbers or merged cells.

.doc: the piece table of the WordDocument stream ([MS-DOC] 2.4.1, 2.8.35); RTF: striprtf; ODT: content.xml.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from vndirective.errors import DamagedFileError, EmptyInputError, LimitError
from vndirective.parsers.clean import clean_line
from vndirective.parsers.furniture import is_ruler
from vndirective.parsers.legacy import Mender, decode_runs
from vndirective.parsers.office.fonts import Fonts
from vndirective.parsers.paragraphs import seamed, unseamed
from vndirective.parsers.source import Cell, DraftBlock, SourceText, SourceWarning, assemble

_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?([^\x13\x15]*)\x15")
_HYPHENS = {0x1E: "-", 0x1F: "\u00ad"}  # that may not break, that may: the latter is a letter of TCVN3
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def is_encrypted(data: bytes) -> bool:
    """Whether a password is needed: fEncrypted of the FIB ([MS-DOC] 2.5.2)."""
    stream = _streams(data).get("WordDocument", b"")
    return len(stream) > 12 and bool(struct.unpack_from("<H", stream, 0x0A)[0] & 0x0100)


def metadata_of(data: bytes) -> dict[str, str]:
    """What an old Word file says of itself ([MS-OLEPS], SummaryInformation); dates as ISO 8601."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            said = ole.get_metadata()
    except (OSError, ValueError, IndexError, TypeError, struct.error):
        return {}
    codepage = f"cp{said.codepage}" if said.codepage and said.codepage > 0 and said.codepage != 65001 else "utf-8"

    def text(value: object) -> str:
        if isinstance(value, bytes):
            try:
                return value.decode(codepage, errors="replace").strip("\0 ")
            except LookupError:
                return value.decode("cp1252", errors="replace").strip("\0 ")
        return value.isoformat() if isinstance(value, datetime) else ""

    found = {
        "title": text(said.title),
        "author": text(said.author),
        "last_saved_by": text(said.last_saved_by),
        "created": text(said.create_time),
        "last_saved": text(said.last_saved_time),
    }
    return {name: value for name, value in found.items() if value}


def read_doc(data: bytes) -> SourceText:
    """Word 97-2003. Raises DamagedFileError where the piece table cannot be followed."""
    streams = _streams(data)
    try:
        pieces = list(_pieces(streams))
    except (struct.error, KeyError, IndexError, ValueError) as error:
        raise DamagedFileError("Word 97-2003") from error
    text, found = _decoded(pieces)
    while "\x13" in text:
        shown = _FIELD.sub(r"\1", text)
        if shown == text:
            break
        text = shown
    drawn = text.replace("\x0b", "\n").replace("\x07\x07", "\x07\r")
    return _source(re.split(r"[\r\n\x0c]", drawn), "\x07", found)


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
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(package.read("content.xml"), parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, EOFError) as error:
        if "depth" in str(error):
            raise LimitError("XML > 256 levels") from error
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


def _pieces(streams: dict[str, bytes]) -> Iterator[tuple[str, str | None]]:
    """Text and font of the main text, in its order."""
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
    fonts = Fonts(document, table)
    for i in range(count):
        place = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * i + 2)[0]
        letters = min(ends[i + 1], length) - ends[i]
        if letters <= 0:
            break
        narrow = bool(place & 0x40000000)  # one byte a letter, of windows-1252
        begin = (place & 0x3FFFFFFF) // 2 if narrow else place
        end = begin + letters * (1 if narrow else 2)
        edges = [begin, *fonts.changes(begin, end), end]
        for first, last in pairwise(edges):
            text = document[first:last].decode("cp1252" if narrow else "utf-16-le", errors="replace")
            yield text.translate(_HYPHENS), fonts.at(first)


def _decoded(pieces: list[tuple[str, str | None]]) -> tuple[str, str]:
    """Text in Unicode, paragraph by paragraph, and the old font that most of it is set in."""
    found = Counter[str]()
    text = []
    paragraph: list[tuple[str, str | None]] = []
    for piece, font in pieces:
        *ended, rest = re.split(r"(?<=[\r\x07\x0c])", piece)
        for part in ended:
            decoded, old = decode_runs([*paragraph, (part, font)])
            text.append(decoded)
            found += old
            paragraph = []
        paragraph.append((rest, font))
    decoded, old = decode_runs(paragraph)
    return "".join([*text, decoded]), max(found + old, key=lambda name: (found + old)[name], default="")


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


def _source(lines: list[str], mark: str, legacy: str = "") -> SourceText:
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
    return _finished(drafts, legacy or mender.found)


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
