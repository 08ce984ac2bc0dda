"""What the rules of time share: the builder of a rule, and the words for an hour."""

from __future__ import annotations

import re

from vndirective.extract.rules import Rule

CLOCK = (
    r"(?:(?:lúc\s+)?(?P<hour>\d{1,2})\s*(?:giờ|h|g|:(?=\d{2})|\.(?=\d{2}\s+ngày\s))\s*(?P<minute>\d{2})?(?:\s*phút|\s*[’'′])?"
    r"(?:\s*[-–]\s*\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2})?(?:\s*phút|\s*[’'′])?)?\s*,?\s*)"
)
NUMBERS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
}
NUMBER = rf"\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"


def rule(
    rule_id: str, cue: str, meaning: str, pattern: str, examples: tuple[str, ...], counter: tuple[str, ...]
) -> Rule:
    """A rule of a time expression; its id is cited as `deadline.…`."""
    return Rule(
        id=f"deadline.{rule_id}",
        cue=cue,
        meaning=meaning,
        seen="Nghị định 30/2020/NĐ-CP; cách ghi thời hạn trong văn bản chỉ đạo",
        pattern=re.compile(pattern, re.IGNORECASE),
        examples=examples,
        counter_examples=counter,
    )


def number(printed: str) -> int:
    """A count in figures or words."""
    return int(printed) if printed.isdigit() else NUMBERS[" ".join(printed.lower().split())]


def clock(groups: dict[str, str | None]) -> str | None:
    """ "17 giờ 00" as 17:00; None where no hour is printed or no clock has it."""
    if not groups.get("hour"):
        return None
    hour, minute = int(groups["hour"] or 0), int(groups.get("minute") or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
