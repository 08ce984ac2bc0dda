"""From the capitals of a letterhead to the official spelling of a name or a post.

"ỦY BAN NHÂN DÂN TỈNH HÀ THANH" ─▶ "Ủy ban nhân dân tỉnh Hà Thanh"; letters and tone marks stay as printed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vndirective.lexicons import table
from vndirective.segment.syllables import fold


def name_of_body(printed: str) -> str:
    """Official spelling of a body's name; a name that is not in capitals is kept as printed."""
    if not _in_capitals(printed):
        return printed
    lowered = printed.lower()
    spelt = _apply(lowered, "spelling")
    spelt = _proper_after_level(spelt, printed)
    return _keep_abbreviations(spelt[:1].upper() + spelt[1:], printed)


def post(printed: str) -> str:
    """Official spelling of a position ("PHÓ CHÁNH VĂN PHÒNG" ─▶ "Phó Chánh Văn phòng")."""
    if not _in_capitals(printed):
        return printed
    spelt = _apply(printed.lower(), "positions")
    return _keep_abbreviations(spelt[:1].upper() + spelt[1:], printed)


def person(printed: str) -> str:
    """Personal name: "NGUYỄN VĂN AN" ─▶ "Nguyễn Văn An"."""
    return " ".join(p[:1].upper() + p[1:].lower() if p.isupper() else p for p in printed.split())


def _in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.8 * max(1, len(letters))


@lru_cache(maxsize=2)
def _words(section: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    words: list[str] = sorted(table("official_names")[section]["words"], key=len, reverse=True)
    return tuple((fold(w), re.compile(rf"(?<!\w){re.escape(fold(w))}(?!\w)"), w) for w in words)


def _apply(lowered: str, section: str) -> str:
    """Capitals of the listed words, longest first; tone placement of the print is kept."""
    out = list(lowered)
    taken = [False] * len(out)
    folded = fold(lowered)
    for plain, pattern, word in _words(section):
        for match in pattern.finditer(folded) if plain in folded else ():
            if any(taken[match.start() : match.end()]):
                continue
            for at, letter in zip(range(match.start(), match.end()), word, strict=True):
                taken[at] = True
                if letter.isupper():
                    out[at] = out[at].upper()
    return "".join(out)


def _proper_after_level(spelt: str, printed: str) -> str:
    """What follows "tỉnh", "xã" … is a proper name: each syllable takes a capital."""
    levels = "|".join(table("official_names")["spelling"]["levels"])

    def capital(match: re.Match[str]) -> str:
        return match.group(1) + " ".join(p[:1].upper() + p[1:] for p in match.group(2).split(" "))

    return re.sub(rf"(?<!\w)((?:{levels}) )((?!{levels})\w+(?: \w+){{0,4}})$", capital, spelt)


def _keep_abbreviations(spelt: str, printed: str) -> str:
    """UBND, THCS, GD&ĐT stay in capitals: syllables without a vowel, or with a sign inside."""
    pairs = zip(re.split(r"(\s+)", spelt), re.split(r"(\s+)", printed), strict=False)
    return "".join(p if _abbreviated(p) else s for s, p in pairs)


def _abbreviated(word: str) -> bool:
    bare = word.strip(".,()")
    return len(bare) > 1 and (
        not re.search("[AEIOUYÀ-ỸƯƠ]", bare.replace("Đ", "D"), re.IGNORECASE)
        or bare in {"UBND", "MTTQ", "UBMTTQ", "TNCS", "THCS", "THPT", "GD&ĐT", "VHTT", "TTGDNN", "BCH", "BTV"}
    )


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[str, str], ...]:
    heads: dict[str, str] = table("official_names")["heads"]
    return tuple(sorted(((fold(h), level) for h, level in heads.items()), key=lambda h: -len(h[0])))


def head_of(name: str) -> tuple[str, str] | None:
    """Head of a body's name and the level it stands on ("" where the locality decides); None for other words."""
    folded = fold(name).strip()
    for head, level in _heads():
        if folded.startswith(head) and not folded[len(head) : len(head) + 1].isalnum():
            return head, level
    return None
