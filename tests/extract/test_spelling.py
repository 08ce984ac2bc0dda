"""Capitals of a letterhead to official spelling."""

from __future__ import annotations

import pytest

from vndirective.extract.spelling import name_of_body, person, post


@pytest.mark.parametrize(
    ("printed", "spelt"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH SƠN GIANG", "Ủy ban nhân dân tỉnh Sơn Giang"),
        ("UBND XÃ VÂN HÀ", "UBND xã Vân Hà"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
        ("ĐẢNG ỦY XÃ TÂN LẬP", "Đảng ủy xã Tân Lập"),
        ("TRƯỜNG THCS ĐỒNG KÊ", "Trường THCS Đồng Kê"),
        ("Phòng Nội vụ", "Phòng Nội vụ"),
    ],
)
def test_bodies(printed: str, spelt: str) -> None:
    assert name_of_body(printed) == spelt


def test_posts_and_persons() -> None:
    assert post("PHÓ CHÁNH VĂN PHÒNG") == "Phó Chánh Văn phòng"
    assert post("PHÓ BÍ THƯ THƯỜNG TRỰC") == "Phó Bí thư Thường trực"
    assert person("LÒ THỊ SEN") == "Lò Thị Sen"
