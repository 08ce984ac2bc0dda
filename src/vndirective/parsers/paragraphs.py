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
# a tab or three spaces, without which no line is wide: looked for first, as most lines have none
_GAP = re.compile("[\t \u2002-\u200a\u00a0](?:(?<=\t)|[ \u2002-\u200a\u00a0]{2})")
_WIDE = re.compile(r"\s*(?:\t\s*|[ \u2002-\u200a\u00a0]{3,})")
_RECIPIENT = re.compile(r"\s*(?:[-–+•*]\s?\S|nơi nhận|lưu\b|như (?:trên|điều|thành phần))", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|T\s?/?\s?UQ)\s*[./ ]\s*[A-ZĐÀ-Ỹ]")
_FOOT = 45  # last drafts among which recipients and signature stand
_LETTERHEAD = 16  # first drafts among which a letterhead set with spaces stands
SEAM = "\ue0fe"  # between two columns of a letterhead that were set side by side with spaces
FOOT_SEAM = "\ue0fd"  # between recipients and signature set so
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


def seamed(line: str, *, head: bool) -> str:
    """A line whose two columns were set with spaces or tabs, with a `SEAM` or `FOOT_SEAM` between them; else as it is.

    Such lines stand in letterheads (`head` is true for the first lines of a text) and where recipients and signature stand
    side by side.
    """
    if not _GAP.search(line):
        return line
    if not _WIDE.search(line.strip()) and not (head and _WIDE.match(line)):
        return line
    parts = [p for p in _WIDE.split(line.strip()) if p and not p.isspace()]
    for i in range(0 if _WIDE.match(line) and head else 1, len(parts)):
        left, right = " ".join(parts[:i]), " ".join(parts[i:])
        if head and stands_right(parts[i]):
            return f"{left}{SEAM}{right}"
        if left and _RECIPIENT.match(left) and _signs(right):
            return f"{left}{FOOT_SEAM}{right}"
    return line


def _signs(text: str) -> bool:
    """What stands in the right column at the end of a notice: authority, post, name."""
    words = text.split()
    person = 2 <= len(words) <= 6 and all(w[0].isupper() and w.replace(".", "").isalpha() for w in words)
    return person or (text.isupper() and len(text) > 4) or _AUTHORITY.match(text) is not None


def unseamed(drafts: list[DraftBlock]) -> list[DraftBlock]:
    """Where columns were set side by side with spaces: the left one, then the right one, each line a draft."""
    head = [i for i, d in enumerate(drafts[:_LETTERHEAD]) if SEAM in d.text]
    foot = [i for i, d in enumerate(drafts) if FOOT_SEAM in d.text and i >= len(drafts) - _FOOT]
    if all(drafts[i].text.startswith(SEAM) for i in head):
        head = []  # only a right column: nothing to part
    result: list[DraftBlock] = []
    at = 0
    for seams, seam in ((head, SEAM), (foot, FOOT_SEAM)):
        if not seams:
            continue
        result += _plain(drafts[at : seams[0]])
        region = drafts[seams[0] : seams[-1] + 1]
        parts = [d.text.partition(seam) for d in region]
        result += [replace(d, text=first) for d, (first, _, _) in zip(region, parts, strict=True) if first]
        right = [
            replace(d, text=second, marker="", gap=False)
            for d, (_, _, second) in zip(region, parts, strict=True)
            if second
        ]
        if seam is FOOT_SEAM:  # the list of recipients may go on below the last line of the right column
            end = next(
                (i for i in range(seams[-1] + 1, len(drafts)) if not _RECIPIENT.match(drafts[i].text)), len(drafts)
            )
            result += _plain(drafts[seams[-1] + 1 : end])
            at = end
        else:
            at = seams[-1] + 1
        result += right
    return result + _plain(drafts[at:])


def _plain(drafts: list[DraftBlock]) -> list[DraftBlock]:
    return [
        replace(d, text=d.text.replace(SEAM, " ").replace(FOOT_SEAM, " ").strip())
        if SEAM in d.text or FOOT_SEAM in d.text
        else d
        for d in drafts
    ]
