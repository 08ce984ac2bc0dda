"""The command `evaluate` as its user meets it, in both languages and all forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluate.gold_and_records import GOLD, record, renamed, write_gold, write_records
from vndirective.cli import app


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Gold of two notices, the records of a run that failed on one of them, those of an earlier run."""
    gold = write_gold(tmp_path / "gold", n1=[GOLD], n2=[GOLD])
    now = write_records(tmp_path / "now", renamed(record(), 0, 1, role="lead"))
    return gold, now, write_records(tmp_path / "before", record())


def invoke(*arguments: str | Path):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "vi",
            (
                "Theo trường: 2 văn bản",
                "Vai trò",
                "Tên loại",
                "không có bản ghi",
                "Mất so với lần trước: 1",
                "đúng → sai",
            ),
        ),
        (
            "en",
            (
                "By field: 2 documents",
                "Roles",
                "Type",
                "without a record",
                "Lost against the earlier run: 1",
                "right → wrong",
            ),
        ),
    ],
)
def test_table_in_both_languages(places: tuple[Path, Path, Path], lang: str, words: tuple[str, ...]) -> None:
    gold, now, before = places
    result = invoke(gold, now, "--against", before, "--lang", lang, "--width", "130")
    assert result.exit_code == 0
    for word in words:
        assert word in result.output
    other = invoke(gold, now, "--lang", "en" if lang == "vi" else "vi", "--width", "130").output
    assert words[0] not in other


def test_figures_stay_whole_at_eighty_columns(places: tuple[Path, Path, Path]) -> None:
    gold, now, _ = places
    for lang in ("vi", "en"):
        lines = invoke(gold, now, "--lang", lang, "--width", "80").output.splitlines()
        assert max(map(len, lines)) <= 80
        roles = next(line for line in lines if line.split()[:1] in (["Roles"], ["Vai"]))
        # 6 asked for: 2 right, 1 wrong, 3 missed with their document
        assert roles.split()[-9:] == ["6", "1", "0", "3", "0.667", "0.333", "0.444", "0.444", "0.444"]


def test_json_holds_figures_and_items(places: tuple[Path, Path, Path], tmp_path: Path) -> None:
    gold, now, before = places
    out = tmp_path / "now.json"
    assert invoke(gold, now, "--against", before, "--format", "json", "-o", out).exit_code == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["failures"] == ["n2"] and report["documents"] == 2
    assert report["fields"]["soft"]["assignee_roles"]["support"] == 6
    assert report["classes"]["kind"]["TB"]["documents"] == 2
    assert report["per_document"]["n2"]["failed"] is True
    assert [(c["field"], c["after"]) for c in report["losses"]] == [("assignee_roles", "wrong")]
    wrong = [i for i in report["items"] if i["verdict"] == "wrong"]
    assert [(i["document"], i["pointer"], i["wanted"], i["given"]) for i in wrong] == [
        ("n1", "/tasks/0/assignees/1", "coordinate", "lead")
    ]
    again = invoke(gold, before, "--against", out, "--lang", "en", "--width", "130")
    assert "Gained against the earlier run: 1" in again.output


def test_markdown_and_errors(places: tuple[Path, Path, Path]) -> None:
    gold, now, _ = places
    text = invoke(gold, now, "--format", "markdown", "--errors", "--lang", "en").output
    assert text.startswith("# Evaluation\n") and "| Roles | 6 | 1 | 0 | 3 |" in text
    assert (
        "| n1 | Roles | Wrong | Phòng Nông nghiệp và Môi trường chủ trì → Công an huyện | coordinate | lead |" in text
    )


def test_sources_limit_what_is_scored(places: tuple[Path, Path, Path], tmp_path: Path) -> None:
    gold, now, _ = places
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "n1.docx").write_bytes(b"")
    result = invoke(gold, now, "--sources", tmp_path / "sources", "--format", "json")
    assert json.loads(result.output)["documents"] == 1


def test_bad_arguments_say_what_to_do(places: tuple[Path, Path, Path], tmp_path: Path) -> None:
    gold, now, _ = places
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    for arguments in ((tmp_path / "none", now), (gold, tmp_path / "none"), (tmp_path / "broken.json", now)):
        result = invoke(*arguments)
        assert result.exit_code == 2 and "Cách xử lý" in result.output
    assert invoke(gold, now, "--against", tmp_path / "broken.json").exit_code == 2
    assert invoke(gold, now, "-o", tmp_path / "no" / "where.txt").exit_code == 2
