"""A writer of compound files ([MS-CFB]) that is just enough for an Outlook message: sectors of 512 bytes, no small streams."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_SMALL = 4096  # streams below this size would lie in a stream of their own; they are padded instead
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """Bytes of a compound file with the given streams and storages. Streams are padded with zeros to 4096 bytes."""
    entries: list[list[object]] = [["Root Entry", 5, _FREE, b""]]  # name, kind, child, content

    rights: dict[int, int] = {}

    def add(children: Tree) -> int:
        first = previous = _FREE
        for name in sorted(children, key=lambda n: (len(n), n.upper())):
            child = children[name]
            number = len(entries)
            content = child.ljust(_SMALL, b"\0") if isinstance(child, bytes) else b""
            entries.append([name, 2 if isinstance(child, bytes) else 1, _FREE, content])
            if previous == _FREE:
                first = number
            else:
                rights[previous] = number  # siblings hang in a chain, which is a tree too
            previous = number
            if not isinstance(child, bytes):
                entries[number][2] = add(child)
        return first

    entries[0][2] = add(tree)
    sectors: list[bytes] = []
    table: list[int] = []

    def store(content: bytes) -> int:
        pieces = [content[i : i + _SECTOR].ljust(_SECTOR, b"\0") for i in range(0, len(content), _SECTOR)]
        start = len(sectors)
        sectors.extend(pieces)
        table.extend([*range(start + 1, start + len(pieces)), _END])
        return start if pieces else _END

    directory = b""
    for number, (name, kind, child, content) in enumerate(entries):
        assert isinstance(name, str) and isinstance(content, bytes)
        encoded = (name + "\0").encode("utf-16-le")
        start = store(content) if content else _END
        directory += (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, rights.get(number, _FREE), child)
            + bytes(36)
            + struct.pack("<IQ", start, len(content))
        )
    first = store(directory)
    count = 1
    while count * 128 < len(table) + count:
        count += 1
    at = len(sectors)
    table += [_FAT] * count
    table += [_FREE] * (count * 128 - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, first, 0, _SMALL, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(at, at + count), *[_FREE] * (109 - count))
    return header + b"".join(sectors) + packed
