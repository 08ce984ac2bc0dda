"""A second reading: what a statistical tagger sees where a value was read.

The rules are one reader. The other has learnt from gold alone, word by word and without a list of bodies or verbs, who is told,
by when and how much; it errs elsewhere than the rules do, so where it does not see a value, the value is to be doubted.
It changes no value. Its weights are data (`lexicons/second_reading.crf`), learnt from the gold of the samples by scripts/calibrate.py.

    line of text ──tokens──▶ features ──CRF──▶ label of each token (B-lead I-lead O B-deadline …), each with its probability
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from math import log
from typing import Any, Protocol

from vndirective.confidence.values import Value, values_of
from vndirective.schema.record import Assignee, Deadline, Record, Target

ROLES = ("lead", "coordinate", "implement", "report_to")
DEADLINE, TARGET = "deadline", "target"
_TOKEN = re.compile(r"\d[\d./%-]*|\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_EDGE = "^$"
_LONGEST = 400  # tokens of a line that are looked at: a line longer than any paragraph is no prose
_NEAR = 8  # tokens
_CUES = frozenset(("giao", "cầu", "nghị", "đạo", "hợp", "trì", "cáo", "gửi", "cùng", "do", "dẫn", "đốc", "trách", "nhiệm", "được", "bị", "nếu", "thì", "đã", "phải", "trước", "trong", "đến", "đạt", "ít", "trên", "tối", ":", ";", "(", ")"))  # fmt: skip
"""Last syllables and marks that tell parts, times and measures ("yêu cầu", "đề nghị", "chỉ đạo", "phối hợp", "chủ trì")."""
_LEAST = 0.003  # probabilities nearer to nothing or to one say no more


class Tagger(Protocol):
    def labels(self) -> list[str]: ...
    def marginals(self, features: list[list[str]]) -> list[list[float]]: ...


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    word: str


def label_of(value: Value) -> str | None:
    """What the tagger calls such a value; None for kinds that it has not learnt."""
    match value.item:
        case Assignee(role=role):
            return role
        case Deadline():
            return DEADLINE
        case Target():
            return TARGET
    return None


def tokens_at(text: str, offset: int) -> list[Token]:
    """Tokens of the line in which an offset lies."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    found = _TOKEN.finditer(text, start, len(text) if end < 0 else end)
    return [Token(m.start(), m.end(), m.group()) for _, m in zip(range(_LONGEST), found, strict=False)]


def features(tokens: Sequence[Token]) -> list[list[str]]:
    """For each token its word, its shape, those of its neighbours, and pairs of these."""
    words = [_EDGE] * 3 + [_DIGIT.sub("9", t.word.lower()) for t in tokens] + [_EDGE] * 3
    shapes = [_EDGE] * 3 + [_shape(t.word) for t in tokens] + [_EDGE] * 3
    far = _far(words[3:-3])
    found = []
    for n in range(3, len(tokens) + 3):
        a, b, w, c, d = words[n - 2 : n + 3]
        before, shape, behind = shapes[n - 1 : n + 2]
        seen = ["w=" + w, "-2=" + a, "-1=" + b, "1=" + c, "2=" + d, "s=" + shape, "s-1=" + before, "s1=" + behind]
        seen += [f"ss={before}{shape}{behind}", f"p={b} {w}", f"r={w} {c}"]
        if n < 7:
            seen.append(f"at={n - 3}")
        seen += far[n - 3]
        found.append(seen)
    return found


def _far(words: Sequence[str]) -> list[list[str]]:
    """For each word what stands farther off: how its sentence opens, the clause around it, and the nearest words that tell parts to bodies."""
    found: list[list[str]] = []
    opens = clause = cue = _EDGE
    for n, word in enumerate(words):
        first = n == 0 or words[n - 1] in ".!?"
        if first:
            opens = word + " " + (words[n + 1] if n + 1 < len(words) else _EDGE)
            cue = _EDGE
        if first or words[n - 1] in ";:,":
            clause = word
        found.append(["o=" + opens, "c=" + clause, "<=" + cue])
        if word in _CUES:
            cue = word
    cue = _EDGE
    for n in range(len(words) - 1, -1, -1):
        word = words[n]
        if word in ".!?":
            cue = _EDGE
        found[n].append(">=" + cue)
        if word in _CUES:
            cue = word
    return found


def _shape(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "A"
    first = word[0]
    return "Aa" if first.isupper() else "9" if first.isdigit() else "a" if first.isalpha() else word


@lru_cache(maxsize=1)
def shipped_tagger() -> Tagger:
    """The tagger that ships with the product."""
    return load_tagger(files("vndirective.lexicons") / "second_reading.crf")


def load_tagger(place: Any) -> Tagger:
    from underthesea_core import CRFTagger

    tagger = CRFTagger()
    with as_file(place) as path:
        tagger.load(str(path))
    return tagger  # type: ignore[no-any-return]


@dataclass(slots=True)
class _Line:
    tokens: list[Token]
    sure: list[list[float]]  # by token, by label
    taken: set[int] = field(default_factory=set)  # tokens that belong to values

    @classmethod
    def at(cls, text: str, start: int, tagger: Tagger) -> _Line:
        tokens = tokens_at(text, start)
        return cls(tokens, tagger.marginals(features(tokens)) if tokens else [])

    def hold(self, value: Value) -> list[int]:
        """Tokens of a value, which from now on are taken."""
        spans = value.evidence.spans
        held = [n for n, t in enumerate(self.tokens) if spans[0].start <= t.start < spans[-1].end]
        self.taken.update(held)
        return held

    def free(self, labels: list[int]) -> list[float]:
        """By token how much of some labels the tagger sees there; nothing where a value holds it."""
        return [0.0 if n in self.taken else sum(row[m] for m in labels) for n, row in enumerate(self.sure)]


def second_reading(record: Record, tagger: Tagger, wanted: Container[str]) -> dict[str, dict[str, float]]:
    """What the tagger makes of assignees, deadlines and targets: measures by pointer, in log-odds where they are probabilities.

    `whole` all its words are such a value, `role` it has this role, `start` and `end` it begins and ends here, `inner` nothing
    else begins inside; `beside` and `near` how much else the tagger sees in the line that no value holds. Only lines with
    a `wanted` value are tagged. Nothing for a record without its text.
    """
    text = record.text
    if not text:
        return {}
    values = [(v, label) for v in values_of(record) if v.evidence.spans and (label := label_of(v))]
    tagged = {_line_start(text, value) for value, _ in values if value.pointer in wanted}
    lines = {start: _Line.at(text, start, tagger) for start in tagged}
    places = []
    for value, label in values:
        line = lines.get(_line_start(text, value))
        held = line.hold(value) if line else []
        if line and held and value.pointer in wanted:
            places.append((value, label, line, held))
    labels = tagger.labels()
    begins = [n for n, name in enumerate(labels) if name[0] == "B" and name[2:] in ROLES]
    others = [n for n, name in enumerate(labels) if name[0] == "B" and name[2:] in (DEADLINE, TARGET)]
    free = {id(line): (line.free(begins), line.free(others)) for line in lines.values()}
    seen = {}
    for value, label, line, held in places:
        bodies, rest = free[id(line)]
        measures = {
            **_seen(label, line, held, labels),
            "beside": sum(bodies),
            "beside_other": sum(rest),
            "near": sum(bodies[max(0, held[0] - _NEAR) : held[-1] + _NEAR + 1]),
        }
        seen[value.pointer] = {f"second.{name}": measure for name, measure in measures.items()}
    return seen


def _line_start(text: str, value: Value) -> int:
    return text.rfind("\n", 0, value.evidence.spans[0].start) + 1


def _seen(label: str, line: _Line, held: list[int], labels: list[str]) -> dict[str, float]:
    kinds = ROLES if label in ROLES else (label,)
    of_kind = [n for n, name in enumerate(labels) if name[2:] in kinds]
    begins = [n for n in of_kind if labels[n][0] == "B"]
    goes_on = [n for n in of_kind if labels[n][0] == "I"]
    itself = [n for n, name in enumerate(labels) if name[2:] == label]

    def sum_at(token: int, wanted: list[int]) -> float:
        row = line.sure[token]
        return sum(row[n] for n in wanted)

    whole = [sum_at(n, of_kind) for n in held]
    after = held[-1] + 1
    return {
        "whole": _odds(min(whole)),
        "mean": _odds(sum(whole) / len(whole)),
        "role": _odds(sum(sum_at(n, itself) for n in held) / len(held)),
        "start": _odds(sum_at(held[0], begins)),
        "end": _odds(1 - (sum_at(after, goes_on) if after < len(line.tokens) else 0.0)),
        "inner": _odds(1 - max((sum_at(n, begins) for n in held[1:]), default=0.0)),
    }


def _odds(probability: float) -> float:
    return log((max(0.0, probability) + _LEAST) / (max(0.0, 1 - probability) + _LEAST))


def marked(tokens: Sequence[Token], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Labels of tokens that the tagger is taught: B-, I- for those within spans (start, end, label), the longest first; else O."""
    labels = ["O"] * len(tokens)
    for start, end, label in sorted(spans, key=lambda s: (s[0], -s[1])):
        held = [n for n, t in enumerate(tokens) if start <= t.start < end]
        if held and all(labels[n] == "O" for n in held):
            for n in held:
                labels[n] = ("B-" if n == held[0] else "I-") + label
    return labels


def lines(text: str) -> Iterator[list[Token]]:
    """Tokens of every line that has any."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield tokens_at(text, at)
        at += len(line) + 1
