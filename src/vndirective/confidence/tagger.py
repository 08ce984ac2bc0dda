"""A linear-chain CRF over the words of a text, with all of its features read as columns of numbers.

    lines ──words, shapes──▶ numbers ──templates──▶ rows of weights ──sum──▶ scores ──forward, backward──▶ label of each word

It is trained with python-crfsuite (scripts/learning.py); here the weights are arrays, so that a notice is tagged as a whole in a few
milliseconds. A template is what is looked at together ("the word before and this word"); its value at a word is one number,
and each value that was seen often enough in training has a row of weights, one a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"\d[\d./%-]*|\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")
EDGE, UNKNOWN = 0, 1  # numbers of what stands beyond a line, and of a word that training saw too seldom
_PAD = 3  # words beyond a line's ends that templates may look at
_BITS = 16  # of a word's number
_FAR = 9  # words; a cue farther off counts as this far
_CUES = ("giao", "cầu", "nghị", "đạo", "hợp", "trì", "cáo", "gửi", "cùng", "do", "dẫn", "đốc", "trách", "nhiệm", "được", "bị", "nếu", "thì", "đã", "phải", "trước", "trong", "đến", "đạt", "ít", "trên", "tối", ":", ";", "(", ")")  # fmt: skip
"""Last syllables and marks that tell parts, times and measures ("yêu cầu", "đề nghị", "chỉ đạo", "phối hợp", "chủ trì")."""
_CORE, _MARGIN = 32, 12  # words of a long line that are tagged at once, and those around that are looked at for them
_LISTED = 1 << 13  # numbers below are looked up in a list
_SCALED = 8  # steps after which probabilities are brought back to 1

Numbers = NDArray[np.int64]
Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text as parallel lists; `lines` are the ranges of words of the lines that have any."""

    printed: list[str]
    starts: list[int]
    lines: list[tuple[int, int]]


def read_words(text: str) -> Words:
    printed: list[str] = []
    starts: list[int] = []
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        first = len(printed)
        for match in _TOKEN.finditer(line):
            printed.append(match.group())
            starts.append(at + match.start())
        if len(printed) > first:
            lines.append((first, len(printed)))
        at += len(line) + 1
    return Words(printed, starts, lines)


def normal(word: str) -> str:
    """A word as it is counted: lower case, every digit as 9."""
    return _DIGIT.sub("9", word) if word[0].isdigit() else word.lower()


_SHAPES = {"": 0, "A": 1, "Aa": 2, "9": 3, "a": 4, ",": 5, ".": 6, ";": 7, ":": 8, "(": 9, ")": 10, "-": 11, "/": 12}
_OTHER = 13


def _shape_of(word: str) -> int:
    first = word[0]
    if first.isalpha():
        return _SHAPES["A" if word.isupper() and len(word) > 1 else "Aa" if first.isupper() else "a"]
    return _SHAPES["9"] if first.isdigit() else _SHAPES.get(word, _OTHER)


@lru_cache(maxsize=1 << 15)  # a text has few different words
def _kind(word: str) -> tuple[str, int, int]:
    """As it is counted, its shape, and what it ends: 2 a sentence, 1 a clause, 0 nothing."""
    return normal(word), _shape_of(word), 2 if word in ".!?" else 1 if word in ";:," else 0


def templates(words: Words, number_of: Mapping[str, int]) -> dict[str, Numbers]:
    """What each template sees at each word, as one number; `number_of` knows words as `normal` gives them. There is a word."""
    seen = _Seen(words, number_of)
    word, shape = seen.word, seen.shape
    opens, after_open = seen.at(seen.sentence), seen.at(seen.sentence, 1)
    clause, cue, next_cue = seen.at(seen.clause), seen.cue, seen.next_cue
    return {
        "w": word(0),
        "w-1": word(-1),
        "w-2": word(-2),
        "w-3": word(-3),
        "w+1": word(1),
        "w+2": word(2),
        "w+3": word(3),
        "s": shape(0),
        "s-1": shape(-1),
        "s+1": shape(1),
        "sss": _pair(shape(-1), shape(0), shape(1)),
        "sssss": _pair(_pair(shape(-2), shape(-1), bits=4), _pair(shape(0), shape(1), bits=4), shape(2)),
        "w-1 w": _pair(word(-1), word(0)),
        "w w+1": _pair(word(0), word(1)),
        "w-2 w-1": _pair(word(-2), word(-1)),
        "w+1 w+2": _pair(word(1), word(2)),
        "w-1 w+1": _pair(word(-1), word(1)),
        "w-1 w w+1": _pair(word(-1), word(0), word(1)),
        "w-2 w-1 w": _pair(word(-2), word(-1), word(0)),
        "w w+1 w+2": _pair(word(0), word(1), word(2)),
        "w-1 s": _pair(word(-1), shape(0)),
        "w s+1": _pair(word(0), shape(1)),
        "place": np.minimum(seen.place, 6),
        "opens": _pair(opens, after_open),
        "opens w": _pair(opens, word(0)),
        "clause": clause,
        "clause 2": _pair(clause, seen.at(seen.clause, 1)),
        "cue": cue,
        "cue near": _pair(cue, seen.cue_distance),
        "cue w": _pair(cue, word(0)),
        "next cue": next_cue,
        "cues": _pair(cue, next_cue),
        "cues s": _pair(cue, next_cue, shape(0)),
        "bracket": _pair(seen.in_bracket, shape(0)),
        "line": _pair(seen.at(seen.line), seen.at(seen.line, 1)),
        "line ends": seen.line_ends,
        "above": seen.above,
    }


def _pair(*parts: Numbers, bits: int = _BITS) -> Numbers:
    found = parts[0]
    for part in parts[1:]:
        found = (found << bits) | part
    return found


class _Seen:
    """Words, shapes and places as numbers, with room between lines so that no template looks into the next."""

    def __init__(self, words: Words, number_of: Mapping[str, int]) -> None:
        kinds = list(map(_kind, words.printed))
        count = len(kinds)
        numbers = np.array([number_of.get(counted, UNKNOWN) for counted, _, _ in kinds], dtype=np.int64)
        shapes = np.array([shape for _, shape, _ in kinds], dtype=np.int64)
        stops = np.array([stop for _, _, stop in kinds], dtype=np.int64)
        lengths = np.array([last - first for first, last in words.lines], dtype=np.int64)
        line_of = np.repeat(np.arange(len(lengths)), lengths)
        self._here = np.arange(count) + _PAD * (line_of + 1)
        room = count + _PAD * (len(lengths) + 1)
        self._words, self._shapes = np.zeros(room, np.int64), np.zeros(room, np.int64)
        self._words[self._here], self._shapes[self._here] = numbers, shapes

        every = np.arange(count)
        first = np.array([first for first, _ in words.lines], dtype=np.int64)
        self.line = first[line_of]
        self.place = every - self.line
        self.sentence = _last_behind(stops == 2, self.line)
        self.clause = _last_behind(stops >= 1, self.line)
        cues = np.isin(numbers, [n for n in map(number_of.get, _CUES) if n is not None])
        last = np.maximum.accumulate(np.where(cues, every, -1))
        before = np.concatenate([[-1], last[:-1]])
        known = before >= self.sentence
        self.cue = np.where(known, numbers[np.maximum(before, 0)], EDGE)
        self.cue_distance = np.where(known, np.minimum(every - before, _FAR), 0)
        coming = _next(cues, every)
        same = coming < count
        there = np.minimum(coming, count - 1)
        same &= self.sentence[there] == self.sentence
        self.next_cue = np.where(same, numbers[there], EDGE)
        depth = np.cumsum((numbers == number_of.get("(", -1)).astype(np.int64) - (numbers == number_of.get(")", -1)))
        begun = np.concatenate([[0], depth])[self.line]
        self.in_bracket = np.clip(depth - begun, 0, 1)
        closing = np.array([numbers[last - 1] for _, last in words.lines], dtype=np.int64)
        self.line_ends = closing[line_of]
        opening = np.array([numbers[first] for first, _ in words.lines], dtype=np.int64)
        above = _pair(np.concatenate([[0], opening[:-1]]), np.concatenate([[0], closing[:-1]]))
        self.above = above[line_of]

    def word(self, offset: int) -> Numbers:
        found: Numbers = self._words[self._here + offset]
        return found

    def shape(self, offset: int) -> Numbers:
        found: Numbers = self._shapes[self._here + offset]
        return found

    def at(self, places: Numbers, offset: int = 0) -> Numbers:
        """The word at a place of each word, or so many behind it."""
        found: Numbers = self._words[self._here[places] + offset]
        return found


def _last_behind(ends: NDArray[np.bool_], least: Numbers) -> Numbers:
    """For each word the place behind the last end before it, at least `least`."""
    every = np.arange(len(ends))
    behind = np.maximum.accumulate(np.where(ends, every + 1, 0))
    found: Numbers = np.maximum(np.concatenate([[0], behind[:-1]]), least)
    return found


def _next(marks: NDArray[np.bool_], every: Numbers) -> Numbers:
    """For each word the place of the next mark behind it; the number of words where there is none."""
    size = len(marks)
    coming = np.minimum.accumulate(np.where(marks, every, size)[::-1])[::-1]
    return np.concatenate([coming[1:], [size]])


@dataclass(frozen=True, eq=False)
class Tagger:
    """`keys` holds by template the values that have weights, in order; the rows of `weights` follow, template by template,
    the first row of all for what has none. `follows` are the weights of one label behind another."""

    labels: tuple[str, ...]
    number_of: Mapping[str, int]
    keys: Mapping[str, Numbers]
    weights: NDArray[np.float32]
    follows: NDArray[np.float64]

    def marginals(self, words: Words, lines: Sequence[tuple[int, int]] | None = None) -> Chances:
        """Probability of each label by word; rows of words outside `lines` stay 0."""
        found = np.zeros((len(words.printed), len(self.labels)))
        lines = words.lines if lines is None else lines
        if not lines:
            return found
        wanted = np.concatenate([np.arange(first, last) for first, last in lines])
        scores = self.scores(words, wanted)
        windows = np.array(list(_windows([last - first for first, last in lines])))
        firsts, lengths = windows[:, 0], windows[:, 1] - windows[:, 0]
        steps = np.arange(lengths.max())
        # both ways begin at the left: the way back reads each window from its last word on
        places = firsts[:, None] + steps
        forward = np.minimum(places, len(scores) - 1)
        backward = np.maximum(firsts[:, None] + lengths[:, None] - 1 - steps, 0)
        told = np.exp(scores - scores.max(axis=1, keepdims=True))
        alphas = self._chained(told[np.stack([forward, backward])])
        window, step = np.nonzero((places >= windows[:, 2:3]) & (places < windows[:, 3:]))
        word = places[window, step]
        both = alphas[0, window, step] * alphas[1, window, lengths[window] - 1 - step] / told[word]
        found[wanted[word]] = both / both.sum(axis=1, keepdims=True)
        return found

    def _chained(self, ways: Chances) -> Chances:
        """Chances of all that stands up to each step, in place; `ways` by way (there, back), window, step and label."""
        chain = np.exp(self.follows - self.follows.max())
        chains = np.stack([chain, chain.T])
        now = ways[:, :, 0]
        for step in range(1, ways.shape[2]):
            now = np.matmul(now, chains) * ways[:, :, step]
            if step % _SCALED == 0:
                now /= now.sum(axis=2, keepdims=True)
            ways[:, :, step] = now
        return ways

    def scores(self, words: Words, wanted: Numbers) -> Chances:
        """Sum of the weights of all templates, by wanted word and label."""
        seen = templates(words, self.number_of)
        total = np.zeros((len(wanted), len(self.labels)), dtype=np.float32)
        for name, rows in self._rows.items():
            total += self.weights[rows.of(seen[name][wanted])]
        return total.astype(np.float64)

    @cached_property
    def _rows(self) -> dict[str, _Rows]:
        first = np.cumsum([1, *map(len, self.keys.values())])
        return {
            name: _Rows.of_keys(keys, int(row)) for (name, keys), row in zip(self.keys.items(), first, strict=False)
        }

    def save(self, file: IO[bytes]) -> None:
        words = sorted(self.number_of, key=lambda w: self.number_of[w])
        arrays: dict[str, Any] = {f"keys {n}": keys for n, keys in enumerate(self.keys.values())}
        np.savez_compressed(
            file,
            labels=np.array(self.labels),
            words=np.array(words),
            templates=np.array(list(self.keys)),
            weights=self.weights.astype(np.float16),
            follows=self.follows,
            **arrays,
        )


@dataclass(frozen=True, eq=False)
class _Rows:
    """Rows of weights by what is seen: a plain list where numbers are small, else a search among the known ones."""

    keys: Numbers
    first: int
    listed: Numbers | None

    @classmethod
    def of_keys(cls, keys: Numbers, first: int) -> _Rows:
        if keys[-1] >= _LISTED:
            return cls(keys, first, None)
        listed = np.zeros(_LISTED, dtype=np.int64)
        listed[keys] = np.arange(first, first + len(keys))
        return cls(keys, first, listed)

    def of(self, values: Numbers) -> Numbers:
        found: Numbers
        if self.listed is not None:
            found = self.listed[np.minimum(values, _LISTED - 1)]
        else:
            at = np.minimum(np.searchsorted(self.keys, values), len(self.keys) - 1)
            found = np.where(self.keys[at] == values, at + self.first, 0)
        return found


def _windows(lengths: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """First and last word (exclusive) that is looked at, and those of the core that is tagged, in lines one behind the other."""
    first = 0
    for length in lengths:
        last = first + length
        if length <= _CORE + 2 * _MARGIN:
            yield first, last, first, last
        else:
            for core in range(first, last, _CORE):
                end = min(core + _CORE, last)
                yield max(first, core - _MARGIN), min(last, end + _MARGIN), core, end
        first = last


@cache
def shipped_tagger() -> Tagger:
    """The tagger that ships with the product."""
    with (files("vndirective.lexicons") / "second_reading.npz").open("rb") as file:
        return load_tagger(file)


def load_tagger(file: IO[bytes]) -> Tagger:
    data = np.load(file, allow_pickle=False)
    names = [str(name) for name in data["templates"]]
    return Tagger(
        labels=tuple(map(str, data["labels"])),
        number_of={str(word): n for n, word in enumerate(data["words"], start=UNKNOWN + 1)},
        keys={name: data[f"keys {n}"] for n, name in enumerate(names)},
        weights=data["weights"].astype(np.float32),
        follows=data["follows"],
    )
