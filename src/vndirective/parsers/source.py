"""What every loader returns: one read-only text with positions.

    bytes ──parser──▶ SourceText
                        ├─ text       the normalised text; every offset of the record points into it
                        ├─ blocks     paragraphs, list items, table cells: consecutive, one line of `text` each
                        ├─ pages      where each page begins
                        ├─ fragments  where words stand on the page (PDF, later OCR)
                        └─ warnings   what the loader noticed

The text is final once a loader has returned it. Nothing below this room changes a character or searches for its own
output: offsets are carried forward.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Literal

TextOrigin = Literal["text", "digital", "ocr", "mixed"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in `SourceText.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} is not a range")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """Rectangle on a page in points, origin at the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """A word (or run of words on one line) and the place where it is printed.

    Words that text recognition gave have a `confidence` of 0 to 1, the raw `reading` where the text says otherwise, and are
    `doubtful` where a number was read in two ways.
    """

    span: Span
    page: int
    box: Box
    confidence: float | None = None
    reading: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Place of a block in a table that carries data; a table used only for layout gives no cells.

    `rows` is how many rows a joined cell reaches over.
    """

    table: int
    row: int
    column: int
    rows: int = 1


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    NOTE = "note"  # footnote or endnote: kept, never body text
    STAMP = "stamp"  # text of an electronic signature: evidence for issuer and date, never body text
    ENVELOPE = "envelope"  # what the sender says of the document in edXML: evidence where it says nothing itself, never body text
    FURNITURE = "furniture"  # menu, counter, posting date, running head: kept where it may be evidence, never body text


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: one line of the text, without the line break.

    `marker` is the span of an automatic list number or bullet that the format stores apart from the text and the
    loader has written in front of it ("1.", "-", "a)"); typed markers are left to the segmenter. `level` is the list
    level of such a marker, from 0. `bold`, `italic`, `centered` and `upper` hold for the whole block, None where the
    format does not say. `gap` is true where an empty line stands above.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    marker: Span | None = None
    level: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    centered: bool | None = None
    gap: bool = False


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """Something a loader noticed; `code` is one of `vndirective.schema.warnings`."""

    code: str
    span: Span | None = None
    detail: str = ""


@dataclass(frozen=True)
class SourceText:
    """The text of one file and everything that is known about its positions.

    Invariants, checked by `check()` and by the tests: blocks are in order, do not overlap, hold no line break, are
    not empty, and all text outside blocks is white space. `pages` holds the offset at which each page begins (empty
    where the format has no pages); a paragraph that runs over a page break stays one block.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    text_origin: TextOrigin
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    warnings: tuple[SourceWarning, ...] = ()
    ocr_confidence: float | None = None
    metadata: dict[str, str] = field(default_factory=dict)

    def page_at(self, offset: int) -> int | None:
        """1-based page of an offset, None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None

    @cached_property
    def _fragment_starts(self) -> list[int]:
        return [f.span.start for f in self.fragments]

    def fragments_in(self, span: Span) -> Iterator[Fragment]:
        """Fragments that overlap a span, in text order."""
        if not self.fragments:
            return
        at = max(0, bisect_left(self._fragment_starts, span.start) - 1)
        to = bisect_left(self._fragment_starts, span.end)
        for fragment in self.fragments[at:to]:
            if fragment.span.overlaps(span):
                yield fragment

    def check(self) -> None:
        """Raise ValueError where an invariant of this class does not hold."""
        at = 0
        for block in self.blocks:
            if block.span.start < at or not len(block.span):
                raise ValueError(f"block {block.span} overlaps its neighbour or is empty")
            if self.text[at : block.span.start].strip():
                raise ValueError(f"text outside blocks: {self.text[at : block.span.start]!r}")
            if "\n" in block.span.of(self.text):
                raise ValueError(f"line break inside block {block.span}")
            at = block.span.end
        if self.text[at:].strip():
            raise ValueError(f"text after the last block: {self.text[at:]!r}")
        if list(self.pages) != sorted(self.pages):
            raise ValueError("pages are not in order")

    def slice(self, first: int, last: int) -> SourceText:
        """The part that holds blocks `first` to `last` (exclusive), offsets counted anew from 0."""
        blocks = self.blocks[first:last]
        if not blocks:
            raise ValueError("a part needs at least one block")
        start, end = blocks[0].span.start, blocks[-1].span.end
        whole = Span(start, end)

        def moved(span: Span) -> Span:
            return Span(span.start - start, span.end - start)

        page = self.page_at(start)
        return SourceText(
            text=self.text[start:end],
            blocks=tuple(
                Block(
                    moved(b.span),
                    b.kind,
                    b.cell,
                    moved(b.marker) if b.marker else None,
                    b.level,
                    b.bold,
                    b.italic,
                    b.centered,
                    b.gap,
                )
                for b in blocks
            ),
            media_type=self.media_type,
            text_origin=self.text_origin,
            encoding=self.encoding,
            # pages before the part begin at 0, so that page numbers stay those of the file
            pages=tuple(max(0, p - start) for p in self.pages if p < end) if page else (),
            fragments=tuple(replace(f, span=moved(f.span)) for f in self.fragments if whole.covers(f.span)),
            warnings=tuple(
                SourceWarning(w.code, moved(w.span) if w.span else None, w.detail)
                for w in self.warnings
                if w.span is None or whole.covers(w.span)
            ),
            ocr_confidence=self.ocr_confidence,
            metadata=self.metadata,
        )


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block before its place in the text is known; loaders collect these and hand them to `assemble`."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    marker: str = ""  # automatic list number, without the space that follows it
    level: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    centered: bool | None = None
    gap: bool = False


def assemble(drafts: list[DraftBlock]) -> tuple[str, tuple[Block, ...]]:
    """Lay drafts out as lines of one text. Texts must already be NFC, trimmed and free of line breaks."""
    lines: list[str] = []
    blocks: list[Block] = []
    at = 0
    for draft in drafts:
        line = f"{draft.marker} {draft.text}".strip() if draft.marker else draft.text
        if not line:
            continue
        span = Span(at, at + len(line))
        marker = Span(at, at + len(draft.marker)) if draft.marker else None
        blocks.append(
            Block(
                span, draft.kind, draft.cell, marker, draft.level, draft.bold, draft.italic, draft.centered, draft.gap
            )
        )
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), tuple(blocks)
