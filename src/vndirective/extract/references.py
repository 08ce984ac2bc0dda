"""Documents that a notice cites: number, symbol, type, date, issuer, title, article.

"Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị …" ─▶ 57-NQ/TW
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.dates import DateHit, find_dates
from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.lexicons import rows
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Reference
from vndirective.segment.syllables import fold

# a full stop with a space behind it ends the sentence: "701/KH-ĐHSP. Thực hiện …"
_SYMBOL = r"[A-ZĐ][A-ZĐa-zđ0-9&]{0,14}(?:(?:\s?[-–/_]\s?|\.)(?:[A-ZĐ][A-ZĐa-zđà-ỹ0-9&]{0,14}))*"

NUMBERED = Rule(
    id="reference.numbered",
    cue="số …/…, …-…/…",
    meaning="a number joined to a symbol of capitals by a slash or a hyphen",
    seen="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 3; Hướng dẫn 36-HD/VPTW",
    pattern=re.compile(
        rf"(?<![\w/.,-])(?<!\d:)(?P<value>\d{{1,6}}(?:\.\d{{1,2}})?[a-zA-Z]?)\s?(?:/\s?(?P<year>(?:19|20)\d{{2}})(?:\s?/|(?!\s?\n))|/|[-–](?=\s?[A-ZĐ][A-ZĐa-zđ]{{1,5}}\s?/))\s?(?P<symbol>{_SYMBOL})(?![\w])"
    ),
    examples=(
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "Nghị định số 30/2020/NĐ-CP",
        "Công văn số 6582/UBND-KGVX",
        "Luật số 42/2024/QH15",
        "Quyết định số 3112/QĐ- BTNMT",
        "Quyết định 10/2007/QĐ_BTNMT",
    ),
    counter_examples=(
        "từ 01/2025\nUBND xã",
        "đạt 8/17 xã",
        "ngày 20/9/2023",
        "học 2 buổi/ngày",
        "trực 24/7",
        "lớp 1/2",
        "tuyến 5-7 km",
    ),
)
CODED = Rule(
    id="reference.coded",
    cue="số YBB-…/…",
    meaning="a company's own number that begins with letters, after the word số",
    seen="đơn, giấy đề nghị của doanh nghiệp",
    pattern=re.compile(
        r"(?<=số )(?P<symbol>[A-ZĐ]{2,6}-[A-Z]{0,3}\d{2,5}/\d{2}-[A-Z]{1,4}|\d{1,4}-[A-ZĐ]{2,6}-[A-ZĐ]{1,6})(?![\w/])"
    ),
    examples=("Văn bản số ABC-SA012/26-LR ngày 21/4/2026", "Văn bản số 03-GĐN-HT ngày 21/4/2026"),
    counter_examples=("mã số ABC-12",),
)
PARTY_YEARLY = Rule(
    id="reference.glued_year",
    cue="số 11/2026CV-…",
    meaning="number, year and symbol written without the second slash",
    seen="văn bản của doanh nghiệp",
    pattern=re.compile(rf"(?<=số )(?P<value>\d{{1,5}}(?:\.\d)?)/(?P<year>20\d{{2}})(?P<symbol>{_SYMBOL})(?!\w)"),
    examples=("Văn bản số 14/2026CV-ABC ngày 09/5/2026",),
    counter_examples=("Văn bản số 14 ngày 09/5/2026",),
)
LOWER_CASE = Rule(
    id="reference.lower_case",
    cue="số …/20…/nđ-cp",
    meaning="a normative document whose symbol is typed in small letters",
    seen="văn bản gõ nhanh, thư điện tử",
    pattern=re.compile(
        r"(?<![\w/.,-])(?P<value>\d{1,4})/(?P<year>(?:19|20)\d{2})/(?P<symbol>(?:nđ|tt|ttlt|nq|qđ|ct)-[a-zđ]{2,10}(?:-[a-zđ]{2,10})?)(?![\w/])"
    ),
    examples=("Thông tư số 11/2024/tt-btc", "nghị định 30/2020/nđ-cp"),
    counter_examples=("ngày 11/12/2024", "lớp 6/2024/a"),
)
OLD_SPACED = Rule(
    id="reference.old_spaced",
    cue="số 315 QĐ/UB",
    meaning="number and symbol with a space between them, as before the rules of 2005",
    seen="văn bản trước Thông tư liên tịch 55/2005/TTLT-BNV-VPCP",
    pattern=re.compile(
        r"(?<=số )(?P<value>\d{1,5})\s(?P<symbol>(?:QĐ|CT|TT|NĐ|NQ|CV|KH|TB|BC|HD|TTr|CTr|KL)\s?[/-]\s?[A-ZĐ]{2,10}(?:[-/][A-ZĐ]{2,10})?)(?!\w)"
    ),
    examples=("Quyết định số 315 QĐ/UB ngày 12/8/1992", "Chỉ thị số 12 CT/TW"),
    counter_examples=("số 15 CN trực lũ", "Điều số 3 Quyết định"),
)
RULES = (NUMBERED, CODED, PARTY_YEARLY, LOWER_CASE, OLD_SPACED)
_AT_FIGURES = (NUMBERED, LOWER_CASE)  # the others stand behind "số "
_FIGURE = re.compile(r"\d+")
_NUMBER_WORD = re.compile("số ")

# "số 12, 13 và" before 15/UBND-VX: numbers that share its symbol
_SHARING = re.compile(
    r"(?<!\w)số\s?:?\s?(?P<numbers>(?:\d{1,5}[a-z]?(?:\s?,\s?(?:số\s)?|\s(?:và|đến)\s(?:số\s)?))+)$", re.IGNORECASE
)
_FORM = re.compile(r"(?:tháng|mẫu|phụ lục|biểu|biểu mẫu|phụ biểu|bảng|tổ|cụm|đội)(?:\s?số)?\s?:?\s*$", re.IGNORECASE)
_CONTINUES = re.compile(r"\s*(?:,|;|và|đến)?\s*(?:và )?(?:số\s?:?\s*)?$", re.IGNORECASE)
_STANDARD = re.compile(r"(?:QCVN|TCVN|TCXDVN|QCĐP)\s?:?\s?$")
_ISSUER = re.compile(
    r"^[,\s]*(?:của|do)\s+(?P<issuer>[A-ZĐÀ-Ỹ][^,;.:()“”\"]{2,80}?)(?=\s+(?:về|ban hành|quy định|hướng dẫn|phê duyệt|sửa đổi|công bố|tại|gắn|và|để|đến|triển khai|thực hiện|đã|cho|trong|v/v)\b|[,;.:()“”\"]|$)"
)
_TITLE = re.compile(
    r"^[,\s]*(?P<title>(?:về(?: việc)?|V/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi)\s[^;.]{4,240}?)(?=[;.]|,?\s(?:và\s)?(?:Luật|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Kế hoạch|Công văn|Kết luận|Hướng dẫn|Thông báo)\s(?:số\s)?\d|$)"
)
_LETTERS, _CLAUSES = (
    r"điểm\s+[a-zđ](?:(?:\s*,\s*|\s+và\s+)(?:điểm\s+)?[a-zđ](?!\w))*",
    r"khoản\s+\d+(?:(?:\s*,\s*|\s+và\s+)(?:khoản\s+)?\d+)*",
)
_POINT = rf"(?:{_LETTERS}\s+)?(?:{_CLAUSES}\s+)?Điều\s+\d+[a-zđ]?"
_ARTICLE = re.compile(
    rf"(?P<article>{_POINT}(?:(?:\s*,\s*|\s+và\s+)(?:{_POINT}|\d+[a-zđ]?))*)[,\s]*(?:của\s+)?(?:\S+\s+){{0,3}}$",
    re.IGNORECASE,
)
_REACH = 300
_ARTICLE_REACH = 90
_SHARING_REACH = 60
_LIST_REACH = 60


@dataclass(frozen=True, slots=True)
class _Citation:
    """A cited number with its symbol and where it stands; `canonical` is printed, without spaces."""

    rule: Rule
    span: Span
    canonical: str
    number: str | None
    symbol: str


def find_references(source: SourceText, own: str | None, skip: Sequence[Span] = ()) -> list[Reference]:
    """Cited documents with a symbol, once each in order of first mention. `own` is the notice's own number."""
    seen: dict[str, Reference] = {}
    before: tuple[int, str] | None = None  # where the last citation ended, and the type it was named by
    for cited in _citations(source.text, Span(0, len(source.text))):
        named = _named_type(source.text, cited)
        if named is None and before is not None and _goes_on(source.text, before[0], cited):
            named = _Named(cited.span.start, before[1])
        if named is None and _needs_a_type(cited):
            continue
        before = (cited.span.end, named.name) if named else None
        key = _key(cited.canonical)
        if key in seen or key == _key(own or "") or any(s.start <= cited.span.start < s.end for s in skip):
            continue
        seen[key] = _reference(source, cited, named, f"r{len(seen) + 1}")
    return list(seen.values())


def mentions(source: SourceText, span: Span, references: Sequence[Reference]) -> list[str]:
    """Ids of the references that are cited inside a span, in order."""
    if not references:
        return []
    by_key = {_key(r.canonical or ""): r.id for r in references}
    found: dict[str, None] = {}
    for cited in _citations(source.text, span):
        identifier = by_key.get(_key(cited.canonical))
        if identifier:
            found[identifier] = None
    return list(found)


def _citations(text: str, span: Span) -> list[_Citation]:
    found: list[_Citation] = []
    for rule in RULES:
        for match in _found_by(rule, text, span):
            here = Span(*match.span())
            if any(c.span.overlaps(here) for c in found) or not _is_symbol(rule, match) or _is_else(text, here):
                continue
            cited = _citation(rule, match)
            found += [*_sharing(text, span, cited), cited]
    return sorted(found, key=lambda c: c.span)


def _found_by(rule: Rule, text: str, span: Span) -> Iterator[re.Match[str]]:
    """What the pattern of a rule finds in a span; it is tried only at figures or behind "số"."""
    assert rule.pattern is not None
    if rule in _AT_FIGURES:
        places = [m.start() for m in _FIGURE.finditer(text, span.start, span.end)]
    else:
        places = [m.end() for m in _NUMBER_WORD.finditer(text, max(0, span.start - 3), span.end)]
    end = span.start
    for at in places:
        match = rule.pattern.match(text, at, span.end) if at >= end else None
        if match is not None:
            end = match.end()
            yield match


def _citation(rule: Rule, match: re.Match[str]) -> _Citation:
    canonical = _plain(match.group())
    number = match.groupdict().get("value")
    return _Citation(
        rule, Span(*match.span()), canonical, number, _plain(match.group("symbol")) if number else canonical
    )


def _sharing(text: str, span: Span, cited: _Citation) -> list[_Citation]:
    """ "số 12, 13 và 15/UBND-VX": the numbers before share year and symbol."""
    low = max(span.start, cited.span.start - _SHARING_REACH)
    match = _SHARING.search(text[low : cited.span.start]) if cited.number else None
    if match is None or cited.number is None:
        return []
    at = low + match.start("numbers")
    rest = cited.canonical[len(cited.number) :]
    return [
        _Citation(cited.rule, Span(at + m.start(), at + m.end()), m.group() + rest, m.group(), cited.symbol)
        for m in re.finditer(r"\d+[a-z]?", match.group("numbers"))
    ]


def _is_symbol(rule: Rule, match: re.Match[str]) -> bool:
    """At least two capitals; "5/Tổ", "03/Km" are no symbols."""
    if rule is LOWER_CASE:
        return True
    symbol = match.group("symbol")
    first = re.split(r"[-–/._\s]", symbol)[0]
    return sum(c.isupper() for c in symbol) >= 2 and not (len(first) > 3 and first[1:].islower())


def _is_else(text: str, span: Span) -> bool:
    """The number of a technical standard, a form, an annex or a team, or a month before a body."""
    before = text[max(0, span.start - 24) : span.start]
    return _STANDARD.search(before) is not None or _FORM.search(before) is not None


def _needs_a_type(cited: _Citation) -> bool:
    """ "40/KM", "07/CN": a symbol of one part cites a document only where its type stands before it."""
    return cited.number is not None and re.fullmatch(r"\d+[a-zA-Z]?/[^\W\d_]{2,4}", cited.canonical) is not None


def _goes_on(text: str, end: int, cited: _Citation) -> bool:
    """Whether a citation follows the last one in the same list: ", 513/…", " và số …", its date and issuer passed over."""
    between = text[end : cited.span.start]
    if len(between) > _LIST_REACH or "\n" in between:
        return False
    dates = find_dates(text, end, cited.span.start)
    rest = text[dates[-1].span.end if dates else end : cited.span.start]
    return _CONTINUES.fullmatch(rest) is not None and (not dates or len(between) - len(rest) < 32)


def _plain(printed: str) -> str:
    return "".join(printed.split()).replace("–", "-").rstrip("./-_")


def _key(canonical: str) -> str:
    """What makes two citations one: 08-NQ/HU and 8-NQ/HU are the same document."""
    return fold(canonical).lstrip("0")


@lru_cache(maxsize=1)
def _type_pattern() -> re.Pattern[str]:
    names = sorted(
        {n for r in rows("document_types") for n in [r["name"], *filter(None, r["variants"].split(";"))]}, key=len
    )
    return re.compile(rf"(?P<name>{'|'.join(re.escape(fold(n)) for n in reversed(names))})\s*(?:\(?số\s*:?)?\s*$")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    # a cited "Quyết định" or "Quy chế" has the same code in both systems; state rows come last and win
    return {
        fold(n): r["code"] for r in rows("document_types") for n in [r["name"], *filter(None, r["variants"].split(";"))]
    }


@dataclass(frozen=True, slots=True)
class _Named:
    """The folded type name before a number and where it begins."""

    start: int
    name: str


def _named_type(text: str, cited: _Citation) -> _Named | None:
    """ "Công văn số" before the number; it may end the line before."""
    low = max(0, cited.span.start - 60)
    found = _type_pattern().search(fold(text[low : cited.span.start]))
    return _Named(low + found.start("name"), found.group("name")) if found else None


def _reference(source: SourceText, cited: _Citation, named: _Named | None, identifier: str) -> Reference:
    text = source.text
    start = named.start if named else cited.span.start
    dated = _date_behind(text, cited.span.end)
    end = dated.span.end if dated else cited.span.end
    rest = _line_behind(text, end)
    issuer = _ISSUER.match(rest)
    title = _TITLE.match(rest[issuer.end() :] if issuer else rest)
    article = _ARTICLE.search(text[max(0, start - _ARTICLE_REACH) : start].rsplit("\n", 1)[-1])
    return Reference(
        id=identifier,
        doc_type=_codes().get(named.name) if named else None,
        number=cited.number,
        symbol=cited.symbol,
        canonical=cited.canonical,
        date=dated.iso if dated else None,
        issuer=issuer.group("issuer").strip() if issuer else None,
        title=title.group("title").strip() if title else None,
        article=article.group("article").strip() if article else None,
        raw=text[start:end],
        evidence=cite(source, Span(start, end), cited.rule.id),
    )


def _line_behind(text: str, end: int) -> str:
    """The words behind a citation on its line, and on the next where that goes on in small letters."""
    rest = text[end : end + _REACH].removeprefix(")")
    border = re.search(r"\n(?![^\W\d_A-ZĐÀ-Ỹ])", rest)
    return (rest[: border.start()] if border else rest).replace("\n", " ")


def _date_behind(text: str, end: int) -> DateHit | None:
    """The date that follows a number: "ngày …", "(ngày …", also on the next line."""
    dates = find_dates(text, end, min(len(text), end + 36))
    between = text[end : dates[0].span.start] if dates else ""
    if not dates or len(between.strip(" ,(\n")) > 4:
        return None
    on_next_line = "\n" in between
    return dates[0] if not on_next_line or "ngày" in fold(text[end : dates[0].span.end]) else None
