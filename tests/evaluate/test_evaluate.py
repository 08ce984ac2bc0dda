"""Records against gold: what counts as right, wrong, surplus, missed, under each matching and in each class."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from evaluate.gold_and_records import GOLD, record, renamed, write_gold, write_records
from samples import ROOT, SCANS, SHARED
from vndirective import batch
from vndirective.errors import GoldError, InputError
from vndirective.evaluate.against import compare, items_of, read_earlier
from vndirective.evaluate.evaluation import Evaluation, evaluate
from vndirective.evaluate.gold import read_gold
from vndirective.evaluate.output import as_json
from vndirective.evaluate.records import read_records, source_name
from vndirective.evaluate.tally import LISTS, overall, score
from vndirective.schema.record import Record


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "gold", n1=[GOLD])


def judged(gold: Path, tmp_path: Path, *records: Record, name: str = "records") -> Evaluation:
    return evaluate(read_gold(gold), read_records(write_records(tmp_path / name, *records)))


def test_a_perfect_record_has_nothing_wrong(gold: Path, tmp_path: Path) -> None:
    tallies = judged(gold, tmp_path, record()).tallies()
    assert overall(tallies) == 1
    assert (tallies["tasks"].support, tallies["assignees"].support, tallies["deadlines"].support) == (2, 3, 1)
    # authority and on_behalf_of are rightly null: they count in accuracy, and nowhere else
    assert (tallies["signatory.authority"].absent, tallies["signatory.authority"].f1) == (1, None)
    assert tallies["header"].accuracy == 1 and tallies["header"].absent == 3


def test_a_document_without_a_record_is_all_missed(gold: Path, tmp_path: Path) -> None:
    evaluation = judged(gold, tmp_path)
    tallies = evaluation.tallies()
    assert evaluation.failures == ["n1"]
    assert (tallies["tasks"].missed, tallies["assignees"].missed, tallies["deadlines"].missed) == (2, 3, 1)
    assert tallies["tasks"].recall == 0 and tallies["tasks"].precision is None and tallies["issuer"].recall == 0
    assert overall(tallies) == pytest.approx(3 / 14 / 7)  # the null fields of the header; nothing of six lists


def test_a_record_that_breaks_the_schema_counts_as_missing(gold: Path, tmp_path: Path) -> None:
    folder = write_records(tmp_path / "records", record())
    data = json.loads((folder / "0.json").read_text(encoding="utf-8"))
    data["system"] = "kingdom"
    (folder / "0.json").write_text(json.dumps(data), encoding="utf-8")
    evaluation = evaluate(read_gold(gold), read_records(folder))
    assert evaluation.failures == ["n1"] and evaluation.broken == ("0.json",)


def test_surplus_records_of_a_file_are_surplus_tasks(gold: Path, tmp_path: Path) -> None:
    second = record().model_copy(update={"source": record().source.model_copy(update={"uri": "n1.txt", "part": 2})})
    tallies = judged(gold, tmp_path, record(), second).tallies()
    assert (tallies["tasks"].right, tallies["tasks"].surplus) == (2, 2)


@pytest.mark.parametrize(
    ("name", "strict", "soft", "edit"),
    [
        ("Công an huyện", True, True, True),
        ("công an huyện,", False, True, True),
        ("CA huyện", False, False, False),
        ("các đồng chí Công an huyện", False, True, False),
        ("Cônq an huyện", False, True, True),
    ],
)
def test_three_matchings_of_a_name(gold: Path, tmp_path: Path, name: str, strict: bool, soft: bool, edit: bool) -> None:
    evaluation = judged(gold, tmp_path, renamed(record(), 0, 1, name=name))
    found = [evaluation.tallies(m)["assignees"].right == 3 for m in ("strict", "soft", "edit")]
    assert found == [strict, soft, edit]


def test_abbreviations_and_tone_placement_are_folded_when_soft(gold: Path, tmp_path: Path) -> None:
    one = renamed(record(), 1, 0, name="VP Hội đồng nhân dân và Uỷ ban nhân dân huyện")
    evaluation = judged(gold, tmp_path, one)
    assert evaluation.tallies("soft")["assignees"].right == 3
    assert evaluation.tallies("strict")["assignees"].right == evaluation.tallies("edit")["assignees"].right == 2


def test_a_wrong_role_is_an_error_on_both_sides(gold: Path, tmp_path: Path) -> None:
    tallies = judged(gold, tmp_path, renamed(record(), 0, 1, role="lead")).tallies()
    roles = tallies["assignee_roles"]
    assert (roles.right, roles.wrong, roles.support) == (2, 1, 3)
    assert roles.precision == roles.recall == roles.f1 == pytest.approx(2 / 3)
    assert tallies["assignees"].f1 == 1


def test_optional_items_are_neither_asked_for_nor_punished(tmp_path: Path) -> None:
    document = copy.deepcopy(GOLD)
    document["tasks"][1]["optional"] = True
    document["tasks"][0]["assignees"][1]["optional"] = True
    gold = write_gold(tmp_path / "gold", n1=[document])
    full = judged(gold, tmp_path, record(), name="full").tallies()
    without = record().model_copy(update={"tasks": record().tasks[:1]})
    bare = judged(gold, tmp_path, without, name="bare").tallies()
    for tallies in (full, bare):
        assert (tallies["tasks"].right, tallies["tasks"].surplus, tallies["tasks"].missed) == (1, 0, 0)
        assert (tallies["assignees"].right, tallies["assignees"].surplus, tallies["assignees"].missed) == (1, 0, 0)


def test_skipped_and_only_fields(tmp_path: Path) -> None:
    skipping = {**GOLD, "subject": "Việc khác", "skip": ["subject"]}
    tallies = judged(write_gold(tmp_path / "a", n1=[skipping]), tmp_path, record(), name="ra").tallies()
    assert "subject" not in tallies and overall(tallies) == 1
    only = {"only": ["number", "symbol"], "number": "31", "symbol": "TB-UBND"}
    tallies = judged(write_gold(tmp_path / "b", n1=[only]), tmp_path, record(), name="rb").tallies()
    assert set(tallies) == {"number", "symbol", "header"} and tallies["header"].right == 2


def test_classes(tmp_path: Path) -> None:
    other = {**GOLD, "doc_type": "KH", "level": "commune", "system": "party", "issued_on": "2026-02-01"}
    gold = write_gold(tmp_path / "gold", n1=[GOLD], n2=[other])
    evaluation = judged(gold, tmp_path, record())
    kinds = evaluation.classed("kind")
    assert {k: n for k, (n, _) in kinds.items()} == {"KH": 1, "TB": 1}
    assert kinds["TB"][1]["tasks"].f1 == 1 and kinds["KH"][1]["tasks"].missed == 2
    assert list(evaluation.classed("regime")) == ["party", "state"]
    assert list(evaluation.classed("level")) == ["commune", "district"]
    assert list(evaluation.classed("year")) == ["2025", "2026"]
    assert list(evaluation.classed("format")) == ["txt"]


def test_gains_and_losses_item_by_item(gold: Path, tmp_path: Path) -> None:
    before = judged(gold, tmp_path, renamed(record(), 0, 1, name="Ban Quản lý chợ"), name="before")
    after = judged(gold, tmp_path, renamed(record(), 1, 0, role="coordinate"), name="after")
    found = compare(items_of(before), items_of(after))
    gains = {(c.field, c.item.rpartition(" → ")[2], c.before, c.after) for c in found.gains}
    assert gains == {
        ("assignees", "Công an huyện", "missed", "right"),
        ("assignee_roles", "Công an huyện", "missed", "right"),
        ("assignees", "Ban Quản lý chợ", "surplus", None),
        ("assignee_roles", "Ban Quản lý chợ", "surplus", None),
    }
    assert [(c.field, c.before, c.after, c.wanted, c.given) for c in found.losses] == [
        ("assignee_roles", "right", "wrong", "lead", "coordinate")
    ]
    back = compare(items_of(after), items_of(before))
    assert len(back.losses) == len(found.gains) and len(back.gains) == len(found.losses)
    same = compare(items_of(after), items_of(after))
    assert not same.gains and not same.losses


def test_an_earlier_report_is_as_good_as_its_records(gold: Path, tmp_path: Path) -> None:
    before = judged(gold, tmp_path, renamed(record(), 0, 1, name="Ban Quản lý chợ"), name="before")
    (tmp_path / "before.json").write_text(as_json(before), encoding="utf-8")
    assert read_earlier(tmp_path / "before.json") == items_of(before)
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(GoldError):
        read_earlier(tmp_path / "other.json")


def test_gold_that_is_none_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"id": "x"}', encoding="utf-8")
    with pytest.raises(GoldError):
        read_gold(tmp_path)
    with pytest.raises(InputError):
        read_gold(tmp_path / "nowhere")
    with pytest.raises(InputError):
        read_records(tmp_path / "nowhere")


def _official(gold: Path, records: Path, sources: Path) -> dict[str, float]:
    command = [sys.executable, SHARED / "score" / "score.py", gold, records, "--sources", sources, "--json"]
    total = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["total"]
    return {"header": total["header"], **{field: total[field]["f1"] for field in LISTS}}


@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason="../shared is absent")
@pytest.mark.parametrize("name", ["samples", "seed", "rendered/docx", "rendered/pdf", "real/typed"])
@pytest.mark.parametrize("damaged", [False, True], ids=["as read", "damaged"])
def test_figures_agree_with_the_official_scorer(tmp_path: Path, name: str, damaged: bool) -> None:
    sources = ROOT / "samples" / "notices" if name == "samples" else SHARED / "notices" / name
    gold = ROOT / "samples" / "gold" if name == "samples" else SHARED / "gold"
    if name == "samples":
        sources = _plain_samples(tmp_path / "in")
    # scans take long, and are judged no other way
    jobs = [j for j in batch.find_jobs([sources]) if j.path.stem not in SCANS]
    outcomes = list(batch.run(jobs, tmp_path))
    assert outcomes and not [o.error for o in outcomes if o.error]
    if damaged:
        for n, path in enumerate(sorted((tmp_path / "records").rglob("*.json"))):
            path.write_text(_damaged(Record.model_validate_json(path.read_bytes()), n), encoding="utf-8")
    theirs = _official(gold, tmp_path / "records", sources)
    tallies = evaluate(read_gold(gold, sources), read_records(tmp_path / "records")).tallies()
    for field, figure in theirs.items():
        ours = score(tallies, field)
        assert (1.0 if ours is None else ours) == pytest.approx(figure, abs=0.005), field


def _plain_samples(folder: Path) -> Path:
    """Samples that both scorers tell apart alike: no bundles, and of one notice in several formats that of gold."""
    folder.mkdir()
    for notice in read_gold(ROOT / "samples" / "gold"):
        if not notice.file.endswith((".zip", ".eml")):
            (folder / notice.file).symlink_to(ROOT / "samples" / "notices" / notice.file)
    return folder


def _damaged(one: Record, n: int) -> str:
    """Every kind of error, so that agreement is not that of two perfect scores."""
    tasks = [t for m, t in enumerate(one.tasks) if (m + n) % 4]
    for m, task in enumerate(tasks):
        changed = {}
        if m % 3 == 0:
            changed["text"] = " ".join(task.text.split()[: 8 + m])
        if m % 3 == 1:
            changed["assignees"] = tuple(a.model_copy(update={"role": "lead"}) for a in task.assignees[1:])
        if m % 3 == 2:
            changed["deadlines"] = tuple(d.model_copy(update={"end": "2001-01-01"}) for d in task.deadlines)
            changed["text"] = "Lời nói đầu không ai viết ra trong văn bản này"
        tasks[m] = task.model_copy(update=changed)
    targets = [t.model_copy(update={"comparator": "lt" if m % 2 else t.comparator}) for m, t in enumerate(one.targets)]
    update = {
        "tasks": tuple(tasks),
        "targets": tuple(targets[n % 2 :]),
        "recipients": tuple(r.model_copy(update={"name": r.name.upper()}) for r in one.recipients[: -1 - n % 2]),
        "references": one.references[1:],
        "issuer": None if n % 2 else one.issuer,
        "subject": one.subject and one.subject.model_copy(update={"text": one.subject.text[: 10 + 9 * n]}),
    }
    return one.model_copy(update=update).model_dump_json()


def test_a_bundle_and_another_format_of_a_notice_are_told_by_their_names() -> None:
    assert source_name("2024/tb-12.signed.pdf") == "tb-12.signed.pdf"
    assert source_name("2024/thu.eml/kem/tb-12.pdf") == "thu.eml"
