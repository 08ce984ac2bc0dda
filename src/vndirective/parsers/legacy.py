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

from vndirective.lexicons import lines as lexicon
from vndirective.parsers import vietware
from vndirective.parsers.furniture import is_web_furniture
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
_CAPITAL_FONT = re.compile(r"^(?:[A-Z]{6}\+)?\.?Vn[\w ]*?H(?:[,-].*)?$")
_MORE: dict[Encoding, dict[str, str]] = {"vni": {"aú": "ẳ", "AÚ": "Ẳ", "AÜ": "Ẵ"}}
_HIGH = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_WORD = re.compile("(?:[^\\W\\d_]|[\x80-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122])+")
_EVIDENCE = 12  # words with a letter outside ASCII that a whole text must have before its words are believed
_LEAST = 0.8  # share of those words that must become syllables
_ENOUGH = 4.0  # weight of the few words of a line that speaks for itself: one that is none as it stands suffices
# "Sè: 41/KH-SNN", "- L­u: VT" stand in each notice
_FORMULA = re.compile(
    r"^[-\s]*(S[^\s:]{1,2}(?= ?:? ?\d*\s?[/-]\s?[A-Z]{2})|L[^\s:]{2,3}(?= ?: ?[A-Z]{2}))", re.MULTILINE
)
_RARE: dict[Encoding, float] = {"vps": 3.0, "viscii": 3.0}  # seldom met, and nearly every sign is a letter of theirs
# Vietware is believed only where a font says so: without one its signs are everybody's
_GUESSED: tuple[Encoding, ...] = ("tcvn3", "vni", "vps", "viscii")
_FOREIGN = -2.5  # weight of a word that is no syllable either way
_LATIN = re.compile("[A-Za-z]")
_POINTS = "".join(map(chr, range(0x2010, 0x203B)))  # dashes and quotation marks, which every encoding has
_PLAIN = re.compile(r"(?<![\w\x80-\xff])[A-Za-z]{3,}(?![\w\x80-\xff])")
_ABBREVIATION = re.compile("[A-Z]*Đ[A-ZĐ]+|[A-Z]+Đ")  # "QĐ", "HĐND": no syllables, and no letter but Đ is marked
# first and second byte of a letter in UTF-8, read as letters of windows-1252 or ISO 8859-1
_UTF8_MISREAD = re.compile("[ÂÃÄÅÆá][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_C1 = {ord(c): b for b in range(0x80, 0xA0) if (c := bytes([b]).decode("cp1252", errors="replace")) != "\ufffd"}


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

    A run is left alone where it holds letters that only Unicode has: somebody typed Unicode in an old font. Others of that
    paragraph are old only where their words say so.
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
    mixed = any(encoding and _UNICODE.search(text) for text, encoding, _, _ in joined)
    for text, encoding, capital, font in joined:
        if encoding is None or _UNICODE.search(text) or (mixed and not _speaks(text, encoding)):
            pieces.append(text)
            continue
        pieces.append(decode(text, encoding, capital))
        if _HIGH.search(text) or any("\uf020" <= c <= "\uf0ff" for c in text):
            found[f"{NAMES[encoding]} ({font})"] += len(text)
    return "".join(pieces), found


def _speaks(text: str, encoding: Encoding) -> bool:
    """Whether the words of a run say themselves that they are old, beside others of the font that are Unicode."""
    return sum(_weight(m.group(), encoding) for m in old_words(text)) > 0


def guess(text: str) -> tuple[Encoding | None, float]:
    """The old encoding that makes syllables of the words with letters outside ASCII, and the share that it makes; None for
    Unicode and for text that does not say.

    Of a dozen words and more most must become syllables; of fewer, each counts by what it is under either reading.
    """
    words = [w for m in old_words(text) if (w := m.group().strip(_POINTS)) and _HIGH.search(w)]
    if not words:
        return None, 0.0
    spelt = [w for w in words if len(w) > 1]
    if len(spelt) >= _EVIDENCE and len(set(spelt)) >= _EVIDENCE // 2:
        best = max(_GUESSED, key=lambda e: (_share(spelt, e), _known_share(spelt, e)))
        share = _share(spelt, best)
        return (best, share) if share >= _LEAST and share > _share(spelt, None) + 0.1 else (None, 0.0)
    best = max(_GUESSED, key=lambda e: _line_weight(words, text, e))
    return (best, _share(words, best)) if _line_weight(words, text, best) >= _ENOUGH else (None, 0.0)


def _line_weight(words: Sequence[str], text: str, encoding: Encoding) -> float:
    """How much a text of few words says for an old encoding."""
    known = [w for w in words if decode(w, encoding).lower() in _official()]
    spelt = {w for w in words if _LATIN.search(w) or (len(w) > 1 and w in known)}
    if encoding in _RARE:
        spelt = {w for w in spelt if len(w) > 2}  # "m²", "n°", "µm" are letters and signs of everybody's
    plain = {w for w in _PLAIN.findall(text) if w.islower() or w.istitle()}
    formula = _FORMULA.search(text)
    whole = text.strip("- \t\n")
    weight = sum(_weight(w, encoding) for w in spelt) - _RARE.get(encoding, 0.0)
    weight += _FOREIGN * sum(not is_syllable(w) for w in plain)
    if formula and decode(formula.group(1), encoding).lower() in ("số", "lưu"):
        return weight + _ENOUGH
    if is_web_furniture(decode(whole, encoding)) and not is_web_furniture(whole):
        return weight + _ENOUGH
    said = sum(map(len, spelt)) > 3 or any(
        len(w) == 3 and (not w.isalpha() or (w in known and not _spells(w, None))) for w in spelt
    )
    among = len(plain) > 1 and all(w.lower() in _official() for w in plain)
    return weight if said or among else 0.0  # "n°", "kü" say nothing


@lru_cache(maxsize=50_000)
def _weight(word: str, encoding: Encoding) -> float:
    """How much a word says for an old encoding (above 0) or for what it is as it stands."""
    old = decode(word, encoding)
    if not _spells(word, encoding):
        return -4.0 if _spells(word, None) else _FOREIGN
    if not _spells(word, None):
        if not word.isalpha() and old.lower() in _official():
            return 6.5  # "tr\xadêng": a sign amid letters, and a word of notices: outweighs one foreign word beside it
        return 4.0 if old.lower() in _official() else 3.0
    return 2.0 * ((old.lower() in _official()) - (word.lower() in _official()))


def share_as_is(text: str) -> float:
    """Share of the words with a letter outside ASCII that are syllables as they stand, 0 for a text without."""
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    return _share(words, None) if words else 0.0


def may_be_old(text: str) -> bool:
    """Whether a text has letters that old fonts show as Vietnamese, and more words with them than with Unicode's own."""
    unicode = len(_UNICODE.findall(text))
    if len(_HIGH.findall(text)) <= unicode:
        return False  # each such word has one letter at least
    return sum(1 for _ in old_words(text)) > unicode


def old_words(text: str) -> Iterator[re.Match[str]]:
    """Words whose letters outside ASCII may be those of an old font."""
    return (m for m in _WORD.finditer(text) if _HIGH.search(m.group()) and not _UNICODE.search(m.group()))


_SIGN_IN_WORD = re.compile(
    r"[A-Za-z][¡-¨ª®]|[¡-¨ª®][A-Za-z]"
)  # "L§", "q®": letters of TCVN3; Unicode has no such words


class Mender:
    """Lines of a text whose fonts are not known: the whole says which encoding it is in, each line whether it is.

    `found` names what was decoded, "" for nothing.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.found = ""
        text = "\n".join(lines)
        self._misread = _UTF8_MISREAD.search(text) is not None
        self._encoding: Encoding | None = None
        self._mixed = False
        if _HIGH.search(text):
            # lines first: in a mixed text an encoding that leaves Unicode's letters alone would win over the whole
            self._encoding = _voted(lines) or (guess(text)[0] if may_be_old(text) else None)
            unicode = sum(1 for line in lines if _UNICODE.search(line))
            self._mixed = unicode > len(lines) // 20

    def mend(self, line: str) -> str:
        """The line in Unicode; one that is Unicode already comes back as it is."""
        if self._misread and _UTF8_MISREAD.search(line) and (whole := _reread(line)):
            self.found = self.found or "UTF-8 (cp1252)"
            return whole
        if self._encoding is None or _UNICODE.search(line) or not self._is_old(line, self._encoding):
            return line
        self.found = NAMES[self._encoding]
        capital = self._encoding == "tcvn3" and _shouts(line)
        return decode(line, self._encoding, capital)

    def _is_old(self, line: str, encoding: Encoding) -> bool:
        """Which reading has more syllables; of two as good, which has more words of official prose; else what the other
        lines are. A sign within a word is a letter of TCVN3 where abbreviations say nothing else."""
        words = [w for m in _WORD.finditer(line) if (w := m.group().strip(_POINTS)) and _HIGH.search(w)]
        if not words:
            return False
        old, new = _share(words, encoding), _share(words, None)
        if old == new:
            old, new = _known_share(words, encoding), _known_share(words, None)
        if old == new and encoding == "tcvn3" and _SIGN_IN_WORD.search(line):
            return True
        return old > new or (old == new and not self._mixed)


def _reread(line: str) -> str | None:
    """A line of UTF-8 that was read as windows-1252, None where it is no UTF-8 throughout."""
    try:
        whole = line.translate(_C1).encode("latin-1").decode("utf-8")
    except UnicodeError:
        import ftfy

        whole = ftfy.fix_encoding(line)  # some of the line only
    return unicodedata.normalize("NFC", whole) if whole != line and share_as_is(whole) > share_as_is(line) else None


def _voted(lines: Sequence[str]) -> Encoding | None:
    """The encoding of those lines that say theirs by themselves: a document may be old in a few paragraphs only."""
    votes = Counter[Encoding]()
    for line in lines:
        if not _HIGH.search(line) or _UNICODE.search(line):
            continue
        said, _ = guess(line)
        if said is not None:
            votes[said] += len(line)
    return votes.most_common(1)[0][0] if votes else None


def _share(words: Sequence[str], encoding: Encoding | None) -> float:
    """Share of words that are syllables under an encoding, each as often as it stands there."""
    return sum(_spells(w, encoding) for w in words) / len(words)


def _known_share(words: Sequence[str], encoding: Encoding | None) -> float:
    """Share of words that official prose has, under an encoding."""
    known = _official()
    return sum((decode(w, encoding) if encoding else w).lower() in known for w in words) / len(words)


@lru_cache(maxsize=50_000)
def _spells(word: str, encoding: Encoding | None) -> bool:
    decoded = decode(word, encoding) if encoding else word
    if _ABBREVIATION.fullmatch(decoded):
        return True
    if encoding in _RARE and not (decoded.islower() or decoded.istitle() or decoded.isupper()):
        return False  # "m²" is no "mỲ"; in TCVN3 "TØNH" is "TỈNH"
    return decoded.isalpha() and is_syllable(decoded)


@lru_cache(maxsize=1)
def _official() -> frozenset[str]:
    """Syllables of official prose, in lower case."""
    return frozenset(
        s for name in ("official_phrases", "notice_words") for phrase in lexicon(name) for s in phrase.split()
    )


def _shouts(line: str) -> bool:
    """A line of TCVN3 in capitals whose marked letters could only be small: "UBND TØNH"."""
    plain = [c for c in line if c.isascii() and c.isalpha()]
    return len(plain) > 3 and all(c.isupper() for c in plain)
