"""Time expressions that bound when work is done.

    item text ──rules in order──▶ expressions ──not part of a name, not a validity──▶ Deadline

The date of a cited document, of a meeting, a reporting period or a year inside a name is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from vndirective.extract.deadlines import expressions as e
from vndirective.extract.deadlines.periods import Stretch, read_day, read_period
from vndirective.extract.deadlines.working_days import add_working_days
from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Deadline, PartialDate
from vndirective.segment.syllables import fold

_TRIGGER = re.compile(
    r"ngày|tháng|năm|quý|hè|tuần|giờ|\d{1,2}/\d{1,2}|sau khi|ngay sau|thứ|định kỳ|giai đoạn", re.IGNORECASE
)
# words before the expression that make it a property of a thing, not a limit of the work
_VALIDITY = re.compile(
    r"(?:hiệu lực|thời hạn (?:kiểm định|sử dụng|của|giấy)|hạn sử dụng|hết hạn|niên hạn|kiểm định|nhiệm kỳ|số liệu|tính|có hiệu lực thi hành)[^,;.]{0,45}$"
)
# a document or programme is named: years in its name bind nobody
_NAMED = re.compile(
    r"(?:nghị quyết|chương trình|đề án|kế hoạch|chiến lược|quy hoạch|dự án|quyết định|chỉ thị|thông tư|nghị định|luật|cuộc thi|hội nghị|giai đoạn|định hướng|tầm nhìn|"
    r"văn bản|công văn|thông báo|kết luận|hướng dẫn số|đại hội)\b[^.;]{0,160}$"
)
_CLAUSE_OPENS = re.compile(r"(?:^|[.;:,(]\s*|\n|phấn đấu\s+|mục tiêu\s+)$")
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU"}
_UNITS = {"năm": "FREQ=YEARLY", "quý": "FREQ=MONTHLY;INTERVAL=3", "tháng": "FREQ=MONTHLY", "tuần": "FREQ=WEEKLY"}
_NUMBERS = {"ba": 3, "sáu": 6}
_DURATION = {"ngày": "P{}D", "ngày làm việc": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "giờ": "PT{}H"}


def find_deadlines(source: SourceText, span: Span, issued_on: PartialDate | None) -> list[Deadline]:
    """Deadlines inside an item or field, in text order; their spans do not overlap.

    Dates that the text does not give are counted from `issued_on` only, never from today; where that is not known
    they stay None and `raw` remains.
    """
    text = span.of(source.text)
    if not _TRIGGER.search(text):
        return []
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Deadline]] = []
    for rule in e.RULES:
        assert rule.pattern is not None
        for match in rule.pattern.finditer(text):
            start, end = _trimmed(match)
            if end <= start or any(a < end and start < b for a, b in taken):
                continue
            if not _bounds_work(rule, text, start, end):
                continue
            for deadline in _READERS[rule.id](
                source, Span(span.start + start, span.start + end), rule, match, issued_on
            ):
                found.append((start, deadline))
            if found and found[-1][0] == start:
                taken.append((start, end))
    return [d for _, d in sorted(found, key=lambda f: f[0])]


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    raw = match.group()
    return match.start() + len(raw) - len(raw.lstrip()), match.end() - (len(raw) - len(raw.rstrip(" ,.")))


def _bounds_work(rule: Rule, text: str, start: int, end: int) -> bool:
    before = fold(text[:start])
    if rule in {e.BY, e.BETWEEN, e.FROM, e.UNTIL, e.DURING, e.RELATIVE} and _VALIDITY.search(before):
        return False
    if rule is e.UNTIL:
        year_only = re.search(r"(?:năm|giai đoạn)\s+\d{4}", text[start:end]) is not None
        named = _NAMED.search(before[-200:]) or re.match(r",?\s*(?:định hướng|tầm nhìn)", fold(text[end:]))
        if year_only or not _CLAUSE_OPENS.search(before):
            return bool(_CLAUSE_OPENS.search(before)) and not named
        return True
    if rule is e.DURING:
        return not re.search(r"(?:hội nghị|nghị quyết|kế hoạch|quyết định|công văn)\s+(?:số\s+\S+\s+)?$", before)
    if rule is e.OPENING:
        field = start <= 1 and len(text) - end <= 25
        opens = re.search(r"(?:^|[.]\s+)$", before) is not None and text[end : end + 1] == ","
        return field or (opens and re.match(r"(?:năm học|quý|tháng|6 tháng|trong)", fold(text[start:end])) is not None)
    return True


def _stretches(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    """by, until, during, from, summer, opening: one stretch after a cue."""
    stretch = read_day(match, "a_", issued_on) or read_period(match, "a_", issued_on)
    if stretch is None:
        return []
    groups = match.groupdict()
    clock = _clock(groups)
    raw = span.of(source.text)
    if rule in {e.BY, e.UNTIL}:
        exclusive = fold(raw).startswith(("trước", "xong trước"))
        last = stretch.start if exclusive and stretch.precision != "day" else stretch.end
        return [_deadline(source, span, rule, "by", None, last, stretch, not exclusive, clock)]
    if rule is e.FROM:
        return [_deadline(source, span, rule, "from", stretch.start, None, stretch, None, None)]
    return [_deadline(source, span, rule, "during", stretch.start, stretch.end, stretch, True, clock)]


def _between(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    last = read_day(match, "a_", issued_on) or read_period(match, "a_", issued_on)
    if last is None:
        return []
    first = read_period(match, "b_", issued_on) or read_day(match, "b_", issued_on)
    groups = match.groupdict()
    start = first.start if first else None
    if groups.get("b_d") and last.end is not None and not (groups.get("b_y") or groups.get("b_wy")):
        month = int(groups.get("b_m") or groups.get("b_wm") or last.end.month)
        start = _before(last.end, month, int(groups["b_d"]))  # "từ 10/5 đến 14/5/2026"
    elif first is not None and first.basis == "issue_date" and last.end is not None and first.start is not None:
        start = _before(last.end, first.start.month, 1)
    if start is None and groups.get("b_d"):
        return []
    return [_deadline(source, span, rule, "between", start, last.end, last, True, None)]


def _before(last: date, month: int, day: int) -> date | None:
    try:
        found = date(last.year, month, day)
    except ValueError:
        return None
    return found if found <= last else found.replace(year=last.year - 1)


def _relative(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    count, unit, anchor = int(match.group("count")), match.group("unit").lower(), match.group("anchor")
    if anchor is None and fold(match.group()).startswith("sau"):
        return []
    from_issue = bool(anchor and re.match(r"(?:ngày\s+|khi\s+)?(?:ký|kí|ban hành|ra)(?:\s|$)", fold(anchor.strip())))
    end = _count_from(issued_on, count, unit) if from_issue else None
    stretch = Stretch(None, end, "day", "issue_date" if from_issue else "explicit")
    deadline = _deadline(source, span, rule, "within", None, end, stretch, True, None)
    offset = _DURATION[unit].format(count)
    return [deadline.model_copy(update={"anchor": anchor.strip() if anchor else None, "offset": offset})]


def _count_from(issued_on: PartialDate | None, count: int, unit: str) -> date | None:
    if issued_on is None or issued_on.day is None or issued_on.month is None:
        return None
    start = date(issued_on.year, issued_on.month, issued_on.day)
    if unit == "ngày làm việc":
        return add_working_days(start, count)
    if unit == "tháng":
        return start + relativedelta(months=count)
    return start + timedelta(days={"ngày": count, "tuần": 7 * count, "giờ": -(-count // 24)}[unit])


def _recurring(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    return [
        Deadline(
            raw=span.of(source.text),
            kind="recurring",
            recurrence=recurrence,
            inclusive=None if rule is not e.MONTHLY_DAY else not fold(match.group("cue")).strip().startswith("trước"),
            evidence=cite(source, span, rule.id),
        )
        for recurrence in _rrules(rule, match)
    ]


def _rrules(rule: Rule, match: re.Match[str]) -> list[str]:
    """RFC 5545 recurrence rules of an expression."""
    groups = match.groupdict()
    if rule is e.MONTHLY_DAY:
        day = int(groups["day"])
        if not 1 <= day <= 31:
            return []
        if groups.get("last"):
            return [f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={day};BYMONTH=3,6,9,12"]
        return [f"FREQ=MONTHLY;BYMONTHDAY={day}"]
    if rule is e.WEEKDAY:
        return [f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[groups['weekday'].lower().split()[-1]]}"]
    if rule is e.EVERY_MONTHS:
        printed = groups.get("months") or groups.get("months2") or ""
        return [f"FREQ=MONTHLY;INTERVAL={_NUMBERS.get(printed.lower()) or int(printed)}"]
    if rule is e.EVERY_DAY:
        return ["FREQ=DAILY"]
    return [_UNITS[u.lower()] for k in ("unit", "unit2", "unit3") if (u := groups.get(k))]


def _event(
    source: SourceText, span: Span, rule: Rule, match: re.Match[str], issued_on: PartialDate | None
) -> list[Deadline]:
    raw = span.of(source.text)
    return [Deadline(raw=raw, kind="event", anchor=raw, evidence=cite(source, span, rule.id))]


def _clock(groups: dict[str, str | None]) -> str | None:
    if not groups.get("hour"):
        return None
    hour, minute = int(groups["hour"] or 0), int(groups.get("minute") or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _deadline(
    source: SourceText,
    span: Span,
    rule: Rule,
    kind: str,
    start: date | None,
    end: date | None,
    stretch: Stretch,
    inclusive: bool | None,
    clock: str | None,
) -> Deadline:
    return Deadline(
        raw=span.of(source.text),
        kind=kind,  # type: ignore[arg-type]
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
        time=clock,
        inclusive=inclusive,
        precision="minute" if clock else stretch.precision,
        basis=stretch.basis,
        evidence=cite(source, span, rule.id, 0.8 if stretch.basis == "convention" else 1.0),
    )


_Reader = Callable[[SourceText, Span, Rule, "re.Match[str]", PartialDate | None], list[Deadline]]
_READERS: dict[str, _Reader] = {
    **{r.id: _stretches for r in (e.BY, e.UNTIL, e.DURING, e.SUMMER, e.FROM, e.OPENING)},
    **{r.id: _recurring for r in (e.MONTHLY_DAY, e.WEEKDAY, e.EVERY_MONTHS, e.EVERY, e.EVERY_DAY)},
    e.BETWEEN.id: _between,
    e.RELATIVE.id: _relative,
    e.EVENT.id: _event,
}
