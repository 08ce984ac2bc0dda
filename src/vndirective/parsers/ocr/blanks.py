"""Blanks that somebody fills in by hand: the number and the day of the letterhead.

    line as read ─▶ read again in four ways ─▶ printed parts by majority ─▶ the fill only where all ways agree
                                                                        └─▶ else what the reader of handwriting is sure of

Tesseract gets no handwriting right, and several readings may be wrong alike. So its number is taken only where all agree and
it looks printed: as high as print on that line, and on its baseline. Any other is asked of the reader of handwriting and kept
in doubt, or left out, with what was read beside the printed words; who knows better (a signature's date) may fill it in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from vndirective.lexicons import rows
from vndirective.parsers.ocr import hand
from vndirective.parsers.ocr.engine import Engine, EngineWord
from vndirective.parsers.ocr.prepare import Sheet
from vndirective.parsers.ocr.second import thickened
from vndirective.parsers.vietnamese import bare

Line = list[EngineWord]

_TOP = 0.5  # share of the first page in which the letterhead stands
_PRINTED = 0.95  # confidence of a fill that all readings agree on and that looks printed
_PART = r"[A-ZĐ][A-ZĐa-zđ&,]*"
_SYMBOL = re.compile(rf"(?P<symbol>{_PART}(?:\s?[-–/.]\s?{_PART})*)\W*$")
_SMALL_SYMBOL = re.compile(r"[A-ZĐa-zđ]{2,}[-/][A-ZĐa-zđ&]{2,}(?:[-/][A-ZĐa-zđ&]{2,})*\W*$")
_NUMBER_LINE = re.compile(
    r"^\W*(?:S[ốồôóoỐÔ0ôâấếẫáa]\w{0,1}|[Ss][ốôồ])\W*[:;.'’\"“(*\d\s].*?(?:[-–/]\s?|(?<=[\d\W]))[A-ZĐ]{2}", re.UNICODE
)
_LABEL = re.compile(r"^\W*S[ốồôóoỐÔéá]{1,2}\s*[:.;]?")
_JOINT = re.compile(r"[-–/]\s*$")
_NUMBER = re.compile(r"^\d{1,6}[a-zđ]?$")


def fill_blanks(sheet: Sheet, lines: list[Line], engine: Engine) -> list[Line]:
    """The lines of a first page, number line and date line settled."""
    result: list[Line] = []
    dates = [line[0].baseline for line in lines if _date_keys([w.text for w in line])]
    for line in lines:
        if line[0].baseline > _TOP * sheet.grey.shape[0]:
            result.append(line)
            continue
        for part in _split(line, sheet):
            text = " ".join(w.text for w in part)
            keys = _date_keys([w.text for w in part])
            if keys is not None:
                result.append(_date(sheet, part, engine))
            elif len(text) < 60 and (_NUMBER_LINE.match(text) or _beside(part, dates, sheet)):
                result.append(_number(sheet, part, engine))
            else:
                result.append(part)
    return result


def _split(line: Line, sheet: Sheet) -> Iterator[Line]:
    """Parts of a line that stand in columns of their own."""
    part = [line[0]]
    half = 0.52 * sheet.grey.shape[1]
    for word in line[1:]:
        blank = _LABEL.match(part[0].text) is not None and len(part) < 3 and word.x1 < half  # "Số:        /QĐ-UBND"
        if word.x0 - part[-1].x1 > (8 if blank else 2.5) * sheet.letter:
            yield part
            part = []
        part.append(word)
    yield part


def _beside(part: Line, dates: list[float], sheet: Sheet) -> bool:
    """Whatever begins with S in the left half, about as high as the date."""
    left = part[-1].x1 < 0.52 * sheet.grey.shape[1] and part[0].text.lstrip("'\"‘“(.").upper().startswith("S")
    return left and any(abs(part[0].baseline - y) < 4 * sheet.letter for y in dates)


def _readings(sheet: Sheet, line: Line, engine: Engine) -> list[Line]:
    """The line as read first, and in three more ways, in pixels of the sheet."""
    crop, x0, top = _crop(sheet, line, 0.5)
    found = [line]
    for variant, scale in (
        (crop, 1.0),
        (thickened(crop), 1.0),
        (cv2.resize(crop, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC), 1.5),
    ):
        picture = np.ascontiguousarray(variant)
        rows, columns = picture.shape
        read = engine.read(picture, round(sheet.dpi * scale), [(0, 0, columns, rows)], "line")[0]
        found.append([_moved(w, scale, x0, top) for w in read])
    return [r for r in found if r]


def _crop(sheet: Sheet, line: Line, margin: float) -> tuple[Any, int, int]:
    """Grey of a line with a margin (letters) around it, and the left and upper edge on the sheet."""
    m = round(margin * sheet.letter)
    height, width = sheet.grey.shape
    x0, top = max(0, min(w.x0 for w in line) - m), max(0, min(w.top for w in line) - m)
    x1, bottom = min(width, max(w.x1 for w in line) + m), min(height, max(w.bottom for w in line) + m)
    return sheet.grey[top:bottom, x0:x1], x0, top


def _by_hand(sheet: Sheet, line: Line) -> Any:
    return _crop(sheet, line, 0.8)[0]


def _moved(word: EngineWord, scale: float, x: int, y: int) -> EngineWord:
    return replace(
        word,
        x0=round(word.x0 / scale) + x,
        x1=round(word.x1 / scale) + x,
        top=round(word.top / scale) + y,
        bottom=round(word.bottom / scale) + y,
        baseline=word.baseline / scale + y,
    )


# --- number ---------------------------------------------------------------------------------------------------------


def _number(sheet: Sheet, line: Line, engine: Engine) -> Line:
    """ "Số:", the number where it is sure, "/TB-UBND"."""
    readings = _readings(sheet, line, engine)
    symbols: Counter[str] = Counter()
    weights: dict[str, float] = {}
    joints: Counter[str] = Counter()
    fills: list[str] = []
    for reading in readings:
        head, joint, symbol, sure = _parts(reading)
        fills.append(head)
        if symbol:
            symbols[symbol] += 1
            weights[symbol] = max(weights.get(symbol, 0.0), sure)
        if joint:
            joints[joint] += 1
    if not symbols:
        raw = " ".join(w.text for w in line)
        if not _LABEL.match(line[0].text) or len(line) > 3:
            return line
        label = replace(line[0], text="Số:", x1=line[-1].x1, reading=raw, doubtful=True)
        written = hand.read_number(_by_hand(sheet, line))
        return [replace(label, text="Số: " + written, confidence=hand.HAND) if written else label]
    # a first letter that the pen ran through is missing in some readings: "B-UBND" for "TB-UBND"
    symbol = max(symbols, key=lambda s: (_opens_with_type(s), symbols[s], weights[s]))
    party = symbol.count("/") == 1 and "-" not in symbol
    joint = joints.most_common(1)[0][0] if joints else ("-" if party else "/")
    raw = " ".join(w.text for w in line)
    start, end = line[0], line[-1]
    confidence = weights[symbol] if symbols[symbol] > 1 else min(weights[symbol], 0.7)
    start = replace(start, baseline=end.baseline)  # a pen that runs across the line tilts it
    alone = start.text.endswith(":")
    label = replace(start, text="Số:", x1=start.x1 if alone else start.x0 + round(2 * sheet.letter), confidence=0.95)
    width = max(1, round((end.x1 - start.x0) * min(0.7, (len(symbol) + 1) / (len(symbol) + 8))))
    value = _agreed(fills)
    tail = replace(end, text=joint + symbol, x0=min(end.x0, end.x1 - width), confidence=confidence)
    fill = replace(start, text=value or "", x0=label.x1 + 1, x1=max(label.x1 + 2, end.x1), confidence=_PRINTED)
    if value is None or not _looks_printed(sheet, fill):
        blank = not any(any(map(str.isalnum, f)) for f in fills)
        tail = replace(tail, x0=label.x1 + round(0.3 * sheet.letter))
        written = hand.read_number(_by_hand(sheet, line))
        if written:
            confidence = min(hand.HAND, confidence)
            return [label, replace(tail, text=written + tail.text, reading=raw, doubtful=True, confidence=confidence)]
        return [label, tail if blank else replace(tail, reading=raw, doubtful=True)]
    return [label, replace(fill, text=value + tail.text, x1=tail.x1, confidence=min(fill.confidence, confidence))]


def _parts(reading: Line) -> tuple[str, str, str, float]:
    """What a reading has behind "Số:", before the symbol, the joint, the symbol, and how sure that was read."""
    text = " ".join(w.text for w in reading)
    found = _SYMBOL.search(text)
    if found is None or len(found["symbol"]) < 3:
        small = _SMALL_SYMBOL.search(text)  # letters that a pen ran through look small
        text = text[: small.start()] + small.group().upper() if small else text
        found = _SYMBOL.search(text) if small else None
    if found is None or len(found["symbol"]) < 2:
        return text, "", "", 0.0
    start = found.start()
    # "4TB", "yTB": what is no capital is no symbol
    while start < len(text) - 2 and not (text[start].isupper() and not text[start + 1].islower()):
        start += 1
    head, symbol = text[:start], re.sub(r"\s*([-–/.])\s*", r"\1", text[start : found.end("symbol")]).replace("–", "-")
    first, *others = re.split(r"[-/]", symbol)
    if others and first not in _codes() and (others[0] in _codes() or (len(first) == 1 and symbol[1] == "/")):
        head, symbol = f"{head}{first}{symbol[len(first)]}", symbol[len(first) + 1 :]  # a stroke of the pen before it
    joint = _JOINT.search(head)
    head = _JOINT.sub("", head).rstrip("/")
    head = re.sub(r"^\W*S\w{0,2}\W*", "", head)
    return head.strip(" .:;_"), joint.group().strip() if joint else "", symbol, reading[-1].confidence


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("document_types"))


def _opens_with_type(symbol: str) -> bool:
    return re.split(r"[-/]", symbol)[0] in _codes()


def _agreed(fills: list[str]) -> str | None:
    """The number in which all readings agree."""
    values = {re.sub(r"[\s.,:;_'’]+", "", f) for f in fills}
    value = values.pop() if len(values) == 1 else ""
    return value if len(fills) > 2 and _NUMBER.match(value) else None


# --- date -----------------------------------------------------------------------------------------------------------


def _date_keys(texts: list[str]) -> tuple[int, int, int] | None:
    """Places of "ngày", "tháng", "năm" in a line that says where and when."""
    folded = [bare(t) for t in texts]

    def place(key: str, start: int) -> int | None:
        return next(
            (i for i in range(start, len(folded)) if folded[i].startswith(key) or folded[i].endswith(key)), None
        )

    day = place("ngay", 0)
    month = place("thang", (day or 0)) if day is not None else None
    year = place("nam", month + 1) if month is not None else None
    if day is None or month is None or year is None or len(texts) - year > 4 or month - day > 4 or year - month > 4:
        return None
    return day, month, year


def _date(sheet: Sheet, line: Line, engine: Engine) -> Line:
    """The place, "ngày", the day where it is sure, "tháng", the month, "năm", the year."""
    readings = [(r, k) for r in _readings(sheet, line, engine) if (k := _date_keys([w.text for w in r])) is not None]
    if not readings:
        return line
    fills = [_date_fills(r, k) for r, k in readings]
    picture = _by_hand(sheet, line)
    written = (hand.read_day, hand.read_month, None)
    line, (day, month, year) = max(readings, key=lambda rk: _sure(rk[0]))
    level = sorted(w.baseline for w in line)[len(line) // 2]
    line = [replace(w, baseline=level) for w in line]
    result = list(line[:day])
    for at, word, end, column, valid in (
        (day, "ngày", month, 0, _is_day),
        (month, "tháng", year, 1, _is_month),
        (year, "năm", len(line), 2, _is_year),
    ):
        key = replace(line[at], text=word, confidence=max(line[at].confidence, 0.9))
        if not bare(line[at].text).endswith(bare(word)):  # a number is glued to it
            key = replace(key, x1=min(key.x1, key.x0 + round(3.4 * sheet.letter)))
        values = {f[column] for f in fills}
        value = next(iter(values)) if len(values) == 1 and len(fills) > 1 else ""
        raw = " ".join(w.text for w in line[at:end])
        between = line[at + 1 : end]
        left, right = (between[0].x0, between[-1].x1) if between else (key.x1 + 1, line[at].x1)
        fill = replace(line[at], text=value, x0=left, x1=max(left + 1, right), confidence=_PRINTED)
        if valid(value) and _looks_printed(sheet, fill):
            result += [key, fill]
        else:
            ask = written[column]
            value = ask(picture) if ask is not None else ""
            result.append(replace(key, reading=raw, doubtful=any(values) or bool(value)))
            if valid(value):
                result.append(replace(fill, text=value, confidence=hand.HAND))
    return result


def _sure(line: Line) -> float:
    return sum(w.confidence for w in line) / len(line)


def _date_fills(line: Line, keys: tuple[int, int, int]) -> tuple[str, str, str]:
    day, month, year = keys
    texts = [w.text for w in line]

    def between(a: int, b: int, key: str) -> str:
        glued = re.sub(r"^.*" + key, "", bare(texts[a])) if not bare(texts[a]).endswith(key) else ""
        lead = re.sub(r"(tháng|năm).*$", "", texts[b]) if b < len(texts) else ""
        return re.sub(r"[\s.,:;_…-]+", "", glued + "".join(texts[a + 1 : b]) + lead)

    return between(day, month, "ngay"), between(month, year, "thang"), between(year, len(texts), "nam")


def _is_day(value: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}", value)) and 1 <= int(value) <= 31


def _is_month(value: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}", value)) and 1 <= int(value) <= 12


def _is_year(value: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d{2}", value))


# --- print or hand --------------------------------------------------------------------------------------------------


def _fill_ink(sheet: Sheet, word: EngineWord) -> Any:
    top, bottom = round(word.baseline - 1.6 * sheet.letter), round(word.baseline + 0.8 * sheet.letter)
    return sheet.ink[max(0, top) : bottom, max(0, word.x0) : word.x1]


def _looks_printed(sheet: Sheet, word: EngineWord) -> bool:
    """Digits of print are as high as capitals and stand on the line; those of a hand are seldom both."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(_fill_ink(sheet, word).astype(np.uint8), connectivity=8)
    tall = sorted((s for s in stats[1:count] if s[cv2.CC_STAT_HEIGHT] > 0.6 * sheet.letter), key=lambda s: s[0])
    digits = tall[: sum(map(str.isdigit, word.text))]
    if not digits:
        return False
    base = min(1.6 * sheet.letter, word.baseline)
    height = float(np.median([d[cv2.CC_STAT_HEIGHT] for d in digits]))
    foot = float(np.median([d[cv2.CC_STAT_TOP] + d[cv2.CC_STAT_HEIGHT] - base for d in digits]))
    even = [
        abs(d[cv2.CC_STAT_HEIGHT] - height) < 0.16 * sheet.letter
        and abs(d[cv2.CC_STAT_TOP] + d[cv2.CC_STAT_HEIGHT] - base - foot) < 0.16 * sheet.letter
        for d in digits
    ]
    level = abs(foot) < 0.25 * sheet.letter and 0.98 * sheet.letter < height < 1.65 * sheet.letter
    return level and sum(even) >= 0.7 * len(even)  # a scanner breaks one digit of four
