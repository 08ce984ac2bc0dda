"""Lines to paragraphs, by what the lines say: page breaks and hard wrapping cut sentences in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import quantiles

_OPENS_ITEM = re.compile(
    r"(?:[-+*•●▪–]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|\d{1,2}\.\d{1,2}\s|[a-zđ]\)\s|[IVXLC]{1,5}\s?[.\-–)]\s?|Điều\s\d|"
    r"\((?:[ivx]+|\d|[a-z])\)|(?:Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC)\s)"
)
_CLOSED = re.compile(r"""[.;:!?…]["”')\]]*$|\./\.$""")
_LONG = 60  # characters; shorter lines are letterhead, titles, names
_WRAPPED = 118  # no line longer: the text was wrapped by hand or by a PDF viewer


def opens_item(line: str) -> bool:
    return bool(_OPENS_ITEM.match(line))


def is_closed(line: str) -> bool:
    """The line ends a sentence, an item or a lead-in."""
    return bool(_CLOSED.search(line))


def joins(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence before it, though a break stands between."""
    if len(before) < _LONG or is_closed(before) or opens_item(line) or not line:
        return False
    first = next((c for c in line if c.isalpha()), "")
    return line[0].islower() or (line[0] in '“"(' and first.islower()) or before.endswith((",", "-"))


def wrap_width(lines: Sequence[str]) -> int | None:
    """Width at which the lines of a text were wrapped, None where every paragraph is one line."""
    long_lines = [len(line) for line in lines if len(line) > 40]
    if len(long_lines) < 6 or max(map(len, lines)) > _WRAPPED:
        return None
    return round(quantiles(long_lines, n=10)[-1])


def joins_wrapped(before: str, line: str, width: int) -> bool:
    """Whether a line of hand-wrapped text goes on with the line before it."""
    if is_closed(before) or opens_item(line) or len(before) < 0.72 * width or before.isupper():
        return False
    return not (line.isupper() and len(line) > 12)
