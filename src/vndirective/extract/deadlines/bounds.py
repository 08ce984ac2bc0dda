"""Whether an expression bounds the work: the date of a cited document, of figures, of a validity, of what has happened does not.

Every test looks at a window of folded text before or after the expression, never at the whole item.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from vndirective.extract.deadlines import expressions as e
from vndirective.extract.deadlines import recurring
from vndirective.extract.deadlines.periods import issue_day
from vndirective.extract.deadlines.relative import COUNTED_FROM, RELATIVE, WITHIN, no_limit_of_work
from vndirective.extract.rules import Rule
from vndirective.lexicons import table
from vndirective.schema.record import Deadline, PartialDate

_WINDOW = 200
_LONG_AHEAD = timedelta(days=300)
_PAPER = r"(?:quyết định|nghị quyết|công văn|văn bản|thông báo|kế hoạch|chỉ thị|kết luận|hướng dẫn|báo cáo|tờ trình|công điện|nghị định|thông tư|luật|bộ luật|pháp lệnh|quy định|quy chế|giấy mời|biên bản|chương trình|đề án|thông tri|quy hoạch)"
_DATE = r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
# "Nghị quyết số 12-NQ/TW, ngày 05/9/2026", "Công văn ngày 14/02/2025": the day belongs to the paper
CITATION = re.compile(
    rf"(?:\d[\d.]*[a-z]?\s?(?:/\s?\d{{4}}\s?)?[-/–]\s?[a-zđ][^\s,;:()]{{1,30}}(?:\s?[-/–]\s?[a-zđ][^\s,;:()]{{0,15}})?"
    rf"|{_PAPER}(?:\s+số\s*:?\s*[^\s,;]{{1,30}})?)"
    rf"\s*,?\s*\(?(?:(?:được\s+)?(?:ký|ban hành)\s+)?ngày\s+(?P<date>{_DATE})"
)
# a property of a thing, not a limit of the work
_VALIDITY = re.compile(
    r"(?:hiệu lực|có giá trị|thời hạn (?:kiểm định|sử dụng|của|giấy)|hạn sử dụng|niên hạn|bảo hành|có hiệu lực thi hành)[^,;.]{0,45}$|hết hạn(?! (?:ở|tại|trên|trong) )[^,;.]{0,45}$"
    r"|(?<!giữa )(?<!đầu )(?<!cuối )nhiệm kỳ\s*$|(?<!máy )(?<!thường )\btính\s*$|(?:đến hạn|có thời hạn)[^,;.]{0,20}$"
)
_FIGURES = re.compile(
    r"(?:số liệu|lũy kế|luỹ kế|kết quả|số dư|hiện trạng|tiến độ)[^,;.]{0,45}$|(?<!máy )\btính (?:từ|đến)[^,;.]{0,20}$"
)
# what happened: "vụ cháy xảy ra vào ngày …", "hồ sơ phát sinh trước ngày …", "người sinh trước năm …"
_HAPPENED = re.compile(
    r"(?:phát sinh|xảy ra|diễn ra|tồn đọng|tồn tại|(?<!bảo )(?<!sinh )\btồn(?: lại)?|dở dang|dang dở|nợ đọng|\bcòn nợ|hình thành|có mặt tại thời điểm|dự báo[^.;]{0,80}"
    r"|(?<!học )(?<!vệ )(?<!thí )(?<!tuyển )(?<!dân )(?<!tái )(?<!sản )(?<!phục )(?<!ký )(?<!thú )\bsinh)\s*(?:từ|ra|vào)?\s*$"
    r"|(?<!chứng )\btừ\s*$"
)
_THING = r"(?:văn bản|hồ sơ|đơn|đơn thư|quyết định|nghị quyết|giấy phép|giấy chứng nhận|hợp đồng|chứng thư|công trình|dự án|nhà|đất|vụ việc|vụ án|khoản nợ|phương tiện|người|trẻ|học sinh|đảng viên|cán bộ|công chức|viên chức|lao động|doanh nghiệp|trường hợp)"
_MADE = re.compile(
    rf"{_THING}(?:\s+(?!phải\b|cần\b|đề\s+nghị\b|trình\b|để\b|gửi\b)[^\s,;.]+){{0,3}}?\s+(?:đã\s+|được\s+)*(?:ban hành|ký|ký kết|cấp|cấp phép|nộp|tiếp nhận|tuyển dụng|kết nạp|khởi công|phê duyệt|thành lập|bổ nhiệm|công nhận)\s*(?:từ)?\s*$"
)
# with which words the two slow patterns above end, before the "từ", "ra" or "vào" that leads to a time
_ENDS_OF_HAPPENED = (
    *("phát sinh", "xảy ra", "diễn ra", "tồn đọng", "tồn tại", "tồn", "tồn lại", "dở dang", "dang dở", "nợ đọng"),
    *("còn nợ", "hình thành", "có mặt tại thời điểm", "sinh"),
)
_ENDS_OF_MADE = (
    *("ban hành", "ký", "ký kết", "cấp", "cấp phép", "nộp", "tiếp nhận", "tuyển dụng", "kết nạp", "khởi công"),
    *("phê duyệt", "thành lập", "bổ nhiệm", "công nhận"),
)
_ALREADY = re.compile(r"\bđã\s(?:[^,;.]|(?<=\d)[,.](?=\d)){0,80}$")
# a document or programme is named: years in its name bind nobody
_NAMED = re.compile(
    r"(?:nghị quyết|chương trình|đề án|(?<!%\s)kế hoạch|chiến lược|quy hoạch|dự án|quyết định|chỉ thị|thông tư|nghị định|luật|cuộc thi|hội nghị|giai đoạn|định hướng|tầm nhìn|"
    r"văn bản|công văn|thông báo|kết luận|hướng dẫn số|đại hội|mục tiêu|chỉ tiêu)\b[^.;]{0,160}$"
)
_NAMED_DIRECTLY = re.compile(
    r"(?<!trình )(?<!ban hành )(?<!hóa )(?<!hoá )(?<!tập )(?<!triệt )(?<!kết )(?<!khai )(?<!thực hiện )(?<!tham mưu )(?<!xây dựng )(?<!nộp )(?<!gửi )(?<!lập )(?:hội nghị|nghị quyết|kế hoạch)\s+$"
)
_FURTHER_NAME = re.compile(r",?\s*(?:định hướng|tầm nhìn)")
_CLAUSE_OPENS = re.compile(r"(?:^|[.;:,(]\s*|\n|phấn đấu\s+|mục tiêu\s+)$")
# "rà lại kế hoạch để [đến 31/12] giải ngân …", "được lùi [đến 25/8]": whatever paper is named before
_SURELY_UNTIL = re.compile(
    r"(?<!\w)(?:để|lùi|gia hạn|kéo dài|hoãn|nghỉ|duy trì|trực|tạm dừng|áp dụng|thực hiện|bảo đảm|đảm bảo|quyết tâm|cố gắng|sao cho|quyết liệt|phải|nhất thiết|chậm trễ)\s*$"
)
_CLAUSE_CLOSES = re.compile(r"\s*(?:[.;)\n]|$)")
_YEAR_ONLY = re.compile(r"(?:năm|giai đoạn)\s+\d{4}|\d{4}\s*[-–]\s*\d{4}")
_GOAL_FOLLOWS = re.compile(r"\s*,?\s*(?:phải\s+)?(?:có|đạt|hoàn thành|phấn đấu|không còn|toàn bộ|cơ bản)(?!\w)")
_SENTENCE_OPENS = re.compile(r"(?:^|[.\n]\s*)$")
_OPENING = re.compile(r"(?:năm học|năm \d|quý|tháng|\d tháng|trong|ngày|sáng|chiều|đầu|giữa|cuối|thứ)")
# a label before a bare time: "Thời hạn hoàn thành: …", "hạn chót nộp phiếu … là …", "thời gian: …"
_LABEL = re.compile(
    r"(?:(?P<by>\bthời hạn(?! (?:kiểm định|sử dụng|của|giấy|hợp đồng|bảo|thuê|vay|hiệu lực|lưu hành))"
    r"|(?<!hết )(?<!quá )(?<!gia )(?<!thời )\bhạn (?:cuối|chót|nộp|gửi|nhận|hoàn thành|báo cáo|đăng ký|trả lời|thực hiện)|(?:^|[(;.,–-]\s*)hạn"
    r"|(?:ngày |thời gian |thời điểm )?hoàn thành|tiến độ)"
    r"|(?:thời gian|thời điểm|lịch)(?: (?:thực hiện|tổ chức|triển khai|tiến hành|dự kiến|báo cáo|làm việc|tập huấn|kiểm tra))?)"
    r"(?:[^.;:,\n]{0,60}?\s+(?:là|vào)|[^.;:,\n]{0,30}:)\s*$"
    r"|(?:^|[;(]\s*|\blàm\s|\bchia\s)(?:\d{1,2}|hai|ba|bốn) (?:đợt|lần|kỳ)\s*:\s*$"
)
# such a label without a colon: ", thời gian quý II", ", dự kiến cuối tháng 8"
_BARE_LABEL = re.compile(r"(?:^|[,;(]\s*)(?:thời (?:gian|điểm)(?: thực hiện| tổ chức)?|(?:thời gian )?dự kiến)\s+$")
# what somebody else asked for, as a notice tells it
_ASKED = re.compile(r"\b(?:kiến nghị|xin phép|(?<!vắc )(?<!vắc-)xin)\b[^.;]{0,120}$")
_AS_ASKED = re.compile(r"\s*(?:như|theo) (?:đề xuất|đề nghị|kiến nghị)")
_OCCASION = re.compile(
    r"(?:kỷ niệm|ngày sinh|ngày thành lập|truyền thống|ngày giải phóng|quốc khánh|nhân dịp|nhiệm kỳ|giai đoạn)[^.;]{0,120}$"
)
_IN_BRACKETS = re.compile(r"\(\s*(?:dự kiến:?\s+|thời gian:?\s+)?$")
_UP_TO_NOW = re.compile(
    r"\s*(?:cho\s+)?(?:(?:đến|tới)\s+)?(?:nay|thời điểm)(?!\w)|\s*(?:đến|tới)\s+(?:năm\s+)?(?:19|20)\d\d(?!\s?[-–/])"
)
_COUNTED = re.compile(r"(?<!ngày )(?<!\d)\d{1,2}\s?[-–]\s?\d{1,2}$")  # "từ 01 - 02 mô hình"
_NOUN_FOLLOWS = re.compile(r"\s+(?!(?:đến|tới|hằng|hàng|năm|và|để|phải|cho|các|trở)(?!\w))[^\W\d_]")
_DAY_PRINTED = re.compile(r"ngày|^\d")
_HOLDING = re.compile(
    r"(?<!\w)(?:(?<!đã )(?<!được )(?:tổ chức(?! thực hiện)|sơ kết|khai giảng|bế giảng|tổng duyệt|khóa sổ|khoá sổ|chung kết|chung khảo|sơ khảo|chấm thi|bốc thăm|giao nhận quân|đối thoại|tọa đàm|toạ đàm|ký kết|trao giải|trao thưởng|lễ|thời gian dự kiến|dự kiến|đóng điện|vận hành thử|lớp thứ (?:nhất|hai|ba|tư)|tổng kết|khai mạc|bế mạc|ra quân|phát động|thi|thi thử|diễn tập|tập huấn|kiểm tra|khởi công|khánh thành|công bố|trình|gửi|nộp|báo cáo|bàn giao|nghiệm thu|thông xe|họp|giao ban|bắt đầu|kết thúc|lên sóng|phát sóng|phát hành|lên đường|khởi hành|chốt số|chốt danh sách|chốt sổ)|đợt \d+|đợt một|đợt hai|lần \d+|vòng \d+)(?!\w)"
    r"(?:(?!(?<!\w)(?:tại|theo|của|phục vụ|chuẩn bị|từ|đến|trước|sau|kể|sinh|số|như|đã)(?!\w))[^,;.:()\n])*$"
)
# the places behind "theo lịch:" have a day each
_SCHEDULED = re.compile(r"(?<!\w)(?:theo lịch|lịch [^.;:\n]{2,40}|chia (?:\w+ )?đợt|thành (?:\w+ )?đợt)\s*:[^.;\n]*$")
_OF_THE_PAST = re.compile(r"(?<!\w)(?:đã|xảy ra|diễn ra|phát sinh|so với|từ|của|kết quả|số liệu)(?!\w)[^,;.]*$")
# "tháng sau" comes again only where the sentence speaks of every month, "vào sáng thứ Hai" only behind what is made every week
_ONLY_BESIDE = {
    recurring.DAY_OF_NEXT: re.compile(
        r"(?<!\w)(?:(?:hằng|hàng|mỗi|từng) tháng|tháng nào|của tháng(?! \d))(?!\w)[^.;\n]*$"
    ),
    recurring.MONTHLY_PAPER: re.compile(
        r"(?<!\w)(?:(?:hằng|hàng|mỗi|từng) tháng|tháng nào)(?!\w)[^.;\n]*$|(?<!\w)(?:báo cáo|kế hoạch|lịch|bản tin|chương trình|số liệu|bảng chấm công|bảng lương|hồ sơ|quyết toán|sổ)(?: [^\W\d_]+){0,2} tháng(?! (?:này|sau|tới|trước n|đầu|cuối|\d))(?!\w)[^.;\n]{0,60}$"
    ),
    recurring.WEEKLY_PAPER: re.compile(
        r"(?<!\w)(?:(?:báo cáo|kế hoạch|lịch|giao ban|bản tin|chương trình|số liệu|sổ)(?: [^\W\d_]+){0,2} tuần(?! (?:này|sau|tới|trước|thứ|đầu|cuối))|(?:hằng|hàng|mỗi) tuần)(?!\w)[^.;\n]*$"
    ),
}
_TOLD = re.compile(r"(?<!\w)(?:đã|vừa|xảy ra|diễn ra|phát sinh)(?!\w)[^,;.]*$")
_SUFFERED = re.compile(
    r"(?<!\w)(?<!chuẩn )(?<!trang )(?<!thiết )bị\s[^,;.:]{2,30}$"
)  # "hỗ trợ các hộ bị thiệt hại [trong năm 2025]"
_BACKLOG = re.compile(
    r"(?:tồn đọng|tồn tại|(?<!bảo )(?<!sinh )\btồn(?: lại)?|dở dang|dang dở|nợ đọng|còn nợ)\s*$"
)  # "giải quyết xong các vụ tồn đọng [trong quý IV]"
# from when a thing that is being made will hold: "hoàn chỉnh bảng giá áp dụng [từ ngày 01/01]"
_HOLDS_FROM = re.compile(
    r"(?<!\w)(?:bảng giá|giá|mức|biểu|định mức|quy chế|quy định|mẫu|đơn giá|phí|lệ phí|hệ số|tiêu chí|khung|lịch|nội quy|chế độ|chính sách|chương trình|sách|thời khóa biểu)(?!\w)[^,;.:()\n]{0,40}\s(?:áp dụng|thực hiện|có giá trị|sử dụng|dùng)\s*$"
)
# what is not to be let slip into a time: "không để dồn [vào tháng 12]"
_AVOIDED = re.compile(
    r"(?<!\w)(?:không|tránh|hạn chế|chống)\s+(?:(?:được|để|tình trạng|việc|hồ sơ|công việc|vốn|khối lượng)\s+){0,3}(?:dồn|dồn dập|dồn ứ|đợi|chờ|ùn ứ|ùn tắc|ép|chạy)(?:\s+[^\W\d_]+){0,3}\s*$"
)
# which of them a time tells apart, by what was not done then: "vốn của những dự án [hết quý I] vẫn chưa giải ngân"
_FELL_SHORT = re.compile(r"\s*,?\s*(?:mà\s+|nhưng\s+)?(?:vẫn\s+|còn\s+)?chưa(?!\w)|\s+(?:mà|vẫn)\s+không(?!\w)")
_CLASS_OF = re.compile(
    r"(?<!\w)(?:những|các|số|của|đối với|nếu|nào|khi|trường hợp|đơn vị|dự án|công trình|hộ|cơ sở|tổ chức|cá nhân|xã|phường)(?:\s[^\W\d_]+){0,3}\s+$"
)
_SINCE = re.compile(
    r"(?<!\w)(?:kéo dài|để khuyết|bỏ không|bỏ trống|hư hỏng|hỏng|xuống cấp|yếu|thiếu|vướng|chậm|tồn|lưu giấy|còn lưu|hoạt động|có mặt|ngừng|dừng|để trống|khởi công|thành lập|vận hành|đưa vào sử dụng|được duyệt|nằm|ứ đọng|mắc|nợ|treo|bị)(?!\w)[^,;.:()]{0,40}$"
)
_BACKWARDS = re.compile(r"\s*(?:trở\s+)?(?:về|lại)(?:\s+(?:trước|đây)|\s*(?:[.;,)\n]|$))")  # "từ năm 2021 trở về trước"
_PAPERS_OF = re.compile(r"(?:kết luận|văn bản|nghị quyết|kiến nghị|hồ sơ|đơn thư|vụ việc|báo cáo|ý kiến)\s*$")
_INTERIM = re.compile(r"sơ kết[^.;]*,\s*(?:và\s+)?$")  # "sơ kết cuối năm 2025, [tổng kết năm 2026]"
_THIS = re.compile(r"(?:này|nay)$")
_CLAUSE_GOES_ON = re.compile(r"[,;:]\s*$")
# whose meeting is told of: "theo kết luận tại phiên họp tháng 3"
_CITED_MEETING = re.compile(
    r"(?<!\w)(?:theo|kết luận|(?<!cho )(?<!xin )(?<!lấy )(?<!có )ý kiến|phát biểu|chỉ đạo|nêu|thống nhất|nội dung|yêu cầu|được giao|giao|kiến nghị|căn cứ|(?<!học tập )(?<!quán triệt )(?<!phổ biến )(?<!triển khai )nghị quyết)(?: (?:của|đã|như) [^,;.]{0,60})?\s*$"
)
# what lies in a period, or how often in it: "các ngày trong tuần", "nhiệm vụ trong tháng", "02 đợt trong năm"
_OF_PERIOD = re.compile(
    r"(?<!\w)(?:ngày|buổi|tiết|giờ|tuần|tháng|quý|kỳ|ngày lễ|sự kiện|nhiệm vụ|chỉ tiêu|mục tiêu|công việc|công tác|hoạt động|đợt|lần|lượt|cuộc|lớp|vụ|vụ việc|phát sinh|số liệu|kết quả|dự toán|kế hoạch|tiến độ|thời điểm|lịch|biến động|nghỉ|thu|chi|mùa)\s*$"
)
_FINISHES = re.compile(
    r"(?<!\w)(?:xong|dứt điểm|hoàn thành|hoàn tất|kết thúc|giải ngân|quyết toán|thanh toán|chi trả|thu hồi|trình|ban hành|bàn giao|gửi|nộp|báo cáo|trả lời|tham mưu|thẩm định|khắc phục|sửa chữa|bổ sung|giải quyết|xử lý|công bố|lắp đặt|nghiệm thu|phê duyệt)(?!\w)[^,;.:()]*$"
)
_DAY_IN_BRACKET = re.compile(r"\s*\((?:dự kiến\s+)?(?:vào\s+)?(?:sáng\s+|chiều\s+)?(?:ngày\s+)?\d")
_AROUND = re.compile(r"(?:trước|sau)\s*(?:,|và)\s*$")


def bounds_work(rule: Rule, folded: str, start: int, end: int) -> bool:
    """Whether the expression `folded[start:end]` is a limit of work, judged by the words around it."""
    before = folded[max(0, start - _WINDOW) : start]
    if rule in {RELATIVE, COUNTED_FROM, WITHIN}:
        return not (_VALIDITY.search(before) or no_limit_of_work(before))
    if rule in _ONLY_BESIDE:
        return _ONLY_BESIDE[rule].search(before) is not None
    if rule not in e.DATED:
        return not _names_no_round(folded, start, end, before)
    if _VALIDITY.search(before) or _made(before):
        return False
    if _happened(before) and not (rule in {e.DURING, e.BY} and _clears_backlog(before)):
        return False
    if rule in {e.DURING, e.UNTIL, e.BY, e.HELD} and _AVOIDED.search(before):
        return False
    if rule is e.FROM and _HOLDS_FROM.search(before):
        return False
    if rule in {e.UNTIL, e.FROM, e.BETWEEN, e.RANGE} and _FIGURES.search(before):
        return False
    words, after = folded[start:end], folded[end : end + 40]
    if rule is e.BY and words.startswith(("đến hết", "hết")) and _FIGURES.search(before):
        return False  # "số liệu đến hết ngày 30/6"
    if rule in {e.BY, e.UNTIL} and _FELL_SHORT.match(after) and _CLASS_OF.search(before):
        return False
    if rule is e.UNTIL:
        return _until(words, before, after)
    if rule is e.DURING:
        if _SUFFERED.search(before):
            return False
        return not (
            (not words.startswith("vào") and _NAMED_DIRECTLY.search(before))
            or (words.startswith("trong tết") and _AROUND.search(before))
        )
    if rule is e.FROM and (_ALREADY.search(before) or _BACKWARDS.match(after)):
        return False
    if rule in {e.BETWEEN, e.FROM} and _PAPERS_OF.search(before):
        return False
    if rule is e.FROM and (_UP_TO_NOW.match(after) or (_COUNTED.search(words) and _NOUN_FOLLOWS.match(after))):
        return False
    if rule is e.HELD:
        return _held(words, before)
    if rule is e.AT_MEETING:
        return not (_CITED_MEETING.search(before) or _TOLD.search(before) or _DAY_IN_BRACKET.match(after))
    if rule is e.BARE_PERIOD:
        return _bare_period(words, before)
    if rule is e.DONE and words.startswith("tổng kết"):
        return _INTERIM.search(before) is not None
    if rule is e.DAYS_OF_PARTS:
        return not _OF_THE_PAST.search(before)
    if rule in {e.PERIODS_ALONE, e.OCCASION}:
        return True
    if rule in {e.OPENING, e.RANGE} and not words.startswith(("trong ", "vào ")):
        return _stands_alone(rule, folded, start, end, before) or (rule is e.RANGE and _held(words, before))
    if rule is e.DAYS and words.startswith("ngày"):
        return _stands_alone(rule, folded, start, end, before) or _held(words, before)
    return True


# "công bố giá hằng tháng, thay vì [hằng quý]"
_INSTEAD = re.compile(r"(?<!\w)(?:thay vì|thay cho|thay thế cho|không còn|chứ không phải)\s*$")


def _names_no_round(folded: str, start: int, end: int, before: str) -> bool:
    """What is given up or to be avoided comes round no more; "định kỳ năm 2025" names a year."""
    if _INSTEAD.search(before) or _AVOIDED.search(before):
        return True
    return folded[start:end].endswith("kỳ năm") and re.match(r"\s+20\d\d", folded[end : end + 6]) is not None


def _clears_backlog(before: str) -> bool:
    """ "giải quyết xong 40 hồ sơ tồn đọng [trước ngày 15/11]": the time is that of the clearing (`lies_behind` drops one gone by)."""
    return _BACKLOG.search(before) is not None


def _ending(before: str) -> tuple[str, str]:
    """The words before a time, and the same without the "từ", "ra" or "vào" that leads to it."""
    words = before.rstrip()
    link = next((w for w in ("từ", "ra", "vào") if words.endswith(w)), "")
    return words, words.removesuffix(link).rstrip()


def _made(before: str) -> bool:
    return _ending(before)[1].endswith(_ENDS_OF_MADE) and _MADE.search(before) is not None


def _happened(before: str) -> bool:
    words, stem = _ending(before)
    may = words.endswith(("từ", *_ENDS_OF_HAPPENED)) or stem.endswith(_ENDS_OF_HAPPENED) or "dự báo" in before
    return may and _HAPPENED.search(before) is not None


def _bare_period(words: str, before: str) -> bool:
    """ "trong năm" bounds where it opens its clause or what is done stands before it: "giải quyết xong trong năm"."""
    if _OF_PERIOD.search(before) or _TOLD.search(before):
        return False
    return "trong" not in words or bool(_CLAUSE_OPENS.search(before)) or bool(_FINISHES.search(f"{before}{words}"))


@lru_cache(maxsize=1)
def _work() -> re.Pattern[str]:
    """A verb of work right behind a time: ", quý III/2027 [tổ chức] tổng kết", "; năm 2026 [làm] điểm ở ba xã"."""
    verbs = table("verbs")
    words = sorted({*verbs["verb"], *verbs["brief"]} - set(verbs["noun"]), key=len, reverse=True)
    return re.compile(rf"\s+(?:phải\s+|sẽ\s+|tiếp tục\s+)?(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _held(words: str, before: str) -> bool:
    """A bare day binds behind a verb of holding or handing in; a part of a month behind any."""
    if not _DAY_PRINTED.search(words):
        return not _OF_THE_PAST.search(before)
    return bool(_HOLDING.search(before) or _SCHEDULED.search(before)) and not _OCCASION.search(before)


def _until(words: str, before: str, after: str) -> bool:
    """ "đến năm 2027" opens or closes its clause; "đến ngày …" may stand anywhere. In a name neither binds."""
    if label(before):
        return True
    if _ASKED.search(before) or _AS_ASKED.match(after):
        return False
    opens = bool(_CLAUSE_OPENS.search(before)) or (not _YEAR_ONLY.search(words) and bool(_SURELY_UNTIL.search(before)))
    named = bool(_NAMED.search(before)) and not (opens and words.startswith("phấn đấu"))
    if _YEAR_ONLY.search(words):
        if _FURTHER_NAME.match(after) or named:
            return False
        return opens or bool(_CLAUSE_CLOSES.match(after)) or bool(_GOAL_FOLLOWS.match(after))
    return opens or not named


def _stands_alone(rule: Rule, folded: str, start: int, end: int, before: str) -> bool:
    """A bare time binds where it follows a label, fills its field or bracket, or opens the sentence."""
    if label(before):
        return True
    if start <= 1 and len(folded) - end <= 25:
        return True
    words, after = folded[start:end], folded[end : end + 1]
    if _IN_BRACKETS.search(before) and re.match(r"\s*\)", folded[end : end + 2]):
        return not _OCCASION.search(before) and (
            rule in {e.RANGE, e.DAYS}
            or before.rstrip().endswith("dự kiến")
            or re.match(r"(?:tháng|quý|đầu|giữa|cuối|từ|sáng|chiều)", words) is not None
        )
    if rule is e.OPENING and _BARE_LABEL.search(before):
        return _YEAR_ONLY.match(words) is None
    if rule is e.OPENING and _CLAUSE_GOES_ON.search(before):
        return _THIS.search(words) is not None or _work().match(folded, end) is not None
    return bool(_SENTENCE_OPENS.search(before)) and after in (",", ":") and _OPENING.match(words) is not None


def label(before: str) -> str | None:
    """The kind that a label right before a bare time gives it: `by` or `during`; None without a label."""
    match = _LABEL.search(before)
    if match is None:
        return None
    return "by" if match.group("by") else "during"


def lies_behind(deadline: Deadline, before: str, issued_on: PartialDate | None) -> bool:
    """A time wholly before the day of issue bounds no work to come: a reporting period, a backlog, an event of the past.

    "trước ngày …" within a year of the issue is kept, because years are mistyped in January; not after "đã".
    """
    printed = deadline.end
    if (
        (deadline.kind == "from" or deadline.evidence.rule == e.AT_MEETING.id)
        and deadline.basis == "issue_date"
        and deadline.start
        and issued_on
    ):
        first = issue_day(issued_on) or date(issued_on.year, issued_on.month or 1, 1)
        return date.fromisoformat(deadline.start) - first > _LONG_AHEAD  # "hỏng từ ngày 02/8", written on 12/8
    if deadline.kind == "from" and deadline.start and issued_on and _SINCE.search(before):
        first = issue_day(issued_on) or date(issued_on.year, issued_on.month or 1, 1)
        return date.fromisoformat(deadline.start) < first  # "để khuyết từ tháng 11/2022"
    if deadline.evidence.rule == e.HELD.id and deadline.basis == "issue_date" and deadline.end and issued_on:
        first = issue_day(issued_on) or date(issued_on.year, issued_on.month or 1, 1)
        if date.fromisoformat(deadline.end) - first > _LONG_AHEAD:
            return True  # "gửi qua thư điện tử ngày 22/7", written on 24/7
    if printed is None or issued_on is None or deadline.kind in {"from", "recurring", "event", "within"}:
        return False
    first = issue_day(issued_on) or date(issued_on.year, issued_on.month or 1, 1)
    end = date.fromisoformat(printed)
    if end >= first:
        return False
    if deadline.kind != "by" or _BACKLOG.search(before):
        return True
    return (first - end).days > 366 or deadline.precision == "year" or bool(_ALREADY.search(before))


def mask_citations(text: str, folded: str) -> str:
    """The text with the days of cited documents blanked out, of the same length."""
    if "ngày" not in folded:
        return text
    pieces: list[str] = []
    last = 0
    for match in CITATION.finditer(folded):
        start, end = match.span("date")
        pieces += [text[last:start], "_" * (end - start)]
        last = end
    return "".join([*pieces, text[last:]])
