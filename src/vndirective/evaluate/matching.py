"""Three ways to say that a value is the one wanted.

| matching | texts and names | numbers, dates, codes |
|---|---|---|
| strict | equal but for spacing | equal |
| soft | alike once case, punctuation, abbreviations and spelling variants are folded | equal in what gold fixes |
| edit | at most a fifth of the letters inserted, left out or changed (Levenshtein), as printed | as soft |
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal

from vndirective.lexicons import table
from vndirective.segment.syllables import fold

MatchingName = Literal["strict", "soft", "edit"]
EDIT_LEAST = 0.8
_LABEL = re.compile(r"^(.{1,159}?):\s+(.*)$", re.DOTALL)  # "Các trường mầm non: rà soát …"
_LEAD_WORDS = 2  # a marker or a verb of ordering may stand before the first words


@dataclass(frozen=True, slots=True)
class Matching:
    """`least` is the likeness (Ratcliff-Obershelp, 0 to 1) that soft matching asks of two folded texts."""

    name: MatchingName

    def same(self, given: str, wanted: str, least: float) -> bool:
        if self.name == "soft":
            return likeness(folded(given), folded(wanted)) >= least
        return self._printed(given, wanted)

    def same_name(self, given: str, wanted: str, least: float) -> bool:
        """As `same`, but words of address and order before a name ("các", "đồng chí", "giao") do not count when soft."""
        if self.name == "soft":
            return likeness(bare_name(given), bare_name(wanted)) >= least
        return self._printed(given, wanted)

    def same_code(self, given: str, wanted: str) -> bool:
        """Numbers, symbols, dates, codes; soft: but for spaces, case and Đ written as D."""
        if self.name == "strict":
            return printed(given) == printed(wanted)
        return code(given) == code(wanted)

    def begins(self, text: str, anchor: str) -> bool:
        """Whether an item begins with the words of `anchor`, itself or behind its label."""
        label = _LABEL.match(text)
        return self._begins(text, anchor) or (label is not None and self._begins(label[2], anchor, lead=0))

    def _begins(self, text: str, anchor: str, lead: int = _LEAD_WORDS) -> bool:
        if self.name == "soft":
            words, wanted = folded(text).split(), folded(anchor).split()
            return bool(wanted) and any(
                likeness(" ".join(words[skip : skip + len(wanted)]), " ".join(wanted)) >= 0.85
                for skip in range(lead + 1)
            )
        return self._printed(printed(text)[: len(printed(anchor))], anchor)

    def ends(self, text: str, tail: str) -> bool:
        if self.name == "soft":
            wanted = folded(tail).split()
            return likeness(" ".join(folded(text).split()[-len(wanted) :]), " ".join(wanted)) >= 0.8
        return self._printed(printed(text)[-len(printed(tail)) :], tail)

    def _printed(self, given: str, wanted: str) -> bool:
        a, b = printed(given), printed(wanted)
        return a == b or (self.name == "edit" and edit_likeness(a, b) >= EDIT_LEAST)


STRICT, SOFT, EDIT = Matching("strict"), Matching("soft"), Matching("edit")
MATCHINGS = (STRICT, SOFT, EDIT)


@lru_cache(maxsize=20_000)
def printed(text: str) -> str:
    """NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Lower case, one placement of tones, abbreviations spelt out, spelling variants folded, punctuation as spaces."""
    view = fold(unicodedata.normalize("NFC", text))
    for pattern, full in _spellings():
        view = pattern.sub(full, view)
    return " ".join(re.findall(r"[\w%/]+", view))


@lru_cache(maxsize=20_000)
def bare_name(text: str) -> str:
    """A folded name without the words of address and order before it."""
    return _address().sub("", folded(text))


def code(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split()).upper().replace("Đ", "D")


def same_unit(given: str | None, wanted: Iterable[str | None], matching: Matching) -> bool:
    """Equal; soft: or one the beginning of the other, word by word ("tổ chức" for "tổ chức, doanh nghiệp")."""
    if matching.name == "strict":
        return any(printed(given or "") == printed(w or "") for w in wanted)
    words = folded(given or "").replace("/", " ").split()
    for want in wanted:
        other = folded(want or "").replace("/", " ").split()
        shorter = min(len(words), len(other))
        if words == other or (shorter and words[:shorter] == other[:shorter]):
            return True
    return False


@lru_cache(maxsize=50_000)
def likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def edit_likeness(a: str, b: str) -> float:
    """1 minus the Levenshtein distance over the longer length; 0 where it cannot reach EDIT_LEAST, which is cheap to tell."""
    longer = max(len(a), len(b))
    if longer == 0:
        return 1.0
    # letters that only one of the two has must each be inserted or changed: a lower bound of the distance
    if max((Counter(a) - Counter(b)).total(), (Counter(b) - Counter(a)).total()) > (1 - EDIT_LEAST) * longer:
        return 0.0
    return 1 - _levenshtein(a, b) / longer


def _levenshtein(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for n, x in enumerate(a, start=1):
        diagonal, row[0] = row[0], n
        for m, y in enumerate(b, start=1):
            diagonal, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, diagonal + (x != y))
    return row[-1]


@cache
def _spellings() -> list[tuple[re.Pattern[str], str]]:
    lists = table("matching")
    short = [(_whole(a), full) for full, variants in lists["abbreviations"].items() for a in variants]
    variants = [(re.compile(re.escape(a)), b) for b, others in lists["spellings"].items() for a in others]
    return short + variants


def _whole(abbreviation: str) -> re.Pattern[str]:
    """Whole words only; spaces around "&" and "-" are as the typist likes."""
    loose = r"\s*".join(map(re.escape, re.split(r"\s+", abbreviation)))
    return re.compile(rf"(?<!\w){loose}(?!\w)")


@cache
def _address() -> re.Pattern[str]:
    words = sorted(map(re.escape, table("matching")["address"]), key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(words)})\s+)+")
