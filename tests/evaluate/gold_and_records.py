"""A small notice of our own with its gold, and ways to change what a record says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vndirective import extract_text
from vndirective.schema.record import Record

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN LẠC ĐÔNG

Số: 31/TB-UBND
Lạc Đông, ngày 06 tháng 5 năm 2025

THÔNG BÁO
Về việc chuẩn bị mùa mưa bão năm 2025

1. Phòng Nông nghiệp và Môi trường chủ trì, phối hợp với Công an huyện kiểm tra hồ chứa trước ngày 20/5/2025.
2. Văn phòng HĐND và UBND huyện lập danh sách trực ban.

Nơi nhận:
- UBND các xã;
- Lưu: VT.

CHỦ TỊCH


Lò Văn Thịnh
"""

GOLD: dict[str, Any] = {
    "system": "state",
    "level": "district",
    "doc_type": "TB",
    "number": "31",
    "symbol": "TB-UBND",
    "issued_on": "2025-05-06",
    "place": "Lạc Đông",
    "issuer": ["Ủy ban nhân dân huyện Lạc Đông", "UBND huyện Lạc Đông"],
    "subject": "Về việc chuẩn bị mùa mưa bão năm 2025",
    "meeting": None,
    "signatory": {"authority": None, "on_behalf_of": None, "position": "Chủ tịch", "name": "Lò Văn Thịnh"},
    "recipients": [{"name": "UBND các xã", "purpose": None}],
    "archive": ["VT"],
    "references": [],
    "targets": [],
    "tasks": [
        {
            "anchor": "Phòng Nông nghiệp và Môi trường chủ trì",
            "tail": "kiểm tra hồ chứa trước ngày 20/5/2025.",
            "assignees": [
                {"name": "Phòng Nông nghiệp và Môi trường", "role": "lead"},
                {"name": "Công an huyện", "role": "coordinate"},
            ],
            "deadlines": [{"raw": "trước ngày 20/5/2025", "start": None, "end": "2025-05-20"}],
        },
        {
            "anchor": "Văn phòng HĐND và UBND huyện lập",
            "tail": "lập danh sách trực ban.",
            "assignees": [{"name": "Văn phòng HĐND và UBND huyện", "role": "lead"}],
            "deadlines": [],
        },
    ],
}


def record() -> Record:
    [read] = extract_text(TEXT)
    return read.model_copy(update={"source": read.source.model_copy(update={"uri": "n1.txt"})})


def write_gold(folder: Path, **notices: list[dict[str, Any]]) -> Path:
    """One gold file a notice, named by its id."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, documents in notices.items():
        data = {"id": name, "file": f"{name}.txt", "documents": documents}
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


def write_records(folder: Path, *records: Record) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for n, one in enumerate(records):
        (folder / f"{n}.json").write_text(one.model_dump_json(), encoding="utf-8")
    return folder


def renamed(one: Record, task: int, assignee: int, **changes: Any) -> Record:
    """The record with one assignee changed."""
    tasks = list(one.tasks)
    assignees = list(tasks[task].assignees)
    assignees[assignee] = assignees[assignee].model_copy(update=changes)
    tasks[task] = tasks[task].model_copy(update={"assignees": tuple(assignees)})
    return one.model_copy(update={"tasks": tuple(tasks)})
