"""Word lists: NFC, no entry twice, every row with a source."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest

from vndirective.errors import LexiconError
from vndirective.lexicons import rows, table

FILES = sorted(p.name for p in files("vndirective.lexicons").iterdir() if p.name.endswith((".csv", ".toml")))


@pytest.mark.parametrize("name", FILES)
def test_lists_load_and_are_nfc(name: str) -> None:
    text = (files("vndirective.lexicons") / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    stem, _, kind = name.partition(".")
    if kind == "csv":
        assert all(row["source"] for row in rows(stem))
    else:
        assert (table(stem) and "Source" in text) or stem == "conventions"


@pytest.mark.parametrize("name", ["actors", "verbs"])
def test_no_term_stands_twice_in_a_list(name: str) -> None:
    twice = {k: {t for t in terms if terms.count(t) > 1} for k, terms in table(name).items()}
    assert not {k: v for k, v in twice.items() if v}


def test_a_missing_list_is_our_error() -> None:
    with pytest.raises(LexiconError):
        rows("khong-co")
