"""Figures with their units in a stretch of text: shares, sums, levels, counted things.

"đạt từ 45% trở lên" ─▶ 45 %     "65 đến 70 triệu đồng" ─▶ 65000000 .. 70000000 đồng     "07 phòng học kiên cố" ─▶ 7 phòng học
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.rules import Rule
from vndirective.extract.targets.figures import (
    NUMBER,
    SCALE,
    TENS,
    UNITS,
    WORDS,
    scale_of,
    share_of,
    value_in_words,
    value_of,
)
from vndirective.lexicons import table
from vndirective.parsers.source import Span
from vndirective.segment.sentences import words
from vndirective.segment.syllables import fold

_RANGE = rf"(?P<value>{NUMBER})(?:\s?[%‰]?\s?(?:-|–|đến|tới)\s?(?P<max>{NUMBER}))?"
_BEGINS = r"(?<![\d/.,–-])(?<!\d[-–] )(?<!\d [-–] )"
_SPELT_OUT = r"(?:\s?\([^()\d]{3,40}\))?"
_NOUN = r"[^\W\d_][\w²³]*(?:\s?/\s?(?:[\d.]+\s)?[^\W\d_][\w²³]*(?:\sđêm)?)*"

PERCENT = Rule(
    id="target.percent",
    cue="… %, … ‰, … phần trăm",
    meaning="a share to reach",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(rf"(?<![\d/.,]){_RANGE}{_SPELT_OUT}\s?(?P<unit>%|‰|phần trăm|phần nghìn)", re.IGNORECASE),
    examples=("đạt từ 45% trở lên", "tỷ lệ lấp đầy đạt 60-70%", "57% đến 58%", "giảm sinh 0,1‰", "90 phần trăm"),
    counter_examples=("năm 2025", "lớp 10"),
)
PERCENT_IN_WORDS = Rule(
    id="target.percent_in_words",
    cue="… mươi phần trăm",
    meaning="a share to reach, its number spelt out",
    seen="chỉ thị, nghị quyết của cấp ủy cơ sở",
    pattern=re.compile(rf"(?<!\w)(?P<value>{WORDS})\s(?P<unit>phần trăm)(?!\w)", re.IGNORECASE),
    examples=("bảy mươi lăm phần trăm hội viên", "một trăm phần trăm"),
    counter_examples=("một phần trăm năm", "75%"),
)
FOREIGN_MONEY = Rule(
    id="target.foreign_money",
    cue="… USD",
    meaning="a sum to reach in another money than đồng",
    seen="chỉ tiêu xuất khẩu, thu hút đầu tư",
    pattern=re.compile(
        rf"{_BEGINS}{_RANGE}\s?(?P<scale>{SCALE})?\s?(?P<unit>USD|EUR|đô la Mỹ|đô la)(?!\w)", re.IGNORECASE
    ),
    examples=("đạt 320 triệu USD", "trên 1,2 tỷ USD"),
    counter_examples=("320 triệu đồng",),
)
MONEY = Rule(
    id="target.money",
    cue="… đồng",
    meaning="a sum to reach, in đồng; `per` is what the sum is for one of",
    seen="chỉ tiêu quỹ, thu ngân sách",
    pattern=re.compile(
        rf"{_BEGINS}{_RANGE}{_SPELT_OUT}\s?(?P<scale>{SCALE}|tr\.?)?\s?(?P<unit>đồng(?!\s+(?:hồ|bào|chí|nghiệp|cỏ|ruộng|đội|lúa)(?!\w))|đ(?![\w/])|vnđ|vnd)(?!\w)(?P<per>(?:\s?/\s?[^\W\d_]+)*)",
        re.IGNORECASE,
    ),
    examples=("đạt 35 triệu đồng trở lên", "từ 1,5 tỷ đồng", "120 trđ", "65 đến 70 triệu đồng/người/năm"),
    counter_examples=("35 triệu người", "02 đ/c", "thay 1.500 đồng hồ nước"),
)
SHORT_MONEY = Rule(
    id="target.short_money",
    cue="… tỷ",
    meaning="a sum to reach, đồng left unsaid",
    seen="chỉ tiêu thu ngân sách trong bảng, phát biểu kết luận",
    pattern=re.compile(
        rf"{_BEGINS}{_RANGE}\s?(?P<scale>nghìn tỷ|ngàn tỷ|tỷ|tỉ)(?=\s*(?:$|[,;.)]|trở|vào|trong|trước|đến))",
        re.IGNORECASE,
    ),
    examples=("đạt 85 tỷ.", "trên 3 tỷ trong năm 2025"),
    counter_examples=("85 tỷ đồng", "1,2 tỷ USD"),
)
SHARE = Rule(
    id="target.share",
    cue="2/3 số …, một nửa số …",
    meaning="a share to reach, written as a fraction",
    seen="nghị quyết chi bộ, quy ước, kết luận",
    pattern=re.compile(
        r"(?<![\d/\w])(?P<value>\d{1,2}/\d{1,2}|một nửa|(?:một|hai|ba) phần (?:ba|tư|năm))\s(?P<unit>(?:tổng )?(?:số|diện tích|dân số)(?:\s[^\W\d_]+)?)",
        re.IGNORECASE,
    ),
    examples=("2/3 số hộ trong thôn", "một nửa số chợ", "hai phần ba diện tích lúa"),
    counter_examples=("tỷ lệ 1/500", "8/17 xã"),
)
OF_TOTAL = Rule(
    id="target.of_total",
    cue="…/… + danh từ",
    meaning="so many of all there are",
    seen="chỉ tiêu xây dựng nông thôn mới: 19/19 tiêu chí",
    pattern=re.compile(rf"(?<![\d/\w.,-])(?P<value>\d{{1,4}})/(?P<total>\d{{1,4}})\s(?P<unit>{_NOUN})", re.IGNORECASE),
    examples=("đạt 19/19 tiêu chí", "có 09/14 xã hoàn thành"),
    counter_examples=("ngày 20/9/2025", "2/3, 3/4"),
)
LEVEL = Rule(
    id="target.level",
    cue="… điểm, … phút, … lần, … bậc, … tuổi",
    meaning="a level to reach in points, a time to come down to, a multiple",
    seen="chỉ tiêu cải cách hành chính, bệnh viện, cảng",
    pattern=re.compile(
        rf"{_BEGINS}{_RANGE}\s?(?P<unit>điểm|giây|phút|giờ|ngày(?!\scông)|lần|bậc|tuổi|năm(?!\s?\d))(?!\w)",
        re.IGNORECASE,
    ),
    examples=("không thấp hơn 88 điểm", "xuống dưới 45 phút", "gấp 1,5 lần", "tuổi thọ trung bình đạt 74 tuổi"),
    counter_examples=("lần 2", "ngày 15"),
)
COUNT = Rule(
    id="target.count",
    cue="có, đạt, xây dựng, thành lập … + danh từ",
    meaning="a number of things to have",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(
        rf"{_BEGINS}{_RANGE}(?:{_SPELT_OUT}\s(?:(?P<scale>triệu|nghìn|ngàn|vạn)\s)?|(?=ha\b|km|m[²³23]?\b|tấn|kg))(?P<unit>{_NOUN})(?!\s*[-/]\s*\d)",
        re.IGNORECASE,
    ),
    examples=("phấn đấu có 1 trường mầm non đạt chuẩn", "trên 2.000 ha", "3-5 chuỗi liên kết", "4.000 m3/ngày đêm"),
    counter_examples=("quý III/2026", "100%"),
)
COUNT_IN_WORDS = Rule(
    id="target.count_in_words",
    cue="có ba …, ít nhất hai …",
    meaning="a number of things to have, spelt out",
    seen="nghị quyết chi bộ, kế hoạch của thôn, trường",
    pattern=re.compile(
        rf"(?<!\w)(?:có|ít nhất|tối thiểu|thêm|đạt|xây dựng|thành lập|thành lập mới|mở|tổ chức|chọn|làm|xây|lập|trồng|đỡ đầu|giúp đỡ|đăng ký|cử|bố trí)\s(?P<value>{TENS}|{UNITS}|(?<=ít nhất )một|(?<=tối thiểu )một)\s(?P<unit>[^\W\d_]\w*)",
        re.IGNORECASE,
    ),
    examples=("mỗi thôn có ba mô hình", "ít nhất mười hai hộ"),
    counter_examples=("chính quyền địa phương hai cấp", "ba bên cùng ký"),
)
INDEX = Rule(
    id="target.index",
    cue="chỉ số … dưới 20, điểm bình quân đạt 6,5, số lượt … lên 30.000",
    meaning="a bare figure that an index is to have, or a number of things named before it",
    seen="chỉ tiêu y tế dự phòng, giáo dục, chuyển đổi số",
    pattern=re.compile(
        rf"{_BEGINS}(?P<value>{NUMBER})(?=\s*(?:$|[;)]|[,.](?!\d)|(?:trở|vào|trong|trước|đến|so với|sau|tại|ở)(?!\w)))",
        re.IGNORECASE,
    ),
    examples=("chỉ số lăng quăng dưới 20.", "điểm bình quân môn Hóa đạt 6,8 trở lên", "lên 12.000 vào cuối năm"),
    counter_examples=("20 hộ", "97%"),
)
RULES = (
    PERCENT,
    PERCENT_IN_WORDS,
    FOREIGN_MONEY,
    MONEY,
    SHORT_MONEY,
    SHARE,
    OF_TOTAL,
    LEVEL,
    COUNT,
    COUNT_IN_WORDS,
    INDEX,
)
_SHARES, _SPELT = (PERCENT, PERCENT_IN_WORDS), (PERCENT_IN_WORDS, COUNT_IN_WORDS)
# verbs that are nouns as well: "08 tổ chức đảng", "25 đầu mối"
_NOUNS_TOO = frozenset(
    [
        "tổ chức",
        "điều dưỡng",
        "đầu mối",
        "lãnh đạo",
        "báo cáo",
        "kiến nghị",
        "đề nghị",
        "đề xuất",
        "hướng dẫn",
        "thông báo",
        "thông tin",
    ]
)
_COUNTED_TOO = {"ngày", "điểm", "phần"}  # "300 ngày công", "03 điểm đen"
_SETS_OF_PAPER = frozenset(
    ("bộ", "bộ hồ", "bộ hồ sơ", "bộ tài", "bộ tài liệu", "bộ phận", "bộ môn", "bộ tiêu chí", "bộ đề", "bộ câu hỏi")
)
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
# a rule is tried where the folded stretch holds one of these: most stretches hold no quantity
_SIGNS: dict[str, tuple[str, ...]] = {
    PERCENT.id: ("%", "‰", "phần trăm", "phần nghìn"),
    PERCENT_IN_WORDS.id: ("phần trăm",),
    FOREIGN_MONEY.id: ("usd", "eur", "đô la"),
    MONEY.id: ("đồng", "vnđ", "vnd", "đ ", "đ.", "đ,", "đ;", "trđ", "tr.đ", "tỷđ"),
    SHORT_MONEY.id: ("tỷ", "tỉ"),
    SHARE.id: ("/", "một nửa", " phần "),
    OF_TOTAL.id: ("/",),
    LEVEL.id: ("điểm", "giây", "phút", "giờ", "ngày", "lần", "bậc", "tuổi thọ", "số năm", "kỳ hạn"),
    INDEX.id: ("chỉ số", "điểm", "hệ số", "lên"),
    COUNT_IN_WORDS.id: (
        " hai ",
        " ba ",
        " bốn ",
        " sáu ",
        " bảy ",
        " tám ",
        " chín ",
        " mươi",
        " mười ",
        "ít nhất một",
        "tối thiểu một",
    ),
}
_WITHOUT_DIGITS = (PERCENT_IN_WORDS, SHARE, COUNT_IN_WORDS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and its unit; `start` and `end` are offsets in the stretch, around value and unit.

    `value` and `value_max` are in the unit itself (đồng, not triệu đồng), `scale` is what they were brought there by. `per` is true for "… đồng/hộ".
    """

    rule: Rule
    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    scale: float
    per: bool

    @property
    def noun(self) -> str:
        """The unit folded, without what it is counted for one of."""
        return fold(self.unit).split("/")[0].strip()


def find_quantities(text: str, folded: str) -> list[Quantity]:
    """All quantities of a stretch in text order, none inside another. `folded` is `fold(text)`."""
    numerals = [m.start() for m in _NUMERAL.finditer(text)]
    found: list[Quantity] = []
    for rule in RULES if numerals else _WITHOUT_DIGITS:
        assert rule.pattern is not None
        if not any(sign in folded for sign in _SIGNS.get(rule.id, ("",))):
            continue
        for match in _matches(rule.pattern, text, numerals if rule not in _WITHOUT_DIGITS else None):
            if any(q.start < match.end() and match.start("value") < q.end for q in found):
                continue
            quantity = _quantity(rule, match, text)
            if quantity is not None:
                found.append(quantity)
    return sorted(found, key=lambda q: q.start)


def _matches(pattern: re.Pattern[str], text: str, numerals: list[int] | None) -> Iterator[re.Match[str]]:
    """Where a pattern holds; one that begins with a number is tried at numbers only."""
    if numerals is None:
        yield from pattern.finditer(text)
        return
    for at in numerals:
        match = pattern.match(text, at)
        if match is not None:
            yield match


def _quantity(rule: Rule, match: re.Match[str], text: str) -> Quantity | None:
    groups = match.groupdict()
    start, end = match.start("value"), match.end()
    unit, maximum = groups.get("unit") or "đồng", groups.get("max")
    scale = scale_of(fold(groups["scale"]) if groups.get("scale") else None)
    printed = fold(match.group("value"))
    if rule is SHARE:
        value = share_of(printed)
        if value >= 1:
            return None
    else:
        value = value_in_words(printed) if rule in _SPELT else value_of(printed) * scale
    upper = value_of(maximum) * scale if maximum else None
    if upper is not None and (upper <= value or _are_years(match.group("value"), maximum or "")):
        return None
    if rule is OF_TOTAL and value > float(groups["total"] or 0):
        return None
    if rule in _SHARES:
        unit = {"phần trăm": "%", "phần nghìn": "‰"}.get(fold(unit), unit)
    if rule is MONEY:
        if fold(unit) == "đ" and scale == 1 and value < 1000:
            return None
        unit, end = "đồng", match.start("per")
    if rule is INDEX:
        named = _named_before(text[:start])
        if named is None or _are_years(match.group("value"), match.group("value")):
            return None
        unit = named
    if rule in (COUNT, COUNT_IN_WORDS, OF_TOTAL) and not is_measure(unit):
        if fold(unit).split("/")[0].strip() in _uncounted() and not _is_compound(text, match.start("unit")):
            return None
        unit = counted_noun(text, match.start("unit"))
        end = match.start("unit") + len(unit)
        if rule is COUNT and fold(unit) in _verbs() | {"rà"} and (" " in unit or unit == "rà"):
            return None  # "Ban quản lý dự án 4 bố trí …": the number belongs to the name before it
    return Quantity(rule, start, end, value, upper, unit, scale, per=bool((groups.get("per") or "").strip()))


def _are_years(first: str, last: str) -> bool:
    """ "năm học 2021-2022 xây dựng …"."""
    return all(re.fullmatch(r"(?:19|20)\d{2}", printed) for printed in (first, last))


@lru_cache(maxsize=1)
def _uncounted() -> frozenset[str]:
    """Words that count nothing, or that tell of what is counted."""
    return (_lists()["not_counted"] | _lists()["predicate"]) - _COUNTED_TOO


def _is_compound(text: str, start: int) -> bool:
    """ "02 [đồng chí]", "60 [hiện vật]": a noun that only begins like a word that counts nothing."""
    return " ".join(fold(text[start : start + 16]).split(" ")[:2]).rstrip(".,;:)") in _lists()["compound"]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(terms) for name, terms in table("targets").items() if name != "columns"}


# "chỉ số hài lòng đạt", "số lượt cài đặt … lên": what a bare figure is one of, in its own clause
_NAMES_INDEX = re.compile(
    r"(?<!\w)(?:chỉ số|hệ số|(?P<of_points>điểm) (?:bình quân|trung bình|số|đánh giá|hài lòng))(?!\w)[^;.]{0,90}?(?:(?<!\w)(?:đạt|từ|trên|dưới|không dưới|không quá|ít nhất|tối thiểu|còn|lên|xuống|là)|[:≥≤<>]=?)\s*$",
    re.IGNORECASE,
)
_NAMES_NUMBER = re.compile(
    r"(?<!\w)số (?P<noun>lượt|hộ|người|học sinh|đoàn viên|hội viên|đảng viên|doanh nghiệp|lao động|thành viên|tài khoản|hồ sơ|thuê bao|xã|thôn)(?!\w)[^,;.\d]{0,60}(?<!\w)(?:lên|xuống|còn|đạt|đạt trên|lên trên|xuống dưới)\s*$",
    re.IGNORECASE,
)


def _named_before(before: str) -> str | None:
    """Unit of a bare figure: none for an index, the noun for "số lượt … lên"; None where nothing is named."""
    near = before[-120:]
    index = _NAMES_INDEX.search(near)
    if index and not re.search(r"(?:năm ngoái|năm trước|cùng kỳ|hiện)[^,;.]*$", near, re.IGNORECASE):
        return "điểm" if index.group("of_points") else ""
    number = _NAMES_NUMBER.search(near)
    return number.group("noun") if number else None


def is_measure(unit: str) -> bool:
    """Whether a unit is one of measure ("ha", "m3/ngày đêm"), not a counted noun."""
    return fold(unit).split("/")[0].strip() in _lists()["measure"]


def counts_nothing(quantity: Quantity) -> bool:
    """ "5 ngày": no things are counted, other than in "5 ngày công"."""
    return quantity.noun in _lists()["not_counted"]


def is_office_work(quantity: Quantity) -> bool:
    """ "03 bộ hồ sơ", "02 tổ công tác": made ready, not reached."""
    noun = quantity.noun
    first = noun.split(" ")[0]
    return noun in _lists()["office"] or first in {"cuộc", "đợt", "buổi"} or (first == "bộ" and noun in _SETS_OF_PAPER)


def is_manned(quantity: Quantity) -> bool:
    """ "02 đoàn kiểm tra", "05 lớp", "10 buổi tư vấn": office work that takes people and days, and is counted."""
    noun = quantity.noun
    return noun in _lists()["manned"] or noun.split(" ")[0] in {"đợt", "buổi", "lớp", "đoàn"}


_PRINTED_NOUN = re.compile(_NOUN)
_REACH_OF_NOUN = re.compile(r"[^\n,;.:()]{1,40}")


def counted_noun(text: str, start: int) -> str:
    """The counted noun as printed: one Vietnamese word, with the next after a classifier ("lượt người", "phòng học").

    Where the noun has "/…" behind it ("giường/10.000 dân"), that belongs to it.
    """
    printed = _PRINTED_NOUN.match(text, start)
    assert printed is not None
    if "/" in printed.group():
        return printed.group()
    reach = _REACH_OF_NOUN.match(text, start)
    if reach is not None and reach.group().rstrip().isalpha():
        return printed.group()  # one syllable is one word
    parts = words(text, Span(start, reach.end() if reach else printed.end()))
    if not parts or parts[0].start != start:
        return printed.group()
    end = parts[0].end
    if fold(parts[0].of(text)) in _lists()["classifier"] and len(parts) > 1 and _is_noun(parts[1].of(text)):
        end = parts[1].end
    return text[start:end]


def _is_noun(word: str) -> bool:
    """Neither a verb of work nor a word that joins; the lists decide, not a tagger."""
    folded = fold(word)
    if folded in _lists()["not_counted"] or folded in _lists()["predicate"] or not folded[0].isalpha():
        return False
    return folded not in _verbs()


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(table("verbs")["verb"]) - _NOUNS_TOO
