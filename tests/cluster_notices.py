"""Many small notices, each of its own content, and what only a test would do to a document."""

from __future__ import annotations

import os
import time
from pathlib import Path

from vndirective.batch.reading import Options, Reading, read_job

DEADLY, ENDLESS = "chet", "treo"


def notice(number: int) -> bytes:
    day, month = number % 28 + 1, number % 12 + 1
    return f"""ỦY BAN NHÂN DÂN XÃ KHE SIM
Số: {number}/TB-UBND
Khe Sim, ngày {day:02} tháng {month:02} năm 2025

THÔNG BÁO
Về việc rà soát đường thôn lần {number}

1. Công an xã rà soát {number + 3} hộ dân ven suối, báo cáo UBND xã trước ngày {day}/{month}/2026.
2. Các thôn sửa {number % 7 + 2} km đường, hoàn thành trong tháng 12 năm 2025.

Nơi nhận:
- Như trên;
- Lưu: VT.
""".encode()


def files(count: int) -> dict[str, bytes]:
    """Notices in folders, some twice, some that give no record."""
    made = {f"n{n % 7}/tb-{n:04}.txt": notice(n) for n in range(count)}
    made["n1/lap lại.txt"] = notice(1)
    made["lỗi/rỗng.txt"] = b""
    made["lỗi/lạ.bin"] = bytes(range(256)) * 4
    made["lỗi/hỏng.pdf"] = b"%PDF-1.4\nhong"
    made[".an/khong-doc.txt"] = notice(9999)
    made["~$khoa.docx"] = b"x"
    return made


def slowly(data: bytes, uri: str, options: Options) -> list[Reading]:
    """As `read_job`, so slowly that a test has time to kill."""
    time.sleep(0.02)
    return read_job(data, uri, options)


def poisoned(data: bytes, uri: str, options: Options) -> list[Reading]:
    name = Path(uri).stem
    if name == DEADLY:
        os._exit(9)
    if name == ENDLESS:
        while True:
            pass
    return read_job(data, uri, options)
