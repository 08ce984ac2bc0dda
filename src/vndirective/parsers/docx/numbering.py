"""Automatic list numbers as Word shows them, computed from numbering.xml (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLUS_BULLETS = {"+", "o", "\uf06f", "◦", "\uf02b"}


@dataclass(frozen=True, slots=True)
class Level:
    fmt: str
    text: str
    start: int
    restart: int | None  # level after which counting starts again; 0 never, None the level above


@dataclass
class Numbering:
    """Levels of each list, and the counters as the document is walked."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def next_marker(self, num_id: str, ilvl: int) -> str:
        """Marker of the next paragraph of a list, "" where the level prints none."""
        levels = self.levels.get(num_id)
        if not levels or ilvl not in levels:
            return ""
        level = levels[ilvl]
        if level.fmt == "bullet":
            return "+" if level.text.strip() in _PLUS_BULLETS else "-"
        counts = self.counters.setdefault(self.abstract_of[num_id], {})
        if (num_id, ilvl) not in self.started and level.start != 1 and ilvl not in counts:
            counts[ilvl] = level.start - 1
        self.started.add((num_id, ilvl))
        counts[ilvl] = counts.get(ilvl, level.start - 1) + 1
        for deeper in [d for d in counts if d > ilvl and levels.get(d, level).restart != 0]:
            del counts[deeper]
        if level.fmt == "none":
            return level.text.strip() if "%" not in level.text else ""

        def printed(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at, level)
            return _format(counts.get(at, other.start), other.fmt if level.fmt != "decimalZero" else "decimal")

        return re.sub(r"%(\d)", printed, level.text).strip()


def read_numbering(part: Any) -> Numbering:
    """Definitions of a numbering part's root element; None gives empty numbering."""
    numbering = Numbering()
    if part is None:
        return numbering
    abstract: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for node in part.findall(f"{W}abstractNum"):
        identifier = node.get(f"{W}abstractNumId")
        abstract[identifier] = {int(v.get(f"{W}ilvl")): _level(v) for v in node.findall(f"{W}lvl")}
        style = node.find(f"{W}styleLink")
        if style is not None:
            links[style.get(f"{W}val")] = identifier
        linked = node.find(f"{W}numStyleLink")
        if linked is not None and linked.get(f"{W}val") in links:
            abstract[identifier] = abstract[links[linked.get(f"{W}val")]]
    for node in part.findall(f"{W}num"):
        num_id = node.get(f"{W}numId")
        identifier = node.find(f"{W}abstractNumId").get(f"{W}val")
        levels = dict(abstract.get(identifier, {}))
        own_count = False
        for override in node.findall(f"{W}lvlOverride"):
            ilvl = int(override.get(f"{W}ilvl"))
            replaced, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
            if replaced is not None:
                levels[ilvl] = _level(replaced)
            if start is not None and ilvl in levels:
                old = levels[ilvl]
                levels[ilvl] = Level(old.fmt, old.text, int(start.get(f"{W}val")), old.restart)
                own_count = True
        numbering.levels[num_id] = levels
        numbering.abstract_of[num_id] = f"{identifier}/{num_id}" if own_count else identifier
    return numbering


def _level(node: Any) -> Level:
    def value(name: str, default: str) -> str:
        child = node.find(f"{W}{name}")
        return child.get(f"{W}val", default) if child is not None else default

    restart = value("lvlRestart", "")
    return Level(
        fmt=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        start=int(value("start", "1")),
        restart=int(restart) if restart else None,
    )


def _format(number: int, fmt: str) -> str:
    if fmt in {"upperRoman", "lowerRoman"}:
        roman = _roman(number)
        return roman if fmt == "upperRoman" else roman.lower()
    if fmt in {"lowerLetter", "upperLetter"}:
        letter = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if fmt == "lowerLetter" else letter.upper()
    if fmt == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out += sign
            number -= value
    return out
