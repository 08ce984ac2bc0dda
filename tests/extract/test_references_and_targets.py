"""Cited numbers as offices type them, and the year each figure is to be reached by."""

from __future__ import annotations

import pytest

from vndirective.extract.references import find_references, mentions
from vndirective.extract.targets import find_targets
from vndirective.extract.targets.goals import Stance
from vndirective.parsers.source import DraftBlock, SourceText, Span, assemble


def source_of(line: str) -> SourceText:
    text, blocks = assemble([DraftBlock(line)])
    return SourceText(text, blocks, "text/plain", "text")


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("Chương trình số 8-CTr/TU ngày 05/3/2025 của Tỉnh ủy", "8-CTr/TU"),
        ("Nghị quyết số:94-NQ/HU ngày 08/4/2022", "94-NQ/HU"),
        ("Quyết định số 3112/QĐ- BTNMT", "3112/QĐ-BTNMT"),
        ("Luật số 42/2024/QH15", "42/2024/QH15"),
    ],
)
def test_references(line: str, canonical: str) -> None:
    source = source_of(line)
    found = find_references(source, None)
    assert [r.canonical for r in found] == [canonical]
    assert mentions(source, Span(0, len(line)), found) == ["r1"]


@pytest.mark.parametrize("line", ["QCVN 01:2019/BCT", "từ 7:30/Thứ Hai", "đạt 8/17 xã", "trực 24/24 giờ"])
def test_no_references(line: str) -> None:
    assert not find_references(source_of(line), None)


def test_each_figure_has_the_year_printed_with_it() -> None:
    line = "Tỷ lệ hộ dùng nước sạch đến năm 2025 đạt 70%, đến năm 2030 đạt 90%. Tỷ lệ che phủ rừng đạt 60%."
    found = find_targets(source_of(line), Span(0, len(line)), Stance.GOAL, due="2028-12-31")
    assert [(t.value, t.due) for t in found] == [(70, "2025-12-31"), (90, "2030-12-31"), (60, "2028-12-31")]
