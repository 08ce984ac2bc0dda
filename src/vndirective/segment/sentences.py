"""The underthesea door: sentences and words of a stretch of text, as spans of the unchanged text.

underthesea cuts a number off the sentence it opens and rewrites spaces, so its sentences are found again in the text
one after the other; white space may differ, letters may not. What cannot be found falls back to the whole stretch.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vndirective.parsers.source import Span

# "Đ/c.", "TP.", "ThS. Nguyễn", "số 12.", "Mục II." and a marker alone do not end a sentence; "trong tháng 11.", "quý II." do
_TAGGED = 8  # syllables: enough to tell the first word, and tagging is quadratic
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.])(?:TP|Tp|TX|TT|ThS|TS|PGS|GS|BS|BSCKI{1,2}|DS|KS|P|Q|Đ/c|đ/c)\.$|^\W*(?:\d{1,3}|[IVX]{1,4})\.$"
    r"|\b(?:số|điều|khoản|mục|điểm|phần|chương|bài|bước|câu)\s+(?:\d{1,3}|[IVX]{1,4})\.$",
    re.IGNORECASE,
)


def sentences(text: str, span: Span) -> list[Span]:
    """Sentences inside a span, trimmed, in order; they never overlap and together hold all its letters."""
    return [Span(span.start + a, span.start + b) for a, b in _cut(span.of(text))]


@lru_cache(maxsize=2048)
def _cut(stretch: str) -> tuple[tuple[int, int], ...]:
    """Sentences of a stretch as offsets; the same item is asked for by several extractors."""
    from underthesea import sent_tokenize

    if not stretch.strip():
        return ()
    found: list[Span] = []
    at = 0
    for sentence in sent_tokenize(stretch):
        start = stretch.find(sentence, at)
        end = start + len(sentence)
        if start < 0:
            match = re.compile(r"\s*".join(re.escape(part) for part in sentence.split())).search(stretch, at)
            if match is None:
                whole = _trim(stretch, Span(0, len(stretch)))
                return ((whole.start, whole.end),)
            start, end = match.span()
        found.append(Span(start, end))
        at = end
    joined = _join_abbreviations(stretch, found) or [_trim(stretch, Span(0, len(stretch)))]
    return tuple((s.start, s.end) for s in joined)


def words(text: str, span: Span) -> list[Span]:
    """Vietnamese words (one or more syllables) inside a span, in order."""
    from underthesea import word_tokenize

    stretch = span.of(text)
    found: list[Span] = []
    at = 0
    for word in word_tokenize(stretch, use_token_normalize=False):
        place = _place_of(word, stretch, at)
        if place is None:
            continue
        found.append(Span(span.start + place[0], span.start + place[1]))
        at = place[1]
    return found


def _place_of(word: str, stretch: str, at: int) -> tuple[int, int] | None:
    """Where a word stands at or after an offset; mostly right there, else its letters are looked for, white space aside."""
    parts = word.split()
    plain = " ".join(parts)
    while at < len(stretch) and stretch[at].isspace():
        at += 1
    if plain and stretch.startswith(plain, at):
        return at, at + len(plain)
    match = re.compile(r"\s*".join(map(re.escape, parts))).search(stretch, at)
    return match.span() if match else None


@lru_cache(maxsize=1024)
def opens_with_verb(stretch: str) -> bool:
    """Whether underthesea takes the first word for a verb; asked only where the word lists know none."""
    from underthesea import pos_tag

    opening = " ".join(stretch.split()[:_TAGGED])
    tags = pos_tag(opening[:1].lower() + opening[1:])
    return bool(tags) and tags[0][1] == "V"


def clauses(text: str, sentence: Span) -> list[Span]:
    """Parts of a sentence between semicolons outside brackets and quotes, trimmed."""
    cuts, depth = [sentence.start], 0
    divided = text.find(";", sentence.start, sentence.end) >= 0
    for i in range(sentence.start, sentence.end) if divided else ():
        char = text[i]
        if char in "(“[":
            depth += 1
        elif char in ")”]":
            depth = max(0, depth - 1)
        elif char == ";" and not depth:
            cuts += [i, i + 1]
    cuts.append(sentence.end)
    parts = [_trim(text, Span(a, b)) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [p for p in parts if len(p)]


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _join_abbreviations(text: str, found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in found:
        if joined and (
            _ABBREVIATED.search(joined[-1].of(text))
            or not re.search(r"\w", span.of(text))
            or span.of(text)[0].islower()
        ):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
