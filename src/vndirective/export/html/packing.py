"""JSON and pictures inside an HTML file: nothing in them is markup, and nothing is parsed before it is asked for."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from vndirective.export.html.pictures import Picture

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_LEVEL = 6


class GrowingBlock:
    """A block that holds a list, deflated (zlib format) row by row: what waits in memory is small."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(_LEVEL)
        self._parts = [self._deflate.compress(b"[")]
        self._rows = 0

    def add(self, row: Any) -> None:
        self._parts.append(self._deflate.compress((b"," if self._rows else b"") + _json(row)))
        self._rows += 1

    def element(self, name: str) -> str:
        """The script element, once; as `block` makes it of a whole list."""
        return _element(name, b"".join([*self._parts, self._deflate.compress(b"]"), self._deflate.flush()]))


def embedded(name: str, content: Any) -> str:
    """A script element of plain JSON; "</script>" in a notice stays text, as "\\u003c/script\\u003e"."""
    return f'<script type="application/json" id="data-{name}">{escaped(content)}</script>\n'


def escaped(content: Any) -> str:
    """JSON in which no character opens a tag or ends a script."""
    text = _json(content).decode("utf-8")
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def block(name: str, content: Any) -> str:
    """A script element of JSON, deflated and in base64: its letters hold no markup."""
    return _element(name, zlib.compress(_json(content), _LEVEL))


def picture_block(name: str, picture: Picture) -> str:
    """A script element with a picture; the page makes a data URI of it when it comes into view."""
    return _element(name, picture.data)


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _element(name: str, data: bytes) -> str:
    return f'<script type="text/plain" id="data-{name}">{base64.b64encode(data).decode("ascii")}</script>\n'
