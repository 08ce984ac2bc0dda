"""Where one stands before a figure is reached: "từ 40% lên 55%"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vndirective.extract.rules import Rule
from vndirective.extract.targets.figures import NUMBER, SCALE, scale_of, value_of
from vndirective.extract.targets.quantities import Quantity

RISES = Rule(
    id="target.baseline",
    cue="từ … lên …, từ … xuống còn …",
    meaning="the first figure is where one stands, the second where one wants to be",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(
        rf"(?<!\w)từ\s(?:mức )?(?P<from>{NUMBER})\s?(?P<scale>{SCALE})?\s?[%‰]?(?:\s?[^\s\d()]+){{0,3}}(?:\s?\([^()]*\))?\s(?<!trở )(?:lên|xuống)(?: (?:đến|tới|còn|trên|hơn|dưới|mức|ít nhất|khoảng))*\s*$"
    ),
    examples=("từ 91% lên ", "từ 320 hộ xuống còn dưới ", "từ 12.000 (năm 2024) lên "),
    counter_examples=("từ 12 đến ", "từ 45% trở lên "),
)
RULES = (RISES,)
_REACH = 90  # characters before the figure


@dataclass(frozen=True, slots=True)
class Baseline:
    """Value in the unit of the figure that is to be reached, and where it stands in the stretch."""

    start: int
    value: float


def baseline_of(quantity: Quantity, folded: str) -> Baseline | None:
    """The figure from which a quantity rises or falls; "từ 30 lên 50 triệu đồng" shares the scale."""
    assert RISES.pattern is not None
    if "từ" not in folded:
        return None
    match = RISES.pattern.search(folded, max(0, quantity.start - _REACH), quantity.start)
    if match is None:
        return None
    scale = scale_of(match.group("scale")) if match.group("scale") else quantity.scale
    return Baseline(match.start("from"), value_of(match.group("from")) * scale)
