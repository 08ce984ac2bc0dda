"""Signs of doubt: what can be seen of a value without knowing whether it is right.

Each is a plain observation with words for the reader. What a sign is worth is not said here: scripts/calibrate.py learns
it from gold. A sign stands for a class of causes (what text recognition does, how an item is written), never for a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vndirective.confidence.values import Value
from vndirective.errors import Lang
from vndirective.schema.record import Assignee, Deadline, PartialDate, Recipient, Record, Target, Task

_DOUBTED_SCAN = {"unreadable_page", "low_ocr_confidence", "ocr_number_uncertain"}
_ODD_NUMBERS = {"numbering_gap", "numbering_restart"}
_JOINT = 5  # characters: ", và "
_SHARES = ("mỗi ", "từng ", "riêng ")
_MANY = ("các ", "những ", "toàn ")
_LONG = 60  # words
_FEW_LINES = 150  # characters
_SENTENCE = {"có", "là", "được", "để", "theo", "khi", "nếu", "phải", "đã", "sau", "nhằm", "với"}  # names do without


@dataclass(frozen=True, slots=True)
class Sign:
    id: str
    words: dict[Lang, str]
    seen: Callable[[Value, Record], bool]


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
    near = (abs(other.evidence.spans[0].start - here) < _FEW_LINES for other in record.targets)
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
    ),
    Sign(
        "beside_own_lead",
        {
            "vi": "lấy từ bên trên trong khi mục tự nêu đơn vị",
            "en": "taken from above though the item names its own lead",
        },
        _beside_own_lead,
    ),
    Sign(
        "many_bodies", {"vi": "mục nêu từ bốn đơn vị trở lên", "en": "the item names four bodies or more"}, _many_bodies
    ),
    Sign("odd_length", {"vi": "tên ngắn hoặc dài khác thường", "en": "a name of unusual length"}, _odd_length),
    Sign(
        "beside_fragment",
        {"vi": "đứng cạnh một phần tên có thể bị cắt rời", "en": "beside what may be a piece of a name"},
        _beside_fragment,
    ),
    Sign("sentence_words", {"vi": "tên lẫn lời của câu", "en": "words of the sentence in the name"}, _sentence_words),
    Sign(
        "bracket", {"vi": "tên còn dấu ngoặc hoặc chấm phẩy", "en": "a bracket or semicolon left in the name"}, _bracket
    ),
    Sign("no_end", {"vi": "mục không kết thúc bằng dấu câu", "en": "the item has no final punctuation"}, _no_end),
    Sign(
        "after_another",
        {"vi": "không phải đơn vị đầu tiên cùng vai trò", "en": "not the first body with this part"},
        _after_another,
    ),
    Sign("each", {"vi": "tên mở đầu bằng mỗi, từng, riêng", "en": "begins with a word of sharing out"}, _each),
    Sign(
        "no_proper_name",
        {"vi": "tên chung, không có tên riêng", "en": "a common name, no proper one in it"},
        _no_proper_name,
    ),
    Sign("opens_small", {"vi": "tên mở đầu bằng chữ thường", "en": "begins with a small letter"}, _opens_small),
    Sign("commas", {"vi": "tên có dấu phẩy", "en": "a comma in the name"}, _commas),
    Sign("figures", {"vi": "tên có chữ số", "en": "a figure in the name"}, _figures),
    Sign("long_item", {"vi": "mục dài trên 60 chữ", "en": "an item of more than 60 words"}, _long_item),
    Sign(
        "counted_from_issue",
        {"vi": "ngày tính theo ngày ban hành", "en": "a date worked out from the date of issue"},
        _counted_from_issue,
    ),
    Sign("only_a_start", {"vi": "chỉ có ngày bắt đầu", "en": "a beginning without an end"}, _only_a_start),
    Sign("short_metric", {"vi": "nội dung chỉ tiêu ngắn", "en": "few words say what is measured"}, _short_metric),
    Sign("among_figures", {"vi": "nhiều số liệu liền nhau", "en": "many figures side by side"}, _among_figures),
    Sign("closing_item", {"vi": "mục cuối văn bản", "en": "the last item of the notice"}, _closing_item),
    Sign("nobody", {"vi": "mục không có đơn vị thực hiện", "en": "nobody is told to do the item"}, _nobody),
)
BY_ID = {sign.id: sign for sign in SIGNS}


def signs_of(value: Value, record: Record) -> Iterator[str]:
    """Names of all that counts for a value: its field, its rule, the rule of its task, signs of doubt.

    "field:assignees", "rule:assignees/assignee.lead_in", "task:task.paragraph", "scan:place" (a place read from a scan), "sign:inherited".
    """
    yield f"field:{value.field}"
    yield f"rule:{value.field}/{value.evidence.rule}"
    if value.task is not None and value.item is not value.task:
        yield f"task:{value.task.evidence.rule}"
    if value.evidence.ocr_confidence is not None:
        yield f"scan:{value.field}"
    for sign in SIGNS:
        if sign.seen(value, record):
            yield f"sign:{sign.id}"
