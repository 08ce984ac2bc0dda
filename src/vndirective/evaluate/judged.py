"""The values that a record gives, each with the verdict of gold: what confidence is learnt from and measured on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vndirective.confidence.observed import Observed, observe
from vndirective.confidence.tagger import Tagger
from vndirective.confidence.values import values_of
from vndirective.evaluate.evaluation import judge
from vndirective.evaluate.gold import GoldNotice
from vndirective.evaluate.judgement import Judgement
from vndirective.evaluate.matching import SOFT, folded
from vndirective.evaluate.records import RecordSet

_DETAILS = (
    "recipient_purposes",
    "target_dues",
)  # shown in reports; no field of their own in the figures that are aimed at
_ERRORS = ("wrong", "surplus")


@dataclass(frozen=True, slots=True)
class JudgedValue:
    """A value is wrong where gold wants another one or none at all in any of its parts. `family` is the notice it comes
    from, the same for every format in which that notice is kept; `share` what it says beside others where confidence is
    learnt: 1 for a notice that no rule has seen, less for one that rules were made with."""

    family: str
    document: str
    pointer: str
    field: str
    signs: tuple[str, ...]
    right: bool
    share: float = 1.0
    measures: Mapping[str, float] = dataclasses.field(default_factory=dict)

    @property
    def seen(self) -> Observed:
        return Observed(self.signs, self.measures)


def judged_values(
    gold: Sequence[GoldNotice], records: RecordSet, families: dict[str, str], tagger_for: Callable[[str], Tagger]
) -> Iterator[JudgedValue]:
    """Values that gold judges; what is missed has no value and is not among them.

    `families`: see `families_of`; `tagger_for` gives the tagger of the second reading for a family, one that has not learnt from it.
    """
    for notice in gold:
        for part, (document, record) in enumerate(zip(notice.documents, records.of(notice), strict=False)):
            name = notice.id if part == 0 else f"{notice.id}#{part + 1}"
            verdicts = verdicts_of(judge(record, document, SOFT))
            seen = observe(record, tagger_for(families[notice.id]))
            for value in values_of(record):
                if value.pointer in verdicts:
                    yield JudgedValue(
                        family=families[notice.id],
                        document=name,
                        pointer=value.pointer,
                        field=value.field,
                        signs=seen[value.pointer].signs,
                        measures=seen[value.pointer].measures,
                        right=verdicts[value.pointer],
                    )


def verdicts_of(judgements: Iterator[Judgement]) -> dict[str, bool]:
    """Pointer to "right": an object is right where nothing in it is wrong or surplus."""
    right: dict[str, bool] = {}
    for judgement in judgements:
        if judgement.pointer and judgement.field not in _DETAILS:
            right[judgement.pointer] = right.get(judgement.pointer, True) and judgement.verdict not in _ERRORS
    return right


def families_of(gold: Sequence[GoldNotice]) -> dict[str, str]:
    """Each notice's id with the id of the first notice that has most of its tasks or its number, date and subject.

    The same notice stands in gold as text, set anew, and as a scan of several; a fold must not learn from its own copy.
    """
    families: dict[str, str] = {}
    known: list[tuple[str, set[str]]] = []
    for notice in gold:
        marks = {folded(task.anchor)[:40] for document in notice.documents for task in document.tasks}
        marks |= {
            folded(" ".join(filter(None, (document.header.get("subject") or ())[:1]))) for document in notice.documents
        } - {""}
        same = next((f for f, others in known if len(marks & others) * 2 >= max(1, min(len(marks), len(others)))), None)
        families[notice.id] = same or notice.id
        known.append((families[notice.id], marks))
    return families
