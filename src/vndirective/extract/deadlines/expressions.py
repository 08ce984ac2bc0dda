"""The wordings of a time limit, in the order in which they are tried; a stretch of text belongs to the first that takes it."""

from __future__ import annotations

import re

from vndirective.extract.deadlines.periods import DAY, PERIOD
from vndirective.extract.rules import Rule

_CLOCK = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|g)\s*(?P<minute>\d{2})?(?:\s*phút|’|')?\s*,?\s*)?"
_WHEN = rf"(?:{DAY.format('a_')}|{PERIOD.format('a_')})"


def _rule(
    rule_id: str, cue: str, meaning: str, pattern: str, examples: tuple[str, ...], counter: tuple[str, ...]
) -> Rule:
    return Rule(
        id=f"deadline.{rule_id}",
        cue=cue,
        meaning=meaning,
        seen="Nghị định 30/2020/NĐ-CP; cách ghi thời hạn trong văn bản chỉ đạo",
        pattern=re.compile(pattern, re.IGNORECASE),
        examples=examples,
        counter_examples=counter,
    )


MONTHLY_DAY = _rule(
    "monthly_day",
    "trước ngày … hằng tháng",
    "a day of every month",
    r"(?P<cue>(?:chậm nhất|muộn nhất|trước|vào|đến)?\s*(?:là\s+|vào\s+)?)ngày\s+(?P<day>\d{1,2})\s+(?:của\s+)?(?:(?:hằng|hàng|mỗi)\s+tháng|(?P<last>tháng cuối (?:hằng |hàng |mỗi )?quý))",
    ("gửi báo cáo trước ngày 25 hằng tháng", "chậm nhất ngày 15 tháng cuối quý"),
    ("trước ngày 25/9/2023",),
)
WEEKDAY = _rule(
    "weekday",
    "thứ … hằng tuần",
    "a weekday of every week",
    r"(?:chậm nhất |trước |vào )?(?:chiều |sáng )?(?:ngày )?(?P<weekday>thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\s+(?:hằng|hàng|mỗi)\s+tuần",
    ("báo cáo vào thứ Sáu hằng tuần",),
    ("sáng thứ Sáu tuần sau",),
)
EVERY_MONTHS = _rule(
    "every_months",
    "định kỳ 6 tháng",
    "every so many months",
    r"(?:định kỳ\s+(?:mỗi\s+)?(?P<months>\d{1,2}|sáu|ba)\s+tháng|(?P<months2>\d{1,2}|sáu|ba)\s+tháng(?:\s+một|/1)\s+lần)",
    ("Định kỳ 6 tháng, hằng năm báo cáo", "03 tháng một lần"),
    ("trong 6 tháng đầu năm",),
)
EVERY = _rule(
    "every",
    "hằng năm, hằng quý, hằng tháng, hằng tuần",
    "every year, quarter, month or week",
    r"(?:định kỳ\s+)?(?:(?:hằng|hàng|mỗi)\s+(?P<unit>năm(?!\s+học\s+\d)|quý|tháng|tuần)(?:,\s*(?:hằng |hàng )?(?P<unit2>quý|năm)(?!\w))?|định kỳ\s+(?P<unit3>năm|quý|tháng|tuần)(?!\w))",
    ("Hằng năm tổ chức sơ kết", "họp giao ban hằng tuần", "học tập chuyên đề hằng tháng, quý"),
    ("sinh hoạt hằng ngày",),
)
EVERY_DAY = _rule(
    "every_day",
    "hằng ngày (đầu câu)",
    "every day, where it opens the sentence",
    r"(?:(?<=\n)|(?<=\. )|^)(?:hằng|hàng)\s+ngày\b",
    ("Hằng ngày kiểm tra sĩ số",),
    ("sinh hoạt hằng ngày",),
)
RELATIVE = _rule(
    "relative",
    "trong vòng … ngày kể từ ngày …",
    "so many days, weeks or months from a named moment",
    r"(?:trong\s+(?:vòng|thời hạn|thời gian)|chậm nhất(?:\s+(?:là|sau))?|muộn nhất|không quá|sau)\s+(?P<count>\d{1,3})\s*(?:\([^)]*\)\s*)?"
    r"(?P<unit>ngày làm việc|ngày|tuần|tháng|giờ)(?!\s+\d|\s*/)(?:\s*,?\s*(?:kể\s+)?(?:từ|sau)\s+(?P<anchor>(?:ngày|khi|lúc|thời điểm|sau khi)?\s*[^,;.()]{2,60}?(?=[,;.()\n]|$|\s+phải|\s+các\s)))?",
    ("trong vòng 15 ngày kể từ ngày ký", "trong thời hạn 10 ngày làm việc, kể từ ngày nhận được hồ sơ"),
    ("rà soát sau 5 năm", "trong 10 ngày 20/9"),
)
BETWEEN = _rule(
    "between",
    "từ ngày … đến ngày …",
    "from one day or month to another",
    rf"(?:từ|bắt đầu từ)\s+(?:(?:ngày\s+)?(?P<b_d>\d{{1,2}})(?:\s?[/.-]\s?(?P<b_m>\d{{1,2}})(?:\s?[/.-]\s?(?P<b_y>\d{{4}}))?|\s+tháng\s+(?P<b_wm>\d{{1,2}})(?:\s+năm\s+(?P<b_wy>\d{{4}}))?)?|{PERIOD.format('b_')})"
    rf"\s*(?:đến|tới|-|–)(?:\s+hết)?\s+{_WHEN}",
    ("từ ngày 01/9/2025 đến ngày 15/9/2025", "từ 10/5 đến hết ngày 14/5/2026", "từ tháng 9 đến tháng 12 năm 2025"),
    ("từ 3 đến 5 đơn vị",),
)
BY = _rule(
    "by",
    "trước, chậm nhất, đến hết, hạn cuối …",
    "no later than a day or the end of a period",
    rf"(?P<cue>(?:xong\s+)?(?:chậm nhất(?:\s+phải)?(?:\s+là)?(?:\s+(?:đến|vào|trong|trước))?(?:\s+hết)?|muộn nhất(?:\s+là)?(?:\s+(?:đến|vào))?(?:\s+hết)?|"
    rf"hạn (?:cuối|chót)(?:\s+(?:là|vào|đến))?|thời hạn(?:\s+(?:là|đến))|trước|không muộn hơn|không quá|đến hết|hết)\s*:?\s*)"
    rf"{_CLOCK}{_WHEN}",
    (
        "chậm nhất ngày 20/9/2023",
        "trước ngày 20 tháng 8 năm 2023",
        "trước 17 giờ 00 ngày 15/9/2025",
        "đến hết tháng 8/2026",
        "xong trước quý II/2026",
    ),
    ("trước khi triển khai", "ngày 20/9/2023"),
)
UNTIL = _rule(
    "until",
    "đến ngày …; đến năm …",
    "work to be done by then, where the phrase opens a clause or follows what is to be reached",
    rf"(?P<cue>(?:phấn đấu\s+)?đến\s+(?:cuối\s+)?){_WHEN}",
    ("phấn đấu đến năm 2025 hoàn thành", "Đến ngày 30/9/2025 phải xong"),
    ("từ đầu năm đến nay",),
)
DURING = _rule(
    "during",
    "trong tháng, trong quý, trong năm học …",
    "within a named period",
    rf"(?P<cue>(?:xong\s+|ngay\s+)?(?:trong|vào)(?:\s+(?:dịp|thời gian|cả))?\s+){_CLOCK}{_WHEN}",
    ("trong quý II/2026", "vào dịp hè năm 2023", "ngay trong năm học 2023-2024", "trong tháng 9/2023"),
    ("trong các trường học",),
)
SUMMER = _rule(
    "summer",
    "hè …",
    "work of the summer holidays",
    r"(?:dịp\s+)?(?<!\w)hè\s+(?:năm\s+)?(?P<a_summer>\d{4})",
    ("bồi dưỡng giáo viên hè năm 2023", "dịp hè 2023"),
    ("mùa hè sôi động",),
)
FROM = _rule(
    "from",
    "từ ngày, từ tháng, từ năm học …",
    "work that begins then",
    rf"(?P<cue>(?:kể\s+|bắt đầu\s+)?từ\s+){_WHEN}",
    ("từ năm học 2021-2022", "từ tháng 9/2023"),
    ("từ các nguồn lực",),
)
OPENING = _rule(
    "opening",
    "Năm học …, / Quý …, (đầu câu, đầu ô)",
    "a period or day that opens the sentence or fills the field",
    rf"{_CLOCK}{_WHEN}",
    ("Năm học 2023 – 2024, ngành phấn đấu", "Quý III/2026"),
    ("các trường học",),
)
EVENT = _rule(
    "event",
    "ngay sau khi …, sau hội nghị",
    "when something else has happened; no date can be told",
    r"(?:ngay\s+sau\s+(?:khi\s+|hội nghị|cuộc họp|mỗi\s+đợt)|sau\s+khi\s+(?:có\s+(?:hướng dẫn|văn bản|kết quả|ý kiến)|được\s+(?:phê duyệt|ban hành)|hoàn thành))[^,;.]{0,90}",
    ("sau khi có hướng dẫn của Sở Tài chính", "ngay sau hội nghị này"),
    ("trước khi họp",),
)

# between before from and by: "từ ngày 1 đến hết ngày 5" is one expression
RULES = (
    MONTHLY_DAY,
    WEEKDAY,
    EVERY_MONTHS,
    EVERY,
    EVERY_DAY,
    RELATIVE,
    BETWEEN,
    BY,
    DURING,
    SUMMER,
    FROM,
    UNTIL,
    OPENING,
    EVENT,
)
