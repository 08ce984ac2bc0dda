"""Times that come again: every day, week, month, quarter, year, and on which day of it, as RFC 5545 rules.

"trước ngày 15/6 và 15/12 hằng năm"  ─▶ FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 and the same of December
"thứ Ba, thứ Sáu hằng tuần"          ─▶ FREQ=WEEKLY;BYDAY=TU,FR
"""

from __future__ import annotations

import re

from vndirective.extract.deadlines.wording import CLOCK, NUMBER, clock, number, rule
from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Deadline
from vndirective.segment.syllables import fold

_EACH = r"(?:hằng|hàng|mỗi)"
_CUE = (
    r"(?<!\w)(?:(?:xong\s+)?(?:chậm\s+nhất|muộn\s+nhất|trước|vào|đến\s+hết|đến)?\s*(?:là\s+|vào\s+|trước\s+|hết\s+)?)"
)
_NOTE = r"(?:\s*\([^()\n]{0,60}\))?"  # "trước ngày 10/6 (báo cáo 6 tháng) và …"
_AND = rf"{_NOTE}\s*(?:,|;|và|hoặc)\s*"
_DATE = r"(?:ngày\s+\d{1,2}\s?[/-]\s?\d{1,2}|(?:ngày\s+)?\d{1,2}(?:\s?/\s?|\s+tháng\s+)\d{1,2})(?![\d/-]|\s+năm\s+\d)"
_DATES = rf"{_DATE}(?:{_AND}{_CUE}{_DATE}){{0,3}}"
_DAYS = r"\d{1,2}(?:(?:\s*,\s*|\s+và\s+|\s+đến\s+)(?:ngày\s+)?\d{1,2}){0,4}"
_WEEKDAY = r"(?:(?:ngày\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật))"
_WEEKDAYS = rf"{_WEEKDAY}(?:\s*(?:,|và)\s*{_WEEKDAY}){{0,4}}"
_PART_OF_DAY = r"(?:(?:buổi\s+|các\s+)?(?:sáng|trưa|chiều|tối)\s+)?"
_ONCE = r"\s*/\s*(?:0?1|một)?\s*lần|\s+(?:một|0?1)\s+lần"
_UNIT = r"(?:năm|quý|tháng|tuần)"
_OF_QUARTER = rf"(?P<last>tháng\s+(?P<which>cuối|đầu)(?:\s+tiên|\s+cùng)?\s+(?:của\s+)?(?:{_EACH}\s+)?quý(?!\s+[IV\d])(?:\s+(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+kề))?)"
# "tháng sau" alone is the next month; beside another month it comes with each of them
_MONTH_BESIDE = r"tháng\s+(?:liền\s+trước|liền\s+sau|liền\s+kề|kế\s+tiếp|tiếp\s+theo|trước(?:\s+liền\s+kề)?(?!\s+\d)|sau\s+liền\s+kề)(?!\w)"
_LISTED_MONTHS = r"các\s+tháng\s+(?P<months>\d{1,2}(?:\s*(?:,|và)\s*(?:tháng\s+)?\d{1,2}){1,11})(?![\d/])"

YEARLY_DAY = rule(
    "yearly_day",
    "trước ngày …/… hằng năm",
    "one or more days of every year",
    rf"(?:(?<!\w)từ\s+(?P<first>{_DATE})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?{_DATE}|(?P<cue>{_CUE})(?P<dates>{_DATES})){_NOTE}\s+(?:của\s+)?{_EACH}\s+năm(?!\w|\s+học\s+\d)"
    rf"|{_EACH}\s+năm\s*[,:]?\s+(?P<cue2>{_CUE})(?P<dates2>{_DATES})(?!\w)",
    ("trước ngày 15/6 và 15/12 hằng năm", "từ 16/10 đến 23/10 hằng năm", "Hằng năm, trước ngày 30 tháng 11, bình xét"),
    ("trước ngày 15/6/2025", "kế hoạch hằng năm"),
)
MONTHLY_DAY = rule(
    "monthly_day",
    "trước ngày … hằng tháng",
    "one or more days of every month, of the first or last month of a quarter, or of months that are listed",
    rf"(?P<cue>{_CUE})ngày\s+(?P<days>{_DAYS})\s+(?:của\s+)?(?:{_EACH}\s+tháng|{_OF_QUARTER}|{_MONTH_BESIDE}|{_LISTED_MONTHS})"
    rf"|{_EACH}\s+tháng\s*[,:(]?\s+(?P<cue2>{_CUE})ngày\s+(?P<days2>{_DAYS})(?!\s*[/\d-]|\s+tháng\s+\d|\s+làm\s+việc)",
    (
        "gửi báo cáo trước ngày 25 hằng tháng",
        "chậm nhất ngày 15 tháng cuối quý",
        "Hằng tháng, trước ngày 15, gửi",
        "ngày 05 tháng đầu quý sau",
        "trước ngày 25 của tháng liền trước",
        "trước ngày 20 các tháng 4, 7, 10",
    ),
    ("trước ngày 25/9/2023", "trong 10 ngày", "ngày 05 tháng sau"),
)
DAY_OF_NEXT = rule(
    "day_of_next_month",
    "hằng tháng … trước ngày … tháng sau",
    "what each month brings, by a day of the next; only where the sentence speaks of every month",
    r"(?<!\w)(?:(?:xong\s+)?trước|chậm\s+nhất(?:\s+là)?|muộn\s+nhất(?:\s+là)?|vào)\s+ngày\s+(?P<days>\d{1,2})\s+(?:của\s+)?tháng\s+sau(?!\w)",
    ("thù lao tháng nào quyết toán trước ngày 20 tháng sau", "gửi Sở chậm nhất ngày 05 tháng sau"),
    ("trước ngày 05 tháng 6",),
)
WEEKLY_PAPER = rule(
    "weekday_of_weekly_paper",
    "báo cáo tuần … vào thứ …",
    "the weekday on which what is made every week is handed in; only behind such a paper or meeting",
    rf"(?<!\w)(?:vào|trước)\s+{CLOCK}?{_PART_OF_DAY}(?P<weekdays>{_WEEKDAYS})(?=\s*(?:[.;,)\n]|$))(?!\s*,?\s*\(?(?:ngày\s+)?\d)",
    ("gửi báo cáo tuần về Sở vào sáng thứ Hai", "lịch tuần nộp Văn phòng trước chiều thứ Năm"),
    ("vào sáng thứ Hai, 21/4", "vào thứ Sáu tuần này"),
)
MONTHLY_PAPER = rule(
    "day_of_monthly_paper",
    "báo cáo tháng … trước ngày …",
    "the day of the month on which what is made every month is handed in; only behind such a paper",
    r"(?<!\w)(?P<cue>(?:chậm\s+nhất(?:\s+là)?|muộn\s+nhất|trước|vào)\s+)ngày\s+(?P<days>\d{1,2})(?=\s*(?:[.;,)\n]|$))",
    ("báo cáo tháng gửi trước ngày 20", "báo cáo tháng trước ngày 18;"),
    ("trước ngày 20/9", "trước ngày 20 tháng 9"),
)
SEASON = rule(
    "season_of_every_year",
    "từ tháng … (năm trước) đến tháng … (năm sau) hằng năm",
    "the same months of every year, over the turn of the year too",
    rf"(?<!\w)từ\s+(?:đầu\s+|giữa\s+|cuối\s+)?tháng\s+(?P<first>\d{{1,2}})(?:\s+năm\s+trước)?\s*(?:đến|tới|-|–)\s*(?:hết\s+|cuối\s+)?tháng\s+(?P<last>\d{{1,2}})(?:\s+năm\s+sau)?,?\s+(?:của\s+)?{_EACH}\s+năm(?!\w|\s+học\s+\d)",
    ("từ tháng 11 năm trước đến hết tháng 4 năm sau hằng năm", "từ tháng 5 đến tháng 10 hằng năm"),
    ("từ tháng 5 đến tháng 10 năm 2026",),
)
WEEKDAY_OF_MONTH = rule(
    "weekday_of_month",
    "sáng thứ … đầu tháng",
    "the first or last such weekday of every month",
    rf"(?P<cue>{_CUE}){CLOCK}?{_PART_OF_DAY}(?P<weekday>{_WEEKDAY})\s+(?:(?:của\s+)?tuần\s+)?(?P<which>đầu(?:\s+tiên)?|cuối(?:\s+cùng)?)\s+(?:của\s+)?(?:{_EACH}\s+)?tháng(?!\w|\s+(?:\d|này|sau|tới|trước))",
    ("giao ban sáng thứ Hai đầu tháng", "vào thứ Sáu tuần cuối của tháng", "chiều thứ Năm đầu tiên hằng tháng"),
    ("thứ Hai đầu tháng 5", "sáng thứ Hai hằng tuần"),
)
MONTH_END = rule(
    "month_end",
    "ngày cuối cùng của tháng",
    "the last day or last working day of every month",
    rf"(?P<cue>{_CUE})ngày\s+(?P<working>làm\s+việc\s+)?cuối\s+(?:cùng\s+)?(?:của\s+)?(?:{_EACH}\s+)?tháng(?!\s+(?:\d|này|sau|tới|trước))",
    ("vào ngày làm việc cuối cùng của tháng", "chậm nhất ngày cuối tháng"),
    ("vào ngày cuối tháng 6/2025",),
)
WEEKDAY = rule(
    "weekday",
    "thứ … hằng tuần, mỗi sáng thứ …",
    "one or more weekdays of every week",
    rf"(?P<cue>{_CUE}){CLOCK}?(?:{_PART_OF_DAY}(?P<weekdays>{_WEEKDAYS})\s+{_EACH}\s+tuần"
    rf"|(?:mỗi|các)\s+(?:buổi\s+)?{_PART_OF_DAY}(?P<weekdays2>{_WEEKDAYS})(?!\s*,?\s*\(?(?:ngày\s+)?\d|\s+tuần\s+(?:này|sau|tới)))(?!\w)"
    rf"|{_EACH}\s+tuần\s*[,:]?\s+(?:{_CUE}){_PART_OF_DAY}(?P<weekdays3>{_WEEKDAYS})(?!\w|\s*,?\s*(?:ngày\s+)?\d)"
    rf"|(?<!\w)(?:vào|trong)\s+(?:các\s+|hai\s+)?(?P<weekdays5>(?:ngày\s+)?thứ\s+bảy\s*(?:,|và)\s*chủ\s+nhật)(?!\w|\s*,?\s*\(?(?:ngày\s+)?\d|\s+(?:tuần\s+)?(?:này|sau|tới|của|đầu|cuối))"
    rf"|(?<!\w)cứ\s+(?:vào\s+|đến\s+)?{_PART_OF_DAY}(?P<weekdays4>{_WEEKDAYS})(?!\w|\s*,?\s*(?:ngày\s+)?\d)",
    (
        "báo cáo vào thứ Sáu hằng tuần",
        "mỗi sáng Chủ nhật",
        "vào các sáng thứ Bảy",
        "vào thứ Ba, thứ Sáu hằng tuần",
        "cứ chiều thứ Sáu báo cáo",
        "trực vào thứ Bảy, Chủ nhật",
    ),
    ("sáng thứ Sáu tuần sau",),
)
EVERY_HOUR_OF_DAY = rule(
    "daily_hour",
    "trước … giờ hằng ngày",
    "an hour of every day",
    rf"(?P<cue>{_CUE}){CLOCK}(?:(?:và|,)\s*\d{{1,2}}\s*(?:giờ|h|g|:)\s*(?:\d{{2}})?(?:\s*phút)?\s*)?(?:(?:sáng|trưa|chiều|tối)\s+)?(?:của\s+)?(?:{_EACH}\s+ngày|các\s+ngày\s+trong\s+tuần)(?!\w)|{_EACH}\s+ngày\s*[,:(]?\s+(?:{_CUE}){CLOCK.replace('<hour>', '<hour2>').replace('<minute>', '<minute2>')}(?!\w*\s*ngày)",
    ("trước 16 giờ hằng ngày", "Hằng ngày, trước 15 giờ 30, tổng hợp"),
    ("trước 16 giờ ngày 20/4", "sinh hoạt hằng ngày"),
)
EVERY_MONTHS = rule(
    "every_months",
    "định kỳ 6 tháng, 2 tuần một lần, 10 ngày có một bản tin, 02 giờ/lần",
    "every so many minutes, hours, days, weeks, months or years",
    rf"(?:cứ\s+)?(?:định\s+kỳ\s+(?:cứ\s+|mỗi\s+)?(?P<count>{NUMBER})\s+(?P<unit>tháng|tuần|năm|ngày)(?:{_ONCE})?"
    rf"|(?:mỗi\s+)?(?P<count2>{NUMBER})\s+(?P<unit2>tháng|tuần|năm|ngày|quý|giờ|phút|tiếng)(?:{_ONCE})"
    r"|(?<!\w)(?<!\d )(?<!mỗi )(?<!hằng )(?<!hàng )(?<!một )(?<!trong )(?P<unit5>tuần|tháng|quý|năm)\s+(?P<count5>một|0?1)\s+lần"
    r"|(?<!\w)(?<!trong )(?P<count4>0?6|sáu)\s+(?P<unit4>tháng)\s*(?:,|và)\s*(?:0?1\s+|một\s+|cuối\s+|cả\s+)?năm(?=\s+(?:có\s+)?(?:báo\s+cáo|sơ\s+kết|tổng\s+kết|tổng\s+hợp|tổ\s+chức|đánh\s+giá|rà\s+soát|kiểm\s+điểm|kiểm\s+tra|thông\s+báo|công\s+khai)(?!\w))"
    rf"|(?<!\w)(?<!trong )(?<!sau )(?<!trước )(?<!hơn )(?<!quá )(?<!nhất )(?P<count3>{NUMBER})\s+(?P<unit3>tuần|tháng|ngày)\s+(?=(?:họp|báo\s+cáo|có|ra|kiểm\s+tra|giao\s+ban|tổng\s+hợp|gửi|cập\s+nhật|đi|tổ\s+chức|sinh\s+hoạt|thông\s+báo|rà\s+soát|đối\s+chiếu|phát)\s)(?:[^\W\d_]+\s+){{1,6}}?(?:một|0?1)\s+(?:lần|kỳ|bản\s+tin|bản|tin|cuộc|lượt|đợt|số))(?!\w)",
    (
        "Định kỳ 6 tháng, hằng năm báo cáo",
        "03 tháng một lần",
        "định kỳ 2 tuần/lần",
        "5 ngày báo cáo Sở một lần",
        "10 ngày có một bản tin",
        "02 giờ/lần",
        "sáu tháng, một năm có báo cáo",
    ),
    ("trong 6 tháng đầu năm", "200.000 đồng/lần", "trong 10 ngày có một đợt mưa"),
)
EVERY = rule(
    "every",
    "hằng năm, hằng quý, hằng tháng, hằng tuần",
    "every year, quarter, month or week",
    rf"(?:định\s+kỳ\s+)?(?:{_EACH}\s+(?P<unit>năm(?!\s+học\s+\d)|quý|tháng(?!\s+\d{{1,2}}(?:\s?/\s?\d{{4}}|\s+năm\s+\d|\s*(?:,|và)\s*tháng\s+\d))|tuần|học\s+kỳ(?:\s+(?:một|0?1)\s+lần)?)|(?<=định kỳ )(?P<unit2>{_UNIT})(?!\w)|(?<!\w)(?P<unit3>năm|quý|tháng|tuần|ngày)\s+nào\s+cũng(?!\w)|(?<!\w)theo\s+(?:từng\s+)?(?P<unit4>năm|quý|tháng|tuần|ngày)(?=\s*(?:[.;,)\n]|$))|(?<!\w)từng\s+(?P<unit5>quý|tháng|tuần)(?=\s+(?:trình|báo\s+cáo|gửi|kiểm\s+tra|đánh\s+giá|rà\s+soát|tổng\s+hợp|công\s+khai|công\s+bố|đối\s+chiếu|họp|giao\s+ban|sơ\s+kết|thông\s+báo|cập\s+nhật)\s))"
    rf"(?P<more>(?:\s*(?:,|và|hoặc)\s*(?:{_EACH}\s+)?(?:(?:0?6|sáu)\s+tháng|năm|quý|tháng|tuần)(?!\w|\s+(?:\d|học|[IV]+(?!\w)|đầu|cuối))){{0,4}})",
    (
        "Hằng năm tổ chức sơ kết",
        "họp giao ban hằng tuần",
        "học tập chuyên đề hằng tháng, quý",
        "báo cáo định kỳ tháng",
        "tuần nào cũng họp",
        "cập nhật theo từng quý",
        "kết quả từng quý trình Thường trực",
    ),
    ("sinh hoạt hằng ngày", "tiến độ từng tuần", "chia theo từng năm học"),
)
EVERY_DAY = rule(
    "every_day",
    "hằng ngày (đầu câu, đầu vế, cuối vế), cuối mỗi ngày",
    "every day, where it opens a clause or closes that of a report or check",
    r"(?:(?<=\n)|(?<=[.;:] )|^)(?:hằng|hàng|mỗi)\s+ngày\b|(?<=, )(?:hằng|hàng|mỗi)\s+ngày(?=\s+(?:ít\s+nhất|tối\s+thiểu|có\s+ít\s+nhất|có\s+(?:bài|tin|báo|người)|không\s+dưới|đăng|phát|kiểm|báo|cập|ra|viết|đo|trực|họp|gửi|tổng|thống|tham\s+mưu|công\s+khai|công\s+bố|cử|giao\s+ban|rà\s+soát|nắm|phân\s+công|bố\s+trí|đối\s+chiếu|lấy|chấm|thu|dọn|quét|vệ\s+sinh|theo\s+dõi|đôn\s+đốc|tuần\s+tra|trình|ghi|nhập|thông\s+báo|đưa|nhắc|điểm\s+danh|xem|đọc|chuyển|tiếp\s+nhận)\s)|(?<!\w)(?:cuối|đầu)\s+mỗi\s+ngày(?:\s+làm\s+việc)?(?!\w)"
    r"|(?<!công việc )(?<!nhiệm vụ )(?<!hoạt động )(?<!sinh hoạt )(?<!đời sống )(?<!cuộc sống )(?<!ăn uống )(?<!thường trực )(?:hằng|hàng)\s+ngày(?=\s*[,;.)\n]|\s*$|\s+(?:về|cho|trước|vào|lúc|tại|trên|qua|theo|để|bằng|tham\s+mưu|đưa\s+tin|báo\s+cáo|tổng\s+hợp|cập\s+nhật|kiểm\s+tra|rà\s+soát|theo\s+dõi|công\s+khai|công\s+bố|gửi|thông\s+báo|đôn\s+đốc|điểm\s+danh|ghi\s+chép)\s)"
    r"|(?:định\s+kỳ\s+|(?:báo cáo|cập nhật|giao ban|kiểm tra|theo dõi|giám sát|đo|trực|tuần tra|phun|thu gom|thông báo|công khai|tổng hợp|vệ sinh|lau|quét dọn|tưới|chấm công|điểm danh|rà soát|đối chiếu)\s+)(?:hằng|hàng|mỗi)\s+ngày(?!\w|\s+(?:của|càng|một|bởi|do))",
    (
        "Hằng ngày kiểm tra sĩ số",
        "báo cáo hằng ngày về Ban Chỉ huy",
        "kiểm tra hằng ngày bể nước",
        "cuối mỗi ngày làm việc",
    ),
    ("sinh hoạt hằng ngày", "công việc hằng ngày của đơn vị"),
)
TIMES = rule(
    "times",
    "… lần/tháng, mỗi tháng … lần",
    "so many times a day, week, month, quarter or year, and on which weekdays",
    rf"(?<![\w.,])(?<!quá )(?<!trên )(?<!dưới )(?:ít\s+nhất\s+|tối\s+thiểu\s+)?(?:{NUMBER})\s+(?:lần\s*(?:/|(?:trong\s+)?(?:mỗi|một)\s)\s*(?P<unit>ngày|{_UNIT})"
    rf"|(?:bài|tin|tin\s+bài|tin,\s+bài|bản\s+tin|phóng\s+sự|chuyên\s+mục|cuộc|đợt|kỳ|lượt|phiên)\s*/\s*(?P<unit3>{_UNIT})|buổi\s*/\s*(?P<unit4>tuần|tháng|quý)(?=\s*(?:\(|,?\s*vào\s+)(?:các\s+)?{_PART_OF_DAY}{_WEEKDAY}))(?!\w)"
    rf"(?:\s*(?:\(|,?\s*vào\s+)(?:các\s+)?{_PART_OF_DAY}(?P<weekdays>{_WEEKDAYS})\)?)?"
    rf"|một\s+(?P<unit2>ngày|{_UNIT})\s+(?:{NUMBER})\s+lần|(?<!\w)(?<!\d )(?<!mỗi )(?<!hằng )(?<!hàng )(?P<unit6>ngày|tuần)\s+(?:{NUMBER})\s+lần(?!\s*/)",
    (
        "ít nhất 01 lần/tháng",
        "một tuần hai lần",
        "ít nhất 4 lần mỗi ngày",
        "02 tin bài/tuần",
        "phát 3 buổi/tuần vào thứ Ba, thứ Năm",
        "phát thanh ngày 02 lần",
        "02 lượt/tháng",
    ),
    ("200.000 đồng/lần", "02 buổi/ngày", "vi phạm quá 03 lần trong một quý"),
)
RULES = (
    YEARLY_DAY,
    SEASON,
    MONTHLY_DAY,
    DAY_OF_NEXT,
    MONTHLY_PAPER,
    MONTH_END,
    WEEKDAY_OF_MONTH,
    WEEKDAY,
    WEEKLY_PAPER,
    EVERY_HOUR_OF_DAY,
    EVERY_MONTHS,
    EVERY,
    EVERY_DAY,
    TIMES,
)

_FREQUENCIES = {
    "năm": "FREQ=YEARLY",
    "quý": "FREQ=MONTHLY;INTERVAL=3",
    "tháng": "FREQ=MONTHLY",
    "tuần": "FREQ=WEEKLY",
    "ngày": "FREQ=DAILY",
    "6 tháng": "FREQ=MONTHLY;INTERVAL=6",
    "học kỳ": "FREQ=MONTHLY;INTERVAL=6",
}
_MONTHS_OF_QUARTERS = {"đầu": "1,4,7,10", "cuối": "3,6,9,12"}
_WEEKDAYS_OF = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU"}
_WEEKDAYS_OF |= dict(zip("234567", ("MO", "TU", "WE", "TH", "FR", "SA"), strict=True))
_LENGTHS = {
    "quý": ("MONTHLY", 3),
    "tháng": ("MONTHLY", 1),
    "tuần": ("WEEKLY", 1),
    "ngày": ("DAILY", 1),
    "giờ": ("HOURLY", 1),
    "tiếng": ("HOURLY", 1),
    "phút": ("MINUTELY", 1),
}
_DAY_MONTH = re.compile(r"(\d{1,2})\s*(?:[/-]\s*|tháng\s+)(\d{1,2})")
_WEEKDAY_WORD = re.compile(r"thứ\s+(\w+)|chủ\s+(nhật)")
_MORE = re.compile(r"(?:0?6|sáu)\s+tháng|năm|quý|tháng|tuần")


def read_recurring(source: SourceText, span: Span, rule: Rule, match: re.Match[str]) -> list[Deadline]:
    """One deadline a recurrence rule; [] where the words hold no day that exists."""
    groups = match.groupdict()
    cue = fold(groups.get("cue") or groups.get("cue2") or "").strip()
    hour = clock({k: groups.get(k) or groups.get(f"{k}2") for k in ("hour", "minute")})
    return [
        Deadline(
            raw=span.of(source.text),
            kind="recurring",
            recurrence=recurrence,
            time=hour,
            inclusive=None
            if rule not in {MONTHLY_DAY, MONTHLY_PAPER, YEARLY_DAY}
            else not cue.startswith(("trước", "xong trước")),
            evidence=cite(source, span, rule.id),
        )
        for recurrence in _rrules(rule, groups)
    ]


def _rrules(rule: Rule, groups: dict[str, str | None]) -> list[str]:
    def of(*names: str) -> str:
        return next((fold(groups[n] or "") for n in names if groups.get(n)), "")

    if rule is YEARLY_DAY:
        found = [(int(d), int(m)) for d, m in _DAY_MONTH.findall(of("first", "dates", "dates2"))]
        return [f"FREQ=YEARLY;BYMONTH={m};BYMONTHDAY={d}" for d, m in found if 1 <= d <= 31 and 1 <= m <= 12]
    if rule is MONTHLY_DAY:
        return _monthly(of("days", "days2"), of("which"), of("months"))
    if rule in {DAY_OF_NEXT, MONTHLY_PAPER}:
        return _monthly(of("days"), "", "")
    if rule is SEASON:
        return _season(int(of("first")), int(of("last")))
    if rule is WEEKDAY_OF_MONTH:
        (word,) = _WEEKDAY_WORD.findall(of("weekday"))
        return [f"FREQ=MONTHLY;BYDAY={1 if of('which').startswith('đầu') else -1}{_WEEKDAYS_OF[word[0] or word[1]]}"]
    if rule is MONTH_END:
        return ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if groups["working"] else "FREQ=MONTHLY;BYMONTHDAY=-1"]
    weekdays = _WEEKDAY_WORD.findall(of("weekdays", "weekdays2", "weekdays3", "weekdays4", "weekdays5"))
    if weekdays:
        return [f"FREQ=WEEKLY;BYDAY={','.join(_WEEKDAYS_OF[a or b] for a, b in weekdays)}"]
    if rule is EVERY_MONTHS:
        return _every(
            number(of("count", "count2", "count3", "count4", "count5")), of("unit", "unit2", "unit3", "unit4", "unit5")
        )
    if rule in {EVERY_DAY, EVERY_HOUR_OF_DAY}:
        return ["FREQ=DAILY"]
    more = ["6 tháng" if " " in u else u for u in _MORE.findall(of("more"))]
    return list(
        dict.fromkeys(
            _FREQUENCIES[re.sub(r"^(học kỳ) .*", r"\1", " ".join(u.split()))]
            for u in [of("unit", "unit2", "unit3", "unit4", "unit5", "unit6"), *more]
        )
    )


def _monthly(printed: str, which: str, months: str) -> list[str]:
    """ "15 và 30" are two days, "01 đến 05" are done by the last. `which` month of each quarter, or `months` by number."""
    days = [int(d) for d in re.findall(r"\d+", printed)]
    days = days[-1:] if "đến" in printed else days
    if not all(1 <= d <= 31 for d in days):
        return []
    listed = ",".join(map(str, days))
    if which:
        return [f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={listed};BYMONTH={_MONTHS_OF_QUARTERS[which]}"]
    if months:
        numbers = re.findall(r"\d+", months)
        named = ",".join(str(int(m)) for m in numbers)
        return [f"FREQ=YEARLY;BYMONTH={named};BYMONTHDAY={listed}"] if all(1 <= int(m) <= 12 for m in numbers) else []
    return [f"FREQ=MONTHLY;BYMONTHDAY={listed}"]


def _season(first: int, last: int) -> list[str]:
    """The months from one to another of every year, over its turn where the last comes before the first."""
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return []
    months = range(first, (last if last >= first else last + 12) + 1)
    return [f"FREQ=YEARLY;BYMONTH={','.join(str(m) for m in sorted((m - 1) % 12 + 1 for m in months))}"]


def _every(count: int, unit: str) -> list[str]:
    name, times = _LENGTHS.get(unit, ("YEARLY", 1))
    interval = count * times
    return [f"FREQ={name}" + (f";INTERVAL={interval}" if interval > 1 else "")] if interval else []
