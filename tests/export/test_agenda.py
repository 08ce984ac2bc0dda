"""`tasks` and `show`: what is due, whose it is, where it says so."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from samples import NOTICES
from vndirective.cli import app
from vndirective.export.agenda import Entry, Question, entries, groups
from vndirective.export.names import matches
from vndirective.schema.record import Record


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("UBND xã", "Ủy ban nhân dân xã Đồng Kê"),
        ("uy ban nhan dan xa", "UBND xã"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân các xã, thị trấn"),
        ("SNV", "Sở Nội vụ"),
        ("so noi vu", "Sở Nội vụ"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Phòng Giáo dục và Đào tạo", "Phòng GD&ĐT huyện"),
        ("công an", "Trưởng Công an huyện"),
        ("THCS", "Trường THCS Đồng Kê"),
        ("", "Sở Y tế"),
    ],
)
def test_names_are_found_as_people_type_them(asked: str, name: str) -> None:
    assert matches(asked, name)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Sở Y tế", "Sở Nội vụ"),
        ("SYT", "Sở Nội vụ"),
        ("an", "Công a"),
        ("UBND tỉnh", "Ủy ban nhân dân xã"),
        ("y te", "Y"),
    ],
)
def test_other_names_are_not(asked: str, name: str) -> None:
    assert not matches(asked, name)


def found(records: list[Record], **asked) -> list[Entry]:
    return entries(records, Question(**asked))


def test_every_deadline_is_there_once_in_order(records: list[Record]) -> None:
    rows = found(records)
    deadlines = [d.raw for r in records for t in r.tasks for d in t.deadlines]
    assert sorted(e.words or "" for e in rows) == sorted(deadlines)
    dated = [e.due for e in rows if e.due]
    assert dated == sorted(dated) and all(e.days is None and e.state != "overdue" for e in rows)
    every = found(records, undated=True)
    assert {e.key for e in every} == {f"{r.id}/{t.id}" for r in records for t in r.tasks}


def _one(records: list[Record], words: str, on: date) -> Entry:
    return next(e for e in found(records, on=on) if e.words == words)


def test_an_exclusive_day_is_over_one_day_sooner(records: list[Record]) -> None:
    before = "trước ngày 25/9/2024"
    assert _one(records, before, date(2024, 9, 24)).days == 0
    assert _one(records, before, date(2024, 9, 25)).state == "overdue"
    until = "chậm nhất ngày 31/12/2025"
    assert _one(records, until, date(2025, 12, 31)).state == "due"
    assert _one(records, until, date(2026, 1, 2)).days == -2
    # an hour bounds its own day
    assert _one(records, "trước 18 giờ 00 ngày 23/9/2025", date(2025, 9, 23)).state == "due"


def test_a_recurring_task_has_its_next_day(records: list[Record]) -> None:
    monthly = "trước ngày 25 hằng tháng"
    assert _one(records, monthly, date(2025, 2, 26)).due == date(2025, 3, 25)
    assert _one(records, monthly, date(2025, 3, 25)).days == 0
    assert _one(records, monthly, date(2020, 1, 1)).due == date(2024, 9, 25)  # not before the notice


def test_groups(records: list[Record]) -> None:
    rows = found(records, on=date(2025, 9, 1))
    by_unit = dict(groups(rows, "unit"))
    assert all(heading == "" or heading in e.leads for heading, es in by_unit.items() for e in es)
    assert sum(max(1, len(e.leads)) for e in rows) == sum(map(len, by_unit.values()))
    weeks = [heading for heading, _ in groups(rows, "week")]
    assert weeks == sorted(weeks, key=lambda w: (w == "", w))


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["tasks", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_filters_and_shows(sample_out: Path) -> None:
    shown = run(sample_out, "--on", "2025-12-11", "--assignee", "dang uy ubnd tinh", "--width", "140")
    assert re.search(r"Đảng ủy Ủy ban nhân dân tỉnh \(\d\)", shown) and "còn 20 ngày" in shown and "218-KL/TU" in shown
    rows = json.loads(run(sample_out, "--on", "11/12/2025", "--overdue", "--format", "json"))
    assert rows and all(r["state"] == "overdue" and r["days"] < 0 for r in rows)
    head, *lines = csv.reader(io.StringIO(run(sample_out, "--until", "2024-09-30", "--format", "csv")))
    assert lines and all(line[head.index("due")] <= "2024-09-30" for line in lines)
    assert "Tuần 39 (23/9/2024 – 29/9/2024)" in run(sample_out, "--by", "week", "--width", "120")
    assert "Không có nhiệm vụ" in run(sample_out, "--assignee", "Cục Hàng không")


def test_overdue_needs_a_day(sample_out: Path) -> None:
    result = CliRunner().invoke(app, ["tasks", str(sample_out), "--overdue"])
    assert result.exit_code == 2 and "--on" in result.output


def test_csv_of_the_agenda_has_no_formula(hostile: Path) -> None:
    rows = csv.reader(io.StringIO(run(hostile, "--format", "csv")))
    assert not [c for row in rows for c in row if c.lstrip()[:1] in set("=+-@") and c]


def test_show_is_a_sheet_of_the_record(sample_out: Path, records: list[Record]) -> None:
    path = next(p for p in sorted((sample_out / "records").iterdir()) if p.name.startswith("s08"))
    shown = CliRunner().invoke(app, ["show", str(path), "--width", "120"]).output
    for part in ("CÔNG ĐIỆN 06/CĐ-UBND", "HỎA TỐC", "chủ trì: Công an tỉnh", "Bùi Quang Hiển", "18:00 23/9/2025"):
        assert part in shown
    source = next(p for p in NOTICES if p.stem.startswith("s08"))
    assert CliRunner().invoke(app, ["show", str(source), "--width", "120"]).output == shown


def test_show_of_a_damaged_record_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    result = CliRunner().invoke(app, ["show", str(tmp_path / "a.json")])
    assert result.exit_code == 5 and "Cách xử lý" in result.output
