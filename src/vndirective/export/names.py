"""Finding a body by what people type: "UBND xã", "uy ban nhan dan xa", "SNV", "Sở GD&ĐT" for "Sở Giáo dục và Đào tạo".

No list of abbreviations is needed: an abbreviation is the initials of a run of words, on either side.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vndirective.segment.syllables import fold, without_marks

_WORD = re.compile(r"\w+")
_JOINING = {"va"}  # "và" has no letter of its own in "GD&ĐT"
_SHORTEST = 2  # letters of an abbreviation


def matches(asked: str, name: str) -> bool:
    """Whether a name holds what was asked for as neighbouring words, marks and case aside; "" matches all."""
    query, words = _words(asked), _words(name)
    return any(_follows(query, words[start:]) for start in range(len(words) + 1))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    folded = (without_marks(word) for word in _WORD.findall(fold(text)))
    return tuple(word for word in folded if word not in _JOINING)


def _follows(query: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether `words` begin with `query`, word by word or abbreviation by run of words."""
    if not query:
        return True
    if not words:
        return False
    if query[0] == words[0] and _follows(query[1:], words[1:]):
        return True
    if _abbreviates(query[0], words) and _follows(query[1:], words[len(query[0]) :]):
        return True
    return _abbreviates(words[0], query) and _follows(query[len(words[0]) :], words[1:])


def _abbreviates(short: str, words: tuple[str, ...]) -> bool:
    return (
        len(short) >= _SHORTEST
        and len(short) <= len(words)
        and all(letter == word[0] for letter, word in zip(short, words, strict=False))
    )
