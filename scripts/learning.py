"""What `make calibrate` learns from gold: the tagger of the second reading, and the trees that weigh what is seen of a value."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from vndirective.confidence.calibration import Calibration
from vndirective.confidence.second import Tagger, features, label_of, lines, load_tagger, marked
from vndirective.confidence.trees import Trees
from vndirective.confidence.values import values_of
from vndirective.evaluate.evaluation import judge
from vndirective.evaluate.fitting import fit
from vndirective.evaluate.gold import GoldDocument, GoldNotice
from vndirective.evaluate.judged import JudgedValue, verdicts_of
from vndirective.evaluate.matching import SOFT
from vndirective.evaluate.records import RecordSet
from vndirective.schema.record import Record

SELDOM = 4  # a feature that fewer tokens show is left out: names of one notice
Taught = tuple[str, list[tuple[list[list[str]], list[str]]]]  # family; features and labels of each line


def lessons(gold: Sequence[GoldNotice], records: RecordSet, families: dict[str, str]) -> Iterator[Taught]:
    """What the tagger learns from each notice: where right values stand, and what gold has and the reading missed."""
    for notice in gold:
        for document, record in zip(notice.documents, records.of(notice), strict=False):
            if record.text and not document.header_only:
                spans = [*_right(record, document), *_of_gold(record.text, document)]
                told = [(features(tokens), marked(tokens, spans)) for tokens in lines(record.text)]
                yield families[notice.id], told


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


def teach(taught: Sequence[Taught], place: Path) -> None:
    """Learn the tagger's weights and keep them."""
    from underthesea_core import CRFTrainer

    pairs = [pair for _, told in taught for pair in told]
    seen = Counter(name for rows, _ in pairs for row in rows for name in row)
    trainer = CRFTrainer()
    trainer.set_l1_penalty(0.1)
    trainer.set_l2_penalty(0.05)
    trainer.set_max_iterations(60)
    with _quiet():
        trainer.train(
            [[[f for f in row if seen[f] >= SELDOM] for row in rows] for rows, _ in pairs], [y for _, y in pairs]
        )
    trainer.get_model().save(str(place))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The trainer writes its progress to standard error, past Python."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def taggers(taught: Sequence[Taught], part: dict[str, int], folder: Path) -> Callable[[str], Tagger]:
    """For a family the tagger that has learnt from the other parts."""
    places = {n: folder / f"{n}.crf" for n in sorted(set(part.values()))}
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(teach, [t for t in taught if part[t[0]] != n], place) for n, place in places.items()]
        for job in jobs:
            job.result()
    loaded = {n: load_tagger(place) for n, place in places.items()}
    return lambda family: loaded[part[family]]


def grow(values: Sequence[JudgedValue]) -> Calibration:
    """Weights and, from the same values, the trees for what is read once and for what is read twice."""
    seen = [v.seen.features() for v in values]
    plain = [{k: v for k, v in one.items() if not k.startswith("second.")} for one in seen]
    return replace(
        fit(values),
        once=_trees(plain, values, 200, 0.06, 5, seeds=1),
        twice=_trees(seen, values, 300, 0.04, 6, seeds=2),
    )


def _trees(
    seen: Sequence[dict[str, float]], values: Sequence[JudgedValue], count: int, step: float, depth: int, *, seeds: int
) -> Trees:
    """Many small steps, each tree over few of the values and signs: a forest that is small enough to ship. Forests of several
    seeds are averaged."""
    from sklearn.ensemble import GradientBoostingClassifier

    names = tuple(sorted({name for one in seen for name in one}))
    matrix = Trees(names, 0.0, *(np.zeros(0, dtype=np.int32) for _ in range(6))).matrix(seen)
    share = np.array([v.share for v in values])
    right = np.array([v.right for v in values])
    models = [
        GradientBoostingClassifier(
            n_estimators=count,
            learning_rate=step,
            max_depth=depth,
            subsample=0.4,
            max_features=0.06,
            min_samples_leaf=4,
            random_state=seed,
        ).fit(matrix, right, sample_weight=share)
        for seed in range(seeds)
    ]
    mean = float((share * right).sum() / share.sum())
    return _as_arrays(models, names, float(np.log(mean / (1 - mean))))


def _as_arrays(models: Sequence[Any], names: tuple[str, ...], start: float) -> Trees:
    parts = [stage[0].tree_ for model in models for stage in model.estimators_]
    step = np.float32(models[0].learning_rate / len(models))
    roots = np.cumsum([0, *(t.node_count for t in parts)])[:-1]
    leaf = [t.children_left < 0 for t in parts]
    return Trees(
        names=names,
        start=start,
        roots=roots.astype(np.int32),
        feature=np.concatenate([np.where(end, -1, t.feature) for t, end in zip(parts, leaf, strict=True)]).astype(
            np.int16
        ),
        threshold=np.concatenate([t.threshold for t in parts]).astype(np.float32),
        left=np.concatenate(
            [np.where(end, 0, t.children_left + r) for t, end, r in zip(parts, leaf, roots, strict=True)]
        ).astype(np.int32),
        right=np.concatenate(
            [np.where(end, 0, t.children_right + r) for t, end, r in zip(parts, leaf, roots, strict=True)]
        ).astype(np.int32),
        odds=np.concatenate([t.value[:, 0, 0] for t in parts]).astype(np.float32) * step,
    )


def scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="vndirective-")
