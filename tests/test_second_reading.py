"""The second reading and the trees: what they are given, what they make of it, and that they never change a value."""

from __future__ import annotations

import io

import numpy as np
import pytest

from vndirective import extract_text
from vndirective.confidence.apply import calibrated
from vndirective.confidence.calibration import is_open, shipped
from vndirective.confidence.observed import Observed, observe, read_twice
from vndirective.confidence.reasons import reasons
from vndirective.confidence.second import features, lines, marked, second_reading, shipped_tagger, tokens_at
from vndirective.confidence.surroundings import begins_with, verb_within
from vndirective.confidence.trees import Trees
from vndirective.confidence.values import values_of

NOTICE = """UBND HUYỆN VÂN HÀ

Số: 12/CV-UBND
Vân Hà, ngày 01 tháng 4 năm 2025

Kính gửi: Các phòng, ban

Yêu cầu các phòng, ban thực hiện:
1. Giao Phòng Tài chính - Kế hoạch chủ trì, phối hợp với Phòng Nội vụ lập dự toán trước ngày 20/4/2025.
2. Phòng Y tế kiểm tra bếp ăn các trường học, bảo đảm 100% trường có tủ lưu mẫu trong tháng 5/2025.
"""


def test_tokens_and_marks_of_a_line() -> None:
    text = "Mục\nGiao Sở Y tế xong trước ngày 30/6/2025."
    tokens = tokens_at(text, text.index("Sở"))
    assert [t.word for t in tokens] == ["Giao", "Sở", "Y", "tế", "xong", "trước", "ngày", "30/6/2025."]
    assert all(text[t.start : t.end] == t.word for t in tokens)
    body = text.index("Sở")
    labels = marked(tokens, [(body, body + 7, "lead"), (body, body + 2, "coordinate")])
    assert labels == ["O", "B-lead", "I-lead", "I-lead", "O", "O", "O", "O"]  # the longest first, none twice
    assert [[t.word for t in line] for line in lines("a b\n\n c")] == [["a", "b"], ["c"]]
    assert len(features(tokens)) == len(tokens) and "w=99/9/9999" not in features(tokens)[0]


def test_the_tagger_sees_plain_bodies_and_times_and_no_value_changes() -> None:
    [record] = extract_text(NOTICE)
    every = [v.pointer for v in values_of(record)]
    second = second_reading(record, shipped_tagger(), every)
    kinds = {p.split("/")[-2] for p in second}
    assert kinds == {"assignees", "deadlines", "targets"}
    lead = next(v for v in values_of(record) if v.evidence.quote == "Phòng Tài chính - Kế hoạch")
    assert second[lead.pointer]["second.whole"] > 0 and second[lead.pointer]["second.role"] > 0
    assert second_reading(record, shipped_tagger(), ()) == {}
    assert second_reading(record.model_copy(update={"text": None}), shipped_tagger(), every) == {}


def test_a_name_cut_short_is_seen_by_the_second_reading() -> None:
    [record] = extract_text(NOTICE)
    task = record.tasks[0]
    whole = next(a for a in task.assignees if a.name == "Phòng Tài chính - Kế hoạch")
    span = whole.evidence.spans[0]
    short = span.model_copy(update={"end": span.start + len("Phòng Tài chính")})
    cut = whole.model_copy(
        update={
            "name": "Phòng Tài chính",
            "evidence": whole.evidence.model_copy(update={"spans": (short,), "quote": "Phòng Tài chính"}),
        }
    )
    place = task.assignees.index(whole)
    others = (*task.assignees[:place], cut, *task.assignees[place + 1 :])
    changed = record.model_copy(update={"tasks": (task.model_copy(update={"assignees": others}), *record.tasks[1:])})
    pointer = f"/tasks/0/assignees/{place}"
    right = second_reading(record, shipped_tagger(), {pointer})[pointer]
    wrong = second_reading(changed, shipped_tagger(), {pointer})[pointer]
    assert wrong["second.end"] < 0 < right["second.end"]
    value = next(v for v in values_of(changed) if v.pointer == pointer)
    once = observe(changed)
    said = list(reasons(value, read_twice(changed, once, {pointer})[pointer], "vi"))
    assert any("cách đọc thứ hai" in words for words in said)


def test_confidence_is_the_same_with_and_without_the_text_kept() -> None:
    [kept] = extract_text(NOTICE)
    [bare] = extract_text(NOTICE, keep_text=False)
    assert bare.text is None and kept.text
    assert [v.evidence.confidence for v in values_of(bare)] == [v.evidence.confidence for v in values_of(kept)]
    assert bare.review == kept.review and calibrated(kept) == kept


def test_a_value_that_a_person_added_has_no_place_and_is_no_stumbling_block() -> None:
    [record] = extract_text(NOTICE)
    task = record.tasks[0]
    added = task.assignees[0].model_copy(
        update={"evidence": task.assignees[0].evidence.model_copy(update={"spans": (), "quote": ""})}
    )
    changed = record.model_copy(
        update={"tasks": (task.model_copy(update={"assignees": (*task.assignees, added)}), *record.tasks[1:])}
    )
    once = observe(changed)
    pointer = f"/tasks/0/assignees/{len(task.assignees)}"
    assert once[pointer] == Observed((), {}) and pointer not in read_twice(changed, once, once)


def test_only_the_middle_is_read_twice() -> None:
    assert is_open(0.95) and not is_open(0.5) and not is_open(0.999)
    [record] = extract_text(NOTICE)
    once = list(observe(record).values())
    chances = shipped().probabilities(once)
    again = [Observed(one.signs, {**one.measures, "second.whole": -9.0, "second.end": -9.0}) for one in once]
    doubted = shipped().probabilities(again)
    moved = [before != after for before, after in zip(chances, doubted, strict=True)]
    assert not any(m for m, chance in zip(moved, chances, strict=True) if not is_open(chance))
    assert any(is_open(chance) for chance in chances) and any(moved)


def test_trees_go_left_where_the_measure_is_at_most_the_threshold_and_are_kept_whole() -> None:
    # one tree: x <= 2 ? -1 : (y <= 0.5 ? 0.25 : 1)
    def of(values: list[float], kind: type) -> np.ndarray:
        return np.array(values, dtype=kind)

    trees = Trees(
        names=("x", "y"),
        start=0.5,
        roots=of([0], np.int32),
        feature=of([0, -1, 1, -1, -1], np.int16),
        threshold=of([2, 0, 0.5, 0, 0], np.float32),
        left=of([1, 0, 3, 0, 0], np.int32),
        right=of([2, 0, 4, 0, 0], np.int32),
        odds=of([0, -1, 0, 0.25, 1], np.float32),
    )
    seen = [{"x": 2.0}, {"x": 2.5}, {"x": 3.0, "y": 1.0, "unknown": 7.0}, {}]
    assert trees.of(seen).tolist() == pytest.approx([-0.5, 0.75, 1.5, -0.5])
    file = io.BytesIO()
    trees.save(file)
    file.seek(0)
    again = np.load(file, allow_pickle=False)
    assert again["names"].tolist() == ["x", "y"] and again["odds"].tolist() == trees.odds.tolist()


@pytest.mark.parametrize(
    ("name", "seen"),
    [("Công an tỉnh tuần tra rừng", True), ("Sở Tài chính", False), ("Phòng Quản lý đô thị", False)],
)
def test_a_verb_within_a_name(name: str, seen: bool) -> None:
    assert verb_within(name) is seen


def test_what_a_text_begins_with() -> None:
    assert begins_with("chủ trì, phối hợp", "follows") and begins_with("Sở Y tế", "head")
    assert not begins_with("xanh mướt", "follows") and not begins_with("xanh mướt", "head")
