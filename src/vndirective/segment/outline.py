"""The numbered tree of a notice: headings, items, paragraphs, and lead-in sentences above their lists.

    body blocks ──read_marker──▶ nodes by rank ──▶ tree ──▶ gap and restart warnings

A sentence that ends in a colon owns the list below it; a paragraph without a number belongs to the nearest heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vndirective.parsers.source import Block, SourceText, SourceWarning, Span
from vndirective.segment.markers import Marker, read_marker

_PARAGRAPH_RANK = 0.5  # just inside the heading it stands under
_HEADING_LENGTH = 260


@dataclass(slots=True, eq=False)
class Node:
    """One block of the body in its place in the tree. `body` is the block without its marker."""

    block: Block
    index: int
    marker: Marker | None
    body: Span
    rank: float
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def is_lead_in(self) -> bool:
        return self.marker is None and bool(self.children)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in text order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def path(self) -> tuple[str, ...]:
        """Printed markers from the outside in; bullets are counted ("-2"); paragraphs carry none."""
        chain = [self, *self.ancestors()][::-1]
        return tuple(p for p in (_path_part(n) for n in chain) if p)


@dataclass(frozen=True, slots=True)
class Outline:
    """`roots` in text order; `warnings` tell of gaps and restarts in the numbering."""

    roots: tuple[Node, ...]
    warnings: tuple[SourceWarning, ...]

    def walk(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()


def read_outline(source: SourceText, indices: Iterable[int]) -> Outline:
    """Tree over the given blocks (table cells are left out: they hold rows, not items)."""
    roots: list[Node] = []
    stack: list[Node] = []
    for index in indices:
        block = source.blocks[index]
        if block.cell is not None:
            continue
        node = _node(source, block, index)
        if node.marker is None:
            _close_for_paragraph(source, stack)
            node.rank = (stack[-1].rank if stack else 0) + _PARAGRAPH_RANK
        else:
            while stack and stack[-1].rank >= node.rank:
                stack.pop()
        node.parent = stack[-1] if stack else None
        (node.parent.children if node.parent else roots).append(node)
        if node.marker is not None or source.text[node.body.start : node.body.end].rstrip().endswith(":"):
            stack.append(node)
    return Outline(tuple(roots), tuple(_numbering_warnings(source, roots)))


def _node(source: SourceText, block: Block, index: int) -> Node:
    marker = read_marker(source.text, block)
    start = marker.body if marker else block.span.start
    body = Span(min(start, block.span.end), block.span.end)
    return Node(block, index, marker, body, float(marker.rank) if marker else 0.0)


def looks_like_heading(source: SourceText, node: Node) -> bool:
    """A title rather than a sentence: numbered, short, and not closed like one."""
    words = node.body.of(source.text).rstrip()
    if node.marker is None or node.marker.rank >= 90 or len(words) > _HEADING_LENGTH:
        return False
    return not words.endswith((".", ";")) or words.endswith("...")


def _close_for_paragraph(source: SourceText, stack: list[Node]) -> None:
    """A plain paragraph ends every list; it stays under the nearest heading."""
    while stack and not looks_like_heading(source, stack[-1]):
        stack.pop()


def _path_part(node: Node) -> str:
    if node.marker is None:
        return ""
    if node.marker.rank < 90:
        return node.marker.text.strip(".)( ")
    siblings = [
        n for n in (node.parent.children if node.parent else []) if n.marker and n.marker.rank == node.marker.rank
    ]
    position = siblings.index(node) + 1 if node in siblings else 1
    return f"{node.marker.text}{position}"


def _numbering_warnings(source: SourceText, roots: list[Node]) -> Iterator[SourceWarning]:
    yield from _series_warnings(roots)
    for root in roots:
        for node in root.walk():
            if node.children:
                yield from _series_warnings(node.children)


def _series_warnings(siblings: list[Node]) -> Iterator[SourceWarning]:
    last: dict[str, int] = {}
    for node in siblings:
        marker = node.marker
        if marker is None or marker.value is None:
            continue
        before = last.get(marker.series)
        if before is not None and marker.value > before + 1 and not _skipped_letters(marker, before):
            yield SourceWarning("numbering_gap", node.block.span, f"{before} → {marker.value}")
        elif before is not None and marker.value <= before:
            yield SourceWarning("numbering_restart", node.block.span, f"{before} → {marker.value}")
        elif before is None and marker.value > 1 and marker.series == "":
            yield SourceWarning("numbering_gap", node.block.span, f"→ {marker.value}")
        last[marker.series] = marker.value


def _skipped_letters(marker: Marker, before: int) -> bool:
    """Some offices number a, b, c, d, e without đ: no gap."""
    return marker.series == "letter" and marker.value == before + 2 and marker.text.startswith("e")
