"""By when a figure is to be reached: printed with it, else given to its item, its heading or the title.

"Phấn đấu hết quý II giải ngân đạt 45%, cả năm đạt 95% kế hoạch" ─▶ 45 % by 30 June, 95 % by 31 December of the year of issue
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.targets.quantities import Quantity

YEAR_END = re.compile(r"(?:đến|vào|trong|hết)(?: hết| cuối)? năm (\d{4})", re.IGNORECASE)
_OPENING_YEAR = re.compile(r"(?:^|[,;.(]\s*|\b(?:trong|phấn đấu|định hướng|mục tiêu)\s)(?:riêng )?năm (\d{4})(?!\w)")
_PERIOD = re.compile(
    r"(?<!\w)(?:trong |bảo đảm |đảm bảo )?(?:giai đoạn|nhiệm kỳ|(?:hai|ba|bốn|năm|\d) năm) \d{4}(?:, \d{4})?\s?(?:[-–,]|và|đến)\s?(\d{4})"
)
# "cả năm", "trong năm", "năm nay", "6 tháng cuối năm": of the year of issue
_THIS_YEAR = re.compile(
    r"(?<!\w)(?<!kế hoạch )(?<!chỉ tiêu )(?<!dự toán )(?<!kỳ họp )(?:(?:cả|trong|cuối|hết|đến hết|đến cuối) năm(?! học)(?!\s\d)|năm nay|(?:6|sáu) tháng cuối năm)(?!\w)"
)
_FIRST_MONTHS = re.compile(r"(?<!\w)(?P<months>3|6|9|ba|sáu|chín) tháng đầu năm(?! học)(?:\s(?P<year>\d{4}))?(?!\w)")
_QUARTER = re.compile(
    r"(?<!\w)(?:(?:đến |vào )?(?:hết|cuối|trong|đến|vào) )?quý (?P<quarter>iv|i{1,3}|[1-4])(?:(?:/| năm )(?P<year>\d{4}))?(?!\w)"
)
_NAMED_YEAR = re.compile(
    r"(?<!so với )(?<!tháng \d )(?<!tháng \d\d )(?<!quý i )(?<!quý ii )(?<!quý iii )(?<!quý iv )(?<!từ )năm (20\d\d)(?!\s?[-–]\s?\d)"
)
_SCHOOL_YEAR = re.compile(r"(?<!\w)(?:trong|hết|cuối|đến hết|đến cuối|cả) năm học(?! \d)(?!\w)")
_MONTHS = {"3": 3, "ba": 3, "6": 6, "sáu": 6, "9": 9, "chín": 9}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# a time behind these ends the work of its whole sentence: "…; hoàn thành trước ngày 15/10"
_COMPLETING = re.compile(
    r"(?<!\w)(?:xong|hoàn thành|hoàn tất|hạn|hạn cuối|thời hạn|kết thúc|chậm nhất|muộn nhất|khánh thành|đưa vào (?:vận hành|sử dụng|khai thác|hoạt động)|bàn giao|thông xe)(?!\w)[^;.\d]{0,30}$"
)
_COMPLETES = re.compile(r"(?:xong|hoàn thành|hạn|thời hạn|kết thúc|chậm nhất|muộn nhất)(?!\w)")
# "…, đến 31/12 đạt": a time behind the comma is that of the next figure, where the one before it has its own
_OF_THE_NEXT = re.compile(r"(?:,|(?:^|\s)và)\s*$")
_EVERY = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi) (?:năm|tháng|quý|tuần|ngày)(?!\w)")
_WORDS = re.compile(r"\w{2,}\s\w")
# "mỗi lớp 60 người", "mỗi tuần ít nhất 12 km": how many each time, not by a day
_OF_EACH_TIME = re.compile(
    r"(?<!\w)mỗi\s(?:lớp|buổi|ngày|tuần|tháng|ca|kỳ|đợt|lượt|tiết|khóa|chuyến)\s(?:[^\s,;.:()\d]+\s){0,3}$"
)
# in a heading the year is enough: "Chỉ tiêu năm 2025", "Mục tiêu giai đoạn 2025-2030"
_HEADED_DAY = re.compile(r"đến (?:hết )?(?:ngày )?(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_HEADED = re.compile(
    r"(?:đến|vào|trong|hết)(?: hết| cuối)? năm (?P<until>\d{4})|(?:giai đoạn|nhiệm kỳ) \d{4}\s*[-–]\s*(?P<period>\d{4})|"
    r"(?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ|phương hướng|chương trình)[^.;]{0,60}? năm (?P<year>\d{4})(?!\s?[-–]\s?\d)|^\W*năm (?P<alone>\d{4}),? (?:phấn đấu|đạt)"
)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;])\s+")
_HEADED_SCHOOL_YEAR = re.compile(r"năm học \d{4}\s*[-–]\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Term:
    """A time expression of the stretch with the day it ends on (ISO), as offsets in the stretch."""

    start: int
    end: int
    day: str


def due_of(
    quantity: Quantity,
    right: int,
    folded: str,
    terms: Sequence[Term],
    inherited: str | None,
    issued: tuple[int, int] | None,
) -> str | None:
    """The time behind a figure in its clause, else the last one before it there, else one that its sentence ends or opens with.

    `right` is where the clause ends, `issued` year and month of the notice. `inherited` is what stands outside the stretch.
    """
    known = _known(folded, terms, issued)
    opening = max((m.end() for m in re.finditer(r"[.;]\s", folded[: quantity.start])), default=0)
    before = [t for t in (*known, *_named_years(folded, issued)) if opening <= t.start and t.end <= quantity.start]
    behind = [t for t in known if quantity.end <= t.start < right]
    if behind and not (before and _OF_THE_NEXT.search(folded[quantity.end : behind[0].start])):
        return behind[0].day
    if _OF_EACH_TIME.search(folded[max(0, quantity.start - 60) : quantity.start]):
        return None
    if before:
        nearest = max(before, key=lambda t: t.start)
        # "trong tháng 5 …, mỗi tuần ít nhất 3 buổi": so many each time, not by a day
        return None if _EVERY.search(folded[nearest.end : quantity.start]) else nearest.day
    begins = max((m.end() for m in re.finditer(r"[.]\s", folded[: quantity.start])), default=0)
    stop = re.search(r"[.](?:\s|$)", folded[quantity.end :])
    ends = quantity.end + stop.start() if stop else len(folded)
    finishing = [
        t
        for t in known
        if right <= t.start < ends
        and (
            _COMPLETING.search(folded[quantity.end : t.start])
            or _COMPLETES.match(folded, t.start)
            or re.match(r"[^;.\d]*,\s(?:tập trung |trong khoảng )?từ\s", folded[quantity.end : t.start + 3])
        )
    ]
    if finishing:
        return min(finishing, key=lambda t: t.start).day
    leading = [
        t for t in known if t.end <= opening and not _WORDS.search(folded[begins : t.start].replace("phấn đấu ", ""))
    ]
    leading = [t for t in leading if begins <= t.start]
    if _EVERY.search(folded[opening : quantity.start]):
        return None
    if leading:
        return leading[0].day
    return inherited


def _named_years(folded: str, issued: tuple[int, int] | None) -> Iterator[Term]:
    """ "Chỉ số cải cách hành chính năm 2026 đạt …": a year to come in the name of what is measured, before its figure."""
    if issued is not None:
        for m in _NAMED_YEAR.finditer(folded):
            if int(m.group(1)) >= issued[0]:
                yield Term(m.start(), m.end(), f"{m.group(1)}-12-31")


def _known(folded: str, terms: Sequence[Term], issued: tuple[int, int] | None) -> list[Term]:
    """The deadlines of a stretch and the years, quarters and school years in it that bound a figure, none inside another."""
    known = list(terms)
    for term in sorted(_years(folded, issued), key=lambda t: (t.start, -t.end)):
        if not any(t.start < term.end and term.start < t.end for t in known):
            known.append(term)
    return sorted(known, key=lambda t: t.start)


def _years(folded: str, issued: tuple[int, int] | None) -> Iterator[Term]:
    if "năm" not in folded and "quý" not in folded and "giai đoạn" not in folded and "nhiệm kỳ" not in folded:
        return
    for m in YEAR_END.finditer(folded):
        yield Term(m.start(), m.end(), f"{m.group(1)}-12-31")
    if issued is None:
        return
    year, month = issued
    for m in _PERIOD.finditer(folded):
        if int(m.group(1)) >= year:
            yield Term(m.start(), m.end(), f"{m.group(1)}-12-31")
    for m in _OPENING_YEAR.finditer(folded):
        if int(m.group(1)) >= year:
            yield Term(m.start(1), m.end(), f"{m.group(1)}-12-31")
    for m in _THIS_YEAR.finditer(folded):
        yield Term(m.start(), m.end(), f"{year}-12-31")
    for m in _FIRST_MONTHS.finditer(folded):
        yield Term(m.start(), m.end(), _month_end(int(m.group("year") or year), _MONTHS[m.group("months")]))
    for m in _QUARTER.finditer(folded):
        last = 3 * _QUARTERS[m.group("quarter")]
        of = int(m.group("year")) if m.group("year") else year + (last < month)
        yield Term(m.start(), m.end(), _month_end(of, last))
    for m in _SCHOOL_YEAR.finditer(folded):
        yield Term(m.start(), m.end(), f"{year + (month > 5)}-05-31")


def _month_end(year: int, month: int) -> str:
    return f"{year}-{month:02}-{monthrange(year, month)[1]}"


@lru_cache(maxsize=64)  # each figure asks the headings above it
def heading_due(heading: str, issued: tuple[int, int] | None = None) -> str | None:
    """The end of the day, year, period or school year that a folded heading or lead-in sets for all figures below it.

    Of a lead-in of several sentences the last counts ("… Năm 2023 phấn đấu:").
    """
    last = _BETWEEN_SENTENCES.split(heading.strip())[-1]
    for words in dict.fromkeys((last, heading)):
        day = _HEADED_DAY.search(words)
        if day:
            return f"{day.group(3)}-{int(day.group(2)):02}-{int(day.group(1)):02}"
        school = _HEADED_SCHOOL_YEAR.search(words)
        if school:
            return f"{school.group(1)}-05-31"
        match = _HEADED.search(words)
        if match:
            return f"{next(filter(None, match.groups()))}-12-31"
        if issued is not None and (_SCHOOL_YEAR.search(words) or _THIS_YEAR.search(words)):
            return next(t.day for t in _years(words, issued) if t.day)
    return None
