"""The spaCy door: a `Doc` whose text is the notice's text, and word lists found in it.

A Vietnamese official term is a run of syllables ("Ủy ban nhân dân"), so the tokens are syllables, numbers and signs;
nothing is rewritten and `doc.text` is the text. Terms are looked up on folded syllables: lower case, and the older tone
placement ("uỷ ban", "hoà giải") brought to the newer one, both at equal length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from vndirective.parsers.source import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_OLD_TONES = {
    **dict(
        zip(
            ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ"],
            ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe"],
            strict=True,
        )
    ),
    **dict(zip(["uỳ", "uý", "uỷ", "uỹ", "uỵ"], ["ùy", "úy", "ủy", "ũy", "ụy"], strict=True)),
}
_OLD_TONE = re.compile(
    r"[ou][àáảãạèéẻẽẹỳýỷỹỵ](?!\w)"
)  # a set of first letters is searched faster than what may not stand before


def fold(text: str) -> str:
    """Lower case with the newer tone placement; as long as the text it was given."""
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" and its like grow when lowered
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _OLD_TONE.sub(_newer, lowered)


def _newer(match: re.Match[str]) -> str:
    pair = match.group()
    after_q = match.string[match.start() - 1 : match.start()] == "q"  # "quý": its u belongs to the consonant
    return pair if after_q else _OLD_TONES.get(pair, pair)


@lru_cache(maxsize=1)
def _language() -> Language:
    import spacy

    return spacy.blank("xx")


@dataclass(frozen=True, slots=True)
class Syllables:
    """Tokens of a text as parallel lists: spaCy's `Doc` carries them, plain lists are what hot loops read."""

    doc: Doc
    starts: list[int]
    ends: list[int]
    words: list[str]
    folded: list[str]

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """Index of the first token that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> Span:
        """Span of tokens `first` to `last` (exclusive)."""
        return Span(self.starts[first], self.ends[last - 1])


def read_syllables(text: str) -> Syllables:
    """Tokenise; `syllables.doc.text == text` holds for every text without lone surrogates."""
    from spacy.tokens import Doc

    whole = fold(text)
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    kept_words: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == " " and words and not spaces[-1]:
            spaces[-1] = True
            continue
        words.append(token)
        spaces.append(False)
        if not token.isspace() or "\n" in token:
            starts.append(match.start())
            kept_words.append(token)
    doc = Doc(_language().vocab, words=words, spaces=spaces)
    return Syllables(
        doc=doc,
        starts=starts,
        ends=[s + len(w) for s, w in zip(starts, kept_words, strict=True)],
        words=kept_words,
        folded=[whole[s : s + len(w)] for s, w in zip(starts, kept_words, strict=True)],
    )


class TermIndex:
    """Terms of several kinds, found longest first at any token: `index.at(syllables, i)` gives (kind, end) or None.

    A term of the kind "" is one that only looks like another: where it stands nothing is found.
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self._kinds: dict[tuple[str, ...], str] = {}
        lengths: dict[str, set[int]] = {}
        for kind, term in terms:
            key = tuple(m.group() for m in _TOKEN.finditer(fold(term)) if not m.group().isspace())
            self._kinds.setdefault(key, kind)
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(self, syllables: Syllables, i: int) -> tuple[str, int] | None:
        folded = syllables.folded
        for length in self._lengths.get(folded[i], ()):
            key = tuple(folded[i : i + length])
            kind = self._kinds.get(key)
            if kind is not None:
                return (kind, i + len(key)) if kind else None
        return None


class LooseIndex:
    """Terms of two syllables and more, found also where a typist dropped or changed a mark ("xây dưng")."""

    def __init__(self, terms: Iterable[str]) -> None:
        folded = (tuple(without_marks(part) for part in fold(term).split()) for term in terms)
        self._pairs = {key for key in folded if len(key) == 2}

    def at(self, syllables: Syllables, i: int) -> bool:
        pair = syllables.folded[i : i + 2]
        if len(pair) < 2 or not syllables.words[i + 1].islower():
            return False
        return (without_marks(pair[0]), without_marks(pair[1])) in self._pairs


@lru_cache(maxsize=4096)
def without_marks(syllable: str) -> str:
    """A syllable without its tone and vowel marks, đ as d; only ever a key, never shown."""
    decomposed = unicodedata.normalize("NFD", syllable.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
