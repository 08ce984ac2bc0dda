"""The samples against their gold: headers, recipients, tasks with assignees and deadlines, targets, references.

Samples that the rules were made beside must be read without an error. Those whose gold was written before any program read
them are measured in groups: each field holds its floor in floors.toml.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from samples import GOLD, GROUPS, LEARNT, NOTICES, ROOT, UNSEEN, gold_of, records_of
from scoring import agreement, bare, one_of
from vndirective.schema.record import Record

PAIRS = [(path, n) for path in LEARNT for n in range(len(gold_of(path)))]
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))


def _pair(gold: Path, part: int) -> tuple[Record, dict[str, Any]]:
    name = json.loads(gold.read_text(encoding="utf-8"))["file"]
    return records_of(ROOT / "samples" / "notices" / name)[part], gold_of(gold)[part]


@pytest.mark.parametrize(("gold", "part"), PAIRS, ids=lambda v: v.stem if isinstance(v, Path) else str(v))
def test_header(gold: Path, part: int) -> None:
    record, want = _pair(gold, part)
    number, issued, sign = record.number, record.issued_on, record.signatory
    got = {
        "system": record.system,
        "level": record.issuer and record.issuer.level,
        "doc_type": record.doc_type and record.doc_type.code,
        "number": number and number.value,
        "symbol": number and number.symbol,
        "issued_on": issued and issued.iso,
        "place": record.place and record.place.name,
        "issuer": record.issuer and record.issuer.name,
        "subject": record.subject and record.subject.text,
    }
    wrong = {k: (v, want[k]) for k, v in got.items() if not one_of(v, want[k])}
    assert not wrong
    assert sign is not None
    for field, value in want["signatory"].items():
        assert one_of(getattr(sign, field), value), field
    assert [(r.name, r.purpose) for r in record.recipients] == [(r["name"], r["purpose"]) for r in want["recipients"]]
    assert list(record.archive) == want["archive"]
    meeting = record.meeting.date.iso if record.meeting and record.meeting.date else None
    assert meeting == (want["meeting"] or {}).get("date")
    assert set(want["warnings"]) <= {w.code for w in record.warnings}


@pytest.mark.parametrize(("gold", "part"), PAIRS, ids=lambda v: v.stem if isinstance(v, Path) else str(v))
def test_tasks(gold: Path, part: int) -> None:
    record, want = _pair(gold, part)
    assert len(record.tasks) == len([t for t in want["tasks"] if not t["optional"]])
    for task, expected in zip(record.tasks, want["tasks"], strict=True):
        assert expected["anchor"] in task.text and task.text.endswith(expected["tail"])
        got = Counter((bare(a.name), a.role) for a in task.assignees if a.role != "report_to")
        required = Counter((bare(a["name"]), a["role"]) for a in expected["assignees"] if not a.get("optional"))
        allowed = Counter((bare(a["name"]), a["role"]) for a in expected["assignees"])
        assert required <= got <= allowed + required, task.text
        dated = {(d.start if not d.end else None, d.end) for d in task.deadlines if d.start or d.end}
        assert {
            (d["start"] if not d["end"] else None, d["end"]) for d in expected["deadlines"] if d["start"] or d["end"]
        } == dated
        assert len([d for d in expected["deadlines"] if d.get("recurring")]) == len(
            [d for d in task.deadlines if d.recurrence]
        )
        cited = {r.canonical for r in record.references if r.id in task.reference_ids}
        assert cited == set(expected["references"])


@pytest.mark.parametrize(("gold", "part"), PAIRS, ids=lambda v: v.stem if isinstance(v, Path) else str(v))
def test_targets_and_references(gold: Path, part: int) -> None:
    record, want = _pair(gold, part)
    assert {r.canonical for r in record.references} == set(want["references"])
    got = Counter((t.value, t.comparator, t.due) for t in record.targets)
    required = Counter((float(t["value"]), t["comparator"], t["due"]) for t in want["targets"] if not t["optional"])
    assert got == required or required <= got <= required + Counter(
        (float(t["value"]), t["comparator"], t["due"]) for t in want["targets"] if t["optional"]
    )


@cache
def _measured(group: str) -> dict[str, float]:
    pairs: list[tuple[Record | None, dict[str, Any]]] = []
    for gold in GROUPS[group]:
        name = json.loads(gold.read_text(encoding="utf-8"))["file"]
        records = records_of(ROOT / "samples" / "notices" / name)
        pairs += [(records[n] if n < len(records) else None, want) for n, want in enumerate(gold_of(gold))]
    return agreement(pairs)


@pytest.mark.parametrize(("group", "field"), [(g, f) for g in GROUPS for f in sorted(FLOORS[g])])
def test_unseen_samples_hold_their_floors(group: str, field: str) -> None:
    assert _measured(group)[field] >= FLOORS[group][field]


@pytest.mark.parametrize("group", GROUPS)
def test_every_field_has_a_floor(group: str) -> None:
    assert _measured(group).keys() == FLOORS[group].keys()


def test_what_is_missed_or_surplus_lowers_the_measure() -> None:
    gold = next(p for p in UNSEEN if p.stem == "s24-nq-hdnd-tinh")
    record, want = _pair(gold, 0)
    assert agreement([(record, want)])["tasks"] == 1.0
    assert agreement([(record.model_copy(update={"tasks": record.tasks[1:]}), want)])["tasks"] < 1.0
    assert agreement([(record.model_copy(update={"tasks": record.tasks * 2}), want)])["tasks"] < 1.0
    assert agreement([(None, want)])["header"] == 0.0


def test_samples_cover_the_types_and_formats() -> None:
    types = {d["doc_type"] for g in GOLD for d in gold_of(g)}
    assert {"TB", "KL", "NQ", "CT", "CV", "KH", "QĐ", "CĐ", "HD", "CTr", "ĐA", "GM", "TTr", "BC"} <= types
    assert {"state", "party", "union"} <= {d["system"] for g in GOLD for d in gold_of(g)}
    assert {p.suffix for p in NOTICES} >= {".txt", ".md", ".html", ".docx", ".pdf"}
    assert len(NOTICES) >= 42 and {p.stem for p in NOTICES} == {g.stem for g in GOLD}
