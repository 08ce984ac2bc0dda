"""Judging recipients, archive, references and targets."""

from __future__ import annotations

from collections.abc import Iterator

from vndirective.evaluate.gold import GoldDocument, GoldTarget
from vndirective.evaluate.judgement import Given, Judgement, Verdict, numbered, pair
from vndirective.evaluate.matching import Matching, code, folded, printed, same_unit
from vndirective.schema.record import Record, Reference, Target

_METRIC_SHARE = 0.4  # of the words by which gold tells what is measured
_NEAR = {"eq": {"eq", "ge"}, "ge": {"ge", "eq"}, "gt": {"gt", "ge"}, "le": {"le", "eq"}, "lt": {"lt", "le"}}


def judge_lists(record: Record | None, gold: GoldDocument, matching: Matching) -> Iterator[Judgement]:
    yield from _recipients(record, gold, matching)
    yield from _archive(record, gold, matching)
    yield from _targets(record, gold, matching)
    yield from _references(record, gold, matching)


def _recipients(record: Record | None, gold: GoldDocument, matching: Matching) -> Iterator[Judgement]:
    given = list(numbered(record.recipients if record else (), "/recipients"))
    found = pair(given, gold.recipients, lambda p, g: matching.same_name(p.value.name, g.name, 0.85))
    for p, g in found.pairs:
        yield Judgement("recipients", "right", g.name, g.name, p.value.name, p.pointer)
        if g.purpose or p.value.purpose:
            yield Judgement(
                field="recipient_purposes",
                verdict=_verdict(p.value.purpose, g.purpose),
                item=g.name,
                wanted=g.purpose,
                given=p.value.purpose,
                pointer=p.pointer,
            )
    for p in found.surplus:
        yield Judgement("recipients", "surplus", p.value.name, None, p.value.name, p.pointer)
    for g in found.missed:
        yield Judgement("recipients", "missed", g.name, g.name)
        if g.purpose:
            yield Judgement("recipient_purposes", "missed", g.name, g.purpose)


def _verdict(given: str | None, wanted: str | None) -> Verdict:
    """Of two values of which at least one is there."""
    if given == wanted:
        return "right"
    return "surplus" if wanted is None else "missed" if given is None else "wrong"


def _archive(record: Record | None, gold: GoldDocument, matching: Matching) -> Iterator[Judgement]:
    found = pair(record.archive if record else (), gold.archive, lambda p, g: matching.same(p, g, 0.85))
    for p, g in found.pairs:
        yield Judgement("archive", "right", g, g, p)
    for p in found.surplus:
        yield Judgement("archive", "surplus", p, None, p)
    for g in found.missed:
        yield Judgement("archive", "missed", g, g)


def _references(record: Record | None, gold: GoldDocument, matching: Matching) -> Iterator[Judgement]:
    """Each document once, by number and symbol; references without a symbol are not judged."""
    key = printed if matching.name == "strict" else code
    wanted = {key(r): r for r in gold.references}
    allowed = set(map(key, gold.optional_references))
    seen: dict[str, Given[Reference]] = {}
    for given in numbered(record.references if record else (), "/references"):
        name = key(given.value.canonical or "")
        if name and name not in seen:
            seen[name] = given
            verdict: Verdict = "right" if name in wanted else "accepted" if name in allowed else "surplus"
            label = wanted.get(name, given.value.canonical or "")
            yield Judgement("references", verdict, label, wanted.get(name), given.value.canonical, given.pointer)
    for name, want in wanted.items():
        if name not in seen:
            yield Judgement("references", "missed", want, want)


def _targets(record: Record | None, gold: GoldDocument, matching: Matching) -> Iterator[Judgement]:
    given = list(numbered(record.targets if record else (), "/targets"))
    found = pair(given, gold.targets, lambda p, g: _same_target(p.value, g, matching))
    for p, g in found.pairs:
        if g.optional:
            yield Judgement("targets", "accepted", _label(g), _label(g), shown(p.value), p.pointer)
            continue
        near = {g.comparator} if matching.name == "strict" else _NEAR.get(g.comparator, {g.comparator})
        verdict: Verdict = "right" if p.value.comparator in near else "wrong"
        yield Judgement("targets", verdict, _label(g), _label(g), shown(p.value), p.pointer)
        if g.due or p.value.due:
            yield Judgement("target_dues", _verdict(p.value.due, g.due), _label(g), g.due, p.value.due, p.pointer)
    for p in found.surplus:
        yield Judgement("targets", "surplus", shown(p.value), None, shown(p.value), p.pointer)
    for g in found.missed:
        if not g.optional:
            yield Judgement("targets", "missed", _label(g), _label(g))
            if g.due:
                yield Judgement("target_dues", "missed", _label(g), g.due)


def _same_target(given: Target, gold: GoldTarget, matching: Matching) -> bool:
    if abs(given.value - gold.value) > 1e-6 * max(1.0, abs(gold.value)):
        return False
    if not same_unit(given.unit, gold.units, matching):
        return False
    if matching.name == "strict":
        return printed(gold.metric).lower() in printed(given.metric).lower()
    wanted = set(folded(gold.metric).split())
    return len(wanted & set(folded(given.metric).split())) >= _METRIC_SHARE * max(1, len(wanted))


def shown(target: Target) -> str:
    return f"{target.comparator} {target.value:g} {target.unit or ''} {target.metric}".replace("  ", " ")


def _label(gold: GoldTarget) -> str:
    return f"{gold.comparator} {gold.value:g} {gold.units[0] or ''} {gold.metric}".replace("  ", " ")
