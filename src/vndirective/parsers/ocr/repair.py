"""Marks that recognition lost, put back where context leaves one spelling. Shy and reversible.

Only syllables in lower case are touched, never a number, a symbol, a name or a word in capitals; and only where the pair
as read is no word, one of the two was read unsurely, and exactly one word of the list differs from it in marks alone. The raw reading stays with the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from vndirective.parsers.ocr.compounds import is_compound, spellings

UNSURE = 0.97
_EDGE = ",.;:!?()[]“”\"'…"
# written so, these are no syllables of official prose; the spelling they stand for is certain
_ALONE = {"vê": "về", "sô": "số", "câp": "cấp", "điêu": "điều", "nguôn": "nguồn", "quyêt": "quyết", "tiêp": "tiếp"}


class Readable(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def confidence(self) -> float: ...


W = TypeVar("W", bound=Readable)


def repairs(words: Sequence[Readable]) -> dict[int, str]:
    """Index of each word of a line that is to be read otherwise, with its new text."""
    found: dict[int, str] = {}
    texts = [w.text for w in words]
    for i in range(len(words)):
        core = texts[i].strip(_EDGE)
        if core in _ALONE:
            found[i] = texts[i] = texts[i].replace(core, _ALONE[core])
    for i in range(len(words) - 1):
        first, second = texts[i].strip(_EDGE), texts[i + 1].strip(_EDGE)
        if not _is_open(texts, i) or is_compound(first, second):
            continue
        if min(words[i].confidence, words[i + 1].confidence) >= UNSURE:
            continue
        options = [p for p in spellings(first, second) if _may_change(texts, i, p)]
        if len(options) != 1:
            continue
        for at, core, new in ((i, first, options[0][0]), (i + 1, second, options[0][1])):
            if core.lower() != new:
                found[at] = texts[at] = texts[at].replace(core, _cased(core, new))
    return found


def _is_open(texts: list[str], i: int) -> bool:
    """Two syllables of running text with nothing between them."""
    first, second = texts[i], texts[i + 1]
    core, follower = first.strip(_EDGE), second.strip(_EDGE)
    return (
        core.isalpha()
        and follower.isalpha()
        and first.endswith(core)
        and second.startswith(follower)
        and (core.islower() or (core.istitle() and (i == 0 or texts[i - 1][-1:] in ".;:-+“")))
        and follower.islower()
    )


def _may_change(texts: list[str], i: int, pair: tuple[str, str]) -> bool:
    """A syllable that makes a word with its other neighbour stays as it is."""
    first, second = texts[i].strip(_EDGE).lower(), texts[i + 1].strip(_EDGE).lower()
    if pair[0] != first and i > 0 and is_compound(texts[i - 1].strip(_EDGE), first):
        return False
    after = texts[i + 2].strip(_EDGE) if i + 2 < len(texts) else ""
    return not (pair[1] != second and after and is_compound(second, after))


def _cased(core: str, new: str) -> str:
    return new.capitalize() if core[0].isupper() else new
