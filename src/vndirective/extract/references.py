"""Documents that a notice cites: number, symbol, type, date, issuer, title, article.

"Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị …" ─▶ 57-NQ/TW
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vndirective.extract.dates import find_dates
from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.lexicons import rows
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Reference
from vndirective.segment.syllables import fold

_SYMBOL = r"[A-ZĐ][A-ZĐa-zđ0-9&]{0,14}(?:\s?[-–/.]\s?(?:[A-ZĐ][A-ZĐa-zđà-ỹ0-9&]{0,14}))*"

NUMBERED = Rule(
    id="reference.numbered",
    cue="số …/…, …-…/…",
    meaning="a number joined to a symbol of capitals by a slash or a hyphen",
    seen="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 3; Hướng dẫn 36-HD/VPTW",
    pattern=re.compile(
        rf"(?<![\w/.,-])(?<!\d:)(?P<value>\d{{1,6}}(?:\.\d{{1,2}})?[a-zA-Z]?)\s?(?:/\s?(?P<year>(?:19|20)\d{{2}})\s?/?|/|[-–](?=\s?[A-ZĐ][A-ZĐa-zđ]{{1,5}}\s?/))\s?(?P<symbol>{_SYMBOL})(?![\w])"
    ),
    examples=(
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "Nghị định số 30/2020/NĐ-CP",
        "Công văn số 6582/UBND-KGVX",
        "Luật số 42/2024/QH15",
        "Quyết định số 3112/QĐ- BTNMT",
    ),
    counter_examples=("đạt 8/17 xã", "ngày 20/9/2023", "học 2 buổi/ngày", "trực 24/7", "lớp 1/2", "tuyến 5-7 km"),
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
    examples=("Văn bản số 11/2026CV-YVG ngày 18/4/2026",),
    counter_examples=("Văn bản số 11 ngày 18/4/2026",),
)
RULES = (NUMBERED, CODED, PARTY_YEARLY)

_STANDARD = re.compile(r"(?:QCVN|TCVN|TCXDVN|QCĐP)\s?:?\s?$")
_ISSUER = re.compile(
    r"^[,\s]*(?:của|do)\s+(?P<issuer>[A-ZĐÀ-Ỹ][^,;.:()“”\"]{2,80}?)(?=\s+(?:về|ban hành|quy định|hướng dẫn|phê duyệt|sửa đổi|công bố|tại|gắn|và|để|đến|triển khai|thực hiện|đã|cho|trong|v/v)\b|[,;.:()“”\"]|$)"
)
_TITLE = re.compile(
    r"^[,\s]*(?P<title>(?:về(?: việc)?|V/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi)\s[^;.]{4,240}?)(?=[;.]|$)"
)
_ARTICLE = re.compile(
    r"(?P<article>(?:(?:điểm\s+[a-zđ](?:\s*,\s*[a-zđ])*\s+)?(?:khoản\s+\d+(?:\s*,\s*\d+)*\s+)?Điều\s+\d+[a-zđ]?))[,\s]*(?:của\s+)?(?:\S+\s+){0,3}$",
    re.IGNORECASE,
)
_REACH = 300


def find_references(source: SourceText, own: str | None, skip: Sequence[Span] = ()) -> list[Reference]:
    """Cited documents with a symbol, once each in order of first mention. `own` is the notice's own number."""
    seen: dict[str, Reference] = {}
    for rule, match in _matches(source.text, Span(0, len(source.text))):
        canonical = _canonical(match)
        if canonical in seen or _key(canonical) == _key(own or "") or _covered(match, skip):
            continue
        if _STANDARD.search(source.text, max(0, match.start() - 12), match.start()):
            continue
        seen[canonical] = _reference(source, rule, match, canonical, f"r{len(seen) + 1}")
    return list(seen.values())


def mentions(source: SourceText, span: Span, references: Sequence[Reference]) -> list[str]:
    """Ids of the references that are cited inside a span, in order."""
    by_canonical = {r.canonical: r.id for r in references}
    found: dict[str, None] = {}
    for _, match in _matches(source.text, span):
        identifier = by_canonical.get(_canonical(match))
        if identifier:
            found[identifier] = None
    return list(found)


def _matches(text: str, span: Span) -> list[tuple[Rule, re.Match[str]]]:
    found: list[tuple[Rule, re.Match[str]]] = []
    for rule in RULES:
        assert rule.pattern is not None
        for match in rule.pattern.finditer(text, span.start, span.end):
            if not any(m.start() < match.end() and match.start() < m.end() for _, m in found) and _is_symbol(match):
                found.append((rule, match))
    return sorted(found, key=lambda f: f[1].start())


def _is_symbol(match: re.Match[str]) -> bool:
    """At least two capitals; "5/Tổ", "03/Km" are no symbols."""
    symbol = match.group("symbol")
    first = re.split(r"[-–/.\s]", symbol)[0]
    return sum(c.isupper() for c in symbol) >= 2 and not (len(first) > 3 and first[1:].islower())


def _canonical(match: re.Match[str]) -> str:
    return re.sub(r"\s+", "", match.group()).replace("–", "-").rstrip("./-")


def _key(canonical: str) -> str:
    return re.sub(r"^0+", "", fold(canonical))


def _covered(match: re.Match[str], skip: Sequence[Span]) -> bool:
    return any(s.start <= match.start() < s.end for s in skip)


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


def _reference(source: SourceText, rule: Rule, match: re.Match[str], canonical: str, identifier: str) -> Reference:
    text = source.text
    line_end = text.find("\n", match.end())
    after = text[match.end() : min(line_end if line_end >= 0 else len(text), match.end() + _REACH)]
    before = fold(text[max(0, match.start() - 60) : match.start()]).rsplit("\n", 1)[-1]
    named = _type_pattern().search(before)
    start = match.start() - (len(before) - named.start("name")) if named else match.start()
    dates = find_dates(text, match.end(), min(len(text), match.end() + 30))
    dated = dates[0] if dates and len(text[match.end() : dates[0].span.start].strip(" ,(")) <= 4 else None
    rest = (
        text[dated.span.end : match.end() + len(after)]
        if dated and dated.span.end < match.end() + len(after)
        else after
    )
    issuer = _ISSUER.match(rest)
    title = _TITLE.match(rest[issuer.end() :] if issuer else rest)
    article = _ARTICLE.search(text[max(0, start - 60) : start].rsplit("\n", 1)[-1])
    groups = match.groupdict()
    symbol = canonical.split("/", 1)[-1] if groups.get("value") else canonical
    return Reference(
        id=identifier,
        doc_type=_codes().get(named.group("name")) if named else None,
        number=groups.get("value"),
        symbol=re.sub(r"\s+", "", groups["symbol"]).replace("–", "-").rstrip("./-") if groups.get("value") else symbol,
        canonical=canonical,
        date=dated.iso if dated else None,
        issuer=issuer.group("issuer").strip() if issuer else None,
        title=title.group("title").strip() if title else None,
        article=article.group("article").strip() if article else None,
        raw=text[start : dated.span.end if dated else match.end()],
        evidence=cite(source, Span(start, dated.span.end if dated else match.end()), rule.id),
    )
