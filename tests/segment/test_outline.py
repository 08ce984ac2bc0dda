"""Markers, the tree they make, and the warnings on their numbering."""

from __future__ import annotations

import pytest

from vndirective.parsers.source import DraftBlock, SourceText, assemble
from vndirective.segment.markers import read_marker
from vndirective.segment.outline import read_outline


def source_of(*lines: str) -> SourceText:
    text, blocks = assemble([DraftBlock(line) for line in lines])
    return SourceText(text, blocks, "text/plain", "text")


@pytest.mark.parametrize(
    ("line", "marker", "body"),
    [
        ("I. MỤC TIÊU", "I", "MỤC TIÊU"),
        ("II- NHIỆM VỤ", "II", "NHIỆM VỤ"),
        ("1. Sở Tài chính", "1", "Sở Tài chính"),
        ("1- Quan điểm", "1", "Quan điểm"),
        ("2.1. Rà soát", "2.1", "Rà soát"),
        ("3.2 Lập danh sách", "3.2", "Lập danh sách"),
        ("a) Tổ chức trực", "a", "Tổ chức trực"),
        ("đ) Báo cáo", "đ", "Báo cáo"),
        ("(ii). Chỉ đạo", "(ii)", "Chỉ đạo"),
        ("Điều 2. Giao Phòng Nội vụ", "Điều 2", "Giao Phòng Nội vụ"),
        ("Hoạt động 3. Dạy bơi cho học sinh", "Hoạt động 3", "Dạy bơi cho học sinh"),
        ("Bước 2: Nghiệm thu", "Bước 2", "Nghiệm thu"),
        ("- Kiểm tra", "-", "Kiểm tra"),
        ("+ Các trường", "+", "Các trường"),
        ("• Kiểm tra", "-", "Kiểm tra"),
    ],
)
def test_markers(line: str, marker: str, body: str) -> None:
    source = source_of(line)
    found = read_marker(source.text, source.blocks[0])
    assert found is not None
    assert (found.text, source.text[found.body :]) == (marker, body)


@pytest.mark.parametrize("line", ["1.500 ha rừng", "20/9/2023 là hạn cuối", "Căn cứ Luật", "IVAN", "100% hộ dân"])
def test_no_marker_in_front_of_prose(line: str) -> None:
    source = source_of(line)
    assert read_marker(source.text, source.blocks[0]) is None


def test_tree_and_paths() -> None:
    source = source_of(
        "I. NHIỆM VỤ",
        "1. Phòng Nội vụ",
        "- Rà soát biên chế.",
        "- Lập danh sách, cụ thể:",
        "+ Viên chức.",
        "2. Phòng Y tế",
        "Chủ động phòng dịch.",
        "II. TỔ CHỨC THỰC HIỆN",
    )
    outline = read_outline(source, range(len(source.blocks)))
    paths = [n.path() for n in outline.walk()]
    assert paths == [
        ("I",),
        ("I", "1"),
        ("I", "1", "-1"),
        ("I", "1", "-2"),
        ("I", "1", "-2", "+1"),
        ("I", "2"),
        ("I", "2"),
        ("II",),
    ]
    assert not outline.warnings


def test_a_lead_in_owns_the_list_below_it() -> None:
    source = source_of("Ủy ban nhân dân xã yêu cầu:", "1. Rà soát.", "2. Báo cáo.", "Trên đây là nội dung thông báo.")
    outline = read_outline(source, range(4))
    assert [len(r.children) for r in outline.roots] == [2, 0]


def test_gap_and_restart_are_told_with_their_place() -> None:
    source = source_of("1. Rà soát.", "3. Lập danh sách.", "2. Báo cáo.")
    found = [(w.code, w.detail) for w in read_outline(source, range(3)).warnings]
    assert found == [("numbering_gap", "1 → 3"), ("numbering_restart", "3 → 2")]
