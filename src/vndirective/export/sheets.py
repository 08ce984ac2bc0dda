"""The sheets of the register workbook: which columns, how wide, which are the office's own.

Columns after Phụ lục IV of Nghị định 30/2020 (sổ đăng ký văn bản đến) and the task registers that offices keep.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from vndirective.errors import Lang
from vndirective.export.dates import printed_date
from vndirective.export.register import (
    DOCUMENTS,
    REFERENCES,
    REVIEW,
    TARGETS,
    TASKS,
    DocumentRow,
    ReferenceRow,
    ReviewRow,
    Row,
    Table,
    TargetRow,
    TaskRow,
    as_date,
)

Cell = str | int | float | date | datetime | bool | None
Look = Literal["text", "centre", "date", "number", "link", "office", "small"]
ORDINAL = "no"
KEY = "key"
STATES = ("Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Hoàn thành quá hạn", "Quá hạn", "Tạm dừng")
LEVELS = ("Thường", "Quan trọng", "Khẩn", "Thượng khẩn", "Hỏa tốc")
_COMPARATORS = {"eq": "=", "ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: `cell` gives what the product writes; an `office` column is the office's to fill, `cell` its first content."""

    name: str
    vi: str
    en: str
    width: float  # in characters
    look: Look = "text"
    cell: Callable[[Row, Lang], Cell] | None = None
    choices: tuple[str, ...] = ()
    printed: bool = True

    @property
    def office(self) -> bool:
        return self.look == "office"

    def heading(self, lang: Lang) -> str:
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the table whose rows it shows, and its columns."""

    table: Table
    vi: str
    en: str
    title_vi: str
    title_en: str
    columns: tuple[SheetColumn, ...]
    frozen: int = 2  # columns that stay in sight

    def name(self, lang: Lang) -> str:
        return self.vi if lang == "vi" else self.en

    def title(self, lang: Lang) -> str:
        return self.title_vi if lang == "vi" else self.title_en


def _field(name: str) -> Callable[[Row, Lang], Cell]:
    def cell(row: Row, lang: Lang) -> Cell:
        value: Cell = getattr(row, name)
        return value

    return cell


def _document(row: Row, lang: Lang) -> Cell:
    """Number and date on the first line, then subject, then signer."""
    assert isinstance(row, TaskRow)
    day = printed_date(row.issued_on, lang) if row.issued_on else None
    first = " ".join(filter(None, (row.document, f"{'ngày' if lang == 'vi' else 'of'} {day}" if day else None)))
    signer = f"{'Người ký' if lang == 'vi' else 'Signed by'}: {row.signer}" if row.signer else None
    return "\n".join(filter(None, (first, row.subject, signer))) or None


def _due(row: Row, lang: Lang) -> Cell:
    """A real date (with the hour where one is printed); the printed words where no date can be computed."""
    assert isinstance(row, TaskRow)
    if row.due is None:
        return None if row.recurrence else row.deadline_text
    hour = row.due_time.split(":") if row.due_time else None
    if hour and int(hour[0]) < 24 and int(hour[1]) < 60:
        return datetime(row.due.year, row.due.month, row.due.day, int(hour[0]), int(hour[1]))
    return row.due


def _issued(row: Row, lang: Lang) -> Cell:
    assert isinstance(row, DocumentRow)
    return row.issued_date or (printed_date(row.issued_on, lang) if row.issued_on else None)


def _type_and_subject(row: Row, lang: Lang) -> Cell:
    assert isinstance(row, DocumentRow)
    return "\n".join(filter(None, (row.type_name, row.subject))) or None


def _signer(row: Row, lang: Lang) -> Cell:
    assert isinstance(row, DocumentRow)
    return "\n".join(filter(None, (row.position, row.signer))) or None


def _comparator(row: Row, lang: Lang) -> Cell:
    assert isinstance(row, TargetRow)
    return _COMPARATORS[row.comparator]


def _cited_on(row: Row, lang: Lang) -> Cell:
    assert isinstance(row, ReferenceRow)
    day = as_date(row.issued_on) if row.issued_on and len(row.issued_on) == 10 else None
    return day or (printed_date(row.issued_on, lang) if row.issued_on else None)


def _level(row: Row, lang: Lang) -> Cell:
    assert isinstance(row, TaskRow)
    return row.urgency.capitalize() if row.urgency else None


def _reason(row: Row, lang: Lang) -> Cell:
    assert isinstance(row, ReviewRow)
    return row.code


_NUMBER = SheetColumn(ORDINAL, "STT", "No.", 5, "centre")
_SOURCE = (
    SheetColumn("uri", "Tệp nguồn", "Source file", 26, "link", _field("uri"), printed=False),
    SheetColumn("page", "Trang", "Page", 7, "centre", _field("page"), printed=False),
)
_KEY = SheetColumn(KEY, "Mã", "Key", 24, "small", _field("key"), printed=False)
_REMARKS = SheetColumn("remarks", "Ghi chú", "Remarks", 11, "office")

SHEETS = (
    Sheet(
        TASKS,
        "Nhiệm vụ",
        "Tasks",
        "BẢNG THEO DÕI NHIỆM VỤ",
        "TASK REGISTER",
        (
            _NUMBER,
            SheetColumn("text", "Nội dung nhiệm vụ", "Task", 46, "text", _field("text")),
            SheetColumn("document", "Văn bản gốc", "Source document", 31, "text", _document),
            SheetColumn("lead", "Đơn vị chủ trì", "Lead", 17, "text", _field("lead")),
            SheetColumn("coordinate", "Đơn vị phối hợp", "Coordinating", 17, "text", _field("coordinate")),
            SheetColumn("assigned", "Ngày giao", "Assigned on", 12, "date", _field("issued_date")),
            SheetColumn("due", "Hạn hoàn thành", "Due", 13, "date", _due),
            SheetColumn("recurring", "Nhiệm vụ thường xuyên", "Recurring", 12, "text", _field("recurring_text")),
            SheetColumn("targets", "Chỉ tiêu", "Targets", 16, "text", _field("targets")),
            SheetColumn("product", "Sản phẩm đầu ra", "Output", 11, "office"),
            SheetColumn("level", "Mức độ", "Level", 9.5, "office", _level, LEVELS),
            SheetColumn("state", "Trạng thái", "State", 11, "office", None, STATES),
            SheetColumn("progress", "Tình hình thực hiện", "Progress", 14, "office"),
            _REMARKS,
            SheetColumn(
                "words",
                "Thời hạn nêu trong văn bản",
                "Deadline as printed",
                26,
                "text",
                _field("deadline_text"),
                printed=False,
            ),
            *_SOURCE,
            _KEY,
        ),
    ),
    Sheet(
        DOCUMENTS,
        "Văn bản",
        "Documents",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
        "REGISTER OF INCOMING DOCUMENTS",
        (
            SheetColumn("arrived", "Ngày đến", "Arrived on", 11, "office"),
            SheetColumn("arrival", "Số đến", "Arrival no.", 8, "office"),
            SheetColumn("issuer", "Tác giả", "Author", 24, "text", _field("issuer")),
            SheetColumn("document", "Số, ký hiệu", "Number, symbol", 16, "text", _field("canonical")),
            SheetColumn("issued", "Ngày tháng", "Date", 12, "date", _issued),
            SheetColumn("subject", "Tên loại và trích yếu", "Type and subject", 46, "text", _type_and_subject),
            SheetColumn("receiver", "Đơn vị hoặc người nhận", "Receiver", 17, "office"),
            SheetColumn("passed", "Ngày chuyển", "Passed on", 11, "office"),
            SheetColumn("receipt", "Ký nhận", "Signed for", 10, "office"),
            _REMARKS,
            SheetColumn("signer", "Người ký", "Signer", 20, "text", _signer, printed=False),
            SheetColumn("urgency", "Độ khẩn", "Urgency", 12, "text", _field("urgency"), printed=False),
            SheetColumn("secrecy", "Độ mật", "Secrecy", 12, "text", _field("secrecy"), printed=False),
            SheetColumn("tasks", "Số nhiệm vụ", "Tasks", 9, "centre", _field("tasks"), printed=False),
            *_SOURCE[:1],
            _KEY,
        ),
        frozen=0,
    ),
    Sheet(
        TARGETS,
        "Chỉ tiêu",
        "Targets",
        "DANH MỤC CHỈ TIÊU",
        "TARGETS",
        (
            _NUMBER,
            SheetColumn("metric", "Nội dung chỉ tiêu", "Metric", 44, "text", _field("metric")),
            SheetColumn("comparator", "So sánh", "Comparison", 9, "centre", _comparator),
            SheetColumn("value", "Giá trị", "Value", 14, "number", _field("value")),
            SheetColumn("value_max", "Giá trị trên", "Upper value", 12, "number", _field("value_max")),
            SheetColumn("unit", "Đơn vị tính", "Unit", 12, "centre", _field("unit")),
            SheetColumn("due", "Thời hạn đạt", "Due", 12, "date", _field("due")),
            SheetColumn("document", "Số, ký hiệu văn bản", "Document", 17, "text", _field("document")),
            SheetColumn("reached", "Kết quả đạt được", "Reached", 14, "office"),
            _REMARKS,
            SheetColumn("raw", "Nguyên văn", "As printed", 34, "text", _field("raw"), printed=False),
            *_SOURCE,
            _KEY,
        ),
    ),
    Sheet(
        REFERENCES,
        "Viện dẫn",
        "References",
        "VĂN BẢN VIỆN DẪN",
        "REFERENCES",
        (
            _NUMBER,
            SheetColumn("cited", "Văn bản viện dẫn", "Document cited", 20, "text", _field("cited")),
            SheetColumn("type", "Tên loại", "Type", 14, "text", _field("type_name")),
            SheetColumn("issued", "Ngày ban hành", "Issued on", 12, "date", _cited_on),
            SheetColumn("issuer", "Cơ quan ban hành", "Issuer", 24, "text", _field("issuer")),
            SheetColumn("title", "Tên văn bản", "Title", 36, "text", _field("title")),
            SheetColumn("article", "Điều, khoản, điểm", "Article", 14, "text", _field("article")),
            SheetColumn("document", "Trong văn bản", "In document", 17, "text", _field("document")),
            SheetColumn("raw", "Nguyên văn", "As printed", 34, "text", _field("raw"), printed=False),
            *_SOURCE,
            _KEY,
        ),
    ),
    Sheet(
        REVIEW,
        "Cần xem lại",
        "To review",
        "DANH MỤC CẦN XEM LẠI",
        "TO BE REVIEWED",
        (
            _NUMBER,
            SheetColumn("document", "Số, ký hiệu văn bản", "Document", 18, "text", _field("document")),
            SheetColumn("message", "Nội dung cần xem lại", "What to look at", 58, "text", _field("message")),
            SheetColumn("quote", "Nguyên văn", "Quote", 36, "text", _field("quote")),
            SheetColumn("reviewed", "Kết quả xem lại", "Outcome", 16, "office"),
            _REMARKS,
            SheetColumn("code", "Mã cảnh báo", "Code", 22, "small", _reason, printed=False),
            SheetColumn("field", "Trường", "Field", 22, "small", _field("field"), printed=False),
            *_SOURCE,
            _KEY,
        ),
    ),
)
# what the office typed for rows that a later run no longer gives: sheet, key, column, value
KEPT_VI, KEPT_EN = "Không còn trong kết quả", "No longer found"
KEPT_COLUMNS = (
    ("Trang tính", "Sheet", 14.0),
    ("Mã", "Key", 28.0),
    ("Cột", "Column", 22.0),
    ("Nội dung đã nhập", "What was typed", 60.0),
)
