"""The public record, version 1.0: one document, one `Record`.

    Record
    ├─ source, system, doc_type, number, issuer, place, issued_on, subject, marks, addressees, meeting
    ├─ signatory, recipients, archive
    ├─ outline   numbered tree of headings and items
    ├─ tasks     ─▶ assignees, deadlines, actions; ids of targets and references
    ├─ targets, references
    ├─ review    JSON pointers of the values that a person should look at
    └─ warnings

Every extracted object carries `evidence`. A value that the document does not hold is None, never guessed.
Titles are the Vietnamese terms of Nghị định 30/2020/NĐ-CP and of the offices' task registers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from spacy.tokens import Doc

SCHEMA_VERSION = "1.0"

System = Literal["state", "party", "union", "other"]
Level = Literal["central", "province", "district", "commune", "unit"]
Authority = Literal["TM", "KT", "TL", "TUQ", "Q"]
Purpose = Literal["report", "implement", "coordinate", "inform"]
Role = Literal["lead", "coordinate", "implement", "report_to"]
AssigneeSource = Literal["sentence", "heading", "lead_in", "label"]
DeadlineKind = Literal["by", "within", "between", "during", "from", "recurring", "event"]
Precision = Literal["minute", "day", "month", "quarter", "half_year", "year", "period"]
Basis = Literal["explicit", "issue_date", "convention", "inherited"]
Comparator = Literal["eq", "ge", "gt", "le", "lt"]

IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
PartialIsoDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EvidenceSpan(Model):
    """Half-open code-point offsets into `Record.text`; `page` is 1-based; `boxes` are [x0, top, x1, bottom] in points."""

    start: int = Field(ge=0, title="Vị trí đầu")
    end: int = Field(ge=0, title="Vị trí cuối")
    page: int | None = Field(default=None, title="Trang")
    boxes: tuple[tuple[float, float, float, float], ...] | None = Field(default=None, title="Khung trên trang")


class Evidence(Model):
    """Where a value stands. Several spans are neighbours (cut at a page break); `quote` is exactly their text.

    `confidence` is how often values like this one are right on gold (docs/accuracy.md); `ocr_confidence` how surely the
    words were recognised, None for typed text. `reading` is what text recognition gave where the text says otherwise: a mark put back, a handwritten number left out.
    """

    spans: tuple[EvidenceSpan, ...] = Field(title="Vị trí")
    quote: str = Field(title="Nguyên văn")
    rule: str = Field(title="Quy tắc")
    confidence: float = Field(ge=0, le=1, title="Độ tin cậy")
    reading: str | None = Field(default=None, title="Chữ nhận dạng ban đầu")
    ocr_confidence: float | None = Field(default=None, ge=0, le=1, title="Độ tin cậy nhận dạng")


class Source(Model):
    uri: str = Field(title="Tệp nguồn")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", title="Mã băm SHA-256")
    media_type: str = Field(title="Kiểu tệp")
    size_bytes: int = Field(ge=0, title="Kích thước")
    part: int = Field(ge=1, title="Phần")
    parts: int = Field(ge=1, title="Số phần")
    pages: int | None = Field(default=None, title="Số trang")
    text_origin: Literal["text", "digital", "ocr", "mixed"] = Field(title="Nguồn chữ")
    ocr_confidence: float | None = Field(default=None, ge=0, le=1, title="Độ tin cậy nhận dạng")
    encoding: str | None = Field(default=None, title="Bảng mã")


class DocType(Model):
    code: str = Field(title="Chữ viết tắt tên loại")
    name: str = Field(title="Tên loại")
    evidence: Evidence = Field(title="Căn cứ")


class Number(Model):
    value: str | None = Field(title="Số")
    symbol: str | None = Field(title="Ký hiệu")
    year: int | None = Field(default=None, title="Năm ban hành trong số")
    canonical: str | None = Field(title="Số, ký hiệu")
    raw: str = Field(title="Nguyên văn số, ký hiệu")
    evidence: Evidence = Field(title="Căn cứ")


class Issuer(Model):
    name: str = Field(title="Cơ quan ban hành")
    parent: str | None = Field(default=None, title="Cơ quan chủ quản")
    level: Level | None = Field(default=None, title="Cấp")
    locality: str | None = Field(default=None, title="Địa phương")
    evidence: Evidence = Field(title="Căn cứ")


class Place(Model):
    name: str = Field(title="Địa danh")
    evidence: Evidence = Field(title="Căn cứ")


class PartialDate(Model):
    """A date as precise as the document gives it: 2023-08-25, 2023-07 or 2023."""

    iso: PartialIsoDate = Field(title="Ngày (ISO 8601)")
    year: int = Field(title="Năm")
    month: int | None = Field(default=None, ge=1, le=12, title="Tháng")
    day: int | None = Field(default=None, ge=1, le=31, title="Ngày")
    raw: str = Field(title="Nguyên văn")
    evidence: Evidence = Field(title="Căn cứ")


class Subject(Model):
    text: str = Field(title="Trích yếu nội dung")
    evidence: Evidence = Field(title="Căn cứ")


class Marks(Model):
    """Printed words of each mark, None where it is not printed; `evidence` holds one entry a mark that is."""

    urgency: str | None = Field(default=None, title="Độ khẩn")
    secrecy: str | None = Field(default=None, title="Độ mật")
    circulation: str | None = Field(default=None, title="Phạm vi lưu hành")
    evidence: tuple[Evidence, ...] = Field(default=(), title="Căn cứ")


class Addressee(Model):
    name: str = Field(title="Kính gửi")
    evidence: Evidence = Field(title="Căn cứ")


class Meeting(Model):
    name: str | None = Field(title="Hội nghị, cuộc họp")
    date: PartialDate | None = Field(default=None, title="Ngày họp")
    chair: str | None = Field(default=None, title="Chủ trì")
    evidence: Evidence = Field(title="Căn cứ")


class AuthorityLine(Model):
    authority: Authority | None = Field(title="Quyền hạn ký")
    text: str = Field(title="Chức danh")


class Signatory(Model):
    authority: Authority | None = Field(title="Quyền hạn ký")
    on_behalf_of: str | None = Field(title="Ký thay, thay mặt")
    position: str | None = Field(title="Chức vụ người ký")
    name: str | None = Field(title="Người ký")
    chain: tuple[AuthorityLine, ...] = Field(default=(), title="Các dòng quyền hạn, chức vụ")
    evidence: Evidence = Field(title="Căn cứ")


class Recipient(Model):
    name: str = Field(title="Nơi nhận")
    purpose: Purpose | None = Field(default=None, title="Mục đích gửi")
    raw: str = Field(title="Nguyên văn")
    evidence: Evidence = Field(title="Căn cứ")


class OutlineItem(Model):
    id: str = Field(title="Mã mục")
    marker: str | None = Field(title="Số, ký hiệu mục")
    heading: str | None = Field(title="Tiêu đề mục")
    children: tuple[OutlineItem, ...] = Field(default=(), title="Mục con")
    evidence: Evidence = Field(title="Căn cứ")


class Assignee(Model):
    name: str = Field(title="Đơn vị, cá nhân")
    role: Role = Field(title="Vai trò")
    source: AssigneeSource = Field(title="Đọc từ")
    evidence: Evidence = Field(title="Căn cứ")


class Deadline(Model):
    """A time expression that bounds when work is done. `end` is the date printed, also where it is exclusive."""

    raw: str = Field(title="Nguyên văn thời hạn")
    kind: DeadlineKind = Field(title="Loại thời hạn")
    start: IsoDate | None = Field(default=None, title="Từ ngày")
    end: IsoDate | None = Field(default=None, title="Đến ngày")
    time: str | None = Field(default=None, pattern=r"^\d{2}:\d{2}$", title="Giờ")
    inclusive: bool | None = Field(default=None, title="Kể cả ngày cuối")
    precision: Precision | None = Field(default=None, title="Độ chính xác")
    recurrence: str | None = Field(default=None, title="Định kỳ (RFC 5545)")
    anchor: str | None = Field(default=None, title="Mốc tính")
    offset: str | None = Field(default=None, title="Khoảng cách tới mốc (ISO 8601)")
    basis: Basis = Field(default="explicit", title="Cơ sở tính")
    evidence: Evidence = Field(title="Căn cứ")


class Action(Model):
    text: str = Field(title="Việc")
    verb: str | None = Field(title="Động từ")
    evidence: Evidence = Field(title="Căn cứ")


class Task(Model):
    id: str = Field(title="Mã nhiệm vụ")
    path: tuple[str, ...] = Field(title="Đường dẫn mục")
    text: str = Field(title="Nội dung nhiệm vụ")
    heading: str | None = Field(title="Tiêu đề bên trên")
    assignees: tuple[Assignee, ...] = Field(default=(), title="Đơn vị thực hiện")
    deadlines: tuple[Deadline, ...] = Field(default=(), title="Thời hạn")
    target_ids: tuple[str, ...] = Field(default=(), title="Chỉ tiêu")
    reference_ids: tuple[str, ...] = Field(default=(), title="Văn bản viện dẫn")
    actions: tuple[Action, ...] = Field(default=(), title="Các việc")
    evidence: Evidence = Field(title="Căn cứ")


class Target(Model):
    id: str = Field(title="Mã chỉ tiêu")
    metric: str = Field(title="Nội dung chỉ tiêu")
    comparator: Comparator = Field(title="So sánh")
    value: float = Field(title="Giá trị")
    value_max: float | None = Field(default=None, title="Giá trị trên")
    unit: str | None = Field(title="Đơn vị tính")
    due: IsoDate | None = Field(default=None, title="Thời hạn đạt")
    baseline: float | None = Field(default=None, title="Mức xuất phát")
    task_id: str | None = Field(default=None, title="Nhiệm vụ")
    raw: str = Field(title="Nguyên văn")
    evidence: Evidence = Field(title="Căn cứ")


class Reference(Model):
    id: str = Field(title="Mã viện dẫn")
    doc_type: str | None = Field(default=None, title="Tên loại")
    number: str | None = Field(default=None, title="Số")
    symbol: str | None = Field(default=None, title="Ký hiệu")
    canonical: str | None = Field(default=None, title="Số, ký hiệu")
    date: PartialIsoDate | None = Field(default=None, title="Ngày ban hành")
    issuer: str | None = Field(default=None, title="Cơ quan ban hành")
    title: str | None = Field(default=None, title="Tên văn bản")
    article: str | None = Field(default=None, title="Điều, khoản, điểm")
    raw: str = Field(title="Nguyên văn")
    evidence: Evidence = Field(title="Căn cứ")


class Warning(Model):
    code: str = Field(title="Mã cảnh báo")
    message: str = Field(title="Nội dung cảnh báo")
    field: str | None = Field(default=None, title="Trường liên quan (JSON Pointer)")
    evidence: Evidence | None = Field(default=None, title="Căn cứ")


class Record(Model):
    schema_version: Literal["1.0"] = Field(default="1.0", title="Phiên bản lược đồ")
    id: str = Field(pattern=r"^[0-9a-f]{16}-\d+$", title="Mã bản ghi")
    source: Source = Field(title="Nguồn")
    system: System = Field(title="Hệ thống văn bản")
    doc_type: DocType | None = Field(title="Tên loại văn bản")
    number: Number | None = Field(title="Số, ký hiệu")
    issuer: Issuer | None = Field(title="Cơ quan ban hành")
    place: Place | None = Field(title="Địa danh")
    issued_on: PartialDate | None = Field(title="Ngày ban hành")
    subject: Subject | None = Field(title="Trích yếu nội dung")
    marks: Marks = Field(title="Độ mật, độ khẩn, phạm vi lưu hành")
    addressees: tuple[Addressee, ...] = Field(default=(), title="Kính gửi")
    meeting: Meeting | None = Field(title="Hội nghị, cuộc họp")
    signatory: Signatory | None = Field(title="Người ký")
    recipients: tuple[Recipient, ...] = Field(default=(), title="Nơi nhận")
    archive: tuple[str, ...] = Field(default=(), title="Lưu")
    outline: tuple[OutlineItem, ...] = Field(default=(), title="Bố cục")
    tasks: tuple[Task, ...] = Field(default=(), title="Nhiệm vụ")
    targets: tuple[Target, ...] = Field(default=(), title="Chỉ tiêu")
    references: tuple[Reference, ...] = Field(default=(), title="Văn bản viện dẫn")
    review: tuple[str, ...] = Field(default=(), title="Giá trị cần xem lại (JSON Pointer)")
    warnings: tuple[Warning, ...] = Field(default=(), title="Cảnh báo")
    text: str | None = Field(title="Toàn văn đã chuẩn hóa")

    def to_spacy(self) -> Doc:
        """The record as a spaCy `Doc` with its values as spans; `vndirective.to_spacy` tells more."""
        import vndirective  # the public verb: this room itself knows nothing of tokens

        return vndirective.to_spacy(self)
