"""The time that a heading, a lead-in sentence or a table's title sets for the work under it.

"Hoàn thành trước ngày 30/6/2025:"               ─▶ holds below
"II. NHIỆM VỤ THÁNG 4 NĂM 2025"                  ─▶ holds below
"Để hoàn thành kế hoạch trong năm 2025, yêu cầu:" ─▶ the time of the purpose: does not
"Về Kế hoạch công tác năm 2025"                  ─▶ a name: does not
"""

from __future__ import annotations

import re

from vndirective.extract.deadlines import expressions as e
from vndirective.extract.deadlines import find_deadlines
from vndirective.extract.deadlines.bounds import mask_citations
from vndirective.extract.deadlines.wording import rule
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Deadline, PartialDate
from vndirective.segment.syllables import fold

_REACH = 400  # a longer paragraph tells a story; its times are its own
_LAST_SENTENCE = re.compile(r".*[.;]\s+(?=\S)", re.DOTALL)
_ORDERS = re.compile(r"\b(?:yêu cầu|đề nghị|giao|chỉ đạo|tập trung|phải|cần|khẩn trương)\b")
# since the order, before the time: a purpose, a ground, what was heard
_ASIDE = re.compile(r"\b(?:để|nhằm|phục vụ|sau khi nghe|nghe|đánh giá|đã|căn cứ|tình hình)\b")
# before a mere period also what is reported or talked of
_TOPIC = re.compile(
    r"\b(?:sau khi|căn cứ|theo|trên cơ sở|thực hiện (?:nghị quyết|kế hoạch|chương trình|đề án|quyết định)|xem xét|báo cáo|kết quả|tình hình|qua|về)\b"
)
_KINDS = frozenset(("by", "between", "during"))

WORK_OF_PERIOD = rule(
    "heading_period",
    "Nhiệm vụ tháng …, Công việc trọng tâm quý …",
    "a title that names work and the month, quarter or half-year it is for, or such a period alone; a year is too wide to be a limit",
    rf"^(?:(?:các|một\s+số|những|danh\s+mục|phụ\s+lục|bảng|phương\s+hướng|phân\s+công|lịch|chương\s+trình|kế\s+hoạch)[\s,:]+)*(?:và\s+)?"
    rf"(?:(?:nhiệm\s+vụ|công\s+việc|công\s+tác|giải\s+pháp|nội\s+dung)(?:\s*,\s*(?:và\s+)?|\s+và\s+|\s+|$)"
    rf"(?:(?:giải\s+pháp|công\s+tác|trọng\s+tâm|chủ\s+yếu|cụ\s+thể|cần|phải|tập\s+trung|thực\s+hiện|triển\s+khai|hoàn\s+thành|của|và|tuần|giao)[\s,]+)*)?"
    rf"(?P<when>(?:trong\s+)?{e.MONTHS_OR_SHORTER})\s*[:.]?\s*$",
    (
        "NHIỆM VỤ THÁNG 4 NĂM 2025",
        "Nhiệm vụ trọng tâm quý II/2025",
        "Phương hướng, nhiệm vụ 6 tháng cuối năm 2025",
        "Tháng 5/2025:",
    ),
    ("Kế hoạch phát triển kinh tế - xã hội năm 2025", "Kết quả công tác tháng 3", "Về kỳ họp tháng 7/2025"),
)


def find_heading_deadlines(source: SourceText, span: Span, issued_on: PartialDate | None) -> list[Deadline]:
    """Deadlines in a heading, lead-in or table title that hold for what stands under it; [] where it only names.

    They keep the words and place where they are printed; `basis` is "inherited" where the text gives the date.
    """
    if span.end - span.start > _REACH:
        return []
    text = span.of(source.text)
    if not e.rules_for(fold(text)):
        return []
    return [
        d.model_copy(update={"basis": "inherited"}) if d.basis == "explicit" else d
        for d in _found(source, span, text, issued_on)
        if d.kind in _KINDS and d.evidence.rule != e.AT_MEETING.id  # a meeting that was held, mostly
    ]


def _found(source: SourceText, span: Span, text: str, issued_on: PartialDate | None) -> list[Deadline]:
    assert WORK_OF_PERIOD.pattern is not None
    title = WORK_OF_PERIOD.pattern.search(mask_citations(text, fold(text)))
    if title is not None:
        start, end = title.span("when")
        return find_deadlines(source, Span(span.start + start, span.start + end), issued_on)
    earlier = _LAST_SENTENCE.match(text.rstrip())
    start = span.start + (earlier.end() if earlier else 0)
    folded = fold(source.text[start : span.end])
    return [d for d in find_deadlines(source, Span(start, span.end), issued_on) if _holds(d, folded, start)]


def _holds(deadline: Deadline, folded: str, start: int) -> bool:
    before = folded[: deadline.evidence.spans[0].start - start]
    before = _ORDERS.split(before)[-1]
    if deadline.kind == "during" and deadline.precision == "year":
        return False  # "… thực hiện cuộc vận động trong năm 2020 như sau": too wide to be a limit
    return not (_ASIDE.search(before) or (deadline.kind != "by" and _TOPIC.search(before)))
