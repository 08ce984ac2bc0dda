"""Words of two syllables: the context that decides a doubtful mark.

Viet74K, the word list that comes with underthesea ─▶ is this pair a word at all
official_phrases.txt, our own list of what notices say ─▶ which word it stands for
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from pathlib import Path

from vndirective.lexicons import lines
from vndirective.parsers.vietnamese import bare, split_tone

EDGE = ",.;:!?()[]“”\"'…"  # marks that stand around words
Pair = tuple[str, str]
_Key = tuple[tuple[str, str], tuple[str, str]]


def _key(first: str, second: str) -> _Key:
    return split_tone(first), split_tone(second)


@lru_cache(maxsize=1)
def _known() -> frozenset[_Key]:
    import underthesea

    path = Path(underthesea.__file__).parent / "corpus" / "data" / "Viet74K.txt"
    entries = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(_key(a, b) for entry in entries for a, b in itertools.pairwise(entry))


@lru_cache(maxsize=1)
def _official() -> tuple[frozenset[_Key], dict[Pair, tuple[Pair, ...]]]:
    pairs = {p for line in lines("official_phrases") for p in zip(line.split(), line.split()[1:], strict=False)}
    spelt: dict[Pair, list[Pair]] = {}
    for pair in sorted(pairs):
        spelt.setdefault((bare(pair[0]), bare(pair[1])), []).append(pair)
    return frozenset(_key(*p) for p in pairs), {k: tuple(v) for k, v in spelt.items()}


def is_compound(first: str, second: str) -> bool:
    """Whether two syllables stand together in a word of either list, in any case and placement of tones."""
    key = _key(first, second)
    return key in _official()[0] or key in _known()


def is_official(first: str, second: str) -> bool:
    """Whether two words as printed, with the marks around them, stand together in an official phrase."""
    return _key(first.strip(EDGE), second.strip(EDGE)) in _official()[0]


def spellings(first: str, second: str) -> tuple[Pair, ...]:
    """Official words of two syllables that differ from the given ones in marks at most, in lower case."""
    return _official()[1].get((bare(first), bare(second)), ())
