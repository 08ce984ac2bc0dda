"""Who does what in one sentence: subject, order, direction, coordination, report.

"Hằng năm, [UBND xã]lead chủ trì, [MTTQ]coordinate tham gia; chỉ đạo [Ban Công an]implement …; báo cáo [Đảng ủy]report_to"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vndirective.extract.assignees.actors import Actor, ActorList, committee_follows, lexicon, read_actors
from vndirective.extract.assignees.clauses import (
    behind_condition,
    clause_words,
    commas,
    connected,
    cut,
    is_any,
    is_condition,
    nobody,
    skip_time,
    suffers,
    warned,
)
from vndirective.parsers.source import Span
from vndirective.schema.record import Role
from vndirective.segment.syllables import Syllables, TermIndex

_PERIODS = {"ngày", "tuần", "tháng", "quý", "năm"}
_CONDITIONS = frozenset(
    [
        "khi",
        "nếu",
        "đối",
        "trường",
        "từ",
        "kể",
        "trong",
        "trước",
        "cứ",
        "mỗi",
        "hằng",
        "hàng",
        "định",
        "ngay",
        "nhằm",
        "để",
        "sau",
    ]
)
_LED = frozenset(["nhà", "trường", "sở", "phòng", "đơn", "cơ", "công", "bệnh", "trung", "khoa"])

_MEETING = frozenset({"liên", "làm", "hiệp", "bàn"})  # liên hệ với, làm việc với, hiệp thương với …
_BEING_TOLD = {
    ("được", "giao"),
    ("được", "phân"),
    ("được", "đề"),
    ("được", "yêu"),
    ("được", "mời"),
    ("được", "cử"),
    ("được", "chỉ"),
    ("được", "ủy"),
}
_CAUSING = frozenset({"là", "yếu", "phần", "nhân", "chậm", "vì", "lý", "tự", "chính"})  # "nguyên nhân là [do] …"
_HAPPENED = frozenset({"đã", "chưa", "khi", "sau", "không", "đang", "từng", "vừa", "mới", "theo", "nếu", "nhận", "có"})

_GUARDING = frozenset(
    {"đóng", "mở", "khóa", "trực", "canh", "gác", "giữ", "ghi", "kiểm", "tuần", "không", "soát", "trông", "nhắc"}
)
_AGAIN = frozenset({"hằng", "hàng", "mỗi"})
_INSERTING = frozenset(
    {"khi", "tùy", "tuỳ", "do", "vì", "nếu", "ngoài", "mà", "trước", "nhất", "bằng", "căn", "với", "trong"}
)
_BINDING = frozenset({"phải", "cần"})
_FREES = frozenset({"không", "khi", "nếu", "chưa", "mà", "điều", "việc", "gì"})  # "[không] phải", "khi [cần]"
_DASHES = frozenset({"-", "–"})
_ANY_REACH = 5  # syllables: "đơn vị nào nộp chậm, Phòng X …"
_SHARED_REACH = 9  # tokens between "đối chiếu" and "với"
_REPORTED = 6  # tokens between "gửi" and "về"
_LONGEST_PETITION = 40  # tokens up to the colon of "Công ty X phản ánh …: Sở Y kiểm tra"
_OPENER_REACH = 70  # tokens; longer openings hold whole sentences of their own
_JOINERS = {"gồm", "chặt", "chẽ", "tốt", "với", "cùng", "thường", "xuyên"}
_GIVING = {"giao", "đặt", "phân", "ủy"}
_ADVERBIAL = {
    "hằng",
    "hàng",
    "định",
    "đồng",
    "bên",
    "ngoài",
    "mặt",
    "riêng",
    "tiếp",
    "do",
    "vì",
    "hiện",
    "thời",
    "trước",
    "song",
}
_CITING = {"theo", "xét", "lời", "văn", "bản", "có", "sự"}  # "theo đề nghị của …" orders nobody
_ISSUING = {
    ("xây", "dựng"),
    ("ban", "hành"),
    ("hướng", "dẫn"),
    ("báo", "cáo"),
    ("thông", "báo"),
    ("đề", "nghị"),
    ("yêu", "cầu"),
    ("quyết", "định"),
    ("kết", "luận"),
    ("chỉ", "đạo"),
    ("tổ", "chức"),
    ("công", "bố"),
    ("quyết", "nghị"),
    ("phê", "duyệt"),
}
_UNDERTAKING = {
    ("chủ", "trì"),
    ("đảm", "nhận"),
    ("đảm", "nhiệm"),
    ("đảm", "trách"),
    ("phụ", "trách"),
    ("thực", "hiện"),
    ("chịu", "trách"),
    ("tổ", "chức"),
    ("làm", "đầu"),
    ("là", "đầu"),
    ("làm", "tổ"),
    ("làm", "trưởng"),
    ("chi", "trả"),
}
_THIS_WORK = {("việc", "này"), ("việc", "trên"), ("phần", "này"), ("khâu", "này"), ("mảng", "này")}
_ANY = frozenset({"nào", "gì"})
_ANSWERS = frozenset({"đồng", "thống", "nhất", "chấp", "giao", "đề", "yêu", "ghi"})
_PEOPLE = {("giáo", "viên"), ("đảng", "viên"), ("cán", "bộ"), ("công", "chức"), ("hội", "viên"), ("đoàn", "viên")} | {
    ("nhân", "viên"),
    ("giảng", "viên"),
    ("đại", "biểu"),
    ("bác", "sĩ"),
}
_ASKS_FOR = frozenset({"xin", "phản", "kiến", "đề"})
_HEADING_A_TEAM = {("làm", "tổ"), ("làm", "trưởng"), ("làm", "đội"), ("làm", "phó")}
_TAKING_PART = {("tham", "gia"), ("phối", "hợp"), ("hỗ", "trợ")}
_SERVED = frozenset({"hộ", "gia", "người", "nhân", "học", "phụ", "trẻ", "bà"})  # whom the work is for
_AT_PLACES = frozenset({"tại", "ở", "trên", "xuống"})  # "kiểm tra tại các địa phương, Cục X theo dõi"
_BARE_LEVELS = frozenset({"huyện", "xã", "tỉnh", "phường", "quận"})
_EACH = frozenset({"mỗi", "từng"})  # "; mỗi xã chọn 01 thôn" says how much, not who
_LONGEST_LISTED = 12
_LONGEST_INSERTION = 24
_EACH_OF_THEM = (["mỗi", "người"], ["mỗi", "đồng"], ["từng", "người"], ["mỗi", "nơi"], ["mỗi", "bên"], ["ai", "nấy"])
_FOREMOST = (
    ["trước", "hết", "là"],
    ["nhất", "là"],
    ["trực", "tiếp", "là"],
    ["đặc", "biệt", "là"],
    ["đứng", "đầu", "là"],
)
_BEFORE_LISTED = frozenset(
    {"với", "cùng", "hợp", "đạo", "dẫn", "đốc", "giúp", "cho", "động"}
)  # phối hợp với, chỉ đạo, huy động …
# A lead-in that only tells who speaks: "đồng chí Phó Chủ tịch … có ý kiến kết luận như sau:"
_CONCLUDES = re.compile(
    r"\b(?:kết luận|(?:có|cho) ý kiến|chỉ thị|quyết nghị|phát biểu|nhấn mạnh|ý kiến chỉ đạo|thống nhất|lưu ý)\b[^,;:]{0,50}:?$"
)
_INSTITUTIONS = ("organisation", "person")


@dataclass(frozen=True, slots=True)
class Involved:
    """One body in a sentence with its part in the work. `opens` is true where it is the subject of the sentence."""

    actor: Actor
    role: Role
    rule: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says of who acts. `orders` is true where it tells somebody to do something."""

    involved: tuple[Involved, ...]
    orders: bool
    subjectless: bool  # opens with a verb: whoever the heading names is told to act
    speakers: tuple[Actor, ...] = ()  # who gives the order in "Sở Y tế yêu cầu các cơ sở …"


def read_sentence(syllables: Syllables, sentence: Span) -> Reading:
    first, limit = syllables.at(sentence.start), syllables.at(sentence.end)
    involved: list[Involved] = []
    speakers: tuple[Actor, ...] = ()
    start = _skip_adverbs(syllables, first, limit)
    cites = _cites(syllables, start, limit)
    opens_with_verb = not cites and _is_verb(syllables, start, limit)
    orders = opens_with_verb
    subject = None if opens_with_verb else _find_subject(syllables, first, limit, cites=cites)
    at = start
    if subject is not None and subject[1] is None and _only_befalls(syllables, subject[0], limit):
        subject = None
    if subject is not None:
        found, issuing = subject
        at = found.next
        if issuing is not None:
            named, at = issuing
            speakers = found.actors
            involved += [Involved(a, "lead", "assignee.ordered", opens=True) for a in named.actors if not a.beside]
            involved += _beside(named)
        else:
            involved += _subjects(syllables, found, limit, opens=True)
            involved += _joining(syllables, at, limit)
        orders = True
    elif concerned := _concerned(syllables, first, limit):
        involved += [Involved(a, "lead", "assignee.concerned", opens=True) for a in concerned.actors]
        at = concerned.next
        orders = True
    elif passive := _passive(syllables, first, limit, opens_with_verb):
        found, opened = passive
        involved += [Involved(a, "lead", "assignee.passive", opens=not opens_with_verb) for a in found.actors]
        involved += _joining(syllables, found.next, limit)
        at = found.next
        orders = orders or opened
    else:
        named_order = _find_order(syllables, first, limit)
        if named_order is not None:
            given = named_order.actors[0].first
            divides = ["phân", "công"] in (syllables.folded[start : start + 2], syllables.folded[given - 2 : given])
            rule = "assignee.divided" if divides else "assignee.ordered"
            involved += [Involved(a, "lead", rule, opens=True) for a in named_order.actors if not a.beside]
            involved += _beside(named_order)
            involved += _joining(syllables, named_order.next, limit)
            at = named_order.next
            orders = True
        else:
            orders = orders or _orders_behind_condition(syllables, first, limit)
    involved += _later_clauses(syllables, first, limit, involved, start if opens_with_verb else None)
    acts = any(i.rule == "assignee.subject" for i in involved)
    starts = {first, start, at, *_behind(syllables, involved, limit)}
    involved += _supporting(syllables, first, limit, clause_starts=starts, acts=acts)
    told = tuple(_parted(syllables, one) for one in _unique(involved, syllables))
    return Reading(told, orders, subjectless=not any(i.opens for i in involved), speakers=speakers)


def _concerned(syllables: Syllables, first: int, limit: int) -> ActorList | None:
    """ "Đối với [Phòng khám X], đề nghị mở bàn tiêm": a body by its name, then an order to nobody else; None for other words."""
    if syllables.folded[first : first + 2] != ["đối", "với"]:
        return None
    found = read_actors(syllables, first + 2, limit)
    if found is None or not _named_bodies(syllables, found) or found.next + 4 > limit:
        return None
    at = found.next + 1
    if syllables.words[at - 1] != "," or syllables.folded[at : at + 2] not in (["đề", "nghị"], ["yêu", "cầu"]):
        return None
    return found if _is_verb(syllables, _skip_adverbs(syllables, at + 2, limit), limit) else None


def _parted(syllables: Syllables, one: Involved) -> Involved:
    """ "chỉ đạo Sở A (chủ trì), [Sở B (phối hợp)] lập báo cáo": the part printed in brackets behind a name."""
    at = one.actor.last
    if syllables.words[at : at + 1] != ["("] or syllables.folded[at + 1 : at + 4] != ["phối", "hợp", ")"]:
        return one
    return replace(one, role="coordinate", opens=False)


def _subjects(syllables: Syllables, found: ActorList, limit: int, *, opens: bool) -> list[Involved]:
    """Who leads; who is only told to join in ("… có trách nhiệm phối hợp bảo đảm an ninh") coordinates."""
    role: Role = "coordinate" if _only_joins(syllables, found.next, limit) else "lead"
    rule = "assignee.subject" if role == "lead" else "assignee.subject_joins"
    return [*_beside(found), *(Involved(a, role, rule, opens) for a in found.actors if not a.beside)]


def _beside(found: ActorList) -> list[Involved]:
    """ "Sở A cùng [Sở B] kiểm tra": B coordinates."""
    return [Involved(a, "coordinate", "assignee.beside") for a in found.actors if a.beside]


def _only_joins(syllables: Syllables, i: int, limit: int) -> bool:
    at = i
    while (
        at < limit
        and (hit := lexicon().strong.at(syllables, at))
        and syllables.folded[at] != "phối"
        and syllables.folded[at] != "chủ"
    ):
        at = hit[1]
    joins = tuple(syllables.folded[at : at + 2]) == ("phối", "hợp")
    if not joins:
        return False
    after = _skip_joiners(syllables, at + 2, limit)
    return syllables.folded[after - 1] != "với" and read_actors(syllables, after, limit) is None


def _passive(syllables: Syllables, first: int, limit: int, opens_with_verb: bool) -> tuple[ActorList, bool] | None:
    """ "Việc thẩm định giá … do [Sở Tài chính] chủ trì", "Nhiệm vụ … được giao cho [Trung tâm X]", "Số liệu phải được [Sở Y] đối chiếu".

    With it, whether it is an order by itself: an undertaking is, other work only says who does it.
    """
    for i in range(first + 1, limit - 1):
        if syllables.words[i] == ";" or (syllables.words[i] == "." and not _in_number(syllables, i)):
            return None
        if syllables.folded[i] == "do":
            found = read_actors(syllables, i + 1, limit)
            if found is None or not _worth(found):
                continue
            part = tuple(syllables.folded[found.next : found.next + 2])
            told = lexicon().assign.at(syllables, first) or (
                opens_with_verb and tuple(syllables.folded[first : first + 2]) != ("thành", "lập")
            )
            if part in _HEADING_A_TEAM and told:
                continue  # "Đề nghị các hội cử người vào tổ vận động do Phó Chủ tịch UBND xã làm Tổ trưởng"
            if part in _UNDERTAKING:
                return found, True
            if not opens_with_verb and _done(syllables, i, found, limit):
                return found, False
        elif syllables.folded[i] == "giao" and syllables.folded[i - 1] == "được" and syllables.folded[i - 2] != "đã":
            found = read_actors(syllables, i + (2 if syllables.folded[i + 1] == "cho" else 1), limit)
            if found is not None and _worth(found) and not opens_with_verb:
                return found, True
        elif (
            syllables.folded[i] == "được"
            and not opens_with_verb
            and not _achieved(syllables, i, first)
            and (done := _done_by(syllables, i, limit))
        ):
            return done, False
    return None


def _in_number(syllables: Syllables, i: int) -> bool:
    """The point of "1.500" or of a telephone number."""
    return syllables.words[i - 1][-1].isdigit() and syllables.words[i + 1][0].isdigit()


def _achieved(syllables: Syllables, i: int, first: int) -> bool:
    """ "chưa kết nạp [được] đảng viên mới": behind a verb that "chưa", "không" or "phải" opens "được" says that it is reached."""
    lex = lexicon()
    for k in range(max(first, i - 3), i):
        verb = lex.verbs.at(syllables, k)
        if verb is not None and verb[1] == i:
            return syllables.folded[k - 1] in {"chưa", "không", "phải", "mới", "đã", "sẽ"}
    return False


def _only_befalls(syllables: Syllables, subject: ActorList, limit: int) -> bool:
    """The subject is worked on, or is the case in which others act."""
    return _undergoes(syllables, subject, limit) or is_condition(syllables, subject.actors, subject.next, limit)


def _undergoes(syllables: Syllables, subject: ActorList, limit: int) -> bool:
    """ "Những tổ hội hoạt động yếu được [các cơ sở Hội] rà soát": the subject is what is worked on."""
    for i in range(subject.next, min(limit - 1, subject.next + _LONGEST_LISTED)):
        if not syllables.words[i][0].isalnum():
            return False
        if syllables.folded[i] == "được" and _done_by(syllables, i, limit):
            return True
    return False


def _done(syllables: Syllables, i: int, found: ActorList, limit: int) -> bool:
    """ "đề thi do [các khoa] biên soạn"; not "Quyết định do UBND tỉnh ban hành", nor "là do các xã chậm báo cáo"."""
    if syllables.folded[i - 1] in _CAUSING or any(is_any(syllables, a) for a in found.actors):
        return False
    governs = governed_verb(syllables, found.next, limit)
    if governs is None:
        return False
    at = _skip_adverbs(syllables, governs, limit)
    return at < limit and not clause_words().attributed.at(syllables, at) and syllables.folded[at] not in _GIVING


def _done_by(syllables: Syllables, i: int, limit: int) -> ActorList | None:
    """ "Số liệu phải được [Thư viện tỉnh] đối chiếu": who does it; None where "được" tells what was done or allowed."""
    if syllables.folded[i - 1] in _HAPPENED or not (
        lexicon().heads.at(syllables, i + 1) or lexicon().quantifiers.at(syllables, i + 1)
    ):
        return None
    found = read_actors(syllables, i + 1, limit)
    return found if found is not None and _worth(found) and _done(syllables, i, found, limit) else None


def _orders_behind_condition(syllables: Syllables, first: int, limit: int) -> bool:
    """ "Khi nhà đầu tư có đề xuất …, khuyến khích …", "Từ nay đến cuối năm, không tăng …": behind the opening a verb."""
    if syllables.folded[first] not in _CONDITIONS or not lexicon().openers.at(syllables, first):
        return False
    conditional = syllables.folded[first] in {"khi", "nếu", "đối", "trường"}
    if not conditional and {"đã", "chưa", "vẫn"} & set(syllables.folded[first:limit]):
        return False  # it tells how things are
    commas = [i for i in range(first, min(limit - 1, first + _OPENER_REACH)) if syllables.words[i] == ","]
    return any(_is_verb(syllables, _skip_adverbs(syllables, i + 1, limit), limit) for i in commas)


def ordered_actors(syllables: Syllables, span: Span) -> tuple[Actor, ...]:
    """Bodies that a lead-in sentence addresses ("… yêu cầu Hiệu trưởng các trường thực hiện:"), last address first."""
    reading_limit = syllables.at(span.end)
    lex = lexicon()
    bound = _bound_subject(syllables, span)
    if bound:
        return bound
    for i in range(reading_limit - 1, syllables.at(span.start) - 1, -1):
        hit = lex.assign.at(syllables, i)
        if hit and hit[1] < reading_limit and syllables.folded[i - 1] not in _CITING:
            found = read_actors(syllables, hit[1], reading_limit)
            if found is not None:
                return found.actors
    return _given_to(syllables, span) or told_to_work(syllables, span)


def _bound_subject(syllables: Syllables, span: Span) -> tuple[Actor, ...]:
    """ "[Sở X] có trách nhiệm … và thông báo cho các đơn vị theo yêu cầu sau:": the one who is bound, not whom it tells."""
    found = read_actors(syllables, syllables.at(span.start), syllables.at(span.end))
    if found is None or syllables.folded[found.next : found.next + 2] not in (["có", "trách"], ["chịu", "trách"]):
        return ()
    return found.actors


def _given_to(syllables: Syllables, span: Span) -> tuple[Actor, ...]:
    """ "Giao dự toán … cho [Trung tâm X] với các nội dung như sau:"."""
    first, limit = syllables.at(span.start), syllables.at(span.end)
    if first >= limit or syllables.folded[first] not in _GIVING:
        return ()
    for i in range(first, limit - 1):
        if syllables.folded[i] == "cho":
            found = read_actors(syllables, i + 1, limit)
            if found is not None and _worth(found):
                return found.actors
    return ()


def told_to_work(syllables: Syllables, span: Span) -> tuple[Actor, ...]:
    """Subject of a sentence that works itself; who only issues ("Sở X xây dựng Kế hoạch … như sau:") is not told."""
    leads = [i for i in read_sentence(syllables, span).involved if i.role == "lead" and i.opens]
    if not leads:
        return ()
    first, limit = max(i.actor.last for i in leads), syllables.at(span.end)
    if (closed := _short_name_behind(syllables, first, limit)) is not None:
        first = closed  # "Tổng cục Dự trữ Nhà nước [(DTNN)] ban hành …"
    governs = governed_verb(syllables, first, limit)
    if _CONCLUDES.search(" ".join(syllables.folded[first:limit]).replace(" :", ":")):
        return ()
    issues = governs is not None and tuple(syllables.folded[governs : governs + 2]) in _ISSUING
    alone = len(leads) == 1 and not leads[0].actor.quantifier
    issues = issues or (governs is not None and alone and _writes_paper(syllables, governs, limit))
    return () if issues else tuple(i.actor for i in leads)


def _short_name_behind(syllables: Syllables, i: int, limit: int) -> int | None:
    """Index behind "(DTNN)", "(gọi tắt là Ban)" at token `i`, None without a bracket."""
    if i >= limit or syllables.words[i] != "(":
        return None
    return next((k + 1 for k in range(i, min(limit, i + _LONGEST_LISTED)) if syllables.words[k] == ")"), None)


def _writes_paper(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Trường X [lập kế hoạch] như sau:", "UBND tỉnh [đề ra Chương trình] gồm:": the issuer presents the paper itself."""
    return any(lexicon().cited.at(syllables, k) for k in range(i + 1, min(limit, i + 3)))


def _is_verb(syllables: Syllables, i: int, limit: int) -> bool:
    if i >= limit:
        return False
    lex = lexicon()
    known = lex.verbs.at(syllables, i) or lex.brief.at(syllables, i)
    return known is not None and not _is_name(syllables, i, limit) and not _guards(syllables, i, limit)


def _guards(syllables: Syllables, i: int, limit: int) -> bool:
    """ "[Bảo vệ] đóng cổng", "[Bảo vệ] không cho người lạ vào": who guards, not what is guarded."""
    if syllables.folded[i : i + 2] != ["bảo", "vệ"] or not syllables.words[i][0].isupper() or i + 2 >= limit:
        return False
    return syllables.words[i + 2].islower() and syllables.folded[i + 2] in _GUARDING


def _is_name(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Thanh tra tỉnh", "Hội đồng …": a verb or noun that names a body here."""
    lex = lexicon()
    head, verb = lex.heads.at(syllables, i), lex.verbs.at(syllables, i)
    if head is None or head[1] >= limit or (verb and verb[1] > head[1]):
        return False
    if verb and head[1] > verb[1]:
        return True  # "Báo cáo viên"
    if verb is None and head[0] == "person" and (short := lex.brief.at(syllables, i)) and head[1] > short[1]:
        return True  # "Giảng viên hướng dẫn"
    if verb is None and "," in syllables.words[i : head[1]] and syllables.words[i][0].isupper():
        return True  # "Chi, đảng bộ cơ sở"
    if head[0] == "person" and syllables.folded[head[1]] in _LED:
        led = read_actors(syllables, i, limit)
        return (
            led is not None and governed_verb(syllables, led.next, limit) is not None
        )  # "Lãnh đạo nhà trường ổn định …"
    if syllables.words[i][0].isupper() and syllables.folded[i : head[1]] in (["thường", "trực"], ["thường", "vụ"]):
        return committee_follows(syllables, head[1]) or syllables.words[head[1]][0].isupper()
    word = syllables.words[head[1]]
    if head[0] == "group" and verb and word != ",":
        return False  # "tổ chức Hội nghị" orders, "tổ chức, cá nhân" are bodies
    if word == ",":
        following = lex.heads.at(syllables, head[1] + 1) if head[1] + 1 < limit else None
        return following is not None and following[0] == "group" and not lex.verbs.at(syllables, head[1] + 1)
    return word[0].isupper() or syllables.folded[head[1]] in {"tỉnh", "huyện", "xã", "thành"}


def _skip_adverbs(syllables: Syllables, i: int, limit: int) -> int:
    lex = lexicon()
    at = i
    while at < limit:
        hit = lex.adverbs.at(syllables, at)
        verb = lex.verbs.at(syllables, at)
        if hit is None or (verb and verb[1] > hit[1]):
            break
        after = hit[1]
        while after < limit and syllables.words[after] in {",", "và"}:
            after += 1
        after = _skip_period(syllables, at, after, limit)
        if after < limit and syllables.words[after] == "(":  # "định kỳ hằng năm (trước ngày 10/12) báo cáo"
            close = next((k for k in range(after, min(limit, after + 20)) if syllables.words[k] == ")"), None)
            after = close + 1 if close is not None else after
        if verb and not (after < limit and (lex.verbs.at(syllables, after) or lex.adverbs.at(syllables, after))):
            break
        at = after
    return at


def _skip_period(syllables: Syllables, at: int, after: int, limit: int) -> int:
    """ "định kỳ [6 tháng, ]hàng năm", "định kỳ [03 tháng/1 lần] báo cáo"."""
    if syllables.folded[at] != "định":
        return after
    while after + 1 < limit and (
        (syllables.words[after].isdigit() and syllables.folded[after + 1] in _PERIODS)
        or syllables.folded[after] in {*_PERIODS, "lần", "một", "mỗi"}
        or syllables.words[after] in {"/", ","}
    ):
        after += 1
    return after


def _cites(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Thực hiện Công văn số …, Phòng X đề nghị …": the verb opens a citation, not the order."""
    if tuple(syllables.folded[i : i + 2]) not in {("thực", "hiện"), ("triển", "khai"), ("thi", "hành")}:
        return False
    named = any(lexicon().cited.at(syllables, k) for k in range(i + 2, min(limit, i + 4)))
    return named and "," in syllables.words[i : min(limit, i + _OPENER_REACH)]


def _find_subject(
    syllables: Syllables, first: int, limit: int, *, cites: bool
) -> tuple[ActorList, tuple[ActorList, int] | None] | None:
    """Subject with the verb it governs; with it, where the subject only orders others, those others."""
    lex = lexicon()
    places = [first]
    opener = lex.openers.at(syllables, first)
    petition = any(
        syllables.folded[k] in _ASKS_FOR and _petitions(syllables, k, limit)
        for k in range(first, min(limit, first + _LONGEST_LISTED))
    )
    if opener or cites or petition or not _ANY.isdisjoint(syllables.folded[first : first + _ANY_REACH]):
        if opener and syllables.folded[first] in _ADVERBIAL:
            places.append(opener[1])
        elif (joined := connected(syllables, first)) and joined > first + 1 and _capital_head(syllables, joined, limit):
            places.append(joined)  # "Trên cơ sở đó [Sở X] phối hợp …"
        places += [
            i + 1
            for i in range(first, min(limit, first + _OPENER_REACH))
            if (syllables.words[i] in {",", ":"} or (syllables.folded[i] == "thì" and i > first)) and i + 1 < limit
        ]
    if tuple(syllables.folded[first : first + 2]) in _THIS_WORK:
        places.append(first + 2)  # "Việc này [Chi cục X] cung cấp số liệu"
    timed = skip_time(syllables, first, limit)
    again = first < timed < limit - 1 and not _AGAIN.isdisjoint(syllables.folded[first:timed])
    timed += 1 if again and syllables.words[timed] == "," else 0  # "Thứ Sáu hằng tuần, [nhân viên y tế] …"
    if first < timed < limit and timed not in places:
        places.append(timed)
    for place in sorted(places):
        if place > first and (order := lex.assign.at(syllables, place)) and read_actors(syllables, order[1], limit):
            return None  # "Về …, [giao Chủ tịch UBND các xã], phường có dự án trực tiếp …"
        found = _read_subject(syllables, place, limit)
        if found is None or (place > first and _continues_list(syllables, place, first, found)):
            continue
        if place > first and _in_list_not_at(syllables, place, first, places):
            continue
        if place > first and found.actors[0].lower and _inside_name(syllables, place, first, limit):
            continue
        governs = governed_verb(syllables, found.next, limit)
        if governs is None or (place > first and _announces(syllables, found.next, first)):
            continue
        return found, _ordering(syllables, governs, limit)
    return None


def _announces(syllables: Syllables, i: int, first: int) -> bool:
    """ "Nơi nào để trễ hạn, Chủ tịch UBND tỉnh [sẽ] phê bình", "Quá thời hạn trên, Chi cục Thuế [sẽ] cưỡng chế": what will follow, no order."""
    if syllables.folded[i : i + 1] != ["sẽ"]:
        return False
    opening = syllables.folded[first : first + _ANY_REACH]
    return "nào" in opening or opening[:2] in (["quá", "thời"], ["quá", "hạn"], ["hết", "thời"], ["sau", "thời"])


def _capital_head(syllables: Syllables, i: int, limit: int) -> bool:
    return i < limit and _opens_name(syllables, i)


def _read_subject(syllables: Syllables, place: int, limit: int) -> ActorList | None:
    """Names that may be a subject; "Phòng X [được giao] làm đầu mối" ends before what it is given."""
    if (behind := _part_is(syllables, place, limit)) is not None:
        return read_actors(syllables, behind, limit)
    if (charged := _in_charge(syllables, place, limit)) is not None:
        return charged
    found = read_actors(syllables, place, limit) or _lone_office(syllables, place, limit)
    if found is None or any(is_any(syllables, a) for a in found.actors):
        return None
    if syllables.words[found.actors[0].first] == "báo" or _petitions(syllables, found.next, limit):
        return None  # "thì [báo Phó Giám đốc]", "[Công ty X] xin gia hạn: đồng ý"
    if found.actors[0].quantifier == "100 %":
        return None  # "[100% cửa hàng] xuất hóa đơn" says how far the work is to reach
    last = found.actors[-1]
    if last.lower:
        return _less_what_they_are_told(syllables, place, found, limit)
    for k in range(last.first + 1, last.last):
        if tuple(syllables.folded[k : k + 2]) in _BEING_TOLD:
            return read_actors(syllables, place, k) or found
    return found


def _less_what_they_are_told(syllables: Syllables, place: int, found: ActorList, limit: int) -> ActorList:
    """ "[Các trường cao đẳng] được giao ký kết …": a plural whose clause leaves no verb for the sentence ends before or behind "được giao"."""
    last = found.actors[-1]
    if governed_verb(syllables, found.next, limit) is not None:
        return found
    for k in range(last.first + 2, last.last - 2):
        if tuple(syllables.folded[k : k + 2]) in _BEING_TOLD:
            end = k + 3 if syllables.folded[k + 1 : k + 3] == ["phân", "công"] else k
            shorter = read_actors(syllables, place, end)
            return shorter if shorter is not None and governed_verb(syllables, end, limit) is not None else found
    return found


def _in_charge(syllables: Syllables, place: int, limit: int) -> ActorList | None:
    """ "[Ủy viên Ban Thường vụ phụ trách xã] nào thì dự họp ở xã đó": each in the charge he has, no condition; None for other words."""
    for k in range(place + 2, min(limit - 4, place + _LONGEST_LISTED)):
        if syllables.folded[k : k + 2] not in (["phụ", "trách"], ["theo", "dõi"], ["được", "phân"]):
            continue
        later = syllables.folded[k + 2 : k + 7]
        if "nào" not in later or later[later.index("nào") + 1 : later.index("nào") + 2] not in (["thì"], [","]):
            return None
        found = read_actors(syllables, place, k)
        if found is None or found.next != k or len(found.actors) > 1:
            return None
        any_place = k + 2 + later.index("nào")
        return ActorList((replace(found.actors[0], last=any_place),), any_place)
    return None


def _petitions(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Công ty X [xin gia hạn nợ]: đồng ý": who asks before a colon is answered, not told."""
    if i >= limit:
        return False
    if syllables.folded[i] == "xin":
        return ":" in syllables.words[i : min(limit, i + _LONGEST_LISTED * 2)]
    told = syllables.folded[i : i + 2]
    if told not in (["phản", "ánh"], ["kiến", "nghị"], ["đề", "nghị"]) or read_actors(syllables, i + 2, limit):
        return False
    reach = syllables.words[i : min(limit, i + _LONGEST_PETITION)]
    colon = i + reach.index(":") if ":" in reach else limit
    answered = colon + 1 < limit and (
        read_actors(syllables, colon + 1, limit) or syllables.folded[colon + 1] in _ANSWERS
    )
    return bool(answered) and ";" not in syllables.words[i:colon]


def _part_is(syllables: Syllables, place: int, limit: int) -> int | None:
    """ "Cơ quan đầu mối là [Sở X], có trách nhiệm …", "Đơn vị thường trực là [Ban Y]": index of who has the part, None for other words."""
    part = clause_words().parts.at(syllables, place)
    if part is None or part[1] + 1 >= limit or syllables.folded[part[1]] != "là":
        return None
    return part[1] + 1


def _lone_office(syllables: Syllables, place: int, limit: int) -> ActorList | None:
    """ "[Văn phòng] rà soát dự toán", "[Văn phòng] (bộ phận kế toán) mở sổ": an office of the issuer, named by its head alone."""
    if _guards(syllables, place, limit):
        guard = Actor(place, place + 2, "person", "", bare=True, lower=False)
        return ActorList((guard,), place + 2)
    hit = lexicon().heads.at(syllables, place)
    if hit is None or hit[1] < place + 2 or hit[1] >= limit or not syllables.words[place][0].isupper():
        return None
    known = lexicon().verbs.at(syllables, place)
    behind = syllables.words[hit[1]] == "(" or _is_verb(syllables, hit[1], limit)
    return read_actors(syllables, place, hit[1], open_ended=True) if behind and known is None else None


def _inside_name(syllables: Syllables, place: int, first: int, limit: int) -> bool:
    """ "… thì Chủ tịch UBND xã, [thị trấn] đó phải …": a place in the middle of one name that opens before it."""
    lex = lexicon()
    for k in range(max(first, place - _LONGEST_LISTED), place - 1):
        if syllables.words[k][0].isupper() and lex.heads.at(syllables, k):
            named = read_actors(syllables, k, limit)
            if named is not None and any(a.first < place < a.last for a in named.actors):
                return True
    return False


def _in_list_not_at(syllables: Syllables, place: int, first: int, places: list[int]) -> bool:
    """ "Về …: giao A phối hợp với B, [C] xem xét": a name that goes on with a list begun elsewhere than at one of `places`."""
    lex = lexicon()
    for k in range(max(first, place - _LONGEST_LISTED), place - 1):
        if k in places or not (lex.heads.at(syllables, k) or lex.quantifiers.at(syllables, k)):
            continue
        before = read_actors(syllables, k, place - 1)
        listed = syllables.folded[k - 1] in _BEFORE_LISTED and syllables.folded[k - 2] != "đối"
        if listed and before is not None and before.next == place - 1:
            return True
    return False


def _continues_list(syllables: Syllables, place: int, first: int, found: ActorList) -> bool:
    """ "Trước khi tập huấn cán bộ quản lý, giáo viên, [học viên] …": names before the comma belong to the opening."""
    opening = found.actors[0]
    if opening.quantifier or opening.kind != "group" or not opening.lower:
        return False
    alone = len(found.actors) == 1 and "," not in syllables.words[opening.first : opening.last]
    if alone and lexicon().strong.at(syllables, found.next):
        return False
    for start in range(max(first, place - 6), place - 1):
        before = read_actors(syllables, start, place - 1)
        if before is not None and before.next == place - 1:
            return True
    return False


def governed_verb(syllables: Syllables, i: int, limit: int) -> int | None:
    """Index of the verb or modal that makes the names before it a subject; None where nothing does."""
    lex = lexicon()
    at = i
    if at < limit and syllables.words[at] == ",":
        at += 1  # "Sở X, căn cứ chức năng …, chủ trì"
        if (behind := _behind_apposition(syllables, at, limit)) is not None:
            return behind
        if at < limit and (behind := _behind_foremost(syllables, at, limit)) is not None:
            return behind
        if syllables.folded[at : at + 1] == ["là"] and (behind := _behind_pair(syllables, at, ",", limit)) is not None:
            return behind  # "Quận ủy A và Huyện ủy B, [là hai đơn vị …,] tổ chức kiểm điểm"
    if at < limit and syllables.words[at] in _DASHES:
        return _behind_pair(syllables, at + 1, syllables.words[at], limit)
    if syllables.folded[at : at + 2] == ["nào", "thì"]:
        return governed_verb(syllables, at + 2, limit) if at + 2 < limit else None  # behind `_in_charge`
    if at >= limit or suffers(syllables, at) or warned(syllables, at, limit):
        return None
    if lex.strong.at(syllables, at):
        return at
    if syllables.folded[at] == "là":
        return _bound_behind_comma(syllables, at, limit)
    if syllables.folded[at] == "thì" and at == i:
        return governed_verb(syllables, at + 1, limit)  # "Công ty X [thì] bố trí xe chuyên dùng"
    if syllables.words[at] == ":" and at + 1 < limit and syllables.folded[at + 1] in _EACH:
        at = i = at + 1  # "Hội Phụ nữ, Hội Nông dân: [mỗi tổ chức] xây dựng …"
    if at == i and syllables.folded[at : at + 2] in _EACH_OF_THEM and at + 2 < limit:
        return governed_verb(syllables, at + 2, limit)  # "Các Phó Giám đốc [mỗi người] phụ trách một xí nghiệp"
    if at == i and syllables.folded[at] in _EACH and (each := read_actors(syllables, at, limit)):
        return governed_verb(syllables, each.next, limit)  # "Hội A và Hội B [mỗi hội] nhận đỡ đầu …"
    after = _skip_adverbs(syllables, at, limit)
    if after >= limit:
        return None
    if (
        at == i
        and (timed := skip_time(syllables, at, limit)) > at
        and _is_verb(syllables, _skip_adverbs(syllables, timed, limit), limit)
    ):
        return timed  # "các Ban [từ 01/8/2024] không phát hành …"
    if tuple(syllables.folded[at : at + 2]) in _BEING_TOLD and _told_to(syllables, at + 2, limit):
        return at  # "Thứ trưởng X được giao chỉ đạo …"
    if syllables.folded[at] in {"sẽ", "quyết", "đã"} and at == i:
        if syllables.folded[at : at + 2] in (["sẽ", "nghe"], ["sẽ", "họp"], ["sẽ", "phê"]):
            return None  # "Ban Thường vụ [sẽ nghe] báo cáo chuyên đề": who gives the order tells what he will do
        return at if syllables.folded[at] != "đã" else None
    verb = lex.verbs.at(syllables, after) or lex.brief.at(syllables, after) or lex.loose_verbs.at(syllables, after)
    if syllables.words[at] != "," and verb:
        return after
    if _bounded_by_time(syllables, at, limit):
        return at
    if tuple(syllables.folded[at : at + 2]) in {
        ("theo", "phụ"),
        ("theo", "kế"),
        ("theo", "phân"),
        ("theo", "quy"),
        ("theo", "chức"),
        ("căn", "cứ"),
        ("trong", "phạm"),
        ("tùy", "theo"),
        ("theo", "thẩm"),
        ("theo", "phạm"),
        ("theo", "nhiệm"),
        ("theo", "lĩnh"),
        ("theo", "địa"),
        ("theo", "quyết"),
        ("theo", "lịch"),
        ("theo", "đề"),
        ("theo", "hướng"),
        ("trên", "cơ"),
        ("theo", "mảng"),
        ("theo", "từng"),
        ("theo", "nhóm"),
        ("theo", "cụm"),
        ("theo", "ngành"),
        ("nếu", "chưa"),
        ("nếu", "không"),
        ("nếu", "còn"),
    }:
        for later in range(at, min(limit, at + 30)):
            if syllables.words[later] == ".":
                return None
            if lex.strong.at(syllables, later) or (
                syllables.words[later] == "," and _is_verb(syllables, later + 1, limit)
            ):
                return later
            if later > at + 2 and _is_verb(syllables, later, limit) and syllables.words[later].islower():
                return later  # "trong phạm vi chức năng, nhiệm vụ được giao có kế hoạch …"
    return _bound_behind_insertion(syllables, at, limit) if at == i else None


def _behind_pair(syllables: Syllables, i: int, sign: str, limit: int) -> int | None:
    """Index of the verb behind the `sign` that closes an insertion: "UBND xã A - nơi đang có vùng rau - [xây dựng] …"; None without one."""
    depth = 0
    for at in range(i, min(limit - 1, i + _OPENER_REACH)):
        word = syllables.words[at]
        depth += (word == "(") - (word == ")")
        if word in {".", ";", ":"}:
            return None
        if word == sign and not depth:
            after = _skip_adverbs(syllables, at + 1, limit)
            told = lexicon().strong.at(syllables, at + 1) or _is_verb(syllables, after, limit)
            return at + 1 if told and syllables.words[at + 1].islower() else None
    return None


def _bound_behind_insertion(syllables: Syllables, i: int, limit: int) -> int | None:
    """ "Cán bộ, đảng viên [khi gia đình có việc tang] phải báo cáo", "Sở A [tùy khả năng cân đối,] hằng năm bố trí …": index of what binds."""
    if syllables.folded[i] not in _INSERTING:
        return None
    if (behind := _behind_foremost(syllables, i, limit)) is not None:
        return behind
    lex = lexicon()
    for at in range(i + 2, min(limit - 1, i + _LONGEST_INSERTION)):
        word = syllables.words[at]
        if word in {".", ";", ":", "("}:
            return None
        binds = syllables.folded[at] in _BINDING and syllables.folded[at - 1] not in _FREES
        if binds and word.islower() and lex.strong.at(syllables, at):
            return at
        if word == "," and syllables.folded[i] in {"tùy", "tuỳ", "căn", "bằng"}:
            after = _skip_adverbs(syllables, at + 1, limit)
            if _is_verb(syllables, after, limit) and syllables.words[after].islower():
                return at + 1
    return None


def _behind_apposition(syllables: Syllables, i: int, limit: int) -> int | None:
    """Index of the verb in "Hạt X, [nơi xảy ra nhiều vụ cháy,] tổ chức …", "Ban X, [với vai trò …,] rà soát"; None where none stands here."""
    if not clause_words().apposition.at(syllables, i):
        return None
    depth = 0
    for at in range(i, min(limit - 1, i + _OPENER_REACH)):
        word = syllables.words[at]
        depth += (word == "(") - (word == ")")
        if word in {".", ";"}:
            return None
        if word == "," and not depth:
            after = _skip_adverbs(syllables, at + 1, limit)
            if syllables.folded[at + 1] in _EACH and (each := read_actors(syllables, at + 1, limit)):
                return governed_verb(syllables, each.next, limit)  # "các huyện A, B, nơi …, [mỗi huyện] chọn 02 xã"
            if lexicon().strong.at(syllables, at + 1) or after > at + 1 or _is_verb(syllables, after, limit):
                return at + 1
    return None


def _bound_behind_comma(syllables: Syllables, i: int, limit: int) -> int | None:
    """ "Bệnh viện tỉnh là tuyến cuối, [có trách nhiệm] …": what a body is, then what it must do; what it is alone is no order."""
    known = lexicon().verbs.at(syllables, i)
    if known is not None:
        return i  # "là cơ quan đầu mối", "là đơn vị thực hiện"
    for at in range(i + 2, min(limit - 1, i + _LONGEST_LISTED)):
        if syllables.words[at] in {";", "."}:
            return None
        if syllables.words[at] == "," and lexicon().strong.at(syllables, at + 1):
            return at + 1
    return None


def _behind_foremost(syllables: Syllables, i: int, limit: int) -> int | None:
    """ "Các cấp ủy[, nhất là người đứng đầu,] quán triệt", "… [mà trước hết là bí thư] tổ chức …": index of the verb behind the first among them."""
    at = i + 1 if syllables.folded[i] == "mà" else i
    foremost = next((f for f in _FOREMOST if syllables.folded[at : at + len(f)] == f), None)
    if foremost is None:
        return None
    named = read_actors(syllables, at + len(foremost), limit)
    return governed_verb(syllables, named.next, limit) if named is not None and named.next < limit else None


def _bounded_by_time(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Thuế tỉnh [trong 07 ngày làm việc …] xác định", "các xã [mỗi năm] giảm": a time, and a verb behind it."""
    low = syllables.folded
    if i + 2 >= limit or low[i] not in {"trong", "mỗi", "trước"}:
        return False
    timed = low[i + 1] in _PERIODS | {"vòng", "thời"} or (syllables.words[i + 1].isdigit() and low[i + 2] in _PERIODS)
    if low[i] == "mỗi":
        return low[i + 1] in _PERIODS
    return timed and any(
        syllables.words[at].islower() and low[at - 1] != "ngày" and _is_verb(syllables, at, limit)
        for at in range(i + 3, min(limit, i + 30))
    )


def _told_to(syllables: Syllables, i: int, limit: int) -> bool:
    """A verb behind "được giao", "được đề nghị", "được phân công"."""
    return any(_is_verb(syllables, _skip_adverbs(syllables, at, limit), limit) for at in (i, i + 1))


def _ordering(syllables: Syllables, i: int, limit: int) -> tuple[ActorList, int] | None:
    """ "Chủ tịch UBND tỉnh yêu cầu [các sở]": the subject gives the order, the named bodies receive it."""
    at = _skip_adverbs(syllables, i, limit)
    hit = lexicon().assign.at(syllables, at)
    if hit is None or tuple(syllables.folded[at : at + 2]) == (
        "phân",
        "công",
    ):  # who divides work among its own people leads it
        return None
    found = read_actors(syllables, hit[1], limit)
    alone = found is not None and (found.next >= limit or syllables.words[found.next] == ",")
    if alone and syllables.folded[at : at + 2] == ["thông", "báo"]:
        return None  # "Sở X thông báo cho công ty, đôn đốc việc ký quỹ"
    return (found, found.next) if found else None


def _find_order(syllables: Syllables, first: int, limit: int) -> ActorList | None:
    """Bodies after an order at the head of a clause: "Giao …", "…, đề nghị …", "… giao Sở X chủ trì"."""
    lex = lexicon()
    for i in range(first, limit):
        hit = lex.assign.at(syllables, i)
        if hit is None or hit[1] >= limit:
            continue
        found = read_actors(syllables, hit[1], limit) or _lone_office(syllables, hit[1], limit)
        if found is None or syllables.folded[found.actors[-1].last - 2 : found.actors[-1].last] == ["cụ", "thể"]:
            continue  # "phải giao [đơn vị cụ thể] trông coi" names nobody
        at_head = i == first or syllables.words[i - 1] in {",", ";", ":", "."} or lex.adverbs.at(syllables, i - 1)
        governed = governed_verb(syllables, found.next, limit) is not None
        if (at_head or governed) and (i == first or not _is_verb(syllables, first, limit)):
            return found
    return None


def _joining(syllables: Syllables, i: int, limit: int) -> list[Involved]:
    """ "… chủ trì, [B, C] tham gia / phối hợp": B and C coordinate."""
    if tuple(syllables.folded[i : i + 2]) not in _UNDERTAKING:
        return []
    comma = next((k for k in range(i + 2, min(limit - 1, i + 5)) if syllables.words[k] in {",", ";"}), None)
    if comma is None:
        return []
    found = read_actors(syllables, comma + 1, limit)
    if found is None:
        return []
    after = tuple(syllables.folded[found.next : found.next + 2])
    if after in {("tham", "gia"), ("phối", "hợp"), ("cùng", "tham"), ("hỗ", "trợ")}:
        return [Involved(a, "coordinate", "assignee.joins") for a in found.actors]
    return []


def _later_clauses(
    syllables: Syllables, first: int, limit: int, head: list[Involved], verb: int | None
) -> list[Involved]:
    """Bodies told behind a semicolon, behind "thì", "còn", "trong đó", or behind a comma with a verb of their own.

    Only behind who is told already (`head`, an earlier clause, or nobody by name with the `verb` that opens) a body
    behind a bare comma is believed.
    """
    lex = lexicon()
    found: list[Involved] = []
    told = max((i.actor.last for i in head), default=verb)
    for at, end in cut(syllables, first, limit):
        if at > first:
            found += _clause(syllables, at, end)
            told = told or max((i.actor.last for i in found), default=None)
        for place in behind_condition(syllables, at, end):
            found += _told_at(syllables, place, end)
        for i in commas(syllables, at + 1, end - 1):
            asks = syllables.folded[i + 1 : i + 3] == ["đề", "nghị"]
            if asks and told is not None and i >= told and not found:
                found += _told_at(syllables, i + 1, end)  # "Việc này Công an xã làm, [đề nghị Đội X] cử người"
            elif lex.heads.at(syllables, i + 1) or lex.quantifiers.at(syllables, i + 1) or connected(syllables, i + 1):
                topic = not head and verb is None and at == first and _own_bodies(syllables, i + 1, end)
                found += _behind_comma(syllables, i, first, end, told=topic or (told is not None and i >= told))
    return found


def _own_bodies(syllables: Syllables, i: int, end: int) -> bool:
    """ "Số liệu chốt ngày 25, [Khoa Dược] phân tích": bodies called by their names, behind what the sentence is about."""
    named = read_actors(syllables, i, end)
    if named is None or any(a.kind == "person" or a.bare or a.quantifier for a in named.actors):
        return False
    return any(w[0].isupper() for w in syllables.words[named.actors[0].first : named.actors[0].last])


def _clause(syllables: Syllables, at: int, end: int) -> list[Involved]:
    """A clause behind a semicolon: "; [Thủ trưởng các đơn vị] chỉ đạo …", "; quá hạn, giao [Sở X] …", "; đề do [Khoa Y] ra"."""
    start = connected(syllables, at) or at
    if start >= end:
        return []
    verb_first = _is_verb(syllables, _skip_adverbs(syllables, start, end), end)
    if start > at and lexicon().assign.at(syllables, start):
        return _told_at(syllables, start, end)  # "; trong đó [giao Ban X] giám sát"
    if not verb_first:
        subject = _find_subject(syllables, start, end, cites=False)
        if subject is not None:
            named = subject[0]
            if is_condition(syllables, named.actors, named.next, end):
                return []
            each = named.actors[0].quantifier in _EACH and not _each_person(syllables, named.actors[0])
            return [] if each or not _worth(named) else _subjects(syllables, named, end, opens=False)
        if lexicon().assign.at(syllables, start) is None:
            order = _find_order(syllables, start, end)
            if order is not None and _worth(order):
                return _asked(order)
    passive = _passive(syllables, start, end, verb_first)
    return [Involved(a, "lead", "assignee.passive") for a in passive[0].actors] if passive else []


def _each_person(syllables: Syllables, actor: Actor) -> bool:
    """ "; mỗi [giáo viên] dạy 02 tiết": people told one by one; "; mỗi xã chọn 01 thôn" only counts."""
    head = actor.first + len(actor.quantifier.split())
    return tuple(syllables.folded[head : head + 2]) in _PEOPLE


def _asked(order: ActorList) -> list[Involved]:
    return [Involved(a, "lead", "assignee.asked") for a in order.actors if not a.beside] + _beside(order)


def _told_at(syllables: Syllables, place: int, end: int) -> list[Involved]:
    """ "thì [Phòng X] lập biên bản", "thì giao [Phòng X] lập biên bản"."""
    given = lexicon().assign.at(syllables, place)
    named = read_actors(syllables, given[1] if given else place, end)
    if named is None or not _worth(named) or any(nobody(syllables, a) for a in named.actors):
        return []
    if not given and syllables.folded[named.next : named.next + 1] == ["đạt"]:
        return []  # "riêng xã A và 2 xã giáp ranh đạt 100%"
    if not given and connected(syllables, place - 2) and any(a.quantifier or a.lower for a in named.actors):
        return []  # "…, trong đó các thôn ven sông phải đạt 90%"
    if governed_verb(syllables, named.next, end) is None:
        return []
    return _asked(named) if given else _subjects(syllables, named, end, opens=False)


def _behind_comma(syllables: Syllables, comma: int, first: int, end: int, *, told: bool) -> list[Involved]:
    """ "A kiểm tra, [B] đôn đốc", "A chủ trì, [B, C] phối hợp", "…, còn [B] chi trả": a body with its own verb."""
    joined = connected(syllables, comma + 1)
    if joined is not None:
        return _told_at(syllables, joined, end) if joined < end else []
    if not told:
        return []
    named = read_actors(syllables, comma + 1, end) or _lone_office(syllables, comma + 1, end)
    if named is None or any(nobody(syllables, a) for a in named.actors) or _announces(syllables, named.next, first):
        return []
    if _takes_part(syllables, named, end) and not _in_list(syllables, comma, first):
        return [Involved(a, "coordinate", "assignee.joins") for a in named.actors]
    opens = _opens_name(syllables, comma + 1) or _own_bodies(syllables, comma + 1, end)
    opens = opens or all(a.kind == "person" and _post_of_field(syllables, a) for a in named.actors)
    if opens and _goes_on_alone(syllables, comma, first, named, end):
        return _subjects(syllables, named, end, opens=False)
    return []


def _takes_part(syllables: Syllables, named: ActorList, limit: int) -> bool:
    """ "…, [B, C] (cùng) tham gia / phối hợp / hỗ trợ"."""
    at = named.next + (1 if syllables.folded[named.next : named.next + 1] == ["cùng"] else 0)
    if at >= limit or tuple(syllables.folded[at : at + 2]) not in _TAKING_PART:
        return False
    return _worth(named) and not any(a.kind == "person" and a.lower for a in named.actors)


def _behind(syllables: Syllables, involved: list[Involved], limit: int) -> set[int]:
    """Places behind who is told: there an order to direct others may open ("…, đề nghị Sở X quan tâm [chỉ đạo] các trường")."""
    lex = lexicon()
    places: set[int] = set()
    for one in involved:
        if one.role != "lead":
            continue
        at = one.actor.last
        while at < limit and not lex.direct.at(syllables, at):  # "chỉ" alone is an adverb
            hit = clause_words().heeding.at(syllables, at) or lex.adverbs.at(syllables, at)
            if hit is None:
                break
            at = hit[1]
        places |= {one.actor.last, at}
    return places


def _opens_name(syllables: Syllables, i: int) -> bool:
    return syllables.words[i][0].isupper() and lexicon().heads.at(syllables, i) is not None


def _goes_on_alone(syllables: Syllables, comma: int, first: int, named: ActorList, limit: int) -> bool:
    """ "UBKT giám sát việc thực hiện, [Văn phòng] đôn đốc": a body with its own verb behind a comma that ends no list of names."""
    called = all(a.kind != "person" or _post_of_field(syllables, a) for a in named.actors)
    if not called or any((a.quantifier and a.kind != "person") or (a.bare and a.kind == "group") for a in named.actors):
        return False
    if not _is_verb(syllables, _skip_adverbs(syllables, named.next, limit), limit):
        return False
    return not _in_list(syllables, comma, first)


def _post_of_field(syllables: Syllables, actor: Actor) -> bool:
    """ "…, [công chức Địa chính] chuẩn bị hồ sơ", "…, [đ/c Phó Hiệu trưởng] duyệt": a post called by its field or by a capital."""
    plural = actor.quantifier.startswith(("các", "mỗi", "từng", "những", "mọi"))
    return not plural and any(w[0].isupper() for w in syllables.words[actor.first : actor.last])


def _in_list(syllables: Syllables, comma: int, first: int) -> bool:
    """Whether a comma stands inside a list of names that begins behind token `first`: "phối hợp với A[,] B kiểm tra".

    A lone syllable ("nghiệp [vụ], …") is no name, and people worked for ("vận động các hộ, Đoàn xã …") begin no list of bodies.
    """
    lex = lexicon()
    for k in range(max(first, comma - _LONGEST_LISTED), comma):
        if not (lex.heads.at(syllables, k) or lex.quantifiers.at(syllables, k)):
            continue
        before = read_actors(syllables, k, comma)
        if before is None or before.next != comma:
            continue
        last = before.actors[-1]
        lone = last.last == last.first + 1 and last.lower
        people = last.lower and not last.quantifier and syllables.folded[k - 1] not in _BEFORE_LISTED
        served = last.lower and syllables.folded[last.first + len(last.quantifier.split())] in _SERVED
        capital = any(w[0].isupper() for w in syllables.words[comma + 1 : comma + (4 if served else 2)])
        capital_next = syllables.words[comma + 1][0].isupper()
        place = (
            capital_next
            and last.lower
            and syllables.folded[k - 1] in _AT_PLACES
            and _own_bodies(syllables, comma + 1, comma + 8)
        )
        if not lone and not ((people or served) and capital) and not place:
            return True
    return False


def _plainly_directed(syllables: Syllables, named: ActorList, limit: int) -> bool:
    """ "Chỉ đạo [chủ hồ] bố trí lực lượng": a lone common noun that is no verb, with a verb behind it."""
    only = named.actors[0]
    if only.last == only.first + 1 and syllables.folded[only.first] in _BARE_LEVELS:
        return False  # "lãnh đạo [huyện] phân công nhau …"
    return lexicon().verbs.at(syllables, only.first) is None and governed_verb(syllables, named.next, limit) is not None


def _supporting(syllables: Syllables, first: int, limit: int, *, clause_starts: set[int], acts: bool) -> list[Involved]:
    """Bodies that coordinate, are directed, or are reported to, anywhere in the sentence.

    `acts` is true where the sentence has a subject that works itself; `clause_starts` are places where an order to direct others opens: the sentence, and behind its subject.
    """
    lex = lexicon()
    sharing_first = clause_words().sharing_first
    found: list[Involved] = []
    i = first
    while i < limit:
        if syllables.folded[i] not in lex.supporting_first and syllables.folded[i] not in sharing_first:
            i += 1
            continue
        clause_head = i in clause_starts or syllables.words[i - 1] == ";" or _given_opinion(syllables, i, clause_starts)
        asked = syllables.folded[i - 2 : i] in (["đề", "nghị"], ["yêu", "cầu"]) and (
            i - 2 in clause_starts or (syllables.words[i - 3] == "," and i - 3 > first)
        )
        clause_head = clause_head or asked  # "Chi cục X: đề nghị [chỉ đạo] các Đội …"
        clause_head = clause_head or (
            syllables.folded[i - 1] in {"và", ","} and _verb_between(syllables, i - 1, clause_starts)
        )
        hit = lex.coordinate.at(syllables, i) or _together(syllables, i)
        if hit:
            named = read_actors(syllables, _skip_joiners(syllables, hit[1], limit), limit)
            if named and syllables.folded[i] in _MEETING and any(a.lower and not a.quantifier for a in named.actors):
                named = None  # "liên kết với doanh nghiệp …", "làm việc với chủ mỏ …" is the work itself
            if named and (_worth(named) or _plainly_directed(syllables, named, limit)):
                found += [Involved(a, "coordinate", "assignee.coordinates") for a in named.actors]
                i = named.next
                continue
        split = _shared_work(syllables, i, limit)
        if split is not None:
            found += [Involved(a, "coordinate", "assignee.coordinates") for a in split.actors]
            i = split.next
            continue
        directed = lex.direct.at(syllables, i) or (lex.guide.at(syllables, i) if clause_head else None)
        if tuple(syllables.folded[i : i + 2]) == ("đề", "nghị") and syllables.words[i - 1] == ";":
            named = read_actors(syllables, i + 2, limit)
            if named and _worth(named):
                found += _asked(named)
                i = named.next
                clause_starts = clause_starts | {i}
                continue
        handed_on = _directs_on(syllables, i, limit) or (
            syllables.folded[i] == "giao" and syllables.words[i - 1] == ","
        )  # "…, giao đài truyền thanh xã …"
        if directed and (clause_head or handed_on or _after_subject(syllables, i, first)):
            named = read_actors(syllables, _skip_guides(syllables, directed[1], limit), limit)
            if named and (_worth(named) or _plainly_directed(syllables, named, limit)):
                # "Giao X …; giao Y …": both are told by the same voice
                told = syllables.folded[i] == "giao" and syllables.words[i - 1] == ";"
                told = told and not (acts and _may_give(syllables, first, limit))
                role: Role = "lead" if told else "implement"
                found += [Involved(a, role, "assignee.directed") for a in named.actors if not a.beside]
                found += _beside(named)
                i = named.next
                clause_starts = clause_starts | ({i} if told else set())
                continue
        hit = lex.report.at(syllables, i)
        if hit:
            named = read_actors(syllables, hit[1], limit) or _sent_to(syllables, hit[1], limit)
            if named and all(a.kind in _INSTITUTIONS or not a.lower for a in named.actors):
                found += [Involved(a, "report_to", "assignee.reported_to") for a in named.actors]
                i = named.next
                continue
        i += 1
    return found


def _shared_work(syllables: Syllables, i: int, limit: int) -> ActorList | None:
    """ "trao đổi [số liệu] với Trạm Y", "đối chiếu [công nợ] với UBND các xã", "lấy ý kiến Phòng Z": who has a part in the work."""
    asked = clause_words().consulting.at(syllables, i)
    if asked is not None:
        named = read_actors(syllables, _skip_joiners(syllables, asked[1], limit), limit)
        return named if named is not None and _named_bodies(syllables, named) else None
    shared = clause_words().sharing.at(syllables, i)
    if shared is None:
        return None
    for at in range(shared[1], min(limit - 1, shared[1] + _SHARED_REACH)):
        verb = lexicon().verbs.at(syllables, at)
        if not syllables.words[at][0].isalnum() or (verb is not None and verb[1] > at + 1):
            return None
        if syllables.folded[at] in {"với", "cùng"}:
            named = read_actors(syllables, at + 1, limit)
            return named if named is not None and _named_bodies(syllables, named) else None
    return None


def _named_bodies(syllables: Syllables, named: ActorList) -> bool:
    """Bodies with a name or an office of their own, no people of a kind."""
    return all(
        (a.kind == "organisation" or (a.kind == "group" and not a.bare))
        and any(w[0].isupper() for w in syllables.words[a.first : a.last])
        for a in named.actors
    )


def _directs_on(syllables: Syllables, i: int, limit: int) -> bool:
    """ "…, [chỉ đạo] UBND xã X canh gác": behind a comma an order to direct a body that has a verb of its own."""
    if syllables.folded[i : i + 2] != ["chỉ", "đạo"] or syllables.words[i - 1] not in {",", ";"}:
        return False
    named = read_actors(syllables, i + 2, limit)
    return named is not None and _worth(named) and governed_verb(syllables, named.next, limit) is not None


def _may_give(syllables: Syllables, first: int, limit: int) -> bool:
    """Whether the subject of a sentence has bodies under it to give work to: "[UBND xã] …; giao Công an xã …"."""
    found = read_actors(syllables, first, limit)
    if found is None:
        return False
    givers = clause_words().givers
    return any(givers.at(syllables, a.first + len(a.quantifier.split())) for a in found.actors)


def _together(syllables: Syllables, i: int) -> tuple[str, int] | None:
    """ "…, [cùng] Văn phòng kiểm dò": not "cùng kỳ", nor "A, B cùng tham gia"."""
    level = syllables.folded[i + 1 : i + 2] == ["cấp"] and syllables.folded[i + 2 : i + 3] != ["ủy"]  # "UBND cùng cấp"
    return ("coordinate", i + 1) if syllables.folded[i] == "cùng" and not level else None


def _sent_to(syllables: Syllables, i: int, limit: int) -> ActorList | None:
    """ "gửi [kết quả] về Sở X", "báo cáo [khó khăn] cho Phòng Y"."""
    for at in range(i, min(limit - 1, i + _REPORTED)):
        if not syllables.words[at][0].isalnum() or lexicon().verbs.at(syllables, at):
            return None
        if syllables.folded[at] in {"về", "cho", "tới", "đến"}:
            named = read_actors(syllables, at + 1, limit)
            return named if named and _worth(named) else None
    return None


def _verb_between(syllables: Syllables, i: int, clause_starts: set[int]) -> bool:
    """ "Phối hợp và chỉ đạo …": one verb between the head of the clause and token `i`."""
    lex = lexicon()
    for start in (c for c in clause_starts if c < i):
        at: int | None = start
        while at is not None and at < i:
            verb = lex.verbs.at(syllables, at) or lex.heads.at(syllables, at)  # "Lãnh đạo" is a verb here
            if verb is not None and verb[1] == i:
                return True
            hit = lex.strong.at(syllables, at) or lex.adverbs.at(syllables, at)
            at = hit[1] if hit else None
    return False


def _given_opinion(syllables: Syllables, i: int, clause_starts: set[int]) -> bool:
    """ "đề nghị Bộ X có ý kiến chỉ đạo Cục Y"."""
    if i - 3 not in clause_starts:
        return False
    return tuple(syllables.folded[i - 3 : i]) in {("có", "ý", "kiến"), ("cho", "ý", "kiến")}


def _after_subject(syllables: Syllables, i: int, first: int) -> bool:
    """ "UBND xã chỉ đạo …": the word before belongs to the sentence's subject, or an adverb stands between."""
    found = read_actors(syllables, first, i)
    if found is None:
        return False
    return _skip_adverbs(syllables, found.next, i + 1) >= i or found.next == i


def _skip_joiners(syllables: Syllables, i: int, limit: int) -> int:
    while i < limit and syllables.folded[i] in _JOINERS:
        i += 1
    return i


def _skip_guides(syllables: Syllables, i: int, limit: int) -> int:
    """ "chỉ đạo, hướng dẫn, đôn đốc [các trường]"."""
    guides: tuple[TermIndex, ...] = (lexicon().guide, lexicon().direct)
    while i + 1 < limit and syllables.words[i] in {",", "và"}:
        hit = next((h for index in guides if (h := index.at(syllables, i + 1))), None)
        verb = lexicon().verbs.at(syllables, i + 1)
        if hit is None and verb is not None and verb[1] < limit and syllables.words[verb[1]] in {",", "và"}:
            hit = verb  # "chỉ đạo, kiểm tra, đôn đốc cơ quan …"
        if hit is None:
            break
        i = hit[1]
    return i


def _worth(named: ActorList) -> bool:
    """A lone common noun without "các" is no body: "chỉ đạo tổ chức …"."""
    only = named.actors[0]
    several = len(named.actors) > 1 or only.last - only.first > 4  # "cán bộ quản lý, giáo viên, người lao động"
    several = several or (not only.lower and only.last - only.first > 2)  # "Trạm Y tế"
    return several or bool(only.quantifier) or only.kind != "group" or not only.bare


def _unique(involved: list[Involved], syllables: Syllables) -> list[Involved]:
    order = {"lead": 0, "implement": 1, "coordinate": 2, "report_to": 3}
    kept: list[Involved] = []
    for one in sorted(involved, key=lambda i: order[i.role]):
        if not any(k.actor.first < one.actor.last and one.actor.first < k.actor.last for k in kept):
            kept.append(one)
    return kept
