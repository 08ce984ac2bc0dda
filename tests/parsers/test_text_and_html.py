"""Text, Markdown and HTML: encodings, marks, page breaks, portals, and that nothing unforeseen is raised."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samples import ROOT
from vndirective import extract_text
from vndirective.errors import VndirectiveError
from vndirective.parsers import load
from vndirective.parsers.source import BlockKind
from vndirective.pipeline import read_document

TEXT = "Phòng Nội vụ đề nghị Ủy ban nhân dân các xã gửi báo cáo trước ngày 05/6/2025."
NOTICE = (ROOT / "samples" / "notices" / "s03-nq-dang-uy-xa.txt").read_text(encoding="utf-8")


def lines(data: bytes | str) -> list[str]:
    source = load(data.encode() if isinstance(data, str) else data)
    source.check()
    return [b.span.of(source.text) for b in source.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    assert lines(TEXT.encode(encoding)) == [TEXT]


def test_windows_1258_with_combining_marks() -> None:
    decomposed = "".join(
        unicodedata.normalize("NFC", base) + mark
        for base, mark in (_base_and_tone(c) for c in unicodedata.normalize("NFC", TEXT))
    )
    source = load(decomposed.encode("cp1258"))
    assert (source.text, source.encoding) == (TEXT, "windows-1258")


def _base_and_tone(char: str) -> tuple[str, str]:
    """A letter apart from its tone, as windows-1258 stores it (â, ê, ô, ơ, ư, ă stay whole)."""
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(c for c in parts[1:] if c in "\u0300\u0301\u0303\u0309\u0323")
    return "".join(c for c in parts if c not in tones or not tones), tones


def test_markdown_marks_are_removed_and_words_kept() -> None:
    text = "# THÔNG BÁO\n\n**TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG**\n\n+ *Các trường*: rà soát `a_b_c`\n\n* gạch đầu dòng\n"
    assert lines(text) == [
        "THÔNG BÁO",
        "TL. CHỦ TỊCH",
        "CHÁNH VĂN PHÒNG",
        "+ Các trường: rà soát `a_b_c`",
        "- gạch đầu dòng",
    ]


def test_markdown_table_gives_cells() -> None:
    source = load("## Phân công\n\n| Nội dung | Đơn vị chủ trì |\n|---|---|\n| Rà soát | Sở A |\n".encode())
    assert [(b.cell.row, b.cell.column) for b in source.blocks if b.cell] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_page_break_inside_a_sentence_is_healed_but_lists_and_letterheads_are_not_joined() -> None:
    cut = "Tiếp tục đẩy mạnh việc rà soát hồ sơ đất đai tại các thôn, tổ dân phố. Tăng cường\n\n2\n\nkiểm tra việc sử dụng đất công.\n"
    assert len(lines(cut)) == 1
    apart = "ỦY BAN NHÂN DÂN\nXÃ A\n\n- Lãnh đạo Phòng Giáo dục và Đào tạo huyện và các đơn vị trực thuộc phòng có liên quan\n- chuyên viên\n"
    assert len(lines(apart)) == 4


def test_portal_furniture_is_told_from_the_notice() -> None:
    source = load((ROOT / "samples" / "notices" / "s12-cong-thong-tin.html").read_bytes())
    furniture = [b.span.of(source.text) for b in source.blocks if b.kind is BlockKind.FURNITURE]
    assert any("Đăng lúc" in f for f in furniture) and any("Trang chủ" in f for f in furniture)
    assert not any("Nơi nhận" in f or "ĐẠI LỘC" in f for f in furniture)
    assert "var a" not in source.text


MENU = '<li><a href="/">Trang chủ</a></li><li><a href="/vb">Văn bản</a></li><li><a href="/lh">Liên hệ</a></li>'
RELATED = '<li><a href="/t1">Giao Công an xã tuần tra ban đêm trước ngày 30/4</a></li><li><a href="/t2">Hội nghị tổng kết</a></li>'
SHELLS = {
    "classes": '<div class="main-menu"><ul>{menu}</ul></div><div>{body}</div><div class="related"><ul>{related}</ul></div>',
    "layout table": "<table><tr><td><ul>{menu}</ul></td><td>{body}</td><td><b>Tin liên quan</b><ul>{related}</ul></td></tr></table>",
    "no classes": "<div><ul>{menu}</ul></div><div>Đăng lúc: 18/11/2025 09:15</div>{body}<div>Lượt xem: 120</div><div>Tin liên quan</div><ul>{related}</ul>",
    "elements": "<header><nav><ul>{menu}</ul></nav></header><main>{body}</main><aside><ul>{related}</ul></aside>",
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("mark", ["<p>{}</p>", "<div><span>{}</span></div>", "{}<br>"])
def test_a_notice_inside_a_portal_is_the_notice(shell: str, mark: str) -> None:
    paragraphs = [line for line in NOTICE.split("\n") if line.strip()]
    body = "".join(mark.format(html.escape(line)) for line in paragraphs)
    page = SHELLS[shell].format(menu=MENU, body=f"<div>{body}</div>", related=RELATED)
    [within] = read_document(f"<html><body>{page}</body></html>".encode(), uri="a.html")
    [alone] = extract_text(NOTICE)
    assert [t.text for t in within.tasks] == [t.text for t in alone.tasks]
    for field in ("doc_type", "number", "issuer", "issued_on", "signatory"):
        want = getattr(alone, field)
        got = getattr(within, field)
        assert got.model_dump(exclude={"evidence"}) == want.model_dump(exclude={"evidence"}), field
    assert "web_boilerplate" in {w.code for w in within.warnings}


def test_a_page_whose_notice_is_an_attachment_says_which() -> None:
    page = (
        f"<html><body><ul>{MENU}</ul><h1>Kế hoạch phòng, chống dịch năm 2026</h1><p>Xem nội dung tại tệp đính kèm.</p>"
        '<a href="/files/K%E1%BA%BF%20ho%E1%BA%A1ch%2012.pdf?v=3">Tải về</a> <a href="/files/phu-luc.DOCX#x">Phụ lục</a></body></html>'
    )
    source = load(page.encode())
    assert [w.detail for w in source.warnings if w.code == "attachment_only"] == ["Kế hoạch 12.pdf, phu-luc.DOCX"]
    whole = load((ROOT / "samples" / "notices" / "s53-cong-ubnd-xa.html").read_bytes().replace(b'"/t1"', b'"/t1.pdf"'))
    assert "attachment_only" not in {w.code for w in whole.warnings}


@pytest.mark.parametrize("head", ["", "# Chỉ đạo điều hành\n\n"], ids=["txt", "md"])
def test_a_page_pasted_into_a_text_file(head: str) -> None:
    before = "Trang chủ › Văn bản\nĐăng lúc: 18/11/2025 09:15:00\nLượt xem: 120\n\n"
    after = "\n\nTin liên quan\nIn bài viết\nTruy cập: 48213\nHôm nay: 12\n"
    [pasted], [alone] = extract_text(head + before + NOTICE + after), extract_text(NOTICE)
    assert [t.text for t in pasted.tasks] == [t.text for t in alone.tasks]
    assert [r.name for r in pasted.recipients] == [r.name for r in alone.recipients]
    assert pasted.number is not None and alone.number is not None
    assert pasted.number.canonical == alone.number.canonical
    assert "web_boilerplate" in {w.code for w in pasted.warnings}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ðảng ủy xã Ðông Hải, ðiều", "Đảng ủy xã Đông Hải, điều"),
        ("Uỷ b\u0430n nhân dân \u0445ã", "Uỷ ban nhân dân xã"),  # Cyrillic а, х
        ("\u0410n Bình, \u039dà Pồ", "An Bình, Nà Pồ"),  # Cyrillic А, Greek Ν
        ("b\u0430\u0301o c\u0430\u0301o", "báo cáo"),  # Cyrillic а with a combining mark
        ("Москва, Αθήνα, μm, kΩ, 5 Ω, Wи-Фи", "Москва, Αθήνα, μm, kΩ, 5 Ω, Wи-Фи"),
        ("tri\u00adển\u200b khai\u00a0kế\u2009hoạch\ufeff", "triển khai kế hoạch"),
        ("Ho\u0300a bi\u0300nh, hoa\u0300", "Hòa bình, hoà"),
    ],
)
def test_unicode_as_it_comes(typed: str, read: str) -> None:
    source = load(f"{typed}.\n".encode())
    assert source.text == f"{read}."
    assert load(f"<p>{typed}.</p><p>x</p>".encode()).text == f"{read}.\nx"


@pytest.mark.parametrize("length", [1, 4, 30])
def test_windows_1258_of_any_length(length: int) -> None:
    text = " ".join([*NOTICE.split()[:length], "ủy ban nhân dân xã báo cáo"])
    typed = "".join(
        unicodedata.normalize("NFC", b) + m for b, m in map(_base_and_tone, unicodedata.normalize("NFC", text))
    )
    source = load(typed.encode("cp1258"))
    assert (source.text, source.encoding) == (" ".join(text.split()), "windows-1258")
    assert "legacy_encoding" not in {w.code for w in source.warnings}


def test_html_tables_lists_and_hidden_parts() -> None:
    page = """<html><body><table border="1"><tr><th>Việc</th><th>Ai</th></tr><tr><td>Rà soát</td><td>Sở A</td></tr></table>
    <ol type="a"><li>một</li><li>hai</li></ol><p style="display:none">ẩn</p><p>cuối<br>dòng</p></body></html>"""
    source = load(page.encode())
    assert lines(page) == ["Việc", "Ai", "Rà soát", "Sở A", "a) một", "b) hai", "cuối", "dòng"]
    assert sum(b.cell is not None for b in source.blocks) == 4


def test_line_ends_and_composition_change_nothing() -> None:
    assert lines(NOTICE) == lines(NOTICE.replace("\n", "\r\n")) == lines(unicodedata.normalize("NFD", NOTICE))


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_random_bytes_raise_only_our_errors(data: bytes) -> None:
    try:
        load(data).check()
    except VndirectiveError as error:
        assert error.message("vi") and error.next_step("en")


@given(st.sampled_from(["", " ", "  ", "\u00a0", "\u200b"]), st.sampled_from(["NFC", "NFD"]))
def test_spaces_and_composition_do_not_change_values(space: str, form: str) -> None:
    def values(text: str) -> list[tuple]:
        return [
            (t.text, [(a.name, a.role) for a in t.assignees], [(d.start, d.end, d.recurrence) for d in t.deadlines])
            for r in extract_text(text)
            for t in r.tasks
        ]

    changed = re.sub(r"(?<=\w) (?=\w)", lambda m: f" {space}", NOTICE)
    assert values(unicodedata.normalize(form, changed)) == values(NOTICE)


@given(st.text(alphabet="IVX1234567890.)-+* aăâbcdđeêghiklmnoôơpqrstuưvxyABCĐ%/,;:\n", max_size=300))
@settings(max_examples=120)
def test_any_text_gives_records_with_true_evidence(text: str) -> None:
    if not text.strip():
        return
    try:
        records = extract_text(text)
    except VndirectiveError:
        return
    for record in records:
        for task in record.tasks:
            quote = "".join((record.text or "")[s.start : s.end] for s in task.evidence.spans)
            assert quote == task.evidence.quote
