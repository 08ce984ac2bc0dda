"""A second reading: what a statistical tagger sees where a value was read.

The rules are one reader. The other has learnt from gold alone, word by word and without a list of bodies or verbs, who is told,
by when and how much; it errs elsewhere than the rules do, so where it does not see a value, the value is to be doubted.
It changes no value. Its weights are data (`lexicons/second_reading.npz`), learnt from the gold of the samples by scripts/calibrate.py.

    words of the text ──tagger──▶ label of each (B-lead I-lead O B-deadline …) with its probability ──▶ measures of each value
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import log

from vndirective.confidence.tagger import Tagger, Words, read_words
from vndirective.confidence.values import Value, values_of
from vndirective.schema.record import Assignee, Deadline, Record, Target, Task

ROLES = ("lead", "coordinate", "implement", "report_to")
DEADLINE, TARGET = "deadline", "target"
_NEAR, _SOON = 8, 4  # words
_Placed = tuple[Value, str | None, tuple[int, int]]  # with its label and its first and last (exclusive) word
_LEAST = 0.003  # probabilities nearer to nothing or to one say no more


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


def second_reading(record: Record, tagger: Tagger) -> dict[str, dict[str, float]]:
    """What the tagger makes of assignees, deadlines, targets and tasks: measures by pointer, in log-odds where they are probabilities.

    `whole` all its words are such a value, `role` it has this role and `other_role` another, `start` and `end` it begins and ends
    here, `inner` nothing else begins inside; `beside` and `near` how much else the tagger sees in the line that no value
    holds; for a task what it sees in the whole of it. Nothing for a record without its text.
    """
    if not record.text:
        return {}
    words = read_words(record.text)
    placed = [(v, label_of(v), held) for v in values_of(record) if (held := _held(v, words)) and _is_read(v)]
    line_at = [first for first, _ in words.lines]
    lines = sorted({_line(line_at, n) for _, _, (first, last) in placed for n in (first, last - 1)})
    view = _View(tagger, words, [words.lines[n] for n in lines])
    for _, label, (first, last) in placed:
        if label:
            view.taken[first:last] = [True] * (last - first)
    view.count()
    found = {}
    for value, label, held in placed:
        measures = view.of(label, held, words.lines[_line(line_at, held[0])]) if label else view.within(held)
        found[value.pointer] = measures
    _compare(placed, found)
    return {pointer: {f"second.{name}": x for name, x in measures.items()} for pointer, measures in found.items()}


def _compare(placed: Sequence[_Placed], found: Mapping[str, dict[str, float]]) -> None:
    """A value stands among others: how well the tagger knows the values of its task and of the whole notice, and how many values stand in the same words."""
    of_notice = [found[v.pointer]["whole"] for v, label, _ in placed if label]
    of_task: dict[str, list[float]] = defaultdict(list)
    for value, label, _ in placed:
        if label and value.task:
            of_task[value.task.id].append(found[value.pointer]["whole"])
    same = Counter(held for _, label, held in placed if label)
    mean = sum(of_notice) / len(of_notice) if of_notice else 0.0
    for value, label, held in placed:
        measures = found[value.pointer]
        measures["notice"] = mean
        measures["same_words"] = float(same[held]) if label else 0.0
        if value.task and of_task[value.task.id]:
            measures["task_least"] = min(of_task[value.task.id])


def _is_read(value: Value) -> bool:
    return isinstance(value.item, Task) or label_of(value) is not None


def _held(value: Value, words: Words) -> tuple[int, int] | None:
    """First and last (exclusive) word of a value."""
    spans = value.evidence.spans
    if not spans:
        return None
    first, last = bisect_left(words.starts, spans[0].start), bisect_left(words.starts, spans[-1].end)
    return (first, last) if first < last else None


def _line(firsts: Sequence[int], word: int) -> int:
    return bisect_left(firsts, word + 1) - 1


class _View:
    """Probabilities of what is asked about, by word: sums over the labels of a part."""

    def __init__(self, tagger: Tagger, words: Words, lines: Sequence[tuple[int, int]]) -> None:
        sure = tagger.marginals(words, lines)
        labels = tagger.labels

        def of(begun: str, kinds: Sequence[str]) -> list[float]:
            asked = [n for n, name in enumerate(labels) if name[0] in begun and name[2:] in kinds]
            summed: list[float] = sure[:, asked].sum(axis=1).tolist()
            return summed

        self.roles = {role: of("BI", (role,)) for role in ROLES}
        kinds = {"body": ROLES, DEADLINE: (DEADLINE,), TARGET: (TARGET,)}
        self.whole = {name: of("BI", of_kind) for name, of_kind in kinds.items()}
        self.begins = {name: of("B", of_kind) for name, of_kind in kinds.items()}
        self.goes_on = {name: of("I", of_kind) for name, of_kind in kinds.items()}
        self.taken = [False] * len(words.printed)

    def count(self) -> None:
        """Sums up to each word of what begins where no value is."""
        free = {name: map(_unless, begins, self.taken) for name, begins in self.begins.items()}
        self._free = {name: list(accumulate(begins, initial=0.0)) for name, begins in free.items()}
        self._all = {name: list(accumulate(begins, initial=0.0)) for name, begins in self.begins.items()}

    def of(self, label: str, held: tuple[int, int], line: tuple[int, int]) -> dict[str, float]:
        kind = "body" if label in ROLES else label
        first, last = held
        whole, begins, goes_on = self.whole[kind], self.begins[kind], self.goes_on[kind]
        part = whole[first:last]
        free = self._free
        measures = {
            "read": 1.0,
            "whole": _odds(min(part)),
            "mean": _odds(sum(part) / len(part)),
            "start": _odds(begins[first]),
            "end": _odds(1 - (goes_on[last] if last < line[1] else 0.0)),
            "inner": _odds(1 - max(begins[first + 1 : last], default=0.0)),
            "soon": _odds(1 - max(goes_on[last : min(line[1], last + _SOON)], default=0.0)),
            "lately": _odds(1 - max(whole[max(line[0], first - _SOON) : first], default=0.0)),
            "before": _odds(1 - (whole[first - 1] if first > line[0] else 0.0)),
            "beside": free["body"][line[1]] - free["body"][line[0]],
            "beside_other": sum(free[k][line[1]] - free[k][line[0]] for k in (DEADLINE, TARGET)),
            "near": free["body"][min(line[1], last + _NEAR)] - free["body"][max(line[0], first - _NEAR)],
        }
        if kind == "body":
            roles = {role: sum(sure[first:last]) / len(part) for role, sure in self.roles.items()}
            measures["role"] = _odds(roles.pop(label))
            measures["other_role"] = _odds(max(roles.values()))
        else:
            others = (sum(self.whole[k][first:last]) / len(part) for k in self.whole if k != kind)
            measures["role"], measures["other_role"] = measures["mean"], _odds(max(others))
        return measures

    def within(self, held: tuple[int, int]) -> dict[str, float]:
        """Of a task: how many bodies, times and measures the tagger sees in it, how many of these no value holds, and whether a body opens it."""
        first, last = held
        measures = {"read": 1.0, "opens": _odds(sum(self.begins["body"][first : first + 3]))}
        for kind in self.begins:
            measures[f"{kind}s"] = self._all[kind][last] - self._all[kind][first]
            measures[f"{kind}s_free"] = self._free[kind][last] - self._free[kind][first]
        measures["surest_body"] = _odds(max(self.begins["body"][first:last]))
        return measures


def _unless(chance: float, taken: bool) -> float:
    return 0.0 if taken else chance


def _odds(probability: float) -> float:
    return log((max(0.0, probability) + _LEAST) / (max(0.0, 1 - probability) + _LEAST))


def marked(words: Words, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Labels of words that the tagger is taught: B-, I- for those within spans (start, end, label), the longest first; else O."""
    labels = ["O"] * len(words.printed)
    for start, end, label in sorted(spans, key=lambda s: (s[0], -s[1])):
        first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
        if first < last and all(name == "O" for name in labels[first:last]):
            labels[first:last] = ["B-" + label] + ["I-" + label] * (last - first - 1)
    return labels
