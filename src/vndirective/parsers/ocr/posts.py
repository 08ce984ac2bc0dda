"""The post of who signs, where a seal lies over its beginning.

    "…TỊCH" ─▶ read from several beginnings ─▶ the longest post that several readings spell, or nearly so

Which posts there are is known; what no reading comes near to is not guessed. A post that is spelt nearly is in doubt.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from vndirective.parsers.ocr.engine import Engine, EngineWord, PixelBox
from vndirective.parsers.ocr.prepare import Sheet
from vndirective.parsers.vietnamese import bare

Line = list[EngineWord]

_ENDS = frozenset({"TỊCH", "ĐỐC", "TRƯỞNG", "PHÒNG", "THƯ", "TRA", "BAN"})
_POST = re.compile(
    r"(?:(?:KT|TM|TL|TUQ|Q)\.\s?|T/M\s|K/T\s|T/L\s)?(?:(?:PHÓ|QUYỀN)\s)?"
    r"(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|HIỆU TRƯỞNG|(?:CỤC|VỤ|CHI CỤC|VIỆN|BỘ|THỨ) TRƯỞNG|TRƯỞNG (?:PHÒNG|BAN)|THỦ TRƯỞNG"
    r"|CHÁNH (?:VĂN PHÒNG|THANH TRA)|BÍ THƯ)"
)
_POSTS = (
    "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "TRƯỞNG PHÒNG",
    "PHÓ TRƯỞNG PHÒNG", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "BÍ THƯ", "PHÓ BÍ THƯ", "CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG",
    "BỘ TRƯỞNG", "THỨ TRƯỞNG", "CHÁNH THANH TRA", "PHÓ CHÁNH THANH TRA", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN",
)  # fmt: skip
_NEAR = 0.8  # likeness of letters without marks
_DOUBTED = 0.6
_REACH = 11  # heights of a letter to the left of the last word
_PACE = 0.4


def read_posts(sheet: Sheet, lines: list[Line], engine: Engine) -> list[Line]:
    """The lines, with posts spelt out that began under a seal."""
    result = []
    for line in lines:
        end = next((w for w in line if w.text.strip(".,:;") in _ENDS and w.confidence > 0.7), None)
        text = " ".join(w.text for w in line)
        if end is not None and any(w.confidence > 0.7 and w.x0 > end.x0 for w in line):
            end = None
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
    votes: dict[str, list[Line]] = {}
    for picture in (sheet.grey, sheet.whole):
        for words in engine.read(picture, sheet.dpi, boxes, "line"):
            post = _nearest(" ".join(w.text for w in words))
            if post is not None:
                votes.setdefault(post, []).append(words)
    often = [post for post, readings in votes.items() if len(readings) > 1]
    if not often:
        return None
    post = max(often, key=len)
    exact = [r for r in votes[post] if " ".join(w.text for w in r) == post]
    raw = " ".join(w.text for w in line)
    if exact:
        words = max(exact, key=lambda r: min(w.confidence for w in r))
        return [replace(w, line=end.line, baseline=end.baseline, reading=raw) for w in words]
    left = min(w.x0 for w in max(votes[post], key=len))
    return [replace(end, text=post, x0=left, confidence=_DOUBTED, reading=raw)]


def _nearest(text: str) -> str | None:
    """The post that a reading spells, with the authority before it, or comes nearest to; None for no post."""
    if _POST.fullmatch(text):
        return text
    letters = _letters(text)
    likeness = {post: SequenceMatcher(None, letters, _letters(post), autojunk=False).ratio() for post in _POSTS}
    best = max(likeness, key=lambda p: likeness[p])
    return best if likeness[best] >= _NEAR and letters.endswith(_letters(best)[-5:]) else None


def _letters(text: str) -> str:
    return "".join(c for c in bare(text) if c.isalpha())
