"""Lines that are fields, not sentences: "Đơn vị chủ trì: …; Đơn vị phối hợp: …", "Thời gian: …", "Địa điểm: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.assignees.actors import Actor, read_actors
from vndirective.lexicons import table
from vndirective.parsers.source import Span
from vndirective.segment.notice import Notice
from vndirective.segment.outline import Node
from vndirective.segment.syllables import fold

_FIELD = re.compile(r"(?:^|[;.]\s+|,\s+|\()([^\W\d][^:;.()]{2,48}?)\s*:\s*", re.UNICODE)
_BARE_TIME = re.compile(
    r"(?:hoàn thành|xong|thực hiện|triển khai|tổ chức|thời gian|báo cáo)?(?: xong)? ?(?:trước|trong|từ|chậm nhất|vào|ngày|đến hết) "
    r"(?:(?:ngày|tháng|quý|năm|tuần|thứ|giờ|hết|đến|từ|và|cuối|đầu|giữa|hằng|hàng|trong|trước|là|này|tới|sau|học|kỳ|chủ nhật|hai|ba|tư|sáu|bảy|[ivx]+|\d[\d/.:h-]*|[-–])\s*)+\.?$"
)
_RESPONSIBLE = re.compile(
    r"^\W{0,3}(?:trách nhiệm|phân công|tổ chức thực hiện|thực hiện)\s*:\s*(?=[^.]{4,300}\)\W*$)", re.IGNORECASE
)
# "(Phòng A chủ trì, Phòng B phối hợp …)" as a line of its own, and at the end of an item
_BRACKETED_LINE = re.compile(r"^\W{0,2}\((?=[^()]{4,300}\)\W*$)(?=[^()]*\b(?:chủ trì|phối hợp)\b)", re.IGNORECASE)
_BRACKETED = re.compile(r"\((?=[^()]{4,200}\)\W*$)(?=[^()]*\b(?:chủ trì|phối hợp|thực hiện)\b)", re.IGNORECASE)
_SHARED = re.compile(r"[^(),;]+\((?P<part>chủ trì|phối hợp)\)", re.IGNORECASE)  # "Phòng Nội vụ (chủ trì), …"


_TAKING_PART = {("chủ", "trì"), ("phối", "hợp"), ("thực", "hiện")}
_ASSIGNING = {"lead", "coordinate", "supervise"}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a line; `kind` is lead, coordinate, supervise, time or describe; `value` is what stands after it."""

    kind: str
    value: Span
    actors: tuple[Actor, ...]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {name: kind for kind, names in table("sections")["labels"].items() for name in names}


def read_fields(notice: Notice, node: Node) -> list[FieldLine]:
    """The fields of a line that begins with one; [] for a line of prose."""
    words = node.body.of(notice.source.text)
    if _BARE_TIME.match(fold(words).strip()) and not node.children:
        return [FieldLine("time", node.body, ())]
    if (shared := _responsible(notice, node.body)) and not node.children:
        return shared
    found = [(m, _kinds().get(fold(m.group(1)).strip())) for m in _FIELD.finditer(words)]
    known = [(m, kind) for m, kind in found if kind is not None]
    if not known or known[0][0].start() > 2 or (node.children and known[0][1] != "lead"):
        return []
    lines: list[FieldLine] = []
    for at, (match, kind) in enumerate(known):
        end = known[at + 1][0].start() if at + 1 < len(known) else len(words)
        value = Span(node.body.start + match.end(), node.body.start + max(match.end(), end))
        actors = _names(notice, value) if kind in {"lead", "coordinate", "supervise"} else ()
        if kind == "lead" and not actors:
            return []  # "Thực hiện: …" followed by a sentence is prose
        lines.append(FieldLine(kind or "", value, actors))
    return lines


def _responsible(notice: Notice, body: Span) -> list[FieldLine]:
    """ "(Trách nhiệm: A lãnh đạo; B chủ trì, C phối hợp)": who does what of the list above; [] for another line."""
    words = body.of(notice.source.text)
    match = _RESPONSIBLE.match(words) or _BRACKETED_LINE.match(words)
    return _parts(notice, Span(body.start + match.end(), body.end)) if match else []


def bracketed_fields(notice: Notice, body: Span) -> list[FieldLine]:
    """ "vận động … niêm yết giá ([Phòng A] chủ trì, [Phòng B] phối hợp)": who does the item, in brackets at its end."""
    match = _BRACKETED.search(body.of(notice.source.text))
    if match is None:
        return []
    inside = Span(body.start + match.end(), body.end)
    first = read_actors(notice.syllables, notice.syllables.at(inside.start), notice.syllables.at(inside.end))
    part = tuple(notice.syllables.folded[first.next : first.next + 2]) if first else ()
    return _parts(notice, inside) if part in _TAKING_PART else []


def _parts(notice: Notice, body: Span) -> list[FieldLine]:
    """Bodies of a line, each with its part: who is followed by "phối hợp" or "tham gia" coordinates, the others lead."""
    lines: list[FieldLine] = []
    at, limit = notice.syllables.at(body.start), notice.syllables.at(body.end)
    while at < limit:
        found = read_actors(notice.syllables, at, limit)
        if found is None:
            at += 1
            continue
        part = tuple(notice.syllables.folded[found.next : found.next + 2])
        kind = "coordinate" if part in {("phối", "hợp"), ("tham", "gia")} else "lead"
        lines.append(FieldLine(kind, body, found.actors))
        at = max(found.next, at + 1)
    return lines


def inline_fields(notice: Notice, body: Span) -> list[FieldLine]:
    """Fields behind a sentence of the same item: "… Đơn vị chủ trì: Sở X.", "(Chủ trì: …; phối hợp: …)", in text order."""
    words = body.of(notice.source.text)
    found = [(m, _kinds().get(fold(m.group(1)).strip())) for m in _FIELD.finditer(words)]
    known = [(m, kind) for m, kind in found if kind in _ASSIGNING and m.start() > 2]
    lines: list[FieldLine] = []
    for at, (match, kind) in enumerate(known):
        end = known[at + 1][0].start() if at + 1 < len(known) else len(words)
        closing = re.search(r"[.)](?:\s|$)|\)|;\s*$", words[match.end() : end])
        if closing:
            end = match.end() + closing.start()
            if words[closing.start() + match.end()] == ")" and "(" in words[match.end() : end]:
                end = known[at + 1][0].start() if at + 1 < len(known) else len(words)
        value = Span(body.start + match.end(), body.start + max(match.end(), end))
        shared = list(_SHARED.finditer(value.of(notice.source.text)))
        if shared:
            lines += [_shared(notice, value, m) for m in shared]
        elif actors := _names(notice, value):
            lines.append(FieldLine(kind or "", value, actors))
    return [line for line in lines if line.actors]


def _shared(notice: Notice, value: Span, match: re.Match[str]) -> FieldLine:
    kind = "coordinate" if fold(match["part"]) == "phối hợp" else "lead"
    start = value.start + match.start() + len(match.group()) - len(match.group().lstrip(" ,"))
    span = Span(start, value.start + match.start("part") - 1)
    return FieldLine(kind, span, _names(notice, Span(start, span.end)))


def _names(notice: Notice, span: Span) -> tuple[Actor, ...]:
    first, limit = notice.syllables.at(span.start), notice.syllables.at(span.end)
    found = read_actors(notice.syllables, first, limit, open_ended=True)
    return found.actors if found and found.next >= limit - 1 else ()
