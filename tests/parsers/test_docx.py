"""What Word shows is read, what it hides is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from vndirective.errors import DamagedFileError, InputError
from vndirective.parsers import packages
from vndirective.parsers.docx import read_docx
from vndirective.parsers.source import BlockKind, SourceText

W = nsdecls("w")


def read(build: Callable[..., None]) -> SourceText:
    document = Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    source = read_docx(out.getvalue())
    source.check()
    return source


def lines(source: SourceText) -> list[str]:
    return [b.span.of(source.text) for b in source.blocks]


def add(document, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def test_tracked_changes_hidden_text_and_controls() -> None:
    def build(document) -> None:
        add(
            document,
            f"""<w:p {W}><w:r><w:t xml:space="preserve">Rà soát </w:t></w:r>
            <w:del w:id="1" w:author="a"><w:r><w:delText>cũ</w:delText></w:r></w:del>
            <w:ins w:id="2" w:author="a"><w:r><w:t xml:space="preserve">hồ sơ </w:t></w:r></w:ins>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>
            <w:smartTag w:element="place"><w:r><w:t>trước ngày</w:t></w:r></w:smartTag>
            <w:sdt><w:sdtContent><w:r><w:t xml:space="preserve"> 05/6</w:t></w:r></w:sdtContent></w:sdt>
            <w:r><w:noBreakHyphen/><w:t>2025</w:t></w:r></w:p>""",
        )

    assert lines(read(build)) == ["Rà soát hồ sơ trước ngày 05/6-2025"]


def test_automatic_numbers_as_word_shows_them() -> None:
    def build(document) -> None:
        numbering = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText w:val="{t}"/></w:lvl>'
            for i, (f, t) in enumerate(
                [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "")]
            )
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for level, text in [
            (0, "Nhiệm vụ"),
            (1, "Sở A"),
            (2, "rà soát"),
            (2, "báo cáo"),
            (1, "Sở B"),
            (2, "kiểm tra"),
            (3, "chợ"),
            (0, "Tổ chức"),
        ]:
            add(
                document,
                f'<w:p {W}><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>',
            )

    source = read(build)
    assert lines(source) == [
        "I. Nhiệm vụ",
        "1. Sở A",
        "a) rà soát",
        "b) báo cáo",
        "2. Sở B",
        "a) kiểm tra",
        "- chợ",
        "II. Tổ chức",
    ]
    assert [b.marker.of(source.text) for b in source.blocks if b.marker][:3] == ["I.", "1.", "a)"]


def test_layout_table_by_column_and_data_table_by_row() -> None:
    def build(document) -> None:
        head = document.add_table(2, 2)
        for cell, text in zip(
            (c for r in head.rows for c in r.cells), ["UBND XÃ A", "CỘNG HÒA", "Số: 5/TB", "Xã A, ngày 1"], strict=True
        ):
            cell.text = text
        data = document.add_table(2, 2, style="Table Grid")
        for cell, text in zip((c for r in data.rows for c in r.cells), ["Việc", "Ai", "Rà soát", "Sở A"], strict=True):
            cell.text = text

    source = read(build)
    assert lines(source) == ["UBND XÃ A", "Số: 5/TB", "CỘNG HÒA", "Xã A, ngày 1", "Việc", "Ai", "Rà soát", "Sở A"]
    cells = [(b.cell.row, b.cell.column) for b in source.blocks if b.cell]
    assert cells == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_text_box_is_read_once_and_a_soft_break_splits_a_title() -> None:
    def build(document) -> None:
        add(
            document,
            f"""<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
            xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:r><w:t>Thân bài</w:t>
            <mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></mc:Choice>
            <mc:Fallback><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>""",
        )
        title = document.add_paragraph()
        title.add_run("KẾ HOẠCH").add_break()
        title.add_run("Kiểm tra chợ")

    assert lines(read(build)) == ["Thân bài", "HỎA TỐC", "KẾ HOẠCH", "Kiểm tra chợ"]


def test_heads_and_feet_are_furniture_without_page_numbers() -> None:
    def build(document) -> None:
        document.add_paragraph("Thân bài")
        section = document.sections[0]
        section.header.paragraphs[0].text = "2"
        section.footer.paragraphs[0].text = "Văn bản nội bộ"
        section.footer.paragraphs[0]._p.append(OxmlElement("w:bookmarkStart"))
        assert section.footer.paragraphs[0]._p.tag == qn("w:p")

    source = read(build)
    assert [(b.kind, b.span.of(source.text)) for b in source.blocks] == [
        (BlockKind.PARAGRAPH, "Thân bài"),
        (BlockKind.FURNITURE, "Văn bản nội bộ"),
    ]


def test_a_paragraph_cut_by_a_page_break_is_one() -> None:
    def build(document) -> None:
        document.add_paragraph("Tiếp tục đẩy mạnh việc rà soát hồ sơ đất đai tại các thôn, tổ dân phố. Tăng cường")
        document.add_paragraph("công tác kiểm tra nội bộ tại các đơn vị.")

    assert len(read(build).blocks) == 1


def test_damaged_and_oversized_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    document, out = Document(), io.BytesIO()
    document.add_paragraph("Rà soát hồ sơ")
    document.save(out)
    with pytest.raises(DamagedFileError):
        read_docx(out.getvalue()[:-200])
    broken = io.BytesIO()
    with zipfile.ZipFile(out) as package, zipfile.ZipFile(broken, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, b"<w:document" if name == "word/document.xml" else package.read(name))
    with pytest.raises(DamagedFileError):
        read_docx(broken.getvalue())
    monkeypatch.setattr(packages, "MAX_UNPACKED", 100)
    with pytest.raises(InputError):
        read_docx(out.getvalue())
