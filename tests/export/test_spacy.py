"""The spaCy Doc of a record: its text, and each value where its evidence says."""

from __future__ import annotations

import pytest

import vndirective
from vndirective.errors import EmptyInputError
from vndirective.schema.record import Record


def test_spans_are_the_evidence(records: list[Record]) -> None:
    for record in records:
        doc = record.to_spacy()
        assert doc.text == record.text
        tasks = [(s.id_, s.text) for s in doc.spans["tasks"]]
        assert [i for i, _ in tasks] == [t.id for t in record.tasks for _ in t.evidence.spans]
        for span in doc.spans["deadlines"]:
            task = next(t for t in record.tasks if t.id == span.id_)
            assert any(d.evidence.quote in span.text and d.kind == span.label_ for d in task.deadlines)
        leads = [s.label_ for s in doc.spans["assignees"] if s.label_ == "lead"]
        assert len(leads) >= sum(a.role == "lead" for t in record.tasks for a in t.assignees)
        assert {s.label_ for s in doc.spans["header"]} >= {"subject"} if record.subject else True


def test_a_record_without_its_text_has_none(records: list[Record]) -> None:
    with pytest.raises(EmptyInputError):
        vndirective.to_spacy(records[0].model_copy(update={"text": None}))
