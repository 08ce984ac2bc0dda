"""`vndirective extract --engine dask`: a run from its inputs to its report, for the command line and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from vndirective.batch.finding import Search
from vndirective.batch.lock import locked
from vndirective.batch.outcomes import Outcome, Report
from vndirective.batch.reading import Options
from vndirective.cluster.child import Limits
from vndirective.cluster.connection import connected
from vndirective.cluster.lock import only_run
from vndirective.cluster.manifest import Manifest, fingerprint
from vndirective.cluster.places import Document, Place, documents_in, place
from vndirective.cluster.running import Run
from vndirective.errors import Lang

Shown = Callable[[Iterable[Outcome], int], list[Outcome]]  # outcomes as they come, and how many documents there are


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user may ask of a run on a cluster."""

    scheduler: str | None = None
    workers: int = 0
    search: Search = field(default_factory=Search)
    force: bool = False
    retry_failed: bool = False
    limits: Limits = field(default_factory=Limits)
    lang: Lang = "vi"


def extract(inputs: Sequence[str], out: str, options: Options, asked: Asked, shown: Shown) -> tuple[Report, int]:
    """Read what is new, changed or failed, and how many documents there are in all.

    Raises InputError, StorageError, BusyError, ClusterError, MissingClusterLibraryError.
    """
    from vndirective import __version__

    found = [d for d in documents_in(inputs) if asked.search.takes(Path(d.uri))]
    target = place(out)
    with _alone_here(target), only_run(target) as lease:
        manifest = Manifest.opened(target)
        mark = fingerprint(options)
        todo: list[Document] = [
            d for d in found if manifest.needs(d, __version__, mark, force=asked.force, retry=asked.retry_failed)
        ]
        with connected(asked.scheduler, asked.workers) as client:
            run = Run(client, target, manifest, lease, options, __version__, asked.limits)
            outcomes = shown(run.read(todo), len(todo))
            run.finish(asked.lang)
    return Report(sorted(outcomes, key=lambda o: o.job.uri)), len(found)


def _alone_here(target: Place) -> AbstractContextManager[None]:
    """A folder is locked against runs of the local engine too."""
    return nullcontext() if target.local is None else locked(target.local)
