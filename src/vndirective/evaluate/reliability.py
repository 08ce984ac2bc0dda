"""Whether confidence means what it says: the reliability curve, calibration error, and what the review list holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
_TENTHS = tuple(n / 10 for n in range(11))


@dataclass(frozen=True, slots=True)
class Forecast:
    """A value's confidence, whether it was flagged for review, and whether it is right."""

    confidence: float
    flagged: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Values whose confidence lies from `low` up to `high`: how many, how sure on the mean, which share is right."""

    low: float
    high: float
    values: int
    confidence: float
    right: float


def curve(forecasts: Sequence[Forecast], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Bins between the edges, empty ones left out; the last holds its upper edge too."""
    bins = []
    for n, (low, high) in enumerate(pairwise(edges)):
        last = n == len(edges) - 2
        held = [f for f in forecasts if low <= f.confidence < high or (last and f.confidence == high)]
        if held:
            bins.append(_bin(low, high, held))
    return bins


def _bin(low: float, high: float, held: Sequence[Forecast]) -> Bin:
    sure = sum(f.confidence for f in held) / len(held)
    return Bin(low, high, len(held), sure, sum(f.right for f in held) / len(held))


def calibration_error(forecasts: Sequence[Forecast]) -> float:
    """Expected calibration error over ten bins of equal width: mean distance of confidence and share right, by values. 0 without any."""
    return _mean_distance(curve(forecasts, _TENTHS))


def calibration_error_by_rank(forecasts: Sequence[Forecast], parts: int = 10) -> float:
    """The same over bins that hold equally many values, which tells the crowded upper end apart."""
    ordered = sorted(forecasts, key=lambda f: f.confidence)
    cuts = [round(n * len(ordered) / parts) for n in range(parts + 1)]
    held = [ordered[a:b] for a, b in pairwise(cuts) if b > a]
    return _mean_distance([_bin(h[0].confidence, h[-1].confidence, h) for h in held])


def _mean_distance(bins: Sequence[Bin]) -> float:
    values = sum(b.values for b in bins)
    return sum(b.values * abs(b.confidence - b.right) for b in bins) / values if values else 0.0


@dataclass(frozen=True, slots=True)
class Review:
    """How many values there are, how many are flagged, how many are wrong, and how many of the wrong are flagged."""

    values: int
    flagged: int
    errors: int
    caught: int

    @property
    def flagged_share(self) -> float:
        return self.flagged / self.values if self.values else 0.0

    @property
    def caught_share(self) -> float | None:
        """None where nothing is wrong."""
        return self.caught / self.errors if self.errors else None


def review(forecasts: Sequence[Forecast]) -> Review:
    wrong = [f for f in forecasts if not f.right]
    return Review(
        values=len(forecasts),
        flagged=sum(f.flagged for f in forecasts),
        errors=len(wrong),
        caught=sum(f.flagged for f in wrong),
    )
