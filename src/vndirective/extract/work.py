"""Tasks with all that belongs to them: deadlines, targets, references, actions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vndirective.extract.actions import read_actions
from vndirective.extract.assignment_tables import read_rows
from vndirective.extract.deadlines import find_deadlines
from vndirective.extract.deadlines.headings import find_heading_deadlines
from vndirective.extract.evidence import cite
from vndirective.extract.letterhead import read_doc_type
from vndirective.extract.references import mentions
from vndirective.extract.targets import find_targets
from vndirective.extract.tasks import Goal, TaskItem, read_items
from vndirective.parsers.source import Span
from vndirective.schema.record import Deadline, PartialDate, Reference, Target, Task
from vndirective.segment.notice import Notice

# reports, proposals, invitations, minutes, papers: they tell, ask or accompany, they order nothing
_WITHOUT_DIRECTIVES = frozenset(["BC", "TTr", "GM", "BB", "GGT", "GNP", "GUQ", "PG", "PC", "PB", "HĐ", "BGN", "BTT"])
_DUE_YEAR = re.compile(r"(?:đến|vào)(?: hết)? năm (\d{4})|giai đoạn \d{4}\s*[-–]\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Work:
    tasks: list[Task]
    targets: list[Target]


def read_work(notice: Notice, issued_on: PartialDate | None, references: list[Reference]) -> Work:
    """Tasks and targets of a notice, numbered in text order."""
    doc_type = read_doc_type(notice.frame)
    items, goals = read_items(notice)
    ordered = sorted([*items, *read_rows(notice)], key=lambda i: i.body.start)
    if doc_type is not None and doc_type.code in _WITHOUT_DIRECTIVES:
        ordered = []
    tasks: list[Task] = []
    targets: list[Target] = []
    pending: list[tuple[TaskItem | Goal, str | None]] = [(g, None) for g in goals]
    pending += [(item, f"t{n}") for n, item in enumerate(ordered, start=1)]
    found: dict[str, list[str]] = {}
    deadlines = {f"t{n}": _deadlines(notice, item, issued_on) for n, item in enumerate(ordered, start=1)}
    for owner, task_id in sorted(pending, key=lambda p: p[0].body.start):
        due = _only_end(deadlines[task_id]) if task_id else _due(notice, owner.heading)
        for target in find_targets(notice.source, owner.body, due=due, goal=isinstance(owner, Goal)):
            identifier = f"c{len(targets) + 1}"
            targets.append(target.model_copy(update={"id": identifier, "task_id": task_id}))
            if task_id:
                found.setdefault(task_id, []).append(identifier)
    for n, item in enumerate(ordered, start=1):
        identifier = f"t{n}"
        tasks.append(_task(notice, item, identifier, deadlines[identifier], references, found.get(identifier, [])))
    return Work(tasks, targets)


def _task(
    notice: Notice,
    item: TaskItem,
    identifier: str,
    deadlines: list[Deadline],
    references: list[Reference],
    target_ids: list[str],
) -> Task:
    return Task(
        id=identifier,
        path=item.path,
        text=" ".join(notice.text(item.body).split()),
        heading=notice.text(item.heading) if item.heading else None,
        assignees=tuple(item.assignees),
        deadlines=tuple(deadlines),
        target_ids=tuple(target_ids),
        reference_ids=tuple(mentions(notice.source, item.body, references)),
        actions=read_actions(notice, item.body),
        evidence=cite(notice.source, item.body, item.rule),
    )


def _deadlines(notice: Notice, item: TaskItem, issued_on: PartialDate | None) -> list[Deadline]:
    """Those of the item and its fields; where none of them tells a time, those of the nearest heading that does."""
    found = find_deadlines(notice.source, item.body, issued_on)
    for span in item.inherited_times:
        found += [
            d.model_copy(update={"basis": "inherited" if d.basis == "explicit" else d.basis})
            for d in find_deadlines(notice.source, span, issued_on)
        ]
    if any(d.start or d.end or d.recurrence for d in found):
        return found
    above = (find_heading_deadlines(notice.source, span, issued_on) for span in item.above)
    return found + next(filter(None, above), [])


def _only_end(deadlines: list[Deadline]) -> str | None:
    """The day on which an item is to be done, where it names one only: its figures are to be reached by then."""
    ends = {d.end for d in deadlines if d.kind in ("by", "between") and d.end}
    return ends.pop() if len(ends) == 1 else None


def _due(notice: Notice, heading: Span | None) -> str | None:
    """ "Một số chỉ tiêu chủ yếu đến năm 2025" gives every figure below it the end of that year."""
    match = _DUE_YEAR.search(notice.text(heading)) if heading else None
    return f"{match.group(1) or match.group(2)}-12-31" if match else None
