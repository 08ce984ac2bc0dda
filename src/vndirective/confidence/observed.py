"""What is seen of a value before anybody has said whether it is right: signs, which are there or not, and measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vndirective.confidence.second import second_reading
from vndirective.confidence.signs import signs_of
from vndirective.confidence.tagger import Tagger, shipped_tagger
from vndirective.confidence.values import Value, values_of
from vndirective.schema.record import Assignee, Record

_BEHIND = re.compile(r",?(?: -)? \w+ \w+")


@dataclass(frozen=True, slots=True)
class Observed:
    """`measures`: lengths and places of the value, and what the second reading makes of it ("second.whole")."""

    signs: tuple[str, ...]
    measures: Mapping[str, float]

    def features(self) -> dict[str, float]:
        """What the trees ask about: a sign that is there counts 1."""
        return {**dict.fromkeys(self.signs, 1.0), **self.measures}


def observe(record: Record, tagger: Tagger | None = None) -> dict[str, Observed]:
    """Every value of the record by pointer; of what a person added without pointing at words nothing is seen.

    `tagger`: another than the shipped one, where that must not have seen the notice.
    """
    second = second_reading(record, tagger or shipped_tagger())
    return {
        v.pointer: Observed(
            tuple(signs_of(v, record)), {**_measures(v, record.text or ""), **second.get(v.pointer, {})}
        )
        if v.evidence.spans
        else Observed((), {})
        for v in values_of(record)
    }


def _measures(value: Value, text: str) -> dict[str, float]:
    quote = value.evidence.quote
    measures = {"characters": float(len(quote)), "words": float(len(quote.split()))}
    if value.task is not None and value.item is not value.task and value.task.evidence.spans:
        start = value.task.evidence.spans[0].start
        measures["place"] = float(value.evidence.spans[0].start - start)
        measures["task_characters"] = float(len(value.task.text))
        measures["bodies"] = float(len(value.task.assignees))
        measures["deadlines"] = float(len(value.task.deadlines))
        measures |= _repeated(value, text)
    return measures


def _repeated(value: Value, text: str) -> dict[str, float]:
    """How often the words of a value stand in the text, and how often with the words behind it too: a name that always goes on
    in the same way was cut short."""
    span = value.evidence.spans[-1]
    quote = text[value.evidence.spans[0].start : span.end]
    behind = _BEHIND.match(text, span.end)
    if not quote or not behind or not isinstance(value.item, Assignee):
        return {}
    return {"repeated": float(text.count(quote)), "goes_on_alike": float(text.count(quote + behind.group()))}
