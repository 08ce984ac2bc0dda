"""The calendar: read by icalendar, its rules expanded by dateutil, its entries updated by a re-export."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr

from vndirective.errors import ChangedTargetError
from vndirective.export import Settings, export
from vndirective.export.collection import Collection
from vndirective.export.occurrences import first_occurrence
from vndirective.export.register import task_key
from vndirective.schema.record import Record

icalendar = pytest.importorskip("icalendar")


def read(path: Path) -> dict[str, icalendar.Component]:
    """Entries by UID."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    entries = calendar.walk("VEVENT") + calendar.walk("VTODO")
    found = {str(e["UID"]): e for e in entries}
    assert len(found) == len(entries)
    return found


def uid(record: Record, task_id: str, number: int = 1) -> str:
    return f"{task_key(record, task_id).replace('/', '-')}-{number}@vndirective"


@pytest.mark.parametrize("kind", ["event", "todo"])
def test_each_dated_deadline_is_an_entry(sample_out: Path, records: list[Record], tmp_path: Path, kind) -> None:
    target = tmp_path / "c.ics"
    export(sample_out, "ics", target, Settings(calendar=kind))
    entries = read(target)
    for record in records:
        for task in record.tasks:
            for number, deadline in enumerate(task.deadlines, start=1):
                dated = record.issued_on is not None and record.issued_on.day is not None
                if not (deadline.start or deadline.end or (deadline.recurrence and dated)):
                    assert uid(record, task.id, number) not in entries  # "ngay sau Hội nghị": no day to stand on
                    continue
                entry = entries.pop(uid(record, task.id, number))
                assert str(entry["X-VNDIRECTIVE-TASK"]) == task_key(record, task.id)
                assert str(entry["X-VNDIRECTIVE-RAW"]) == deadline.raw and task.text in str(entry["DESCRIPTION"])
                assert {a.name for a in task.assignees} <= {
                    line.partition(": ")[2] for line in str(entry["DESCRIPTION"]).splitlines()
                }
                assert entry["SEQUENCE"] == 0
                alarms = sorted(a["TRIGGER"].dt for a in entry.walk("VALARM"))
                assert alarms == [timedelta(days=-7), timedelta(days=-3), timedelta(days=-1)]
                assert ("RRULE" in entry) == (deadline.recurrence is not None)
                if deadline.end and not deadline.recurrence:
                    at = entry["DTSTART" if kind == "event" else "DUE"].dt
                    assert (at.date() if isinstance(at, datetime) else at).isoformat() == deadline.end
                    assert isinstance(at, datetime) == (deadline.time is not None)
    assert not entries


def test_hours_are_those_of_viet_nam(sample_out: Path, records: list[Record], tmp_path: Path) -> None:
    export(sample_out, "ics", tmp_path / "c.ics")
    raw = (tmp_path / "c.ics").read_text(encoding="utf-8")
    assert "BEGIN:VTIMEZONE" in raw and "TZID=Asia/Ho_Chi_Minh" in raw
    timed = [(r, t, n, d) for r in records for t in r.tasks for n, d in enumerate(t.deadlines, start=1) if d.time]
    assert timed
    entries = read(tmp_path / "c.ics")
    for record, task, number, deadline in timed:
        at = entries[uid(record, task.id, number)]["DTSTART"].dt
        assert f"{at:%H:%M}" == deadline.time and at.utcoffset() == timedelta(hours=7)


def test_rules_expand_as_the_notice_says(sample_out: Path, records: list[Record], tmp_path: Path) -> None:
    export(sample_out, "ics", tmp_path / "c.ics")
    entries = read(tmp_path / "c.ics")
    expanded: dict[str, list[list[date]]] = {}
    for record in records:
        for task in record.tasks:
            for number, deadline in enumerate(task.deadlines, start=1):
                if deadline.recurrence and record.issued_on and record.issued_on.day:
                    entry = entries[uid(record, task.id, number)]
                    at = entry["DTSTART"].dt
                    start = at.date() if isinstance(at, datetime) else at
                    rule = rrulestr(
                        entry["RRULE"].to_ical().decode(), dtstart=datetime.combine(start, datetime.min.time())
                    )
                    days = [d.date() for d in rule[:3]]
                    assert days[0] == start and record.issued_on and start.isoformat() >= record.issued_on.iso
                    expanded.setdefault(deadline.recurrence, []).append(days)
    assert [date(2024, 9, 25), date(2024, 10, 25), date(2024, 11, 25)] in expanded["FREQ=MONTHLY;BYMONTHDAY=25"]
    assert {d.weekday() for days in expanded["FREQ=WEEKLY;BYDAY=SA"] for d in days} == {5}
    assert "FREQ=MONTHLY;INTERVAL=3" in expanded


def test_the_last_month_of_a_quarter_comes_whatever_month_it_is_counted_from(
    records: list[Record],
) -> None:
    some = next(d for r in records for t in r.tasks for d in t.deadlines if d.recurrence)
    rule = "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20;BYMONTH=3,6,9,12"
    deadline = some.model_copy(update={"recurrence": rule, "start": None, "end": None})
    for month in range(1, 13):
        first = first_occurrence(deadline, date(2026, month, 16))
        assert first == date(2026, -(-month // 3) * 3, 20)


def _change(out: Path, change) -> None:
    path = next(p for p in sorted((out / "records").iterdir()) if b'"deadlines": [\n' in p.read_bytes())
    record = Record.model_validate_json(path.read_bytes())
    path.write_text(change(record).model_dump_json(), encoding="utf-8")


def _first(out: Path) -> tuple[Record, str]:
    record = next(r for r in Collection(out).records() if r.tasks and r.tasks[0].deadlines)
    return record, uid(record, record.tasks[0].id)


def test_sequence_grows_where_something_changed_and_only_there(out: Path) -> None:
    target = out / "export" / "deadlines.ics"
    export(out, "ics")
    first = target.read_bytes()
    export(out, "ics")
    assert target.read_bytes() == first
    _, key = _first(out)

    def later(record: Record) -> Record:
        task = record.tasks[0]
        moved = task.deadlines[0].model_copy(update={"end": "2031-01-15"})
        task = task.model_copy(update={"deadlines": (moved, *task.deadlines[1:])})
        return record.model_copy(update={"tasks": (task, *record.tasks[1:])})

    _change(out, later)
    export(out, "ics")
    entries = read(target)
    assert entries[key]["SEQUENCE"] == 1 and entries[key]["DTSTART"].dt == date(2031, 1, 15)
    assert {e["SEQUENCE"] for k, e in entries.items() if k != key} == {0}
    export(out, "ics")
    assert read(target)[key]["SEQUENCE"] == 1


def test_an_entry_that_is_gone_is_cancelled_and_may_come_back(out: Path) -> None:
    target = out / "export" / "deadlines.ics"
    export(out, "ics")
    record, key = _first(out)
    path = next(p for p in (out / "records").iterdir() if p.name == f"{record.source.uri}.json")
    away = path.rename(out / "away")
    for _ in range(2):
        export(out, "ics")
        assert read(target)[key]["STATUS"] == "CANCELLED" and read(target)[key]["SEQUENCE"] == 1
    away.rename(path)
    export(out, "ics")
    assert "STATUS" not in read(target)[key] and read(target)[key]["SEQUENCE"] == 2


def test_words_of_a_notice_open_no_line_of_a_calendar(hostile: Path) -> None:
    export(hostile, "ics")
    data = (hostile / "export" / "deadlines.ics").read_bytes()
    assert data.count(b"\r\nBEGIN:VALARM") == 3 * data.count(b"\r\nBEGIN:VEVENT") > 0
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert any("END:VEVENT" in str(e["DESCRIPTION"]) for e in read(hostile / "export" / "deadlines.ics").values())


def test_deadlines_without_a_date_are_counted(notice) -> None:
    out = notice(
        "THÔNG BÁO\nVề việc rà soát\n\n1. Phòng Kinh tế báo cáo ngay sau khi có hướng dẫn của Sở Tài chính.\n"
        "2. Phòng Văn hóa báo cáo trước ngày 20/4/2025.\n"
    )
    [record] = Collection(out).records()
    undated = [d for t in record.tasks for d in t.deadlines if d.kind == "event"]
    exported = export(out, "ics")
    assert undated and [(n.code, n.count) for n in exported.written.notes] == [("undated", len(undated))]


def test_another_calendar_is_not_overwritten(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "ca-nhan.ics"
    target.write_text("BEGIN:VCALENDAR\r\nPRODID:-//khac//\r\nEND:VCALENDAR\r\n")
    with pytest.raises(ChangedTargetError):
        export(out, "ics", target)
    export(out, "ics", target, Settings(force=True))
    assert read(target)
