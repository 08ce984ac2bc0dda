"""Tables that assign work: a task a row (phụ lục phân công nhiệm vụ).

The header row says what a column holds; a table without a column of work and one of who or when is left alone, and
so is a procedure or a form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from vndirective.extract.assignees.actors import read_actors
from vndirective.extract.tasks import TaskItem, actor_span, add_assignee
from vndirective.lexicons import table
from vndirective.parsers.source import Block, Span
from vndirective.schema.record import Role
from vndirective.segment.markers import read_marker
from vndirective.segment.notice import Notice, ZoneKind
from vndirective.segment.sections import Section
from vndirective.segment.syllables import fold

_HEADER_ROWS = 3
_LONGEST_TITLE = 8  # syllables; longer cells are rows
_TITLE_LINES = 3
_COLUMN_NUMBER = re.compile(r"^\s*\(?\d{1,2}\)?\s*$")


@lru_cache(maxsize=1)
def _columns() -> dict[str, str]:
    lists: dict[str, list[str]] = table("sections")["columns"]
    return {name: kind for kind, names in lists.items() for name in names}


@lru_cache(maxsize=1)
def _column_words() -> list[tuple[str, re.Pattern[str]]]:
    words: dict[str, list[str]] = table("sections")["column_words"]
    return [(kind, re.compile("|".join(patterns))) for kind, patterns in words.items()]


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    kinds: dict[int, str]


def read_rows(notice: Notice) -> list[TaskItem]:
    """Tasks of all assignment tables of body and annex, in text order."""
    cells = [
        b
        for b, kind in zip(notice.source.blocks, notice.frame.kinds, strict=True)
        if b.cell is not None and kind in {None, ZoneKind.ANNEX}
    ]
    tasks: list[TaskItem] = []
    for _, blocks in groupby(cells, key=lambda b: b.cell.table if b.cell else -1):
        tasks += _read_table(notice, list(blocks))
    return tasks


def _read_table(notice: Notice, blocks: list[Block]) -> list[TaskItem]:
    grid: dict[int, dict[int, list[Block]]] = {}
    for block in blocks:
        assert block.cell is not None
        reach = range(block.cell.row, block.cell.row + block.cell.rows)
        for at in reach:  # a joined cell holds for every row beside it
            grid.setdefault(at, {}).setdefault(block.cell.column, []).append(block)
    header = _read_header(notice, grid)
    if header is None:
        return []
    above = _titles(notice, blocks[0])
    tasks: list[TaskItem] = []
    over: Span | None = None
    for number, (_, row) in enumerate(((r, c) for r, c in sorted(grid.items()) if r > header.row), start=1):
        task = _read_row(notice, header, row, number)
        over = _body_over_rows(notice, header, row) if task is None else over
        if task is not None and over is not None:
            _add_names(notice, task, over, "lead")
        if task is not None and not (tasks and tasks[-1].body == task.body):
            task.above = above
            tasks.append(task)
    return tasks


def _body_over_rows(notice: Notice, header: _Header, row: dict[int, list[Block]]) -> Span | None:
    """ "II | CỤC NGƯỜI CÓ CÔNG": a row of a table without a column for who leads, which names the body of the rows below."""
    cells = [blocks[0].span for c, blocks in sorted(row.items()) if blocks and header.kinds.get(c) != "ordinal"]
    if "lead" in header.kinds.values() or not cells or any(c.start != cells[0].start for c in cells):
        return None
    first, limit = notice.syllables.at(cells[0].start), notice.syllables.at(cells[0].end)
    found = read_actors(notice.syllables, first, limit, open_ended=True)
    named = found is not None and found.next >= limit and all(a.kind != "person" and not a.bare for a in found.actors)
    return cells[0] if named else None


def _titles(notice: Notice, first: Block) -> list[Span]:
    """The lines over a table, nearest first: its title, and what may stand between ("(Kèm theo Kế hoạch số …)")."""
    blocks = notice.source.blocks
    at = blocks.index(first)
    lines = [b.span for b in reversed(blocks[max(0, at - _TITLE_LINES) : at]) if b.cell is None]
    return [s for s in lines if not s.of(notice.source.text).rstrip().endswith((".", ";"))]  # sentences are no titles


def _read_header(notice: Notice, grid: dict[int, dict[int, list[Block]]]) -> _Header | None:
    for row in sorted(grid)[:_HEADER_ROWS]:
        titles = {c: _title(notice, blocks) for c, blocks in grid[row].items()}
        if any(_columns().get(t) == "procedure" for t in titles.values()):
            return None
        kinds = {c: k for c, t in titles.items() if (k := _columns().get(t))}
        known = "task" in kinds.values() and {"lead", "time"} & set(kinds.values())
        further = {c: k for c, t in titles.items() if c not in kinds and (k := _kind_by_words(t))}
        if known:
            return _Header(row, kinds | {c: k for c, k in further.items() if k not in kinds.values()})
        kinds |= further
        if {"task", "lead"} <= set(kinds.values()):
            return _Header(row, kinds)
    return None


def _kind_by_words(title: str) -> str | None:
    """What a column of another name holds: "Việc phải làm", "Cơ quan chịu trách nhiệm chính", "Mốc thời gian"."""
    if not 0 < len(title.split()) <= _LONGEST_TITLE:
        return None
    return next((kind for kind, pattern in _column_words() if pattern.search(title)), None)


def _title(notice: Notice, blocks: list[Block]) -> str:
    return " ".join(fold(b.span.of(notice.source.text)) for b in blocks).strip(" .:")


def _read_row(notice: Notice, header: _Header, row: dict[int, list[Block]], number: int) -> TaskItem | None:
    """One row; None where it is a heading within the table (no work, or nobody and no time beside it) or numbers the columns."""
    work = next((row[c] for c, k in sorted(header.kinds.items()) if k == "task" and c in row), None)
    beside = [c for c, k in header.kinds.items() if k in {"lead", "coordinate", "time"} and c in row]
    if not work or not beside or _COLUMN_NUMBER.match(work[0].span.of(notice.source.text)):
        return None
    marker = read_marker(notice.source.text, work[0])
    start = marker.body if marker else work[0].span.start
    ordinal = next((row[c] for c, k in header.kinds.items() if k == "ordinal" and c in row), None)
    path = ordinal[0].span.of(notice.source.text).strip(". ") if ordinal else str(number)
    item = TaskItem(Span(start, work[-1].span.end), (path,), None, Section.DIRECTIVE, rule="task.table_row")
    for column, kind in sorted(header.kinds.items()):
        for block in row.get(column, ()):
            if kind == "time":
                item.inherited_times.append(block.span)
            elif kind in {"lead", "coordinate"}:
                _add_names(notice, item, block.span, "lead" if kind == "lead" else "coordinate")
    return item


def _add_names(notice: Notice, item: TaskItem, span: Span, role: Role) -> None:
    """Names of a cell: bodies, or persons one a line or between commas."""
    first, limit = notice.syllables.at(span.start), notice.syllables.at(span.end)
    rule = f"assignee.column_{role}"
    found = read_actors(notice.syllables, first, limit, open_ended=True)
    if found is not None and found.next >= limit - 1:
        for actor in found.actors:
            add_assignee(notice, item, actor_span(notice, actor), role, "label", rule)
        return
    at = span.start
    for part in span.of(notice.source.text).replace(";", ",").split(","):
        name = part.strip(" -.")
        if name:
            start = notice.source.text.index(name, at, span.end)
            add_assignee(notice, item, Span(start, start + len(name)), role, "label", rule)
        at += len(part) + 1
