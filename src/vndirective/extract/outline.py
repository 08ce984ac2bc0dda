"""The numbered tree as the record shows it."""

from __future__ import annotations

from itertools import count

from vndirective.extract.evidence import cite
from vndirective.schema.record import OutlineItem
from vndirective.segment.notice import Notice
from vndirective.segment.outline import Node, looks_like_heading

_HEADING_SHOWN = 200


def outline_items(notice: Notice) -> tuple[OutlineItem, ...]:
    """Numbered headings and items; plain paragraphs give way to the items under them."""
    ids = (f"o{n}" for n in count(1))

    def items(nodes: list[Node]) -> tuple[OutlineItem, ...]:
        found: list[OutlineItem] = []
        for node in nodes:
            if node.marker is None:
                found.extend(items(node.children))
                continue
            identifier = next(ids)
            words = notice.text(node.body)
            heading = looks_like_heading(notice.source, node) or bool(node.children)
            found.append(
                OutlineItem(
                    id=identifier,
                    marker=node.marker.text,
                    heading=words.rstrip(" :") if heading and len(words) <= _HEADING_SHOWN else None,
                    children=items(node.children),
                    evidence=cite(notice.source, node.block.span, "outline.item"),
                )
            )
        return tuple(found)

    return items(list(notice.outline.roots))
