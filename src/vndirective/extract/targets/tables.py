"""Tables of targets: a target for each figure that a plan sets in a row.

Chỉ tiêu | Đơn vị tính | Thực hiện 2024 | Kế hoạch năm 2025      columns by the words of their titles
Tỷ lệ hộ nghèo | % | 5,2 | dưới 4                                ─▶ lt 4 %, baseline 5.2, due 2025-12-31
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from vndirective.extract.deadlines import find_deadlines
from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.extract.targets import find_targets
from vndirective.extract.targets.comparators import comparator_of
from vndirective.extract.targets.due import heading_due
from vndirective.extract.targets.figures import NUMBER, scale_of, value_of
from vndirective.extract.targets.goals import Stance
from vndirective.extract.targets.quantities import COUNT, Quantity
from vndirective.lexicons import table
from vndirective.parsers.source import Block
from vndirective.schema.record import PartialDate, Target
from vndirective.segment.notice import Notice, ZoneKind
from vndirective.segment.syllables import fold

CELL = Rule(
    id="target.table_cell",
    cue="cột Kế hoạch, Chỉ tiêu giao …",
    meaning="the figure of a row in a column that a plan sets",
    seen="phụ lục chỉ tiêu của kế hoạch, nghị quyết, quyết định giao chỉ tiêu",
    pattern=re.compile(
        rf"^\s*(?:(?:đạt|trên|dưới|từ|không quá|tối thiểu|ít nhất|khoảng)\s|[≥≤<>]=?\s?)*(?P<value>{NUMBER})(?:\s?%?\s?(?:-|–|đến)\s?(?P<max>{NUMBER}))?\s?(?P<unit>%|‰|[^\W\d]{{1,12}})?(?:\strở (?:lên|xuống))?\s*$"
    ),
    examples=("92", "≥ 95%", "60 - 65", "dưới 4", "1.250 ha", "98 trở lên"),
    counter_examples=("-", "15/3/2025", "Phòng Nội vụ", "đạt chuẩn 3 xã và 5 thôn"),
)
RULES = (CELL,)

_HEADER_ROWS = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_UNIT_IN_NAME = re.compile(r"\((?P<unit>%|‰|[^\W\d][^()]{0,24})\)\s*$")
_MONEY = re.compile(r"(?P<scale>nghìn tỷ|ngàn tỷ|tỷ|tỉ|triệu|tr\.?|nghìn|ngàn|1\.000)?\s?(?:đồng|đ)(?P<per>/.*)?$")
_DITTO = {"-", "“", '"', "''", "nt", "-nt-", "”", "//"}


@dataclass(frozen=True, slots=True)
class _Column:
    kind: str
    due: str | None


@dataclass(frozen=True, slots=True)
class _Header:
    last_row: int
    columns: dict[int, _Column]

    def first(self, kind: str) -> int | None:
        return next((c for c, column in sorted(self.columns.items()) if column.kind == kind), None)


_Grid = dict[int, dict[int, list[Block]]]


def read_target_tables(notice: Notice, issued_on: PartialDate | None = None) -> list[Target]:
    """Targets of all tables of targets in body and annexes, in text order, without ids."""
    cells = [
        (at, b)
        for at, (b, kind) in enumerate(zip(notice.source.blocks, notice.frame.kinds, strict=True))
        if b.cell is not None and kind in {None, ZoneKind.ANNEX}
    ]
    targets: list[Target] = []
    for _, group in groupby(cells, key=lambda c: c[1].cell.table if c[1].cell else -1):
        numbered = list(group)
        grid: _Grid = {}
        for _, block in numbered:
            assert block.cell is not None
            grid.setdefault(block.cell.row, {}).setdefault(block.cell.column, []).append(block)
        header = _read_header(notice, grid, numbered[0][0])
        if header is not None:
            targets += _read_rows(notice, grid, header)
        else:
            targets += _read_attained(notice, grid, issued_on)
    return targets


def _read_attained(notice: Notice, grid: _Grid, issued_on: PartialDate | None) -> list[Target]:
    """What a table of work wants reached: the sentences of its column "Kết quả cần đạt", by the time of their row."""
    for row in sorted(grid)[:_HEADER_ROWS]:
        titles = {c: _bare(_words(notice, blocks)) for c, blocks in grid[row].items()}
        attained = [c for c, t in titles.items() if t in _titles()["attain"]]
        if attained:
            times = [c for c, t in titles.items() if t in table("sections")["columns"]["time"]]
            return [
                target
                for n in sorted(r for r in grid if r > row)
                for block in grid[n].get(attained[0], ())
                for target in find_targets(
                    notice.source,
                    block.span,
                    Stance.GOAL,
                    issued_on=issued_on,
                    due=_row_due(notice, [b for c in times for b in grid[n].get(c, ())], issued_on),
                )
            ]
    return []


def _row_due(notice: Notice, cells: list[Block], issued_on: PartialDate | None) -> str | None:
    ends = {d.end for b in cells for d in find_deadlines(notice.source, b.span, issued_on) if d.end}
    return ends.pop() if len(ends) == 1 else None


@lru_cache(maxsize=1)
def _titles() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(names) for kind, names in table("targets")["columns"].items()}


def _read_header(notice: Notice, grid: _Grid, first_block: int) -> _Header | None:
    """The first rows that name what is measured and what a plan sets; None for any other table."""
    default = _caption_due(notice, first_block)
    rows = sorted(grid)[:_HEADER_ROWS]
    for n, row in enumerate(rows):
        above = {c: _words(notice, blocks) for c, blocks in grid[row].items()}
        columns = _columns(above, {}, default)
        below = {c: _words(notice, b) for c, b in grid[rows[n + 1]].items()} if n + 1 < len(rows) else {}
        if below and set(below) != set(above) and all(_YEAR.search(w) or _kind(w) for w in below.values()):
            return _complete(_Header(rows[n + 1], _columns(above, below, default)))
        header = _complete(_Header(row, columns))
        if header is not None:
            return header
    return None


def _complete(header: _Header) -> _Header | None:
    return header if header.first("metric") is not None and header.first("goal") is not None else None


def _columns(above: dict[int, str], below: dict[int, str], default: str | None) -> dict[int, _Column]:
    """Kinds of the columns; a title over several columns stands before each of theirs."""
    columns: dict[int, _Column] = {}
    for column in sorted(set(above) | set(below)):
        over = above.get(column) or above[max((c for c in above if c <= column), default=min(above))]
        title = f"{over} {below[column]}" if column in below else over
        kind = _kind(title) or (_kind(below[column]) if column in below else None) or _kind(over)
        if kind == "goal" and _taken(columns, "metric") is False and _is_metric(title):
            kind = "metric"
        if kind:
            year = _YEAR.findall(title)
            columns[column] = _Column(kind, f"{year[-1]}-12-31" if year else default)
    return columns


def _taken(columns: dict[int, _Column], kind: str) -> bool:
    return any(c.kind == kind for c in columns.values())


def _is_metric(title: str) -> bool:
    return _bare(title) in _titles()["metric"]


def _kind(title: str) -> str | None:
    """goal, result, unit, ordinal or metric; a title that could be both, "Chỉ tiêu", is a goal."""
    bare = _bare(title)
    return next((k for k in ("goal", "result", "unit", "ordinal", "metric") if bare in _titles()[k]), None)


def _bare(title: str) -> str:
    """A title without its year, brackets and points: "Kế hoạch năm 2025 (*)" is "kế hoạch năm"."""
    return " ".join(re.sub(r"\([^()]*\)|(?:19|20)\d{2}|[.:*]", " ", title).split())


def _words(notice: Notice, blocks: list[Block]) -> str:
    return " ".join(fold(b.span.of(notice.source.text)) for b in blocks).strip()


def _caption_due(notice: Notice, first_block: int) -> str | None:
    """The year of the lines above a table: "Biểu chỉ tiêu năm 2025", else that of the title of the notice."""
    blocks = notice.source.blocks
    for at in range(first_block - 1, max(-1, first_block - 5), -1):
        due = heading_due(fold(notice.text(blocks[at].span))) if blocks[at].cell is None else None
        if due:
            return due
    title = " ".join(fold(notice.frame.text(b)) for b in notice.frame.blocks(ZoneKind.TITLE))
    return heading_due(title)


def _read_rows(notice: Notice, grid: _Grid, header: _Header) -> Iterator[Target]:
    metric_at, unit_at, result_at = header.first("metric"), header.first("unit"), header.first("result")
    assert metric_at is not None
    unit = ""
    for row, cells in sorted(grid.items()):
        if row <= header.last_row or metric_at not in cells:
            continue
        name = " ".join(notice.text(b.span) for b in cells[metric_at]).strip(" -+.:")
        printed = " ".join(notice.text(b.span) for b in cells.get(unit_at or -1, ())).strip()
        if printed and printed not in _DITTO:
            unit = printed
        elif unit_at is None or not printed:
            inside = _UNIT_IN_NAME.search(name)
            unit = inside.group("unit") if inside else ""
        results = [notice.text(b.span) for b in cells.get(result_at if result_at is not None else -1, ())]
        for column, kind in sorted(header.columns.items()):
            if kind.kind == "goal" and len(cells.get(column, ())) == 1:
                target = _read_cell(notice, cells[column][0], name, unit, kind.due, results)
                if target is not None:
                    yield target


def _read_cell(
    notice: Notice, block: Block, name: str, unit: str, due: str | None, results: list[str]
) -> Target | None:
    assert CELL.pattern is not None
    text = notice.text(block.span)
    folded = fold(text)
    match = CELL.pattern.match(folded)
    if match is None or not name:
        return None
    own = match.group("unit")
    counted, scale = _unit_of(text[match.start("unit") : match.end("unit")] if own else unit)
    maximum = match.group("max")
    quantity = Quantity(
        COUNT,
        match.start("value"),
        match.end("unit") if own else match.end("max") if maximum else match.end("value"),
        value_of(match.group("value")) * scale,
        value_of(maximum) * scale if maximum else None,
        counted or "",
        scale,
        per=False,
    )
    if quantity.value_max is not None and quantity.value_max <= quantity.value:
        quantity = replace(quantity, value_max=None)
    stood = re.fullmatch(rf"\s*({NUMBER})\s?%?\s*", results[0]) if len(results) == 1 else None
    return Target(
        id="",
        metric=_UNIT_IN_NAME.sub("", name).strip(),
        comparator=comparator_of(quantity, folded, len(folded)),
        value=quantity.value,
        value_max=quantity.value_max,
        unit=counted,
        due=due,
        baseline=value_of(stood.group(1)) * scale if stood else None,
        raw=text.strip(),
        evidence=cite(notice.source, block.span, CELL.id),
    )


def _unit_of(printed: str) -> tuple[str | None, float]:
    """Unit and factor: "Triệu đồng/người" is đồng, a million each; None where no unit is printed."""
    money = _MONEY.match(fold(printed).strip())
    if money:
        scale = money.group("scale")
        return "đồng", 1000.0 if scale == "1.000" else scale_of(scale)
    return printed.strip() or None, 1.0
