"""A record as a spaCy `Doc`: the notice's text with the record's values as named groups of spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vndirective.errors import EmptyInputError
from vndirective.schema.record import Evidence, Record
from vndirective.segment.syllables import read_syllables

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_HEADER = ("doc_type", "number", "issuer", "place", "issued_on", "subject", "meeting", "signatory")
GROUPS = ("header", "tasks", "assignees", "deadlines", "targets", "references", "recipients")


def to_doc(record: Record) -> Doc:
    """`doc.spans` holds the groups `GROUPS`; a span's label is the field or role, its `id_` the record's id of it.

    Tokens are syllables, numbers and signs; `doc.text` is `record.text`. A span that ends inside a token takes the whole
    token. EmptyInputError for a record that was written without its text.
    """
    if record.text is None:
        raise EmptyInputError(record.source.uri)
    doc = read_syllables(record.text).doc
    groups: dict[str, list[Span]] = {name: [] for name in GROUPS}
    for group, label, key, evidence in _values(record):
        for part in evidence.spans:
            span = doc.char_span(part.start, part.end, label=label, span_id=key, alignment_mode="expand")
            if span is not None:
                groups[group].append(span)
    for name, spans in groups.items():
        doc.spans[name] = spans
    return doc


def _values(record: Record) -> Iterator[tuple[str, str, str, Evidence]]:
    """Group, label, id and evidence of each value."""
    for name in _HEADER:
        value = getattr(record, name)
        if value is not None:
            yield "header", name, name, value.evidence
    for task in record.tasks:
        yield "tasks", "task", task.id, task.evidence
        for assignee in task.assignees:
            yield "assignees", assignee.role, task.id, assignee.evidence
        for deadline in task.deadlines:
            yield "deadlines", deadline.kind, task.id, deadline.evidence
    for target in record.targets:
        yield "targets", target.comparator, target.id, target.evidence
    for reference in record.references:
        yield "references", reference.doc_type or "reference", reference.id, reference.evidence
    for recipient in record.recipients:
        yield "recipients", recipient.purpose or "recipient", recipient.name, recipient.evidence
