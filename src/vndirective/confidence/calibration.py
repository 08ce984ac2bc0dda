"""From what is seen of a value to a probability.

    signs ───────────────────────────▶ weights ──▶ log-odds of "right" = base + the weights of the signs: the reasons that a reader is told
    signs, measures, second reading ─▶ trees ────▶ log-odds: the figure in the record

Trees know that a sign means one thing here and another there; weights can be said in words. A sign without a weight counts
nothing, so a new rule is as sure as its field is on the whole. Without trees, weights give the figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from vndirective.confidence.observed import Observed
from vndirective.confidence.trees import Trees, shipped_trees
from vndirective.lexicons import table


@dataclass(frozen=True, slots=True)
class Weight:
    """`values` of gold showed the sign, `right` of them were right."""

    weight: float
    values: int
    right: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """`review_below`: a value less sure than this should be looked at."""

    base: float
    weights: Mapping[str, Weight]
    review_below: float
    trees: Trees | None = None

    def probabilities(self, seen: Sequence[Observed]) -> list[float]:
        """0 to 1 by value, both excluded: gold is too small to be sure of anything."""
        if self.trees is None or not seen:
            return [self.probability(one.signs) for one in seen]
        return [logistic(float(odds)) for odds in self.trees.of([one.features() for one in seen])]

    def probability(self, signs: Iterable[str]) -> float:
        """By the weights alone."""
        found = (self.weights.get(sign) for sign in signs)
        return logistic(self.base + sum(w.weight for w in found if w))


def logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def shipped() -> Calibration:
    """The calibration that ships with the product (`lexicons/confidence.toml` and `confidence_trees.npz`)."""
    data = table("confidence")
    weights = {name: Weight(w["weight"], w["values"], w["right"]) for name, w in data["weights"].items()}
    return Calibration(data["base"], weights, data["review_below"], shipped_trees("confidence_trees"))
