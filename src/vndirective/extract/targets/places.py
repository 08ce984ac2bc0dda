"""Where quantities to reach may stand besides tasks: lists of goals, and what else the directive part says.

outline ──section──▶ Place (body, stance, the headings above it)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from vndirective.extract.targets.due import heading_due
from vndirective.extract.targets.goals import Stance
from vndirective.parsers.source import Span
from vndirective.segment.notice import Notice, ZoneKind
from vndirective.segment.outline import Node, looks_like_heading
from vndirective.segment.sections import Section, section_of, what_is_told
from vndirective.segment.syllables import fold

_SILENT = {Section.ASSESSMENT, Section.REQUIREMENTS}


@dataclass(frozen=True, slots=True)
class Place:
    """A block of the body that is no task; `due` is the end of the year that a heading above it sets (ISO)."""

    body: Span
    stance: Stance
    due: str | None
    directs: bool  # below a heading of work to come, as the last part of a report is


def read_places(notice: Notice, tasks: Collection[int], issued: tuple[int, int] | None = None) -> list[Place]:
    """Places in text order. `tasks` are the offsets at which tasks begin, `issued` is year and month of the notice."""
    roots = notice.outline.roots
    return [p for p in _walk(notice, roots, Section.OPEN, (_title(notice),), issued) if p.body.start not in tasks]


def _title(notice: Notice) -> str:
    """The end of a resolution's folded title, whose year holds for the goals that no heading gives another; "" for other notices.

    A plan says in its headings by when its goals are to be reached; its title only says which year's plan it is.
    """
    title = " ".join(fold(notice.frame.text(b)) for b in notice.frame.blocks(ZoneKind.TITLE))
    return f"kế hoạch {title[-50:]}" if title.startswith("nghị quyết") else ""


def _walk(
    notice: Notice,
    siblings: Sequence[Node],
    section: Section,
    headings: tuple[str, ...],
    issued: tuple[int, int] | None,
) -> Iterator[Place]:
    """Siblings in order; a lead-in sentence sets the section of the plain paragraphs after it."""
    running = section
    for node in siblings:
        here = running if node.marker is None else section
        below = section_of(notice.source, node, here)
        if node.marker is None and node.children:
            running = below if below is not Section.CONCLUSION else running
        goals = below is Section.GOALS
        if goals or here not in _SILENT:
            above = reversed(headings if goals else headings[1:])
            due = next((d for h in above if (d := heading_due(h, issued))), None)
            plain = Stance.PLAIN if node.marker is not None else Stance.PROSE
            yield Place(node.body, Stance.GOAL if goals else plain, due, here is Section.DIRECTIVE)
        titled = bool(node.children) and (looks_like_heading(notice.source, node) or node.is_lead_in)
        words = fold(notice.text(node.body))
        title = (what_is_told(words) if node.is_lead_in else words,) if titled else ()
        yield from _walk(notice, node.children, below, (*headings, *title), issued)
