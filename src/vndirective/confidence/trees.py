"""Boosted decision trees as arrays: what scikit-learn has learnt, without scikit-learn.

odds = start + the leaf of each tree that a value falls into

All trees are gone down together, a level at a time, so that a notice of a hundred values is weighed in about a millisecond.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Trees:
    """Nodes of all trees one behind the other. A node asks whether `feature` is at most `threshold` and goes on to `child`, else to
    the node behind that; a leaf is its own child and has the `odds` that it adds. `depth`: questions of the longest way. What is not seen is 0."""

    names: tuple[str, ...]
    start: float
    depth: int
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    child: NDArray[np.int32]
    odds: NDArray[np.float32]

    def of(self, seen: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Log-odds by value."""
        matrix = matrix_of(self._place, seen)
        rows = (np.arange(len(seen), dtype=np.int32) * matrix.shape[1])[:, None]
        measures = matrix.ravel()
        at = np.broadcast_to(self.roots, (len(seen), len(self.roots)))
        for _ in range(self.depth):
            no = measures.take(self.feature.take(at) + rows) > self.threshold.take(at)
            at = self.child.take(at) + no
        added: NDArray[np.float64] = self.odds.take(at).astype(np.float64).sum(axis=1)
        return self.start + added

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.names)}

    def save(self, file: IO[bytes]) -> None:
        arrays: dict[str, Any] = {name: getattr(self, name) for name in _ARRAYS}
        scalars: dict[str, Any] = {"start": np.array(self.start), "depth": np.array(self.depth)}
        np.savez_compressed(file, names=np.array(self.names), **scalars, **arrays)


def matrix_of(place: Mapping[str, int], seen: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
    """A row a value, a column a name; names without a place are left out."""
    found = np.zeros((len(seen), len(place)), dtype=np.float32)
    for n, measures in enumerate(seen):
        for name, measure in measures.items():
            if name in place:
                found[n, place[name]] = measure
    return found


_ARRAYS = ("roots", "feature", "threshold", "child", "odds")


@cache
def shipped_trees(name: str) -> Trees:
    """Trees that ship with the product (`lexicons/NAME.npz`)."""
    with (files("vndirective.lexicons") / f"{name}.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        arrays = {part: data[part] for part in _ARRAYS}
        return Trees(
            names=tuple(map(str, data["names"])), start=float(data["start"]), depth=int(data["depth"]), **arrays
        )
