"""Documentation is true: generated pages are current, the README's examples run, warnings and imports are as written."""

from __future__ import annotations

import ast
import re
import runpy
import shlex
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edxml_packages import edxml_package
from samples import NO_SCANS, NOTICES, ROOT, records_of, shared_files
from tests_pdf_pages import as_png, half_scanned, poor_scan, scan_of
from vndirective import extract
from vndirective.cli import app
from vndirective.corrections.correction import corrections
from vndirective.corrections.kept import Entry, Kept, restored
from vndirective.corrections.patch import operations
from vndirective.parsers.office.convert import program
from vndirective.schema.warnings import WARNINGS, warning_message

README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITER = runpy.run_path(str(ROOT / "scripts" / "write_docs.py"))
ROOMS = (
    "errors",
    "filenames",
    "messages",
    "schema",
    "lexicons",
    "parsers",
    "segment",
    "extract",
    "confidence",
    "pipeline",
    "corrections",
    "batch",
    "export",
    "cluster",
    "evaluate",
    "explain",
    "listing",
    "progress",
    "show",
    "quality",
    "searchable",
    "cli",
)


@pytest.mark.parametrize("name", sorted(WRITER["PAGES"]))
def test_generated_pages_are_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == WRITER["PAGES"][name](), "run `make docs`"


def test_readme_console_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        for command, expected in re.findall(r"^\$ vndirective (.*?)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            result = CliRunner().invoke(app, shlex.split(command))
            assert result.exit_code == 0
            shown = [line.rstrip() for line in result.output.strip().splitlines()]
            assert shown == expected.strip().splitlines()


def test_readme_python_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_downstream_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs" / "downstream.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(blocks) >= 5
    shared: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "downstream.md", "exec"), shared)


def test_readme_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_imports_run_one_way() -> None:
    source = ROOT / "src" / "vndirective"
    for path in source.rglob("*.py"):
        room = path.relative_to(source).parts[0].removesuffix(".py")
        if room not in ROOMS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in filter(lambda n: n.startswith("vndirective."), names):
                other = name.split(".")[1]
                assert other not in ROOMS or ROOMS.index(other) <= ROOMS.index(room), f"{path.name} imports {name}"


def test_each_warning_code_is_produced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    produced = {w.code for path in NOTICES for r in records_of(path) for w in r.warnings}
    (tmp_path / "a.txt").write_bytes(
        "Số: 5/TB-UBND\n\nTHÔNG BÁO\nVề việc nghỉ\n\n1. Rà soát.\n2. Báo cáo.\n2. Báo cáo.\n".encode()
    )
    (tmp_path / "b.txt").write_bytes("THÔNG BÁO\nVề việc họp\n".encode() * 30 + b"\xff\xfe\xfa sai")
    (tmp_path / "c.html").write_text(
        '<body><div>Quyết định mới</div><a href="/f/qd-12.pdf">Tải về</a></body>', encoding="utf-8"
    )
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as package:
        package.write(tmp_path / "a.txt", "a.txt")
        package.writestr("b.docx", b"PK\x03\x04word/")
    with monkeypatch.context() as without:
        without.setenv("VNDIRECTIVE_SOFFICE", "")
        program.cache_clear()
        (tmp_path / "e.rtf").write_bytes(rb"{\rtf1 1. C\u225?c x\u227? b\u225?o c\u225?o.}")
        produced |= {w.code for r in extract(tmp_path / "e.rtf") for w in r.warnings}
    program.cache_clear()
    for name in ("a.txt", "b.txt", "c.html", "d.zip"):
        produced |= {w.code for r in extract(tmp_path / name) for w in r.warnings}
    produced |= {w.code for r in extract(half_scanned()) for w in r.warnings}
    sent = edxml_package(
        ("c.txt", "Số: 5/TB-UBND\nĐồng Kê, ngày 02 tháng 4 năm 2025\n\nTHÔNG BÁO\nVề việc nghỉ\n".encode())
    )
    produced |= {w.code for r in extract(sent) for w in r.warnings}
    [record] = extract((tmp_path / "a.txt").read_bytes())
    kept = Kept(record.source.sha256, (_another_place(),))
    produced |= {w.code for w in restored(record, kept)[0].warnings}
    if not NO_SCANS:
        poor = poor_scan(scan_of(ROOT / "samples" / "notices" / "s07-qd-ubnd-tinh.pdf"))
        produced |= {w.code for r in extract(as_png(poor)) for w in r.warnings}
    of_scans = {"low_ocr_confidence", "ocr_number_uncertain"} if NO_SCANS else set()
    assert set(WARNINGS) == produced | of_scans
    assert all(warning_message(c, lang) for c in WARNINGS for lang in ("vi", "en"))


def _another_place() -> Entry:
    """A correction of a value that was never read."""
    patch = [
        {"op": "test", "path": "/place", "value": {"name": "Khe Sim"}},
        {"op": "replace", "path": "/place", "value": None},
    ]
    return Entry(tuple(corrections(operations(patch))))


def test_shared_notices_carry_only_known_warnings() -> None:
    for path in shared_files("seed", "real/typed"):
        assert {w.code for r in records_of(path) for w in r.warnings} <= set(WARNINGS)
