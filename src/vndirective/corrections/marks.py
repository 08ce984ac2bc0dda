"""A corrected record: marked as human where a person wrote, sound in itself, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import ValidationError

from vndirective.confidence.apply import reviewed
from vndirective.corrections.correction import CORRECTED, Correction
from vndirective.corrections.patch import Json, Operation, PatchError, patched, tokens
from vndirective.schema.record import Record

_DAYS = frozenset({"start", "end", "due"})


def corrected(record: Record, correction: Correction) -> Record:
    """The record with a correction in it.

    PatchTestError where it was made from another value, PatchError where the result is no sound record.
    """
    content = record.model_dump(mode="json")
    changed = patched(content, correction.operations)
    for write in correction.writes:
        _mark(changed, write)
    try:
        result = Record.model_validate(changed)
    except ValidationError as error:
        first = error.errors()[0]
        raise PatchError(f"/{'/'.join(map(str, first['loc']))}: {first['msg']}") from error
    before = set(_complaints(record, content))
    for complaint in _complaints(result, changed):
        if complaint not in before:
            raise PatchError(complaint)
    return reviewed(result)


def _mark(content: Json, write: Operation) -> None:
    """The rule and confidence of the innermost object with evidence that holds what was written."""
    steps = tokens(write.path)
    if "evidence" in steps or write.verb == "remove":
        return  # a confirmation says so itself; where an entry is gone, the others are no surer for it
    value, holder = content, None
    try:
        for step in steps:
            last = -1 if step == "-" else step  # what was added stands last
            value = value[int(last) if isinstance(value, list) else step]
            if isinstance(value, dict) and isinstance(value.get("evidence"), dict):
                holder = value["evidence"]
    except (KeyError, IndexError, ValueError, TypeError):
        return  # a later operation took it out again
    for evidence in [*_evidence(value), *([holder] if holder is not None else [])]:
        evidence |= {"rule": CORRECTED, "confidence": 1.0}


def _complaints(record: Record, content: Json) -> Iterator[str]:
    """What a schema cannot say: days of the calendar, parts that agree, ids that exist, quotes that are in the text."""
    number, issued = record.number, record.issued_on
    if number and number.value and number.canonical and not number.canonical.startswith(number.value):
        yield f"/number/canonical: {number.canonical!r} does not begin with {number.value!r}"
    if issued:
        parts = [f"{issued.year:04d}", *(f"{p:02d}" for p in (issued.month, issued.day) if p is not None)]
        if issued.iso != "-".join(parts):
            yield f"/issued_on/iso: {issued.iso!r} is not {'-'.join(parts)!r}"
    ids = {
        "task_id": {t.id for t in record.tasks},
        "target_ids": {t.id for t in record.targets},
        "reference_ids": {r.id for r in record.references},
    }
    for pointer, name, value in _leaves(content):
        if value is not None and (name in _DAYS or name == "iso" or (name == "date" and isinstance(value, str))):
            if not _is_day(value):
                yield f"{pointer}: {value!r} is no day of the calendar"
        elif name in ids and value is not None and value not in ids[name]:
            yield f"{pointer}: there is no {value!r}"
    for evidence in _evidence(content):
        quote = "".join((record.text or "")[s["start"] : s["end"]] for s in evidence["spans"])
        if record.text is not None and len(evidence["spans"]) == 1 and quote != evidence["quote"]:
            yield f"evidence: {evidence['quote'][:60]!r} is not the text at {evidence['spans'][0]['start']}"


def _leaves(value: Json, pointer: str = "", name: str = "") -> Iterator[tuple[str, str, Json]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in {"evidence", "text"} or pointer:
                yield from _leaves(item, f"{pointer}/{key}", key) if key != "evidence" else ()
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _leaves(item, f"{pointer}/{n}", name)
    else:
        yield pointer, name, value


def _evidence(value: Json) -> Iterator[Json]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "evidence" and isinstance(item, dict):
                yield item
            else:
                yield from _evidence(item)
    elif isinstance(value, list):
        for item in value:
            yield from _evidence(item)


def _is_day(value: str) -> bool:
    """Whether "2025-09-31", "2025-09" or "2025" is of the calendar, as far as it goes."""
    try:
        date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        return False
    return True
