"""Named stretches of time as first and last day: month, quarter, half-year, year, school year, summer, 2021-2025, Tết.

"quý II - quý III/2025"  ─▶ 2025-04-01..2025-09-30      "cuối tháng 4"  ─▶ 21..30 April, limit 30
"tuần này", "năm nay"    ─▶ counted from the day of issue
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from vndirective.extract.deadlines.working_days import add_working_days, new_year, new_year_holiday
from vndirective.lexicons import table
from vndirective.schema.record import Basis, PartialDate, Precision
from vndirective.segment.syllables import fold

_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_PART_OF_DAY = r"(?:(?:đầu|cuối|hết)\s+)?(?:buổi\s+)?(?:sáng|trưa|chiều|tối|đêm)|(?:đầu|cuối|hết)\s+giờ\s+(?:sáng|chiều|làm\s+việc)"
_YEAR = r"\d{4}|nay|tới|sau"
# "@" is the prefix of the group names: a pattern may hold two days
_DAY = (
    rf"(?:(?:{_PART_OF_DAY})\s+)?(?:(?:ngày\s+)?{_WEEKDAY}\s*,?\s*(?P<@open>\()?\s*)?"
    r"(?:ngày\s+)?(?:mồng\s+|mùng\s+)?(?P<@d>\d{1,2})"
    rf"(?:\s?[/.-]\s?(?P<@m>\d{{1,2}})(?:\s?[/.-]\s?(?P<@y>\d{{4}}|\d{{2}}(?!\d))|\s+năm\s+(?P<@yr>{_YEAR}))?"
    rf"|\s+tháng\s+(?P<@wm>\d{{1,2}}|này|sau|tới)(?:\s*(?:,?\s+năm|/)\s*(?P<@wy>{_YEAR}))?)"
    r"(?![\d/]|\.\d|\s*(?:ngày|giờ|phút|tuần|lần|buổi|%|km|ha|tổng\s+số|số\s+(?:hộ|xã|thôn|người|đơn\s+vị|lượng))(?!\w))(?(@open)\s*\))"
)
_PART = (
    r"(?:(?P<@part>ngày\s+(?:làm\s+việc\s+)?(?:cuối\s+cùng|đầu\s+tiên)|những\s+ngày\s+(?:đầu|cuối)|nửa\s+(?:đầu|cuối)|tuần\s+(?:lễ\s+)?(?:đầu(?:\s+tiên)?|cuối(?:\s+cùng)?|thứ\s+(?:nhất|hai|ba|tư|[1-4])|[1-4](?=\s+(?:của\s+)?tháng))|\d{1,2}\s+ngày\s+(?:làm\s+việc\s+)?(?:đầu|cuối)(?:\s+tiên|\s+cùng)?|đầu|giữa|cuối|thượng\s+tuần|trung\s+tuần|hạ\s+tuần)"
    r"\s+(?:của\s+)?)?"
)
_AND = r"\s*(?:,|và|-|–)\s*"
_ROMAN = r"(?:IV|III|II|I|[1-4])"
_SHORT = (
    rf"(?:các\s+)?tháng\s+(?P<@month>\d{{1,2}})"
    rf"(?:(?:{_AND}(?:tháng\s+)?\d{{1,2}}){{0,4}}?{_AND}(?:tháng\s+(?P<@last_month>\d{{1,2}})"
    r"|(?P<@last_month_bare>\d{1,2})(?=\s*/\s*\d{4}|,?\s+năm\s+\d|\s*(?:[.;)\n]|$))))?"
    rf"(?:\s*(?:/|-|,?\s+năm)\s*(?P<@month_y>{_YEAR}))?(?![\d/])"
    rf"|quý\s+(?P<@quarter>{_ROMAN})(?:{_AND}(?:quý\s+)?(?P<@last_quarter>{_ROMAN})(?!\w))?"
    rf"(?:\s*(?:/|-|,?\s+năm)\s*(?P<@quarter_y>{_YEAR}))?(?!\w)"
    rf"|(?P<@months>0?[369]|ba|sáu|chín)\s+tháng\s+(?P<@half>đầu|cuối)\s+năm(?:\s+(?P<@half_y>{_YEAR}))?"
)
_PERIOD = (
    rf"{_PART}(?:{_SHORT}"
    r"|năm\s+học\s+(?P<@school>\d{4})\s*[-–]\s*(?P<@school_end>\d{4})"
    r"|(?:dịp\s+)?(?:nghỉ\s+)?hè\s+(?:năm\s+)?(?P<@summer>\d{4})"
    r"|(?:giai\s+đoạn|thời\s+kỳ|(?:các|những|\d|hai|ba|bốn|năm)\s+năm)\s+(?P<@from>\d{4})(?:\s*,\s*\d{4}){0,3}\s*(?:[-–,]|và)\s*(?P<@to>\d{4})"
    r"|năm\s+(?:(?:ngân\s+sách|tài\s+chính|tài\s+khóa|kế\s+hoạch)\s+)?(?P<@year>\d{4})(?!\s*[-–]\s*\d)"
    rf"|(?:(?:{_PART_OF_DAY})\s+)?(?P<@weekday>{_WEEKDAY})\s+(?:tuần\s+(?P<@week>này|tới|sau)|(?P<@this_week>này)(?!\w))"
    r"|(?P<@unit>tuần|tháng|quý|năm)\s+(?P<@word>này|nay|tới|sau)(?!\s+(?:khi|đó|học|tết|kỳ|mỗi)|\w)"
    r"|(?P<@today>(?:ngày\s+)?hôm\s+nay|ngày\s+mai|(?:sáng|trưa|chiều|tối|đêm)\s+(?:nay|mai)(?!\w))"
    r"|(?P<@new_year>(?:Tết|tết)\s+[Dd]ương\s+[Ll]ịch)(?:,?\s+(?:năm\s+)?(?P<@new_year_y>\d{4}))?"
    r"|(?P<@tet>Tết(?:\s+(?:Nguyên\s+đán|cổ\s+truyền|Âm\s+lịch))?)(?!\s+(?:dương|trung|thiếu|trồng|đoan|độc|nguyên|hàn))"
    r"(?:\s+(?P<@tet_name>(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)\s+(?:Tý|Sửu|Dần|Mão|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi)))?"
    r"(?:,?\s+(?:năm\s+)?(?P<@tet_y>\d{4}))?)"
)
# points that only a limit names: "trước cuối năm", "trước ngày khai giảng"
_POINT = (
    r"(?:cuối\s+(?P<@bare>năm|tháng|quý|tuần)(?!\s+(?:\d|học|nay|này|tới|sau|[IV]+(?!\w))|\w)"
    r"|(?P<@opening>(?:thềm\s+)?năm\s+học\s+mới|(?:ngày\s+|lễ\s+)?khai\s+giảng(?:\s+năm\s+học(?:\s+mới)?)?)(?:\s+(?P<@opening_y>\d{4})\s*[-–]\s*\d{4})?)"
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNTS = {"ba": 3, "sáu": 6, "chín": 9}
_WEEKDAY_NUMBERS = {w: n for n, w in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy", "nhật"))}
_WEEKDAY_NUMBERS |= {str(n + 2): n for n in range(6)}
_LENGTHS = {"tháng": 1, "quý": 3, "năm": 12}


def day(prefix: str) -> str:
    """Pattern of a day whose groups begin with `prefix`."""
    return _DAY.replace("@", prefix)


def period(prefix: str) -> str:
    """Pattern of a named period."""
    return _PERIOD.replace("@", prefix)


def months_or_shorter(prefix: str) -> str:
    """Pattern of a month, a quarter, a half-year or a run of them."""
    return f"(?:{_PART}(?:{_SHORT}))".replace("@", prefix)


def point(prefix: str) -> str:
    """Pattern of what can only be the end of a time: the end of the year, the first day of school."""
    return _POINT.replace("@", prefix)


@dataclass(frozen=True, slots=True)
class Stretch:
    """First and last day; both None where the year is not printed and cannot be told.

    `limit` is the day meant by "trước …", where it is neither: the end of "cuối tháng 4", the first day of Tết.
    """

    start: date | None
    end: date | None
    precision: Precision
    basis: Basis = "explicit"
    limit: date | None = None


def read_period(match: re.Match[str], prefix: str, issued_on: PartialDate | None) -> Stretch | None:
    """The stretch that a `period` or `point` pattern matched; None where it did not take part or is no period."""
    group = _groups(match, prefix)
    whole = _whole(group, issued_on)
    part = group.get("part")
    return _part_of(whole, " ".join(fold(part).split())) if whole and part else whole


def read_day(match: re.Match[str], prefix: str, issued_on: PartialDate | None) -> Stretch | None:
    """The day that a `day` pattern matched. A missing year is the next such day on or after the date of issue."""
    group = _groups(match, prefix)
    if "d" not in group:
        return None
    printed_month, printed_year = (
        group.get("m") or group.get("wm"),
        group.get("y") or group.get("yr") or group.get("wy"),
    )
    if printed_month is None:
        return None
    if not printed_month.isdigit():
        return _day_of_month(int(group["d"]), fold(printed_month), issued_on)
    numbers = int(group["d"]), int(printed_month)
    if printed_year is not None:
        year, basis = _year(printed_year, issued_on)
        found = day_of(year, numbers[1], numbers[0]) if year else None
        if year is None:
            return Stretch(None, None, "day", basis)
        return Stretch(found, found, "day", basis) if found else None
    found = next_day(numbers[1], numbers[0], issued_on)
    if found is None and day_of(2000, numbers[1], numbers[0]) is None:
        return None
    return Stretch(found, found, "day", "issue_date")


def current_period(unit: str, issued_on: PartialDate | None) -> Stretch | None:
    """ "trong năm", "đến hết năm học": the year, quarter, month, week or school year in which the day of issue lies."""
    if unit != "năm học":
        return _this_or_next(unit, "này", issued_on)
    if issued_on is None or issued_on.month is None:
        return Stretch(None, None, "year", "convention")
    ends = date.fromisoformat(f"{issued_on.year}-{table('conventions')['school_year']['end']}")
    last = issued_on.year + (date(issued_on.year, issued_on.month, issued_on.day or 1) > ends)
    return _conventional("school_year", last - 1, last, "year")


def separate_periods(match: re.Match[str], prefix: str, issued_on: PartialDate | None) -> list[Stretch]:
    """The periods of "tháng 5 và tháng 9/2026", "quý II và quý IV", which do not follow each other; [] for a run of them."""
    group = _groups(match, prefix)
    last = group.get("last_month") or group.get("last_month_bare") or group.get("last_quarter")
    if last is None or "part" in group:
        return []
    printed = match.group()
    if re.search(r"[-–]", printed):
        return []
    months = "month" in group
    numbers = re.findall(rf"(?<![\w/]){_ROMAN}(?!\w)" if not months else r"(?<![\d/])\d{1,2}(?!\d)", printed)
    values = [int(n) if months else _QUARTERS[n.upper()] for n in numbers]
    if len(values) < 2 or all(b - a == 1 for a, b in pairwise(values)):
        return []
    year = group.get("month_y") or group.get("quarter_y")
    spans = [(v, v, "month") if months else (3 * v - 2, 3 * v, "quarter") for v in values]
    found = [_run(year, first, end, precision, issued_on) for first, end, precision in spans]  # type: ignore[arg-type]
    return [f for f in found if f is not None]


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, None where no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_day(month: int, day: int, issued_on: PartialDate | None) -> date | None:
    """The first such day on or after the date of issue."""
    if issued_on is None or issued_on.month is None:
        return None
    first = date(issued_on.year, issued_on.month, issued_on.day or 1)
    found = day_of(first.year, month, day)
    return found if found and found >= first else day_of(first.year + 1, month, day)


def issue_day(issued_on: PartialDate | None) -> date | None:
    """The day of issue, None where the notice does not print it in full."""
    if issued_on is None or issued_on.month is None or issued_on.day is None:
        return None
    return date(issued_on.year, issued_on.month, issued_on.day)


def _groups(match: re.Match[str], prefix: str) -> dict[str, str]:
    return {k[len(prefix) :]: v for k, v in match.groupdict().items() if v and k.startswith(prefix)}


def _whole(group: dict[str, str], issued_on: PartialDate | None) -> Stretch | None:
    if "month" in group:
        last = group.get("last_month") or group.get("last_month_bare") or group["month"]
        return _run(group.get("month_y"), int(group["month"]), int(last), "month", issued_on)
    if "quarter" in group:
        first, last_quarter = (_QUARTERS[group[k].upper()] if k in group else None for k in ("quarter", "last_quarter"))
        assert first is not None
        return _run(group.get("quarter_y"), 3 * first - 2, 3 * (last_quarter or first), "quarter", issued_on)
    if "half" in group:
        count = _COUNTS.get(fold(group["months"])) or int(group["months"])
        first = 1 if fold(group["half"]) == "đầu" else 13 - count
        return _run(group.get("half_y"), first, first + count - 1, "half_year" if count == 6 else "period", issued_on)
    if "school" in group:
        return _conventional("school_year", int(group["school"]), int(group["school_end"]), "year")
    if "summer" in group:
        return _conventional("summer", int(group["summer"]), int(group["summer"]), "period")
    if "from" in group:
        return Stretch(date(int(group["from"]), 1, 1), date(int(group["to"]), 12, 31), "period")
    if "year" in group:
        return _run(group["year"], 1, 12, "year", issued_on)
    return _told_from_issue(group, issued_on)


def _told_from_issue(group: dict[str, str], issued_on: PartialDate | None) -> Stretch | None:
    """ "tuần này", "quý tới", "cuối năm", "hôm nay", Tết, the first day of school."""
    if "weekday" in group:
        return _weekday_of(fold(group["weekday"]).split()[-1], fold(group.get("week", "này")), issued_on)
    if "unit" in group:
        return _this_or_next(fold(group["unit"]), fold(group["word"]), issued_on)
    if "bare" in group:
        whole = _this_or_next(fold(group["bare"]), "này", issued_on)
        return replace(whole, limit=whole.end) if whole else None
    if "today" in group:
        today = issue_day(issued_on)
        found = today + timedelta(1) if today and "mai" in fold(group["today"]) else today
        return Stretch(found, found, "day", "issue_date")
    if "new_year" in group:
        printed = group.get("new_year_y")
        found = date(int(printed), 1, 1) if printed else next_day(1, 1, issued_on)
        return Stretch(found, found, "day", "explicit" if printed else "issue_date", found)
    if "tet" in group:
        return _lunar_new_year(group, issued_on)
    if "opening" in group:
        month, first = map(int, table("conventions")["school_year"]["start"].split("-"))
        printed = group.get("opening_y")
        found = day_of(int(printed), month, first) if printed else next_day(month, first, issued_on)
        return Stretch(found, found, "day", "convention")
    return None


def _year(printed: str, issued_on: PartialDate | None) -> tuple[int | None, Basis]:
    """A printed year, two digits too; "nay", "tới", "sau" are counted from the year of issue."""
    if printed.isdigit():
        return (int(printed) if len(printed) == 4 else 2000 + int(printed)), "explicit"
    if issued_on is None:
        return None, "issue_date"
    return issued_on.year + (fold(printed) != "nay"), "issue_date"


def _day_of_month(number: int, word: str, issued_on: PartialDate | None) -> Stretch | None:
    """ "ngày 20 tháng này", "ngày 05 tháng sau"."""
    if not 1 <= number <= 31:
        return None
    if issued_on is None or issued_on.month is None:
        return Stretch(None, None, "day", "issue_date")
    first = date(issued_on.year, issued_on.month, 1) + relativedelta(months=int(word != "này"))
    found = day_of(first.year, first.month, number)
    return Stretch(found, found, "day", "issue_date") if found else None


def _run(
    printed_year: str | None, first: int, last: int, precision: Precision, issued_on: PartialDate | None
) -> Stretch | None:
    """Whole months of one year. A missing year is the one in which they end on or after the month of issue."""
    if not 1 <= first <= last <= 12:
        return None
    if printed_year is not None:
        year, basis = _year(printed_year, issued_on)
    elif issued_on is None or issued_on.month is None:
        year, basis = None, "issue_date"
    else:
        year, basis = issued_on.year + (last < issued_on.month), "issue_date"
    if year is None:
        return Stretch(None, None, precision, basis)
    return Stretch(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision, basis)


def _this_or_next(unit: str, word: str, issued_on: PartialDate | None) -> Stretch | None:
    precision: Precision = {"tháng": "month", "quý": "quarter", "năm": "year"}.get(unit, "period")  # type: ignore[assignment]
    ahead = int(word not in {"này", "nay"})
    if unit == "tuần":
        today = issue_day(issued_on)
        if today is None:
            return Stretch(None, None, "period", "issue_date")
        monday = today - timedelta(today.weekday()) + timedelta(7 * ahead)
        return Stretch(monday, monday + timedelta(6), "period", "issue_date")
    if issued_on is None or (issued_on.month is None and unit != "năm"):
        return Stretch(None, None, precision, "issue_date")
    length = _LENGTHS[unit]
    first_month = (((issued_on.month or 1) - 1) // length) * length + 1
    first = date(issued_on.year, first_month, 1) + relativedelta(months=length * ahead)
    return Stretch(first, first + relativedelta(months=length) - timedelta(1), precision, "issue_date")


def _weekday_of(word: str, week: str, issued_on: PartialDate | None) -> Stretch:
    """ "thứ Sáu tuần này"."""
    whole = _this_or_next("tuần", week, issued_on)
    monday = whole.start if whole else None
    found = monday + timedelta(_WEEKDAY_NUMBERS[word]) if monday else None
    return Stretch(found, found, "day", "issue_date")


def _lunar_new_year(group: dict[str, str], issued_on: PartialDate | None) -> Stretch:
    """Tết of the year printed or named, else the next one; the days off are its stretch, mùng Một is its limit."""
    years = [int(group["tet_y"])] if "tet_y" in group else range(2015, 2031)
    today = issue_day(issued_on)
    name = " ".join(fold(group.get("tet_name", "")).replace("tị", "tỵ").split())
    for year in years:
        found, days = new_year(year), new_year_holiday(year)
        if found is None or days is None or (name and fold(found[1]) != name):
            continue
        if name or "tet_y" in group or (today is not None and found[0] >= today):
            return Stretch(days[0], days[1], "period", "convention", found[0])
    return Stretch(None, None, "period", "convention")


def _part_of(whole: Stretch, word: str) -> Stretch:
    """ "đầu", "giữa", "cuối" of a stretch of whole months. The end of "cuối …" is a fact, the rest convention."""
    if whole.start is None or whole.end is None:
        return whole
    if word.startswith("ngày"):  # "ngày cuối cùng của tháng 3"
        found = whole.start if word.endswith("tiên") else whole.end
        return Stretch(found, found, "day", whole.basis)
    if word.startswith("tuần ") or word[0].isdigit():
        return _days_of(whole, whole.start, whole.end, word)
    number, count = table("conventions")["parts"][word]
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    if months % count == 0:
        step = months // count
        first = whole.start + relativedelta(months=step * (number - 1))
        last = whole.end if number == count else first + relativedelta(months=step) - timedelta(1)
    else:
        step = ((whole.end - whole.start).days + 1) // count
        first = whole.start + timedelta(step * (number - 1))
        last = whole.end if number == count else first + timedelta(step - 1)
    return Stretch(first, last, "period", "convention", whole.end if number == count else None)


def _days_of(whole: Stretch, start: date, end: date, word: str) -> Stretch:
    """ "tuần đầu", "tuần thứ ba", "tuần cuối", "10 ngày đầu": so many days from the first, or up to the last."""
    length = int(word.split(maxsplit=1)[0]) if word[0].isdigit() else 7
    if " làm việc " in word and " cuối" not in word:
        return Stretch(start, add_working_days(start - timedelta(1), length), "period", "convention")
    if " cuối" in word:
        return Stretch(max(start, end - timedelta(length - 1)), end, "period", "convention", end)
    number: int = table("conventions")["weeks"].get(word.rsplit(maxsplit=1)[-1], 1)
    first = start + timedelta(length * (number - 1))
    return Stretch(first, min(end, first + timedelta(length - 1)), "period", "convention")


def _conventional(name: str, first_year: int, last_year: int, precision: Precision) -> Stretch | None:
    if last_year - first_year not in {0, 1}:
        return None
    convention: dict[str, str] = table("conventions")[name]
    start = date.fromisoformat(f"{first_year}-{convention['start']}")
    return Stretch(start, date.fromisoformat(f"{last_year}-{convention['end']}"), precision, "convention")
