"""Lines of a web page or a printed page that are no part of a notice: counters, posting dates, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from vndirective.lexicons import table

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–—]?", re.IGNORECASE)
_RULER = re.compile(r"[-–—_=*.\s·•~]{1,}")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = table("web_furniture")
    return (
        re.compile("|".join(f"(?:{p})" for p in cues["line"])),
        re.compile("|".join(f"(?:{p})" for p in cues["never"])),
    )


def is_web_furniture(line: str) -> bool:
    """A whole short line that belongs to the page, not to the notice. Bare numbers count; see `is_page_number`."""
    lowered = line.lower()
    if len(lowered) > 460:
        return False
    furniture, never = _patterns()
    return bool(furniture.fullmatch(lowered)) and not never.search(lowered)


def is_page_number(line: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.strip()))


def is_ruler(line: str) -> bool:
    """A drawn line: "-----", "*", "____"."""
    return bool(_RULER.fullmatch(line))


def running_heads(lines: list[str]) -> set[str]:
    """Short lines that stand on three pages and more."""
    counts = Counter(line for line in lines if 3 < len(line) < 80 and not line.startswith(("-", "+")))
    return {line for line, n in counts.items() if n >= 3 and not line.endswith((":", ";", "."))}
