"""A run of records against gold, judged under each matching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from vndirective.evaluate.gold import GoldDocument, GoldNotice
from vndirective.evaluate.header import judge_header
from vndirective.evaluate.judgement import Judgement, numbered
from vndirective.evaluate.lists import judge_lists
from vndirective.evaluate.matching import MATCHINGS, Matching, MatchingName
from vndirective.evaluate.records import RecordSet
from vndirective.evaluate.tally import Tally, tally
from vndirective.evaluate.tasks import judge_tasks, surplus_task
from vndirective.schema.record import Record

CLASSES = ("kind", "regime", "format", "level", "year")
_FORMATS = {
    "text/plain": "txt",
    "text/markdown": "md",
    "text/html": "html",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
}


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """A document of gold with what was found of it. `name` is the notice's id, with "#2" from its second document on."""

    name: str
    notice: str
    failed: bool
    classes: Mapping[str, str]
    judgements: Mapping[MatchingName, tuple[Judgement, ...]]

    def tallies(self, matching: MatchingName = "soft") -> dict[str, Tally]:
        return tally(self.judgements[matching])


@dataclass(frozen=True, slots=True)
class Evaluation:
    documents: tuple[DocumentResult, ...]
    broken: tuple[str, ...]

    @property
    def failures(self) -> list[str]:
        """Documents of gold without a record: all that gold asks of them is missed."""
        return [d.name for d in self.documents if d.failed]

    def tallies(self, matching: MatchingName = "soft") -> dict[str, Tally]:
        return tally(j for d in self.documents for j in d.judgements[matching])

    def classed(self, name: str, matching: MatchingName = "soft") -> dict[str, tuple[int, dict[str, Tally]]]:
        """For each value of a class ("kind" → "TB") its number of documents and tallies."""
        groups: dict[str, list[DocumentResult]] = {}
        for document in self.documents:
            groups.setdefault(document.classes[name], []).append(document)
        return {
            value: (len(members), tally(j for d in members for j in d.judgements[matching]))
            for value, members in sorted(groups.items())
        }


def evaluate(gold: Sequence[GoldNotice], records: RecordSet) -> Evaluation:
    return Evaluation(tuple(d for notice in gold for d in _judge(notice, records)), records.broken)


def _judge(notice: GoldNotice, records: RecordSet) -> Iterator[DocumentResult]:
    found = records.of(notice)
    for part, document in enumerate(notice.documents):
        record = found[part] if part < len(found) else None
        last = part == len(notice.documents) - 1
        surplus = found[len(notice.documents) :] if last else ()
        yield DocumentResult(
            name=notice.id if part == 0 else f"{notice.id}#{part + 1}",
            notice=notice.id,
            failed=record is None,
            classes=_classes(document, notice, record),
            judgements={m.name: tuple(judge(record, document, m, surplus)) for m in MATCHINGS},
        )


def judge(
    record: Record | None, gold: GoldDocument, matching: Matching, surplus: Iterable[Record] = ()
) -> Iterator[Judgement]:
    """All judgements of a document. The tasks of `surplus` records of the same file are surplus; one without tasks is one."""
    yield from judge_header(record, gold, matching)
    if not gold.header_only:
        yield from judge_lists(record, gold, matching)
        yield from judge_tasks(record, gold, matching)
        for other in surplus:
            for task in numbered(other.tasks, "/tasks"):
                yield from (_elsewhere(j) for j in surplus_task(task) if j.field == "tasks")
            if not other.tasks:
                yield Judgement("tasks", "surplus", other.id, None, other.id)


def _elsewhere(judgement: Judgement) -> Judgement:
    """Without the pointer, which leads into another record."""
    return Judgement(judgement.field, judgement.verdict, judgement.item, judgement.wanted, judgement.given)


def _classes(document: GoldDocument, notice: GoldNotice, record: Record | None) -> dict[str, str]:
    media_type = record.source.media_type if record else ""
    form = _FORMATS.get(media_type) or (media_type.partition("/")[2] or PurePosixPath(notice.file).suffix[1:])
    if record and record.source.text_origin in ("ocr", "mixed"):
        form += " (scan)"
    return {
        "kind": _first(document, "doc_type"),
        "regime": _first(document, "system"),
        "format": form or "–",
        "level": _first(document, "level"),
        "year": _first(document, "issued_on")[:4],
    }


def _first(document: GoldDocument, field: str) -> str:
    return next((a for a in document.header.get(field, ()) if a), "–")
