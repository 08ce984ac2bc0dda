"""The second reading and the trees: what they are given, what they make of it, and that they never change a value."""

from __future__ import annotations

import io
from itertools import pairwise, product

import numpy as np
import pytest

from vndirective import extract_text
from vndirective.confidence.apply import calibrated
from vndirective.confidence.observed import Observed, observe
from vndirective.confidence.reasons import reasons
from vndirective.confidence.second import marked, second_reading
from vndirective.confidence.surroundings import begins_with, verb_within
from vndirective.confidence.tagger import Tagger, load_tagger, normal, read_words, shipped_tagger, templates
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


def test_words_and_labels_of_a_text() -> None:
    text = "Mục\n\nGiao Sở Y tế xong trước ngày 30/6/2025."
    words = read_words(text)
    assert words.printed == ["Mục", "Giao", "Sở", "Y", "tế", "xong", "trước", "ngày", "30/6/2025."]
    assert all(text.startswith(w, at) for w, at in zip(words.printed, words.starts, strict=True))
    assert words.lines == [(0, 1), (1, 9)]
    body = text.index("Sở")
    labels = marked(words, [(body, body + 7, "lead"), (body, body + 2, "coordinate")])
    assert labels == ["O", "O", "B-lead", "I-lead", "I-lead", "O", "O", "O", "O"]  # the longest first, none twice
    assert normal("30/6/2025") == "99/9/9999" and normal("SỞ") == "sở"
    assert read_words("").lines == [] and read_words("\n \n").printed == []


def test_no_template_looks_beyond_a_line_and_cues_not_beyond_a_sentence() -> None:
    text = "giao sở\nsở giao. sở y"
    number_of = {w: n for n, w in enumerate(["giao", "sở", "."], start=2)}
    seen = templates(read_words(text), number_of)
    assert seen["w"].tolist() == [2, 3, 3, 2, 4, 3, 1]  # "y" is not known
    assert seen["w-1"].tolist() == [0, 2, 0, 3, 2, 4, 3]
    assert seen["w+1"].tolist() == [3, 0, 2, 4, 3, 1, 0]
    assert seen["cue"].tolist() == [0, 2, 0, 0, 2, 0, 0]
    assert seen["next cue"].tolist() == [0, 0, 2, 0, 0, 0, 0]
    assert seen["place"].tolist() == [0, 1, 0, 1, 2, 3, 4]


def _made_tagger(labels: int) -> Tagger:
    made = np.random.default_rng(7)
    number_of = {w: n for n, w in enumerate(["a", "b", "c"], start=2)}
    keys = {"w": np.array([2, 3, 4]), "w w+1": np.array([(2 << 16) | 3, (3 << 16) | 2])}
    weights = made.normal(size=(6, labels)).astype(np.float32)
    weights[0] = 0
    return Tagger(tuple("ABC"[:labels]), number_of, keys, weights, made.normal(size=(labels, labels)))


def test_chances_are_those_of_all_paths_summed() -> None:
    tagger = _made_tagger(3)
    words = read_words("a b a\nc d")
    scores = tagger.scores(words, np.arange(5))
    for first, last in words.lines:
        paths = list(product(range(3), repeat=last - first))
        weights = []
        for path in paths:
            told = sum(scores[first + n, label] for n, label in enumerate(path))
            weights.append(np.exp(told + sum(tagger.follows[x, y] for x, y in pairwise(path))))
        for n in range(last - first):
            wanted = [sum(w for w, p in zip(weights, paths, strict=True) if p[n] == k) / sum(weights) for k in range(3)]
            assert tagger.marginals(words)[first + n] == pytest.approx(wanted)


def test_a_long_line_is_tagged_in_windows_as_it_would_be_in_one() -> None:
    tagger = shipped_tagger()
    text = " ".join(["Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính lập dự toán trước ngày 20/4/2025;"] * 40)
    words = read_words(text)
    chances = tagger.marginals(words)
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(words.printed)))
    period = len(words.printed) // 40
    assert chances[10 * period : 11 * period] == pytest.approx(chances[20 * period : 21 * period], abs=1e-3)
    some = tagger.marginals(words, [])
    assert not some.any()


def test_a_tagger_is_kept_whole() -> None:
    tagger, file = _made_tagger(2), io.BytesIO()
    tagger.save(file)
    file.seek(0)
    again, words = load_tagger(file), read_words("a b a c")
    assert again.labels == ("A", "B") and again.number_of == tagger.number_of
    assert again.marginals(words) == pytest.approx(tagger.marginals(words), abs=1e-2)  # weights are kept in halves


def test_the_tagger_sees_plain_bodies_and_times_and_no_value_changes() -> None:
    [record] = extract_text(NOTICE)
    second = second_reading(record, shipped_tagger())
    kinds = {p.split("/")[-2] for p in second}
    assert kinds == {"assignees", "deadlines", "targets", "tasks"}
    lead = next(v for v in values_of(record) if v.evidence.quote == "Phòng Tài chính - Kế hoạch")
    assert second[lead.pointer]["second.whole"] > 0 and second[lead.pointer]["second.role"] > 0
    assert second_reading(record.model_copy(update={"text": None}), shipped_tagger()) == {}


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
    right = second_reading(record, shipped_tagger())[pointer]
    wrong = second_reading(changed, shipped_tagger())[pointer]
    assert wrong["second.end"] < 0 < right["second.end"]
    value = next(v for v in values_of(changed) if v.pointer == pointer)
    said = list(reasons(value, observe(changed)[pointer], "vi"))
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
    assert observe(changed)[f"/tasks/0/assignees/{len(task.assignees)}"] == Observed((), {})


def test_trees_go_left_where_the_measure_is_at_most_the_threshold_and_are_kept_whole() -> None:
    # one tree: x <= 2 ? -1 : (y <= 0.5 ? 0.25 : 1)
    def of(values: list[float], kind: type) -> np.ndarray:
        return np.array(values, dtype=kind)

    trees = Trees(
        names=("x", "y"),
        start=0.5,
        depth=2,
        roots=of([0], np.int32),
        feature=of([0, 0, 1, 0, 0], np.int32),
        threshold=of([2, np.inf, 0.5, np.inf, np.inf], np.float32),
        child=of([1, 1, 3, 3, 4], np.int32),
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
