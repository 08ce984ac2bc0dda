"""PDF → SourceText on documents made here (invented bodies and people) and, where present, on the shared notices."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from vndirective.errors import (
    DamagedFileError,
    EmptyInputError,
    EncryptedFileError,
    InputError,
    ScannedFileError,
    VndirectiveError,
)
from vndirective.parsers.ocr.settings import OcrSettings
from vndirective.parsers.pdf import read_pdf, reader
from vndirective.parsers.source import BlockKind, SourceText

NOTICES = Path(__file__).resolve().parents[3] / "shared" / "notices"
FONT, BOLD = "NoticeSerif", "NoticeSerifBold"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 553.0
NO_OCR = OcrSettings(mode="off")

Draw = Callable[[Any], None]


def _font_file(style: str) -> str | None:
    """The font that the pages are measured with, where fontconfig finds one that has the Vietnamese letters."""
    if shutil.which("fc-match") is None:
        return None
    query = f"Liberation Serif:style={style}:lang=vi"
    found = subprocess.run(
        ["fc-match", "-f", "%{family}\t%{file}\t%{lang}", query], capture_output=True, text=True, check=False
    ).stdout
    family, file, languages = (*found.split("\t"), "", "", "")[:3]
    known = family == "Liberation Serif" and "vi" in languages.split("|")  # its first version has no "ủ"
    return file if known and file.endswith(".ttf") else None


@pytest.fixture(scope="session", autouse=True)
def fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    regular, bold = _font_file("Regular"), _font_file("Bold")
    if regular is None or bold is None:
        pytest.skip("Liberation Serif with Vietnamese letters is not installed: apt-get install fonts-liberation2")
    pdfmetrics.registerFont(TTFont(FONT, regular))
    pdfmetrics.registerFont(TTFont(BOLD, bold))


def pdf(*pages: Draw, **options: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def line(canvas: Any, x: float, top: float, text: str, size: float = 13, *, bold: bool = False) -> float:
    """Print a line, `top` counted from the head of the page; returns its width."""
    canvas.setFont(BOLD if bold else FONT, size)
    canvas.drawString(x, HEIGHT - top, text)
    return float(canvas.stringWidth(text, BOLD if bold else FONT, size))


def centred(canvas: Any, x: float, top: float, text: str, size: float = 13, *, bold: bool = False) -> None:
    canvas.setFont(BOLD if bold else FONT, size)
    canvas.drawCentredString(x, HEIGHT - top, text)


def body(canvas: Any, top: float, text: str, *, size: float = 14, indent: float = 28) -> float:
    """Set a paragraph with an indented first line, ragged right; returns the height below it."""
    x, words = LEFT + indent, text.split(" ")
    while words:
        count = len(words)
        while count > 1 and x + canvas.stringWidth(" ".join(words[:count]), FONT, size) > RIGHT:
            count -= 1
        line(canvas, x, top, " ".join(words[:count]), size)
        words, x, top = words[count:], LEFT, top + 18
    return top


def letterhead(canvas: Any, number: str = "Số: 34/QĐ-UBND", date: str = "Hòa Bản, ngày 05 tháng 01 năm 2024") -> None:
    centred(canvas, 165, 60, "ỦY BAN NHÂN DÂN", bold=True)
    centred(canvas, 165, 76, "XÃ HÒA BẢN", bold=True)
    centred(canvas, 410, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    centred(canvas, 410, 76, "Độc lập - Tự do - Hạnh phúc", bold=True)
    centred(canvas, 165, 104, number)
    centred(canvas, 410, 104, date)


LONG = (
    "Ủy ban nhân dân xã yêu cầu các thôn, bản và các đơn vị trường học trên địa bàn rà soát, thống kê số học sinh "
    "chưa ra lớp, phối hợp với gia đình vận động các em trở lại trường trước ngày khai giảng năm học mới."
)
SECOND = (
    "Công chức Văn hóa - Xã hội tổng hợp kết quả của các đơn vị, tham mưu văn bản báo cáo Ủy ban nhân dân xã xem xét, "
    "quyết định các biện pháp tiếp theo theo đúng thẩm quyền được giao."
)


def lines_of(source: SourceText, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [b.span.of(source.text) for b in source.blocks if b.kind is kind]


def read(data: bytes) -> SourceText:
    """Read and hold the result against the invariants that every caller relies on."""
    source = read_pdf(data)
    source.check()
    assert source.media_type == "application/pdf"
    assert source.text_origin == "digital"
    starts = [f.span.start for f in source.fragments]
    assert starts == sorted(starts)
    for fragment in source.fragments:
        word = fragment.span.of(source.text)
        assert word and word == word.strip() and " " not in word
        assert fragment.box.x0 <= fragment.box.x1 and fragment.box.top < fragment.box.bottom
    return source


# --- two columns -------------------------------------------------------------------------------------------------


def test_letterhead_is_read_column_by_column() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas)
        body(canvas, 170, LONG)

    assert lines_of(read(pdf(page))) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ HÒA BẢN",
        "Số: 34/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hòa Bản, ngày 05 tháng 01 năm 2024",
        LONG,
    ]


def test_number_and_date_of_one_printed_line_are_two_columns() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas, number="", date="")
        line(canvas, 110, 104, "Số: 34/QĐ-UBND")
        line(canvas, 300, 104, "Hòa Bản, ngày 05 tháng 01 năm 2024")
        body(canvas, 170, LONG)

    lines = lines_of(read(pdf(page)))
    assert lines.index("Số: 34/QĐ-UBND") < lines.index("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert "Hòa Bản, ngày 05 tháng 01 năm 2024" in lines


def test_a_short_title_below_the_letterhead_and_its_blank_number_are_no_column() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas)
        centred(canvas, 305, 140, "KẾ HOẠCH", 14, bold=True)
        line(canvas, 130, 160, "(Kèm theo Quyết định số", 14)
        line(canvas, 310, 160, "/QĐ-UBND ngày 05 tháng 01 năm 2024)", 14)
        body(canvas, 200, LONG)

    assert lines_of(read(pdf(page)))[-3:] == [
        "KẾ HOẠCH",
        "(Kèm theo Quyết định số /QĐ-UBND ngày 05 tháng 01 năm 2024)",
        LONG,
    ]


def test_subject_of_an_official_letter_is_one_block() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas, number="Số: 12/UBND-VHXH")
        for top, text in ((122, "V/v rà soát học sinh"), (136, "chưa ra lớp đầu năm học"), (150, "trên địa bàn xã")):
            centred(canvas, 165, top, text, 12)
        line(canvas, 200, 190, "Kính gửi: Các trường học trên địa bàn xã", 14)
        body(canvas, 220, LONG)

    lines = lines_of(read(pdf(page)))
    assert "V/v rà soát học sinh chưa ra lớp đầu năm học trên địa bàn xã" in lines
    assert lines[-2:] == ["Kính gửi: Các trường học trên địa bàn xã", LONG]


def signature(canvas: Any, top: float) -> None:
    line(canvas, LEFT, top, "Nơi nhận:", 12, bold=True)
    items = ("- Như trên;", "- Thường trực Đảng ủy xã (để báo cáo);", "- Các thôn, bản;", "- Lưu: VT, VHXH.")
    for i, text in enumerate(items, 1):
        line(canvas, LEFT, top + 13 * i, text, 11)
    centred(canvas, 440, top, "KT. CHỦ TỊCH", 14, bold=True)
    centred(canvas, 440, top + 17, "PHÓ CHỦ TỊCH", 14, bold=True)
    centred(canvas, 440, top + 90, "Lò Thị Mây", 14, bold=True)


def test_recipients_come_before_the_signature_beside_them() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas)
        signature(canvas, body(canvas, 170, LONG) + 20)

    assert lines_of(read(pdf(page)))[-9:] == [
        LONG,
        "Nơi nhận:",
        "- Như trên;",
        "- Thường trực Đảng ủy xã (để báo cáo);",
        "- Các thôn, bản;",
        "- Lưu: VT, VHXH.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lò Thị Mây",
    ]


def test_recipients_that_go_on_overleaf_stay_one_list() -> None:
    def first(canvas: Any) -> None:
        letterhead(canvas)
        body(canvas, 170, LONG)
        line(canvas, LEFT, 700, "Nơi nhận:", 12, bold=True)
        for i in range(1, 6):
            line(canvas, LEFT, 700 + 15 * i, f"- Trường Tiểu học số {i};", 11)
        centred(canvas, 440, 700, "CHỦ TỊCH", 14, bold=True)
        centred(canvas, 440, 745, "Lò Thị Mây", 14, bold=True)

    def second(canvas: Any) -> None:
        line(canvas, LEFT, 60, "- Trường Mầm non Hòa Bản;", 11)
        line(canvas, LEFT, 75, "- Lưu: VT.", 11)

    source = read(pdf(first, second))
    lines = lines_of(source)
    at = lines.index("Nơi nhận:")
    assert lines[at + 1 :] == [
        *(f"- Trường Tiểu học số {i};" for i in range(1, 6)),
        "- Trường Mầm non Hòa Bản;",
        "- Lưu: VT.",
    ]
    assert lines[at - 2 : at] == ["CHỦ TỊCH", "Lò Thị Mây"]
    assert source.text[source.pages[1] :].startswith("- Trường Mầm non")


def test_addressees_are_a_block_each() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas)
        line(canvas, 160, 170, "Kính gửi:", 14)
        line(canvas, 225, 190, "- Ban giám hiệu các trường học, Trạm Y tế xã,", 14)
        line(canvas, 225, 208, "Công an xã;", 14)
        line(canvas, 225, 226, "- Trưởng các thôn, bản.", 14)
        body(canvas, 260, LONG)

    assert lines_of(read(pdf(page)))[-4:] == [
        "Kính gửi:",
        "- Ban giám hiệu các trường học, Trạm Y tế xã, Công an xã;",
        "- Trưởng các thôn, bản.",
        LONG,
    ]


# --- paragraphs --------------------------------------------------------------------------------------------------


def test_items_stay_apart_and_wrapped_lines_are_joined() -> None:
    texts = [
        "1. " + LONG,
        "a) " + SECOND,
        "- Hoàn thành trước ngày 20/9/2024;",
        "+ Báo cáo hằng tháng.",
        "Điều 2. " + LONG,
    ]

    def page(canvas: Any) -> None:
        top = 80.0
        for text in texts:
            top = body(canvas, top, text)

    assert lines_of(read(pdf(page))) == texts


def test_a_paragraph_runs_over_the_page_break_and_page_numbers_go() -> None:
    words = (LONG + " " + SECOND).split(" ")
    cut = 30

    def first(canvas: Any) -> None:
        body(canvas, 80, SECOND)
        rest = body(canvas, 700, " ".join(words[:cut]))
        assert rest < 800

    def second(canvas: Any) -> None:
        centred(canvas, WIDTH / 2, 40, "2")
        body(canvas, 80, " ".join(words[cut:]), indent=0)

    # the last line of the first page must be full for the join to be the only reading
    def full(count: int) -> bool:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        x, used = LEFT + 28, 0
        while used < count:
            n = count - used
            while n > 1 and x + stringWidth(" ".join(words[used : used + n]), FONT, 14) > RIGHT:
                n -= 1
            used, end, x = used + n, x + stringWidth(" ".join(words[used : used + n]), FONT, 14), LEFT
        return end + stringWidth(" " + words[count], FONT, 14) > RIGHT

    while not full(cut):
        cut += 1
    source = read(pdf(first, second))
    assert lines_of(source) == [SECOND, " ".join(words)]
    assert source.text[source.pages[1] :].startswith(words[cut])
    assert source.page_at(source.pages[1] - 1) == 1


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        (("Thông tư số 47/2024/TT-", "BGTVT quy định"), "Thông tư số 47/2024/TT-BGTVT quy định"),
        (("tại Công văn số", "202/BTTTT-KHTC ngày"), "tại Công văn số 202/BTTTT-KHTC ngày"),
        (("giai đoạn 2021-", "2025 của xã"), "giai đoạn 2021-2025 của xã"),
        (("thực hiện Quyết định số 15/QĐ-", "BXD ngày"), "thực hiện Quyết định số 15/QĐ-BXD ngày"),
        (("Phòng Kinh tế -", "Hạ tầng xã"), "Phòng Kinh tế - Hạ tầng xã"),
    ],
)
def test_a_symbol_cut_at_the_end_of_a_line_is_healed(printed: tuple[str, str], read_as: str) -> None:
    def page(canvas: Any) -> None:
        body(canvas, 80, SECOND)
        width = canvas.stringWidth(printed[0], FONT, 14)
        line(canvas, LEFT + 28, 160, "Căn cứ", 14)
        line(canvas, RIGHT - width, 160, printed[0], 14)
        line(canvas, LEFT, 178, printed[1] + " 15 tháng 3 và các văn bản có liên quan", 14)

    assert read_as in read(pdf(page)).text


def test_decomposed_letters_come_out_composed() -> None:
    import unicodedata

    def page(canvas: Any) -> None:
        body(canvas, 80, SECOND)
        body(canvas, 160, unicodedata.normalize("NFD", "Trường học xã Hòa Bản"))

    source = read(pdf(page))
    assert unicodedata.is_normalized("NFC", source.text)
    assert "xã Hòa Bản" in source.text


# --- notes -------------------------------------------------------------------------------------------------------


def test_footnotes_stand_behind_the_text_and_their_marks_go() -> None:
    def page(canvas: Any) -> None:
        body(canvas, 80, SECOND)
        width = line(canvas, LEFT + 28, 160, "Theo Luật số 42/2024/QH15", 14)
        canvas.setFont(FONT, 8)
        canvas.drawString(LEFT + 28 + width, HEIGHT - 155, "1")
        line(canvas, LEFT + 28 + width + 5, 160, ", diện tích 120 m", 14)
        mark = LEFT + 28 + width + 5 + canvas.stringWidth(", diện tích 120 m", FONT, 14)
        canvas.setFont(FONT, 8)
        canvas.drawString(mark, HEIGHT - 155, "2")
        line(canvas, mark + 9, 160, "đất được giao.", 14)
        canvas.setFont(FONT, 6)
        canvas.drawString(LEFT, HEIGHT - 756, "1")
        line(canvas, LEFT + 5, 760, "Luật về quản lý vật liệu do Quốc hội thông qua năm 2024.", 10)

    source = read(pdf(page))
    assert lines_of(source)[-1] == "Theo Luật số 42/2024/QH15, diện tích 120 m2 đất được giao."
    assert lines_of(source, BlockKind.NOTE) == ["1 Luật về quản lý vật liệu do Quốc hội thông qua năm 2024."]
    assert source.blocks[-1].kind is BlockKind.NOTE


# --- tables ------------------------------------------------------------------------------------------------------

EDGES = (85.0, 120.0, 380.0, 553.0)


def grid(canvas: Any, top: float, rows: list[tuple[str, ...]], height: float = 40) -> None:
    for i in range(len(rows) + 1):
        canvas.line(EDGES[0], HEIGHT - top - i * height, EDGES[-1], HEIGHT - top - i * height)
    for x in EDGES:
        canvas.line(x, HEIGHT - top, x, HEIGHT - top - len(rows) * height)
    for i, row in enumerate(rows):
        for x, cell in zip(EDGES, row, strict=False):
            for n, part in enumerate(cell.split("\n")):
                line(canvas, x + 4, top + i * height + 15 + 15 * n, part, 12)


HEADER = ("TT", "Nội dung nhiệm vụ", "Đơn vị thực hiện")


def test_a_table_is_read_cell_by_cell_and_goes_on_overleaf() -> None:
    def first(canvas: Any) -> None:
        body(canvas, 80, LONG)
        grid(
            canvas,
            640,
            [
                HEADER,
                ("1", "Rà soát số học sinh\nchưa ra lớp", "Trường Tiểu học"),
                ("2", "Tu sửa lớp học", "Ban quản lý"),
            ],
        )

    def second(canvas: Any) -> None:
        grid(canvas, 60, [HEADER, ("3", "Tuyên truyền", "Đoàn xã")])
        body(canvas, 200, SECOND)

    source = read(pdf(first, second))
    cells = [(b.cell.row, b.cell.column, b.span.of(source.text)) for b in source.blocks if b.cell]
    assert cells == [
        *((0, i, text) for i, text in enumerate(HEADER)),
        (1, 0, "1"),
        (1, 1, "Rà soát số học sinh chưa ra lớp"),
        (1, 2, "Trường Tiểu học"),
        (2, 0, "2"),
        (2, 1, "Tu sửa lớp học"),
        (2, 2, "Ban quản lý"),
        (3, 0, "3"),
        (3, 1, "Tuyên truyền"),
        (3, 2, "Đoàn xã"),
    ]
    assert {b.cell.table for b in source.blocks if b.cell} == {0}
    assert source.text.count("Tu sửa lớp học") == 1
    assert source.text.startswith(LONG) and source.text.endswith(SECOND)


def test_painted_ground_behind_words_is_no_table() -> None:
    def page(canvas: Any) -> None:
        canvas.setFillGray(0.95)
        for row in range(3):
            for column in range(5):
                canvas.rect(LEFT + 60 * column, HEIGHT - 84 - 18 * row, 60, 16, stroke=0, fill=1)
        canvas.setFillGray(0)
        body(canvas, 80, LONG)

    source = read(pdf(page))
    assert lines_of(source) == [LONG]
    assert source.blocks[0].cell is None


def test_turned_text_is_kept_in_cells_and_no_watermark_is_body() -> None:
    def page(canvas: Any) -> None:
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(50)
        canvas.setFont(BOLD, 60)
        canvas.drawString(0, 0, "LƯU HÀNH")
        canvas.restoreState()
        body(canvas, 80, LONG)
        grid(canvas, 300, [("", *HEADER[1:]), ("1", "Tu sửa lớp học", "Ban quản lý")])
        canvas.saveState()
        canvas.translate(105, HEIGHT - 338)
        canvas.rotate(90)
        canvas.setFont(FONT, 12)
        canvas.drawString(0, 0, "Thứ tự")
        canvas.restoreState()

    source = read(pdf(page))
    assert "LƯU" not in source.text
    assert lines_of(source)[:3] == [LONG, "Thứ tự", "Nội dung nhiệm vụ"]


# --- stamps ------------------------------------------------------------------------------------------------------


def field(canvas: Any, x: float, top: float, value: str, width: float = 28) -> None:
    """Text in the appearance of an annotation, as signing programmes leave it."""
    canvas.acroForm.textfield(
        value=value, x=x, y=HEIGHT - top - 3, width=width, height=14, fontSize=11, borderWidth=0, fontName="Helvetica"
    )


def test_number_and_day_in_annotations_fill_their_blanks() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas, number="", date="")
        line(canvas, 110, 104, "Số:")
        line(canvas, 162, 104, "/UBND-VHXH")
        line(canvas, 310, 104, "Hòa Bản, ngày")
        line(canvas, 425, 104, "tháng 01 năm 2026")
        field(canvas, 133, 104, "193")
        field(canvas, 398, 104, "10", width=24)
        field(canvas, 400, 20, "24.01.2026 20:01:14", width=150)
        body(canvas, 170, LONG)

    source = read(pdf(page))
    assert "Số: 193/UBND-VHXH" in lines_of(source)
    assert "Hòa Bản, ngày 10 tháng 01 năm 2026" in lines_of(source)
    assert lines_of(source, BlockKind.STAMP) == ["24.01.2026 20:01:14"]
    assert source.blocks[-1].kind is BlockKind.STAMP


def test_a_stamp_in_the_page_content_is_no_body_text() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas)
        body(canvas, 170, LONG)
        stamp = (
            "Ký bởi: Ủy ban nhân dân",
            "xã Hòa Bản",
            "Cơ quan: Huyện Thượng Lâm",
            "Thời gian ký: 05.01.2024 16:20:11",
        )
        for i, text in enumerate(stamp):
            line(canvas, 400, 166 + 9 * i, text, 8)

    source = read(pdf(page))
    assert lines_of(source)[-1] == LONG
    assert lines_of(source, BlockKind.STAMP) == [
        "Ký bởi: Ủy ban nhân dân xã Hòa Bản",
        "Cơ quan: Huyện Thượng Lâm",
        "Thời gian ký: 05.01.2024 16:20:11",
    ]


def test_the_day_of_signing_in_running_text_is_no_stamp() -> None:
    text = "Quyết định này có hiệu lực kể từ ngày ký. Người ký: Chủ tịch Ủy ban nhân dân xã chịu trách nhiệm thi hành."

    def page(canvas: Any) -> None:
        body(canvas, 80, LONG)
        body(canvas, 160, text)

    assert lines_of(read(pdf(page))) == [LONG, text]


# --- geometry ----------------------------------------------------------------------------------------------------


def test_boxes_are_points_from_the_top_left() -> None:
    def page(canvas: Any) -> None:
        body(canvas, 80, LONG)
        line(canvas, 200, 400, "Mốc", 14)

    source = read(pdf(page))
    mark = next(f for f in source.fragments if f.span.of(source.text) == "Mốc")
    assert mark.page == 1
    assert mark.box.x0 == pytest.approx(200, abs=1.5)
    assert mark.box.top < 400 - 9 and 400 < mark.box.bottom < 405


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages_read_like_upright_ones(turn: int) -> None:
    def upright(canvas: Any) -> None:
        letterhead(canvas)
        body(canvas, 170, LONG)

    def rotated(canvas: Any) -> None:
        if turn != 180:
            canvas.setPageSize((HEIGHT, WIDTH))
        canvas.translate(*{90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turn])
        canvas.rotate(turn)
        upright(canvas)

    document = pypdfium2.PdfDocument(pdf(rotated))
    document[0].set_rotation(turn)
    buffer = io.BytesIO()
    document.save(buffer)
    plain, turned = read(pdf(upright)), read(buffer.getvalue())
    assert turned.text == plain.text
    for a, b in zip(plain.fragments, turned.fragments, strict=True):
        assert (a.box.x0, a.box.top) == pytest.approx((b.box.x0, b.box.top), abs=1.5)


# --- what cannot be read -----------------------------------------------------------------------------------------


def picture(canvas: Any) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)


def test_pictures_of_pages_are_a_scan_even_with_a_stamp() -> None:
    def signed(canvas: Any) -> None:
        picture(canvas)
        field(canvas, 400, 20, "24.01.2026 20:01:14", width=150)

    with pytest.raises(ScannedFileError):
        read_pdf(pdf(picture, picture), NO_OCR)
    with pytest.raises(ScannedFileError):
        read_pdf(pdf(signed), NO_OCR)


def test_foreign_text_recognition_is_a_scan() -> None:
    noise = random.Random(7)
    words = ["".join(noise.choice("abcdefghijklmnoprstuvxyé") for _ in range(noise.randint(2, 6))) for _ in range(260)]

    def page(canvas: Any) -> None:
        picture(canvas)
        body(canvas, 80, " ".join(words))

    with pytest.raises(ScannedFileError):
        read_pdf(pdf(page), NO_OCR)


def test_a_picture_among_pages_of_text_is_a_warning() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas)
        body(canvas, 170, LONG)

    source = read_pdf(pdf(page, picture), NO_OCR)
    assert [w.code for w in source.warnings] == ["unreadable_page"] and "2" in source.warnings[0].detail
    assert source.text.endswith(LONG)
    assert len(source.pages) == 2


def test_files_that_cannot_be_opened() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    def page(canvas: Any) -> None:
        body(canvas, 80, LONG)

    with pytest.raises(EmptyInputError):
        read_pdf(b"")
    with pytest.raises(EmptyInputError):
        read_pdf(pdf(lambda canvas: None))
    with pytest.raises(EncryptedFileError):
        read_pdf(pdf(page, encrypt=StandardEncryption("secret", canPrint=0)))
    whole = pdf(page, page)
    for share in (0.2, 0.5, 0.9):
        with pytest.raises(DamagedFileError):
            read_pdf(whole[: int(len(whole) * share)])


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 1)

    def page(canvas: Any) -> None:
        body(canvas, 80, LONG)

    with pytest.raises(InputError):
        read_pdf(pdf(page, page))


def test_broken_bytes_raise_only_our_errors() -> None:
    def page(canvas: Any) -> None:
        letterhead(canvas)
        body(canvas, 170, LONG)

    whole, chance = pdf(page), random.Random(3)
    for _ in range(25):
        broken = bytearray(whole)
        for _ in range(40):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_pdf(bytes(broken)).check()
        except VndirectiveError:
            continue


# --- the shared notices ------------------------------------------------------------------------------------------


def shared(path: str) -> bytes:
    file = NOTICES / path
    if not file.is_file():
        pytest.skip("the shared notices are not here")
    return file.read_bytes()


@pytest.mark.parametrize(
    ("path", "number", "date"),
    [
        ("real/typed/d04.pdf", "Số: 507/UBND-KGVX", "ngày 24 tháng 01 năm 2025"),
        ("real/typed/d17.pdf", "Số: 453/TB-UBND", "ngày 29 tháng 4 năm 2026"),
        ("real/typed/d18.pdf", "Số: 193/UBND-KT", "ngày 10 tháng 01 năm 2026"),
        ("real/typed/d19.pdf", "Số: 3686/UBND-XD", "ngày 11 tháng 5 năm 2026"),
        ("real/typed/d20.pdf", "Số: 34/QĐ-TNNQG", "ngày 05 tháng 01 năm 2021"),
        ("wild/w227.pdf", "Số: 251/QĐ-UBND", "ngày 18 tháng 02 năm 2025"),
        ("wild/w235.pdf", "Số: 270/QĐ-BTNMT", "ngày 21 tháng 01 năm 2025"),
        ("wild/w239.pdf", "Số: 631/QĐ-UBND", "ngày 18 tháng 02 năm 2025"),
    ],
)
def test_numbers_and_dates_of_real_notices(path: str, number: str, date: str) -> None:
    lines = lines_of(read(shared(path)))[:15]
    assert number in lines
    assert any(text.endswith(date) for text in lines)


@pytest.mark.parametrize("path", ["real/scan/d03.pdf", "real/scan/d16.pdf", "wild/w193.pdf", "wild/w043.pdf"])
def test_real_scans_and_garbage_layers_are_told(path: str) -> None:
    with pytest.raises(ScannedFileError):
        read_pdf(shared(path), NO_OCR)


@pytest.mark.parametrize("name", ["r000", "r001", "r002", "r004"])
def test_rendered_notices_agree_with_their_word_files(name: str) -> None:
    import docx
    from docx.table import Table

    source = read(shared(f"rendered/pdf/{name}.pdf"))
    expected: list[str] = []
    for item in docx.Document(io.BytesIO(shared(f"rendered/docx/{name}.docx"))).iter_inner_content():
        cells = [c for r in item.rows for c in r.cells] if isinstance(item, Table) else [item]
        for cell in cells:
            expected += [p.text for p in cell.paragraphs] if isinstance(item, Table) else [cell.text]
    # a paragraph that the Word file itself holds in two parts may have been joined again
    printed = lines_of(source)
    missing = [text for text in (" ".join(t.split()) for t in expected) if not any(text in line for line in printed)]
    assert len(missing) <= 1, missing
