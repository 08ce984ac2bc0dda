"""Every example of every rule is found, no counter-example is."""

from __future__ import annotations

import pytest

from vndirective.extract.deadlines import expressions
from vndirective.extract.references import RULES as REFERENCE_RULES
from vndirective.extract.rules import Rule
from vndirective.extract.statements import RULES as STATEMENT_RULES
from vndirective.extract.targets import RULES as TARGET_RULES
from vndirective.extract.targets import tables

RULES: tuple[Rule, ...] = (*expressions.RULES, *REFERENCE_RULES, *STATEMENT_RULES, *TARGET_RULES, *tables.RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_examples_of_a_rule(rule: Rule) -> None:
    assert rule.pattern is not None
    assert rule.examples and rule.counter_examples
    for example in rule.examples:
        assert rule.pattern.search(example), example
    for counter in rule.counter_examples:
        assert not rule.pattern.search(counter), counter


def test_rule_ids_are_unique() -> None:
    ids = [r.id for r in RULES]
    assert len(ids) == len(set(ids))
