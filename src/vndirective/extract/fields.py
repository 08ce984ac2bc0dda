"""Lines that are fields, not sentences: "Đơn vị chủ trì: …; Đơn vị phối hợp: …", "Thời gian: …", "Địa điểm: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.assignees.actors import Actor, ActorList, lexicon, read_actors
from vndirective.extract.assignees.clauses import nobody
from vndirective.extract.assignees.sentence import governed_verb
from vndirective.lexicons import table
from vndirective.parsers.source import Span
from vndirective.segment.notice import Notice
from vndirective.segment.outline import Node
from vndirective.segment.syllables import Syllables, fold

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
# any bracket that closes a sentence or a clause: "(Phòng A hướng dẫn, Phòng B thực hiện).", "(giao Chi cục X);"
_BRACKETED = re.compile(r"\((?P<inside>[^()]{4,200})\)(?=\s*(?:[.;]|$))")
_GIVEN = re.compile(r"^(?:giao(?: cho)?|do|phân công|trách nhiệm của)\s+", re.IGNORECASE)
_SHARED = re.compile(r"[^(),;]+\((?P<part>chủ trì|phối hợp)\)", re.IGNORECASE)  # "Phòng Nội vụ (chủ trì), …"


_ASKS_FOR_BODY = re.compile(r"(?:đơn vị|cơ quan|bộ phận|phòng|lực lượng|tổ chức)\b")
_PLAIN_NAME = re.compile(
    r"(?!.*\b(?:phải|chủ trì|phối hợp|thực hiện|báo cáo|gửi|trước ngày|hoàn thành|chịu trách nhiệm)\b)[^\d:.;]{4,90}"
)
_JOINING = {("phối", "hợp"), ("tham", "gia"), ("cùng", "tham"), ("cùng", "phối")}
_PLACES = frozenset(
    {"xã", "phường", "huyện", "quận", "thôn", "bản", "ấp", "thị", "tỉnh", "thành", "khu", "trường", "lớp"}
)
_PARENTS = frozenset({"phụ", "cha", "người"})  # "(phụ huynh tự nguyện)"
_BUILDINGS = frozenset({"nhà", "chợ", "hội", "thư", "bảo"})  # "(nhà văn hóa thôn)" says where, seldom who
_LONGEST_NAMED = 12  # syllables of a name before a bracket
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


def _kind(name: str) -> str | None:
    """What a label tells; only its last part counts where a time stands before it ("xong trong quý I, phối hợp: …")."""
    label = fold(name).strip()
    return _kinds().get(label) or _kinds().get(label.rsplit(", ", 1)[-1])


def read_fields(notice: Notice, node: Node) -> list[FieldLine]:
    """The fields of a line that begins with one; [] for a line of prose."""
    return list(_fields_of_line(notice, node))


@lru_cache(maxsize=64)  # the item above asks before the line itself is read
def _fields_of_line(notice: Notice, node: Node) -> list[FieldLine]:
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
            actors = _plain_names(notice, match.group(1), value)
            if not actors:
                return []  # "Thực hiện: …" followed by a sentence is prose
        lines.append(FieldLine(kind or "", value, actors))
    return lines


def _plain_names(notice: Notice, label: str, value: Span) -> tuple[Actor, ...]:
    """ "Đơn vị thực hiện: các chủ rừng": behind a label that asks for a body, and without sentence or figure, what stands
    between commas is one each, known or not."""
    words = fold(notice.text(value)).strip(" .;")
    if not (_ASKS_FOR_BODY.match(fold(label)) and _PLAIN_NAME.fullmatch(words)):
        return ()
    syllables = notice.syllables
    names: list[Actor] = []
    first, limit = syllables.at(value.start), syllables.at(value.end)
    for at in range(first, limit + 1):
        if at == limit or syllables.words[at] in {",", ";", "."}:
            if at > first:
                names.append(Actor(first, at, "organisation", "", bare=False, lower=syllables.words[first].islower()))
            first = at + 1
    return tuple(names)


def _responsible(notice: Notice, body: Span) -> list[FieldLine]:
    """ "(Trách nhiệm: A lãnh đạo; B chủ trì, C phối hợp)": who does what of the list above; [] for another line."""
    words = body.of(notice.source.text)
    match = _RESPONSIBLE.match(words) or _BRACKETED_LINE.match(words)
    return _parts(notice, Span(body.start + match.end(), body.end)) if match else []


def bracketed_fields(notice: Notice, body: Span) -> list[FieldLine]:
    """ "vận động … niêm yết giá ([Phòng A] chủ trì, [Phòng B] phối hợp)": who does the item, in brackets behind a sentence of it."""
    lines: list[FieldLine] = []
    words = body.of(notice.source.text)
    for match in _BRACKETED.finditer(words):
        given = _GIVEN.match(match["inside"])
        start = match.start("inside") + (given.end() if given else 0)
        inside = Span(body.start + start, body.start + match.end("inside"))
        ends = not words[match.end() :].strip(" .;/")
        alone = ends and (given is not None or not _explains(notice, body, body.start + match.start()))
        lines += _parts(notice, inside, only_names=alone)
    return lines


def _explains(notice: Notice, body: Span, bracket: int) -> bool:
    """ "Phòng Quản lý xuất nhập cảnh (Công an tỉnh)": a bracket behind a name says more of it."""
    syllables = notice.syllables
    at = syllables.at(bracket)
    for k in range(max(syllables.at(body.start), at - _LONGEST_NAMED), at):
        found = read_actors(syllables, k, at)
        if found is not None and found.next == at and syllables.words[k][0].isupper():
            return True
    return False


def _parts(notice: Notice, body: Span, *, only_names: bool = True) -> list[FieldLine]:
    """Bodies that open a part of a line, each with its part in the work: who is followed by "phối hợp" or "tham gia" coordinates, the others lead.

    Names before a comma take the part of those behind it ("[Văn phòng], Ban Tuyên giáo phối hợp"). Where `only_names`
    is false a body counts only with a verb behind it.
    """
    lines: list[FieldLine] = []
    waiting: list[Actor] = []
    syllables = notice.syllables
    at, limit = syllables.at(body.start), syllables.at(body.end)
    while at < limit:
        found = read_actors(syllables, at, limit) or _lone_name(notice, at, limit)
        if found is not None and not any(nobody(syllables, a) for a in found.actors):
            part = tuple(syllables.folded[found.next : found.next + 2]) if found.next < limit else ()
            if not part or syllables.words[found.next] in {",", ";"}:
                waiting += found.actors
            elif part[0] == "là" or governed_verb(syllables, found.next, limit) is not None:
                lines.append(FieldLine("coordinate" if part in _JOINING else "lead", body, (*waiting, *found.actors)))
                waiting = []
            at = max(found.next, at)
            if part == ("chỉ", "đạo"):  # "(UBND huyện chỉ đạo Phòng A chủ trì, …)"
                at += 2
                continue
        while at < limit and syllables.words[at] not in {",", ";"}:
            at += 1
        if (at >= limit or syllables.words[at] == ";") and waiting:
            lines += [FieldLine("lead", body, tuple(waiting))] if only_names and _offices(syllables, waiting) else []
            waiting = []
        at += 1
    return lines


def _lone_name(notice: Notice, at: int, limit: int) -> ActorList | None:
    """ "[Văn phòng], Ban Tuyên giáo": a head that is a name by itself between signs."""
    hit = lexicon().heads.at(notice.syllables, at)
    closed = hit is not None and (hit[1] >= limit or notice.syllables.words[hit[1]] in {",", ";"})
    return read_actors(notice.syllables, at, hit[1], open_ended=True) if hit and closed else None


def _offices(syllables: Syllables, actors: list[Actor]) -> bool:
    """Bodies that work, no places or people that a bracket only lists: "(xã A, xã B)", "(học sinh, giáo viên)"."""
    return all(
        syllables.folded[a.first + len(a.quantifier.split())] not in _PLACES
        and syllables.folded[a.first] not in _BUILDINGS
        and (a.kind != "person" or syllables.folded[a.first] not in _PARENTS)
        and not (a.bare and a.kind == "group" and not a.quantifier and a.lower and a.last == a.first + 1)
        for a in actors
    )


def inline_fields(notice: Notice, body: Span) -> list[FieldLine]:
    """Fields behind a sentence of the same item: "… Đơn vị chủ trì: Sở X.", "(Chủ trì: …; phối hợp: …)", in text order."""
    words = body.of(notice.source.text)
    found = [(m, _kind(m.group(1))) for m in _FIELD.finditer(words)]
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
