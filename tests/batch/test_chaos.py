"""Processes that die, hang, grow and crash, and a run that is killed again and again: nothing is lost, doubled or half-written."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from vndirective.batch.archive import Tally
from vndirective.batch.limits import Limits
from vndirective.batch.manifest import Manifest

sys.path.insert(0, str(Path(__file__).parent))
import poisoned_run

LIMITS = Limits(seconds=8, megabytes=900)
POISON = {"kill": "worker_died", "segfault": "worker_died", "loop": "timeout", "hog": "memory"}
PLACES = ("Đầm Sen", "Gò Vàng", "Bãi Cát", "Suối Mây", "Đồi Thông")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts on /proc and signals")


def notice(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return f"""ỦY BAN NHÂN DÂN
XÃ {place.upper()}
Số: {number}/UBND-VP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{place}, ngày {number % 28 + 1} tháng 3 năm 2025
V/v rà soát lần {number}

Kính gửi: Các thôn trên địa bàn xã.

1. Công an xã chủ trì, phối hợp với các thôn rà soát {number + 10} hộ, báo cáo trước ngày {number % 28 + 1}/4/2025.
2. Trạm Y tế xã lập danh sách, gửi về Văn phòng trong tháng 5/2025.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lò Văn Thử
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 notices, every twelfth a copy of an earlier one, poison among them."""
    folder = tmp_path_factory.mktemp("chaos") / "in"
    for number in range(300):
        path = folder / f"{number % 7}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notice(number - 5 if number % 12 == 11 else number), encoding="utf-8")
    for at, kind in enumerate(POISON):
        (folder / str(at) / f"doc-{kind}.txt").write_text(f"POISON {kind}\n{notice(at)}", encoding="utf-8")
    (folder / "3" / "hong.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


@pytest.fixture(scope="module")
def undisturbed(folder: Path) -> Path:
    out = folder.parent / "undisturbed"
    tally = poisoned_run.run(folder, out, 2, LIMITS)
    assert (tally.found, tally.failures, tally.copied) == (305, 5, 25)
    return out


def left_by(out: Path) -> dict[str, bytes | list[bytes] | list[dict[str, object]]]:
    """What a run leaves, less what may differ: the order of lines; how often a killed reading was tried."""
    found: dict[str, bytes | list[bytes] | list[dict[str, object]]] = {
        str(p.relative_to(out)): p.read_bytes() for p in sorted((out / "records").rglob("*")) if p.is_file()
    }
    found["lines"] = sorted((out / "records.jsonl").read_bytes().splitlines())
    found["failures"] = [json.loads(x) for x in (out / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    found["run"] = (out / "run.json").read_bytes()
    return found


def test_poison_is_set_apart_with_its_cause(undisturbed: Path) -> None:
    failures = {f["uri"].split("/")[1]: f for f in left_by(undisturbed)["failures"]}
    assert {name: f["code"] for name, f in failures.items()} == {
        **{f"doc-{kind}.txt": code for kind, code in POISON.items()},
        "hong.docx": "damaged",
    }
    poisoned = [f for name, f in failures.items() if name != "hong.docx"]
    assert all(f["attempts"] == 2 and f["stage"] == "process" and f["exit_code"] == 15 for f in poisoned)
    records = list((undisturbed / "records").rglob("*.json"))
    assert len(records) == 300
    with Manifest(undisturbed, read_only=True) as manifest:
        assert manifest.states() == {"done": 300, "failed": 1, "quarantined": 4}


def test_a_run_killed_again_and_again_comes_to_the_same_end(folder: Path, undisturbed: Path) -> None:
    out, chance = folder.parent / "disturbed", random.Random(7)
    command = [sys.executable, poisoned_run.__file__, folder, out, 2, LIMITS.seconds, LIMITS.megabytes]
    kills = {"worker": 0, "run": 0}
    for disturbance in ("run", "both", "run", "both", "run", "worker", None):
        run = subprocess.Popen([str(c) for c in command], start_new_session=True)
        workers = wait_for_workers(run)
        time.sleep(chance.uniform(0.1, 0.8))
        if disturbance in ("worker", "both") and workers:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                kills["worker"] += 1
            time.sleep(chance.uniform(0.1, 0.8))
        if disturbance in ("run", "both") and run.poll() is None:
            run.kill()
            kills["run"] += 1
        run.wait(200)
    assert kills["run"] >= 3 and kills["worker"] >= 1, kills
    assert left_by(out) == left_by(undisturbed)
    assert not [p.name for p in out.rglob("*.part")]
    assert not workers_of(run.pid)


def wait_for_workers(run: subprocess.Popen[bytes]) -> list[int]:
    """The processes of a run that read, once there are some; none where the run is over before."""
    while run.poll() is None:
        if workers := workers_of(run.pid):
            return workers
        time.sleep(0.05)
    return []


def workers_of(run: int) -> list[int]:
    """Processes that branched from the one which the run keeps for this."""
    parents = {}
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            with suppress(OSError, ValueError, IndexError):
                parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
    return sorted(p for p, parent in parents.items() if parents.get(parent) == run)


def test_what_was_set_apart_is_left_alone_until_asked_for(folder: Path, undisturbed: Path, tmp_path: Path) -> None:
    small, out = tmp_path / "in", tmp_path / "out"
    small.mkdir()
    (small / "a.txt").write_text("POISON kill", encoding="utf-8")
    (small / "b.txt").write_text(notice(1), encoding="utf-8")

    def run(**options: bool) -> Tally:
        return poisoned_run.run(small, out, 1, LIMITS, **options)

    assert (first := run()).read == 2 and first.exit_code == 15
    assert (again := run()).read == 0 and again.exit_code == 15  # it still stands among the failures
    (small / "a.txt").write_text(notice(2), encoding="utf-8")
    assert (mended := run()).read == 1 and mended.exit_code == 0
    (small / "a.txt").write_text("POISON segfault", encoding="utf-8")
    assert run().exit_code == 15
    assert run(retry_failed=True).read == 1
