"""Text, Markdown and HTML: encodings, marks, page breaks, portals, and that nothing unforeseen is raised."""

from __future__ import annotations

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


def test_html_tables_lists_and_hidden_parts() -> None:
    html = """<html><body><table border="1"><tr><th>Việc</th><th>Ai</th></tr><tr><td>Rà soát</td><td>Sở A</td></tr></table>
    <ol type="a"><li>một</li><li>hai</li></ol><p style="display:none">ẩn</p><p>cuối<br>dòng</p></body></html>"""
    source = load(html.encode())
    assert lines(html) == ["Việc", "Ai", "Rà soát", "Sở A", "a) một", "b) hai", "cuối", "dòng"]
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
