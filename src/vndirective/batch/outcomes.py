"""What a run tells of each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vndirective.batch.finding import Job
from vndirective.errors import VndirectiveError

if TYPE_CHECKING:
    from vndirective.corrections.kept import Conflict
    from vndirective.schema.record import Record


@dataclass(frozen=True, slots=True)
class Summary:
    """What one record holds, for the line that the user sees."""

    doc_type: str | None
    number: str | None
    issued_on: str | None
    issuer: str | None
    tasks: int
    deadlines: int
    targets: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one file: summaries of its records, or the error."""

    job: Job
    summaries: tuple[Summary, ...] = ()
    error: VndirectiveError | None = None
    trace: str = ""
    conflicts: tuple[Conflict, ...] = ()  # corrections that this reading did not take


@dataclass(slots=True)
class Report:
    """Result of a run."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def failures(self) -> list[Outcome]:
        return [o for o in self.outcomes if o.error is not None]

    @property
    def exit_code(self) -> int:
        """0, the one kind of failure's own code, or 1 where kinds differ."""
        codes = {o.error.exit_code for o in self.failures if o.error is not None}
        return codes.pop() if len(codes) == 1 else int(bool(codes))


def summarise(record: Record) -> Summary:
    return Summary(
        doc_type=record.doc_type.code if record.doc_type else None,
        number=(record.number.canonical or record.number.symbol) if record.number else None,
        issued_on=record.issued_on.iso if record.issued_on else None,
        issuer=record.issuer.name if record.issuer else None,
        tasks=len(record.tasks),
        deadlines=sum(len(t.deadlines) for t in record.tasks),
        targets=len(record.targets),
        warnings=tuple(w.code for w in record.warnings),
    )
