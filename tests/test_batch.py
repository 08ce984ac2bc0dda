"""Many files: a worker that dies takes only its own file with it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from samples import NOTICES
from vndirective import batch
from vndirective.batch import running

KILLER = "chet.txt"
_real_process = running._process


def dies_on_one(job: batch.Job, out: Path, options: batch.Options) -> list[batch.Outcome]:
    if job.path.name == KILLER:
        os._exit(9)
    return _real_process(job, out, options)


def test_a_dead_worker_loses_only_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    texts = [p for p in NOTICES if p.suffix in {".txt", ".md", ".html"}]
    for path in texts:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / KILLER).write_text("Đề nghị các xã báo cáo.", encoding="utf-8")
    monkeypatch.setattr(running, "_process", dies_on_one)
    out = tmp_path / "out"
    report = batch.write_report(out, list(batch.run(batch.find_jobs([folder]), out, workers=2)))
    assert [(o.job.uri, o.error and o.error.exit_code) for o in report.failures] == [(KILLER, 70)]
    assert len(report.outcomes) == len(texts) + 1
    assert len([p for p in (out / "records").iterdir() if not p.name.endswith(".2.json")]) == len(texts)
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["failures"] == 1
    assert report.exit_code == 70
