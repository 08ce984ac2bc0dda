"""Flat rows: what registers, tables and calendars share.

    Record ─▶ document_row  1
              task_rows     0..n ─▶ assignee_rows, deadline_rows
              target_rows, reference_rows, review_rows

A row holds what the document says; what is not there is None. Lists are joined by "; ". `key` names a row for good: the
record's id and the id within it, so that a later run finds it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from vndirective.errors import Lang
from vndirective.schema.record import Deadline, Evidence, Record, Role, Task

Kind = Literal["text", "date", "integer", "number", "boolean"]
Value = str | date | int | float | bool | None
DOUBTFUL = 0.6  # a value less sure than this wants a look


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name for programs, its heading for people, what it holds."""

    name: str
    vi: str
    en: str
    kind: Kind = "text"

    def heading(self, lang: Lang) -> str:
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class DocumentRow:
    key: str
    uri: str
    part: int
    pages: int | None
    system: str
    type_code: str | None
    type_name: str | None
    number: str | None
    symbol: str | None
    canonical: str | None
    issuer: str | None
    parent: str | None
    level: str | None
    place: str | None
    issued_on: str | None
    issued_date: date | None
    subject: str | None
    urgency: str | None
    secrecy: str | None
    circulation: str | None
    addressees: str | None
    meeting: str | None
    meeting_on: str | None
    authority: str | None
    on_behalf_of: str | None
    position: str | None
    signer: str | None
    recipients: str | None
    archive: str | None
    tasks: int
    targets: int
    citations: int
    warnings: str | None
    text_origin: str
    ocr_confidence: float | None
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    key: str
    document_key: str
    task_id: str
    path: str
    text: str
    heading: str | None
    document: str | None
    subject: str | None
    issuer: str | None
    issued_on: str | None
    issued_date: date | None
    signer: str | None
    lead: str | None
    coordinate: str | None
    implement: str | None
    report_to: str | None
    due: date | None
    due_time: str | None
    due_inclusive: bool | None
    starts_on: date | None
    recurrence: str | None
    recurring_text: str | None
    deadline_text: str | None
    targets: str | None
    citations: str | None
    urgency: str | None
    quote: str
    confidence: float
    page: int | None
    uri: str


@dataclass(frozen=True, slots=True)
class AssigneeRow:
    task_key: str
    ordinal: int
    name: str
    role: str
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    key: str
    task_key: str
    raw: str
    kind: str
    starts_on: date | None
    ends_on: date | None
    at_time: str | None
    inclusive: bool | None
    precision: str | None
    recurrence: str | None
    anchor: str | None
    anchor_offset: str | None
    basis: str
    confidence: float


@dataclass(frozen=True, slots=True)
class TargetRow:
    key: str
    document_key: str
    task_key: str | None
    metric: str
    comparator: str
    value: float
    value_max: float | None
    unit: str | None
    due: date | None
    baseline: float | None
    raw: str
    document: str | None
    confidence: float
    page: int | None
    uri: str


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    key: str
    document_key: str
    cited: str | None
    type_name: str | None
    number: str | None
    symbol: str | None
    issued_on: str | None
    issuer: str | None
    title: str | None
    article: str | None
    raw: str
    document: str | None
    confidence: float
    page: int | None
    uri: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """Something that a person should look at: a warning, or a value that is not sure."""

    key: str
    document_key: str | None
    code: str
    message: str
    field: str | None
    quote: str | None
    document: str | None
    page: int | None
    uri: str


Row = DocumentRow | TaskRow | AssigneeRow | DeadlineRow | TargetRow | ReferenceRow | ReviewRow

_HEADINGS: dict[str, tuple[str, str]] = {
    "key": ("Mã", "Key"),
    "document_key": ("Mã văn bản", "Document key"),
    "task_key": ("Mã nhiệm vụ", "Task key"),
    "task_id": ("Mã trong văn bản", "Task id"),
    "uri": ("Tệp nguồn", "Source file"),
    "part": ("Phần", "Part"),
    "page": ("Trang", "Page"),
    "pages": ("Số trang", "Pages"),
    "system": ("Hệ thống văn bản", "System"),
    "type_code": ("Viết tắt tên loại", "Type code"),
    "type_name": ("Tên loại", "Type"),
    "number": ("Số", "Number"),
    "symbol": ("Ký hiệu", "Symbol"),
    "canonical": ("Số, ký hiệu", "Number and symbol"),
    "document": ("Số, ký hiệu", "Number and symbol"),
    "cited": ("Số, ký hiệu văn bản viện dẫn", "Number and symbol cited"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "parent": ("Cơ quan chủ quản", "Parent body"),
    "level": ("Cấp", "Level"),
    "place": ("Địa danh", "Place"),
    "issued_on": ("Ngày ban hành (như in)", "Issued on (as printed)"),
    "issued_date": ("Ngày ban hành", "Issued on"),
    "subject": ("Trích yếu", "Subject"),
    "urgency": ("Độ khẩn", "Urgency"),
    "secrecy": ("Độ mật", "Secrecy"),
    "circulation": ("Phạm vi lưu hành", "Circulation"),
    "addressees": ("Kính gửi", "Addressees"),
    "meeting": ("Hội nghị, cuộc họp", "Meeting"),
    "meeting_on": ("Ngày họp", "Meeting held on"),
    "authority": ("Quyền hạn ký", "Authority"),
    "on_behalf_of": ("Ký thay, thay mặt", "On behalf of"),
    "position": ("Chức vụ", "Position"),
    "signer": ("Người ký", "Signer"),
    "recipients": ("Nơi nhận", "Recipients"),
    "archive": ("Lưu", "Archive"),
    "tasks": ("Số nhiệm vụ", "Tasks"),
    "targets": ("Chỉ tiêu", "Targets"),
    "citations": ("Viện dẫn", "References"),
    "warnings": ("Cảnh báo", "Warnings"),
    "text_origin": ("Nguồn chữ", "Text origin"),
    "ocr_confidence": ("Độ tin cậy nhận dạng", "OCR confidence"),
    "media_type": ("Kiểu tệp", "Media type"),
    "sha256": ("SHA-256", "SHA-256"),
    "path": ("Mục", "Item"),
    "text": ("Nội dung nhiệm vụ", "Task"),
    "heading": ("Tiêu đề mục", "Heading"),
    "lead": ("Đơn vị chủ trì", "Lead"),
    "coordinate": ("Đơn vị phối hợp", "Coordinating"),
    "implement": ("Đơn vị thực hiện", "Implementing"),
    "report_to": ("Báo cáo tới", "Reports to"),
    "due": ("Hạn hoàn thành", "Due"),
    "due_time": ("Giờ", "Time"),
    "due_inclusive": ("Kể cả ngày cuối", "Last day included"),
    "starts_on": ("Từ ngày", "From"),
    "ends_on": ("Đến ngày", "To"),
    "at_time": ("Giờ", "Time"),
    "inclusive": ("Kể cả ngày cuối", "Last day included"),
    "precision": ("Độ chính xác", "Precision"),
    "recurrence": ("Định kỳ (RFC 5545)", "Recurrence (RFC 5545)"),
    "recurring_text": ("Nhiệm vụ thường xuyên", "Recurring"),
    "deadline_text": ("Thời hạn (nguyên văn)", "Deadline (as printed)"),
    "anchor": ("Mốc tính", "Anchor"),
    "anchor_offset": ("Khoảng cách tới mốc", "Offset"),
    "basis": ("Cơ sở tính", "Basis"),
    "kind": ("Loại", "Kind"),
    "ordinal": ("Thứ tự", "Ordinal"),
    "name": ("Đơn vị, cá nhân", "Name"),
    "role": ("Vai trò", "Role"),
    "source": ("Đọc từ", "Read from"),
    "metric": ("Nội dung chỉ tiêu", "Metric"),
    "comparator": ("So sánh", "Comparator"),
    "value": ("Giá trị", "Value"),
    "value_max": ("Giá trị trên", "Upper value"),
    "unit": ("Đơn vị tính", "Unit"),
    "baseline": ("Mức xuất phát", "Baseline"),
    "title": ("Tên văn bản", "Title"),
    "article": ("Điều, khoản, điểm", "Article"),
    "raw": ("Nguyên văn", "As printed"),
    "quote": ("Nguyên văn", "Quote"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "code": ("Mã cảnh báo", "Code"),
    "message": ("Nội dung", "Message"),
    "field": ("Trường", "Field"),
}
_KINDS: dict[str, Kind] = {
    "str": "text",
    "date": "date",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
}


def _columns(row: type[Row]) -> tuple[Column, ...]:
    found = []
    for field in fields(row):
        vi, en = _HEADINGS[field.name]
        found.append(Column(field.name, vi, en, _KINDS[str(field.type).split(" ")[0]]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of rows: its name for programs and its columns."""

    name: str
    columns: tuple[Column, ...]


DOCUMENTS = Table("documents", _columns(DocumentRow))
TASKS = Table("tasks", _columns(TaskRow))
ASSIGNEES = Table("assignees", _columns(AssigneeRow))
DEADLINES = Table("deadlines", _columns(DeadlineRow))
TARGETS = Table("targets", _columns(TargetRow))
# names here are no reserved words of SQL ("references", "end", "offset")
REFERENCES = Table("citations", _columns(ReferenceRow))
REVIEW = Table("review", _columns(ReviewRow))
TABLES = (DOCUMENTS, TASKS, ASSIGNEES, DEADLINES, TARGETS, REFERENCES, REVIEW)


def values(row: Row) -> tuple[Value, ...]:
    """Cells of a row, in the order of its table's columns."""
    return tuple(getattr(row, f.name) for f in fields(row))


def rows_of(record: Record, table: Table) -> Iterator[Row]:
    """Rows of a record in one of `TABLES`."""
    yield from _ROWS[table.name](record)


def task_key(record: Record, task_id: str) -> str:
    return f"{record.id}/{task_id}"


def document_row(record: Record) -> DocumentRow:
    number, issuer, signatory, meeting = record.number, record.issuer, record.signatory, record.meeting
    return DocumentRow(
        key=record.id,
        uri=record.source.uri,
        part=record.source.part,
        pages=record.source.pages,
        system=record.system,
        type_code=record.doc_type.code if record.doc_type else None,
        type_name=record.doc_type.name if record.doc_type else None,
        number=number.value if number else None,
        symbol=number.symbol if number else None,
        canonical=document_name(record),
        issuer=issuer.name if issuer else None,
        parent=issuer.parent if issuer else None,
        level=issuer.level if issuer else None,
        place=record.place.name if record.place else None,
        issued_on=record.issued_on.iso if record.issued_on else None,
        issued_date=issued_date(record),
        subject=record.subject.text if record.subject else None,
        urgency=record.marks.urgency,
        secrecy=record.marks.secrecy,
        circulation=record.marks.circulation,
        addressees=_joined(a.name for a in record.addressees),
        meeting=meeting.name if meeting else None,
        meeting_on=meeting.date.iso if meeting and meeting.date else None,
        authority=signatory.authority if signatory else None,
        on_behalf_of=signatory.on_behalf_of if signatory else None,
        position=signatory.position if signatory else None,
        signer=signatory.name if signatory else None,
        recipients=_joined(r.name for r in record.recipients),
        archive=_joined(record.archive),
        tasks=len(record.tasks),
        targets=len(record.targets),
        citations=len(record.references),
        warnings=_joined(dict.fromkeys(w.code for w in record.warnings)),
        text_origin=record.source.text_origin,
        ocr_confidence=record.source.ocr_confidence,
        media_type=record.source.media_type,
        sha256=record.source.sha256,
    )


def task_rows(record: Record) -> Iterator[TaskRow]:
    targets = {t.id: t.raw if t.metric in t.raw else f"{t.metric}: {t.raw}" for t in record.targets}
    references = {r.id: r.canonical or r.raw for r in record.references}
    for task in record.tasks:
        due = due_deadline(task)
        yield TaskRow(
            key=task_key(record, task.id),
            document_key=record.id,
            task_id=task.id,
            path=" ".join(task.path),
            text=task.text,
            heading=task.heading,
            document=document_name(record),
            subject=record.subject.text if record.subject else None,
            issuer=record.issuer.name if record.issuer else None,
            issued_on=record.issued_on.iso if record.issued_on else None,
            issued_date=issued_date(record),
            signer=record.signatory.name if record.signatory else None,
            lead=_names(task, "lead"),
            coordinate=_names(task, "coordinate"),
            implement=_names(task, "implement"),
            report_to=_names(task, "report_to"),
            due=as_date(due.end) if due else None,
            due_time=due.time if due else None,
            due_inclusive=due.inclusive if due else None,
            starts_on=next((as_date(d.start) for d in task.deadlines if d.start), None),
            recurrence=_joined(dict.fromkeys(d.recurrence for d in task.deadlines if d.recurrence)),
            recurring_text=_joined(dict.fromkeys(d.raw for d in task.deadlines if d.recurrence)),
            deadline_text=_joined(dict.fromkeys(d.raw for d in task.deadlines)),
            targets=_joined(targets[i] for i in task.target_ids if i in targets),
            citations=_joined(references[i] for i in task.reference_ids if i in references),
            urgency=record.marks.urgency,
            quote=task.evidence.quote,
            confidence=task.evidence.confidence,
            page=_page(task.evidence),
            uri=record.source.uri,
        )


def assignee_rows(record: Record) -> Iterator[AssigneeRow]:
    for task in record.tasks:
        for ordinal, one in enumerate(task.assignees, start=1):
            key = task_key(record, task.id)
            yield AssigneeRow(key, ordinal, one.name, one.role, one.source, one.evidence.confidence)


def deadline_rows(record: Record) -> Iterator[DeadlineRow]:
    for task in record.tasks:
        for number, one in enumerate(task.deadlines, start=1):
            key = task_key(record, task.id)
            yield DeadlineRow(
                key=f"{key}/{number}",
                task_key=key,
                raw=one.raw,
                kind=one.kind,
                starts_on=as_date(one.start),
                ends_on=as_date(one.end),
                at_time=one.time,
                inclusive=one.inclusive,
                precision=one.precision,
                recurrence=one.recurrence,
                anchor=one.anchor,
                anchor_offset=one.offset,
                basis=one.basis,
                confidence=one.evidence.confidence,
            )


def target_rows(record: Record) -> Iterator[TargetRow]:
    for target in record.targets:
        yield TargetRow(
            key=f"{record.id}/{target.id}",
            document_key=record.id,
            task_key=task_key(record, target.task_id) if target.task_id else None,
            metric=target.metric,
            comparator=target.comparator,
            value=target.value,
            value_max=target.value_max,
            unit=target.unit,
            due=as_date(target.due),
            baseline=target.baseline,
            raw=target.raw,
            document=document_name(record),
            confidence=target.evidence.confidence,
            page=_page(target.evidence),
            uri=record.source.uri,
        )


def reference_rows(record: Record) -> Iterator[ReferenceRow]:
    for reference in record.references:
        yield ReferenceRow(
            key=f"{record.id}/{reference.id}",
            document_key=record.id,
            cited=reference.canonical,
            type_name=reference.doc_type,
            number=reference.number,
            symbol=reference.symbol,
            issued_on=reference.date,
            issuer=reference.issuer,
            title=reference.title,
            article=reference.article,
            raw=reference.raw,
            document=document_name(record),
            confidence=reference.evidence.confidence,
            page=_page(reference.evidence),
            uri=record.source.uri,
        )


def review_rows(record: Record) -> Iterator[ReviewRow]:
    """The record's warnings, then its values of little confidence."""
    found = [(w.code, w.message, w.field, w.evidence) for w in record.warnings]
    for field, evidence in _doubtful(record):
        message = f"Độ tin cậy {evidence.confidence:.0%}: đối chiếu với bản gốc."
        found.append(("low_confidence", message, field, evidence))
    times: Counter[str] = Counter()
    for code, message, where, proof in found:
        key = f"{record.id}/{code}{where or ''}"
        times[key] += 1
        yield _review(record, key if times[key] == 1 else f"{key}/{times[key]}", code, message, where, proof)


def _review(
    record: Record, key: str, code: str, message: str, field: str | None, evidence: Evidence | None
) -> ReviewRow:
    return ReviewRow(
        key=key,
        document_key=record.id,
        code=code,
        message=message,
        field=field,
        quote=evidence.quote if evidence else None,
        document=document_name(record),
        page=_page(evidence) if evidence else None,
        uri=record.source.uri,
    )


def _doubtful(record: Record) -> Iterator[tuple[str, Evidence]]:
    for name in ("doc_type", "number", "issuer", "place", "issued_on", "subject", "meeting", "signatory"):
        value = getattr(record, name)
        if value is not None and value.evidence.confidence < DOUBTFUL:
            yield f"/{name}", value.evidence
    for i, task in enumerate(record.tasks):
        if task.evidence.confidence < DOUBTFUL:
            yield f"/tasks/{i}", task.evidence
        for j, deadline in enumerate(task.deadlines):
            if deadline.evidence.confidence < DOUBTFUL:
                yield f"/tasks/{i}/deadlines/{j}", deadline.evidence
    for i, target in enumerate(record.targets):
        if target.evidence.confidence < DOUBTFUL:
            yield f"/targets/{i}", target.evidence


_ROWS: dict[str, Callable[[Record], Iterator[Row]]] = {
    "documents": lambda record: iter((document_row(record),)),
    "tasks": task_rows,
    "assignees": assignee_rows,
    "deadlines": deadline_rows,
    "targets": target_rows,
    "citations": reference_rows,
    "review": review_rows,
}


def document_name(record: Record) -> str | None:
    """Number and symbol; the symbol alone where the number was left blank."""
    return (record.number.canonical or record.number.symbol) if record.number else None


def issued_date(record: Record) -> date | None:
    """The day of issue, None where day or month is unknown."""
    return as_date(record.issued_on.iso) if record.issued_on and record.issued_on.day else None


def due_deadline(task: Task) -> Deadline | None:
    """The deadline that comes first among those with a last day."""
    dated = [d for d in task.deadlines if d.end]
    return min(dated, key=lambda d: (d.end or "", d.time or "24:00"), default=None)


def as_date(iso: str | None) -> date | None:
    """A date, None for a day that the calendar does not have (a misprint such as 2023-02-30)."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _names(task: Task, role: Role) -> str | None:
    return _joined(dict.fromkeys(a.name for a in task.assignees if a.role == role))


def _page(evidence: Evidence) -> int | None:
    return evidence.spans[0].page if evidence.spans else None


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None
