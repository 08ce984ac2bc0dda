"""What the sender says of a document (edXML's header), for values that the document itself does not have.

The document comes first: the envelope fills what is missing, blank or cut short, and where the two contradict each other
the document's own value stands with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from vndirective.extract.evidence import cite
from vndirective.parsers.source import BlockKind, SourceWarning, Span
from vndirective.schema.record import (
    Addressee,
    DocType,
    Evidence,
    Issuer,
    Number,
    PartialDate,
    Place,
    Recipient,
    Signatory,
    Subject,
)
from vndirective.segment.lines import type_name
from vndirective.segment.notice import Frame
from vndirective.segment.syllables import fold

if TYPE_CHECKING:
    from vndirective.extract.header import Header

_CONFIDENCE = 0.9  # typed by the sender's clerk, not printed on the document
# the standard has yyyy/MM/dd; some senders write dd/MM/yyyy
_DATE = re.compile(
    r"(?P<y>\d{4})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})\b|(?P<d2>\d{1,2})[/-](?P<m2>\d{1,2})[/-](?P<y2>\d{4})\b"
)
_YEAR = re.compile(r"(\d{4})/(.+)")


class _Envelope:
    """Lines of the envelope by element, each with its place in the text."""

    def __init__(self, frame: Frame) -> None:
        self._source = frame.source
        self._lines: dict[str, list[tuple[str, Span]]] = {}
        for block in frame.source.blocks:
            if block.kind is BlockKind.ENVELOPE:
                path, _, value = frame.text(block).partition(": ")
                span = Span(block.span.end - len(value), block.span.end)
                self._lines.setdefault(path, []).append((value, span))

    def __bool__(self) -> bool:
        return bool(self._lines)

    def all(self, path: str) -> list[tuple[str, Evidence]]:
        return [(value, self._cite(path, span)) for value, span in self._lines.get(path, [])]

    def one(self, path: str) -> tuple[str, Evidence] | None:
        return next(iter(self.all(path)), None)

    def value(self, path: str) -> str | None:
        found = self.one(path)
        return found[0] if found else None

    def span(self, path: str) -> Span | None:
        return next((span for _, span in self._lines.get(path, [])), None)

    def _cite(self, path: str, span: Span) -> Evidence:
        evidence = cite(self._source, span, f"envelope.{path.rpartition('/')[2]}", _CONFIDENCE)
        # the envelope stands on no page of the document
        spans = tuple(s.model_copy(update={"page": None}) for s in evidence.spans)
        return evidence.model_copy(update={"spans": spans})


def completed(header: Header, frame: Frame) -> Header:
    """The header with what the document lacks; as it was where there is no envelope."""
    envelope = _Envelope(frame)
    if not envelope:
        return header
    issuer = _issuer(envelope) if header.issuer is None or header.issuer_inferred else None
    return replace(
        header,
        doc_type=header.doc_type or _doc_type(envelope, header),
        number=_number(envelope, header.number),
        issuer=issuer or header.issuer,
        issuer_inferred=header.issuer_inferred and issuer is None,
        place=header.place or _place(envelope),
        issued_on=_issued_on(envelope, header.issued_on),
        subject=header.subject or _subject(envelope),
        addressees=header.addressees or tuple(Addressee(name=v, evidence=e) for v, e in envelope.all("To/OrganName")),
        signatory=header.signatory or _signatory(envelope),
        recipients=header.recipients
        or tuple(Recipient(name=v, raw=v, evidence=e) for v, e in envelope.all("ToPlaces/Place")),
    )


def conflicts(header: Header, frame: Frame) -> Iterator[SourceWarning]:
    """Where document and envelope say different things."""
    envelope = _Envelope(frame)
    if not envelope:
        return
    number, stated = header.number, _number(envelope, None)
    if number and stated and number.canonical and stated.canonical and not _same(number, stated):
        yield SourceWarning("number_conflict", envelope.span("Code/CodeNumber"), stated.canonical)
    date, day = header.issued_on, _issued_on(envelope, None)
    if date and day and not day.iso.startswith(date.iso):
        yield SourceWarning("date_conflict", envelope.span("PromulgationInfo/PromulgationDate"), day.iso)


def _same(one: Number, other: Number) -> bool:
    """Number and symbol alike, whatever the case, the joint ("20-NQ/ĐU", "20/NQ-ĐU") and padding ("05", "5")."""
    keys = [re.findall(r"[^\W_]+", fold(n.canonical or "")) for n in (one, other)]
    return [k.lstrip("0") for k in keys[0]] == [k.lstrip("0") for k in keys[1]]


def _number(envelope: _Envelope, printed: Number | None) -> Number | None:
    """The number printed; the envelope's where there is none or it was left blank under the same symbol."""
    found, notation = envelope.one("Code/CodeNumber"), envelope.one("Code/CodeNotation")
    if (printed and printed.value) or found is None:
        return printed
    value, evidence = found
    if not value.isdigit() and not re.fullmatch(r"\d+[A-Za-z]?", value):
        return printed
    if printed and printed.symbol:
        if notation and fold(notation[0]) != fold(printed.symbol):
            return printed
        # the joint that stands before the symbol on the document: "Số:     -TB/HU"
        before = printed.raw.rpartition(printed.symbol)[0].rstrip()
        joint = "-" if before.endswith(("-", "–")) else "/"
        return printed.model_copy(
            update={"value": value, "canonical": f"{value}{joint}{printed.symbol}", "evidence": evidence}
        )
    symbol = notation[0] if notation else None
    year = _YEAR.fullmatch(symbol) if symbol else None
    # Party symbols are the ones with a slash inside: 20 and NQ/ĐU are 20-NQ/ĐU
    joint = "-" if symbol and "/" in symbol and not year else "/"
    return Number(
        value=value,
        symbol=year[2] if year else symbol,
        year=int(year[1]) if year else None,
        canonical=f"{value}{joint}{symbol}" if symbol else value,
        raw=value,
        evidence=evidence,
    )


def _issued_on(envelope: _Envelope, printed: PartialDate | None) -> PartialDate | None:
    """The date printed; the envelope's where there is none, or where it completes the one printed."""
    found = envelope.one("PromulgationInfo/PromulgationDate")
    match = _DATE.match(found[0]) if found else None
    if found is None or match is None or (printed and printed.day):
        return printed
    year, month, day = (int(match[k] or match[f"{k}2"]) for k in "ymd")
    iso = f"{year:04d}-{month:02d}-{day:02d}"
    if not (1 <= month <= 12 and 1 <= day <= 31) or (printed and not iso.startswith(printed.iso)):
        return printed
    return PartialDate(iso=iso, year=year, month=month, day=day, raw=found[0], evidence=found[1])


def _doc_type(envelope: _Envelope, header: Header) -> DocType | None:
    found = envelope.one("DocumentType/TypeName")
    named = type_name(found[0]) if found else None
    if found is None or named is None:
        return None
    name, codes = named
    code = next((c for c, s in codes if s == header.system), codes[0][0])
    return DocType(code=code, name=name[:1].upper() + name[1:], evidence=found[1])


def _issuer(envelope: _Envelope) -> Issuer | None:
    found, parent = envelope.one("From/OrganName"), envelope.value("From/OrganizationInCharge")
    if found is None:
        return None
    name = found[0]
    return Issuer(name=name, parent=parent if parent and fold(parent) != fold(name) else None, evidence=found[1])


def _place(envelope: _Envelope) -> Place | None:
    found = envelope.one("PromulgationInfo/Place")
    return Place(name=found[0], evidence=found[1]) if found else None


def _subject(envelope: _Envelope) -> Subject | None:
    found = envelope.one("Subject")
    return Subject(text=found[0], evidence=found[1]) if found else None


def _signatory(envelope: _Envelope) -> Signatory | None:
    """Post and name; the authority stays open, since senders write anything there ("Trực tiếp")."""
    name, position = envelope.one("SignerInfo/FullName"), envelope.one("SignerInfo/Position")
    if name is None:
        return None
    return Signatory(
        authority=None,
        on_behalf_of=None,
        position=position[0] if position else None,
        name=name[0],
        evidence=name[1],
    )
