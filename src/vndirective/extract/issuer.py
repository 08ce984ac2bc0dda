"""The issuing body and the body above it (zone 2), or where else the notice names it."""

from __future__ import annotations

import re

from vndirective.extract.evidence import cite
from vndirective.extract.letterhead import letterhead_blocks
from vndirective.extract.spelling import head_of, name_of_body
from vndirective.parsers.source import Block, Span
from vndirective.schema.record import Issuer, Level, Signatory
from vndirective.segment.lines import is_motto, is_number, place_date, type_name
from vndirective.segment.notice import Frame
from vndirective.segment.syllables import fold

_LOCALITY = re.compile(
    r"(?<!\w)(?P<kind>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?P<name>[A-ZĐÀ-Ỹ].*)$",
    re.IGNORECASE,
)
_LEVELS: dict[str, Level] = {
    "tỉnh": "province",
    "thành phố": "province",
    "tp": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
_HOLDS = re.compile(
    r"(?:^|,\s+|;\s+)(?P<body>(?:Ủy ban nhân dân|UBND|Uỷ ban nhân dân|Phòng|Sở|Bộ|Đảng ủy|Huyện ủy|Tỉnh ủy|Thành ủy|Thường trực|Ban Thường vụ|"
    r"Trường|Trung tâm|Văn phòng|Hội đồng nhân dân|HĐND)\b[^,;:.()]{0,80}?)\s*(?:\([^)]*\)\s*(?P<rest>[^,;:.]{0,40}?)\s*)?(?:đã )?tổ chức\s+(?:Hội nghị|hội nghị|cuộc họp|Cuộc họp|phiên họp|buổi)"
)
_PART_OF = frozenset(
    ["văn phòng", "ban thường vụ", "ban thường trực", "thường trực", "ban chấp hành", "hội đồng thành viên"]
)
_RULED_OFF = re.compile(r"[\s*]*[-–_]{2,}[\s*\-–_]*$")  # a line drawn with dashes behind the name
_LEGAL_FORM = re.compile(r"(?:công ty (?:cổ phần|tnhh)|ctcp|tnhh)(?: một thành viên| mtv)?$")
_BY_ORDER = re.compile(
    r"(?:Thừa lệnh|Thừa ủy quyền|Thừa uỷ quyền|Thay mặt)\s+(?:đồng chí\s+|Chủ tịch\s+|Giám đốc\s+|Trưởng\s+)?(?P<body>[^,.;:]{4,60}),"
)


def read_issuer(frame: Frame, signatory: Signatory | None) -> tuple[Issuer | None, bool]:
    """Issuer, and whether it had to be inferred because no letterhead names it."""
    bodies = _letterhead_bodies(frame)
    if bodies:
        return _from_letterhead(frame, bodies), False
    return _inferred(frame, signatory), True


def _letterhead_bodies(frame: Frame) -> list[list[Block]]:
    """Lines in capitals grouped into names: a line that opens no body goes on with the one above."""
    groups: list[list[Block]] = []
    for block in letterhead_blocks(frame):
        text = frame.text(block)
        if not _names_body(text):
            if groups and (is_number(text) or is_motto(text)):
                break
            continue
        if (
            groups
            and groups[-1][-1].span.end + 1 == block.span.start
            and not _opens_body(text, frame.text(groups[-1][-1]))
        ):
            groups[-1].append(block)
        elif not groups or _opens_body(text, ""):
            groups.append([block])
    return groups


def _names_body(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) > 0.7 * max(1, len(letters))
    other = is_motto(text) or is_number(text) or place_date(text) or type_name(text) or fold(text).startswith("v/v")
    return capitals and len(letters) > 3 and not other


def _opens_body(text: str, before: str) -> bool:
    """ "TỈNH HÀ THANH" goes on with the line above; "SỞ NỘI VỤ" opens a name of its own."""
    if before.rstrip().endswith((" VÀ", "-", "–", "&", ",")) or (
        before and _LEGAL_FORM.match(fold(text).strip(" -–()"))
    ):
        return False
    return head_of(text) is not None


# the party body of a company, school or hospital
_PARTY_OF_UNIT = re.compile(
    r"^(?:đảng ủy|đảng bộ|chi bộ|chi ủy|ban chấp hành đảng bộ) (?:tổng )?(?:công ty|trường|bệnh viện|học viện|xí nghiệp|nhà máy|tập đoàn|ngân hàng|trung tâm|cảng|viện)\b"
)


def _from_letterhead(frame: Frame, bodies: list[list[Block]]) -> Issuer:
    names = [_joined_name(frame, group) for group in bodies]
    if len(names) > 1 and fold(names[-1]) in _PART_OF:  # "TỈNH ỦY SƠN GIANG / VĂN PHÒNG": alone it names nobody
        names[-1] = f"{names[-1]} {names[-2]}"
    span = Span(bodies[-1][0].span.start, bodies[-1][-1].span.end)
    parent = names[-2] if len(names) > 1 else None
    name = names[-1]
    return Issuer(
        name=name,
        parent=parent,
        level=_level(name, parent),
        locality=_locality(name) or (_locality(parent) if parent else None),
        evidence=cite(frame.source, span, "issuer.letterhead"),
    )


def _joined_name(frame: Frame, group: list[Block]) -> str:
    return name_of_body(" ".join(_RULED_OFF.sub("", frame.text(b)).strip(" *") for b in group))


def _locality(name: str) -> str | None:
    match = _LOCALITY.search(name)
    return match.group().strip() if match and match.group("name")[0].isupper() else None


def _level(name: str, parent: str | None) -> Level | None:
    """Level of the body: by its head, else by the locality in its name, else one below the body above it."""
    head = head_of(name)
    named = (m for m in _LOCALITY.finditer(name) if m.group("name")[0].isupper())
    locality = next((m for m in named if not fold(m.group()).startswith("xã hội")), None)  # "Bảo hiểm xã hội tỉnh …"
    if (head is not None and head[1] == "unit") or _PARTY_OF_UNIT.search(fold(name)):
        return "unit"
    if locality is not None and not (head and head[1] == "province"):
        kind = locality.group("kind").lower().strip(".")
        if kind == "thành phố" and parent and "tỉnh" in fold(parent):
            return "district"
        return _LEVELS[kind]
    if head is None:
        return None
    if head[1]:
        above = _level(parent, None) if parent else None
        if head[0] == "thành ủy" and above == "province":
            return "district"  # the committee of a city that belongs to a province
        if head[1] == "central" and above in {"province", "district"}:
            return above  # "Cục", "Vụ" under a province
        return head[1]  # type: ignore[return-value]
    if parent is not None:
        return _level(parent, None)
    if re.search(r"\bhuyện\b", fold(name)):
        return "district"
    if re.search(r"\btỉnh\b", fold(name)):
        return "province"
    if re.search(r"\bxã\b", fold(name)) or fold(name).startswith("đảng ủy"):
        return "commune"
    return "central" if "trung ương" in fold(name) else None


def _inferred(frame: Frame, signatory: Signatory | None) -> Issuer | None:
    """From who held the meeting, else by whose order the notice goes out, else from the signature."""
    body = [frame.source.blocks[i] for i in frame.body()]
    for block in body[:3]:
        match = _HOLDS.search(frame.text(block))
        if match:
            return _cited(frame, block, match, "issuer.held_meeting")
    for block in reversed(body[-3:]):
        match = _BY_ORDER.search(frame.text(block))
        if match and head_of(match.group("body")):
            return _cited(frame, block, match, "issuer.by_order")
    if signatory is not None and signatory.on_behalf_of and head_of(signatory.on_behalf_of):
        name = signatory.on_behalf_of
        return Issuer(
            name=name,
            level=_level(name, None) or _party_level(frame),
            locality=_locality(name),
            evidence=signatory.evidence.model_copy(update={"rule": "issuer.signature", "confidence": 0.6}),
        )
    return None


def _party_level(frame: Frame) -> Level | None:
    text = fold(frame.source.text)
    counts = {
        level: text.count(word)
        for word, level in (("huyện ủy", "district"), ("tỉnh ủy", "province"), ("đảng ủy xã", "commune"))
    }
    best = max(counts, key=lambda k: counts[k])
    return best if counts[best] else None  # type: ignore[return-value]


def _cited(frame: Frame, block: Block, match: re.Match[str], rule: str) -> Issuer:
    start, end = match.span("body")
    span = Span(block.span.start + start, block.span.start + end)
    name = span.of(frame.source.text).strip()
    return Issuer(
        name=name,
        level=_level(name, None),
        locality=_locality(name),
        evidence=cite(frame.source, span, rule, 0.7),
    )
