"""Short phrases of directive language, read as a careful clerk would read them: one case a phrase.

A phrase that is not yet read rightly carries `known_gap` with the reason: it must fail, and once it passes the mark must go.
"""

from __future__ import annotations

import re
import unicodedata

import pytest

from phrase_notices import FOLDER, SUITES, Phrase, complaints, frames, got, phrases

ALL = [phrase for suite in SUITES for phrase in phrases(suite)]


def _case(phrase: Phrase) -> object:
    marks = [pytest.mark.xfail(reason=phrase.known_gap, strict=True)] if phrase.known_gap else []
    return pytest.param(phrase, id=str(phrase), marks=marks)


@pytest.mark.parametrize("phrase", [_case(p) for p in ALL])
def test_phrase(phrase: Phrase) -> None:
    told = complaints(phrase)
    assert not told, "\n".join([phrase.text, *told, f"read: {got(phrase)}"])


@pytest.mark.parametrize("suite", SUITES)
def test_a_fifth_are_counter_examples(suite: str) -> None:
    classes = [p.entry["class"] for p in phrases(suite)]
    assert sum(c.startswith("no_") for c in classes) >= len(classes) / 5


def test_data_is_written_plainly() -> None:
    for path in sorted(FOLDER.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
    for phrase in ALL:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)?\.[a-z_]+", phrase.entry["class"]), phrase
        assert phrase.entry.get("frame", "district") in frames(), phrase
    texts = [p.text for p in ALL]
    assert len(texts) == len(set(texts))
