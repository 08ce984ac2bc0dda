"""Who signs: authority, on whose behalf, post, name (zone 7)."""

from __future__ import annotations

import re

from vndirective.extract.evidence import cite
from vndirective.extract.spelling import person, post
from vndirective.parsers.source import Span
from vndirective.schema.record import Authority, AuthorityLine, Signatory
from vndirective.segment.lines import AUTHORITY, is_person, is_position, without_titles
from vndirective.segment.notice import Frame, ZoneKind

_CODES: dict[str, Authority] = {"TM": "TM", "KT": "KT", "TL": "TL", "TUQ": "TUQ", "Q": "Q"}
_NO_NAME = re.compile(r"^\(?\s*(?:đã ký|ký tên|đã kí)", re.IGNORECASE)


def read_signatory(frame: Frame) -> Signatory | None:
    """The signature block; None where the notice has none. Posts come in official spelling, names as printed."""
    blocks = [b for b in frame.blocks(ZoneKind.SIGNATURE) if not _NO_NAME.match(frame.text(b))]
    if not blocks:
        return None
    chain: list[AuthorityLine] = []
    name: str | None = None
    position: str | None = None
    used = []
    for block in blocks:
        text = frame.text(block).strip(" *")
        match = AUTHORITY.match(text)
        if match and (text.isupper() or not is_person(text)):
            code = re.sub(r"[\s/]", "", match.group("authority")).upper()
            chain.append(AuthorityLine(authority=_CODES[code], text=post(match.group("rest").strip(" .*"))))
        elif (is_position(text) and not (chain or position)) or (is_position(text) and name is None and text.isupper()):
            # "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN / PHÓ CHỦ TỊCH UBND HUYỆN": the post in which one signs stands first
            second = position is not None and bool(chain) and chain[0].authority == "KT"
            position = position if second else post(text)
            chain.append(AuthorityLine(authority=None, text=post(text)))
        elif is_person(text):
            name = person(without_titles(text))
        else:
            continue
        used.append(block)
    if not used:
        return None
    first = next((line for line in chain if line.authority), None)
    if position is None and first is not None and first.authority == "Q":
        position = first.text
    if first is not None and first.authority == "KT" and position == first.text:
        position = None  # nobody signs for a post that is his own: the rest of his own post was not read
    return Signatory(
        authority=first.authority if first else None,
        on_behalf_of=first.text if first and first.authority != "Q" else None,
        position=position,
        name=name,
        chain=tuple(chain),
        evidence=cite(frame.source, Span(used[0].span.start, used[-1].span.end), "signatory.block"),
    )
