"""Who a heading, a label or a lead-in sentence names for the items under it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from vndirective.extract.assignees.actors import Actor, ActorList, lexicon, names_fields, read_actors
from vndirective.extract.assignees.clauses import clause_words, nobody
from vndirective.extract.assignees.sentence import governed_verb, ordered_actors, read_sentence, told_to_work
from vndirective.parsers.source import Span
from vndirective.schema.record import AssigneeSource
from vndirective.segment.notice import Notice
from vndirective.segment.outline import Node, looks_like_heading
from vndirective.segment.sentences import sentences
from vndirective.segment.syllables import fold

_ROLE_MARK = re.compile(r"\s*\((?P<part>chủ trì|phối hợp)\)")
_BUILDER = re.compile(
    r"^(?:(?:gói thầu|công trình|dự án|hạng mục|tiểu dự án|lô thầu|đoạn tuyến|tuyến|cầu|đường)\b[^()]*\((?:(?:nhà thầu|đơn vị thi công|thi công)(?: là)?:? )?"
    r"|[^()]*\((?:chủ đầu tư|nhà thầu|đơn vị thi công|đơn vị thực hiện|đơn vị phụ trách|phụ trách|đầu mối)(?: là)?:? )(?P<who>[^()]+)\)$",
    re.IGNORECASE,
)
_WORK_OF = re.compile(
    r"(?:(?:một số|những|các) )?(?:việc|công việc|nhiệm vụ|nội dung)(?: trọng tâm| cấp bách)? (?:mà )?", re.IGNORECASE
)
_DIRECTS = re.compile(r"(?:lãnh đạo|chỉ đạo) (?=\w)")
_DIRECTS_BELOW = re.compile(
    r"(?:lãnh đạo|chỉ đạo|hướng dẫn|đôn đốc)(?:, (?:lãnh đạo|chỉ đạo|hướng dẫn|đôn đốc))*\s+", re.IGNORECASE
)
_ASKING = frozenset({"xin", "phụ", "lo", "nhận", "muốn"})  # "Công ty X [xin] tăng hạn mức vay: …"
_IN_PERSON = frozenset(
    {("trực", "tiếp"), ("chủ", "động"), ("khẩn", "trương"), ("thường", "xuyên"), ("tiếp", "tục"), ("kịp", "thời")}
)
_LONGEST_PART = 3
_ONLY_INTRODUCES = 40
_LONGEST_HEADING = 24  # syllables
_LABEL_REACH = 200  # a longer text before a colon is a sentence, no label
_BEFORE_NAMES = re.compile(
    r"(?:(?:quyền hạn|quyền|nghĩa vụ|trách nhiệm|nhiệm vụ)(?:(?:,| và) (?:quyền hạn|quyền|nghĩa vụ|trách nhiệm|nhiệm vụ))*(?: cụ thể| chung| chính| chủ yếu)? của|đối với|đề nghị|giao(?: nhiệm vụ)?(?: cho)?|yêu cầu|về phía|các|phân công)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """Bodies a place names, and what kind of place it is."""

    actors: tuple[Actor, ...]
    source: AssigneeSource
    rule: str
    coordinators: tuple[Actor, ...] = ()
    directed: tuple[Actor, ...] = ()


def heading_actors(notice: Notice, node: Node) -> Named | None:
    """A heading that is nothing but names: "2. UBND các xã, thị trấn", "Trách nhiệm của Sở X"."""
    if not looks_like_heading(notice.source, node):
        return None
    span = _without_colon(notice, node.body)
    if "(" in span.of(notice.source.text) and (builder := _builder(notice, span)):
        return Named(builder, "heading", "assignee.heading")
    if "(" in span.of(notice.source.text) and (shared := _shared_label(notice, span)):
        return Named(shared[0], "heading", "assignee.heading", shared[1])
    if (led := _led_with(notice, span)) is not None:
        return Named(led[0], "heading", "assignee.heading", led[1])
    actors = _all_names(notice, span) or _bound_in_title(notice, span) or _whole_names(notice, node, span)
    return Named(actors, "heading", "assignee.heading") if actors else None


def _builder(notice: Notice, span: Span) -> tuple[Actor, ...]:
    """ "Gói thầu số 2 ([Công ty X])", "Trường THPT A (chủ đầu tư: [Ban Quản lý dự án B])": who builds what a heading is about."""
    found = _BUILDER.search(span.of(notice.source.text))
    return _all_names(notice, Span(span.start + found.start("who"), span.start + found.end("who"))) if found else ()


def _led_with(notice: Notice, span: Span) -> tuple[tuple[Actor, ...], tuple[Actor, ...]] | None:
    """ "Đề nghị [Sở X] chủ trì, cùng với [Công an tỉnh và các doanh nghiệp]:": who leads and who helps; None for another heading."""
    before = _BEFORE_NAMES.match(span.of(notice.source.text))
    start = span.start + (before.end() if before and fold(before.group()).strip() != "các" else 0)
    syllables = notice.syllables
    limit = syllables.at(span.end)
    found = read_actors(syllables, syllables.at(start), limit)
    if found is None or syllables.folded[found.next : found.next + 2] != ["chủ", "trì"]:
        return None
    at = found.next + 2
    at += 1 if syllables.words[at : at + 1] == [","] else 0
    joins = lexicon().coordinate.at(syllables, at) if at < limit else None
    beside = joins[1] if joins else at + 1 if syllables.folded[at : at + 1] == ["cùng"] else None
    helping = read_actors(syllables, beside, limit) if beside is not None else None
    return (found.actors, helping.actors) if helping is not None and helping.next >= limit else None


def _whole_names(notice: Notice, node: Node, span: Span) -> tuple[Actor, ...]:
    """A heading over items that begins with a body and goes on in words the lists do not know: "UBND các xã có hồ chứa nước".

    The whole heading is the name, cut where another body begins with a capital.
    """
    if not node.children:
        return ()
    words = span.of(notice.source.text)
    before = _BEFORE_NAMES.match(words)
    start = span.start + (before.end() if before and fold(before.group()).strip() != "các" else 0)
    syllables = notice.syllables
    first, limit = syllables.at(start), syllables.at(span.end)
    appositions = clause_words().apposition
    bracket = next((k for k in range(first, limit) if syllables.words[k] == "(" or appositions.at(syllables, k)), limit)
    limit = bracket if bracket > first else limit
    found = read_actors(syllables, first, limit)
    if found is None or limit - first > _LONGEST_HEADING or any(nobody(syllables, a) for a in found.actors):
        return ()
    lex, rest = lexicon(), range(found.actors[-1].last, limit)
    acts = any(lex.strong.at(syllables, k) or lex.direct.at(syllables, k) for k in rest)
    verb = governed_verb(syllables, found.next, limit)
    works = verb is not None and not (lex.doing.at(syllables, verb) or lex.fields.at(syllables, verb))
    if acts or works or ":" in syllables.words[first:limit]:
        return ()  # "UBND huyện chỉ đạo Phòng X" is a sentence; "Các tổ chức hành nghề công chứng" is a name
    return _cut_at_names(notice, found, limit)


def _cut_at_names(notice: Notice, found: ActorList, limit: int) -> tuple[Actor, ...]:
    """The names read at the beginning of a heading, the last of them up to the next that begins with a capital or to the end."""
    syllables = notice.syllables
    actors = list(found.actors)
    start = actors[-1].last
    for k in range(start, limit - 1):
        separates = syllables.words[k] in {",", ";"} or syllables.folded[k] == "và"
        opens = syllables.words[k + 1][0].isupper() or syllables.words[k] == ";"
        further = read_actors(syllables, k + 1, limit) if separates and opens else None
        if further is None and syllables.words[k] == ";":
            rest = replace(actors[-1], first=k + 1, last=limit, quantifier="")  # "Sở Y tế các tỉnh; [y tế các ngành]"
            actors[-1] = replace(actors[-1], last=k)
            return (*actors, rest)
        if further is not None:
            actors[-1] = replace(actors[-1], last=k)
            return (*actors, *_cut_at_names(notice, further, limit))
    actors[-1] = replace(actors[-1], last=limit)
    return tuple(actors)


def _bound_in_title(notice: Notice, span: Span) -> tuple[Actor, ...]:
    """ "Một số việc [Đảng ủy xã] cần làm ngay": who is bound by a title."""
    opening = _WORK_OF.match(span.of(notice.source.text))
    if opening is None:
        return ()
    limit = notice.syllables.at(span.end)
    found = read_actors(notice.syllables, notice.syllables.at(span.start + opening.end()), limit)
    bound = (
        found is not None
        and found.next < limit
        and notice.syllables.folded[found.next] in {"cần", "phải", "thực", "có"}
    )
    return found.actors if found and bound else ()


@lru_cache(maxsize=64)
def label_actors(notice: Notice, body: Span) -> tuple[Named, Span] | None:
    """ "Các trường mầm non: Tập trung …": the names before the colon, and the words after it."""
    words = body.of(notice.source.text)
    colon = words.find(":", 0, _LABEL_REACH)
    if colon <= 0 or colon == len(words) - 1:
        return None
    span = Span(body.start, body.start + colon)
    shared = _shared_label(notice, span)
    actors = shared[0] if shared else _all_names(notice, span)
    if not actors or names_fields(notice.syllables, actors[-1]) or (not shared and _acts_in_label(notice, span)):
        return None
    rest = body.start + colon + 1
    while rest < body.end and notice.source.text[rest].isspace():
        rest += 1
    return Named(actors, "label", "assignee.label", shared[1] if shared else ()), Span(rest, body.end)


def _acts_in_label(notice: Notice, span: Span) -> bool:
    """ "MTTQ xã [vào cuộc] thực chất hơn: …", "Giao Công ty X [sắp xếp] lại giờ thu gom: …": a sentence before a colon."""
    syllables, lex = notice.syllables, lexicon()
    before = _BEFORE_NAMES.match(span.of(notice.source.text))
    first = syllables.at(span.start + (before.end() if before and fold(before.group()).strip() != "các" else 0))
    limit = syllables.at(span.end)
    found = read_actors(syllables, first, limit)
    if found is None or found.next >= limit - 1:
        return False
    verb = governed_verb(syllables, found.next, limit)
    if verb is None or lex.doing.at(syllables, verb) or lex.fields.at(syllables, verb) or verb >= limit - 2:
        return False
    known = lex.strong.at(syllables, verb) or lex.verbs.at(syllables, verb)
    asks = syllables.folded[verb] in _ASKING and limit - verb > _LONGEST_PART
    return asks or (known is not None and known[1] > verb + 1)


def _shared_label(notice: Notice, span: Span) -> tuple[tuple[Actor, ...], tuple[Actor, ...]] | None:
    """ "[Ban A] chủ trì, [Ban B, Ban C] phối hợp: …": who leads and who coordinates; None for a label of names only."""
    words = span.of(notice.source.text)
    marked = list(_ROLE_MARK.finditer(fold(words))) if "(" in words else []
    if marked:  # "Vụ A (chủ trì), Vụ B, Vụ C (phối hợp): …"
        parts: dict[str, list[Actor]] = {"chủ trì": [], "phối hợp": []}
        start = span.start
        for mark in marked:
            names = notice.source.text[start : span.start + mark.start()]
            start += len(names) - len(names.lstrip(" ,;"))
            parts[mark["part"]] += _all_names(notice, Span(start, span.start + mark.start()))
            start = span.start + mark.end()
        rest = notice.source.text[start : span.end]
        if rest.strip(" ,;") and not parts["phối hợp"]:  # "Vụ A (chủ trì), Vụ B: …"
            parts["phối hợp"] += _all_names(notice, Span(start + len(rest) - len(rest.lstrip(" ,;")), span.end))
        return (tuple(parts["chủ trì"]), tuple(parts["phối hợp"])) if parts["chủ trì"] else None
    syllables = notice.syllables
    at, limit = syllables.at(span.start), syllables.at(span.end)
    leads: list[Actor] = []
    joining: list[Actor] = []
    while at < limit:
        found = read_actors(syllables, at, limit)
        part = tuple(syllables.folded[found.next : found.next + 2]) if found else ()
        if found is None or part not in {("chủ", "trì"), ("phối", "hợp")}:
            return None
        (leads if part[0] == "chủ" else joining).extend(found.actors)
        at = found.next + 2
        while at < limit and syllables.words[at] in {",", ";"}:
            at += 1
    return (tuple(leads), tuple(joining)) if leads and joining else None


@lru_cache(maxsize=64)  # all items below or beside the sentence ask for them
def lead_in_actors(notice: Notice, node: Node) -> Named | None:
    """The bodies that the sentence above a list addresses."""
    words = node.body.of(notice.source.text).rstrip()
    if not words.endswith(":"):
        return None
    parts = sentences(notice.source.text, node.body)
    if (
        node.marker is None
        and len(words) < _LABEL_REACH
        and (names := _all_names(notice, _without_colon(notice, node.body)))
    ):
        return Named(names, "lead_in", "assignee.lead_in")  # "Phòng Kinh tế:" without a number over its items
    actors = ordered_actors(notice.syllables, parts[-1])
    if not actors and len(parts) > 1 and len(parts[-1]) < _ONLY_INTRODUCES:
        actors = told_to_work(notice.syllables, parts[-2])  # "Các trường … tập huấn. Cụ thể như sau:"
    directed: tuple[Actor, ...] = ()
    if node.marker is not None and (not actors or _DIRECTS.search(words)):  # "2.2. UBND huyện chỉ đạo Phòng X, Trạm Y:"
        involved = read_sentence(notice.syllables, parts[-1]).involved
        directed = tuple(i.actor for i in involved if i.role == "implement" and i.actor not in actors)
        if not actors and directed:
            actors = tuple(i.actor for i in involved if i.role == "lead" and i.opens)
    if not actors and node.marker is not None and node.children:
        actors = _over_those_below(notice, node)
    if not actors:
        return None
    return Named(actors, "lead_in", "assignee.lead_in", _coordinators(notice, parts[-1], actors), directed)


def _over_those_below(notice: Notice, node: Node) -> tuple[Actor, ...]:
    """ "3. [Ủy ban nhân dân huyện] chỉ đạo:" over the bodies of its items."""
    first, limit = notice.syllables.at(node.body.start), notice.syllables.at(node.body.end)
    found = read_actors(notice.syllables, first, limit)
    if found is None or any(a.lower for a in found.actors):
        return ()
    rest = [w for w in notice.syllables.folded[found.next : limit] if w not in {",", "và"}]
    return found.actors if rest and set(rest) <= {"lãnh", "chỉ", "đạo", ":"} else ()


def is_addressed(notice: Notice, actor: Actor) -> bool:
    """Whether a lead-in asks or orders the body ("đề nghị [UBND các tỉnh] …:"), rather than letting it speak."""
    starts = range(max(0, actor.first - 4), actor.first)
    return any((hit := lexicon().assign.at(notice.syllables, k)) and hit[1] == actor.first for k in starts)


def _coordinators(notice: Notice, sentence: Span, leads: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """ "2. Sở X chủ trì, phối hợp với [các sở, ngành]:" holds for the items below it."""
    involved = read_sentence(notice.syllables, sentence).involved
    return tuple(i.actor for i in involved if i.role == "coordinate" and i.actor not in leads)


def inherited(notice: Notice, node: Node) -> Named | None:
    """The nearest heading above that names bodies, else the nearest lead-in sentence.

    An item that introduces its own neighbours ("1. Giao Phòng X thực hiện các việc sau:", then 2., 3.) counts as one.
    """
    siblings = node.parent.children if node.parent else list(notice.outline.roots)
    for before in reversed(siblings[: siblings.index(node)]):
        if before.marker and not before.children and (named := lead_in_actors(notice, before)):
            return named
    if (over := _heading_before_restart(notice, node, siblings)) is not None:
        return over
    directed: tuple[Actor, ...] = ()
    for ancestor in node.ancestors():
        named = _named_by(notice, ancestor)
        if named is not None:
            return replace(named, directed=(*named.directed, *directed)) if directed else named
        directed = directed or _directed_by(notice, ancestor)
    return None


def _heading_before_restart(notice: Notice, node: Node, siblings: list[Node]) -> Named | None:
    """ "6. UBND các xã" and behind it "1. Lập danh sách …", "2. …": a heading whose items begin with 1 again at its own rank."""
    at = siblings.index(node)
    while at and (marker := siblings[at].marker) and marker.value and marker.value > 1:
        before = siblings[at - 1].marker
        if before is None or before.series != marker.series or before.value != marker.value - 1:
            return None
        at -= 1
    opened = siblings[at - 1] if at else None
    first = siblings[at].marker
    if opened is None or first is None or opened.marker is None or opened.children or first.value != 1:
        return None
    again = opened.marker.series == first.series and (opened.marker.value or 0) > 1
    return heading_actors(notice, opened) if again else None


@lru_cache(maxsize=64)
def _directed_by(notice: Notice, node: Node) -> tuple[Actor, ...]:
    """ "2. Chỉ đạo [các Phòng GDĐT và hiệu trưởng …]:" over items: who stands above leads them, those named here carry them out."""
    opening = _DIRECTS_BELOW.match(node.body.of(notice.source.text)) if node.marker else None
    if opening is None:
        return ()
    span = _without_colon(notice, Span(node.body.start + opening.end(), node.body.end))
    first, limit = notice.syllables.at(span.start), notice.syllables.at(span.end)
    found = read_actors(notice.syllables, first, limit, open_ended=True)
    return found.actors if found is not None and found.next >= limit else ()


@lru_cache(maxsize=64)
def _named_by(notice: Notice, node: Node) -> Named | None:
    """Whom a node names for all below it; every item below asks again."""
    label = label_actors(notice, node.body) if node.marker else None
    return heading_actors(notice, node) or lead_in_actors(notice, node) or (label[0] if label else None)


def _without_colon(notice: Notice, body: Span) -> Span:
    words = body.of(notice.source.text)
    return Span(body.start, body.start + len(words.rstrip(" :.;,")))


def _all_names(notice: Notice, span: Span) -> tuple[Actor, ...]:
    """The names where a span holds nothing else, () otherwise."""
    words = span.of(notice.source.text)
    before = _BEFORE_NAMES.match(words)
    starts = [span.start + before.end()] if before and fold(before.group()).strip() != "các" else []
    for start in [*starts, span.start]:
        first, limit = notice.syllables.at(start), notice.syllables.at(span.end)
        limit = next((k for k in range(first + 1, limit) if clause_words().apposition.at(notice.syllables, k)), limit)
        found = read_actors(notice.syllables, first, limit, open_ended=True)
        closed = read_actors(notice.syllables, first, limit)
        if closed is not None and notice.syllables.folded[closed.next : closed.next + 2] in (
            ["lãnh", "đạo"],
            ["chỉ", "đạo"],
        ):
            return ()  # "Đảng ủy các xã lãnh đạo chính quyền:" is a sentence
        if closed is not None and closed.next < limit and _only_heeds(notice, closed.next, limit):
            return closed.actors
        if closed is not None and _acts_in_person(notice, closed.next, limit):
            return closed.actors
        if closed is not None and _orders_there(notice, closed.next, limit):
            return ()  # "Giám đốc yêu cầu các đơn vị:"
        if found is not None and (found.next >= limit or _only_bound(notice, found.next, limit)):
            return found.actors
    return ()


def _only_heeds(notice: Notice, i: int, limit: int) -> bool:
    """ "UBND huyện [tập trung]:", "Các phòng [tiếp tục thực hiện]:": nothing but how the work below is to be taken up."""
    lex, words = lexicon(), clause_words()
    i = _behind_person_in_charge(notice, i, limit)
    while i < limit:
        hit = (
            words.taking_up.at(notice.syllables, i)
            or words.work.at(notice.syllables, i)
            or lex.adverbs.at(notice.syllables, i)
        )
        if hit is None:
            return False
        i = hit[1]
    return True


def _acts_in_person(notice: Notice, i: int, limit: int) -> bool:
    """ "Chủ tịch UBND các xã [trực tiếp chỉ huy chống dịch]:": what the named do over the items, with an adverb that no name holds."""
    syllables = notice.syllables
    if tuple(syllables.folded[i : i + 2]) not in _IN_PERSON or i + 3 >= limit:
        return False
    return lexicon().verbs.at(syllables, i + 2) is not None


def _behind_person_in_charge(notice: Notice, i: int, limit: int) -> int:
    """Index behind ", mà trực tiếp là đồng chí Giám đốc," at token `i`; `i` where none stands there."""
    folded = notice.syllables.folded
    if folded[i : i + 1] != [","] or folded[i + 1 : i + 4] not in (["mà", "trực", "tiếp"], ["trực", "tiếp", "là"]):
        return i
    return next((k + 1 for k in range(i + 4, limit) if folded[k] == ","), i)


def _orders_there(notice: Notice, i: int, limit: int) -> bool:
    """ "Giám đốc [yêu cầu các đơn vị]": the names are told, by who stands before them."""
    hit = lexicon().assign.at(notice.syllables, i) if i < limit else None
    return hit is not None and hit[1] < limit and read_actors(notice.syllables, hit[1], limit) is not None


def _only_bound(notice: Notice, i: int, limit: int) -> bool:
    """ "Sở X; UBND các huyện [có nhiệm vụ sau]:"."""
    hit = lexicon().strong.at(notice.syllables, i)
    return hit is not None and limit - hit[1] <= 2
