"""Deadlines as a calendar (RFC 5545): one event or to-do a deadline, alarms 7, 3 and 1 days before.

    previous calendar ─▶ UID → SEQUENCE, digest ┐
    records ─▶ deadlines ─▶ components ─────────┴─▶ written one at a time

A UID is the task's key and the deadline's place in it, so a re-run updates what calendars already hold: an entry that
changed gets the next SEQUENCE, one that is gone is written as cancelled. No clock is read: DTSTAMP is the day of issue.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, Timezone, Todo, vRecur

from vndirective.errors import ChangedTargetError
from vndirective.export.cells import plain
from vndirective.export.collection import Collection
from vndirective.export.occurrences import calendar_rule, clock, first_occurrence
from vndirective.export.register import as_date, document_name, issued_date, task_key
from vndirective.export.writing import Note, Settings, Written, whole_file
from vndirective.messages import say
from vndirective.schema.record import Deadline, Record, Task

ZONE = "Asia/Ho_Chi_Minh"
ALARM_DAYS = (7, 3, 1)
_PRIORITIES = {"KHẨN": 5, "THƯỢNG KHẨN": 3, "HỎA TỐC": 1, "HỎA TỐC HẸN GIỜ": 1}
_SUMMARY = 120  # characters of the task in a line of a calendar
_VOLATILE = (b"SEQUENCE:", b"DTSTAMP:")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Known:
    sequence: int
    digest: str


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    """Calendar at `target`. ChangedTargetError where another kind of file stands there and `settings.force` is not given."""
    known = _known(target, settings.force)
    undated = 0
    gone = dict(known)
    with whole_file(target) as draft, draft.open("wb") as stream:
        head, tail = _frame(settings)
        stream.write(head)
        for record in collection.records():
            for task in record.tasks:
                for number, deadline in enumerate(task.deadlines, start=1):
                    entry = _entry(record, task, deadline, number, settings)
                    if entry is None:
                        undated += 1
                        continue
                    gone.pop(str(entry["UID"]), None)
                    stream.write(_numbered(entry, known.get(str(entry["UID"]))))
        for lines in _entries(target) if gone else ():
            if _property(lines, b"UID") in gone:
                stream.write(_cancelled(lines))
        stream.write(tail)
    return Written([target], [Note("undated", undated)] if undated else [])


def _frame(settings: Settings) -> tuple[bytes, bytes]:
    """What stands before and after the entries."""
    calendar = Calendar()
    calendar.add("PRODID", "-//vndirective//calendar//VI")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", say("calendar", settings.lang))
    calendar.add("X-WR-TIMEZONE", ZONE)
    zone = Timezone.from_tzid(ZONE, first_date=date(1990, 1, 1))
    zone.pop("COMMENT", None)  # "only works until 2038": Viet Nam has kept +07 since 1975
    calendar.add_component(zone)
    end = b"END:VCALENDAR\r\n"
    return _bytes(calendar).removesuffix(end), end


def _entry(record: Record, task: Task, deadline: Deadline, number: int, settings: Settings) -> Component | None:
    """Event or to-do of a deadline, without SEQUENCE; None where it has no day to stand on."""
    recurring = first_occurrence(deadline, issued_date(record)) if deadline.recurrence else None
    begins, ends = as_date(deadline.start), as_date(deadline.end)
    day = recurring or ends or begins
    if day is None:
        return None
    lang = settings.lang
    entry: Component = Event() if settings.calendar == "event" else Todo()
    entry.add("UID", f"{task_key(record, task.id).replace('/', '-')}-{number}@vndirective")
    entry.add("DTSTAMP", datetime.combine(issued_date(record) or _EPOCH, datetime.min.time(), tzinfo=UTC))
    _when(entry, day, deadline, begins if not recurring and ends else None)
    if recurring:
        entry.add("RRULE", _rule(deadline))
    words = " ".join(plain(task.text).split())
    text = words if len(words) <= _SUMMARY else f"{words[:_SUMMARY].rstrip()}…"
    opens = f"{say('begins', lang)}: " if day == begins and ends is None and not recurring else ""
    entry.add("SUMMARY", f"{opens}{text}")
    entry.add("DESCRIPTION", _description(record, task, deadline, settings))
    leads = [plain(a.name) for a in task.assignees if a.role == "lead"]
    if leads:
        entry.add("CATEGORIES", list(dict.fromkeys(leads)))
    if record.marks.urgency:
        entry.add("PRIORITY", _PRIORITIES.get(record.marks.urgency.upper(), 5))
    entry.add("X-VNDIRECTIVE-TASK", task_key(record, task.id))
    entry.add(
        "X-VNDIRECTIVE-RAW", " ".join(plain(deadline.raw).split())
    )  # of no known type, so nothing is escaped in it
    for days in ALARM_DAYS:
        entry.add_component(_alarm(days, text, before_end="DUE" in entry))
    return entry


def _when(entry: Component, day: date, deadline: Deadline, begins: date | None) -> None:
    hour = clock(deadline)
    at = datetime.combine(day, hour, tzinfo=ZoneInfo(ZONE)) if hour else day
    if isinstance(entry, Event):
        entry.add("DTSTART", at)
        if not hour:
            entry.add("DTEND", day + timedelta(days=1))
        entry.add("TRANSP", "TRANSPARENT")  # a deadline takes nobody's time
        return
    if deadline.recurrence:
        entry.add("DTSTART", at)  # recurrence counts from DTSTART; DUE must then come later
    else:
        if begins is not None and begins < day:
            entry.add("DTSTART", datetime.combine(begins, hour, tzinfo=ZoneInfo(ZONE)) if hour else begins)
        entry.add("DUE", at)
    entry.add("STATUS", "NEEDS-ACTION")


def _rule(deadline: Deadline) -> vRecur:
    rule: vRecur = vRecur.from_ical(calendar_rule(deadline.recurrence or ""))
    end = as_date(deadline.end)
    if end is not None and "UNTIL" not in rule and "COUNT" not in rule:
        # UNTIL is of the same kind as DTSTART
        timed = clock(deadline) is not None
        midnight = datetime.combine(end + timedelta(days=1), datetime.min.time(), tzinfo=ZoneInfo(ZONE))
        rule["UNTIL"] = [(midnight - timedelta(seconds=1)).astimezone(UTC) if timed else end]
    return rule


def _alarm(days: int, text: str, *, before_end: bool) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", text)
    alarm.add("TRIGGER", -timedelta(days=days), parameters={"RELATED": "END"} if before_end else {})
    return alarm


def _description(record: Record, task: Task, deadline: Deadline, settings: Settings) -> str:
    """The whole task, its words on time, whose it is, where it stands."""
    lang = settings.lang
    lines = [task.text, f"{say('deadline_printed', lang)}: {deadline.raw}"]
    lines += [f"{say(a.role, lang)}: {a.name}" for a in task.assignees]
    name = " ".join(filter(None, (record.doc_type.name if record.doc_type else None, document_name(record))))
    if name:
        lines.append(f"{say('source', lang)}: {name}")
    page = task.evidence.spans[0].page if task.evidence.spans else None
    lines.append(record.source.uri + (f", {say('page_short', lang, page=page)}" if page else ""))
    return plain("\n".join(lines))


def _numbered(entry: Component, known: _Known | None) -> bytes:
    """The entry with its SEQUENCE: the one it had where nothing changed, else the next."""
    lines = _bytes(entry).splitlines(keepends=True)
    sequence = 0 if known is None else known.sequence + (_digest(lines) != known.digest)
    return b"".join([lines[0], f"SEQUENCE:{sequence}\r\n".encode(), *lines[1:]])


def _cancelled(lines: list[bytes]) -> bytes:
    """An earlier entry as cancelled, once; what cannot be read any more is left out."""
    try:
        entry = Event.from_ical(b"".join(lines))
    except ValueError:
        return b""
    if not isinstance(entry, Component):
        return b""
    if entry.get("STATUS") == "CANCELLED":
        return b"".join(lines)
    sequence = int(entry.get("SEQUENCE", 0))
    for name in ("STATUS", "SEQUENCE"):
        entry.pop(name, None)
    entry.add("STATUS", "CANCELLED")
    entry.add("SEQUENCE", sequence + 1)
    return _bytes(entry)


def _bytes(entry: Component) -> bytes:
    content: bytes = entry.to_ical()
    return content


def _digest(lines: Iterable[bytes]) -> str:
    """Of an entry as it is written; SEQUENCE and DTSTAMP play no part."""
    kept = (line for line in lines if not line.startswith(_VOLATILE))
    return hashlib.sha256(b"".join(kept)).hexdigest()[:16]


def _known(target: Path, force: bool) -> dict[str, _Known]:
    """Entries of the earlier calendar by UID. ChangedTargetError for a file that is not ours."""
    if not target.exists():
        return {}
    with target.open("rb") as stream:
        ours = b"PRODID:-//vndirective//" in stream.read(400)
    if not ours:
        if force:
            return {}
        raise ChangedTargetError(str(target))
    known = {}
    for lines in _entries(target):
        sequence = _property(lines, b"SEQUENCE")
        known[_property(lines, b"UID")] = _Known(int(sequence) if sequence.isdigit() else 0, _digest(lines))
    return known


def _property(lines: list[bytes], name: bytes) -> str:
    """A property of an entry, "" where it has none."""
    at = next((i for i, line in enumerate(lines) if line.startswith(name + b":")), None)
    if at is None:
        return ""
    parts = [lines[at].rstrip(b"\r\n")]
    for line in lines[at + 1 :]:  # folded lines go on after a space
        if not line.startswith((b" ", b"\t")):
            break
        parts.append(line.rstrip(b"\r\n")[1:])
    return b"".join(parts).decode("utf-8", "replace").partition(":")[2]


def _entries(path: Path) -> Iterator[list[bytes]]:
    """Lines of each event and to-do of a calendar, one entry at a time."""
    lines: list[bytes] = []
    inside: bytes | None = None
    with path.open("rb") as stream:
        for line in stream:
            word = line.strip()
            if inside is None and word in {b"BEGIN:VEVENT", b"BEGIN:VTODO"}:
                inside, lines = word.removeprefix(b"BEGIN:"), []
            if inside is not None:
                lines.append(line)
                if word == b"END:" + inside:
                    inside = None
                    yield lines
