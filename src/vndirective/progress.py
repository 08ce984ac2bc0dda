"""How a run shows itself: a bar on a terminal, plain lines elsewhere, JSON lines for programs; a table at the end.

Everything goes to the error stream: what a command prints for others to read is never mixed with it.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, TextIO

from vndirective.errors import Lang
from vndirective.messages import say

if TYPE_CHECKING:
    from rich.columns import Columns
    from rich.progress import Progress, TaskID
    from rich.table import Table

    from vndirective.batch.archive import Tally
    from vndirective.batch.manifest import Finished, Manifest
    from vndirective.batch.outcomes import Outcome
    from vndirective.corrections.kept import Conflict


class Display(Protocol):
    """Shows a run: a `Watcher` that is entered before it begins."""

    def __enter__(self) -> object: ...
    def __exit__(self, *_: object) -> None: ...
    def planned(self, found: int, left: int) -> None: ...
    def finished(self, done: Finished) -> None: ...


MANY = 200  # files: from here on a line for each record would bury what matters
_PLAIN_EVERY = 10.0  # seconds
_TABLE_FROM = 20  # files that were read


class JsonLog:
    """An object a line on the error stream: {"event": "planned" | "finished" | "failed" | "waiting" | "ended", …}."""

    def __init__(self, lang: Lang, stream: TextIO | None = None) -> None:
        self._lang, self._stream = lang, stream or sys.stderr

    def __enter__(self) -> JsonLog:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def say(self, event: str, **values: object) -> None:
        print(json.dumps({"event": event, **values}, ensure_ascii=False), file=self._stream, flush=True)

    def waiting(self, holder: str) -> None:
        self.say("waiting", holder=holder)

    def planned(self, found: int, left: int) -> None:
        self.say("planned", found=found, left=left)

    def page(self, uri: str, page: int, pages: int) -> None:
        self.say("page", uri=uri, page=page, pages=pages)

    def stopping(self) -> None:
        self.say("stopping")

    def finished(self, done: Finished) -> None:
        for outcome in done.outcomes:
            if outcome.error is not None:
                message = outcome.error.message(self._lang)
                self.say("failed", uri=outcome.job.uri, code=outcome.error.code, message=message)
            else:
                self.say(
                    "finished",
                    uri=outcome.job.uri,
                    records=len(outcome.summaries),
                    tasks=sum(s.tasks for s in outcome.summaries),
                    seconds=round(done.seconds, 3),
                    same_as=done.same_as,
                )


class Console:
    """For people. `quiet` shows failures and the closing line only; `verbose` each record of any number, and traces."""

    def __init__(self, lang: Lang, *, quiet: bool, verbose: bool, bar: bool = True) -> None:
        from rich.console import Console as RichConsole

        self._lang, self._quiet, self._verbose, self._with_bar = lang, quiet, verbose, bar
        self._console = RichConsole(stderr=True)
        self._progress: Progress | None = None
        self._bar: TaskID | None = None
        self._pages: TaskID | None = None
        self._left = self._done = self._failed = 0
        self._start = self._told = time.monotonic()

    def __enter__(self) -> Console:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def waiting(self, holder: str) -> None:
        self._print(say("waiting", self._lang, holder=holder))

    def stopping(self) -> None:
        self._print(say("stopping", self._lang))

    def planned(self, found: int, left: int) -> None:
        self._left, self._start = left, time.monotonic()
        self._done = self._failed = 0
        if found > left and not self._quiet and self._with_bar:
            self._print(say("unchanged", self._lang, count=found - left))
        if left and self._console.is_terminal and self._with_bar and not self._quiet:
            self._progress = self._new_bar()
            self._progress.start()

    def page(self, uri: str, page: int, pages: int) -> None:
        if self._progress is not None and self._pages is not None:
            self._progress.update(self._pages, completed=page, total=pages, visible=page < pages)

    def finished(self, done: Finished) -> None:
        self._done += 1
        self._failed += done.state != "done"
        for outcome in done.outcomes:
            for line in self._lines(outcome):
                self._print(line)
        if self._progress is not None and self._bar is not None:
            self._progress.advance(self._bar)
        elif self._left >= MANY and not self._quiet and time.monotonic() - self._told >= _PLAIN_EVERY:
            self._told = time.monotonic()
            self._print(self._how_far())

    def _new_bar(self) -> Progress:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            ProgressColumn,
            Task,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.text import Text

        rate = self.rate

        class Rate(ProgressColumn):
            def render(self, task: Task) -> Text:
                return Text(rate() if task.fields.get("counts") else "")

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
        bar = Progress(*columns, console=self._console, transient=True)
        self._bar = bar.add_task(say("reading", self._lang), total=self._left, counts=True)
        self._pages = bar.add_task(say("ocr_pages", self._lang), total=None, visible=False)
        return bar

    def rate(self) -> str:
        """ "52,1/s · 3 lỗi"."""
        seconds = max(time.monotonic() - self._start, 1e-3)
        rate = f"{self._done / seconds:.1f}".replace(".", "," if self._lang == "vi" else ".")
        failed = f" · {say('failed_so_far', self._lang, count=self._failed)}" if self._failed else ""
        return f"{rate}/s{failed}"

    def _how_far(self) -> str:
        seconds = time.monotonic() - self._start
        left = (self._left - self._done) * seconds / max(self._done, 1)
        minutes, rest = divmod(round(left), 60)
        return say(
            "how_far", self._lang, done=self._done, total=self._left, rate=self.rate(), left=f"{minutes}:{rest:02}"
        )

    def _lines(self, outcome: Outcome) -> list[str]:
        """A line a record where there are few, two for a failure, one for each correction that was not taken."""
        lang, uri = self._lang, outcome.job.uri
        if outcome.error is not None:
            lines = [
                f"✗ {uri}: {say('failed', lang)} – {outcome.error.message(lang)}",
                f"  {say('next', lang)}: {outcome.error.next_step(lang)}",
            ]
            return [*lines, outcome.trace.rstrip()] if self._verbose and outcome.trace else lines
        conflicts = [f"  ⚠ {uri}: {_conflict(c, lang)}" for c in outcome.conflicts]
        if self._quiet or (self._left >= MANY and not self._verbose):
            return conflicts
        return [*_records(outcome, lang), *conflicts]

    def _print(self, line: str) -> None:
        console = self._progress.console if self._progress is not None else self._console
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _records(outcome: Outcome, lang: Lang) -> list[str]:
    lines = []
    for part, summary in enumerate(outcome.summaries, start=1):
        uri = outcome.job.uri
        name = uri if len(outcome.summaries) == 1 else f"{uri} ({part})"
        head = " · ".join(
            [
                summary.doc_type or "?",
                summary.number or say("no_number", lang),
                summary.issued_on or say("no_date", lang),
                *([summary.issuer] if summary.issuer else []),
            ]
        )
        counts = say("counts", lang, tasks=summary.tasks, deadlines=summary.deadlines, targets=summary.targets)
        warned = f" ⚠ {', '.join(dict.fromkeys(summary.warnings))}" if summary.warnings else ""
        lines.append(f"✓ {name}: {head} → {counts}{warned}")
    return lines


def _conflict(conflict: Conflict, lang: Lang) -> str:
    """What became of a correction that this reading did not take."""
    if conflict.expected is None:
        return say("conflict_source", lang, pointer=conflict.pointer)
    return say("conflict", lang, pointer=conflict.pointer, expected=conflict.expected, found=conflict.found)


def wants_table(tally: Tally) -> bool:
    """Whether a run was large enough for a table at its end."""
    return tally.read + tally.copied >= _TABLE_FROM


def summary(manifest: Manifest, lang: Lang) -> Columns:
    """What OUT holds, as tables side by side: kinds and issuers of notices, warnings, failures by cause."""
    from rich.columns import Columns

    sums = manifest.totals()
    counts = [(say(f"sum_{key}", lang), sums[key]) for key in ("records", "tasks", "deadlines", "targets")]
    groups: list[tuple[str, Iterable[tuple[str | None, int]]]] = [
        ("sum_total", counts),
        ("sum_types", manifest.most("doc_type", 10)),
        ("sum_issuers", manifest.most("issuer", 10)),
        ("sum_warnings", Counter(manifest.warnings()).most_common(10)),
        ("sum_failures", manifest.causes().items()),
    ]
    tables = [table for title, rows in groups if (table := _table(say(title, lang), list(rows), lang))]
    return Columns(tables, padding=(0, 3))


def _table(title: str, rows: list[tuple[str | None, int]], lang: Lang) -> Table | None:
    from rich import box
    from rich.table import Table

    if not rows:
        return None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(title, overflow="fold", max_width=44)
    table.add_column("", justify="right")
    for name, count in rows:
        table.add_row(name or say("sum_none", lang), f"{count:,}".replace(",", "." if lang == "vi" else ","))
    return table
