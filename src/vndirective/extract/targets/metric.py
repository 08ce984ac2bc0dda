"""What a figure measures: the clause around it, without who acts, what compares and by when.

"Trạm X tổ chức tiêm phòng, bảo đảm tỷ lệ tiêm đạt trên 80% tổng đàn trước ngày 15/5" ─▶ "tỷ lệ tiêm tổng đàn"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.targets.comparators import comparator_of
from vndirective.extract.targets.due import YEAR_END, Term
from vndirective.extract.targets.goals import goes_on_from
from vndirective.extract.targets.quantities import COUNT, COUNT_IN_WORDS, OF_TOTAL, PERCENT, Quantity, is_measure
from vndirective.lexicons import table
from vndirective.parsers.source import Span

_COMPARING = re.compile(
    r"(?:\s*(?:(?<!\w)(?:đạt|từ|trên|hơn|dưới|mức|ít nhất|tối thiểu|không dưới|không (?:vượt )?quá|không thấp hơn|không ít hơn|không cao hơn|tối đa|khoảng|còn|xuống|lên|tới|là)(?!\w)|[:≥≤<>=]))+\s*$",
    re.IGNORECASE,
)
# "bảo đảm" in the middle of a clause belongs to what is measured ("điện đảm bảo chất lượng")
_AIMING = re.compile(
    r"(?:(?:^|[,.;:]\s*)(?:bảo đảm|đảm bảo|để)|(?<!\w)(?:phấn đấu|nhằm|sao cho|trong đó|(?<!chương trình )mục tiêu(?! quốc gia)|để (?:bảo đảm|đảm bảo)))(?:\s+(?:bảo đảm|đảm bảo))*\s+"
)
_OPENS = re.compile(r"^\s*(?:đạt(?: chỉ tiêu)?|có)\s+(?=\w)", re.IGNORECASE)
_FEWEST_WORDS = 4  # of a clause; with fewer, what is measured stands in the clause before
_LEAST_LEFT = 3  # words that must remain behind a border for it to be one
_LINKING = frozenset(["đạt", "từ", "trên", "hơn", "dưới", "mức", "còn", "là", "trở", "lên", "có", ":", "với", "phải"])
# "riêng các xã vùng cao xuống dưới 30%": a part of what the figure before it measures
_PART_OF = re.compile(r"\s*(?:riêng|trong đó)(?!\w)")
# "tỷ lệ bao phủ", "tổng vốn" alone: of what, the clause before says
_OF_WHAT = re.compile(
    r"\s*(?:tỷ lệ|tỉ lệ|tổng|số|mức)(?:\s(?:bao phủ|đạt|hoàn thành|thực hiện|tham gia|vốn|giá trị|kinh phí|tiền))?\s*$"
)
# "tỷ lệ tiêm", "thời gian chờ", "(tổng chiều dài": two words do not tell of what either, where nothing stands behind the figure
_BARE_HEAD = re.compile(
    r"\W*(?:tỷ lệ|tỉ lệ|thời gian|thời lượng|tổng|tổng số|diện tích|chiều dài|số|mức|quy mô|năng suất)(?:\s[^\W\d_]+){0,2}\s*(?:rút|giảm|tăng|nâng)?\s*$"
)
_WORKING = re.compile(r"^\s*làm việc(?!\w)")  # "25 ngày [làm việc]"
_TIME_ALONE = re.compile(r"(?<!\w)(?:(?:quý (?:iv|i{1,3})|tháng \d{1,2}|năm \d{4})(?:/\d{4})?|về|riêng)(?!\w)")
# whom or what a share is of, and no verb: "cấp cơ sở", "thể thấp còi", "các xã vùng cao", "Xí nghiệp Cấp nước số 2"
_PART_NAMED = re.compile(
    r"(?:riêng )?(?:cấp|thể|các (?:xã|huyện|tỉnh|phường|trường|đơn vị|khối|lớp|môn|địa phương)|khu vực|khu|vùng|miền|khối|nhóm|xã|phường|thị trấn|huyện|thành phố|tỉnh|trường|môn|lớp|xí nghiệp|chi nhánh|công ty|thành thị|nông thôn|đồng bằng|nữ|nam|bậc|số còn lại|nơi khác)(?: (?!có|được|đạt|ký|thực|hoàn)[^\W_]+){0,6}"
)
# "đạt 88 điểm, tăng 10 bậc so với năm trước": what moves stands in the clause before
_MOVES_ALONE = re.compile(r"\s*(?:tăng|giảm|nâng|cao hơn|thấp hơn)\s*")
_TIME_WORDS = re.compile(
    r"(?<!\w)(?:trước|vào|đến|tới|hết|trong|khi kết thúc|(?:vào|đến) cuối)\s(?:(?:ngày|tháng|quý|năm)\s)?(?:\d[\d/.-]*|[ivx]+(?:/\d{4})?)(?!\w)"
)
_PREDICATE = re.compile(r"(?<!\w)(?:được|có|đạt|là|bị|tham gia|hoàn thành|thực hiện|sử dụng|giữ|đi|ra)(?!\w)")
_BARE_LEFT = re.compile(
    r"(?:[-+•≥>:\s]|(?<!\w)(?:có|thêm|đạt|phấn đấu|bảo đảm|đảm bảo|và|cho|trong đó|riêng|tổ chức cho|vận động|yêu cầu|hướng dẫn|để)(?!\w))*$"
)
_LISTED_WORDS = 6  # of a thing counted before the comma that lists the next: "70% số xã vùng nông thôn, miền núi có …"
# words that measure nothing by themselves: "toàn huyện phải đạt", "phấn đấu cả năm", "xử lý xong"
_SAYS_NOTHING = re.compile(
    r"(?<!\w)(?:mỗi|bình quân mỗi) (?:ngày|tuần|tháng|quý|năm)(?!\w)|"
    r"(?<!\w)(?:toàn (?:tỉnh|thành phố|huyện|thị xã|xã|phường|ngành|trường|quốc|viện|công ty|khối|đơn vị)|cả (?:nước|năm|tỉnh|huyện|xã|trường|đợt)|phấn đấu|xác định|chỉ tiêu|mục tiêu|nhưng|xong|phải|cần|mức|không vượt|"
    r"bảo đảm|đảm bảo|từ nay|(?:trong )?(?:hai|ba|bốn|\d+) (?:năm|tháng|quý) (?:\d[\d/]*(?:,? và |, |-)?)*)(?!\w)"
)
_FIGURES_ASIDE = re.compile(r"\([^()]*\d[^()]*\)")
_CONTENT_WORDS = 3  # fewer do not say what is measured
_SHARED_WORDS = 5  # between two figures of one thing: "60%, đến ngày 30/6 xử lý dứt điểm 100% diện tích vi phạm"
_LONGEST = 28  # words of a metric that had to look further back
# "04 tin, bài phản ánh …", "60 cán bộ, chiến sĩ giúp …": the comma lists what is counted, no new clause begins
_NEXT_THING = re.compile(r",\s(?P<two>(?P<one>[^\W\d_]+)\s[^\W\d_]+)")
_BODY_HAS = re.compile(r"\s(?:có|kinh tế|tín dụng|đảng|xã hội|thuộc|được|và)(?!\w)|,? cá nhân")
_NO_THING = frozenset(
    [
        "trong",
        "đến",
        "trước",
        "hoàn",
        "phấn",
        "bảo",
        "đảm",
        "riêng",
        "có",
        "đạt",
        "và",
        "mỗi",
        "từ",
        "xong",
        "hạn",
        "chậm",
        "danh",
        "gửi",
        "để",
        "nhằm",
        "theo",
        "do",
        "còn",
        "không",
        "là",
        "với",
        "tại",
        "ở",
        "chia",
        "ưu",
        "lịch",
        "mức",
        "kinh",
        "thời",
        "tổng",
    ]
)
_COUNTS = (COUNT, COUNT_IN_WORDS, OF_TOTAL)


@dataclass(frozen=True, slots=True)
class Clause:
    """Where the clause around a figure begins and ends, as offsets in the stretch."""

    left: int
    right: int


def clause_of(quantities: Sequence[Quantity], i: int, text: str, folded: str) -> Clause:
    """Back to the sentence, the colon, the clause of the figure before or a new subject; on to the next border."""
    quantity = quantities[i]
    open_text = _without_brackets(folded, quantity)
    left = max((m.end() for m in re.finditer(r"[;:(]\s|\(|[.]\s", open_text[: quantity.start])), default=0)
    if i and quantities[i - 1].end > left:
        earlier = quantities[i - 1].end
        between = open_text[earlier : quantity.start]
        border = re.search(r"[,(]|\s(?:và|lên)\s(?!$)", between)
        left = earlier + (border.end() if border else 0)
        if between.endswith(" và "):  # "92% thôn, khối phố và 100% xã …"
            left = quantity.start
    following = quantities[i + 1].start if i + 1 < len(quantities) else len(text)
    border = _right_border().search(open_text[quantity.end : following])
    right = max(quantity.end + border.start() if border else following, quantity.end)
    if (
        border
        and border.group() == ","
        and (_goes_on(quantity, left, right, folded) or _lists_things(quantity, right, folded))
    ):
        border = _further_border().search(open_text, right + 1, following)
        right = border.start() if border else following
    opening = _COMPARING.sub("", YEAR_END.sub("", open_text[left : quantity.start]))
    behind = _TIME_WORDS.sub("", open_text[quantity.end : right])
    moves = _MOVES_ALONE.fullmatch(opening) and (not behind.strip() or behind.lstrip().startswith("so với"))
    behind = _WORKING.sub("", behind)
    bare = not behind.strip() and _BARE_HEAD.fullmatch(opening) is not None
    aside = not opening.strip() and open_text[left - 1 : left] == "("  # "… (tối thiểu 04 tiết)"
    if bare or aside or (i and (_PART_OF.match(opening) or _OF_WHAT.fullmatch(opening) or moves)):
        left = max((m.end() for m in re.finditer(r"[;]\s|[.]\s", open_text[: quantity.start])), default=0)
        return Clause(left, right)
    words = YEAR_END.sub("", opening + behind).split()
    if len([w for w in words if w not in _LINKING]) < _FEWEST_WORDS - 1:
        # "…, đến năm 2025 từ 50 triệu đồng": what is measured stands in the clause before
        left = max((m.end() for m in re.finditer(r"[;]\s|[.]\s", open_text[: quantity.start])), default=0)
    return Clause(left, right)


def _goes_on(quantity: Quantity, left: int, right: int, folded: str) -> bool:
    """ "95% bác sĩ, điều dưỡng được tập huấn": the comma lists what is counted, what is told of it stands behind."""
    behind = folded[quantity.end : right]
    return (
        _BARE_LEFT.fullmatch(_COMPARING.sub("", YEAR_END.sub("", folded[left : quantity.start]))) is not None
        and len(behind.split()) <= _LISTED_WORDS
        and _PREDICATE.search(behind) is None
        and _PREDICATE.search(folded[right : right + 60]) is not None
    )


def _lists_things(quantity: Quantity, right: int, folded: str) -> bool:
    """ "04 tin, bài phản ánh nơi làm tốt": directly behind the counted noun a second one, no verb."""
    listed = _NEXT_THING.match(folded, right) if right == quantity.end and quantity.rule in _COUNTS else None
    if listed is None or listed.group("one") in _NO_THING:
        return False
    if listed.group("two") == "tổ chức" and _BODY_HAS.match(folded, listed.end()):
        return True  # "12 doanh nghiệp, tổ chức có hoạt động …"
    return not any(listed.group(g) in verbs for g in ("one", "two") for verbs in _verb_lists())


@lru_cache(maxsize=1)
def _verb_lists() -> tuple[frozenset[str], ...]:
    verbs, targets = table("verbs"), table("targets")
    return tuple(frozenset(words) for words in (verbs["verb"], verbs["brief"], targets["produce"], targets["achieve"]))


@lru_cache(maxsize=1)
def _further_border() -> re.Pattern[str]:
    return re.compile(r"[;()]|[.](?:\s|$)|,\s(?=\d|trên|dưới|ít nhất|tối thiểu)|,\s(?:phấn đấu|trong đó|riêng|bảo đảm)")


def metric_of(
    quantities: Sequence[Quantity],
    i: int,
    clause: Clause,
    text: str,
    folded: str,
    terms: Sequence[Term],
    actors: Sequence[Span],
) -> str:
    """What is measured, in the document's words. `terms` and `actors` are offsets in the stretch.

    Where its own clause does not say it ("đến 30/6 phải đạt 100%"), who acts is taken in, then what a figure behind it
    shares with it, then the sentence and the one before it.
    """
    quantity = quantities[i]
    left = _subject_begins(quantity, clause, folded, actors)
    said = _words(left, quantity, clause, text, folded, terms)
    first = _first_of_list(quantities, i, folded)
    if first < i:  # "giám sát 04 tổ chức đảng, 08 đảng viên": what is done stands before the first
        whole = clause_of(quantities, first, text, folded)
        begins = _subject_begins(quantities[first], whole, folded, actors)
        lead = _COMPARING.sub("", text[begins : quantities[first].start]).strip(" ,;:.-+(")
        said = f"{lead} {said}".strip()
    if _names_a_part(quantities, i, clause, said, folded):
        earlier = clause_of(quantities, i - 1, text, folded)
        return f"{metric_of(quantities, i - 1, earlier, text, folded, terms, actors)} {said}"
    if _says(said):
        listed = quantity.rule in _COUNTS and not text[quantity.end : clause.right].strip()
        return f"{said} {_shared(quantities, i, text, folded)}".strip() if listed else said
    said = _words(_subject_begins(quantity, clause, folded, ()), quantity, clause, text, folded, terms)
    shared = _shared(quantities, i, text, folded)
    if _says(f"{said} {shared}"):
        return f"{said} {shared}".strip()
    for start in _further_back(clause.left, folded):
        wider = _words(start, quantity, clause, text, folded, terms)
        if _says(wider):
            return " ".join(wider.split()[-_LONGEST:])
    return said


def _names_a_part(quantities: Sequence[Quantity], i: int, clause: Clause, said: str, folded: str) -> bool:
    """ "… được ký số; [cấp cơ sở] đạt 85%": only of whom; what is measured stands with the share before it."""
    if not i or quantities[i].rule is not PERCENT or quantities[i - 1].rule is not PERCENT:
        return False
    behind = re.sub(r"\s*trở (?:lên|xuống)", "", folded[quantities[i].end : clause.right])
    between = folded[quantities[i - 1].end : quantities[i].start]
    return not behind.strip() and ". " not in between and _PART_NAMED.fullmatch(said.lower()) is not None


def _first_of_list(quantities: Sequence[Quantity], i: int, folded: str) -> int:
    """Where the list begins that a figure goes on with."""
    while i and quantities[i].rule is COUNT and goes_on_from(quantities[i - 1], quantities[i], folded):
        i -= 1
    return i


def _words(left: int, quantity: Quantity, clause: Clause, text: str, folded: str, terms: Sequence[Term]) -> str:
    """The words from `left` to the end of the clause, without the figure, what compares it, times and asides in figures."""
    before, after = text[left : quantity.start], text[quantity.end : clause.right]
    for term in sorted(terms, key=lambda t: -t.start):
        if left <= term.start and term.end <= quantity.start:
            before = before[: term.start - left] + before[term.end - left :]
        elif quantity.end <= term.start and term.end <= clause.right:
            after = after[: term.start - quantity.end] + after[term.end - quantity.end :]
    before = _OPENS.sub("", _COMPARING.sub("", YEAR_END.sub("", _FIGURES_ASIDE.sub(" ", before))))
    after = YEAR_END.sub("", _FIGURES_ASIDE.sub(" ", after))
    after = re.sub(r"^\s*(?:trở (?:lên|xuống)|làm việc)(?!\w)", "", after)
    counted = quantity.unit if quantity.rule in _COUNTS and not is_measure(quantity.unit) else ""
    joined = " ".join(f"{_closed(before)} {counted} {after}".split()).strip(" ,;:.-+(")
    return re.sub(r"(?:\s(?:và|hoặc))$", "", _upward_taken(joined, quantity, clause, folded))


def _closed(before: str) -> str:
    """Without the bracket that the figure stands in: "tu sửa đường băng (tổng chiều dài …"."""
    return before.replace("(", " ") if before.count("(") > before.count(")") else before


def _says(words: str) -> bool:
    """Whether words are enough to tell what is measured."""
    plain = _TIME_WORDS.sub(" ", _SAYS_NOTHING.sub(" ", words.lower()))
    return len([w for w in re.findall(r"[^\W\d_]+", plain) if w not in _LINKING]) >= _CONTENT_WORDS


def _shared(quantities: Sequence[Quantity], i: int, text: str, folded: str) -> str:
    """What stands behind the next figure of the same unit, where only its time and its verb stand between the two."""
    if i + 1 == len(quantities):
        return ""
    quantity, following = quantities[i], quantities[i + 1]
    between = folded[quantity.end : following.start]
    if re.match(r"(?:\s?trở lên)?(?:,|\svà\s)", between) is None or re.search(r"[;:]|[.]\s", between):
        return ""
    plain = _TIME_WORDS.sub(" ", YEAR_END.sub(" ", _COMPARING.sub(" ", between)))
    if len([w for w in re.findall(r"[^\W\d_]+", plain) if w not in _LINKING]) > _SHARED_WORDS:
        return ""
    border = re.search(r"[;()]|,(?!\s[^\W\d_]+\s[^\W\d_]+\s(?:có|được|giữ|đạt))|[.](?:\s|$)", text[following.end :])
    end = following.end + border.start() if border else len(text)
    counted = following.unit if following.rule in _COUNTS and following.unit != quantity.unit else ""
    return " ".join(re.sub(r"^\s*trở lên", "", f"{counted} {text[following.end : end]}").split())


def _further_back(left: int, folded: str) -> list[int]:
    """Where the sentence of a clause begins, and the sentences before it, nearest first."""
    starts = [0, *(m.end() for m in re.finditer(r"[.;]\s", folded[:left]))]
    return [s for s in reversed(starts) if s <= left][:3]


def _upward_taken(words: str, quantity: Quantity, clause: Clause, folded: str) -> str:
    """Without the "trở lên" at the end that compares the figure ("05 mỏ … trở lên"); that of a grade stays."""
    compares = comparator_of(quantity, folded, clause.right) == "ge"
    return words.removesuffix(" trở lên") if compares else words


def _subject_begins(quantity: Quantity, clause: Clause, folded: str, actors: Sequence[Span]) -> int:
    """Where what is measured begins: behind who acts, behind "bảo đảm", at a new "tỷ lệ …"."""
    left = clause.left
    remaining = len(_TIME_WORDS.sub("", _WORKING.sub("", folded[quantity.end : clause.right])).split())
    for actor in actors:
        if folded.startswith("mỗi ", actor.start) or folded[: actor.start].endswith("mỗi "):
            continue  # "mỗi trường có …": for each of whom it is measured
        if clause.left <= actor.start and actor.end <= quantity.start and actor.start - clause.left <= 12:
            left = max(left, actor.end)
    borders = [m.end() for m in _AIMING.finditer(folded, left, quantity.start)]
    borders += [m.start("head") for m in _measured().finditer(folded, left, quantity.start)]
    for border in sorted(borders, reverse=True):
        plain = _COMPARING.sub("", folded[border : quantity.start])
        if len(plain.split()) + remaining >= _LEAST_LEFT and not (
            remaining == 0 and (_OF_WHAT.fullmatch(plain) or _BARE_HEAD.fullmatch(plain) or _only_times(plain))
        ):
            return border
    return left


def _only_times(plain: str) -> bool:
    """ "trong đó [quý II về mức] 20%": nothing that is measured."""
    return not _TIME_ALONE.sub("", plain).strip()


@lru_cache(maxsize=1)
def _measured() -> re.Pattern[str]:
    heads = "|".join(re.escape(h) for h in sorted(table("targets")["measured"], key=len, reverse=True))
    return re.compile(rf",\s(?:nâng |giảm |đưa |giữ )?(?P<head>{heads})(?!\w)")


@lru_cache(maxsize=1)
def _right_border() -> re.Pattern[str]:
    heads = "|".join(re.escape(h) for h in sorted(table("targets")["measured"], key=len, reverse=True))
    return re.compile(rf",(?!\s(?:19|20)\d\d(?!\d))|[;()]|[.](?:\s|$)|\svà (?={heads}\s)")


def _without_brackets(folded: str, quantity: Quantity) -> str:
    """Words in brackets blanked out at equal length, unless the figure stands in them."""
    return re.sub(
        r"\([^()]*\)",
        lambda m: m.group() if m.start() <= quantity.start < m.end() else " " * len(m.group()),
        folded,
    )
