"""The register workbook: read by openpyxl and LibreOffice, kept over re-exports, never a formula."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from vndirective.cli import app
from vndirective.errors import ChangedTargetError
from vndirective.export import Settings, export
from vndirective.export.kept import read_kept
from vndirective.export.register import task_key
from vndirective.export.sheets import SHEETS
from vndirective.schema.record import Record

openpyxl = pytest.importorskip("openpyxl")
HEADINGS = [
    "STT", "Nội dung nhiệm vụ", "Văn bản gốc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Ngày giao", "Hạn hoàn thành",
    "Nhiệm vụ thường xuyên", "Chỉ tiêu", "Sản phẩm đầu ra", "Mức độ", "Trạng thái", "Tình hình thực hiện", "Ghi chú",
]  # fmt: skip


def column(sheet, heading: str) -> int:
    return next(c.column for c in sheet[1] if c.value == heading)


def cell(sheet, key: str, heading: str):
    keys = column(sheet, "Mã")
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, keys).value == key)
    return sheet.cell(row, column(sheet, heading))


@pytest.fixture
def register(out: Path) -> Path:
    export(out, "xlsx")
    return out / "export" / "register.xlsx"


def test_the_register_as_openpyxl_reads_it(register: Path, records: list[Record]) -> None:
    book = openpyxl.load_workbook(register)
    assert book.sheetnames == ["Nhiệm vụ", "Văn bản", "Chỉ tiêu", "Viện dẫn", "Cần xem lại"]
    for sheet in book:
        assert not [c.coordinate for row in sheet for c in row if c.data_type == "f"]
        assert sheet.freeze_panes and sheet.auto_filter.ref and sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape" and int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.fitToWidth in {None, 1} and sheet.sheet_properties.pageSetUpPr.fitToPage
    tasks = book["Nhiệm vụ"]
    assert [c.value for c in tasks[1]][: len(HEADINGS)] == HEADINGS
    assert tasks.max_row == 1 + sum(len(r.tasks) for r in records)
    assert any("Đang thực hiện" in v.formula1 for v in tasks.data_validations.dataValidation)
    for record in records:
        assert cell(book["Văn bản"], record.id, "Tác giả").value == (record.issuer and record.issuer.name)
        for task in record.tasks:
            key = task_key(record, task.id)
            assert cell(tasks, key, "Nội dung nhiệm vụ").value == task.text
            leads = cell(tasks, key, "Đơn vị chủ trì").value or ""
            assert leads.split("; ") == [a.name for a in task.assignees if a.role == "lead"] or not leads
            ends = sorted(d.end for d in task.deadlines if d.end)
            due = cell(tasks, key, "Hạn hoàn thành").value
            if ends:
                assert isinstance(due, datetime) and due.date().isoformat() == ends[0]
            given = cell(tasks, key, "Ngày giao").value
            assert (given.date().isoformat() if given else None) == (
                record.issued_on.iso if record.issued_on and record.issued_on.day else None
            )
    values = [r[3].value for r in book["Chỉ tiêu"].iter_rows(min_row=2)]
    assert values == [t.value for r in records for t in r.targets]
    cited = [r[1].value for r in book["Viện dẫn"].iter_rows(min_row=2)]
    assert cited == [c.canonical for r in records for c in r.references]
    warned = [r[2].value for r in book["Cần xem lại"].iter_rows(min_row=2)]
    assert [w.message for r in records for w in r.warnings] == [m for m in warned if "Độ tin cậy" not in m]


def test_each_row_leads_to_its_source_and_page(register: Path, records: list[Record]) -> None:
    tasks = openpyxl.load_workbook(register)["Nhiệm vụ"]
    for record in records:
        for task in record.tasks:
            link = cell(tasks, task_key(record, task.id), "Tệp nguồn").hyperlink
            target = unquote(link.target.removeprefix("file:///")).replace("\\", "/")
            assert Path(os.path.normpath(register.parent / target.partition("#")[0])).is_file()
            page = task.evidence.spans[0].page
            assert cell(tasks, task_key(record, task.id), "Trang").value == page
            if record.source.uri.endswith(".pdf"):
                assert page and f"page={page}" in (link.location or target)


def test_words_like_formulas_stay_words(hostile: Path) -> None:
    export(hostile, "xlsx")
    book = openpyxl.load_workbook(hostile / "export" / "register.xlsx")
    texts = [c for sheet in book for row in sheet for c in row if isinstance(c.value, str)]
    assert not [c for c in texts if c.data_type == "f"]
    risky = [c for c in texts if c.value.startswith(("=", "+", "-", "@"))]
    assert len({c.value[0] for c in risky}) >= 3 and all(c.quotePrefix for c in risky)


def _edit(path: Path, change) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def test_what_the_office_typed_is_kept(register: Path, out: Path, records: list[Record]) -> None:
    record = next(r for r in records if len(r.tasks) > 1)
    key, other = (task_key(record, t.id) for t in record.tasks[:2])

    def fill(book) -> None:
        tasks = book["Nhiệm vụ"]
        cell(tasks, key, "Trạng thái").value = "Đang thực hiện"
        cell(tasks, key, "Ghi chú").value = "=1+1 không phải công thức"
        cell(tasks, other, "Tình hình thực hiện").value = date(2025, 6, 5)
        cell(tasks, other, "Sản phẩm đầu ra").value = 3
        cell(book["Văn bản"], record.id, "Số đến").value = 417

    # typed as a formula by mistake: openpyxl marks it so, a real clerk's cell holds the text
    def guarded_fill(book) -> None:
        fill(book)
        cell(book["Nhiệm vụ"], key, "Ghi chú").data_type = "s"

    _edit(register, guarded_fill)
    for _ in range(2):
        export(out, "xlsx")
        book = openpyxl.load_workbook(register)
        tasks = book["Nhiệm vụ"]
        assert cell(tasks, key, "Trạng thái").value == "Đang thực hiện"
        note = cell(tasks, key, "Ghi chú")
        assert (note.value, note.data_type) == ("=1+1 không phải công thức", "s")
        assert cell(tasks, other, "Tình hình thực hiện").value == datetime(2025, 6, 5)
        assert cell(tasks, other, "Sản phẩm đầu ra").value == 3
        assert cell(book["Văn bản"], record.id, "Số đến").value == 417


def test_sorting_is_no_change(register: Path, out: Path) -> None:
    def turn(book) -> None:
        tasks = book["Nhiệm vụ"]
        rows = [[c.value for c in row] for row in tasks.iter_rows(min_row=2)]
        for at, row in enumerate(reversed(rows), start=2):
            for place, value in enumerate(row, start=1):
                tasks.cell(at, place).value = value

    _edit(register, turn)
    assert read_kept(register).intact
    export(out, "xlsx")


def _retype(book) -> None:
    book["Nhiệm vụ"].cell(2, 2).value = "Việc khác"


def _due(book) -> None:
    sheet = book["Nhiệm vụ"]
    sheet.cell(3, column(sheet, "Hạn hoàn thành")).value = datetime(2030, 1, 1)


def _add_row(book) -> None:
    sheet = book["Nhiệm vụ"]
    sheet.cell(sheet.max_row + 1, 2).value = "Việc cơ quan tự thêm"


def _add_column(book) -> None:
    sheet = book["Nhiệm vụ"]
    sheet.cell(1, sheet.max_column + 1).value = "Cột riêng"


def _add_cell(book) -> None:
    sheet = book["Nhiệm vụ"]
    sheet.cell(4, sheet.max_column + 2).value = "ghi thêm"


def _add_sheet(book) -> None:
    book.create_sheet("Riêng")["A1"] = "số liệu"


def _delete_row(book) -> None:
    book["Chỉ tiêu"].delete_rows(2)


def _remark(book) -> None:
    from openpyxl.comments import Comment

    book["Nhiệm vụ"].cell(2, 2).comment = Comment("hỏi lại", "văn thư")


@pytest.mark.parametrize(
    "change",
    [_retype, _due, _add_row, _add_column, _add_cell, _add_sheet, _delete_row, _remark],
    ids=lambda f: f.__name__,
)
def test_other_changes_are_not_overwritten_without_force(register: Path, out: Path, change) -> None:
    key_column = column(openpyxl.load_workbook(register)["Nhiệm vụ"], "Mã")

    def both(book) -> None:
        sheet = book["Nhiệm vụ"]
        sheet.cell(2, column(sheet, "Trạng thái")).value = "Hoàn thành"
        change(book)

    _edit(register, both)
    before = register.read_bytes()
    result = CliRunner().invoke(app, ["export", str(out), "--to", "xlsx"])
    assert result.exit_code == 11 and "--force" in result.output and register.read_bytes() == before
    assert CliRunner().invoke(app, ["export", str(out), "--to", "xlsx", "--force"]).exit_code == 0
    sheet = openpyxl.load_workbook(register)["Nhiệm vụ"]
    assert sheet.cell(2, column(sheet, "Trạng thái")).value == "Hoàn thành" and sheet.cell(2, key_column).value


def test_a_file_of_somebody_else_is_not_overwritten(out: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "cua-toi.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "của tôi"
    book.save(foreign)
    (tmp_path / "rac.xlsx").write_bytes(b"khong phai bang tinh")
    for path in (foreign, tmp_path / "rac.xlsx"):
        before = path.read_bytes()
        with pytest.raises(ChangedTargetError):
            export(out, "xlsx", path)
        assert path.read_bytes() == before
        export(out, "xlsx", path, Settings(force=True))
        assert read_kept(path).intact


def test_what_was_typed_for_a_task_that_is_gone_is_not_lost(register: Path, out: Path, records: list[Record]) -> None:
    record = records[0]
    key = task_key(record, record.tasks[0].id)
    _edit(register, lambda book: setattr(cell(book["Nhiệm vụ"], key, "Ghi chú"), "value", "đã gọi điện"))
    path = next(p for p in (out / "records").iterdir() if p.name.startswith(record.source.uri))
    moved = path.rename(out / "cat-di.json")
    for _ in range(2):  # also over a second re-export
        export(out, "xlsx")
        kept = openpyxl.load_workbook(register)["Không còn trong kết quả"]
        assert [c.value for c in kept[2]] == ["Nhiệm vụ", key, "Ghi chú", "đã gọi điện"]
    moved.rename(path)
    export(out, "xlsx")
    book = openpyxl.load_workbook(register)
    assert cell(book["Nhiệm vụ"], key, "Ghi chú").value == "đã gọi điện" and len(book.sheetnames) == len(SHEETS)


def test_english_headings_keep_what_was_typed_under_vietnamese_ones(register: Path, out: Path) -> None:
    sheet = openpyxl.load_workbook(register)["Nhiệm vụ"]
    _edit(register, lambda book: setattr(book["Nhiệm vụ"].cell(2, column(sheet, "Ghi chú")), "value", "x"))
    export(out, "xlsx", settings=Settings(lang="en"))
    tasks = openpyxl.load_workbook(register)["Tasks"]
    assert tasks.cell(2, column(tasks, "Remarks")).value == "x"


def test_too_long_for_a_cell_is_cut_and_said(notice) -> None:
    out = notice("THÔNG BÁO\nVề việc rà soát\n\n1. Phòng Kinh tế " + "rà soát hồ sơ, " * 2500 + "báo cáo.\n")
    exported = export(out, "xlsx")
    assert [n.code for n in exported.written.notes] == ["text_cut"]
    sheet = openpyxl.load_workbook(out / "export" / "register.xlsx")["Nhiệm vụ"]
    assert len(sheet.cell(2, 2).value) == 32_767


def _has_calc() -> bool:
    """LibreOffice is often installed without its spreadsheet."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(
    not _has_calc(), reason="LibreOffice Calc is not installed (apt-get install libreoffice-calc-nogui)"
)
def test_libreoffice_prints_it_and_saves_it_without_a_change(register: Path, tmp_path: Path, records) -> None:
    import pypdfium2

    def convert(kind: str) -> Path:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path), str(register)]
        subprocess.run(command, check=True, capture_output=True)
        return tmp_path / f"register.{kind}"

    document = pypdfium2.PdfDocument(convert("pdf"))
    widths = {(round(page.get_width()), round(page.get_height())) for page in document}
    assert widths == {(842, 595)}
    text = "".join(page.get_textpage().get_text_range() for page in document)
    words = "".join(text.split())
    assert "BẢNGTHEODÕINHIỆMVỤ" in words and "SỔĐĂNGKÝVĂNBẢNĐẾN" in words
    for task in (t for r in records for t in r.tasks if len(t.text) < 150):
        assert "".join(task.text.split()) in words
    document.close()
    assert read_kept(convert("xlsx")).intact
