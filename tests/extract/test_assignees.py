"""Who acts in a sentence: names cut where the verb begins, and their part in the work."""

from __future__ import annotations

import pytest

from vndirective import extract_text
from vndirective.extract.assignees.sentence import ordered_actors, read_sentence
from vndirective.parsers.source import Span
from vndirective.segment.syllables import read_syllables

SENTENCES = [
    (
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các cơ quan liên quan rà soát hồ sơ.",
        [
            ("Sở Xây dựng", "lead"),
            ("Sở Tài chính", "coordinate"),
            ("Công an tỉnh", "coordinate"),
            ("các cơ quan liên quan", "coordinate"),
        ],
    ),
    (
        "UBND các xã, thị trấn chỉ đạo các thôn, bản tổ chức ra quân tổng vệ sinh.",
        [("UBND các xã, thị trấn", "lead"), ("các thôn, bản", "implement")],
    ),
    (
        "Chỉ đạo Phòng Văn hóa, Thể thao và Du lịch kiểm tra các điểm vui chơi.",
        [("Phòng Văn hóa, Thể thao và Du lịch", "implement")],
    ),
    (
        "Hằng năm Trường Tiểu học Bản Lầu chủ trì, Hội Khuyến học và các đoàn thể xã tham gia vận động học sinh.",
        [
            ("Trường Tiểu học Bản Lầu", "lead"),
            ("Hội Khuyến học", "coordinate"),
            ("các đoàn thể xã", "coordinate"),
        ],
    ),
    (
        "Nhằm bảo đảm an toàn mùa mưa lũ, mỗi đơn vị phải bố trí lực lượng trực 24/24 giờ.",
        [("mỗi đơn vị", "lead")],
    ),
    (
        "Các tổ chức, cá nhân được cấp giấy phép khai thác có trách nhiệm nộp phí theo quy định.",
        [("Các tổ chức, cá nhân được cấp giấy phép khai thác", "lead")],
    ),
    (
        "Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành nghiêm túc thực hiện.",
        [("Thủ trưởng các sở, ban, ngành", "lead")],
    ),
    (
        "Các phòng, ban, ngành tổng hợp kết quả báo cáo Ủy ban nhân dân huyện.",
        [("Các phòng, ban, ngành", "lead"), ("Ủy ban nhân dân huyện", "report_to")],
    ),
    # what kind of body it is, before the verb of work
    (
        "Chỉ đạo các đơn vị quản lý hồ chứa vận hành đúng quy trình.",
        [("các đơn vị quản lý hồ chứa", "implement")],
    ),
    # a citation opens the sentence, the order follows
    (
        "Thực hiện Công văn số 12/SNV-VP của Sở Nội vụ, Phòng Nội vụ đề nghị các xã rà soát.",
        [("các xã", "lead")],
    ),
    (
        "Chánh Văn phòng, Vụ trưởng Vụ Kiến trúc, quy hoạch và Cảnh quan và Thủ trưởng các đơn vị liên quan căn cứ thực hiện.",
        [
            ("Chánh Văn phòng", "lead"),
            ("Vụ trưởng Vụ Kiến trúc, quy hoạch và Cảnh quan", "lead"),
            ("Thủ trưởng các đơn vị liên quan", "lead"),
        ],
    ),
    (
        "Trước khi tập huấn cán bộ quản lý, giáo viên cốt cán, học viên phải đăng ký tài khoản.",
        [("học viên", "lead")],
    ),
    # a typing slip in the verb must not run into the name
    ("Ủy ban kiểm tra Đảng ủy xây dưng kế hoạch giám sát.", [("Ủy ban kiểm tra Đảng ủy", "lead")]),
    # nouns that only look like bodies
    ("Ban hành kế hoạch và phòng ngừa sai phạm trong hội nghị.", []),
    ("Tỷ lệ học sinh chuyên cần của huyện đã được nâng lên.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_reads_bodies_and_roles(sentence: str, expected: list[tuple[str, str]]) -> None:
    syllables = read_syllables(sentence)
    reading = read_sentence(syllables, Span(0, len(sentence)))
    assert [(i.actor.span(syllables).of(sentence), i.role) for i in reading.involved] == expected


def test_lead_in_addresses_the_last_named_bodies() -> None:
    lead_in = "Để chuẩn bị tốt, Phòng Nội vụ yêu cầu Hiệu trưởng các trường thực hiện các việc sau:"
    syllables = read_syllables(lead_in)
    named = ordered_actors(syllables, Span(0, len(lead_in)))
    assert [a.span(syllables).of(lead_in) for a in named] == ["Hiệu trưởng các trường"]


def test_who_must_is_told_even_where_the_lead_in_orders_nobody() -> None:
    lead_in = "Thời gian tới, các cấp ủy đảng, chính quyền, đoàn thể cần tập trung một số nhiệm vụ sau:"
    syllables = read_syllables(lead_in)
    named = ordered_actors(syllables, Span(0, len(lead_in)))
    assert [a.span(syllables).of(lead_in) for a in named] == ["các cấp ủy đảng", "chính quyền", "đoàn thể"]


@pytest.mark.parametrize(
    ("lead_in", "tasks"),
    [
        ("Sau khi nghe chủ đầu tư báo cáo, các bên thống nhất những việc sau:", 2),
        ("Hội nghị đã nghe báo cáo tiến độ và giao các đơn vị:", 2),
        ("Hội nghị đã nghe các báo cáo sau:", 0),
    ],
)
def test_who_has_heard_and_agrees_opens_orders(lead_in: str, tasks: int) -> None:
    text = (
        "BAN QUẢN LÝ DỰ ÁN HUYỆN VÂN HÀ\n\nSố: 12/TB-BQLDA\nVân Hà, ngày 01 tháng 4 năm 2025\n\nTHÔNG BÁO\n"
        f"Kết luận giao ban tiến độ\n\n{lead_in}\n"
        "1. Phòng Kỹ thuật lập lại bảng tiến độ trước ngày 20/4/2025.\n"
        "2. Phòng Kế hoạch hoàn thiện hồ sơ thanh toán trong tháng 5/2025.\n"
    )
    [record] = extract_text(text)
    assert len(record.tasks) == tasks
