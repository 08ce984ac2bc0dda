"""Pages after reading, whatever they were read from → one SourceText.

PageRead (rows, tables, stamps) ─▶ without running heads ─▶ notes apart ─▶ blocks ─▶ SourceText
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vndirective.parsers.page import margins, stamps
from vndirective.parsers.page.compose import Draft, compose, drafts_of
from vndirective.parsers.page.layout import Line
from vndirective.parsers.page.tables import Table
from vndirective.parsers.page.words import Run, Word
from vndirective.parsers.source import Block, BlockKind, Fragment, SourceText, SourceWarning, Span, TextOrigin


@dataclass(slots=True)
class PageRead:
    """One page: rows of running text, tables, and what stands apart; sizes in points.

    `recognised` is true for a page whose words come from text recognition; a page that is not `readable` gives only
    its stamps.
    """

    number: int
    width: float
    height: float
    rows: list[Line]
    tables: list[Table] = field(default_factory=list)
    stamps: list[Run] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    readable: bool = True
    recognised: bool = False
    turned: int = 0  # degrees clockwise by which the picture was turned to stand upright
    warnings: list[SourceWarning] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        cells = [w for t in self.tables for c in t.cells for w in c.words]
        return [w for row in self.rows for w in row.words] + cells


def to_source(pages: list[PageRead], media_type: str, signatures: Sequence[str] = ()) -> SourceText:
    """One text of all pages, in their order; what the file says of its `signatures` stands last, printed on no page."""
    readable = [p for p in pages if p.readable]
    recognised = [w for p in readable if p.recognised for w in p.words if w.confidence is not None]
    margins.drop_furniture([p.rows for p in readable], [p.height for p in readable])
    size = margins.body_size([row for p in readable for row in p.rows])
    for page in readable:
        page.notes = margins.take_notes(page.rows, size, page.height)
    drafts = drafts_of([(p.number, p.width, p.rows, p.tables) for p in readable])
    drafts += [Draft.note(lines) for p in readable for lines in p.notes]
    drafts += [Draft.stamp(line) for p in pages for line in stamps.stamp_texts(p.stamps)]
    text, blocks, starts, fragments = compose(drafts, len(pages))
    for signature in signatures:
        begin = len(text) + 1 if text else 0
        text = f"{text}\n{signature}" if text else signature
        blocks = (*blocks, Block(Span(begin, len(text)), BlockKind.STAMP))
    return SourceText(
        text=text,
        blocks=blocks,
        media_type=media_type,
        text_origin=_origin(pages),
        pages=starts,
        fragments=fragments,
        warnings=(*(w for p in pages for w in p.warnings), *_doubts(fragments)),
        ocr_confidence=_confidence(recognised),
    )


def _doubts(fragments: tuple[Fragment, ...]) -> list[SourceWarning]:
    """A warning for each number that was read in two ways, with what was read where the text leaves it out."""
    return [SourceWarning("ocr_number_uncertain", f.span, f.reading or "") for f in fragments if f.doubtful]


def _origin(pages: list[PageRead]) -> TextOrigin:
    if not any(p.recognised for p in pages):
        return "digital"
    digital = any(p.stamps or (p.readable and not p.recognised and p.rows) for p in pages)
    filled = any(w.confidence is None for p in pages if p.recognised for w in p.words)
    return "mixed" if digital or filled else "ocr"


def _confidence(words: list[Word]) -> float | None:
    """Mean over the letters that were recognised."""
    letters = sum(len(w.text) for w in words)
    return round(sum((w.confidence or 0.0) * len(w.text) for w in words) / letters, 3) if letters else None
