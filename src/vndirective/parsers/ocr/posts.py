"""The post of who signs, where a seal lies over its beginning.

    "…TỊCH" ─▶ read from several beginnings ─▶ the longest reading that is a post, letter by letter

Nothing is completed: a post is only taken where one of the readings spells it out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vndirective.parsers.ocr.engine import Engine, EngineWord, PixelBox
from vndirective.parsers.ocr.prepare import Sheet

Line = list[EngineWord]

_ENDS = frozenset({"TỊCH", "ĐỐC", "TRƯỞNG", "PHÒNG", "THƯ", "TRA", "BAN"})
_POST = re.compile(
    r"(?:(?:KT|TM|TL|TUQ|Q)\.\s?|T/M\s|K/T\s|T/L\s)?(?:(?:PHÓ|QUYỀN)\s)?"
    r"(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|HIỆU TRƯỞNG|(?:CỤC|VỤ|CHI CỤC|VIỆN|BỘ|THỨ) TRƯỞNG|TRƯỞNG (?:PHÒNG|BAN)|THỦ TRƯỞNG"
    r"|CHÁNH (?:VĂN PHÒNG|THANH TRA)|BÍ THƯ)"
)
_REACH = 11  # heights of a letter to the left of the last word
_PACE = 0.4


def read_posts(sheet: Sheet, lines: list[Line], engine: Engine) -> list[Line]:
    """The lines, with posts spelt out that began under a seal."""
    result = []
    for line in lines:
        end = next((w for w in line if w.text.strip(".,:;") in _ENDS and w.confidence > 0.7), None)
        text = " ".join(w.text for w in line)
        if end is None or len(line) > 5 or _POST.fullmatch(text) or end.x0 < 0.4 * sheet.grey.shape[1]:
            result.append(line)
            continue
        result.append(_post(sheet, line, end, engine) or line)
    return result


def _post(sheet: Sheet, line: Line, end: EngineWord, engine: Engine) -> Line | None:
    margin = round(0.35 * sheet.letter)
    starts = [end.x0 - round(k * _PACE * sheet.letter) for k in range(2, round(_REACH / _PACE))]
    boxes: list[PixelBox] = [
        (max(0, x), max(0, end.top - margin), end.x1 + margin, end.bottom + margin) for x in starts if x > 0
    ]
    found: list[tuple[str, float, Line]] = []
    for picture in (sheet.grey, sheet.whole):
        for words in engine.read(picture, sheet.dpi, boxes, "line"):
            text = " ".join(w.text for w in words)
            if _POST.fullmatch(text):
                found.append((text, min(w.confidence for w in words), words))
    if not found:
        return None
    text, sure, words = max(found, key=lambda f: (len(f[0]), f[1]))
    often = sum(f[0] == text for f in found)
    if often < 2 and sure < 0.8:
        return None
    raw = " ".join(w.text for w in line)
    return [replace(w, line=end.line, baseline=end.baseline, reading=raw) for w in words]
