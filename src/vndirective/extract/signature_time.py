"""The day of issue where it was written by hand: confirmed by the issuing body's own electronic signature.

Only the day is taken, only from a signature of the body that issues, and only where month and year are those printed.
"""

from __future__ import annotations

import re

from vndirective.extract.evidence import cite
from vndirective.parsers.source import Block, BlockKind, Span
from vndirective.schema.record import Issuer, PartialDate
from vndirective.segment.notice import Frame
from vndirective.segment.syllables import fold

_TIME = re.compile(r"(?P<day>\d{2})[./-](?P<month>\d{2})[./-](?P<year>\d{4})\s+\d{2}:\d{2}:\d{2}")
_CONFIDENCE = 0.85
_NEAR = 3  # lines of a stamp between its signer and its time


def completed(frame: Frame, date: PartialDate | None, issuer: Issuer | None) -> PartialDate | None:
    """`date` with the day of signing where it lacks one."""
    if date is None or date.day is not None or date.month is None or issuer is None:
        return date
    stamps = [b for b in frame.source.blocks if b.kind is BlockKind.STAMP]
    days = {}
    for at, block in enumerate(stamps):
        found = _TIME.search(frame.text(block))
        same = found and (int(found["year"]), int(found["month"])) == (date.year, date.month)
        if found and same and _is_by(frame, stamps[max(0, at - _NEAR) : at + 1], issuer):
            days[int(found["day"])] = Span(block.span.start + found.start(), block.span.start + found.end())
    if len(days) != 1:
        return date
    day, span = next(iter(days.items()))
    return PartialDate(
        iso=f"{date.year:04d}-{date.month:02d}-{day:02d}",
        year=date.year,
        month=date.month,
        day=day,
        raw=date.raw,
        evidence=cite(frame.source, span, "issued_on.signature_time", _CONFIDENCE),
    )


def _is_by(frame: Frame, stamp: list[Block], issuer: Issuer) -> bool:
    name = fold(issuer.name)
    return any(name in fold(frame.text(b)) for b in stamp)
