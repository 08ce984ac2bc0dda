"""Confidence in records: what is calibrated, what is listed for review, and how the reasons are worded."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from samples import NO_SCANS, NOTICES, ROOT, SHARED, records_of
from vndirective import extract_text
from vndirective.cli import app
from vndirective.confidence.apply import calibrated
from vndirective.confidence.calibration import Calibration, Weight, shipped
from vndirective.confidence.observed import Observed, observe
from vndirective.confidence.reasons import reasons
from vndirective.confidence.signs import BY_ID, SIGNS, signs_of
from vndirective.confidence.values import values_of
from vndirective.errors import Lang
from vndirective.schema.record import Record

FRAGMENTS = """UBND XÃ VÂN HÀ

Số: 5/CV-UBND
Vân Hà, ngày 01 tháng 4 năm 2025

Kính gửi: Các thôn

Yêu cầu các thôn thực hiện:
1. Trưởng các thôn lập danh sách hộ nghèo trước ngày 10/4/2025.
2. Rà soát nhà tạm
"""


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.name)
def test_every_value_is_calibrated_and_review_points_at_the_doubtful(path: Path) -> None:
    for record in records_of(path):
        values = list(values_of(record))
        assert values and all(0 < v.evidence.confidence < 1 for v in values)
        below = [v.pointer for v in values if v.evidence.confidence < round(shipped().review_below, 3)]
        # the threshold has four places, confidence three
        assert set(below) <= set(record.review) <= {v.pointer for v in values}
        assert all(resolved(record, p) is v.item for v in values for p in (v.pointer,))


def resolved(record: Record, pointer: str) -> object:
    found: object = record
    for part in pointer.split("/")[1:]:
        found = found[int(part)] if isinstance(found, tuple) else getattr(found, part)
    return found


def test_calibrating_changes_confidence_and_review_alone_and_twice_is_once() -> None:
    [record] = extract_text(FRAGMENTS)
    other = calibrated(record, Calibration(-9.0, {}, 0.5))
    assert len(other.review) == len(list(values_of(other))) > 5
    assert calibrated(other) == record
    assert _bare(other) == _bare(record)


def _bare(record: Record) -> object:
    def stripped(value: object) -> object:
        if isinstance(value, dict):
            return {k: stripped(v) for k, v in value.items() if k not in ("confidence", "review")}
        return [stripped(v) for v in value] if isinstance(value, list) else value

    return stripped(record.model_dump(mode="json"))


def test_a_rule_that_gold_has_not_met_counts_nothing_and_is_said_to_be_new() -> None:
    [record] = extract_text(FRAGMENTS)
    task = record.tasks[0]
    new = task.model_copy(update={"evidence": task.evidence.model_copy(update={"rule": "task.of_tomorrow"})})
    changed = record.model_copy(update={"tasks": (new, *record.tasks[1:])})
    assert 0.8 < calibrated(changed).tasks[0].evidence.confidence < 1
    field = shipped().base + shipped().weights["field:tasks"].weight
    signs = ("field:tasks", "rule:tasks/task.of_tomorrow")
    assert shipped().probability(signs) == pytest.approx(Calibration(field, {}, 0).probability(()))
    value = next(v for v in values_of(changed) if v.pointer == "/tasks/0")
    assert "chưa gặp" in "; ".join(reasons(value, observe(changed)["/tasks/0"], "vi"))


def test_more_doubt_never_makes_a_value_surer() -> None:
    """Words read less surely give less confidence, whatever the field."""
    [record] = extract_text(FRAGMENTS)
    for value in values_of(record):
        sure = []
        for recognised in (None, 0.99, 0.93, 0.8):
            evidence = value.evidence.model_copy(update={"ocr_confidence": recognised})
            item = value.item.model_copy(update={"evidence": evidence})
            changed = type(value)(value.field, value.pointer, item, value.task)
            sure.append(shipped().probability(signs_of(changed, record)))
        assert sure[1:] == sorted(sure[1:], reverse=True), value.field


def test_signs_are_seen_where_they_are() -> None:
    [record] = extract_text(FRAGMENTS)
    seen = {v.pointer: set(signs_of(v, record)) for v in values_of(record)}
    assert "sign:no_end" in seen["/tasks/1"] and "sign:no_end" not in seen["/tasks/0"]
    inherited = [p for p, signs in seen.items() if "sign:inherited" in signs]
    assert inherited == ["/tasks/1/assignees/0"]
    assert not any("sign:recognised" in signs for signs in seen.values())


@pytest.mark.parametrize("sign", SIGNS, ids=lambda s: s.id)
def test_signs_have_words_in_both_languages(sign) -> None:
    assert sign.words["vi"] and sign.words["en"] and BY_ID[sign.id] is sign


def test_reasons_say_how_often_the_rule_is_right_and_never_round_up_to_all() -> None:
    [record] = extract_text(FRAGMENTS)
    value = next(v for v in values_of(record) if v.pointer == "/tasks/1")
    weights = {
        f"rule:tasks/{value.evidence.rule}": Weight(-1.0, 269, 268),
        "sign:no_end": Weight(-0.5, 9, 8),
    }
    said: dict[Lang, list[str]] = {
        "vi": ["quy tắc này đúng 99 % trên văn bản mẫu (268/269)", "mục không kết thúc bằng dấu câu"],
        "en": ["this rule is right in 99 % of gold (268/269)", "the item has no final punctuation"],
    }
    for lang, words in said.items():
        seen = Observed(tuple(signs_of(value, record)), {})
        assert list(reasons(value, seen, lang, Calibration(3.0, weights, 0.9))) == words


@pytest.mark.skipif(bool(NO_SCANS), reason=NO_SCANS)
@pytest.mark.parametrize(
    ("lang", "words"), [("vi", ("Cần xem lại", "chữ nhận dạng")), ("en", ("To be looked at", "words recognised at"))]
)
def test_explain_says_why_a_value_of_a_scan_is_doubtful(lang: str, words: tuple[str, ...]) -> None:
    scan = ROOT / "samples" / "notices" / "s18-anh-chup.jpg"
    result = CliRunner().invoke(app, ["explain", str(scan), "--lang", lang, "--width", "200"])
    assert result.exit_code == 0
    for word in words:
        assert word in result.output


def test_calibration_file_is_what_its_writer_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    writer = runpy.run_path(str(ROOT / "scripts" / "calibrate.py"))
    text = (writer["LEXICONS"] / "confidence.toml").read_text(encoding="utf-8")
    head = text[: text.index("\nbase")]
    assert writer["as_toml"](shipped(), head) == text


def test_weights_hold_counts_that_can_be() -> None:
    for name, weight in shipped().weights.items():
        assert 0 <= weight.right <= weight.values and name.partition(":")[0] in (
            "field",
            "rule",
            "task",
            "scan",
            "sign",
            "type",
            "system",
        )
    assert {n.removeprefix("sign:") for n in shipped().weights if n.startswith("sign:")} <= set(BY_ID)
    assert 0.5 < shipped().review_below < 1


def test_scripts_find_the_samples_where_shared_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    folders = runpy.run_path(str(ROOT / "scripts" / "gold_sets.py"))["folders"]
    assert [name for name, _ in folders(tmp_path)] == ["samples"]
    if (SHARED / "gold").is_dir():
        assert len(list(folders(SHARED))) == 8
