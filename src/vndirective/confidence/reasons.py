"""Why a value is to be looked at, in words."""

from __future__ import annotations

from collections.abc import Iterator

from vndirective.confidence.calibration import Calibration, shipped
from vndirective.confidence.observed import Observed
from vndirective.confidence.signs import BY_ID
from vndirective.confidence.values import Value
from vndirective.errors import Lang

_RULE: dict[Lang, str] = {
    "vi": "quy tắc này đúng {share} % trên văn bản mẫu ({right}/{values})",
    "en": "this rule is right in {share} % of gold ({right}/{values})",
}
_NEW_RULE: dict[Lang, str] = {
    "vi": "quy tắc này chưa gặp trên văn bản mẫu",
    "en": "this rule was not met in gold",
}
_TASK: dict[Lang, str] = {
    "vi": "giá trị trong nhiệm vụ loại này đúng {share} % ({right}/{values})",
    "en": "values in tasks of this kind are right in {share} % ({right}/{values})",
}
_WORDS: dict[Lang, str] = {"vi": "chữ nhận dạng {sure:.0f} %", "en": "words recognised at {sure:.0f} %"}
_NOT_SEEN: dict[Lang, str] = {
    "vi": "cách đọc thứ hai không thấy giá trị này ở đây",
    "en": "the second reading does not see this value here",
}
_SEEN_OTHERWISE: dict[Lang, str] = {
    "vi": "cách đọc thứ hai thấy chỗ đầu, chỗ cuối hoặc vai trò khác",
    "en": "the second reading sees another beginning, end or part",
}
_DOUBTED = ("second.start", "second.end", "second.inner", "second.role")
_EVEN = 0.0  # log-odds of an even chance
_SAID_BY_WORDS = {"recognised", "words_below_95", "words_below_90"}
_LOWERS = -0.05  # a weight nearer to nothing is no reason


def reasons(value: Value, seen: Observed, lang: Lang, calibration: Calibration | None = None) -> Iterator[str]:
    """How often the rule is right, how surely the words were recognised, the signs of doubt that lower the value, and
    whether the second reading sees it too. `seen` is what `observe` gives for the value."""
    calibration = calibration or shipped()
    for name in seen.signs:
        kind, _, sign = name.partition(":")
        weight = calibration.weights.get(name)
        if kind == "rule" and weight is None:
            yield _NEW_RULE[lang]
        elif weight is None:
            continue
        elif kind == "rule" or (kind == "task" and weight.weight < _LOWERS):
            said = _RULE if kind == "rule" else _TASK
            share = 100 * weight.right // weight.values  # 268 of 269 is not 100 %
            yield said[lang].format(share=share, right=weight.right, values=weight.values)
        elif kind == "sign" and weight.weight < _LOWERS and sign in BY_ID and sign not in _SAID_BY_WORDS:
            yield BY_ID[sign].words[lang]
    sure = value.evidence.ocr_confidence
    if sure is not None:
        yield _WORDS[lang].format(sure=100 * sure)
    if seen.measures.get("second.whole", _EVEN) < _EVEN:
        yield _NOT_SEEN[lang]
    elif any(seen.measures.get(name, _EVEN) < _EVEN for name in _DOUBTED):
        yield _SEEN_OTHERWISE[lang]
