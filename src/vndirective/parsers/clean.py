"""One line of text as the record keeps it: NFC, single spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\x00-\x08\x0e-\x1f\x7f]|[\ud800-\udfff]")
# letters of Cyrillic and Greek that are drawn as Latin ones: keyboards left in another language, and copied text
_FOREIGN = str.maketrans(
    "асеһіјоруѕхԁԛԝАВЕНІЈКМОРСТУЅХҮΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυ",
    "acehijopysxdqwABEHIJKMOPCTYSXYABEZHIKMNOPTYXoviu",
)
_LIKE_D = "ÐðƉ"
_D = str.maketrans(_LIKE_D, "ĐđĐ")
_ANY_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")


def clean_line(text: str) -> str:
    """Trimmed NFC line of Latin letters."""
    return " ".join(unicodedata.normalize("NFC", latin(_INVISIBLE.sub("", text))).split())


def latin(text: str) -> str:
    """Text of the same length. "Ð" (eth), the look-alike of "Đ", becomes "Đ"; so do letters of other scripts in Latin words."""
    plain = text.translate(_D) if any(letter in text for letter in _LIKE_D) else text
    return _WORD.sub(_in_latin, plain) if _ANY_FOREIGN.search(plain) else plain


def _in_latin(match: re.Match[str]) -> str:
    """A word of mixed scripts in Latin letters; one without Latin letters, or with others that have no look-alike, as it is."""
    word = match.group()
    if not _LATIN.search(word):
        return word
    mapped = word.translate(_FOREIGN)
    return word if _ANY_FOREIGN.search(mapped) else mapped
