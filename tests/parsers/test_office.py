"""Old Word, RTF, ODT, Word 2003 XML: the same notice is the same record, and LibreOffice is kept on a short lead."""

from __future__ import annotations

import io
import json
import os
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from samples import NO_OFFICE, ROOT
from vndirective import batch, extract
from vndirective.errors import (
    DamagedFileError,
    EmptyInputError,
    EncryptedFileError,
    LimitError,
    MissingOfficeError,
    UnsafeFileError,
)
from vndirective.parsers import load, sniff
from vndirective.parsers.office import convert, plain
from vndirective.parsers.source import BlockKind, SourceText
from vndirective.pipeline import read_document

needs_office = pytest.mark.skipif(bool(NO_OFFICE), reason=NO_OFFICE or "LibreOffice is here")
NOTICES = ROOT / "samples" / "notices"
TYPED = NOTICES / "s50-kh-so-nong-nghiep.docx"
SAVED = [f"s50-kh-so-nong-nghiep{s}" for s in (".doc", ".rtf", ".odt")] + ["s51-kh-tcvn3.doc", "s52-kh-vni.doc"]
HEADER = (
    "system",
    "doc_type",
    "number",
    "issuer",
    "place",
    "issued_on",
    "subject",
    "signatory",
    "recipients",
    "archive",
)


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without LibreOffice."""
    monkeypatch.setenv("VNDIRECTIVE_SOFFICE", "")
    convert.program.cache_clear()
    yield
    monkeypatch.undo()
    convert.program.cache_clear()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of converted files that is empty."""
    monkeypatch.setenv("VNDIRECTIVE_CACHE", str(tmp_path / "cache"))
    convert._folder.cache_clear()
    yield tmp_path / "cache"
    monkeypatch.undo()
    convert._folder.cache_clear()


def of_content(value: Any) -> Any:
    """A record's values, without what tells of the file and of pages."""
    if isinstance(value, dict):
        gone = {"source", "id", "boxes", "page"}
        return {k: of_content(v) for k, v in value.items() if k not in gone or (k == "id" and "evidence" in value)}
    if isinstance(value, list):
        return [of_content(v) for v in value if not (isinstance(v, dict) and v.get("code") == "legacy_encoding")]
    return value


def record(path: Path) -> dict[str, Any]:
    [one] = extract(path)
    return one.model_dump(mode="json")


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if k != "spans"}
    return [without_places(v) for v in value] if isinstance(value, list) else value


def lines(source: SourceText) -> list[str]:
    source.check()
    return [b.span.of(source.text) for b in source.blocks]


def saved(document: Any, maker: str, folder: Path) -> bytes:
    """A python-docx document as LibreOffice saves it; `maker` is a suffix, or a suffix and a filter."""
    document.save(str(folder / "fixture.docx"))
    suffix = maker.partition(":")[0]
    command = [convert.program() or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", maker, "--outdir", str(folder / "saved"), str(folder / "fixture.docx")],
        check=True,
        capture_output=True,
    )
    return (folder / "saved" / f"fixture.{suffix}").read_bytes()


# --- the same notice, whatever it was saved as --------------------------------------------------------------------------


@needs_office
@pytest.mark.parametrize("name", SAVED)
def test_the_same_notice_is_the_same_record(name: str) -> None:
    assert of_content(record(NOTICES / name)) == of_content(record(TYPED))


@pytest.mark.parametrize("name", SAVED)
@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_the_header_is_the_same_and_it_is_said(name: str) -> None:
    plainly, typed = record(NOTICES / name), record(TYPED)
    for field in HEADER:
        assert without_places(plainly[field]) == without_places(typed[field]), field
    assert {t["text"] for t in plainly["tasks"]} == {t["text"] for t in typed["tasks"]}
    assert "plain_reading" in {w["code"] for w in plainly["warnings"]}


@needs_office
def test_word_2003_xml(tmp_path: Path) -> None:
    data = saved(Document(str(TYPED)), "xml:MS Word 2003 XML", tmp_path)
    assert sniff.media_type_of(data) == sniff.WORD_XML
    (tmp_path / "kế hoạch.doc").write_bytes(data)
    found, typed = record(tmp_path / "kế hoạch.doc"), record(TYPED)
    assert found["source"]["media_type"] == sniff.WORD_XML
    for field in (*HEADER, "tasks"):
        assert without_places(found[field]) == without_places(typed[field]), field


WORD_2003 = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"
 xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:fonts><w:defaultFonts w:ascii=".VnTime" w:h-ansi=".VnTime"/></w:fonts>
<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="2"/><w:nfc w:val="1"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:nfc w:val="4"/><w:lvlText w:val="%2)"/></w:lvl></w:listDef><w:list w:ilfo="7"><w:ilst w:val="0"/></w:list></w:lists>
<w:body><wx:sect><wx:sub-section><w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="7"/></w:listPr></w:pPr><w:r><w:t>NhiÖm vô</w:t></w:r></w:p>
<w:p><w:pPr><w:listPr><w:ilvl w:val="1"/><w:ilfo w:val="7"/></w:listPr></w:pPr><w:r><w:t>Rµ so¸t </w:t></w:r>
<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>cò</w:delText></w:r></aml:content></aml:annotation>
<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>hå s¬</w:t></w:r></aml:content></aml:annotation>
<w:r><w:footnote><w:p><w:r><w:t>Chó thÝch</w:t></w:r></w:p></w:footnote></w:r></w:p></wx:sub-section></wx:sect></w:body></w:wordDocument>"""


def test_word_2003_xml_its_lists_changes_notes_and_fonts() -> None:
    source = load(WORD_2003.encode())
    assert lines(source) == ["II. Nhiệm vụ", "a) Rà soát hồ sơ", "Chú thích"]
    assert source.blocks[-1].kind is BlockKind.NOTE
    assert [(w.code, w.detail) for w in source.warnings] == [("legacy_encoding", "TCVN3 (.VnTime)")]
    for broken in (WORD_2003[:900], WORD_2003.replace("w:body", "w:other")):
        with pytest.raises(DamagedFileError):
            load(broken.encode())
    deep = WORD_2003.replace("<wx:sect>", nested(300) + "<wx:sect>")
    with pytest.raises(LimitError):
        load(deep.encode())


HTML = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 11"></head><body>
<p>ỦY BAN NHÂN DÂN XÃ NÀ PỒ</p><p>Số: 5/TB-UBND</p><p>THÔNG BÁO</p><p>Về việc kiểm kê</p><p>1. Đề nghị các thôn báo cáo trước ngày 05/6/2025.</p></body></html>"""
MHTML = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_NextPart_01"; type="text/html"

Tài liệu này là một trang.

------=_NextPart_01
Content-Location: file:///C:/thong-bao.htm
Content-Transfer-Encoding: base64
Content-Type: text/html; charset="utf-8"

{page}
------=_NextPart_01--
"""


def test_pages_saved_as_doc_are_told_by_content(tmp_path: Path) -> None:
    import base64

    page = MHTML.format(page=base64.encodebytes(HTML.encode()).decode("ascii"))
    by_browser = f"From: <Saved by Blink>\nSubject: Trang\n{page}"
    for data, kind in ((HTML.encode(), sniff.HTML), (page.encode(), sniff.MHTML), (by_browser.encode(), sniff.MHTML)):
        (tmp_path / "thong-bao.doc").write_bytes(data)
        one = record(tmp_path / "thong-bao.doc")
        assert one["source"]["media_type"] == kind
        assert one["number"]["canonical"] == "5/TB-UBND"
        assert [t["deadlines"][0]["end"] for t in one["tasks"]] == ["2025-06-05"]
    with pytest.raises(DamagedFileError):
        load(MHTML.format(page="").replace("text/html", "text/css").encode())


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
    ids=["docm", "dotx", "dotm"],
)
def test_templates_and_files_with_macros_are_docx(kind: str) -> None:
    plain_kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(TYPED) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(plain_kind.encode(), kind.encode()))
        copy.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    assert load(out.getvalue()).text == load(TYPED.read_bytes()).text


# --- what must survive the way through LibreOffice ----------------------------------------------------------------------

BOX = f"""<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:r><w:t>Thân bài.</w:t></w:r><w:r><w:drawing>
 <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
 <wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>
 <wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="1800000" cy="360000"/><wp:wrapSquare wrapText="bothSides"/>
 <wp:docPr id="1" name="box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
 <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
 <wps:txbx><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>
 </wp:anchor></w:drawing></w:r></w:p>"""


@needs_office
@pytest.mark.parametrize("maker", ["doc:MS Word 97", "rtf", "odt"])
def test_text_boxes_numbers_and_letters_survive(maker: str, tmp_path: Path) -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(BOX))
    for text in ("Rà soát hồ sơ.", "Báo cáo kết quả."):
        document.add_paragraph(text, style="List Number")
    old = document.add_paragraph().add_run("Tr\u00adêng tr\u00adíc ng\u00adêi l\u00ad")
    old.font.name = ".VnTime"
    document.add_paragraph("Cuối.")
    found = lines(load(saved(document, maker, tmp_path)))
    assert "HỎA TỐC" in found and "Thân bài." in found
    assert found[-4:] == ["1. Rà soát hồ sơ.", "2. Báo cáo kết quả.", "Trường trước người lư", "Cuối."]


# --- LibreOffice on a short lead ----------------------------------------------------------------------------------------


def program_that(folder: Path, does: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a script in LibreOffice's place."""
    script = folder / "soffice"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o755)
    monkeypatch.setenv("VNDIRECTIVE_SOFFICE", str(script))
    convert.program.cache_clear()


@pytest.fixture
def script_program() -> Iterator[None]:
    yield
    convert.program.cache_clear()


def _runs(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.usefixtures("cache", "script_program")
def test_over_the_limit_it_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program_that(tmp_path, f"sleep 600 & echo $! $$ > {tmp_path}/pids; wait", monkeypatch)
    monkeypatch.setattr(convert, "_ALONE", 1.0)
    with pytest.raises(DamagedFileError):
        load((NOTICES / SAVED[0]).read_bytes())
    processes = list(map(int, (tmp_path / "pids").read_text().split()))
    for _ in range(100):  # the system takes its time to bury them
        if not any(map(_runs, processes)):
            break
        time.sleep(0.1)
    assert len(processes) == 2 and not any(map(_runs, processes))


@pytest.mark.usefixtures("script_program")
def test_a_second_reading_starts_no_process_and_nothing_is_kept_by_halves(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # "--outdir X … FILE": the result of each file is the typed sample
    does = f"""out=; for a in "$@"; do
case "$last" in --outdir) out="$a"; mkdir -p "$out";; esac; last="$a"
case "$a" in */in/*) cp {TYPED} "$out/$(basename "$a" .doc).docx";; esac
done; echo called >> {tmp_path}/calls"""
    program_that(tmp_path, does, monkeypatch)
    data = (NOTICES / SAVED[0]).read_bytes()
    first = load(data)
    assert first.text == load(data).text == load(TYPED.read_bytes()).text
    assert (tmp_path / "calls").read_text() == "called\n"
    [kept] = [p for p in cache.rglob("*") if p.is_file()]
    assert kept.suffix == ".docx" and kept.read_bytes() == TYPED.read_bytes()

    def breaks(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", breaks)
    assert load((NOTICES / SAVED[3]).read_bytes()).text == first.text  # read all the same
    assert [p for p in cache.rglob("*") if p.is_file()] == [kept]


def test_the_oldest_results_are_forgotten(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = convert._folder()
    for age in range(4):
        path = folder / f"{age}.docx"
        path.write_bytes(bytes(100))
        os.utime(path, (1000 - age, 1000 - age))
    monkeypatch.setattr(convert, "_KEPT", 250)
    convert._forget_the_oldest()
    assert sorted(p.name for p in folder.iterdir()) == ["0.docx", "1.docx"]


@needs_office
@pytest.mark.usefixtures("cache")
def test_what_cannot_be_opened_fails_alone(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    good = (NOTICES / SAVED[0]).read_bytes()
    (folder / "a.doc").write_bytes(good)
    (folder / "b.doc").write_bytes(good[:512] + b"WordDocument".decode().encode("utf-16-le") + os.urandom(64) * 100)
    (folder / "c.rtf").write_bytes((NOTICES / SAVED[1]).read_bytes())
    report = batch.write_report(tmp_path / "out", list(batch.run(batch.find_jobs([folder]), tmp_path / "out")))
    assert [(o.job.uri, o.error and o.error.exit_code) for o in report.failures] == [("b.doc", 5)]
    assert sorted(p.name for p in (tmp_path / "out" / "records").iterdir()) == ["a.doc.json", "c.rtf.json"]


def test_a_folder_that_cannot_be_written_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VNDIRECTIVE_CACHE", str(tmp_path / "file"))
    convert._folder.cache_clear()
    try:
        assert convert._folder().is_dir() and tmp_path not in convert._folder().parents
    finally:
        convert._folder().rmdir()
        convert._folder.cache_clear()


# --- plain readers ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_office")
def test_a_piece_table_that_leads_nowhere_says_what_to_install() -> None:
    data = bytearray((NOTICES / SAVED[0]).read_bytes())
    at = data.index(b"\xec\xa5")  # the FIB; its CLX is said to lie beyond the table
    data[at + 0x1A2 : at + 0x1AA] = b"\xff\xff\xff\x7f\x10\x00\x00\x00"
    with pytest.raises(MissingOfficeError) as error:
        load(bytes(data))
    assert "libreoffice-writer" in error.value.next_step("vi")


def test_a_password_is_said() -> None:
    data = bytearray((NOTICES / SAVED[0]).read_bytes())
    at = data.index(b"\xec\xa5")
    data[at + 0x0B] |= 0x01  # fEncrypted
    with pytest.raises(EncryptedFileError):
        load(bytes(data))


def test_plain_readers_of_broken_files() -> None:
    with pytest.raises(DamagedFileError):
        plain.read_doc(b"\xd0\xcf\x11\xe0" + bytes(100))
    with pytest.raises(DamagedFileError):
        plain.read_odt(b"PK\x03\x04")
    with pytest.raises(EmptyInputError):
        plain.read_rtf(rb"{\rtf1 }")


# --- bombs --------------------------------------------------------------------------------------------------------------

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FILE = "<!DOCTYPE x [<!ENTITY i SYSTEM 'file:///etc/hostname'>]>"


def with_part(path: Path, part: str, change: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == part:
                data = data.decode().replace(*change, 1).encode()
            copy.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("prolog", [LAUGHS, FILE], ids=["billion laughs", "external entity"])
def test_entities_are_refused(prolog: str, tmp_path: Path) -> None:
    odt = NOTICES / "s50-kh-so-nong-nghiep.odt"
    files = {
        "a.docx": with_part(TYPED, "word/document.xml", ("<w:document", prolog + "<w:document")),
        "b.odt": with_part(odt, "content.xml", ("<office:document-content", prolog + "<office:document-content")),
        "c.xml": f'<?xml version="1.0"?><?mso-application progid="Word.Document"?>{prolog}<w:wordDocument/>'.encode(),
    }
    (tmp_path / "in").mkdir()
    for name, data in files.items():
        with pytest.raises(UnsafeFileError):
            load(data)
        (tmp_path / "in" / name).write_bytes(data)
    outcomes = list(batch.run(batch.find_jobs([tmp_path / "in"]), tmp_path / "out"))
    batch.write_report(tmp_path / "out", outcomes)
    failures = [json.loads(x) for x in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(f["uri"], f["code"]) for f in failures] == [(name, "unsafe") for name in files]


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p><w:r><w:t>sâu</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * depth


def test_tables_within_tables() -> None:
    def body(depth: int) -> bytes:
        return with_part(TYPED, "word/document.xml", ("<w:body>", f"<w:body>{nested(depth)}"))

    assert lines(load(body(60)))[0] == "sâu"
    with pytest.raises(LimitError):
        load(body(5000))


@pytest.mark.parametrize("tags", ["<table><tr><td>", "<div>", "<ul><li>", "<b>", "<blockquote><table><tr><td><ul><li>"])
def test_pages_without_end(tags: str) -> None:
    page = f"<html><body>{tags * 3000}sâu<p>Đề nghị các xã báo cáo.</p></body></html>"
    text = load(page.encode()).text
    assert "sâu" in text and "báo cáo" in text


def test_a_part_that_unpacks_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    from vndirective.parsers import packages

    monkeypatch.setattr(packages, "MAX_XML", 1000)
    for name in (TYPED.name, "s50-kh-so-nong-nghiep.odt"):
        with pytest.raises(LimitError):
            load((NOTICES / name).read_bytes())


def test_read_document_names_the_file_of_the_record(tmp_path: Path) -> None:
    [one] = read_document(TYPED.read_bytes(), uri="x/y.docx")
    assert one.source.uri == "x/y.docx"
