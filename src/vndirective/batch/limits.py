"""What a process that reads may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` without a sign of life (a file begun, a page recognised), `megabytes` of memory; for each process."""

    seconds: float = 300.0
    megabytes: int = 4096
