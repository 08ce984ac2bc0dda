"""Letterhead and title: type, number, place, date, subject, marks, addressees (zones 2-5, 9a, 10-11)."""

from __future__ import annotations

import re
from functools import lru_cache

from vndirective.extract.evidence import cite, is_recognised
from vndirective.parsers.source import Block, BlockKind, Span
from vndirective.schema.record import Addressee, DocType, Marks, Number, PartialDate, Place, Subject, System
from vndirective.segment.lines import (
    NUMBER,
    is_authority,
    is_motto,
    is_number,
    place_date,
    type_name,
)
from vndirective.segment.notice import Frame, ZoneKind
from vndirective.segment.syllables import fold

_HALF_READ = 0.7  # confidence of a date on a scan without its day: one written by hand stands there, mostly
_ABOUT = re.compile(r"^\W{0,3}v\s*/\s*v\s*:?\s*", re.IGNORECASE)
_DATE_GOES_ON = re.compile(r"\s*(?:(?:tháng\s+)?\d{1,2}\s+)?(?:năm\s+)?\d{4}\s*$")
_ATTACHED = re.compile(r"^\(?\s*(?:ban hành )?(?:kèm|kem) theo", re.IGNORECASE)
_URGENCY = ("hỏa tốc hẹn giờ", "hỏa tốc", "thượng khẩn", "khẩn")
_SECRECY = ("tuyệt mật", "tối mật", "mật")
_CIRCULATION = ("xem xong trả lại", "lưu hành nội bộ", "tài liệu thu hồi", "không phổ biến")
_PARTY_BODIES = re.compile(
    r"(?<!\w)(?:huyện ủy|tỉnh ủy|thành ủy|quận ủy|thị ủy|đảng ủy|đảng bộ|chi bộ|ban chấp hành trung ương|bộ chính trị|ban bí thư)(?!\w)"
)
_UNION_BODIES = re.compile(
    r"(?<!\w)(?:công đoàn|liên đoàn lao động|mặt trận tổ quốc|mttq|đoàn tncs|đoàn thanh niên|tỉnh đoàn|huyện đoàn|thành đoàn|hội liên hiệp|hội nông dân|hội cựu chiến binh|hội lhpn|hội ccb|lđlđ|hội phụ nữ|trung ương đoàn|đoàn khối|hội đồng đội|thị đoàn|quận đoàn)(?!\w)"
)


def letterhead_blocks(frame: Frame) -> list[Block]:
    return frame.blocks(ZoneKind.LETTERHEAD)


@lru_cache(maxsize=4)
def read_system(frame: Frame) -> System:
    """Whose rules of form the document follows: told by motto, number, authority and issuing body."""
    head = [frame.text(b) for b in letterhead_blocks(frame)]
    signature = [frame.text(b) for b in frame.blocks(ZoneKind.SIGNATURE)]
    if any(t.isupper() and _UNION_BODIES.search(fold(t)) for t in head):
        return "union"
    if any(fold(t).strip() == "đảng cộng sản việt nam" for t in head):
        return "party"
    party_number = any((m := NUMBER.match(t)) and (m.group("joint") or "/") != "/" and m.group("value") for t in head)
    party_authority = any(re.match(r"^\W{0,3}[TK]\s?/\s?[MTL]\b", t) for t in signature)
    if party_number or party_authority or any(t.isupper() and _PARTY_BODIES.search(fold(t)) for t in head):
        return "party"
    known = head or signature or frame.blocks(ZoneKind.TITLE, ZoneKind.ADDRESSEES)
    return "state" if known else "other"


@lru_cache(maxsize=4)  # of one notice, several ask
def read_doc_type(frame: Frame) -> DocType | None:
    """Type by its printed name; a letter with "V/v" or "Kính gửi" and no name is a công văn."""
    system = read_system(frame)
    for block in frame.blocks(ZoneKind.TITLE):
        found = type_name(frame.text(block))
        if found is not None:
            name, codes = found
            code = next((c for c, s in codes if s == system), codes[0][0])
            span = Span(block.span.start, min(block.span.end, block.span.start + len(name)))
            return DocType(
                code=code, name=name[:1].upper() + name[1:], evidence=cite(frame.source, span, "doc_type.name")
            )
    letter = [b for b in letterhead_blocks(frame) if _ABOUT.match(frame.text(b))] or frame.blocks(ZoneKind.ADDRESSEES)
    if not letter:
        return None
    evidence = cite(frame.source, letter[0].span, "doc_type.letter")
    if fold(frame.text(letter[0])).rstrip().endswith("điện:"):
        return DocType(code="CĐ", name="Công điện", evidence=evidence)
    return DocType(code="CV", name="Công văn", evidence=evidence)


def read_number(frame: Frame) -> Number | None:
    """Number and symbol; `value` is None where the number was left blank."""
    for block in letterhead_blocks(frame):
        text = frame.text(block)
        match = NUMBER.match(text) if is_number(text) else None
        if match is None:
            continue
        value, symbol = match.group("value"), _healed(match.group("symbol"))
        if value is None and symbol is None:
            continue
        raw = text[: match.end()].strip()
        start = block.span.start + text.index(raw)
        return Number(
            value=value,
            symbol=symbol,
            year=int(match.group("year")) if match.group("year") else None,
            canonical=_canonical(match, value, symbol),
            raw=raw,
            evidence=cite(frame.source, Span(start, start + len(raw)), "number.letterhead"),
        )
    return None


def _healed(symbol: str | None) -> str | None:
    return re.sub(r"\s*([-–/.])\s*", r"\1", symbol).replace("–", "-").rstrip(".-/") if symbol else None


def _canonical(match: re.Match[str], value: str | None, symbol: str | None) -> str | None:
    if value is None:
        return None
    if symbol is None:
        return value
    joint = "-" if match.group("joint") in {"-", "–"} else "/"
    year = f"{match.group('year')}/" if match.group("year") else ""
    return f"{value}{joint}{year}{symbol}"


def _date_line(frame: Frame) -> tuple[Block, re.Match[str]] | None:
    for block in [*letterhead_blocks(frame), *frame.blocks(ZoneKind.SIGNATURE)]:
        text = frame.text(block)
        number = NUMBER.match(text) if is_number(text) else None
        match = place_date(text)
        if match is None or not match.group("year"):
            match = _wrapped_date(frame, block) or match
        if number is not None and match is not None:  # one printed line held both columns
            match = re.compile(match.re.pattern, match.re.flags).search(text, number.end())
        if match is not None:
            return block, match
    return None


def _wrapped_date(frame: Frame, block: Block) -> re.Match[str] | None:
    """A date that goes on in the next line of a narrow column: "Phú Khê, ngày 08 tháng 10 ⏎ năm 2020", "… năm ⏎ 2020"."""
    text = frame.source.text
    end = text.find("\n", block.span.end + 1)
    if not _DATE_GOES_ON.match(text[block.span.end : end]):
        return None
    return place_date(text[block.span.start : end])


def read_place(frame: Frame) -> Place | None:
    found = _date_line(frame)
    if found is None or not found[1].group("place"):
        return None
    block, match = found
    name = match.group("place").strip(" ,.-")
    if not name or not name[0].isupper():
        return None
    start = block.span.start + match.start("place") + match.group("place").index(name)
    return Place(name=name, evidence=cite(frame.source, Span(start, start + len(name)), "place.date_line"))


def read_issued_on(frame: Frame) -> PartialDate | None:
    """Date of issue, as precise as printed; None where not even the year is."""
    found = _date_line(frame)
    if found is None or not found[1].group("year"):
        return None
    block, match = found
    span = Span(block.span.start + match.start("date"), block.span.start + match.end("date"))
    day, month, year = (int(v) if (v := match.group(g)) else None for g in ("day", "month", "year"))
    return partial_date(frame, span, "issued_on.date_line", year or 0, month, day)


def partial_date(
    frame: Frame, span: Span, rule: str, year: int, month: int | None, day: int | None
) -> PartialDate | None:
    """A date with what is known of it; None for a month or day that no calendar has."""
    from datetime import date

    if month is None or not 1 <= month <= 12:
        month, day = None, None
    if day is not None and month is not None:
        try:
            date(year, month, day)
        except ValueError:
            day = None
    iso = "-".join([f"{year:04d}", *(f"{v:02d}" for v in (month, day) if v is not None)])
    half_read = day is None and is_recognised(frame.source, span)
    return PartialDate(
        iso=iso,
        year=year,
        month=month,
        day=day if month else None,
        raw=span.of(frame.source.text),
        evidence=cite(frame.source, span, rule, _HALF_READ if half_read else 1.0),
    )


def read_subject(frame: Frame) -> Subject | None:
    """Trích yếu: the lines under the type name, or the "V/v" of a letter."""
    blocks = [b for b in frame.blocks(ZoneKind.TITLE) if not _ATTACHED.match(frame.text(b))]
    if blocks:
        return _titled_subject(frame, blocks)
    head = letterhead_blocks(frame)
    for i, block in enumerate(head):
        about = _ABOUT.match(frame.text(block))
        if about is None:
            continue
        last = block
        for later in head[i + 1 :]:
            text = frame.text(later)
            if is_motto(text) or place_date(text) or is_number(text) or text.isupper() or is_authority(text):
                break
            last = later
        return _subject(frame, Span(block.span.start + about.end(), last.span.end), "subject.about")
    return None


def _titled_subject(frame: Frame, blocks: list[Block]) -> Subject | None:
    found = type_name(frame.text(blocks[0]))
    start = blocks[0].span.start + (len(found[0]) if found else 0)
    rest = Span(start, blocks[0].span.end).of(frame.source.text)
    if rest.strip(" :.-"):
        start += len(rest) - len(rest.lstrip(" :.-"))
    elif len(blocks) > 1:
        start = blocks[1].span.start
    else:
        return None
    return _subject(frame, Span(start, blocks[-1].span.end), "subject.title")


def _subject(frame: Frame, span: Span, rule: str) -> Subject | None:
    text = " ".join(span.of(frame.source.text).split()).strip(" .;_-–*")
    return Subject(text=text, evidence=cite(frame.source, span, rule)) if text else None


def read_marks(frame: Frame) -> Marks:
    """Urgency, secrecy and circulation: a whole line of its own, so that "MẶT TRẬN" is no "MẬT"."""
    found: dict[str, str] = {}
    evidence = []
    stamped = [b for b in frame.source.blocks if b.kind is BlockKind.STAMP]
    for block in [*frame.blocks(ZoneKind.LETTERHEAD, ZoneKind.TITLE), *stamped]:
        text = frame.text(block).strip(" .:*[]")
        for field, words in (("urgency", _URGENCY), ("secrecy", _SECRECY), ("circulation", _CIRCULATION)):
            if text.isupper() and fold(text) in words and field not in found:
                found[field] = text
                evidence.append(cite(frame.source, block.span, f"marks.{field}"))
    return Marks(**found, evidence=tuple(evidence))


def read_addressees(frame: Frame) -> tuple[Addressee, ...]:
    """Bodies under "Kính gửi": one entry a list line, else one a semicolon."""
    found: list[Addressee] = []
    for block in frame.blocks(ZoneKind.ADDRESSEES):
        text = frame.text(block)
        head = re.match(r"^\W{0,3}kính gửi\s*:?\s*", fold(text))
        start = head.end() if head else 0
        wrapped = not head and not re.match(r"^[-–+•]", text) and found
        for part in re.finditer(r"[^;]+", text[start:]):
            name = part.group().strip(" -–+•.;,:")
            if name.lower().endswith(" điện"):
                name = name[:-5]
            if not name:
                continue
            at = block.span.start + start + part.start() + part.group().index(name)
            span = Span(at, at + len(name))
            if wrapped:
                span = Span(found[-1].evidence.spans[0].start, span.end)
                found.pop()
                wrapped = False
            name = " ".join(span.of(frame.source.text).split())
            found.append(Addressee(name=name, evidence=cite(frame.source, span, "addressees.line")))
    return tuple(found)
