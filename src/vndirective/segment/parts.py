"""Several notices in one file: cut before the letterhead that follows a finished signature."""

from __future__ import annotations

from vndirective.parsers.source import BlockKind, SourceText
from vndirective.segment.lines import (
    is_archive,
    is_authority,
    is_motto,
    is_number,
    is_person,
    is_position,
    is_recipients_head,
    type_name,
)
from vndirective.segment.syllables import fold

_LETTERHEAD = 14  # blocks from the first line of a letterhead to its title or "Kính gửi"


def split_parts(source: SourceText) -> list[tuple[int, int]]:
    """Block ranges, one a notice. A second copy of the same notice stays with the first."""
    texts = [b.span.of(source.text) for b in source.blocks]
    cuts = [0]
    at = _finished(texts, 0)
    while at is not None:
        start = _next_letterhead(source, texts, at)
        if start is None:
            break
        if not _is_copy(texts, cuts[-1], start):
            cuts.append(start)
        at = _finished(texts, start)
    return list(zip(cuts, [*cuts[1:], len(texts)], strict=True)) if texts else []


def _finished(texts: list[str], start: int) -> int | None:
    """Index after the recipients or signature that end a notice, None where none does."""
    for i in range(start, len(texts)):
        if is_recipients_head(texts[i]) or (is_authority(texts[i]) and any(is_person(t) for t in texts[i + 1 : i + 6])):
            end = i + 1
            for j in range(i + 1, min(len(texts), i + 40)):
                named = is_person(texts[j]) and not texts[j].isupper()  # "TỈNH SƠN GIANG" opens the next letterhead
                closes = is_authority(texts[j]) or is_position(texts[j]) or named or is_archive(texts[j])
                if closes or texts[j].startswith("-"):
                    end = j + 1
                elif len(texts[j]) > 140 or is_motto(texts[j]) or is_number(texts[j]):
                    break
            return end
    return None


def _next_letterhead(source: SourceText, texts: list[str], at: int) -> int | None:
    """First block of the next letterhead: motto and number, then a type name or "Kính gửi"."""
    for i in range(at, len(texts)):
        if not (is_motto(texts[i]) and not fold(texts[i]).startswith("độc lập")):
            continue
        ahead = texts[i : i + _LETTERHEAD]
        around = texts[max(at, i - 6) : i + _LETTERHEAD]
        numbered = any(is_number(t) for t in around)
        titled = any(type_name(t) or fold(t).startswith("kính gửi") for t in ahead)
        if numbered and titled:
            start = i
            while start > at and _belongs_to_letterhead(source, texts, start - 1):
                start -= 1
            return start
    return None


def _belongs_to_letterhead(source: SourceText, texts: list[str], i: int) -> bool:
    text = texts[i]
    if source.blocks[i].kind is not BlockKind.PARAGRAPH or source.blocks[i].cell is not None:
        return False
    above = _before(source, i)
    signed = any(is_person(t) and not t.isupper() for t in above)  # then capitals are no second name
    if is_person(text) and not signed and any(is_authority(t) or is_position(t) for t in above):
        return False
    return is_number(text) or fold(text).startswith("v/v") or (text.isupper() and len(text) < 120)


def _before(source: SourceText, i: int) -> list[str]:
    """The lines above a block in which a signature would stand."""
    return [b.span.of(source.text) for b in source.blocks[max(0, i - 2) : i]]


def _is_copy(texts: list[str], first: int, second: int) -> bool:
    later = set(texts[second:])
    body = [t for t in texts[first:second] if len(t) > 120]
    return bool(body) and sum(t in later for t in body) >= 0.6 * len(body)
