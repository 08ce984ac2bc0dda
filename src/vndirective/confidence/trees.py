"""Boosted decision trees as arrays: what scikit-learn has learnt, without scikit-learn.

odds = start + the leaf of each tree that a value falls into
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

_DEEPEST = 32


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Nodes of all trees one behind the other. A node asks whether `feature` is at most `threshold` and goes on to `left` or
    `right`; a leaf has feature -1 and the `odds` that it adds. What is not seen is 0."""

    names: tuple[str, ...]
    start: float
    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    odds: NDArray[np.float32]

    def of(self, seen: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Log-odds by value."""
        matrix = self.matrix(seen)
        at = np.broadcast_to(self.roots, (len(seen), len(self.roots))).copy()
        row = np.arange(len(seen))[:, None]
        for _ in range(_DEEPEST):
            asked = self.feature[at]
            if (asked < 0).all():
                break
            yes = matrix[row, asked] <= self.threshold[at]
            at = np.where(asked < 0, at, np.where(yes, self.left[at], self.right[at]))
        return self.start + self.odds[at].astype(np.float64).sum(axis=1)

    def matrix(self, seen: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
        place = {name: n for n, name in enumerate(self.names)}
        found = np.zeros((len(seen), len(self.names)), dtype=np.float32)
        for n, measures in enumerate(seen):
            for name, measure in measures.items():
                if name in place:
                    found[n, place[name]] = measure
        return found

    def save(self, file: IO[bytes]) -> None:
        arrays: dict[str, Any] = {name: getattr(self, name) for name in _ARRAYS}
        np.savez_compressed(file, names=np.array(self.names), start=np.array(self.start), **arrays)


_ARRAYS = ("roots", "feature", "threshold", "left", "right", "odds")


@lru_cache(maxsize=1)
def shipped_trees() -> Trees:
    """The trees that ship with the product (`lexicons/confidence.npz`)."""
    with (files("vndirective.lexicons") / "confidence.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        arrays = {name: data[name] for name in _ARRAYS}
        return Trees(names=tuple(map(str, data["names"])), start=float(data["start"]), **arrays)
