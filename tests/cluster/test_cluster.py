"""A run on a cluster gives what a run on one machine gives, whoever is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import cluster_notices as notices
from cluster_processes import Cluster
from vndirective import batch, errors
from vndirective.batch import Outcome, Search
from vndirective.cli import app
from vndirective.cluster import lock, places
from vndirective.cluster.child import Limits
from vndirective.cluster.extracting import Asked, extract
from vndirective.cluster.merging import merge
from vndirective.export import export
from vndirective.export.register import TABLES

OPTIONS = batch.Options()
Files = dict[str, bytes]


def put(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def files_of(url: str, folder: str) -> Files:
    there = places.place(url)
    return {n: c for n, c in there.read_all(there.names(folder)).items() if c is not None}


def rows(url: str, table: str, local: bool = False) -> list[dict[str, Any]]:
    import io

    contents = [Path(url, f"{table}.parquet").read_bytes()] if local else files_of(url, f"parquet/{table}").values()
    found = [row for c in contents for row in pq.read_table(io.BytesIO(c)).to_pylist()]
    return sorted(found, key=lambda row: json.dumps(row, default=str, sort_keys=True))


def undisturbed(folder: Path, out: Path) -> Path:
    """The run on one machine that all are held against, with its tables."""
    batch.write_report(out, list(batch.run(batch.find_jobs([folder]), out, OPTIONS)))
    export(out, "parquet")
    return out


def assert_same(url: str, local: Path) -> None:
    assert files_of(url, "records") == files_of(str(local), "records")
    there, here = places.place(url), places.place(str(local))
    assert failed(there.read("failures.jsonl")) == failed(here.read("failures.jsonl"))
    assert json.loads(there.read("run.json") or b"") == json.loads(here.read("run.json") or b"")
    for table in TABLES:
        assert rows(url, table.name) == rows(str(local / "export" / "parquet"), table.name, local=True), table.name


def failed(content: bytes | None) -> list[dict[str, Any]]:
    """Failures less what a run on one machine alone knows (where the file lies) and what chance may change."""
    rows = [json.loads(line) for line in (content or b"").splitlines()]
    return [{k: v for k, v in row.items() if k not in ("path", "attempts", "state")} for row in rows]


def all_of(outcomes: Iterable[Outcome], _total: int) -> list[Outcome]:
    return list(outcomes)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """300 documents and what one machine makes of them."""
    folder = put(tmp_path_factory.mktemp("in"), notices.files(296))
    return folder, undisturbed(folder, tmp_path_factory.mktemp("local"))


def upload(storage: Any, folder: Path, url: str) -> None:
    storage.put(f"{folder}/", url, recursive=True)


def test_a_killed_worker_changes_nothing(archive: tuple[Path, Path], storage: Any, cluster: Cluster) -> None:
    folder, local = archive
    upload(storage, folder, "s3://archive/killed/")
    killed: list[int] = []

    def shown(outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
        kept = []
        for outcome in outcomes:
            kept.append(outcome)
            if len(kept) == 40:
                victim = cluster.processes[-1]
                assert victim.poll() is None
                os.kill(victim.pid, signal.SIGKILL)
                killed.append(len(kept))
        assert total == 300 and len(kept) == total
        return kept

    asked = Asked(cluster.address, limits=Limits(reader="cluster_notices:slowly"))
    report, found = extract(["s3://archive/killed"], "s3://results/killed", OPTIONS, asked, shown)
    assert (found, killed, len(report.failures)) == (300, [40], 3)
    assert cluster.processes[-1].wait() == -signal.SIGKILL
    assert_same("s3://results/killed", local)
    assert not storage.exists("s3://results/killed/run.lock")

    # nothing is left to read but what failed and has attempts left
    before = files_of("s3://results/killed", "parquet")
    report, _ = extract(["s3://archive/killed"], "s3://results/killed", OPTIONS, asked, all_of)
    assert [o.job.uri for o in report.outcomes] == ["lỗi/hỏng.pdf", "lỗi/lạ.bin", "lỗi/rỗng.txt"]
    assert files_of("s3://results/killed", "parquet") == before
    assert_same("s3://results/killed", local)


def test_an_interrupted_run_goes_on(archive: tuple[Path, Path], cluster: Cluster, tmp_path: Path) -> None:
    folder, local = archive
    out = str(tmp_path / "out")
    seen: list[str] = []

    def interrupted(outcomes: Iterator[Outcome], _total: int) -> list[Outcome]:
        for outcome in outcomes:
            seen.append(outcome.job.uri)
            if len(seen) == 100:
                outcomes.close()  # type: ignore[attr-defined]
                raise KeyboardInterrupt
        return []

    asked = Asked(cluster.address)
    with pytest.raises(KeyboardInterrupt):
        extract([str(folder)], out, OPTIONS, asked, interrupted)  # type: ignore[arg-type]
    report, _ = extract([str(folder)], out, OPTIONS, asked, all_of)
    again = {o.job.uri for o in report.outcomes if o.error is None} & set(seen)
    assert len(again) <= 40, "only a batch that was being told of is read again"
    assert_same(out, local)

    # a file that changed is read again, its earlier record and rows are gone
    changed = put(tmp_path / "changed", notices.files(20) | {"n0/tb-0000.txt": notices.notice(500)})
    target = str(tmp_path / "out2")
    put(tmp_path / "first", notices.files(20))
    extract([str(tmp_path / "first")], target, OPTIONS, asked, all_of)
    extract([str(changed)], target, OPTIONS, asked, all_of)
    assert_same(target, undisturbed(changed, tmp_path / "local2"))


def test_poison_is_put_aside_alone(cluster: Cluster, tmp_path: Path) -> None:
    good = notices.files(30)
    folder = put(tmp_path / "in", good | {"a/chet.txt": notices.notice(900), "a/treo.txt": notices.notice(901)})
    out = str(tmp_path / "out")
    asked = Asked(cluster.address, limits=Limits(seconds=4, reader="cluster_notices:poisoned"))
    report, _ = extract([str(folder)], out, OPTIONS, asked, all_of)
    failed = {o.job.uri: o.error.code for o in report.failures if o.error}
    assert {u: c for u, c in failed.items() if u.startswith("a/")} == {
        "a/chet.txt": "worker_died",
        "a/treo.txt": "timeout",
    }
    assert all(process.poll() is None for process in cluster.processes), "no worker of the cluster died of it"
    assert len(failed) == 5, "three that no reader takes, two that are poison"
    told = [json.loads(line) for line in Path(out, "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {t["uri"]: t["state"] for t in told if t["uri"].startswith("a/")} == dict.fromkeys(
        ("a/chet.txt", "a/treo.txt"), "quarantined"
    )
    local = undisturbed(put(tmp_path / "good", good), tmp_path / "local")
    assert files_of(out, "records") == files_of(str(local), "records")
    again, _ = extract([str(folder)], out, OPTIONS, asked, all_of)
    assert not {o.job.uri for o in again.outcomes} & {"a/chet.txt", "a/treo.txt"}
    mended, _ = extract([str(folder)], out, OPTIONS, Asked(cluster.address, retry_failed=True), all_of)
    assert {"a/chet.txt", "a/treo.txt"} <= {o.job.uri for o in mended.outcomes if o.error is None}


def test_a_cluster_of_this_machine_and_shards_put_together(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", notices.files(24))
    asked = [Asked(workers=1, search=Search(shard=(i, 2))) for i in (1, 2)]
    for number, one in enumerate(asked):
        extract([str(folder)], str(tmp_path / f"shard-{number}"), OPTIONS, one, all_of)
    shards = [str(tmp_path / f"shard-{n}") for n in (0, 1)]
    sizes = [len(files_of(s, "records")) for s in shards]
    local = undisturbed(folder, tmp_path / "local")
    assert min(sizes) > 0 and merge(shards, str(tmp_path / "all")) == sum(sizes)
    assert files_of(str(tmp_path / "all"), "records") == files_of(str(local), "records")
    merged, alone = ((out / "failures.jsonl").read_bytes() for out in (tmp_path / "all", local))
    assert failed(merged) == failed(alone)
    assert json.loads((tmp_path / "all" / "run.json").read_bytes()) == json.loads((local / "run.json").read_bytes())
    export(tmp_path / "all", "parquet")
    for table in TABLES:
        assert rows(str(tmp_path / "all/export/parquet"), table.name, True) == rows(
            str(local / "export/parquet"), table.name, True
        )


def test_two_runs_at_a_time(storage: Any, tmp_path: Path) -> None:
    for url in ("s3://results/lock", str(tmp_path / "lock")):
        place = places.place(url)
        with lock.only_run(place, beat=0.1), pytest.raises(errors.BusyError), lock.only_run(place, patience=3):
            pass
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        place.write(lock.NAME, json.dumps({"host": os.uname().nodename, "pid": gone.pid}).encode())
        with lock.only_run(place, patience=60):  # left by a run that was killed here: no wait
            assert place.read(lock.NAME)
        place.write(lock.NAME, b'{"host": "elsewhere", "pid": 1}')
        with lock.only_run(place, patience=0.6):  # elsewhere: it does not change
            assert place.read(lock.NAME)
        assert place.read(lock.NAME) is None


def test_what_is_wrong_is_said(storage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "in", notices.files(1))
    run = CliRunner()

    def said(*arguments: str) -> tuple[int, str]:
        result = run.invoke(app, ["extract", *arguments, "--engine", "dask", "--lang", "en"])
        return result.exit_code, result.output

    from vndirective.cluster import connection

    monkeypatch.setattr(connection, "WAIT", 2)
    code, text = said(str(folder), "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9")
    assert code == 16 and "docs/cluster.md" in text
    assert not (tmp_path / "out" / lock.NAME).exists()
    code, text = said("s3://khong-co", "-o", str(tmp_path / "out"))
    assert code == 2 and "s3://khong-co" in text and "Next step" in text
    code, text = said(str(folder), "-o", "s3://khong-co/out")
    assert code == 2 and "s3://khong-co" in text and "Next step" in text
    code, text = said("s4://in", "-o", str(tmp_path / "out"))
    assert code == 2 and "s4" in text
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "distributed", None)
        code, text = said(str(folder), "-o", str(tmp_path / "out"))
        assert code == 8 and "vndirective[cluster]" in text


def test_listing_is_the_same_on_every_storage(storage: Any, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", notices.files(12))
    upload(storage, folder, "s3://archive/listing/")
    local, stored = places.documents_in([str(folder)]), places.documents_in(["s3://archive/listing"])
    assert sorted((d.uri, d.size) for d in local) == sorted((d.uri, d.size) for d in stored)
    [one] = places.documents_in(["s3://archive/listing/n1/tb-0001.txt"])
    assert one.uri == "tb-0001.txt" and one.mark
    assert [d.uri for d in places.documents_in([(folder / "n1").as_uri()])] == [
        "lap lại.txt",
        "tb-0001.txt",
        "tb-0008.txt",
    ]
