"""One document from bytes to records.

    bytes ──parsers.load──▶ SourceText ──split_parts──▶ parts
                                                         │ each
    Record ◀─calibrate── Record ◀──build── findings ◀──extract── Notice ◀──read_notice──┘

Nothing here reads the clock, the locale or the environment: the same bytes give the same records.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from vndirective.confidence.apply import calibrated
from vndirective.errors import EmptyInputError, VndirectiveError
from vndirective.extract import header as header_room
from vndirective.extract.evidence import cite
from vndirective.extract.header import Header
from vndirective.extract.outline import outline_items
from vndirective.extract.references import find_references
from vndirective.extract.work import Work, read_work
from vndirective.parsers import bundle, load
from vndirective.parsers.edxml import addressed, with_envelope
from vndirective.parsers.ocr.settings import OcrSettings
from vndirective.parsers.office import SUFFIXES
from vndirective.parsers.office.convert import convert_all
from vndirective.parsers.sniff import media_type_of
from vndirective.parsers.source import SourceText, SourceWarning
from vndirective.schema.record import Record, Reference, Source, Warning
from vndirective.schema.warnings import warning_message
from vndirective.segment.notice import Notice, ZoneKind
from vndirective.segment.parts import split_parts
from vndirective.segment.reader import read_notice

Timings = dict[str, float]


@dataclass(frozen=True, slots=True)
class _File:
    """What is known of the file itself."""

    uri: str
    sha256: str
    size: int


def read_document(
    data: bytes,
    *,
    uri: str,
    keep_text: bool = True,
    timings: Timings | None = None,
    ocr: OcrSettings | None = None,
    envelope: tuple[str, ...] = (),
) -> list[Record]:
    """Records of all notices in a file, in the order in which they stand there.

    `uri` is kept in the record and helps nowhere else; `keep_text=False` leaves the text out (spans still point into
    it); `timings` collects seconds by stage (parse, segment, extract, build); `ocr` says whether and how pages without
    sound text are recognised; `envelope` holds what was sent along with the file, for values that it lacks itself. The files in a bundle (ZIP, EML, MSG) are read each by itself, their `uri` below that of
    the bundle; one that cannot be read leaves the warning `attachment_unread`. Raises VndirectiveError for a source
    that cannot be read.
    """
    media_type = media_type_of(data)
    if media_type in bundle.KINDS:
        return _read_bundle(data, media_type, uri, keep_text, timings, ocr)
    file = _File(uri, hashlib.sha256(data).hexdigest(), len(data))
    with _timed(timings, "parse"):
        source = load(data, uri, ocr)
    return _read_source(source, file, keep_text, timings, envelope)


def _read_bundle(
    data: bytes, media_type: str, uri: str, keep_text: bool, timings: Timings | None, ocr: OcrSettings | None
) -> list[Record]:
    members = bundle.members_of(data, media_type)
    convert_members(members)
    records: list[Record] = []
    unread: list[tuple[str, VndirectiveError]] = []
    for member in members:
        try:
            if member.error is not None:
                raise member.error
            name = f"{uri}/{member.name}"
            records += read_document(
                member.data, uri=name, keep_text=keep_text, timings=timings, ocr=ocr, envelope=member.envelope
            )
        except VndirectiveError as error:
            unread.append((member.name, error))
    if not records:
        raise unread[0][1] if unread else EmptyInputError(media_type)
    if unread:
        message = f"{warning_message('attachment_unread', 'vi')} ({', '.join(name for name, _ in unread[:5])})"
        missing = Warning(code="attachment_unread", message=message)
        records = [r.model_copy(update={"warnings": (*r.warnings, missing)}) for r in records]
    return records


def convert_members(members: Sequence[bundle.Member]) -> None:
    """Old Word files of a bundle through LibreOffice in as few calls as can be."""
    kinds = [(m, SUFFIXES.get(media_type_of(m.data))) for m in members if m.data]
    convert_all((m.data, suffix) for m, suffix in kinds if suffix)


def read_text(text: str, *, uri: str = "text", keep_text: bool = True) -> list[Record]:
    """Records of a notice given as a string; as `read_document` on its UTF-8 bytes."""
    return read_document(text.encode("utf-8"), uri=uri, keep_text=keep_text)


def _read_source(
    source: SourceText, file: _File, keep_text: bool, timings: Timings | None, envelope: tuple[str, ...] = ()
) -> list[Record]:
    with _timed(timings, "segment"):
        parts = split_parts(source)
        sources = [source] if len(parts) == 1 else [source.slice(first, last) for first, last in parts]
        if envelope:
            at = addressed([s.text for s in sources], envelope)
            sources[at] = with_envelope(sources[at], envelope)
    records = []
    for number, part in enumerate(sources, start=1):
        with _timed(timings, "segment"):
            notice = read_notice(part)
        with _timed(timings, "extract"):
            header = header_room.read_header(notice)
            references = _references(notice, header)
            work = read_work(notice, header.issued_on, references)
        with _timed(timings, "build"):
            record = calibrated(_record(notice, header, work, references, file, number, len(sources)))
            records.append(record if keep_text else record.model_copy(update={"text": None}))
    return records


def _references(notice: Notice, header: Header) -> list[Reference]:
    outside = (ZoneKind.LETTERHEAD, ZoneKind.FURNITURE, ZoneKind.DUPLICATE)
    skip = [b.span for b in notice.frame.blocks(*outside) if b.kind != "note"]
    return find_references(notice.source, header.number.canonical if header.number else None, skip)


def _record(
    notice: Notice,
    header: Header,
    work: Work,
    references: list[Reference],
    file: _File,
    part: int,
    parts: int,
) -> Record:
    source = notice.source
    return Record(
        id=f"{file.sha256[:16]}-{part}",
        source=Source(
            uri=file.uri,
            sha256=file.sha256,
            media_type=source.media_type,
            size_bytes=file.size,
            part=part,
            parts=parts,
            pages=len(source.pages) or None,
            text_origin=source.text_origin,
            ocr_confidence=source.ocr_confidence,
            encoding=source.encoding,
        ),
        system=header.system,
        doc_type=header.doc_type,
        number=header.number,
        issuer=header.issuer,
        place=header.place,
        issued_on=header.issued_on,
        subject=header.subject,
        marks=header.marks,
        addressees=header.addressees,
        meeting=header.meeting,
        signatory=header.signatory,
        recipients=header.recipients,
        archive=header.archive,
        outline=outline_items(notice),
        tasks=tuple(work.tasks),
        targets=tuple(work.targets),
        references=tuple(references),
        warnings=tuple(_warnings(notice, header, work)),
        text=source.text,
    )


def _warnings(notice: Notice, header: Header, work: Work) -> Iterator[Warning]:
    found = [*notice.source.warnings, *header_room.header_warnings(notice, header), *notice.outline.warnings]
    duplicate = notice.frame.blocks(ZoneKind.DUPLICATE)
    if duplicate:
        found.append(SourceWarning("duplicate_content", duplicate[0].span))
    if not work.tasks:
        found.append(SourceWarning("no_tasks_found"))
    for warning in found:
        message = warning_message(warning.code)
        yield Warning(
            code=warning.code,
            message=f"{message} ({warning.detail})" if warning.detail else message,
            field=header_room.FIELD_OF_WARNING.get(warning.code),
            evidence=cite(notice.source, warning.span, f"warning.{warning.code}") if warning.span else None,
        )


@contextmanager
def _timed(timings: Timings | None, stage: str) -> Iterator[None]:
    if timings is None:
        yield
        return
    start = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - start
