"""Whether a word is a possible Vietnamese syllable: how a text layer, a recognition or a conversion is judged.

A syllable is an onset, a rime and a tone; a rime that ends in c, ch, k, p or t bears sắc or nặng only. The inventory is that
of the quốc ngữ orthography; it says what can be spelt, not what is in a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = [
    "ngh",
    "ng",
    "nh",
    "gh",
    "gi",
    "kh",
    "ph",
    "qu",
    "th",
    "tr",
    "ch",
    "b",
    "c",
    "d",
    "đ",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "x",
]
_RIMES = frozenset(
    [
        "a",
        "ac",
        "ach",
        "ai",
        "am",
        "an",
        "ang",
        "anh",
        "ao",
        "ap",
        "at",
        "au",
        "ay",
        "ăc",
        "ăm",
        "ăn",
        "ăng",
        "ăp",
        "ăt",
        "âc",
        "âm",
        "ân",
        "âng",
        "âp",
        "ât",
        "âu",
        "ây",
        "e",
        "ec",
        "em",
        "en",
        "eng",
        "eo",
        "ep",
        "et",
        "ê",
        "êch",
        "êm",
        "ên",
        "ênh",
        "êp",
        "êt",
        "êu",
        "i",
        "ia",
        "ich",
        "iêc",
        "iêm",
        "iên",
        "iêng",
        "iêp",
        "iêt",
        "iêu",
        "im",
        "in",
        "inh",
        "ip",
        "it",
        "iu",
        "o",
        "oa",
        "oac",
        "oach",
        "oai",
        "oam",
        "oan",
        "oang",
        "oanh",
        "oao",
        "oap",
        "oat",
        "oay",
        "oăc",
        "oăm",
        "oăn",
        "oăng",
        "oăt",
        "oc",
        "oe",
        "oen",
        "oeo",
        "oet",
        "oi",
        "om",
        "on",
        "ong",
        "ooc",
        "oong",
        "op",
        "ot",
        "ô",
        "ôc",
        "ôi",
        "ôm",
        "ôn",
        "ông",
        "ôp",
        "ôt",
        "ơ",
        "ơi",
        "ơm",
        "ơn",
        "ơp",
        "ơt",
        "u",
        "ua",
        "uân",
        "uâng",
        "uât",
        "uây",
        "uc",
        "uê",
        "uêch",
        "uênh",
        "uêu",
        "ui",
        "um",
        "un",
        "ung",
        "uôc",
        "uôi",
        "uôm",
        "uôn",
        "uông",
        "uôt",
        "uơ",
        "uơn",
        "up",
        "ut",
        "uy",
        "uya",
        "uych",
        "uyên",
        "uyêt",
        "uyn",
        "uynh",
        "uyp",
        "uyt",
        "uyu",
        "ư",
        "ưa",
        "ưc",
        "ưi",
        "ưm",
        "ưn",
        "ưng",
        "ươc",
        "ươi",
        "ươm",
        "ươn",
        "ương",
        "ươp",
        "ươt",
        "ươu",
        "ưt",
        "ưu",
        "y",
        "yêm",
        "yên",
        "yêng",
        "yêt",
        "yêu",
        "ak",
        "ăk",
        "âk",
        "ôk",
        "uk",
    ]
)
_AFTER_QU = frozenset(
    [
        "a",
        "ac",
        "ach",
        "ai",
        "an",
        "ang",
        "anh",
        "ao",
        "at",
        "au",
        "ay",
        "ăc",
        "ăm",
        "ăn",
        "ăng",
        "ăp",
        "ăt",
        "ân",
        "âng",
        "ât",
        "âu",
        "ây",
        "e",
        "en",
        "eo",
        "et",
        "ê",
        "ên",
        "ênh",
        "êt",
        "êu",
        "êch",
        "i",
        "ich",
        "in",
        "inh",
        "it",
        "iu",
        "y",
        "ych",
        "yên",
        "yêt",
        "ynh",
        "yt",
        "ơ",
        "ôc",
    ]
)
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_STOPPED = re.compile(r"(?:c|ch|k|p|t)$")
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[ăđơư\u1ea0-\u1ef9]", re.IGNORECASE)


def split_tone(word: str) -> tuple[str, str]:
    """Letters in lower case without tone marks, and the marks' names; the same for "hoà" and "hòa"."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tones.append(_TONES[char])
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), " ".join(tones)


def bare(word: str) -> str:
    """Letters in lower case without any mark: "quyết" and "quyệt" give "quyet"."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return plain.replace("đ", "d")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` (letters only, any case) can be spelt in Vietnamese."""
    base, tone = split_tone(word)
    if " " in tone or (_STOPPED.search(base) and tone not in ("sắc", "nặng")):
        return False
    return base in _RIMES or any(_spells(base, onset) for onset in _ONSETS)


def _spells(base: str, onset: str) -> bool:
    if not base.startswith(onset):
        return False
    rest = base[len(onset) :]
    if onset == "qu":
        return rest in _AFTER_QU
    if onset == "gi":
        return rest == "" or rest in _RIMES or "i" + rest in _RIMES
    return rest in _RIMES


def words_of(text: str) -> list[str]:
    """Runs of letters of two and more, abbreviations in capitals and in mixed case left out."""
    return [
        w
        for w in _WORD.findall(unicodedata.normalize("NFC", text))
        if len(w) > 1 and (w.islower() or w.istitle() or (w.isupper() and _MARKED.search(w)))
    ]


def valid_share(text: str) -> float | None:
    """Share of the words that are possible syllables, 0 to 1; None for a text without words."""
    words = words_of(text)
    return sum(map(is_syllable, words)) / len(words) if words else None


def marked_share(text: str) -> float | None:
    """Share of the words with a letter that English and Latin-1 lack; Vietnamese prose has 0.5 to 0.7."""
    words = _WORD.findall(text)
    return sum(1 for w in words if _MARKED.search(w)) / len(words) if words else None
