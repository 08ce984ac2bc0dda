"""An OUT that is damaged, half-written or older: what is sound is exported, the rest is named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vndirective.cli import app
from vndirective.errors import InputError
from vndirective.export.collection import Collection
from vndirective.filenames import fitted, relative_below


def _damage(out: Path) -> int:
    """Damage in each way; number of records that stay sound."""
    paths = sorted((out / "records").glob("*.json"))
    paths[0].write_bytes(paths[0].read_bytes()[:200])
    older = json.loads(paths[1].read_text(encoding="utf-8")) | {"schema_version": "0.9"}
    paths[1].write_text(json.dumps(older), encoding="utf-8")
    without = json.loads(paths[2].read_text(encoding="utf-8"))
    del without["tasks"][0]["evidence"]
    paths[2].write_text(json.dumps(without), encoding="utf-8")
    (out / "records" / ".x.json.77.part").write_text("{", encoding="utf-8")
    (out / "records" / "list.json").write_text("[]", encoding="utf-8")
    (out / "records" / "ban-sao.json").write_bytes(paths[3].read_bytes())
    (out / "run.json").unlink()
    return len(paths) - 3


def test_what_is_left_out_is_named_with_its_reason(out: Path) -> None:
    sound = _damage(out)
    collection = Collection(out)
    assert len(list(collection.records())) == sound == collection.count
    reasons = {Path(one.path).name: one.reason for one in collection.left_out}
    assert reasons.pop(".x.json.77.part") == "unfinished"
    assert reasons.pop("list.json") == "damaged"
    assert sorted(reasons.values()) == ["damaged", "damaged", "other_version", "same_file"]


def test_the_command_says_it_and_is_no_success(out: Path) -> None:
    _damage(out)
    result = CliRunner().invoke(app, ["export", str(out), "--to", "md,jsonl"])
    assert result.exit_code == 10 and "Traceback" not in result.output
    for said in ("bản ghi hỏng", "viết dở", "phiên bản khác (0.9)", "không có run.json", "Cách xử lý"):
        assert result.output.count(said) >= 1
    assert result.output.count("Bỏ lại 6 tệp") == 1
    assert "bản ghi hỏng" in (out / "export" / "register.md").read_text(encoding="utf-8")


def test_a_damaged_list_of_failures_is_said(out: Path) -> None:
    (out / "failures.jsonl").write_text('[{"uri": ', encoding="utf-8")
    result = CliRunner().invoke(app, ["export", str(out), "--to", "csv", "--lang", "en"])
    assert result.exit_code == 10 and "list of failures is damaged" in result.output


def test_sources_that_could_not_be_read_stand_in_the_review_table(out: Path) -> None:
    failure = {
        "uri": "hỏng.pdf",
        "message": {"vi": "Tệp bị hỏng", "en": "damaged"},
        "next_step": {"vi": "Xin lại", "en": "ask"},
    }
    (out / "failures.jsonl").write_text(json.dumps(failure), encoding="utf-8")
    assert CliRunner().invoke(app, ["export", str(out), "--to", "csv"]).exit_code == 0
    assert "hỏng.pdf" in (out / "export" / "csv" / "review.csv").read_text(encoding="utf-8-sig")


def test_no_records_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        list(Collection(tmp_path).records())
    assert CliRunner().invoke(app, ["export", str(tmp_path), "--to", "xlsx"]).exit_code == 2
    assert CliRunner().invoke(app, ["export", str(tmp_path), "--to", "docx"]).exit_code == 2
    assert CliRunner().invoke(app, ["tasks", str(tmp_path)]).exit_code == 2


def test_a_source_outside_the_folder_is_never_led_to(out: Path, tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("mật", encoding="utf-8")
    collection = Collection(out)
    record = next(iter(collection.records()))
    assert collection.source_of(record) is not None
    for uri in (f"../../{secret.name}", "../../../bi-mat.txt", str(secret), "khong-co.docx"):
        hostile = record.model_copy(update={"source": record.source.model_copy(update={"uri": uri})})
        assert collection.source_of(hostile) is None


@pytest.mark.parametrize("name", ["a" * 240 + ".txt", "ạ" * 83 + ".md", "thông báo số 1 (lần 2)" + " x" * 90 + ".txt"])
def test_long_names_give_records_and_exports_that_stay_inside(name: str, notice) -> None:
    out = notice("THÔNG BÁO\nVề việc rà soát\n\n1. Phòng Kinh tế báo cáo trước ngày 20/4/2025.\n", name)
    [record] = Collection(out).records()
    assert record.source.uri == name
    result = CliRunner().invoke(app, ["export", str(out), "--to", "edxml,xlsx"])
    assert result.exit_code == 0, result.output
    [written] = (out / "export" / "edxml").iterdir()
    assert len(os.fsencode(written.name)) <= 255


def test_a_hostile_uri_stays_below_the_target() -> None:
    for uri in ("../../etc/passwd", "/etc/passwd", "..\\..\\a.doc", "a/../../b", "C:\\x.doc", "..", "", "a/\x00b?"):
        path = relative_below(uri, ".edxml")
        assert not path.is_absolute() and ".." not in path.parts and path.name.endswith(".edxml")
    assert fitted("a" * 300, ".json") != fitted("a" * 299 + "b", ".json")
    assert fitted("a.txt", ".json") == "a.txt.json"
