"""Judging the header: one judgement a field that gold speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vndirective.evaluate.gold import Answers, GoldDocument
from vndirective.evaluate.judgement import Judgement, Verdict
from vndirective.evaluate.matching import Matching
from vndirective.schema.record import Record, Signatory


@dataclass(frozen=True, slots=True)
class HeaderField:
    """`least` is the likeness that soft matching asks; None for codes and dates, which are right or wrong."""

    name: str
    pointer: str
    read: Callable[[Record], str | None]
    least: float | None = None


def _of_signatory(read: Callable[[Signatory], str | None]) -> Callable[[Record], str | None]:
    return lambda record: read(record.signatory) if record.signatory else None


def _meeting_date(record: Record) -> str | None:
    return record.meeting.date.iso if record.meeting and record.meeting.date else None


HEADER_FIELDS = (
    HeaderField("doc_type", "/doc_type", lambda r: r.doc_type.code if r.doc_type else None),
    HeaderField("number", "/number", lambda r: r.number.value if r.number else None),
    HeaderField("symbol", "/number", lambda r: r.number.symbol if r.number else None),
    HeaderField("issued_on", "/issued_on", lambda r: r.issued_on.iso if r.issued_on else None),
    HeaderField("place", "/place", lambda r: r.place.name if r.place else None, 0.9),
    HeaderField("system", "/system", lambda r: r.system),
    HeaderField("level", "/issuer", lambda r: r.issuer.level if r.issuer else None),
    HeaderField("issuer", "/issuer", lambda r: r.issuer.name if r.issuer else None, 0.88),
    HeaderField("subject", "/subject", lambda r: r.subject.text if r.subject else None, 0.9),
    HeaderField("signatory.name", "/signatory", _of_signatory(lambda s: s.name), 0.88),
    HeaderField("signatory.position", "/signatory", _of_signatory(lambda s: s.position), 0.85),
    HeaderField("signatory.authority", "/signatory", _of_signatory(lambda s: s.authority)),
    HeaderField("signatory.on_behalf_of", "/signatory", _of_signatory(lambda s: s.on_behalf_of), 0.8),
    HeaderField("meeting.date", "/meeting/date", _meeting_date),
)


def judge_header(record: Record | None, gold: GoldDocument, matching: Matching) -> Iterator[Judgement]:
    for field in HEADER_FIELDS:
        if field.name in gold.header:
            given = field.read(record) if record else None
            answers = gold.header[field.name]
            yield Judgement(
                field=field.name,
                verdict=_verdict(given or None, answers, field.least, matching),
                item=field.name,
                wanted=next((a for a in answers if a is not None), None),
                given=given,
                pointer=field.pointer if given else None,
            )


def _verdict(given: str | None, answers: Answers, least: float | None, matching: Matching) -> Verdict:
    if given is None:
        return "absent" if None in answers else "missed"
    wanted = [a for a in answers if a is not None]
    if not wanted:
        return "surplus"
    if least is None:
        right = any(matching.same_code(given, want) for want in wanted)
    else:
        right = any(matching.same(given, want, least) for want in wanted)
    return "right" if right else "wrong"
