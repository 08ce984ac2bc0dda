"""Figures as Vietnamese offices write them: "2.000", "90,14", "bảy mươi lăm", "2/3", with "nghìn", "triệu", "tỷ"."""

from __future__ import annotations

import re

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
SCALE = r"nghìn tỷ|ngàn tỷ|nghìn tỉ|ngàn tỉ|tỷ|tỉ|triệu|nghìn|ngàn"
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tr": 1e6, "tr.": 1e6, "tỷ": 1e9, "tỉ": 1e9}

_DIGITS = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
# a number of two to ninety-nine; "một" and "năm" alone are "a" and "year" too often
TENS = r"(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: (?:mốt|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?"
UNITS = r"hai|ba|bốn|sáu|bảy|tám|chín"
WORDS = rf"một trăm|{TENS}|{UNITS}"


_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def value_of(printed: str) -> float:
    """Vietnamese figures: "2.000" is two thousand, "90,14" ninety and a bit, "33.5" a slip for 33,5."""
    if _THOUSANDS.fullmatch(printed):
        printed = printed.replace(".", "")
    return float(printed.replace(",", "."))


def value_in_words(printed: str) -> float:
    """Value of a number that WORDS matches, in lower case: "bảy mươi lăm" is 75."""
    if printed == "một trăm":
        return 100.0
    total = 0
    for word in printed.split():
        if word == "mươi":
            total *= 10
        elif word == "mười":
            total = 10
        else:
            total += _DIGITS[word]
    return float(total)


def share_of(printed: str) -> float:
    """A share in figures or words, in lower case, to four places: "2/3" is 0.6667, "một nửa" 0.5."""
    if "nửa" in printed:
        return 0.5
    parts = printed.split("/") if "/" in printed else printed.split(" phần ")
    over, under = (float(p) if p.isdigit() else float(_DIGITS[p]) for p in parts)
    return round(over / under, 4)


def scale_of(printed: str | None) -> float:
    """Factor of "nghìn", "triệu", "nghìn tỷ" and their like in lower case; 1 for None."""
    factor = 1.0
    for word in (printed or "").split():
        factor *= _SCALES[word]
    return factor
