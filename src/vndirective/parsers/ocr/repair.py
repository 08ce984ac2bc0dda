"""Marks that recognition lost, put back where context leaves one spelling. Shy and reversible.

Only syllables in lower case are touched, or both in capitals, never a number, a symbol or a person's name; and only where the pair
as read is no word, one of the two was read unsurely, and exactly one official phrase differs from it in marks alone. The
raw reading stays with the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from vndirective.lexicons import lines, rows
from vndirective.parsers.ocr.compounds import EDGE, is_compound, is_official, spellings
from vndirective.parsers.vietnamese import bare, is_syllable, split_tone

UNSURE = 0.97
_VERY_UNSURE = 0.8  # a mark is only put where none was read, unless the word was hardly read at all
# written so, these are no syllables of official prose; the spelling they stand for is certain
_ALONE = {"vê": "về", "sô": "số", "câp": "cấp", "điêu": "điều", "nguôn": "nguồn", "quyêt": "quyết", "tiêp": "tiếp"}
_ALONE_CAPITAL = {"TĨNH": "TỈNH"}
# never said in prose of offices, and what recognition makes of the second
_PAIRS = {
    ("chỉ", "bộ"): "chi",
    ("chỉ", "ủy"): "chi",
    ("chỉ", "cục"): "chi",
    ("chỉ", "đoàn"): "chi",
    ("đổi", "với"): "đối",
    ("uy", "ban"): "ủy",
    ("thế", "thao"): "thể",
}
_POSTS = (("CHỦ", "TỊCH"), ("GIÁM", "ĐỐC"), ("HIỆU", "TRƯỞNG"), ("CHÁNH", "VĂN"))
_STOPPED = re.compile(r"[^\W\d_]{2,}[.]")
_COMMA = re.compile(r"\d{1,3}[,:]")
_FOR_REPORT = re.compile(r"[b6]/[c€¢]")  # the "báo cáo" of a recipient in brackets


# of the authorities that stand before a post (KT., TM., TL., TUQ., Q.) only one ends so
_AUTHORITIES = {"T.": "KT.", "M.": "TM.", "L.": "TL."}


class Readable(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def confidence(self) -> float: ...


W = TypeVar("W", bound=Readable)


def repairs(words: Sequence[Readable], below: Readable | None = None) -> dict[int, str]:
    """Index of each word of a line that is to be read otherwise, with its new text; `below` opens the next line."""
    found: dict[int, str] = {}
    texts = [w.text for w in words]
    at = 1 if texts[:1] == ["Điều"] else 0
    if len(texts) > at + 1 and _COMMA.fullmatch(texts[at]) and texts[at + 1][0].isupper():
        found[at] = texts[at] = texts[at][:-1] + "."  # the mark behind the number of an item
    found |= _post(texts) | _type_name(texts) | _place(words)
    for i, text in enumerate(texts):
        if text.startswith("(") and ")" in text and _FOR_REPORT.fullmatch(text[1 : text.index(")")]):
            found[i] = "(b/c" + text[text.index(")") :]
        elif halves := _halves(text):
            found[i] = halves
    for i in range(len(words) - 1):
        if _STOPPED.fullmatch(texts[i]) and texts[i + 1][0].islower():
            found[i] = texts[i][:-1]  # no sentence begins in lower case: a comma, or a speck
    for at, text in found.items():
        texts[at] = text
    for i in range(len(words)):
        core = texts[i].strip(EDGE)
        alone = _ALONE.get(core) or _ALONE_CAPITAL.get(core)
        if alone:
            found[i] = texts[i] = texts[i].replace(core, alone)
    if below is not None:
        words, texts = [*words, below], [*texts, below.text]
    for i in range(len(words) - 1):
        first, second = texts[i].strip(EDGE), texts[i + 1].strip(EDGE)
        fixed = _PAIRS.get((first.lower(), second.lower()))
        if not _is_open(texts, i) or (not fixed and is_compound(first, second)):
            continue
        if not fixed and min(words[i].confidence, words[i + 1].confidence) >= UNSURE:
            continue
        sure = (words[i].confidence, words[i + 1].confidence)
        options = [p for p in spellings(first, second) if _may_change(texts, i, p, sure)]
        if fixed:
            options = [(fixed, second.lower())]
        if len(options) != 1:
            continue
        for at, core, new in ((i, first, options[0][0]), (i + 1, second, options[0][1])):
            if core.lower() != new:
                found[at] = texts[at] = texts[at].replace(core, _cased(core, new))
    if below is not None:
        found.pop(len(words) - 1, None)
    return found


def _halves(text: str) -> str:
    """Two words set so tightly that they were read as one: "TỈNHSƠN". Both carry a mark, so no foreign word is cut."""
    core = text.strip(EDGE)
    if not core.isalpha() or len(core) < 5 or is_syllable(core):
        return ""
    cuts = [
        (a, b)
        for a, b in ((core[:k], core[k:]) for k in range(2, len(core) - 1))
        if all(half.lower() != bare(half) and is_syllable(half) for half in (a, b))
    ]
    return text.replace(core, " ".join(cuts[0])) if len(cuts) == 1 else ""


def _place(words: Sequence[Readable]) -> dict[int, str]:
    """The place that opens a date line ("Cân Thơ, ngày …"): as read no province, read unsurely, and one province but for marks."""
    texts = [w.text.strip(EDGE) for w in words[:3]]
    if len(texts) < 3 or texts[2] != "ngày" or not all(t.istitle() for t in texts[:2]):
        return {}
    as_read = split_tone(texts[0].lower()), split_tone(texts[1].lower())
    options = _provinces().get((bare(texts[0].lower()), bare(texts[1].lower())), ())
    if len(options) != 1 or as_read == tuple(map(split_tone, options[0])):
        return {}
    if min(w.confidence for w in words[:2]) >= UNSURE:
        return {}
    new = (s.capitalize() for s in options[0])
    changed = ((k, core, name) for k, (core, name) in enumerate(zip(texts[:2], new, strict=True)) if core != name)
    return {k: words[k].text.replace(core, name) for k, core, name in changed}


@lru_cache(maxsize=1)
def _provinces() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Provinces of two syllables by their letters without marks."""
    spelt: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name in lines("provinces"):
        syllables = name.split()
        if len(syllables) == 2:
            pair = syllables[0], syllables[1]
            spelt.setdefault((bare(pair[0]), bare(pair[1])), []).append(pair)
    return {k: tuple(v) for k, v in spelt.items()}


def _post(texts: list[str]) -> dict[int, str]:
    """A line that is nothing but a post: what a seal made of its first word."""
    if not 1 < len(texts) < 6 or not texts[-1].isupper():
        return {}
    end = texts[0][-2:]
    if end in _AUTHORITIES and len(texts[0]) > 2 and len(texts) > 2 and is_official(texts[1], texts[2]):
        return {0: _AUTHORITIES[end]} if texts[0] not in _AUTHORITIES.values() else {}
    for i in range(len(texts) - 1):
        for whole, second in _POSTS:
            if texts[i + 1] == second and texts[i] != whole and texts[i].endswith(whole[1:]):
                return {i: whole}
    return {}


@lru_cache(maxsize=1)
def _type_names() -> dict[str, str]:
    return {bare(row["name"]): row["name"].upper() for row in rows("document_types")}


def _type_name(texts: list[str]) -> dict[int, str]:
    """A line in capitals that is nothing but the name of a kind of document: "CHÍ THỊ"."""
    line = " ".join(texts)
    official = _type_names().get(bare(line.rstrip(":")), "") if line.isupper() and len(texts) < 5 else ""
    syllables = official.split()
    if len(syllables) != len(texts):
        return {}
    return {i: s + texts[i][len(texts[i].rstrip(":")) :] for i, s in enumerate(syllables) if texts[i].rstrip(":") != s}


def _is_open(texts: list[str], i: int) -> bool:
    """Two syllables of running text with nothing between them."""
    first, second = texts[i], texts[i + 1]
    core, follower = first.strip(EDGE), second.strip(EDGE)
    return (
        core.isalpha()
        and follower.isalpha()
        and first.endswith(core)
        and second.startswith(follower)
        and (
            (follower.islower() and (core.islower() or core.istitle()))
            or (core.isupper() and follower.isupper() and len(core) > 1)
        )
    )


def _may_change(texts: list[str], i: int, pair: tuple[str, str], sure: tuple[float, float]) -> bool:
    """A syllable that makes a word with its other neighbour stays as it is, and so does a mark that was read."""
    first, second = texts[i].strip(EDGE).lower(), texts[i + 1].strip(EDGE).lower()
    for read, new, confidence in ((first, pair[0], sure[0]), (second, pair[1], sure[1])):
        if read != new and confidence >= _VERY_UNSURE and not (_adds_marks(read, new) or _looks_alike(read, new)):
            return False
    if pair[0] != first and i > 0 and is_compound(texts[i - 1].strip(EDGE), first):
        return False
    after = texts[i + 2].strip(EDGE) if i + 2 < len(texts) else ""
    return not (pair[1] != second and after and is_compound(second, after))


def _adds_marks(read: str, new: str) -> bool:
    """Whether `new` has all marks of `read`, and more."""
    plain, marked = unicodedata.normalize("NFD", read), iter(unicodedata.normalize("NFD", new))
    return all(c in marked for c in plain) or all(a in (b, bare(b)) for a, b in zip(read, new, strict=False))


def _looks_alike(read: str, new: str) -> bool:
    """Whether only the tone differs, among those that a scanner blurs into one another."""
    (base, tone), (other, wanted) = split_tone(read), split_tone(new)
    return base == other and {tone, wanted} <= {"sắc", "hỏi", "ngã"}


def _cased(core: str, new: str) -> str:
    if core.isupper():
        return new.upper()
    return new.capitalize() if core[0].isupper() else new
