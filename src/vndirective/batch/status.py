"""How a results folder stands, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vndirective.batch.lock import holder
from vndirective.batch.manifest import Manifest
from vndirective.errors import Lang
from vndirective.messages import say


def status_lines(manifest: Manifest, out: Path, lang: Lang) -> Iterator[str]:
    """Whether a run goes on, how the last one ended, what the next one would do."""
    running = holder(out)
    if running:
        yield say("status_running", lang, holder=running)
    else:
        yield say("status_finished" if manifest.mark("run") == "finished" else "status_unfinished", lang)
    states = manifest.states()
    counts = {state: states.get(state, 0) for state in ("done", "failed", "quarantined")}
    yield say("status_files", lang, **counts)
    gone = sum(not path.exists() for path in manifest.paths())
    if gone:
        yield say("status_gone", lang, count=gone)
    if counts["quarantined"]:
        yield say("status_retry", lang, out=out)
