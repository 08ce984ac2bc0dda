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
_SHORT = 600  # letters: lines, not whole notices
_KEPT = re.compile(r"\w+|[^\w\s]|[^\S\n]*\n\s*")  # of white space only what holds the end of a line
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
    return _folded_line(text) if len(text) <= _SHORT else _folded(text)


@lru_cache(maxsize=2048)
def _folded_line(line: str) -> str:
    """One line is asked for by all who read it."""
    return _folded(line)


def _folded(text: str) -> str:
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


@dataclass(frozen=True, slots=True, eq=False)  # those of one text are told from others by identity
class Syllables:
    """Tokens of a text as parallel lists, which is what hot loops read; `doc` is the same for spaCy."""

    text: str
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

    @property
    def doc(self) -> Doc:
        """A new `Doc`, built when it is asked for: reading a notice needs none."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(self.text):
            token = match.group()
            if token == " " and words and not spaces[-1]:
                spaces[-1] = True
                continue
            words.append(token)
            spaces.append(False)
        return Doc(_language().vocab, words=words, spaces=spaces)


def read_syllables(text: str) -> Syllables:
    """Tokenise; `syllables.doc.text == text` holds for every text without lone surrogates."""
    whole = fold(text)
    spans = [match.span() for match in _KEPT.finditer(text)]
    return Syllables(
        text=text,
        starts=[start for start, _ in spans],
        ends=[end for _, end in spans],
        words=[text[start:end] for start, end in spans],
        folded=[whole[start:end] for start, end in spans],
    )


class _Step:
    """What may follow the syllables of a term read so far; `kind` is that of the term that ends here, None where none does."""

    __slots__ = ("further", "kind")

    def __init__(self) -> None:
        self.further: dict[str, _Step] = {}
        self.kind: str | None = None


class TermIndex:
    """Terms of several kinds, found longest first at any token: `index.at(syllables, i)` gives (kind, end) or None.

    A term of the kind "" is one that only looks like another: where it stands nothing is found.
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, _Step] = {}
        for kind, term in terms:
            steps, step = self._first, _Step()
            for match in _TOKEN.finditer(fold(term)):
                if not match.group().isspace():
                    step = steps.setdefault(match.group(), _Step())
                    steps = step.further
            if step.kind is None:
                step.kind = kind

    def at(self, syllables: Syllables, i: int) -> tuple[str, int] | None:
        folded = syllables.folded
        step = self._first.get(folded[i])
        if step is None:
            return None
        kind, end = step.kind, i + 1
        for at in range(i + 1, len(folded)):
            step = step.further.get(folded[at])
            if step is None:
                break
            if step.kind is not None:
                kind, end = step.kind, at + 1
        return (kind, end) if kind else None


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
