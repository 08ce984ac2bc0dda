"""The archive that benchmarks are measured on: distinct, the same for a seed, and made of notices that are read whole."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from vndirective.pipeline import read_document

ROOT = Path(__file__).resolve().parent.parent
COUNT = 60


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    pytest.importorskip("reportlab")
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    module = importlib.import_module("archive")
    if not module.FONTS.is_dir():
        pytest.skip(f"fonts-liberation2 is not installed ({module.FONTS})")
    return module


def test_the_made_archive_is_distinct_and_the_same_again(archive: ModuleType) -> None:
    files = dict(archive.notices(COUNT, 1))
    assert len(files) == len(set(files.values())) == COUNT
    assert files == dict(archive.notices(COUNT, 1))
    assert set(files.values()).isdisjoint(data for _, data in archive.notices(COUNT, 2))
    assert {Path(name).suffix for name in files} == {".docx", ".pdf", ".txt", ".html"}


def test_every_made_notice_gives_a_header_and_tasks(archive: ModuleType) -> None:
    for serial, (name, data) in enumerate(archive.notices(COUNT, 3)):
        [record] = read_document(data, uri=name)
        assert record.number and record.number.value == str(serial + 1), name
        assert record.issued_on and record.issuer and record.doc_type and record.signatory, name
        assert record.tasks, name
