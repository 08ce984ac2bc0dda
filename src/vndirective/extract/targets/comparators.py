"""Words around a figure that compare: "ít nhất", "không quá", "trên", "xuống dưới", "trở lên", "≥"."""

from __future__ import annotations

import re

from vndirective.extract.rules import Rule
from vndirective.extract.targets.quantities import Quantity
from vndirective.schema.record import Comparator

_LINKS = r"(?:\s*(?:là|đạt|mức|có|khoảng|được|lên|xuống|còn|bình quân|từ|(?:mỗi|một) (?:ngày|tuần|tháng|quý|năm|đợt|kỳ|lần)|:)(?!\w))*\s*$"

AT_LEAST = Rule(
    id="target.at_least",
    cue="ít nhất, tối thiểu, không dưới, không thấp hơn, ≥",
    meaning="the figure is the least: ge",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(
        rf"(?:(?<!\w)(?:ít nhất|tối thiểu|chí ít|không dưới|không ít hơn|không thấp hơn|không nhỏ hơn|không kém hơn)|≥|>=){_LINKS}"
    ),
    examples=("tăng ít nhất ", "không thấp hơn", "tỷ lệ: ≥ "),
    counter_examples=("ít nhất là ba việc, trong đó ", "không quá "),
)
AT_MOST = Rule(
    id="target.at_most",
    cue="không quá, tối đa, không vượt quá, ≤",
    meaning="the figure is the most: le",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(
        rf"(?:(?<!\w)(?:không (?:được )?(?:vượt )?quá|không vượt|không cao hơn|không lớn hơn|không nhiều hơn|không trên|tối đa|nhiều nhất)|≤|<=){_LINKS}"
    ),
    examples=("không vượt quá ", "tối đa là ", "≤"),
    counter_examples=("vượt ", "tối đa hóa lợi ích "),
)
OVER = Rule(
    id="target.over",
    cue="trên, hơn, quá, >",
    meaning="the figure itself is not enough: gt",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(rf"(?:(?<!\w)(?:trên|hơn|vượt mức|vượt quá|vượt trên)|(?<![<>])>){_LINKS}"),
    examples=("đạt trên ", "cao hơn mức ", "> "),
    counter_examples=("trên địa bàn đạt ", "hơn nữa, "),
)
UNDER = Rule(
    id="target.under",
    cue="dưới, thấp hơn, <",
    meaning="the figure itself is too much: lt",
    seen="chỉ tiêu giảm nghèo, y tế, giáo dục",
    pattern=re.compile(rf"(?:(?<!\w)(?:dưới|thấp hơn|nhỏ hơn|ít hơn|chưa đến)|(?<![<>])<){_LINKS}"),
    examples=("xuống dưới mức ", "còn dưới ", "< "),
    counter_examples=("dưới tán rừng ", "không dưới quyền "),
)
RULES = (AT_LEAST, AT_MOST, UNDER, OVER)
_MEANING: dict[str, Comparator] = {AT_LEAST.id: "ge", AT_MOST.id: "le", UNDER.id: "lt", OVER.id: "gt"}

_UPWARD = re.compile(r"\s*(?P<word>trở lên|trở xuống)(?!\w)")
# "hoàn thành tốt nhiệm vụ trở lên", "từ lớp 3 trở lên": the grade is the lowest one, not the figure
_OF_A_GRADE = re.compile(
    r"(?:lớp|trình độ|tuổi|cấp|từ|loại|mức độ|hạng|bậc|sao)\s*\S*\s*\S*\s*$|(?:hoàn thành|nhiệm vụ|sao|khá|đại học|cao đẳng|trung cấp)\s*$"
)
# words that lead to a figure and are cited with it
_LEADING = re.compile(
    r"(?:(?<!\w)(?:có|đạt|được|giữ vững|duy trì|tăng|giảm|còn|xuống|lên|tới|chiếm|là|khoảng|bình quân|tối thiểu|ít nhất|không dưới|không quá|không vượt quá|"
    r"không thấp hơn|không ít hơn|không cao hơn|tối đa|trên|hơn|dưới|mức|từ|phấn đấu|mới|thêm|thành lập|xây dựng|hoàn thành|hình thành|nâng tổng số)\s+|[:≥≤<>]=?\s*)+$"
)
_LEADING_REACH = 80  # characters; more words than that do not lead to a figure


def comparator_of(quantity: Quantity, folded: str, right: int) -> Comparator:
    """How a figure is to be compared; `right` is where its clause ends in the folded stretch."""
    upward = upward_of(quantity, folded)
    if upward:
        return "ge" if upward == "trở lên" else "le"
    before = folded[max(0, quantity.start - _LEADING_REACH) : quantity.start]
    for rule in RULES:
        assert rule.pattern is not None
        if rule.pattern.search(before):
            return _MEANING[rule.id]
    behind = re.match(r"(?P<between>[^\d]*?)trở lên", folded[quantity.end : right])
    if behind and not _OF_A_GRADE.search(behind.group("between")):
        return "ge"
    return "ge" if re.search(r"(?<!\w)từ\s*$", before) and quantity.value_max is None else "eq"


def upward_of(quantity: Quantity, folded: str) -> str | None:
    """ "trở lên" or "trở xuống" directly behind the unit."""
    match = _UPWARD.match(folded, quantity.end)
    return match.group("word") if match else None


def is_compared(quantity: Quantity, folded: str) -> bool:
    """Whether words or signs before the figure compare it."""
    before = folded[max(0, quantity.start - _LEADING_REACH) : quantity.start]
    return any(rule.pattern is not None and rule.pattern.search(before) for rule in RULES)


def cited_from(quantity: Quantity, folded: str) -> int:
    """Where the words that lead to the figure begin; the figure itself where there are none."""
    low = max(0, quantity.start - _LEADING_REACH)
    leading = _LEADING.search(folded[low : quantity.start])
    return low + leading.start() if leading else quantity.start


def cited_to(quantity: Quantity, folded: str) -> int:
    """Where the figure ends with its "trở lên"."""
    match = _UPWARD.match(folded, quantity.end)
    return match.end() if match else quantity.end
