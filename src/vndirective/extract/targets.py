"""Quantities to reach: percentages, money, counted things.

"Mỗi năm, tỷ lệ hộ có nước sạch đạt 92% trở lên" ─▶ metric "tỷ lệ hộ có nước sạch", value 92, unit %, comparator ge
"""

from __future__ import annotations

import re

from vndirective.extract.evidence import cite
from vndirective.extract.rules import Rule
from vndirective.parsers.source import SourceText, Span
from vndirective.schema.record import Comparator, Target
from vndirective.segment.syllables import fold

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_BEFORE = (
    r"(?P<before>(?:(?:có|đạt|được|giữ vững|duy trì|tăng|giảm|còn|xuống|lên|chiếm|là|khoảng|bình quân|tối thiểu|ít nhất|không dưới|không quá|tối đa|trên|hơn|"
    r"dưới|mức|từ|phấn đấu|mới|thêm|thành lập|xây dựng|hoàn thành|hình thành|nâng tổng số|:)\s+)*)"
)
_AFTER = r"(?P<after>\s+trở lên|\s+trở xuống)?"

PERCENT = Rule(
    id="target.percent",
    cue="… %",
    meaning="a share to reach",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(
        rf"{_BEFORE}(?P<value>{_NUMBER})(?:\s?%?\s?(?:-|–|đến)\s?(?P<max>{_NUMBER}))?\s?(?P<unit>%){_AFTER}",
        re.IGNORECASE,
    ),
    examples=("đạt từ 45% trở lên", "tỷ lệ lấp đầy đạt 60-70%", "dưới mức 3%", "xuống 6%"),
    counter_examples=("năm 2025", "lớp 10"),
)
MONEY = Rule(
    id="target.money",
    cue="… đồng",
    meaning="a sum to reach, in đồng",
    seen="chỉ tiêu quỹ, thu ngân sách",
    pattern=re.compile(
        rf"{_BEFORE}(?P<value>{_NUMBER})\s?(?P<scale>nghìn tỷ|ngàn tỷ|tỷ|tỉ|triệu|nghìn|ngàn)?\s?(?P<unit>đồng)(?!\s?/){_AFTER}",
        re.IGNORECASE,
    ),
    examples=("đạt 35 triệu đồng trở lên", "từ 1,5 tỷ đồng"),
    counter_examples=("200.000 đồng/lần", "35 triệu người"),
)
COUNT = Rule(
    id="target.count",
    cue="có, đạt, xây dựng, thành lập … + danh từ",
    meaning="a number of things to have",
    seen="chỉ tiêu của nghị quyết, kế hoạch",
    pattern=re.compile(
        rf"{_BEFORE}(?<![\d/.,-])(?P<value>{_NUMBER})\s+(?P<unit>[^\W\d_][\w/]*)(?!\s*[-/]\s*\d)", re.IGNORECASE
    ),
    examples=("phấn đấu có 1 trường mầm non đạt chuẩn", "trên 2.000 ha"),
    counter_examples=("quý III/2026", "100%"),
)
RULES = (PERCENT, MONEY, COUNT)

_NOT_COUNTED = frozenset(
    [
        "sao",
        "hạng",
        "bậc",
        "điểm",
        "tuổi",
        "buổi",
        "năm",
        "tháng",
        "ngày",
        "giờ",
        "phút",
        "lần",
        "tuần",
        "số",
        "khóa",
        "đồng",
        "triệu",
        "tỷ",
        "nghìn",
        "tỉ",
        "đến",
        "trở",
        "của",
        "và",
        "là",
        "mức",
        "về",
        "theo",
        "trong",
        "trên",
        "dưới",
        "quý",
        "kỳ",
    ]
)
_TWO_SYLLABLES = frozenset(
    [
        "mô_hình",
        "dự_án",
        "công_trình",
        "sản_phẩm",
        "doanh_nghiệp",
        "hợp_tác",
        "lao_động",
        "giáo_viên",
        "học_sinh",
        "đảng_viên",
        "cơ_sở",
        "khu_công",
        "cụm_công",
        "tổ_chức",
        "hội_viên",
        "đoàn_viên",
        "thủ_tục",
        "hồ_sơ",
        "gia_đình",
        "chi_bộ",
        "cán_bộ",
        "người_dân",
        "địa_phương",
        "đơn_vị",
        "câu_lạc",
        "điểm_trường",
        "phòng_học",
    ]
)
_COMPARING = re.compile(
    r"(?:\s*(?<!\w)(?:đạt|từ|trên|hơn|dưới|mức|ít nhất|tối thiểu|không dưới|không quá|tối đa|khoảng|còn|xuống|là|:))+\s*$",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"(?<!\w)(?:khoảng|có|đạt|mới|thêm|lên|thành lập|xây dựng|phấn đấu|hoàn thành|ít nhất|tối thiểu|trên|hơn|không dưới|:)\s*$"
)
_AT_LEAST = re.compile(r"(?<!\w)(?:ít nhất|tối thiểu|không dưới|không ít hơn)\s*$")
_STRIVES = re.compile(r"phấn đấu|chỉ tiêu|mục tiêu")
_RATE = re.compile(
    r"(?:hỗ trợ|trợ cấp|miễn giảm|chiết khấu|lãi suất|mức phí|tạm ứng|đóng góp|vốn ngân sách|hiện (?:nay )?(?:đã )?(?:có|đạt)|đã đạt|hiện đạt)[^,;.]{0,30}$"
)
_DUE = re.compile(r"(?:đến|vào|trong|hết)(?: hết| cuối)? năm (\d{4})", re.IGNORECASE)
_METRIC_WORDS = 4
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9, "nghìn tỷ": 1e12, "ngàn tỷ": 1e12}


def find_targets(source: SourceText, span: Span, *, due: str | None = None, goal: bool = False) -> list[Target]:
    """Targets in an item or paragraph, in order, without ids.

    `goal` is true under "mục tiêu", "chỉ tiêu", where counted things are figures to reach too; elsewhere only
    percentages and what the text strives for or bounds from below count. `due` is the date that a heading gives to all
    figures below it, or an item to its own.
    """
    text = span.of(source.text)
    if not any(c.isdigit() for c in text):
        return []
    hits = _hits(text, goal)
    return [_target(source, span, text, hits, i, due) for i in range(len(hits))]


def _hits(text: str, goal: bool) -> list[tuple[Rule, re.Match[str]]]:
    found: list[tuple[Rule, re.Match[str]]] = []
    for rule in RULES:
        assert rule.pattern is not None
        for match in rule.pattern.finditer(text):
            start, end = match.start("value"), match.end()
            if any(m.start("value") < end and start < m.end() for _, m in found):
                continue
            if _is_target(rule, match, text, goal):
                found.append((rule, match))
    found.sort(key=lambda f: f[1].start("value"))
    return _without_baselines(found, text)


def _is_target(rule: Rule, match: re.Match[str], text: str, goal: bool) -> bool:
    before = fold(text[: match.start("value")])
    if _RATE.search(before):
        return False
    if rule is PERCENT:
        return True
    cued = bool(_GOAL.search(before)) or (goal and match.start("value") <= 1)
    if rule is MONEY:
        lower_bound = fold(match.group("before")).strip().endswith("từ") or bool(match.group("after"))
        return (goal and (cued or lower_bound)) or bool(match.group("after"))
    unit = fold(match.group("unit"))
    if re.match(r"\s+có\s+\d", text[match.end() :]):
        return False  # "mỗi 1 bản có 1 mô hình": the first figure only shares out
    if unit in _NOT_COUNTED or not cued or re.search(r"[/-]$", before):
        return False
    return goal or bool(_AT_LEAST.search(before) or _STRIVES.search(re.split(r"[;.]", before)[-1]))


def _without_baselines(found: list[tuple[Rule, re.Match[str]]], text: str) -> list[tuple[Rule, re.Match[str]]]:
    """ "từ 40% lên 55%": the first figure is where one stands, the second where one wants to be."""
    return [
        f
        for f, later in zip(found, [*found[1:], None], strict=False)
        if not (later and _is_baseline(f[1], later[1], text))
    ]


def _is_baseline(match: re.Match[str], later: re.Match[str], text: str) -> bool:
    between = fold(text[match.end() : later.start("value")]).strip()
    return fold(match.group("before")).strip().endswith("từ") and between in {
        "lên",
        "xuống",
        "lên đến",
        "xuống còn",
        "lên trên",
    }


def _target(
    source: SourceText, span: Span, text: str, hits: list[tuple[Rule, re.Match[str]]], i: int, due: str | None
) -> Target:
    rule, match = hits[i]
    start = match.start("before") if match.group("before") else match.start("value")
    end = match.end()
    unit = match.group("unit")
    if rule is COUNT:
        unit, end = _counted(match, text)
    metric_span = _metric(text, hits, i)
    right = text[end : metric_span[1]]
    own_due = _own_due(text, match, metric_span[1])
    scale = _SCALES.get(fold(match.groupdict().get("scale") or ""), 1.0)
    maximum = match.groupdict().get("max")
    raw_span = Span(span.start + start, span.start + end)
    return Target(
        id="",
        metric=_words(text[metric_span[0] : match.start("value")], text[end : metric_span[1]]),
        comparator=_comparator(match, right),
        value=_value(match.group("value")) * scale,
        value_max=_value(maximum) * scale if maximum else None,
        unit=unit,
        due=f"{own_due.group(1)}-12-31" if own_due else due,
        baseline=_baseline(text, match),
        raw=raw_span.of(source.text).strip(),
        evidence=cite(source, raw_span, rule.id),
    )


def _words(left: str, right: str) -> str:
    """What is measured, in the document's words, without the comparing words before the figure."""
    plain = _COMPARING.sub("", left)
    return " ".join(f"{plain} {right}".split()).strip(" ,;:.-+(")


def _own_due(text: str, match: re.Match[str], right: int) -> re.Match[str] | None:
    """The year printed with a figure: behind it in its clause, else the last one before it in its sentence."""
    after = _DUE.search(text[match.end() : right])
    if after is not None:
        return after
    opening = text.rfind(". ", 0, match.start("value")) + 1
    before = list(_DUE.finditer(text[opening : match.start("value")]))
    return before[-1] if before else None


def _counted(match: re.Match[str], text: str) -> tuple[str, int]:
    """The counted noun as printed: two syllables where they are one word, else one."""
    pair = re.match(r"([^\W\d_]\w*) ([^\W\d_]\w*)", text[match.start("unit") :])
    if pair and "_".join(fold(pair.group()).split()) in _TWO_SYLLABLES:
        return pair.group(), match.start("unit") + pair.end()
    return match.group("unit"), match.end("unit")


def _metric(text: str, hits: list[tuple[Rule, re.Match[str]]], i: int) -> tuple[int, int]:
    """The clause around a quantity: back to the sentence, colon or the clause of the figure before, on to the next border."""
    match = hits[i][1]
    left = max((m.end() for m in re.finditer(r"[;:(]\s|[.]\s", text[: match.start("value")])), default=0)
    if i and hits[i - 1][1].end() > left:
        border = re.search(r"[,(]|\s(?:và|lên)\s", text[hits[i - 1][1].end() : match.start("value")])
        left = hits[i - 1][1].end() + (border.end() if border else 0)
    following = hits[i + 1][1].start() if i + 1 < len(hits) else len(text)
    border = re.search(r"[,;()]|[.](?:\s|$)", text[match.end() : following])
    right = max(match.end() + border.start() if border else following, match.end())
    words = _DUE.sub("", text[left : match.start()] + text[match.end() : right]).split()
    if len(words) < _METRIC_WORDS:  # "…, đến năm 2025 từ 50 triệu đồng": what is measured stands in the clause before
        left = max((m.end() for m in re.finditer(r"[;]\s|[.]\s", text[: match.start("value")])), default=0)
    return left, right


def _comparator(match: re.Match[str], right: str) -> Comparator:
    before, after = fold(match.group("before")), fold(match.groupdict().get("after") or "")
    if "trở lên" in after or re.search(r"ít nhất|tối thiểu|không dưới", before):
        return "ge"
    if "trở xuống" in after or re.search(r"không quá|tối đa", before):
        return "le"
    if re.search(r"(?:trên|hơn)\s*$", before):
        return "gt"
    if re.search(r"dưới(?:\s+mức)?\s*$", before):
        return "lt"
    more = re.search(r"^(?P<between>[^\d]*?)trở lên", fold(right))
    if more and not re.search(r"(?:lớp|trình độ|tuổi|cấp|từ)\s*\S*\s*\S*\s*$", more.group("between")):
        return "ge"
    return "ge" if re.search(r"từ\s*$", before) and not match.groupdict().get("max") else "eq"


def _baseline(text: str, match: re.Match[str]) -> float | None:
    found = re.search(
        rf"từ\s+(?P<from>{_NUMBER})\s?%?\s+(?:lên|xuống)(?:\s+(?:đến|còn|trên))?\s*$",
        text[: match.start("value")],
        re.IGNORECASE,
    )
    return _value(found.group("from")) if found else None


def _value(printed: str) -> float:
    """Vietnamese figures: "2.000" is two thousand, "90,14" ninety and a bit, "33.5" a slip for 33,5."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        printed = printed.replace(".", "")
    return float(printed.replace(",", "."))
