"""What is tried only where a cheap test allows it: the test hides nothing that the pattern itself would find."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from vndirective.extract import references, statements
from vndirective.extract.deadlines import bounds, expressions
from vndirective.extract.rules import Rule
from vndirective.extract.targets import goals
from vndirective.parsers.source import Span
from vndirective.segment.syllables import fold

SAMPLES = Path(__file__).parents[2] / "samples" / "notices"


@lru_cache(maxsize=1)
def lines() -> tuple[str, ...]:
    """Lines of the typed samples and the examples of all rules."""
    typed = (line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text("utf-8", "replace").split("\n"))
    rules = (*expressions.RULES, *references.RULES, *statements.RULES, *goals.RULES)
    return tuple(dict.fromkeys([*typed, *(e for rule in rules for e in (*rule.examples, *rule.counter_examples))]))


@pytest.mark.parametrize("rule", expressions.RULES, ids=lambda r: r.id)
def test_times_are_found_where_a_word_opens_them(rule: Rule) -> None:
    assert rule.pattern is not None
    for line in lines():
        found = [m.span() for m in expressions.found_by(rule, line, fold(line))]
        assert found == [m.span() for m in rule.pattern.finditer(line)], line


@pytest.mark.parametrize("rule", references.RULES, ids=lambda r: r.id)
def test_citations_are_found_at_figures(rule: Rule) -> None:
    assert rule.pattern is not None
    for line in lines():
        found = [m.span() for m in references._found_by(rule, line, Span(0, len(line)))]
        assert found == [m.span() for m in rule.pattern.finditer(line)], line


@pytest.mark.parametrize(
    ("rule", "words"), [*statements._HOLDS.items(), *goals._HOLDS.items()], ids=lambda r: getattr(r, "id", "")
)
def test_what_a_rule_finds_holds_one_of_its_words(rule: Rule, words: tuple[str, ...]) -> None:
    assert rule.pattern is not None
    for line in map(fold, lines()):
        assert not rule.pattern.search(line) or any(word in line for word in words), line


def test_what_was_made_or_happened_is_told_by_its_last_words() -> None:
    for line in map(fold, lines()):
        words = line.split(" ")
        for at in range(len(words)):
            before = " ".join(words[max(0, at - 12) : at + 1]) + " "
            assert bounds._made(before) == (bounds._MADE.search(before) is not None), before
            assert bounds._happened(before) == (bounds._HAPPENED.search(before) is not None), before
