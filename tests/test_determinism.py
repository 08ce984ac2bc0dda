"""The same bytes give the same records: twice, in any time zone, in any locale, with any number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from samples import ROOT

RUN = "from vndirective.cli import main; main()"


def _records(out: Path, *options: str, **environment: str) -> dict[str, bytes]:
    command = [sys.executable, "-c", RUN, "extract", str(ROOT / "samples" / "notices"), "-o", str(out), "-q", *options]
    subprocess.run(command, check=True, env={**os.environ, **environment}, capture_output=True)
    found = {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
    for name in (".lock", "manifest.sqlite"):  # who ran, when and how long
        del found[name]
    found["records.jsonl"] = b"\n".join(sorted(found["records.jsonl"].splitlines()))  # in the order of finishing
    return found


def test_same_bytes_elsewhere(tmp_path: Path) -> None:
    first = _records(tmp_path / "a", "--jobs", "1")
    assert len(first) > 15
    assert first == _records(tmp_path / "b", "--jobs", "2", TZ="Pacific/Auckland", LC_ALL="C", LANG="C")
    assert first == _records(tmp_path / "c", "--jobs", "1", TZ="UTC", PYTHONHASHSEED="7")
