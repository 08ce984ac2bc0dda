"""What a figure measures, in the words of the document, and where its year comes from."""

from __future__ import annotations

import pytest

from vndirective import extract_text
from vndirective.extract.targets import find_targets
from vndirective.extract.targets.goals import Stance
from vndirective.parsers.source import DraftBlock, SourceText, Span, assemble
from vndirective.schema.record import Target


def read(line: str, stance: Stance = Stance.ORDER, *actors: str) -> list[Target]:
    text, blocks = assemble([DraftBlock(line)])
    spans = [Span(line.index(a), line.index(a) + len(a)) for a in actors]
    return find_targets(SourceText(text, blocks, "text/plain", "text"), Span(0, len(line)), stance, actors=spans)


@pytest.mark.parametrize(
    ("line", "metric"),
    [
        (
            "Trạm Thú y tổ chức tiêm phòng đợt hai, bảo đảm tỷ lệ tiêm vắc xin dại đạt trên 80% tổng đàn chó.",
            "tỷ lệ tiêm vắc xin dại tổng đàn chó",
        ),
        ("Tỷ lệ hộ dùng điện bảo đảm chất lượng, an toàn đạt 99,8%.", "Tỷ lệ hộ dùng điện bảo đảm chất lượng, an toàn"),
        ("Phấn đấu đến năm 2027 đạt 95% dân số nghe được đài truyền thanh.", "dân số nghe được đài truyền thanh"),
        ("Giải ngân đạt 60% kế hoạch vốn trước ngày 30/6/2025.", "Giải ngân kế hoạch vốn"),
        ("Tỷ lệ nhập học đạt 98% và tỷ lệ chuyên cần đạt 95%.", "Tỷ lệ nhập học"),
        ("Phấn đấu mỗi xã có từ 02 vườn mẫu kiểu mới trở lên.", "mỗi xã có vườn mẫu kiểu mới"),
        ("Thành lập mới 25 tổ hợp tác trồng nấm.", "Thành lập mới tổ hợp tác trồng nấm"),
        ("Tăng tỷ lệ phủ sóng (hiện còn nhiều vùng lõm) lên 99%.", "Tăng tỷ lệ phủ sóng (hiện còn nhiều vùng lõm)"),
    ],
)
def test_metric(line: str, metric: str) -> None:
    assert read(line)[0].metric == metric


def test_who_acts_is_not_measured() -> None:
    (target,) = read("Công an xã vận động 100% hộ gia đình nộp lại vũ khí tự chế.", Stance.ORDER, "Công an xã")
    assert target.metric == "vận động hộ gia đình nộp lại vũ khí tự chế"


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Xây dựng 07 phòng học kiên cố.", "phòng học"),
        ("Khám cho 3.200 lượt người cao tuổi.", "lượt người"),
        ("Thành lập ít nhất 6 hợp tác xã nông nghiệp.", "hợp tác xã"),
        ("Đào tạo 40 thợ điện bậc ba.", "thợ điện"),
        ("Nâng công suất lên 4.000 m3/ngày đêm.", "m3/ngày đêm"),
        ("Phấn đấu có 12 trạm y tế đạt chuẩn.", "trạm y tế"),
    ],
)
def test_the_counted_noun_is_as_printed(line: str, unit: str) -> None:
    assert [t.unit for t in read(line)] == [unit]


def test_a_heading_gives_its_year_to_all_below_it() -> None:
    text = "\n\n".join(
        [
            "ỦY BAN NHÂN DÂN\nXÃ PHÚ SẬY\nSố: 09/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
            "Phú Sậy, ngày 12 tháng 02 năm 2025",
            "KẾ HOẠCH\nPhát triển kinh tế hợp tác",
            "I. MỤC TIÊU ĐẾN NĂM 2030",
            "1. Về kinh tế",
            "- Có 12 hợp tác xã hoạt động hiệu quả.",
            "- Đến năm 2027, tỷ lệ hộ tham gia đạt 40%.",
            "II. TỔ CHỨC THỰC HIỆN",
            "1. Công chức Kinh tế tham mưu triển khai Kế hoạch.",
        ]
    )
    (record,) = extract_text(text)
    assert [(t.value, t.due) for t in record.targets] == [(12, "2030-12-31"), (40, "2027-12-31")]
