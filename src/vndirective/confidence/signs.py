"""Signs of doubt: what can be seen of a value without knowing whether it is right.

Each is a plain observation with words for the reader. What a sign is worth is not said here: scripts/calibrate.py learns
it from gold. A sign stands for a class of causes (what text recognition does, how an item is written), never for a notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from vndirective.confidence.surroundings import (
    FUNCTION_WORDS,
    after,
    before,
    begins_with,
    clause,
    verb_within,
    words,
)
from vndirective.confidence.values import Value
from vndirective.errors import Lang
from vndirective.schema.record import (
    Assignee,
    Deadline,
    Issuer,
    PartialDate,
    Recipient,
    Record,
    Reference,
    Signatory,
    Target,
    Task,
)

_DOUBTED_SCAN = {"unreadable_page", "low_ocr_confidence", "ocr_number_uncertain"}
_ODD_NUMBERS = {"numbering_gap", "numbering_restart"}
_JOINT = 5  # characters: ", và "
_SHARES = ("mỗi ", "từng ", "riêng ")
_MANY = ("các ", "những ", "toàn ")
_LONG = 60  # words
_FEW_LINES = 150  # characters
_SENTENCE = {"có", "là", "được", "để", "theo", "khi", "nếu", "phải", "đã", "sau", "nhằm", "với"}  # names do without

_PAST = re.compile(
    r"\b(?:đã|vừa qua|thời gian qua|năm qua|nhìn chung|còn|chưa|kết quả|so với|cùng kỳ|tăng|giảm|mới)\b", re.I
)
_RESULT = re.compile(
    r"\b(?:đã|mới|hiện|so với|cùng kỳ|năm trước|thực hiện được|ước|kế hoạch giao|nghị quyết giao|chỉ đạt|còn|riêng|trong đó)\b",
    re.I,
)
_LEADS_TO_NAME = re.compile(r"(?:giao|yêu cầu|đề nghị|cho|với|và|cùng|phân công|do|nhiệm)\W*$", re.I)
_PURPOSE = re.compile(r"(?:để|nhằm|theo|từ khi|giai đoạn|kế hoạch|kể từ)\s+(?:\w+\s+){0,4}$", re.I)
_CONDITION = re.compile(r"\b(?:nếu|quá|trường hợp|nào|khi có|trên|dưới|đã gửi|xảy ra)\b", re.I)
_OF_THE_PAST = re.compile(r"đánh giá|kết quả|tình hình|hiện trạng|mục đích|yêu cầu|tồn tại|ưu điểm|hạn chế", re.I)
_CLOSES = re.compile(r"(?:nghiêm túc|triển khai|thực hiện)[^.]{0,60}(?:\./\.|\.)?$", re.I)
_OF_WORK = {"tasks", "assignees", "deadlines", "targets"}
_YEAR = re.compile(r"\b(?:19|20)\d\d")
_DAY = re.compile(r"ngày|\d{1,2}[/-]\d{1,2}[/-]")
_LABEL = re.compile(r"[^.,;:]{2,60}:\s")


@dataclass(frozen=True, slots=True)
class Sign:
    id: str
    words: dict[Lang, str]
    seen: Callable[[Value, Record], bool]
    kinds: tuple[type, ...] = ()  # of values that can show it; all where none is named


def _recognised(value: Value, record: Record) -> bool:
    return value.evidence.ocr_confidence is not None


def _words_below(least: float) -> Callable[[Value, Record], bool]:
    def seen(value: Value, record: Record) -> bool:
        sure = value.evidence.ocr_confidence
        return sure is not None and sure < least

    return seen


def _doubted_scan(value: Value, record: Record) -> bool:
    return _recognised(value, record) and any(w.code in _DOUBTED_SCAN for w in record.warnings)


def _blank_in_scan(value: Value, record: Record) -> bool:
    item = value.item
    return _recognised(value, record) and isinstance(item, PartialDate) and item.day is None


def _odd_numbers(value: Value, record: Record) -> bool:
    return value.task is not None and any(w.code in _ODD_NUMBERS for w in record.warnings)


def _inherited(value: Value, record: Record) -> bool:
    item = value.item
    if isinstance(item, Deadline):
        return item.basis == "inherited"
    return isinstance(item, Assignee) and item.source != "sentence"


def _beside_own_lead(value: Value, record: Record) -> bool:
    """Inherited by an item whose own sentence names a lead."""
    return (
        isinstance(value.item, Assignee)
        and value.item.source != "sentence"
        and value.task is not None
        and any(a.source == "sentence" and a.role == "lead" for a in value.task.assignees)
    )


def _many_bodies(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and value.task is not None and len(value.task.assignees) >= 4


def _beside_fragment(value: Value, record: Record) -> bool:
    """Next to a part of a name: a list that was cut in the wrong place has two wrong pieces."""
    if not isinstance(value.item, Assignee) or value.task is None:
        return False
    return any(
        _adjoin(value.item, other) and " " not in other.name
        for other in value.task.assignees
        if other is not value.item
    )


def _adjoin(one: Assignee, other: Assignee) -> bool:
    """Whether a comma or "và" at most stands between two names."""
    if not one.evidence.spans or not other.evidence.spans:
        return False
    first, second = sorted((one.evidence.spans, other.evidence.spans), key=lambda spans: spans[0].start)
    return 0 <= second[0].start - first[-1].end <= _JOINT


def _after_another(value: Value, record: Record) -> bool:
    """Not the first body with its part in the task: where lists end is harder to tell than where they begin."""
    if not isinstance(value.item, Assignee) or value.task is None:
        return False
    return next(a for a in value.task.assignees if a.role == value.item.role) is not value.item


def _each(value: Value, record: Record) -> bool:
    """ "mỗi xã một mô hình": a share, more often than who is told."""
    return isinstance(value.item, Assignee) and value.item.name.lower().startswith(_SHARES)


def _no_proper_name(value: Value, record: Record) -> bool:
    """Nothing in the name is written as a name: it may be a kind of people the sentence talks of."""
    if not isinstance(value.item, Assignee):
        return False
    words = value.item.name.split()
    return len(words) > 2 and not any(word[0].isupper() for word in words[1:])


def _opens_small(value: Value, record: Record) -> bool:
    item = value.item
    return isinstance(item, Assignee) and item.name[0].islower() and not item.name.startswith(_MANY)


def _commas(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and "," in value.item.name


def _figures(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and any(map(str.isdigit, value.item.name))


def _long_item(value: Value, record: Record) -> bool:
    return value.task is not None and len(value.task.text.split()) > _LONG


def _counted_from_issue(value: Value, record: Record) -> bool:
    return isinstance(value.item, Deadline) and value.item.basis == "issue_date"


def _only_a_start(value: Value, record: Record) -> bool:
    return isinstance(value.item, Deadline) and value.item.start is not None and value.item.end is None


def _short_metric(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and len(value.item.metric.split()) <= 5


def _among_figures(value: Value, record: Record) -> bool:
    """Among four targets and more in a few lines, each of which wants its own words."""
    if not isinstance(value.item, Target):
        return False
    here = value.evidence.spans[0].start
    near = (abs(other.evidence.spans[0].start - here) < _FEW_LINES for other in record.targets if other.evidence.spans)
    return sum(near) > 4


def _closing_item(value: Value, record: Record) -> bool:
    """The last task: how a notice ends ("yêu cầu các đơn vị nghiêm túc thực hiện") looks like one."""
    return isinstance(value.item, Task) and len(record.tasks) > 1 and value.item is record.tasks[-1]


def _sentence_words(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and not _SENTENCE.isdisjoint(value.item.name.lower().split())


def _odd_length(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and not 1 < len(value.item.name.split()) <= 12


def _bracket(value: Value, record: Record) -> bool:
    return isinstance(value.item, Recipient) and any(mark in value.item.name for mark in "([;")


def _no_end(value: Value, record: Record) -> bool:
    return isinstance(value.item, Task) and not value.item.text.rstrip().endswith((".", ";", "/", "!"))


def _nobody(value: Value, record: Record) -> bool:
    """A task of nobody in a notice whose other tasks name bodies."""
    return isinstance(value.item, Task) and not value.item.assignees and any(t.assignees for t in record.tasks)


def _several_lines(value: Value, record: Record) -> bool:
    """Gathered from several lines: cells of a table that were torn."""
    plain = not isinstance(value.item, Signatory | Task | Issuer)
    return plain and value.field != "subject" and "\n" in value.evidence.quote.strip()


def _goes_on(value: Value, record: Record) -> bool:
    """Followed by a word in small letters that is none of those that follow names."""
    follows = after(value, record).lstrip()
    return isinstance(value.item, Assignee) and follows[:1].islower() and not begins_with(follows, "follows")


def _joined(value: Value, record: Record) -> bool:
    """Followed by "và" or a comma and something that begins no name: the name may go on."""
    if not isinstance(value.item, Assignee):
        return False
    follows = re.match(r"\s*(?:,|và|-|–|&)\s+(?=\w)(.*)", after(value, record))
    return follows is not None and not begins_with(follows[1], "head") and not begins_with(follows[1], "follows")


def _then_joined(value: Value, record: Record) -> bool:
    follows = after(value, record)
    return isinstance(value.item, Assignee) and re.match(r"\s*(?:,|và)\s+[^\W\d]", follows) is not None


def _verb_inside(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and verb_within(value.item.name)


def _deep(least: int) -> Callable[[Value, Record], bool]:
    def seen(value: Value, record: Record) -> bool:
        read_there = isinstance(value.item, Assignee) and value.item.source == "sentence"
        if value.task is None or not read_there or not value.task.evidence.spans:
            return False
        return value.evidence.spans[0].start - value.task.evidence.spans[0].start > least

    return seen


def _past(value: Value, record: Record) -> bool:
    """In a clause that tells what was."""
    told = isinstance(value.item, Deadline) or (isinstance(value.item, Assignee) and value.item.source == "sentence")
    return told and _PAST.search(clause(value, record)) is not None


def _unled(value: Value, record: Record) -> bool:
    """A lead in the middle of a sentence, behind a word that leads to no name."""
    item = value.item
    if not isinstance(item, Assignee) or item.source != "sentence" or item.role != "lead":
        return False
    led = before(value, record).rstrip()
    return led[-1:].islower() and _LEADS_TO_NAME.search(led) is None


def _many_leads(value: Value, record: Record) -> bool:
    if not isinstance(value.item, Assignee) or value.task is None or value.item.role != "lead":
        return False
    return sum(a.role == "lead" and a.source == "sentence" for a in value.task.assignees) > 2


def _directed(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and value.item.role == "implement"


def _mixed_sources(value: Value, record: Record) -> bool:
    """Some bodies of the item stand in it, others above."""
    if not isinstance(value.item, Assignee) or value.task is None:
        return False
    return len({a.source for a in value.task.assignees}) > 1


def _no_head(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and not begins_with(value.item.name, "head")


def _ends_open(value: Value, record: Record) -> bool:
    last = value.item.name.lower().split()[-1] if isinstance(value.item, Assignee) else ""
    return last in FUNCTION_WORDS or last in {"các", "những", "của", "cấp"}


def _overlapping(value: Value, record: Record) -> bool:
    """Part of another name of the item, or the other way round."""
    if not isinstance(value.item, Assignee) or value.task is None:
        return False
    name = value.item.name
    return any(a is not value.item and (a.name in name or name in a.name) for a in value.task.assignees)


def _conditional(value: Value, record: Record) -> bool:
    named = isinstance(value.item, Assignee | Deadline | Target)
    return named and _CONDITION.search(before(value, record)[-40:]) is not None


def _over_before_issue(value: Value, record: Record) -> bool:
    item, issued = value.item, record.issued_on
    if not isinstance(item, Deadline) or item.end is None or issued is None or issued.day is None:
        return False
    return item.end < issued.iso


def _several_deadlines(value: Value, record: Record) -> bool:
    return isinstance(value.item, Deadline) and value.task is not None and len(value.task.deadlines) > 1


def _month_alone(value: Value, record: Record) -> bool:
    quote = value.evidence.quote.lower()
    return isinstance(value.item, Deadline) and "tháng" in quote and _DAY.search(quote) is None


def _no_year(value: Value, record: Record) -> bool:
    return isinstance(value.item, Deadline) and _YEAR.search(value.evidence.quote) is None


def _of_a_purpose(value: Value, record: Record) -> bool:
    return isinstance(value.item, Deadline) and _PURPOSE.search(before(value, record)) is not None


def _time_goes_on(value: Value, record: Record) -> bool:
    return isinstance(value.item, Deadline) and after(value, record).lstrip()[:1].islower()


def _one_day(value: Value, record: Record) -> bool:
    item = value.item
    return isinstance(item, Deadline) and item.start is not None and item.start == item.end


def _result(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and _RESULT.search(clause(value, record)) is not None


def _no_due(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and value.item.due is None


def _no_task(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and value.item.task_id is None


def _above(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and value.item.comparator in {"gt", "lt"}


def _exact(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and value.item.comparator == "eq"


def _bare_share(value: Value, record: Record) -> bool:
    """A percentage behind no verb of reaching."""
    item = value.item
    return isinstance(item, Target) and item.unit == "%" and item.comparator == "eq" and "đạt" not in item.raw.lower()


def _metric_opens_open(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and value.item.metric.lower().split(" ", 1)[0] in FUNCTION_WORDS


def _tiny_metric(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and len(value.item.metric.split()) < 3


def _long_metric(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and len(value.item.metric.split()) > 14


def _figure_goes_on(value: Value, record: Record) -> bool:
    return isinstance(value.item, Target) and after(value, record).lstrip()[:1].islower()


def _same_metric(value: Value, record: Record) -> bool:
    if not isinstance(value.item, Target):
        return False
    return sum(target.metric == value.item.metric for target in record.targets) > 1


def _first_item(value: Value, record: Record) -> bool:
    """The first task: what stands before orders (purpose, assessment) looks like one."""
    return isinstance(value.item, Task) and len(record.tasks) > 1 and value.item is record.tasks[0]


def _of_the_past(value: Value, record: Record) -> bool:
    item = value.item
    if not isinstance(item, Task):
        return False
    told = item.heading is not None and _OF_THE_PAST.search(item.heading) is not None
    return told or _OF_THE_PAST.match(item.text) is not None or _PAST.search(item.text[:60]) is not None


def _no_order(value: Value, record: Record) -> bool:
    """An item that begins neither with a body nor with a verb of work."""
    item = value.item
    if not isinstance(item, Task):
        return False
    return not begins_with(item.text, "head") and not begins_with(item.text, "follows")


def _labelled(value: Value, record: Record) -> bool:
    return isinstance(value.item, Task) and _LABEL.match(value.item.text) is not None


def _without_bodies(value: Value, record: Record) -> bool:
    return isinstance(value.item, Task) and not value.item.assignees


def _brief(value: Value, record: Record) -> bool:
    return isinstance(value.item, Task) and len(value.item.text.split()) < 6


def _closing_words(value: Value, record: Record) -> bool:
    item = value.item
    return isinstance(item, Task) and len(item.text.split()) < 25 and _CLOSES.search(item.text) is not None


def _number_goes_on(value: Value, record: Record) -> bool:
    return isinstance(value.item, Reference) and re.search(r"\n|[.,]\s", value.evidence.quote) is not None


def _titled(value: Value, record: Record) -> bool:
    """Something in a signature that names do without, or more lines than one post fills."""
    item = value.item
    if not isinstance(item, Signatory):
        return False
    return re.search(r"[.()/\d]", item.name or "") is not None or len(item.chain) > 2 or "/" in value.evidence.quote


def _ruled(value: Value, record: Record) -> bool:
    return isinstance(value.item, Issuer) and re.search(r"[-*_\d]{2,}", value.evidence.quote) is not None


def _marks(value: Value, record: Record) -> bool:
    return isinstance(value.item, Recipient) and re.search(r"[\[\](;:]|^-", value.item.name) is not None


def _name_marks(value: Value, record: Record) -> bool:
    return isinstance(value.item, Assignee) and re.search(r'[;:()"“\n]', value.item.name) is not None


def _late_role(value: Value, record: Record) -> bool:
    """ "Phòng Kiểm tra [giám sát mua bán điện] chủ trì": words that no comma parts stand between the name and its part."""
    if not isinstance(value.item, Assignee):
        return False
    found = re.match(r"[^,.;:()]{4,60}?\b(?:chủ trì|phối hợp|có trách nhiệm|làm đầu mối)\b", after(value, record))
    return found is not None and len(words(found[0])) > 3


SIGNS = (
    Sign("recognised", {"vi": "chữ nhận dạng từ bản chụp", "en": "words recognised from a scan"}, _recognised),
    Sign(
        "words_below_95", {"vi": "có chữ nhận dạng dưới 95 %", "en": "words recognised below 95 %"}, _words_below(0.95)
    ),
    Sign(
        "words_below_90", {"vi": "có chữ nhận dạng dưới 90 %", "en": "words recognised below 90 %"}, _words_below(0.9)
    ),
    Sign(
        "doubted_scan", {"vi": "bản chụp có chỗ không chắc chắn", "en": "the scan has uncertain places"}, _doubted_scan
    ),
    Sign(
        "blank_in_scan",
        {"vi": "ngày trên bản chụp để trống hoặc viết tay", "en": "the day on the scan is blank or written by hand"},
        _blank_in_scan,
    ),
    Sign(
        "odd_numbers",
        {"vi": "số thứ tự mục nhảy quãng hoặc lặp lại", "en": "item numbers skip or repeat"},
        _odd_numbers,
    ),
    Sign(
        "inherited",
        {"vi": "lấy từ câu dẫn, đề mục hoặc nhãn", "en": "taken from a lead-in, heading or label"},
        _inherited,
        (
            Assignee,
            Deadline,
        ),
    ),
    Sign(
        "beside_own_lead",
        {
            "vi": "lấy từ bên trên trong khi mục tự nêu đơn vị",
            "en": "taken from above though the item names its own lead",
        },
        _beside_own_lead,
        (Assignee,),
    ),
    Sign(
        "many_bodies",
        {"vi": "mục nêu từ bốn đơn vị trở lên", "en": "the item names four bodies or more"},
        _many_bodies,
        (Assignee,),
    ),
    Sign(
        "odd_length",
        {"vi": "tên ngắn hoặc dài khác thường", "en": "a name of unusual length"},
        _odd_length,
        (Assignee,),
    ),
    Sign(
        "beside_fragment",
        {"vi": "đứng cạnh một phần tên có thể bị cắt rời", "en": "beside what may be a piece of a name"},
        _beside_fragment,
        (Assignee,),
    ),
    Sign(
        "sentence_words",
        {"vi": "tên lẫn lời của câu", "en": "words of the sentence in the name"},
        _sentence_words,
        (Assignee,),
    ),
    Sign(
        "bracket",
        {"vi": "tên còn dấu ngoặc hoặc chấm phẩy", "en": "a bracket or semicolon left in the name"},
        _bracket,
        (Recipient,),
    ),
    Sign(
        "no_end", {"vi": "mục không kết thúc bằng dấu câu", "en": "the item has no final punctuation"}, _no_end, (Task,)
    ),
    Sign(
        "after_another",
        {"vi": "không phải đơn vị đầu tiên cùng vai trò", "en": "not the first body with this part"},
        _after_another,
        (Assignee,),
    ),
    Sign(
        "each",
        {"vi": "tên mở đầu bằng mỗi, từng, riêng", "en": "begins with a word of sharing out"},
        _each,
        (Assignee,),
    ),
    Sign(
        "no_proper_name",
        {"vi": "tên chung, không có tên riêng", "en": "a common name, no proper one in it"},
        _no_proper_name,
        (Assignee,),
    ),
    Sign(
        "opens_small",
        {"vi": "tên mở đầu bằng chữ thường", "en": "begins with a small letter"},
        _opens_small,
        (Assignee,),
    ),
    Sign("commas", {"vi": "tên có dấu phẩy", "en": "a comma in the name"}, _commas, (Assignee,)),
    Sign("figures", {"vi": "tên có chữ số", "en": "a figure in the name"}, _figures, (Assignee,)),
    Sign("long_item", {"vi": "mục dài trên 60 chữ", "en": "an item of more than 60 words"}, _long_item),
    Sign(
        "counted_from_issue",
        {"vi": "ngày tính theo ngày ban hành", "en": "a date worked out from the date of issue"},
        _counted_from_issue,
        (Deadline,),
    ),
    Sign("only_a_start", {"vi": "chỉ có ngày bắt đầu", "en": "a beginning without an end"}, _only_a_start, (Deadline,)),
    Sign(
        "short_metric",
        {"vi": "nội dung chỉ tiêu ngắn", "en": "few words say what is measured"},
        _short_metric,
        (Target,),
    ),
    Sign(
        "among_figures", {"vi": "nhiều số liệu liền nhau", "en": "many figures side by side"}, _among_figures, (Target,)
    ),
    Sign("closing_item", {"vi": "mục cuối văn bản", "en": "the last item of the notice"}, _closing_item, (Task,)),
    Sign("nobody", {"vi": "mục không có đơn vị thực hiện", "en": "nobody is told to do the item"}, _nobody, (Task,)),
    Sign("several_lines", {"vi": "ghép từ nhiều dòng", "en": "put together from several lines"}, _several_lines),
    Sign("goes_on", {"vi": "sau tên còn chữ lạ", "en": "words that no name is followed by"}, _goes_on, (Assignee,)),
    Sign(
        "joined",
        {"vi": "tên có thể còn nữa sau dấu phẩy, chữ và", "en": "the name may go on behind a comma"},
        _joined,
        (Assignee,),
    ),
    Sign("then_joined", {"vi": "trong một chuỗi tên", "en": "in a chain of names"}, _then_joined, (Assignee,)),
    Sign("verb_inside", {"vi": "trong tên có động từ", "en": "a verb in the name"}, _verb_inside, (Assignee,)),
    Sign(
        "late_role",
        {"vi": "vai trò đứng xa tên", "en": "its part is told far behind the name"},
        _late_role,
        (Assignee,),
    ),
    Sign("deep_60", {"vi": "đứng sau đầu mục", "en": "not at the beginning of the item"}, _deep(60), (Assignee,)),
    Sign("deep_150", {"vi": "đứng sâu trong mục", "en": "deep in the item"}, _deep(150), (Assignee,)),
    Sign(
        "past",
        {"vi": "câu kể việc đã qua", "en": "the clause tells what was"},
        _past,
        (
            Assignee,
            Deadline,
        ),
    ),
    Sign(
        "unled",
        {"vi": "giữa câu, không có từ giao việc", "en": "in mid-sentence without a word of order"},
        _unled,
        (Assignee,),
    ),
    Sign("many_leads", {"vi": "nhiều đơn vị cùng chủ trì", "en": "many leads in one item"}, _many_leads, (Assignee,)),
    Sign("directed", {"vi": "được chỉ đạo thực hiện", "en": "directed by another"}, _directed, (Assignee,)),
    Sign(
        "mixed_sources",
        {"vi": "đơn vị lấy cả trong mục và bên trên", "en": "bodies from the item and from above"},
        _mixed_sources,
        (Assignee,),
    ),
    Sign(
        "no_head",
        {"vi": "không mở đầu bằng loại cơ quan đã biết", "en": "begins with no known kind of body"},
        _no_head,
        (Assignee,),
    ),
    Sign("ends_open", {"vi": "tên chưa trọn", "en": "the name is left open"}, _ends_open, (Assignee,)),
    Sign(
        "overlapping",
        {"vi": "trùng một phần với tên khác", "en": "shares words with another name"},
        _overlapping,
        (Assignee,),
    ),
    Sign("name_marks", {"vi": "tên có dấu câu", "en": "marks in the name"}, _name_marks, (Assignee,)),
    Sign(
        "conditional",
        {"vi": "nằm trong điều kiện", "en": "in a condition"},
        _conditional,
        (
            Assignee,
            Deadline,
            Target,
        ),
    ),
    Sign(
        "over_before_issue",
        {"vi": "hết hạn trước ngày ban hành", "en": "over before the date of issue"},
        _over_before_issue,
        (Deadline,),
    ),
    Sign(
        "several_deadlines",
        {"vi": "mục có nhiều thời hạn", "en": "several deadlines in the item"},
        _several_deadlines,
        (Deadline,),
    ),
    Sign("month_alone", {"vi": "chỉ nêu tháng", "en": "a month without a day"}, _month_alone, (Deadline,)),
    Sign("no_year", {"vi": "không ghi năm", "en": "no year printed"}, _no_year, (Deadline,)),
    Sign(
        "of_a_purpose",
        {"vi": "thời điểm của mục đích, căn cứ", "en": "a time of a purpose or ground"},
        _of_a_purpose,
        (Deadline,),
    ),
    Sign(
        "time_goes_on",
        {"vi": "sau thời hạn còn chữ liền", "en": "words go on behind the time"},
        _time_goes_on,
        (Deadline,),
    ),
    Sign(
        "one_day",
        {"vi": "một ngày cụ thể, có thể là ngày họp", "en": "one day, perhaps that of an event"},
        _one_day,
        (Deadline,),
    ),
    Sign("result", {"vi": "có thể là kết quả đã đạt", "en": "perhaps a result, not a target"}, _result, (Target,)),
    Sign("no_due", {"vi": "chỉ tiêu không có thời hạn", "en": "a target without a date"}, _no_due, (Target,)),
    Sign("no_task", {"vi": "chỉ tiêu nằm ngoài nhiệm vụ", "en": "a target outside tasks"}, _no_task, (Target,)),
    Sign("above", {"vi": "trên, dưới một mức", "en": "above or below a level"}, _above, (Target,)),
    Sign("exact", {"vi": "số không kèm từ so sánh", "en": "a figure without a comparison"}, _exact, (Target,)),
    Sign(
        "bare_share",
        {"vi": "tỷ lệ không kèm chữ đạt", "en": "a share without a verb of reaching"},
        _bare_share,
        (Target,),
    ),
    Sign(
        "metric_opens_open",
        {"vi": "nội dung chỉ tiêu thiếu đầu", "en": "what is measured lacks its beginning"},
        _metric_opens_open,
        (Target,),
    ),
    Sign(
        "tiny_metric",
        {"vi": "nội dung chỉ tiêu quá ngắn", "en": "hardly any words say what is measured"},
        _tiny_metric,
        (Target,),
    ),
    Sign(
        "long_metric", {"vi": "nội dung chỉ tiêu dài", "en": "many words say what is measured"}, _long_metric, (Target,)
    ),
    Sign(
        "figure_goes_on",
        {"vi": "sau số còn chữ liền", "en": "words go on behind the figure"},
        _figure_goes_on,
        (Target,),
    ),
    Sign(
        "same_metric",
        {"vi": "nhiều số cùng một nội dung", "en": "several figures of one thing"},
        _same_metric,
        (Target,),
    ),
    Sign("first_item", {"vi": "mục đầu văn bản", "en": "the first item of the notice"}, _first_item, (Task,)),
    Sign(
        "of_the_past", {"vi": "mục đánh giá, mục đích", "en": "an item of assessment or purpose"}, _of_the_past, (Task,)
    ),
    Sign(
        "no_order",
        {"vi": "không mở đầu bằng đơn vị hay động từ", "en": "begins with neither a body nor a verb"},
        _no_order,
        (Task,),
    ),
    Sign("labelled", {"vi": "mở đầu bằng nhãn", "en": "begins with a label"}, _labelled, (Task,)),
    Sign("without_bodies", {"vi": "mục không nêu ai", "en": "an item that names nobody"}, _without_bodies, (Task,)),
    Sign("brief", {"vi": "mục rất ngắn", "en": "a very short item"}, _brief, (Task,)),
    Sign("closing_words", {"vi": "giống câu kết", "en": "like a closing formula"}, _closing_words, (Task,)),
    Sign(
        "number_goes_on",
        {"vi": "số hiệu lẫn chữ khác", "en": "other words in the number"},
        _number_goes_on,
        (Reference,),
    ),
    Sign(
        "titled",
        {"vi": "chữ ký có học hàm, nhiều chức danh", "en": "titles or several posts in the signature"},
        _titled,
        (Signatory,),
    ),
    Sign("ruled", {"vi": "tên cơ quan lẫn đường kẻ", "en": "ruling lines in the name"}, _ruled, (Issuer,)),
    Sign("marks", {"vi": "nơi nhận còn dấu", "en": "marks left in the recipient"}, _marks, (Recipient,)),
)
BY_ID = {sign.id: sign for sign in SIGNS}


def signs_of(value: Value, record: Record) -> Iterator[str]:
    """Names of all that counts for a value: its field, its rule, the rule of its task, signs of doubt.

    "field:assignees", "rule:assignees/assignee.lead_in", "task:task.paragraph", "scan:place" (a place read from a scan), "type:KH", "system:party" (values of the work a notice orders), "sign:inherited".
    """
    yield f"field:{value.field}"
    yield f"rule:{value.field}/{value.evidence.rule}"
    if value.task is not None and value.item is not value.task:
        yield f"task:{value.task.evidence.rule}"
    if value.evidence.ocr_confidence is not None:
        yield f"scan:{value.field}"
    if value.field in _OF_WORK:
        yield f"type:{record.doc_type.code if record.doc_type else None}"
        yield f"system:{record.system}"
    for sign in _of_kind(type(value.item)):
        if sign.seen(value, record):
            yield f"sign:{sign.id}"


@cache
def _of_kind(kind: type) -> tuple[Sign, ...]:
    return tuple(sign for sign in SIGNS if not sign.kinds or kind in sign.kinds)
