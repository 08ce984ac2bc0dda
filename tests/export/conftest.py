"""An OUT as `make run` writes it, for tests of exports, and ways to damage a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from samples import NOTICES, SCANS
from vndirective import batch
from vndirective.export.collection import Collection
from vndirective.schema.record import Record

# scans take long to read and give the same kinds of values; s50 to s57 are other savings of notices that stand here already; the
# first hundred hold all that an export has to tell apart
TYPED = [
    p for p in NOTICES if p.stem not in SCANS and not p.stem.startswith("s5") and int(p.stem.split("-")[0][1:]) <= 103
]


@pytest.fixture(scope="session")
def sample_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of the typed samples; not to be written into."""
    folder = tmp_path_factory.mktemp("run")
    sources = folder / "notices"
    sources.mkdir()
    for path in TYPED:
        shutil.copy(path, sources)
    out = folder / "out"
    outcomes = list(batch.run(batch.find_jobs([sources]), out))
    batch.write_report(out, outcomes)
    batch.write_sources(out, [sources])
    return out


@pytest.fixture
def out(sample_out: Path, tmp_path: Path) -> Path:
    """A copy beside a copy of the sources, free to be damaged."""
    shutil.copytree(sample_out.parent, tmp_path / "run")
    return tmp_path / "run" / "out"


@pytest.fixture
def records(sample_out: Path) -> list[Record]:
    return list(Collection(sample_out).records())


@pytest.fixture
def notice(tmp_path: Path) -> Callable[..., Path]:
    """Reads a text into an OUT of its own: `notice(text, name)`."""

    def made(text: str, name: str = "thong-bao.txt") -> Path:
        sources = tmp_path / "in"
        path = sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        folder = tmp_path / "out"
        outcomes = list(batch.run(batch.find_jobs([sources]), folder))
        batch.write_report(folder, outcomes)
        batch.write_sources(folder, [sources])
        return folder

    return made


# each begins as a formula, closes a tag, or opens a line of another format
HOSTILE = (
    '=HYPERLINK("http://a.example";"x")',
    "+Các trường <script>alert(1)</script> báo cáo & tổng hợp",
    "- Rà soát *hồ sơ* | lập danh sách",
    "@SUM(A1) ]]> <b>đậm</b> </Subject>",
    "\tThống kê\nEND:VEVENT\nBEGIN:VALARM",
)


@pytest.fixture
def hostile(records: list[Record], tmp_path: Path) -> Path:
    """A record whose words look like formulas, tags and lines of a calendar, from a file of a like name."""
    sample = next(r for r in records if len(r.tasks) >= len(HOSTILE) and r.tasks[0].deadlines)
    name = "=cmd|' & <b>#1.txt"
    deadline, assignee = sample.tasks[0].deadlines[0], sample.tasks[0].assignees[0]
    tasks = [
        task.model_copy(
            update={
                "text": text,
                "deadlines": (deadline.model_copy(update={"raw": text}),),
                "assignees": (assignee.model_copy(update={"name": text}),),
            }
        )
        for task, text in zip(sample.tasks, HOSTILE, strict=False)
    ]
    update: dict[str, object] = {
        "tasks": tuple(tasks),
        "source": sample.source.model_copy(update={"uri": name}),
        "targets": (),
    }
    if sample.subject and sample.issuer:
        update["subject"] = sample.subject.model_copy(update={"text": HOSTILE[1]})
        update["issuer"] = sample.issuer.model_copy(update={"name": HOSTILE[3]})
    out = tmp_path / "hostile"
    (out / "records").mkdir(parents=True)
    (out / "run.json").write_text("{}")
    (out / "sources.json").write_text('{"folders": ["../nguon"]}')
    (tmp_path / "nguon").mkdir()
    (tmp_path / "nguon" / name).write_text("nguồn", encoding="utf-8")
    record = sample.model_copy(update=update)
    (out / "records" / f"{name}.json").write_text(record.model_dump_json(), encoding="utf-8")
    return out
