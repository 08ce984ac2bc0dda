"""One judgement: what gold wants of a field, what the record gives, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Verdict = Literal["right", "wrong", "surplus", "missed", "absent", "accepted"]
"""`wrong`: gold wants a value and the record gives another one, an error on both sides. `absent`: nothing is wanted and
nothing given. `accepted`: given, and gold holds it for arguable; neither asked for nor punished."""

P = TypeVar("P")
G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Judgement:
    """`item` names what is judged within the notice (a field, an item's first words), `pointer` is the JSON pointer of
    the object of the record that holds the value, None where the record gives none."""

    field: str
    verdict: Verdict
    item: str
    wanted: str | None = None
    given: str | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Given(Generic[P]):
    """A value of the record and where it stands there."""

    value: P
    pointer: str


@dataclass(frozen=True, slots=True)
class Pairing(Generic[P, G]):
    pairs: list[tuple[P, G]]
    surplus: list[P]
    missed: list[G]


def pair(given: Sequence[P], wanted: Sequence[G], same: Callable[[P, G], bool]) -> Pairing[P, G]:
    """Each wanted item with the first given one that is the same and still free, in order."""
    free, pairs, missed = list(given), [], []
    for want in wanted:
        place = next((n for n, value in enumerate(free) if same(value, want)), None)
        if place is None:
            missed.append(want)
        else:
            pairs.append((free.pop(place), want))
    return Pairing(pairs, free, missed)


def numbered(values: Sequence[P], pointer: str) -> Iterator[Given[P]]:
    """The values of a list of the record, each with its pointer: "/tasks", "/tasks/0/assignees"."""
    return (Given(value, f"{pointer}/{n}") for n, value in enumerate(values))
