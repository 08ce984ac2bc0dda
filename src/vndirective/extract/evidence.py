"""Citing: from a span to the evidence that a record shows."""

from __future__ import annotations

from itertools import pairwise

from vndirective.parsers.source import Box, Fragment, SourceText, Span
from vndirective.schema.record import Evidence, EvidenceSpan


def cite(source: SourceText, span: Span, rule: str, confidence: float = 1.0) -> Evidence:
    """Evidence for a span: its quote, page and boxes. A span over a page break is cut there into neighbours.

    `confidence` is that of the rule; where the words come from text recognition, theirs goes into it.
    """
    words = list(source.fragments_in(span))
    recognised = _reading_confidence(source, words)
    return Evidence(
        spans=tuple(_evidence_span(source, part, words) for part in _cut_by_pages(source, span)),
        quote=span.of(source.text),
        rule=rule,
        confidence=round(confidence * (1.0 if recognised is None else recognised), 3),
        reading=_raw_reading(source, words),
        ocr_confidence=None if recognised is None else round(recognised, 3),
    )


def _cut_by_pages(source: SourceText, span: Span) -> list[Span]:
    cuts = [p for p in source.pages if span.start < p < span.end]
    return [Span(a, b) for a, b in pairwise((span.start, *cuts, span.end))] if cuts else [span]


def _raw_reading(source: SourceText, words: list[Fragment]) -> str | None:
    """The words of a span as they were recognised; None where the text says the same."""
    if not words or not any(f.reading for f in words):
        return None
    return " ".join(f.reading or f.span.of(source.text) for f in words)


def _reading_confidence(source: SourceText, fragments: list[Fragment]) -> float | None:
    """How surely words were recognised, 0 to 1: the least sure number, and the mean of the others; None for typed text."""
    words = [f for f in fragments if f.confidence is not None]
    if not words:
        return None
    numbers = [f.confidence or 0.0 for f in words if any(map(str.isdigit, f.span.of(source.text)))]
    mean = sum(f.confidence or 0.0 for f in words) / len(words)
    return min([mean, *numbers])


def is_recognised(source: SourceText, span: Span) -> bool:
    """Whether any word of a span was recognised on a picture."""
    return any(f.confidence is not None for f in source.fragments_in(span))


def _evidence_span(source: SourceText, span: Span, words: list[Fragment]) -> EvidenceSpan:
    if not words:
        return EvidenceSpan(start=span.start, end=span.end, page=source.page_at(span.start), boxes=None)
    inside = [w for w in words if w.span.overlaps(span)]
    boxes = tuple((round(b.x0, 1), round(b.top, 1), round(b.x1, 1), round(b.bottom, 1)) for b in _line_boxes(inside))
    return EvidenceSpan(start=span.start, end=span.end, page=source.page_at(span.start), boxes=boxes or None)


def _line_boxes(fragments: list[Fragment]) -> list[Box]:
    """One box a printed line: the hull of the words that stand on the same line."""
    lines: list[list[Fragment]] = []
    for fragment in fragments:
        last = lines[-1][-1] if lines else None
        same_line = (
            last is not None
            and last.page == fragment.page
            and last.box.x0 <= fragment.box.x0
            and min(last.box.bottom, fragment.box.bottom) > max(last.box.top, fragment.box.top)
        )
        if same_line:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return [
        Box(
            min(f.box.x0 for f in line),
            min(f.box.top for f in line),
            max(f.box.x1 for f in line),
            max(f.box.bottom for f in line),
        )
        for line in lines
    ]
