"""Tables of targets, column by column, in the formats in which offices send them."""

from __future__ import annotations

import io

import pytest
from docx import Document

from vndirective.pipeline import read_document
from vndirective.schema.record import Record, Target

PLAN = [
    ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2024", "Kế hoạch năm 2025", "Đơn vị thực hiện"],
    ["I", "Kinh tế", "", "", "", ""],
    ["1", "Sản lượng cá lồng", "tấn", "310", "350 - 380", "Phòng Nông nghiệp"],
    ["2", "Thu nhập bình quân đầu người", "Triệu đồng", "46", "≥ 50", "UBND các xã"],
    ["II", "Xã hội", "", "", "", ""],
    ["3", "Tỷ lệ hộ nghèo đa chiều", "%", "5,2", "dưới 4", "Phòng Nội vụ"],
    ["4", "Tỷ lệ trẻ tiêm chủng đầy đủ", "“", "96,5", "98 trở lên", "Trạm Y tế"],
]
HEAD = [
    "ỦY BAN NHÂN DÂN",
    "HUYỆN THANH VÂN",
    "Số: 17/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Thanh Vân, ngày 15 tháng 01 năm 2025",
    "KẾ HOẠCH",
    "Giao chỉ tiêu phát triển kinh tế - xã hội",
    "Ủy ban nhân dân huyện giao các chỉ tiêu như sau:",
]


def as_html(rows: list[list[str]], above: list[str]) -> Record:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = "<html><body>" + "".join(f"<p>{p}</p>" for p in above) + f"<table border='1'>{lines}</table></body></html>"
    return read_document(page.encode(), uri="a.html")[0]


def as_docx(rows: list[list[str]], above: list[str]) -> Record:
    document = Document()
    for line in above:
        document.add_paragraph(line)
    grid = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, cells in zip(grid.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    held = io.BytesIO()
    document.save(held)
    return read_document(held.getvalue(), uri="a.docx")[0]


def row_of(target: Target) -> tuple[str, str, float, float | None, str | None, str | None, float | None]:
    return (
        target.metric,
        target.comparator,
        target.value,
        target.value_max,
        target.unit,
        target.due,
        target.baseline,
    )


@pytest.mark.parametrize("read", [as_html, as_docx])
def test_each_row_with_a_figure_is_a_target(read) -> None:  # type: ignore[no-untyped-def]
    record = read(PLAN, HEAD)
    assert [row_of(t) for t in record.targets] == [
        ("Sản lượng cá lồng", "eq", 350, 380, "tấn", "2025-12-31", 310),
        ("Thu nhập bình quân đầu người", "ge", 50e6, None, "đồng", "2025-12-31", 46e6),
        ("Tỷ lệ hộ nghèo đa chiều", "lt", 4, None, "%", "2025-12-31", 5.2),
        ("Tỷ lệ trẻ tiêm chủng đầy đủ", "ge", 98, None, "%", "2025-12-31", 96.5),
    ]
    assert all(record.text and t.raw in record.text and t.evidence.rule == "target.table_cell" for t in record.targets)
    assert not record.tasks


def test_units_in_the_name_and_the_year_above_the_table() -> None:
    rows = [
        ["STT", "Tên chỉ tiêu", "Chỉ tiêu giao"],
        ["1", "Diện tích trồng rừng (ha)", "1.200"],
        ["2", "Số hộ (hộ)", "-"],
    ]
    record = as_html(rows, [*HEAD, "Biểu chỉ tiêu đến năm 2026"])
    assert [row_of(t) for t in record.targets] == [("Diện tích trồng rừng", "eq", 1200, None, "ha", "2026-12-31", None)]


def test_a_column_a_year() -> None:
    rows = [["Nội dung", "ĐVT", "Năm 2025", "Năm 2026"], ["Tỷ lệ hộ dùng nước sạch", "%", "85", "90"]]
    assert [(t.value, t.due) for t in as_docx(rows, HEAD).targets] == [(85, "2025-12-31"), (90, "2026-12-31")]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"],
            ["1", "Rà soát 12 điểm trường", "Phòng Giáo dục", "30/4/2025"],
        ],
        [["STT", "Họ và tên", "Năm sinh"], ["1", "Lò Văn Én", "1988"]],
        [["Nội dung", "Số tiền", "Ghi chú"], ["Thuê xe", "4.500.000", ""]],
    ],
    ids=["assignment", "names", "costs"],
)
def test_other_tables_hold_no_targets(rows: list[list[str]]) -> None:
    assert not as_html(rows, HEAD).targets
