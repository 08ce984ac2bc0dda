"""Vietnamese in fonts from before Unicode: TCVN3 (ABC), VNI-Windows, VPS, VISCII, Vietware → Unicode.

A document set in ".VnTime" holds letters of Western Europe that only that font shows as Vietnamese. Where fonts are known the font
decides, run by run; where they are not (plain text, portals) the words do: the encoding under which they become syllables.
The character maps are those of viparse (MIT), completed where a document can hold more than its corpus did.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from vndirective.parsers import vietware
from vndirective.parsers.vietnamese import is_syllable

Encoding = Literal["tcvn3", "vni", "vps", "viscii", "vietware_x", "vietware_f"]
NAMES: dict[Encoding, str] = {
    "tcvn3": "TCVN3",
    "vni": "VNI",
    "vps": "VPS",
    "viscii": "VISCII",
    "vietware_x": "Vietware X",
    "vietware_f": "Vietware F",
}
_FONTS: tuple[tuple[re.Pattern[str], Encoding], ...] = (
    (re.compile(r"^(?:[A-Z]{6}\+)?\.?Vn(?=[A-Z3])", re.ASCII), "tcvn3"),
    (re.compile(r"^(?:[A-Z]{6}\+)?VNI[- ]", re.IGNORECASE), "vni"),
    (re.compile(r"^(?:[A-Z]{6}\+)?VPS[- ]", re.IGNORECASE), "vps"),
    (re.compile(r"^(?:[A-Z]{6}\+)?(?:VISCII|VI )", re.IGNORECASE), "viscii"),
    (re.compile(r"^(?:[A-Z]{6}\+)?VN(?=[a-z])"), "vietware_x"),
    (re.compile(r"^(?:[A-Z]{6}\+)?SVN(?=[a-z])"), "vietware_f"),  # "SVN-…" are fonts of Unicode
)
_CAPITAL_FONT = re.compile(r"^(?:[A-Z]{6}\+)?\.?Vn\w*?H(?:[,-].*)?$")
_MORE: dict[Encoding, dict[str, str]] = {"vni": {"aú": "ẳ", "AÚ": "Ẳ", "AÜ": "Ẵ"}}
_HIGH = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_WORD = re.compile("(?:[^\\W\\d_]|[\x80-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122])+")
_C1 = {ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_EVIDENCE = 12  # words with a letter outside ASCII that a whole text must have before its words are believed
_LEAST = 0.8  # share of those words that must become syllables
_UTF8_AS_CP1252 = re.compile("(?:Ã[\x80-\xff‚-„†-™]|á[º»][^\\s]|Æ[°¡]|Ä[‘\x90ƒ])")


def encoding_of(font: str | None) -> Encoding | None:
    """The encoding that a font's name stands for; None for a font of Unicode."""
    return next((e for pattern, e in _FONTS if pattern.match(font)), None) if font else None


def is_capital(font: str) -> bool:
    """Whether a font shows small letters as capitals, as ".VnTimeH" does: TCVN3 has no capitals with tone marks."""
    return _CAPITAL_FONT.match(font) is not None


def decode(text: str, encoding: Encoding, capital: bool = False) -> str:
    """Unicode (NFC) of text that came out of a font of `encoding`; what the map lacks stays."""
    pattern, letters = _map(encoding)
    plain = "".join(chr(ord(c) - 0xF000) if "\uf020" <= c <= "\uf0ff" else c for c in text)
    if encoding in ("vps", "viscii"):
        plain = plain.translate(_C1)
    result = unicodedata.normalize("NFC", pattern.sub(lambda m: letters[m.group()], plain))
    return result.upper() if capital else result


@lru_cache(maxsize=len(NAMES))
def _map(encoding: Encoding) -> tuple[re.Pattern[str], dict[str, str]]:
    from viparse.normalize.encodings import CHARMAPS

    if encoding == "vietware_x":
        letters = vietware.two_bytes()
    elif encoding == "vietware_f":
        letters = vietware.one_byte()
    else:
        letters = dict(CHARMAPS[encoding].pairs) | _MORE.get(encoding, {})
    return re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True)))), letters


def decode_runs(runs: Iterable[tuple[str, str | None]]) -> tuple[str, Counter[str]]:
    """Text of a paragraph from its runs (text, font), and how many letters each legacy font gave.

    A run is left alone where it holds letters that only Unicode has: somebody typed Unicode in an old font.
    """
    joined: list[tuple[str, Encoding | None, bool, str]] = []
    for text, font in runs:
        encoding = encoding_of(font)
        capital = encoding is not None and is_capital(font or "")
        if joined and joined[-1][1:3] == (encoding, capital):  # a letter and its mark may stand in two runs
            joined[-1] = (joined[-1][0] + text, encoding, capital, joined[-1][3])
        else:
            joined.append((text, encoding, capital, font or ""))
    pieces, found = [], Counter[str]()
    for text, encoding, capital, font in joined:
        if encoding is None or _UNICODE.search(text):
            pieces.append(text)
            continue
        pieces.append(decode(text, encoding, capital))
        if _HIGH.search(text) or any("\uf020" <= c <= "\uf0ff" for c in text):
            found[f"{NAMES[encoding]} ({font})"] += len(text)
    return "".join(pieces), found


def guess(text: str) -> tuple[Encoding | None, float]:
    """The old encoding that makes syllables of the words with letters outside ASCII, and the share that it makes; None for
    Unicode and for too little text."""
    high = [m.group() for m in old_words(text)]
    if len(high) < _EVIDENCE:
        return None, 0.0
    shares = {e: _share(high, e) for e in NAMES}
    best = max(shares, key=lambda e: shares[e])
    if shares[best] < _LEAST or shares[best] <= _share(high, None) + 0.1:
        return None, 0.0
    return best, shares[best]


def may_be_old(text: str) -> bool:
    """Whether a text has letters that old fonts show as Vietnamese, and more words with them than with Unicode's own."""
    return _HIGH.search(text) is not None and sum(1 for _ in old_words(text)) > len(_UNICODE.findall(text))


def old_words(text: str) -> Iterator[re.Match[str]]:
    """Words whose letters outside ASCII may be those of an old font."""
    return (m for m in _WORD.finditer(text) if _HIGH.search(m.group()) and not _UNICODE.search(m.group()))


class Mender:
    """Lines of a text whose fonts are not known: the whole says which encoding it is in, each line whether it is.

    `found` names what was decoded, "" for nothing.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.found = ""
        self._encoding: Encoding | None = None
        text = "\n".join(lines)
        self._bytes_misread = len(_UTF8_AS_CP1252.findall(text)) >= 3
        self._encoding, _ = guess(text)

    def mend(self, line: str) -> str:
        """The line in Unicode; one that is Unicode already comes back as it is."""
        if self._bytes_misread and _UTF8_AS_CP1252.search(line):
            import ftfy

            self.found = self.found or "UTF-8 (cp1252)"
            return str(ftfy.fix_encoding(line))
        if self._encoding is None or _UNICODE.search(line):
            return line
        high = [w for w in _WORD.findall(line) if _HIGH.search(w)]
        if not high or _share(high, self._encoding) <= _share(high, None):
            return line
        self.found = NAMES[self._encoding]
        capital = self._encoding == "tcvn3" and _shouts(line)
        return decode(line, self._encoding, capital)


def _share(words: Sequence[str], encoding: Encoding | None) -> float:
    """Share of words that are syllables under an encoding, each as often as it stands there."""
    decoded = (decode(w, encoding) if encoding else w for w in words)
    return sum(all(is_syllable(p) for p in re.findall(r"[^\W\d_]+", d)) and d.isalpha() for d in decoded) / len(words)


def _shouts(line: str) -> bool:
    """A line of TCVN3 in capitals whose marked letters could only be small: "UBND TØNH"."""
    plain = [c for c in line if c.isascii() and c.isalpha()]
    return len(plain) > 3 and all(c.isupper() for c in plain)
