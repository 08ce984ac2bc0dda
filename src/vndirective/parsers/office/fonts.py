"""Which font each byte of a Word 97-2003 file is set in: what tells TCVN3 from VNI, and its capital font from the plain one.

    character run (FKP of CHPX) ─ else style of the paragraph (FKP of PAPX) ─ else style "Normal"

[MS-DOC] 2.4.6.1 and 2.4.6.2 (direct formatting), 2.9.266 (styles), 2.9.286 (font table). Offsets are bytes of the WordDocument
stream.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator

_FC_STYLES, _FC_CHPX, _FC_PAPX, _FC_FONTS = (
    0xA2,
    0xFA,
    0x102,
    0x112,
)  # places in the FIB of offset and size in the table
_FONT_OTHER, _FONT_ASCII, _STYLE = 0x4A51, 0x4A4F, 0x4A30  # sprmCRgFtc2, sprmCRgFtc0, sprmCIstd
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of a property's value by its kind; kind 6 says its own
_PAGE = 512

Ranges = list[tuple[int, int]]  # first byte, number of what holds from there; -1 for nothing


class Fonts:
    """Names of the fonts of a file, by the place of a character."""

    def __init__(self, document: bytes, table: bytes) -> None:
        self._names = _names(_part(document, table, _FC_FONTS))
        self._styles = _styles(_part(document, table, _FC_STYLES))
        self._runs: Ranges = []
        self._paragraphs: Ranges = []
        for first, properties in _formatted(document, _part(document, table, _FC_CHPX), _run_properties):
            font, style = _font_and_style(properties)
            self._runs.append((first, font if font >= 0 else self._styles.get(style, -1)))
        for first, properties in _formatted(document, _part(document, table, _FC_PAPX), _paragraph_style):
            self._paragraphs.append((first, struct.unpack("<H", properties)[0] if properties else 0))
        self._runs.sort()
        self._paragraphs.sort()

    def at(self, place: int) -> str | None:
        """Name of the font at a byte, None where the file does not say."""
        font = _value(self._runs, place)
        if font < 0:
            font = self._styles.get(_value(self._paragraphs, place), self._styles.get(0, -1))
        return self._names[font] if 0 <= font < len(self._names) else None

    def changes(self, start: int, end: int) -> list[int]:
        """Bytes between `start` and `end` at which another font may begin."""
        places = {place for ranges in (self._runs, self._paragraphs) for place, _ in ranges if start < place < end}
        return sorted(places)


def _value(ranges: Ranges, place: int) -> int:
    at = bisect_right(ranges, place, key=lambda r: r[0]) - 1
    return ranges[at][1] if at >= 0 else -1


def _part(document: bytes, table: bytes, place: int) -> bytes:
    start, size = struct.unpack_from("<II", document, place)
    return table[start : start + size]


def _names(data: bytes) -> list[str]:
    names: list[str] = []
    at = 4
    for _ in range(struct.unpack_from("<H", data, 0)[0] if data else 0):
        size = data[at]
        names.append(data[at + 40 : at + 1 + size].decode("utf-16-le", errors="replace").partition("\0")[0])
        at += 1 + size
    return names


def _styles(data: bytes) -> dict[int, int]:
    """Font of each style that has one, its own or that of the style it is based on."""
    if len(data) < 18:
        return {}
    header, count, base = struct.unpack_from("<HHH", data, 0)
    defaults = struct.unpack_from("<HHH", data, 14)
    own: dict[int, int] = {}
    parents: dict[int, int] = {}
    at = 2 + header
    for number in range(count):
        size = struct.unpack_from("<H", data, at)[0]
        style = data[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
        if size:
            parents[number] = struct.unpack_from("<H", style, 2)[0] >> 4
            font = _font_of_style(style, base)
            if font >= 0:
                own[number] = font
    found: dict[int, int] = {}
    for number in parents:
        above, steps = number, 0
        while above not in own and above in parents and steps < 12:
            above, steps = parents[above], steps + 1
        found[number] = own.get(above, defaults[2])
    return found


def _font_of_style(style: bytes, base: int) -> int:
    kind = struct.unpack_from("<H", style, 2)[0] & 15  # 1 of paragraphs, 2 of characters
    name = struct.unpack_from("<H", style, base)[0]
    at = base + 2 + 2 * name + 2
    for skipped in range(2):
        if at + 2 > len(style):
            return -1
        size = struct.unpack_from("<H", style, at)[0]
        properties = style[at + 2 : at + 2 + size]
        if kind == 2 or skipped:
            return _font_and_style(properties)[0]
        at += 2 + size + size % 2
    return -1


def _font_and_style(properties: bytes) -> tuple[int, int]:
    """Font and character style that properties name, -1 for none."""
    found: dict[int, int] = {}
    at = 0
    while at + 2 < len(properties):
        code = struct.unpack_from("<H", properties, at)[0]
        at += 2
        size = _SIZES.get(code >> 13) or 1 + properties[at]
        if code in (_FONT_OTHER, _FONT_ASCII, _STYLE) and at + 2 <= len(properties):
            found[code] = struct.unpack_from("<H", properties, at)[0]
        at += size
    return found.get(_FONT_OTHER, found.get(_FONT_ASCII, -1)), found.get(_STYLE, -1)


def _formatted(
    document: bytes, index: bytes, properties: Callable[[bytes, int, int], bytes]
) -> Iterator[tuple[int, bytes]]:
    """First byte and properties of each run of the pages that an index names."""
    if len(index) < 4:
        return
    count = (len(index) - 4) // 8
    for number in struct.unpack_from(f"<{count}I", index, 4 * (count + 1)):
        page = document[(number & 0x3FFFFF) * _PAGE : (number & 0x3FFFFF) * _PAGE + _PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[_PAGE - 1]
        for i, first in enumerate(struct.unpack_from(f"<{runs}I", page, 0)):
            yield first, properties(page, runs, i)


def _run_properties(page: bytes, runs: int, i: int) -> bytes:
    place = 2 * page[4 * (runs + 1) + i]
    return page[place + 1 : place + 1 + page[place]] if place else b""


def _paragraph_style(page: bytes, runs: int, i: int) -> bytes:
    place = 2 * page[4 * (runs + 1) + 13 * i]
    if not place:
        return b""
    start = place + 1 if page[place] else place + 2
    return page[start : start + 2]
