"""The zones around a notice's body.

    furniture │ letterhead │ title │ addressees │ BODY │ recipients, signature │ annex │ duplicate

Loaders give letterhead and signature column by column, so a zone is a run of lines; any of them may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vndirective.parsers.source import Block, BlockKind, SourceText
from vndirective.segment.lines import (
    is_archive,
    is_authority,
    is_motto,
    is_number,
    is_person,
    is_position,
    is_recipients_head,
    opens_body,
    place_date,
    type_name,
)
from vndirective.segment.markers import read_marker
from vndirective.segment.notice import Frame, ZoneKind
from vndirective.segment.syllables import fold

_HEAD_REACH = 70  # blocks; letterhead and title stand at the beginning
_SUBJECT_LINES = 7
_SUBJECT_LENGTH = 420
_SIGNATURE_LINES = 14
_SURELY_BODY = re.compile(r"căn cứ|kính gửi|lúc |(?:sáng |chiều )?ngày \d|xét ")
_UNFINISHED = re.compile(
    r"(?:\b(?:tại|về|của|và|với|giữa|cho|theo|năm|các|trong|từ|đến|sau|trước|do)|[,–-])$", re.IGNORECASE
)


def frame(source: SourceText) -> Frame:
    """Zone kind of each block, None for the body."""
    blocks = source.blocks
    texts = [b.span.of(source.text) for b in blocks]
    kinds: list[ZoneKind | None] = [None if b.kind is BlockKind.PARAGRAPH else ZoneKind.FURNITURE for b in blocks]
    start = _head(source, blocks, texts, kinds)
    end = _tail(blocks, texts, kinds, start)
    _after(texts, kinds, start, end)
    return Frame(source, tuple(kinds))


def _head(source: SourceText, blocks: Sequence[Block], texts: list[str], kinds: list[ZoneKind | None]) -> int:
    """Mark letterhead, title and addressees; index of the first body block."""
    reach = min(len(blocks), _HEAD_REACH)
    live = [i for i in range(reach) if kinds[i] is None]
    letter = next((i for i in live if fold(texts[i]).lstrip(" *").startswith("kính gửi")), None)
    title = next((i for i in live if type_name(texts[i]) and _is_title(texts, i)), None)
    if title is not None and letter is not None and letter < title:
        title = None
    anchor = title if title is not None else letter
    if anchor is None:
        anchor = next((i for i in live if opens_body(texts[i]) or len(texts[i]) > 160), None)
        if anchor is None or not any(is_motto(texts[i]) or is_number(texts[i]) for i in live if i < anchor):
            return 0
    first = next((i for i in live if i <= anchor and _opens_letterhead(blocks, texts, i)), anchor)
    for i in live:
        if i < first:
            kinds[i] = ZoneKind.FURNITURE
        elif i < anchor:
            kinds[i] = ZoneKind.LETTERHEAD
    at = anchor
    if title is not None:
        at = _title(source, blocks, texts, kinds, title)
    return _addressees(texts, kinds, at, reach)


def _is_title(texts: list[str], i: int) -> bool:
    """ "QUYẾT ĐỊNH" stands alone or before its subject, not as "QUYẾT ĐỊNH:" before the first Điều."""
    return not texts[i].rstrip().endswith(":") and len(texts[i]) < 200


def _opens_letterhead(blocks: Sequence[Block], texts: list[str], i: int) -> bool:
    text = texts[i]
    capitals = text.isupper() and len(text) > 4
    return capitals or is_motto(text) or is_number(text) or place_date(text) is not None


def _title(
    source: SourceText, blocks: Sequence[Block], texts: list[str], kinds: list[ZoneKind | None], title: int
) -> int:
    """Mark the type name and the subject under it; index of the block after."""
    kinds[title] = ZoneKind.TITLE
    at = title + 1
    while at < len(blocks) and at - title <= _SUBJECT_LINES:
        if kinds[at] is ZoneKind.FURNITURE:
            at += 1
            continue
        if _ends_title(source, blocks, texts, at, title):
            break
        kinds[at] = ZoneKind.TITLE
        at += 1
    # number and date may stand under the title
    for late in range(at, min(at + 3, len(blocks))):
        item = read_marker(source.text, blocks[late]) is not None
        if (
            kinds[late] is None
            and not item
            and (is_number(texts[late]) or (place_date(texts[late]) and len(texts[late]) < 70))
        ):
            kinds[late] = ZoneKind.LETTERHEAD
            at = late + 1
    return at


def _ends_title(source: SourceText, blocks: Sequence[Block], texts: list[str], at: int, title: int) -> bool:
    text = texts[at]
    capitals = text.isupper()
    if len(text) > _SUBJECT_LENGTH or blocks[at].cell is not None or is_number(text):
        return True
    if place_date(text) and fold(text).startswith("ngày") is False and len(text) < 70:
        return True
    if at == title + 1 and fold(text).startswith(("về việc ", "v/v ")) and not text.rstrip().endswith((":", "./.")):
        return False
    subject_first = (
        at == title + 1 and len(text) < 260 and not text.rstrip().endswith(".") and not _SURELY_BODY.match(fold(text))
    )
    unfinished = _UNFINISHED.search(texts[at - 1]) is not None
    if opens_body(text) and text[0].isupper() and not (capitals or subject_first or unfinished):
        return True
    if (
        at > title + 1
        and capitals
        and (is_position(text) or fold(text).startswith(("ủy ban nhân dân", "hội đồng nhân dân")))
    ):
        return True
    if read_marker(source.text, blocks[at]) is not None and not text.startswith(("-", "*")):
        return True
    return text.rstrip().endswith((";", ":", "./.")) or (text.rstrip().endswith(".") and len(text) > 120)


def _addressees(texts: list[str], kinds: list[ZoneKind | None], at: int, reach: int) -> int:
    """Mark "Kính gửi:" and its list (for a công điện "… điện:"); index of the first body block."""
    head = next(
        (
            i
            for i in range(at, min(at + 4, reach))
            if fold(texts[i]).lstrip(" *").startswith("kính gửi") or _wires(texts[i])
        ),
        None,
    )
    if head is None:
        return at
    for i in range(at, head):
        kinds[i] = kinds[i] or ZoneKind.LETTERHEAD
    kinds[head] = ZoneKind.ADDRESSEES
    i = head + 1
    while i < len(texts) and kinds[i] is None and _is_addressee(texts[i], texts[i - 1]):
        kinds[i] = ZoneKind.ADDRESSEES
        i += 1
    return i


def _wires(text: str) -> bool:
    return len(text) < 120 and fold(text).rstrip().endswith(" điện:")


def _is_addressee(text: str, before: str) -> bool:
    listed = text.startswith(("-", "+", "•")) and len(text) < 260
    wrapped = len(text) < 110 and before.rstrip().endswith((",", ";", "và")) and not opens_body(text)
    after_colon = before.rstrip().endswith(":") and len(text) < 140 and not opens_body(text)
    return listed or wrapped or after_colon


def _tail(blocks: Sequence[Block], texts: list[str], kinds: list[ZoneKind | None], start: int) -> int:
    """Mark recipients and signature; index of the first block after them."""
    n = len(blocks)
    head = next((i for i in range(start, n) if kinds[i] is None and is_recipients_head(texts[i])), None)
    end = n
    if head is not None:
        end = _recipients(blocks, texts, kinds, head)
        before = _signature_start(texts, kinds, start, head)
        if before is not None:
            for i in range(before, head):
                kinds[i] = ZoneKind.SIGNATURE
            if not any(is_authority(t) or is_position(t) for t in texts[end : end + 3]):
                return end
        return _recipients_overleaf(texts, kinds, head, _signature(blocks, texts, kinds, end))
    sign = next((i for i in range(max(start, n - 30), n) if kinds[i] is None and _signs(texts, i)), None)
    return _signature(blocks, texts, kinds, sign) if sign is not None else end


def _recipients(blocks: Sequence[Block], texts: list[str], kinds: list[ZoneKind | None], head: int) -> int:
    kinds[head] = ZoneKind.RECIPIENTS
    archived = is_archive(texts[head].split(":", 1)[-1])
    i = head + 1
    while i < len(blocks):
        text = texts[i]
        if kinds[i] is ZoneKind.FURNITURE:
            i += 1
            continue
        listed = text.startswith(("-", "–", "+", "*", "•")) or is_archive(text)
        if _signs(texts, i) or (not listed and text.isupper() and is_position(text)):
            break
        wrapped = len(text) < 40 and text.startswith(("(", "T", "V")) and text.endswith(".")
        if archived and not listed and not wrapped:
            break
        if not listed and (len(text) > 140 or is_motto(text) or (text.isupper() and len(text) > 12)):
            break
        kinds[i] = ZoneKind.RECIPIENTS
        archived = archived or is_archive(text)
        i += 1
    return i


def _recipients_overleaf(texts: list[str], kinds: list[ZoneKind | None], head: int, end: int) -> int:
    """The list goes on after the signature where a page break cut both columns."""
    if any(is_archive(texts[i]) for i in range(head, end) if kinds[i] is ZoneKind.RECIPIENTS):
        return end
    while end < len(texts) and kinds[end] is None and (texts[end].startswith("-") or is_archive(texts[end])):
        kinds[end] = ZoneKind.RECIPIENTS
        end += 1
    return end


def _signs(texts: list[str], i: int) -> bool:
    """An authority line, or a post in capitals with a name soon below."""
    text = texts[i]
    if is_authority(text):
        return True
    if not text.isupper() or not is_position(text):
        return False
    # a name that nobody can read still leaves the post between the end of the text and the recipients
    ends = i > 0 and texts[i - 1].rstrip().endswith("./.") and any(is_recipients_head(t) for t in texts[i + 1 : i + 3])
    return ends or any(is_person(t) for t in texts[i + 1 : i + 6])


def _signature_start(texts: list[str], kinds: list[ZoneKind | None], start: int, head: int) -> int | None:
    for i in range(max(start, head - _SIGNATURE_LINES), head):
        if kinds[i] is None and _signs(texts, i):
            return i
    return None


def _signature(blocks: Sequence[Block], texts: list[str], kinds: list[ZoneKind | None], first: int) -> int:
    """Mark from the authority line to the name; index of the block after."""
    n = len(blocks)
    i = first
    last = first
    while i < n and i < first + _SIGNATURE_LINES:
        if kinds[i] is ZoneKind.FURNITURE:
            i += 1
            continue
        text = texts[i]
        if (is_person(text) and not text.isupper()) or (is_person(text) and last > first and not is_position(text)):
            last = i + 1
            break
        if is_authority(text) or is_position(text):
            last = i + 1
        elif len(text) > 90 or (last == first and i > first + 2) or is_motto(text):
            break
        i += 1
    for i in range(first, last):
        if kinds[i] is None:  # a page break may put the rest of the recipients between post and name
            listed = texts[i].startswith(("-", "–", "+")) or is_archive(texts[i])
            kinds[i] = ZoneKind.RECIPIENTS if listed else ZoneKind.SIGNATURE
    return last


def _after(texts: list[str], kinds: list[ZoneKind | None], start: int, end: int) -> None:
    """What follows the signature: a second copy of the notice, or annexes."""
    copy = _copy_start(texts, kinds, start, end)
    for i in range(end, len(texts)):
        if copy is not None and i >= copy:
            kinds[i] = ZoneKind.DUPLICATE
        elif kinds[i] is None:
            kinds[i] = ZoneKind.ANNEX


def _copy_start(texts: list[str], kinds: list[ZoneKind | None], start: int, end: int) -> int | None:
    """Where the longest body paragraphs come again, the copy begins right after the first signature."""
    long_body = [i for i in range(start, end) if kinds[i] is None and len(texts[i]) > 120]
    if not long_body:
        return None
    later = set(texts[end:])
    repeated = sum(texts[i] in later for i in long_body)
    return end if repeated >= max(1, len(long_body) * 0.6) else None
