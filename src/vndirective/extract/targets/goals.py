"""Whether a quantity is one to reach: what speaks for it, and what shows that it is something else.

A quantity that is reached already, a rate of support, a price, a threshold or the number of a thing is none.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from vndirective.extract.rules import Rule
from vndirective.extract.targets import quantities as q
from vndirective.extract.targets.comparators import AT_LEAST, AT_MOST, UNDER, is_compared, upward_of
from vndirective.extract.targets.quantities import Quantity, counts_nothing, is_office_work
from vndirective.lexicons import table


class Stance(StrEnum):
    """Where a stretch stands: how much it must say itself before its quantities are taken as goals."""

    GOAL = "goal"  # under "mục tiêu", "chỉ tiêu": every level and sum is one to reach
    ORDER = "order"  # a task: shares are, the rest where the words say so
    PLAIN = "plain"  # another item of the directive part: only what its words put as a goal
    PROSE = "prose"  # a paragraph without a number: only what it strives for


LABEL = Rule(
    id="target.not.label",
    cue="số, năm, lớp, Điều, quốc lộ + số",
    meaning="a number that names a thing",
    seen="mọi loại văn bản",
    pattern=re.compile(
        r"(?<!\w)(?:(?<!mỗi )(?<!bình quân )năm|năm học|giai đoạn|nhiệm kỳ|khóa|số|điều|khoản|mục|(?<!mỗi )quý|(?<!mỗi )tháng|(?<!mỗi )ngày|(?<!mỗi )lớp|đất|thứ|(?<!mỗi )(?<!các )(?<!từng )đợt|cấp cứu|tổng đài|đường dây nóng|sư đoàn|trung đoàn|tiểu đoàn|lữ đoàn|binh đoàn|quân khu|tổ dân phố|khu phố|gói thầu|mức độ|thửa|tờ|quốc lộ|tỉnh lộ|huyện lộ|đường tỉnh|đề án|chương trình|nghị định|nghị quyết|"
        r"quyết định|chỉ thị|thông tư|ban chỉ đạo|hạng|loại|phụ lục|lần thứ|kỳ|khối|tiết|phòng|vùng|cả|tiểu khu|cộng tác viên|lực lượng)\s*$"
    ),
    examples=("toàn huyện năm ", "quốc lộ ", "từ lớp "),
    counter_examples=("đạt ", "số hộ nghèo còn "),
)
RATE = Rule(
    id="target.not.rate",
    cue="hỗ trợ, lãi suất, mức đóng, phạt … %",
    meaning="a rate of support, interest, fee or fine",
    seen="nghị quyết chính sách của HĐND, hướng dẫn tài chính",
    pattern=re.compile(
        r"(?:hỗ trợ|trợ cấp|phụ cấp|miễn giảm|miễn, giảm|chiết khấu|lãi suất|mức phí|mức thu|mức đóng|mức phạt|phạt tiền|chậm nộp|lãi chậm|tiền phạt|thuế suất|đơn giá|giá bán|(?<!số dư )(?<!nợ )tạm ứng|(?<!dân )đóng góp|vốn ngân sách|bồi thường|(?<!nhận )khoán|(?<!cho )vay|\(mức giảm)[^,;.]{0,30}$|(?<!\w)trích(?: nộp| lập| lại)?\s*$"
    ),
    examples=("ngân sách tỉnh hỗ trợ ", "với lãi suất ", "theo mức đóng ", "trích nộp "),
    counter_examples=("hỗ trợ người dân, phấn đấu đạt ", "tỷ lệ hài lòng đạt "),
)
FUNDS = Rule(
    id="target.not.funds",
    cue="ngân sách tỉnh 60%",
    meaning="how the cost is shared out",
    seen="kế hoạch đầu tư, nghị quyết phân bổ vốn",
    pattern=re.compile(
        r"(?:^|[,;:(]\s*)(?:từ |nguồn |vốn )*(?:ngân sách|xã hội hóa|đối ứng|dân góp|nhân dân)(?:\s[^\W\d_]+){0,4}\s*$|(?<!\w)từ nguồn\s*$"
    ),
    examples=("kinh phí: ngân sách tỉnh ", "60%, ngân sách huyện "),
    counter_examples=("giải ngân vốn ngân sách đạt tỷ lệ ", "thu ngân sách đạt "),
)
REACHED = Rule(
    id="target.not.reached",
    cue="đã đạt, hiện có, vẫn còn, giảm được",
    meaning="where one stands, not where one wants to be",
    seen="phần đánh giá, nhận định xen trong kết luận",
    pattern=re.compile(
        r"(?:(?<!\w)(?:đã|hiện|hiện nay|hiện đã|hiện mới)\s(?:có|đạt|còn|giảm|tăng|hoàn thành|thực hiện|trồng|giải ngân|giải quyết|huy động|xây dựng|kết nạp|thu|tiêm|được)|(?<!\w)(?:vẫn còn|mới đạt|mới được|(?<!nhà )(?<!trường )(?<!trình )mới có|chỉ được|chỉ bố trí|chỉ huy động|chỉ cử|chỉ có|có thể còn|có thể đạt|mới chỉ|(?<!chứng )chỉ đạt|ước đạt|đạt được))(?!\w)[^,;.]{0,40}$"
        r"|(?<!\w)(?:mới|đã|chỉ)\s[^;.]{2,90}\d[\d.,]*\s[^;.,\d]{1,25},\s(?:đạt|bằng|chiếm)(?: tỷ lệ)?\s*$"
    ),
    examples=("đến nay đã có ", "mới xử lý được 13.870 cơ sở, đạt ", "vẫn còn ", "giải ngân mới đạt "),
    counter_examples=("bảo đảm đạt ", "đã phát động phong trào, phấn đấu đạt "),
)
COMPARED = Rule(
    id="target.not.compared",
    cue="đạt …, tăng … so với cùng kỳ; bằng … % kế hoạch",
    meaning="a result beside the plan or the year before",
    seen="báo cáo, phần đánh giá của kết luận",
    pattern=re.compile(
        r"(?<!\w)(?:đạt|tăng|thu)\s[^.;]*?,\s(?:tăng|giảm)\s[^.;]*so với|(?<!\w)bằng\s[\d,.]+\s?% (?:kế hoạch|so với|cùng kỳ|dự toán|chỉ tiêu|cả năm)|(?<!\w)đạt\s[\d,.]+\s?% (?:kế hoạch|dự toán)[^.;]*,\s(?:tăng|giảm)"
    ),
    examples=("ước đạt 172 tỷ đồng, tăng 4,9% so với năm 2003", "1.200 người, bằng 103% kế hoạch"),
    counter_examples=("giảm 10% số vụ so với cùng kỳ", "giải ngân đạt 60% kế hoạch vốn"),
)
NAMED = Rule(
    id="target.not.named",
    cue="dự án trồng mới … ha rừng",
    meaning="a figure in the name of a programme",
    seen="chương trình, dự án, phong trào quốc gia",
    pattern=re.compile(
        r"(?<!\w)(?:dự án|chương trình|đề án|phong trào|cuộc vận động|tiểu dự án|chiến dịch)\s(?:[^\s,;.:()\d]+\s){1,4}$"
    ),
    examples=("điều chỉnh dự án trồng mới ", "phong trào xóa "),
    counter_examples=("dự án: trồng ", "theo chương trình, xây mới "),
)
REPORTED = Rule(
    id="target.not.reported",
    cue="Kết quả …, Ghi nhận …, Đến nay …",
    meaning="a sentence that reports what was reached",
    seen="phần đánh giá của thông báo kết luận, báo cáo",
    pattern=re.compile(
        r"^\W*(?:(?:những |một số )?kết quả|ghi nhận|biểu dương(?! (?:ít nhất|tối thiểu|khen thưởng|kịp thời|mỗi|từ|\d))|hoan nghênh|đến nay|(?:trong )?năm \d{4},? đã |(?:trong )?(?:những|các|hai|ba|bốn|\d+) (?:năm|tháng|quý) qua|tính đến|đến thời điểm|hiện(?: nay)?(?:\s|,)|hiện còn|thời gian qua|vừa qua|trong thời gian qua|nhận thấy|theo báo cáo|qua (?:kiểm tra|rà soát|theo dõi|điều tra)|qua (?:hơn |gần )?\w+ (?:năm|tháng|quý)|(?:hiện trạng|thực trạng|tình hình|đặc điểm)(?!\w)|phát huy (?:những |các )?kết quả)"
    ),
    examples=("kết quả 2 tháng thu ngân sách ", "ghi nhận năm 2024 ", "hiện còn "),
    counter_examples=("công khai kết quả giải quyết, bảo đảm ", "nâng "),
)
THRESHOLD = Rule(
    id="target.not.threshold",
    cue="các hộ nuôi từ …, dự án có tổng mức đầu tư trên …",
    meaning="which ones are meant, not how many",
    seen="chỉ đạo kiểm tra, rà soát theo nhóm",
    pattern=re.compile(
        r"(?<!\w)(?:các|những|đối với|trường hợp|nhóm|từng|mọi)\s[^,;.:]{2,45}\s(?:có|nuôi|với|quy mô|công suất|từ|trên)\s[^,;.:]{0,45}$|(?<!\w)đối với\s[^,;.:]{2,45}\s(?<!không )dưới\s*$|(?<!\w)(?:hộ|người|cơ sở|đơn vị|dự án|doanh nghiệp|xã|thôn|diện tích)\s(?:bị|thuộc diện|chịu)\s[^,;.:]{0,45}$"
    ),
    examples=(
        "các hộ nuôi từ ",
        "các dự án có tổng mức đầu tư trên ",
        "các xã có tỷ lệ hộ nghèo trên ",
        "cho hộ bị thiệt hại trên ",
    ),
    counter_examples=("tỷ lệ hộ nghèo dưới ", "mỗi thôn có từ "),
)
CONDITION = Rule(
    id="target.not.condition",
    cue="đơn vị nào chưa đạt …, trường hợp … dưới …, nơi giải ngân dưới …",
    meaning="the figure that decides whom a consequence or a check meets",
    seen="kết luận về giải ngân, thi đua, kiểm điểm trách nhiệm",
    pattern=re.compile(
        r"(?<!\w)(?<!không có )(?<!không để )\S+ nào\s(?:(?!thì(?!\w))[^;.,])*$|(?:^|[,;(]\s*)(?:nếu|trường hợp|khi|hễ|riêng những|những)\s(?:(?!thì(?!\w))[^;.,])*$|(?<!\w)(?:chưa|không) đạt(?: được)?(?: tối thiểu| mức)?\s*$|"
        r"(?<!\w)(?:các|những|với|của|vẫn)\s[^;.]{0,90}?(?:đạt|giải ngân|hoàn thành|thực hiện)(?: được)? (?:dưới|thấp hơn)\s*$|(?<!\w)(?:các|những|\d+)\s(?:xã|phường|thôn|huyện|đơn vị|trường|địa phương|cơ quan|UBND|ubnd|công trình|dự án)[^;.]{0,60}?(?<!\w)có tỷ lệ[^;.]{2,50}(?:dưới|trên|thấp hơn|cao hơn)\s*$|"
        r"(?<!\w)(?:danh sách|rà soát|làm việc với|kiểm tra|đối thoại ở|đối với)\s(?:các|những|từng)\s[^;.]{2,60}?\s(?:còn|có|đang) (?:dưới|trên|thấp hơn|quá)\s*$"
    ),
    examples=(
        "đơn vị nào đến hết quý II chưa đạt ",
        "trường hợp tỷ lệ đồng thuận dưới ",
        "rà soát các dự án giải ngân dưới ",
        "làm việc với 4 xã có tỷ lệ tiêm chủng dưới ",
    ),
    counter_examples=("phấn đấu giải ngân đạt trên ", "xã nào chưa làm thì làm ngay, đạt ", "tỷ lệ hộ nghèo còn dưới "),
)
CONSEQUENCE = Rule(
    id="target.not.consequence",
    cue="dưới … thì …, trên … sẽ bị …",
    meaning="what follows where a figure is missed or passed",
    seen="kết luận về giải ngân, thi đua, kiểm điểm trách nhiệm",
    pattern=re.compile(
        r"^(?:[^;.]|\.(?=\d)){0,60}?(?<!\w)(?:thì (?!phải đạt)|sẽ (?:bị|không|phải|xem xét|điều chuyển)|bị (?:phê bình|nhắc nhở|xử lý|điều chuyển|cắt|hạ|trừ)|phải (?:có báo cáo|giải trình|báo cáo|kiểm điểm|rút kinh nghiệm))"
    ),
    examples=(" số ca sẽ bị nhắc nhở", " thì không xét thi đua", " phải giải trình bằng văn bản"),
    counter_examples=(" trước ngày 30/6. Đơn vị nào chậm thì phê bình", " kế hoạch vốn"),
)
GAINED = Rule(
    id="target.not.gained",
    cue="bàn giao được …, tiết kiệm được …",
    meaning="what was brought about so far",
    seen="phần đánh giá xen trong kết luận",
    pattern=re.compile(
        r"(?<!\w)(?:bàn giao|tiết kiệm|giải ngân|nạo vét|ký|hoàn thành|thực hiện|tiêm|số hóa|làm|xây dựng|kết nạp|giải quyết|cấp|tạo|mới|đào tạo|trồng|thu|vận động|huy động)(?: mới)? được\s(?:khoảng |gần |trên |hơn |tới )?$|(?<!\w)(?:giảm|tăng|trồng|thu|huy động|vận động) được(?!\w)[^,;.]{0,40}$|(?:^|[:;.(]\s*)(?:hiện |nay |hiện nay )?(?:chỉ còn|mới)\s*$|(?<!\w)hiện (?:nay )?mới\s*$"
    ),
    examples=("xã mới bàn giao được ", "tiết kiệm được gần ", "toàn huyện giảm được ", "chỉ còn "),
    counter_examples=("giảm chỉ còn ", "tuyển mới "),
)
_PER_HEAD = re.compile(r"(?:trên|/)\s*$")
_HEADS = (1000.0, 10000.0, 100000.0)
GROUP = Rule(
    id="target.not.group",
    cue="nhóm từ 30 hộ trở lên, quy mô từ …",
    meaning="the size that makes a thing one of its kind",
    seen="kế hoạch cấp điện, chăn nuôi, cơ sở sản xuất",
    pattern=re.compile(r"(?<!\w)(?:nhóm|quy mô|loại|cụm|tuyến|công suất)(?: từ| trên| dưới| có)?\s*$"),
    examples=("xóa trắng nhóm từ ", "trang trại quy mô trên "),
    counter_examples=("tăng từ ", "mỗi nhóm trồng trên "),
)
REPEATED = Rule(
    id="target.not.repeated",
    cue="(tương đương …)",
    meaning="the same figure once more in another unit",
    seen="chỉ tiêu thu ngân sách, xuất khẩu",
    pattern=re.compile(r"tương đương(?: với)?(?: khoảng)?\s*$"),
    examples=("295 nghìn tỷ đồng (tương đương ", "tương đương với khoảng "),
    counter_examples=("tương đương trình độ đại học đạt ",),
)
VOTE = Rule(
    id="target.not.vote",
    cue="… đại biểu tán thành",
    meaning="the outcome of a vote",
    seen="nghị quyết HĐND, biên bản hội nghị",
    pattern=re.compile(
        r"(?:đại biểu|phiếu|đồng chí|ý kiến|thành viên)[^.;]{0,40}(?:tán thành|nhất trí|đồng ý|biểu quyết|thông qua)"
    ),
    examples=("28/28 đại biểu tán thành", "100% phiếu đồng ý"),
    counter_examples=("100% đại biểu dự họp đúng giờ",),
)
ASKED = Rule(
    id="target.not.asked",
    cue="kiến nghị của xã …; công ty xin thuê thêm …; cử tri phản ánh …",
    meaning="what somebody else asks for or tells; what is ordered stands behind",
    seen="thông báo kết luận: phần giải quyết kiến nghị",
    pattern=re.compile(
        r"^\W*(?:về |đối với |với |xét )?(?:các |những |việc )?(?:kiến nghị|đề xuất|nguyện vọng|đề nghị|ý kiến|việc xin|xin) (?:của|xin)\s[^:;]*$"
        r"|^[^,;.:]{0,60}(?<!\w)(?:công ty|doanh nghiệp|hợp tác xã|cử tri|người dân|bà con|hộ (?:ông|bà)|các hộ|nhà đầu tư|tập đoàn|nhà thầu|tiểu thương)\s[^,;.:]{0,60}?(?:đề nghị|kiến nghị|đề xuất|(?<!vắc )(?<!vắc-)xin|phản ánh|cho biết|than phiền)(?!\w)[^:;]*$"
    ),
    examples=("về kiến nghị của xã cho mở mặt đường từ 6 m lên ", "công ty may phú hưng xin thuê thêm "),
    counter_examples=("kiến nghị của xã: phòng kinh tế bố trí ", "đề nghị các xã trồng "),
)
RULES = (
    LABEL,
    RATE,
    FUNDS,
    REACHED,
    COMPARED,
    NAMED,
    REPORTED,
    THRESHOLD,
    CONDITION,
    CONSEQUENCE,
    GAINED,
    GROUP,
    REPEATED,
    VOTE,
    ASKED,
)

# The slow rules with words of which each text holds one where they are found: a rule is not tried on a text without.
_HOLDS: dict[Rule, tuple[str, ...]] = {
    RATE: (
        *(
            "hỗ trợ",
            "trợ cấp",
            "phụ cấp",
            "miễn",
            "chiết khấu",
            "lãi suất",
            "mức",
            "phạt tiền",
            "chậm",
            "tiền phạt",
            "thuế suất",
            "đơn giá",
        ),
        *("giá bán", "tạm ứng", "đóng góp", "vốn ngân sách", "bồi thường", "khoán", "vay", "trích"),
    ),
    FUNDS: ("ngân sách", "xã hội hóa", "đối ứng", "dân góp", "nhân dân", "từ nguồn"),
    COMPARED: ("so với", "bằng", "% kế hoạch", "% dự toán"),
    CONDITION: (
        " nào",
        "nếu",
        "trường hợp",
        "khi",
        "hễ",
        "những",
        "chưa đạt",
        "không đạt",
        "dưới",
        "thấp hơn",
        "có tỷ lệ",
    ),
    GAINED: ("được", "chỉ còn", "mới"),
    ASKED: ("kiến nghị", "đề xuất", "nguyện vọng", "đề nghị", "ý kiến", "xin ", "phản ánh", "cho biết", "than phiền"),
}

_LAND = re.compile(r"(?<!\w)đất(?: công ích| dịch vụ| dự phòng| tái định cư)?\s*$")  # "đất 5%": a kind of land
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SENTENCES, _CLAUSES, _COMMAS = re.compile(r"[.]\s"), re.compile(r"[;.]\s"), re.compile(r"[;,.]\s")
_PARTS = re.compile(r",\s")
_MISSED = re.compile(r"(?<!\w)(?:(?<!không )dưới|trên|(?<!không )quá|thấp hơn|chưa đạt|không đạt)\s*$")
_DONE = re.compile(r"(?<!\w)đã\s[^,;.]{0,60}$")
_RESULTS = re.compile(r"(?<!\w)(?:so với|của|kế hoạch|nghị quyết|trong|từ)\s*$")
_YEAR = re.compile(r"(?<!\w)năm (\d{4})(?!\w)")
_REACHING = re.compile(
    r"(?:(?<!\w)(?:khoảng|có|đạt|mới|thêm|lên|tới|từ|bình quân|thành lập|xây dựng|phấn đấu|hoàn thành|hình thành|ít nhất|tối thiểu|trên|hơn|không dưới|còn|xuống|gấp)|:)\s*$"
)
_OPENS_GOAL = re.compile(r"(?<!\w)(?:đạt|bảo đảm|đảm bảo|duy trì|giữ vững|hoàn thành)\s*$")
_INCOME = re.compile(r"thu nhập|bình quân|năng suất|giá trị|grdp|doanh thu|lương")
_TIME_SPENT = re.compile(r"thời gian|thời lượng|độ trễ|số ngày|ngày điều trị|ngày nằm viện")
_GRADED = re.compile(r"chỉ số|điểm|xếp hạng|mức độ hài lòng")
_MOVES = re.compile(
    r"(?<!\w)(?:nâng|tăng|mở rộng|nhân rộng|phát triển|đưa|mở thêm|giảm|kéo giảm|hạ|rút|rút ngắn|bổ sung)(?!\w)(?:[^,;.]|(?<=\d)[.,](?=\d))*(?<!\w)(?:lên|thêm|tới|đạt|xuống|còn|xuống còn)(?!\w)[^,;.\d]{0,12}$"
)
# "hạ mực nước hồ về 171,5 m", "kéo giảm độ mặn về dưới 1 g"
_LOWERED_TO = re.compile(
    r"(?<!\w)(?:hạ|hạ thấp|giảm|kéo giảm|rút|xả)(?!\w)[^,;.:()\d]{2,60}(?<!\w)(?:về|xuống)(?: (?:mức|cao trình|dưới|ngưỡng|còn))*\s*$"
)
_FOR_EACH = re.compile(r"(?<!\w)(?:mỗi|cứ)\s*$")  # "mỗi 3 ha đất lúa có một bể": of what there is one
_LEADS = re.compile(
    r"(?:trong đó(?: có| là|:)?|(?<!\w)đạt)\s*$"
)  # "xây 40 nhà, trong đó có 15 nhà …", "vận động … đạt 420 …"
_AND_SO_MANY = re.compile(r"\d[^,;.]*\svà\s*$")  # "huy động 3 tỷ đồng và 6.000 ngày công"
_ASIDE = re.compile(r"\((?P<inside>[^()]*)$")
_STANDING = re.compile(
    r"(?<!\w)(?:hiện|hiện nay|hiện tại|hiện có|cùng kỳ|năm trước|năm ngoái|kết quả|ước|thực hiện năm|\w+ tháng (?:đầu năm|qua)|mới|thời điểm|tính đến|đến nay|nay|chiếm)(?!\w)"
)
# "sáu tháng đầu năm đã gieo …; xây 11 nhà": what follows the semicolon is told too
_TOLD = re.compile(
    r"^\W*(?:\d+[-./)]\s*)?(?:trong\s)?(?:\w+ tháng (?:đầu|qua|cuối)|năm \d{4}|năm qua|quý \w+|thời gian qua|vừa qua)(?:[^;.]|\.(?=\d))*?(?<!\w)đã\s(?:[^.]|\.(?=\d))*;"
)
_STRIVES_TO = re.compile(
    r"(?<!\w)(?:phấn đấu\s+(?:[^\W\d_]+\s+){1,4}|(?:chỉ tiêu|(?<!chương trình )mục tiêu)\s+(?:(?!của|theo|tại|giữa|với|cho)[^\W\d_]+\s+){0,5}(?::\s*)?)$"
)
# "mỗi thôn có từ 15 đến 20 người", "mỗi xã đăng ký 01 - 02 mô hình"
_EACH_OF = re.compile(
    r"(?<!\w)mỗi\s(?:[^\s,;.:()\d]+(?:,\s)?\s?){1,6}?(?:có|đăng ký|chọn|xây dựng|từ|hình thành|thành lập|nhận|trồng|mở|làm|nhân rộng|vận động)\s(?:từ\s|được\s|có\s|ít nhất\s|tối thiểu\s|mới\s)?$"
)
# "mỗi môn 2-3 giáo viên", "mỗi ngày 120 suất", "mỗi hội viên còn sức khỏe giúp 03 ngày công"
_EACH = re.compile(r"(?<!\w)mỗi\s(?!lần|khi|đợt|vụ|suất|mức)[^;.:()\d]{2,60}$")
# "kiểm tra thực tế tại 5 - 7 địa bàn", "làm điểm ở 03 xã": in how many places it is done
_AT_PLACES = re.compile(
    r"(?<!\w)(?:kiểm tra|thanh tra|giám sát|khảo sát|làm điểm|chỉ đạo điểm|thí điểm|lắp|lắp đặt|lắp thêm|triển khai điểm|xây dựng điểm|tổ chức điểm)(?!\w)(?:\s(?!lần(?!\w))[^\s,;:()]+){0,14}\s(?:tại|ở)(?: ít nhất| tối thiểu)?\s*$"
    r"|(?<!\w)(?:đưa|nhân|nhân rộng|mở rộng|lan tỏa)(?!\w)(?:\s[^\s,;:.()\d]+){1,9}\s(?:ra|tới|sang)(?: ít nhất| tối thiểu| thêm)?\s*$"
)
# "soạn bộ câu hỏi gồm 150 câu": of how many what is made consists
_MADE_UP = re.compile(
    r"(?<!\w)(?:thành lập|lập|soạn|biên soạn|xây dựng|công bố|chọn|tuyển|tuyển chọn|kiện toàn|in|dựng|mở)(?!\w)(?:(?!có|đã)[^,;.:()]){2,70}\sgồm(?: có)?(?: từ| khoảng| ít nhất)?\s*$"
)
# "giữ áp lực nước ở mức 1,8 bar"
_KEPT_AT = re.compile(
    r"(?<!\w)(?:giữ|duy trì|ổn định|khống chế|kiểm soát)(?!\w)[^,;.:]{0,90}?\sở mức(?: khoảng| trên| dưới)?\s*$"
)
# "đắp đập tới cao trình chống lũ +61,5 m"
_TO_HEIGHT = re.compile(
    r"(?<!\w)(?:tới|đến|đạt|về|lên|xuống|giữ|duy trì)(?: ở)?(?: mức)? (?:cao trình|cao độ|cốt)(?:\s[^\W\d_]+){0,4}\s?\+?\s*$"
)
# "xuống giống vụ Hè Thu dứt điểm trước ngày 30/5, diện tích 10.200 ha"
_SOWN = re.compile(
    r"(?<!\w)(?:gieo|gieo cấy|gieo trồng|gieo sạ|cấy|xuống giống|trồng|trồng mới|thả|nuôi|tái canh)(?!\w)[^;]{3,120}, (?:với )?(?:tổng )?diện tích(?: khoảng| trên)?\s*$"
)
_AMONG = re.compile(r"\d[^;.]*,\strong đó(?: có| là)?\s*$")
_SHORT_OPENING = 4  # words: "Gieo ươm 1,2 triệu cây"; in longer ones the figure may be of something else
_SHARED_OUT = re.compile(r"\s+có\s+(?:\d|ít nhất|tối thiểu)")
_EXEMPT_LABELS = re.compile(r"(?<!\w)(?:giảm|tăng|tổng) số\s*$")


@lru_cache(maxsize=1)
def _strives() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!chương trình )(?:{_any_of('strive')})(?! quốc gia)(?!\w)")


@lru_cache(maxsize=1)
def _achieves() -> re.Pattern[str]:
    """A verb that brings things about, up to four words before the figure."""
    gap = r"(?:\s(?!(?:của|trong|giữa|thuộc|đối)(?!\w))[^\s,;:.()\d]+){0,4}"
    return re.compile(rf"(?<!\w)(?:{_any_of('achieve')})(?!\w){gap}\s*$")


@lru_cache(maxsize=1)
def _produces() -> re.Pattern[str]:
    """A verb that makes, hands out, calls up or looks into, its figure close behind it; not in the name of a paper."""
    between = _any_of("between")
    words = rf"(?:\s(?!(?:{_PREPOSITIONS})(?!\w))[^\s,;:.()\d\"“”]+){{0,2}}"
    return re.compile(
        rf"(?<!\w)(?<!phương án )(?<!hồ sơ )(?<!chủ trương )(?<!các )(?<!đề nghị )(?<!đất )(?<!vận )(?<!doanh )(?<!nguồn )(?<!khoản )(?:{_any_of('produce')}|{_any_of('achieve')}|làm(?! việc| ăn| rõ| thủ tục| căn cứ))(?!\w){words}(?:\s(?:{between}))*\s*$"
    )


_LINE_ENDS = re.compile(r"\s*(?:[;.(]|$)")


@lru_cache(maxsize=1)
def _names_what() -> re.Pattern[str]:
    """A line of a list of goals that only names what is measured: "Tổng sản lượng lương thực có hạt [32.000 tấn];"."""
    return re.compile(rf"\W*(?:{_any_of('measured')})(?!\w)(?:\s[^\s,;:.()\d]+){{1,9}}\s*$")


@lru_cache(maxsize=1)
def _benefits() -> re.Pattern[str]:
    """ "tập huấn nghiệp vụ cho khoảng": whom it is done for, counted."""
    return re.compile(
        rf"(?<!\w)(?:{_any_of('benefit')})(?!\w)(?:\s[^\s;:.()\d]+){{0,12}}?\scho(?: khoảng| trên| hơn| ít nhất| gần)?\s*$"
    )


@lru_cache(maxsize=1)
def _raises() -> re.Pattern[str]:
    """What is raised or lent, and no word of a budget between it and its sum."""
    return re.compile(
        rf"(?<!\w)(?:{_any_of('raise')})(?!\w)(?:(?!kinh phí|bố trí|dự toán|tổng mức|từ nguồn|mức hỗ trợ|để)[^;.\d(]){{0,60}}$"
    )


_PREPOSITIONS = "thiếu|vướng|mất|chậm|chưa|bị|không|đã|còn|của|tại|ở|trong|với|về|theo|do|bằng|qua|giữa|thuộc|đối|từ|đến|tới|cho|gồm|và|hoặc|số|để|khi|có|các|những"
_RISES_BY = re.compile(r"(?<!\w)(?:tăng|nâng)(?!\w)[^,;.\d]{0,60}(?<!\w)(?:thêm|lên)\s*$")
_ALONE = frozenset(
    ["người", "cán bộ", "công chức", "viên chức", "lãnh đạo", "đầu mối", "đồng chí", "chuyên viên", "thành viên"]
)
# "giao 3 phòng Nội vụ, Tư pháp, Kinh tế", "cấp 2 xã": who is told or gets, not how many
_BODIES = re.compile(
    r"(?:xã|phường|huyện|thị trấn|phòng(?! (?:học|máy|ở|trọ|bệnh|họp|thí nghiệm))|ban|sở|đơn vị|cơ quan|tỉnh|thôn)(?!\w)"
)
_TELLS_BODIES = re.compile(r"(?<!\w)(?:giao|phân công|cấp|phát|điều động)\s*$")
_ALL_OF = re.compile(r"(\d+)/\1(?!\d)")  # "13/13 thôn tổ chức xong": every one
# a level that is kept in store: "dự trữ hóa chất đủ dùng ít nhất 45 ngày"
_STORED = re.compile(r"(?<!\w)(?:dự trữ|đủ dùng|đủ ăn|dự phòng|cơ số|tích trữ)(?!\w)[^;.]*$")
_OFTEN = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng) (?:tuần|tháng|quý)[^,;.\d]{0,25}(?:ít nhất|tối thiểu)\s*$")
_ATTAINS = re.compile(r"(?<!\w)(?<!cần )đạt(?: được| và vượt)?(?: từ| khoảng| trên)?\s*$")
_ENSURED = re.compile(
    r"(?<!\w)(?:bảo đảm|đảm bảo)(?: có| đủ| luôn có| duy trì)?(?: tỷ lệ| tỉ lệ| định mức| mật độ| mức| quân số| số lượng)?\s*$"
)
# "vận động 07 hộ [đã nhận tiền]", "làm 5 người [chết]": which ones they are, or what befell them
_STANDING_SO = re.compile(r"\s(?:đã|chưa|bị|nêu|nói|chết|tử vong|mất tích|thiệt mạng|bị thương|trôi|sập|hư hỏng)(?!\w)")
_SENT_OUT = frozenset(
    [
        "ca",
        "xe",
        "xuồng",
        "tàu",
        "thuyền",
        "máy",
        "cán",
        "chiến",
        "lượt",
        "người",
        "đội",
        "tổ",
        "đoàn",
        "kíp",
        "bác",
        "y",
        "dân",
        "nhân",
    ]
)
_ROUNDS = frozenset(("đợt", "tổ", "mũi", "cụm", "đội", "bước", "lượt", "nhóm", "ca", "kíp"))
_IN_ROUNDS = re.compile(
    r"(?<!\w)(?:làm|chia|giải ngân|thanh toán|nghỉ)(?: làm| thành)?\s*$"
)  # "làm 2 đợt": how it is done
_ABSTRACT = frozenset(("nguyên tắc", "yêu cầu", "điều kiện", "mặt", "tại chỗ", "chữ", "không"))
_MANY_PAPERS = 20  # as many as no office makes ready by the way


# "thanh tra từ 25 [đơn vị trở lên]", "thu từ 50 [khẩu súng tự chế trở lên]"
_AND_MORE = re.compile(
    r"(?:\s(?!(?:có|và|phải|được|thì)(?!\w))[^\s,;:.()\d]+){0,4}\strở lên(?!\s(?:thì|phải|bị|có|mà|được)(?!\w))"
)


# "hố đào sâu từ 5 m trở lên": how large, not how many
_DIMENSION = re.compile(r"\s(?:sâu|cao|dài|rộng|dày|nặng|quy mô|công suất|giá trị|thời hạn)\s*$")


def _is_produced(quantity: Quantity, sentence: str, folded: str) -> bool:
    """ "mở 03 lớp", "in 2.000 cuốn", "tập huấn cho 300 người", "chọn từ 2 đến 3 vụ": brought about in a task, office work or not."""
    if quantity.value_max is not None or _AND_MORE.match(folded, quantity.end):
        sentence = _DIMENSION.sub(" : ", sentence.removesuffix("từ "))
    if not (_produces().search(sentence) or _benefits().search(sentence)):
        return False
    noun, value = quantity.noun, quantity.value_max or quantity.value
    if (noun in _ALONE and value <= 1) or (_BODIES.match(noun) and _TELLS_BODIES.search(sentence)):
        return False
    return not is_office_work(quantity) or q.is_manned(quantity) or value >= _MANY_PAPERS


# "Hai năm qua, … đã có chuyển biến. Toàn thành phố tổ chức 312 đợt …": a stretch that opens with a time gone by
_OPENS_TELLING = re.compile(
    r"\W*(?:\d+[-./)]\s*)?(?:trong |qua )?(?:(?:[^\W\d_]+|\d+)\s){1,4}?(?:qua|vừa qua|năm ngoái)(?:,|\s[^.;]{3,120}\sđã\s)"
    r"|\W*(?:\d+[-./)]\s*)?(?:trong )?năm \d{4},? [^.;]{3,120}\sđã\s"
)
_TURNS_TO_ORDER = re.compile(
    r"(?<!\w)(?:yêu cầu|đề nghị|giao|phải|cần|phấn đấu|chỉ đạo|tới đây|thời gian tới|tập trung|tiếp tục|từ nay|đến hết|đến năm|nhiệm vụ|bảo đảm|đảm bảo|trước ngày|chậm nhất)(?!\w)"
)


def is_told(quantity: Quantity, folded: str) -> bool:
    """A figure in a stretch that opens with a time gone by and has not turned to orders since."""
    opening = _OPENS_TELLING.match(folded)
    return opening is not None and _TURNS_TO_ORDER.search(folded, opening.end() - 1, quantity.start) is None


def goes_on_from(earlier: Quantity, quantity: Quantity, folded: str) -> bool:
    """ "dự trữ 40 tấn gạo, 3.000 lít xăng và 200 áo phao": a figure that only goes on with the list of one to reach."""
    if (earlier.rule is q.PERCENT) != (quantity.rule is q.PERCENT) or quantity.rule not in (q.COUNT, q.PERCENT):
        return False
    if quantity.rule is q.COUNT and (
        counts_nothing(quantity) or earlier.rule not in (q.COUNT, q.COUNT_IN_WORDS) or quantity.noun == "kv"
    ):
        return False
    between = folded[earlier.end : quantity.start]
    if quantity.rule is q.PERCENT and _NEXT_YEAR.fullmatch(between):
        return True
    if is_office_work(quantity) and (quantity.rule is q.PERCENT or not is_of_one_kind(earlier, quantity)):
        return False
    return _list_goes_on(is_of_one_kind(earlier, quantity)).fullmatch(between) is not None


# "năm 2026 trả 40% số nợ, [năm 2027 trả tiếp] 35%": the share of the year after
_NEXT_YEAR = re.compile(
    r"(?:\s[^\W\d_]+){0,5}(?:,|;|,? và)\s(?:riêng )?(?:(?:đến|hết|trong|đến hết|cuối) )?(?:năm|quý) (?:20\d\d|iv|i{1,3})(?:/20\d\d)?"
    r"(?:,? (?!(?:mới|đã|chỉ|chưa|còn thiếu|ước)(?!\w))[^\W\d_]+){0,4}\s"
)


def is_of_one_kind(earlier: Quantity, quantity: Quantity) -> bool:
    """ "3 lớp nhận thức về Đảng, 2 lớp đảng viên mới": the same noun, or its first word, counted again."""
    return earlier.noun.split(" ")[0] == quantity.noun.split(" ")[0]


@lru_cache(maxsize=2)
def _list_goes_on(of_one_kind: bool) -> re.Pattern[str]:
    """The rest of a thing counted ("… cán bộ, chiến sĩ", "… máy đo SpO2") and the comma before the next figure.

    Things of one kind may be told further ("3 lớp nhận thức về Đảng, 2 lớp …").
    """
    ends = _PREPOSITIONS.replace("|của|tại|ở|trong|với|về|theo|", "|") if of_one_kind else _PREPOSITIONS
    word = rf"\s(?!(?:{ends})(?!\w))[^\W\d][^\s,;:.()]*"
    return re.compile(
        rf"(?:{word}){{0,6}}(?:,{word}(?:{word}){{0,2}})?(?:,| và|, và)\s(?:khoảng |trên |ít nhất |tối thiểu |từ )?"
    )


# "trồng 2.300 ha, trong đó cây ngô 900 ha"
_PART_OF = re.compile(
    r"[^;.\d]{0,60}(?:,|\()\s?(?:trong đó|(?P<apart>riêng))(?:(?!\s(?:đã|còn|mới|chưa|bị)(?!\w))(?:năm 20\d\d|[^;.,\d])){0,40}$"
)


# "…, trong đó xã A 80 cái, [xã B] 65 cái"
_AMONG_PARTS = re.compile(r"(?<!\w)trong đó [^;.\d]{2,40}$")
_NEXT_PART = re.compile(r"(?:,|,? và)\s(?:(?!(?:đã|còn|mới|chưa|bị|hiện)(?!\w))[^\W\d_]+\s){1,6}")


def is_part_of(earlier: Quantity, quantity: Quantity, folded: str) -> bool:
    """A number of things named behind "trong đó" as a part of the one to reach before it."""
    if (
        earlier.rule is not q.COUNT
        or quantity.rule is not q.COUNT
        or counts_nothing(quantity)
        or is_office_work(quantity)
    ):
        return False
    if re.match(r"\s(?:đã|chưa|bị|mới) ", folded[quantity.end :]):
        return False
    if _is_label(folded[: quantity.start]):  # "…, trong đó năm 2025 làm …"
        return False
    part = _PART_OF.match(folded, earlier.end, quantity.start)
    if part is not None:
        return part.group("apart") is None or is_of_one_kind(earlier, quantity)
    return (
        is_of_one_kind(earlier, quantity)
        and _NEXT_PART.fullmatch(folded, earlier.end, quantity.start) is not None
        and _AMONG_PARTS.search(folded[: earlier.start]) is not None
    )


def _achieves_before(sentence: str) -> bool:
    """Whether the figure before "trong đó" is itself one that a verb brings about."""
    earlier = re.split(r"\d[\d.,]*[^\d]*$", sentence)[0]
    return bool(_achieves().search(earlier))


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    """A sentence, behind its time, that opens with a verb of bringing to a level."""
    time = r"(?:(?:mỗi|hằng|hàng|trong|đến|trước|từ|giai đoạn|quý|năm)(?!\w)[^,;]{0,40},?\s)?"
    return re.compile(
        rf"^\W*{time}(?:tiếp tục |tập trung |đồng thời )*(?:{_any_of('order')}|{_any_of('achieve')})(?!\w)"
    )


def _any_of(name: str) -> str:
    terms = sorted(table("targets")[name], key=len, reverse=True)
    return "|".join(re.escape(term) for term in terms)


def is_to_reach(quantity: Quantity, folded: str, stance: Stance, issued_in: int | None) -> bool:
    """Whether a quantity of a folded stretch is a goal; `issued_in` is the year of the notice, None where unknown."""
    before = _IN_BRACKETS.sub(lambda m: " " * len(m.group()), folded[: quantity.start])  # asides put no goal
    after = folded[quantity.end :]
    sentence = _CLAUSES.split(before)[-1]
    clause = _COMMAS.split(before)[-1]
    if quantity.rule is not q.PERCENT and _is_label(before) and not _is_for_the_year(quantity, before):
        return stance is Stance.ORDER and _is_sent_out(quantity, before)
    if _stands_in_aside(before, issued_in) or any(_matches(rule, before) for rule in (FUNDS, GROUP, REPEATED)):
        return False
    if _matches(RATE, before) and not (quantity.rule is q.COUNT and not q.is_measure(quantity.unit)):
        return False
    if quantity.rule is q.PERCENT and _LAND.search(before):
        return False
    if stance is not Stance.GOAL and _matches(ASKED, sentence):
        return False
    if quantity.noun == "kv" or _is_denominator(quantity, before) or _is_size(quantity, sentence, after):
        return False
    strives = bool(_strives().search(sentence))
    if stance in (Stance.PLAIN, Stance.PROSE) and (
        (_AIMS.match(sentence) and _ORDERS_BEHIND.search(after)) or _looks_ahead(before, issued_in)
    ):
        stance, strives = Stance.GOAL, True
    if not strives and _is_condition(sentence, after):
        return False
    if not strives and _matches(GAINED, sentence) and not _ASSURED.search(sentence) and not _EACH.search(sentence):
        return False
    if not strives and (_stands_reached(sentence) or (quantity.rule is q.COUNT and _matches(NAMED, sentence))):
        return False
    if (
        stance is not Stance.GOAL
        and not strives
        and _is_other(sentence, _SENTENCES.split(before)[-1], after, issued_in)
    ):
        return False
    if stance is Stance.GOAL and not strives and _reports(before, issued_in):
        return False
    if stance is Stance.PROSE and not strives:
        return _is_told_in_prose(quantity, sentence)
    if quantity.rule in (q.PERCENT, q.PERCENT_IN_WORDS):
        return stance in (Stance.GOAL, Stance.ORDER) or strives or _is_stated(quantity, folded, sentence, issued_in)
    if quantity.rule in (q.MONEY, q.SHORT_MONEY, q.FOREIGN_MONEY):
        return _is_sum(quantity, folded, sentence, stance, strives)
    if quantity.rule is q.OF_TOTAL and stance is Stance.ORDER and _ALL_OF.match(folded, quantity.start):
        return True
    if quantity.rule in (q.SHARE, q.OF_TOTAL):
        return stance is Stance.GOAL or strives or bool(_OPENS_GOAL.search(clause))
    if quantity.rule in (q.LEVEL, q.INDEX) and _is_level(quantity, folded, sentence, stance):
        return True
    if quantity.rule is q.INDEX:
        return False
    return _is_count(quantity, folded, sentence, stance, strives)


def _is_for_the_year(quantity: Quantity, before: str) -> bool:
    """ "sản lượng cả năm 11.500 tấn": how much in the year, no year."""
    return before.endswith(("cả năm ", "hằng năm ", "hàng năm ")) and not 1900 <= quantity.value <= 2100


def _stands_in_aside(before: str, issued_in: int | None) -> bool:
    """ "(năm 2024 đạt 98,9%)", "(hiện nay là 52%)": an aside that tells where one stands."""
    aside = _ASIDE.search(before)
    if aside is None:
        return False
    if _STANDING.search(aside.group("inside")):
        return True
    years = [int(m.group(1)) for m in _YEAR.finditer(aside.group("inside"))]
    return bool(years) and issued_in is not None and max(years) < issued_in


# "Để vụ Đông Xuân thắng lợi, toàn tỉnh gieo cấy …, Chủ tịch UBND tỉnh yêu cầu:": what the orders below are for
_AIMS = re.compile(r"^\W*(?:để|nhằm|với mục tiêu)\s")
_ORDERS_BEHIND = re.compile(r"(?<!\w)(?:yêu cầu|chỉ thị|đề nghị|giao|chỉ đạo)(?!\w)[^.]*$")
_ASSURED = re.compile(r"(?<!\w)(?:bảo đảm|đảm bảo|phải|cần|sao cho)(?!\w)")
# "…, nợ quá hạn 0,3%, yêu cầu cuối năm không vượt": behind what is told, what is asked for
_DEMANDS = re.compile(
    r"(?<!\w)(?:yêu cầu|phấn đấu|bảo đảm|đảm bảo|phải đạt|phải lên|phải giảm|phải xong|phải hoàn thành|phải có|ít nhất|tối thiểu)(?!\w)"
)
# "vận động mỗi nhà có ít nhất một người …", "mở từ 3 lớp": how many, not which ones
_NO_THRESHOLD = re.compile(r"(?<!\w)(?:đạt|bảo đảm|đảm bảo|mỗi|ít nhất|tối thiểu)(?!\w)")
_SEEN = re.compile(r"(?<!\w)(?:xảy ra|xuất hiện|ghi nhận|cho thấy|phát hiện|vẫn|có nơi|có đám|đã)(?!\w)")
_HAVING = re.compile(r"(?:\d\s?%|(?<!\w)(?:mỗi|các|những))[^,;.]*\scó(?: từ| trên| dưới)?\s*$")
_HAVING_ONE = re.compile(r"\d\s?%[^,;.]*\scó (?:ít nhất|tối thiểu)\s*$")


def _looks_ahead(before: str, issued_in: int | None) -> bool:
    """ "Đến hết năm 2027: đón 15.000 lượt khách; có 04 sản phẩm …": a stretch that opens with a year to come and a colon."""
    opening = re.match(r"^\W*(?:phấn đấu )?(?:đến|hết|trong)\s[^:;.]{0,24}?(20\d\d)\s?:\s", before)
    return opening is not None and issued_in is not None and int(opening.group(1)) >= issued_in


def _is_denominator(quantity: Quantity, before: str) -> bool:
    """ "15 bác sĩ trên 10.000 dân": for how many the figure before it is counted."""
    return (
        quantity.rule is q.COUNT
        and quantity.value in _HEADS
        and quantity.noun.split(" ")[0] in {"dân", "người", "trẻ", "phụ nữ", "hộ"}
        and _PER_HEAD.search(before) is not None
    )


def _stands_reached(sentence: str) -> bool:
    """ "hiện có 12 điểm"; in "12 điểm hiện có và [mở thêm] 5 điểm" another verb brings the figure about."""
    if not _matches(REACHED, sentence):
        return False
    tail = sentence.rpartition(" và ")[2]
    return tail is sentence or _matches(REACHED, tail) or _produces().search(tail) is None


def _is_size(quantity: Quantity, sentence: str, after: str) -> bool:
    """ "100% doanh nghiệp có từ 50 lao động trở lên thành lập …": which ones the share before it is of.

    In "80% chi hội có ít nhất một người …" the one is what the share measures.
    """
    if quantity.value == 1 and quantity.rule in (q.COUNT, q.COUNT_IN_WORDS) and _HAVING_ONE.search(sentence):
        return True
    return (
        quantity.rule is q.COUNT
        and _HAVING.search(sentence) is not None
        and re.match(r"\s*trở lên\s[^\W\d_]", after) is not None
    )


def _is_condition(sentence: str, after: str) -> bool:
    """A figure that decides whom something meets, before it or behind it."""
    if _matches(CONDITION, sentence) and not _ASSURED.search(sentence):
        return True
    missed = _MISSED.search(sentence) is not None
    return missed and _matches(CONSEQUENCE, after)


def _reports(before: str, issued_in: int | None) -> bool:
    """A sentence that tells of a year past, or of how things stand, in the middle of goals."""
    whole = _SENTENCES.split(before)[-1]
    if re.match(r"^\W*(?:thực trạng|hiện trạng|tình hình|đánh giá)(?!\w)", whole):
        return True
    opening = re.match(r"^\W*(?:trong |hết |tính đến |cuối )?(?:tháng \d+/|năm )(\d{4})(?!\s?[-–]\s?\d)", whole)
    return opening is not None and issued_in is not None and int(opening.group(1)) < issued_in


@lru_cache(maxsize=1)
def _tells() -> re.Pattern[str]:
    """Words of which a paragraph without a number must hold one before a figure of it can be one to reach."""
    return re.compile(
        rf"{_any_of('strive')}|bảo đảm|đảm bảo|phải đạt|mỗi|ít nhất|tối thiểu|chí ít|không dưới|không ít|không thấp|không nhỏ|không kém"
        r"|[≥>]|20\d\d\s?:|(?<!\w)(?:để|nhằm|với mục tiêu)\s(?=(?s:.*)(?:yêu cầu|chỉ thị|đề nghị|giao|chỉ đạo))"
    )


def may_be_told_in_prose(folded: str) -> bool:
    """Whether any figure of a paragraph without a number can be one to reach (`is_to_reach`, `Stance.PROSE`): most hold
    no word that says so, and need not be read closer."""
    return _tells().search(folded) is not None


def _is_told_in_prose(quantity: Quantity, sentence: str) -> bool:
    """A paragraph without a number that strives for nothing: only what it wants at least, assures, or asks of each."""
    if _SEEN.search(sentence) or quantity.rule is q.LEVEL:
        return False
    if _matches(AT_LEAST, sentence[-40:]):
        return True
    if quantity.rule is q.PERCENT:
        return re.search(r"(?<!\w)(?:bảo đảm|đảm bảo|phải đạt)\s*(?:trên |từ )?$", sentence) is not None
    return quantity.rule is q.COUNT and _EACH_OF.search(sentence) is not None


def _is_label(before: str) -> bool:
    return _matches(LABEL, before[-40:]) and not _EXEMPT_LABELS.search(before[-20:])


def _is_sent_out(quantity: Quantity, before: str) -> bool:
    """ "điều 12 ca nô, 4 xe lội nước": no number of an article."""
    return before.endswith("điều ") and quantity.noun.split(" ")[0] in _SENT_OUT


def _matches(rule: Rule, text: str) -> bool:
    holds = _HOLDS.get(rule)
    if holds is not None and not any(word in text for word in holds):
        return False
    return rule.pattern is not None and rule.pattern.search(text) is not None


def _is_other(sentence: str, whole: str, after: str, issued_in: int | None) -> bool:
    """Reported, compared, of a past year, a threshold or a vote: where nothing is striven for."""
    if _DONE.search(sentence):
        return True
    if _DEMANDS.search(_PARTS.split(sentence)[-1]):
        return False
    if _matches(REPORTED, sentence) or (_matches(REPORTED, whole) and not _orders().search(sentence)):
        return True
    if _TOLD.match(whole) and not _orders().search(whole):
        return True
    if _matches(COMPARED, sentence + _CLAUSES.split(after)[0]):
        return True
    if _matches(VOTE, sentence) or _matches(VOTE, after[:60]):
        return True
    if issued_in is not None and not after.lstrip().startswith("trở lên") and _tells_of_the_past(sentence, issued_in):
        return True
    return _matches(THRESHOLD, sentence) and not _NO_THRESHOLD.search(sentence)


def _tells_of_the_past(sentence: str, issued_in: int) -> bool:
    """ "Năm 2024 toàn huyện …" in a notice of 2025; "so với năm 2024" only compares."""
    years = [int(m.group(1)) for m in _YEAR.finditer(sentence) if not _RESULTS.search(sentence[: m.start()])]
    return bool(years) and max(years) < issued_in


def _is_stated(quantity: Quantity, folded: str, sentence: str, issued_in: int | None) -> bool:
    """A share outside tasks and lists of goals: the sentence opens as an order, or names a year to come."""
    if _orders().search(sentence) or is_compared(quantity, folded) or upward_of(quantity, folded):
        return True
    if (quantity.value == 100 and not sentence.strip()) or re.search(r"(?<!\w)chiếm(?: khoảng)?\s*$", sentence):
        return True
    years = [int(m.group(1)) for m in re.finditer(r"(?:đến|hết|vào|trong)[^,;]{0,20}(20\d{2})", sentence)]
    return bool(years) and issued_in is not None and max(years) >= issued_in


def _is_sum(quantity: Quantity, folded: str, sentence: str, stance: Stance, strives: bool) -> bool:
    if (quantity.per and not _INCOME.search(sentence)) or quantity.value == 0:
        return False
    if stance is Stance.GOAL or upward_of(quantity, folded) == "trở lên":
        return True
    return (
        strives
        or _matches(AT_LEAST, sentence[-40:])
        or (_matches(AT_MOST, sentence[-40:]) and not quantity.per)
        or (_raises().search(sentence) is not None and _ASIDE.search(sentence) is None)
        or _RISES_BY.search(sentence) is not None
        or _KEPT_AT.search(sentence) is not None
        or re.search(r"(?<!\w)đạt[^,;.\d]{0,12}$", sentence) is not None
        or _BROUGHT_UNDER.search(sentence) is not None
    )


# "đến 31/01 số dư tạm ứng về dưới 30 tỷ đồng"
_BROUGHT_UNDER = re.compile(
    r"(?<!\w)(?<!chỉ )(?<!hiện )(?:về|giảm|hạ|kéo|đưa|rút|xuống)(?: \S+){0,4}? (?:mức )?(?:dưới|không quá|không vượt quá)\s*$|(?<!\w)về (?:mức )?dưới\s*$"
)
_CLOCKED = ("giây", "phút", "giờ", "ngày")
_SHORT_TIMES = ("giây", "phút", "giờ")
# in years of age and years a level is told of a length of life or of a loan only
_SPAN_OF_LIFE = {"tuổi": r"tuổi thọ[^;.]*$", "năm": r"(?:số năm|tuổi thọ|kỳ hạn)[^;.,]*$"}


# "trong không quá 15 phút", "báo trước ít nhất 3 ngày": a limit of the work, no length that is given to it
_LIMITS = re.compile(
    r"(?<!\w)(?:trong|vòng|trước|sau|chậm|thời hạn|gia hạn|quá hạn|nghỉ|muộn|trễ|cách|khi|nếu|đã|thông báo|báo cáo|báo|gửi|nộp|trình|đăng ký|trả lời|giải quyết|xử lý|thẩm định|giao)(?!\w)[^,;.]{0,120}$"
)


def _is_time_given(unit: str, sentence: str) -> bool:
    """ "phần lễ không quá 45 phút", "mỗi đội ở lại ít nhất 10 ngày": how long something is to last."""
    near = sentence[-40:]
    if "trước khi" in sentence or _LIMITS.search(_PARTS.split(sentence)[-1]):
        return False
    return _matches(AT_LEAST, near) or (unit in ("giây", "phút") and _matches(AT_MOST, near))


def _is_level(quantity: Quantity, folded: str, sentence: str, stance: Stance) -> bool:
    """Points of an index, a time to come down to, a multiple: only with what is measured before it."""
    unit = quantity.noun
    if quantity.rule is q.INDEX:
        return True
    lowered_to = re.search(r"(?<!\w)(?:xuống|còn)(?:\s(?:còn|dưới|tối đa|không quá|khoảng))*\s*$", sentence) is not None
    if not lowered_to and unit in _CLOCKED and re.match(r"\s*(?:làm việc|kể từ|trước|sau)", folded[quantity.end :]):
        return False
    if unit == "lần":
        times = re.search(
            r"(?:gấp|tăng)\s*(?:trên|hơn|ít nhất|khoảng)?\s*$|(?:hệ số|vòng quay)[^,;.]*đạt\s*$", sentence
        )
        return times is not None or _matches(AT_LEAST, sentence[-40:])
    if unit in _SPAN_OF_LIFE:
        return re.search(_SPAN_OF_LIFE[unit], sentence) is not None
    if unit == "bậc":
        return re.search(r"(?<!\w)(?:tăng|nâng|thăng|cải thiện)(?!\w)[^;.\d]*$", sentence) is not None
    reaches = is_compared(quantity, folded) or upward_of(quantity, folded) is not None or _REACHING.search(sentence)
    if not reaches:
        return False
    if unit == "điểm":
        return (_GRADED.search(sentence) is not None and stance is not Stance.ORDER) or bool(
            _strives().search(sentence)
        )
    if unit == "ngày" and (_STORED.search(sentence) or _OFTEN.search(sentence)):
        return True
    if (
        unit in _SHORT_TIMES
        and _TIME_SPENT.search(sentence)
        and (_matches(AT_MOST, sentence) or _matches(UNDER, sentence))
    ):
        return True
    if unit in _CLOCKED and _is_time_given(unit, sentence):
        return True
    lowered = lowered_to or re.search(r"(?<!\w)(?:rút|giảm|hạ|rút ngắn|cắt giảm)(?!\w)", sentence) is not None
    return _TIME_SPENT.search(sentence) is not None and (stance is Stance.GOAL or lowered)


def _is_count(quantity: Quantity, folded: str, sentence: str, stance: Stance, strives: bool) -> bool:
    if re.search(r"[/-]$", folded[: quantity.start]) or _SHARED_OUT.match(folded, quantity.end):
        return False  # "mỗi 1 bản có 1 mô hình": the first figure only shares out
    if quantity.rule is q.LEVEL:
        if quantity.noun != "điểm" or not re.match(r"\s(?!trở|so|vào|trong|đến|và)[^\W\d_]", folded[quantity.end :]):
            return False
    elif counts_nothing(quantity):
        return False
    reaches = (
        bool(_REACHING.search(sentence))
        or is_compared(quantity, folded)
        or bool(_achieves().search(sentence))
        or bool(_produces().search(sentence))
    )
    if _FOR_EACH.search(sentence) or (quantity.noun.split(" ")[0] in _ROUNDS and _IN_ROUNDS.search(sentence)):
        return False
    if _LOWERED_TO.search(sentence):
        return True
    if stance is Stance.GOAL:
        told = upward_of(quantity, folded) is not None or _AND_SO_MANY.search(sentence) is not None
        opens = quantity.start <= 1 or re.search(r"[;:]\s$", folded[: quantity.start]) is not None
        told = told or (
            _names_what().match(sentence) is not None and _LINE_ENDS.match(folded, quantity.end) is not None
        )
        return reaches or told or opens or 0 < len(sentence.split()) <= _SHORT_OPENING
    if _matches(AT_LEAST, sentence[-40:]):
        return True
    if strives:
        told = upward_of(quantity, folded) is not None or _AND_SO_MANY.search(sentence) is not None
        return reaches or told or _STRIVES_TO.search(sentence) is not None or _is_produced(quantity, sentence, folded)
    if quantity.noun != "lần" and not is_office_work(quantity) and _matches(AT_MOST, sentence[-40:]):
        return True
    if _is_produced(quantity, sentence, folded) and not _STANDING_SO.match(folded, quantity.end):
        return True
    if is_office_work(quantity):
        return False
    if _STANDING_SO.match(folded, quantity.end):
        return False
    if _ATTAINS.search(sentence) or (_ENSURED.search(sentence) and quantity.noun not in _ABSTRACT):
        return True
    if upward_of(quantity, folded) == "trở lên" and re.search(r"(?<!\w)đạt[^,;.\d]{0,12}$", sentence):
        return True
    if _EACH_OF.search(sentence) or _EACH.search(sentence):
        return True
    if _AT_PLACES.search(sentence) or _MADE_UP.search(sentence) or _KEPT_AT.search(sentence):
        return True
    if q.is_measure(quantity.unit) and (_TO_HEIGHT.search(sentence) or _SOWN.search(sentence)):
        return True
    if _AMONG.search(sentence) and _achieves_before(sentence):
        return True
    if _orders().search(sentence) and (is_compared(quantity, folded) or _LEADS.search(sentence)):
        return True
    return bool(_achieves().search(sentence)) or bool(_MOVES.search(sentence))
