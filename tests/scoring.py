"""How well records agree with gold that was written before any of its notices was read: F1 of each field over a set.

Gold is strict here: names, comparators and dates are compared as printed, without the forgiveness of near spellings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from vndirective.schema.record import Deadline, Record, Target, Task

HEADER = ("system", "doc_type", "number", "symbol", "issued_on", "place", "level", "issuer", "subject", "meeting.date")
SIGNATORY = ("authority", "on_behalf_of", "position", "name")

T = TypeVar("T")


@dataclass
class Tally:
    """Right, surplus and missed values of one field."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.surplus + self.missed
        return 2 * self.right / total if total else 1.0


def agreement(pairs: Iterable[tuple[Record | None, dict[str, Any]]]) -> dict[str, float]:
    """F1 of each field over (record, gold document) pairs; None is a document that no record was made of."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for record, gold in pairs:
        _header(record, gold, tallies["header"])
        _match(record.recipients if record else (), gold["recipients"], _same_recipient, tallies["recipients"])
        reached, _, _ = _match(record.targets if record else (), gold["targets"], _same_target, tallies["targets"])
        for target, want in reached:
            dates = tallies["target_due"]
            dates.right += target.due == want["due"] is not None
            dates.surplus += target.due is not None and target.due != want["due"]
            dates.missed += want["due"] is not None and target.due != want["due"]
        cited = {r.canonical for r in record.references if r.canonical} if record else set()
        wanted = set(gold["references"])
        tallies["references"].right += len(cited & wanted)
        tallies["references"].surplus += len(cited - wanted - set(gold["optional_references"]))
        tallies["references"].missed += len(wanted - cited)
        _tasks(record, gold, tallies)
    return {field: tally.f1 for field, tally in tallies.items()}


def one_of(value: object, accepted: object) -> bool:
    accepted = accepted if isinstance(accepted, list) else [accepted]
    plain = [a.lower() if isinstance(a, str) else a for a in accepted]
    return (value.lower() if isinstance(value, str) else value) in plain


def bare(name: str) -> str:
    words = name.lower().split()
    return " ".join(words[1:] if words[0] in {"các", "mỗi", "những"} else words)


def _header(record: Record | None, gold: dict[str, Any], tally: Tally) -> None:
    want = {field: gold.get(field) for field in HEADER} | {"meeting.date": (gold["meeting"] or {}).get("date")}
    want |= {f"signatory.{field}": gold["signatory"][field] for field in SIGNATORY}
    got: dict[str, Any] = {}
    if record:
        number, issuer, sign = record.number, record.issuer, record.signatory
        got = {
            "system": record.system,
            "doc_type": record.doc_type and record.doc_type.code,
            "number": number and number.value,
            "symbol": number and number.symbol,
            "issued_on": record.issued_on and record.issued_on.iso,
            "place": record.place and record.place.name,
            "level": issuer and issuer.level,
            "issuer": issuer and issuer.name,
            "subject": record.subject and record.subject.text,
            "meeting.date": record.meeting and record.meeting.date and record.meeting.date.iso,
        } | {f"signatory.{field}": getattr(sign, field, None) for field in SIGNATORY}
    for field, value in want.items():
        if field in gold["skip"]:
            continue
        if record and one_of(got[field], value):
            tally.right += 1
        else:
            tally.surplus += got.get(field) is not None
            tally.missed += value is not None


def _tasks(record: Record | None, gold: dict[str, Any], tallies: dict[str, Tally]) -> None:
    matched, surplus, missed = _match(record.tasks if record else (), gold["tasks"], _same_task, tallies["tasks"])
    for task, want in matched:
        if not want["optional"]:
            assignees = [a for a in task.assignees if a.role != "report_to"]
            asked = [a for a in want["assignees"] if a["role"] != "report_to"]
            _match(assignees, asked, _same_assignee, tallies["assignees"])
            _match(_dated(task.deadlines), want["deadlines"], _same_deadline, tallies["deadlines"])
    for want in missed:
        tallies["assignees"].missed += len([a for a in want["assignees"] if _required(a) and a["role"] != "report_to"])
        tallies["deadlines"].missed += len([d for d in want["deadlines"] if _required(d)])
    for task in surplus:
        tallies["assignees"].surplus += len(task.assignees)
        tallies["deadlines"].surplus += len(_dated(task.deadlines))


def _match(
    got: Sequence[T], gold: list[dict[str, Any]], same: Callable[[T, dict[str, Any]], bool], tally: Tally
) -> tuple[list[tuple[T, dict[str, Any]]], list[T], list[dict[str, Any]]]:
    """One to one, in order: pairs, surplus, missed and required. What is optional counts neither way."""
    left, pairs, missed = list(got), [], []
    for want in gold:
        found = next((g for g in left if same(g, want)), None)
        if found is not None:
            left.remove(found)
            pairs.append((found, want))
        elif _required(want):
            missed.append(want)
    tally.right += len([want for _, want in pairs if _required(want)])
    tally.surplus += len(left)
    tally.missed += len(missed)
    return pairs, left, missed


def _required(want: dict[str, Any]) -> bool:
    return not want.get("optional")


def _dated(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """An event ("sau khi có hướng dẫn") may be given or not: only what can be put into a calendar is asked for."""
    return [d for d in deadlines if d.start or d.end or d.recurrence]


def _same_recipient(got: Any, want: dict[str, Any]) -> bool:
    return bool(got.name == want["name"] and got.purpose == want["purpose"])


def _same_task(got: Task, want: dict[str, Any]) -> bool:
    head, anchor = _folded(got.text), _folded(want["anchor"])
    at = head.find(anchor)
    return (at == 0 or (at > 0 and head[:at].rstrip().endswith((":", ",")))) and head.endswith(_folded(want["tail"]))


def _same_assignee(got: Any, want: dict[str, Any]) -> bool:
    names = {bare(name) for name in (want["name"], *want.get("alt", []))}
    return bare(got.name) in names and got.role in {want["role"], *want.get("alt_roles", [])}


def _same_deadline(got: Deadline, want: dict[str, Any]) -> bool:
    if want.get("recurring"):
        rule = got.recurrence or ""
        named = {"quarterly": "FREQ=MONTHLY;INTERVAL=3", "periodic": "FREQ="}
        return named.get(want["recurring"], f"FREQ={want['recurring'].upper()}") in rule
    if want.get("approximate"):
        return (got.end or got.start or "")[:7] == (want["end"] or want["start"])[:7]
    if want["end"]:
        return got.end == want["end"]
    return bool(want["start"]) and got.start == want["start"] and got.end is None


def _same_target(got: Target, want: dict[str, Any]) -> bool:
    units = want["unit"] if isinstance(want["unit"], list) else [want["unit"]]
    known = got.unit in units or any(got.unit and unit and unit.startswith(got.unit) for unit in units)
    same_value = got.value == float(want["value"]) and got.value_max == want.get("value_max")
    return known and same_value and got.comparator == want["comparator"]


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("**", "")).strip().lower()
