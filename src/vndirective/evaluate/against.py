"""What a run gained and lost against an earlier one, item by item, under soft matching."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vndirective.errors import GoldError, InputError
from vndirective.evaluate.evaluation import Evaluation
from vndirective.evaluate.judgement import Judgement, Verdict

_AS_IT_SHOULD_BE: frozenset[Verdict | None] = frozenset({"right", "absent", "accepted", None})
"""None: nothing was judged, as where a surplus value is no longer given."""

Items = list[tuple[str, Judgement]]


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose verdict went from an error to none, or back. `wanted` and `given` are those of the later run."""

    document: str
    field: str
    item: str
    before: Verdict | None
    after: Verdict | None
    wanted: str | None
    given: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    gains: tuple[Change, ...]
    losses: tuple[Change, ...]


def items_of(evaluation: Evaluation) -> Items:
    return [(d.name, j) for d in evaluation.documents for j in d.judgements["soft"]]


def compare(before: Items, after: Items) -> Comparison:
    """Changes of the documents that both runs judged."""
    shared = {name for name, _ in before} & {name for name, _ in after}
    earlier, later = dict(_keyed(before, shared)), dict(_keyed(after, shared))
    gains: list[Change] = []
    losses: list[Change] = []
    for key in [*later, *(k for k in earlier if k not in later)]:
        old, new = earlier.get(key), later.get(key)
        was, now = old.verdict if old else None, new.verdict if new else None
        if (was in _AS_IT_SHOULD_BE) == (now in _AS_IT_SHOULD_BE):
            continue
        shown = new or old
        assert shown is not None
        given = new.given if new else None
        change = Change(key[0], shown.field, shown.item, was, now, shown.wanted, given)
        (gains if now in _AS_IT_SHOULD_BE else losses).append(change)
    return Comparison(tuple(gains), tuple(losses))


def _keyed(items: Items, documents: set[str]) -> Iterator[tuple[tuple[str, str, str, int], Judgement]]:
    """Each judgement under document, field and item; the second of two that are called the same is number 1."""
    seen: dict[tuple[str, str, str], int] = {}
    for document, judgement in items:
        if document in documents:
            key = (document, judgement.field, judgement.item)
            seen[key] = seen.get(key, -1) + 1
            yield (*key, seen[key]), judgement


def read_earlier(path: Path) -> Items:
    """The items of an earlier report in JSON; GoldError where it is none."""
    try:
        return list(_items(json.loads(path.read_text(encoding="utf-8"))["items"]))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path.name}: {error!r}") from error


def _items(rows: Iterable[dict[str, str | None]]) -> Iterator[tuple[str, Judgement]]:
    for row in rows:
        fields = {k: v for k, v in row.items() if k != "document"}
        yield str(row["document"]), Judgement(**fields)  # type: ignore[arg-type]
