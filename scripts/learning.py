"""What `make calibrate` learns from gold: the tagger of the second reading, and the trees that weigh what is seen of a value."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from vndirective.confidence.calibration import Calibration
from vndirective.confidence.second import label_of, marked
from vndirective.confidence.tagger import UNKNOWN, Numbers, Tagger, Words, normal, read_words, templates
from vndirective.confidence.trees import Trees, matrix_of
from vndirective.confidence.values import values_of
from vndirective.evaluate.evaluation import judge
from vndirective.evaluate.fitting import fit
from vndirective.evaluate.gold import GoldDocument, GoldNotice
from vndirective.evaluate.judged import JudgedValue, verdicts_of
from vndirective.evaluate.matching import SOFT
from vndirective.evaluate.records import RecordSet
from vndirective.schema.record import Record

_ERROR_COUNTS = 3
_SLIGHT = 0.01  # weights nearer to nothing are left out
SELDOM = 4  # what fewer words show is left out: names of one notice
Taught = tuple[str, Words, list[str]]  # family; words of a record's text, and the label of each


def lessons(gold: Sequence[GoldNotice], records: RecordSet, families: dict[str, str]) -> Iterator[Taught]:
    """What the tagger learns from each notice: where right values stand, and what gold has and the reading missed."""
    for notice in gold:
        for document, record in zip(notice.documents, records.of(notice), strict=False):
            if record.text and not document.header_only:
                spans = [*_right(record, document), *_of_gold(record.text, document)]
                words = read_words(record.text)
                yield families[notice.id], words, marked(words, spans)


def _right(record: Record, document: GoldDocument) -> Iterator[tuple[int, int, str]]:
    verdicts = verdicts_of(judge(record, document, SOFT))
    for value in values_of(record):
        label = label_of(value)
        if label and verdicts.get(value.pointer):
            yield from ((s.start, s.end, label) for s in value.evidence.spans)


def _of_gold(text: str, document: GoldDocument) -> Iterator[tuple[int, int, str]]:
    for task in document.tasks:
        first = _find(text, task.anchor, 0, len(text))
        if first is None:
            continue
        last = _find(text, task.tail, first[0], len(text))
        end = last[1] if last else first[1]
        for assignee in task.assignees:
            found = next(filter(None, (_find(text, name, first[0], end) for name in assignee.names)), None)
            if found:
                yield *found, assignee.roles[0]
        for deadline in task.deadlines:
            found = _find(text, deadline.raw, first[0], end)
            if found:
                yield *found, "deadline"


def _find(text: str, wanted: str, start: int, end: int) -> tuple[int, int] | None:
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())), re.IGNORECASE)
    found = pattern.search(text, start, end) if wanted.strip() else None
    return (found.start(), found.end()) if found else None


def teach(taught: Sequence[Taught]) -> Tagger:
    """Learn the tagger's weights (python-crfsuite, L-BFGS with both penalties)."""
    counts = Counter(normal(word) for _, words, _ in taught for word in words.printed)
    number_of = {w: n for n, w in enumerate(sorted(w for w, c in counts.items() if c >= SELDOM), start=UNKNOWN + 1)}
    seen = [templates(words, number_of) for _, words, _ in taught]
    keys = {}
    for name in seen[0]:
        values, shown = np.unique(np.concatenate([one[name] for one in seen]), return_counts=True)
        keys[name] = values[shown >= SELDOM]
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 70, "feature.possible_transitions": True})
    for (_, words, labels), one in zip(taught, seen, strict=True):
        rows = _rows(one, keys)
        for first, last in words.lines:
            trainer.append([[str(n) for n in row if n] for row in rows[first:last].tolist()], labels[first:last])
    with scratch() as folder:
        place = str(Path(folder) / "model")
        trainer.train(place)
        with contextlib.closing(pycrfsuite.Tagger()) as learnt:
            learnt.open(place)
            return _as_tagger(learnt.info(), number_of, keys)


def _rows(seen: Mapping[str, Numbers], keys: Mapping[str, Numbers]) -> Numbers:
    """By word and template the number of what is seen, from 1 over all templates; 0 for what is seldom seen."""
    found, row = [], 1
    for name, known in keys.items():
        at = np.minimum(np.searchsorted(known, seen[name]), len(known) - 1)
        found.append(np.where(known[at] == seen[name], at + row, 0))
        row += len(known)
    return np.stack(found, axis=1)


def _as_tagger(info: Any, number_of: dict[str, int], keys: Mapping[str, Numbers]) -> Tagger:
    """Weights as arrays, without the rows that the penalty has brought to nothing."""
    labels = tuple(sorted(info.labels, key=lambda label: int(info.labels[label])))
    place = {label: n for n, label in enumerate(labels)}
    weights = np.zeros((1 + sum(map(len, keys.values())), len(labels)))
    for (row, label), weight in info.state_features.items():
        weights[int(row), place[label]] = weight
    follows = np.zeros((len(labels), len(labels)))
    for (one, next_one), weight in info.transitions.items():
        follows[place[one], place[next_one]] = weight
    kept, left, row = {}, [weights[:1]], 1
    for name, known in keys.items():
        part = weights[row : row + len(known)]
        says = np.abs(part).max(axis=1) >= _SLIGHT
        if says.any():
            kept[name] = known[says]
            left.append(part[says])
        row += len(known)
    return Tagger(labels, number_of, kept, np.concatenate(left).astype(np.float32), follows)


def taggers(taught: Sequence[Taught], part: dict[str, int]) -> Callable[[str], Tagger]:
    """For a family the tagger that has learnt from the other parts."""
    parts = sorted(set(part.values()))
    with ProcessPoolExecutor() as pool:
        learnt = pool.map(teach, [[t for t in taught if part[t[0]] != n] for n in parts])
        of_part = dict(zip(parts, learnt, strict=True))
    return lambda family: of_part[part[family]]


def grow(values: Sequence[JudgedValue]) -> Calibration:
    """Weights and, from the same values, the trees."""
    return replace(fit(values), trees=_trees(values))


def _trees(values: Sequence[JudgedValue]) -> Trees:
    """Many small steps, each tree over few of the values and signs: a forest that is small enough to ship. Errors are few, so
    each counts several times while trees are grown; afterwards the odds are set right again."""
    from sklearn.ensemble import GradientBoostingClassifier

    seen = [v.seen.features() for v in values]
    names = tuple(sorted({name for one in seen for name in one}))
    matrix = matrix_of({name: n for n, name in enumerate(names)}, seen)
    share = np.array([v.share for v in values])
    right = np.array([v.right for v in values])
    model = GradientBoostingClassifier(
        n_estimators=500,
        learning_rate=0.025,
        max_depth=6,
        subsample=0.4,
        max_features=0.06,
        min_samples_leaf=4,
        random_state=0,
    )
    counted = np.where(right, share, _ERROR_COUNTS * share)
    model.fit(matrix, right, sample_weight=counted)
    mean = float((counted * right).sum() / counted.sum())
    return _as_arrays(model, names, float(np.log(_ERROR_COUNTS * mean / (1 - mean))))


def _as_arrays(model: Any, names: tuple[str, ...], start: float) -> Trees:
    """All trees one behind the other, both children of a node side by side."""
    parts = [stage[0].tree_ for stage in model.estimators_]
    orders = [_by_level(tree) for tree in parts]
    roots = np.cumsum([0, *(t.node_count for t in parts)])[:-1]
    children = []
    for tree, order, root in zip(parts, orders, roots, strict=True):
        place = np.argsort(order)  # of a node of scikit-learn
        left = tree.children_left[order]
        children.append(root + np.where(left < 0, np.arange(len(order)), place[left]))
    leaf = [t.children_left[o] < 0 for t, o in zip(parts, orders, strict=True)]
    pairs = list(zip(parts, orders, leaf, strict=True))
    return Trees(
        names=names,
        start=start,
        depth=max(t.max_depth for t in parts),
        roots=roots.astype(np.int32),
        feature=np.concatenate([np.where(end, 0, t.feature[o]) for t, o, end in pairs]).astype(np.int32),
        threshold=np.concatenate([np.where(end, np.inf, t.threshold[o]) for t, o, end in pairs]).astype(np.float32),
        child=np.concatenate(children).astype(np.int32),
        odds=np.concatenate([t.value[o, 0, 0] for t, o, _ in pairs]).astype(np.float32)
        * np.float32(model.learning_rate),
    )


def _by_level(tree: Any) -> Numbers:
    """Nodes of a tree, level by level."""
    order = [0]
    for node in order:
        if tree.children_left[node] >= 0:
            order += [tree.children_left[node], tree.children_right[node]]
    return np.array(order)


def scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="vndirective-")
