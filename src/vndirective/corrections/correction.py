"""One correction: the tests that say what it was made from, then the writes.

A patch is a row of corrections; a new one begins where a test follows a write. So one that no longer fits after a later
reading leaves the others in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vndirective.corrections.patch import Operation, PatchError, tokens

CORRECTED = "human.correction"
CONFIRMED = "human.confirmation"
# what a person may not change: what the file is, its text, and what is worked out from the rest
_FIXED = frozenset({"schema_version", "id", "source", "text", "review", "warnings", "outline"})


@dataclass(frozen=True, slots=True)
class Correction:
    """Operations that stand or fall together."""

    operations: tuple[Operation, ...]

    @property
    def writes(self) -> tuple[Operation, ...]:
        return tuple(o for o in self.operations if o.verb != "test")

    @property
    def pointer(self) -> str:
        """Where it first writes: "/issuer/name", "/tasks/0/assignees/-"."""
        return self.writes[0].path


def corrections(patch: Iterable[Operation]) -> Iterator[Correction]:
    """The corrections of a patch. PatchError for one without a test or a write, or that writes where nobody may."""
    group: list[Operation] = []
    for operation in patch:
        if operation.verb == "test" and group and group[-1].verb != "test":
            yield _checked(group)
            group = []
        group.append(operation)
    if group:
        yield _checked(group)


def _checked(group: list[Operation]) -> Correction:
    if group[0].verb != "test":
        raise PatchError(f"{group[0].verb} {group[0].path}: no test stands before it")
    if group[-1].verb == "test":
        raise PatchError(f"test {group[-1].path}: no change follows it")
    for operation in group:
        if operation.verb != "test":
            _may_write(operation, operation.path)
        if operation.source:
            _may_write(operation, operation.source)
    return Correction(tuple(group))


def _may_write(operation: Operation, path: str) -> None:
    steps = tokens(path)
    if not steps or steps[0] in _FIXED:
        raise PatchError(f"{operation.verb} {path}: this part of a record is not corrected")
    if "evidence" not in steps:
        return
    confirmed = (operation.verb == "replace") and (
        (steps[-2:] == ["evidence", "rule"] and operation.value == CONFIRMED)
        or (steps[-2:] == ["evidence", "confidence"] and operation.value in (1, 1.0))
    )
    if not confirmed:
        raise PatchError(f"{operation.verb} {path}: evidence is only confirmed, not changed")
