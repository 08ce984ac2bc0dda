"""Nơi nhận and Lưu (zone 9b)."""

from __future__ import annotations

import re

from vndirective.extract.evidence import cite
from vndirective.parsers.source import Span
from vndirective.schema.record import Purpose, Recipient
from vndirective.segment.notice import Frame, ZoneKind
from vndirective.segment.syllables import fold

_HEAD = re.compile(r"^\W{0,3}nơi nhận\s*:?\s*")
_BULLET = re.compile(r"^[-–—+*•]\s*")
_ARCHIVE = re.compile(r"^(?:[-–—+*•]\s*)?lưu\b\s*:?\s*")
_COPIES = re.compile(r"\s*\(?\s*\d{1,3}\s*(?:bản|b)\s*\)?\s*$", re.IGNORECASE)
_PURPOSES: tuple[tuple[Purpose, str], ...] = (
    ("report", r"b\s*/\s*c(?:áo)?|báo cáo|b\.c"),
    ("implement", r"t\s*/\s*h|thực hiện|th?\s*/\s*hiện|chỉ đạo|c\s*/\s*đ(?:ạo)?|triển khai"),
    ("coordinate", r"p\s*/\s*h(?:ợp)?|phối hợp"),
    ("inform", r"để biết|biết|thông báo|đưa tin|đăng tải|theo dõi|t\s*/\s*d(?:õi)?"),
)
_SIGNED = re.compile(r"\s*\((?:đã ký|đã kí)\)\s*$", re.IGNORECASE)  # of the signature beside the list
_BRACKET = re.compile(r"\s*;?\s*\((?P<inside>[^()]*)\)\s*[.;,]*\s*$")


def read_recipients(frame: Frame) -> tuple[tuple[Recipient, ...], tuple[str, ...]]:
    """Recipients, one a printed line of the list, and where the office keeps its copies."""
    recipients: list[Recipient] = []
    archive: list[str] = []
    for span in _lines(frame):
        text = span.of(frame.source.text)
        kept = _ARCHIVE.match(fold(text))
        if kept:
            archive += _archive(text[kept.end() :])
            continue
        recipient = _recipient(frame, span)
        if recipient is not None:
            recipients.append(recipient)
    return tuple(recipients), tuple(archive)


def _lines(frame: Frame) -> list[Span]:
    """One span a list line; a wrapped line joins the one above."""
    lines: list[Span] = []
    closed = True
    for block in frame.blocks(ZoneKind.RECIPIENTS):
        text = frame.text(block)
        head = _HEAD.match(fold(text))
        if head is not None:
            if head.end() < len(text):
                lines.append(Span(block.span.start + head.end(), block.span.end))
            continue
        starts = bool(_BULLET.match(text)) or bool(_ARCHIVE.match(fold(text)))
        bracket = text.startswith("(")
        if lines and not starts and (not closed or bracket):
            lines[-1] = Span(lines[-1].start, block.span.end)
        else:
            lines.append(block.span)
        closed = text.rstrip().endswith((";", ".")) or (
            starts and text.rstrip().endswith(",") and _list_by_commas(frame)
        )
    return lines


def _list_by_commas(frame: Frame) -> bool:
    """Some offices end every line of the list with a comma; then a comma is no sign of wrapping."""
    texts = [frame.text(b) for b in frame.blocks(ZoneKind.RECIPIENTS) if _BULLET.match(frame.text(b))]
    return len(texts) > 1 and sum(t.rstrip().endswith(",") for t in texts) >= len(texts) / 2


def _recipient(frame: Frame, span: Span) -> Recipient | None:
    text = _SIGNED.sub("", span.of(frame.source.text))
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    end = len(text)
    purpose: Purpose | None = None
    bracket = _BRACKET.search(text)
    if bracket and (found := _purpose(bracket.group("inside"))):
        purpose, end = found, bracket.start()
    name = " ".join(text[start:end].split()).strip(" ;,.")
    if not name:
        return None
    return Recipient(
        name=name,
        purpose=purpose,
        raw=" ".join(text.split()),
        evidence=cite(frame.source, span, "recipients.line"),
    )


def _purpose(inside: str) -> Purpose | None:
    folded = fold(inside)
    for purpose, pattern in _PURPOSES:
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", folded):
            return purpose
    return None


def _archive(text: str) -> list[str]:
    """ "VT, KT(Thủy, Nho) (02 bản)." gives ["VT", "KT(Thủy, Nho)"]: commas inside brackets do not split."""
    plain = _COPIES.sub("", " ".join(text.split()).rstrip(" .;"))
    parts, depth, part = [], 0, ""
    for char in plain:
        depth += (char == "(") - (char == ")")
        if char in ",;" and depth <= 0:
            parts.append(part)
            part = ""
        else:
            part += char
    return [_COPIES.sub("", p).strip(" .;") for p in [*parts, part] if p.strip(" .;")]
