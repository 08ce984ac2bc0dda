"""Two columns of a page from where its words stand."""

from __future__ import annotations

from vndirective.parsers.page.layout import Line, cut, find_zones
from vndirective.parsers.page.words import Word

WIDTH = 595.0
HEIGHT = 14.6
LETTER = 6.5


def _row(top: float, *pieces: tuple[float, str], space: float = LETTER / 2) -> Line:
    """A row of pieces, each where it begins; words of a piece stand a `space` apart."""
    words: list[Word] = []
    for start, text in pieces:
        x = start
        for part in text.split():
            words.append(Word(part, 1, x, top, x + LETTER * len(part), top + HEIGHT))
            x += LETTER * len(part) + space
    return Line(tuple(words))


def test_a_name_overleaf_stands_beside_the_list_and_not_inside_it() -> None:
    rows = [
        _row(57, (85, "- Sở Nội vụ (b/c);")),
        _row(85, (85, "- UBND các xã, phường;")),
        _row(104, (380, "Lò Thị Ban")),
        _row(112, (85, "- Các trưởng thôn;")),
        _row(139, (85, "- Lưu: VT, NV.")),
    ]
    (zone,) = find_zones(rows, WIDTH)
    assert (zone.first, zone.last) == (0, 5)
    right = [part.text for row in rows if (part := cut(row, zone.gutter)[1]) is not None]
    assert right == ["Lò Thị Ban"]


def test_a_list_of_the_body_at_the_top_of_a_page_is_one_column() -> None:
    rows = [
        _row(57, (85, "- Rà soát danh mục hồ chứa;")),
        _row(75, (85, "- Cắm biển cảnh báo tại các bến đò ngang, bãi tắm, hố sâu sau khai thác cát;")),
        _row(93, (85, "- Trực ban 24 giờ.")),
    ]
    assert find_zones(rows, WIDTH) == []


def test_a_stretched_line_opens_no_columns() -> None:
    rows = [
        _row(57, (85, "phản ánh với Phòng Tổng hợp trước ngày chốt số liệu của"), space=14),
        _row(75, (85, "kỳ báo cáo.")),
        _row(96, (85, "Nơi nhận:"), (360, "GIÁM ĐỐC")),
        _row(123, (85, "- Như trên;")),
        _row(150, (85, "- Lưu: VT."), (360, "Hà Văn Đoan")),
    ]
    (zone,) = find_zones(rows, WIDTH)
    assert zone.first == 2
