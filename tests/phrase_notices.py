"""Phrases of tests/phrases: each stands as an item of a small notice, which is read; what the record says of it is compared.

    Phrase ─▶ notice_of ─▶ extract_text ─▶ Found (what begins inside the phrase) ─▶ complaints, [] where all is as expected

A key that is not written is not compared. A list of values means that each of them is right, "none" means null.
In names "[…]" marks words that may be there or not.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from vndirective import extract_text
from vndirective.schema.record import Deadline, Evidence, Record, Reference, Target, Task

FOLDER = Path(__file__).parent / "phrases"
SUITES = ("deadlines", "bodies", "roles", "targets", "references")
ISSUED_ON = "2025-03-10"
PLAIN_ITEM = "1. Nâng cao ý thức tiết kiệm điện, nước tại nơi làm việc."
TARGETS_FOLLOW = "Trong thời gian tới, tập trung lãnh đạo, phấn đấu hoàn thành các chỉ tiêu chủ yếu sau:"
FOLLOWING = "2. Giữ nghiêm kỷ luật, kỷ cương trong thực hiện nhiệm vụ, nói đi đôi với làm."
ROLES = ("lead", "coordinate", "implement", "report_to")
FREQUENCIES = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "quarterly": "MONTHLY", "yearly": "YEARLY"}

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Phrase:
    suite: str
    number: int
    entry: Entry

    @property
    def text(self) -> str:
        return str(self.entry["text"])

    @property
    def known_gap(self) -> str | None:
        return self.entry.get("known_gap")

    def __str__(self) -> str:
        return f"{self.suite}-{self.number:03}-{self.entry['class']}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a record holds inside the phrase."""

    tasks: list[Task]
    targets: list[Target]
    references: list[Reference]
    deadlines: list[Deadline] = field(default_factory=list)
    assignees: list[tuple[str, str]] = field(default_factory=list)


def phrases(suite: str) -> list[Phrase]:
    rows = tomllib.loads((FOLDER / f"{suite}.toml").read_text(encoding="utf-8"))["phrase"]
    return [Phrase(suite, n, row) for n, row in enumerate(rows, start=1)]


@cache
def frames() -> dict[str, Entry]:
    return tomllib.loads((FOLDER / "frames.toml").read_text(encoding="utf-8"))


def notice_of(phrase: Phrase) -> str:
    """The phrase as item 1 of a notice of our own; elsewhere where its `place` says so.

    `opening` and `closing` are a paragraph before and after the items, `target_list` an item of a list of targets.
    """
    name = phrase.entry.get("frame", "district")
    frame = frames()[name]
    year, month, day = phrase.entry.get("issued_on", ISSUED_ON).split("-")
    month = month if int(month) < 3 else str(int(month))
    party = name == "party"
    right = (
        ["ĐẢNG CỘNG SẢN VIỆT NAM"] if party else ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    )
    number = f"Số: 214-{frame['symbol']}" if party else f"Số: 214/{frame['symbol']}"
    place = phrase.entry.get("place", "item")
    head = "\n".join(frame["left"])
    blocks = [
        f"{head}\n{number}",
        "\n".join(right),
        f"{frame['place']}, ngày {day} tháng {month} năm {year}",
        "THÔNG BÁO\nKết luận tại cuộc họp giao ban công tác",
        *([phrase.text] if place == "opening" else []),
        TARGETS_FOLLOW if place == "target_list" else frame["lead_in"],
        f"1. {phrase.text}" if place in {"item", "target_list"} else PLAIN_ITEM,
        FOLLOWING,
        *([phrase.text] if place == "closing" else []),
        f"Nơi nhận:\n- Như trên;\n- Lưu: {'Văn phòng' if party else 'VT'}.",
        "\n\n".join(frame["signature"]),
    ]
    return "\n\n".join(blocks) + "\n"


def read(phrase: Phrase) -> Found:
    (record,) = extract_text(notice_of(phrase))
    lines = phrase.text.split("\n")
    first, last = str(record.text).index(lines[0]), str(record.text).index(lines[-1])
    inside = range(first - len("1. "), last + len(lines[-1]))
    return _inside(record, inside)


def _inside(record: Record, inside: range) -> Found:
    def begins(evidence: Evidence) -> bool:
        return evidence.spans[0].start in inside

    tasks = [t for t in record.tasks if begins(t.evidence)]
    deadlines = {(d.raw, d.start, d.end, d.recurrence): d for t in tasks for d in t.deadlines}
    return Found(
        tasks=tasks,
        targets=[t for t in record.targets if begins(t.evidence)],
        references=[r for r in record.references if begins(r.evidence)],
        deadlines=list(deadlines.values()),
        assignees=list(dict.fromkeys((a.name, a.role) for t in tasks for a in t.assignees)),
    )


def complaints(phrase: Phrase) -> list[str]:
    """What differs from what is expected, a line each; [] where nothing does."""
    found = read(phrase)
    match phrase.suite:
        case "deadlines":
            return _listed(phrase.entry["deadlines"], found.deadlines, _same_deadline, _show_deadline)
        case "bodies":
            return _bodies(phrase.entry, found)
        case "roles":
            return _roles(phrase.entry, found)
        case "targets":
            return _listed(phrase.entry["targets"], found.targets, _same_target, _show_target)
        case _:
            return _listed(phrase.entry["references"], found.references, _same_reference, _show_reference)


def complaints_of_times(phrase: Phrase, read_times: list[Deadline]) -> list[str]:
    """What differs in the times alone, wherever they were read."""
    once = {(d.raw, d.start, d.end, d.recurrence): d for d in read_times}
    return _listed(phrase.entry["deadlines"], list(once.values()), _same_deadline, _show_deadline)


def got(phrase: Phrase) -> str:
    """What was read, on one line, for reports."""
    found = read(phrase)
    match phrase.suite:
        case "deadlines":
            return "; ".join(map(_show_deadline, found.deadlines)) or "nothing"
        case "bodies" | "roles":
            return (
                "; ".join(f"{name} ({role})" for name, role in found.assignees) or f"nobody, {len(found.tasks)} task(s)"
            )
        case "targets":
            return "; ".join(map(_show_target, found.targets)) or "nothing"
        case _:
            return "; ".join(map(_show_reference, found.references)) or "nothing"


def _listed(wanted: list[Entry], read_values: list[Any], same: Any, show: Any) -> list[str]:
    left, told = list(read_values), []
    for want in sorted(wanted, key=lambda w: bool(w.get("optional"))):
        fitting = [v for v in left if same(v, want)]
        if not fitting and not want.get("optional"):
            told.append(f"missing: {_plain(want)}")
        for value in fitting if want.get("many") else fitting[:1]:
            left.remove(value)
    return told + [f"surplus: {show(value)}" for value in left]


def _plain(want: Entry) -> str:
    return ", ".join(f"{key} {value!r}" for key, value in want.items())


def _normal(text: str | None) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "")).strip().casefold()


def _one_of(value: object, accepted: object) -> bool:
    choices = accepted if isinstance(accepted, list) else [accepted]
    return any(value is None if choice == "none" else value == choice for choice in choices)


# --- deadlines ---------------------------------------------------------------------------------------------------------


def _same_deadline(value: Deadline, want: Entry) -> bool:
    plain = ("kind", "start", "end", "time", "inclusive", "basis", "offset")
    if any(key in want and not _one_of(getattr(value, key), want[key]) for key in plain):
        return False
    if "month" in want and want["month"] not in {(value.start or "")[:7], (value.end or "")[:7]}:
        return False
    if "raw" in want and not _covers(value.raw, want["raw"]):
        return False
    rule = value.recurrence or ""
    if "recurring" in want and not _recurs(rule, want["recurring"]):
        return False
    return not ("rrule" in want and not set(want["rrule"].split(";")) <= set(rule.split(";")))


def _covers(raw: str, want: str) -> bool:
    """The printed words, with at most four words more around them."""
    return _normal(want) in _normal(raw) and len(raw.split()) - len(want.split()) <= 4


def _recurs(rule: str, family: str) -> bool:
    if family == "periodic":
        return bool(rule)
    parts = set(rule.split(";"))
    quarterly = "INTERVAL=3" in parts
    return f"FREQ={FREQUENCIES[family]}" in parts and (quarterly == (family == "quarterly"))


def _show_deadline(value: Deadline) -> str:
    keys = ("start", "end", "time", "inclusive", "recurrence", "offset", "basis")
    shown = " ".join(f"{k}={getattr(value, k)}" for k in keys if getattr(value, k) not in (None, "explicit"))
    return f"{value.kind} '{value.raw}' {shown}"


# --- bodies and roles ----------------------------------------------------------------------------------------------------


def spellings(name: str | list[str]) -> set[str]:
    """All accepted spellings: each alternative, with and without the words in brackets."""
    out = set()
    for one in [name] if isinstance(name, str) else name:
        pieces = re.split(r"\[([^\]]*)\]", one)
        choices = [(piece,) if n % 2 == 0 else (piece, "") for n, piece in enumerate(pieces)]
        out |= {_normal("".join(picked)) for picked in product(*choices)}
    return out


def _bodies(entry: Entry, found: Found) -> list[str]:
    names = list(dict.fromkeys(_normal(name) for name, role in found.assignees if role != "report_to"))
    readings = [entry["bodies"], *entry.get("alternative", [])]
    return min((_bodies_of(reading, names, entry) for reading in readings), key=len)


def _bodies_of(wanted: list[str | list[str]], names: list[str], entry: Entry) -> list[str]:
    left, told = list(names), []
    for want in wanted:
        fitting = [name for name in left if name in spellings(want)]
        if fitting:
            left.remove(fitting[0])
        else:
            told.append(f"missing: {want}")
    allowed = set().union(*(spellings(name) for name in entry.get("optional", [])))
    return told + [f"surplus: {name}" for name in left if name not in allowed]


def _roles(entry: Entry, found: Found) -> list[str]:
    if "tasks" in entry:
        return [f"no task expected: {t.text}" for t in found.tasks] if entry["tasks"] == 0 else []
    left = [(_normal(name), role) for name, role in found.assignees]
    wanted = [(name, {role}) for role in ROLES for name in entry.get(role, [])]
    wanted += [(name, {"lead", "coordinate"}) for name in entry.get("lead_or_coordinate", [])]
    told = []
    for want, roles in wanted:
        fitting = [pair for pair in left if pair[0] in spellings(want) and pair[1] in roles]
        if fitting:
            left.remove(fitting[0])
        else:
            told.append(f"missing: {want} as {' or '.join(sorted(roles))}")
    allowed = set().union(*(spellings(name) for name in entry.get("optional", [])))
    surplus = [(name, role) for name, role in left if role != "report_to" and name not in allowed]
    return told + [f"surplus: {name} as {role}" for name, role in surplus]


# --- targets and references ----------------------------------------------------------------------------------------------


def _same_target(value: Target, want: Entry) -> bool:
    plain = ("comparator", "value", "value_max", "due", "baseline")
    if any(key in want and not _one_of(getattr(value, key), want[key]) for key in plain):
        return False
    if "unit" in want and not any(_same_unit(value.unit, unit) for unit in _as_list(want["unit"])):
        return False
    words, read_words = set(_normal(want.get("metric")).split()), set(_normal(value.metric).split())
    return len(words & read_words) >= 0.4 * len(words)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same_unit(value: str | None, want: str) -> bool:
    """Equal, or one the beginning of the other ("xã" for "xã vùng cao", "%" for "%/năm")."""
    ours, theirs = _normal(value).replace("/", " ").split(), _normal(want).replace("/", " ").split()
    shorter = min(len(ours), len(theirs))
    return bool(shorter) and ours[:shorter] == theirs[:shorter]


def _show_target(value: Target) -> str:
    upper = "" if value.value_max is None else f"..{value.value_max:g}"
    return f"{value.comparator} {value.value:.12g}{upper} {value.unit} | {value.metric} | due {value.due} baseline {value.baseline}"


def _same_reference(value: Reference, want: Entry) -> bool:
    plain = ("canonical", "date", "article")
    if any(key in want and not _one_of(getattr(value, key), want[key]) for key in plain):
        return False
    named = all(_normal(want[k]) == _normal(getattr(value, k)) for k in ("issuer",) if k in want)
    return named and ("doc_type" not in want or _normal(value.doc_type) in map(_normal, _as_list(want["doc_type"])))


def _show_reference(value: Reference) -> str:
    return f"{value.canonical} '{value.raw}' date {value.date} issuer {value.issuer} article {value.article}"
