"""Every value cites its evidence, and the evidence is the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples import NOTICES, evidence_in, records_of, shared_files
from vndirective.errors import VndirectiveError

FILES = [*NOTICES, *shared_files("seed", "rendered/docx", "rendered/pdf", "real/typed", "wild")]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_quotes_are_the_text_of_their_spans(path: Path) -> None:
    try:
        records = records_of(path)
    except VndirectiveError as error:
        assert error.message("vi") and error.next_step("vi")
        return
    for record in records:
        text = record.text or ""
        found = evidence_in(record.model_dump(mode="json"))
        assert found
        for evidence in found:
            assert "".join(text[s["start"] : s["end"]] for s in evidence["spans"]) == evidence["quote"] != ""
            assert all(s["end"] > s["start"] for s in evidence["spans"])


@pytest.mark.parametrize("path", [p for p in NOTICES if p.suffix == ".pdf"], ids=lambda p: p.name)
def test_digital_pages_give_boxes(path: Path) -> None:
    for record in records_of(path):
        for task in record.tasks:
            assert all(s.page and s.boxes for s in task.evidence.spans)
            for span in task.evidence.spans:
                assert all(0 <= x0 < x1 <= 600 and 0 <= top < bottom <= 850 for x0, top, x1, bottom in span.boxes or ())


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.name)
def test_ids_are_unique_and_resolve(path: Path) -> None:
    for record in records_of(path):
        targets = {t.id for t in record.targets}
        references = {r.id for r in record.references}
        assert len(targets) == len(record.targets) and len(references) == len(record.references)
        for task in record.tasks:
            assert set(task.target_ids) <= targets and set(task.reference_ids) <= references
