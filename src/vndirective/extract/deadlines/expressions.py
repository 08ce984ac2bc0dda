"""The wordings of a time limit with dates, and all rules in the order in which they are tried.

A stretch of text belongs to the first rule that takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vndirective.extract.deadlines import recurring, relative
from vndirective.extract.deadlines.periods import day, months_or_shorter, period, point
from vndirective.extract.deadlines.wording import CLOCK, rule
from vndirective.extract.rules import Rule

_WHEN = rf"(?:{day('a_')}|{period('a_')})"
_LIMIT = rf"(?:{day('a_')}|{period('a_')}|{point('a_')})"
MONTHS_OR_SHORTER = months_or_shorter("a_")
_UNCAUGHT_CLOCK = r"(?:\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2})?(?:\s*phút)?\s*,?\s*(?=ngày|\d{1,2}/))?"
_PART_OF_DAY = r"(?:(?:sáng|trưa|chiều|tối)\s+)?(?:thứ\s+\w+\s*,?\s+|chủ\s+nhật\s*,?\s+)?"
_FIRST_DAY = (
    rf"{_UNCAUGHT_CLOCK}{_PART_OF_DAY}(?:ngày\s+)?(?:mồng\s+|mùng\s+)?(?P<b_d>\d{{1,2}})"
    r"(?:\s?[/.-]\s?(?P<b_m>\d{1,2})(?:\s?[/.-]\s?(?P<b_y>\d{4}))?|\s+tháng\s+(?P<b_wm>\d{1,2})(?:\s+năm\s+(?P<b_wy>\d{4}))?)?"
)
_TO = r"\s*(?:(?:cho\s+)?(?:đến|tới)(?:\s+hết|\s+trước)?|-|–|,?\s*(?:và\s+)?kết\s+thúc\s+(?:vào|trước|trong))\s*"
_LISTED = r"\d{1,2}(?:\s?/\s?\d{1,2})?(?:\s?/\s?\d{4})?"

_PART_WORD = r"(?:sáng|trưa|chiều|tối)"
_WEEKDAY_WORD = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_MEETING = (
    r"(?:(?:kỳ|phiên|buổi|cuộc|đợt|hội\s+nghị)\s+(?:họp|sinh\s+hoạt|giao\s+ban|thi|kiểm\s+tra|tiếp\s+xúc|tiếp\s+công\s+dân|tập\s+huấn|giám\s+sát|thường\s+kỳ|báo\s+cáo)|giao\s+ban|họp|sinh\s+hoạt\s+(?:chi\s+(?:bộ|hội|đoàn)|tổ|công\s+đoàn|câu\s+lạc\s+bộ|chuyên\s+(?:đề|môn)|định\s+kỳ|thường\s+kỳ)|(?:kỳ|phiên)(?=\s+tháng))"
    r"(?:\s+(?!tháng|quý|ngày|năm|tuần|và)[^\W\d_]+){0,5}?"
)

# where a bare time may stand: at the start, after a stop, comma, colon or bracket, after "là", "vào", "dự kiến"
_STANDS = r"(?:\A|(?<=\A\W)|(?<=[\n(:.])|(?<=[(:.,;]\s)|(?<=là\s)|(?<=vào\s)|(?<=kiến\s)|(?<=gian\s))"

BETWEEN = rule(
    "between",
    "từ ngày … đến ngày …, từ nay đến …",
    "from one day or month, or from now, to another",
    rf"(?:bắt\s+đầu\s+)?từ\s+(?:(?P<now>nay|bây\s+giờ|giờ|hôm\s+nay)|{period('b_')}|{_FIRST_DAY}){_TO}{CLOCK}?{_LIMIT}",
    (
        "từ ngày 01/9/2025 đến ngày 15/9/2025",
        "từ 10/5 đến hết ngày 14/5/2026",
        "từ tháng 9 đến tháng 12 năm 2025",
        "từ nay đến cuối năm",
        "bắt đầu từ ngày 26/5/2025 và kết thúc vào ngày 30/5/2025",
    ),
    ("từ 3 đến 5 đơn vị", "từ 9 tháng đến 12 tháng tuổi"),
)
RANGE = rule(
    "range",
    "12 - 14/3/2025 (sau nhãn, trong ngoặc, trong ô)",
    "from one day to another without a word before, where a label, a bracket, a field or 'vào' says that it is a time",
    rf"(?<![\w/.])(?:(?:vào|trong)\s+(?:(?:khoảng\s+)?thời\s+gian\s+)?(?:các\s+)?)?{_FIRST_DAY}\s*(?:-|–|đến)\s*{CLOCK}?{day('a_')}",
    (
        "thời gian: 07-11/4/2025",
        "(15/4 - 25/4/2025)",
        "trong các ngày 12-14/3/2025",
        "trong thời gian 21/4 đến 17 giờ ngày 28/4/2025",
    ),
    ("từ 3 đến 5 đơn vị", "ngày 12-3-2025"),
)
DAYS = rule(
    "days",
    "các ngày … và …",
    "several days, each a time of its own; days that follow each other are one stretch",
    rf"(?P<cue>(?:vào|trong|trước|chậm\s+nhất(?:\s+là)?)\s+(?:(?:các|cả|hai|ba|bốn|năm|\d{{1,2}})\s+)?|(?:các|cả|hai|ba)\s+)?(?:(?<!\w)ngày\s+|(?:(?<=trước\s)|(?<=nhất\s)|\A)(?=\d{{1,2}}/\d{{1,2}}\s*(?:,|và)\s*\d{{1,2}}/\d))"
    rf"(?P<days>{_LISTED}(?:\s*(?:,|;|và)\s*(?:ngày\s+)?{_LISTED}){{1,6}}(?:\s+tháng\s+\d{{1,2}}(?:\s+năm\s+\d{{4}})?)?)(?![\d/])",
    (
        "vào các ngày 15/4/2025 và 15/5/2025",
        "trong hai ngày 18 và 19/4/2025",
        "trong các ngày 22, 23 và 24/4/2025",
        "trước 15/6 và 15/11",
        "20/6 và 05/12/2024",
    ),
    ("vào ngày 15/4/2025", "các ngày lễ"),
)
BY_BRACKET = rule(
    "by_bracket",
    "trước mùa mưa bão (31/7/2025)",
    "before something of which the bracket tells the day",
    rf"(?<!\w)(?P<cue>(?:xong\s+)?trước)\s+(?:(?!ngày\s+\d)[^\d().;,:\n]{{3,40}}(?P<bracket>\()(?:ngày\s+)?"
    rf"|(?:(?:dịp|đợt)\s+)?(?:ngày|lễ|kỷ\s+niệm|quốc\s+khánh)\s+(?!\d)[^\d().;,:\n]{{3,50}}?\s)(?<!\sngày\s){day('a_')}(?(bracket)\s*\))",
    (
        "trước mùa mưa bão (31/7/2025)",
        "xong trước lễ khai giảng (ngày 05/9/2025)",
        "trước ngày Môi trường thế giới 05/6",
    ),
    ("trước ngày 31/7/2025 (thứ Năm)", "trước mùa mưa (tháng 7)"),
)
BY = rule(
    "by",
    "trước, chậm nhất, đến hết, hạn cuối …",
    "no later than a day or the end of a period",
    r"(?P<cue>(?:xong\s+)?(?:chậm\s+nhất(?:\s+phải)?(?:\s+là)?(?:\s+(?:đến|vào|trong|trước))?(?:\s+hết)?|(?:muộn|trễ)\s+nhất(?:\s+là)?(?:\s+(?:đến|vào|trong))?(?:\s+hết)?|"
    r"hạn\s+(?:cuối|chót)(?:\s+cùng)?(?:\s+(?:là|vào|đến))?|(?<!có )thời\s+hạn(?:\s+(?:là|đến)|(?=\s+(?:ngày\s+)?\d{1,2}\s?[/.-]\s?\d))|trước(?:\s+thời\s+điểm)?|không\s+(?:muộn|chậm|trễ)\s+hơn|không\s+(?:được\s+)?(?:để\s+)?(?:(?:kéo\s+dài|kéo|lùi|vượt|lấn|chậm|chậm\s+trễ|trễ|muộn|dây\s+dưa)\s+)?(?:quá|qua|sau)|trước\s+khi\s+(?:[^\W\d_]+\s+){1,4}(?=ngày\s+\d)|(?:đến|tới)\s+hết|hết|(?:(?:đến|tới)\s+)?khi\s+kết\s+thúc)\s*:?\s*)"
    rf"{CLOCK}?{_LIMIT}",
    (
        "chậm nhất ngày 20/9/2023",
        "trước ngày 20 tháng 8 năm 2023",
        "trước 17 giờ 00 ngày 15/9/2025",
        "trước 16:00 ngày 15/9/2025",
        "đến hết tháng 8/2026",
        "xong trước quý II/2026",
        "trước thứ Sáu, ngày 21/3/2025",
        "không để sau 15/12",
        "không kéo dài qua tháng 5",
        "chậm nhất thứ Hai (24/3/2025)",
        "trước cuối năm",
        "trước Tết Nguyên đán Bính Ngọ",
        "khi kết thúc năm 2026",
    ),
    ("trước khi triển khai", "ngày 20/9/2023", "trước 5-7 ngày", "trước Tết Trung thu"),
)
UNTIL = rule(
    "until",
    "đến ngày …; đến năm …",
    "work to be done by then: a year where the phrase opens or closes its clause, a day anywhere",
    rf"(?<!\w)(?P<cue>(?:phấn\s+đấu\s+)?(?:đến|tới)\s+(?:thời\s+điểm\s+)?|phấn\s+đấu\s+(?=cuối\s)|sang\s+(?=(?:ngày\s+)?\d{{1,2}}/\d)){CLOCK}?{_LIMIT}",
    (
        "phấn đấu đến năm 2025 hoàn thành",
        "Đến ngày 30/9/2025 phải xong",
        "Đến cuối năm 2026",
        "tới cuối tháng 8",
        "lùi sang ngày 15/12",
    ),
    ("từ đầu năm đến nay",),
)
DURING = rule(
    "during",
    "trong tháng, trong quý, trong năm học, vào đầu tháng …",
    "within a named period or part of it",
    rf"(?P<cue>(?:xong\s+|ngay\s+)?(?:trong|vào|(?<=[,;.]\s)sang(?=\s+(?:đầu\s+)?(?:năm|quý|tháng)\s))(?:\s+(?:đúng\s+dịp|dịp|đúng|thời\s+gian|cả|khoảng|suốt|đợt))?\s+|ngay\s+(?=hôm|ngày\s+hôm)){CLOCK}?(?:{_WHEN}|(?=cuối\s+(?:năm|quý|tháng)){point('a_')})",
    (
        "trong quý II/2026",
        "vào dịp hè năm 2023",
        "ngay trong năm học 2023-2024",
        "trong tháng 9/2023",
        "vào trung tuần tháng 8/2025",
        "trong tuần này",
        "trong tháng 4 và tháng 5/2025",
        "vào thứ Sáu tuần này",
        "trong hai năm 2025, 2026",
    ),
    ("trong các trường học", "trong tuần sau khi họp"),
)
OCCASION = rule(
    "occasion",
    "khánh thành dịp …, hoàn thành đúng ngày …",
    "the day of a celebration on which work is to be finished or opened",
    rf"(?<!\w)(?:xong|hoàn\s+thành|khánh\s+thành|khai\s+trương|ra\s+mắt|bàn\s+giao|phát\s+động|ra\s+quân|khởi\s+công|thông\s+xe|trao)\s+(?:(?:đúng\s+)?(?:vào\s+)?dịp|đúng\s+ngày)\s+{_WHEN}",
    ("khánh thành dịp 19/5", "hoàn thành đúng dịp 02/9"),
    ("nhân dịp 19/5", "bàn giao dịp này"),
)
AT_MEETING = rule(
    "at_meeting",
    "tại phiên họp tháng …, trong kỳ sinh hoạt tháng …",
    "at a meeting that is named by its month or quarter: within that period",
    rf"(?<!\w)(?=[ntvởkpbcđhgs])(?P<cue>(?:ngay\s+)?(?:tại|trong|vào|ở)\s+(?:(?:các|mỗi)\s+)?|(?P<since>(?:kể\s+)?từ)\s+|(?<=và )){_MEETING}\s+(?:{MONTHS_OR_SHORTER})",
    (
        "trình tại phiên họp tháng 5",
        "ngay trong kỳ sinh hoạt chi bộ tháng 12/2025",
        "báo cáo tại giao ban tháng 6",
        "từ kỳ sinh hoạt tháng 1/2026",
        "ngay trong đợt thi tháng 12/2025",
        "đưa vào sinh hoạt chi hội tháng 3",
    ),
    ("tại phiên họp thứ 12", "trong tháng 5", "hội nghị giao ban tháng 4"),
)
DAYS_OF_PARTS = rule(
    "evenings",
    "các buổi tối 16, 17, 18/10",
    "several days by the part of the day, without the word for day",
    rf"(?P<cue>(?:(?:vào|trong)\s+)?(?:(?:các|hai|ba|bốn)\s+)(?:buổi\s+)?)(?:sáng|trưa|chiều|tối)\s+(?P<days>{_LISTED}(?:\s*(?:,|và)\s*{_LISTED}){{1,6}})(?![\d/])",
    ("vào các buổi tối 16, 17, 18/10/2025", "hai chiều 14 và 15/4"),
    ("các buổi tối thứ Hai", "hai sáng kiến"),
)
BARE_PERIOD = rule(
    "bare_period",
    "trong năm, trong tháng, đến hết năm, đến hết năm học",
    "the year, quarter, month or school year of the issue, where it closes or opens its clause",
    r"(?<!\w)(?P<cue>(?:ngay\s+|xong\s+|dứt\s+điểm\s+)?trong|(?:đến\s+|cho\s+đến\s+)?hết|(?:trước\s+)?khi\s+kết\s+thúc)\s+(?P<unit>năm(?:\s+học)?|quý|tháng|tuần)(?=\s*(?:[.;,)\n]|$)|\s+(?:phải|kiểm tra|thu|hoàn thành|đạt|tổ chức|giải quyết|xử lý|có ít nhất|thực hiện|nhập|nộp|xong|làm xong|bàn giao|giải ngân|không còn|cơ bản)\s)",
    ("giải quyết xong trong năm", "trong tháng thu tối thiểu 85%", "đến hết năm học", "dứt điểm trong tháng"),
    ("trong năm 2025", "trong tuần sau", "hết năm học 2025-2026", "trong năm qua"),
)
PERIODS_ALONE = rule(
    "years_alone",
    "2025 - 2027 (cả ô)",
    "a run of years that fills its cell",
    r"\A\s*(?P<a_from>\d{4})\s*[-–]\s*(?P<a_to>\d{4})\s*\Z",
    ("2025 - 2027", "2026-2030"),
    ("giai đoạn 2025 - 2027", "năm học 2025-2026"),
)
SUMMER = rule(
    "summer",
    "hè …",
    "work of the summer holidays",
    r"(?:dịp\s+)?(?<!\w)hè\s+(?:năm\s+)?(?P<a_summer>\d{4})",
    ("bồi dưỡng giáo viên hè năm 2023", "dịp hè 2023"),
    ("mùa hè sôi động",),
)
FROM = rule(
    "from",
    "từ ngày, từ tháng, từ năm học …",
    "work that begins then",
    rf"(?P<cue>(?:kể\s+|bắt\s+đầu\s+)?từ\s+){CLOCK}?{_WHEN}",
    ("từ năm học 2021-2022", "từ tháng 9/2023"),
    ("từ các nguồn lực",),
)
OPENING = rule(
    "opening",
    "Năm học …, / Quý …, (đầu câu, đầu ô, sau nhãn)",
    "a period or day that opens the sentence, fills the field or bracket, or follows a label",
    rf"{_STANDS}{CLOCK}?{_WHEN}",
    (
        "Năm học 2023 – 2024, ngành phấn đấu",
        "Quý III/2026",
        "Thời hạn hoàn thành: 22/4/2025",
        "(tháng 4 - 5/2025)",
        "sơ kết hằng năm, quý III/2027 tổ chức tổng kết",
    ),
    ("các trường học",),
)
DONE = rule(
    "done",
    "hoàn thành năm …, xong tháng … (cuối vế)",
    "to be finished in a period or on a day, where that closes the clause",
    rf"(?<!\w)(?:hoàn\s+thành|hoàn\s+tất|(?<!đã )xong|tổng\s+kết)\s+{_WHEN}(?=\s*(?:[.;,)\n]|$))",
    ("di dời các hộ, hoàn thành năm 2024.", "làm xong quý III/2026;"),
    ("hoàn thành năm 2024 nhiều chỉ tiêu", "hoàn thành 3 xã"),
)
HELD = rule(
    "held",
    "sơ kết ngày …, tổng duyệt … giờ ngày …, trình … giữa tháng … (cuối vế)",
    "a day on which something is held or handed in, or a part of a month, where it closes its clause or is followed by a place",
    rf"(?<!\w)(?=[\dlnstcđgh])(?:{CLOCK}?(?=(?:{_PART_WORD}\s+)?(?:ngày\s+\d|(?:ngày\s+)?{_WEEKDAY_WORD}\s*,?\s*\(?(?:ngày\s+)?\d{{1,2}}\s?[/-])|{_PART_WORD}\s+\d{{1,2}}\s?[/-]){day('a_')}"
    rf"|(?=(?:đầu|giữa|cuối|thượng|trung|hạ|tuần)\s){MONTHS_OR_SHORTER.replace('a_', 'c_')})(?=\s*(?:[.;,)\n]|$)|\s+(?:tại|có\s+mặt|có\s+sự|với\s+sự)\s)",
    (
        "sơ kết ngày 15/8,",
        "trình Hội đồng giữa tháng 3.",
        "tổng duyệt 14 giờ ngày 18/11.",
        "ra quân sáng 17/7;",
        "tập huấn sáng thứ Hai 20/10.",
    ),
    ("ngày 15/8 của đơn vị", "giữa tháng 3 có mưa"),
)
DATED = frozenset(
    (
        BETWEEN,
        RANGE,
        DAYS,
        DAYS_OF_PARTS,
        BY_BRACKET,
        BY,
        DURING,
        OCCASION,
        AT_MEETING,
        BARE_PERIOD,
        PERIODS_ALONE,
        SUMMER,
        FROM,
        UNTIL,
        OPENING,
        DONE,
        HELD,
    )
)

_UNITS = ("ngày", "tuần", "tháng", "quý", "năm", "giờ")
_COUNTED = ("bài", "tin", "sự", "mục", "cuộc", "đợt", "kỳ", "lượt", "phiên", "buổi")


_WEEKDAYS = (
    *(f"thứ {name}" for name in ("hai", "ba", "tư", "năm", "sáu", "bảy", "2", "3", "4", "5", "6", "7")),
    "chủ nhật",
)


def _each(unit: str) -> tuple[str, ...]:
    return tuple(f"{word} {unit}" for word in ("hằng", "hàng", "mỗi"))


# Each rule with words of which its expressions hold one, single spaces between them: a rule is not tried on a text without.
# Between stands before from and by: "từ ngày 1 đến hết ngày 5" is one expression.
_TRIED: tuple[tuple[Rule, tuple[str, ...]], ...] = (
    (recurring.YEARLY_DAY, _each("năm")),
    (recurring.SEASON, _each("năm")),
    (
        recurring.MONTHLY_DAY,
        (
            *_each("tháng"),
            "tháng cuối",
            "tháng đầu",
            "các tháng",
            "tháng liền",
            "tháng kế",
            "tháng tiếp",
            "tháng trước",
            "tháng sau liền",
        ),
    ),
    (recurring.DAY_OF_NEXT, ("tháng sau",)),
    (recurring.MONTHLY_PAPER, ("tháng",)),
    (recurring.MONTH_END, ("cuối",)),
    (recurring.WEEKDAY_OF_MONTH, ("đầu tháng", "cuối tháng", "của tháng", *_each("tháng"))),
    (recurring.WEEKDAY, _WEEKDAYS),
    (recurring.WEEKLY_PAPER, _WEEKDAYS),
    (recurring.EVERY_HOUR_OF_DAY, (*_each("ngày"), "các ngày trong tuần")),
    (
        recurring.EVERY_MONTHS,
        ("lần", "kỳ", "có một", "có 01", "tháng, một năm", "tháng, năm", "tháng, 1 năm", "tháng và"),
    ),
    (recurring.EVERY, ("hằng", "hàng", "mỗi", "kỳ", "nào cũng", "theo ", "từng ")),
    (recurring.EVERY_DAY, _each("ngày")),
    (
        recurring.TIMES,
        ("lần", *(f"{what}{slash}" for what in _COUNTED for slash in ("/", " /"))),
    ),
    (relative.COMING, ("tới", "nữa")),
    (relative.BEFORE_EVENT, ("ít nhất", "tối thiểu", "chậm nhất")),
    (relative.RELATIVE, _UNITS),
    (relative.COUNTED_FROM, ("từ", "sau")),
    (relative.WITHIN, ("trong",)),
    (BETWEEN, ("từ",)),
    (DAYS, ("ngày", "/")),
    (RANGE, ("-", "–", "đến")),
    (BY_BRACKET, ("(", *(f"trước {word}" for word in ("ngày", "lễ", "dịp", "đợt", "kỷ niệm", "quốc khánh")))),
    (
        DAYS_OF_PARTS,
        tuple(
            f"{many} {part}"
            for many in ("các", "hai", "ba", "bốn", "buổi")
            for part in ("sáng", "trưa", "chiều", "tối")
        ),
    ),
    (AT_MEETING, ("kỳ ", "phiên ", "buổi ", "cuộc ", "đợt ", "hội nghị ", "giao ban", "họp ", "sinh hoạt ")),
    (
        BARE_PERIOD,
        tuple(f"{cue} {unit}" for cue in ("trong", "hết", "kết thúc") for unit in ("năm", "quý", "tháng", "tuần")),
    ),
    (BY, ("trước", "nhất", "hạn", "hết", "quá", "hơn", "thúc", "không")),
    (OCCASION, ("dịp", "đúng ngày")),
    (DURING, ("trong", "vào", "ngay", "sang")),
    (SUMMER, ("hè",)),
    (FROM, ("từ",)),
    (UNTIL, ("đến", "tới", "phấn đấu", "sang ")),
    (PERIODS_ALONE, ("-", "–")),
    (OPENING, (*_UNITS, "tết", "hè", "/", "hôm", "giai", "thời")),
    (DONE, ("hoàn", "xong", "tổng kết")),
    (HELD, ("ngày", "đầu", "giữa", "cuối", "tuần", "sáng", "trưa", "chiều", "tối", "thứ ", "chủ nhật")),
    (relative.EVENT, ("sau", "khi", "trước")),
)
RULES = tuple(rule for rule, _ in _TRIED)
# With which folded words the expressions of a rule open: it is tried where one stands, not at every letter.
_NUMBERS = r"\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_OPENS: dict[Rule, re.Pattern[str]] = {
    rule: re.compile(words)
    for rule, words in (
        (recurring.MONTHLY_PAPER, "chậm|muộn|trước|vào"),
        (recurring.EVERY_MONTHS, rf"cứ|định|mỗi|tuần|tháng|quý|{_NUMBERS}"),
        (recurring.EVERY, "định|hằng|hàng|mỗi|năm|quý|tháng|tuần|ngày|theo|từng"),
        (relative.RELATIVE, "trong|chậm|muộn|không|sau"),
        (relative.COUNTED_FROM, rf"trong|sau|{_NUMBERS}"),
        (relative.WITHIN, "trong"),
        (relative.EVENT, "ngay|sau|khi|trước"),
        (BETWEEN, "bắt|từ"),
        (RANGE, r"\d|vào|trong|sáng|trưa|chiều|tối|thứ|chủ|ngày|mồng|mùng"),
        (DAYS, r"vào|trong|trước|chậm|các|cả|hai|ba|ngày|\A\d"),
        (BY, "xong|chậm|muộn|trễ|hạn|thời|trước|không|đến|tới|hết|khi"),
        (DURING, "xong|ngay|trong|vào|sang"),
        (FROM, "kể|bắt|từ"),
        (UNTIL, "phấn|đến|tới|sang"),
        # its first letter, looked for before the places where a bare time may stand
        (
            OPENING,
            r"[\dlđchbstnmqgd](?<!\w.)(?:(?<=[\n(:.].)|(?<=[(:.,;]\s.)|(?<=(?:là|ào|ến|an)\s.)|(?<=\A.)|(?<=\A\W.))",
        ),
        (BARE_PERIOD, "ngay|xong|dứt|trong|đến|cho|hết|trước|khi"),
        (relative.BEFORE_EVENT, "trước|ít|tối|chậm"),
        (DONE, "hoàn|xong|tổng"),
        (
            HELD,
            r"\d{1,2}\s*[gh:.]|lúc|(?:sáng|trưa|chiều|tối)(?=\s+(?:ngày|thứ|chủ|\d))|ngày(?=\s+(?:\d|thứ|chủ))|thứ(?=\s)|chủ(?=\s+nhật)|(?:đầu|giữa|cuối|thượng|trung|hạ|tuần)(?=\s)",
        ),
    )
}
_BY_WORDS = tuple((rule, frozenset(words)) for rule, words in _TRIED)
_WORDS = tuple(dict.fromkeys(word for _, words in _TRIED for word in words))
# by their first syllable: where that does not stand, none of them does
_WORDS_BY_FIRST = tuple(
    (first, tuple(word for word in _WORDS if word.startswith(first)))
    for first in dict.fromkeys(word.split()[0] for word in _WORDS)
)
_TIME = (
    *_UNITS,
    "hè",
    "/",
    "tết",
    "hôm",
    "giai",
    "thời",
    "lần",
    "sau",
    "khi",
    "trước",
    "thứ",
    "nhật",
    "khai giảng",
    "đêm nay",
    "tối nay",
    "chiều nay",
    "sáng mai",
)


@lru_cache(maxsize=128)  # an item is asked for its times more than once
def rules_for(folded: str) -> tuple[Rule, ...]:
    """The rules worth trying on a folded text, in order; () where no word of time stands in it."""
    spaced = " ".join(folded.split())
    if not any(word in spaced for word in _TIME):
        assert PERIODS_ALONE.pattern is not None
        return (PERIODS_ALONE,) if PERIODS_ALONE.pattern.match(folded) else ()
    present = {word for first, words in _WORDS_BY_FIRST if first in spaced for word in words if word in spaced}
    return tuple(rule for rule, words in _BY_WORDS if not words.isdisjoint(present))


def found_by(rule: Rule, text: str, folded: str) -> Iterator[re.Match[str]]:
    """The expressions of a rule in a text, as `finditer` gives them. `folded` is the folded text, which may hold more."""
    assert rule.pattern is not None
    opens = _OPENS.get(rule)
    if opens is None:
        yield from rule.pattern.finditer(text)
        return
    end = 0
    for opening in opens.finditer(folded):
        match = rule.pattern.match(text, opening.start()) if opening.start() >= end else None
        if match is not None:
            end = match.end()
            yield match
