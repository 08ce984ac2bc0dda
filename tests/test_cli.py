"""The command line as a user meets it: good input, bad input, and what is said of both."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from samples import ROOT
from vndirective.cli import app
from vndirective.schema.record import Record

NOTICES = ROOT / "samples" / "notices"
TXT = NOTICES / "s03-nq-dang-uy-xa.txt"
DOCX = (NOTICES / "s05-cv-so-noi-vu.docx").read_bytes()
PDF = (NOTICES / "s07-qd-ubnd-tinh.pdf").read_bytes()
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)


def _scan() -> bytes:
    """A page without text, as a scanner makes it."""
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawInlineImage(Image.new("L", (600, 850), 180), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


SCAN = _scan()

BAD = [
    ("empty.txt", b"", 3),
    ("blank.txt", b" \n\t\n", 3),
    ("junk.bin", bytes(range(256)) * 8, 4),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 4),
    ("cut.docx", DOCX[: len(DOCX) // 2], 5),
    ("cut.pdf", PDF[: len(PDF) // 3], 5),
    ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), 6),
    ("photo.jpg", PHOTO, 7),
    ("scan.pdf", SCAN, 7),
]


def invoke(*arguments: str | Path):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize(("name", "data", "code"), BAD, ids=lambda v: v if isinstance(v, str) else "")
def test_bad_input_has_its_own_code_and_a_next_step(tmp_path: Path, name: str, data: bytes, code: int) -> None:
    (tmp_path / name).write_bytes(data)
    result = invoke("extract", tmp_path / name, "-o", tmp_path / "out", "--jobs", "1", "--ocr", "off")
    assert result.exit_code == code
    assert "Cách xử lý" in result.output and "Traceback" not in result.output
    failures = [json.loads(x) for x in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(f["uri"], f["exit_code"]) for f in failures] == [(name, code)]
    assert not list((tmp_path / "out").rglob("records/*"))


def test_one_bad_file_leaves_the_others_unharmed(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "sub"
    folder.mkdir(parents=True)
    for name, data, _ in BAD:
        (tmp_path / "in" / name).write_bytes(data)
    (folder / "nghi-quyet.txt").write_bytes(TXT.read_bytes())
    (folder / ".hidden.txt").write_text("x")
    (folder / "~$lock.docx").write_text("x")
    result = invoke("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    written = [
        p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out" / "records").rglob("*") if p.is_file()
    ]
    assert written == ["records/sub/nghi-quyet.txt.json"]
    assert len(
        [json.loads(x) for x in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    ) == len(BAD)


def test_wrong_extension_is_read_by_content(tmp_path: Path) -> None:
    (tmp_path / "thuc-ra-la-docx.txt").write_bytes(DOCX)
    result = invoke("extract", tmp_path / "thuc-ra-la-docx.txt", "-o", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 0 and "3 tasks" not in result.output and "4 tasks" in result.output


def test_several_notices_in_one_file_are_several_records(tmp_path: Path) -> None:
    result = invoke("extract", NOTICES / "s14-hai-van-ban.txt", "-o", tmp_path)
    assert result.exit_code == 0
    names = sorted(p.name for p in (tmp_path / "records").iterdir())
    assert names == ["s14-hai-van-ban.txt.2.json", "s14-hai-van-ban.txt.json"]
    parts = [Record.model_validate_json((tmp_path / "records" / n).read_bytes()) for n in names]
    assert [(r.source.part, r.source.parts, r.number and r.number.value) for r in parts] == [(2, 2, "62"), (1, 2, "61")]


def test_no_text_leaves_the_text_out(tmp_path: Path) -> None:
    invoke("extract", TXT, "-o", tmp_path, "--no-text")
    record = json.loads((tmp_path / "records" / f"{TXT.name}.json").read_text(encoding="utf-8"))
    assert record["text"] is None and record["tasks"][0]["evidence"]["quote"]


def test_missing_input_and_empty_folder(tmp_path: Path) -> None:
    assert invoke("extract", tmp_path / "nope", "-o", tmp_path / "out").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert invoke("extract", tmp_path / "empty", "-o", tmp_path / "out").exit_code == 2


def test_explain_shows_quote_place_and_rule() -> None:
    result = invoke("explain", NOTICES / "s07-qd-ubnd-tinh.pdf", "--width", "160")
    assert result.exit_code == 0
    for shown in ("3058/QĐ-UBND", "number.letterhead", "tr. 1", "Nhiệm vụ"):
        assert shown in result.output


def test_explain_of_a_scan_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(SCAN)
    result = invoke("explain", tmp_path / "scan.pdf", "--lang", "en", "--ocr", "off")
    assert result.exit_code == 7 and "without --ocr off" in result.output


def test_text_is_normalised_and_its_quality_is_told(tmp_path: Path) -> None:
    vni = NOTICES / "s57-qd-vni.txt"
    result = invoke("text", vni)
    assert result.exit_code == 0 and result.stdout.startswith("UỶ BAN NHÂN DÂN\nHUYỆN LẠC ĐÔNG")
    table = invoke("text", vni, NOTICES / "s54-goi-van-ban.zip", "--quality", "--width", "140", "--lang", "en")
    assert table.exit_code == 0
    for shown in ("Valid syllables", "VNI", "s54-goi-van-ban.zip/cong dien/06.txt", "utf-8"):
        assert shown in table.stdout
    assert "Âm tiết hợp lệ" in invoke("text", vni, "--quality", "--width", "140").stdout
    (tmp_path / "cut.docx").write_bytes(DOCX[:300])
    told = invoke("text", vni, tmp_path / "cut.docx", "--quality", "--json")
    assert told.exit_code == 5
    rows = json.loads(told.stdout)
    assert (rows[0]["encoding"], rows[0]["media_type"], rows[0]["warnings"]) == (
        "VNI",
        "text/plain",
        ["legacy_encoding"],
    )
    assert rows[0]["valid"] >= 0.97 and rows[0]["words"] > 100
    assert (rows[1]["uri"], rows[1]["error"]) == ("cut.docx", "damaged")
    assert invoke("text", tmp_path / "nope.txt").exit_code == 2


def test_what_a_file_says_of_itself_is_shown_and_nothing_is_derived_from_it(tmp_path: Path) -> None:
    import docx

    def saved(author: str, year: int) -> bytes:
        document = docx.Document(io.BytesIO(DOCX))
        core = document.core_properties
        core.author, core.title, core.created = author, "Số: 999/QĐ-TTg", datetime(year, 1, 2)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    for name, author, year in (("a.docx", "Thủ tướng Chính phủ", 1999), ("b.docx", "x", 2031)):
        (tmp_path / name).write_bytes(saved(author, year))
    rows = json.loads(invoke("text", tmp_path, "--quality", "--json").stdout)
    assert [(r["metadata"]["author"], r["metadata"]["created"][:10]) for r in rows] == [
        ("Thủ tướng Chính phủ", "1999-01-02"),
        ("x", "2031-01-02"),
    ]
    assert "Thủ tướng" not in invoke("text", tmp_path, "--quality", "--width", "160").stdout
    invoke("extract", tmp_path / "a.docx", tmp_path / "b.docx", "-o", tmp_path / "out")
    records = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((tmp_path / "out" / "records").iterdir())]
    for record in records:
        del record["id"], record["source"]
    assert records[0] == records[1]
    pdf = json.loads(invoke("text", NOTICES / "s07-qd-ubnd-tinh.pdf", "--quality", "--json").stdout)
    assert pdf[0]["metadata"]["created"].startswith("D:")
    old = json.loads(invoke("text", NOTICES / "s51-kh-tcvn3.doc", "--quality", "--json").stdout)
    assert old[0]["metadata"]["created"] and old[0]["encoding"] == "TCVN3 (.VnTime)"


def test_doctor_and_version() -> None:
    result = invoke("doctor", "--lang", "en")
    assert result.exit_code == 0 and "underthesea" in result.output and "LibreOffice" in result.output
    assert "vndirective" in invoke("--version").output


def test_a_text_that_is_no_notice_invents_nothing(tmp_path: Path) -> None:
    (tmp_path / "tho.txt").write_text("Hôm nay trời đẹp.\nTôi đi chợ mua rau.\n", encoding="utf-8")
    assert invoke("extract", tmp_path / "tho.txt", "-o", tmp_path / "out").exit_code == 0
    record = Record.model_validate_json((tmp_path / "out" / "records" / "tho.txt.json").read_bytes())
    empty = (
        record.doc_type,
        record.number,
        record.issuer,
        record.place,
        record.issued_on,
        record.subject,
        record.signatory,
    )
    assert empty == (None,) * 7 and not record.tasks and record.system == "other"
    assert "no_tasks_found" in {w.code for w in record.warnings}
