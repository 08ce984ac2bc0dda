"""vndirective beside what a user would pick instead: same files, same run, each tool in a process of its own.

    python benchmarks/rivals.py [FOLDER]    FOLDER: the environment of setup_rivals.sh, default .venv-rivals

Time is over 40 PDF and 40 DOCX of the made archive; scans are the pages of two of our samples. Fields are compared with the samples'
gold in typed PDF and DOCX of one notice each, for the tools that give fields: number and date as they stand, issuer as one
of the gold's names, deadlines by their last day.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import archive
from rival_reader import TOOLS

EACH = 40  # files of each format
SCANS = ("s17-ban-chup.pdf", "s18-anh-chup.jpg")
OURS = ("vndirective", "pdftotext + regular expressions", "pdftotext")  # read in the project's own environment
ONLY = {"pdftotext": (".pdf",), "pdfplumber": (".pdf",), "pypdfium2": (".pdf",), "python-docx": (".docx",)}
READS_SCANS = ("vndirective", "kreuzberg", "viparse", "markitdown", "docling-slim")
GIVES = {"vndirective": "fields, evidence", "pdftotext + regular expressions": "number, date, issuer, deadlines"}

Answers = list[dict[str, Any]]


def read(tool: str, files: Sequence[Path], rivals: Path) -> tuple[str, Answers, float]:
    """Version (or why it is not there), an answer a file, and peak memory in MB."""
    python = sys.executable if tool in OURS else str(rivals / "bin" / "python")
    if not shutil.which(python):
        return "not installed", [], 0.0
    command = [python, str(ROOT / "benchmarks" / "rival_reader.py"), tool, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines or "missing" in lines[0]:
        return f"not installable here ({lines[0]['missing'] if lines else done.stderr[-200:]})", [], 0.0
    answers = [a for a in lines if "file" in a]
    return lines[0]["version"] or poppler(), answers, lines[-1].get("peak", 0.0)


def poppler() -> str:
    said = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=False).stderr
    return f"poppler {found[1]}" if (found := re.search(r"version (\S+)", said)) else "?"


def folded(name: str) -> str:
    """Letters of a name whatever case and place of its tone marks: hòa, hoà, HÒA."""
    plain = unicodedata.normalize("NFD", re.sub(r"\bubnd\b", "ủy ban nhân dân", name.lower()))
    return "".join(sorted(c for c in plain if unicodedata.combining(c))) + "".join(c for c in plain if c.isalnum())


def gold() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((ROOT / "samples" / "gold").glob("*.json")):
        known = json.loads(path.read_text(encoding="utf-8"))
        source = ROOT / "samples" / "notices" / known["file"]
        if source.suffix in (".pdf", ".docx") and len(known["documents"]) == 1 and source.name not in SCANS:
            yield source, known["documents"][0]


def right(fields: dict[str, Any], known: dict[str, Any]) -> dict[str, bool]:
    number = f"{known['number'] or ''}{known['symbol'] or ''}"
    given = "".join(c for c in (fields["number"] or "") if c.isalnum())
    return {
        "number": given == "".join(c for c in number if c.isalnum()),
        "date": fields["issued_on"] == known["issued_on"],
        "issuer": folded(fields["issuer"] or "") in {folded(name) for name in known["issuer"]},
    }


def score(tool: str, rivals: Path) -> str:
    """A row of the table of fields."""
    known = dict(gold())
    _, answers, _ = read(tool, list(known), rivals)
    by_file = {a["file"]: a for a in answers if a.get("fields")}
    good = {"number": 0, "date": 0, "issuer": 0}
    hits = given = wanted = 0
    for path, notice in known.items():
        must = {d["end"] for t in notice["tasks"] if not t["optional"] for d in t["deadlines"] if d.get("end")}
        may = {d["end"] for t in notice["tasks"] for d in t["deadlines"] if d.get("end")}
        wanted += len(must)
        if (answer := by_file.get(str(path))) is None:
            continue
        for name, is_right in right(answer["fields"], notice).items():
            good[name] += is_right
        ends = set(answer["fields"]["deadlines"])
        hits += len(ends & must)
        given += len(ends - (may - must))
    of = len(known)
    header = " | ".join(f"{n}/{of}" for n in good.values())
    return f"| {tool} | {header} | {hits}/{wanted} | {given - hits} |"


def milliseconds(answers: Answers, suffix: str, what: str) -> str:
    took = [a[what] * 1000 for a in answers if a["file"].endswith(suffix) and what in a]
    return f"{sum(took) / len(took):.1f}" if took else "–"


def main() -> None:
    rivals = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".venv-rivals").absolute()
    print(f"{date.today()}, {os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as name:
        files = []
        for wanted in (".pdf", ".docx"):
            made = ((n, d) for n, d in archive.notices(EACH * 6) if n.endswith(wanted))
            for _, (path, data) in zip(range(EACH), made, strict=False):
                files.append(Path(name) / Path(path).name)
                files[-1].write_bytes(data)
        print(
            "| tool | version | gives | PDF ms, clock | processor | DOCX ms, clock | processor | peak MB | not read |"
        )
        print("|---|---|---|---|---|---|---|---|---|")
        errors: dict[str, str] = {}
        for tool in TOOLS:
            kinds = ONLY.get(tool, (".pdf", ".docx"))
            version, answers, peak = read(tool, [f for f in files if f.suffix in kinds], rivals)
            failed = [a for a in answers if "error" in a]
            errors |= {f"{tool}, {Path(a['file']).suffix}": a["error"] for a in failed}
            cells = [milliseconds(answers, s, w) for s in (".pdf", ".docx") for w in ("clock", "processor")]
            unread = f"{len(failed)} of {len(answers)}" if failed else ""
            print(
                f"| {tool} | {version} | {GIVES.get(tool, 'text')} | {' | '.join(cells)} | {peak:.0f} | {unread} |",
                flush=True,
            )
    for tool, error in errors.items():
        print(f"\n{tool}: {error[:400]}")
    print("\n| gives fields | number | date | issuer | deadlines found | of those given, wrong |")
    print("|---|---|---|---|---|---|")
    for tool in GIVES:
        print(score(tool, rivals), flush=True)
    print("\n| scans (6 pages) | s a page, clock | processor | beginnings of tasks that stand in its text |")
    print("|---|---|---|---|")
    scans = [ROOT / "samples" / "notices" / name for name in SCANS]
    for tool in READS_SCANS:
        print(scanned(tool, scans, rivals), flush=True)


def scanned(tool: str, scans: list[Path], rivals: Path) -> str:
    _, answers, _ = read(tool, scans, rivals)
    clock, processor = (sum(a.get(what, 0.0) for a in answers) / 6 for what in ("clock", "processor"))
    anchors = found = 0
    for scan in scans:
        known = json.loads((ROOT / "samples" / "gold" / f"{scan.stem}.json").read_text(encoding="utf-8"))
        text = next((a.get("text", "") for a in answers if a["file"] == str(scan)), "")
        words = " ".join(unicodedata.normalize("NFC", text).split())
        for task in (t for notice in known["documents"] for t in notice["tasks"]):
            anchors += 1
            found += " ".join(task["anchor"].split()) in words
    error = next((a["error"] for a in answers if "error" in a), "")
    note = f" ({error[:160]})" if error else ""
    return f"| {tool} | {clock:.2f} | {processor:.2f} | {found}/{anchors}{note} |"


if __name__ == "__main__":
    main()
