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
    r"ngày\s+(?:(?P<d1>\d{1,2})\s*[/.-]\s*(?P<m1>\d{1,2})\s*[/.-]\s*(?P<y1>\d{4})|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?P<name>(?:Hội nghị|hội nghị|cuộc họp|Cuộc họp|phiên họp|Phiên họp|buổi làm việc|Buổi làm việc|Hội thảo)\b"
    r"(?:[^.;,:]|,(?=\s+(?!dự|tham dự|cùng dự|cùng|với sự|do|dưới|đồng chí|có|nhằm|để)[a-zà-ỹđ]))*)"
)
_CHAIR = re.compile(
    r"(?:chủ trì(?: cuộc họp| hội nghị| phiên họp)?\s*:\s*|do |dưới sự chủ trì của |(?<=, ))(?:đồng chí|đ/c|ông|bà)\s+"
    r"(?P<name>[A-ZĐÀ-Ỹ][\w]*(?:\s+[A-ZĐÀ-Ỹ][\w]*){1,5})",
    re.IGNORECASE,
)
_CARRIES = re.compile(r"kết luận|ý kiến|hội nghị|cuộc họp|phiên họp|làm việc|giao ban")
_PARAGRAPHS = 3


def read_meeting(frame: Frame) -> Meeting | None:
    """Name, date and chair; None for a document that only cites a meeting."""
    doc_type, subject = read_doc_type(frame), read_subject(frame)
    if doc_type is None or doc_type.code not in {"TB", "KL", "BB"}:
        return None
    if subject is None or not _CARRIES.search(fold(subject.text)):
        return None
    blocks = [frame.source.blocks[i] for i in frame.body()[:_PARAGRAPHS]]
    for block in blocks:
        for sentence in sentences(frame.source.text, block.span):
            meeting = _in_sentence(frame, sentence, block)
            if meeting is not None:
                return meeting
    return None


def _in_sentence(frame: Frame, sentence: Span, block: Block) -> Meeting | None:
    text = sentence.of(frame.source.text)
    date = _DATE.search(text)
    name = _NAME.search(text, date.end() if date else 0) or _NAME.search(text)
    if date is None or name is None:
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
