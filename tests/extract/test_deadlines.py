"""Sentences and the dates they bind: contract, periods, recurrence, and what is no deadline."""

from __future__ import annotations

import pytest

from vndirective.extract.dates import find_dates
from vndirective.extract.deadlines import find_deadlines
from vndirective.extract.deadlines.working_days import add_working_days
from vndirective.parsers.source import DraftBlock, SourceText, Span, assemble
from vndirective.schema.record import Deadline, Evidence, PartialDate

ISSUED = PartialDate(
    iso="2025-09-18", year=2025, month=9, day=18, raw="", evidence=Evidence(spans=(), quote="", rule="", confidence=1)
)


def read(sentence: str, issued: PartialDate | None = ISSUED) -> list[Deadline]:
    text, blocks = assemble([DraftBlock(sentence)])
    return find_deadlines(SourceText(text, blocks, "text/plain", "text"), Span(0, len(text)), issued)


@pytest.mark.parametrize(
    ("sentence", "kind", "start", "end"),
    [
        ("Báo cáo kết quả chậm nhất ngày 20/9/2025.", "by", None, "2025-09-20"),
        ("Hoàn thành trước ngày 5 tháng 10 năm 2025.", "by", None, "2025-10-05"),
        ("Nộp trước 17 giờ 00 ngày 20/9/2025.", "by", None, "2025-09-20"),
        ("Gửi báo cáo trước ngày 15/3.", "by", None, "2026-03-15"),
        ("Thực hiện đến hết tháng 8/2026.", "by", None, "2026-08-31"),
        ("Tổ chức từ ngày 15/8/2025 đến ngày 30/8/2025.", "between", "2025-08-15", "2025-08-30"),
        ("Tổ chức từ 10/5 đến hết ngày 14/5/2026.", "between", "2026-05-10", "2026-05-14"),
        ("Hoàn thành trong quý II/2026.", "during", "2026-04-01", "2026-06-30"),
        ("Triển khai trong quý 3 năm 2026.", "during", "2026-07-01", "2026-09-30"),
        ("Sơ kết trong 6 tháng đầu năm 2026.", "during", "2026-01-01", "2026-06-30"),
        ("Triển khai ngay trong năm học 2025-2026.", "during", "2025-09-05", "2026-05-31"),
        ("Bồi dưỡng giáo viên vào dịp hè năm 2026.", "during", "2026-06-01", "2026-08-31"),
        ("Xây dựng góc học tập từ năm học 2025-2026.", "from", "2025-09-05", None),
        ("Báo cáo trong vòng 15 ngày kể từ ngày ký.", "within", None, "2025-10-03"),
        ("Trình duyệt trong thời hạn 10 ngày làm việc kể từ ngày ban hành.", "within", None, "2025-10-02"),
    ],
)
def test_dates(sentence: str, kind: str, start: str | None, end: str | None) -> None:
    [found] = read(sentence)
    assert (found.kind, found.start, found.end) == (kind, start, end)
    assert found.raw == found.evidence.quote and found.raw in sentence


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Báo cáo trước ngày 25 hằng tháng.", ["FREQ=MONTHLY;BYMONTHDAY=25"]),
        ("Hằng năm tổ chức sơ kết.", ["FREQ=YEARLY"]),
        ("Định kỳ hằng quý báo cáo.", ["FREQ=MONTHLY;INTERVAL=3"]),
        ("Định kỳ 6 tháng, hằng năm báo cáo.", ["FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"]),
        ("Gửi tin vào thứ Sáu hằng tuần.", ["FREQ=WEEKLY;BYDAY=FR"]),
        ("Báo cáo chậm nhất ngày 15 tháng cuối quý.", ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15;BYMONTH=3,6,9,12"]),
    ],
)
def test_recurrence(sentence: str, rules: list[str]) -> None:
    assert [d.recurrence for d in read(sentence)] == rules


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị.",
        "Tổng kết năm học 2022-2023 và khai giảng năm học mới.",
        "Chuẩn bị đại hội nhiệm kỳ 2025 - 2030.",
        "Giấy chứng nhận có hiệu lực từ ngày 26/8/2025 đến ngày 25/8/2027.",
        "Phương tiện có thời hạn kiểm định đến hết tháng 8/2026.",
        "Triển khai Chương trình phát triển đô thị đến năm 2030, tầm nhìn 2045.",
        "Rà soát tiêu chí của 12 xã, 40 thôn.",
    ],
)
def test_no_deadline(sentence: str) -> None:
    assert not [d for d in read(sentence) if d.start or d.end or d.recurrence]


def test_exclusive_and_hour() -> None:
    [before] = read("Nộp trước 17 giờ 00 ngày 20/9/2025.")
    assert (before.inclusive, before.time, before.precision) == (False, "17:00", "minute")
    [latest] = read("Nộp chậm nhất ngày 20/9/2025.")
    assert latest.inclusive is True


def test_what_the_document_does_not_say_stays_null() -> None:
    [found] = read("Gửi báo cáo trước ngày 15/3.", None)
    assert (found.raw, found.end) == ("trước ngày 15/3", None)
    [event] = read("Triển khai sau khi có hướng dẫn của Sở Tài chính.")
    assert (event.kind, event.start, event.end) == ("event", None, None)


def test_working_days_skip_weekends_and_tet() -> None:
    from datetime import date

    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)  # Tết Bính Ngọ, 16-20 February
    assert add_working_days(date(2025, 8, 29), 1) == date(2025, 9, 3)  # Quốc khánh


def test_impossible_days_are_no_dates() -> None:
    assert not find_dates("ngày 31/02/2025", 0, 15)
    [hit] = find_dates("ngày mồng 5 tháng 3 năm 2025", 0, 40)
    assert hit.iso == "2025-03-05"
