"""What the segmenter gives: one notice, its zones and its numbered outline.

SourceText ──split──▶ parts ──frame──▶ zones ──outline──▶ Notice
                                                           ├─ source   text with positions, unchanged
                                                           ├─ zones    letterhead, title, body zones, recipients, …
                                                           └─ items    tree of numbered items and paragraphs
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vndirective.parsers.source import Block, SourceText, Span
from vndirective.segment.outline import Outline
from vndirective.segment.syllables import Syllables


class ZoneKind(StrEnum):
    """Zones of a notice; the numbers are those of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

    FURNITURE = "furniture"  # web page around the notice, notes, stamps
    LETTERHEAD = "letterhead"  # 1-4, 5b, 10-12
    TITLE = "title"  # 5a: type name and subject
    ADDRESSEES = "addressees"  # 9a Kính gửi
    PREAMBLE = "preamble"  # căn cứ, who met, what was heard
    ASSESSMENT = "assessment"  # results, shortcomings, viewpoints, objectives
    GOALS = "goals"  # mục tiêu, chỉ tiêu
    DIRECTIVE = "directive"  # who must do what
    CLOSING = "closing"  # "Trên đây là …"
    RECIPIENTS = "recipients"  # 9b Nơi nhận
    SIGNATURE = "signature"  # 7
    ANNEX = "annex"
    DUPLICATE = "duplicate"  # a second copy of the same notice


@dataclass(frozen=True, slots=True)
class Zone:
    """Consecutive blocks `first` to `last` (exclusive) of one kind."""

    kind: ZoneKind
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The blocks around the body: one zone kind for each block of a source, None where it is body."""

    source: SourceText
    kinds: tuple[ZoneKind | None, ...]

    def blocks(self, *kinds: ZoneKind) -> list[Block]:
        return [b for b, k in zip(self.source.blocks, self.kinds, strict=True) if k in kinds]

    def body(self) -> list[int]:
        """Indices of the blocks that are body."""
        return [i for i, k in enumerate(self.kinds) if k is None]

    def text(self, block: Block) -> str:
        return block.span.of(self.source.text)

    def zones(self) -> Iterator[Zone]:
        start = 0
        for i in range(1, len(self.kinds) + 1):
            if i == len(self.kinds) or self.kinds[i] != self.kinds[start]:
                kind = self.kinds[start]
                if kind is not None:
                    yield Zone(kind, start, i)
                start = i


def hull(blocks: list[Block]) -> Span:
    """From the first character of the first block to the last of the last; ValueError for none."""
    if not blocks:
        raise ValueError("no blocks")
    return Span(blocks[0].span.start, blocks[-1].span.end)


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """One notice, read as far as form goes: what stands around the body, the body's tree, and its syllables."""

    source: SourceText
    frame: Frame
    outline: Outline
    syllables: Syllables

    def text(self, span: Span) -> str:
        return span.of(self.source.text)
