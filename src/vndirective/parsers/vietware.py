"""Letters of the Vietware fonts, which no library has: X ("VNtimes new roman") of two bytes, F ("SVNtimes new roman") of one.

X writes a tone behind its vowel; which sign stands for it depends on the vowel's own mark. F gives each letter a code, in the
order of the alphabet, and shows capitals with tone marks by a capital font. Source: the code tables that the makers of
Vietnamese keyboard programs publish, two of which were compared.
"""

from __future__ import annotations

import unicodedata

_MARKED = {"ă": "à", "â": "á", "ê": "ã", "ô": "ä", "ơ": "å", "ư": "æ", "đ": "â"}  # letter → sign of X
_TONES = {"huyền": "\u0300", "hỏi": "\u0309", "ngã": "\u0303", "sắc": "\u0301", "nặng": "\u0323"}
_SIGNS = {  # of X: huyền, hỏi, ngã, sắc, nặng
    "aeouyơư": "ìíîïû",
    "âêô": "öøùúû",
    "ă": "òóôõû",
}
_DOT = {"o": "ü", "ô": "ü", "ơ": "ü", "y": "ñ"}  # nặng where it is another sign
_ALONE = {"ì": "ç", "ỉ": "è", "ĩ": "é", "í": "ê", "ị": "ë"}
_CODES = {  # of F, windows-1252: the letter itself ("" for ASCII), then huyền, hỏi, ngã, sắc, nặng
    "a": ("", "ª¶ºÀÁ"),
    "ă": ("Ÿ", "ÂÃÄÅÆ"),
    "â": ("¡", "ÇÈÉÊË"),
    "e": ("", "ÌÍÎÏÑ"),
    "ê": ("£", "ÒÓÔÕÖ"),
    "i": ("", "ØÙÚÛÜ"),
    "o": ("", "ßàáâã"),
    "ô": ("¤", "äåæçè"),
    "ơ": ("¥", "éêëìí"),
    "u": ("", "îïñòó"),
    "ư": ("§", "ôõö÷ø"),
    "y": ("", "ùúûüÿ"),
    "đ": ("¢", ""),
}
_CAPITALS = {"Ă": "–", "Â": "—", "Đ": "˜", "Ê": "™", "Ô": "š", "Ơ": "›", "Ư": "œ"}


def _toned(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + _TONES[tone])


def two_bytes() -> dict[str, str]:
    """Signs of Vietware X → letter."""
    small = {sign: letter for letter, sign in _MARKED.items()} | {sign: letter for letter, sign in _ALONE.items()}
    for letters, signs in _SIGNS.items():
        for letter in letters:
            base = _MARKED.get(letter, letter)
            for tone, sign in zip(_TONES, signs, strict=True):
                small[base + (_DOT.get(letter, sign) if tone == "nặng" else sign)] = _toned(letter, tone)
    return small | {sign.upper(): letter.upper() for sign, letter in small.items()}


def one_byte() -> dict[str, str]:
    """Codes of Vietware F → letter."""
    letters = {code: letter for letter, (code, _) in _CODES.items() if code}
    for letter, (_, codes) in _CODES.items():
        letters |= {code: _toned(letter, tone) for tone, code in zip(_TONES, codes, strict=False)}
    return letters | {code: letter for letter, code in _CAPITALS.items()}
