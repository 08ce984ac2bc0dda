"""All that a record says of a notice before its tasks: letterhead, title, meeting, signature, recipients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vndirective.extract import envelope
from vndirective.extract.issuer import read_issuer
from vndirective.extract.letterhead import (
    read_addressees,
    read_doc_type,
    read_issued_on,
    read_marks,
    read_number,
    read_place,
    read_subject,
    read_system,
)
from vndirective.extract.meeting import read_meeting
from vndirective.extract.recipients import read_recipients
from vndirective.extract.signatory import read_signatory
from vndirective.extract.signature_time import completed
from vndirective.parsers.source import SourceWarning
from vndirective.schema.record import (
    Addressee,
    DocType,
    Issuer,
    Marks,
    Meeting,
    Number,
    PartialDate,
    Place,
    Recipient,
    Signatory,
    Subject,
    System,
)
from vndirective.segment.notice import Notice, ZoneKind

FIELD_OF_WARNING = {
    "missing_number": "/number",
    "incomplete_date": "/issued_on",
    "missing_letterhead": "/issuer",
    "inferred_issuer": "/issuer",
    "number_conflict": "/number",
    "date_conflict": "/issued_on",
    "no_tasks_found": "/tasks",
}


@dataclass(frozen=True, slots=True)
class Header:
    """The findings around the body; None or () where the notice has none."""

    system: System
    doc_type: DocType | None
    number: Number | None
    issuer: Issuer | None
    issuer_inferred: bool
    place: Place | None
    issued_on: PartialDate | None
    subject: Subject | None
    marks: Marks
    addressees: tuple[Addressee, ...]
    meeting: Meeting | None
    signatory: Signatory | None
    recipients: tuple[Recipient, ...]
    archive: tuple[str, ...]


def read_header(notice: Notice) -> Header:
    frame = notice.frame
    signatory = read_signatory(frame)
    issuer, inferred = read_issuer(frame, signatory)
    recipients, archive = read_recipients(frame)
    header = Header(
        system=read_system(frame),
        doc_type=read_doc_type(frame),
        number=read_number(frame),
        issuer=issuer,
        issuer_inferred=inferred,
        place=read_place(frame),
        issued_on=completed(frame, read_issued_on(frame), issuer),
        subject=read_subject(frame),
        marks=read_marks(frame),
        addressees=read_addressees(frame),
        meeting=read_meeting(frame),
        signatory=signatory,
        recipients=recipients,
        archive=archive,
    )
    return envelope.completed(header, frame)


def header_warnings(notice: Notice, header: Header) -> Iterator[SourceWarning]:
    """What the letterhead lacks."""
    letterhead = notice.frame.blocks(ZoneKind.LETTERHEAD)
    if header.number is None or header.number.value is None:
        yield SourceWarning("missing_number")
    date = header.issued_on
    if (date is None and letterhead) or (date is not None and date.day is None):
        yield SourceWarning("incomplete_date")
    if header.issuer is None or header.issuer_inferred:
        yield SourceWarning("missing_letterhead")
    if header.issuer is not None and header.issuer_inferred:
        yield SourceWarning("inferred_issuer")
    yield from envelope.conflicts(header, notice.frame)
