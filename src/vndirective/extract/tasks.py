"""The directive part as tasks: one leaf item, ordering paragraph or table row each.

outline ──section, order──▶ task items ──sentences──▶ assignees (own, heading, lead-in, label) and actions
tables  ──header columns──▶ task rows
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from vndirective.extract.assignees.actors import Actor, lexicon
from vndirective.extract.assignees.inherit import Named, heading_actors, inherited, is_addressed, label_actors
from vndirective.extract.assignees.sentence import Reading, read_sentence
from vndirective.extract.deadlines import find_deadlines
from vndirective.extract.evidence import cite
from vndirective.extract.fields import FieldLine, bracketed_fields, inline_fields, read_fields
from vndirective.extract.letterhead import read_issued_on
from vndirective.extract.statements import ELSEWHERE, FIELD, REFUSAL, SIDE, ordering_part, statement
from vndirective.parsers.source import Span
from vndirective.schema.record import Assignee, AssigneeSource, Role
from vndirective.segment.notice import Notice, ZoneKind
from vndirective.segment.outline import Node, looks_like_heading
from vndirective.segment.sections import Section, is_closing, section_of
from vndirective.segment.sentences import opens_with_verb, sentences
from vndirective.segment.syllables import fold

_ARTICLE_RANK = 20
_WHOLE_ITEM = frozenset((SIDE.id, ELSEWHERE.id, REFUSAL.id, FIELD.id))
_STATES = Reading((), orders=False, subjectless=True)
_BIDDING_HERE = (Section.DIRECTIVE, Section.CONCLUSION, Section.OPEN)
_BIDDING = (Section.DIRECTIVE, Section.CONCLUSION)
_NAMED_LAST = re.compile(
    r"\((?:đ/c|đồng chí|thầy|cô|ông|bà)\s+(?P<name>[A-ZĐÀ-Ỹ][^()]{1,40})\)[.;]?\s*$", re.IGNORECASE
)
_SHORTEST = 5  # syllables
_COMPANY = 2  # items that order beside one that does so in words unknown to the lists
_PASSIVE = re.compile(r"\b(?:được|do)\b")  # "danh sách … được Chi cục X rà lại trước ngày 10 hằng tháng"
_DAYS = frozenset(("by", "between", "recurring"))
_LIMITS = _DAYS | {"within"}
_ASKS = re.compile(r"\b(?:yêu cầu|đề nghị|báo cáo|gửi)\b")
# a paragraph behind the articles of a decision, or an article without its number
_EXECUTES = re.compile(
    r"^(?!điều)[^.;:]{5,300}\b(?:chịu trách nhiệm|có trách nhiệm) thi hành(?: (?:quyết định|nghị quyết|chỉ thị)\b|\W*$)"
)
_GROUND_FIRST = re.compile(
    r"căn cứ (?!nghị|luật|quyết định|thông tư|công văn|văn bản|kế hoạch|chỉ thị|điều|hiến pháp|pháp lệnh|biên bản|tờ trình|báo cáo|hướng dẫn|chương trình)[^,;:]{3,80}, "
)
# "Ở các điểm trường lẻ, [mời y tế thôn …]", "Căn cứ khả năng ngân sách, [phối hợp với …]"
_OPENING_GROUND = re.compile(
    r"(?:(?:ở|tại) (?:các|những|nơi|từng|mỗi|địa bàn|khu vực)|căn cứ|trên cơ sở|tùy|tuỳ|theo (?:điều kiện|khả năng|tình hình|phân cấp)|với|bằng|qua|nhân|song song với|cùng với)\b[^,;:]{3,80}, "
)
_PAST_DAY = re.compile(
    r"^(?:(?:vào )?(?:hồi [^,]{2,20},? )?(?:sáng|chiều|tối) )?(?:ngày )?(?:(?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})[/.-](?P<y1>\d{4})|(?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2}) năm (?P<y2>\d{4}))\b"
)
# a heading that names the work of a month or quarter, and nothing to be done in it
_WORK_OF = re.compile(
    r"^(?:về )?(?:việc )?(?:thực hiện )?(?:công tác|nhiệm vụ|hoạt động|công việc|chuyên môn)(?: [^\W\d_]+){0,3}? (?:tháng (?P<month>\d{1,2})|quý (?P<quarter>iv|i{1,3}|[1-4]))(?:(?:/| năm )(?P<year>\d{4}))?$"
)
_CONTENT = re.compile(r"nội dung(?: thực hiện| hoạt động| công việc)?\s*:\s*", re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MODAL = re.compile(
    r"^(?!những|các vấn đề|trường hợp)[^,;.:]{3,110}\b(?:phải|không được|chỉ được|có trách nhiệm|nghiêm cấm|cần (?:được|làm|nêu|ghi|có|bảo đảm|đảm bảo|tập trung|chú ý|chú trọng|thực hiện|rà soát))\b"
    r"|^(?:nơi|đơn vị|xã|phường|thôn|trường|khoa|phòng|cơ sở|chủ|ai|hộ|tập thể|cá nhân|địa phương)\b[^;.:]{3,140}\bthì\b[^;.:]{2,80}\b(?:phải|không được|chịu trách nhiệm)\b"
    r"|^(?:các )?(?:đồng chí|đ/c)\b[^;.:]{3,110}\b(?:trực tiếp|có mặt|chịu trách nhiệm|bám sát|chỉ đạo|theo dõi)\b"
    r"|^[^,;.:]{2,60}\bdo (?:thầy|cô|đồng chí|đ/c|ông|bà|phòng|ban|tổ|đội|bộ phận)\b[^;.:]{2,80}\b(?:sắp xếp|phụ trách|đảm nhận|chuẩn bị|thực hiện|bố trí|quản lý|theo dõi|biên soạn|tổng hợp)\b"
    r"|^(?:nghiêm cấm|cấm|không cho|không nhận|không thu|không xét|không giải quyết|tuyệt đối không)\b"
)
# what a thing is, has or costs; whom a rule concerns
_DESCRIBES = re.compile(
    r"^(?:theo |trường hợp |danh sách |kinh phí\b|dự kiến\b|thành phần\b|số lượng\b|đối tượng\b)|^[^,.;:]{2,60}\b(?:(?<!nhất )là(?! ngày)|gồm|bao gồm|được thiết kế|được quy định|có hiệu lực|thuộc)\b"
)
_DETAILS = re.compile(
    r"^(?!.*\b(?:nhiệm vụ|nội dung|công việc|giải pháp|công tác|biện pháp)(?: \S+){0,3} (?:sau|như sau|sau đây|trọng tâm)\b)"
    r".{40,}(?:, cụ thể(?: như sau)?|\btheo (?:các )?yêu cầu sau)\s*:$"
)
_DEPARTMENTS = ("bộ ", "sở ", "phòng ", "công an ", "cục ", "chi cục ", "trung tâm ", "ban quản lý ", "bệnh viện ")
_PARTY = ("đảng ủy", "đảng bộ", "tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "chi bộ", "chi ủy", "cấp ủy")
_TOPIC = re.compile(r"[^:;.]{2,70}:\s+(?=[^\W\d_])")
_THINGS = frozenset(
    {("nhà", "xe"), ("nhà", "văn"), ("bến", "xe"), ("bến", "cảng"), ("bãi", "tập"), ("công", "trường")}
    | {("trạm", "bơm"), ("điểm", "trường"), ("bếp", "ăn"), ("khu", "công"), ("cụm", "công")}
)  # named like bodies, and worked on
_NAMES_OF_PARTS = frozenset({"cơ", "đơn", "bộ", "chủ", "bên", "lực", "tổ", "nhóm", "ban"})
_THINGS_ALONE = frozenset({"chợ", "cảng"})
_EACH = frozenset({"mỗi", "từng"})
_LEADING = frozenset({"lãnh", "đạo", "chỉ", ",", "và", "thực", "hiện"})
_BEFORE_NAME = ("riêng ", "thầy giáo ", "cô giáo ", "thầy ", "cô ", "đồng chí ", "các đồng chí ", "đ/c ", "ông ", "bà ")


@dataclass(slots=True)
class TaskItem:
    """A task before it has an id: where it stands and who is told to do it.

    `inherited_times` are spans of deadlines printed for the whole list ("Thời gian hoàn thành: …"); `above` are the
    headings and lead-ins over the item, or the title of its table, nearest first.
    """

    body: Span
    path: tuple[str, ...]
    heading: Span | None
    section: Section
    assignees: list[Assignee] = field(default_factory=list)
    inherited_times: list[Span] = field(default_factory=list)
    above: list[Span] = field(default_factory=list)
    rule: str = "task.item"


def read_items(notice: Notice) -> list[TaskItem]:
    """Tasks of the outline, in text order; what stands under "mục tiêu", "chỉ tiêu" is none."""
    tasks: list[TaskItem] = []
    _walk(notice, list(notice.outline.roots), Section.OPEN, tasks)
    return tasks


def _walk(notice: Notice, siblings: list[Node], section: Section, tasks: list[TaskItem]) -> None:
    """Siblings in order; a lead-in sentence sets the section of the plain paragraphs after it."""
    running = section
    labelled_from, in_fields = len(tasks), False
    opening = len(tasks)
    ahead: list[FieldLine] = []  # fields printed before the first item hold for all of them
    read: dict[int, list[Reading]] = {}

    def readings_of(node: Node) -> list[Reading]:
        if id(node) not in read:
            read[id(node)] = _readings(notice, node)
        return read[id(node)]

    for node in siblings:
        fields = read_fields(notice, node)
        if fields:
            _apply_fields(notice, tasks[labelled_from:], fields)
            ahead += [f for f in fields if f.kind == "time" and len(tasks) == opening]
            in_fields = True
            continue
        if in_fields:
            labelled_from, in_fields = len(tasks), False
        here = running if node.marker is None else section
        below = Section.ASSESSMENT if _heads_the_past(notice, node) else section_of(notice.source, node, here)
        introduces = node.marker is None and notice.text(node.body).rstrip().endswith(":")
        if introduces and not node.children and below in _BIDDING:
            running = below
        elif node.marker is None and node.children:
            running = below if below is not Section.CONCLUSION else running
        if below is Section.GOALS:
            continue
        if node.children and _is_activity(notice, node, readings_of):
            readings = _readings(notice, node)
            described = {f.kind for child in node.children for f in read_fields(notice, child)}
            if _is_task(notice, node, here, readings) or (here in _BIDDING_HERE and "lead" in described):
                doing = _told_in(notice, node)
                tasks.append(_task(notice, doing, here, readings if doing is node else _readings(notice, doing)))
                for child in node.children:
                    _apply_fields(notice, tasks[-1:], read_fields(notice, child))
        elif node.children:
            if _directs_itself(notice, node, here):
                tasks.append(_task(notice, node, here, _readings(notice, node)))
            _walk(notice, node.children, below, tasks)
        else:
            readings = readings_of(node)
            told = _is_task(notice, node, here, readings)
            if not told and here is Section.OPEN and node.marker is not None:
                told = _bids(notice, node, readings) and _among_orders(siblings, node, readings_of)
            if told:
                tasks.append(_task(notice, node, here, readings))
    if ahead:
        _apply_fields(notice, tasks[opening:], ahead)


def _is_activity(notice: Notice, node: Node, readings_of: Callable[[Node], list[Reading]]) -> bool:
    """An activity written as fields: "- Thời gian: …", "- Đơn vị thực hiện: …; phối hợp: …", beside them at most lines that
    order nothing ("- Mức hỗ trợ 3 triệu đồng/đề tài")."""
    fields = [read_fields(notice, child) for child in node.children]
    if all(fields):
        return True
    kinds = {f.kind for told in fields for f in told}
    if not {"lead", "time"} <= kinds or any(child.children for child in node.children):
        return False
    others = (child for child, told in zip(node.children, fields, strict=True) if not told)
    return not any(r.orders for child in others for r in readings_of(child))


def _told_in(notice: Notice, node: Node) -> Node:
    """Where an activity written as fields says what is to be done: "- Nội dung: [hướng dẫn người dân …]", a paragraph above its
    fields, or its title."""
    for child in node.children:
        words = notice.text(child.body)
        content = _CONTENT.match(words)
        plain = child.marker is None and not read_fields(notice, child)
        if (content and _orders_behind(notice, child, content.end())) or (plain and opens_with_verb(words)):
            return child
    return node


def _orders_behind(notice: Notice, node: Node, offset: int) -> bool:
    """Whether a verb of work follows a label: "- Nội dung: [cấp miễn phí chữ ký số …]"."""
    rest = Span(node.body.start + offset, node.body.end)
    return opens_with_verb(notice.text(rest)) or read_sentence(notice.syllables, rest).orders


def _heads_the_past(notice: Notice, node: Node) -> bool:
    """ "I. Về công tác tháng 9" in a notice of October: what stands below was done."""
    if node.marker is None or not node.children:
        return False
    named = _WORK_OF.match(fold(notice.text(node.body)).strip(" :."))
    issued = read_issued_on(notice.frame) if named else None
    if named is None or issued is None or not issued.month:
        return False
    last = int(named["month"]) if named["month"] else 3 * _QUARTERS[named["quarter"]]
    year = int(named["year"] or issued.year)
    return (year, last) < (issued.year, issued.month)


def _among_orders(siblings: list[Node], node: Node, readings_of: Callable[[Node], list[Reading]]) -> bool:
    """Whether most of the leaves beside a node order: in a list that no heading calls tasks, it is one of them."""
    beside = [s for s in siblings if s is not node and s.marker is not None and not s.children]
    ordering = sum(any(r.orders for r in readings_of(s)) for s in beside)
    return ordering >= _COMPANY and 2 * ordering > len(beside)


def _is_task(notice: Notice, node: Node, section: Section, readings: list[Reading]) -> bool:
    """Whether a leaf tells somebody to do something."""
    words = node.body.of(notice.source.text)
    if not words or section in {Section.ASSESSMENT, Section.GOALS, Section.REQUIREMENTS}:
        return False
    if node.marker is None:
        return _orders_in_paragraph(notice, node, section, readings)
    if node.marker.rank == _ARTICLE_RANK:
        return _orders_in_article(notice, node, readings)
    if looks_like_heading(notice.source, node) and node.marker.rank < 40 and heading_actors(notice, node):
        return False
    if section is Section.DIRECTIVE and looks_like_heading(notice.source, node) and node.marker.rank <= 10:
        return False
    return any(r.orders for r in readings) or (section in _BIDDING and _bids(notice, node, readings))


def _bids(notice: Notice, node: Node, readings: list[Reading]) -> bool:
    """An item among orders that no known verb opens: told by a modal, by a time that bounds it, or by a verb unknown to the lists."""
    if any(r is _STATES for r in readings):
        return False
    words = notice.text(node.body)
    folded = fold(words)
    if len(folded.split()) < _SHORTEST or is_closing(words):
        return False
    if _DESCRIBES.search(folded) and not (_PASSIVE.search(folded) and _bounded(notice, node.body, _DAYS)):
        return False
    if _MODAL.search(folded) or find_deadlines(notice.source, node.body, None):
        return True
    if label_actors(notice, node.body) is not None or _joins(readings[0]):
        return True
    return inherited(notice, node) is not None and opens_with_verb(words)


def _orders_in_paragraph(notice: Notice, node: Node, section: Section, readings: list[Reading]) -> bool:
    words = node.body.of(notice.source.text)
    if _EXECUTES.search(fold(words)):
        return True
    if _closes(notice, node.body) or words.rstrip().endswith(":") or _is_ground(words):
        return False
    if _tells_of_a_past_day(notice, node):
        return False
    if section is Section.DIRECTIVE and _under_heading(notice, node):
        return any(r.orders for r in readings)
    if section in _BIDDING_HERE and readings[0].orders and readings[0].subjectless and _under_body(notice, node):
        return True
    told = section in _BIDDING or (
        section is Section.OPEN
        and (_under_heading(notice, node) or _follows_items(notice, node))
        and _bounded(notice, node.body)
    )
    if told and _acts_in_paragraph(notice, node, readings):
        return True
    return any(
        i.opens and (i.rule == "assignee.ordered" or _bound(notice, i.actor)) for r in readings for i in r.involved
    )


def _joins(reading: Reading) -> bool:
    """ "Cùng Trạm Y tế kiểm tra bếp ăn": whoever the heading names acts with others."""
    return reading.subjectless and any(i.rule == "assignee.coordinates" for i in reading.involved)


def _closes(notice: Notice, body: Span) -> bool:
    """A closing formula, of one or several sentences; not one that asks for something by a day: "…, báo cáo trước ngày 25"."""
    parts = sentences(notice.source.text, body)
    formula = is_closing(body.of(notice.source.text)) or all(is_closing(p.of(notice.source.text)) for p in parts)
    return formula and not any(_ASKS.search(fold(p.of(notice.source.text))) and _bounded(notice, p) for p in parts)


def _bounded(notice: Notice, body: Span, kinds: frozenset[str] = _LIMITS) -> bool:
    return any(d.kind in kinds for d in find_deadlines(notice.source, body, None))


def _is_ground(words: str) -> bool:
    """ "Căn cứ Nghị định …;" gives a ground; "Căn cứ khả năng ngân sách, phối hợp với … tham mưu …" orders behind it."""
    folded = fold(words)
    if folded.startswith("xét đề nghị"):
        return True
    return folded.startswith("căn cứ") and (folded.rstrip().endswith(";") or _GROUND_FIRST.match(folded) is None)


def _tells_of_a_past_day(notice: Notice, node: Node) -> bool:
    """ "Ngày 15/4/2026, UBND thành phố tổ chức Hội nghị …": what was held before the notice was issued."""
    opening = _PAST_DAY.match(fold(notice.text(node.body)))
    issued = read_issued_on(notice.frame) if opening else None
    if opening is None or issued is None:
        return False
    day, month, year = (int(opening.group(f"{g}1") or opening.group(f"{g}2")) for g in "dmy")
    return (year, month, day) <= (issued.year, issued.month or 12, issued.day or 31)


def _acts_in_paragraph(notice: Notice, node: Node, readings: list[Reading]) -> bool:
    """A paragraph among orders: a body that acts, or a report that is asked for by a day.

    Behind a sentence that only states, a body acts where it is told by when.
    """
    parts = list(zip(readings, sentences(notice.source.text, node.body), strict=False))
    if any(_acts(r, named=False) and find_deadlines(notice.source, span, None) for r, span in parts):
        return True
    if any(r is _STATES for r in readings):
        return False
    bounded = bool(find_deadlines(notice.source, node.body, None))
    asks = readings[0].orders and readings[0].subjectless and bounded
    rules = bounded and _MODAL.search(fold(notice.text(node.body))) is not None
    return asks or rules or any(_acts(r, named=True) for r in readings)


def _acts(reading: Reading, *, named: bool) -> bool:
    """Whether a body opens the sentence as its subject; `named` asks for one with a name or an office of its own."""
    return any(
        i.opens and i.rule == "assignee.subject" and (not named or i.actor.kind == "organisation" or not i.actor.lower)
        for i in reading.involved
    )


def _under_heading(notice: Notice, node: Node) -> bool:
    return any(a.marker is not None for a in node.ancestors())


def _under_body(notice: Notice, node: Node) -> bool:
    """ "5. Phòng Tài chính hành chính sự nghiệp", and below it without a number: "Tham mưu kinh phí …"."""
    heading = next((a for a in node.ancestors() if a.marker is not None), None)
    return heading is not None and looks_like_heading(notice.source, heading) and bool(heading_actors(notice, heading))


def _follows_items(notice: Notice, node: Node) -> bool:
    """Whether numbered items stand before a paragraph: it adds to what they order."""
    before = (n for n in notice.outline.roots if n.index < node.index)
    return any(n.marker is not None or any(c.marker is not None for c in n.children) for n in before)


def _bound(notice: Notice, actor: Actor) -> bool:
    """The subject is told that it must: "có trách nhiệm", "phải", "chịu trách nhiệm", "chủ trì"."""
    following = tuple(notice.syllables.folded[actor.last : actor.last + 3])
    return following[:1] in {("phải",), ("cần",)} or following[:2] in {
        ("chủ", "trì"),
        ("có", "trách"),
        ("chịu", "trách"),
    }


def _orders_in_article(notice: Notice, node: Node, readings: list[Reading]) -> bool:
    """A Điều orders where it names who acts, one of a resolution also where it opens with a verb of work.

    "Phê duyệt …", "Ban hành …" and "Hội đồng thông qua …" only rule.
    """
    ruling = lexicon().ruling
    if any(
        i.role == "lead" and i.opens and (i.rule == "assignee.ordered" or not ruling.at(notice.syllables, i.actor.last))
        for r in readings
        for i in r.involved
    ):
        return True
    opens = ruling.at(notice.syllables, notice.syllables.at(node.body.start)) is None
    return opens and _is_resolution(notice) and any(r.orders and r.subjectless for r in readings)


def _is_resolution(notice: Notice) -> bool:
    frame = notice.frame
    return any(fold(frame.text(b)).startswith("nghị quyết") for b in frame.blocks(ZoneKind.TITLE))


def _directs_itself(notice: Notice, node: Node, section: Section) -> bool:
    """An item with sub-items is a task where sentences before the introducing one already direct work, or where that one
    does and goes into detail: "… hủy bỏ quy trình điện tử …, cụ thể:"."""
    parts = sentences(notice.source.text, node.body)
    if node.marker is None and not _under_heading(notice, node):
        return False
    if section in {Section.ASSESSMENT, Section.GOALS, Section.REQUIREMENTS}:
        return False
    detailed = _DETAILS.search(fold(parts[-1].of(notice.source.text))) if parts else None
    if detailed and node.marker is not None and node.marker.rank == _ARTICLE_RANK:
        return _orders_in_article(notice, node, [read_sentence(notice.syllables, parts[-1])])
    if detailed and read_sentence(notice.syllables, parts[-1]).orders:
        return True
    return any(read_sentence(notice.syllables, p).orders for p in parts[:-1])


def _readings(notice: Notice, node: Node) -> list[Reading]:
    said = statement(notice.text(node.body))
    if said is FIELD and label_actors(notice, node.body):  # "Chủ đầu tư: UBND huyện X." names nobody who is told to act
        return [_STATES]
    label = label_actors(notice, node.body)
    rest = label[1] if label else node.body
    parts = (ordering_part(notice.source.text, s) for s in sentences(notice.source.text, rest))
    readings = [_read(notice, part) if part else _STATES for part in parts]
    if readings[0] is _STATES and _states_to_the_end(notice, rest):
        return [r if _is_ordered(r) else _STATES for r in readings]
    topic = (
        _TOPIC.match(notice.text(node.body)) if not label and not any(i.opens for i in readings[0].involved) else None
    )
    if topic is not None:  # "3. Đào tạo: [Phòng X liên kết …]": who acts stands behind the topic
        first = sentences(notice.source.text, Span(node.body.start + topic.end(), node.body.end))[0]
        told = read_sentence(notice.syllables, first)
        if any(i.opens and i.role == "lead" for i in told.involved):
            readings[0] = told
    if not label and not any(r.orders for r in readings):
        colon = notice.source.text.find(":", node.body.start, min(node.body.end, node.body.start + 120))
        if colon > 0 and colon + 2 < node.body.end:  # "Tài liệu tập huấn: phô tô tài liệu …"
            readings.append(read_sentence(notice.syllables, Span(colon + 1, node.body.end)))
    return readings


def _read(notice: Notice, sentence: Span) -> Reading:
    """The sentence; where it opens with a place or a ground and orders nothing, what stands behind that."""
    reading = read_sentence(notice.syllables, sentence)
    if reading.orders or not reading.subjectless:
        return reading
    ground = _OPENING_GROUND.match(fold(sentence.of(notice.source.text)))
    if ground is None:
        return reading
    behind = read_sentence(notice.syllables, Span(sentence.start + ground.end(), sentence.end))
    return behind if behind.orders and behind.subjectless else reading


def _states_to_the_end(notice: Notice, body: Span) -> bool:
    """ "Về kết quả tháng 4: …": all sentences that follow tell of it too."""
    said = statement(sentences(notice.source.text, body)[0].of(notice.source.text))
    return said is not None and said.id in _WHOLE_ITEM


def _is_ordered(reading: Reading) -> bool:
    return any(i.rule == "assignee.ordered" for i in reading.involved)


def _task(notice: Notice, node: Node, section: Section, readings: list[Reading]) -> TaskItem:
    item = TaskItem(node.body, node.path(), _heading_span(notice, node), section)
    item.above = [a.body for a in node.ancestors()]
    if node.marker is None:
        item.rule = "task.paragraph"
    label = label_actors(notice, node.body)
    above = None if label else inherited(notice, node)
    if above is not None and above.source == "heading":  # "Phân công …" under a body's heading: it divides its own work
        readings = [replace(r, involved=tuple(i for i in r.involved if i.rule != "assignee.divided")) for r in readings]
    opens = any(i.opens for i in readings[0].involved if i.role == "lead")
    if above is not None and _leads(readings) and _names_things(notice, above):
        above = None
    if label and opens and _names_things(notice, label[0]):
        label = None
    own = bool(label) or opens
    if label:
        _add(notice, item, label[0].actors, "lead", label[0].source, label[0].rule)
        _add(notice, item, label[0].coordinators, "coordinate", label[0].source, label[0].rule)
    elif own and above is not None and (led := _led_by_party(notice, above, readings[0])):
        readings = [led, *readings[1:]]
        _add(notice, item, above.actors, "lead", above.source, above.rule)
    elif own and above is not None and node.marker is not None and _hands_on(notice, node, above, readings[0]):
        _add(notice, item, above.actors, "lead", above.source, above.rule)
    elif not own and above is not None and (node.marker is not None or not _leads(readings)):
        addressed = above.source == "lead_in" and all(a.lower for a in above.actors)
        if not (addressed and _led_in_bracket(notice, node)):
            _add(notice, item, above.actors, "lead", above.source, above.rule)
        _add(notice, item, above.coordinators, "coordinate", above.source, above.rule)
        _add(notice, item, above.directed, "implement", above.source, above.rule)
    labelled = inline_fields(notice, node.body)
    fields = labelled or bracketed_fields(notice, node.body)
    _add_fields(notice, item, [] if labelled else fields)
    for reading in readings:
        passes_on = reading is readings[0] and node.marker is not None and _works_itself(notice, reading.speakers)
        if passes_on:
            _add(notice, item, reading.speakers, "lead", "sentence", "assignee.subject")
        for one in reading.involved:
            if not any(_within(notice, one.actor, line) for line in labelled) and not _names_label(notice, one.actor):
                if label is not None and reading is readings[0] and one.actor.quantifier in _EACH and one.opens:
                    continue  # "Các hội, đoàn thể: [mỗi tổ chức] chọn 02 mô hình"
                alone = one.opens and reading is readings[0] and not _led(item)
                role = "lead" if one.rule == "assignee.subject_joins" and alone else one.role
                requires = passes_on or (label is not None and reading is readings[0])
                role = "implement" if requires and one.rule == "assignee.ordered" else role
                _add(notice, item, (one.actor,), role, "sentence", one.rule)
    _add_fields(notice, item, labelled)
    person = _NAMED_LAST.search(notice.text(node.body)) if not _led(item) else None
    if person is not None:
        span = Span(node.body.start + person.start("name"), node.body.start + person.end("name"))
        add_assignee(notice, item, span, "lead", "label", "assignee.named_last")
    return item


def _works_itself(notice: Notice, speakers: tuple[Actor, ...]) -> bool:
    """ "4. [Sở Y tế] yêu cầu các cơ sở …" in a notice of the province: a department is told what to require of others.

    Whose paper it is speaks for itself.
    """
    if len(speakers) == 1 and "các" in notice.syllables.folded[speakers[0].first : speakers[0].last]:
        return True  # "UBND các xã yêu cầu từng chủ đầu tư …"
    if len(speakers) != 1 or speakers[0].kind == "person" or speakers[0].quantifier:
        return False
    name = fold(speakers[0].span(notice.syllables).of(notice.source.text))
    letterhead = " ".join(fold(notice.frame.text(b)) for b in notice.frame.blocks(ZoneKind.LETTERHEAD))
    return name.startswith(_DEPARTMENTS) and bool(letterhead) and f"{name.split()[0]} " not in f"{letterhead} "


def _led_by_party(notice: Notice, above: Named, reading: Reading) -> Reading | None:
    """ "Đảng ủy xã: [Lãnh đạo UBND xã] giao khoán …": where a party body stands above, "lãnh đạo" is what it does."""
    opens = next(i for i in reading.involved if i.opens and i.role == "lead")
    over = fold(above.actors[0].span(notice.syllables).of(notice.source.text))
    first = opens.actor.first
    if notice.syllables.folded[first : first + 2] != ["lãnh", "đạo"] or not over.startswith(_PARTY):
        return None
    led = replace(opens, actor=replace(opens.actor, first=first + 2), role="implement", rule="assignee.directed")
    return replace(reading, involved=(replace(led, opens=False), *(i for i in reading.involved if i is not opens)))


def _hands_on(notice: Notice, node: Node, above: Named, reading: Reading) -> bool:
    """Whether who stands over the item leads it beside those it names: "UBND các xã: [Giao Công an xã …]", "[Riêng xã A …]",
    "Đảng ủy X lãnh đạo: [Sở Y …]". A plural such as "Các phòng" over one of them is no second leader.
    """
    if any(a.lower for a in above.actors):
        return False
    opens = next(i for i in reading.involved if i.opens and i.role == "lead")
    folded = notice.syllables.folded
    if _leads_below(folded, above.actors[-1].last):
        return True
    if above.source == "heading" and opens.actor.quantifier.startswith("riêng"):
        return not _one_of(notice, opens.actor, above.actors)
    gives = opens.rule == "assignee.ordered" and fold(notice.text(node.body)).startswith(("giao ", "yêu cầu "))
    return gives and (above.source == "heading" or is_addressed(notice, above.actors[0]))


def _led_in_bracket(notice: Notice, node: Node) -> bool:
    """ "rải nhựa 118 km đường thôn ([Sở Giao thông vận tải]);" under "…, yêu cầu các sở, ngành:": who does it stands behind it."""
    return any(line.kind == "lead" and line.actors for line in bracketed_fields(notice, node.body))


def _one_of(notice: Notice, actor: Actor, named: tuple[Actor, ...]) -> bool:
    """ "Huyện ủy A, Thành ủy B" over "Riêng [Thành ủy B] …": the heading's others have no part in it."""
    name = notice.text(actor_span(notice, actor))
    return len(named) > 1 and any(_same_name(notice.text(actor_span(notice, a)), name) for a in named)


def _names_things(notice: Notice, named: Named) -> bool:
    """ "Cấp huyện: các huyện đoàn khởi động …", "Chợ Cầu Đúc" over what UBND xã is told: where the work is, not who does it."""
    syllables = notice.syllables
    first = named.actors[0]
    at = first.first + len(first.quantifier.split())
    folded = syllables.folded
    if folded[at] == "cấp":
        return folded[at + 1] in {"tỉnh", "huyện", "xã", "cơ", "trung", "thành"}
    return folded[at] in _THINGS_ALONE or tuple(folded[at : at + 2]) in _THINGS


def _leads_below(folded: list[str], last: int) -> bool:
    """ "Ban cán sự đảng UBND tỉnh [lãnh đạo, chỉ đạo:]"."""
    at = last
    while at < len(folded) and folded[at] in _LEADING:
        at += 1
    return at > last and folded[at - 1] in {"đạo", "hiện"} and folded[at : at + 1] == [":"]


def _within(notice: Notice, actor: Actor, line: FieldLine) -> bool:
    return line.value.covers(actor.span(notice.syllables))


def _names_label(notice: Notice, actor: Actor) -> bool:
    """ "[Đơn vị] chủ trì: …" is the name of a field, no body."""
    last = actor.last
    words = notice.syllables.words
    if actor.kind == "organisation" and notice.syllables.folded[actor.first] not in _NAMES_OF_PARTS:
        return False  # "Hội Phụ nữ, [Hội Nông dân]: mỗi hội …"
    return actor.bare and not actor.quantifier and ":" in words[last : last + 4]


def _led(item: TaskItem) -> bool:
    return any(a.role == "lead" for a in item.assignees)


def _leads(readings: list[Reading]) -> bool:
    return any(i.role == "lead" for r in readings for i in r.involved)


def _add(
    notice: Notice, item: TaskItem, actors: tuple[Actor, ...], role: Role, source: AssigneeSource, rule: str
) -> None:
    for actor in actors:
        span = actor_span(notice, actor)
        add_assignee(notice, item, span, role, source, rule)


def actor_span(notice: Notice, actor: Actor) -> Span:
    """Span of a name as printed, without "đồng chí", "ông", "bà", "riêng"."""
    span = actor.span(notice.syllables)
    words = fold(span.of(notice.source.text))
    for title in _BEFORE_NAME:
        if words.startswith(title):
            return Span(span.start + len(title), span.end)
    return span


def add_assignee(notice: Notice, item: TaskItem, span: Span, role: Role, source: AssigneeSource, rule: str) -> None:
    """Add a body once; who already leads is not added in another part.

    Who is reported to and then acts, acts: "gửi Văn phòng Sở …. [Văn phòng Sở] tổng hợp …".
    """
    name = span.of(notice.source.text)
    told = Assignee(name=name, role=role, source=source, evidence=cite(notice.source, span, rule))
    for at, known in enumerate(item.assignees):
        short = source == "sentence" and _called_short(known.name, name)
        if short or _same_name(known.name, name):
            if known.role == "report_to" and role != "report_to":
                item.assignees[at] = known.model_copy(update={"role": role}) if " " not in name else told
            return
    item.assignees.append(told)


def _called_short(known: str, name: str) -> bool:
    """ "Ban QLDA" of whom the heading names "Ban QLDA công trình giao thông tỉnh"."""
    return fold(known).startswith(f"{fold(name)} ")


def _same_name(a: str, b: str) -> bool:
    def key(name: str) -> str:
        words = fold(name).split()
        while len(words) > 1 and words[0] in {"các", "những", "mỗi", "từng", "mọi"}:
            words = words[1:]
        return " ".join(words)

    return key(a) == key(b)


def _heading_span(notice: Notice, node: Node) -> Span | None:
    """Nearest numbered heading above, without its colon."""
    for ancestor in node.ancestors():
        if ancestor.marker is not None and looks_like_heading(notice.source, ancestor):
            words = ancestor.body.of(notice.source.text)
            return Span(ancestor.body.start, ancestor.body.start + len(words.rstrip(" :")))
    return None


def _apply_fields(notice: Notice, items: list[TaskItem], fields: list[FieldLine]) -> None:
    """ "Đơn vị chủ trì: …; Đơn vị phối hợp: …" below a list holds for every item of it."""
    for item in items:
        item.inherited_times += [line.value for line in fields if line.kind == "time"]
        _add_fields(notice, item, fields)


def _add_fields(notice: Notice, item: TaskItem, fields: list[FieldLine]) -> None:
    for line in fields:
        for actor in line.actors:
            role: Role = "coordinate" if line.kind == "coordinate" else "lead"
            add_assignee(notice, item, actor_span(notice, actor), role, "label", f"assignee.field_{line.kind}")
