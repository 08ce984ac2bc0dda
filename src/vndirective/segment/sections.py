"""What the headings and lead-in sentences say about the items under them.

"II. NHIỆM VỤ, GIẢI PHÁP"            ─▶ directive
"Tuy nhiên, còn một số hạn chế:"     ─▶ assessment
"3. Một số chỉ tiêu đến năm 2025"    ─▶ goals
"đồng chí Chủ tịch kết luận:"        ─▶ conclusion: each item speaks for itself
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from vndirective.lexicons import table
from vndirective.parsers.source import SourceText
from vndirective.segment.outline import Node, looks_like_heading
from vndirective.segment.syllables import fold


class Section(StrEnum):
    ASSESSMENT = "assessment"
    GOALS = "goals"
    REQUIREMENTS = "requirements"
    DIRECTIVE = "directive"
    CONCLUSION = "conclusion"
    OPEN = "open"  # nothing is said: each item speaks for itself


_SENTENCE_ENDS = re.compile(r"(?<=[.;])\s+")
_CITING = re.compile(r"^(?:căn cứ|thực hiện|theo|triển khai)\b.*, ")
# the verb that orders what the list holds; what stands before it gives the purpose or the ground
_ORDERS = re.compile(
    r"(?<!đáp ứng )(?<!theo )(?<!đúng )(?<!các )(?<!những )(?<!được )(?<!đã )(?<!việc )(?<!với )(?<!mục đích, )(?<!mục đích và )"
    r"\b(?:yêu cầu|đề nghị|chỉ thị|giao|giao nhiệm vụ|phân công|chỉ đạo|quyết định|kết luận|hướng dẫn|đề ra)\b"
)
_ORDER = ("goals", "assessment", "requirements", "directive", "conclusion")
_LEAD_IN_ORDER = ("conclusion", "assessment", "goals", "directive")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        section: {
            kind: _joined(patterns)
            for kind, patterns in kinds.items()
            if patterns and kind in {"heading", "lead_in", "paragraph"}
        }
        for section, kinds in table("sections").items()
    }


def _joined(patterns: list[str]) -> re.Pattern[str]:
    """One pattern of several; those of the beginning are tried there alone, not at every letter."""
    opening = "|".join(f"(?:{p[1:]})" for p in patterns if p.startswith("^"))
    others = [f"(?:{p})" for p in patterns if not p.startswith("^")]
    return re.compile("|".join([*([f"^(?:{opening})"] if opening else []), *others]))


def section_of(source: SourceText, node: Node, inherited: Section) -> Section:
    """Section of what stands below a node, given that of the node itself."""
    words = fold(node.body.of(source.text)).strip()
    told = words.endswith(":") and len(_SENTENCE_ENDS.split(words)) > 1  # "2. Mục tiêu là …. Để đạt được, yêu cầu …:"
    own = _heading_section(words) if looks_like_heading(source, node) and not told else None
    if own is None and words.endswith(":"):
        own = _lead_in_section(words)
    if own is None:
        return inherited
    if inherited in {Section.ASSESSMENT, Section.GOALS} and node.marker is not None and own is Section.DIRECTIVE:
        return inherited  # "1. Công tác …" under "KẾT QUẢ" is still a result
    return own


@lru_cache(maxsize=256)  # tasks and targets both ask where an item stands
def _heading_section(words: str) -> Section | None:
    title = words.rstrip(" :.").removeprefix("về ").removeprefix("việc ")  # "1. Về mục đích"
    for name in _ORDER:
        pattern = _patterns()[name].get("heading")
        if pattern and pattern.search(title):
            return Section(name)
    return None


@lru_cache(maxsize=64)
def _lead_in_section(words: str) -> Section | None:
    own = what_is_told(words)
    for name in _LEAD_IN_ORDER:
        pattern = _patterns()[name].get("lead_in")
        if pattern and pattern.search(own if name in {"assessment", "goals"} else words):
            return Section(name)
    return None


def what_is_told(lead_in: str) -> str:
    """Of a folded lead-in, its last sentence from the order on: "Để hạn chế thiệt hại, Chủ tịch [yêu cầu:]".

    Without an order, what stands behind the ground: "Căn cứ Quyết định … về giao chỉ tiêu …, [Sở X lập Kế hoạch như sau:]".
    """
    last = _SENTENCE_ENDS.split(lead_in)[-1]
    cited = _CITING.match(last)
    sentence = last[cited.end() :] if cited else last
    orders = [m.start() for m in _ORDERS.finditer(sentence)]
    return sentence[orders[-1] :] if orders else sentence


def is_closing(text: str) -> bool:
    """The formula that ends a notice: "Trên đây là …", "… thông báo để các đơn vị biết, thực hiện./."."""
    return bool(_patterns()["closing"]["paragraph"].search(fold(text).strip()))
