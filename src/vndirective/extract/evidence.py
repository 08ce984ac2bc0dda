"""Citing: from a span to the evidence that a record shows."""

from __future__ import annotations

from itertools import pairwise

from vndirective.parsers.source import Box, Fragment, SourceText, Span
from vndirective.schema.record import Evidence, EvidenceSpan


def cite(source: SourceText, span: Span, rule: str, confidence: float = 1.0) -> Evidence:
    """Evidence for a span: its quote, page and boxes. A span over a page break is cut there into neighbours.

    `confidence` is that of the rule; where the words come from text recognition, theirs goes into it.
    """
    recognised = reading_confidence(source, span)
    cuts = [span.start, *(p for p in source.pages if span.start < p < span.end), span.end]
    return Evidence(
        spans=tuple(_evidence_span(source, Span(a, b)) for a, b in pairwise(cuts)),
        quote=span.of(source.text),
        rule=rule,
        confidence=round(confidence * (1.0 if recognised is None else recognised), 3),
        reading=_raw_reading(source, span),
        ocr_confidence=None if recognised is None else round(recognised, 3),
    )


def _raw_reading(source: SourceText, span: Span) -> str | None:
    """The span as it was recognised; None where the text says the same."""
    words = list(source.fragments_in(span))
    if not any(f.reading for f in words):
        return None
    return " ".join(f.reading or f.span.of(source.text) for f in words)


def reading_confidence(source: SourceText, span: Span) -> float | None:
    """How surely a span was recognised, 0 to 1: its least sure number, and the mean of its other words; None for typed text."""
    words = [f for f in source.fragments_in(span) if f.confidence is not None]
    if not words:
        return None
    numbers = [f.confidence or 0.0 for f in words if any(map(str.isdigit, f.span.of(source.text)))]
    mean = sum(f.confidence or 0.0 for f in words) / len(words)
    return min([mean, *numbers])


def is_recognised(source: SourceText, span: Span) -> bool:
    """Whether any word of a span was recognised on a picture."""
    return any(f.confidence is not None for f in source.fragments_in(span))


def _evidence_span(source: SourceText, span: Span) -> EvidenceSpan:
    boxes = tuple(
        (round(b.x0, 1), round(b.top, 1), round(b.x1, 1), round(b.bottom, 1)) for b in line_boxes(source, span)
    )
    return EvidenceSpan(start=span.start, end=span.end, page=source.page_at(span.start), boxes=boxes or None)


def line_boxes(source: SourceText, span: Span) -> list[Box]:
    """One box a printed line: the hull of the words of a span that stand on the same line."""
    lines: list[list[Fragment]] = []
    for fragment in source.fragments_in(span):
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
