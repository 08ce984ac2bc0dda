"""Sentences and the dates they bind: contract, periods, recurrence, and what is no deadline."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from phrase_notices import ISSUED_ON, Phrase, complaints_of_times, phrases
from vndirective import extract_text
from vndirective.extract.dates import find_dates
from vndirective.extract.deadlines import expressions, find_deadlines
from vndirective.extract.deadlines.headings import WORK_OF_PERIOD, find_heading_deadlines
from vndirective.extract.deadlines.working_days import add_working_days, is_working_day
from vndirective.extract.rules import Rule
from vndirective.parsers.source import DraftBlock, SourceText, Span, assemble
from vndirective.schema.record import Deadline, Evidence, PartialDate
from vndirective.segment.syllables import fold

DAYS_OFF = Path(__file__).parent / "days_off_vn.txt"


def issued(iso: str) -> PartialDate:
    year, month, day = map(int, iso.split("-"))
    evidence = Evidence(spans=(), quote="", rule="", confidence=1)
    return PartialDate(iso=iso, year=year, month=month, day=day, raw="", evidence=evidence)


ISSUED = issued("2025-09-18")


def read(sentence: str, on: PartialDate | None = ISSUED) -> list[Deadline]:
    text, blocks = assemble([DraftBlock(sentence)])
    return find_deadlines(SourceText(text, blocks, "text/plain", "text"), Span(0, len(text)), on)


def read_heading(words: str) -> list[Deadline]:
    text, blocks = assemble([DraftBlock(words)])
    return find_heading_deadlines(SourceText(text, blocks, "text/plain", "text"), Span(0, len(text)), ISSUED)


@pytest.mark.parametrize(
    ("sentence", "kind", "start", "end"),
    [
        ("Báo cáo kết quả chậm nhất ngày 20/9/2025.", "by", None, "2025-09-20"),
        ("Hoàn thành trước ngày 5 tháng 10 năm 2025.", "by", None, "2025-10-05"),
        ("Nộp trước 17 giờ 00 ngày 20/9/2025.", "by", None, "2025-09-20"),
        ("Gửi báo cáo trước ngày 15/3.", "by", None, "2026-03-15"),
        ("Thực hiện đến hết tháng 8/2026.", "by", None, "2026-08-31"),
        ("Tổ chức từ ngày 15/10/2025 đến ngày 30/10/2025.", "between", "2025-10-15", "2025-10-30"),
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
        "Giấy phép có hiệu lực từ ngày 14/3/2024 đến ngày 13/3/2026.",
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


@pytest.mark.parametrize(
    ("sentence", "kind", "start", "end"),
    [
        ("Báo cáo trước thứ Sáu, ngày 26/9/2025.", "by", None, "2025-09-26"),
        ("Báo cáo trước thứ Hai (29/9/2025).", "by", None, "2025-09-29"),
        ("Nộp trước ngày 25/9/25.", "by", None, "2025-09-25"),
        ("Gửi trước ngày 30 tháng này.", "by", None, "2025-09-30"),
        ("Xong trước ngày 20 tháng 10 năm nay.", "by", None, "2025-10-20"),
        ("Hoàn thành trước cuối tháng 10/2025.", "by", None, "2025-10-31"),
        ("Hoàn thành trước cuối năm.", "by", None, "2025-12-31"),
        ("Họp vào trung tuần tháng 10/2025.", "during", "2025-10-11", "2025-10-20"),
        ("Hoàn thành trong tuần này.", "during", "2025-09-15", "2025-09-21"),
        ("Hoàn thành trong quý tới.", "during", "2025-10-01", "2025-12-31"),
        ("Khảo sát (tháng 10 - 11/2025).", "during", "2025-10-01", "2025-11-30"),
        ("Khảo sát trong quý III, IV/2025.", "during", "2025-07-01", "2025-12-31"),
        ("Tập huấn, thời gian: 07-11/10/2025.", "between", "2025-10-07", "2025-10-11"),
        ("Trực từ nay đến ngày 30/9/2025.", "between", "2025-09-18", "2025-09-30"),
        ("Khám trong các ngày 22, 23 và 24/10/2025.", "between", "2025-10-22", "2025-10-24"),
        ("Chuyển đổi toàn bộ đến năm 2027.", "by", None, "2027-12-31"),
        ("Sửa phòng học trước Tết Nguyên đán Bính Ngọ.", "by", None, "2026-02-17"),
        ("Sửa phòng học trước Tết Nguyên đán.", "by", None, "2026-02-17"),
        ("Trực ban trong dịp Tết Nguyên đán năm 2026.", "during", "2026-02-16", "2026-02-20"),
        ("Lắp xong máy chiếu trước ngày khai giảng.", "by", None, "2026-09-05"),
        ("Cấp kinh phí trong 07 ngày làm việc kể từ ngày ký Thông báo này.", "within", None, "2025-09-29"),
        ("Khoanh vùng điểm sạt lở trong 03 ngày tới.", "within", None, "2025-09-21"),
        ("Quyết toán trong vòng 45 ngày kể từ ngày 30/9/2025.", "within", None, "2025-11-14"),
        ("Thanh toán trong 10 ngày kể từ ngày ký hợp đồng.", "within", None, None),
    ],
)
def test_wordings_of_many_offices(sentence: str, kind: str, start: str | None, end: str | None) -> None:
    [found] = read(sentence)
    assert (found.kind, found.start, found.end) == (kind, start, end)
    assert found.raw == found.evidence.quote and found.raw in sentence


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Nộp trước ngày 15/02 hằng năm.", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15"]),
        ("Hằng năm, bình xét hộ giỏi trước ngày 30/11.", ["FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"]),
        (
            "Báo cáo trước ngày 15/6 và 15/12 hằng năm.",
            ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"],
        ),
        ("Hằng năm tổ chức đối thoại vào tháng 10.", ["FREQ=YEARLY;BYMONTH=10"]),
        ("Hằng tháng, trước ngày 15, gửi danh sách.", ["FREQ=MONTHLY;BYMONTHDAY=15"]),
        ("Thu từ ngày 01 đến ngày 05 hằng tháng.", ["FREQ=MONTHLY;BYMONTHDAY=5"]),
        ("Chào cờ mỗi sáng thứ Hai.", ["FREQ=WEEKLY;BYDAY=MO"]),
        ("Thu gom vào thứ Ba, thứ Sáu hằng tuần.", ["FREQ=WEEKLY;BYDAY=TU,FR"]),
        ("Báo cáo trước 16 giờ hằng ngày.", ["FREQ=DAILY"]),
        ("Kiểm tra 2 tuần một lần.", ["FREQ=WEEKLY;INTERVAL=2"]),
        ("Kiểm tra ít nhất 01 lần/quý.", ["FREQ=MONTHLY;INTERVAL=3"]),
        ("Nộp vào ngày làm việc cuối cùng của tháng.", ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"]),
    ],
)
def test_days_that_come_again(sentence: str, rules: list[str]) -> None:
    assert [d.recurrence for d in read(sentence)] == rules


@pytest.mark.parametrize(
    "sentence",
    [
        "Thống kê số vụ việc từ năm 2020 đến năm 2024.",
        "Phân loại hồ sơ tồn đọng từ trước ngày 01/01/2015.",
        "Rà soát đảng viên sinh trước năm 1965.",
        "Giải quyết hồ sơ phát sinh trước ngày 01/7/2026.",
        "Rà soát văn bản ban hành trước ngày 01/7/2026.",
        "Đối chiếu số liệu tính đến hết ngày 31/12/2025.",
        "Rà soát hợp đồng có thời hạn đến ngày 31/12/2026.",
        "Rút ngắn thời gian giải quyết xuống không quá 12 ngày.",
        "Bảo hành trong thời hạn 12 tháng kể từ ngày nghiệm thu.",
        "Xe có thời gian hết hạn lưu hành là ngày 23/8/2028.",
        "Hội xin lùi đại hội nhiệm kỳ đến quý I/2026.",
        "Tuyên truyền kỷ niệm ngày thành lập (22/12/1944 - 22/12/2025).",
        "Quán triệt Nghị quyết số 12-NQ/TW, ngày 05/9/2026 và Kết luận ngày 07/9/2026.",
        "Bảo đảm trật tự trước, trong và sau Tết Nguyên đán Bính Ngọ.",
        "Tiêm cho trẻ từ 9 tháng đến 12 tháng tuổi, trước 5-7 ngày.",
    ],
)
def test_what_bounds_no_work(sentence: str) -> None:
    assert not read(sentence)


def test_words_like_those_of_a_validity_do_not_hide_a_limit() -> None:
    for sentence in (
        "Bàn giao máy tính trước ngày 20/10/2025.",
        "Hướng dẫn học sinh trước ngày 20/10/2025.",
        "Hoàn thành kiểm định thang máy trước ngày 20/10/2025.",
        "Báo cáo theo Công văn số 45/UBND-NV ngày 12/9/2025 trước ngày 20/10/2025.",
    ):
        assert [d.end for d in read(sentence)] == ["2025-10-20"], sentence


def test_a_year_mistyped_stays_a_limit_what_is_done_does_not() -> None:
    assert [d.end for d in read("Nộp báo cáo trước ngày 20/01/2025.")] == ["2025-01-20"]
    assert not read("Công an xã đã cấp xong thẻ trước ngày 20/01/2025.")


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("Hoàn thành trước ngày 30/9/2025:", "2025-09-30"),
        ("NHIỆM VỤ THÁNG 10 NĂM 2025", "2025-10-31"),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2025", "2025-12-31"),
        ("Trong tháng 10/2025, các phòng tập trung một số nhiệm vụ sau:", "2025-10-31"),
        ("Nghe báo cáo xong, Chủ tịch yêu cầu các xã hoàn thành trước ngày 15/10/2025 các việc sau:", "2025-10-15"),
        ("DANH MỤC NHIỆM VỤ THỰC HIỆN TRONG QUÝ IV/2025", "2025-12-31"),
    ],
)
def test_headings_and_lead_ins_that_bound_what_is_under_them(words: str, end: str) -> None:
    assert [(d.end, d.basis) for d in read_heading(words)] == [(end, "inherited")]


@pytest.mark.parametrize(
    "words",
    [
        "Để hoàn thành các chỉ tiêu trong năm 2025, yêu cầu tập trung một số việc sau:",
        "Nhằm hoàn thành kế hoạch trước ngày 30/9/2025, các đơn vị thực hiện:",
        "Sau khi nghe báo cáo nhiệm vụ trong tháng 10/2025, Chủ tịch kết luận như sau:",
        "Về Kế hoạch phát triển kinh tế - xã hội năm 2025:",
        "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026",
        "Về chuẩn bị kỳ họp trong tháng 12/2025:",
        "(Kèm theo Kế hoạch số 15/KH-UBND ngày 12/10/2025)",
    ],
)
def test_headings_and_lead_ins_that_only_name(words: str) -> None:
    assert not read_heading(words)


def test_the_title_of_a_table_sets_the_time_of_rows_without_one() -> None:
    [record] = extract_text(
        "ỦY BAN NHÂN DÂN\nHUYỆN THANH VÂN\nSố: 21/KH-UBND\n\nThanh Vân, ngày 18 tháng 9 năm 2025\n\nKẾ HOẠCH\nPhân công nhiệm vụ\n\n"
        "DANH MỤC NHIỆM VỤ THỰC HIỆN TRONG QUÝ IV/2025\n\n"
        "| STT | Nội dung | Đơn vị chủ trì | Thời hạn |\n|---|---|---|---|\n"
        "| 1 | Rà soát quy hoạch chợ | Phòng Kinh tế và Hạ tầng | 15/10/2025 |\n"
        "| 2 | Xây dựng phương án bãi rác | Phòng Nông nghiệp và Môi trường | |\n"
    )
    assert [[(d.raw, d.end, d.basis) for d in t.deadlines] for t in record.tasks] == [
        [("15/10/2025", "2025-10-15", "inherited")],
        [("TRONG QUÝ IV/2025", "2025-12-31", "inherited")],
    ]


@pytest.mark.parametrize("rule", [*expressions.RULES, WORK_OF_PERIOD], ids=lambda r: r.id)
def test_no_rule_is_silenced_by_the_words_it_waits_for(rule: Rule) -> None:
    for example in rule.examples:
        assert rule is WORK_OF_PERIOD or rule in expressions.rules_for(fold(example)), example
        assert rule.pattern is not None and rule.pattern.search(example), example
    for counter in rule.counter_examples:
        assert rule.pattern is not None and not rule.pattern.search(counter), counter


@pytest.mark.parametrize("phrase", [p for p in phrases("deadlines") if "\n" not in p.text], ids=str)
def test_times_of_the_phrases_whether_or_not_a_task_is_seen(phrase: Phrase) -> None:
    assert not complaints_of_times(phrase, read(phrase.text, issued(phrase.entry.get("issued_on", ISSUED_ON))))


def test_working_days_of_fifteen_years_agree_with_the_public_calendar() -> None:
    printed = [line for line in DAYS_OFF.read_text(encoding="utf-8").split() if line[-1].isdigit() and "-" in line]
    worked = {date.fromisoformat(p[1:]) for p in printed if p[0] == "+"}
    off = {date.fromisoformat(p) for p in printed if p[0].isdigit() and len(p) == len("2015-01-01")}
    every = [date(2015, 1, 1) + timedelta(n) for n in range((date(2030, 12, 31) - date(2015, 1, 1)).days + 1)]
    assert len(off) > 170 and len(worked) == 7
    assert not [d for d in every if is_working_day(d) != (d in worked or (d.weekday() < 5 and d not in off))]


def test_working_days_skip_weekends_holidays_and_their_substitutes() -> None:
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)  # Tết Bính Ngọ, 16-20 February
    assert add_working_days(date(2025, 8, 29), 1) == date(2025, 9, 3)  # Quốc khánh
    assert add_working_days(date(2026, 4, 24), 1) == date(2026, 4, 28)  # Giỗ Tổ on a Sunday moves to Monday
    assert add_working_days(date(2024, 4, 26), 4) == date(2024, 5, 6)  # 29 April moved off, 4 May worked


def test_impossible_days_are_no_dates() -> None:
    assert not find_dates("ngày 31/02/2025", 0, 15)
    [hit] = find_dates("ngày mồng 5 tháng 3 năm 2025", 0, 40)
    assert hit.iso == "2025-03-05"


def test_the_hour_of_a_report_in_the_hall_bounds_no_item_above_it() -> None:
    [record] = extract_text(
        "TRƯỜNG CAO ĐẲNG VÂN HÀ\n\nSố: 12/TB-CĐVH\nVân Hà, ngày 01 tháng 4 năm 2025\n\nTHÔNG BÁO\nVề việc báo cáo tự đánh giá\n\n"
        "Nhà trường yêu cầu các nhóm viết báo cáo thực hiện các công việc như sau:\n"
        "1. Soạn tóm tắt báo cáo tự đánh giá;\n"
        "2. Gửi tóm tắt về Phòng Đào tạo đến hết ngày 18/4/2025;\n"
        "3. Thời gian báo cáo: 8h00, thứ Sáu ngày 25/4/2025.\n"
        "4. Địa điểm: Hội trường A.\n"
    )
    assert [[d.end for d in task.deadlines] for task in record.tasks] == [[], ["2025-04-18"]]
