"""Counting judgements: precision, recall, F1 with support."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vndirective.evaluate.header import HEADER_FIELDS
from vndirective.evaluate.judgement import Judgement

HEADER = tuple(f.name for f in HEADER_FIELDS)
LISTS = (
    "recipients",
    "tasks",
    "task_boundaries",
    "assignees",
    "assignee_roles",
    "deadlines",
    "targets",
    "references",
)
DETAILS = ("archive", "recipient_purposes", "task_references", "target_dues")
FIELDS = (*HEADER, "header", *LISTS, *DETAILS)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values of a field are right, wrong, surplus, missed; `absent`: neither wanted nor given."""

    right: int = 0
    wrong: int = 0
    surplus: int = 0
    missed: int = 0
    absent: int = 0

    @property
    def support(self) -> int:
        """Values that gold asks for."""
        return self.right + self.wrong + self.missed

    @property
    def judged(self) -> int:
        return self.support + self.surplus + self.absent

    @property
    def precision(self) -> float | None:
        """None where nothing was given."""
        return _share(self.right, self.right + self.wrong + self.surplus)

    @property
    def recall(self) -> float | None:
        """None where nothing is asked for."""
        return _share(self.right, self.support)

    @property
    def f1(self) -> float | None:
        """None where nothing is asked for and nothing was given."""
        return _share(2 * self.right, 2 * self.right + 2 * self.wrong + self.surplus + self.missed)

    @property
    def accuracy(self) -> float | None:
        """Share of the judged values that are as in gold, a field rightly left null among them."""
        return _share(self.right + self.absent, self.judged)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def tally(judgements: Iterable[Judgement]) -> dict[str, Tally]:
    """A tally for each field that was judged, and "header" over all fields of the header."""
    counts: dict[str, dict[str, int]] = {}
    for judgement in judgements:
        names = (judgement.field, "header") if judgement.field in HEADER else (judgement.field,)
        for name in names:
            verdicts = counts.setdefault(name, {})
            verdicts[judgement.verdict] = verdicts.get(judgement.verdict, 0) + 1
    kinds = Tally.__dataclass_fields__
    return {f: Tally(**{k: v for k, v in counts[f].items() if k in kinds}) for f in FIELDS if f in counts}


def score(tallies: dict[str, Tally], field: str) -> float | None:
    """The figure by which a field is known: accuracy in the header, F1 elsewhere."""
    found = tallies.get(field)
    if found is None:
        return None
    return found.accuracy if field in HEADER or field == "header" else found.f1


def overall(tallies: dict[str, Tally]) -> float | None:
    """Mean of the header and the lists, those left out of which nothing is asked for and nothing given."""
    scores = [s for s in (score(tallies, f) for f in ("header", *LISTS)) if s is not None]
    return sum(scores) / len(scores) if scores else None
