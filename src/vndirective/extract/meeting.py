"""The meeting whose conclusions a notice carries."""

from __future__ import annotations

import re

from vndirective.extract.evidence import cite
from vndirective.extract.letterhead import partial_date, read_doc_type, read_subject
from vndirective.parsers.source import Block, Span
from vndirective.schema.record import Meeting
from vndirective.segment.notice import Frame
from vndirective.segment.sentences import sentences
from vndirective.segment.syllables import fold

_DATE = re.compile(
    r"(?<!\w)(?:ngày|sáng|chiều|tối|trưa)\s+(?:(?P<d1>\d{1,2})\s*[/.-]\s*(?P<m1>\d{1,2})\s*[/.-]\s*(?P<y1>\d{4})|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?P<name>(?:Hội nghị|hội nghị|cuộc họp|Cuộc họp|phiên họp|Phiên họp|buổi làm việc|Buổi làm việc|Hội thảo|phiên giao ban|(?<!hội nghị )giao ban)\b"
    r"(?:[^.;,:]|,(?=\s+(?!dự|tham dự|cùng dự|cùng|với sự|do|dưới|đồng chí|có|nhằm|để)[a-zà-ỹđ]))*)"
)
_CHAIR = re.compile(
    r"(?:chủ trì(?: cuộc họp| hội nghị| phiên họp)?\s*:\s*|do |dưới sự chủ trì của |(?<=, ))(?:đồng chí|đ/c|ông|bà)\s+"
    r"(?P<name>[A-ZĐÀ-Ỹ][\w]*(?:\s+[A-ZĐÀ-Ỹ][\w]*){1,5})",
    re.IGNORECASE,
)
# a sentence that says it met, without the noun: "Ngày 15/10/2025, Ban Chấp hành Đảng bộ xã họp phiên thường kỳ …"
_MET = re.compile(
    r"(?P<name>(?:họp(?: \w+){0,4}|làm việc với [^,.;]{3,80}|sinh hoạt(?: \w+){1,4}|kiểm tra hiện trường|tiếp xúc cử tri))(?=[,.;]|\s|$)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:hôm nay|ngày|lúc|hồi|sáng|chiều|vào|tại (?:cuộc họp|hội nghị|phiên họp|kỳ họp)|căn cứ (?:biên bản|kết quả|nghị quyết)? ?(?:cuộc |phiên )?họp)\b|\b(?:cuộc họp|hội nghị|phiên họp|kỳ họp|họp)[^.;]{0,60} ngày \d"
)
_CITED = re.compile(r"\d[-/][^\s,]*[A-ZĐ][^\s,]*,?\s*$")  # "Chỉ thị số 15-CT/TU, ngày …" dates that document
_TIME_FIELD = re.compile(r"^\W*(?:\d\.\s*)?thời gian\b[^:]{0,30}:", re.IGNORECASE)
_CARRIES = re.compile(r"kết luận|ý kiến|hội nghị|cuộc họp|phiên họp|làm việc|giao ban")
_PARAGRAPHS = 3


def read_meeting(frame: Frame) -> Meeting | None:
    """Name, date and chair; None for a document that only cites a meeting."""
    doc_type, subject = read_doc_type(frame), read_subject(frame)
    code = doc_type.code if doc_type else None
    if code == "GM":
        return _invited(frame)
    if code not in {"TB", "KL", "BB", "NQ"}:
        return None
    told = subject is not None and _CARRIES.search(fold(subject.text)) is not None
    if code in {"TB", "BB"} and not told:
        return None
    blocks = [frame.source.blocks[i] for i in frame.body()[:_PARAGRAPHS]]
    for block in blocks:
        for sentence in sentences(frame.source.text, block.span):
            opens = _OPENS.search(fold(sentence.of(frame.source.text)).strip()) is not None
            meeting = _in_sentence(frame, sentence, block, met=opens) if opens or (told and code != "NQ") else None
            if meeting is not None:
                return meeting
    return None


def _invited(frame: Frame) -> Meeting | None:
    """The meeting that an invitation is for: the date behind "Thời gian:"."""
    for i in frame.body():
        block = frame.source.blocks[i]
        if _TIME_FIELD.match(frame.text(block)):
            date = _DATE.search(frame.text(block))
            subject = read_subject(frame)
            name = _NAME.search(subject.text) if subject else None
            if date is None or subject is None or name is None:
                return None
            day, month, year = (int(date.group(f"{p}1") or date.group(f"{p}2")) for p in "dmy")
            at = Span(block.span.start + date.start(), block.span.start + date.end())
            return Meeting(
                name=name.group("name").strip(),
                date=partial_date(frame, at, "meeting.date", year, month, day),
                chair=None,
                evidence=subject.evidence.model_copy(update={"rule": "meeting.invitation"}),
            )
    return None


def _in_sentence(frame: Frame, sentence: Span, block: Block, *, met: bool) -> Meeting | None:
    text = sentence.of(frame.source.text)
    date = _DATE.search(text)
    name = _NAME.search(text, date.end() if date else 0) or _NAME.search(text)
    if name is None and met:
        name = _MET.search(text)
    if date is None or name is None or _CITED.search(text[: date.start()]):
        return None
    day, month, year = (int(date.group(f"{p}1") or date.group(f"{p}2")) for p in "dmy")
    at = Span(sentence.start + date.start(), sentence.start + date.end())
    return Meeting(
        name=name.group("name").strip(),
        date=partial_date(frame, at, "meeting.date", year, month, day),
        chair=_chair(frame, block),
        evidence=cite(
            frame.source,
            Span(sentence.start + name.start("name"), sentence.start + name.end("name")),
            "meeting.first_paragraph",
        ),
    )


def _chair(frame: Frame, block: Block) -> str | None:
    """The named person who chaired: "Chủ trì cuộc họp: ông …", "đồng chí … chủ trì Hội nghị"."""
    text = frame.text(block)
    for match in _CHAIR.finditer(text):
        name = match.group("name")
        stated = fold(match.group()).startswith(("chủ trì", "dưới"))
        chairs = re.search(r"^[^.;]{0,160}?chủ trì", fold(text[match.end() :]))
        if all(p[0].isupper() for p in name.split()) and (stated or chairs):
            return name
    return None
