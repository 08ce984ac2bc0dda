"""The values of a record that gold can judge, each with its place and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vndirective.schema.record import (
    Assignee,
    Deadline,
    DocType,
    Evidence,
    Issuer,
    Number,
    PartialDate,
    Place,
    Recipient,
    Record,
    Reference,
    Signatory,
    Subject,
    Target,
    Task,
)

Item = (
    Assignee
    | Deadline
    | DocType
    | Issuer
    | Number
    | PartialDate
    | Place
    | Recipient
    | Reference
    | Signatory
    | Subject
    | Target
    | Task
)

HEADER = ("doc_type", "number", "issuer", "place", "issued_on", "subject", "signatory")


@dataclass(frozen=True, slots=True)
class Value:
    """One object with evidence. `field` names its kind ("issuer", "meeting.date", "assignees"); `task` is the task it belongs to."""

    field: str
    pointer: str
    item: Item
    task: Task | None = None

    @property
    def evidence(self) -> Evidence:
        return self.item.evidence


def values_of(record: Record) -> Iterator[Value]:
    """Header, recipients, tasks with assignees and deadlines, targets, references, in the order of the record.

    Outline, actions, marks, addressees, the name of a meeting and warnings are not among them: gold does not judge them.
    """
    for name in HEADER:
        item = getattr(record, name)
        if item is not None:
            yield Value(name, f"/{name}", item)
    if record.meeting and record.meeting.date:
        yield Value("meeting.date", "/meeting/date", record.meeting.date)
    for n, recipient in enumerate(record.recipients):
        yield Value("recipients", f"/recipients/{n}", recipient)
    for n, task in enumerate(record.tasks):
        yield Value("tasks", f"/tasks/{n}", task, task)
        for m, assignee in enumerate(task.assignees):
            yield Value("assignees", f"/tasks/{n}/assignees/{m}", assignee, task)
        for m, deadline in enumerate(task.deadlines):
            yield Value("deadlines", f"/tasks/{n}/deadlines/{m}", deadline, task)
    for n, target in enumerate(record.targets):
        yield Value("targets", f"/targets/{n}", target)
    for n, reference in enumerate(record.references):
        yield Value("references", f"/references/{n}", reference)
