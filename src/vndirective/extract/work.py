"""Tasks with all that belongs to them: deadlines, targets, references, actions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.actions import read_actions
from vndirective.extract.assignment_tables import read_rows
from vndirective.extract.deadlines import find_deadlines
from vndirective.extract.deadlines.headings import find_heading_deadlines
from vndirective.extract.evidence import cite
from vndirective.extract.letterhead import read_doc_type
from vndirective.extract.references import mentions
from vndirective.extract.targets import find_targets
from vndirective.extract.targets.goals import Stance
from vndirective.extract.targets.places import read_places
from vndirective.extract.targets.tables import read_target_tables
from vndirective.extract.tasks import TaskItem, read_items
from vndirective.parsers.source import Span
from vndirective.schema.record import Deadline, Evidence, PartialDate, Reference, Target, Task
from vndirective.segment.notice import Notice
from vndirective.segment.sections import what_is_told
from vndirective.segment.syllables import fold

# reports, proposals, invitations, minutes, papers: they tell, ask or accompany, they order nothing
_WITHOUT_DIRECTIVES = frozenset(["BC", "TTr", "GM", "BB", "GGT", "GNP", "GUQ", "PG", "PC", "PB", "HĐ", "BGN", "BTT"])


_GIVES = re.compile(r"^(?:giao|phân công|yêu cầu)\b[^:]*:$")


@dataclass(frozen=True, slots=True)
class Work:
    tasks: list[Task]
    targets: list[Target]


def read_work(notice: Notice, issued_on: PartialDate | None, references: list[Reference]) -> Work:
    """Tasks and targets of a notice, numbered in text order."""
    doc_type = read_doc_type(notice.frame)
    directs = doc_type is None or doc_type.code not in _WITHOUT_DIRECTIVES
    ordered = sorted([*read_items(notice), *read_rows(notice)], key=lambda i: i.body.start)
    if not directs:
        reports = doc_type is not None and doc_type.code == "BC"
        ordered = [i for i in ordered if any(_gives_tasks(notice, a) for a in i.above)] if reports else []
    deadlines = [_deadlines(notice, item, issued_on) for item in ordered]
    targets, found = _targets(notice, ordered, deadlines, issued_on, directs)
    tasks = [
        _task(notice, item, f"t{n}", deadlines[n - 1], references, found.get(f"t{n}", []))
        for n, item in enumerate(ordered, start=1)
    ]
    return Work(tasks, targets)


def _gives_tasks(notice: Notice, lead_in: Span) -> bool:
    """Whether a report turns to ordering: "… và giao nhiệm vụ cụ thể cho các cơ quan, địa phương như sau:"."""
    return _GIVES.search(what_is_told(fold(notice.text(lead_in)).strip())) is not None


def _targets(
    notice: Notice,
    items: list[TaskItem],
    deadlines: list[list[Deadline]],
    issued_on: PartialDate | None,
    directs: bool,
) -> tuple[list[Target], dict[str, list[str]]]:
    """Targets of tasks, of all other items and of tables, in text order, and their ids by task.

    A document that directs nobody (`directs` false) has targets only where it lists them as such or plans work.
    """
    read = [
        (target.model_copy(update={"task_id": f"t{n}"}))
        for n, (item, own) in enumerate(zip(items, deadlines, strict=True), start=1)
        for target in find_targets(
            notice.source,
            item.body,
            Stance.ORDER,
            issued_on=issued_on,
            due=_only_end([d for d in own if not _is_inside(d, item.body)]),
            deadlines=own,
            actors=[_span(a.evidence) for a in item.assignees if a.source == "sentence"],
        )
    ]
    issued = (issued_on.year, issued_on.month or 1) if issued_on and issued_on.year else None
    for place in read_places(notice, {i.body.start for i in items}, issued):
        if not directs and place.stance is not Stance.GOAL and not place.directs:
            continue
        read += find_targets(notice.source, place.body, place.stance, issued_on=issued_on, due=place.due)
    read += read_target_tables(notice, issued_on)
    read.sort(key=lambda t: t.evidence.spans[0].start)
    targets = [t.model_copy(update={"id": f"c{n}"}) for n, t in enumerate(read, start=1)]
    found: dict[str, list[str]] = {}
    for target in targets:
        if target.task_id:
            found.setdefault(target.task_id, []).append(target.id)
    return targets, found


def _is_inside(deadline: Deadline, body: Span) -> bool:
    """Whether a time stands in the item itself, where it bounds the figures of its own sentence only."""
    return body.start <= deadline.evidence.spans[0].start < body.end


def _span(evidence: Evidence) -> Span:
    return Span(evidence.spans[0].start, evidence.spans[-1].end)


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
    above = (_heading_deadlines(notice, span, issued_on) for span in item.above)
    return [*found, *next(filter(None, above), ())]


@lru_cache(maxsize=64)
def _heading_deadlines(notice: Notice, span: Span, issued_on: PartialDate | None) -> tuple[Deadline, ...]:
    """Those of a heading; every item below asks again."""
    return tuple(find_heading_deadlines(notice.source, span, issued_on))


def _only_end(deadlines: list[Deadline]) -> str | None:
    """The day on which an item is to be done, where it names one only: its figures are to be reached by then."""
    ends = {d.end for d in deadlines if d.kind in ("by", "between", "during") and d.end}
    return ends.pop() if len(ends) == 1 else None
