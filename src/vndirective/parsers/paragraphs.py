"""Lines to paragraphs, by what the lines say: page breaks and hard wrapping cut sentences in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import quantiles

from vndirective.parsers.source import DraftBlock
from vndirective.parsers.vietnamese import bare

_OPENS_ITEM = re.compile(
    r"(?:[-+*•●▪–]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|\d{1,2}\.\d{1,2}\s|[a-zđ]\)\s|[IVXLC]{1,5}\s?[.\-–)]\s?|Điều\s\d|"
    r"\((?:[ivx]+|\d|[a-z])\)|(?:Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC)\s)"
)
_CLOSED = re.compile(r"""[.;:!?…]["”')\]]*$|\./\.$""")
_RIGHT_COLUMN = re.compile(r"cong hoa xa hoi|dang cong san|doc lap\W|tong lien doan|[^,;.]{2,40}, ?ngay\b")
_WIDE = re.compile(r"\s*(?:\t\s*|[ \u2002-\u200a\u00a0]{3,})")
_LETTERHEAD = 16  # first drafts among which a letterhead set with spaces stands
SEAM = "\ue0fe"  # between two columns that were set side by side with spaces
_LONG = 50  # characters; shorter lines are letterhead, titles, names
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


def stands_right(line: str) -> bool:
    """What stands in the right column of a letterhead: the motto, place and date."""
    return _RIGHT_COLUMN.match(bare(line)) is not None


def seamed(line: str) -> str:
    """A line of a letterhead whose two columns were set with spaces or tabs, with a `SEAM` between them; else as it is."""
    parts = [p for p in _WIDE.split(line.strip()) if p and not p.isspace()]
    for i in range(0 if _WIDE.match(line) else 1, len(parts)):
        if stands_right(parts[i]):
            left, right = " ".join(parts[:i]), " ".join(parts[i:])
            return f"{left}{SEAM}{right}"
    return line


def unseamed(drafts: list[DraftBlock]) -> list[DraftBlock]:
    """The left column of a letterhead, then the right one, each line a draft."""
    seams = [i for i, d in enumerate(drafts[:_LETTERHEAD]) if SEAM in d.text]
    if all(drafts[i].text.startswith(SEAM) for i in seams):
        return [replace(d, text=d.text.replace(SEAM, " ").strip()) if SEAM in d.text else d for d in drafts]
    left: list[DraftBlock] = []
    right: list[DraftBlock] = []
    for draft in drafts[seams[0] : seams[-1] + 1]:
        first, _, second = draft.text.partition(SEAM)
        left += [replace(draft, text=first)] if first else []
        right += [replace(draft, text=second, marker="", gap=False)] if second else []
    rest = [replace(d, text=d.text.replace(SEAM, " ").strip()) for d in drafts[seams[-1] + 1 :]]
    return [*drafts[: seams[0]], *left, *right, *rest]
