"""Judging tasks: where they begin and end, who does them in which role, by when, with reference to what.

Assignees and deadlines are judged within the tasks that were found; those of a missed task are missed, those of a
surplus task surplus. Those of an optional task are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vndirective.evaluate.gold import GoldAssignee, GoldDeadline, GoldDocument, GoldTask
from vndirective.evaluate.judgement import Given, Judgement, Verdict, numbered, pair
from vndirective.evaluate.matching import Matching, code, printed
from vndirective.schema.record import Assignee, Deadline, Record, Reference, Task

_SHOWN = 80  # characters of a task


def judge_tasks(record: Record | None, gold: GoldDocument, matching: Matching) -> Iterator[Judgement]:
    given = list(numbered(record.tasks if record else (), "/tasks"))
    references = {r.id: r for r in record.references} if record else {}
    found = pair(given, gold.tasks, lambda p, g: matching.begins(p.value.text, g.anchor))
    for p, g in found.pairs:
        yield Judgement("tasks", "accepted" if g.optional else "right", g.anchor, g.anchor, _start(p.value), p.pointer)
        if not g.optional:
            right = matching.ends(p.value.text, g.tail)
            yield Judgement(
                field="task_boundaries",
                verdict="right" if right else "wrong",
                item=g.anchor,
                wanted=f"… {g.tail}",
                given=f"… {p.value.text[-_SHOWN:]}",
                pointer=p.pointer,
            )
            yield from _judge_assignees(p, g, matching)
            yield from _judge_deadlines(p, g, matching)
            yield from _judge_references(p, g, references)
    for p in found.surplus:
        yield from surplus_task(p)
    for g in found.missed:
        if not g.optional:
            yield from _missed(g)


def surplus_task(p: Given[Task]) -> Iterator[Judgement]:
    start = _start(p.value)
    yield Judgement("tasks", "surplus", start, None, start, p.pointer)
    yield Judgement("task_boundaries", "surplus", start, None, start, p.pointer)
    for assignee in numbered(p.value.assignees, f"{p.pointer}/assignees"):
        yield from _surplus_assignee(assignee, start)
    for deadline in numbered(p.value.deadlines, f"{p.pointer}/deadlines"):
        yield Judgement(
            "deadlines", "surplus", _of(start, deadline.value.raw), None, _when(deadline.value), deadline.pointer
        )


def _missed(g: GoldTask) -> Iterator[Judgement]:
    yield Judgement("tasks", "missed", g.anchor, g.anchor)
    yield Judgement("task_boundaries", "missed", g.anchor, f"… {g.tail}")
    for assignee in g.assignees:
        if not _arguable(assignee):
            yield from _missed_assignee(assignee, g.anchor)
    for deadline in g.deadlines:
        if not deadline.optional:
            yield Judgement("deadlines", "missed", _of(g.anchor, deadline.raw), _wanted_when(deadline))
    for reference in g.references:
        yield Judgement("task_references", "missed", _of(g.anchor, reference), reference)


def _arguable(assignee: GoldAssignee) -> bool:
    """Whom a task is reported to is neither asked for nor punished."""
    return assignee.optional or assignee.roles[0] == "report_to"


def _judge_assignees(p: Given[Task], g: GoldTask, matching: Matching) -> Iterator[Judgement]:
    given = list(numbered(p.value.assignees, f"{p.pointer}/assignees"))
    found = pair(given, g.assignees, lambda a, b: any(matching.same_name(a.value.name, n, 0.85) for n in b.names))
    for a, b in found.pairs:
        item = _of(g.anchor, b.names[0])
        if _arguable(b):
            yield Judgement("assignees", "accepted", item, b.names[0], a.value.name, a.pointer)
            continue
        yield Judgement("assignees", "right", item, b.names[0], a.value.name, a.pointer)
        role: Verdict = "right" if a.value.role in b.roles else "wrong"
        yield Judgement("assignee_roles", role, item, b.roles[0], a.value.role, a.pointer)
    for a in found.surplus:
        if a.value.role != "report_to":
            yield from _surplus_assignee(a, g.anchor)
    for b in found.missed:
        if not _arguable(b):
            yield from _missed_assignee(b, g.anchor)


def _surplus_assignee(a: Given[Assignee], task: str) -> Iterator[Judgement]:
    item = _of(task, a.value.name)
    yield Judgement("assignees", "surplus", item, None, a.value.name, a.pointer)
    yield Judgement("assignee_roles", "surplus", item, None, a.value.role, a.pointer)


def _missed_assignee(b: GoldAssignee, task: str) -> Iterator[Judgement]:
    item = _of(task, b.names[0])
    yield Judgement("assignees", "missed", item, b.names[0])
    yield Judgement("assignee_roles", "missed", item, b.roles[0])


def _judge_deadlines(p: Given[Task], g: GoldTask, matching: Matching) -> Iterator[Judgement]:
    given = list(numbered(p.value.deadlines, f"{p.pointer}/deadlines"))
    found = pair(given, g.deadlines, lambda a, b: _same_deadline(a.value, b, matching))
    for a, b in found.pairs:
        verdict: Verdict = "accepted" if b.optional else "right"
        yield Judgement("deadlines", verdict, _of(g.anchor, b.raw), _wanted_when(b), _when(a.value), a.pointer)
    for a in found.surplus:
        if a.value.start or a.value.end or a.value.recurrence:  # "sau khi có hướng dẫn" has no date to be wrong about
            yield Judgement("deadlines", "surplus", _of(g.anchor, a.value.raw), None, _when(a.value), a.pointer)
    for b in found.missed:
        if not b.optional:
            yield Judgement("deadlines", "missed", _of(g.anchor, b.raw), _wanted_when(b))


def _same_deadline(given: Deadline, gold: GoldDeadline, matching: Matching) -> bool:
    if gold.recurring:
        return _recurs(given.recurrence or "", gold.recurring)
    if gold.start is None and gold.end is None:
        return matching.same(given.raw, gold.raw, 0.8)
    if gold.approximate:
        return (given.end or given.start or "")[:7] == (gold.end or gold.start or "")[:7]
    if matching.name == "strict":
        return (given.start, given.end) == (gold.start, gold.end)
    # where gold has an end, that is the deadline; the start of a period may be left out
    return given.end == gold.end and (gold.end is not None or given.start == gold.start)


def _recurs(rule: str, wanted: str) -> bool:
    if wanted == "periodic":
        return bool(rule)
    if wanted == "quarterly":
        return "MONTHLY" in rule and "INTERVAL=3" in rule
    return wanted.upper() in rule


def _judge_references(p: Given[Task], g: GoldTask, references: dict[str, Reference]) -> Iterator[Judgement]:
    given = [references[i].canonical or "" for i in p.value.reference_ids if i in references]
    found = pair([c for c in given if c], g.references, lambda a, b: code(a) == code(b))
    for a, b in found.pairs:
        yield Judgement("task_references", "right", _of(g.anchor, b), b, a)
    for a in found.surplus:
        yield Judgement("task_references", "surplus", _of(g.anchor, a), None, a)
    for b in found.missed:
        yield Judgement("task_references", "missed", _of(g.anchor, b), b)


def _start(task: Task) -> str:
    return printed(task.text)[:_SHOWN]


def _of(task: str, item: str) -> str:
    return f"{printed(task)[:40]} → {item}"


def _when(deadline: Deadline) -> str:
    bounds = "..".join(filter(None, (deadline.start, deadline.end)))
    return f"{deadline.recurrence or bounds or '∅'} ({deadline.raw})"


def _wanted_when(gold: GoldDeadline) -> str:
    bounds: Sequence[str] = [b for b in (gold.start, gold.end) if b]
    return f"{gold.recurring or '..'.join(bounds) or '∅'} ({gold.raw})"
