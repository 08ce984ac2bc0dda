"""A results folder over many runs: only what is left is read, nothing is lost, and one run at a time."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vndirective.batch import Search, find_jobs
from vndirective.batch.finding import shard_of
from vndirective.batch.lock import locked
from vndirective.batch.manifest import Manifest
from vndirective.cli import app

COMMAND = [sys.executable, "-c", "from vndirective.cli import main; main()"]


def notice(number: int) -> str:
    return f"Số: {number}/UBND-VP\n\nKính gửi: Các thôn.\n\n1. Công an xã rà soát {number} hộ trước ngày 05/6/2025./.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for name, number in (("a.txt", 1), ("b.txt", 2), ("2024/c.txt", 3), ("2024/d.txt", 4)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(notice(number), encoding="utf-8")
    return folder


def extract(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["extract", *map(str, arguments), "--json-log", "--jobs", "1"])


def read_in(result: Result) -> list[str]:
    """What a run read, from its log."""
    events = [json.loads(line) for line in result.output.splitlines() if line.startswith("{")]
    return sorted(e["uri"] for e in events if e["event"] in ("finished", "failed"))


def lines(out: Path) -> list[str]:
    return sorted(
        json.loads(x)["source"]["uri"] for x in (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    )


ALL = ["2024/c.txt", "2024/d.txt", "a.txt", "b.txt"]


def test_only_what_is_new_changed_or_failed_is_read(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (folder / "hong.docx").write_bytes(b"PK\x03\x04")
    first = extract(folder, "-o", out)
    assert read_in(first) == [*ALL, "hong.docx"] and first.exit_code == 5
    assert read_in(extract(folder, "-o", out)) == ["hong.docx"]
    (folder / "hong.docx").unlink()
    (folder / "e.txt").write_text(notice(5), encoding="utf-8")
    (folder / "a.txt").write_text(notice(66), encoding="utf-8")
    os.utime(folder / "b.txt", (1, 1))  # another time, the same bytes
    assert read_in(extract(folder, "-o", out)) == ["a.txt", "e.txt"]
    assert lines(out) == [*ALL, "e.txt"]  # what a.txt gave before is gone
    assert "66/UBND-VP" in (out / "records" / "a.txt.json").read_text(encoding="utf-8")
    assert read_in(extract(folder, "-o", out)) == []
    assert read_in(extract(folder, "-o", out, "--force")) == [*ALL, "e.txt"]
    assert read_in(extract(folder, "-o", out, "--no-text")) == [*ALL, "e.txt"]  # read with other options


def test_a_run_without_work_rewrites_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(folder, "-o", out)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.is_file() and p.name not in (".lock",)}
    assert extract(folder, "-o", out).exit_code == 0
    changed = [p.name for p, at in before.items() if p.stat().st_mtime_ns != at and "manifest" not in p.name]
    assert changed == []


def test_files_with_the_same_bytes_are_read_once(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (folder / "ban sao.txt").write_text(notice(1), encoding="utf-8")
    result = extract(folder, "-o", out)
    events = [json.loads(x) for x in result.output.splitlines() if x.startswith("{")]
    assert [(e["uri"], e["same_as"]) for e in events if e.get("same_as")] in (
        [("ban sao.txt", "a.txt")],
        [("a.txt", "ban sao.txt")],
    )
    copy, first = (json.loads((out / "records" / f"{n}.json").read_bytes()) for n in ("ban sao.txt", "a.txt"))
    assert copy["source"].pop("uri") == "ban sao.txt" and first["source"].pop("uri") == "a.txt"
    assert copy == first


def test_fewer_records_than_before_leave_none_behind(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    two = f"{letter(1)}\n\n\n{letter(2)}"
    (folder / "a.txt").write_text(two, encoding="utf-8")
    extract(folder, "-o", out)
    assert (out / "records" / "a.txt.2.json").exists()
    (folder / "a.txt").write_text(letter(1), encoding="utf-8")
    extract(folder, "-o", out)
    assert (out / "records" / "a.txt.json").exists() and not (out / "records" / "a.txt.2.json").exists()
    assert lines(out) == ALL


def letter(number: int) -> str:
    return f"""ỦY BAN NHÂN DÂN
XÃ GÒ VÀNG
Số: {number}/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Gò Vàng, ngày {number} tháng 3 năm 2025

THÔNG BÁO
Về việc trực lần {number}

Các thôn cử người trực trước ngày 05/6/2025./.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH
(Đã ký)
Lò Văn Thử
"""


def test_what_a_source_gave_stays_when_it_is_gone_or_cannot_be_read_any_more(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(folder, "-o", out)
    (folder / "a.txt").unlink()
    assert extract(folder, "-o", out).exit_code == 0
    assert (out / "records" / "a.txt.json").exists() and lines(out) == ALL
    assert "1 tệp nguồn không còn" in CliRunner().invoke(app, ["status", str(out)]).output


def test_a_torn_line_is_cut(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(folder, "-o", out)
    with (out / "records.jsonl").open("ab") as stream:
        stream.write(b'{"schema_version": "1.0", "id"')
    (folder / "e.txt").write_text(notice(5), encoding="utf-8")
    extract(folder, "-o", out)
    assert lines(out) == [*ALL, "e.txt"]


def test_patterns_lists_and_shards(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(**search: object) -> list[str]:
        return sorted(j.uri for j in find_jobs([folder], Search(**search)))

    assert found(include=("2024/*",)) == ["2024/c.txt", "2024/d.txt"]
    assert found(include=("*.txt",), exclude=("d.*", "a.txt")) == ["2024/c.txt", "b.txt"]
    shards = [found(shard=(i, 3)) for i in (1, 2, 3)]
    assert sorted(uri for shard in shards for uri in shard) == ALL
    assert all(shard_of(uri, 3) == i for i, shard in enumerate(shards, start=1) for uri in shard)
    monkeypatch.chdir(folder)
    (tmp_path / "list").write_text("# hôm nay\na.txt\n\n2024/c.txt\n", encoding="utf-8")
    assert read_in(extract("--files-from", tmp_path / "list", "-o", tmp_path / "out")) == ["a.txt", "c.txt"]
    piped = CliRunner().invoke(
        app, ["extract", "--files-from", "-", "-o", str(tmp_path / "out2"), "--json-log"], input="b.txt\n"
    )
    assert read_in(piped) == ["b.txt"]
    assert extract(folder, "-o", tmp_path / "out", "--shard", "4/3").exit_code == 2
    assert extract("--files-from", tmp_path / "nope", "-o", tmp_path / "out").exit_code == 2


def test_links_in_a_ring_and_out_inside_the_input(folder: Path) -> None:
    (folder / "2024" / "ring").symlink_to(folder)
    (folder / "same.txt").symlink_to(folder / "a.txt")
    (folder / "nowhere.txt").symlink_to(folder / "nope")
    (folder / "out" / "records").mkdir(parents=True)
    (folder / "out" / "records" / "a.txt.json").write_text("{}", encoding="utf-8")
    jobs = find_jobs([folder, folder / "2024"], Search(skip=folder / "out"))
    assert sorted(j.uri for j in jobs) == ALL


def test_files_of_two_inputs_under_one_name_are_told_apart(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "khac"
    other.mkdir()
    (other / "a.txt").write_text(notice(9), encoding="utf-8")
    assert sorted(j.uri for j in find_jobs([folder, other])) == [*ALL[:3], "b.txt", "khac/a.txt"]


def test_one_run_at_a_time(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(out):
        busy = subprocess.run(
            [*COMMAND, "extract", folder, "-o", out], capture_output=True, check=False, text=True, timeout=60
        )
        assert busy.returncode == 14 and str(os.getpid()) in busy.stderr and "--wait" in busy.stderr
        running = CliRunner().invoke(app, ["status", str(out)])
        assert running.exit_code == 2  # no manifest yet
        waiting = subprocess.Popen(
            [*COMMAND, "extract", folder, "-o", out, "--wait"], stderr=subprocess.PIPE, text=True
        )
        assert waiting.stderr is not None and "Đang chờ" in waiting.stderr.readline()
        assert waiting.poll() is None
    assert waiting.wait(60) == 0 and lines(out) == ALL
    waiting.stderr.close()


def test_a_folder_that_cannot_be_written_is_a_clear_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(folder), "-o", str(tmp_path / "out")])
    assert result.exit_code == 13 and "Không ghi được" in result.output and "Giải phóng đĩa" in result.output


def test_a_disk_that_fills_up_stops_the_run_and_the_next_one_ends_it(folder: Path, tmp_path: Path) -> None:
    (folder / "lon.txt").write_text(letter(1) + "Các thôn tổ chức họp dân lấy ý kiến.\n" * 8000, encoding="utf-8")

    def no_large_file() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    out, command = tmp_path / "out", [*COMMAND, "extract", folder, "-o", tmp_path / "out", "--jobs", "1"]
    full = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120, preexec_fn=no_large_file)
    assert full.returncode == 13 and "Không ghi được" in full.stderr, full.stderr
    assert not list(out.rglob("*.part"))
    for path in (out / "records").rglob("*.json"):
        json.loads(path.read_bytes())  # whole
    assert subprocess.run(command, capture_output=True, check=False, timeout=120).returncode == 0
    assert lines(out) == [*ALL, "lon.txt"]


def test_a_manifest_that_is_none_of_ours_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.sqlite").write_text("ghi chép của tôi" * 100, encoding="utf-8")
    result = extract(folder, "-o", tmp_path / "out")
    assert result.exit_code == 5 and "manifest.sqlite" in result.output
    assert "ghi chép" in (tmp_path / "out" / "manifest.sqlite").read_text(encoding="utf-8")


def test_ctrl_c_finishes_what_is_in_hand_and_the_next_run_the_rest(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(letter(number), encoding="utf-8")
    command = [*COMMAND, "extract", folder, "-o", out, "--jobs", "2", "--json-log"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    for line in run.stderr:
        if json.loads(line)["event"] == "finished":
            run.send_signal(signal.SIGINT)
            break
    rest = run.stderr.read()
    assert run.wait(60) == 130 and "chạy lại" in rest
    run.stderr.close()
    done = len(lines(out))
    assert 0 < done < 400 and len(list((out / "records").glob("*.json"))) == done
    assert not list(out.rglob("*.part")) and not (out / "run.json").exists()
    assert "dừng giữa chừng" in CliRunner().invoke(app, ["status", str(out)]).output
    assert subprocess.run(command, capture_output=True, check=False, timeout=120).returncode == 0
    assert len(lines(out)) == 400 and json.loads((out / "run.json").read_bytes())["records"] == 400


def test_watch_reads_what_comes_once_it_rests(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [*COMMAND, "watch", folder, "-o", out, "--interval", "0.2", "--json-log"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    try:
        seen: list[str] = []
        for line in run.stderr:
            event = json.loads(line)
            if event["event"] == "finished":
                seen.append(event["uri"])
            if len(seen) == 4 and not (folder / "moi.txt").exists():
                (folder / "moi.txt").write_text(notice(7), encoding="utf-8")
            if len(seen) == 5:
                break
        assert sorted(seen[:4]) == ALL and seen[4] == "moi.txt"
    finally:
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 0
        run.stderr.close()


def test_the_manifest_tells_of_each_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    begun = time.time()
    extract(folder, "-o", out)
    with Manifest(out, read_only=True) as manifest:
        known = manifest.known()
        assert sorted(known) == ALL and {k.state for k in known.values()} == {"done"}
        assert all(k.sha256 and len(k.sha256) == 64 and k.attempts == 1 for k in known.values())
        assert manifest.totals()["records"] == 4
    assert begun - 1 < (out / "manifest.sqlite").stat().st_mtime
