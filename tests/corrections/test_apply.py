"""`vndirective apply`: whole or not at all, kept by later runs, told where it no longer fits."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from vndirective.cli import app
from vndirective.corrections.applying import apply_file
from vndirective.errors import InputError
from vndirective.export.collection import Collection
from vndirective.schema.record import Record

TEXT = """ỦY BAN NHÂN DÂN
XÃ KHE SIM

Số: 5/TB-UBND
Khe Sim, ngày 02 tháng 4 năm 2025

THÔNG BÁO
Về việc rà soát hồ sơ

1. Các trường học rà soát hồ sơ trước ngày 15/4/2025.
2. Các thôn báo cáo kết quả trước ngày 20/4/2025.
"""
NAME = "records/a.txt.json"
Rows = list[dict[str, Any]]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(TEXT.replace("Số: 5", "Số: 6"), encoding="utf-8")
    assert read(tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def invoke(*arguments: object):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def read(out: Path):
    return invoke("extract", out.parent / "in", "-o", out, "--jobs", 1, "--force")


def record(out: Path, name: str = NAME) -> Record:
    return Record.model_validate_json((out / name).read_bytes())


def state(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def patch_file(out: Path, *entries: tuple[str, Rows], sha256: str = "") -> Path:
    path = out.parent / "patch.json"
    content = [
        {"record": name, "sha256": sha256 or record(out, name).source.sha256, "patch": rows} for name, rows in entries
    ]
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def change(pointer: str, before: Any, after: Any) -> Rows:
    return [{"op": "test", "path": pointer, "value": before}, {"op": "replace", "path": pointer, "value": after}]


PLACE = change("/place/name", "Khe Sim", "Khe Xim")


def test_a_correction_is_marked_and_kept_by_later_runs(out: Path) -> None:
    task = record(out).tasks[0]
    rows = [*PLACE, *change("/tasks/0/assignees/0/name", task.assignees[0].name, "Trường Tiểu học Khe Sim")]
    result = invoke("apply", out, patch_file(out, (NAME, rows)))
    assert result.exit_code == 0 and "2 sửa đổi vào 1 bản ghi" in result.output
    changed = record(out)
    assert changed.place and (changed.place.name, changed.place.evidence.rule) == ("Khe Xim", "human.correction")
    assert changed.place.evidence.quote == "Khe Sim"  # where it was read stays told
    assignee = changed.tasks[0].assignees[0]
    assert (assignee.name, assignee.evidence.confidence) == ("Trường Tiểu học Khe Sim", 1.0)
    assert changed.tasks[0].evidence == task.evidence  # what holds it is not a person's
    assert read(out).exit_code == 0
    assert record(out) == changed
    assert "by" not in json.loads((out / "corrections" / "a.txt.json").read_text(encoding="utf-8"))["applied"][0]
    again = invoke("apply", out, patch_file(out, (NAME, rows)))
    assert again.exit_code == 0 and "từ trước" in again.output
    assert record(out) == changed


def test_without_its_text_a_record_keeps_corrections_too(out: Path) -> None:
    assert invoke("apply", out, patch_file(out, (NAME, PLACE))).exit_code == 0
    assert invoke("extract", out.parent / "in", "-o", out, "--no-text").exit_code == 0
    assert record(out).text is None and record(out).place.name == "Khe Xim"  # type: ignore[union-attr]


def test_a_doubtful_value_is_doubtful_no_more(out: Path) -> None:
    content = json.loads((out / NAME).read_text(encoding="utf-8"))
    content["place"]["evidence"]["confidence"] = 0.2
    content["review"] = ["/place"]
    (out / NAME).write_text(json.dumps(content), encoding="utf-8")
    rows = [{"op": "test", "path": "/place/name", "value": "Khe Sim"}]
    for name, value in (("rule", "human.confirmation"), ("confidence", 1)):
        rows.append({"op": "replace", "path": f"/place/evidence/{name}", "value": value})
    assert invoke("apply", out, patch_file(out, (NAME, rows))).exit_code == 0
    assert "/place" not in record(out).review
    assert record(out).place.evidence.rule == "human.confirmation"  # type: ignore[union-attr]


def test_an_entry_put_behind_is_a_person_s(out: Path) -> None:
    evidence = {"spans": [], "quote": "", "rule": "x", "confidence": 0.1, "reading": None, "ocr_confidence": None}
    added = {"name": "Văn phòng", "role": "coordinate", "source": "sentence", "evidence": evidence}
    text = record(out).tasks[1].text
    rows = [
        {"op": "test", "path": "/tasks/1/text", "value": text},
        {"op": "add", "path": "/tasks/1/assignees/-", "value": added},
    ]
    before = record(out).tasks[1]
    assert invoke("apply", out, patch_file(out, (NAME, rows))).exit_code == 0
    last = record(out).tasks[1].assignees[-1]
    assert (last.name, last.evidence.rule, last.evidence.confidence) == ("Văn phòng", "human.correction", 1.0)
    assert record(out).tasks[1].evidence == before.evidence


def test_a_removed_entry_makes_the_others_no_surer(out: Path) -> None:
    first = record(out).tasks[0].assignees[0]
    rows = [
        {"op": "test", "path": "/tasks/0/assignees/0/name", "value": first.name},
        {"op": "remove", "path": "/tasks/0/assignees/0"},
    ]
    assert invoke("apply", out, patch_file(out, (NAME, rows))).exit_code == 0
    task = record(out).tasks[0]
    assert first not in task.assignees and task.evidence.rule == "task.item"
    removed = record(out)
    assert read(out).exit_code == 0 and record(out) == removed


BAD: list[tuple[str, Rows, int]] = [
    ("another value now", change("/place/name", "Khe Tre", "Khe Xim"), 12),
    ("no such place", change("/tasks/9/text", "x", "y"), 2),
    ("not of the schema", change("/tasks/0/deadlines/0/kind", "by", "soon"), 2),
    ("no day of the calendar", change("/tasks/0/deadlines/0/end", "2025-04-15", "2025-04-31"), 2),
    ("parts that differ", change("/issued_on/day", 2, 3), 2),
    ("a number that differs", change("/number/value", "5", "7"), 2),
    (
        "an unknown field",
        [{"op": "test", "path": "/place/name", "value": "Khe Sim"}, {"op": "add", "path": "/place/note", "value": "x"}],
        2,
    ),
    (
        "a link to nothing",
        [
            {"op": "test", "path": "/tasks/0/id", "value": "t1"},
            {"op": "add", "path": "/tasks/0/target_ids/-", "value": "g9"},
        ],
        2,
    ),
    ("no test", PLACE[1:], 2),
    ("the file itself", change("/source/uri", "a.txt", "b.txt"), 2),
    ("nothing", [], 2),
]


@pytest.mark.parametrize(("name", "rows", "code"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_patch_changes_nothing_and_says_what_to_do(out: Path, name: str, rows: Rows, code: int) -> None:
    before = state(out)
    # the first record's corrections are good: they are not applied either
    path = patch_file(out, ("records/b.txt.json", PLACE), (NAME, rows))
    result = invoke("apply", out, path)
    assert result.exit_code == code and "Cách xử lý" in result.output and "Traceback" not in result.output
    assert "a.txt.json" in result.output
    assert state(out) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"[1]",
        b'[{"record": 1}]',
        b"\xff\xfe",
        b"[" * 100_000,
        b'[{"record": "records/../a.json", "sha256": "x", "patch": []}]',
        b'[{"record": "/etc/passwd", "sha256": "x", "patch": []}]',
        b'[{"record": "run.json", "sha256": "x", "patch": []}]',
        b'[{"record": "records/none.json", "sha256": "x", "patch": []}]',
        b'[{"record": "records/a.txt.json", "sha256": "x", "patch": "y"}]',
    ],
    ids=lambda c: c[:40].decode("latin-1"),
)
def test_a_file_that_is_no_patch(out: Path, content: bytes) -> None:
    path = out.parent / "patch.json"
    path.write_bytes(content)
    before = state(out)
    result = invoke("apply", out, path, "--lang", "en")
    assert result.exit_code == 2 and "Next step" in result.output and "Traceback" not in result.output
    assert state(out) == before


def test_a_patch_of_another_source_and_a_missing_file(out: Path) -> None:
    assert invoke("apply", out, patch_file(out, (NAME, PLACE), sha256="0" * 64)).exit_code == 12
    assert invoke("apply", out, out / "none.json").exit_code == 2
    assert invoke("apply", out, patch_file(out, (NAME, PLACE), (NAME, PLACE))).exit_code == 2


def test_a_disk_that_refuses_leaves_all_as_it_was(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = patch_file(out, (NAME, PLACE), ("records/b.txt.json", PLACE))
    before = state(out)
    real, calls = os.replace, []

    def third_fails(source: Any, target: Any) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(Path, "replace", third_fails)
    with pytest.raises(InputError, match="No space left"):
        apply_file(out, path)
    assert len(calls) == 3 and state(out) == before


def test_a_later_reading_that_differs_is_told_and_stands(out: Path) -> None:
    rows = [*change("/tasks/0/deadlines/0/end", "2025-04-15", "2025-04-14"), *PLACE]
    assert invoke("apply", out, patch_file(out, (NAME, rows))).exit_code == 0
    # as if an earlier version had read the 13th and a person had corrected that
    side = out / "corrections" / "a.txt.json"
    side.write_text(side.read_text(encoding="utf-8").replace("2025-04-15", "2025-04-13"), encoding="utf-8")
    result = read(out)
    assert result.exit_code == 0
    assert "/tasks/0/deadlines/0/end" in result.output and "2025-04-13" in result.output and "view" in result.output
    found = record(out)
    assert found.tasks[0].deadlines[0].end == "2025-04-15"
    assert found.place and found.place.name == "Khe Xim"  # the other correction stands
    [warning] = [w for w in found.warnings if w.code == "correction_conflict"]
    assert warning.field == "/tasks/0/deadlines/0/end"
    # corrected anew, the conflict is settled for good
    rows = change("/tasks/0/deadlines/0/end", "2025-04-15", "2025-04-14")
    assert invoke("apply", out, patch_file(out, (NAME, rows))).exit_code == 0
    settled = record(out)
    assert not [w for w in settled.warnings if w.code == "correction_conflict"]
    assert read(out).exit_code == 0 and record(out) == settled
    assert settled.tasks[0].deadlines[0].end == "2025-04-14"


def test_a_source_that_changed_is_told(out: Path) -> None:
    assert invoke("apply", out, patch_file(out, (NAME, PLACE))).exit_code == 0
    (out.parent / "in" / "a.txt").write_text(TEXT.replace("hồ sơ", "sổ sách"), encoding="utf-8")
    result = read(out)
    assert "tệp nguồn đã đổi" in result.output
    assert record(out).place.name == "Khe Sim"  # type: ignore[union-attr]
    assert [w.field for w in record(out).warnings if w.code == "correction_conflict"] == ["/place/name"]


def test_a_damaged_file_of_corrections_is_no_silent_loss(out: Path) -> None:
    assert invoke("apply", out, patch_file(out, (NAME, PLACE))).exit_code == 0
    before = record(out)
    (out / "corrections" / "a.txt.json").write_text("{", encoding="utf-8")
    result = read(out)
    assert result.exit_code == 2 and "a.txt" in result.output and "Cách xử lý" in result.output
    assert record(out) == before
    assert len(list(Collection(out).records())) == 2
