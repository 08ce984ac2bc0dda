"""Putting calibrated confidence and the review list into a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from vndirective.confidence.calibration import Calibration, shipped
from vndirective.confidence.observed import observe
from vndirective.confidence.values import HEADER, values_of
from vndirective.schema.record import Evidence, Model, PartialDate, Record, Task

M = TypeVar("M", bound=Model)
_PLACES = 3
_IDENTITY = ("number", "issued_on")  # what a notice is filed under: on a scan never surer than its words were read
_UNREAD = 0.85  # a day that stands on a scan and was not read
_MOST = 0.999  # what three places can say without saying "certain"


def calibrated(record: Record, calibration: Calibration | None = None) -> Record:
    """The record with the confidence of its values, and in `review` the pointers of those to look at.

    What the record says is left as it is. Calibrating twice gives the same: the signs do not depend on confidence.
    """
    calibration = calibration or shipped()
    sure = {pointer: min(round(chance, _PLACES), _MOST) for pointer, chance in _chances(record, calibration).items()}
    for name in _IDENTITY:
        value = getattr(record, name)
        if value is not None and value.evidence.ocr_confidence is not None:
            most = _UNREAD if isinstance(value, PartialDate) and value.day is None else 1.0
            sure[f"/{name}"] = min(sure[f"/{name}"], value.evidence.ocr_confidence, most)
    update: dict[str, Any] = {n: _sure(getattr(record, n), sure[f"/{n}"]) for n in HEADER if f"/{n}" in sure}
    if record.meeting and record.meeting.date:
        date = _sure(record.meeting.date, sure["/meeting/date"])
        update["meeting"] = record.meeting.model_copy(update={"date": date})
    for name in ("recipients", "targets", "references"):
        update[name] = _all(getattr(record, name), f"/{name}", sure)
    update["tasks"] = tuple(_task(task, f"/tasks/{n}", sure) for n, task in enumerate(record.tasks))
    update["review"] = tuple(p for p, probability in sure.items() if probability < calibration.review_below)
    return record.model_copy(update=update)


def _chances(record: Record, calibration: Calibration) -> dict[str, float]:
    seen = observe(record)
    return dict(zip(seen, calibration.probabilities(list(seen.values())), strict=True))


def reviewed(record: Record, calibration: Calibration | None = None) -> Record:
    """The record with `review` made anew from the confidences that stand in it, as after a person's correction."""
    least = (calibration or shipped()).review_below
    return record.model_copy(
        update={"review": tuple(v.pointer for v in values_of(record) if v.evidence.confidence < least)}
    )


def _task(task: Task, pointer: str, sure: dict[str, float]) -> Task:
    return task.model_copy(
        update={
            "evidence": _evidence(task.evidence, sure[pointer]),
            "assignees": _all(task.assignees, f"{pointer}/assignees", sure),
            "deadlines": _all(task.deadlines, f"{pointer}/deadlines", sure),
        }
    )


def _all(items: Sequence[M], pointer: str, sure: dict[str, float]) -> tuple[M, ...]:
    return tuple(_sure(item, sure[f"{pointer}/{n}"]) for n, item in enumerate(items))


def _sure(item: M, probability: float) -> M:
    evidence: Evidence = item.evidence  # type: ignore[attr-defined]
    return item.model_copy(update={"evidence": _evidence(evidence, probability)})


def _evidence(evidence: Evidence, probability: float) -> Evidence:
    return evidence.model_copy(update={"confidence": probability})
