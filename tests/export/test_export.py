"""All formats together: from the command line, to the places asked for, whole or not at all."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from samples import ROOT
from vndirective.cli import app
from vndirective.errors import MissingLibraryError
from vndirective.export import FORMATS, export, target_of

NOTICE = ROOT / "samples" / "notices" / "s08-cd-ubnd-tinh.txt"


def test_extract_exports_at_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["extract", str(NOTICE), "-o", str(out), "--export", ",".join(FORMATS)])
    assert result.exit_code == 0, result.output
    for name in FORMATS.values():
        assert (out / "export" / name.name).exists()
    assert [p.name for p in out.rglob(".*")] == [".lock"]
    assert CliRunner().invoke(app, ["extract", str(NOTICE), "-o", str(out), "--export", "pptx"]).exit_code == 2


def test_where_formats_go(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert target_of("xlsx", ["xlsx"], None, out) == out / "export" / "register.xlsx"
    assert target_of("xlsx", ["xlsx"], Path("a.xlsx"), out) == Path("a.xlsx")
    assert target_of("xlsx", ["xlsx"], Path("kho"), out) == Path("kho/register.xlsx")
    assert target_of("xlsx", ["xlsx", "csv"], Path("kho"), out) == Path("kho/register.xlsx")
    assert target_of("csv", ["xlsx", "csv"], Path("kho"), out) == Path("kho/csv")
    assert target_of("csv", ["csv"], Path("viec.csv"), out) == Path("viec.csv")
    assert target_of("edxml", ["edxml"], Path("goi"), out) == Path("goi")


@pytest.mark.parametrize("name", FORMATS)
def test_exports_are_repeatable_and_follow_no_clock(out: Path, name: str) -> None:
    def content() -> dict[str, bytes]:
        export(out, name)
        return {str(p): p.read_bytes() for p in (out / "export").rglob("*") if p.is_file()}

    first = content()
    if name in {"xlsx", "duckdb"}:  # both write the time of day or ids of their own into the file
        assert first.keys() == content().keys()
    else:
        assert first == content()


def test_a_missing_library_is_said_with_its_cure(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest, **named):
        if name.split(".", maxsplit=1)[0] == "xlsxwriter":
            raise ModuleNotFoundError("No module named 'xlsxwriter'", name="xlsxwriter")
        return real(name, *rest, **named)

    monkeypatch.delitem(sys.modules, "vndirective.export.xlsx", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingLibraryError):
        export(out, "xlsx")
    result = CliRunner().invoke(app, ["export", str(out), "--to", "xlsx,md"])
    assert result.exit_code == 8 and "vndirective[export]" in result.output
    assert (out / "export" / "register.md").exists()  # what can be written is


@pytest.mark.parametrize("name", FORMATS)
def test_a_target_that_cannot_be_written_leaves_nothing(out: Path, tmp_path: Path, name: str) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    target = blocked / FORMATS[name].name
    result = CliRunner().invoke(app, ["export", str(out), "--to", name, "-o", str(target)])
    assert result.exit_code == 2 and "Traceback" not in result.output
    assert [p.name for p in tmp_path.iterdir() if p.name not in {"run", "file"}] == []


def test_sources_are_remembered_over_runs(tmp_path: Path) -> None:
    import json

    other = tmp_path / "khac"
    other.mkdir()
    (other / "a.txt").write_bytes(NOTICE.read_bytes())
    out = tmp_path / "out"
    for source in (NOTICE, other, other):
        assert CliRunner().invoke(app, ["extract", str(source), "-o", str(out)]).exit_code == 0
    folders = json.loads((out / "sources.json").read_text(encoding="utf-8"))["folders"]
    assert len(folders) == 2 and folders[1] == "../khac"
    (out / "sources.json").write_text("{", encoding="utf-8")
    assert CliRunner().invoke(app, ["extract", str(other), "-o", str(out)]).exit_code == 0
