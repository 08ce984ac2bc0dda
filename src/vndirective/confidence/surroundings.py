"""The words around a value, as signs of doubt look at them. Empty for a record without its text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from vndirective.confidence.values import Value
from vndirective.lexicons import table
from vndirective.schema.record import Record
from vndirective.segment.syllables import fold

_FAR = 60  # characters
_WORD = re.compile(r"\w+|[^\w\s]")
_STOP = re.compile(r"[.;]\s|\n")
_LONGEST_TERM = 4  # syllables of a verb or a head

FUNCTION_WORDS = frozenset(
    [
        "và",
        "hoặc",
        "để",
        "theo",
        "trong",
        "tại",
        "ở",
        "về",
        "khi",
        "trên",
        "cùng",
        "với",
        "là",
        "có",
        "phải",
        "được",
        "không",
        "cần",
        "nếu",
        "sẽ",
        "đã",
        "do",
        "vào",
        "đến",
        "từ",
        "trước",
        "sau",
        "mà",
        "thì",
        "chưa",
        "nên",
        "còn",
        "cũng",
    ]
)
"""Words that may follow a name, or stand where none begins."""


def before(value: Value, record: Record) -> str:
    """What stands before the value in its line."""
    if not record.text or not value.evidence.spans:
        return ""
    start = value.evidence.spans[0].start
    return record.text[max(0, start - _FAR) : start].rpartition("\n")[2]


def after(value: Value, record: Record) -> str:
    """What follows the value in its line."""
    if not record.text or not value.evidence.spans:
        return ""
    end = value.evidence.spans[-1].end
    return record.text[end : end + _FAR].partition("\n")[0]


def clause(value: Value, record: Record) -> str:
    """From the full stop or semicolon before the value to the one behind it."""
    text = record.text
    if not text or not value.evidence.spans:
        return ""
    first, last = value.evidence.spans[0].start, value.evidence.spans[-1].end
    start = max(text.rfind(mark, 0, first) for mark in (". ", "; ", "\n")) + 1
    stop = _STOP.search(text, last)
    return text[start : stop.start() if stop else len(text)]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


@lru_cache(maxsize=1)
def _terms() -> dict[str, frozenset[str]]:
    actors, verbs = table("actors"), table("verbs")

    def folded(source: dict[str, Any], *kinds: str) -> frozenset[str]:
        return frozenset(fold(term) for kind in kinds for term in source[kind])

    return {
        "head": folded(actors, "organisation", "group", "person", "quantifier"),
        "field": folded(actors, "field", "doing"),
        "verb": folded(verbs, "verb", "brief") - folded(verbs, "noun") - folded(actors, "field"),
        "follows": folded(
            verbs, "verb", "brief", "adverb", "strong", "assign", "direct", "guide", "coordinate", "report"
        )
        | folded(actors, "relative", "stop", "opener")
        | FUNCTION_WORDS,
    }


def begins_with(text: str, kind: str) -> bool:
    """Whether a text begins with a term of a kind: "head", "verb", "field", "follows"."""
    syllables = fold(text).split(None, _LONGEST_TERM)[:_LONGEST_TERM]
    terms = _terms()[kind]
    return any(" ".join(syllables[:n]).rstrip(",.;:") in terms for n in range(1, len(syllables) + 1))


def verb_within(name: str) -> bool:
    """Whether a verb of work stands in small letters behind the first two syllables of a name."""
    printed, syllables, verbs = name.split(), fold(name).split(), _terms()["verb"]
    return any(
        printed[n].islower() and " ".join(syllables[n : n + length]) in verbs
        for n in range(2, len(syllables))
        for length in (1, 2, 3)
    )
