"""Rows, columns and cells of all pages → blocks of one text, with the place of every word."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vndirective.parsers.page.layout import Column, Line, Place, Zone, cut, find_zones, margins, rows_of
from vndirective.parsers.page.paragraphs import Paragraph, flows, joined, paragraphs_of
from vndirective.parsers.page.tables import Table, TableCell, continue_table
from vndirective.parsers.page.words import Word, runs_of
from vndirective.parsers.paragraphs import joins
from vndirective.parsers.source import Block, BlockKind, Box, Cell, DraftBlock, Fragment, Span, assemble


@dataclass(slots=True)
class Draft:
    """A block before its place in the text is known, with its words; `column` where running text may go on."""

    words: list[Word]
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    paragraph: Paragraph | None = None
    column: Column | None = None

    @classmethod
    def note(cls, lines: list[Line]) -> Draft:
        return cls([w for line in lines for w in line.words], BlockKind.NOTE)

    @classmethod
    def stamp(cls, words: list[Word]) -> Draft:
        return cls(words, BlockKind.STAMP)


PageRows = tuple[int, float, list[Line], list[Table]]
Part = Column | Table


def drafts_of(pages: list[PageRows]) -> list[Draft]:
    """Blocks of the body in reading order; paragraphs and tables are joined over page breaks."""
    parts = [_parts(width, rows, found) for _, width, rows, found in pages]
    for at in range(len(parts) - 1):
        _carry_recipients(parts[at], parts[at + 1])
    _number_tables(parts)
    drafts: list[Draft] = []
    for page in parts:
        fresh: list[Draft] = []
        for part in page:
            fresh += _cell_drafts(part) if isinstance(part, Table) else _column_drafts(part)
        if drafts and fresh and _goes_on_over_page(drafts[-1], fresh[0]):
            last, first = drafts[-1], fresh.pop(0)
            assert last.paragraph is not None and first.paragraph is not None
            last.paragraph.lines += first.paragraph.lines
            last.words += first.words
            last.column = first.column
        drafts += fresh
    return _healed(drafts)


def _healed(drafts: list[Draft]) -> list[Draft]:
    """Join paragraphs that an earlier page break cut in two before the file was set anew."""
    healed: list[Draft] = []
    for draft in drafts:
        last = healed[-1] if healed else None
        if last is not None and _in_body(last) and _in_body(draft) and not (last.paragraph and last.paragraph.centered):
            line = draft.words[0].text
            if line[:1].islower() and joins(joined(last.words)[0], joined(draft.words)[0]):
                last.words += draft.words
                continue
        healed.append(draft)
    return healed


def _in_body(draft: Draft) -> bool:
    return (
        draft.kind is BlockKind.PARAGRAPH
        and draft.cell is None
        and draft.column is not None
        and draft.column.place is Place.BODY
        and bool(draft.words)
    )


def _parts(width: float, rows: list[Line], found: list[Table]) -> list[Part]:
    """Columns and tables of a page from top to bottom; of two columns the left first."""
    zones = find_zones(rows, width)
    body = [row for i, row in enumerate(rows) if not any(z.first <= i < z.last for z in zones)]
    left, right = margins(body)
    marks = sorted(found, key=lambda t: t.top)
    parts: list[Part] = []
    lines: list[Line] = []

    def close() -> None:
        if lines:
            parts.append(Column(Place.BODY, list(lines), left, right))
            lines.clear()

    at = 0
    while at < len(rows):
        while marks and marks[0].top < rows[at].middle:
            close()
            parts.append(marks.pop(0))
        zone = next((z for z in zones if z.first == at), None)
        if zone is None:
            lines.append(rows[at])
            at += 1
            continue
        close()
        parts += _columns(rows[zone.first : zone.last], zone)
        at = zone.last
    close()
    return [*parts, *marks]


def _columns(rows: list[Line], zone: Zone) -> list[Part]:
    sides: dict[Place, list[Line]] = {Place.LEFT: [], Place.RIGHT: []}
    for row in rows:
        for place, line in zip((Place.LEFT, Place.RIGHT), cut(row, zone.gutter), strict=True):
            if line is not None:
                sides[place].append(line)
    return [Column(place, lines, *_hull(lines), zone.kind) for place, lines in sides.items() if lines]


def _hull(lines: list[Line]) -> tuple[float, float]:
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


def _carry_recipients(above: list[Part], below: list[Part]) -> None:
    """A list of recipients that goes on overleaf is read behind the signature beside its beginning.

    The text must keep the order of the pages, and the list is worth more in one piece.
    """
    if len(above) < 2 or not below:
        return
    left, right, rest = above[-2], above[-1], below[0]
    if not (isinstance(left, Column) and isinstance(right, Column) and isinstance(rest, Column)):
        return
    if left.place is not Place.LEFT or left.kind != "signature" or rest.place is not Place.BODY:
        return
    if left.lines[-1].middle < right.lines[-1].middle:
        return
    limit = max(left.right, right.left)
    count = 0
    while count < len(rest.lines) and _is_recipient(rest.lines[count], left, limit, count):
        count += 1
    if count:
        above[-2], above[-1] = right, left
        below.insert(0, Column(Place.LEFT, rest.lines[:count], left.left, left.right, "signature"))
        del rest.lines[:count]
        if not rest.lines:
            below.remove(rest)


def _is_recipient(line: Line, left: Column, limit: float, count: int) -> bool:
    listed = line.words[0].text[0] in "-–+" or count > 0
    return listed and line.x1 < limit and abs(line.x0 - left.left) < 20 and line.size < 1.1 * left.lines[-1].size


def _number_tables(parts: list[list[Part]]) -> None:
    index = -1
    head: Table | None = None
    last: Table | None = None
    for page in parts:
        for at, part in enumerate(page):
            if not isinstance(part, Table):
                last = None
                continue
            if at == 0 and head is not None and last is not None and continue_table(head, last, part):
                part.index = index
            else:
                index += 1
                part.index, head = index, part
            if part.cells:
                last = part


def _cell_drafts(table: Table) -> list[Draft]:
    return [draft for cell in table.cells if cell.words for draft in _cell(table, cell)]


def _cell(table: Table, cell: TableCell) -> list[Draft]:
    place = Cell(table.index, cell.row, cell.column, cell.rows)
    if any(w.turned for w in cell.words):
        return [Draft(cell.words, cell=place)]
    rows = rows_of(runs_of(cell.words), [])
    column = Column(Place.BODY, rows, *_hull(rows))
    column.right = min(column.right, cell.x1)
    return [Draft(p.words, cell=place, paragraph=p) for p in paragraphs_of(column, in_cell=True)]


def _column_drafts(column: Column) -> list[Draft]:
    return [Draft(p.words, paragraph=p, column=column) for p in paragraphs_of(column)]


def _goes_on_over_page(last: Draft, first: Draft) -> bool:
    above, below = last.column, first.column
    if above is None or below is None or last.paragraph is None or first.paragraph is None:
        return False
    line, end = first.paragraph.lines[0], last.paragraph.lines[-1]
    if above.place is Place.LEFT and below.place is Place.LEFT and above.kind == below.kind == "signature":
        return line.text[0] not in "-–+" and end.text[-1] not in ";."
    if above.place is not Place.BODY or below.place is not Place.BODY:
        return False
    if last.paragraph.centered or first.paragraph.centered or abs(line.size - end.size) > 0.16 * end.size:
        return False
    return flows(last.paragraph.lines, line, (above.left, above.right), (below.left, below.right))


def compose(drafts: list[Draft], pages: int) -> tuple[str, tuple[Block, ...], tuple[int, ...], tuple[Fragment, ...]]:
    """Text, blocks, the offset at which each of `pages` pages begins, and the place of each word."""
    laid: list[tuple[Draft, DraftBlock, list[tuple[int, Word]]]] = []
    for draft in drafts:
        text, places = joined(draft.words, keep_marks=draft.kind is BlockKind.NOTE)
        if text:
            laid.append((draft, _block(draft, text), places))
    text, blocks = assemble([block for _, block, _ in laid])
    fragments: list[Fragment] = []
    starts: dict[int, int] = {}
    for (draft, _, places), block in zip(laid, blocks, strict=True):
        for offset, word in places:
            start = block.span.start + offset
            box = word.place or Box(word.x0, word.top, word.x1, word.bottom)
            span = Span(start, start + len(word.text))
            fragments.append(Fragment(span, word.page, box, word.confidence, word.reading, word.doubtful))
            if draft.kind is BlockKind.PARAGRAPH:
                starts.setdefault(word.page, start)
    return text, blocks, _page_starts(starts, pages, len(text)), tuple(fragments)


def _block(draft: Draft, text: str) -> DraftBlock:
    block = DraftBlock(text, kind=draft.kind, cell=draft.cell)
    paragraph = draft.paragraph
    if paragraph is None:
        return block
    return replace(block, bold=paragraph.bold, italic=paragraph.italic, centered=paragraph.centered, gap=paragraph.gap)


def _page_starts(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    """Pages without text of their own begin where the next one does."""
    result = [end] * pages
    following = end
    for page in range(pages, 0, -1):
        following = min(following, starts.get(page, following))
        result[page - 1] = following
    result[0] = 0
    return tuple(result)
