"""From signs to a probability: a logistic model with one weight a sign.

    log-odds of "right" = base + the weights of the signs that are seen

A sign without a weight counts nothing, so a new rule is as sure as its field is on the whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

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

    def probability(self, signs: Iterable[str]) -> float:
        """0 to 1, both excluded: gold is too small to be sure of anything."""
        found = (self.weights.get(sign) for sign in signs)
        return logistic(self.base + sum(w.weight for w in found if w))


def logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def shipped() -> Calibration:
    """The calibration that ships with the product (`lexicons/confidence.toml`)."""
    data = table("confidence")
    weights = {name: Weight(w["weight"], w["values"], w["right"]) for name, w in data["weights"].items()}
    return Calibration(data["base"], weights, data["review_below"])
