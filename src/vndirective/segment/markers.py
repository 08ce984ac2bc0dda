"""Numbers and bullets that open an item.

    Phần, Chương, Mục › A. › I. › Điều 1. › 1. › 1.1. › a) › Bước 1. › (i) › - › + › *

The order is that of Nghị định 30/2020/NĐ-CP, Phụ lục I, with the Party's "I-", "1-" and the bullets offices add.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vndirective.parsers.source import Block, Span

_ROMAN = "IVXLC"
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_TYPED = re.compile(
    r"""
    (?P<part>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu\smục)\s+(?:[IVXLC]+|\d{1,2}|thứ\s\w+))(?:[.:)\-–]|\s|$)\s*
  | (?P<article>(?:Điều|ĐIỀU)\s+\d{1,3})\s*[.:)\-–]\s*
  | (?P<named>(?:Hoạt\sđộng|HOẠT\sĐỘNG|Nhiệm\svụ|NHIỆM\sVỤ|Nội\sdung|NỘI\sDUNG|Bước|BƯỚC|Chuyên\sđề|Hợp\sphần|Dự\sán\sthành\sphần|Nhóm\snhiệm\svụ)\s+\d{1,2})\s*[.:)]\s*(?=[^\W\d_"“(])
  | (?P<capital>[A-HĐ])\s*(?:[.)/]|[-–](?=\s))\s*(?=[^\W\d_a-zà-ỹđ])
  | (?P<roman>[IVXLC]{1,6})\s*(?:[.)/]|[-–](?=\s|[^\W\d_]))\s*(?=\S)
  | (?P<decimal>\(?\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:[.)/](?!\d)|[-–](?=\s*[^\W\d_]))\s*(?=[^\W\d_“"(\[]|\S)
  | (?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d_“"(])
  | (?P<spoken>(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)(?:\slà\s*[,:]|,(?=\s+[^\W\d_])))\s*
  | (?P<ordinal>Thứ\s(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?:\slà\s*[,:]?|[,:](?=\s*(?!ngày\b)[^\W\d_])))\s*
  | (?P<step>\((?:i{1,3}|iv|v|vi{1,3}|ix|x|\d{1,2}|[a-zđ])\)|(?:i{2,3}|iv|vi{1,3}|ix)\))\s*[.:]?\s*(?=\S)
  | (?P<letter>[a-zđ](?:\.\d{1,2})?)\s*(?:[).](?=\s|[^\W\d_])|/(?=\s))\s*
  | (?P<bullet>[-–−—•●▪■◦o*+✓➢])\s*(?=\S)
    """,
    re.VERBOSE,
)
_TITLE_LENGTH = 120
_ORDINAL = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SPOKEN = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_BULLETS = {"-": "-", "+": "+", "*": "*", "◦": "+", "o": "+"}


@dataclass(frozen=True, slots=True)
class Marker:
    """`rank` orders markers from outside in; `series` and `value` follow a numbering (None for bullets)."""

    text: str
    rank: int
    body: int  # offset where the item's own words begin
    series: str = ""
    value: int | None = None


def read_marker(text: str, block: Block) -> Marker | None:
    """The marker at the head of a block, typed or automatic; None for a plain paragraph."""
    start, end = block.span.start, block.span.end
    line = text[start:end]
    match = _TYPED.match(line if block.marker is None else f"{line} ")
    if match is None or not _plausible(match, line):
        if block.marker is None:
            return None
        return Marker(block.marker.of(text).strip(".) "), 80, _skip_space(text, block.marker.end, end))
    kind = match.lastgroup or ""
    raw = (match.group(kind) or "").strip()
    body = start + match.end() if match.end() <= len(line) else end
    if kind == "bullet":
        sign = _BULLETS.get(raw, "-")
        if raw == "o" and not line.startswith("o "):
            return None
        return Marker(sign, {"-": 90, "+": 91, "*": 92}[sign], body)
    return _numbered(kind, raw, body)


def _numbered(kind: str, raw: str, body: int) -> Marker:
    if kind == "part":
        return Marker(raw, {"phần": 0, "chương": 1, "mục": 2}.get(raw.split(maxsplit=1)[0].lower(), 3), body)
    if kind == "capital":
        return Marker(raw, 5, body)
    if kind == "roman":
        return Marker(raw, 10, body, "roman", _roman(raw))
    if kind == "article":
        return Marker(raw, 20, body, "article", int(raw.rsplit(maxsplit=1)[-1]))
    if kind == "named":
        name, number = raw.rsplit(maxsplit=1)
        return Marker(raw, 46, body, name.lower(), int(number))
    if kind in ("decimal", "dotted"):
        numbers = raw.strip("(").split(".")
        return Marker(raw.strip("("), 29 + len(numbers), body, "decimal:" + ".".join(numbers[:-1]), int(numbers[-1]))
    if kind == "spoken":
        raw = raw.rstrip(" ,:")
        return Marker(raw, 45, body, "spoken", _SPOKEN.index(raw.split(maxsplit=1)[0]) + 1)
    if kind == "ordinal":
        raw = raw.rstrip(" ,:").removesuffix(" là")
        return Marker(raw, 45, body, "ordinal", _ORDINAL.index(raw.split()[1]) + 1)
    if kind == "step":
        return Marker(raw, 50, body)
    value = _LETTERS.find(raw[0]) + 1 if len(raw) == 1 else None
    return Marker(raw, 40, body, "letter" if value else "", value or None)


def _plausible(match: re.Match[str], line: str) -> bool:
    """Not "1.500 ha", not a date, not "C. Ty": a marker is followed by words of its own."""
    kind = match.lastgroup
    if kind == "decimal" and re.match(r"\d{1,2}[./-]\d", line):
        return bool(re.match(r"\d{1,2}(?:\.\d{1,2}){1,3}(?:[.)]?\s+|[.)]?[-–]\s*)\D", line))
    if kind == "capital":
        return _titles(line[match.end() :].strip())
    if kind == "roman":
        return _roman(match.group("roman")) is not None
    if kind == "bullet" and match.group("bullet") == "*":
        return len(line) > 1
    return True


def _titles(words: str) -> bool:
    """Whether what stands behind "A." is a title ("KẾT QUẢ NĂM 2022", "Nhiệm vụ trọng tâm"), no name ("A. Nguyễn Văn Ba")."""
    if words.isupper() and len(words.split()) > 1:
        return True
    named = all(w[:1].isupper() for w in words.split())
    return len(words) < _TITLE_LENGTH and not named and not words.endswith((".", ";", ","))


def _roman(text: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for i, char in enumerate(text):
        value = values[char]
        total += -value if any(values[later] > value for later in text[i + 1 : i + 2]) else value
    return total if total and _to_roman(total) == text else None


def _to_roman(number: int) -> str:
    parts = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for value, sign in parts:
        while number >= value:
            out += sign
            number -= value
    return out


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def marker_span(block: Block, marker: Marker) -> Span:
    return Span(block.span.start, max(marker.body, block.span.start + 1))
