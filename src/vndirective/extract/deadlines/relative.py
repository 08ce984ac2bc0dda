"""Times counted from something else: so many days from a named moment, and events without a date.

"trong 07 ngày làm việc kể từ ngày ký"  ─▶ within, P7D, counted from the day of issue
"trong vòng 30 ngày sau khi nghiệm thu" ─▶ within, P30D, no date: the notice does not print the day of acceptance
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from vndirective.extract.dates import find_dates
from vndirective.extract.deadlines.periods import issue_day
from vndirective.extract.deadlines.wording import NUMBER, number, rule
from vndirective.extract.deadlines.working_days import add_working_days
from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Basis, Deadline, PartialDate
from vndirective.segment.syllables import fold

_COUNT = rf"(?P<count>{NUMBER})\s*(?:\([^)]*\)\s*)?(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng|năm|giờ)(?!\s+\d|\s*/|\w)"
_ANCHOR = r"(?P<anchor>(?:ngày|khi|lúc|thời\s+điểm|sau\s+khi)?\s*[^,;.()\d\n][^,;.()\n]{1,59}?(?=[,;.()\n]|$|\s+phải|\s+các\s))"
_FROM = r"\s*,?\s*(?:kể\s+từ|tính\s+từ|kể\s+từ\s+sau|từ|sau)\s+(?!\d)"

RELATIVE = rule(
    "relative",
    "trong vòng … ngày kể từ ngày …",
    "so many hours, days, weeks or months, from a named moment or not",
    r"(?:trong\s+(?:vòng|thời\s+hạn|thời\s+gian|khoảng)|chậm\s+nhất(?:\s+(?:là|sau|trong))?(?:\s+(?:vòng|khoảng))?|muộn\s+nhất(?:\s+(?:là|sau))?|không\s+quá|sau)\s+"
    rf"{_COUNT}(?:{_FROM}{_ANCHOR})?",
    ("trong vòng 15 ngày kể từ ngày ký", "trong thời hạn 10 ngày làm việc, kể từ ngày nhận được hồ sơ"),
    ("rà soát 5 năm", "trong 10 ngày 20/9"),
)
COUNTED_FROM = rule(
    "counted_from",
    "trong … ngày (làm việc) kể từ …",
    "so many days from a named moment, without a word of limit",
    rf"(?:trong\s+|sau\s+)?(?<![\d/.,-])(?<!trước ){_COUNT}\s*,?\s*(?:(?:kể|tính)\s+từ|từ\s+(?=khi|lúc|ngày\s+(?:ký|ban|nhận|có|được))|sau\s+(?=khi|ngày\s))\s*(?!\d){_ANCHOR}",
    ("trong 07 ngày làm việc kể từ ngày ký Thông báo này", "10 ngày làm việc kể từ ngày nhận được"),
    ("trong 03 ngày, từ 12 đến 14/3/2025", "từ 15 ngày xuống còn 10 ngày"),
)
WITHIN = rule(
    "within",
    "sửa trong 05 ngày làm việc (cuối vế)",
    "so many working days or hours, counted from what the clause tells, where that closes it",
    rf"(?<!\w)trong\s+(?P<count>{NUMBER})\s*(?:\([^)]*\)\s*)?(?P<unit>ngày\s+làm\s+việc|giờ)(?=\s*(?:[.;,)\n]|$))",
    ("trả hồ sơ về để sửa trong 05 ngày làm việc", "trả lời người dân trong 24 giờ;"),
    ("làm bài trong 120 phút", "trong 05 ngày làm việc đầu tiên của tháng"),
)
COMING = rule(
    "coming",
    "trong … ngày tới",
    "the coming days, counted from the day of issue",
    rf"trong\s+(?:(?:vòng|khoảng)\s+)?{_COUNT}\s+(?:tới|sắp\s+tới|nữa)(?!\w)",
    ("trong 03 ngày tới", "trong vòng 02 tuần tới"),
    ("trong thời gian tới", "trong những năm tới"),
)
EVENT = rule(
    "event",
    "ngay sau khi …, sau hội nghị, trước kỳ họp …",
    "when something else has happened, or before it does; no date can be told",
    r"(?:ngay\s+sau\s+(?:khi\s+|hội\s+nghị|cuộc\s+họp|mỗi\s+đợt)|(?:ngay\s+)?(?:sau\s+)?khi\s+(?:có\s+(?:hướng\s+dẫn|văn\s+bản|kết\s+quả|ý\s+kiến|kết\s+luận)|được\s+(?:phê\s+duyệt|ban\s+hành))|sau\s+khi\s+hoàn\s+thành"
    r"|ngay\s+khi\s+(?:có|được|nhận|phát\s+hiện|kết\s+thúc)"
    r"|trước\s+(?:kỳ\s+họp|phiên\s+họp|ngày\s+(?:khai\s+mạc|họp|bầu\s+cử|hội|diễn\s+ra)|mùa\s+(?:mưa|bão|lũ|khô|khai\s+thác)))[^,;.]{0,90}",
    ("sau khi có hướng dẫn của Sở Tài chính", "ngay sau hội nghị này", "trước kỳ họp thứ 20"),
    ("trước khi họp", "trước ngày 20/9/2023"),
)
BEFORE_EVENT = rule(
    "before_event",
    "trước khi … ít nhất … ngày; ít nhất … ngày trước khi …",
    "so long before something else happens",
    rf"trước\s+(?:khi|ngày|buổi|cuộc|lễ|hội\s+nghị|kỳ\s+họp|phiên\s+họp|đợt)\s+(?!\d)[^,;.()\d\n]{{2,50}}?\s(?:ít\s+nhất|tối\s+thiểu|chậm\s+nhất)\s+{_COUNT}"
    rf"|(?:ít\s+nhất|tối\s+thiểu|chậm\s+nhất)\s+{_COUNT.replace('<count>', '<count2>').replace('<unit>', '<unit2>')}\s+trước\s+(?:khi|ngày|buổi|cuộc|lễ|hội\s+nghị|kỳ\s+họp|phiên\s+họp|đợt)(?!\s+\d)[^,;.()\n]{{0,50}}",
    ("trước khi đoàn làm việc ít nhất 05 ngày", "chậm nhất 10 ngày trước khi khai mạc"),
    ("trước ngày 20/9 ít nhất 05 ngày",),
)
# the papers of which "kể từ ngày ký …" can be the notice itself
_OWN_PAPER = r"(?:văn bản|thông báo|quyết định|kế hoạch|chỉ thị|công văn|kết luận|nghị quyết|công điện|hướng dẫn|chương trình|báo cáo|phương án|quy chế)"
_ISSUE = re.compile(
    rf"(?:(?:ngày\s+|khi\s+|hôm\s+|lúc\s+)?(?:ký|kí|ban\s+hành|ra|phát\s+hành)(?:\s+ban\s+hành)?(?:\s+{_OWN_PAPER}(?:\s+kết\s+luận)?(?:\s+này)?)?|(?:ngày\s+|khi\s+)?{_OWN_PAPER}(?:\s+kết\s+luận)?(?:\s+này)?\s+(?:được\s+|có\s+)?(?:ký|kí|ban\s+hành|thông\s+qua|phát\s+hành|hiệu\s+lực)(?:\s+(?:ban\s+hành|thi\s+hành))?|(?:ngày\s+|khi\s+)?có\s+{_OWN_PAPER}(?:\s+kết\s+luận)?\s+này|(?:ngày\s+)?hôm\s+nay|nay)$"
)
_NOT_AGREED = re.compile(r"(?:rút ngắn|giảm|bảo hành|bảo trì|mỗi khóa|hợp đồng|kỳ hạn)[^;.]{0,90}$")
_DURATION = {"ngày": "P{}D", "ngày làm việc": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "năm": "P{}Y", "giờ": "PT{}H"}


def read_relative(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    """One deadline with its offset; `end` only where the moment is the day of issue or a printed date."""
    count, unit = number(match.group("count")), " ".join(fold(match.group("unit")).split())
    printed = match.groupdict().get("anchor")
    anchor = printed.strip() if printed else None
    raw = fold(span.of(source.text))
    if rule is RELATIVE and anchor is None and (raw.startswith("sau") or unit == "năm"):
        return []
    start, basis = _moment(anchor, rule, issued_on)
    end = _count_from(start, count, unit) if start else None
    return [
        Deadline(
            raw=span.of(source.text),
            kind="within",
            end=end.isoformat() if end else None,
            inclusive=True,
            precision="day",
            anchor=anchor,
            offset=_DURATION[unit].format(count),
            basis=basis,
            evidence=cite(source, span, rule.id),
        )
    ]


def no_limit_of_work(before: str) -> bool:
    """A length that is shortened, guaranteed or hired for bounds no work. `before` is folded text."""
    return bool(_NOT_AGREED.search(before))


def read_event(source: SourceText, span: Span, rule: Rule) -> list[Deadline]:
    """What must happen first, in the words printed."""
    raw = span.of(source.text)
    return [Deadline(raw=raw, kind="event", anchor=raw, evidence=cite(source, span, rule.id))]


def _moment(anchor: str | None, rule: Rule, issued_on: PartialDate | None) -> tuple[date | None, Basis]:
    if rule is COMING or (anchor and _ISSUE.match(fold(anchor))):
        return issue_day(issued_on), "issue_date"
    hits = find_dates(anchor, 0, len(anchor)) if anchor else []
    if len(hits) == 1 and hits[0].span.end == len(anchor or "") and hits[0].month and hits[0].day:
        if hits[0].year:
            return date(hits[0].year, hits[0].month, hits[0].day), "explicit"  # "kể từ ngày 15/4/2025"
        return _nearest(hits[0].month, hits[0].day, issued_on), "issue_date"  # "kể từ ngày 06/10"
    return None, "explicit"


def _nearest(month: int, day: int, issued_on: PartialDate | None) -> date | None:
    """The day of that name nearest to the day of issue, before or after it; None where there is none."""
    issued = issue_day(issued_on)
    if issued is None:
        return None
    near = []
    for year in (issued.year - 1, issued.year, issued.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:  # 29 February
            continue
    return min(near, key=lambda d: abs((d - issued).days)) if near else None


def _count_from(start: date, count: int, unit: str) -> date:
    if unit == "ngày làm việc":
        return add_working_days(start, count)
    if unit in {"tháng", "năm"}:
        return start + relativedelta(months=count * (12 if unit == "năm" else 1))
    return start + timedelta(days={"ngày": count, "tuần": 7 * count, "giờ": -(-count // 24)}[unit])
