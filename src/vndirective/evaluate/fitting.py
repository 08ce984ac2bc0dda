"""Learning the weights of the signs from judged values, and measuring them on notices that were held out."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from vndirective.confidence.calibration import Calibration, Weight
from vndirective.evaluate.judged import JudgedValue
from vndirective.evaluate.reliability import Forecast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPREAD = 1.0
"""Prior standard deviation of a weight, in log-odds: what few values say is drawn towards nothing."""
DOUBT = -1.0
"""Prior mean of the weight of a sign of doubt: until gold says otherwise it makes an error nearly three times as likely."""
_REVIEWED = 0.198
"""Share of the values that say most (those of notices no rule has seen) below the threshold of review; a fifth is the most allowed."""
_STEPS = 100
FOLDS = 10


def fit(values: Sequence[JudgedValue]) -> Calibration:
    """Weights by penalised maximum likelihood (Newton steps, so the same values give the same weights to the last digit shown).

    ValueError without values.
    """
    if not values:
        raise ValueError("no judged values")
    names = sorted({sign for value in values for sign in value.signs})
    place = {name: n for n, name in enumerate(names, start=1)}
    weights = _weights(values, place)
    counts = {name: [v.right for v in values if name in v.signs] for name in names}
    learnt = {n: Weight(round(float(weights[place[n]]), 3), len(counts[n]), sum(counts[n])) for n in names}
    base = round(float(weights[0]), 3)
    most = max(v.share for v in values)
    sure = sorted(Calibration(base, learnt, 0.0).probability(v.signs) for v in values if v.share == most)
    return Calibration(base, learnt, _threshold(sure))


def _weights(values: Sequence[JudgedValue], place: dict[str, int]) -> NDArray[np.float64]:
    import numpy as np

    # values that show the same signs are one row: a few hundred instead of thousands
    rows: dict[tuple[int, ...], list[float]] = {}
    for value in sorted(values, key=lambda v: v.share):  # sums of fractions depend on their order
        row = rows.setdefault(tuple(sorted(place[s] for s in value.signs)), [0.0, 0.0])
        row[0] += value.share
        row[1] += value.share * value.right
    seen = np.zeros((len(rows), len(place) + 1))
    seen[:, 0] = 1.0
    for n, signs in enumerate(rows):
        seen[n, list(signs)] = 1.0
    total = np.array([r[0] for r in rows.values()], dtype=float)
    right = np.array([r[1] for r in rows.values()], dtype=float)
    penalty = np.full(len(place) + 1, 1 / SPREAD**2)
    penalty[0] = 1e-2  # the base is free, but finite where all is right
    prior = np.zeros(len(place) + 1)
    prior[[n for name, n in place.items() if name.startswith("sign:")]] = DOUBT
    weights = prior.copy()
    weights[0] = np.log((right.sum() + 1) / (total.sum() - right.sum() + 1))
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-np.clip(seen @ weights, -30, 30)))
        slope = seen.T @ (right - total * sure) - penalty * (weights - prior)
        bend = (seen.T * (total * sure * (1 - sure))) @ seen + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        # a whole Newton step may overshoot where the likelihood is flat
        weights = weights + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-9:
            break
    return weights


def _threshold(sure: Sequence[float]) -> float:
    """The confidence below which at most _REVIEWED of the values lie; values that are equally sure stay together."""
    if not sure:
        return 1.0
    allowed = int(_REVIEWED * len(sure))
    return math.floor(sure[allowed] * 10_000) / 10_000  # rounded up, it would take in values as sure as itself


def folds(families: Iterable[str], parts: int = FOLDS) -> dict[str, int]:
    """The part in which each family is held out: the same for the same name, whatever else is there."""
    return {family: int(hashlib.sha256(family.encode()).hexdigest(), 16) % parts for family in families}


def cross_validate(
    values: Sequence[JudgedValue], learn: Callable[[Sequence[JudgedValue]], Calibration] = fit
) -> list[Forecast]:
    """Each value foretold by a calibration that has seen no copy of its notice, in the given order. What is flagged is decided
    by the threshold that the other parts need."""
    part = folds({v.family for v in values})
    sure: dict[int, float] = {}
    for held_out in sorted(set(part.values())):
        held = [n for n, v in enumerate(values) if part[v.family] == held_out]
        known = [v for v in values if part[v.family] != held_out]
        chances = learn(known or values).probabilities([values[n].seen for n in held])
        sure.update(zip(held, chances, strict=True))
    forecasts = []
    below = {
        k: review_threshold([v for v in enumerate(values) if part[v[1].family] != k], sure) for k in set(part.values())
    }
    for n, value in enumerate(values):
        forecasts.append(Forecast(sure[n], sure[n] < below[part[value.family]], value.right))
    return forecasts


def review_threshold(values: Sequence[tuple[int, JudgedValue]], sure: Mapping[int, float]) -> float:
    """The confidence below which the share of _REVIEWED lies of those values that say most; all of them where none is told apart."""
    most = max((v.share for _, v in values), default=1.0)
    return _threshold(sorted(sure[n] for n, v in values if v.share == most))
