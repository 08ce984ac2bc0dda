"""Reading scans: what is prepared, read, doubted and repaired, and what is said where it cannot be."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from samples import NO_SCANS, NOTICES, ROOT, SHARED, records_of
from tests_pdf_pages import drawn_page, scan_of
from vndirective import extract
from vndirective.cli import app
from vndirective.errors import (
    DamagedFileError,
    EmptyInputError,
    MissingEngineError,
    MissingLanguageError,
    ScannedFileError,
    UnreadableScanError,
)
from vndirective.parsers import load
from vndirective.parsers.ocr.settings import OcrSettings
from vndirective.parsers.vietnamese import is_syllable, marked_share, valid_share

needs_ocr = pytest.mark.skipif(bool(NO_SCANS), reason=NO_SCANS or "scans can be read")
SAMPLES = ROOT / "samples" / "notices"
TYPED = SAMPLES / "s07-qd-ubnd-tinh.pdf"
BUNDLE = SAMPLES / "s17-ban-chup.pdf"


@cache
def picture(dpi: int = 200) -> Any:
    """The typed sample as grey pixels."""
    return scan_of(TYPED, dpi)


def as_file(pixels: Any, kind: str = "PNG", **options: Any) -> bytes:
    from PIL import Image

    result = io.BytesIO()
    Image.fromarray(pixels).save(result, kind, **options)
    return result.getvalue()


def as_pdf(*sheets: Any, dpi: int = 200) -> bytes:
    from PIL import Image

    first, *rest = [Image.fromarray(s) for s in sheets]
    result = io.BytesIO()
    first.save(result, "PDF", save_all=True, append_images=rest, resolution=dpi)
    return result.getvalue()


def findings(data: bytes, ocr: OcrSettings | None = None) -> dict[str, Any]:
    """What a clerk compares between the typed notice and its scan."""
    record = extract(data, ocr=ocr)[0]
    return {
        "number": record.number and record.number.canonical,
        "date": record.issued_on and record.issued_on.iso,
        "issuer": record.issuer and record.issuer.name,
        "subject": record.subject and record.subject.text,
        "signer": record.signatory and (record.signatory.position, record.signatory.name),
        "tasks": [(t.text, [(a.name, a.role) for a in t.assignees]) for t in record.tasks],
        "deadlines": [d.end for t in record.tasks for d in t.deadlines],
        "recipients": [r.name for r in record.recipients],
    }


# --- the same record, however the page lies ---------------------------------------------------------------------------


@needs_ocr
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_scan_gives_the_record_of_the_typed_notice_whichever_way_up(turns: int) -> None:
    import numpy as np

    assert findings(as_pdf(np.ascontiguousarray(np.rot90(picture(), turns)))) == findings(TYPED.read_bytes())


@needs_ocr
@pytest.mark.parametrize("degrees", [-3.0, 1.7])
def test_skewed_page(degrees: float) -> None:
    import cv2

    page = picture()
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    assert findings(
        as_file(cv2.warpAffine(page, matrix, (width, height), borderValue=(255,)), dpi=(200, 200))
    ) == findings(TYPED.read_bytes())


@needs_ocr
def test_uneven_light_and_a_red_seal_over_the_name() -> None:
    import cv2
    import numpy as np

    page = np.repeat(picture()[:, :, None], 3, axis=2)
    seal = np.full_like(page, 255)
    cv2.circle(seal, (1080, 1480), 130, (215, 60, 60), 6)
    page = np.minimum(page, seal)  # ink on ink: what is black stays black
    light = np.linspace(0.72, 1.0, page.shape[1])[None, :, None]
    assert findings(as_file((page * light).astype(np.uint8), "JPEG", quality=70, dpi=(200, 200))) == findings(
        TYPED.read_bytes()
    )


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_picture_formats(kind: str) -> None:
    assert findings(as_file(picture(), kind, dpi=(200, 200))) == findings(TYPED.read_bytes())


@needs_ocr
def test_fax_of_one_bit_in_a_tiff_of_several_pages() -> None:
    import numpy as np
    from PIL import Image

    sheet = Image.fromarray(np.where(picture() > 150, 255, 0).astype(np.uint8)).convert("1")
    result = io.BytesIO()
    sheet.save(result, "TIFF", save_all=True, append_images=[Image.new("1", sheet.size, 1)], compression="group4")
    source = load(result.getvalue())
    assert len(source.pages) == 2
    assert source.media_type == "image/tiff"
    assert findings(result.getvalue())["number"] == findings(TYPED.read_bytes())["number"]


@needs_ocr
def test_boxes_lie_where_the_words_are_printed_on_a_turned_page() -> None:
    import numpy as np

    upright = load(as_pdf(picture()))
    turned = load(as_pdf(np.ascontiguousarray(np.rot90(picture(), 2))))
    height, width = picture().shape[0] * 72 / 200, picture().shape[1] * 72 / 200
    for a, b in zip(upright.fragments[:20], turned.fragments[:20], strict=True):
        assert a.box.x0 == pytest.approx(width - b.box.x1, abs=4)
        assert a.box.top == pytest.approx(height - b.box.bottom, abs=4)


@needs_ocr
def test_several_notices_scanned_into_one_file_are_parted() -> None:
    records = records_of(BUNDLE)
    assert [r.doc_type and r.doc_type.code for r in records] == ["CT", "QĐ", "KH", "CV"]
    assert {r.source.text_origin for r in records} == {"ocr"}
    assert all(r.source.ocr_confidence and r.source.ocr_confidence > 0.9 for r in records)


@needs_ocr
def test_stamp_fills_the_urgency() -> None:
    record = records_of(SAMPLES / "s18-anh-chup.jpg")[0]
    assert record.marks.urgency == "HỎA TỐC"
    assert "HỎA TỐC" not in "".join(t.text for t in record.tasks)


@needs_ocr
def test_best_reads_no_worse() -> None:
    assert findings(as_pdf(picture(150), dpi=150), OcrSettings(mode="best")) == findings(TYPED.read_bytes())


@needs_ocr
def test_same_bytes_same_record() -> None:
    data = as_pdf(picture())
    assert [r.model_dump_json() for r in extract(data)] == [r.model_dump_json() for r in extract(data)]


# --- judging pages ----------------------------------------------------------------------------------------------------


def test_syllables() -> None:
    for word in ("nghiêng", "quyết", "giếng", "gì", "khuỷu", "thuở", "Đắk", "ủy", "uỷ", "hoà", "hòa", "yêu", "trịnh"):
        assert is_syllable(word), word
    for word in ("Dl", "quyêt", "xyz", "nghaa", "tấtc", "school"):
        assert not is_syllable(word), word


def test_what_scanners_leave_is_told_from_vietnamese() -> None:
    garbage = "CQNG HOA xA HQI CHU NGHiA Ban hanh kem theo thong tu nay va cac van ban huong dan"
    sound = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành khẩn trương triển khai thực hiện"
    assert (marked_share(garbage) or 0) < 0.15
    assert (marked_share(sound) or 0) > 0.5
    assert valid_share(sound) == 1.0


@needs_ocr
def test_garbage_layer_is_not_believed() -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    result = io.BytesIO()
    canvas = Canvas(result, (595, 842))
    canvas.drawImage(ImageReader(io.BytesIO(as_file(picture()))), 0, 0, 595, 842)
    text = canvas.beginText(50, 780)
    text.setTextRenderMode(3)
    for _ in range(40):
        text.textLine("CQNG HOA xA HQI CHU NGHiA VIJ;T NAM DQc I~p - TV do Ban hanh kem theo van ban nay")
    canvas.drawText(text)
    canvas.save()
    source = load(result.getvalue())
    assert source.text_origin == "ocr"
    assert "CQNG" not in source.text
    assert findings(result.getvalue()) == findings(TYPED.read_bytes())


@needs_ocr
def test_stamp_of_true_text_on_a_scan_is_kept_and_the_rest_is_read() -> None:
    import numpy as np
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    blank = picture().copy()
    blank[640:700, 640:780] = 255
    result = io.BytesIO()
    canvas = Canvas(result, (595, 842))
    canvas.drawImage(ImageReader(io.BytesIO(as_file(np.ascontiguousarray(blank)))), 0, 0, 595, 842)
    canvas.setFont("Helvetica", 6)
    for at, line in enumerate(
        ("Digitally signed by: UBND", "Email: vanthu@songiang.example", "27.10.2025 09:12:33 +07:00")
    ):
        canvas.drawString(400, 820 - 8 * at, line)
    canvas.save()
    source = load(result.getvalue())
    assert source.text_origin == "mixed"
    assert [b.kind for b in source.blocks if "Digitally" in b.span.of(source.text)] == ["stamp"]
    assert "Ban Chỉ đạo" in source.text


@needs_ocr
def test_mixed_file_is_read_page_by_page() -> None:
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    whole.import_pages(pypdfium2.PdfDocument(TYPED))
    whole.import_pages(pypdfium2.PdfDocument(as_pdf(picture())))
    result = io.BytesIO()
    whole.save(result)
    source = load(result.getvalue())
    assert source.text_origin == "mixed"
    confident = [f.confidence for f in source.fragments if f.page == 1]
    assert confident and set(confident) == {None}
    assert all(f.confidence is not None for f in source.fragments if f.page == 2)


# --- bad input --------------------------------------------------------------------------------------------------------


@needs_ocr
def test_blank_page_alone_is_empty_and_among_others_costs_nothing() -> None:
    import numpy as np

    white = np.full_like(picture(), 255)
    with pytest.raises(EmptyInputError):
        load(as_pdf(white))
    assert findings(as_pdf(picture(), white))["number"] == "3058/QĐ-UBND"


@needs_ocr
def test_page_of_a_drawing_is_reported() -> None:
    drawing = drawn_page()
    record = extract(as_pdf(picture(), drawing))[0]
    assert record.number is not None and record.source.pages == 2
    assert ["trang 2" in w.message for w in record.warnings if w.code == "unreadable_page"] == [True]


@needs_ocr
def test_picture_over_the_limit_is_not_decoded() -> None:
    from PIL import Image

    huge = io.BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(huge, "PNG")
    with pytest.raises(UnreadableScanError) as caught:
        extract(huge.getvalue())
    assert "20000×20000" in caught.value.message("vi")
    assert "--max-pixels" in caught.value.next_step("vi")


@needs_ocr
def test_limit_of_pages_reads_the_first_and_names_the_rest() -> None:
    source = load(BUNDLE.read_bytes(), ocr=OcrSettings(max_pages=1))
    assert "CHỈ THỊ" in source.text
    assert [w.detail.split(":")[0] for w in source.warnings if w.code == "unreadable_page"] == [
        f"trang {n}" for n in (2, 3, 4, 5)
    ]


def test_cut_picture_is_damaged() -> None:
    pytest.importorskip("PIL")
    with pytest.raises(DamagedFileError):
        load(as_file(picture())[:2000])


def test_recognition_may_be_off() -> None:
    with pytest.raises(ScannedFileError) as caught:
        load(BUNDLE.read_bytes(), ocr=OcrSettings(mode="off"))
    assert "--ocr off" in caught.value.next_step("vi")


def test_missing_vietnamese_data_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("tesserocr")
    monkeypatch.setenv("VNDIRECTIVE_TESSDATA", str(tmp_path))
    with pytest.raises(MissingLanguageError) as caught:
        load(BUNDLE.read_bytes())
    assert "tesseract-ocr-vie" in caught.value.next_step("vi")
    assert caught.value.exit_code == 8


def test_missing_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingEngineError) as caught:
        load(BUNDLE.read_bytes(), ocr=OcrSettings(engine="no-such-engine"))
    assert "vndirective[ocr]" in caught.value.next_step("en")


def test_missing_engine_costs_a_mixed_file_only_its_scans() -> None:
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    whole.import_pages(pypdfium2.PdfDocument(TYPED))
    whole.import_pages(pypdfium2.PdfDocument(BUNDLE), [0])
    result = io.BytesIO()
    whole.save(result)
    source = load(result.getvalue(), ocr=OcrSettings(engine="no-such-engine"))
    assert "3058/QĐ-UBND" in source.text
    assert [w.code for w in source.warnings] == ["unreadable_page"]


def test_another_engine_is_plugged_in_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    from vndirective.parsers.ocr import engine

    class Deaf:
        name = "deaf"

        def read(self, picture: Any, dpi: int, boxes: Any, layout: str) -> list[list[engine.EngineWord]]:
            return [[] for _ in boxes]

    class Point:
        def load(self) -> Any:
            return lambda tessdata, model: Deaf()

    monkeypatch.setattr(engine, "entry_points", lambda group, name: [Point()] if name == "deaf" else [])
    engine._load.cache_clear()
    with pytest.raises(UnreadableScanError) as caught:
        load(BUNDLE.read_bytes(), ocr=OcrSettings(engine="deaf"))
    engine._load.cache_clear()
    assert "trang 1" in caught.value.message("vi")


# --- doubt and repair -------------------------------------------------------------------------------------------------


def words(*read: tuple[str, float]) -> list[Any]:
    from vndirective.parsers.ocr.engine import EngineWord

    return [EngineWord(t, c, 60 * i, 0, 60 * i + 50, 20, 18.0) for i, (t, c) in enumerate(read)]


def repaired(*read: tuple[str, float]) -> str:
    from vndirective.parsers.ocr.repair import repairs

    line = words(*read)
    found = repairs(line)
    return " ".join(found.get(i, w.text) for i, w in enumerate(line))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ([("yêu", 0.96), ("câu", 0.9)], "yêu cầu"),
        ([("thâm", 0.9), ("quyên", 0.9)], "thẩm quyền"),
        ([("Tô", 0.9), ("chức", 0.96)], "Tổ chức"),
        ([("sinh", 0.9), ("hoạt", 0.9), ("chỉ", 0.97), ("bộ", 0.97)], "sinh hoạt chi bộ"),
        ([("CHÍ", 0.97), ("THỊ", 0.97)], "CHỈ THỊ"),
        ([("Băc", 0.9), ("Kạn,", 0.96), ("ngày", 0.9)], "Bắc Kạn, ngày"),
        ([("ỦY", 0.9), ("BAN", 0.9), ("NHẦN", 0.7), ("DÂN", 0.9)], "ỦY BAN NHÂN DÂN"),
        ([("Điều", 0.9), ("9,", 0.8), ("Hội", 0.9), ("đồng", 0.9)], "Điều 9. Hội đồng"),
        ([("LAO", 0.9), ("ĐỘNG", 0.9), ("TỈNHSƠN", 0.9)], "LAO ĐỘNG TỈNH SƠN"),
        ([("UBND", 0.9), ("tỉnh", 0.9), ("(b/€);", 0.6)], "UBND tỉnh (b/c);"),
    ],
)
def test_repair_where_context_decides(read: list[tuple[str, float]], text: str) -> None:
    assert repaired(*read) == text


@pytest.mark.parametrize(
    "read",
    [
        [("mỗi", 0.96), ("trường", 0.96)],  # "môi trường" is a word, but a mark that was read stays
        [("ông", 0.9), ("Trân", 0.9), ("Đai", 0.9)],  # names
        [("số", 0.5), ("12/TB-UBND", 0.4)],  # numbers and symbols
        [("yêu", 0.99), ("câu", 0.99)],  # read for sure
        [("đầu", 0.9), ("tư", 0.9)],
        [("Tân", 0.9), ("Hông,", 0.9), ("ngày", 0.9)],
        [("ONLINE", 0.6), ("QUYÉTS", 0.6)],
        [("Bắc", 0.9), ("Kạn", 0.9), ("ngày", 0.9)],  # a province as it stands
        [("Băc", 0.99), ("Kạn,", 0.99), ("ngày", 0.9)],  # read surely: a place may be called so
        [("Băc", 0.9), ("Kạn", 0.9), ("báo", 0.9)],  # no date line
    ],
)
def test_repair_is_shy(read: list[tuple[str, float]]) -> None:
    assert repaired(*read) == " ".join(t for t, _ in read)


def test_repair_looks_at_the_word_below() -> None:
    from vndirective.parsers.ocr.repair import repairs

    assert repairs(words(("hóa,", 0.99), ("Thế", 0.99)), words(("thao", 0.99))[0]) == {1: "Thể"}


@needs_ocr
def test_repaired_word_keeps_its_raw_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    from vndirective.parsers.ocr import reading

    monkeypatch.setattr(
        reading, "repairs", lambda line, below: {k: "QUYẾT" for k, w in enumerate(line) if w.text == "QUYẾT"}
    )
    source = load(as_pdf(picture()))
    changed = [f for f in source.fragments if f.reading]
    assert changed and all(f.span.of(source.text) == "QUYẾT" and f.reading == "QUYẾT" for f in changed)
    assert all(f.confidence is not None and f.confidence <= 0.85 for f in changed)


def test_two_readings_of_a_number_leave_it_in_doubt() -> None:
    from vndirective.parsers.ocr.second import DISPUTED, settle

    line = settle(words(("ngày", 0.96), ("20/5/2025", 0.95)), words(("ngày", 0.96), ("26/5/2025", 0.94)))
    assert [w.text for w in line] == ["ngày", "20/5/2025"]
    assert line[1].doubtful and line[1].confidence <= DISPUTED


def test_between_two_readings_of_a_word_the_phrase_decides() -> None:
    from vndirective.parsers.ocr.second import settle

    line = settle(words(("yêu", 0.96), ("câu", 0.9)), words(("yêu", 0.96), ("cầu", 0.85)))
    assert [w.text for w in line] == ["yêu", "cầu"]


@needs_ocr
def test_handwritten_number_and_day_are_left_out_with_a_warning() -> None:
    import cv2

    page = picture(300).copy()
    # strokes over "3058" and over the day, as a pen leaves them
    number, day = _place("3058"), _place("27")
    for x0, top, x1, bottom in (number, day):
        page[top - 8 : bottom + 8, x0 - 2 : x1 + 2] = 255
        middle = (top + bottom) // 2
        cv2.ellipse(page, ((x0 + x1) // 2, middle), ((x1 - x0) // 3, bottom - top), 20, 0, 300, (0,), 4)
        cv2.line(page, (x0, bottom + 6), (x1, top - 10), (0,), 4)
    record = extract(as_pdf(page, dpi=300))[0]
    assert record.number is not None and record.number.value is None
    assert record.number.symbol == "QĐ-UBND"
    assert record.issued_on is not None and record.issued_on.iso == "2025-10"
    assert record.issued_on.evidence.confidence < 0.9  # a day stands there that was not read
    assert {"missing_number", "incomplete_date", "ocr_number_uncertain"} <= {w.code for w in record.warnings}


@needs_ocr
def test_handwritten_number_and_day_are_read_where_the_model_is_sure() -> None:
    import cv2

    from vndirective.parsers.ocr.hand import HAND, model_path

    if model_path() is None:
        pytest.skip("pip install 'vndirective[handwriting]'")
    page = picture(300).copy()
    for text, (x0, top, x1, bottom) in (("3508", _place("3058")), ("26", _place("27"))):
        page[top - 8 : bottom + 8, x0 - 2 : x1 + 2] = 255
        # strokes of a pen: thin, slanting, off the line
        slanting = cv2.FONT_HERSHEY_SIMPLEX | cv2.FONT_ITALIC
        cv2.putText(page, text, (x0 - 6, bottom - 4), slanting, 1.1, (60,), 3, cv2.LINE_AA)
    record = extract(as_pdf(page, dpi=300))[0]
    assert record.number is not None and record.number.value == "3508"
    assert record.issued_on is not None and record.issued_on.iso == "2025-10-26"
    assert record.number.evidence.confidence <= HAND and record.issued_on.evidence.confidence <= HAND
    assert "ocr_number_uncertain" in {w.code for w in record.warnings}


def _place(text: str) -> tuple[int, int, int, int]:
    """Where the digits stand in the letterhead, in pixels at 300 dots an inch."""
    source = load(TYPED.read_bytes())
    head = source.text.index("Số:") if text == "3058" else source.text.index("ngày 27")
    at = source.text.index(text, head)
    word = next(f for f in source.fragments if f.span.start <= at < f.span.end)
    share = (word.box.x1 - word.box.x0) / len(word.span)
    start = word.box.x0 + share * (at - word.span.start)
    scale = 300 / 72
    edges = (start, word.box.top + 3, start + share * len(text), word.box.bottom - 3)
    x0, top, x1, bottom = (round(v * scale) for v in edges)
    return x0, top, x1, bottom


@needs_ocr
def test_confidence_of_words_flows_into_the_evidence() -> None:
    typed, scan = extract(TYPED.read_bytes())[0], extract(as_pdf(picture()))[0]
    assert typed.number is not None and scan.number is not None
    assert typed.number.evidence.confidence > 0.98 > scan.number.evidence.confidence > 0.5


@pytest.mark.parametrize(
    ("stamp", "iso"),
    [
        ("Ký bởi: Ủy ban nhân dân tỉnh Sơn Giang\nThời gian ký: 27/10/2025 09:12:33", "2025-10-27"),
        ("Ký bởi: Trung tâm Công báo\nThời gian ký: 28/10/2025 09:12:33", "2025-10"),  # another body
        ("Ký bởi: Ủy ban nhân dân tỉnh Sơn Giang\nThời gian ký: 03/11/2025 09:12:33", "2025-10"),  # another month
    ],
)
def test_the_issuers_own_signature_confirms_the_day(stamp: str, iso: str) -> None:
    from dataclasses import replace

    from vndirective.extract.header import read_header
    from vndirective.parsers.source import Block, BlockKind, Span
    from vndirective.segment.reader import read_notice

    source = load("".join((TYPED_TEXT, "\n", stamp)).encode())
    lines = stamp.splitlines()
    kept = [b for b in source.blocks if b.span.of(source.text) not in lines]
    marks = [
        Block(Span(source.text.index(line), source.text.index(line) + len(line)), BlockKind.STAMP) for line in lines
    ]
    header = read_header(read_notice(replace(source, blocks=(*kept, *marks))))
    assert header.issued_on is not None and header.issued_on.iso == iso


TYPED_TEXT = """ỦY BAN NHÂN DÂN
TỈNH SƠN GIANG
Số:       /QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Giang, ngày       tháng 10 năm 2025
QUYẾT ĐỊNH
Về việc thành lập Ban Chỉ đạo
Điều 1. Sở Nội vụ chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
CHỦ TỊCH
Vi Văn Thắng"""


# --- the command ------------------------------------------------------------------------------------------------------


@needs_ocr
def test_searchable_pdf_and_hocr(tmp_path: Path) -> None:
    out, page = tmp_path / "tim-duoc.pdf", tmp_path / "trang.html"
    result = CliRunner().invoke(app, ["ocr", str(BUNDLE), "-o", str(out), "--hocr", str(page)])
    assert result.exit_code == 0, result.output
    assert [line for line in result.output.splitlines() if line.startswith("Trang ")] == [
        f"Trang {n}/5" for n in range(1, 6)
    ]
    layer = load(out.read_bytes(), ocr=OcrSettings(mode="off"))
    assert "chỉ thị" in layer.text.lower() and "thực phẩm" in layer.text
    markup = page.read_text(encoding="utf-8")
    assert markup.count('class="ocr_page"') == 5
    assert re.search(r'class="ocrx_word"[^>]*bbox \d+ \d+ \d+ \d+; x_wconf \d+', markup)
    again = tmp_path / "lan-hai.pdf"
    CliRunner().invoke(app, ["ocr", str(BUNDLE), "-o", str(again)])
    assert again.read_bytes() == out.read_bytes()


@needs_ocr
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_layer_lies_on_the_words_of_a_turned_page(turns: int, tmp_path: Path) -> None:
    import numpy as np
    import pypdfium2

    scan, out = tmp_path / "scan.pdf", tmp_path / "out.pdf"
    scan.write_bytes(as_pdf(np.ascontiguousarray(np.rot90(picture(), turns))))
    assert CliRunner().invoke(app, ["ocr", str(scan), "-o", str(out)]).exit_code == 0
    with pypdfium2.PdfDocument(out) as document:
        found = document[0].get_textpage().get_text_range()
    assert {"Văn", "hóa,", "QUYẾT"} <= set(found.split())


def test_ocr_of_a_word_file_says_what_it_takes(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["ocr", str(SAMPLES / "s01-tb-ubnd-huyen.docx"), "-o", str(tmp_path / "x.pdf")])
    assert result.exit_code == 4
    assert not list(tmp_path.iterdir())


@needs_ocr
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("command", ["ocr", "extract"])
def test_interrupt_leaves_nothing_half_written(command: str, tmp_path: Path) -> None:
    out = tmp_path / ("out.pdf" if command == "ocr" else "out")
    program = "import sys; sys.argv[0] = 'vndirective'; from vndirective.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, command, str(BUNDLE), "-o", str(out)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    if command == "ocr":
        assert process.stderr.readline().startswith("Trang 1/")  # it has begun to read
    else:
        time.sleep(4)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert process.returncode in (130, 0)
    left = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert not [p for p in left if p.suffix == ".part"]
    for path in left:
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))


# --- the shared scans, where they are ---------------------------------------------------------------------------------


@needs_ocr
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
@pytest.mark.parametrize("name", ["w169", "w171"])
def test_shared_garbage_layers_are_read_from_the_picture(name: str) -> None:
    source = load((SHARED / "notices" / "wild" / f"{name}.pdf").read_bytes())
    assert source.text_origin == "ocr"
    assert (valid_share(source.text) or 0) > 0.9


@needs_ocr
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
def test_shared_broken_character_map_is_noticed() -> None:
    source = load((SHARED / "notices" / "wild" / "w045.pdf").read_bytes())
    assert source.text_origin == "ocr"
    assert (valid_share(source.text) or 0) > 0.9


def test_scans_are_among_the_samples() -> None:
    if NO_SCANS:
        pytest.skip(NO_SCANS)
    assert {"s17-ban-chup", "s18-anh-chup"} <= {p.stem for p in NOTICES}
