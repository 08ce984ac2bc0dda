"""Whether a quantity is one to reach: what speaks for it, and what shows that it is something else.

A quantity that is reached already, a rate of support, a price, a threshold or the number of a thing is none.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from vndirective.extract.rules import Rule
from vndirective.extract.targets import quantities as q
from vndirective.extract.targets.comparators import AT_LEAST, is_compared, upward_of
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
        r"(?<!\w)(?:năm|năm học|giai đoạn|nhiệm kỳ|khóa|số|điều|khoản|mục|quý|tháng|ngày|lớp|thứ|mức độ|thửa|tờ|quốc lộ|tỉnh lộ|huyện lộ|đường tỉnh|đề án|chương trình|nghị định|nghị quyết|"
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
        r"(?:hỗ trợ|trợ cấp|phụ cấp|miễn giảm|miễn, giảm|chiết khấu|lãi suất|mức phí|mức thu|mức đóng|mức phạt|phạt tiền|thuế suất|đơn giá|giá bán|tạm ứng|đóng góp|vốn ngân sách|bồi thường|khoán|vay)[^,;.]{0,30}$|(?<!\w)trích(?: nộp| lập| lại)?\s*$"
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
        r"(?:^|[,;:(]\s*)(?:từ |nguồn |vốn )*(?:ngân sách|xã hội hóa|đối ứng|dân góp|nhân dân)(?:\s[^\W\d_]+){0,4}\s*$"
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
        r"(?:(?<!\w)(?:đã|hiện|hiện nay|hiện đã|hiện mới)\s(?:có|đạt|còn|giảm|tăng|hoàn thành|thực hiện|trồng|giải ngân|giải quyết|huy động|xây dựng|kết nạp|thu|tiêm|được)|(?<!\w)(?:vẫn còn|mới đạt|mới được|mới có|chỉ được|mới chỉ|chỉ đạt|ước đạt|đạt được)|"
        r"(?:giảm|tăng|trồng|thu|huy động|vận động) được)(?!\w)[^,;.]{0,40}$"
    ),
    examples=("đến nay đã có ", "vẫn còn ", "toàn huyện giảm được "),
    counter_examples=("bảo đảm đạt ", "đã phát động phong trào, phấn đấu đạt "),
)
COMPARED = Rule(
    id="target.not.compared",
    cue="đạt …, tăng … so với cùng kỳ; bằng … % kế hoạch",
    meaning="a result beside the plan or the year before",
    seen="báo cáo, phần đánh giá của kết luận",
    pattern=re.compile(
        r"(?<!\w)(?:đạt|tăng|thu)\s[^.;]*?,\s(?:tăng|giảm)\s[^.;]*so với|(?<!\w)bằng\s[\d,.]+\s?% (?:kế hoạch|so với|cùng kỳ|dự toán)|(?<!\w)đạt\s[\d,.]+\s?% (?:kế hoạch|dự toán)[^.;]*,\s(?:tăng|giảm)"
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
        r"^\W*(?:(?:những |một số )?kết quả|ghi nhận|biểu dương|hoan nghênh|đến nay|(?:trong )?năm \d{4},? đã |(?:trong )?(?:những|các|\d+) năm qua|tính đến|đến thời điểm|hiện(?: nay)?(?:\s|,)|hiện còn|thời gian qua|vừa qua|trong thời gian qua|nhận thấy|theo báo cáo|qua (?:kiểm tra|rà soát|theo dõi)|phát huy (?:những |các )?kết quả)"
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
        r"(?<!\w)(?:các|những|đối với|trường hợp|nhóm|từng|mọi)\s[^,;.:]{2,45}\s(?:có|nuôi|với|quy mô|công suất|từ|trên)\s[^,;.:]{0,45}$|(?<!\w)(?:hộ|người|cơ sở|đơn vị|dự án|doanh nghiệp|xã|thôn|diện tích)\s(?:bị|thuộc diện|chịu)\s[^,;.:]{0,45}$"
    ),
    examples=(
        "các hộ nuôi từ ",
        "các dự án có tổng mức đầu tư trên ",
        "các xã có tỷ lệ hộ nghèo trên ",
        "cho hộ bị thiệt hại trên ",
    ),
    counter_examples=("tỷ lệ hộ nghèo dưới ", "mỗi thôn có từ "),
)
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
RULES = (LABEL, RATE, FUNDS, REACHED, COMPARED, NAMED, REPORTED, THRESHOLD, GROUP, REPEATED, VOTE)

_RESULTS = re.compile(r"(?<!\w)(?:so với|của|kế hoạch|nghị quyết|trong|từ)\s*$")
_YEAR = re.compile(r"(?<!\w)năm (\d{4})(?!\w)")
_REACHING = re.compile(
    r"(?:(?<!\w)(?:khoảng|có|đạt|mới|thêm|lên|tới|từ|bình quân|thành lập|xây dựng|phấn đấu|hoàn thành|hình thành|ít nhất|tối thiểu|trên|hơn|không dưới|còn|xuống|gấp)|:)\s*$"
)
_OPENS_GOAL = re.compile(r"(?<!\w)(?:đạt|bảo đảm|đảm bảo|duy trì|giữ vững|hoàn thành)\s*$")
_INCOME = re.compile(r"thu nhập|bình quân|năng suất|giá trị|grdp|doanh thu|lương")
_TIME_SPENT = re.compile(r"thời gian|số ngày|ngày điều trị|ngày nằm viện")
_GRADED = re.compile(r"chỉ số|điểm|xếp hạng|mức độ hài lòng")
_MOVES = re.compile(
    r"(?<!\w)(?:nâng|tăng|mở rộng|nhân rộng|phát triển|đưa|mở thêm|giảm|kéo giảm|hạ|rút|rút ngắn|bổ sung)(?!\w)(?:[^,;.]|(?<=\d)[.,](?=\d))*(?<!\w)(?:lên|thêm|tới|đạt|xuống|còn|xuống còn)(?!\w)[^,;.\d]{0,12}$"
)
_LEADS = re.compile(
    r"(?:trong đó(?: có| là|:)?|(?<!\w)đạt)\s*$"
)  # "xây 40 nhà, trong đó có 15 nhà …", "vận động … đạt 420 …"
_AND_SO_MANY = re.compile(r"\d[^,;.]*\svà\s*$")  # "huy động 3 tỷ đồng và 6.000 ngày công"
_ASIDE = re.compile(r"\((?P<inside>[^()]*)$")
_STANDING = re.compile(r"(?<!\w)(?:hiện|hiện nay|hiện tại|hiện có|cùng kỳ|năm trước|kết quả|ước|thực hiện năm)(?!\w)")
# "sáu tháng đầu năm đã gieo …; xây 11 nhà": what follows the semicolon is told too
_TOLD = re.compile(
    r"^\W*(?:\d+[-./)]\s*)?(?:trong\s)?(?:\w+ tháng (?:đầu|qua|cuối)|năm \d{4}|năm qua|quý \w+|thời gian qua|vừa qua)(?:[^;.]|\.(?=\d))*?(?<!\w)đã\s(?:[^.]|\.(?=\d))*;"
)
_STRIVES_TO = re.compile(r"(?<!\w)phấn đấu\s+(?:[^\W\d_]+\s+){1,4}$")
# "mỗi thôn có từ 15 đến 20 người", "mỗi xã đăng ký 01 - 02 mô hình"
_EACH_OF = re.compile(
    r"(?<!\w)mỗi\s(?:[^\s,;.:()\d]+(?:,\s)?\s?){1,6}?(?:có|đăng ký|chọn|xây dựng|từ|hình thành|thành lập)\s(?:từ\s|được\s|có\s)?$"
)
_AMONG = re.compile(r"\d[^;.]*,\strong đó(?: có| là)?\s*$")
_SHORT_OPENING = 4  # words: "Gieo ươm 1,2 triệu cây"; in longer ones the figure may be of something else
_SHARED_OUT = re.compile(r"\s+có\s+(?:\d|ít nhất|tối thiểu)")
_EXEMPT_LABELS = re.compile(r"(?<!\w)(?:giảm|tăng|tổng) số\s*$")


@lru_cache(maxsize=1)
def _strives() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of('strive')})(?!\w)")


@lru_cache(maxsize=1)
def _achieves() -> re.Pattern[str]:
    """A verb that brings things about, up to four words before the figure."""
    return re.compile(rf"(?<!\w)(?:{_any_of('achieve')})(?!\w)(?:\s[^\s,;:.()\d]+){{0,4}}\s*$")


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
    before = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), folded[: quantity.start])  # asides put no goal
    after = folded[quantity.end :]
    sentence = re.split(r"[;.]\s", before)[-1]
    clause = re.split(r"[;,.]\s", before)[-1]
    if quantity.rule is not q.PERCENT and _is_label(before):
        return False
    if _stands_in_aside(before, issued_in) or any(_matches(rule, before) for rule in (FUNDS, GROUP, REPEATED)):
        return False
    if _matches(RATE, before) and not (
        quantity.rule is q.COUNT and _matches(AT_LEAST, before[-40:]) and not q.is_measure(quantity.unit)
    ):
        return False
    strives = bool(_strives().search(sentence))
    if not strives and (_matches(REACHED, sentence) or (quantity.rule is q.COUNT and _matches(NAMED, sentence))):
        return False
    if (
        stance is not Stance.GOAL
        and not strives
        and _is_other(sentence, re.split(r"[.]\s", before)[-1], after, issued_in)
    ):
        return False
    if stance is Stance.PROSE and not strives:
        return False
    if quantity.rule in (q.PERCENT, q.PERCENT_IN_WORDS):
        return stance in (Stance.GOAL, Stance.ORDER) or strives or _is_stated(quantity, folded, sentence, issued_in)
    if quantity.rule in (q.MONEY, q.SHORT_MONEY, q.FOREIGN_MONEY):
        return _is_sum(quantity, folded, sentence, stance, strives)
    if quantity.rule in (q.SHARE, q.OF_TOTAL):
        return stance is Stance.GOAL or strives or bool(_OPENS_GOAL.search(clause))
    if quantity.rule is q.LEVEL and _is_level(quantity, folded, sentence, stance):
        return True
    return _is_count(quantity, folded, sentence, stance, strives)


def _stands_in_aside(before: str, issued_in: int | None) -> bool:
    """ "(năm 2024 đạt 98,9%)", "(hiện nay là 52%)": an aside that tells where one stands."""
    aside = _ASIDE.search(before)
    if aside is None:
        return False
    if _STANDING.search(aside.group("inside")):
        return True
    years = [int(m.group(1)) for m in _YEAR.finditer(aside.group("inside"))]
    return bool(years) and issued_in is not None and max(years) < issued_in


def _is_label(before: str) -> bool:
    return _matches(LABEL, before[-40:]) and not _EXEMPT_LABELS.search(before[-20:])


def _matches(rule: Rule, text: str) -> bool:
    return rule.pattern is not None and rule.pattern.search(text) is not None


def _is_other(sentence: str, whole: str, after: str, issued_in: int | None) -> bool:
    """Reported, compared, of a past year, a threshold or a vote: where nothing is striven for."""
    if re.search(r"(?<!\w)đã\s[^,;.]{0,60}$", sentence) or _matches(REPORTED, sentence):
        return True
    if _TOLD.match(whole) and not _orders().search(whole):
        return True
    if _matches(COMPARED, sentence + re.split(r"[;.]\s", after)[0]):
        return True
    if _matches(VOTE, sentence) or _matches(VOTE, after[:60]):
        return True
    if issued_in is not None and _tells_of_the_past(sentence, issued_in):
        return True
    return _matches(THRESHOLD, sentence) and not re.search(r"(?<!\w)(?:đạt|bảo đảm|đảm bảo)(?!\w)", sentence)


def _tells_of_the_past(sentence: str, issued_in: int) -> bool:
    """ "Năm 2024 toàn huyện …" in a notice of 2025; "so với năm 2024" only compares."""
    years = [int(m.group(1)) for m in _YEAR.finditer(sentence) if not _RESULTS.search(sentence[: m.start()])]
    return bool(years) and max(years) < issued_in


def _is_stated(quantity: Quantity, folded: str, sentence: str, issued_in: int | None) -> bool:
    """A share outside tasks and lists of goals: the sentence opens as an order, or names a year to come."""
    if _orders().search(sentence) or _matches(AT_LEAST, sentence[-40:]):
        return True
    years = [int(m.group(1)) for m in re.finditer(r"(?:đến|hết|vào|trong)[^,;]{0,20}(20\d{2})", sentence)]
    return bool(years) and issued_in is not None and max(years) >= issued_in


def _is_sum(quantity: Quantity, folded: str, sentence: str, stance: Stance, strives: bool) -> bool:
    if quantity.per and not _INCOME.search(sentence):
        return False
    if stance is Stance.GOAL or upward_of(quantity, folded) == "trở lên":
        return True
    return (
        strives or _matches(AT_LEAST, sentence[-40:]) or re.search(r"(?<!\w)đạt[^,;.\d]{0,12}$", sentence) is not None
    )


def _is_level(quantity: Quantity, folded: str, sentence: str, stance: Stance) -> bool:
    """Points of an index, a time to come down to, a multiple: only with what is measured before it."""
    unit = quantity.noun
    if re.match(r"\s*(?:làm việc|kể từ|trước|sau)", folded[quantity.end :]):
        return False
    if unit == "lần":
        times = re.search(
            r"(?:gấp|tăng)\s*(?:trên|hơn|ít nhất|khoảng)?\s*$|(?:hệ số|vòng quay)[^,;.]*đạt\s*$", sentence
        )
        return times is not None
    reaches = is_compared(quantity, folded) or upward_of(quantity, folded) is not None or _REACHING.search(sentence)
    if not reaches:
        return False
    if unit == "điểm":
        return (_GRADED.search(sentence) is not None and stance is not Stance.ORDER) or bool(
            _strives().search(sentence)
        )
    lowered = re.search(r"(?<!\w)(?:rút|giảm|hạ|rút ngắn|cắt giảm)(?!\w)", sentence) is not None
    return _TIME_SPENT.search(sentence) is not None and (stance is Stance.GOAL or lowered)


def _is_count(quantity: Quantity, folded: str, sentence: str, stance: Stance, strives: bool) -> bool:
    if re.search(r"[/-]$", folded[: quantity.start]) or _SHARED_OUT.match(folded, quantity.end):
        return False  # "mỗi 1 bản có 1 mô hình": the first figure only shares out
    if quantity.rule is q.LEVEL:
        if quantity.noun != "điểm" or not re.match(r"\s(?!trở|so|vào|trong|đến|và)[^\W\d_]", folded[quantity.end :]):
            return False
    elif counts_nothing(quantity):
        return False
    reaches = bool(_REACHING.search(sentence)) or is_compared(quantity, folded) or bool(_achieves().search(sentence))
    if stance is Stance.GOAL:
        told = upward_of(quantity, folded) is not None or _AND_SO_MANY.search(sentence) is not None
        return reaches or told or quantity.start <= 1 or 0 < len(sentence.split()) <= _SHORT_OPENING
    if _matches(AT_LEAST, sentence[-40:]):
        return True
    if strives:
        told = upward_of(quantity, folded) is not None or _AND_SO_MANY.search(sentence) is not None
        return reaches or told or _STRIVES_TO.search(sentence) is not None
    if is_office_work(quantity):
        return False
    if upward_of(quantity, folded) == "trở lên" and re.search(r"(?<!\w)đạt[^,;.\d]{0,12}$", sentence):
        return True
    if _EACH_OF.search(sentence) and (quantity.value_max is not None or is_compared(quantity, folded)):
        return True
    if _AMONG.search(sentence) and _achieves_before(sentence):
        return True
    if _orders().search(sentence) and (is_compared(quantity, folded) or _LEADS.search(sentence)):
        return True
    return bool(_achieves().search(sentence)) or bool(_MOVES.search(sentence))
